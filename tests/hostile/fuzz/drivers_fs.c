/* SPDX-License-Identifier: MIT */
#include "vwr/fs.h"

/* A file system device: a session, nodes, calls and requests in flight. */

#define P(name) vwr_fs_##name
#define P_DRIVER struct vwr_fs
#define OBJECT const struct vwr_fs_file *
#define UNIT VWR_FUSE_UNIT

#include "drivers_files.h"

#define NODES 3u

static struct {
    struct vwr_fs_node node[NODES]; /* the first one is the root */
    struct vwr_fs_file file;
} fs;

static void configure(uint8_t *config, bool legacy)
{
    memcpy(config, "tag", 3);
    config[VWR_FS_CONFIG_NUM_REQUEST_QUEUES + (legacy && vwr_guest16(true, 1) != 1 ? 3 : 0)] = 1;
}

static uint32_t answer(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in)
{
    (void)queue;
    return files_answer_fuse(out, n, in);
}

static int open_it(struct vwr_dev *d, const struct vwr_features *avoid)
{
    serve(16, 32, 24);
    files_server.max_write = VWR_FUSE_WRITE_MIN;
    memset(&fs, 0, sizeof(fs));
    return open_driver(d, avoid);
}

static const char *name(uint8_t which)
{
    static const char *const names[] = {"a", "..", "a/b", "", "a longer name"};

    return names[which % (sizeof(names) / sizeof(names[0]))];
}

static void list_node(const struct vwr_fs_node *node)
{
    struct vwr_fs_file folder = fs.file;

    MUST(vwr_fs_open_folder(files.p, node, &folder) <= VWR_OK);
    list(&folder);
    MUST(vwr_fs_release_folder(files.p, &folder) <= VWR_OK);
}

static void ask(const struct vwr_fs_node *node)
{
    struct vwr_fs_attr attr = {.mode = 1};
    struct vwr_fs_statfs about;
    char text[200];

    MUST(vwr_fs_getattr(files.p, node, &attr) <= VWR_OK);
    MUST(vwr_fs_setattr(files.p, node, 1, &attr) <= VWR_OK);
    MUST(vwr_fs_statfs(files.p, node, &about) <= VWR_OK);
    MUST(vwr_fs_read_tag(files.p, text) <= (int)VWR_FS_TAG);
    (void)vwr_fs_explain(files.p, text, sizeof(text));
}

static void change(const struct vwr_fs_node *node)
{
    MUST(vwr_fs_mkdir(files.p, node, name(input_u8(drivers_in)), 0, &fs.node[2]) <= VWR_OK);
    MUST(vwr_fs_rename(files.p, node, "a", &fs.node[2], "b") <= VWR_OK);
    MUST(vwr_fs_unlink(files.p, node, "b") <= VWR_OK);
    MUST(vwr_fs_rmdir(files.p, node, "c") <= VWR_OK);
}

static void open_or_close(uint8_t which, const struct vwr_fs_node *node)
{
    if (which >= 0xc0)
        MUST(vwr_fs_create(files.p, node, "new", 0, 0, &fs.node[2], &fs.file) <= VWR_OK);
    else if (which >= 0x80)
        MUST(vwr_fs_open_file(files.p, node, 0, &fs.file) <= VWR_OK);
    else if (which >= 0x40)
        MUST(vwr_fs_release(files.p, &fs.file) <= VWR_OK);
    else
        MUST(vwr_fs_flush(files.p, &fs.file) <= VWR_OK && vwr_fs_fsync(files.p, &fs.file) <= VWR_OK);
}

static void call(uint8_t which)
{
    struct vwr_fs_node *const node = &fs.node[which / 8 % NODES];

    switch (which % 8) {
    case 0:
        MUST((which >= 0xf0 ? vwr_fs_unmount(files.p) : vwr_fs_mount(files.p, &fs.node[0])) <= VWR_OK);
        return;
    case 1:
        MUST(vwr_fs_lookup(files.p, node, name(input_u8(drivers_in)), &fs.node[1], NULL) <= VWR_OK);
        return;
    case 2:
        open_or_close(which, node);
        return;
    case 3:
        submit(which / 32 % FLIGHT, &fs.file);
        return;
    case 4:
        reap();
        return;
    case 5:
        move(&fs.file);
        return;
    case 6:
        if (which >= 0x80)
            list_node(node);
        else
            ask(node);
        return;
    default:
        if (which >= 0x80)
            change(node);
        else
            MUST(vwr_fs_forget(files.p, node) <= VWR_OK);
    }
}

static void works(void)
{
    MUST(vwr_fs_mount(files.p, &fs.node[0]) == VWR_OK);
    MUST(vwr_fs_lookup(files.p, &fs.node[0], "a", &fs.node[1], NULL) == VWR_OK);
    MUST(vwr_fs_open_file(files.p, &fs.node[1], 0, &fs.file) == VWR_OK);
    MUST(vwr_fs_read(files.p, &fs.file, 0, files.data, DATA) == DATA);
    MUST(vwr_fs_release(files.p, &fs.file) == VWR_OK && vwr_fs_forget(files.p, &fs.node[1]) == VWR_OK);
}

const struct driver_row driver_fs = {
    .id = VWR_FS_ID,
    .features = {{VWR_FS_FEATURES_W0, VWR_FS_FEATURES_W1, VWR_FS_FEATURES_W2, VWR_FS_FEATURES_W3}},
    .fields = vwr_fs_config_fields,
    .field_count = VWR_FS_CONFIG_FIELD_COUNT,
    .steps = &vwr_fs_bringup,
    .configure = configure,
    .answer = answer,
    .open = open_it,
    .call = call,
    DRIVER_OF_FILES,
    .works = works,
};
