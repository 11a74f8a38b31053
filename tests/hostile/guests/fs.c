/* SPDX-License-Identifier: MIT */
#include "late.h"
#include "parts.h"

#include "vwr/fuse.h"
#include "vwr/v9p_memory.h"
#include "vwr/vfs.h"
#include "vwr/vm.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

#include <stdlib.h>
#include <string.h>

/*
 * Guests whose FUSE messages contradict themselves, request too much, name objects that the guest does not
 * have, or try
 * to leave the tree.
 */

#define OUT GUEST_HIGH /* the request; IN has the answer */
#define IN (GUEST_HIGH + GUEST_HIGH_BYTES / 2)
#define ROOM ((uint32_t)(GUEST_HIGH_BYTES / 2))
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define HIPRIO VWR_FS_QUEUE_HIPRIO
#define REQUEST 1u
#define NODES 8u /* one is for open files */
#define REQUESTS 3u
#define FILES 16u
#define POOL VWR_V9P_MEMORY_POOL(128 * 1024)
#define IMAGE_BYTES 20000u
#define UNIQUE 0x1122334455667788u
#define ANSWER VWR_FUSE_OUT_HEADER
#define UNIT 8192u /* of the DAX window */
#define UNITS 4u

struct vmm {
    struct vwr_vfs v;
    struct vwr_vfs_node node[NODES];
    struct vwr_vmessage message[REQUESTS];
    struct vwr_vfs_call call[REQUESTS];
    struct vwr_vseg seg[VWR_VFS_SEGS(REQUESTS)];
    struct vwr_v9p_memory tree;
    struct vwr_v9p_memory_file file[FILES];
    struct vwr_v9p_memory_entry entry[FILES];
    uint64_t pool[POOL / 8];
    uint8_t image[IMAGE_BYTES];
    uint32_t bytes; /* length of the request under construction */
    uint32_t answer;
    uint64_t node_id; /* of "image", and its open file */
    uint64_t file_id;
    bool big;                  /* byte order of the guest */
    struct vwr_vfiles_ops ops; /* the tree's functions, with the replacements below */
    const struct vwr_vfiles_ops *real;
    uint8_t window[UNITS * UNIT]; /* which no side touches */
    uint8_t mapped[UNITS];        /* flags of the mapping + 1 */
    unsigned unmaps;
    struct vwr_vdev_shm region;
    bool later;    /* getattr answers later */
    bool gives_up; /* cancel takes the call back */
    struct vwr_vfiles_call *kept[LATE_KEPT];
    uint64_t ticket[LATE_KEPT];
    unsigned keeps;
    uint32_t set; /* of the last setattr */
    int error;    /* of the file system */
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

/* ---- the window ---- */

static void set_mapped(struct vmm *m, const void *at, uint64_t length, uint8_t to)
{
    const uint64_t place = (uint64_t)((const uint8_t *)at - m->window);

    assert_true(place % UNIT == 0 && length % UNIT == 0 && length != 0 && place <= sizeof(m->window) &&
                length <= sizeof(m->window) - place);
    memset(m->mapped + place / UNIT, to, (size_t)length / UNIT);
}

static struct vmm *vmm_of_files(struct vwr_vfiles *f)
{
    return (struct vmm *)(void *)((uint8_t *)f - offsetof(struct vmm, tree.files));
}

static int map_file(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    assert_true(c->file != NULL && c->offset % UNIT == 0 && c->offset + c->length <= INT64_MAX);
    set_mapped(vmm_of_files(f), c->at, c->length, (uint8_t)(c->flags + 1));
    return 0;
}

static int unmap_file(struct vwr_vfiles *f, void *at, uint64_t length)
{
    set_mapped(vmm_of_files(f), at, length, 0);
    vmm_of_files(f)->unmaps++;
    return 0;
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
    m->real = m->tree.files.ops;
    m->ops = *m->real;
    m->ops.map = map_file;
    m->ops.unmap = unmap_file;
    m->tree.files.ops = &m->ops;
}

/* ---- messages ---- */

static void put_bytes(struct guest *g, const void *bytes, uint32_t n)
{
    struct vmm *const m = vmm_of(g);

    memcpy(guest_at(g, OUT + m->bytes, n), bytes, n);
    m->bytes += n;
}

static void put_at(struct guest *g, uint32_t at, unsigned bytes, uint64_t number)
{
    for (unsigned i = 0; i < bytes; i++)
        *(uint8_t *)guest_at(g, OUT + at + (vmm_of(g)->big ? bytes - 1 - i : i), 1) =
            (uint8_t)(number >> i * 8);
}

static void put(struct guest *g, unsigned bytes, uint64_t number)
{
    put_at(g, vmm_of(g)->bytes, bytes, number);
    vmm_of(g)->bytes += bytes;
}

static void put_name(struct guest *g, const char *name)
{
    put_bytes(g, name, (uint32_t)strlen(name) + 1);
}

static void begin(struct guest *g, uint32_t opcode, uint64_t node)
{
    vmm_of(g)->bytes = 0;
    put(g, 4, 0);
    put(g, 4, opcode);
    put(g, 8, UNIQUE);
    put(g, 8, node);
    for (unsigned i = 0; i < 4; i++)
        put(g, 4, 0);
}

static void set_size(struct guest *g, uint32_t size)
{
    put_at(g, 0, 4, size);
}

static void lend_message(struct guest *g, unsigned queue, uint32_t bytes, uint32_t room)
{
    const struct guest_desc segment[] = {{OUT, bytes, 0, 0}, {IN, room, WRITE, 0}};

    log_again();
    hostile_send(g, queue, segment, room != 0 ? 2 : 1);
}

static void serve(struct guest *g, unsigned queue)
{
    while (g->again != 0) {
        g->again = 0;
        vwr_vdev_serve(g->dev, (uint16_t)queue);
    }
}

static uint64_t get(struct guest *g, uint32_t at, unsigned bytes)
{
    const uint8_t *const from = guest_at(g, IN + at, bytes);
    uint64_t number = 0;

    for (unsigned i = 0; i < bytes; i++)
        number |= (uint64_t)from[vmm_of(g)->big ? bytes - 1 - i : i] << i * 8;
    return number;
}

/* Returns 0, an error number, or -1 for an answer of 0 bytes. */
static int answered(struct guest *g, uint32_t room)
{
    struct vmm *const m = vmm_of(g);
    uint32_t id;

    assert_true(guest_used(g, REQUEST, &id, &m->answer));
    assert_true(m->answer <= room);
    if (m->answer == 0)
        return -1;
    assert_true(m->answer >= ANSWER);
    assert_int_equal(get(g, 0, 4), m->answer);
    assert_true(get(g, 8, 8) == UNIQUE);
    return -(int32_t)(uint32_t)get(g, 4, 4);
}

static int send_all(struct guest *g, uint32_t bytes, uint32_t room)
{
    lend_message(g, REQUEST, bytes, room);
    serve(g, REQUEST);
    return answered(g, room);
}

static int send(struct guest *g)
{
    set_size(g, vmm_of(g)->bytes);
    return send_all(g, vmm_of(g)->bytes, ROOM);
}

/* Sends it through the high-priority queue; returns the length of the answer. */
static uint32_t send_urgent(struct guest *g, uint32_t room)
{
    uint32_t id;
    uint32_t bytes = 1;

    set_size(g, vmm_of(g)->bytes);
    lend_message(g, HIPRIO, vmm_of(g)->bytes, room);
    serve(g, HIPRIO);
    assert_true(guest_used(g, HIPRIO, &id, &bytes));
    return bytes;
}

static int hello(struct guest *g, uint32_t major, uint32_t minor)
{
    begin(g, VWR_FUSE_INIT, 0);
    put(g, 4, major);
    put(g, 4, minor);
    put(g, 4, 0x20000);
    put(g, 4, 0xffffffff);
    for (unsigned i = 0; i < 12; i++) /* Linux sends more than 7.31 has */
        put(g, 4, 0);
    return send(g);
}

static int look_up(struct guest *g, uint64_t node, const char *name)
{
    begin(g, VWR_FUSE_LOOKUP, node);
    put_name(g, name);
    return send(g);
}

static void forget(struct guest *g, uint64_t node, uint64_t times)
{
    begin(g, VWR_FUSE_FORGET, node);
    put(g, 8, times);
    assert_int_equal(send_urgent(g, 0), 0);
}

static int getattr(struct guest *g, uint64_t node, uint32_t flags, uint64_t fh)
{
    begin(g, VWR_FUSE_GETATTR, node);
    put(g, 4, flags);
    put(g, 4, 0);
    put(g, 8, fh);
    return send(g);
}

static int open_as(struct guest *g, uint32_t opcode, uint64_t node, uint32_t flags)
{
    begin(g, opcode, node);
    put(g, 4, flags);
    put(g, 4, 0);
    return send(g);
}

static int create(struct guest *g, const char *name, uint32_t flags)
{
    begin(g, VWR_FUSE_CREATE, VWR_FUSE_ROOT);
    put(g, 4, flags);
    put(g, 4, 0100644);
    put(g, 4, 0);
    put(g, 4, 0);
    put_name(g, name);
    return send(g);
}

static int release(struct guest *g, uint64_t fh)
{
    begin(g, VWR_FUSE_RELEASE, 0);
    put(g, 8, fh);
    put(g, 8, 0);
    put(g, 8, 0);
    return send(g);
}

static void begin_io(struct guest *g, uint32_t opcode, uint64_t fh, uint64_t offset, uint32_t count)
{
    begin(g, opcode, 0);
    put(g, 8, fh);
    put(g, 8, offset);
    put(g, 4, count);
    put(g, 4, 0);
    put(g, 8, 0);
    put(g, 8, 0);
    set_size(g, vmm_of(g)->bytes);
}

static void begin_read(struct guest *g, uint64_t offset, uint32_t count)
{
    begin_io(g, VWR_FUSE_READ, vmm_of(g)->file_id, offset, count);
}

/* A write request whose data is identical to the content of OUT. */
static void begin_write(struct guest *g, uint64_t offset, uint32_t count, uint32_t bytes)
{
    struct vmm *const m = vmm_of(g);

    begin_io(g, VWR_FUSE_WRITE, m->file_id, offset, count);
    guest_fill(g, OUT + m->bytes, bytes, 3);
    m->bytes += bytes;
    set_size(g, m->bytes);
}

static void reset_requests(struct guest *g)
{
    guest_write(g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), REQUEST);
    guest_write(g, VWR_MMIO_QUEUE_RESET, sizeof(uint32_t), 1);
}

static void begin_session(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    assert_int_equal(hello(g, VWR_FUSE_MAJOR, VWR_FUSE_MINOR), 0);
    assert_int_equal(get(g, ANSWER + 4, 4), VWR_FUSE_MINOR);
    assert_int_equal(get(g, ANSWER + 24, 4), 1); /* times in nanoseconds */
    assert_int_equal(look_up(g, VWR_FUSE_ROOT, "image"), 0);
    m->node_id = get(g, ANSWER, 8);
    assert_int_equal(open_as(g, VWR_FUSE_OPEN, m->node_id, VWR_P9_O_RDWR), 0);
    m->file_id = get(g, ANSWER, 8);
    assert_int_equal(m->v.nodes_used, 2);
}

static void plug(struct guest *g)
{
    struct vmm *const m = g->device = calloc(1, sizeof(*m));
    struct vwr_vfs_options o = {.tag = "t",
                                .node_count = NODES,
                                .message_count = REQUESTS,
                                .call_count = REQUESTS,
                                .seg_count = VWR_VFS_SEGS(REQUESTS)};
    struct vwr_vdev_setup s;

    assert_non_null(m);
    init_tree(m);
    o.files = &m->tree.files;
    o.node = m->node;
    o.message = m->message;
    o.call = m->call;
    o.seg = m->seg;
    guest_setup(g, &s);
    s.budget_bytes = 8192;
    s.queue_count = VWR_VFS_QUEUES;
    if (!s.legacy) {
        o.window = (struct vwr_vfs_window){m->window, sizeof(m->window), UNIT};
        m->region = (struct vwr_vdev_shm){UINT64_C(0x4000000000), sizeof(m->window)};
        s.shm = &m->region;
        s.shm_count = 1;
    }
    assert_int_equal(vwr_vfs_init(&m->v, &s, &o), VWR_OK);
    guest_plug(g, 0, vwr_vfs_dev(&m->v));
    g->queues = VWR_VFS_QUEUES;
    g->budget = UINT64_MAX; /* the guest chooses the amount of data */
    assert_true(guest_start(g));
    begin_session(g);
}

static void works(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    g->broke = 0;
    g->again = 0;
    m->big = false;
    assert_true(guest_start(g));
    assert_int_equal(m->v.nodes_used, 0);
    for (unsigned i = 0; i < UNITS; i++)
        assert_int_equal(m->mapped[i], 0);
    init_tree(m); /* the guest may have filled it */
    begin_session(g);
    begin_read(g, 100, 5000);
    assert_int_equal(send_all(g, m->bytes, ROOM), 0);
    assert_int_equal(m->answer, ANSWER + 5000);
    assert_memory_equal(guest_at(g, IN + ANSWER, 5000), m->image + 100, 5000);
    hostile_is_whole(g);
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

static const struct hostile_device fs_device = {plug, works, unplug};

/* ---- lengths ---- */

/* len[4] differs from the length of the buffer. */
static void g30_size(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin_read(g, 0, 100);
    set_size(g, at < 0 ? m->bytes + (uint32_t)-at : (uint32_t)at);
    assert_int_equal(send_all(g, m->bytes, ROOM), VWR_P9_EPROTO);
    assert_int_equal(m->v.stats.refused, 1);
}

/* The device ignores bytes beyond len[4]. A message shorter than a header gets no answer. */
static void g30_buffer(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin_read(g, 0, 100);
    assert_int_equal(send_all(g, m->bytes + (uint32_t)at, ROOM), 0);
    assert_int_equal(m->answer, ANSWER + 100);
    for (uint32_t bytes = 1; bytes < VWR_FUSE_HEADER; bytes += 19)
        assert_int_equal(send_all(g, bytes, ROOM), -1);
    for (uint32_t bytes = VWR_FUSE_HEADER; bytes < m->bytes; bytes += 3)
        assert_int_equal(send_all(g, bytes, ROOM), VWR_P9_EPROTO);
}

/* A name that is too long, or not terminated by a NUL; names that lead out of the tree. */
static void g30_names(struct guest *g, long long at)
{
    static const char *const bad[] = {"", ".", "..", "../x", "/", "a/b"};
    char name[1000];

    memset(name, 'n', sizeof(name));
    begin(g, VWR_FUSE_LOOKUP, VWR_FUSE_ROOT);
    put_bytes(g, name, (uint32_t)at);
    assert_int_equal(send(g), at > (long long)VWR_FUSE_NAME ? VWR_P9_ENAMETOOLONG : VWR_P9_EPROTO);
    for (unsigned i = 0; i < 6; i++) {
        assert_int_equal(look_up(g, VWR_FUSE_ROOT, bad[i]), VWR_P9_EINVAL);
        begin(g, VWR_FUSE_RENAME, VWR_FUSE_ROOT);
        put(g, 8, VWR_FUSE_ROOT);
        put_name(g, "image");
        put_name(g, bad[i]);
        assert_int_equal(send(g), VWR_P9_EINVAL);
    }
    begin(g, VWR_FUSE_SYMLINK, VWR_FUSE_ROOT);
    put_name(g, "link");
    assert_int_equal(send(g), VWR_P9_EPROTO);
    assert_int_equal(vmm_of(g)->tree.files_free, FILES - 5);
}

/* The size of a WRITE differs from the length of its data. */
static void g30_count(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin_write(g, 0, (uint32_t)(100 + at), 100);
    assert_int_equal(send_all(g, m->bytes, ROOM), VWR_P9_EPROTO);
    begin_read(g, 0, 100);
    assert_int_equal(send_all(g, m->bytes, ROOM), 0);
    assert_memory_equal(guest_at(g, IN + ANSWER, 100), m->image, 100);
}

/* No space for the answer: an error, or none if that does not fit either. The request has no effect. */
static void g27_room(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin(g, VWR_FUSE_MKDIR, VWR_FUSE_ROOT);
    put(g, 8, 0);
    put_name(g, "new");
    set_size(g, m->bytes);
    guest_fill(g, IN, ROOM, 9);
    assert_int_equal(send_all(g, m->bytes, (uint32_t)at), at < (long long)ANSWER ? -1 : VWR_P9_EMSGSIZE);
    if (at == 0)
        assert_true(guest_is_filled(g, IN, ROOM, 9));
    assert_int_equal(look_up(g, VWR_FUSE_ROOT, "new"), VWR_P9_ENOENT);
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
    assert_int_equal(m->answer, room < ANSWER + 1000 ? room : ANSWER + 1000);
    assert_memory_equal(guest_at(g, IN + room, sizeof(before)), before, sizeof(before));
    begin_read(g, INT64_MAX - room, UINT32_MAX); /* what fits ends before the last offset */
    assert_int_equal(send_all(g, m->bytes, room), 0);
    assert_int_equal(m->answer, ANSWER);
}

/* ---- numbers ---- */

/* Numbers of nonexistent nodes, of an open file, of the wrong generation, and of forgotten nodes. */
static void g30_numbers(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const uint64_t bad[] = {0, NODES + 1, m->file_id, m->node_id | UINT64_C(1) << 32, UINT64_MAX};

    (void)at;
    for (unsigned i = 0; i < 5; i++) {
        assert_int_equal(getattr(g, bad[i], 0, 0), VWR_P9_ESTALE);
        if (bad[i] != m->file_id)
            assert_int_equal(getattr(g, m->node_id, VWR_FUSE_GETATTR_FH, bad[i]), VWR_P9_EBADF);
        forget(g, bad[i], 1);
    }
    assert_int_equal(release(g, m->node_id), VWR_P9_EBADF);
    forget(g, m->node_id, UINT64_MAX);
    assert_int_equal(getattr(g, m->node_id, 0, 0), VWR_P9_ESTALE);
    assert_int_equal(look_up(g, VWR_FUSE_ROOT, "image"), 0);
    assert_true(get(g, ANSWER, 8) != m->node_id); /* a number is not used again */
    assert_int_equal(release(g, m->file_id), 0);
    assert_int_equal(release(g, m->file_id), VWR_P9_EBADF);
    forget(g, VWR_FUSE_ROOT, UINT64_MAX);
    assert_int_equal(getattr(g, VWR_FUSE_ROOT, 0, 0), 0);
    assert_int_equal(m->v.nodes_used, 1);
}

/* Files that are open for something else, or are of another type. */
static void g30_opened(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    uint64_t fh;

    (void)at;
    assert_int_equal(open_as(g, VWR_FUSE_OPEN, VWR_FUSE_ROOT, 0), VWR_P9_EISDIR);
    assert_int_equal(open_as(g, VWR_FUSE_OPENDIR, m->node_id, 0), VWR_P9_ENOTDIR);
    assert_int_equal(open_as(g, VWR_FUSE_OPEN, m->node_id, VWR_P9_O_WRONLY), 0);
    fh = get(g, ANSWER, 8);
    begin_io(g, VWR_FUSE_READ, fh, 0, 10);
    assert_int_equal(send(g), VWR_P9_EBADF);
    begin_io(g, VWR_FUSE_READDIR, fh, 0, 1000);
    assert_int_equal(send(g), VWR_P9_ENOTDIR);
    assert_int_equal(open_as(g, VWR_FUSE_OPENDIR, VWR_FUSE_ROOT, VWR_P9_O_RDWR), 0);
    fh = get(g, ANSWER, 8);
    begin_io(g, VWR_FUSE_WRITE, fh, 0, 0);
    assert_int_equal(send(g), VWR_P9_EISDIR);
    begin_io(g, VWR_FUSE_READDIR, fh, 0, 20);
    assert_int_equal(send(g), VWR_P9_EINVAL);
    begin_io(g, VWR_FUSE_READDIR, fh, UINT64_MAX, 1000);
    assert_int_equal(send(g), 0);
    begin_read(g, INT64_MAX, 1);
    assert_int_equal(send(g), VWR_P9_EINVAL);
    assert_int_equal(create(g, "image", VWR_P9_O_RDWR | VWR_P9_O_CREAT | VWR_P9_O_EXCL), VWR_P9_EEXIST);
    assert_int_equal(create(g, "image", VWR_P9_O_RDWR | VWR_P9_O_CREAT), 0);
    fh = get(g, ANSWER + 8 * 16, 8);
    begin_io(g, VWR_FUSE_READ, fh, 0, 10);
    assert_int_equal(send(g), 0);
    assert_memory_equal(guest_at(g, IN + ANSWER, 10), m->image, 10); /* it was not cut off */
    assert_int_equal(create(g, "image", VWR_P9_O_RDWR | VWR_P9_O_CREAT | VWR_P9_O_TRUNC), 0);
    begin_io(g, VWR_FUSE_READ, fh, 0, 10);
    assert_int_equal(send(g), 0);
    assert_int_equal(m->answer, ANSWER);
}

/*
 * Each type of message, with a body of zeroes or ones, in both queues: those of the other queue have no
 * effect.
 */
static void g26_types(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    for (unsigned type = 0; type < 56; type++) {
        for (unsigned fill = 0; fill < 4; fill++) {
            begin(g, type, VWR_FUSE_ROOT);
            for (long long i = 0; i < at; i++)
                put(g, 1, fill % 2 != 0 ? 0xff : 0);
            if (fill < 2)
                assert_in_range(send(g) + 1, 0, 200);
            else
                assert_true(send_urgent(g, ROOM) <= ANSWER);
        }
        if (!m->v.session || m->v.nodes_used != 2)
            begin_session(g);
    }
}

/* ---- limits ---- */

/* The guest looks up and opens without end; a file has one node. */
static void g51_nodes(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    uint64_t node;

    (void)at;
    for (unsigned i = 0; i < 50; i++)
        assert_int_equal(look_up(g, VWR_FUSE_ROOT, "a"), 0);
    node = get(g, ANSWER, 8);
    assert_int_equal(m->v.nodes_used, 3);
    for (unsigned i = 3; i < 20; i++) {
        if (i >= NODES - 2) /* the last one is for an open file */
            assert_int_equal(look_up(g, node, "b"), VWR_P9_ENFILE);
        assert_int_equal(open_as(g, VWR_FUSE_OPEN, m->node_id, 0), i < NODES - 1 ? 0 : VWR_P9_ENFILE);
    }
    assert_int_equal(look_up(g, node, "b"), VWR_P9_ENFILE);
    begin(g, VWR_FUSE_MKDIR, VWR_FUSE_ROOT);
    put(g, 8, 0);
    put_name(g, "new");
    assert_int_equal(send(g), VWR_P9_ENFILE);
    forget(g, node, 49);
    assert_int_equal(getattr(g, node, 0, 0), 0);
    forget(g, node, 1);
    assert_int_equal(getattr(g, node, 0, 0), VWR_P9_ESTALE);
    assert_int_equal(look_up(g, VWR_FUSE_ROOT, "new"), VWR_P9_ENOENT);
}

/* An invalid message, a hundred times. */
static void g51_malformed(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin_read(g, 0, 100);
    set_size(g, (uint32_t)at);
    for (unsigned i = 0; i < 100; i++)
        assert_int_equal(send_all(g, m->bytes, ROOM), VWR_P9_EPROTO);
    assert_int_equal(vwr_vqueue_in_flight(&g->queue[REQUEST]), 0);
    assert_int_equal(m->v.nodes_used, 2);
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
        offset += r == 0 ? get(g, ANSWER, 4) : 0;
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
    lend_message(g, REQUEST, m->bytes, ROOM);
    for (; g->again != 0; times++) {
        hostile_unused(g, REQUEST);
        g->again = 0;
        vwr_vdev_serve(g->dev, REQUEST);
    }
    assert_in_range(times, 2, 8);
    assert_int_equal(answered(g, ROOM), 0);
    assert_int_equal(m->answer, ANSWER + IMAGE_BYTES);
    assert_memory_equal(guest_at(g, IN + ANSWER, IMAGE_BYTES), m->image, IMAGE_BYTES);
}

/*
 * A list of forgotten nodes that is longer than the budget, or than the message, or that contains arbitrary
 * numbers.
 */
static void g50_forget(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    unsigned times = 0;
    uint32_t id;
    uint32_t bytes;

    begin(g, VWR_FUSE_BATCH_FORGET, 0);
    put(g, 4, (uint32_t)at);
    put(g, 4, 0);
    for (unsigned i = 0; i < 400; i++) {
        put(g, 8, i == 399 ? m->node_id : i + 100);
        put(g, 8, 1);
    }
    set_size(g, m->bytes);
    lend_message(g, HIPRIO, m->bytes, 0);
    for (; g->again != 0; times++) {
        g->again = 0;
        vwr_vdev_serve(g->dev, HIPRIO);
    }
    assert_true(guest_used(g, HIPRIO, &id, &bytes));
    assert_int_equal(bytes, 0);
    assert_in_range(times, at > 100 ? 3 : 0, 50);
    assert_int_equal(getattr(g, m->node_id, 0, 0), at >= 400 ? VWR_P9_ESTALE : 0);
}

/*
 * A guest with as many open files as there are ends its session, starts another one, or resets the device: no
 * step exceeds the budget. A reset in the midst does the rest; other queues have no session meanwhile.
 */
static void g50_end(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    unsigned times = 0;

    while (m->v.nodes_used < NODES - 1)
        assert_int_equal(open_as(g, VWR_FUSE_OPEN, m->node_id, VWR_P9_O_RDONLY), 0);
    parts_count(g, &m->tree.files, &m->ops);
    begin(g, VWR_FUSE_DESTROY, 0);
    set_size(g, m->bytes);
    if (at != 0)
        lend_message(g, REQUEST, m->bytes, ROOM);
    for (; at != 0 && g->again != 0 && times < at; times++) {
        hostile_unused(g, REQUEST);
        assert_false(m->v.session);
        g->again = 0;
        vwr_vdev_serve(g->dev, REQUEST);
    }
    if (g->again == 0 && at != 0) {
        assert_int_equal(answered(g, ROOM), 0);
        assert_in_range(times, NODES / PARTS_EACH, NODES);
    } else {
        guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    }
    assert_int_equal(m->v.nodes_used, 0);
    assert_int_equal(parts.released, NODES);
    g->dev->budget_bytes = 8192;
}

/* The guest changes a message while it is processed in steps: the values read first count. */
static void g34_message_changes(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    begin_write(g, 0, 20000, 20000);
    lend_message(g, REQUEST, m->bytes, ROOM);
    assert_true(g->again != 0);
    memset(guest_at(g, OUT, VWR_FUSE_HEADER + VWR_FUSE_READ_IN), 0xff, VWR_FUSE_HEADER + VWR_FUSE_READ_IN);
    serve(g, REQUEST);
    assert_int_equal(answered(g, ROOM), 0);
    assert_int_equal(get(g, ANSWER, 4), 20000);
    assert_int_equal(m->tree.blocks - m->tree.blocks_free, 6);
}

/* A device or queue reset, or another session, while a read is processed in steps: nothing is written then.
 */
static void g46_reset_in_parts(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin_read(g, 0, IMAGE_BYTES);
    lend_message(g, REQUEST, m->bytes, ROOM);
    assert_true(g->again != 0);
    if (at == 0) {
        guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
        assert_int_equal(m->v.nodes_used, 0);
    } else if (!g->legacy) {
        reset_requests(g);
    }
    if (at == 0 || !g->legacy) {
        guest_fill(g, IN, ROOM, 9);
        g->again = 0;
        vwr_vdev_serve(g->dev, REQUEST);
        assert_true(guest_is_filled(g, IN, ROOM, 9));
    }
    g->again = 0;
}

/* A message whose fields straddle segments, in both directions. */
static void g24_bytes(struct guest *g, long long at)
{
    static const uint32_t out[] = {1, 2, 3, 35, 23};
    static const uint32_t in[] = {3, 6, 7};
    struct vmm *const m = vmm_of(g);
    struct guest_desc segment[8];
    uint32_t done = 0;

    (void)at;
    begin(g, VWR_FUSE_RELEASE, 0);
    put(g, 8, m->file_id);
    put(g, 8, 0);
    put(g, 8, 0);
    set_size(g, m->bytes);
    for (unsigned i = 0; i < 5; done += out[i++])
        segment[i] = (struct guest_desc){OUT + done, out[i], 0, 0};
    assert_int_equal(done, m->bytes);
    done = 0;
    for (unsigned i = 0; i < 3; done += in[i++])
        segment[5 + i] = (struct guest_desc){IN + done, in[i], WRITE, 0};
    log_again();
    hostile_send(g, REQUEST, segment, 8);
    serve(g, REQUEST);
    assert_int_equal(answered(g, ANSWER), 0);
    assert_int_equal(m->v.nodes_used, 1);
}

/* A guest of the other byte order. */
static void g24_order(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    m->big = true;
    begin_session(g);
    begin_read(g, 100, 50);
    assert_int_equal(send(g), 0);
    assert_memory_equal(guest_at(g, IN + ANSWER, 50), m->image + 100, 50);
}

/* ---- configuration, features, sessions ---- */

static void g47_config(struct guest *g, long long at)
{
    (void)at;
    for (unsigned i = 0; i < 80; i++)
        guest_write(g, VWR_MMIO_CONFIG + i, 1, 0xee);
    assert_int_equal(guest_read(g, VWR_MMIO_CONFIG, 1), 't');
    for (unsigned i = 1; i < 80; i++)
        assert_int_equal(guest_read(g, VWR_MMIO_CONFIG + i, 1),
                         i == 36 + (vwr_guest16(g->legacy, 1) == 1 ? 0 : 3));
}

/* Messages before a session, after one, and after an INIT of another version. */
static void g43_no_session(struct guest *g, long long at)
{
    (void)at;
    assert_int_equal(hello(g, VWR_FUSE_MAJOR + 1, 0), 0);
    assert_int_equal(get(g, ANSWER, 4), VWR_FUSE_MAJOR);
    assert_int_equal(vmm_of(g)->v.nodes_used, 0);
    assert_int_equal(getattr(g, VWR_FUSE_ROOT, 0, 0), VWR_P9_EPROTO);
    forget(g, VWR_FUSE_ROOT, 1);
    assert_int_equal(hello(g, VWR_FUSE_MAJOR, VWR_FUSE_MINOR - 1), VWR_P9_EPROTO);
    assert_int_equal(hello(g, VWR_FUSE_MAJOR - 1, VWR_FUSE_MINOR), VWR_P9_EPROTO);
    begin_session(g);
    begin(g, VWR_FUSE_DESTROY, 0);
    assert_int_equal(send(g), 0);
    assert_int_equal(getattr(g, VWR_FUSE_ROOT, 0, 0), VWR_P9_EPROTO);
    assert_int_equal(vmm_of(g)->v.nodes_used, 0);
}

static void g45_features(struct guest *g, long long at)
{
    (void)at;
    hostile_takes_too_much(g);
    begin_session(g);
}

/* ---- late answers, of a file system that breaks the promise of cancel ---- */

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
    (void)c;
    return must || vmm_of_files(f)->gives_up;
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
    assert_int_equal(hello(g, VWR_FUSE_MAJOR, VWR_FUSE_MINOR), 0);
}

/* GETATTR, or a LOOKUP whose handle has no node yet. */
static void late_send(struct guest *g, uint32_t opcode)
{
    struct vmm *const m = vmm_of(g);

    m->later = true;
    begin(g, opcode, VWR_FUSE_ROOT);
    if (opcode == VWR_FUSE_LOOKUP) {
        put_name(g, "image");
    } else {
        put(g, 8, 0);
        put(g, 8, 0);
    }
    set_size(g, m->bytes);
    lend_message(g, REQUEST, m->bytes, ROOM);
    m->later = false;
}

static void late_ask(struct guest *g)
{
    late_send(g, VWR_FUSE_GETATTR);
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
    static const struct late late = {late_start, late_ask, late_answer, late_comes_back, REQUEST, NULL};

    late_run(g, &late, (enum late_when)when);
}

/* INTERRUPT of a request that the file system takes back or not, of a nonexistent one, and of itself. */
static void g46_interrupt(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    late_start(g);
    late_send(g, VWR_FUSE_LOOKUP);
    hostile_unused(g, REQUEST);
    m->gives_up = at != 0;
    for (uint64_t unique = UNIQUE - 1; unique != UNIQUE + 1; unique++) {
        begin(g, VWR_FUSE_INTERRUPT, 0);
        put(g, 8, unique);
        assert_int_equal(send_urgent(g, 0), 0);
    }
    if (at == 0) {
        hostile_unused(g, REQUEST);
        late_answer(g, 0);
    }
    assert_int_equal(answered(g, ROOM), at != 0 ? VWR_P9_EINTR : 0);
    assert_int_equal(m->v.stats.interrupted, at);
    assert_int_equal(m->v.nodes_used, at == 0);
}

/* All messages are in use: FORGET waits in its queue until one ends, in any queue. */
static void g46_starved(struct guest *g, long long by)
{
    struct vmm *const m = vmm_of(g);
    const unsigned asked = by == 1 ? REQUESTS - 1 : REQUESTS;
    uint32_t id;
    uint32_t bytes;

    late_start(g);
    begin_session(g);
    for (unsigned i = 0; i < asked; i++)
        late_ask(g);
    if (by == 1) {
        begin_read(g, 0, 15000);
        lend_message(g, REQUEST, m->bytes, ROOM); /* in parts */
        assert_true(g->again != 0);
    }
    begin(g, VWR_FUSE_FORGET, m->node_id);
    put(g, 8, 1);
    set_size(g, m->bytes);
    lend_message(g, HIPRIO, m->bytes, 0);
    hostile_unused(g, HIPRIO);
    g->again_of = 0;
    if (by == 0)
        late_answer(g, 0);
    else if (by == 1)
        serve(g, REQUEST);
    else
        reset_requests(g);
    if (by != 0) {
        assert_true((g->again_of >> HIPRIO & 1) != 0);
        serve(g, HIPRIO);
        vwr_vdev_serve(g->dev, HIPRIO);
    }
    assert_true(guest_used(g, HIPRIO, &id, &bytes));
    assert_int_equal(bytes, 0);
}

/* ---- the DAX window ---- */

static void begin_map(struct guest *g, uint64_t fh, uint64_t offset, uint64_t bytes, uint64_t flags,
                      uint64_t place)
{
    begin(g, VWR_FUSE_SETUPMAPPING, vmm_of(g)->node_id);
    put(g, 8, fh);
    put(g, 8, offset);
    put(g, 8, bytes);
    put(g, 8, flags);
    put(g, 8, place);
}

static int map(struct guest *g, uint64_t fh, uint64_t offset, uint64_t bytes, uint64_t flags, uint64_t place)
{
    begin_map(g, fh, offset, bytes, flags, place);
    return send(g);
}

/* Valid mapping requests, as sent by Linux without a file, and invalid ones, for which nothing is mapped. */
static void g30_map(struct guest *g, long long at)
{
    static const struct {
        uint64_t offset;
        uint64_t bytes;
        uint64_t flags;
        uint64_t place;
    } bad[] = {
        {0, 0, 2, 0},
        {0, UNITS * UNIT + 1, 2, 0},
        {0, UNIT + 1, 2, (UNITS - 1) * UNIT},
        {0, UINT64_MAX, 2, 0},
        {0, UINT64_MAX, 2, UNIT},
        {0, 1, 2, UNITS * UNIT},
        {0, 1, 2, UINT64_MAX - UNIT + 1},
        {0, UNIT, 2, UINT64_C(1) << 63},
        {0, 1, 2, 4096},
        {4096, 1, 2, 0},
        {1, 1, 2, 0},
        {UINT64_C(1) << 63, 1, 2, 0},
        {(UINT64_C(1) << 63) - UNIT, UNIT, 2, 0},
        {UINT64_MAX - UNIT + 1, 1, 2, 0},
        {0, 1, 0, 0},
        {0, 1, 4, 0},
        {0, 1, UINT64_C(0x100000002), 0},
    };
    struct vmm *const m = vmm_of(g);
    const uint64_t fh = at != 0 ? m->file_id : VWR_FUSE_NO_FILE;

    if (g->legacy) { /* no region */
        assert_int_equal(map(g, fh, 0, 1, 2, 0), VWR_P9_ENOSYS);
        return;
    }
    for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(map(g, fh, bad[i].offset, bad[i].bytes, bad[i].flags, bad[i].place), VWR_P9_EINVAL);
    assert_int_equal(map(g, m->file_id + 1, 0, 1, 2, 0), VWR_P9_EBADF);
    assert_int_equal(map(g, m->node_id, 0, 1, 2, 0), VWR_P9_EBADF);
    begin_map(g, fh, 0, 1, 2, 0);
    put_at(g, 16, 8, VWR_FUSE_ROOT); /* a folder */
    assert_int_equal(send(g), at != 0 ? 0 : VWR_P9_EISDIR);
    m->mapped[0] = 0;
    begin_map(g, fh, 0, 1, 2, 0);
    put_at(g, 16, 8, m->node_id + 1);
    assert_int_equal(send(g), VWR_P9_ESTALE);
    begin_map(g, fh, 0, 1, 2, 0);
    set_size(g, m->bytes - 1);
    assert_int_equal(send_all(g, m->bytes, ROOM), VWR_P9_EPROTO);
    put(g, 4, 0);
    assert_int_equal(send(g), VWR_P9_EPROTO);
    for (unsigned i = 0; i < UNITS; i++)
        assert_int_equal(m->mapped[i], 0);
    assert_int_equal(map(g, fh, UNIT, UNIT + 1, 3, UNIT), 0);
    assert_int_equal(map(g, fh, 0, 1, 2, 2 * UNIT), 0); /* over a part of it */
    assert_int_equal(m->mapped[0], 0);
    assert_int_equal(m->mapped[1], VWR_P9_O_RDWR + 1);
    assert_int_equal(m->mapped[2], VWR_P9_O_RDONLY + 1);
    assert_int_equal(m->mapped[3], 0);
    assert_int_equal(open_as(g, VWR_FUSE_OPEN, m->node_id, VWR_P9_O_WRONLY), 0);
    assert_int_equal(map(g, get(g, ANSWER, 8), 0, 1, 1, 0), VWR_P9_EACCES);
    assert_int_equal(hello(g, VWR_FUSE_MAJOR, VWR_FUSE_MINOR), 0); /* which ends the session */
    assert_int_equal(get(g, ANSWER + 12, 4) & VWR_FUSE_MAP_ALIGNMENT, VWR_FUSE_MAP_ALIGNMENT);
    assert_int_equal(get(g, ANSWER + 30, 2), 13);
    assert_int_equal(m->mapped[1], 0);
    assert_int_equal(m->unmaps, 1);
}

static void put_range(struct guest *g, uint64_t place, uint64_t bytes)
{
    put(g, 8, place);
    put(g, 8, bytes);
}

/* Lists of ranges: of another length than the message says, longer than a budget, with a wrong one among
 * them. */
static void g51_unmap(struct guest *g, long long at)
{
    const unsigned many = 60;
    struct vmm *const m = vmm_of(g);

    if (g->legacy) {
        begin(g, VWR_FUSE_REMOVEMAPPING, 0);
        put(g, 4, 0);
        assert_int_equal(send(g), VWR_P9_ENOSYS);
        return;
    }
    assert_int_equal(map(g, VWR_FUSE_NO_FILE, 0, UNITS * UNIT, 2, 0), 0);
    begin(g, VWR_FUSE_REMOVEMAPPING, 0);
    put(g, 4, (uint32_t)at);
    put_range(g, 0, UNIT);
    assert_int_equal(send(g), VWR_P9_EPROTO);
    assert_int_equal(m->unmaps, 0);
    begin(g, VWR_FUSE_REMOVEMAPPING, 0);
    put(g, 4, 4);
    put_range(g, 0, UNIT);
    put_range(g, UNIT, 1);
    put_range(g, 3 * UNIT, UNIT + 1);
    put_range(g, 2 * UNIT, UNIT);
    assert_int_equal(send(g), VWR_P9_EINVAL);
    assert_int_equal(m->mapped[0] + m->mapped[1], 0);
    assert_true(m->mapped[2] != 0 && m->mapped[3] != 0);
    begin(g, VWR_FUSE_REMOVEMAPPING, 0);
    put(g, 4, many);
    for (unsigned i = 0; i < many; i++)
        put_range(g, 2 * UNIT, UNIT);
    assert_int_equal(send(g), 0);
    assert_int_equal(m->unmaps, 2 + many);
    assert_int_equal(m->mapped[2], 0);
    assert_true(m->mapped[3] != 0); /* until the reset of the last check */
}

/* ---- a file system that refuses ---- */

typedef int files_op(struct vwr_vfiles *f, struct vwr_vfiles_call *c);

static int refuses(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    (void)f;
    (void)c;
    return VWR_P9_EIO;
}

static void begin_create(struct guest *g)
{
    begin(g, VWR_FUSE_CREATE, VWR_FUSE_ROOT);
    put(g, 4, VWR_P9_O_RDWR);
    put(g, 4, 0644);
    put(g, 8, 0);
    put_name(g, "new");
}

static void begin_open(struct guest *g)
{
    begin(g, VWR_FUSE_OPEN, vmm_of(g)->node_id);
    put(g, 8, 0);
}

static void begin_setattr(struct guest *g, uint64_t node, uint32_t valid, uint64_t fh, uint64_t bytes)
{
    begin(g, VWR_FUSE_SETATTR, node);
    put(g, 8, vmm_of(g)->big ? (uint64_t)valid << 32 : valid);
    put(g, 8, fh);
    put(g, 8, bytes);
    for (unsigned i = 0; i < 8; i++)
        put(g, 8, 0);
}

static void begin_mode(struct guest *g)
{
    begin_setattr(g, vmm_of(g)->node_id, VWR_FUSE_SET_MODE, 0, 0);
}

static void begin_statfs(struct guest *g)
{
    begin(g, VWR_FUSE_STATFS, VWR_FUSE_ROOT);
}

static void begin_link(struct guest *g)
{
    begin(g, VWR_FUSE_LINK, VWR_FUSE_ROOT);
    put(g, 8, vmm_of(g)->node_id);
    put_name(g, "second");
}

static void begin_lookup(struct guest *g)
{
    begin(g, VWR_FUSE_LOOKUP, VWR_FUSE_ROOT);
    put_name(g, "a");
}

static void begin_list(struct guest *g)
{
    assert_int_equal(open_as(g, VWR_FUSE_OPENDIR, VWR_FUSE_ROOT, 0), 0);
    begin_io(g, VWR_FUSE_READDIR, get(g, ANSWER, 8), 0, 1000);
}

/* Each function of a file system that a request needs fails or is missing: the guest gets the error,
 * and no node or handle is left behind. */
static void g26_refusals(struct guest *g, long long at)
{
#define OP(name) offsetof(struct vwr_vfiles_ops, name)
    static const struct {
        size_t op;
        void (*begin)(struct guest *g);
    } rows[] = {
        {OP(clone), begin_open},     {OP(open), begin_open},      {OP(create), begin_create},
        {OP(clone), begin_create},   {OP(getattr), begin_create}, {OP(walk), begin_lookup},
        {OP(getattr), begin_lookup}, {OP(setattr), begin_mode},   {OP(getattr), begin_mode},
        {OP(statfs), begin_statfs},  {OP(link), begin_link},      {OP(getattr), begin_link},
        {OP(readdir), begin_list},
    };
#undef OP
    struct vmm *const m = vmm_of(g);

    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        files_op **const op = (void *)((uint8_t *)&m->ops + rows[i].op);
        files_op *const real = *op;
        uint32_t used;

        rows[i].begin(g);
        used = m->v.nodes_used;
        *op = at != 0 ? NULL : refuses;
        assert_int_equal(send(g), at != 0 ? VWR_P9_EOPNOTSUPP : VWR_P9_EIO);
        *op = real;
        assert_int_equal(m->v.nodes_used, used);
    }
    m->ops.attach = refuses;
    assert_int_equal(hello(g, VWR_FUSE_MAJOR, VWR_FUSE_MINOR), VWR_P9_EIO);
    assert_int_equal(getattr(g, VWR_FUSE_ROOT, 0, 0), VWR_P9_EPROTO);
    m->ops.attach = m->real->attach;
    begin_session(g);
}

static int keep_setattr(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    vmm_of_files(f)->set = c->set;
    return vmm_of_files(f)->error;
}

/* What SETATTR sets, and what it must not. */
static void g26_attributes(struct guest *g, long long at)
{
    static const struct {
        uint32_t valid, set;
    } rows[] = {
        {VWR_FUSE_SET_MODE | VWR_FUSE_SET_UID | VWR_FUSE_SET_GID,
         VWR_P9_SET_MODE | VWR_P9_SET_UID | VWR_P9_SET_GID},
        {VWR_FUSE_SET_ATIME, VWR_P9_SET_ATIME | VWR_P9_SET_ATIME_SET},
        {VWR_FUSE_SET_ATIME | VWR_FUSE_SET_ATIME_NOW, VWR_P9_SET_ATIME},
        {VWR_FUSE_SET_ATIME_NOW | VWR_FUSE_SET_MTIME_NOW, 0},
        {VWR_FUSE_SET_MTIME, VWR_P9_SET_MTIME | VWR_P9_SET_MTIME_SET},
        {VWR_FUSE_SET_MTIME | VWR_FUSE_SET_MTIME_NOW, VWR_P9_SET_MTIME},
    };
    struct vmm *const m = vmm_of(g);
    const uint64_t large = UINT64_C(1) << 63;

    (void)at;
    m->ops.setattr = keep_setattr;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        m->set = UINT32_MAX;
        begin_setattr(g, m->node_id, rows[i].valid, 0, 0);
        assert_int_equal(send(g), 0);
        assert_int_equal(m->set, rows[i].set);
    }
    m->set = 77;
    begin_setattr(g, VWR_FUSE_ROOT, VWR_FUSE_SET_SIZE, 0, 5);
    assert_int_equal(send(g), VWR_P9_EISDIR);
    begin_setattr(g, m->node_id, VWR_FUSE_SET_SIZE, 0, large);
    assert_int_equal(send(g), VWR_P9_EINVAL);
    begin_setattr(g, m->node_id, VWR_FUSE_SET_SIZE | VWR_FUSE_SET_FH, m->node_id, 5);
    assert_int_equal(send(g), VWR_P9_EBADF);
    assert_int_equal(m->set, 77);
    begin_setattr(g, VWR_FUSE_ROOT, VWR_FUSE_SET_SIZE | VWR_FUSE_SET_FH, m->file_id, large - 1);
    assert_int_equal(send(g), 0); /* the size of the open file */
    assert_int_equal(m->set, VWR_P9_SET_SIZE);
    m->error = VWR_P9_EACCES;
    begin_setattr(g, m->node_id, VWR_FUSE_SET_MODE, 0, 0);
    assert_int_equal(send(g), VWR_P9_EACCES);
}

static int make_symlink(struct guest *g, uint32_t bytes)
{
    begin(g, VWR_FUSE_SYMLINK, VWR_FUSE_ROOT);
    put_name(g, "link");
    for (uint32_t i = 0; i < bytes; i++)
        put(g, 1, i + 1 == bytes ? 0 : 'a');
    return send(g);
}

/* Unterminated, empty and overlong targets; a link is not opened. Renames that exchange two names. */
static void g30_links(struct guest *g, long long at)
{
    uint64_t link;

    (void)at;
    assert_int_equal(make_symlink(g, 0), VWR_P9_EPROTO);
    assert_int_equal(make_symlink(g, 1), VWR_P9_ENOENT);
    assert_int_equal(make_symlink(g, VWR_VFILES_TARGET + 2), VWR_P9_ENAMETOOLONG);
    assert_int_equal(make_symlink(g, 3), 0);
    link = get(g, ANSWER, 8);
    assert_int_equal(open_as(g, VWR_FUSE_OPEN, link, 0), VWR_P9_ELOOP);
    begin_map(g, VWR_FUSE_NO_FILE, 0, 1, 2, 0);
    put_at(g, 16, 8, link);
    assert_int_equal(send(g), g->legacy ? VWR_P9_ENOSYS : VWR_P9_ELOOP);
    for (unsigned flags = 0; flags < 2; flags++) {
        begin(g, VWR_FUSE_RENAME2, VWR_FUSE_ROOT);
        put(g, 8, VWR_FUSE_ROOT);
        put(g, 4, 1 - flags);
        put(g, 4, 0);
        put_name(g, "link");
        put_name(g, "other");
        assert_int_equal(send(g), flags == 0 ? VWR_P9_EINVAL : 0);
    }
    begin(g, VWR_FUSE_RENAME, VWR_FUSE_ROOT);
    put(g, 8, VWR_FUSE_ROOT);
    put_name(g, "other");
    put_name(g, "link");
    assert_int_equal(send(g), 0);
    assert_int_equal(look_up(g, VWR_FUSE_ROOT, "link"), 0);
    begin_link(g);
    assert_int_equal(send(g), 0);
    assert_int_equal(get(g, ANSWER, 8), vmm_of(g)->node_id);
}

static int keep_call(struct vmm *m, struct vwr_vfiles_call *c)
{
    m->ticket[m->keeps] = vwr_vfiles_ticket(c);
    m->kept[m->keeps++] = c;
    return VWR_LATER;
}

static int keep_clone(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vmm *const m = vmm_of_files(f);

    return m->later ? keep_call(m, c) : m->real->clone(f, c);
}

static int keep_getattr(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vmm *const m = vmm_of_files(f);

    return m->later ? keep_call(m, c) : m->real->getattr(f, c);
}

static void send_later(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    m->later = true;
    set_size(g, m->bytes);
    lend_message(g, REQUEST, m->bytes, ROOM);
    serve(g, REQUEST);
    m->later = false;
    hostile_unused(g, REQUEST);
}

static void answer_now(struct guest *g, unsigned i, files_op *op)
{
    struct vmm *const m = vmm_of(g);
    const int r = op(&m->tree.files, m->kept[i]);

    vwr_vfiles_answer(m->kept[i], m->ticket[i], r);
    serve(g, REQUEST);
}

/* While the file system opens or creates a file, other requests take the last nodes. */
static void g51_last_nodes(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const uint32_t room = at == 0 ? 1 : 2;
    const uint32_t nodes = NODES - 2;

    m->v.nodes = NODES - 1; /* too few for a reserve */
    assert_int_equal(hello(g, VWR_FUSE_MAJOR, VWR_FUSE_MINOR), 0);
    begin_session(g);
    m->ops.clone = keep_clone;
    while (m->v.nodes_used + room < nodes)
        assert_int_equal(open_as(g, VWR_FUSE_OPEN, m->node_id, 0), 0);
    if (at != 0) {
        assert_int_equal(open_as(g, VWR_FUSE_OPEN, m->node_id, 0), 0);
        begin_create(g);
        assert_int_equal(send(g), VWR_P9_ENFILE); /* of one node */
        assert_int_equal(look_up(g, VWR_FUSE_ROOT, "new"), VWR_P9_ENOENT);
        assert_int_equal(hello(g, VWR_FUSE_MAJOR, VWR_FUSE_MINOR), 0);
        begin_session(g);
        while (m->v.nodes_used + room < nodes)
            assert_int_equal(open_as(g, VWR_FUSE_OPEN, m->node_id, 0), 0);
    }
    if (at == 0)
        begin_open(g);
    else
        begin_create(g);
    send_later(g);
    for (long long i = 0; i < (at == 2 ? 2 : 1); i++)
        assert_int_equal(look_up(g, i == 0 ? VWR_FUSE_ROOT : get(g, ANSWER, 8), i == 0 ? "a" : "b"), 0);
    answer_now(g, 0, m->real->clone);
    assert_int_equal(answered(g, ROOM), VWR_P9_ENFILE);
    assert_int_equal(m->v.nodes_used, at == 1 ? nodes - 1 : nodes);
    assert_int_equal(getattr(g, m->node_id, 0, 0), 0);
}

/* A node that the guest forgets while requests use it, and one whose number is the last for its slot. */
static void g46_forgotten(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const unsigned users = at == 0 ? 1 : 2;
    struct vwr_vfs_node *const node = &m->node[(uint32_t)m->node_id - VWR_FUSE_ROOT];
    uint64_t number;

    m->ops.getattr = keep_getattr;
    assert_int_equal(release(g, m->file_id), 0);
    for (unsigned i = 0; i < users; i++) {
        begin(g, VWR_FUSE_GETATTR, m->node_id);
        put(g, 8, 0);
        put(g, 8, 0);
        send_later(g);
    }
    forget(g, m->node_id, UINT64_MAX);
    assert_int_equal(m->v.nodes_used, 1);
    if (at == 0)
        assert_int_equal(getattr(g, m->node_id, 0, 0), VWR_P9_ESTALE);
    for (unsigned i = 0; i < users; i++) {
        assert_int_equal(m->v.nodes_used, 1);
        answer_now(g, i, m->real->getattr);
        assert_int_equal(answered(g, ROOM), 0);
    }
    assert_int_equal(m->v.nodes_used, 0);
    assert_int_equal(look_up(g, VWR_FUSE_ROOT, "image"), 0);
    node->generation = UINT32_MAX;
    number = (uint64_t)UINT32_MAX << 32 | (uint32_t)get(g, ANSWER, 8);
    forget(g, number, 1);
    assert_int_equal(look_up(g, VWR_FUSE_ROOT, "image"), 0);
    assert_int_equal(get(g, ANSWER, 8) >> 32, 0);
}

/* A file that was not found again when a state was loaded. */
static void g30_gone(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    struct vwr_vfs_node *const node = &m->node[(uint32_t)m->node_id - VWR_FUSE_ROOT];
    void *const file = node->file;

    (void)at;
    node->file = NULL;
    assert_int_equal(getattr(g, m->node_id, 0, 0), VWR_P9_ESTALE);
    begin_link(g);
    assert_int_equal(send(g), VWR_P9_ESTALE);
    node->file = file;
    assert_int_equal(getattr(g, m->node_id, 0, 0), 0);
}

static bool never(struct vwr_vfiles *f, struct vwr_vfiles_call *c, bool must)
{
    (void)f;
    (void)c;
    (void)must;
    return false;
}

/* A reset, and an INTERRUPT, of a call that the file system cannot take back: the answer comes too late. */
static void g46_no_cancel(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    m->ops.getattr = keep_getattr;
    m->ops.cancel = at != 0 ? never : NULL;
    begin(g, VWR_FUSE_GETATTR, m->node_id);
    put(g, 8, 0);
    put(g, 8, 0);
    send_later(g);
    begin(g, VWR_FUSE_INTERRUPT, 0);
    put(g, 8, UNIQUE);
    assert_int_equal(send_urgent(g, 0), 0);
    hostile_unused(g, REQUEST);
    assert_true(guest_start(g));
    vwr_vfiles_answer(m->kept[0], m->ticket[0], 0);
    hostile_unused(g, REQUEST);
    begin_session(g);
}

static unsigned all_segments, first_segment;

static int count_segments(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vwr_vseg seg[8];

    (void)f;
    all_segments = vwr_vfiles_segments(c, seg, 8);
    first_segment = vwr_vfiles_segments(c, seg, 1);
    return 0;
}

static int list_long_name(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    static const char name[VWR_VFILES_NAME + 1];
    const struct vwr_p9_qid qid = {0};

    (void)f;
    assert_false(vwr_vfiles_put_entry(c, &qid, 1, 0, name, sizeof(name)));
    return 0;
}

/* A file system that requests segments of an answer, and one with a name that is too long. */
static void g24_segments(struct guest *g, long long at)
{
    const struct guest_desc segment[] = {
        {OUT, 80, 0, 0}, {IN, ANSWER + 50, WRITE, 0}, {IN + ANSWER + 50, 50, WRITE, 0}};
    struct vmm *const m = vmm_of(g);

    (void)at;
    m->ops.read = count_segments;
    begin_read(g, 0, 100);
    assert_int_equal(m->bytes, 80);
    log_again();
    hostile_send(g, REQUEST, segment, 3);
    serve(g, REQUEST);
    assert_int_equal(answered(g, ANSWER + 100), 0);
    assert_true(all_segments >= 2 && first_segment == 1);
    m->ops.readdir = list_long_name;
    begin_list(g);
    assert_int_equal(send(g), VWR_P9_EINVAL);
}

static const struct hostile_case cases[] = {
    {"G30_mappings", "fs.dev.dax.4; fs.dev.dax.5; header vwr/vfs.h", g30_map, HOSTILE_ALL, 2, {0, 1}},
    {"G51_lists_of_mappings", "header vwr/vfs.h", g51_unmap, HOSTILE_ALL, 3, {0, 2, 0xffffffff}},
    LATE_CASES(g46_late, HOSTILE_ALL),
    {"G46_free_message_for_another_queue", "header vwr/vservice.h", g46_starved, HOSTILE_V2, 3, {0, 1, 2}},
    {"G46_interrupt", "header vwr/vfs.h", g46_interrupt, HOSTILE_ALL, 2, {0, 1}},
    {"G30_size_of_a_message",
     "header vwr/vfs.h",
     g30_size,
     HOSTILE_ALL,
     7,
     {0, 39, 40, 79, -1, -1000, 0xffffffff}},
    {"G30_buffer_of_a_message", "header vwr/vfs.h", g30_buffer, HOSTILE_ALL, 3, {0, 1, 500}},
    {"G30_names_that_lead_out", "header vwr/vfs.h", g30_names, HOSTILE_ALL, 4, {0, 255, 256, 1000}},
    {"G30_count_of_a_write", "header vwr/vfs.h", g30_count, HOSTILE_ALL, 4, {-1, 1, -100, 0x7fffffff}},
    {"G27_answer_without_room", "header vwr/vfs.h", g27_room, HOSTILE_ALL, 5, {0, 1, 15, 16, 143}},
    {"G52_read_beyond_the_end", "split.dev.used.2", g52_read, HOSTILE_ALL, 4, {16, 17, 1015, 2000}},
    {"G30_numbers_of_no_node", "header vwr/vfs.h", g30_numbers, HOSTILE_ALL, 0, {0}},
    {"G30_files_of_another_kind", "header vwr/vfs.h", g30_opened, HOSTILE_ALL, 0, {0}},
    {"G26_types_of_messages",
     "fs.drv.hiprio.2; header vwr/vfs.h",
     g26_types,
     HOSTILE_ALL,
     4,
     {0, 8, 40, 100}},
    {"G51_nodes_without_end", "header vwr/vfs.h", g51_nodes, HOSTILE_ALL, 0, {0}},
    {"G51_malformed_message", "header vwr/vfs.h", g51_malformed, HOSTILE_ALL, 2, {0, 1000}},
    {"G53_full_tree", "header vwr/v9p_memory.h", g53_full, HOSTILE_ALL, 0, {0}},
    {"G50_read_in_parts", "header vwr/vdev.h", g50_parts, HOSTILE_ALL, 0, {0}},
    {"G50_forget_in_parts", "header vwr/vfs.h", g50_forget, HOSTILE_ALL, 4, {0, 399, 400, 0xffffffff}},
    {"G50_session_ends_in_parts", "header vwr/vdev.h", g50_end, HOSTILE_ALL, 4, {0, 1, 2, NODES}},
    {"G34_message_changes", "header vwr/vfs.h", g34_message_changes, HOSTILE_ALL, 0, {0}},
    {"G46_reset_in_parts", "reset.dev.2", g46_reset_in_parts, HOSTILE_ALL, 2, {0, 1}},
    {"G24_message_across_segments",
     "section Basic Facilities of a Virtio Device / Message Framing",
     g24_bytes,
     HOSTILE_ALL,
     0,
     {0}},
    {"G24_byte_order_of_the_guest",
     "section File System Device / Device Operation / Device Operation: Request Queues",
     g24_order,
     HOSTILE_ALL,
     0,
     {0}},
    {"G45_features_not_offered", "feat.drv.1", g45_features, HOSTILE_ALL, 0, {0}},
    {"G47_configuration_of_a_file_system",
     "section Device Configuration Space",
     g47_config,
     HOSTILE_ALL,
     0,
     {0}},
    {"G26_file_system_that_refuses", "header vwr/v9p.h", g26_refusals, HOSTILE_ALL, 2, {0, 1}},
    {"G26_attributes", "header vwr/vfs.h", g26_attributes, HOSTILE_ALL, 0, {0}},
    {"G30_targets_of_links", "header vwr/vfs.h", g30_links, HOSTILE_ALL, 0, {0}},
    {"G51_last_nodes", "header vwr/vfs.h", g51_last_nodes, HOSTILE_ALL, 3, {0, 1, 2}},
    {"G46_forgotten_in_use", "header vwr/vfs.h", g46_forgotten, HOSTILE_ALL, 2, {0, 1}},
    {"G30_file_that_is_gone", "header vwr/vfs.h", g30_gone, HOSTILE_ALL, 0, {0}},
    {"G46_no_cancel", "reset.dev.2; header vwr/v9p.h", g46_no_cancel, HOSTILE_ALL, 2, {0, 1}},
    {"G24_segments_of_an_answer", "header vwr/v9p.h", g24_segments, HOSTILE_ALL, 0, {0}},
    {"G43_messages_without_a_session", "header vwr/vfs.h", g43_no_session, HOSTILE_ALL, 0, {0}},
};

int main(void)
{
    return hostile_run("fs", &fs_device, cases, sizeof(cases) / sizeof(cases[0]));
}
