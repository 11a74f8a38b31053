/* SPDX-License-Identifier: MIT */
#include "pci_common.h"

/* Base address registers: how large they are, where they are, and where the CPU reaches them. */

#define BAR_IO 0x1u
#define BAR_IO_FLAGS 0x3u
#define BAR_FLAGS 0xfu   /* of memory */
#define BAR_TYPE 0x6u    /* where it may be */
#define BAR_TYPE_64 0x4u /* anywhere, and the next register is its upper half */

static unsigned bar_offset(unsigned bar)
{
    return PCI_BAR_0 + 4u * bar;
}

/* What of a register keeps the ones that are written. Decoding is off. */
static uint32_t bar_mask(const struct vwr_pci_host *h, uint32_t function, unsigned bar)
{
    const uint32_t before = pci_host_read(h, function, bar_offset(bar));
    uint32_t mask;

    pci_host_write(h, function, bar_offset(bar), 0xffffffffu);
    mask = pci_host_read(h, function, bar_offset(bar));
    pci_host_write(h, function, bar_offset(bar), before);
    return mask;
}

static bool bar_is_64(uint32_t low)
{
    return (low & BAR_IO) == 0 && (low & BAR_TYPE) == BAR_TYPE_64;
}

static uint8_t bar_kind(uint32_t low)
{
    if ((low & BAR_IO) != 0)
        return VWR_PCI_IO;
    return bar_is_64(low) ? VWR_PCI_MEMORY_64 : VWR_PCI_MEMORY;
}

/* One BAR of `count` registers; answers how many of them it is. A size that is no power of 2 is none. */
static unsigned bar_size(const struct vwr_pci_host *h, uint32_t function, unsigned i, unsigned count,
                         struct vwr_pci_bar *bar)
{
    const uint32_t low = pci_host_read(h, function, bar_offset(i));
    const uint32_t flags = (low & BAR_IO) != 0 ? BAR_IO_FLAGS : BAR_FLAGS;
    const bool is_64 = bar_is_64(low) && i + 1 < count;
    struct vwr_pci_bar *const b = &bar[i];
    uint64_t mask = bar_mask(h, function, i) & ~flags;

    b->kind = VWR_PCI_NO_BAR;
    if (mask == 0)
        return 1;
    b->addr = low & ~flags;
    mask |= (uint64_t)0xffffffffu << 32;
    if (bar_kind(low) == VWR_PCI_IO)
        mask |= 0xffff0000u; /* which an I/O BAR need not have */
    if (is_64) {
        b->addr |= (uint64_t)pci_host_read(h, function, bar_offset(i + 1)) << 32;
        mask = (uint32_t)mask | (uint64_t)bar_mask(h, function, i + 1) << 32; /* not the specification's */
        bar[i + 1].kind = VWR_PCI_NO_BAR;
    }
    b->bytes = ~mask + 1;
    if (b->bytes != 0 && (b->bytes & (b->bytes - 1)) == 0)
        b->kind = bar_kind(low);
    return is_64 ? 2 : 1;
}

/* Does [addr, addr + bytes) lie in the window? */
static bool window_has(const struct vwr_pci_window *w, uint64_t addr, uint64_t bytes)
{
    return addr >= w->bus && bytes <= w->bytes && addr - w->bus <= w->bytes - bytes;
}

static const struct vwr_pci_window *window_of(const struct vwr_pci_host *host, const struct vwr_pci_bar *b)
{
    for (unsigned i = 0; i < host->window_count; i++)
        if ((host->windows[i].kind == VWR_PCI_IO) == (b->kind == VWR_PCI_IO) &&
            window_has(&host->windows[i], b->addr, b->bytes))
            return &host->windows[i];
    return NULL;
}

void vwr_pci_size_bars(const struct vwr_pci_host *h, uint32_t function, struct vwr_pci_bar *bar,
                       unsigned count)
{
    const uint32_t command = pci_command(h, function);

    pci_host_write(h, function, PCI_COMMAND, command & ~PCI_COMMAND_DECODE);
    for (unsigned i = 0; i < count;)
        i += bar_size(h, function, i, count, bar);
    pci_host_write(h, function, PCI_COMMAND, command);
}

void vwr_pci_write_bar(const struct vwr_pci_host *h, uint32_t function, unsigned bar,
                       const struct vwr_pci_bar *b)
{
    pci_host_write(h, function, bar_offset(bar), (uint32_t)b->addr);
    if (b->kind == VWR_PCI_MEMORY_64)
        pci_host_write(h, function, bar_offset(bar + 1), (uint32_t)(b->addr >> 32));
}

volatile uint8_t *vwr_pci_map(const struct vwr_pci *p, unsigned bar, uint64_t offset, uint64_t bytes)
{
    const struct vwr_pci_bar *const b = &p->bar[bar];
    const struct vwr_pci_window *w;

    if (b->kind == VWR_PCI_NO_BAR || bytes > b->bytes || offset > b->bytes - bytes)
        return NULL;
    w = window_of(p->host, b);
    return w != NULL ? (volatile uint8_t *)w->cpu + (b->addr - w->bus) + offset : NULL;
}
