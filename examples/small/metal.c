/* SPDX-License-Identifier: MIT */
/* Implements board.h for QEMU's virt board on bare metal, with code of ../demo and ../interrupts. */
#include "board.h"
#include "gic.h"
#include "slots.h"
#include "uart.h"
#include "vectors.h"

void demo_main(unsigned exception_level); /* called by start.S, which then powers off */

const struct vwr_mmio_window board_slots = {(volatile void *)SLOTS_BASE, VWR_MMIO_SIZE, SLOTS};
struct vwr_trace *board_trace;

static void (*handler_of_device)(void);
static uint32_t line_of_device;

void *board_scattered(void)
{
    static _Alignas(BOARD_PAGE) uint8_t pages[BOARD_SCATTERED_BYTES]; /* no MMU: contiguous */

    return pages;
}

void on_interrupt(void)
{
    const uint32_t interrupt = gic_acknowledge();

    if (interrupt >= GIC_NONE)
        return;
    if (interrupt == line_of_device)
        handler_of_device();
    gic_end(interrupt);
}

void board_interrupts(const struct vwr_mmio *m, void (*handler)(void))
{
    handler_of_device = handler;
    line_of_device = GIC_SHARED + slots_line(m);
    vectors_start();
    gic_start();
    gic_enable(line_of_device, GIC_LEVEL);
    gic_enable(GIC_TIMER, GIC_LEVEL); /* bounds the port's sleep */
    __asm__ volatile("msr daifclr, #2" ::: "memory");
}

void say(const char *line)
{
    put(line);
    put_char('\n');
}

void demo_main(unsigned exception_level)
{
    int r;

    (void)exception_level;
    uart_start();
    r = example();
    put(r == VWR_OK ? "example: OK" : "example: FAILED: ");
    put(r == VWR_OK ? "" : vwr_strerror(r));
    put_char('\n');
}
