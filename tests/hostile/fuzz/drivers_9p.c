/* SPDX-License-Identifier: MIT */
#include "vwr/9p.h"

/* A 9P device: a session, fids, calls and requests in flight. */

#define P(name) vwr_9p_##name
#define P_DRIVER struct vwr_9p
#define OBJECT int
#define UNIT 1u /* entries have any length */

#include "drivers_files.h"

static void configure(uint8_t *config, bool legacy)
{
    (void)legacy;
    memcpy(config, "\x3\0tag", 5);
}

static uint32_t answer(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in)
{
    (void)queue;
    return files_answer_9p(out, n, in);
}

static int open_it(struct vwr_dev *d, const struct vwr_features *avoid)
{
    serve(22, 25, 24);
    files_server.msize = 1500;
    return open_driver(d, avoid);
}

static const char *path(uint8_t which)
{
    static const char *const paths[] = {
        "", "a", "a/b", "../c", "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18", "."};

    return paths[which % (sizeof(paths) / sizeof(paths[0]))];
}

static void ask(int fid)
{
    struct vwr_9p_attr attr = {.mode = 1};
    struct vwr_9p_statfs fs;
    char text[200];

    MUST(vwr_9p_getattr(files.p, fid, &attr) <= VWR_OK);
    MUST(vwr_9p_setattr(files.p, fid, 1, &attr) <= VWR_OK);
    MUST(vwr_9p_statfs(files.p, fid, &fs) <= VWR_OK);
    (void)vwr_9p_explain(files.p, text, sizeof(text));
    MUST(vwr_9p_read_tag(files.p, text, 8) <= UINT16_MAX);
}

static void change(int fid)
{
    MUST(vwr_9p_mkdir(files.p, fid, path(input_u8(drivers_in)), 0) <= VWR_OK);
    MUST(vwr_9p_rename(files.p, fid, "a", fid, "b") <= VWR_OK);
    MUST(vwr_9p_unlinkat(files.p, fid, "b", 0) <= VWR_OK);
    MUST(vwr_9p_fsync(files.p, fid) <= VWR_OK);
}

static void call(uint8_t which)
{
    const int fid = which / 8 % 4 - (which >= 0xf8);

    switch (which % 8) {
    case 0:
        MUST(vwr_9p_mount(files.p) < (int)VWR_9P_FIDS);
        return;
    case 1:
        MUST(vwr_9p_walk(files.p, fid, path(input_u8(drivers_in))) < (int)VWR_9P_FIDS);
        return;
    case 2:
        if (which >= 0x80)
            MUST(vwr_9p_clunk(files.p, fid) <= VWR_OK);
        else
            MUST(vwr_9p_lopen(files.p, fid, 0) <= VWR_OK);
        return;
    case 3:
        submit(which / 32 % FLIGHT, fid);
        return;
    case 4:
        reap();
        return;
    case 5:
        move(fid);
        return;
    case 6:
        if (which >= 0x80)
            list(fid);
        else
            ask(fid);
        return;
    default:
        if (which >= 0x80)
            change(fid);
        else
            MUST(vwr_9p_create(files.p, fid, "new", 0, 0) < (int)VWR_9P_FIDS);
    }
}

static void works(void)
{
    const int root = vwr_9p_mount(files.p);
    const int fid = vwr_9p_walk(files.p, root, "a/b");

    MUST(root == 0 && fid == 1);
    MUST(vwr_9p_lopen(files.p, fid, 0) == VWR_OK);
    MUST(vwr_9p_read(files.p, fid, 0, files.data, DATA) == DATA);
    MUST(vwr_9p_clunk(files.p, fid) == VWR_OK);
}

const struct driver_row driver_9p = {
    .id = VWR_9P_ID,
    .features = {{VWR_9P_FEATURES_W0, VWR_9P_FEATURES_W1, VWR_9P_FEATURES_W2, VWR_9P_FEATURES_W3}},
    .fields = vwr_9p_config_fields,
    .field_count = VWR_9P_CONFIG_FIELD_COUNT,
    .steps = &vwr_9p_bringup,
    .configure = configure,
    .answer = answer,
    .open = open_it,
    .call = call,
    DRIVER_OF_FILES,
    .works = works,
};
