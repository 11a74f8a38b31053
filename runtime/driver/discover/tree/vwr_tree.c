/* SPDX-License-Identifier: MIT */
#include "tree_common.h"

/* Flattened device tree: validated completely at open, then read without bounds checks. */

#define TREE_MAGIC 0xd00dfeedu
#define TREE_VERSION 17u
#define TREE_BEGIN_NODE 1u
#define TREE_END_NODE 2u
#define TREE_PROPERTY 3u
#define TREE_NOP 4u
#define TREE_END 9u
#define TREE_TOKENS 0xffu /* bits of a token that may be set */

struct tree_header {
    vwr_tree_cell magic;
    vwr_tree_cell bytes;
    vwr_tree_cell nodes; /* offset, as the next two */
    vwr_tree_cell strings;
    vwr_tree_cell reservations;
    vwr_tree_cell version;
    vwr_tree_cell compatible_version;
    vwr_tree_cell cpu;
    vwr_tree_cell strings_bytes;
    vwr_tree_cell nodes_bytes;
};
VWR_STATIC_ASSERT(sizeof(struct tree_header) == 40,
                  "the tree's first bytes"); /* ./vwr embed keeps each member */

const vwr_tree_cell *vwr_tree_behind_(const struct vwr_tree *t, const vwr_tree_cell *at)
{
    const unsigned token = tree_token(at++);
    const char *const name = (const char *)at;
    size_t bytes = 0;

    if (token == TREE_PROPERTY)
        bytes = (TREE_VALUE - 1) * TREE_CELL + tree_value(at);
    if (token == TREE_BEGIN_NODE)
        while (name + bytes < (const char *)t->end && name[bytes++] != '\0')
            ;
    return at + (bytes + TREE_CELL - 1) / TREE_CELL;
}

/* Whether a property is within the tree, and its name is a valid string. */
static bool tree_has(const struct vwr_tree *t, const vwr_tree_cell *at)
{
    const size_t left = (size_t)(t->end - at) * TREE_CELL;

    return left >= TREE_VALUE * TREE_CELL && left - TREE_VALUE * TREE_CELL >= tree_bytes(at + TREE_VALUE) &&
           tree_value(at + 2) < t->string_bytes;
}

/*
 * Moves to the next node. Returns 1, or 0 at the end. It visits all tokens, so vwr_tree_open() uses it to
 * validate the tree. In a validated tree, it returns no errors.
 */
static int tree_walk(struct vwr_tree_node *n)
{
    const struct vwr_tree *const t = n->tree;
    const vwr_tree_cell *at = n->path[n->depth];
    unsigned outside = TREE_BEGIN_NODE; /* token allowed outside of the root node */

    at = at != NULL ? vwr_tree_behind_(t, at) : t->nodes;
    for (; at < t->end; at = vwr_tree_behind_(t, at)) {
        const unsigned token = tree_token(at);

        if ((*at & ~vwr_cpu_to_be32(TREE_TOKENS)) != 0)
            return VWR_EPROTO;
        if (token == TREE_NOP)
            continue;
        if (n->depth == 0 && token != outside)
            return VWR_EPROTO;
        switch (token) {
        case TREE_BEGIN_NODE:
            if (n->depth == VWR_TREE_DEPTH)
                return VWR_EPROTO;
            n->path[++n->depth] = at;
            return 1;
        case TREE_PROPERTY:
            if (!tree_has(t, at))
                return VWR_ERANGE;
            break;
        case TREE_END_NODE:
            outside = TREE_END;
            n->depth--;
            break;
        default:
            return n->depth == 0 ? 0 : VWR_EPROTO;
        }
    }
    return VWR_ERANGE;
}

/* Finds the nodes and the strings of a blob, as specified in its header. */
static int tree_find_areas(struct vwr_tree *t, const void *blob, size_t bytes)
{
    const struct tree_header *const h = blob;
    uint64_t nodes, strings;
    uint32_t total;

    if (((uintptr_t)blob & (TREE_CELL - 1)) != 0)
        return VWR_EALIGN;
    if (bytes < sizeof(*h) || tree_value(&h->magic) != TREE_MAGIC)
        return VWR_EMAGIC;
    if (tree_value(&h->version) < TREE_VERSION || tree_value(&h->compatible_version) > TREE_VERSION)
        return VWR_EVERSION;
    total = tree_value(&h->bytes);
    nodes = tree_value(&h->nodes);
    strings = tree_value(&h->strings);
    if (total > bytes || nodes + tree_value(&h->nodes_bytes) > total ||
        strings + tree_value(&h->strings_bytes) > total)
        return VWR_ERANGE;
    if (nodes % TREE_CELL != 0)
        return VWR_EALIGN;
    t->nodes = (const vwr_tree_cell *)blob + nodes / TREE_CELL;
    t->end = t->nodes + tree_value(&h->nodes_bytes) / TREE_CELL;
    t->strings = (const char *)blob + strings;
    for (total = tree_value(&h->strings_bytes); total > 0 && t->strings[total - 1] != '\0';)
        total--; /* bytes after the last NUL are not a string */
    t->string_bytes = total;
    return VWR_OK;
}

int vwr_tree_open(struct vwr_tree *t, const void *blob, size_t bytes)
{
    struct vwr_tree_node n;
    int r = tree_find_areas(t, blob, bytes);

    if (r != VWR_OK)
        return r;
    vwr_tree_begin(&n, t);
    do
        r = tree_walk(&n);
    while (r > 0);
    return r;
}

void vwr_tree_begin(struct vwr_tree_node *n, const struct vwr_tree *t)
{
    n->tree = t;
    n->depth = 0;
    n->path[0] = NULL;
    n->seen = NULL;
}

bool vwr_tree_next(struct vwr_tree_node *n)
{
    return tree_walk(n) > 0;
}

int vwr_tree_same_(const char *a, const char *b)
{
    while (*a == *b && *a != '\0') {
        a++;
        b++;
    }
    return *a == *b;
}

const vwr_tree_cell *vwr_tree_property_(const struct vwr_tree_node *n, const vwr_tree_cell *node,
                                        const char *name)
{
    const struct vwr_tree *const t = n->tree;

    do
        node = vwr_tree_behind_(t, node);
    while (tree_token(node) == TREE_NOP ||
           (tree_token(node) == TREE_PROPERTY && !vwr_tree_same_(t->strings + tree_value(node + 2), name)));
    return tree_token(node) == TREE_PROPERTY ? node + TREE_VALUE : NULL;
}

const vwr_tree_cell *vwr_tree_by_phandle_(const struct vwr_tree_node *n, uint64_t phandle)
{
    const vwr_tree_cell *at = n->tree->nodes;

    while (tree_token(at) != TREE_BEGIN_NODE || vwr_tree_one_(n, at, "phandle", TREE_NONE) != phandle) {
        if (tree_token(at) == TREE_END)
            return NULL;
        at = vwr_tree_behind_(n->tree, at);
    }
    return at;
}
