/* SPDX-License-Identifier: MIT */
#include "tree_common.h"

/* Addresses of a node and of memory below it, and address translation. */

VWR_OUT_OF_LINE int vwr_tree_refuse_(struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name,
                                     enum tree_fault fault)
{
    tree_wrong(n, node, name);
    n->fault = (uint8_t)fault;
    return VWR_EPROTO;
}

const vwr_tree_cell *vwr_tree_get_at_(struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name)
{
    tree_wrong(n, node, name);
    return vwr_tree_property_(n, node, name);
}

const vwr_tree_cell *vwr_tree_get(struct vwr_tree_node *n, const char *name, uint32_t *bytes)
{
    const vwr_tree_cell *const p = vwr_tree_get_at_(n, n->path[n->depth], name);

    *bytes = p != NULL ? tree_bytes(p) : 0;
    return p;
}

uint64_t vwr_tree_number_(const vwr_tree_cell **at, int cells)
{
    const vwr_tree_cell *const end = *at + cells;
    uint64_t v = 0;

    for (; *at < end; (*at)++)
        v = v << 32 | tree_value(*at);
    return v;
}

uint64_t vwr_tree_one_(const struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name,
                       uint64_t otherwise)
{
    const vwr_tree_cell *const p = vwr_tree_property_(n, node, name);

    if (p == NULL)
        return otherwise;
    return tree_bytes(p) == TREE_CELL ? tree_value(p) : TREE_NO_CELL;
}

VWR_OUT_OF_LINE int vwr_tree_count_(struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name,
                                    uint64_t otherwise, unsigned least)
{
    const uint64_t v = vwr_tree_one_(n, node, name, otherwise);

    if (v >= least && v <= TREE_CELLS_MAX)
        return (int)v;
    return vwr_tree_refuse_(n, node, name, v == TREE_NONE ? TREE_MISSING : TREE_BY_RESULT);
}

int vwr_tree_address_cells_(struct vwr_tree_node *n, unsigned level)
{
    return vwr_tree_count_(n, n->path[level], "#address-cells", TREE_ADDRESS_CELLS, 1);
}

VWR_OUT_OF_LINE int vwr_tree_size_cells_(struct vwr_tree_node *n, unsigned level)
{
    return vwr_tree_count_(n, n->path[level], "#size-cells", TREE_SIZE_CELLS, 0);
}

/* Format of an entry of `ranges` and of `dma-ranges`: numbers of cells of an address on the bus, of the
   address on the parent bus, and of a size.
 */
struct tree_row {
    int address, up, size;
};

/* Gets the format of an entry; VWR_EPROTO on error. */
static int tree_row(struct vwr_tree_node *n, unsigned level, struct tree_row *r)
{
    r->address = vwr_tree_address_cells_(n, level);
    r->size = vwr_tree_size_cells_(n, level);
    r->up = vwr_tree_address_cells_(n, level - 1);
    return (r->address | r->size | r->up) < 0 ? VWR_EPROTO : r->address + r->size + r->up;
}

int vwr_tree_translate_(struct vwr_tree_node *n, unsigned level, uint64_t *at, uint64_t bytes)
{
    for (; level > 1; level--) {
        struct tree_row r;
        const int row = tree_row(n, level, &r);
        const vwr_tree_cell *p;
        uint32_t left;

        if (row < 0)
            return VWR_EPROTO;
        p = vwr_tree_get_at_(n, n->path[level], "ranges");
        if (p == NULL)
            return VWR_EUNSUPP;
        left = tree_bytes(p) / TREE_CELL;
        if (left == 0)
            continue;
        for (;; left -= (uint32_t)row) {
            uint64_t offset, to, room;

            if (left < (uint32_t)row)
                return VWR_ERANGE;
            offset = *at - vwr_tree_number_(&p, r.address);
            to = vwr_tree_number_(&p, r.up);
            room = vwr_tree_number_(&p, r.size);
            if (offset <= *at && bytes <= room && offset <= room - bytes) {
                *at = offset + to;
                break;
            }
        }
    }
    return VWR_OK;
}

int vwr_tree_reg(struct vwr_tree_node *n, unsigned index, uint64_t *at, uint64_t *bytes)
{
    const unsigned bus = n->depth - 1;
    const vwr_tree_cell *p;
    int address, size;
    uint32_t row;

    if (n->depth < TREE_BELOW_ROOT)
        return VWR_EUNSUPP;
    address = vwr_tree_address_cells_(n, bus);
    size = vwr_tree_size_cells_(n, bus);
    if ((address | size) < 0)
        return VWR_EPROTO;
    p = vwr_tree_get_at_(n, n->path[n->depth], "reg");
    if (p == NULL)
        return VWR_EUNSUPP;
    row = (uint32_t)(address + size);
    if (((uint64_t)index + 1u) * row > tree_bytes(p) / TREE_CELL)
        return VWR_ERANGE;
    p += index * row;
    *at = vwr_tree_number_(&p, address);
    *bytes = vwr_tree_number_(&p, size);
    return vwr_tree_translate_(n, bus, at, *bytes);
}

int vwr_tree_check_dma(struct vwr_tree_node *n)
{
    for (unsigned level = n->depth; level > 1; level--) {
        const vwr_tree_cell *p = vwr_tree_property_(n, n->path[level], "dma-ranges");
        struct tree_row r;
        int row;

        if (p == NULL)
            continue;
        row = tree_row(n, level, &r);
        if (row < 0)
            return VWR_EPROTO;
        for (uint32_t left = tree_bytes(p) / TREE_CELL; left > 0; left -= (uint32_t)row) {
            uint64_t at;

            if (left < (uint32_t)row)
                return vwr_tree_refuse_(n, n->path[level], "dma-ranges", TREE_BY_RESULT);
            at = vwr_tree_number_(&p, r.address);
            if (at != vwr_tree_number_(&p, r.up))
                return vwr_tree_refuse_(n, n->path[level], "dma-ranges", TREE_DMA);
            p += r.size;
        }
    }
    return VWR_OK;
}
