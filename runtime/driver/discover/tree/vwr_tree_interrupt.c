/* SPDX-License-Identifier: MIT */
#include "tree_common.h"

/*
 * Follows an interrupt from a node to its controller: to the node's interrupt parent, and through the
 * interrupt maps of nexus nodes.
 */

/* Nonzero if the cells are the same where the mask has ones; NULL: ones everywhere. */
static int tree_is_same(const vwr_tree_cell *a, const vwr_tree_cell *b, const vwr_tree_cell *mask, int cells)
{
    while (cells-- > 0)
        if (((a[cells] ^ b[cells]) & (mask != NULL ? mask[cells] : ~(vwr_tree_cell)0)) != 0)
            return 0;
    return 1;
}

/*
 * Reads the mask of a map, for a key with these numbers of address cells and specifier cells. If the unit
 * address of the device has a different number of cells, the mask has to ignore the address, so its address
 * cells must be 0.
 */
static int tree_mask(struct vwr_tree_node *n, const vwr_tree_cell *nexus, const struct tree_signal *s,
                     int address, int cells, const vwr_tree_cell **mask)
{
    *mask = vwr_tree_get_at_(n, nexus, "interrupt-map-mask");
    if (*mask != NULL && tree_bytes(*mask) != (uint32_t)(address + cells) * TREE_CELL)
        return VWR_EPROTO;
    if (s->address_cells == (unsigned)address)
        return address;
    for (int k = 0; k < address; k++)
        if (*mask == NULL || (*mask)[k] != 0)
            return vwr_tree_refuse_(n, nexus, "interrupt-map-mask", TREE_ADDRESS);
    return 0;
}

/*
 * Looks up the signal in the map of a nexus, and replaces both by the entry's target. Entries for disabled
 * nodes are skipped.
 */
static int tree_map(struct vwr_tree_node *n, const vwr_tree_cell **at, const vwr_tree_cell *p,
                    struct tree_signal *s, int cells)
{
    const vwr_tree_cell *const nexus = *at, *const end = p + tree_bytes(p) / TREE_CELL;
    const vwr_tree_cell *mask, *to;
    const int address = vwr_tree_count_(n, nexus, "#address-cells", TREE_NONE, 0);
    int same, up, up_cells;

    if (address < 0)
        return VWR_EPROTO;
    same = tree_mask(n, nexus, s, address, cells, &mask);
    if (same < 0)
        return same;
    for (; end - p > address + cells; p += up + up_cells) {
        const bool is_for =
            tree_is_same(p, s->address, mask, same) &&
            tree_is_same(p + address, s->specifier, mask != NULL ? mask + address : NULL, cells);

        p += address + cells;
        to = vwr_tree_by_phandle_(n, tree_value(p++));
        if (to == NULL)
            return vwr_tree_refuse_(n, nexus, "interrupt-map", TREE_NO_NODE);
        up = vwr_tree_count_(n, to, "#address-cells", 0, 0);
        up_cells = vwr_tree_count_(n, to, "#interrupt-cells", TREE_NONE, 0);
        if ((up | up_cells) < 0)
            return VWR_EPROTO;
        if (end - p < up + up_cells)
            return vwr_tree_refuse_(n, nexus, "interrupt-map", TREE_BY_RESULT);
        if (!is_for || !vwr_tree_is_on_(n, to))
            continue;
        *s = (struct tree_signal){p, p + up, (unsigned)up, (uint32_t)up_cells};
        *at = to;
        return VWR_OK;
    }
    return vwr_tree_refuse_(n, nexus, "interrupt-map", p == end ? TREE_NO_INTERRUPT : TREE_BY_RESULT);
}

static void tree_take(const struct vwr_tree_node *n, const vwr_tree_cell *controller,
                      const struct tree_signal *s, int cells, struct vwr_interrupt *i)
{
    i->controller = (uint32_t)vwr_tree_one_(n, controller, "phandle", 0); /* TREE_NO_CELL becomes 0 */
    i->count = (uint32_t)cells;
    while (cells-- > 0)
        i->cell[cells] = tree_value(s->specifier + cells);
}

int vwr_tree_follow_(struct vwr_tree_node *n, const vwr_tree_cell *parent, struct tree_signal *s,
                     struct vwr_interrupt *i)
{
    for (unsigned maps = 0;; maps++) {
        const vwr_tree_cell *const at = parent;
        const int cells = vwr_tree_count_(n, at, "#interrupt-cells", TREE_NONE, 1);
        const bool is_controller = vwr_tree_property_(n, at, "interrupt-controller") != NULL;
        const vwr_tree_cell *const map = vwr_tree_property_(n, at, "interrupt-map");

        if (cells < 0 || s->left < (uint32_t)cells)
            return VWR_EPROTO;
        if (!is_controller && map == NULL)
            return vwr_tree_refuse_(n, at, "interrupt-controller", TREE_MISSING);
        if (map != NULL && maps == VWR_TREE_MAPS)
            return vwr_tree_refuse_(n, at, "interrupt-map", TREE_CHAIN);
        if (map != NULL && tree_map(n, &parent, map, s, cells) != VWR_OK)
            return maps == 0 && n->fault == TREE_NO_INTERRUPT ? VWR_ERANGE : VWR_EPROTO;
        if (is_controller && parent != at)
            return vwr_tree_refuse_(n, at, "interrupt-map", TREE_BOTH);
        if (is_controller) { /* a controller without a map, or with a map that leads back to it */
            tree_take(n, at, s, cells, i);
            return VWR_OK;
        }
    }
}

/*
 * Gets the node's own interrupt-parent if it has one; otherwise the nearest ancestor that is a controller or
 * a nexus, or refers to one. NULL: there is none, which is recorded.
 */
static const vwr_tree_cell *tree_interrupt_parent(struct vwr_tree_node *n)
{
    for (unsigned level = n->depth; level > 0; level--) {
        const vwr_tree_cell *const node = n->path[level];
        const vwr_tree_cell *named;
        uint64_t phandle;

        if (level < n->depth && vwr_tree_property_(n, node, "#interrupt-cells") != NULL)
            return node;
        phandle = vwr_tree_one_(n, node, "interrupt-parent", TREE_NONE);
        if (phandle == TREE_NONE)
            continue;
        named = phandle != TREE_NO_CELL ? vwr_tree_by_phandle_(n, phandle) : NULL;
        if (named == NULL)
            (void)vwr_tree_refuse_(n, node, "interrupt-parent", TREE_NO_NODE);
        return named;
    }
    (void)vwr_tree_refuse_(n, n->path[n->depth], "interrupt-parent", TREE_MISSING);
    return NULL;
}

/*
 * Gets the unit address of the node, which is in cells of its `reg`. If `reg` is missing or invalid, there
 * are no cells.
 */
static void tree_unit_address(const struct vwr_tree_node *n, struct tree_signal *s)
{
    const vwr_tree_cell *const reg = vwr_tree_property_(n, n->path[n->depth], "reg");
    const vwr_tree_cell *const bus = n->path[n->depth > 1 ? n->depth - 1 : 1];
    const uint64_t cells = vwr_tree_one_(n, bus, "#address-cells", TREE_ADDRESS_CELLS);

    s->address = reg;
    s->address_cells = reg != NULL && cells <= tree_bytes(reg) / TREE_CELL ? (unsigned)cells : 0;
}

int vwr_tree_interrupt(struct vwr_tree_node *n, struct vwr_interrupt *i)
{
    const vwr_tree_cell *const node = n->path[n->depth];
    const vwr_tree_cell *p = vwr_tree_get_at_(n, node, "interrupts-extended");
    const vwr_tree_cell *parent;
    struct tree_signal s;

    i->controller = i->count = 0;
    tree_unit_address(n, &s);
    if (p != NULL) {
        s.left = tree_bytes(p) / TREE_CELL;
        if (s.left == 0)
            return VWR_EPROTO;
        parent = vwr_tree_by_phandle_(n, tree_value(p++));
        s.left--;
        if (parent == NULL)
            return vwr_tree_refuse_(n, node, "interrupts-extended", TREE_NO_NODE);
    } else {
        p = vwr_tree_get_at_(n, node, "interrupts");
        if (p == NULL)
            return VWR_EUNSUPP;
        s.left = tree_bytes(p) / TREE_CELL;
        parent = tree_interrupt_parent(n);
        if (parent == NULL)
            return VWR_EPROTO;
    }
    s.specifier = p;
    return vwr_tree_follow_(n, parent, &s, i) == VWR_OK ? VWR_OK : VWR_EPROTO;
}
