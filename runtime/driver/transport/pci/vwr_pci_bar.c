/* SPDX-License-Identifier: MIT */
#include "pci_common.h"

/* Base address registers: address, size and CPU mapping. */

/* Gets the CPU address of a BAR; NULL: the BAR is in no window, or the CPU cannot access the window. */
static volatile uint8_t *bar_window(struct vwr_pci *p, uint64_t addr, uint64_t bytes, bool io)
{
    const struct vwr_pci_window *w = p->host->windows;

    for (unsigned i = p->host->window_count; i > 0; i--, w++) {
        const uint64_t at = addr - w->bus; /* wraps if `addr` is below the window */

        if (io != (w->kind == VWR_PCI_IO) || at >= w->bytes || bytes > w->bytes - at)
            continue;
        if (w->cpu == NULL && !io)
            break;
        p->decode |= io ? PCI_COMMAND_IO : PCI_COMMAND_MEMORY;
        return (volatile uint8_t *)((uintptr_t)w->cpu + (uintptr_t)at); /* port number or pointer */
    }
    return NULL;
}

/*
 * Reads the address that firmware or vwr_pci_place() assigned, and the size. Decoding is disabled in the
 * meantime.
 */
static void bar_find(struct vwr_pci *p, unsigned bar)
{
    struct vwr_pci_bar *const b = &p->bar[bar];
    const unsigned at = pci_bar_offset(bar);
    const uint32_t command = pci_command(p);
    const uint32_t low = vwr_pci_read_(p, at);
    uint64_t addr = pci_bar_address(low);
    uint32_t ones;

    if (pci_bar_is_64(low))
        addr |= (uint64_t)vwr_pci_read_(p, at + 4) << 32;
    vwr_pci_write_(p, PCI_COMMAND, command & ~(PCI_COMMAND_IO | PCI_COMMAND_MEMORY));
    vwr_pci_write_(p, at, 0xffffffffu);
    ones = vwr_pci_read_(p, at);
    vwr_pci_write_(p, at, low);
    vwr_pci_write_(p, PCI_COMMAND, command);
    b->bytes = pci_bar_bytes(ones);
    b->io = (ones & PCI_BAR_IO) != 0;
    b->at = bar_window(p, addr, b->bytes, b->io);
}

volatile uint8_t *vwr_pci_map_(struct vwr_pci *p, unsigned bar, uint32_t offset, uint64_t bytes)
{
    const struct vwr_pci_bar *const b = &p->bar[bar];

    if (b->bytes == 0)
        bar_find(p, bar);
    return b->at != NULL && offset + bytes <= b->bytes ? b->at + offset : NULL;
}
