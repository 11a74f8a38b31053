/* SPDX-License-Identifier: MIT */
#include "vwr/tables.h"
#include "tree_common.h"

/* Messages about invalid device trees. */

static void tree_put_names(struct vwr_text *t, const vwr_tree_cell *const *path, unsigned depth)
{
    if (depth < TREE_BELOW_ROOT)
        vwr_text_str(t, "/");
    for (unsigned level = TREE_BELOW_ROOT; level <= depth; level++) {
        vwr_text_str(t, "/");
        vwr_text_str(t, (const char *)(path[level] + 1)); /* the name follows the token */
    }
}

void vwr_tree_put_path_(struct vwr_text *t, const struct vwr_tree_node *n)
{
    tree_put_names(t, n->path, n->depth);
}

/* Appends the path of the node with the recorded property. */
static void tree_put_seen(struct vwr_text *t, const struct vwr_tree_node *n)
{
    struct vwr_tree_node walk;

    vwr_tree_begin(&walk, n->tree);
    while (vwr_tree_next(&walk))
        if (walk.path[walk.depth] == n->seen) {
            tree_put_names(t, walk.path, walk.depth);
            return;
        }
}

static const char *tree_words(unsigned fault)
{
    switch (fault) {
    case TREE_MISSING:
        return " is missing";
    case TREE_NO_NODE:
        return " has a phandle that no node has";
    case TREE_NO_INTERRUPT:
        return " has no enabled entry for the interrupt of ";
    case TREE_ADDRESS:
        return " must not compare unit addresses: #address-cells differs from the device's bus";
    case TREE_BOTH:
        return " leads elsewhere, but the node is an interrupt-controller: it must be one of both";
    case TREE_CHAIN:
        return " follows VWR_TREE_MAPS others, which is the maximum, or they form a loop";
    case TREE_BRIDGE:
        return " of a bridge is not supported: that of the host must have what is behind the bridge";
    case TREE_DMA:
        return " gives memory other addresses than the CPU's: they must be equal";
    default:
        return " is too short, or has an invalid value";
    }
}

void vwr_tree_put_reason_(struct vwr_text *t, const struct vwr_tree_node *n, int result)
{
    const char *words;

    if (n->seen == NULL)
        return;
    tree_put_seen(t, n);
    vwr_text_str(t, ": ");
    vwr_text_str(t, n->property);
    if (result == VWR_EUNSUPP)
        words = " is missing";
    else if (result == VWR_ERANGE)
        words = " has no such entry, or no entry that leads to it";
    else
        words = tree_words(n->fault);
    vwr_text_str(t, words);
    if (result == VWR_EPROTO && n->fault == TREE_NO_INTERRUPT)
        vwr_tree_put_path_(t, n);
}

size_t vwr_tree_explain(const struct vwr_tree_node *n, int result, char *text, size_t bytes)
{
    struct vwr_text t;

    vwr_text_begin(&t, text, bytes);
    vwr_tree_put_reason_(&t, n, result);
    return t.length;
}
