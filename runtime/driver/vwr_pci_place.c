/* SPDX-License-Identifier: MIT */
#include "pci_common.h"

/* What firmware does elsewhere: bus numbers of bridges, addresses of BARs, windows of bridges. */

#define BRIDGE_BARS 2u
#define BRIDGE_IO 0x1cu           /* not the specification's: base and limit; of I/O */
#define BRIDGE_MEMORY 0x20u       /* not the specification's: of memory, in MiB */
#define BRIDGE_PREFETCHABLE 0x24u /* not the specification's: of prefetchable memory */
#define BRIDGE_CLOSED 0x0000fff0u /* a base above its limit */
#define BRIDGE_CLOSED_IO 0x00f0u  /* not the specification's: the same of I/O */
#define MIB 0x100000u             /* not the specification's */

/* A bus whose functions are being placed, and the bridge that leads to it. */
struct place_level {
    uint32_t bridge;
    uint32_t next;
    uint32_t end;
    struct vwr_pci_window *window; /* in which the bridge has its part; NULL: it has none */
    uint64_t from;
};

static uint64_t place_align(uint64_t v, uint64_t to)
{
    return (v + to - 1) & ~(to - 1);
}

/* A BAR at 0 is none, so the first place of a window that begins there stays free. */
static bool place_take(struct vwr_pci_window *w, struct vwr_pci_bar *b)
{
    uint64_t at = place_align(w->bus + w->used, b->bytes) - w->bus;

    if (w->bus + at == 0)
        at = b->bytes;
    if ((w->kind != b->kind && (w->kind != VWR_PCI_MEMORY || b->kind != VWR_PCI_MEMORY_64)) || at < w->used ||
        b->bytes > w->bytes || at > w->bytes - b->bytes)
        return false;
    w->used = at + b->bytes;
    b->addr = w->bus + at;
    return true;
}

/* Behind a bridge, in the window of which that has its part alone. */
static bool place_bar(struct vwr_pci_host *host, const struct place_level *level, struct vwr_pci_bar *b)
{
    if (level->bridge != 0)
        return level->window != NULL && place_take(level->window, b);
    for (unsigned i = 0; i < host->window_count; i++)
        if (place_take(&host->windows[i], b))
            return true;
    return false;
}

static int place_bars(struct vwr_pci_host *host, const struct place_level *level, uint32_t function,
                      unsigned count)
{
    struct vwr_pci_bar bar[VWR_PCI_BAR_MAX + 1u];
    int r = VWR_OK;

    vwr_pci_size_bars(host, function, bar, count);
    for (unsigned i = 0; i < count; i++) {
        if (bar[i].kind == VWR_PCI_NO_BAR)
            continue;
        if (place_bar(host, level, &bar[i]))
            vwr_pci_write_bar(host, function, i, &bar[i]);
        else if (bar[i].kind != VWR_PCI_IO) /* without which every device that has another works */
            r = VWR_ERANGE;
    }
    return r;
}

static struct vwr_pci_window *memory_window(struct vwr_pci_host *host)
{
    for (unsigned i = 0; i < host->window_count; i++)
        if (host->windows[i].kind == VWR_PCI_MEMORY)
            return &host->windows[i];
    return NULL;
}

static void bridge_numbers(const struct vwr_pci_host *host, uint32_t bridge, uint32_t bus, uint32_t last)
{
    pci_host_write(host, bridge, PCI_BUS_NUMBERS, bridge >> 8 | bus << 8 | last << 16);
}

/* Everything passes it to the bus behind it, until it is closed. */
static void bridge_open(struct vwr_pci_host *host, struct place_level *level, uint32_t bridge, uint32_t bus)
{
    level->bridge = bridge;
    level->next = VWR_PCI_FUNCTION(bus, 0, 0);
    level->end = VWR_PCI_FUNCTION(bus + 1, 0, 0);
    level->window = memory_window(host);
    if (level->window != NULL) {
        struct vwr_pci_window *const w = level->window;
        const uint64_t from = place_align(w->bus + w->used, MIB);

        w->used = from - w->bus < w->bytes ? from - w->bus : w->bytes;
        level->from = from;
    }
    bridge_numbers(host, bridge, bus, host->last_bus);
}

/* Gives it the part of the window that was used behind it, in whole MiB. */
static void bridge_close(struct vwr_pci_host *host, const struct place_level *level, uint32_t last)
{
    struct vwr_pci_window *const w = level->window;
    uint32_t memory = BRIDGE_CLOSED;

    if (w != NULL && w->bus + w->used > level->from) {
        const uint64_t to = place_align(w->bus + w->used, MIB);

        memory = (uint32_t)((to - 1) / MIB << 20 | level->from / MIB << 4);
        w->used = to - w->bus < w->bytes ? to - w->bus : w->bytes;
    }
    pci_host_write(host, level->bridge, BRIDGE_IO, BRIDGE_CLOSED_IO);
    pci_host_write(host, level->bridge, BRIDGE_MEMORY, memory);
    pci_host_write(host, level->bridge, BRIDGE_PREFETCHABLE, BRIDGE_CLOSED);
    bridge_numbers(host, level->bridge, (level->end - 1) >> 8, last);
    pci_host_write(host, level->bridge, PCI_COMMAND, pci_command(host, level->bridge) | PCI_COMMAND_DECODE);
}

int vwr_pci_place(struct vwr_pci_host *host)
{
    struct place_level level[VWR_PCI_DEPTH];
    uint32_t bus = host->first_bus;
    unsigned depth = 0;
    int r = VWR_OK;

    level[0].bridge = 0;
    level[0].next = VWR_PCI_FUNCTION(bus, 0, 0);
    level[0].end = VWR_PCI_FUNCTION(bus + 1, 0, 0);
    for (;;) {
        struct place_level *const l = &level[depth];
        uint32_t function;
        unsigned type;

        if (!vwr_pci_next_function(host, &l->next, l->end, &function)) {
            if (depth == 0)
                return r;
            bridge_close(host, l, bus);
            depth--;
            continue;
        }
        type = pci_header_type(host, function);
        if (place_bars(host, l, function, type == 0 ? VWR_PCI_BAR_MAX + 1u : BRIDGE_BARS) != VWR_OK)
            r = VWR_ERANGE;
        if (type != 1)
            continue;
        if (bus == host->last_bus || depth + 1 == VWR_PCI_DEPTH)
            r = VWR_ERANGE; /* what is behind it stays out of reach */
        else
            bridge_open(host, &level[++depth], function, ++bus);
    }
}
