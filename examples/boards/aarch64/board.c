/* SPDX-License-Identifier: MIT */
/* QEMU's aarch64 virt board. */
#include "board.h"
#include "gicv3.h"
#include "uart.h"
#include "v2m.h"
#include "vectors.h"

#undef vwr_port_idle /* here the one of the port, which sleeps in WFI */

#define BOARD_RAM 0x40000000ul /* begins with the device tree */
#define BOARD_SLEEP_US 10000u

void demo_main(unsigned exception_level); /* what ../../demo/start.S calls */
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
    (void)d;
    uint64_t pfr;
    __asm__("mrs %0, id_aa64pfr0_el1" : "=r"(pfr));
    vectors_start();
    interrupt_start(pfr >> 24 & 15 ? gicv3_start(0x08000000ul, 0x080a0000ul, 0x08080000ul)
                                   : v2m_start(0x08000000ul, 0x08010000ul, 0x08020000ul));
    __asm__ volatile("msr daifclr, #2" ::: "memory");
}

void board_off(int code)
{
    (void)code; /* the firmware's call has none */
    system_off();
    for (;;)
        ;
}

/* -- temporary -- */
static struct vwr_pci_window windows[] = {
    {.bus = 0x10000000, .bytes = 0x2eff0000, .cpu = (volatile void *)0x10000000, .kind = VWR_PCI_MEMORY},
    {.bus = 0, .bytes = 0x10000, .cpu = (volatile void *)0x3eff0000, .kind = VWR_PCI_IO},
};
static struct vwr_pci_host host = {.access = &vwr_pci_ecam,
                                   .space = (volatile void *)0x4010000000ul,
                                   .windows = windows,
                                   .window_count = 2,
                                   .last_bus = 15};

const struct board_places *board_places(void)
{
    static const struct board_places b = {
        .mmio = {(volatile void *)0x0a000000ul, 0x200, 32}, .pci = &host, .messages = true};
    return &b;
}

unsigned board_cells(const struct vwr_mmio *m, const struct vwr_pci *p, uint32_t cells[4])
{
    cells[0] = 0;
    cells[1] = m != NULL ? 16u + (uint32_t)((uintptr_t)m->base - 0x0a000000u) / 0x200u
                         : 3u + ((p->function >> 3) + p->interrupt - 1u) % 4u;
    cells[2] = m != NULL ? 1 : 4;
    return 3;
}
