/* SPDX-License-Identifier: MIT */
#include "pci_common.h"

/* Base address registers: how large they are, where they are, and what the CPU sees of them. */

#define BAR_IO 0x1u
#define BAR_FLAGS 0xfu   /* of one of memory; of I/O the lower two bits */
#define BAR_TYPE 0x6u    /* where it may be */
#define BAR_TYPE_64 0x4u /* anywhere, and the next register is its upper half */

static unsigned bar_offset(unsigned bar)
{
    return PCI_BAR_0 + 4u * bar;
}

/* What of a register keeps the ones that are written. Decoding is off. */
static uint32_t bar_mask(const struct vwr_pci *p, unsigned bar)
{
    const uint32_t before = pci_read(p, bar_offset(bar));
    uint32_t mask;

    pci_write(p, bar_offset(bar), 0xffffffffu);
    mask = pci_read(p, bar_offset(bar));
    pci_write(p, bar_offset(bar), before);
    return mask;
}

static bool bar_is_64(uint32_t low)
{
    return (low & BAR_IO) == 0 && (low & BAR_TYPE) == BAR_TYPE_64;
}

/* One BAR; answers how many registers it has. */
static unsigned bar_size(const struct vwr_pci *p, unsigned bar, struct vwr_pci_bar *b)
{
    const uint32_t low = pci_read(p, bar_offset(bar));
    const bool is_64 = bar_is_64(low) && bar < VWR_PCI_BAR_MAX;
    const uint32_t flags = (low & BAR_IO) != 0 ? 3u : BAR_FLAGS;
    uint64_t mask = bar_mask(p, bar) & ~flags;

    b->kind = VWR_PCI_NO_BAR;
    if (mask == 0)
        return 1;
    b->addr = low & ~flags;
    if (is_64) {
        b->addr |= (uint64_t)pci_read(p, bar_offset(bar + 1)) << 32;
        mask |= (uint64_t)bar_mask(p, bar + 1) << 32;
    } else {
        mask |= (uint64_t)0xffffffffu << 32;
    }
    b->bytes = ~mask + 1;
    if ((b->bytes & (b->bytes - 1)) == 0) /* otherwise it is no size */
        b->kind = (low & BAR_IO) != 0 ? VWR_PCI_IO : is_64 ? VWR_PCI_MEMORY_64 : VWR_PCI_MEMORY;
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
        if (window_has(&host->windows[i], b->addr, b->bytes))
            return &host->windows[i];
    return NULL;
}

/* The next place in the window that is aligned to the BAR's size. */
static bool window_take(struct vwr_pci_window *w, struct vwr_pci_bar *b)
{
    const uint64_t at = (w->bus + w->used + b->bytes - 1) & ~(b->bytes - 1);

    if (w->kind == VWR_PCI_MEMORY_64 && b->kind != VWR_PCI_MEMORY_64)
        return false;
    if (at < w->bus + w->used || at == 0 || !window_has(w, at, b->bytes))
        return false;
    w->used = at + b->bytes - w->bus;
    b->addr = at;
    return true;
}

static bool bar_is_placed(const struct vwr_pci_host *host, const struct vwr_pci_bar *b)
{
    const struct vwr_pci_window *const w = window_of(host, b);

    return w != NULL && (!host->place || b->addr - w->bus < w->used); /* by us, at an earlier probe */
}

/* A BAR without a place is left without: only a structure in it makes that an error. */
static void bar_place(struct vwr_pci *p, unsigned bar)
{
    struct vwr_pci_host *const host = p->host;
    struct vwr_pci_bar *const b = &p->bar[bar];

    for (unsigned i = 0; i < host->window_count; i++) {
        if (!window_take(&host->windows[i], b))
            continue;
        pci_write(p, bar_offset(bar), (uint32_t)b->addr);
        if (b->kind == VWR_PCI_MEMORY_64)
            pci_write(p, bar_offset(bar + 1), (uint32_t)(b->addr >> 32));
        return;
    }
}

void vwr_pci_size_bars(struct vwr_pci *p)
{
    const uint32_t command = pci_read(p, PCI_COMMAND) & 0xffffu; /* writing zeroes leaves the status alone */

    pci_write(p, PCI_COMMAND, command & ~(PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER));
    for (unsigned i = 0; i <= VWR_PCI_BAR_MAX;)
        i += bar_size(p, i, &p->bar[i]);
    for (unsigned i = 0; i <= VWR_PCI_BAR_MAX; i++)
        if (p->bar[i].kind >= VWR_PCI_MEMORY && p->host->place && !bar_is_placed(p->host, &p->bar[i]))
            bar_place(p, i);
    pci_write(p, PCI_COMMAND, command);
}

volatile uint8_t *vwr_pci_map(const struct vwr_pci *p, unsigned bar, uint64_t offset, uint64_t bytes)
{
    const struct vwr_pci_bar *const b = &p->bar[bar];
    const struct vwr_pci_window *w;

    if (b->kind < VWR_PCI_MEMORY || bytes > b->bytes || offset > b->bytes - bytes)
        return NULL;
    w = window_of(p->host, b);
    return w != NULL ? (volatile uint8_t *)w->cpu + (b->addr - w->bus) + offset : NULL;
}
