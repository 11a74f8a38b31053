/* SPDX-License-Identifier: MIT */
/* QEMU's aarch64 virt board. */
#include "board.h"
#include "gicv3.h"
#include "uart.h"
#include "v2m.h"
#include "vectors.h"

#undef vwr_port_idle /* use the port's hook here, which sleeps in WFI */

#define BOARD_RAM 0x40000000ul /* starts with the device tree */
#define BOARD_SLEEP_US 10000u

void demo_main(unsigned exception_level); /* called by ../../demo/start.S */
void system_off(void);

void demo_main(unsigned exception_level)
{
    static struct board_description d;

    (void)exception_level;
    d.tree = (const void *)BOARD_RAM;
    uart_start();
    boards_main(&d);
}

void board_put(char c)
{
    put_char(c);
}

void board_sleep(volatile const uint32_t *count, uint32_t seen)
{
    vwr_port_idle(count, seen, BOARD_SLEEP_US);
}

void board_interrupts_start(const struct board_description *d)
{
    const struct interrupt_controller *const v3 = gicv3_start(d);

    vectors_start();
    interrupt_start(v3 != NULL ? v3 : v2m_start(d));
    __asm__ volatile("msr daifclr, #2" ::: "memory");
}

void board_off(int code)
{
    (void)code; /* the firmware call takes no exit code */
    system_off();
    for (;;)
        ;
}
