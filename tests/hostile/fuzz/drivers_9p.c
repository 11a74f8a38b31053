/* SPDX-License-Identifier: MIT */
#include "drivers.h"

#include "vwr/9p.h"

#include <string.h>

/* A 9P device: a session, fids, calls and requests in flight. */

#define FLIGHT 4u
#define DATA 3000u
#define SERVED 900u /* maximum bytes of a read */

static struct {
    struct vwr_9p *p;
    struct vwr_9p_request request[FLIGHT];
    uint32_t asked[FLIGHT];
    bool out[FLIGHT];
    uint8_t *data;
} nine;

static struct vwr_bringup *recovery(void)
{
    return &nine.p->bringup;
}

static void configure(uint8_t *config, bool legacy)
{
    (void)legacy;
    memcpy(config, "\x3\0tag", 5);
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
    const uint32_t count = least(vwr_p9_get(out + 19, 4), SERVED);

    switch (out[4]) {
    case VWR_P9_TVERSION:
        vwr_p9_put(in, least(vwr_p9_get(out + 7, 4), 1500), 4);
        memcpy(in + 4, "\x8\0" VWR_P9_VERSION, 10);
        return 14;
    case VWR_P9_TWALK:
        vwr_p9_put(in, vwr_p9_get(out + 15, 2), 2);
        return 2 + VWR_P9_QID * least(vwr_p9_get(out + 15, 2), VWR_P9_NAMES);
    case VWR_P9_TREAD:
        vwr_p9_put(in, count, 4);
        return 4 + count;
    case VWR_P9_TREADDIR: /* an entry, if it fits */
        vwr_p9_put(in, count < 25 ? 0 : 25, 4);
        memcpy(in + 4 + 22, "\1\0x", 3);
        return count < 25 ? 4 : 4 + 25;
    case VWR_P9_TWRITE:
        vwr_p9_put(in, count, 4);
        return 4;
    case VWR_P9_TLOPEN:
    case VWR_P9_TLCREATE:
        return VWR_P9_QID + 4;
    case VWR_P9_TATTACH:
    case VWR_P9_TMKDIR:
        return VWR_P9_QID;
    case VWR_P9_TGETATTR:
        return 153;
    case VWR_P9_TSTATFS:
        return 60;
    default:
        return 0;
    }
}

static uint32_t answer(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in)
{
    uint32_t bytes;

    (void)queue;
    if (n < VWR_P9_HEADER)
        return 0;
    bytes = VWR_P9_HEADER + fields(out, in + VWR_P9_HEADER);
    vwr_p9_put(in, bytes, 4);
    in[4] = (uint8_t)(out[4] + 1);
    memcpy(in + 5, out + 5, 2);
    return bytes;
}

/* ---- calls ---- */

static int open_it(struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_9p_options o = {.avoid = *avoid, .request = {.timeout_us = 2000, .spin = 10}};

    nine.p = drivers_anew(nine.p, sizeof(*nine.p));
    memset(nine.request, 0, sizeof(nine.request));
    memset(nine.out, 0, sizeof(nine.out));
    o.shared = drivers_share(sizeof(*o.shared));
    nine.data = drivers_share(DATA);
    return vwr_9p_open(nine.p, d, &o);
}

static const char *path(uint8_t which)
{
    static const char *const paths[] = {
        "", "a", "a/b", "../c", "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18", "."};

    return paths[which % (sizeof(paths) / sizeof(paths[0]))];
}

static void submit(unsigned i, int fid)
{
    const uint32_t bytes = input_u8(drivers_in) * 8u;
    int r;

    if (nine.out[i])
        return;
    if (i == 0)
        vwr_9p_fill_fsync(&nine.request[i], fid);
    else if (i == 1)
        vwr_9p_fill_write(&nine.request[i], fid, bytes, nine.data, bytes);
    else
        vwr_9p_fill_read(&nine.request[i], fid, bytes, nine.data, bytes);
    nine.asked[i] = i == 0 ? 0 : bytes;
    r = vwr_9p_submit(vwr_9p_get_requestq(nine.p, 0), &nine.request[i]);
    MUST(r <= VWR_OK);
    nine.out[i] = r == VWR_OK;
}

static void reap(void)
{
    struct vwr_9p_request *done[FLIGHT];
    int n;

    (void)vwr_9p_kick(vwr_9p_get_requestq(nine.p, 0));
    n = vwr_9p_reap(vwr_9p_get_requestq(nine.p, 0), done, FLIGHT);
    MUST(n <= (int)FLIGHT);
    for (int i = 0; i < n; i++) {
        const size_t k = (size_t)(done[i] - nine.request);

        MUST(k < FLIGHT && nine.out[k] && !vwr_req_is_in_flight(&done[i]->req));
        MUST(done[i]->count <= nine.asked[k]);
        MUST((done[i]->req.result == VWR_EIO) == (done[i]->error != 0));
        nine.out[k] = false;
    }
}

static void list(int fid)
{
    struct vwr_9p_entry e = {.next = 0};
    const uint32_t room = input_u8(drivers_in) * 8u;
    const int n = vwr_9p_readdir(nine.p, fid, 0, nine.data, room);

    MUST(n <= (int)room);
    for (uint32_t at = 0; n > 0 && vwr_9p_next_entry(nine.data, (uint32_t)n, &at, &e) == 1;)
        MUST(at <= (uint32_t)n && strlen(e.name) == e.name_bytes && strchr(e.name, '/') == NULL);
}

static void ask(int fid)
{
    struct vwr_9p_attr attr = {.mode = 1};
    struct vwr_9p_statfs fs;
    char text[200];

    MUST(vwr_9p_getattr(nine.p, fid, &attr) <= VWR_OK);
    MUST(vwr_9p_setattr(nine.p, fid, 1, &attr) <= VWR_OK);
    MUST(vwr_9p_statfs(nine.p, fid, &fs) <= VWR_OK);
    (void)vwr_9p_explain(nine.p, text, sizeof(text));
    MUST(vwr_9p_read_tag(nine.p, text, 8) <= UINT16_MAX);
}

static void change(int fid)
{
    MUST(vwr_9p_mkdir(nine.p, fid, path(input_u8(drivers_in)), 0) <= VWR_OK);
    MUST(vwr_9p_rename(nine.p, fid, "a", fid, "b") <= VWR_OK);
    MUST(vwr_9p_unlinkat(nine.p, fid, "b", 0) <= VWR_OK);
    MUST(vwr_9p_fsync(nine.p, fid) <= VWR_OK);
}

static void move(int fid)
{
    const uint32_t n = least(input_u8(drivers_in) * 16u, DATA);

    MUST(vwr_9p_read(nine.p, fid, n, nine.data, n) <= (int)n);
    MUST(vwr_9p_write(nine.p, fid, n, nine.data, n) <= (int)n);
}

static void call(uint8_t which)
{
    const int fid = which / 8 % 4 - (which >= 0xf8);

    switch (which % 8) {
    case 0:
        MUST(vwr_9p_mount(nine.p) < (int)VWR_9P_FIDS);
        return;
    case 1:
        MUST(vwr_9p_walk(nine.p, fid, path(input_u8(drivers_in))) < (int)VWR_9P_FIDS);
        return;
    case 2:
        if (which >= 0x80)
            MUST(vwr_9p_clunk(nine.p, fid) <= VWR_OK);
        else
            MUST(vwr_9p_lopen(nine.p, fid, 0) <= VWR_OK);
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
            MUST(vwr_9p_create(nine.p, fid, "new", 0, 0) < (int)VWR_9P_FIDS);
    }
}

static int close_it(void)
{
    return vwr_9p_close(nine.p);
}

static void closed(void)
{
    for (unsigned k = 0; k < FLIGHT; k++)
        MUST(!vwr_req_is_in_flight(&nine.request[k].req));
}

static void works(void)
{
    const int root = vwr_9p_mount(nine.p);
    const int fid = vwr_9p_walk(nine.p, root, "a/b");

    MUST(root == 0 && fid == 1);
    MUST(vwr_9p_lopen(nine.p, fid, 0) == VWR_OK);
    MUST(vwr_9p_read(nine.p, fid, 0, nine.data, DATA) == DATA);
    MUST(vwr_9p_clunk(nine.p, fid) == VWR_OK);
}

const struct driver_row driver_9p = {
    .id = VWR_9P_ID,
    .features = {{VWR_9P_FEATURES_W0, VWR_9P_FEATURES_W1, VWR_9P_FEATURES_W2, VWR_9P_FEATURES_W3}},
    .fields = vwr_9p_config_fields,
    .field_count = VWR_9P_CONFIG_FIELD_COUNT,
    .steps = &vwr_9p_bringup,
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
