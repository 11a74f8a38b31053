/* SPDX-License-Identifier: MIT */
#include "class_files.h"

#include "vwr/fuse.h"
#include "vwr/vfs.h"

/* A tree in memory, served through FUSE. */

#define REQUEST 1u /* queue */

static struct vwr_vfs *device;

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    struct vwr_vfs_options o = {.tag = "fuzz",
                                .node_count = HANDLES,
                                .message_count = REQUESTS,
                                .call_count = REQUESTS,
                                .seg_count = VWR_SERVICE_SEGS(REQUESTS, SEGS),
                                .max_write = 8192};
    struct vwr_vdev_setup s = *setup;

    files_begin(true, sizeof(struct vwr_vfs_node), sizeof(struct vwr_vfs_call));
    device = class_memory(device, sizeof(*device));
    o.files = &files.tree->files;
    o.node = files.handle;
    o.message = files.message;
    o.call = files.call;
    o.seg = files.seg;
    s.queue_count = VWR_VFS_QUEUES;
    MUST(vwr_vfs_init_with(device, &s, &o) == VWR_OK);
    return files.dev = vwr_vfs_dev(device);
}

static void say(struct script *s, uint8_t opcode, uint8_t node, const uint8_t *body, uint32_t n)
{
    const uint8_t header[VWR_FUSE_HEADER - 4] = {[0] = opcode, [12] = node};

    MUST(vwr_p9_get(files_ask(s, REQUEST, header, VWR_FUSE_HEADER, body, n) + 4, 4) == 0);
}

static void must_work(struct vwr_dev *d)
{
    static struct script s;
    static const uint8_t hello[] = {7, 0, 0, 0, 31, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0};
    static const uint8_t nothing[16] = {0};

    (void)d;
    MUST(files.kept == NULL);
    class_start(&s);
    say(&s, VWR_FUSE_INIT, 0, hello, sizeof(hello));
    say(&s, VWR_FUSE_GETATTR, VWR_FUSE_ROOT, nothing, sizeof(nothing));
    MUST(device->nodes_used == 0);
}

const struct world_service class_fs = {begin, files_event, must_work, false};
CLASS_ALONE(class_fs);
