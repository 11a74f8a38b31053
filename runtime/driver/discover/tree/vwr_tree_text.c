/* SPDX-License-Identifier: MIT */
#include "tree_common.h"

/* Properties of nodes: compatible, status, text; the chosen node. */

/* Nonzero if the property exists and is NUL-terminated. */
static int tree_is_text(const vwr_tree_cell *value)
{
    const char *const text = (const char *)value;

    return text != NULL && tree_bytes(value) > 0 && text[tree_bytes(value) - 1] == '\0';
}

bool vwr_tree_is_compatible(struct vwr_tree_node *n, const char *compatible)
{
    const vwr_tree_cell *const value = vwr_tree_property_(n, n->path[n->depth], "compatible");
    const char *text = (const char *)value;

    if (tree_is_text(value))
        while (text < (const char *)value + tree_bytes(value)) {
            if (vwr_tree_same_(text, compatible))
                return true;
            while (*text++ != '\0')
                ;
        }
    return false;
}

int vwr_tree_is_on_(const struct vwr_tree_node *n, const vwr_tree_cell *node)
{
    const vwr_tree_cell *const status = vwr_tree_property_(n, node, "status");

    return status == NULL || tree_bytes(status) == 0 ||
           (tree_is_text(status) &&
            (vwr_tree_same_((const char *)status, "okay") || vwr_tree_same_((const char *)status, "ok")));
}

bool vwr_tree_is_enabled(struct vwr_tree_node *n)
{
    for (unsigned level = n->depth; level > 0; level--)
        if (!vwr_tree_is_on_(n, n->path[level]))
            return false;
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
    for (unsigned level = n->depth; level > 0; level--) {
        if (vwr_tree_property_(n, n->path[level], "dma-noncoherent") != NULL)
            return false;
        if (vwr_tree_property_(n, n->path[level], "dma-coherent") != NULL)
            return true;
    }
    return false;
}

const char *vwr_tree_text(struct vwr_tree_node *n, const char *name)
{
    const vwr_tree_cell *const value = vwr_tree_property_(n, n->path[n->depth], name);

    return tree_is_text(value) ? (const char *)value : NULL;
}

const char *vwr_tree_chosen(const struct vwr_tree *t, const char *name)
{
    struct vwr_tree_node n;

    vwr_tree_begin(&n, t);
    while (vwr_tree_next(&n))
        if (n.depth == TREE_BELOW_ROOT &&
            vwr_tree_same_((const char *)(n.path[TREE_BELOW_ROOT] + 1), "chosen"))
            return vwr_tree_text(&n, name);
    return NULL;
}
