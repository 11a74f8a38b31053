/* SPDX-License-Identifier: MIT */
#include "files.h"

#include "vwr/fuse.h"
#include "vwr/vfs.h"

#include <string.h>

/*
 * Guests whose FUSE messages contradict themselves, request too much, name objects that the guest does not
 * have, or try to leave the tree. files.h has what 9P has too.
 */

#define HIPRIO VWR_FS_QUEUE_HIPRIO
#define REQUEST 1u
#define NODES 8u /* one is for open files */
#define REQUESTS 3u
#define UNIQUE 0x1122334455667788u
#define ANSWER VWR_FUSE_OUT_HEADER
#define READ (VWR_FUSE_HEADER + VWR_FUSE_READ_IN) /* bytes of a request to read */
#define UNIT 8192u                                /* of the DAX window */
#define UNITS 4u

struct vmm {
    struct files f;
    struct vwr_vfs v;
    struct vwr_vfs_node node[NODES];
    struct vwr_vmessage message[REQUESTS];
    struct vwr_vfs_call call[REQUESTS];
    struct vwr_vseg seg[VWR_VFS_SEGS(REQUESTS)];
    uint64_t node_id; /* of "image", and its open file */
    uint64_t file_id;
    uint8_t window[UNITS * UNIT]; /* which no side touches */
    uint8_t mapped[UNITS];        /* flags of the mapping + 1 */
    unsigned unmaps;
    struct vwr_vdev_shm region;
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
    return (struct vmm *)(void *)files_of_tree(f);
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

/* ---- messages ---- */

static void begin(struct guest *g, uint32_t opcode, uint64_t node)
{
    files_of(g)->bytes = 0;
    PUT(g, "4488zz", 0, opcode, UNIQUE, node);
}

#define BEGIN(g, opcode, node, form, ...) (begin(g, opcode, node), PUT(g, form, __VA_ARGS__))
#define ASK(g, opcode, node, form, ...) (BEGIN(g, opcode, node, form, __VA_ARGS__), files_send(g))

static int error_of(struct guest *g)
{
    assert_true(files_get(g, 8, 8) == UNIQUE);
    return -(int32_t)(uint32_t)files_get(g, 4, 4);
}

/* Sends it through the high-priority queue; returns the length of the answer. */
static uint32_t send_urgent(struct guest *g, uint32_t room)
{
    uint32_t id;
    uint32_t bytes = 1;

    files_set_size(g, files_of(g)->bytes);
    files_lend(g, HIPRIO, files_of(g)->bytes, room);
    files_serve(g, HIPRIO);
    assert_true(guest_used(g, HIPRIO, &id, &bytes));
    return bytes;
}

static int hello_as(struct guest *g, uint32_t major, uint32_t minor)
{
    /* Linux sends more than 7.31 has */
    return ASK(g, VWR_FUSE_INIT, 0, "4444zzzzzz", major, minor, 0x20000, 0xffffffff);
}

static int hello(struct guest *g)
{
    const int r = hello_as(g, VWR_FUSE_MAJOR, VWR_FUSE_MINOR);

    if (r == 0) {
        assert_int_equal(files_get(g, ANSWER + 4, 4), VWR_FUSE_MINOR);
        assert_int_equal(files_get(g, ANSWER + 24, 4), 1); /* times in nanoseconds */
    }
    return r;
}

static int look_up(struct guest *g, uint64_t node, const char *name)
{
    return ASK(g, VWR_FUSE_LOOKUP, node, "s", TEXT(name));
}

static void forget(struct guest *g, uint64_t node, uint64_t times)
{
    BEGIN(g, VWR_FUSE_FORGET, node, "8", times);
    assert_int_equal(send_urgent(g, 0), 0);
}

static int getattr(struct guest *g, uint64_t node, uint32_t flags, uint64_t fh)
{
    return ASK(g, VWR_FUSE_GETATTR, node, "448", flags, 0, fh);
}

static int open_as(struct guest *g, uint32_t opcode, uint64_t node, uint32_t flags)
{
    return ASK(g, opcode, node, "44", flags, 0);
}

static int create(struct guest *g, const char *name, uint32_t flags)
{
    return ASK(g, VWR_FUSE_CREATE, VWR_FUSE_ROOT, "44zs", flags, 0100644, TEXT(name));
}

static int release(struct guest *g, uint64_t fh)
{
    return ASK(g, VWR_FUSE_RELEASE, 0, "8zz", fh);
}

static void begin_io(struct guest *g, uint32_t opcode, uint64_t fh, uint64_t offset, uint32_t count)
{
    BEGIN(g, opcode, 0, "8844zz", fh, offset, count, 0);
    files_set_size(g, files_of(g)->bytes);
}

/* ---- of files.h ---- */

static void begin_read(struct guest *g, uint64_t offset, uint32_t count)
{
    begin_io(g, VWR_FUSE_READ, vmm_of(g)->file_id, offset, count);
}

static void begin_write(struct guest *g, uint64_t offset, uint32_t count)
{
    begin_io(g, VWR_FUSE_WRITE, vmm_of(g)->file_id, offset, count);
}

static void begin_mkdir(struct guest *g)
{
    BEGIN(g, VWR_FUSE_MKDIR, VWR_FUSE_ROOT, "zs", TEXT("new"));
}

static void begin_getattr(struct guest *g)
{
    BEGIN(g, VWR_FUSE_GETATTR, VWR_FUSE_ROOT, "zz", 0);
}

static void begin_end(struct guest *g)
{
    begin(g, VWR_FUSE_DESTROY, 0);
}

static void begin_close(struct guest *g)
{
    BEGIN(g, VWR_FUSE_RELEASE, 0, "8zz", vmm_of(g)->file_id);
}

static void opens(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    assert_int_equal(look_up(g, VWR_FUSE_ROOT, "image"), 0);
    m->node_id = files_get(g, ANSWER, 8);
    assert_int_equal(open_as(g, VWR_FUSE_OPEN, m->node_id, VWR_P9_O_RDWR), 0);
    m->file_id = files_get(g, ANSWER, 8);
}

static int find_new(struct guest *g)
{
    return look_up(g, VWR_FUSE_ROOT, "new");
}

static void open_all(struct guest *g)
{
    while (vmm_of(g)->v.nodes_used < NODES - 1)
        assert_int_equal(open_as(g, VWR_FUSE_OPEN, vmm_of(g)->node_id, VWR_P9_O_RDONLY), 0);
}

/* Other queues have no session while it ends. */
static void has_no_session(struct guest *g)
{
    assert_false(vmm_of(g)->v.session);
}

static struct vwr_vdev *init(struct guest *g, struct vwr_vdev_setup *s)
{
    struct vmm *const m = vmm_of(g);
    struct vwr_vfs_options o = {.files = &m->f.tree.files,
                                .tag = "t",
                                .node = m->node,
                                .node_count = NODES,
                                .message = m->message,
                                .message_count = REQUESTS,
                                .call = m->call,
                                .call_count = REQUESTS,
                                .seg = m->seg,
                                .seg_count = VWR_VFS_SEGS(REQUESTS)};

    if (!s->legacy) {
        o.window = (struct vwr_vfs_window){m->window, sizeof(m->window), UNIT};
        m->region = (struct vwr_vdev_shm){UINT64_C(0x4000000000), sizeof(m->window)};
        s->shm = &m->region;
        s->shm_count = 1;
    }
    assert_int_equal(vwr_vfs_init_with(&m->v, s, &o), VWR_OK);
    m->f.used = &m->v.nodes_used;
    m->f.refused = &m->v.stats.refused;
    return vwr_vfs_dev(&m->v);
}

static const struct files_protocol protocol = {.bytes = sizeof(struct vmm),
                                               .queue = REQUEST,
                                               .queues = VWR_VFS_QUEUES,
                                               .header = VWR_FUSE_HEADER,
                                               .request = READ,
                                               .fields = ANSWER,
                                               .answer = ANSWER,
                                               .made = ANSWER + VWR_FUSE_ENTRY,
                                               .cut = 35,
                                               .full = NODES,
                                               .often = 100,
                                               .map = map_file,
                                               .unmap = unmap_file,
                                               .init = init,
                                               .answered = error_of,
                                               .hello = hello,
                                               .opens = opens,
                                               .find_new = find_new,
                                               .open_all = open_all,
                                               .meanwhile = has_no_session,
                                               .begin_read = begin_read,
                                               .begin_write = begin_write,
                                               .begin_mkdir = begin_mkdir,
                                               .begin_getattr = begin_getattr,
                                               .begin_end = begin_end,
                                               .begin_close = begin_close};

static void works(struct guest *g)
{
    files_work(g);
    for (unsigned i = 0; i < UNITS; i++)
        assert_int_equal(vmm_of(g)->mapped[i], 0);
}

/* ---- lengths ---- */

/* A name that is too long, or not terminated by a NUL; names that lead out of the tree. */
static void g30_names(struct guest *g, long long at)
{
    static const char *const bad[] = {"", ".", "..", "../x", "/", "a/b"};
    char name[1000];

    memset(name, 'n', sizeof(name));
    begin(g, VWR_FUSE_LOOKUP, VWR_FUSE_ROOT);
    files_put_bytes(g, name, (uint32_t)at);
    assert_int_equal(files_send(g), at > (long long)VWR_FUSE_NAME ? VWR_P9_ENAMETOOLONG : VWR_P9_EPROTO);
    for (unsigned i = 0; i < 6; i++) {
        assert_int_equal(look_up(g, VWR_FUSE_ROOT, bad[i]), VWR_P9_EINVAL);
        assert_int_equal(
            ASK(g, VWR_FUSE_RENAME, VWR_FUSE_ROOT, "8ss", VWR_FUSE_ROOT, TEXT("image"), TEXT(bad[i])),
            VWR_P9_EINVAL);
    }
    assert_int_equal(ASK(g, VWR_FUSE_SYMLINK, VWR_FUSE_ROOT, "s", TEXT("link")), VWR_P9_EPROTO);
    assert_int_equal(files_of(g)->tree.files_free, FILES - 5);
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
    assert_true(files_get(g, ANSWER, 8) != m->node_id); /* a number is not used again */
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
    fh = files_get(g, ANSWER, 8);
    begin_io(g, VWR_FUSE_READ, fh, 0, 10);
    assert_int_equal(files_send(g), VWR_P9_EBADF);
    begin_io(g, VWR_FUSE_READDIR, fh, 0, 1000);
    assert_int_equal(files_send(g), VWR_P9_ENOTDIR);
    assert_int_equal(open_as(g, VWR_FUSE_OPENDIR, VWR_FUSE_ROOT, VWR_P9_O_RDWR), 0);
    fh = files_get(g, ANSWER, 8);
    begin_io(g, VWR_FUSE_WRITE, fh, 0, 0);
    assert_int_equal(files_send(g), VWR_P9_EISDIR);
    begin_io(g, VWR_FUSE_READDIR, fh, 0, 20);
    assert_int_equal(files_send(g), VWR_P9_EINVAL);
    begin_io(g, VWR_FUSE_READDIR, fh, UINT64_MAX, 1000);
    assert_int_equal(files_send(g), 0);
    begin_read(g, INT64_MAX, 1);
    assert_int_equal(files_send(g), VWR_P9_EINVAL);
    assert_int_equal(create(g, "image", VWR_P9_O_RDWR | VWR_P9_O_CREAT | VWR_P9_O_EXCL), VWR_P9_EEXIST);
    assert_int_equal(create(g, "image", VWR_P9_O_RDWR | VWR_P9_O_CREAT), 0);
    fh = files_get(g, ANSWER + 8 * 16, 8);
    begin_io(g, VWR_FUSE_READ, fh, 0, 10);
    assert_int_equal(files_send(g), 0);
    assert_memory_equal(guest_at(g, IN + ANSWER, 10), m->f.image, 10); /* it was not cut off */
    assert_int_equal(create(g, "image", VWR_P9_O_RDWR | VWR_P9_O_CREAT | VWR_P9_O_TRUNC), 0);
    begin_io(g, VWR_FUSE_READ, fh, 0, 10);
    assert_int_equal(files_send(g), 0);
    assert_int_equal(m->f.answer, ANSWER);
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
                PUT(g, "1", fill % 2 != 0 ? 0xff : 0);
            if (fill < 2)
                assert_in_range(files_send(g) + 1, 0, 200);
            else
                assert_true(send_urgent(g, ROOM) <= ANSWER);
        }
        if (!m->v.session || m->v.nodes_used != 2)
            files_begin_session(g);
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
    node = files_get(g, ANSWER, 8);
    assert_int_equal(m->v.nodes_used, 3);
    for (unsigned i = 3; i < 20; i++) {
        if (i >= NODES - 2) /* the last one is for an open file */
            assert_int_equal(look_up(g, node, "b"), VWR_P9_ENFILE);
        assert_int_equal(open_as(g, VWR_FUSE_OPEN, m->node_id, 0), i < NODES - 1 ? 0 : VWR_P9_ENFILE);
    }
    assert_int_equal(look_up(g, node, "b"), VWR_P9_ENFILE);
    assert_int_equal(ASK(g, VWR_FUSE_MKDIR, VWR_FUSE_ROOT, "zs", TEXT("new")), VWR_P9_ENFILE);
    forget(g, node, 49);
    assert_int_equal(getattr(g, node, 0, 0), 0);
    forget(g, node, 1);
    assert_int_equal(getattr(g, node, 0, 0), VWR_P9_ESTALE);
    assert_int_equal(look_up(g, VWR_FUSE_ROOT, "new"), VWR_P9_ENOENT);
}

/* ---- requests in several steps ---- */

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

    BEGIN(g, VWR_FUSE_BATCH_FORGET, 0, "44", (uint32_t)at, 0);
    for (unsigned i = 0; i < 400; i++) {
        PUT(g, "88", i == 399 ? m->node_id : i + 100, 1);
    }
    files_set_size(g, m->f.bytes);
    files_lend(g, HIPRIO, m->f.bytes, 0);
    for (; g->again != 0; times++) {
        g->again = 0;
        vwr_vdev_serve(g->dev, HIPRIO);
    }
    assert_true(guest_used(g, HIPRIO, &id, &bytes));
    assert_int_equal(bytes, 0);
    assert_in_range(times, at > 100 ? 3 : 0, 50);
    assert_int_equal(getattr(g, m->node_id, 0, 0), at >= 400 ? VWR_P9_ESTALE : 0);
}

/* A guest of the other byte order. */
static void g24_order(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    m->f.big = true;
    files_begin_session(g);
    begin_read(g, 100, 50);
    assert_int_equal(files_send(g), 0);
    assert_memory_equal(guest_at(g, IN + ANSWER, 50), m->f.image + 100, 50);
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
                         i == 36 + (vwr_guest_is_big(g->legacy) ? 3 : 0));
}

/* Messages before a session, after one, and after an INIT of another version. */
static void g43_no_session(struct guest *g, long long at)
{
    (void)at;
    assert_int_equal(hello_as(g, VWR_FUSE_MAJOR + 1, 0), 0);
    assert_int_equal(files_get(g, ANSWER, 4), VWR_FUSE_MAJOR);
    assert_int_equal(vmm_of(g)->v.nodes_used, 0);
    assert_int_equal(getattr(g, VWR_FUSE_ROOT, 0, 0), VWR_P9_EPROTO);
    forget(g, VWR_FUSE_ROOT, 1);
    assert_int_equal(hello_as(g, VWR_FUSE_MAJOR, VWR_FUSE_MINOR - 1), VWR_P9_EPROTO);
    assert_int_equal(hello_as(g, VWR_FUSE_MAJOR - 1, VWR_FUSE_MINOR), VWR_P9_EPROTO);
    files_begin_session(g);
    begin(g, VWR_FUSE_DESTROY, 0);
    assert_int_equal(files_send(g), 0);
    assert_int_equal(getattr(g, VWR_FUSE_ROOT, 0, 0), VWR_P9_EPROTO);
    assert_int_equal(vmm_of(g)->v.nodes_used, 0);
}

/* INTERRUPT of a request that the file system takes back or not, of a nonexistent one, and of itself. */
static void g46_interrupt(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    files_start_late(g);
    BEGIN(g, VWR_FUSE_LOOKUP, VWR_FUSE_ROOT, "s", TEXT("image")); /* its handle has no node yet */
    files_send_later(g);
    m->f.gives_up = at != 0;
    for (uint64_t unique = UNIQUE - 1; unique != UNIQUE + 1; unique++) {
        BEGIN(g, VWR_FUSE_INTERRUPT, 0, "8", unique);
        assert_int_equal(send_urgent(g, 0), 0);
    }
    if (at == 0) {
        hostile_unused(g, REQUEST);
        files_answer_now(g, 0, m->f.real->getattr);
    }
    assert_int_equal(files_answered(g, ROOM), at != 0 ? VWR_P9_EINTR : 0);
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

    files_start_late(g);
    files_begin_session(g);
    for (unsigned i = 0; i < asked; i++) {
        begin_getattr(g);
        files_send_later(g);
    }
    if (by == 1) {
        begin_read(g, 0, 15000);
        files_lend(g, REQUEST, m->f.bytes, ROOM); /* in parts */
        assert_true(g->again != 0);
    }
    BEGIN(g, VWR_FUSE_FORGET, m->node_id, "8", 1);
    files_set_size(g, m->f.bytes);
    files_lend(g, HIPRIO, m->f.bytes, 0);
    hostile_unused(g, HIPRIO);
    g->again_of = 0;
    if (by == 0)
        files_answer_now(g, 0, m->f.real->getattr);
    else if (by == 1)
        files_serve(g, REQUEST);
    else
        files_reset_queue(g);
    if (by != 0) {
        assert_true((g->again_of >> HIPRIO & 1) != 0);
        files_serve(g, HIPRIO);
        vwr_vdev_serve(g->dev, HIPRIO);
    }
    assert_true(guest_used(g, HIPRIO, &id, &bytes));
    assert_int_equal(bytes, 0);
}

/* ---- the DAX window ---- */

static void begin_map(struct guest *g, uint64_t fh, uint64_t offset, uint64_t bytes, uint64_t flags,
                      uint64_t place)
{
    BEGIN(g, VWR_FUSE_SETUPMAPPING, vmm_of(g)->node_id, "88888", fh, offset, bytes, flags, place);
}

static int map(struct guest *g, uint64_t fh, uint64_t offset, uint64_t bytes, uint64_t flags, uint64_t place)
{
    begin_map(g, fh, offset, bytes, flags, place);
    return files_send(g);
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
    files_put_at(g, 16, 8, VWR_FUSE_ROOT); /* a folder */
    assert_int_equal(files_send(g), at != 0 ? 0 : VWR_P9_EISDIR);
    m->mapped[0] = 0;
    begin_map(g, fh, 0, 1, 2, 0);
    files_put_at(g, 16, 8, m->node_id + 1);
    assert_int_equal(files_send(g), VWR_P9_ESTALE);
    begin_map(g, fh, 0, 1, 2, 0);
    files_set_size(g, m->f.bytes - 1);
    assert_int_equal(files_send_all(g, m->f.bytes, ROOM), VWR_P9_EPROTO);
    PUT(g, "4", 0);
    assert_int_equal(files_send(g), VWR_P9_EPROTO);
    for (unsigned i = 0; i < UNITS; i++)
        assert_int_equal(m->mapped[i], 0);
    assert_int_equal(map(g, fh, UNIT, UNIT + 1, 3, UNIT), 0);
    assert_int_equal(map(g, fh, 0, 1, 2, 2 * UNIT), 0); /* over a part of it */
    assert_int_equal(m->mapped[0], 0);
    assert_int_equal(m->mapped[1], VWR_P9_O_RDWR + 1);
    assert_int_equal(m->mapped[2], VWR_P9_O_RDONLY + 1);
    assert_int_equal(m->mapped[3], 0);
    assert_int_equal(open_as(g, VWR_FUSE_OPEN, m->node_id, VWR_P9_O_WRONLY), 0);
    assert_int_equal(map(g, files_get(g, ANSWER, 8), 0, 1, 1, 0), VWR_P9_EACCES);
    assert_int_equal(hello(g), 0); /* which ends the session */
    assert_int_equal(files_get(g, ANSWER + 12, 4) & VWR_FUSE_MAP_ALIGNMENT, VWR_FUSE_MAP_ALIGNMENT);
    assert_int_equal(files_get(g, ANSWER + 30, 2), 13);
    assert_int_equal(m->mapped[1], 0);
    assert_int_equal(m->unmaps, 1);
}

static void put_range(struct guest *g, uint64_t place, uint64_t bytes)
{
    PUT(g, "88", place, bytes);
}

/* Lists of ranges: of another length than the message says, longer than a budget, with a wrong one among
 * them. */
static void g51_unmap(struct guest *g, long long at)
{
    const unsigned many = 60;
    struct vmm *const m = vmm_of(g);

    if (g->legacy) {
        assert_int_equal(ASK(g, VWR_FUSE_REMOVEMAPPING, 0, "4", 0), VWR_P9_ENOSYS);
        return;
    }
    assert_int_equal(map(g, VWR_FUSE_NO_FILE, 0, UNITS * UNIT, 2, 0), 0);
    BEGIN(g, VWR_FUSE_REMOVEMAPPING, 0, "4", (uint32_t)at);
    put_range(g, 0, UNIT);
    assert_int_equal(files_send(g), VWR_P9_EPROTO);
    assert_int_equal(m->unmaps, 0);
    BEGIN(g, VWR_FUSE_REMOVEMAPPING, 0, "4", 4);
    put_range(g, 0, UNIT);
    put_range(g, UNIT, 1);
    put_range(g, 3 * UNIT, UNIT + 1);
    put_range(g, 2 * UNIT, UNIT);
    assert_int_equal(files_send(g), VWR_P9_EINVAL);
    assert_int_equal(m->mapped[0] + m->mapped[1], 0);
    assert_true(m->mapped[2] != 0 && m->mapped[3] != 0);
    BEGIN(g, VWR_FUSE_REMOVEMAPPING, 0, "4", many);
    for (unsigned i = 0; i < many; i++)
        put_range(g, 2 * UNIT, UNIT);
    assert_int_equal(files_send(g), 0);
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
    BEGIN(g, VWR_FUSE_CREATE, VWR_FUSE_ROOT, "44zs", VWR_P9_O_RDWR, 0644, TEXT("new"));
}

static void begin_open(struct guest *g)
{
    BEGIN(g, VWR_FUSE_OPEN, vmm_of(g)->node_id, "z", 0);
}

static void begin_setattr(struct guest *g, uint64_t node, uint32_t valid, uint64_t fh, uint64_t bytes)
{
    BEGIN(g, VWR_FUSE_SETATTR, node, "888", files_of(g)->big ? (uint64_t)valid << 32 : valid, fh, bytes);
    for (unsigned i = 0; i < 8; i++)
        PUT(g, "z", 0);
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
    BEGIN(g, VWR_FUSE_LINK, VWR_FUSE_ROOT, "8s", vmm_of(g)->node_id, TEXT("second"));
}

static void begin_lookup(struct guest *g)
{
    BEGIN(g, VWR_FUSE_LOOKUP, VWR_FUSE_ROOT, "s", TEXT("a"));
}

static void begin_list(struct guest *g)
{
    assert_int_equal(open_as(g, VWR_FUSE_OPENDIR, VWR_FUSE_ROOT, 0), 0);
    begin_io(g, VWR_FUSE_READDIR, files_get(g, ANSWER, 8), 0, 1000);
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
        files_op **const op = (void *)((uint8_t *)&m->f.ops + rows[i].op);
        files_op *const real = *op;
        uint32_t used;

        rows[i].begin(g);
        used = m->v.nodes_used;
        *op = at != 0 ? NULL : refuses;
        assert_int_equal(files_send(g), at != 0 ? VWR_P9_EOPNOTSUPP : VWR_P9_EIO);
        *op = real;
        assert_int_equal(m->v.nodes_used, used);
    }
    m->f.ops.attach = refuses;
    assert_int_equal(hello(g), VWR_P9_EIO);
    assert_int_equal(getattr(g, VWR_FUSE_ROOT, 0, 0), VWR_P9_EPROTO);
    m->f.ops.attach = m->f.real->attach;
    files_begin_session(g);
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
    m->f.ops.setattr = keep_setattr;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        m->set = UINT32_MAX;
        begin_setattr(g, m->node_id, rows[i].valid, 0, 0);
        assert_int_equal(files_send(g), 0);
        assert_int_equal(m->set, rows[i].set);
    }
    m->set = 77;
    begin_setattr(g, VWR_FUSE_ROOT, VWR_FUSE_SET_SIZE, 0, 5);
    assert_int_equal(files_send(g), VWR_P9_EISDIR);
    begin_setattr(g, m->node_id, VWR_FUSE_SET_SIZE, 0, large);
    assert_int_equal(files_send(g), VWR_P9_EINVAL);
    begin_setattr(g, m->node_id, VWR_FUSE_SET_SIZE | VWR_FUSE_SET_FH, m->node_id, 5);
    assert_int_equal(files_send(g), VWR_P9_EBADF);
    assert_int_equal(m->set, 77);
    begin_setattr(g, VWR_FUSE_ROOT, VWR_FUSE_SET_SIZE | VWR_FUSE_SET_FH, m->file_id, large - 1);
    assert_int_equal(files_send(g), 0); /* the size of the open file */
    assert_int_equal(m->set, VWR_P9_SET_SIZE);
    m->error = VWR_P9_EACCES;
    begin_setattr(g, m->node_id, VWR_FUSE_SET_MODE, 0, 0);
    assert_int_equal(files_send(g), VWR_P9_EACCES);
}

static int make_symlink(struct guest *g, uint32_t bytes)
{
    BEGIN(g, VWR_FUSE_SYMLINK, VWR_FUSE_ROOT, "s", TEXT("link"));
    for (uint32_t i = 0; i < bytes; i++)
        PUT(g, "1", i + 1 == bytes ? 0 : 'a');
    return files_send(g);
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
    link = files_get(g, ANSWER, 8);
    assert_int_equal(open_as(g, VWR_FUSE_OPEN, link, 0), VWR_P9_ELOOP);
    begin_map(g, VWR_FUSE_NO_FILE, 0, 1, 2, 0);
    files_put_at(g, 16, 8, link);
    assert_int_equal(files_send(g), g->legacy ? VWR_P9_ENOSYS : VWR_P9_ELOOP);
    for (unsigned flags = 0; flags < 2; flags++) {
        assert_int_equal(ASK(g, VWR_FUSE_RENAME2, VWR_FUSE_ROOT, "844ss", VWR_FUSE_ROOT, 1 - flags, 0,
                             TEXT("link"), TEXT("other")),
                         flags == 0 ? VWR_P9_EINVAL : 0);
    }
    assert_int_equal(
        ASK(g, VWR_FUSE_RENAME, VWR_FUSE_ROOT, "8ss", VWR_FUSE_ROOT, TEXT("other"), TEXT("link")), 0);
    assert_int_equal(look_up(g, VWR_FUSE_ROOT, "link"), 0);
    begin_link(g);
    assert_int_equal(files_send(g), 0);
    assert_int_equal(files_get(g, ANSWER, 8), vmm_of(g)->node_id);
}

static int keep_clone(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vmm *const m = vmm_of_files(f);

    return m->f.later ? files_keep(&m->f, c) : m->f.real->clone(f, c);
}

/* While the file system opens or creates a file, other requests take the last nodes. */
static void g51_last_nodes(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const uint32_t room = at == 0 ? 1 : 2;
    const uint32_t nodes = NODES - 2;

    m->v.nodes = NODES - 1; /* too few for a reserve */
    assert_int_equal(hello(g), 0);
    files_begin_session(g);
    m->f.ops.clone = keep_clone;
    while (m->v.nodes_used + room < nodes)
        assert_int_equal(open_as(g, VWR_FUSE_OPEN, m->node_id, 0), 0);
    if (at != 0) {
        assert_int_equal(open_as(g, VWR_FUSE_OPEN, m->node_id, 0), 0);
        begin_create(g);
        assert_int_equal(files_send(g), VWR_P9_ENFILE); /* of one node */
        assert_int_equal(look_up(g, VWR_FUSE_ROOT, "new"), VWR_P9_ENOENT);
        assert_int_equal(hello(g), 0);
        files_begin_session(g);
        while (m->v.nodes_used + room < nodes)
            assert_int_equal(open_as(g, VWR_FUSE_OPEN, m->node_id, 0), 0);
    }
    if (at == 0)
        begin_open(g);
    else
        begin_create(g);
    files_send_later(g);
    for (long long i = 0; i < (at == 2 ? 2 : 1); i++)
        assert_int_equal(look_up(g, i == 0 ? VWR_FUSE_ROOT : files_get(g, ANSWER, 8), i == 0 ? "a" : "b"), 0);
    files_answer_now(g, 0, m->f.real->clone);
    assert_int_equal(files_answered(g, ROOM), VWR_P9_ENFILE);
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

    m->f.ops.getattr = files_keep_getattr;
    assert_int_equal(release(g, m->file_id), 0);
    for (unsigned i = 0; i < users; i++) {
        BEGIN(g, VWR_FUSE_GETATTR, m->node_id, "zz", 0);
        files_send_later(g);
    }
    forget(g, m->node_id, UINT64_MAX);
    assert_int_equal(m->v.nodes_used, 1);
    if (at == 0)
        assert_int_equal(getattr(g, m->node_id, 0, 0), VWR_P9_ESTALE);
    for (unsigned i = 0; i < users; i++) {
        assert_int_equal(m->v.nodes_used, 1);
        files_answer_now(g, i, m->f.real->getattr);
        assert_int_equal(files_answered(g, ROOM), 0);
    }
    assert_int_equal(m->v.nodes_used, 0);
    assert_int_equal(look_up(g, VWR_FUSE_ROOT, "image"), 0);
    node->generation = UINT32_MAX;
    number = (uint64_t)UINT32_MAX << 32 | (uint32_t)files_get(g, ANSWER, 8);
    forget(g, number, 1);
    assert_int_equal(look_up(g, VWR_FUSE_ROOT, "image"), 0);
    assert_int_equal(files_get(g, ANSWER, 8) >> 32, 0);
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
    assert_int_equal(files_send(g), VWR_P9_ESTALE);
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

    m->f.ops.getattr = files_keep_getattr;
    m->f.ops.cancel = at != 0 ? never : NULL;
    BEGIN(g, VWR_FUSE_GETATTR, m->node_id, "zz", 0);
    files_send_later(g);
    BEGIN(g, VWR_FUSE_INTERRUPT, 0, "8", UNIQUE);
    assert_int_equal(send_urgent(g, 0), 0);
    hostile_unused(g, REQUEST);
    assert_true(guest_start(g));
    vwr_vfiles_answer(m->f.kept[0], m->f.ticket[0], 0);
    hostile_unused(g, REQUEST);
    files_begin_session(g);
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
    m->f.ops.read = count_segments;
    begin_read(g, 0, 100);
    assert_int_equal(m->f.bytes, 80);
    log_again();
    hostile_send(g, REQUEST, segment, 3);
    files_serve(g, REQUEST);
    assert_int_equal(files_answered(g, ANSWER + 100), 0);
    assert_true(all_segments >= 2 && first_segment == 1);
    m->f.ops.readdir = list_long_name;
    begin_list(g);
    assert_int_equal(files_send(g), VWR_P9_EINVAL);
}

static const struct hostile_case cases[] = {
    {"G30_mappings", "fs.dev.dax.4; fs.dev.dax.5; header vwr/vfs.h", g30_map, HOSTILE_ALL, 2, {0, 1}},
    {"G51_lists_of_mappings", "header vwr/vfs.h", g51_unmap, HOSTILE_ALL, 3, {0, 2, 0xffffffff}},
    {"G46_free_message_for_another_queue", "header vwr/vservice.h", g46_starved, HOSTILE_V2, 3, {0, 1, 2}},
    {"G46_interrupt", "header vwr/vfs.h", g46_interrupt, HOSTILE_ALL, 2, {0, 1}},
    {"G30_names_that_lead_out", "header vwr/vfs.h", g30_names, HOSTILE_ALL, 4, {0, 255, 256, 1000}},
    {"G30_numbers_of_no_node", "header vwr/vfs.h", g30_numbers, HOSTILE_ALL, 0, {0}},
    {"G30_files_of_another_kind", "header vwr/vfs.h", g30_opened, HOSTILE_ALL, 0, {0}},
    {"G26_types_of_messages",
     "fs.drv.hiprio.2; header vwr/vfs.h",
     g26_types,
     HOSTILE_ALL,
     4,
     {0, 8, 40, 100}},
    {"G51_nodes_without_end", "header vwr/vfs.h", g51_nodes, HOSTILE_ALL, 0, {0}},
    {"G50_forget_in_parts", "header vwr/vfs.h", g50_forget, HOSTILE_ALL, 4, {0, 399, 400, 0xffffffff}},
    {"G24_byte_order_of_the_guest",
     "section File System Device / Device Operation / Device Operation: Request Queues",
     g24_order,
     HOSTILE_ALL,
     0,
     {0}},
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
    return files_run("fs", &protocol, works, cases, sizeof(cases) / sizeof(cases[0]));
}
