/* SPDX-License-Identifier: MIT */
/* Temporary, until find.c has the iterator. */
#include "board.h"
static struct vwr_pci_window w[] = {
    {.bus = 0x40000000, .bytes = 0x40000000, .cpu = (void *)0x40000000, .kind = VWR_PCI_MEMORY},
    {.bus = 0x400000000, .bytes = 0x400000000, .cpu = (void *)0x400000000, .kind = VWR_PCI_MEMORY_64},
    {.bus = 0, .bytes = 0x10000, .cpu = (void *)0x03000000, .kind = VWR_PCI_IO}};
static struct vwr_pci_host host = {
    .access = &vwr_pci_ecam, .space = (void *)0x30000000, .windows = w, .window_count = 3, .last_bus = 255};
const struct board_places *board_places(void)
{
    static const struct board_places b = {
        .mmio = {(volatile void *)0x10001000ul, 0x1000, 8},
        .pci = &host,
#if 1
        .messages = true
#endif
    };
    return &b;
}
unsigned board_cells(const struct vwr_mmio *m, const struct vwr_pci *p, uint32_t cells[4])
{
    cells[0] = m != NULL ? (uint32_t)((uintptr_t)m->base - 0x10000000u) / 0x1000u
                         : 0x20u + ((p->function >> 3) + p->interrupt - 1u) % 4u;
    cells[1] = 4;
    return 2;
}
