/* SPDX-License-Identifier: MIT */
#include "vindex_common.h"

/* Balanced binary tree of nodes that are embedded in other structures. */

struct vwr_vindex_node *vwr_vindex_find_(struct vwr_vindex_node *root, uint32_t key)
{
    while (root != NULL && root->key != key)
        root = root->child[key > root->key];
    return root;
}

struct vwr_vindex_node *vwr_vindex_from_(struct vwr_vindex_node *root, uint32_t key)
{
    struct vwr_vindex_node *found = NULL;

    while (root != NULL) {
        if (root->key >= key)
            found = root;
        root = root->child[key > root->key];
    }
    return found;
}

/* Finds the outermost node below this one. */
static struct vwr_vindex_node *vindex_end(struct vwr_vindex_node *n, unsigned side)
{
    while (n->child[side] != NULL)
        n = n->child[side];
    return n;
}

struct vwr_vindex_node *vwr_vindex_next_(struct vwr_vindex_node *n)
{
    if (n->child[1] != NULL)
        return vindex_end(n->child[1], 0);
    while (n->up != NULL && n->up->child[1] == n)
        n = n->up;
    return n->up;
}

/* ---- balance ---- */

static unsigned vindex_side(const struct vwr_vindex_node *n)
{
    return n->up != NULL && n->up->child[1] == n;
}

/* Redirects the parent, or the root, to another node. */
static void vindex_replace(struct vwr_vindex_node **root, const struct vwr_vindex_node *n,
                           struct vwr_vindex_node *by)
{
    *(n->up != NULL ? &n->up->child[vindex_side(n)] : root) = by;
    if (by != NULL)
        by->up = n->up;
}

/* Rotates the child on this side to the position above the node. */
static struct vwr_vindex_node *vindex_rotate(struct vwr_vindex_node **root, struct vwr_vindex_node *n,
                                             unsigned side)
{
    struct vwr_vindex_node *const child = n->child[side];
    struct vwr_vindex_node *const inner = child->child[!side];

    vindex_replace(root, n, child);
    n->child[side] = inner;
    if (inner != NULL)
        inner->up = n;
    child->child[!side] = n;
    n->up = child;
    return child;
}

/*
 * Rebalances a node whose subtree on this side is two levels deeper, and returns the new top. The result is
 * balanced unless the child was balanced, which occurs only after a removal.
 */
static struct vwr_vindex_node *vindex_level(struct vwr_vindex_node **root, struct vwr_vindex_node *n,
                                            unsigned side)
{
    const signed char to = side != 0 ? 1 : -1;
    struct vwr_vindex_node *const child = n->child[side];
    struct vwr_vindex_node *top;

    if (child->balance != -to) {
        top = vindex_rotate(root, n, side);
        n->balance = (signed char)(to - child->balance);
        top->balance = (signed char)(child->balance - to);
        return top;
    }
    (void)vindex_rotate(root, child, !side);
    top = vindex_rotate(root, n, side);
    n->balance = (signed char)(top->balance == to ? -to : 0);
    child->balance = (signed char)(top->balance == -to ? to : 0);
    top->balance = 0;
    return top;
}

/* The subtree of the node has grown by a level. */
static void vindex_grown(struct vwr_vindex_node **root, struct vwr_vindex_node *n)
{
    for (; n->up != NULL; n = n->up) {
        struct vwr_vindex_node *const up = n->up;
        const unsigned side = vindex_side(n);
        const signed char to = side != 0 ? 1 : -1;

        if (up->balance == to) {
            (void)vindex_level(root, up, side);
            return;
        }
        up->balance = (signed char)(up->balance + to);
        if (up->balance == 0)
            return;
    }
}

/* The subtree on this side has shrunk by a level. */
static void vindex_shrunk(struct vwr_vindex_node **root, struct vwr_vindex_node *n, unsigned side)
{
    while (n != NULL) {
        const signed char to = side != 0 ? 1 : -1;

        if (n->balance == -to)
            n = vindex_level(root, n, !side);
        else
            n->balance = (signed char)(n->balance - to);
        if (n->balance != 0) /* the depth has not changed */
            return;
        side = vindex_side(n);
        n = n->up;
    }
}

/* ---- insertion and removal ---- */

void vwr_vindex_link_(struct vwr_vindex_node **root, struct vwr_vindex_node *up, unsigned side,
                      struct vwr_vindex_node *n)
{
    n->child[0] = NULL;
    n->child[1] = NULL;
    n->up = up;
    n->balance = 0;
    *(up != NULL ? &up->child[side] : root) = n;
    vindex_grown(root, n);
}

void vwr_vindex_add_(struct vwr_vindex_node **root, struct vwr_vindex_node *n)
{
    struct vwr_vindex_node *up = NULL;
    unsigned side = 0;

    for (struct vwr_vindex_node *at = *root; at != NULL; at = at->child[side]) {
        up = at;
        side = n->key > at->key;
    }
    vwr_vindex_link_(root, up, side, n);
}

/* Exchanges a node with two children with its successor, which has at most one. */
static void vindex_exchange(struct vwr_vindex_node **root, struct vwr_vindex_node *n)
{
    struct vwr_vindex_node *const next = vindex_end(n->child[1], 0);
    struct vwr_vindex_node *const larger = next->child[1];
    struct vwr_vindex_node *const up = next->up;
    const signed char balance = next->balance;

    vindex_replace(root, n, next);
    next->balance = n->balance;
    next->child[0] = n->child[0];
    next->child[0]->up = next;
    next->child[1] = up != n ? n->child[1] : n;
    next->child[1]->up = next;
    if (up != n) {
        up->child[0] = n;
        n->up = up;
    }
    n->child[0] = NULL;
    n->child[1] = larger;
    if (larger != NULL)
        larger->up = n;
    n->balance = balance;
}

void vwr_vindex_remove_(struct vwr_vindex_node **root, struct vwr_vindex_node *n)
{
    struct vwr_vindex_node *up;
    unsigned side;

    if (n->child[0] != NULL && n->child[1] != NULL)
        vindex_exchange(root, n);
    up = n->up;
    side = vindex_side(n);
    vindex_replace(root, n, n->child[n->child[0] == NULL]);
    vindex_shrunk(root, up, side);
}
