/* SPDX-License-Identifier: MIT */
#include "tree_common.h"

/* What nodes are: compatible with something, in use, chosen. */

/* A property that ends as text does. */
static const char *tree_text_at(struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name,
                                uint32_t *bytes)
{
    const char *const text = (const char *)vwr_tree_property(n->tree, node, name, bytes);

    return text != NULL && *bytes > 0 && text[*bytes - 1] == '\0' ? text : NULL;
}

bool vwr_tree_is_compatible(struct vwr_tree_node *n, const char *compatible)
{
    uint32_t left;
    const char *text = tree_text_at(n, n->path[n->depth - 1], "compatible", &left);

    while (text != NULL && left > 0) {
        if (vwr_tree_same(text, compatible))
            return true;
        do
            left--;
        while (*text++ != '\0');
    }
    return false;
}

bool vwr_tree_is_enabled(struct vwr_tree_node *n)
{
    for (unsigned level = n->depth; level-- > 0;) {
        uint32_t bytes;
        const char *const status = tree_text_at(n, n->path[level], "status", &bytes);

        if (status == NULL ? bytes > 0 : !vwr_tree_same(status, "okay") && !vwr_tree_same(status, "ok"))
            return false;
    }
    return true;
}

bool vwr_tree_find(struct vwr_tree_node *n, const char *compatible)
{
    while (vwr_tree_next(n))
        if (vwr_tree_is_compatible(n, compatible) && vwr_tree_is_enabled(n))
            return true;
    return false;
}

bool vwr_tree_is_coherent(struct vwr_tree_node *n)
{
    for (unsigned level = n->depth; level-- > 0;) {
        uint32_t bytes;

        if (vwr_tree_property(n->tree, n->path[level], "dma-coherent", &bytes) != NULL)
            return true;
    }
    return false;
}

const char *vwr_tree_text(struct vwr_tree_node *n, const char *name)
{
    uint32_t bytes;

    return tree_text_at(n, n->path[n->depth - 1], name, &bytes);
}

const char *vwr_tree_chosen(const struct vwr_tree *t, const char *name)
{
    struct vwr_tree_node n;

    vwr_tree_begin(&n, t);
    while (vwr_tree_next(&n))
        if (n.depth == TREE_BELOW_ROOT && vwr_tree_same((const char *)(n.path[1] + 1), "chosen"))
            return vwr_tree_text(&n, name);
    return NULL;
}
