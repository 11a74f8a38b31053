/* SPDX-License-Identifier: MIT */
#include "vwr/tree.h"

/*
 * A program that reads a device tree: with PART_MMIO, the addresses (translated by `ranges`) and interrupts
 * of all virtio-mmio devices; with PART_PCI, the PCI hosts. Without both, its size is that of the rest of the
 * program. See sizes.py.
 */

void *program(const void *blob, uint64_t *out);

static uint64_t *put(uint64_t *out, uint64_t value)
{
    *(volatile uint64_t *)out = value;
    return out + 1;
}

#if defined(PART_MMIO) || defined(PART_PCI)
static uint64_t *put_interrupt(uint64_t *out, const struct vwr_interrupt *i)
{
    out = put(out, i->controller);
    for (unsigned c = 0; c < i->count; c++)
        out = put(out, i->cell[c]);
    return out;
}
#endif

#ifdef PART_MMIO
static uint64_t *take_blocks(const struct vwr_tree *t, uint64_t *out)
{
    struct vwr_tree_node n;
    struct vwr_interrupt i;
    uint64_t at, bytes;

    vwr_tree_begin(&n, t);
    while (vwr_tree_find(&n, "virtio,mmio"))
        if (vwr_tree_reg(&n, 0, &at, &bytes) == VWR_OK && vwr_tree_interrupt(&n, &i) == VWR_OK)
            out = put_interrupt(put(put(out, at), bytes), &i);
    return out;
}
#endif

#ifdef PART_PCI
static uint64_t *take_hosts(const struct vwr_tree *t, uint64_t *out)
{
    struct vwr_tree_node n;
    struct vwr_tree_window w;
    struct vwr_interrupt i;
    uint32_t controller = 0, id = 0;
    uint8_t first, last;
    uint64_t at, bytes;

    vwr_tree_begin(&n, t);
    while (vwr_tree_find(&n, "pci-host-ecam-generic")) {
        if (vwr_tree_reg(&n, 0, &at, &bytes) != VWR_OK || vwr_tree_buses(&n, &first, &last) != VWR_OK)
            continue;
        out = put(put(put(out, at), first), last);
        for (unsigned k = 0; vwr_tree_window(&n, k, &w) > 0; k++)
            out = put(put(put(put(out, w.at), w.bus), w.bytes), w.space);
        if (vwr_tree_map_interrupt(&n, 0, 1, &i) == VWR_OK)
            out = put_interrupt(out, &i);
        if (vwr_tree_map_message(&n, 0, &controller, &id) == VWR_OK)
            out = put(put(out, controller), id);
    }
    return out;
}
#endif

void *program(const void *blob, uint64_t *out)
{
#if defined(PART_MMIO) || defined(PART_PCI)
    struct vwr_tree t;

    if (vwr_tree_open(&t, blob, VWR_TREE_ANY_SIZE) != VWR_OK)
        return NULL;
#else
    out = put(out, (uintptr_t)blob);
#endif
#ifdef PART_MMIO
    out = take_blocks(&t, out);
#endif
#ifdef PART_PCI
    out = take_hosts(&t, out);
#endif
    return out;
}
