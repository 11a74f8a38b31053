/* SPDX-License-Identifier: MIT */
#include "tree_common.h"

/* PCI hosts (PCI binding): windows, buses, interrupts, MSI. */

#define TREE_PCI_FUNCTION 8u /* shift of the function in an address's first cell */
#define TREE_PCI_SPACE 24u
#define TREE_BUS_RANGE 2u   /* cells: first, last */
#define TREE_MESSAGE_ROW 4u /* first function, controller, first ID, count */

int vwr_tree_window(struct vwr_tree_node *n, unsigned index, struct vwr_tree_window *w)
{
    const vwr_tree_cell *p;
    uint32_t bytes;
    uint32_t row;
    int size, up, r;

    if (n->depth < TREE_BELOW_ROOT)
        return VWR_EUNSUPP;
    size = vwr_tree_size_cells_(n, n->depth);
    up = vwr_tree_address_cells_(n, n->depth - 1);
    if ((size | up) < 0)
        return VWR_EPROTO;
    p = vwr_tree_get(n, "ranges", &bytes);
    if (p == NULL)
        return VWR_EUNSUPP;
    row = TREE_PCI_CELLS + (uint32_t)up + (uint32_t)size;
    if (((uint64_t)index + 1u) * row > bytes / TREE_CELL)
        return 0;
    p += index * row;
    w->space = (uint8_t)(tree_value(p++) >> TREE_PCI_SPACE & 3u);
    w->bus = vwr_tree_number_(&p, (int)TREE_PCI_CELLS - 1);
    w->at = vwr_tree_number_(&p, up);
    w->bytes = vwr_tree_number_(&p, size);
    r = w->bus + w->bytes < w->bus ? VWR_EPROTO : vwr_tree_translate_(n, n->depth - 1, &w->at, w->bytes);
    return r == VWR_OK ? 1 : r;
}

int vwr_tree_buses(struct vwr_tree_node *n, uint8_t *first, uint8_t *last)
{
    uint64_t at, space;
    uint32_t bytes;
    const vwr_tree_cell *p;
    const int r = vwr_tree_reg(n, 0, &at, &space);

    if (r != VWR_OK)
        return r;
    p = vwr_tree_get(n, "#address-cells", &bytes);
    if (p == NULL || bytes != TREE_CELL || tree_value(p) != TREE_PCI_CELLS)
        return VWR_EPROTO;
    space >>= TREE_PCI_BUS_BYTES;
    p = vwr_tree_get(n, "bus-range", &bytes);
    *first = 0;
    *last = 0xffu;
    if (p != NULL) {
        if (bytes != TREE_BUS_RANGE * TREE_CELL || tree_value(p) > tree_value(p + 1) ||
            tree_value(p + 1) > 0xffu)
            return VWR_EPROTO;
        *first = (uint8_t)tree_value(p);
        *last = (uint8_t)tree_value(p + 1);
    }
    if (space == 0)
        return VWR_EPROTO;
    if (space <= (unsigned)(*last - *first))
        *last = (uint8_t)(*first + space - 1);
    return VWR_OK;
}

int vwr_tree_map_interrupt(struct vwr_tree_node *n, uint32_t function, unsigned pin, struct vwr_interrupt *i)
{
    const vwr_tree_cell *const host = n->path[n->depth];
    const vwr_tree_cell key[] = {vwr_cpu_to_be32(function << TREE_PCI_FUNCTION), 0, 0, vwr_cpu_to_be32(pin)};
    struct tree_signal s = {key, key + TREE_PCI_CELLS, TREE_PCI_CELLS, 1};

    i->controller = i->count = 0;
    if (vwr_tree_get_at_(n, host, "interrupt-map") == NULL)
        return VWR_EUNSUPP;
    return vwr_tree_follow_(n, host, &s, i);
}

int vwr_tree_check_bridges_(struct vwr_tree_node *n)
{
    struct vwr_tree_node at;

    vwr_tree_begin(&at, n->tree);
    while (vwr_tree_next(&at))
        if (at.depth > n->depth && at.path[n->depth] == n->path[n->depth] &&
            vwr_tree_property_(n, at.path[at.depth], "interrupt-map") != NULL)
            return vwr_tree_refuse_(n, at.path[at.depth], "interrupt-map", TREE_BRIDGE);
    return VWR_OK;
}

/* Whether the function is in the range of a row. */
static bool tree_message_is_of(const vwr_tree_cell *row, uint32_t function)
{
    return function >= tree_value(row) && function - tree_value(row) < tree_value(row + 3);
}

int vwr_tree_map_message(struct vwr_tree_node *n, uint32_t function, uint32_t *controller, uint32_t *id)
{
    uint32_t bytes;
    const vwr_tree_cell *p = vwr_tree_get(n, "msi-map-mask", &bytes);

    *id = function;
    if (p != NULL && bytes >= TREE_CELL)
        function &= tree_value(p);
    p = vwr_tree_get(n, "msi-map", &bytes);
    if (p != NULL) {
        const vwr_tree_cell *const end = p + bytes / TREE_CELL / TREE_MESSAGE_ROW * TREE_MESSAGE_ROW;

        while (p < end && !tree_message_is_of(p, function))
            p += TREE_MESSAGE_ROW;
        if (p == end)
            return VWR_ERANGE;
        *controller = tree_value(p + 1);
        *id = tree_value(p + 2) + (function - tree_value(p));
    } else {
        p = vwr_tree_get(n, "msi-parent", &bytes);
        if (p == NULL)
            return VWR_EUNSUPP;
        if (bytes < TREE_CELL)
            return VWR_EPROTO;
        *controller = tree_value(p);
    }
    return vwr_tree_by_phandle_(n, *controller) != NULL ? VWR_OK : VWR_EPROTO;
}
