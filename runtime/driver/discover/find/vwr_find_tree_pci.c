/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "find_common.h"
#include "../../transport/pci/pci_common.h"

/* PCI hosts in a device tree, and the interrupts of their functions. */

/* Address space codes of the PCI binding. */
static const uint8_t find_kinds[] = {VWR_PCI_NO_BAR, VWR_PCI_IO, VWR_PCI_MEMORY, VWR_PCI_MEMORY_64};

/* Skips windows that the CPU cannot access, and those beyond the size of the table. */
static int find_windows_of(struct vwr_find *f, struct vwr_find_host *h)
{
    struct vwr_tree_window w;
    unsigned count = 0;
    int r;

    for (unsigned i = 0; (r = vwr_tree_window(&f->node, i, &w)) > 0; i++) {
        struct vwr_pci_window *const to = &h->window[count];
        volatile void *cpu;

        if (count == VWR_FIND_WINDOWS || find_kinds[w.space] == VWR_PCI_NO_BAR)
            continue;
        cpu = vwr_find_map_(f, w.at, w.bytes);
        if (cpu == NULL)
            continue;
        to->bus = w.bus;
        to->bytes = w.bytes;
        to->cpu = cpu;
        to->kind = find_kinds[w.space];
        count++;
    }
    h->host.window_count = count;
    return r;
}

static int find_begin_node(struct vwr_find *f, struct vwr_found *found)
{
    struct vwr_find_host *h;
    uint64_t at, bytes;
    uint8_t first, last;
    int r = vwr_find_node_(f, "pci-host-ecam-generic");

    if (r <= 0)
        return r;
    r = vwr_tree_reg(&f->node, 0, &at, &bytes);
    if (r == VWR_OK)
        r = vwr_tree_buses(&f->node, &first, &last);
    if (r == VWR_OK)
        r = vwr_tree_check_dma(&f->node);
    if (r != VWR_OK)
        return vwr_find_bad_node_(f, found, r);
    r = vwr_find_take_host_(f, at, first, last, &h);
    if (r != VWR_OK)
        return r;
    r = find_windows_of(f, h);
    return r == VWR_OK ? vwr_find_begin_host_(f, &h->host) : vwr_find_bad_node_(f, found, r);
}

/* Value for no function. */
#define FIND_ROOT (~0u)
#define FIND_NOWHERE (FIND_ROOT - 1u)

/*
 * Finds the bridge that leads to a bus. FIND_ROOT: the bus is a root bus; FIND_NOWHERE: a bridge forwards to
 * the bus, but no bridge behind it does.
 */
static uint32_t find_bridge_to(const struct vwr_pci_host *h, uint32_t bus)
{
    uint32_t next = VWR_PCI_FUNCTION(h->first_bus, 0, 0);
    uint32_t none = FIND_ROOT;
    uint32_t function;
    uint32_t header;

    while (vwr_pci_next_function_(h, &next, VWR_PCI_FUNCTION(bus, 0, 0), &function, &header)) {
        const uint32_t numbers =
            pci_header_type(header) == 1 ? pci_host_read(h, function, PCI_BUS_NUMBERS) : 0;
        const uint32_t first = numbers >> 8 & 0xffu;

        if (first == bus)
            return function;
        if (first != 0 && first < bus && bus <= (numbers >> 16 & 0xffu))
            none = FIND_NOWHERE;
    }
    return none;
}

/* A bridge maps the pins of the devices behind it to its own pins, rotated by the device number. */
static int find_interrupt(struct vwr_find *f, const struct vwr_pci *p, struct vwr_interrupt *i)
{
    const struct vwr_pci_host *const h = p->host;
    uint32_t function = p->function;
    unsigned pin = p->interrupt;
    uint32_t bridge;

    if (pin == 0 || pin > PCI_PINS)
        return VWR_EUNSUPP;
    while ((bridge = find_bridge_to(h, function >> 8)) != FIND_ROOT) {
        if (bridge == FIND_NOWHERE)
            return VWR_EUNSUPP;
        pin = (pin - 1 + (function >> 3 & 0x1fu)) % PCI_PINS + 1;
        function = bridge;
    }
    if (function != p->function && vwr_tree_check_bridges_(&f->node) != VWR_OK)
        return VWR_EPROTO;
    return vwr_tree_map_interrupt(&f->node, function, pin, i);
}

/* Properties missing from the tree stay unknown; invalid ones are an error. */
static int find_describe(struct vwr_find *f, struct vwr_found *found)
{
    int r = find_interrupt(f, &found->pci, &found->interrupt);

    if (r == VWR_EPROTO)
        return vwr_find_bad_node_(f, found, r);
    r = vwr_tree_map_message(&f->node, found->pci.function, &found->msi_controller, &found->msi_id);
    if (r == VWR_EPROTO)
        return vwr_find_bad_node_(f, found, r);
    found->has_msi = r == VWR_OK;
    found->coherent = vwr_tree_is_coherent(&f->node);
    return 1;
}

static int find_in_tree_pci(struct vwr_find *f, struct vwr_found *found)
{
    const int r = vwr_find_on_hosts_(f, found);

    return r > 0 ? find_describe(f, found) : r;
}

static void find_explain_tree_pci(const struct vwr_find *f, struct vwr_text *t)
{
    if (f->fault == VWR_FIND_DISABLED || f->fault == VWR_FIND_NODE)
        vwr_find_explain_node_(f, t);
    else
        vwr_find_explain_function_(f, t);
}

const struct vwr_find_kind vwr_find_tree_pci = {
    .next = find_in_tree_pci, .begin = find_begin_node, .explain = VWR_WORDS(find_explain_tree_pci)};
