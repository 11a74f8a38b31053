/* SPDX-License-Identifier: MIT */
#include "files.h"
#include "live.h"

#include "vwr/bytes.h"
#include "vwr/fs.h"
#include "vwr/p9.h"
#include "vwr/text.h"
#include "vwr/vfs.h"
#include "vwr/open/rows.h"

#define NODES 8u
#define DATA_BYTES 2048u

static struct {
    struct vwr_vfs device;
    struct vwr_vfs_node node[NODES];
    struct vwr_vmessage message[1];
    struct vwr_vfs_call call[1];
    struct vwr_vseg seg[VWR_VFS_SEGS(1u)];
    struct live_files files;
    struct vwr_fs_node root, found; /* of the driver */
    struct vwr_fs_file opened;
    bool is_open;
    uint8_t *data; /* in the guest's RAM */
} folder;

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    const struct vwr_vfs_options o = {.files = &folder.files.tree.files,
                                      .tag = "live",
                                      .node = folder.node,
                                      .node_count = NODES,
                                      .message = folder.message,
                                      .message_count = VWR_COUNT(folder.message),
                                      .call = folder.call,
                                      .call_count = VWR_COUNT(folder.call),
                                      .seg = folder.seg,
                                      .seg_count = VWR_COUNT(folder.seg)};
    int r;

    vwr_zero(&folder, sizeof(folder));
    folder.data = live_alloc(g, DATA_BYTES, 64);
    *v = vwr_vfs_dev(&folder.device);
    r = live_add_files(&folder.files);
    return r == VWR_OK ? vwr_vfs_init_with(&folder.device, s, &o) : r;
}

/* ---- the driver ---- */

static struct vwr_fs *driver(const struct live_guest *g)
{
    return vwr_opened_driver(&g->opened, &vwr_fs_bringup);
}

static int mount(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)in;
    (void)out;
    folder.is_open = false;
    return vwr_fs_mount(driver(g), &folder.root);
}

static int close_file(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    int r;

    (void)in;
    (void)out;
    if (!folder.is_open)
        return VWR_EINVAL;
    folder.is_open = false;
    r = vwr_fs_release(driver(g), &folder.opened);
    return r == VWR_OK ? vwr_fs_forget(driver(g), &folder.found) : r;
}

static int open_file(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    char name[VWR_FUSE_NAME + 1u];
    const uint32_t bytes = in->bytes < VWR_FUSE_NAME ? in->bytes : VWR_FUSE_NAME;
    int r;

    if (folder.is_open && (r = close_file(g, in, out)) != VWR_OK)
        return r;
    vwr_copy(name, in->data, bytes);
    name[bytes] = '\0';
    r = vwr_fs_lookup(driver(g), &folder.root, name, &folder.found, NULL);
    if (r == VWR_OK)
        r = vwr_fs_open_file(driver(g), &folder.found, VWR_P9_O_RDWR, &folder.opened);
    folder.is_open = r == VWR_OK;
    return r;
}

static int list(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    struct vwr_fs_file file;
    struct vwr_fs_entry e;
    struct vwr_text t;
    uint32_t at = 0;
    int r = vwr_fs_open_folder(driver(g), &folder.root, &file);

    (void)in;
    if (r != VWR_OK)
        return r;
    vwr_text_begin(&t, (char *)out->data, sizeof(out->data));
    r = vwr_fs_readdir(driver(g), &file, 0, folder.data, DATA_BYTES);
    while (r > 0 && vwr_fs_next_entry(folder.data, (uint32_t)r, &at, &e) == 1) {
        vwr_text_str(&t, e.name);
        vwr_text_char(&t, '\n');
    }
    out->bytes = (uint32_t)t.length;
    return r < 0 ? r : vwr_fs_release_folder(driver(g), &file);
}

static int read(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const uint32_t bytes = in->number[1] < DATA_BYTES ? (uint32_t)in->number[1] : DATA_BYTES;
    const int r = vwr_fs_read(driver(g), &folder.opened, in->number[0], folder.data, bytes);

    out->bytes = r > 0 ? (uint32_t)r : 0;
    vwr_copy(out->data, folder.data, out->bytes);
    return r;
}

static int write(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const uint32_t bytes = in->bytes < DATA_BYTES ? in->bytes : DATA_BYTES;

    (void)out;
    vwr_copy(folder.data, in->data, bytes);
    return vwr_fs_write(driver(g), &folder.opened, in->number[0], folder.data, bytes);
}

static const struct live_action actions[] = {
    {"mount", "", "Start a session.", LIVE_DRIVER, mount},
    {"list", "", "List the root folder.", LIVE_DRIVER, list},
    {"open", "name:text", "Look up and open a file: hello, todo or empty.", LIVE_DRIVER, open_file},
    {"read", "offset=0 bytes=64", "Read from the open file.", LIVE_DRIVER, read},
    {"write", "offset=0 data:text", "Write to the open file.", LIVE_DRIVER, write},
    {"close", "", "Release the open file.", LIVE_DRIVER, close_file},
};

static const struct vwr_open_class row = VWR_OPEN_FS;

const struct live_scene live_scene_fs = {.name = "fs",
                                         .brief = "A folder in the host's memory, by FUSE.",
                                         .actions = actions,
                                         .action_count = VWR_COUNT(actions),
                                         .guests = 1,
                                         .queues = VWR_VFS_QUEUES,
                                         .surface = LIVE_NOTHING,
                                         .add = add,
                                         .driver = &row};
