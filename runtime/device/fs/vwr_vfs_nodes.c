/* SPDX-License-Identifier: MIT */
#include "vfs_common.h"

/*
 * The guest's nodes and open files: a table provided by the VMM, the numbers by which the guest refers to
 * them, and an index of the nodes by the path of their qid, so that each file has one node.
 */

#define VFS_GENERATIONS 0xffffffffu

void vwr_vfs_nodes_init_(struct vwr_vfs *v)
{
    vwr_zero(v->node, v->nodes * sizeof(*v->node));
    for (uint32_t i = 1; i < v->nodes; i++)
        v->node[i].next = i + 1u < v->nodes ? i + 2u : 0;
    v->free = 2; /* the first node is the root */
    v->nodes_used = 0;
    v->paths = NULL;
}

bool vwr_vfs_nodes_have_room_(const struct vwr_vfs *v, uint32_t nodes, uint32_t opens)
{
    const uint32_t left = v->nodes - 1u - v->nodes_used;

    return left >= nodes + opens && (nodes == 0 || left >= nodes + v->nodes / VWR_VFS_RESERVE);
}

uint64_t vwr_vfs_number_(const struct vwr_vfs *v, const struct vwr_vfs_node *node)
{
    return (uint64_t)node->generation << 32 | ((uint64_t)(node - v->node) + VWR_FUSE_ROOT);
}

struct vwr_vfs_node *vwr_vfs_find_(struct vwr_vfs *v, uint64_t number, uint8_t kind)
{
    const uint32_t place = (uint32_t)number;
    struct vwr_vfs_node *node;

    if (place < VWR_FUSE_ROOT || place - VWR_FUSE_ROOT >= v->nodes)
        return NULL;
    node = &v->node[place - VWR_FUSE_ROOT];
    return node->kind == kind && node->lookups != 0 && node->generation == number >> 32 ? node : NULL;
}

/* ---- index ---- */

struct vfs_place {
    struct vwr_vindex_node *up;
    unsigned side;
};

static struct vwr_vfs_node *vfs_node_of(struct vwr_vindex_node *n)
{
    return (struct vwr_vfs_node *)(void *)n; /* first member */
}

/* Finds the node with this path, or NULL and the position where it belongs. */
static struct vwr_vfs_node *vfs_find_path(struct vwr_vfs *v, uint64_t path, struct vfs_place *place)
{
    struct vwr_vindex_node *at = v->paths;

    place->up = NULL;
    place->side = 0;
    while (at != NULL && vfs_node_of(at)->path != path) {
        place->up = at;
        place->side = path > vfs_node_of(at)->path;
        at = at->child[place->side];
    }
    return at != NULL ? vfs_node_of(at) : NULL;
}

/* ---- life of a node ---- */

static void vfs_use_entry(struct vwr_vfs_node *node, uint8_t kind, void *file, uint8_t type, uint32_t flags)
{
    node->kind = kind;
    node->file = file;
    node->type = type;
    node->flags = flags;
    node->lookups = 1;
    node->users = 0;
}

static struct vwr_vfs_node *vfs_take(struct vwr_vfs *v)
{
    struct vwr_vfs_node *node;

    if (v->free == 0)
        return NULL;
    node = &v->node[v->free - 1u];
    v->free = node->next;
    v->nodes_used++;
    vwr_count_most(&v->stats.nodes_most, v->nodes_used);
    return node;
}

struct vwr_vfs_node *vwr_vfs_look_up_(struct vwr_vfs *v, void *file, const struct vwr_p9_qid *qid)
{
    struct vfs_place place;
    struct vwr_vfs_node *node = vfs_find_path(v, qid->path, &place);

    if (node != NULL) { /* the existing node keeps its handle */
        vwr_vfiles_release_(v->files, file);
        node->lookups++;
        return node;
    }
    if (v->node[0].kind == VFS_FREE)
        node = &v->node[0];
    else if (vwr_vfs_nodes_have_room_(v, 1, 0))
        node = vfs_take(v);
    if (node == NULL)
        return NULL;
    vfs_use_entry(node, VFS_NODE, file, qid->type, 0);
    node->path = qid->path;
    vwr_vindex_link_(&v->paths, place.up, place.side, &node->by_path);
    return node;
}

struct vwr_vfs_node *vwr_vfs_opened_(struct vwr_vfs *v, void *file, uint8_t type, uint32_t flags)
{
    struct vwr_vfs_node *const node = vfs_take(v);

    if (node != NULL)
        vfs_use_entry(node, VFS_OPEN, file, type, flags);
    return node;
}

static void vfs_free(struct vwr_vfs *v, struct vwr_vfs_node *node)
{
    if (node->file != NULL)
        vwr_vfiles_release_(v->files, node->file);
    if (node->file != NULL && node->kind == VFS_NODE)
        vwr_vindex_remove_(&v->paths, &node->by_path);
    node->file = NULL;
    node->kind = VFS_FREE;
    node->generation = node->generation != VFS_GENERATIONS ? node->generation + 1u : 0;
    node->next = v->free;
    v->free = (uint32_t)(node - v->node) + 1u;
    v->nodes_used--;
}

void vwr_vfs_forget_node_(struct vwr_vfs *v, struct vwr_vfs_node *node, uint64_t lookups)
{
    if (node == &v->node[0])
        return;
    if (lookups > node->lookups)
        vwr_count_add(&v->stats.refused, 1);
    node->lookups = lookups < node->lookups ? node->lookups - lookups : 0;
    if (node->lookups == 0 && node->users == 0)
        vfs_free(v, node);
}

void vwr_vfs_put_(struct vwr_vfs *v, struct vwr_vfs_node *node)
{
    node->users--;
    if (node->lookups == 0 && node->users == 0)
        vfs_free(v, node);
}

/* There is no session until all nodes are dropped, so nothing else uses the table. */
void vwr_vfs_nodes_end_(struct vwr_vfs *v)
{
    v->session = false;
    v->drop = v->nodes;
    v->free = 0;
    v->paths = NULL;
}

/* Goes from the last node to the first, so that the free ones are in order. The root is not included. */
bool vwr_vfs_nodes_drop_(struct vwr_vfs *v)
{
    struct vwr_vdev *const dev = vwr_vfs_dev(v);

    for (; v->drop != 0; v->drop--) {
        struct vwr_vfs_node *const node = &v->node[v->drop - 1u];

        if (dev->work == 0)
            return false;
        vwr_vdev_charge(dev, node->file != NULL ? VFS_WORK_DROP : VFS_WORK_LOOK, 0);
        if (node->file != NULL)
            vwr_vfiles_release_(v->files, node->file);
        vwr_zero(node, sizeof(*node));
        node->next = node != v->node ? v->free : 0;
        v->free = node != v->node ? v->drop : v->free;
    }
    v->nodes_used = v->session ? v->nodes_used : 0;
    return true;
}

bool vwr_vfs_end_session_(struct vwr_vfs *v)
{
    vwr_vfs_unmap_all_(v);
    if (v->session)
        vwr_vfs_nodes_end_(v);
    return vwr_vfs_nodes_drop_(v);
}

/* ---- for a loaded state ---- */

struct vwr_vfs_node *vwr_vfs_place_(struct vwr_vfs *v, uint64_t number, uint8_t kind)
{
    const uint32_t at = (uint32_t)number - VWR_FUSE_ROOT;
    struct vwr_vfs_node *const node = &v->node[at < v->nodes ? at : 0];

    if (at >= v->nodes || node->kind != VFS_FREE || (at == 0 && (kind != VFS_NODE || number >> 32 != 0)))
        return NULL;
    vfs_use_entry(node, kind, NULL, 0, 0);
    node->generation = (uint32_t)(number >> 32);
    return node;
}

/* A file has only one node, so a second node for it is treated as removed. */
void vwr_vfs_set_file_(struct vwr_vfs *v, struct vwr_vfs_node *node, void *file, uint64_t path)
{
    struct vfs_place place;

    node->path = path;
    if (file != NULL && node->kind == VFS_NODE) {
        if (vfs_find_path(v, path, &place) != NULL) {
            vwr_vfiles_release_(v->files, file);
            return;
        }
        vwr_vindex_link_(&v->paths, place.up, place.side, &node->by_path);
    }
    node->file = file;
}

/* A session has a root, and the free entries are in order. */
bool vwr_vfs_end_places_(struct vwr_vfs *v, uint32_t generation)
{
    bool good = v->session == (v->node[0].kind == VFS_NODE);

    v->free = 0;
    v->nodes_used = 0;
    for (uint32_t left = v->nodes; left != 0; left--) {
        const uint32_t i = left - 1u;
        struct vwr_vfs_node *const node = &v->node[i];

        good = good && node->generation <= generation && (v->session || node->kind == VFS_FREE);
        if (node->kind != VFS_FREE) {
            v->nodes_used += i != 0;
            continue;
        }
        node->generation = i != 0 ? generation : 0;
        node->next = v->free;
        if (i != 0)
            v->free = i + 1u;
    }
    return good;
}
