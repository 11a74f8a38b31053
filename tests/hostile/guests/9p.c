/* SPDX-License-Identifier: MIT */
#include "files.h"

#include "vwr/p9.h"

#include <string.h>

/*
 * Guests whose messages to a 9P file system contradict themselves, request too much, or try to leave the
 * tree. files.h has what FUSE has too.
 */

#define FIDS 8u
#define REQUESTS 2u
#define FILE_FID 1u /* "image", open for reading and writing; 0 is the root */
#define TAG 7u

struct vmm {
    struct files f;
    struct vwr_v9p v;
    struct vwr_v9p_fid fid[FIDS];
    struct vwr_vmessage message[REQUESTS];
    struct vwr_vfiles_call call[REQUESTS];
    struct vwr_vseg seg[VWR_V9P_SEGS(REQUESTS)];
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

/* ---- messages ---- */

static void begin(struct guest *g, uint8_t type)
{
    files_of(g)->bytes = 0;
    PUT(g, "412", 0, type, TAG);
}

#define BEGIN(g, type, form, ...) (begin(g, type), PUT(g, form, __VA_ARGS__))
#define ASK(g, type, form, ...) (BEGIN(g, type, form, __VA_ARGS__), files_send(g))

static int error_of(struct guest *g)
{
    assert_int_equal(files_get(g, 5, 2), TAG);
    return files_get(g, 4, 1) == VWR_P9_RLERROR ? (int)files_get(g, VWR_P9_HEADER, 4) : 0;
}

static int version(struct guest *g, uint32_t msize, const char *name)
{
    return ASK(g, VWR_P9_TVERSION, "4s", msize, TEXT(name));
}

static int attach(struct guest *g, uint32_t fid)
{
    return ASK(g, VWR_P9_TATTACH, "44ss4", fid, VWR_P9_NO_FID, TEXT(""), TEXT(""), 0);
}

static int walk(struct guest *g, uint32_t fid, uint32_t newfid, const char *name, unsigned times)
{
    BEGIN(g, VWR_P9_TWALK, "442", fid, newfid, times);
    for (unsigned i = 0; i < times; i++)
        PUT(g, "s", TEXT(name));
    return files_send(g);
}

static int clunk(struct guest *g, uint32_t fid)
{
    return ASK(g, VWR_P9_TCLUNK, "4", fid);
}

/* ---- of files.h ---- */

static void begin_read(struct guest *g, uint64_t offset, uint32_t count)
{
    BEGIN(g, VWR_P9_TREAD, "484", FILE_FID, offset, count);
}

static void begin_write(struct guest *g, uint64_t offset, uint32_t count)
{
    BEGIN(g, VWR_P9_TWRITE, "484", FILE_FID, offset, count);
}

static void begin_mkdir(struct guest *g)
{
    BEGIN(g, VWR_P9_TMKDIR, "4s8", 0, TEXT("new"), 0);
}

static void begin_getattr(struct guest *g)
{
    BEGIN(g, VWR_P9_TGETATTR, "48", 0, 0);
}

/* Another session. */
static void begin_end(struct guest *g)
{
    BEGIN(g, VWR_P9_TVERSION, "4s", ROOM, TEXT(VWR_P9_VERSION));
}

static void begin_close(struct guest *g)
{
    BEGIN(g, VWR_P9_TCLUNK, "4", FILE_FID);
}

static int hello(struct guest *g)
{
    const int r = version(g, ROOM, VWR_P9_VERSION);

    return r != 0 ? r : attach(g, 0);
}

static void opens(struct guest *g)
{
    assert_int_equal(walk(g, 0, FILE_FID, "image", 1), 0);
    assert_int_equal(ASK(g, VWR_P9_TLOPEN, "44", FILE_FID, VWR_P9_O_RDWR), 0);
}

static int find_new(struct guest *g)
{
    return walk(g, 0, 5, "new", 1);
}

static void open_all(struct guest *g)
{
    for (uint32_t fid = 2; fid < FIDS; fid++)
        assert_int_equal(walk(g, 0, fid, "a", 1), 0);
}

static struct vwr_vdev *init(struct guest *g, struct vwr_vdev_setup *s)
{
    struct vmm *const m = vmm_of(g);
    const struct vwr_v9p_options o = {.files = &m->f.tree.files,
                                      .tag = "t",
                                      .fid = m->fid,
                                      .fid_count = FIDS,
                                      .message = m->message,
                                      .message_count = REQUESTS,
                                      .call = m->call,
                                      .call_count = REQUESTS,
                                      .seg = m->seg,
                                      .seg_count = VWR_V9P_SEGS(REQUESTS)};

    assert_int_equal(vwr_v9p_init_with(&m->v, s, &o), VWR_OK);
    m->f.used = &m->v.fids_used;
    m->f.refused = &m->v.stats.refused;
    return vwr_v9p_dev(&m->v);
}

static const struct files_protocol protocol = {.bytes = sizeof(struct vmm),
                                               .queues = 1,
                                               .header = VWR_P9_HEADER,
                                               .request = 23,
                                               .fields = VWR_P9_HEADER,
                                               .answer = VWR_P9_IO_HEADER,
                                               .made = VWR_P9_HEADER + VWR_P9_QID,
                                               .cut = 4,
                                               .full = FIDS,
                                               .often = 10000,
                                               .counts = true,
                                               .init = init,
                                               .answered = error_of,
                                               .hello = hello,
                                               .opens = opens,
                                               .find_new = find_new,
                                               .open_all = open_all,
                                               .begin_read = begin_read,
                                               .begin_write = begin_write,
                                               .begin_mkdir = begin_mkdir,
                                               .begin_getattr = begin_getattr,
                                               .begin_end = begin_end,
                                               .begin_close = begin_close};

/* ---- lengths ---- */

/* A string longer than its message, or longer than a name can be. */
static void g30_string(struct guest *g, long long at)
{
    BEGIN(g, VWR_P9_TMKDIR, "42", 0, at);
    files_put_bytes(g, "name", 4);
    PUT(g, "z", 0);
    assert_int_equal(files_send(g), VWR_P9_EPROTO);
    BEGIN(g, VWR_P9_TSYMLINK, "4s2", 0, TEXT("link"), at);
    files_put_bytes(g, "target", 6);
    PUT(g, "4", 0);
    assert_int_equal(files_send(g), VWR_P9_EPROTO);
    assert_int_equal(files_of(g)->tree.files_free, FILES - 5);
}

/* More names than the message contains, or than the protocol allows. */
static void g30_names(struct guest *g, long long at)
{
    assert_true(ASK(g, VWR_P9_TWALK, "442s", 0, 5, at, TEXT("none")) > 0);
    assert_int_equal(vmm_of(g)->v.fids_used, 2);
    assert_int_equal(ASK(g, VWR_P9_TWALK, "442s", 0, 5, at, TEXT("a")),
                     at > 16 ? VWR_P9_EINVAL : 0); /* walks the names that exist */
    assert_int_equal(clunk(g, 5), VWR_P9_EBADF);
}

/* The answer to a walk has an entry for each name. */
static void g27_walk(struct guest *g, long long at)
{
    BEGIN(g, VWR_P9_TWALK, "442", 0, 5, VWR_P9_NAMES);
    for (unsigned i = 0; i < VWR_P9_NAMES; i++)
        PUT(g, "s", TEXT(".."));
    files_set_size(g, files_of(g)->bytes);
    assert_int_equal(
        files_send_all(g, files_of(g)->bytes, (uint32_t)(VWR_P9_HEADER + 2 + VWR_P9_NAMES * VWR_P9_QID + at)),
        at < 0 ? VWR_P9_EMSGSIZE : 0);
    assert_int_equal(clunk(g, 5), at < 0 ? VWR_P9_EBADF : 0);
}

/* ---- names ---- */

/* Any number of "..", and names with '/', with NUL, or empty: none leaves the tree. */
static void g30_escape(struct guest *g, long long at)
{
    static const char *const bad[] = {"", ".", "../x", "/", "a/b"};

    (void)at;
    assert_int_equal(walk(g, 0, 5, "..", 16), 0);
    for (unsigned i = 0; i < 16; i++)
        assert_int_equal(files_get(g, 9 + 13 * i + 5, 4), files_get(g, 9 + 5, 4)); /* the root in all cases */
    assert_int_equal(walk(g, FILE_FID, 6, "..", 1), VWR_P9_ENOTDIR);
    for (unsigned i = 0; i < 5; i++)
        assert_int_equal(walk(g, 0, 6, bad[i], 1), VWR_P9_EINVAL);
    assert_int_equal(ASK(g, VWR_P9_TUNLINKAT, "4s4", 0, TEXT(".."), VWR_P9_AT_REMOVEDIR), VWR_P9_EINVAL);
    assert_int_equal(ASK(g, VWR_P9_TREMOVE, "4", 5), VWR_P9_EBUSY); /* the root cannot be removed */
}

/* Each type of message with an empty, a short and a long body of zeroes or ones. */
static void g26_types(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    for (unsigned type = 0; type < 256; type++) {
        for (unsigned fill = 0; fill < 2; fill++) {
            begin(g, (uint8_t)type);
            for (long long i = 0; i < at; i++)
                PUT(g, "1", fill != 0 ? 0xff : 0);
            assert_in_range(files_send(g), 0, 200);
        }
        if (m->v.msize == 0 || m->v.fids_used != 2) /* the message may have changed session or fids */
            files_begin_session(g);
    }
}

/* ---- limits ---- */

/* The guest allocates fids without end. */
static void g51_fids(struct guest *g, long long at)
{
    (void)at;
    for (uint32_t fid = 2; fid < 2000; fid++)
        assert_int_equal(walk(g, 0, fid, "a", 1), fid < FIDS ? 0 : VWR_P9_ENFILE);
    for (uint32_t fid = 2; fid < FIDS; fid++)
        assert_int_equal(clunk(g, fid), 0);
    for (uint32_t i = 0; i < 2000; i++) {
        assert_int_equal(walk(g, 0, i * 977 + 5, "", 0), 0);
        assert_int_equal(clunk(g, i * 977 + 5), 0);
    }
    assert_int_equal(vmm_of(g)->v.fids_used, 2);
}

/*
 * A walk over names of maximum length goes name by name, and releases the lock after each. A reset in between
 * leaves nothing behind.
 */
static void g50_names(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    char name[VWR_VFILES_NAME + 1];
    unsigned times = 1;

    memset(name, 'n', VWR_VFILES_NAME);
    name[VWR_VFILES_NAME] = '\0';
    assert_int_equal(ASK(g, VWR_P9_TMKDIR, "4s8", 0, TEXT(name), 0755), 0);
    BEGIN(g, VWR_P9_TWALK, "442", 0, 5, 16);
    for (unsigned i = 0; i < 16; i++)
        PUT(g, "s", TEXT(i % 2 == 0 ? name : ".."));
    files_set_size(g, m->f.bytes);
    files_lend(g, 0, m->f.bytes, ROOM);
    for (; g->again != 0; times++) {
        hostile_unused(g, 0);
        g->again = 0;
        if (at != 0 && times == 2)
            guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
        vwr_vdev_serve(g->dev, 0);
    }
    if (at != 0) {
        assert_int_equal(m->v.fids_used, 0);
        return;
    }
    assert_in_range(times, 3, 16);
    assert_int_equal(files_answered(g, ROOM), 0);
    assert_int_equal(m->f.answer, VWR_P9_HEADER + 2 + 16 * VWR_P9_QID);
    assert_int_equal(clunk(g, 5), 0);
}

/* ---- configuration ---- */

static void g47_config(struct guest *g, long long at)
{
    (void)at;
    for (unsigned i = 0; i < 80; i++)
        guest_write(g, VWR_MMIO_CONFIG + i, 1, 0xee);
    assert_int_equal(guest_read(g, VWR_MMIO_CONFIG, 2), vwr_le16_to_cpu(vwr_guest16(g->legacy, 1)));
    assert_int_equal(guest_read(g, VWR_MMIO_CONFIG + 2, 1), 't');
    for (unsigned i = 3; i < 80; i++)
        assert_int_equal(guest_read(g, VWR_MMIO_CONFIG + i, 1), 0);
}

/* Messages before a session, and after a failed Tversion. */
static void g43_no_session(struct guest *g, long long at)
{
    (void)at;
    assert_int_equal(version(g, 8192, "9P2000"), 0);
    assert_int_equal(vmm_of(g)->v.fids_used, 0);
    assert_int_equal(attach(g, 0), VWR_P9_EPROTO);
    assert_int_equal(walk(g, 0, 1, "a", 1), VWR_P9_EPROTO);
    assert_int_equal(version(g, 4095, VWR_P9_VERSION), VWR_P9_EMSGSIZE);
    assert_int_equal(attach(g, 0), VWR_P9_EPROTO);
}

static const struct hostile_case cases[] = {
    {"G30_string_of_a_message", "header vwr/v9p.h", g30_string, HOSTILE_ALL, 3, {100, 256, 65535}},
    {"G30_names_of_a_walk", "header vwr/v9p.h", g30_names, HOSTILE_ALL, 4, {2, 16, 17, 65535}},
    {"G27_walk_without_room", "header vwr/v9p.h", g27_walk, HOSTILE_ALL, HOSTILE_AROUND},
    {"G30_names_that_lead_out", "header vwr/v9p.h", g30_escape, HOSTILE_ALL, 0, {0}},
    {"G26_types_of_messages", "header vwr/v9p.h", g26_types, HOSTILE_ALL, 4, {0, 4, 23, 100}},
    {"G51_fids_without_end", "header vwr/v9p.h", g51_fids, HOSTILE_ALL, 0, {0}},
    {"G50_walk_in_parts", "header vwr/v9p.h", g50_names, HOSTILE_ALL, 2, {0, 1}},
    {"G47_configuration_of_a_folder", "section Device Configuration Space", g47_config, HOSTILE_ALL, 0, {0}},
    {"G43_messages_without_a_session", "header vwr/v9p.h", g43_no_session, HOSTILE_ALL, 0, {0}},
};

int main(void)
{
    return files_run("9p", &protocol, files_work, cases, sizeof(cases) / sizeof(cases[0]));
}
