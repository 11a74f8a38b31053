/* SPDX-License-Identifier: MIT */
#include "tree_common.h"

/* The format of a flattened device tree: checked as a whole, then walked without a look at its ends. */

#define TREE_MAGIC 0xd00dfeedu /* not the specification's */
#define TREE_VERSION 17u       /* not the specification's */
#define TREE_BEGIN_NODE 1u
#define TREE_END_NODE 2u
#define TREE_PROPERTY 3u
#define TREE_NOP 4u
#define TREE_END 9u                /* not the specification's */
#define TREE_LOW_BITS 0x01010101u  /* not the specification's: of each byte of a cell */
#define TREE_HIGH_BITS 0x80808080u /* not the specification's */

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

/* Does one of its bytes end a text? */
static bool tree_ends_text(vwr_tree_cell v)
{
    return ((v - TREE_LOW_BITS) & ~v & TREE_HIGH_BITS) != 0;
}

/* What is behind the token at `at`. */
static const vwr_tree_cell *tree_behind(const vwr_tree_cell *at)
{
    const uint32_t token = tree_value(at++);

    if (token == TREE_PROPERTY)
        return at + 2 + (tree_value(at) + TREE_CELL - 1) / TREE_CELL;
    if (token == TREE_BEGIN_NODE)
        while (!tree_ends_text(*at++))
            ;
    return at;
}

/* Of the first `cells` cells; names of properties are in the first `strings` bytes of theirs. */
static int tree_check(const vwr_tree_cell *at, uint32_t cells, uint32_t strings)
{
    const vwr_tree_cell *const end = at + cells;
    unsigned depth = 0;
    bool has_root = false;

    while (at < end) {
        const uint32_t left = (uint32_t)(end - at) - 1;
        const uint32_t token = tree_value(at);

        if (token == TREE_END && has_root && depth == 0)
            return VWR_OK;
        if (token == TREE_BEGIN_NODE && depth < VWR_TREE_DEPTH && (depth > 0 || !has_root)) {
            uint32_t name = 0;

            while (name < left && !tree_ends_text(at[1 + name]))
                name++;
            if (name == left)
                return VWR_ERANGE;
            depth++;
            has_root = true;
        } else if (token == TREE_END_NODE && depth > 0) {
            depth--;
        } else if (token == TREE_PROPERTY && depth > 0) {
            if (left < 2 || (tree_value(at + 1) + (uint64_t)TREE_CELL - 1) / TREE_CELL > left - 2 ||
                tree_value(at + 2) >= strings)
                return VWR_ERANGE;
        } else if (token != TREE_NOP) {
            return VWR_EPROTO;
        }
        at = tree_behind(at);
    }
    return VWR_ERANGE;
}

int vwr_tree_open(struct vwr_tree *t, const void *blob, size_t bytes)
{
    const struct tree_header *const h = blob;
    uint32_t strings;
    uint32_t nodes;
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
    if (total > bytes || nodes > total || tree_value(&h->nodes_bytes) > total - nodes || strings > total ||
        tree_value(&h->strings_bytes) > total - strings)
        return VWR_ERANGE;
    if (nodes % TREE_CELL != 0)
        return VWR_EALIGN;
    t->nodes = (const vwr_tree_cell *)blob + nodes / TREE_CELL;
    t->strings = (const char *)blob + strings;
    strings = tree_value(&h->strings_bytes);
    while (strings > 0 && t->strings[strings - 1] != '\0') /* what is behind the last end has none */
        strings--;
    return tree_check(t->nodes, tree_value(&h->nodes_bytes) / TREE_CELL, strings);
}

void vwr_tree_begin(struct vwr_tree_node *n, const struct vwr_tree *t)
{
    n->tree = t;
    n->depth = 0;
    n->seen = NULL;
}

const vwr_tree_cell *vwr_tree_node_behind(const struct vwr_tree *t, const vwr_tree_cell *at)
{
    at = at != NULL ? tree_behind(at) : t->nodes;
    while (tree_value(at) != TREE_BEGIN_NODE) {
        if (tree_value(at) == TREE_END)
            return NULL;
        at = tree_behind(at);
    }
    return at;
}

bool vwr_tree_next(struct vwr_tree_node *n)
{
    const vwr_tree_cell *at = n->depth > 0 ? tree_behind(n->path[n->depth - 1]) : n->tree->nodes;

    for (;; at = tree_behind(at))
        switch (tree_value(at)) {
        case TREE_BEGIN_NODE:
            n->path[n->depth++] = at;
            return true;
        case TREE_END_NODE:
            n->depth--;
            break;
        case TREE_END:
            return false;
        default:
            break;
        }
}

bool vwr_tree_same(const char *a, const char *b)
{
    while (*a == *b && *a != '\0') {
        a++;
        b++;
    }
    return *a == *b;
}

const vwr_tree_cell *vwr_tree_property(const struct vwr_tree *t, const vwr_tree_cell *at, const char *name,
                                       uint32_t *bytes)
{
    *bytes = 0;
    for (;;) {
        at = tree_behind(at);
        if (tree_value(at) == TREE_PROPERTY) {
            if (vwr_tree_same(t->strings + tree_value(at + 2), name)) {
                *bytes = tree_value(at + 1);
                return at + 3;
            }
        } else if (tree_value(at) != TREE_NOP) {
            return NULL;
        }
    }
}
