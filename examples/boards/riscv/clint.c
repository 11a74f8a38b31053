/* SPDX-License-Identifier: MIT */
/* Machine mode: the timer, with the registers of a CLINT or ACLINT; power off. */
#include "machine.h"

/*
 * QEMU virt's test device, test@100000 in the device tree. Hard-coded, because it has to work if the tree is
 * invalid.
 */
#define TEST_FINISHER 0x00100000ul
#define TEST_PASS 0x5555u
#define TEST_FAIL 0x3333u /* with the exit code in the upper bits */

static uintptr_t clint_time;
static uintptr_t clint_compare;

static volatile uint8_t *clint_register(uintptr_t at)
{
    return (volatile uint8_t *)at;
}

/* All ones: never. */
static void clint_set(uint64_t at)
{
    vwr_port_write32(clint_register(clint_compare + 4), UINT32_MAX); /* no intermediate value triggers */
    vwr_port_write32(clint_register(clint_compare), (uint32_t)at);
    vwr_port_write32(clint_register(clint_compare + 4), (uint32_t)(at >> 32));
}

static uint64_t clint_now(void)
{
    uint32_t high;
    uint32_t low;

    do {
        high = vwr_port_read32(clint_register(clint_time + 4));
        low = vwr_port_read32(clint_register(clint_time));
    } while (vwr_port_read32(clint_register(clint_time + 4)) != high);
    return (uint64_t)high << 32 | low;
}

void vwr_riscv_timer(uint32_t us)
{
    clint_set(us == 0 ? UINT64_MAX : clint_now() + (uint64_t)us * (VWR_RISCV_TIME_HZ / 1000000u));
}

const char *timer_start(const struct machine *m)
{
    if (m->time == 0 || m->compare == 0)
        return "the tree has no CLINT or ACLINT timer to bound a sleep";
    clint_time = m->time;
    clint_compare = m->compare;
    clint_set(UINT64_MAX);
    return NULL;
}

_Noreturn void board_off(int code)
{
    vwr_port_mb(); /* earlier writes have reached the devices */
    vwr_port_write32((volatile void *)TEST_FINISHER,
                     code == 0 ? TEST_PASS : TEST_FAIL | (uint32_t)code << 16);
    for (;;)
        __asm__ volatile("wfi");
}
