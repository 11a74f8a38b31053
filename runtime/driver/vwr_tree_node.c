/* SPDX-License-Identifier: MIT */
#include "tree_common.h"

/* What a node says: text, addresses and how they are translated, its interrupt. */

const vwr_tree_cell *vwr_tree_get_at(struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name,
                                     uint32_t *bytes)
{
    n->seen = node;
    n->property = name;
    return vwr_tree_property(n->tree, node, name, bytes);
}

const vwr_tree_cell *vwr_tree_get(struct vwr_tree_node *n, const char *name, uint32_t *bytes)
{
    return vwr_tree_get_at(n, n->path[n->depth - 1], name, bytes);
}

uint64_t vwr_tree_number(const vwr_tree_cell **at, unsigned cells)
{
    uint64_t v = 0;

    while (cells-- > 0)
        v = v << 32 | tree_value((*at)++);
    return v;
}

int vwr_tree_count(struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name, int otherwise)
{
    uint32_t bytes;
    const vwr_tree_cell *const p = vwr_tree_property(n->tree, node, name, &bytes);

    if (p != NULL)
        otherwise = bytes != TREE_CELL || tree_value(p) > TREE_CELLS_MAX ? VWR_EPROTO : (int)tree_value(p);
    if (otherwise < 0)
        (void)vwr_tree_get_at(n, node, name, &bytes);
    return otherwise;
}

/* Cells of addresses and sizes below a node: both, or an error. */
struct tree_shape {
    int address;
    int size;
};

static int tree_shape(struct vwr_tree_node *n, const vwr_tree_cell *node, struct tree_shape *s)
{
    s->address = vwr_tree_count(n, node, "#address-cells", TREE_ADDRESS_CELLS);
    if (s->address <= 0)
        return VWR_EPROTO;
    s->size = vwr_tree_count(n, node, "#size-cells", TREE_SIZE_CELLS);
    return s->size < 0 ? VWR_EPROTO : VWR_OK;
}

int vwr_tree_translate(struct vwr_tree_node *n, unsigned level, uint64_t *at, uint64_t bytes)
{
    for (; level > 0; level--) {
        struct tree_shape s;
        const vwr_tree_cell *p;
        uint32_t left;
        int up;
        int r = tree_shape(n, n->path[level], &s);

        if (r != VWR_OK)
            return r;
        up = vwr_tree_count(n, n->path[level - 1], "#address-cells", TREE_ADDRESS_CELLS);
        if (up <= 0)
            return VWR_EPROTO;
        p = vwr_tree_get_at(n, n->path[level], "ranges", &left);
        if (p == NULL)
            return VWR_EUNSUPP;
        if (left == 0)
            continue;
        for (left /= TREE_CELL;; left -= (uint32_t)(s.address + up + s.size)) {
            uint64_t from, to, room;

            if (left < (uint32_t)(s.address + up + s.size))
                return VWR_ERANGE;
            from = vwr_tree_number(&p, (unsigned)s.address);
            to = vwr_tree_number(&p, (unsigned)up);
            room = vwr_tree_number(&p, (unsigned)s.size);
            if (*at >= from && bytes <= room && *at - from <= room - bytes) {
                *at = to + (*at - from);
                break;
            }
        }
    }
    return VWR_OK;
}

int vwr_tree_reg(struct vwr_tree_node *n, unsigned index, uint64_t *at, uint64_t *bytes)
{
    const vwr_tree_cell *p;
    struct tree_shape s;
    uint32_t length;
    uint32_t row;
    int r;

    if (n->depth < 2)
        return VWR_EUNSUPP;
    r = tree_shape(n, n->path[n->depth - 2], &s);
    if (r != VWR_OK)
        return r;
    p = vwr_tree_get(n, "reg", &length);
    if (p == NULL)
        return VWR_EUNSUPP;
    row = (uint32_t)(s.address + s.size);
    if (index >= length / TREE_CELL / row)
        return VWR_ERANGE;
    p += index * row;
    *at = vwr_tree_number(&p, (unsigned)s.address);
    *bytes = vwr_tree_number(&p, (unsigned)s.size);
    return vwr_tree_translate(n, n->depth - 2, at, *bytes);
}

const vwr_tree_cell *vwr_tree_by_phandle(const struct vwr_tree *t, uint32_t phandle)
{
    const vwr_tree_cell *at = NULL;

    while ((at = vwr_tree_node_behind(t, at)) != NULL) {
        uint32_t bytes;
        const vwr_tree_cell *const p = vwr_tree_property(t, at, "phandle", &bytes);

        if (p != NULL && bytes == TREE_CELL && tree_value(p) == phandle)
            break;
    }
    return at;
}

int vwr_tree_take_interrupt(struct vwr_tree_node *n, const vwr_tree_cell *controller, const vwr_tree_cell *at,
                            uint32_t bytes, struct vwr_interrupt *i)
{
    const int cells = controller != NULL ? vwr_tree_count(n, controller, "#interrupt-cells", VWR_EPROTO) : 0;
    const vwr_tree_cell *phandle;
    uint32_t length;

    if (cells <= 0 || bytes / TREE_CELL < (uint32_t)cells)
        return VWR_EPROTO;
    phandle = vwr_tree_property(n->tree, controller, "phandle", &length);
    i->controller = phandle != NULL && length == TREE_CELL ? tree_value(phandle) : 0;
    i->count = (uint32_t)cells;
    for (int c = 0; c < cells; c++)
        i->cell[c] = tree_value(at + c);
    return VWR_OK;
}

/*
 * The nearest parent that is a controller, or the one that it names; the node itself may name one first of
 * all. NULL: there is none.
 */
static const vwr_tree_cell *tree_interrupt_parent(struct vwr_tree_node *n)
{
    for (unsigned level = n->depth; level-- > 0;) {
        const vwr_tree_cell *p;
        uint32_t bytes;

        if (level + 1 < n->depth &&
            vwr_tree_property(n->tree, n->path[level], "#interrupt-cells", &bytes) != NULL)
            return n->path[level];
        p = vwr_tree_get_at(n, n->path[level], "interrupt-parent", &bytes);
        if (p != NULL)
            return bytes == TREE_CELL ? vwr_tree_by_phandle(n->tree, tree_value(p)) : NULL;
    }
    return NULL;
}

int vwr_tree_interrupt(struct vwr_tree_node *n, struct vwr_interrupt *i)
{
    uint32_t bytes;
    const vwr_tree_cell *p = vwr_tree_get(n, "interrupts-extended", &bytes);

    i->count = 0;
    if (p != NULL) {
        if (bytes < TREE_CELL)
            return VWR_EPROTO;
        return vwr_tree_take_interrupt(n, vwr_tree_by_phandle(n->tree, tree_value(p)), p + 1,
                                       bytes - TREE_CELL, i);
    }
    p = vwr_tree_get(n, "interrupts", &bytes);
    if (p == NULL)
        return VWR_EUNSUPP;
    return vwr_tree_take_interrupt(n, tree_interrupt_parent(n), p, bytes, i);
}
