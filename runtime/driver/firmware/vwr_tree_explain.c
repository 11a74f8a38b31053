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

void vwr_tree_put_path(struct vwr_text *t, const struct vwr_tree_node *n)
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

void vwr_tree_put_reason(struct vwr_text *t, const struct vwr_tree_node *n, int result)
{
    if (n->seen == NULL)
        return;
    tree_put_seen(t, n);
    vwr_text_str(t, ": ");
    vwr_text_str(t, n->property);
    if (result == VWR_EUNSUPP)
        vwr_text_str(t, " is missing");
    else if (result == VWR_ERANGE)
        vwr_text_str(t, " has no such entry, or no entry that leads to it");
    else
        vwr_text_str(t, " is too short, or has an invalid value");
}

size_t vwr_tree_explain(const struct vwr_tree_node *n, int result, char *text, size_t bytes)
{
    struct vwr_text t;

    vwr_text_begin(&t, text, bytes);
    vwr_tree_put_reason(&t, n, result);
    return t.length;
}
