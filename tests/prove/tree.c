/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include "vwr_tree.c"

/*
 * Opening and walking a device tree: vwr_tree.c, for arbitrary content. A walk is proved step by step. Each
 * step starts in any state that the previous step may leave. No step reads earlier cells, so the cells before
 * a node do not matter. Skipping the name of a node is a separate step, tree_token_step(). Elsewhere, a token
 * of one cell represents a node with its name.
 */

#define STRINGS 2u /* bytes */

static vwr_tree_cell nodes[CELLS];
static char strings[STRINGS];
static struct vwr_tree tree;
static struct vwr_tree_node node;

/* The areas of a tree, as set by tree_find_areas(). */
static void any_tree(void)
{
    PROVE_ANY(uint32_t, string_bytes);

    for (unsigned i = 0; i < CELLS; i++) {
        PROVE_ANY(uint32_t, cell);

        nodes[i] = cell;
    }
    for (unsigned i = 0; i < STRINGS; i++) {
        PROVE_ANY(char, letter);

        strings[i] = letter;
    }
    prove_assume(string_bytes <= STRINGS && (string_bytes == 0 || strings[string_bytes - 1u] == '\0'));
    tree.nodes = nodes;
    tree.end = nodes + CELLS;
    tree.strings = strings;
    tree.string_bytes = string_bytes;
    node.tree = &tree;
}

/* A node at any level (0: before the root). The next token is arbitrary, or there is none. */
static const vwr_tree_cell *any_node(unsigned depth)
{
    PROVE_ANY(uint32_t, at);

    prove_assume(at < CELLS && tree_token(nodes + at) == TREE_NOP);
    node.depth = depth;
    node.path[depth] = depth == 0 ? NULL : nodes + at;
    return nodes + at;
}

static bool is_node(const vwr_tree_cell *at)
{
    return __CPROVER_same_object(at, nodes) && at >= nodes && at < nodes + CELLS &&
           tree_token(at) == TREE_BEGIN_NODE;
}

/* The areas that are found are in the blob, and the last string is terminated. */
void tree_areas(void)
{
    PROVE_ANY(size_t, bytes);
    const struct tree_header *blob;
    struct vwr_tree t;

    prove_assume(bytes <= UINT32_MAX);
    blob = prove_memory(bytes);
    prove_assume(bytes < sizeof(*blob) || tree_value(&blob->strings_bytes) <= STRINGS);
    if (tree_find_areas(&t, blob, bytes) != VWR_OK)
        return;
    prove_that(t.end >= t.nodes && prove_readable(t.nodes, (size_t)(t.end - t.nodes) * TREE_CELL));
    prove_that(prove_readable(t.strings, t.string_bytes));
    prove_that(t.string_bytes == 0 || t.strings[t.string_bytes - 1u] == '\0');
}

/* From any token that the walk accepts, it continues to the next token or to the end. */
void tree_token_step(void)
{
    PROVE_ANY(uint32_t, at);
    const vwr_tree_cell *next;

    any_tree();
    prove_assume(at < CELLS);
    prove_assume(tree_token(nodes + at) != TREE_PROPERTY || tree_has(&tree, nodes + at));
    next = vwr_tree_behind_(&tree, nodes + at);
    prove_that(next > nodes + at && next <= tree.end);
}

/* From any node, the walk continues to a later node or ends. The enclosing nodes stay the same. */
void tree_step(void)
{
    PROVE_ANY(unsigned, depth);
    PROVE_ANY(unsigned, level);
    const vwr_tree_cell *at, *around;
    int r;

    any_tree();
    prove_assume(depth <= VWR_TREE_DEPTH && level < VWR_TREE_DEPTH);
    at = any_node(depth);
    around = node.path[level];
    r = tree_walk(&node);
    if (r != 1) {
        prove_that(r < 0 || node.depth == 0);
        return;
    }
    prove_that(node.depth >= 1 && node.depth <= VWR_TREE_DEPTH && node.depth <= depth + 1u);
    prove_that(is_node(node.path[node.depth]));
    prove_that(depth == 0 || node.path[node.depth] > at);
    prove_that(level >= node.depth || node.path[level] == around);
}

/* When the walk has passed a node, each property of the node is in the tree. */
void tree_property(void)
{
    PROVE_ANY(char, letter);
    const char name[] = {letter, '\0'};
    const vwr_tree_cell *at, *value;

    any_tree();
    at = any_node(1);
    prove_assume(tree_walk(&node) >= 0);
    value = vwr_tree_property_(&node, at, name);
    prove_that(value == NULL || prove_readable(value, tree_bytes(value)));
}

#define PHANDLE 7u

/* What it reads is proved by tree_property(). Each node is the one. */
uint64_t vwr_tree_one_(const struct vwr_tree_node *n, const vwr_tree_cell *at, const char *name,
                       uint64_t otherwise)
{
    (void)n, (void)name, (void)otherwise;
    prove_that(is_node(at));
    return PHANDLE;
}

/* From any token that the walk accepts, a lookup reaches the same node as the walk, or the end.
 */
void tree_phandle(void)
{
    PROVE_ANY(unsigned, depth);
    const vwr_tree_cell *at;
    int r;

    any_tree();
    prove_assume(depth <= VWR_TREE_DEPTH);
    node.depth = depth;
    node.path[depth] = NULL; /* the walk begins with the first token */
    r = tree_walk(&node);
    prove_assume(r >= 0);
    at = vwr_tree_by_phandle_(&node, PHANDLE);
    prove_that(at == (r == 0 ? NULL : node.path[node.depth]));
}
