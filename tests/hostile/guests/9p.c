/* SPDX-License-Identifier: MIT */
#include "late.h"
#include "parts.h"

#include "vwr/v9p.h"
#include "vwr/v9p_memory.h"
#include "vwr/p9.h"
#include "vwr/vm.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

#include <stdlib.h>
#include <string.h>

/*
 * Guests whose messages to a 9P file system contradict themselves, request too much, or try to leave the
 * tree.
 */

#define OUT GUEST_HIGH /* the request; IN has the answer */
#define IN (GUEST_HIGH + GUEST_HIGH_BYTES / 2)
#define ROOM ((uint32_t)(GUEST_HIGH_BYTES / 2))
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define FIDS 8u
#define REQUESTS 2u
#define FILES 16u
#define POOL VWR_V9P_MEMORY_POOL(128 * 1024)
#define IMAGE_BYTES 20000u
#define FILE_FID 1u /* "image", open for reading and writing; 0 is the root */

struct vmm {
    struct vwr_v9p v;
    struct vwr_v9p_fid fid[FIDS];
    struct vwr_vmessage message[REQUESTS];
    struct vwr_vfiles_call call[REQUESTS];
    struct vwr_vseg seg[VWR_V9P_SEGS(REQUESTS)];
    struct vwr_v9p_memory tree;
    struct vwr_v9p_memory_file file[FILES];
    struct vwr_v9p_memory_entry entry[FILES];
    uint64_t pool[POOL / 8];
    uint8_t image[IMAGE_BYTES];
    uint32_t bytes; /* length of the request under construction */
    uint32_t answer;
    struct vwr_vfiles_ops ops; /* the tree's functions, with the replacements below */
    bool later;                /* getattr answers later */
    struct vwr_vfiles_call *kept[LATE_KEPT];
    uint64_t ticket[LATE_KEPT];
    unsigned keeps;
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

static void init_tree(struct vmm *m)
{
    const struct vwr_v9p_memory_options o = {.file = m->file,
                                             .file_count = FILES,
                                             .entry = m->entry,
                                             .entry_count = FILES,
                                             .pool = m->pool,
                                             .pool_bytes = sizeof(m->pool)};

    for (unsigned i = 0; i < IMAGE_BYTES; i++)
        m->image[i] = (uint8_t)(i * 31 >> 3);
    assert_int_equal(vwr_v9p_memory_init(&m->tree, &o), VWR_OK);
    assert_int_equal(vwr_v9p_memory_add(&m->tree, "image", VWR_P9_S_REG | 0644, m->image, IMAGE_BYTES),
                     VWR_OK);
    assert_int_equal(vwr_v9p_memory_add(&m->tree, "a/b/c", VWR_P9_S_REG | 0644, "c", 1), VWR_OK);
}

/* ---- messages ---- */

static void put_bytes(struct guest *g, const void *bytes, uint32_t n)
{
    struct vmm *const m = vmm_of(g);

    memcpy(guest_at(g, OUT + m->bytes, n), bytes, n);
    m->bytes += n;
}

static void put(struct guest *g, unsigned bytes, uint64_t number)
{
    for (unsigned i = 0; i < bytes; i++) {
        const uint8_t byte = (uint8_t)(number >> i * 8);

        put_bytes(g, &byte, 1);
    }
}

static void put_string(struct guest *g, const char *text)
{
    put(g, 2, strlen(text));
    put_bytes(g, text, (uint32_t)strlen(text));
}

static void begin_with(struct guest *g, uint8_t type, uint32_t size)
{
    vmm_of(g)->bytes = 0;
    put(g, 4, size);
    put(g, 1, type);
    put(g, 2, 7);
}

static void set_size(struct guest *g, uint32_t size)
{
    for (unsigned i = 0; i < 4; i++)
        *(uint8_t *)guest_at(g, OUT + i, 1) = (uint8_t)(size >> i * 8);
}

static void begin(struct guest *g, uint8_t type)
{
    begin_with(g, type, 0);
}

static void lend_message(struct guest *g, uint32_t bytes, uint32_t room)
{
    const struct guest_desc segment[] = {{OUT, bytes, 0, 0}, {IN, room, WRITE, 0}};

    log_again();
    hostile_send(g, 0, segment, room != 0 ? 2 : 1);
}

static void serve(struct guest *g)
{
    while (g->again != 0) {
        g->again = 0;
        vwr_vdev_serve(g->dev, 0);
    }
}

static uint64_t get(struct guest *g, uint32_t at, unsigned bytes)
{
    const uint8_t *const from = guest_at(g, IN + at, bytes);
    uint64_t number = 0;

    for (unsigned i = 0; i < bytes; i++)
        number |= (uint64_t)from[i] << i * 8;
    return number;
}

/*
 * Returns 0, an error number, or -1 for an answer of 0 bytes. Checks that nothing behind the used length was
 * written.
 */
static int answered(struct guest *g, uint32_t room)
{
    struct vmm *const m = vmm_of(g);
    uint32_t id;

    assert_true(guest_used(g, 0, &id, &m->answer));
    assert_true(m->answer <= room);
    (void)room;
    if (m->answer == 0)
        return -1;
    assert_true(m->answer >= VWR_P9_HEADER);
    assert_int_equal(get(g, 0, 4), m->answer);
    assert_int_equal(get(g, 5, 2), 7);
    return get(g, 4, 1) == VWR_P9_RLERROR ? (int)get(g, 7, 4) : 0;
}

static int send_all(struct guest *g, uint32_t bytes, uint32_t room)
{
    lend_message(g, bytes, room);
    serve(g);
    return answered(g, room);
}

static int send(struct guest *g)
{
    set_size(g, vmm_of(g)->bytes);
    return send_all(g, vmm_of(g)->bytes, ROOM);
}

static int version(struct guest *g)
{
    int r;

    begin(g, VWR_P9_TVERSION);
    put(g, 4, ROOM);
    put_string(g, VWR_P9_VERSION);
    r = send(g);
    return r;
}

static int attach(struct guest *g, uint32_t fid)
{
    begin(g, VWR_P9_TATTACH);
    put(g, 4, fid);
    put(g, 4, VWR_P9_NO_FID);
    put_string(g, "");
    put_string(g, "");
    put(g, 4, 0);
    return send(g);
}

static int walk(struct guest *g, uint32_t fid, uint32_t newfid, const char *name, unsigned times)
{
    begin(g, VWR_P9_TWALK);
    put(g, 4, fid);
    put(g, 4, newfid);
    put(g, 2, times);
    for (unsigned i = 0; i < times; i++)
        put_string(g, name);
    return send(g);
}

static int clunk(struct guest *g, uint32_t fid)
{
    begin(g, VWR_P9_TCLUNK);
    put(g, 4, fid);
    return send(g);
}

static void begin_read(struct guest *g, uint64_t offset, uint32_t count)
{
    begin(g, VWR_P9_TREAD);
    put(g, 4, FILE_FID);
    put(g, 8, offset);
    put(g, 4, count);
    set_size(g, vmm_of(g)->bytes);
}

/* A write request whose data is identical to the content of OUT. */
static void begin_write(struct guest *g, uint64_t offset, uint32_t count, uint32_t bytes)
{
    struct vmm *const m = vmm_of(g);

    begin(g, VWR_P9_TWRITE);
    put(g, 4, FILE_FID);
    put(g, 8, offset);
    put(g, 4, count);
    guest_fill(g, OUT + m->bytes, bytes, 3);
    m->bytes += bytes;
    set_size(g, m->bytes);
}

static void begin_session(struct guest *g)
{
    assert_int_equal(version(g), 0);
    assert_int_equal(attach(g, 0), 0);
    assert_int_equal(walk(g, 0, FILE_FID, "image", 1), 0);
    begin(g, VWR_P9_TLOPEN);
    put(g, 4, FILE_FID);
    put(g, 4, VWR_P9_O_RDWR);
    assert_int_equal(send(g), 0);
}

static void plug(struct guest *g)
{
    struct vmm *const m = g->device = calloc(1, sizeof(*m));
    struct vwr_v9p_options o = {.tag = "t",
                                .fid_count = FIDS,
                                .message_count = REQUESTS,
                                .call_count = REQUESTS,
                                .seg_count = VWR_V9P_SEGS(REQUESTS)};
    struct vwr_vdev_setup s;

    assert_non_null(m);
    init_tree(m);
    o.files = &m->tree.files;
    o.fid = m->fid;
    o.message = m->message;
    o.call = m->call;
    o.seg = m->seg;
    guest_setup(g, &s);
    s.budget_bytes = 8192;
    assert_int_equal(vwr_v9p_init(&m->v, &s, &o), VWR_OK);
    guest_plug(g, 0, vwr_v9p_dev(&m->v));
    g->queues = 1;
    g->budget = UINT64_MAX; /* the guest chooses the amount of data */
    assert_true(guest_start(g));
    begin_session(g);
}

static void works(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    g->broke = 0;
    g->again = 0;
    assert_true(guest_start(g));
    assert_int_equal(m->v.fids_used, 0);
    init_tree(m); /* the guest may have filled it */
    begin_session(g);
    begin_read(g, 100, 5000);
    assert_int_equal(send_all(g, m->bytes, ROOM), 0);
    assert_int_equal(m->answer, VWR_P9_IO_HEADER + 5000);
    assert_memory_equal(guest_at(g, IN + VWR_P9_IO_HEADER, 5000), m->image + 100, 5000);
    hostile_is_whole(g);
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

static const struct hostile_device folder_device = {plug, works, unplug};

/* ---- lengths ---- */

/* size[4] differs from the length of the buffer. */
static void g30_size(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin_read(g, 0, 100);
    set_size(g, at < 0 ? m->bytes + (uint32_t)-at : (uint32_t)at);
    assert_int_equal(send_all(g, m->bytes, ROOM), VWR_P9_EPROTO);
    assert_int_equal(m->v.stats.refused, 1);
}

/* The device ignores bytes beyond size[4]. A message shorter than a header gets no answer. */
static void g30_buffer(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin_read(g, 0, 100);
    assert_int_equal(send_all(g, m->bytes + (uint32_t)at, ROOM), 0);
    assert_int_equal(m->answer, VWR_P9_IO_HEADER + 100);
    for (uint32_t bytes = 1; bytes < VWR_P9_HEADER; bytes++)
        assert_int_equal(send_all(g, bytes, ROOM), -1);
    for (uint32_t bytes = VWR_P9_HEADER; bytes < m->bytes; bytes++)
        assert_int_equal(send_all(g, bytes, ROOM), VWR_P9_EPROTO);
}

/* A string longer than its message, or longer than a name can be. */
static void g30_string(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin(g, VWR_P9_TMKDIR);
    put(g, 4, 0);
    put(g, 2, (uint64_t)at);
    put_bytes(g, "name", 4);
    put(g, 8, 0);
    assert_int_equal(send(g), VWR_P9_EPROTO);
    begin(g, VWR_P9_TSYMLINK);
    put(g, 4, 0);
    put_string(g, "link");
    put(g, 2, (uint64_t)at);
    put_bytes(g, "target", 6);
    put(g, 4, 0);
    assert_int_equal(send(g), VWR_P9_EPROTO);
    assert_int_equal(m->tree.files_free, FILES - 5);
}

/* More names than the message contains, or than the protocol allows. */
static void g30_names(struct guest *g, long long at)
{
    begin(g, VWR_P9_TWALK);
    put(g, 4, 0);
    put(g, 4, 5);
    put(g, 2, (uint64_t)at);
    put_string(g, "none");
    assert_true(send(g) > 0);
    assert_int_equal(vmm_of(g)->v.fids_used, 2);
    begin(g, VWR_P9_TWALK);
    put(g, 4, 0);
    put(g, 4, 5);
    put(g, 2, (uint64_t)at);
    put_string(g, "a");
    assert_int_equal(send(g), at > 16 ? VWR_P9_EINVAL : 0); /* walks the names that exist */
    assert_int_equal(clunk(g, 5), VWR_P9_EBADF);
}

/* The count of a Twrite differs from the length of its data. */
static void g30_count(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin_write(g, 0, (uint32_t)(100 + at), 100);
    assert_int_equal(send_all(g, m->bytes, ROOM), VWR_P9_EPROTO);
    begin_read(g, 0, 100);
    assert_int_equal(send_all(g, m->bytes, ROOM), 0);
    assert_memory_equal(guest_at(g, IN + VWR_P9_IO_HEADER, 100), m->image, 100);
}

/*
 * No space for the answer: an error answer, or none if that does not fit either. The request has no effect.
 */
static void g27_room(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin(g, VWR_P9_TMKDIR);
    put(g, 4, 0);
    put_string(g, "new");
    put(g, 8, 0);
    set_size(g, m->bytes);
    guest_fill(g, IN, ROOM, 9);
    assert_int_equal(send_all(g, m->bytes, (uint32_t)at),
                     at < (long long)VWR_P9_IO_HEADER ? -1 : VWR_P9_EMSGSIZE);
    if (at == 0)
        assert_true(guest_is_filled(g, IN, ROOM, 9));
    assert_int_equal(walk(g, 0, 5, "new", 1), VWR_P9_ENOENT);
}

/* The answer to a walk has an entry for each name. */
static void g27_walk(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin(g, VWR_P9_TWALK);
    put(g, 4, 0);
    put(g, 4, 5);
    put(g, 2, VWR_P9_NAMES);
    for (unsigned i = 0; i < VWR_P9_NAMES; i++)
        put_string(g, "..");
    set_size(g, m->bytes);
    assert_int_equal(send_all(g, m->bytes, (uint32_t)(VWR_P9_HEADER + 2 + VWR_P9_NAMES * VWR_P9_QID + at)),
                     at < 0 ? VWR_P9_EMSGSIZE : 0);
    assert_int_equal(clunk(g, 5), at < 0 ? VWR_P9_EBADF : 0);
}

/* A read of more than the file contains, or than fits into the answer: the following bytes stay unchanged. */
static void g52_read(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const uint32_t room = (uint32_t)at;
    uint8_t before[64];

    begin_read(g, IMAGE_BYTES - 1000, UINT32_MAX);
    guest_fill(g, IN, ROOM, 9);
    memcpy(before, guest_at(g, IN + room, sizeof(before)), sizeof(before));
    assert_int_equal(send_all(g, m->bytes, room), 0);
    assert_int_equal(m->answer, room < VWR_P9_IO_HEADER + 1000 ? room : VWR_P9_IO_HEADER + 1000);
    assert_memory_equal(guest_at(g, IN + room, sizeof(before)), before, sizeof(before));
}

/* ---- names ---- */

/* Any number of "..", and names with '/', with NUL, or empty: none leaves the tree. */
static void g30_escape(struct guest *g, long long at)
{
    static const char *const bad[] = {"", ".", "../x", "/", "a/b"};

    (void)at;
    assert_int_equal(walk(g, 0, 5, "..", 16), 0);
    for (unsigned i = 0; i < 16; i++)
        assert_int_equal(get(g, 9 + 13 * i + 5, 4), get(g, 9 + 5, 4)); /* the root in all cases */
    assert_int_equal(walk(g, FILE_FID, 6, "..", 1), VWR_P9_ENOTDIR);
    for (unsigned i = 0; i < 5; i++)
        assert_int_equal(walk(g, 0, 6, bad[i], 1), VWR_P9_EINVAL);
    begin(g, VWR_P9_TUNLINKAT);
    put(g, 4, 0);
    put_string(g, "..");
    put(g, 4, VWR_P9_AT_REMOVEDIR);
    assert_int_equal(send(g), VWR_P9_EINVAL);
    begin(g, VWR_P9_TREMOVE);
    put(g, 4, 5);
    assert_int_equal(send(g), VWR_P9_EBUSY); /* the root cannot be removed */
}

/* Each type of message with an empty, a short and a long body of zeroes or ones. */
static void g26_types(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    for (unsigned type = 0; type < 256; type++) {
        for (unsigned fill = 0; fill < 2; fill++) {
            begin(g, (uint8_t)type);
            for (long long i = 0; i < at; i++)
                put(g, 1, fill != 0 ? 0xff : 0);
            assert_in_range(send(g), 0, 200);
        }
        if (m->v.msize == 0 || m->v.fids_used != 2) { /* the message may have changed session or fids */
            assert_int_equal(version(g), 0);
            begin_session(g);
        }
    }
}

/* ---- limits ---- */

/* The guest allocates fids without end. */
static void g51_fids(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    for (uint32_t fid = 2; fid < 2000; fid++)
        assert_int_equal(walk(g, 0, fid, "a", 1), fid < FIDS ? 0 : VWR_P9_ENFILE);
    for (uint32_t fid = 2; fid < FIDS; fid++)
        assert_int_equal(clunk(g, fid), 0);
    for (uint32_t i = 0; i < 2000; i++) {
        assert_int_equal(walk(g, 0, i * 977 + 5, "", 0), 0);
        assert_int_equal(clunk(g, i * 977 + 5), 0);
    }
    assert_int_equal(m->v.fids_used, 2);
}

/* An invalid message, ten thousand times. */
static void g51_malformed(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin_read(g, 0, 100);
    set_size(g, (uint32_t)at);
    for (unsigned i = 0; i < 10000; i++)
        assert_int_equal(send_all(g, m->bytes, ROOM), VWR_P9_EPROTO);
    assert_int_equal(vwr_vqueue_in_flight(&g->queue[0]), 0);
    assert_int_equal(m->v.fids_used, 2);
}

/* The file system is full: the guest gets an error, and earlier data stays. */
static void g53_full(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    uint64_t offset = 0;
    int r;

    (void)at;
    do {
        begin_write(g, offset, 12000, 12000);
        r = send_all(g, m->bytes, ROOM);
        offset += r == 0 ? get(g, VWR_P9_HEADER, 4) : 0;
    } while (r == 0);
    assert_int_equal(r, VWR_P9_ENOSPC);
    assert_int_equal(m->tree.blocks_free, 0);
    assert_true(offset > 100000);
}

/* ---- requests in several steps ---- */

/* A read of more than the budget: no step exceeds the budget, and the read completes. */
static void g50_parts(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    unsigned times = 0;

    (void)at;
    begin_read(g, 0, IMAGE_BYTES);
    lend_message(g, m->bytes, ROOM);
    for (; g->again != 0; times++) {
        hostile_unused(g, 0);
        g->again = 0;
        vwr_vdev_serve(g->dev, 0);
    }
    assert_in_range(times, 2, 8);
    assert_int_equal(answered(g, ROOM), 0);
    assert_int_equal(m->answer, VWR_P9_IO_HEADER + IMAGE_BYTES);
    assert_memory_equal(guest_at(g, IN + VWR_P9_IO_HEADER, IMAGE_BYTES), m->image, IMAGE_BYTES);
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
    begin(g, VWR_P9_TMKDIR);
    put(g, 4, 0);
    put_string(g, name);
    put(g, 8, 0755);
    assert_int_equal(send(g), 0);
    begin(g, VWR_P9_TWALK);
    put(g, 4, 0);
    put(g, 4, 5);
    put(g, 2, 16);
    for (unsigned i = 0; i < 16; i++)
        put_string(g, i % 2 == 0 ? name : "..");
    set_size(g, m->bytes);
    lend_message(g, m->bytes, ROOM);
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
    assert_int_equal(answered(g, ROOM), 0);
    assert_int_equal(m->answer, VWR_P9_HEADER + 2 + 16 * VWR_P9_QID);
    assert_int_equal(clunk(g, 5), 0);
}

/*
 * A guest with the maximum number of fids starts a new session, or resets the device: no step exceeds the
 * budget. A reset during the first does the rest.
 */
static void g50_end(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    unsigned times = 0;

    for (uint32_t fid = 2; fid < FIDS; fid++)
        assert_int_equal(walk(g, 0, fid, "a", 1), 0);
    parts_count(g, &m->tree.files, &m->ops);
    begin(g, VWR_P9_TVERSION);
    put(g, 4, ROOM);
    put_string(g, VWR_P9_VERSION);
    set_size(g, m->bytes);
    if (at != 0)
        lend_message(g, m->bytes, ROOM);
    for (; at != 0 && g->again != 0 && times < at; times++) {
        hostile_unused(g, 0);
        g->again = 0;
        vwr_vdev_serve(g->dev, 0);
    }
    if (g->again == 0 && at != 0) {
        assert_int_equal(answered(g, ROOM), 0);
        assert_in_range(times, FIDS / PARTS_EACH, FIDS);
    } else {
        guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    }
    assert_int_equal(m->v.fids_used, 0);
    assert_int_equal(parts.released, FIDS);
    g->dev->budget_bytes = 8192;
}

/* The guest changes a message while it is processed in steps: the device must use the values that it read
 * first. */
static void g34_message_changes(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    begin_write(g, 0, 20000, 20000);
    lend_message(g, m->bytes, ROOM);
    assert_true(g->again != 0);
    memset(guest_at(g, OUT, 23), 0xff, 23);
    serve(g);
    assert_int_equal(answered(g, ROOM), 0);
    assert_int_equal(get(g, VWR_P9_HEADER, 4), 20000);
    assert_int_equal(m->tree.blocks - m->tree.blocks_free, 6);
}

/* A device or queue reset while a read is processed in steps: nothing is written afterwards. */
static void g46_reset_in_parts(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin_read(g, 0, IMAGE_BYTES);
    lend_message(g, m->bytes, ROOM);
    assert_true(g->again != 0);
    if (at == 0) {
        guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
        assert_int_equal(m->v.fids_used, 0);
    } else if (!g->legacy) {
        guest_write(g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), 0);
        guest_write(g, VWR_MMIO_QUEUE_RESET, sizeof(uint32_t), 1);
    }
    if (at == 0 || !g->legacy) {
        guest_fill(g, IN, ROOM, 9);
        g->again = 0;
        vwr_vdev_serve(g->dev, 0);
        assert_true(guest_is_filled(g, IN, ROOM, 9));
    }
    g->again = 0;
}

/* A message whose fields straddle segments, in both directions. */
static void g24_bytes(struct guest *g, long long at)
{
    static const uint32_t out[] = {1, 2, 3, 4, 1};
    static const uint32_t in[] = {3, 4, 4};
    struct guest_desc segment[8];
    uint32_t done = 0;

    (void)at;
    begin(g, VWR_P9_TCLUNK);
    put(g, 4, FILE_FID);
    set_size(g, 11);
    for (unsigned i = 0; i < 5; done += out[i++])
        segment[i] = (struct guest_desc){OUT + done, out[i], 0, 0};
    done = 0;
    for (unsigned i = 0; i < 3; done += in[i++])
        segment[5 + i] = (struct guest_desc){IN + done, in[i], WRITE, 0};
    log_again();
    hostile_send(g, 0, segment, 8);
    serve(g);
    assert_int_equal(answered(g, 11), 0);
    assert_int_equal(vmm_of(g)->v.fids_used, 1);
}

/* ---- configuration, features ---- */

static void g47_config(struct guest *g, long long at)
{
    (void)at;
    for (unsigned i = 0; i < 80; i++)
        guest_write(g, VWR_MMIO_CONFIG + i, 1, 0xee);
    assert_int_equal(guest_read(g, VWR_MMIO_CONFIG, 2), vwr_guest16(g->legacy, 1) == 1 ? 1 : 0x100);
    assert_int_equal(guest_read(g, VWR_MMIO_CONFIG + 2, 1), 't');
    for (unsigned i = 3; i < 80; i++)
        assert_int_equal(guest_read(g, VWR_MMIO_CONFIG + i, 1), 0);
}

/* Messages before a session, and after a failed Tversion. */
static void g43_no_session(struct guest *g, long long at)
{
    (void)at;
    begin(g, VWR_P9_TVERSION);
    put(g, 4, 8192);
    put_string(g, "9P2000");
    assert_int_equal(send(g), 0);
    assert_int_equal(vmm_of(g)->v.fids_used, 0);
    assert_int_equal(attach(g, 0), VWR_P9_EPROTO);
    assert_int_equal(walk(g, 0, 1, "a", 1), VWR_P9_EPROTO);
    begin(g, VWR_P9_TVERSION);
    put(g, 4, 4095);
    put_string(g, VWR_P9_VERSION);
    assert_int_equal(send(g), VWR_P9_EMSGSIZE);
    assert_int_equal(attach(g, 0), VWR_P9_EPROTO);
}

static void g45_features(struct guest *g, long long at)
{
    (void)at;
    hostile_takes_too_much(g);
    assert_int_equal(version(g), 0);
    assert_int_equal(attach(g, 1), 0);
}

/* ---- late answers, of a file system that breaks the promise of cancel ---- */

static struct vmm *vmm_of_files(struct vwr_vfiles *f)
{
    return (struct vmm *)(void *)((uint8_t *)f - offsetof(struct vmm, tree.files));
}

static int late_getattr(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vmm *const m = vmm_of_files(f);

    if (!m->later) {
        vwr_zero(&c->attr, sizeof(c->attr));
        return 0;
    }
    m->ticket[m->keeps] = vwr_vfiles_ticket(c);
    m->kept[m->keeps++] = c;
    return VWR_LATER;
}

static bool late_cancel(struct vwr_vfiles *f, struct vwr_vfiles_call *c, bool must)
{
    (void)f;
    (void)c;
    return must;
}

static void late_start(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    if (m->ops.getattr != late_getattr) {
        m->ops = *m->tree.files.ops;
        m->ops.getattr = late_getattr;
        m->ops.cancel = late_cancel;
        m->tree.files.ops = &m->ops;
    }
    assert_true(guest_start(g));
    assert_int_equal(version(g), 0);
    assert_int_equal(attach(g, 0), 0);
}

static void late_ask(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    m->later = true;
    begin(g, VWR_P9_TGETATTR);
    put(g, 4, 0);
    put(g, 8, 0);
    set_size(g, m->bytes);
    lend_message(g, m->bytes, ROOM);
    m->later = false;
}

static void late_answer(struct guest *g, unsigned number)
{
    vwr_vfiles_answer(vmm_of(g)->kept[number], vmm_of(g)->ticket[number], 0);
}

static void late_comes_back(struct guest *g)
{
    assert_int_equal(answered(g, ROOM), 0);
}

static void g46_late(struct guest *g, long long when)
{
    static const struct late late = {late_start, late_ask, late_answer, late_comes_back, 0, NULL};

    late_run(g, &late, (enum late_when)when);
}

static const struct hostile_case cases[] = {
    LATE_CASES(g46_late, HOSTILE_ALL),
    {"G30_size_of_a_message",
     "header vwr/v9p.h",
     g30_size,
     HOSTILE_ALL,
     7,
     {0, 6, 7, 22, -1, -1000, 0xffffffff}},
    {"G30_buffer_of_a_message", "header vwr/v9p.h", g30_buffer, HOSTILE_ALL, 3, {0, 1, 500}},
    {"G30_string_of_a_message", "header vwr/v9p.h", g30_string, HOSTILE_ALL, 3, {100, 256, 65535}},
    {"G30_names_of_a_walk", "header vwr/v9p.h", g30_names, HOSTILE_ALL, 4, {2, 16, 17, 65535}},
    {"G30_count_of_a_write", "header vwr/v9p.h", g30_count, HOSTILE_ALL, 4, {-1, 1, -100, 0x7fffffff}},
    {"G27_answer_without_room", "header vwr/v9p.h", g27_room, HOSTILE_ALL, 5, {0, 1, 10, 11, 19}},
    {"G27_walk_without_room", "header vwr/v9p.h", g27_walk, HOSTILE_ALL, HOSTILE_AROUND},
    {"G52_read_beyond_the_end", "split.dev.used.2", g52_read, HOSTILE_ALL, 4, {11, 12, 1010, 2000}},
    {"G30_names_that_lead_out", "header vwr/v9p.h", g30_escape, HOSTILE_ALL, 0, {0}},
    {"G26_types_of_messages", "header vwr/v9p.h", g26_types, HOSTILE_ALL, 4, {0, 4, 23, 100}},
    {"G51_fids_without_end", "header vwr/v9p.h", g51_fids, HOSTILE_ALL, 0, {0}},
    {"G51_malformed_message", "header vwr/v9p.h", g51_malformed, HOSTILE_ALL, 2, {0, 1000}},
    {"G53_full_tree", "header vwr/v9p_memory.h", g53_full, HOSTILE_ALL, 0, {0}},
    {"G50_read_in_parts", "header vwr/vdev.h", g50_parts, HOSTILE_ALL, 0, {0}},
    {"G50_walk_in_parts", "header vwr/v9p.h", g50_names, HOSTILE_ALL, 2, {0, 1}},
    {"G50_session_ends_in_parts", "header vwr/vdev.h", g50_end, HOSTILE_ALL, 4, {0, 1, 2, FIDS}},
    {"G34_message_changes", "header vwr/v9p.h", g34_message_changes, HOSTILE_ALL, 0, {0}},
    {"G46_reset_in_parts", "reset.dev.2", g46_reset_in_parts, HOSTILE_ALL, 2, {0, 1}},
    {"G24_message_across_segments",
     "section Basic Facilities of a Virtio Device / Message Framing",
     g24_bytes,
     HOSTILE_ALL,
     0,
     {0}},
    {"G45_features_not_offered", "feat.drv.1", g45_features, HOSTILE_ALL, 0, {0}},
    {"G47_configuration_of_a_folder", "section Device Configuration Space", g47_config, HOSTILE_ALL, 0, {0}},
    {"G43_messages_without_a_session", "header vwr/v9p.h", g43_no_session, HOSTILE_ALL, 0, {0}},
};

int main(void)
{
    return hostile_run("9p", &folder_device, cases, sizeof(cases) / sizeof(cases[0]));
}
