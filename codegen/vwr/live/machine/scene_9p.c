/* SPDX-License-Identifier: MIT */
#include "files.h"
#include "live.h"

#include "vwr/9p.h"
#include "vwr/bytes.h"
#include "vwr/text.h"
#include "vwr/v9p.h"
#include "vwr/open/rows.h"

#define FIDS 8u
#define DATA_BYTES 2048u
#define PATH_BYTES 200u
#define NONE (-1)

static struct {
    struct vwr_v9p device;
    struct vwr_v9p_fid fid[FIDS];
    struct vwr_vmessage message[1];
    struct vwr_vfiles_call call[1];
    struct vwr_vseg seg[VWR_V9P_SEGS(1u)];
    struct live_files files;
    int root, opened; /* fids of the driver */
    uint8_t *data;    /* in the guest's RAM */
} folder;

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    const struct vwr_v9p_options o = {.files = &folder.files.tree.files,
                                      .tag = "live",
                                      .fid = folder.fid,
                                      .fid_count = FIDS,
                                      .message = folder.message,
                                      .message_count = VWR_COUNT(folder.message),
                                      .call = folder.call,
                                      .call_count = VWR_COUNT(folder.call),
                                      .seg = folder.seg,
                                      .seg_count = VWR_COUNT(folder.seg)};
    int r;

    vwr_zero(&folder, sizeof(folder));
    folder.root = folder.opened = NONE;
    folder.data = live_alloc(g, DATA_BYTES, 64);
    *v = vwr_v9p_dev(&folder.device);
    r = live_add_files(&folder.files);
    return r == VWR_OK ? vwr_v9p_init_with(&folder.device, s, &o) : r;
}

/* ---- the driver ---- */

static struct vwr_9p *driver(const struct live_guest *g)
{
    return vwr_opened_driver(&g->opened, &vwr_9p_bringup);
}

static int mount(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)in;
    (void)out;
    folder.root = vwr_9p_mount(driver(g));
    folder.opened = NONE;
    return folder.root < 0 ? folder.root : VWR_OK;
}

static int close_file(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const int fid = folder.opened;

    (void)in;
    (void)out;
    folder.opened = NONE;
    return vwr_9p_clunk(driver(g), fid);
}

static int open(struct live_guest *g, const char *path, uint32_t flags)
{
    int r;

    if (folder.opened != NONE && (r = close_file(g, NULL, NULL)) != VWR_OK)
        return r;
    r = vwr_9p_walk(driver(g), folder.root, path);
    if (r < 0)
        return r;
    folder.opened = r;
    return vwr_9p_lopen(driver(g), r, flags);
}

static int open_file(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    char path[PATH_BYTES + 1u];
    const uint32_t bytes = in->bytes < PATH_BYTES ? in->bytes : PATH_BYTES;

    (void)out;
    vwr_copy(path, in->data, bytes);
    path[bytes] = '\0';
    return open(g, path, VWR_P9_O_RDWR);
}

static int list(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    struct vwr_9p_entry e;
    struct vwr_text t;
    uint32_t at = 0;
    int r = open(g, "", VWR_P9_O_RDONLY | VWR_P9_O_DIRECTORY);

    if (r != VWR_OK)
        return r;
    vwr_text_begin(&t, (char *)out->data, sizeof(out->data));
    r = vwr_9p_readdir(driver(g), folder.opened, 0, folder.data, DATA_BYTES);
    while (r > 0 && vwr_9p_next_entry(folder.data, (uint32_t)r, &at, &e) == 1) {
        vwr_text_str(&t, e.name);
        vwr_text_char(&t, '\n');
    }
    out->bytes = (uint32_t)t.length;
    return r < 0 ? r : close_file(g, in, out);
}

static int read(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const uint32_t bytes = in->number[1] < DATA_BYTES ? (uint32_t)in->number[1] : DATA_BYTES;
    const int r = vwr_9p_read(driver(g), folder.opened, in->number[0], folder.data, bytes);

    out->bytes = r > 0 ? (uint32_t)r : 0;
    vwr_copy(out->data, folder.data, out->bytes);
    return r;
}

static int write(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const uint32_t bytes = in->bytes < DATA_BYTES ? in->bytes : DATA_BYTES;

    (void)out;
    vwr_copy(folder.data, in->data, bytes);
    return vwr_9p_write(driver(g), folder.opened, in->number[0], folder.data, bytes);
}

static const struct live_action actions[] = {
    {"mount", "", "Start a session.", LIVE_DRIVER, mount},
    {"list", "", "List the root folder.", LIVE_DRIVER, list},
    {"open", "path:text", "Open a file: hello, todo, notes/todo or empty.", LIVE_DRIVER, open_file},
    {"read", "offset=0 bytes=64", "Read from the open file.", LIVE_DRIVER, read},
    {"write", "offset=0 data:text", "Write to the open file.", LIVE_DRIVER, write},
    {"close", "", "Release the open file.", LIVE_DRIVER, close_file},
};

static const struct vwr_open_class row = VWR_OPEN_9P;

const struct live_scene live_scene_9p = {.name = "9p",
                                         .brief = "A folder in the host's memory, by 9P2000.L.",
                                         .actions = actions,
                                         .action_count = VWR_COUNT(actions),
                                         .guests = 1,
                                         .queues = VWR_V9P_QUEUES,
                                         .surface = LIVE_NOTHING,
                                         .add = add,
                                         .driver = &row};
