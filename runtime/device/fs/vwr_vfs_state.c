/* SPDX-License-Identifier: MIT */
#include "vwr/vstate.h"
#include "vfs_common.h"

/*
 * Saved state of a file system device: the session, and the paths of its nodes' files and of its open files.
 * Section: Device parts.
 */

static struct vwr_vfs *vfs_of_dev(const struct vwr_vdev *v)
{
    return (struct vwr_vfs *)(uintptr_t)v; /* first member */
}

/*
 * Requests in parts are finished, because some parts must not be repeated; the file system gives back the
 * others. Mappings are not saved, so a device whose window is in use cannot be saved.
 */
static bool vfs_give_back(struct vwr_vdev *dev)
{
    struct vwr_vfs *const v = vfs_of_dev(dev);

    if (v->mapped)
        return false;
    vwr_service_finish(dev);
    for (unsigned i = 0; i < v->requests; i++)
        if (v->call[i].call.state != VFILES_FREE)
            vwr_vfs_forget_call_(&v->call[i]);
    return vwr_service_give_back(dev);
}

/* Its path has already been stored behind the end of the state. */
static void vfs_put_node(struct vwr_vfs *v, const struct vwr_vfs_node *node, struct vwr_vstate *s)
{
    struct vwr_state_node c;
    const uint16_t bytes = vwr_vfiles_get_path_(v->files, node->file, s, sizeof(c));
    const unsigned gone = bytes == VFILES_NO_PATH ? VWR_STATE_FILE_GONE : 0;

    c.nodeid = vwr_cpu_to_le64(vwr_vfs_number_(v, node));
    c.lookups = vwr_cpu_to_le64(node->lookups);
    c.open = vwr_cpu_to_le32(node->flags);
    c.bytes = vwr_cpu_to_le16(gone != 0 ? 0 : bytes);
    c.type = node->type;
    c.flags = (uint8_t)(gone | (node->kind == VFS_OPEN ? VWR_STATE_FILE_OPEN : 0u));
    vwr_vstate_put(s, &c, sizeof(c));
    s->done += vwr_le16_to_cpu(c.bytes);
}

/* A session that has ended may still have nodes, which are not saved. */
static void vfs_finish_end(struct vwr_vfs *v)
{
    while (!vwr_vfs_nodes_drop_(v)) /* terminates: each pass drops nodes */
        vwr_vfs_dev(v)->work = VWR_VDEV_BUDGET_BYTES;
}

static void vfs_save(const struct vwr_vdev *dev, struct vwr_vstate *s)
{
    struct vwr_vfs *const v = vfs_of_dev(dev);
    struct vwr_state_fs c;
    uint32_t generation = 0;
    uint32_t count = 0;

    vfs_finish_end(v);
    for (uint32_t i = 0; i < v->nodes; i++) {
        generation = v->node[i].generation > generation ? v->node[i].generation : generation;
        count += v->node[i].kind != VFS_FREE;
    }
    c.flags = vwr_cpu_to_le32((v->session ? VWR_STATE_FS_SESSION : 0u) | (v->big ? VWR_STATE_FS_BIG : 0u));
    c.generation = vwr_cpu_to_le32(generation);
    c.count = vwr_cpu_to_le32(count);
    c.reserved = vwr_cpu_to_le32(0);
    vwr_vstate_put(s, &c, sizeof(c));
    for (uint32_t i = 0; i < v->nodes; i++)
        if (v->node[i].kind != VFS_FREE)
            vfs_put_node(v, &v->node[i], s);
}

/* Returns the size of the record in bytes; 0: the state is refused. */
static uint32_t vfs_load_node(struct vwr_vdev *dev, const uint8_t *from, uint32_t left)
{
    struct vwr_vfs *const v = vfs_of_dev(dev);
    struct vwr_vfiles_call *const x = &v->call[0].call; /* no call is running */
    struct vwr_vfs_node *node;
    struct vwr_state_node c;
    uint32_t bytes;
    bool opens;

    if (left < sizeof(c))
        return 0;
    vwr_copy(&c, from, sizeof(c));
    bytes = vwr_le16_to_cpu(c.bytes);
    opens = (c.flags & VWR_STATE_FILE_OPEN) != 0;
    if (bytes > left - sizeof(c) || !vwr_vfiles_is_file_(from + sizeof(c), bytes, c.type, c.flags) ||
        (opens ? vwr_le64_to_cpu(c.lookups) != 1 : vwr_le64_to_cpu(c.lookups) == 0 || c.open != 0))
        return 0;
    node = vwr_vfs_place_(v, vwr_le64_to_cpu(c.nodeid), opens ? VFS_OPEN : VFS_NODE);
    if (node == NULL)
        return 0;
    node->lookups = vwr_le64_to_cpu(c.lookups);
    node->flags = vwr_le32_to_cpu(c.open);
    node->type = c.type;
    x->uid = 0;
    if ((c.flags & VWR_STATE_FILE_GONE) == 0) {
        void *const file = vwr_vfiles_find_(x, from + sizeof(c), bytes, c.type, opens, node->flags);

        vwr_vfs_set_file_(v, node, file, x->qid.path);
    }
    return (uint32_t)sizeof(c) + bytes;
}

static bool vfs_load(struct vwr_vdev *dev, const uint8_t *from, uint32_t bytes)
{
    const uint32_t known = VWR_STATE_FS_SESSION | VWR_STATE_FS_BIG;
    struct vwr_vfs *const v = vfs_of_dev(dev);
    struct vwr_state_fs c;
    uint32_t flags;
    bool good;

    if (bytes < sizeof(c))
        return false;
    vfs_finish_end(v);
    vwr_copy(&c, from, sizeof(c));
    flags = vwr_le32_to_cpu(c.flags);
    v->session = (flags & VWR_STATE_FS_SESSION) != 0;
    v->big = (flags & VWR_STATE_FS_BIG) != 0;
    good = (flags & ~known) == 0 && c.reserved == 0 &&
           vwr_vstate_get_each(dev, from + sizeof(c), bytes - (uint32_t)sizeof(c), vwr_le32_to_cpu(c.count),
                               vfs_load_node) &&
           vwr_vfs_end_places_(v, vwr_le32_to_cpu(c.generation));
    if (!good) /* there may be nodes even without a session */
        vwr_vfs_nodes_end_(v);
    return good;
}

const struct vwr_vstate_class vwr_vfs_state = {
    .id = VWR_FS_ID,
    .give_back = vfs_give_back,
    .next = vwr_service_next,
    .add = vwr_service_add,
    .save = vfs_save,
    .load = vfs_load,
};
