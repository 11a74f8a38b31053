/* SPDX-License-Identifier: MIT */
/* The part of Avatar's file that the page changes. guests.c replaces Avatar's shell. */
#include "gic.h"
#include "io.h"
#include "mem/stage2page.h"
#include "os_cfg.h"
#include "task/task.h"
#include "mem/mem.h"
#include "virtio_block_frontend.h"
#include "guests.h"

#define CASE_ADDRESS 0x47000000 /* as in host.py */

void power_off(void);
void exception_report(uint64_t esr, uint64_t elr, uint64_t far);
void vmm_main(void);

void exception_report(uint64_t esr, uint64_t elr, uint64_t far)
{
    logger_error("EXCEPTION esr 0x%llx elr 0x%llx far 0x%llx\n", esr, elr, far);
}

static int main_entry_el2(void)
{
    static int (*const cases[])(void) = {case_page,    case_guests, case_two,
                                         case_devices, case_lost,   case_busy};

    guest_ept_init();
    el2_idle_init();
    if (HV == 1) {
        avatar_virtio_block_init();
    }
    return cases[*(volatile uint32_t *)CASE_ADDRESS]();
}

void vmm_main(void)
{
    uint64_t level;
    int bad;

    io_early_init();
    gic_virtual_init();
    asm volatile("mrs %0, CurrentEL" : "=r"(level));
    logger_info("stand-in at exception level %llu, guests\n", level >> 2);
    bad = main_entry_el2();
    logger_info(bad ? "RESULT: FAILED\n" : "RESULT: PASSED\n");
}
