/* SPDX-License-Identifier: MIT */
#include "prove.h"
#define vwr_tree_property_ vwr_tree_property_proved_apart
#define vwr_tree_by_phandle_ vwr_tree_by_phandle_proved_apart
#include "vwr_tree.c"
#undef vwr_tree_property_
#undef vwr_tree_by_phandle_

/*
 * The readers of properties: vwr_tree_node.c, vwr_tree_interrupt.c. Each lookup returns a property with
 * arbitrary content and length, or none. The content of #interrupt-cells is the same each time.
 */

#define DEPTH 3u

static vwr_tree_cell node;
static struct vwr_tree tree;

/* Cells with arbitrary content, at the end of a property's value. */
struct property {
    vwr_tree_cell cell[TREE_VALUE + VALUE_CELLS];
};

const vwr_tree_cell *vwr_tree_property_(const struct vwr_tree_node *n, const vwr_tree_cell *at,
                                        const char *name)
{
    PROVE_ANY(bool, is_there);
    PROVE_ANY(uint32_t, bytes);
    static const vwr_tree_cell *width;
    vwr_tree_cell *value;

    (void)n;
    prove_that(at == &node);
    if (name[0] == '#' && name[1] == 'i' && width != NULL)
        return width;
    if (!is_there)
        return NULL;
    prove_assume(bytes <= VALUE_CELLS * TREE_CELL);
    value = ((struct property *)prove_memory(sizeof(struct property)))->cell + TREE_VALUE + VALUE_CELLS;
    value -= (bytes + TREE_CELL - 1u) / TREE_CELL;
    value[-2] = vwr_cpu_to_be32(bytes);
    if (name[0] == '#' && name[1] == 'i')
        width = value;
    return value;
}

const vwr_tree_cell *vwr_tree_by_phandle_(const struct vwr_tree_node *n, uint64_t phandle)
{
    PROVE_ANY(bool, is_there);

    (void)n, (void)phandle;
    return is_there ? &node : NULL;
}

int vwr_tree_is_on_(const struct vwr_tree_node *n, const vwr_tree_cell *at)
{
    PROVE_ANY(bool, is_on);

    (void)n;
    prove_that(at == &node);
    return is_on;
}

#undef VWR_TREE_MAPS
#define VWR_TREE_MAPS 1u /* each leaves what tree_map() starts with */
#include "vwr_tree_interrupt.c"

static void any_node(struct vwr_tree_node *n)
{
    PROVE_ANY(unsigned, depth);

    prove_assume(depth >= 1 && depth <= DEPTH);
    n->tree = &tree;
    n->depth = depth;
    n->path[0] = NULL;
    for (unsigned level = 1; level <= DEPTH; level++)
        n->path[level] = level <= depth ? &node : NULL;
}

void tree_reg(void)
{
    struct vwr_tree_node n;
    PROVE_ANY(unsigned, index);
    uint64_t at, bytes;

    any_node(&n);
    (void)vwr_tree_reg(&n, index, &at, &bytes);
}

void tree_interrupt(void)
{
    struct vwr_tree_node n;
    struct vwr_interrupt i;

    any_node(&n);
    if (vwr_tree_interrupt(&n, &i) == VWR_OK)
        prove_that(i.count >= 1 && i.count <= VWR_INTERRUPT_CELLS);
    else
        prove_that(i.count == 0);
}

void tree_dma(void)
{
    struct vwr_tree_node n;

    any_node(&n);
    (void)vwr_tree_check_dma(&n);
}

/* From any signal whose cells exist, a map leads to a node with a signal whose cells exist. */
void tree_route(void)
{
    struct vwr_tree_node n;
    const vwr_tree_cell *at = &node;
    const vwr_tree_cell *map;
    PROVE_ANY(unsigned, address);
    PROVE_ANY(unsigned, cells);
    struct tree_signal s;

    any_node(&n);
    prove_assume(address <= TREE_CELLS_MAX && cells >= 1 && cells <= TREE_CELLS_MAX);
    s.address = prove_memory(address * TREE_CELL);
    s.address_cells = address;
    s.specifier = prove_memory(cells * TREE_CELL);
    s.left = cells;
    map = vwr_tree_property_(&n, at, "interrupt-map");
    if (map == NULL || tree_map(&n, &at, map, &s, (int)cells) != VWR_OK)
        return;
    prove_that(at == &node && s.address_cells <= TREE_CELLS_MAX && s.left <= TREE_CELLS_MAX);
    prove_that(prove_readable(s.address, s.address_cells * TREE_CELL));
    prove_that(prove_readable(s.specifier, s.left * TREE_CELL));
}
