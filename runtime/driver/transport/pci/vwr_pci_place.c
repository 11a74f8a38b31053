/* SPDX-License-Identifier: MIT */
#include "pci_common.h"

/*
 * Resource assignment, normally done by firmware: bus numbers of bridges, addresses of BARs, windows of
 * bridges.
 */

#define PCI_BRIDGE_BARS 2u
#define MIB 0x100000u
#define ON_ROOT_BUS 0xffffffffu /* a bridge may be function 0 of bus 0 */

/* A bus whose functions are being assigned, and the bridge to it. */
struct place_level {
    uint32_t bridge;
    uint32_t next;
    uint32_t end;
    struct vwr_pci_window *window; /* window that contains the bridge's range; NULL: none */
    uint64_t from;
};

struct place_bar {
    uint64_t addr;
    uint64_t bytes; /* 0: not implemented */
    uint8_t kind;   /* enum vwr_pci_kind */
};

/* Only the first fault is kept. */
static void place_note(struct vwr_pci_host *host, uint32_t kind, uint32_t function, unsigned bar,
                       uint64_t bytes)
{
    struct vwr_pci_fault *const f = &host->fault;

    if (f->kind != VWR_FAULT_NONE)
        return;
    f->kind = kind;
    f->function = function;
    f->bar = (uint8_t)bar;
    f->bytes = bytes;
}

static uint64_t place_align(uint64_t v, uint64_t to)
{
    return (v + to - 1) & ~(to - 1);
}

/* A BAR at address 0 counts as unassigned, so the start of a window at 0 stays unused. */
static bool place_take(struct vwr_pci_window *w, struct place_bar *b)
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

/* A device behind a bridge must be inside of the bridge's window. */
static bool place_bar_in(struct vwr_pci_host *host, const struct place_level *level, struct place_bar *b)
{
    b->addr = 0;
    if (level->bridge != ON_ROOT_BUS)
        return level->window != NULL && place_take(level->window, b);
    for (unsigned i = 0; i < host->window_count; i++)
        if (place_take(&host->windows[i], b))
            return true;
    return false;
}

/* Writes ones to a BAR and reads back which bits are implemented. */
static uint32_t place_ones(const struct vwr_pci_host *host, uint32_t function, unsigned bar)
{
    pci_host_write(host, function, pci_bar_offset(bar), 0xffffffffu);
    return pci_host_read(host, function, pci_bar_offset(bar));
}

static uint32_t place_lowest(uint32_t v)
{
    return v & (0u - v);
}

/*
 * Determines the size and kind of a BAR. For a 64-bit BAR, the upper word matters only if no address bit of
 * the lower word is implemented. The last register cannot be a lower word.
 */
static void place_size(const struct vwr_pci_host *host, uint32_t function, unsigned bar, unsigned last,
                       struct place_bar *b)
{
    const uint32_t ones = place_ones(host, function, bar);

    b->bytes = pci_bar_bytes(ones);
    b->kind = (ones & PCI_BAR_IO) != 0 ? VWR_PCI_IO : VWR_PCI_MEMORY;
    if (!pci_bar_is_64(ones) || bar == last)
        return;
    b->kind = VWR_PCI_MEMORY_64;
    if (pci_bar_address(ones) == 0)
        b->bytes *= place_lowest(place_ones(host, function, bar + 1));
}

static void place_write(const struct vwr_pci_host *host, uint32_t function, unsigned bar,
                        const struct place_bar *b)
{
    if (b->bytes == 0)
        return;
    pci_host_write(host, function, pci_bar_offset(bar), (uint32_t)b->addr);
    if (b->kind == VWR_PCI_MEMORY_64)
        pci_host_write(host, function, pci_bar_offset(bar + 1), (uint32_t)(b->addr >> 32));
}

/*
 * Assigns all BARs of a function and disables it until it is probed. An I/O BAR may stay unassigned, as
 * devices work without it. If a memory BAR does not fit, no BAR is assigned.
 */
static bool place_bars(struct vwr_pci_host *host, const struct place_level *level, uint32_t function,
                       unsigned last)
{
    struct place_bar bar[VWR_PCI_BAR_MAX + 1u];
    bool whole = true;

    pci_host_write(host, function, PCI_COMMAND, 0);
    for (unsigned i = 0; i <= last; i += bar[i].kind == VWR_PCI_MEMORY_64 ? 2 : 1) {
        place_size(host, function, i, last, &bar[i]);
        if (bar[i].bytes == 0 || place_bar_in(host, level, &bar[i]) || bar[i].kind == VWR_PCI_IO)
            continue;
        place_note(host, VWR_FAULT_PCI_PLACE, function, i, bar[i].bytes);
        whole = false;
    }
    for (unsigned i = 0; i <= last; i += bar[i].kind == VWR_PCI_MEMORY_64 ? 2 : 1) {
        if (!whole)
            bar[i].addr = 0;
        place_write(host, function, i, &bar[i]);
    }
    return whole;
}

static struct vwr_pci_window *memory_window(struct vwr_pci_host *host)
{
    for (unsigned i = 0; i < host->window_count; i++)
        if (host->windows[i].kind == VWR_PCI_MEMORY)
            return &host->windows[i];
    return NULL;
}

/* Sets the buses behind a bridge and its memory window; closes the I/O and prefetchable windows. */
static void bridge_set(const struct vwr_pci_host *host, uint32_t bridge, uint32_t buses, uint32_t memory)
{
    pci_host_write(host, bridge, PCI_BRIDGE_IO, PCI_BRIDGE_CLOSED_IO);
    pci_host_write(host, bridge, PCI_BRIDGE_MEMORY, memory);
    pci_host_write(host, bridge, PCI_BRIDGE_PREFETCHABLE, PCI_BRIDGE_CLOSED);
    pci_host_write(host, bridge, PCI_BUS_NUMBERS, buses);
}

static uint32_t bridge_numbers(uint32_t bridge, uint32_t bus, uint32_t last)
{
    return bridge >> 8 | bus << 8 | last << 16;
}

/* Until bridge_close, the bridge forwards configuration accesses to all remaining buses. */
static void bridge_open(struct vwr_pci_host *host, struct place_level *level, uint32_t bridge, uint32_t bus,
                        uint32_t last)
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
    pci_host_write(host, bridge, PCI_BUS_NUMBERS, bridge_numbers(bridge, bus, last));
}

/* Sets the bridge's window to the range used behind it, in whole MiB. */
static void bridge_close(const struct vwr_pci_host *host, const struct place_level *level, uint32_t last)
{
    struct vwr_pci_window *const w = level->window;
    uint32_t memory = PCI_BRIDGE_CLOSED;

    if (w != NULL && w->bus + w->used > level->from) {
        const uint64_t to = place_align(w->bus + w->used, MIB);

        memory = (uint32_t)((to - 1) / MIB << 20 | level->from / MIB << 4);
        w->used = to - w->bus < w->bytes ? to - w->bus : w->bytes;
    }
    bridge_set(host, level->bridge, bridge_numbers(level->bridge, (level->end - 1) >> 8, last), memory);
    pci_host_write(host, level->bridge, PCI_COMMAND, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
}

/* Assigns the functions on this root bus and, behind its bridges, on buses up to `last`. */
static void place_root(struct vwr_pci_host *host, uint32_t bus, uint32_t last)
{
    struct place_level level[VWR_PCI_DEPTH];
    unsigned depth = 0;

    level[0].bridge = ON_ROOT_BUS;
    level[0].next = VWR_PCI_FUNCTION(bus, 0, 0);
    level[0].end = VWR_PCI_FUNCTION(bus + 1, 0, 0);
    for (;;) {
        struct place_level *const l = &level[depth];
        uint32_t function;
        uint32_t header;
        bool placed;

        if (!vwr_pci_next_function_(host, &l->next, l->end, &function, &header)) {
            if (depth == 0)
                return;
            bridge_close(host, l, bus);
            depth--;
            continue;
        }
        if (pci_header_type(header) != 1) {
            (void)place_bars(host, l, function, VWR_PCI_BAR_MAX);
            continue;
        }
        placed = place_bars(host, l, function, PCI_BRIDGE_BARS - 1);
        if (placed && (bus == last || depth + 1 == VWR_PCI_DEPTH)) {
            place_note(host, bus == last ? VWR_FAULT_PCI_BUSES : VWR_FAULT_PCI_DEPTH, function, 0, 0);
            placed = false;
        }
        if (placed)
            bridge_open(host, &level[++depth], function, ++bus, last);
        else /* devices behind it stay inaccessible */
            bridge_set(host, function, 0, PCI_BRIDGE_CLOSED);
    }
}

/*
 * Closes the bridges of a root bus, which may still contain bus numbers set by an earlier owner. After that,
 * the next bus with a function must also be a root bus. If there is none, the result is beyond the host's
 * last bus.
 */
static uint32_t place_next_root(const struct vwr_pci_host *host, uint32_t bus)
{
    const uint32_t end = VWR_PCI_FUNCTION(host->last_bus + 1u, 0, 0);
    uint32_t next = VWR_PCI_FUNCTION(bus, 0, 0);
    uint32_t function;
    uint32_t header;

    while (vwr_pci_next_function_(host, &next, VWR_PCI_FUNCTION(bus + 1, 0, 0), &function, &header))
        if (pci_header_type(header) == 1)
            pci_host_write(host, function, PCI_BUS_NUMBERS, 0);
    return vwr_pci_next_function_(host, &next, end, &function, &header) ? function >> 8 : end >> 8;
}

int vwr_pci_place(struct vwr_pci_host *host)
{
    uint32_t bus = host->first_bus;

    host->fault.kind = VWR_FAULT_NONE;
    while (bus <= host->last_bus) {
        const uint32_t next = place_next_root(host, bus);

        place_root(host, bus, next - 1);
        bus = next;
    }
    return -(int)(host->fault.kind & 0xff);
}
