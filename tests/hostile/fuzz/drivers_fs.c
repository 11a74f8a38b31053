/* SPDX-License-Identifier: MIT */
#include "drivers.h"

#include "vwr/fs.h"

#include <string.h>

/* A file system device: a session, nodes, calls and requests in flight. */

#define FLIGHT 4u
#define DATA 3000u
#define SERVED 900u /* maximum bytes of a read */
#define NODES 3u

static struct {
    struct vwr_fs *p;
    struct vwr_fs_node node[NODES]; /* the first one is the root */
    struct vwr_fs_file file;
    struct vwr_fs_request request[FLIGHT];
    uint32_t asked[FLIGHT];
    bool out[FLIGHT];
    uint8_t *data;
} fs;

static struct vwr_bringup *recovery(void)
{
    return &fs.p->bringup;
}

static void configure(uint8_t *config, bool legacy)
{
    memcpy(config, "tag", 3);
    config[VWR_FS_CONFIG_NUM_REQUEST_QUEUES + (legacy && vwr_guest16(true, 1) != 1 ? 3 : 0)] = 1;
}

static bool receives(unsigned queue)
{
    (void)queue;
    return false;
}

/* ---- the device ---- */

static uint32_t least(uint64_t a, uint32_t b)
{
    return a < b ? (uint32_t)a : b;
}

/* Fields of the answer after its header; most of them are 0. */
static uint32_t fields(const uint8_t *out, uint8_t *in)
{
    const uint32_t count = least(vwr_p9_get(out + VWR_FUSE_HEADER + 16, 4), SERVED);

    switch (out[4]) {
    case VWR_FUSE_INIT:
        vwr_p9_put(in, VWR_FUSE_MAJOR, 4);
        vwr_p9_put(in + 4, VWR_FUSE_MINOR, 4);
        vwr_p9_put(in + 20, VWR_FUSE_WRITE_MIN, 4);
        return VWR_FUSE_INIT_OUT;
    case VWR_FUSE_LOOKUP:
    case VWR_FUSE_MKDIR:
        in[0] = 2;
        return VWR_FUSE_ENTRY;
    case VWR_FUSE_CREATE:
        in[0] = 3;
        return VWR_FUSE_ENTRY + VWR_FUSE_OPEN_OUT;
    case VWR_FUSE_GETATTR:
    case VWR_FUSE_SETATTR:
        return VWR_FUSE_ATTR_OUT;
    case VWR_FUSE_OPEN:
    case VWR_FUSE_OPENDIR:
        return VWR_FUSE_OPEN_OUT;
    case VWR_FUSE_READ:
        return count;
    case VWR_FUSE_READDIR: /* an entry, if it fits */
        in[16] = 1;
        in[24] = 'x';
        return count < 32 ? 0 : 32;
    case VWR_FUSE_WRITE:
        vwr_p9_put(in, count, 4);
        return VWR_FUSE_WRITE_OUT;
    case VWR_FUSE_STATFS:
        return VWR_FUSE_STATFS_OUT;
    default:
        return 0;
    }
}

static uint32_t answer(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in)
{
    uint32_t bytes;

    if (n < VWR_FUSE_HEADER || queue == VWR_FS_QUEUE_HIPRIO)
        return 0;
    bytes = VWR_FUSE_OUT_HEADER + fields(out, in + VWR_FUSE_OUT_HEADER);
    vwr_p9_put(in, bytes, 8);
    memcpy(in + 8, out + 8, 8);
    return bytes;
}

/* ---- calls ---- */

static int open_it(struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_fs_options o = {.avoid = *avoid, .request = {.timeout_us = 2000, .spin = 10}};

    fs.p = drivers_anew(fs.p, sizeof(*fs.p));
    memset(fs.request, 0, sizeof(fs.request));
    memset(fs.out, 0, sizeof(fs.out));
    memset(fs.node, 0, sizeof(fs.node));
    memset(&fs.file, 0, sizeof(fs.file));
    o.shared = drivers_share(sizeof(*o.shared));
    fs.data = drivers_share(DATA);
    return vwr_fs_open(fs.p, d, &o);
}

static const char *name(uint8_t which)
{
    static const char *const names[] = {"a", "..", "a/b", "", "a longer name"};

    return names[which % (sizeof(names) / sizeof(names[0]))];
}

static void submit(unsigned i)
{
    const uint32_t bytes = input_u8(drivers_in) * 8u;
    int r;

    if (fs.out[i])
        return;
    if (i == 0)
        vwr_fs_fill_fsync(&fs.request[i], &fs.file);
    else if (i == 1)
        vwr_fs_fill_write(&fs.request[i], &fs.file, bytes, fs.data, bytes);
    else
        vwr_fs_fill_read(&fs.request[i], &fs.file, bytes, fs.data, bytes);
    fs.asked[i] = i == 0 ? 0 : bytes;
    r = vwr_fs_submit(vwr_fs_get_requestq(fs.p, 0), &fs.request[i]);
    MUST(r <= VWR_OK);
    fs.out[i] = r == VWR_OK;
}

static void reap(void)
{
    struct vwr_fs_request *done[FLIGHT];
    int n;

    (void)vwr_fs_kick(vwr_fs_get_requestq(fs.p, 0));
    n = vwr_fs_reap(vwr_fs_get_requestq(fs.p, 0), done, FLIGHT);
    MUST(n <= (int)FLIGHT);
    for (int i = 0; i < n; i++) {
        const size_t k = (size_t)(done[i] - fs.request);

        MUST(k < FLIGHT && fs.out[k] && !vwr_req_is_in_flight(&done[i]->req));
        MUST(done[i]->count <= fs.asked[k]);
        MUST((done[i]->req.result == VWR_EIO) == (done[i]->error != 0));
        fs.out[k] = false;
    }
}

static void list(const struct vwr_fs_node *node)
{
    struct vwr_fs_entry e = {.next = 0};
    const uint32_t room = input_u8(drivers_in) * 8u;
    struct vwr_fs_file folder = fs.file;
    int n;

    MUST(vwr_fs_open_folder(fs.p, node, &folder) <= VWR_OK);
    n = vwr_fs_readdir(fs.p, &folder, 0, fs.data, room);
    MUST(n <= (int)room);
    for (uint32_t at = 0; n > 0 && vwr_fs_next_entry(fs.data, (uint32_t)n, &at, &e) == 1;)
        MUST(strlen(e.name) == e.name_bytes && strchr(e.name, '/') == NULL);
    MUST(vwr_fs_release_folder(fs.p, &folder) <= VWR_OK);
}

static void ask(const struct vwr_fs_node *node)
{
    struct vwr_fs_attr attr = {.mode = 1};
    struct vwr_fs_statfs about;
    char text[200];

    MUST(vwr_fs_getattr(fs.p, node, &attr) <= VWR_OK);
    MUST(vwr_fs_setattr(fs.p, node, 1, &attr) <= VWR_OK);
    MUST(vwr_fs_statfs(fs.p, node, &about) <= VWR_OK);
    MUST(vwr_fs_read_tag(fs.p, text) <= (int)VWR_FS_TAG);
    (void)vwr_fs_explain(fs.p, text, sizeof(text));
}

static void change(const struct vwr_fs_node *node)
{
    MUST(vwr_fs_mkdir(fs.p, node, name(input_u8(drivers_in)), 0, &fs.node[2]) <= VWR_OK);
    MUST(vwr_fs_rename(fs.p, node, "a", &fs.node[2], "b") <= VWR_OK);
    MUST(vwr_fs_unlink(fs.p, node, "b") <= VWR_OK);
    MUST(vwr_fs_rmdir(fs.p, node, "c") <= VWR_OK);
}

static void move(void)
{
    const uint32_t n = least(input_u8(drivers_in) * 16u, DATA);

    MUST(vwr_fs_read(fs.p, &fs.file, n, fs.data, n) <= (int)n);
    MUST(vwr_fs_write(fs.p, &fs.file, n, fs.data, n) <= (int)n);
}

static void open_or_close(uint8_t which, const struct vwr_fs_node *node)
{
    if (which >= 0xc0)
        MUST(vwr_fs_create(fs.p, node, "new", 0, 0, &fs.node[2], &fs.file) <= VWR_OK);
    else if (which >= 0x80)
        MUST(vwr_fs_open_file(fs.p, node, 0, &fs.file) <= VWR_OK);
    else if (which >= 0x40)
        MUST(vwr_fs_release(fs.p, &fs.file) <= VWR_OK);
    else
        MUST(vwr_fs_flush(fs.p, &fs.file) <= VWR_OK && vwr_fs_fsync(fs.p, &fs.file) <= VWR_OK);
}

static void call(uint8_t which)
{
    struct vwr_fs_node *const node = &fs.node[which / 8 % NODES];

    switch (which % 8) {
    case 0:
        MUST((which >= 0xf0 ? vwr_fs_unmount(fs.p) : vwr_fs_mount(fs.p, &fs.node[0])) <= VWR_OK);
        return;
    case 1:
        MUST(vwr_fs_lookup(fs.p, node, name(input_u8(drivers_in)), &fs.node[1], NULL) <= VWR_OK);
        return;
    case 2:
        open_or_close(which, node);
        return;
    case 3:
        submit(which / 32 % FLIGHT);
        return;
    case 4:
        reap();
        return;
    case 5:
        move();
        return;
    case 6:
        if (which >= 0x80)
            list(node);
        else
            ask(node);
        return;
    default:
        if (which >= 0x80)
            change(node);
        else
            MUST(vwr_fs_forget(fs.p, node) <= VWR_OK);
    }
}

static int close_it(void)
{
    return vwr_fs_close(fs.p);
}

static void closed(void)
{
    for (unsigned k = 0; k < FLIGHT; k++)
        MUST(!vwr_req_is_in_flight(&fs.request[k].req));
}

static void works(void)
{
    MUST(vwr_fs_mount(fs.p, &fs.node[0]) == VWR_OK);
    MUST(vwr_fs_lookup(fs.p, &fs.node[0], "a", &fs.node[1], NULL) == VWR_OK);
    MUST(vwr_fs_open_file(fs.p, &fs.node[1], 0, &fs.file) == VWR_OK);
    MUST(vwr_fs_read(fs.p, &fs.file, 0, fs.data, DATA) == DATA);
    MUST(vwr_fs_release(fs.p, &fs.file) == VWR_OK && vwr_fs_forget(fs.p, &fs.node[1]) == VWR_OK);
}

const struct driver_row driver_fs = {
    .id = VWR_FS_ID,
    .features = {{VWR_FS_FEATURES_W0, VWR_FS_FEATURES_W1, VWR_FS_FEATURES_W2, VWR_FS_FEATURES_W3}},
    .fields = vwr_fs_config_fields,
    .field_count = VWR_FS_CONFIG_FIELD_COUNT,
    .steps = &vwr_fs_bringup,
    .bringup = recovery,
    .configure = configure,
    .receives = receives,
    .answer = answer,
    .open = open_it,
    .call = call,
    .close = close_it,
    .closed = closed,
    .works = works,
};
