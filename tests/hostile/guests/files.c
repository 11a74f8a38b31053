/* SPDX-License-Identifier: MIT */
#include "files.h"

#include "vwr/vm.h"

#include <stdlib.h>
#include <string.h>

#define PARTS_EACH 4u /* files that a small budget suffices for */
#define CASES_MOST 40u

/* ---- messages ---- */

void files_put_bytes(struct guest *g, const void *bytes, uint32_t n)
{
    struct files *const m = files_of(g);

    memcpy(guest_at(g, OUT + m->bytes, n), bytes, n);
    m->bytes += n;
}

void files_put_at(struct guest *g, uint32_t at, unsigned bytes, uint64_t number)
{
    for (unsigned i = 0; i < bytes; i++)
        *(uint8_t *)guest_at(g, OUT + at + (files_of(g)->big ? bytes - 1 - i : i), 1) =
            (uint8_t)(number >> i * 8);
}

static void put(struct guest *g, unsigned bytes, uint64_t number)
{
    files_put_at(g, files_of(g)->bytes, bytes, number);
    files_of(g)->bytes += bytes;
}

void files_put(struct guest *g, const char *form, const uint64_t *field)
{
    for (; *form != '\0'; form++) {
        if (*form == 's') {
            const char *const text = (const char *)(uintptr_t)*field++;
            const uint32_t n = (uint32_t)strlen(text);

            if (files_of(g)->p->counts)
                put(g, 2, n);
            files_put_bytes(g, text, files_of(g)->p->counts ? n : n + 1);
        } else if (*form == 'z') {
            put(g, 8, 0);
        } else {
            put(g, (unsigned)(*form - '0'), *field++);
        }
    }
}

void files_set_size(struct guest *g, uint32_t size)
{
    files_put_at(g, 0, 4, size);
}

void files_lend(struct guest *g, unsigned queue, uint32_t bytes, uint32_t room)
{
    const struct guest_desc segment[] = {{OUT, bytes, 0, 0}, {IN, room, WRITE, 0}};

    log_again();
    hostile_send(g, queue, segment, room != 0 ? 2 : 1);
}

void files_serve(struct guest *g, unsigned queue)
{
    while (g->again != 0) {
        g->again = 0;
        vwr_vdev_serve(g->dev, (uint16_t)queue);
    }
}

uint64_t files_get(struct guest *g, uint32_t at, unsigned bytes)
{
    const uint8_t *const from = guest_at(g, IN + at, bytes);
    uint64_t number = 0;

    for (unsigned i = 0; i < bytes; i++)
        number |= (uint64_t)from[files_of(g)->big ? bytes - 1 - i : i] << i * 8;
    return number;
}

int files_answered(struct guest *g, uint32_t room)
{
    struct files *const m = files_of(g);
    uint32_t id;

    assert_true(guest_used(g, m->p->queue, &id, &m->answer));
    assert_true(m->answer <= room);
    if (m->answer == 0)
        return -1;
    assert_true(m->answer >= m->p->fields);
    assert_int_equal(files_get(g, 0, 4), m->answer);
    return m->p->answered(g);
}

static void lend(struct guest *g, uint32_t room)
{
    files_lend(g, files_of(g)->p->queue, files_of(g)->bytes, room);
}

int files_send_all(struct guest *g, uint32_t bytes, uint32_t room)
{
    files_lend(g, files_of(g)->p->queue, bytes, room);
    files_serve(g, files_of(g)->p->queue);
    return files_answered(g, room);
}

int files_send(struct guest *g)
{
    files_set_size(g, files_of(g)->bytes);
    return files_send_all(g, files_of(g)->bytes, ROOM);
}

int files_keep(struct files *m, struct vwr_vfiles_call *c)
{
    m->ticket[m->keeps] = vwr_vfiles_ticket(c);
    m->kept[m->keeps++] = c;
    return VWR_LATER;
}

int files_keep_getattr(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct files *const m = files_of_tree(f);

    return m->later ? files_keep(m, c) : m->real->getattr(f, c);
}

void files_send_later(struct guest *g)
{
    struct files *const m = files_of(g);

    m->later = true;
    files_set_size(g, m->bytes);
    lend(g, ROOM);
    files_serve(g, m->p->queue);
    m->later = false;
    hostile_unused(g, m->p->queue);
}

void files_answer_now(struct guest *g, unsigned number,
                      int (*op)(struct vwr_vfiles *f, struct vwr_vfiles_call *c))
{
    struct files *const m = files_of(g);
    const int r = op(&m->tree.files, m->kept[number]);

    vwr_vfiles_answer(m->kept[number], m->ticket[number], r);
    files_serve(g, m->p->queue);
}

/* ---- the device ---- */

static void plant(struct files *m)
{
    const struct vwr_vfiles_memory_options o = {.file = m->file,
                                                .file_count = FILES,
                                                .entry = m->entry,
                                                .entry_count = FILES,
                                                .pool = m->pool,
                                                .pool_bytes = sizeof(m->pool)};

    for (unsigned i = 0; i < IMAGE_BYTES; i++)
        m->image[i] = (uint8_t)(i * 31 >> 3);
    assert_int_equal(vwr_vfiles_memory_init(&m->tree, &o), VWR_OK);
    assert_int_equal(vwr_vfiles_memory_add(&m->tree, "image", VWR_P9_S_REG | 0644, m->image, IMAGE_BYTES),
                     VWR_OK);
    assert_int_equal(vwr_vfiles_memory_add(&m->tree, "a/b/c", VWR_P9_S_REG | 0644, "c", 1), VWR_OK);
    m->real = m->tree.files.ops;
    m->ops = *m->real;
    m->ops.map = m->p->map;
    m->ops.unmap = m->p->unmap;
    m->tree.files.ops = &m->ops;
}

void files_begin_session(struct guest *g)
{
    struct files *const m = files_of(g);

    assert_int_equal(m->p->hello(g), 0);
    m->p->opens(g);
    m->opened = *m->used;
    assert_int_equal(m->opened, 2);
}

static const struct files_protocol *protocol;

static void plug(struct guest *g)
{
    const struct files_protocol *const p = protocol;
    struct files *const m = g->device = calloc(1, p->bytes);
    struct vwr_vdev_setup s;

    assert_non_null(m);
    m->p = p;
    plant(m);
    guest_setup(g, &s);
    s.budget_bytes = 8192;
    s.queue_count = (uint16_t)p->queues;
    guest_plug(g, 0, p->init(g, &s));
    g->queues = p->queues;
    g->budget = UINT64_MAX; /* the guest chooses the amount of data */
    assert_true(guest_start(g));
    files_begin_session(g);
}

void files_work(struct guest *g)
{
    struct files *const m = files_of(g);

    g->broke = 0;
    g->again = 0;
    m->big = false;
    assert_true(guest_start(g));
    assert_int_equal(*m->used, 0);
    plant(m); /* the guest may have filled it */
    files_begin_session(g);
    m->p->begin_read(g, 100, 5000);
    assert_int_equal(files_send(g), 0);
    assert_int_equal(m->answer, m->p->answer + 5000);
    assert_memory_equal(guest_at(g, IN + m->p->answer, 5000), m->image + 100, 5000);
    hostile_is_whole(g);
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

/* ---- lengths ---- */

static void begin_read(struct guest *g, uint64_t offset, uint32_t count)
{
    files_of(g)->p->begin_read(g, offset, count);
    files_set_size(g, files_of(g)->bytes);
    assert_int_equal(files_of(g)->bytes, files_of(g)->p->request);
}

/* A write request whose data is identical to the content of OUT. */
static void begin_write(struct guest *g, uint64_t offset, uint32_t count, uint32_t bytes)
{
    struct files *const m = files_of(g);

    m->p->begin_write(g, offset, count);
    guest_fill(g, OUT + m->bytes, bytes, 3);
    m->bytes += bytes;
    files_set_size(g, m->bytes);
}

/* The size of a message differs from the length of its buffer. */
static void g30_size(struct guest *g, long long at)
{
    struct files *const m = files_of(g);

    begin_read(g, 0, 100);
    files_set_size(g, at < 0 ? m->bytes + (uint32_t)-at : (uint32_t)at);
    assert_int_equal(files_send_all(g, m->bytes, ROOM), VWR_P9_EPROTO);
    assert_int_equal(*m->refused, 1);
}

/* The device ignores bytes beyond the size. A message shorter than a header gets no answer. */
static void g30_buffer(struct guest *g, long long at)
{
    struct files *const m = files_of(g);

    begin_read(g, 0, 100);
    assert_int_equal(files_send_all(g, m->bytes + (uint32_t)at, ROOM), 0);
    assert_int_equal(m->answer, m->p->answer + 100);
    for (uint32_t bytes = 1; bytes < m->p->header; bytes++)
        assert_int_equal(files_send_all(g, bytes, ROOM), -1);
    for (uint32_t bytes = m->p->header; bytes < m->bytes; bytes++)
        assert_int_equal(files_send_all(g, bytes, ROOM), VWR_P9_EPROTO);
}

/* The count of a write differs from the length of its data. */
static void g30_count(struct guest *g, long long at)
{
    struct files *const m = files_of(g);

    begin_write(g, 0, (uint32_t)(100 + at), 100);
    assert_int_equal(files_send_all(g, m->bytes, ROOM), VWR_P9_EPROTO);
    begin_read(g, 0, 100);
    assert_int_equal(files_send_all(g, m->bytes, ROOM), 0);
    assert_memory_equal(guest_at(g, IN + m->p->answer, 100), m->image, 100);
}

/* No space for the answer: an error, or none if that does not fit either. The request has no effect. */
static void g27_room(struct guest *g, long long at)
{
    struct files *const m = files_of(g);

    m->p->begin_mkdir(g);
    files_set_size(g, m->bytes);
    guest_fill(g, IN, ROOM, 9);
    assert_int_equal(files_send_all(g, m->bytes, (uint32_t)at),
                     at < (long long)m->p->answer ? -1 : VWR_P9_EMSGSIZE);
    if (at == 0)
        assert_true(guest_is_filled(g, IN, ROOM, 9));
    assert_int_equal(m->p->find_new(g), VWR_P9_ENOENT);
}

/* A read of more than the file contains, or than fits into the answer: the following bytes stay unchanged. */
static void g52_read(struct guest *g, long long at)
{
    struct files *const m = files_of(g);
    const uint32_t room = (uint32_t)at;
    uint8_t before[64];

    begin_read(g, IMAGE_BYTES - 1000, UINT32_MAX);
    guest_fill(g, IN, ROOM, 9);
    memcpy(before, guest_at(g, IN + room, sizeof(before)), sizeof(before));
    assert_int_equal(files_send_all(g, m->bytes, room), 0);
    assert_int_equal(m->answer, room < m->p->answer + 1000 ? room : m->p->answer + 1000);
    assert_memory_equal(guest_at(g, IN + room, sizeof(before)), before, sizeof(before));
    begin_read(g, INT64_MAX - room, UINT32_MAX); /* what fits ends before the last offset */
    assert_int_equal(files_send_all(g, m->bytes, room), 0);
    assert_int_equal(m->answer, m->p->answer);
}

/* ---- limits ---- */

/* An invalid message, many times. */
static void g51_malformed(struct guest *g, long long at)
{
    struct files *const m = files_of(g);

    begin_read(g, 0, 100);
    files_set_size(g, (uint32_t)at);
    for (unsigned i = 0; i < m->p->often; i++)
        assert_int_equal(files_send_all(g, m->bytes, ROOM), VWR_P9_EPROTO);
    assert_int_equal(vwr_vqueue_in_flight(&g->queue[m->p->queue]), 0);
    assert_int_equal(*m->used, m->opened);
}

/* The file system is full: the guest gets an error, and earlier data stays. */
static void g53_full(struct guest *g, long long at)
{
    struct files *const m = files_of(g);
    uint64_t offset = 0;
    int r;

    (void)at;
    do {
        begin_write(g, offset, 12000, 12000);
        r = files_send_all(g, m->bytes, ROOM);
        offset += r == 0 ? files_get(g, m->p->fields, 4) : 0;
    } while (r == 0);
    assert_int_equal(r, VWR_P9_ENOSPC);
    assert_int_equal(m->tree.blocks_free, 0);
    assert_true(offset > 100000);
}

/* ---- requests in several steps ---- */

/* A read of more than the budget: no step exceeds the budget, and the read completes. */
static void g50_parts(struct guest *g, long long at)
{
    struct files *const m = files_of(g);
    unsigned times = 0;

    (void)at;
    begin_read(g, 0, IMAGE_BYTES);
    lend(g, ROOM);
    for (; g->again != 0; times++) {
        hostile_unused(g, m->p->queue);
        g->again = 0;
        vwr_vdev_serve(g->dev, (uint16_t)m->p->queue);
    }
    assert_in_range(times, 2, 8);
    assert_int_equal(files_answered(g, ROOM), 0);
    assert_int_equal(m->answer, m->p->answer + IMAGE_BYTES);
    assert_memory_equal(guest_at(g, IN + m->p->answer, IMAGE_BYTES), m->image, IMAGE_BYTES);
}

/* Files that are released at the end of a session, with a budget for PARTS_EACH of them. */
static struct {
    const struct vwr_vdev *dev;
    uint32_t left;
    unsigned most;
    unsigned released;
} parts;

/* Counts what is released within one budget: the rest of the budget decreases meanwhile. */
static void count_release(struct vwr_vfiles *f, void *file)
{
    const uint32_t left = parts.dev->work;

    parts.most = parts.released != 0 && left < parts.left ? parts.most : 0;
    assert_true(++parts.most <= PARTS_EACH);
    parts.left = left;
    parts.released++;
    files_of_tree(f)->real->release(f, file);
}

static void count_releases(struct guest *g)
{
    memset(&parts, 0, sizeof(parts));
    parts.dev = g->dev;
    files_of(g)->ops.release = count_release;
    g->dev->budget_bytes = 2000;
    vwr_vdev_lock(g->dev); /* the budget begins */
    vwr_vdev_unlock(g->dev);
}

/*
 * A guest with as many open files as there are ends its session, starts another one, or resets the device: no
 * step exceeds the budget. A reset in the midst does the rest.
 */
static void g50_end(struct guest *g, long long at)
{
    struct files *const m = files_of(g);
    unsigned times = 0;

    m->p->open_all(g);
    count_releases(g);
    m->p->begin_end(g);
    files_set_size(g, m->bytes);
    if (at != 0)
        lend(g, ROOM);
    for (; at != 0 && g->again != 0 && times < at; times++) {
        hostile_unused(g, m->p->queue);
        if (m->p->meanwhile != NULL)
            m->p->meanwhile(g);
        g->again = 0;
        vwr_vdev_serve(g->dev, (uint16_t)m->p->queue);
    }
    if (g->again == 0 && at != 0) {
        assert_int_equal(files_answered(g, ROOM), 0);
        assert_in_range(times, m->p->full / PARTS_EACH, m->p->full);
    } else {
        guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    }
    assert_int_equal(*m->used, 0);
    assert_int_equal(parts.released, m->p->full);
    g->dev->budget_bytes = 8192;
}

/* The guest changes a message while it is processed in steps: the device must use the values that it read
 * first. */
static void g34_message_changes(struct guest *g, long long at)
{
    struct files *const m = files_of(g);

    (void)at;
    begin_write(g, 0, 20000, 20000);
    lend(g, ROOM);
    assert_true(g->again != 0);
    memset(guest_at(g, OUT, m->p->request), 0xff, m->p->request);
    files_serve(g, m->p->queue);
    assert_int_equal(files_answered(g, ROOM), 0);
    assert_int_equal(files_get(g, m->p->fields, 4), 20000);
    assert_int_equal(m->tree.blocks - m->tree.blocks_free, 6);
}

void files_reset_queue(struct guest *g)
{
    guest_write(g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), files_of(g)->p->queue);
    guest_write(g, VWR_MMIO_QUEUE_RESET, sizeof(uint32_t), 1);
}

/* A device or queue reset while a read is processed in steps: nothing is written afterwards. */
static void g46_reset_in_parts(struct guest *g, long long at)
{
    begin_read(g, 0, IMAGE_BYTES);
    lend(g, ROOM);
    assert_true(g->again != 0);
    if (at == 0) {
        guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
        assert_int_equal(*files_of(g)->used, 0);
    } else if (!g->legacy) {
        files_reset_queue(g);
    }
    if (at == 0 || !g->legacy) {
        guest_fill(g, IN, ROOM, 9);
        g->again = 0;
        vwr_vdev_serve(g->dev, (uint16_t)files_of(g)->p->queue);
        assert_true(guest_is_filled(g, IN, ROOM, 9));
    }
    g->again = 0;
}

/* A message whose fields straddle segments, in both directions. */
static void g24_bytes(struct guest *g, long long at)
{
    struct files *const m = files_of(g);
    struct guest_desc segment[8];
    uint32_t done = 0;

    (void)at;
    m->p->begin_close(g);
    files_set_size(g, m->bytes);
    for (unsigned i = 0; i < 5; i++) {
        const uint32_t out[] = {1, 2, 3, m->p->cut, m->bytes - 6 - m->p->cut};

        segment[i] = (struct guest_desc){OUT + done, out[i], 0, 0};
        done += out[i];
    }
    done = 0;
    for (unsigned i = 0; i < 3; i++) {
        const uint32_t in[] = {3, m->p->answer / 2 - 1, m->p->answer - m->p->answer / 2 - 2};

        segment[5 + i] = (struct guest_desc){IN + done, in[i], WRITE, 0};
        done += in[i];
    }
    assert_int_equal(done, m->p->answer);
    log_again();
    hostile_send(g, m->p->queue, segment, 8);
    files_serve(g, m->p->queue);
    assert_int_equal(files_answered(g, m->p->answer), 0);
    assert_int_equal(*m->used, 1);
}

static void g45_features(struct guest *g, long long at)
{
    (void)at;
    hostile_takes_too_much(g);
    files_begin_session(g);
}

/* ---- late answers, of a file system that breaks the promise of cancel ---- */

static bool late_cancel(struct vwr_vfiles *f, struct vwr_vfiles_call *c, bool must)
{
    (void)c;
    return must || files_of_tree(f)->gives_up;
}

void files_start_late(struct guest *g)
{
    struct files *const m = files_of(g);

    m->ops.getattr = files_keep_getattr;
    m->ops.cancel = late_cancel;
    assert_true(guest_start(g));
    assert_int_equal(m->p->hello(g), 0);
}

static void late_ask(struct guest *g)
{
    files_of(g)->p->begin_getattr(g);
    files_send_later(g);
}

static void late_answer(struct guest *g, unsigned number)
{
    vwr_vfiles_answer(files_of(g)->kept[number], files_of(g)->ticket[number], 0);
}

static void late_comes_back(struct guest *g)
{
    assert_int_equal(files_answered(g, ROOM), 0);
}

static void g46_late(struct guest *g, long long when)
{
    const struct late late = {
        files_start_late, late_ask, late_answer, late_comes_back, (uint16_t)files_of(g)->p->queue, NULL};

    late_run(g, &late, (enum late_when)when);
}

/* The first rows get their values from the protocol. */
static const struct hostile_case shared[] = {
    {"G30_size_of_a_message", "header vwr/v9p.h; header vwr/vfs.h", g30_size, HOSTILE_ALL, 7, {0}},
    {"G27_answer_without_room", "header vwr/v9p.h; header vwr/vfs.h", g27_room, HOSTILE_ALL, 5, {0}},
    {"G52_read_beyond_the_end", "split.dev.used.2", g52_read, HOSTILE_ALL, 4, {0}},
    {"G50_session_ends_in_parts", "header vwr/vdev.h", g50_end, HOSTILE_ALL, 4, {0}},
    LATE_CASES(g46_late, HOSTILE_ALL),
    {"G30_buffer_of_a_message",
     "header vwr/v9p.h; header vwr/vfs.h",
     g30_buffer,
     HOSTILE_ALL,
     3,
     {0, 1, 500}},
    {"G30_count_of_a_write",
     "header vwr/v9p.h; header vwr/vfs.h",
     g30_count,
     HOSTILE_ALL,
     4,
     {-1, 1, -100, 0x7fffffff}},
    {"G51_malformed_message", "header vwr/v9p.h; header vwr/vfs.h", g51_malformed, HOSTILE_ALL, 2, {0, 1000}},
    {"G53_full_tree", "header vwr/vfiles_memory.h", g53_full, HOSTILE_ALL, 0, {0}},
    {"G50_read_in_parts", "header vwr/vdev.h", g50_parts, HOSTILE_ALL, 0, {0}},
    {"G34_message_changes", "header vwr/v9p.h; header vwr/vfs.h", g34_message_changes, HOSTILE_ALL, 0, {0}},
    {"G46_reset_in_parts", "reset.dev.2", g46_reset_in_parts, HOSTILE_ALL, 2, {0, 1}},
    {"G24_message_across_segments",
     "section Basic Facilities of a Virtio Device / Message Framing",
     g24_bytes,
     HOSTILE_ALL,
     0,
     {0}},
    {"G45_features_not_offered", "feat.drv.1", g45_features, HOSTILE_ALL, 0, {0}},
};

int files_run(const char *name, const struct files_protocol *p, void (*works)(struct guest *g),
              const struct hostile_case *cases, unsigned count)
{
    const struct hostile_device device = {plug, works, unplug};
    const long long at[][HOSTILE_VALUES] = {
        {0, p->header - 1, p->header, p->request - 1, -1, -1000, 0xffffffff},
        {0, 1, p->answer - 1, p->answer, p->made - 1},
        {p->answer, p->answer + 1, p->answer + 999, 2000},
        {0, 1, 2, p->full}};
    struct hostile_case all[CASES_MOST];
    const unsigned own = sizeof(shared) / sizeof(shared[0]);

    protocol = p;
    assert_true(own + count <= CASES_MOST);
    memcpy(all, shared, sizeof(shared));
    memcpy(all + own, cases, count * sizeof(*cases));
    for (unsigned i = 0; i < sizeof(at) / sizeof(at[0]); i++)
        memcpy(all[i].at, at[i], sizeof(at[i]));
    return hostile_run(name, &device, all, own + count);
}
