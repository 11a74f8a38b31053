/* SPDX-License-Identifier: MIT */
#include "hostile.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"
#include "vwr/vblk_memory.h"
#include "vwr/vconsole.h"
#include "vwr/ventropy.h"
#include "vwr/vm.h"

#include <stdlib.h>
#include <string.h>

/*
 * Guests that request as much as a ring allows. The device releases its lock after a fixed number of bytes
 * and segments, completes everything in the end, and keeps the order. The tests use no clock: they count what
 * the VMM receives each time the lock is held.
 *
 * entropy.dev.1, entropy.dev.2: one or more random bytes. Answers of a disk: as in disk_*.c.
 */

#define SIZE 16u
#define SEGS (SIZE + 1u) /* GUEST_LOW and GUEST_HIGH adjoin in guest addresses */
#define DATA GUEST_HUGE
#define TABLE GUEST_DATA
#define WRITE ((unsigned)VWR_VIRTQ_DESC_F_WRITE)
#define INDIRECT ((unsigned)VWR_VIRTQ_DESC_F_INDIRECT)
#define MIB UINT32_C(0x100000)
#define BUDGET VWR_VDEV_BUDGET_BYTES
#define ALWAYS 4096u /* amount processed even if the remaining budget is smaller; vdev.h */
#define REQS 8u
#define OUTPUT VWR_CONSOLE_QUEUE_TRANSMITQ
#define INPUT VWR_CONSOLE_QUEUE_RECEIVEQ
#define DISK_BYTES (6u * MIB)

/*
 * The meaning of `at` in a case: who continues deferred work, and how the guest makes its segments available.
 */
enum { AGAIN, KICKED, NEITHER, NO_LOCK, GOES_ON };
#define WHO(at) ((unsigned)(at) % GOES_ON)
#define IN_TABLE(at) ((at) >= GOES_ON)
#define EACH_WAY               \
    8,                         \
    {                          \
        0, 1, 2, 3, 4, 5, 6, 7 \
    }

struct vmm {
    struct guest *g;
    struct vwr_vconsole console;
    struct vwr_vconsole_port port;
    struct vwr_ventropy entropy;
    struct vwr_vblk blk;
    struct vwr_vblk_memory memory;
    struct vwr_vblk_backend_ops counted;
    const struct vwr_vblk_backend_ops *inner;
    struct vwr_vblk_req req[REQS];
    struct vwr_vseg seg[REQS * SEGS];
    uint8_t *disk;
    struct vwr_vblk_req *out; /* the request to be completed later */
    uint64_t ticket;
    bool later;
    bool locked;
    uint32_t pending; /* queues for which `again` or kicked was called */
    uint64_t bytes;   /* since the lock was taken, */
    unsigned calls;
    uint64_t most_bytes; /* and the maximum */
    unsigned most_calls;
    unsigned holds;
    uint64_t total;
    const uint8_t *next; /* the next data that the class must pass */
    unsigned full;       /* number of the next submits that find the backend full */
    unsigned fails;      /* number of the next submits that fail */
    unsigned submits;
    uint32_t budget_bytes;
    uint16_t budget;
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

static struct vmm *vmm_in(struct vwr_vm *vm)
{
    return ((struct guest *)vm->context)->device;
}

static void forget_hold(struct vmm *m)
{
    m->bytes = 0;
    m->calls = 0;
}

static void on_lock(struct vwr_vm *vm, struct vwr_vdev *v)
{
    struct vmm *const m = vmm_in(vm);

    (void)v;
    assert_false(m->locked);
    m->locked = true;
    m->holds++;
    forget_hold(m);
}

static void on_unlock(struct vwr_vm *vm, struct vwr_vdev *v)
{
    struct vmm *const m = vmm_in(vm);

    (void)v;
    assert_true(m->locked);
    m->locked = false;
    if (m->bytes > m->most_bytes)
        m->most_bytes = m->bytes;
    if (m->calls > m->most_calls)
        m->most_calls = m->calls;
}

static void on_queue(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)v;
    vmm_in(vm)->pending |= UINT32_C(1) << queue;
}

static void count(struct vmm *m, uint64_t bytes)
{
    m->calls++;
    m->bytes += bytes;
    m->total += bytes;
}

/* Checks that the data follows the data passed before. */
static void follow(struct vmm *m, const uint8_t *bytes, uint32_t n)
{
    assert_true(n > 0);
    assert_ptr_equal(bytes, m->next);
    m->next = bytes + n;
    count(m, n);
}

static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    (void)port;
    follow(c->context, bytes, n);
    return n;
}

static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    follow(e->context, bytes, n);
    return n;
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    struct vmm *const m = (struct vmm *)(void *)((uint8_t *)be - offsetof(struct vmm, memory.backend));
    uint64_t bytes = r->bytes;

    for (unsigned i = 0; i < r->ranges && r->type == VWR_BLK_T_WRITE_ZEROES; i++)
        bytes += (uint64_t)r->range[i].sectors * VWR_BLK_SECTOR_BYTES;
    if (m->full != 0 && --m->full == 0)
        return VWR_EFULL;
    m->submits++;
    count(m, bytes);
    if (m->fails != 0 && --m->fails == 0) {
        r->read = 512;
        return VWR_EIO;
    }
    if (m->later && r->type == VWR_BLK_T_OUT) {
        assert_null(m->out);
        m->out = r;
        m->ticket = vwr_vblk_ticket(r);
        return VWR_LATER;
    }
    return m->inner->submit(be, r);
}

static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    (void)b;
    (void)queue;
    ((struct vmm *)(void *)((uint8_t *)be - offsetof(struct vmm, memory.backend)))->out = NULL;
}

static struct vmm *make(struct guest *g)
{
    struct vmm *const m = g->device = calloc(1, sizeof(*m));

    assert_non_null(m);
    m->g = g;
    return m;
}

static const struct vwr_vconsole_ops console_ops = {.output = output};

static void plug_console(struct guest *g)
{
    struct vmm *const m = vmm_of(g);
    struct vwr_vconsole_options o = {.ops = &console_ops, .context = m, .port = &m->port, .port_count = 1};
    struct vwr_vdev_setup s;

    guest_setup(g, &s);
    s.budget_bytes = m->budget_bytes;
    s.budget = m->budget;
    g->queues = 2;
    m->port.console = true;
    assert_int_equal(vwr_vconsole_init_with(&m->console, &s, &o), VWR_OK);
    guest_plug(g, 0, &m->console.dev);
}

static void plug_entropy(struct guest *g)
{
    struct vmm *const m = vmm_of(g);
    struct vwr_vdev_setup s;

    guest_setup(g, &s);
    s.budget_bytes = m->budget_bytes;
    s.budget = m->budget;
    assert_int_equal(vwr_ventropy_init_with(&m->entropy, &s, source, m), VWR_OK);
    guest_plug(g, 0, &m->entropy.dev);
}

/* Numbers that all differ, or their complements; made once, because each case has a disk full of them. */
static const vwr_le32 *numbers(bool complements)
{
    static vwr_le32 made[2][DISK_BYTES / 4];

    for (uint32_t i = 0; i < DISK_BYTES / 4 && made[1][0] == 0; i++) {
        const uint32_t last = DISK_BYTES / 4 - 1 - i;

        made[0][last] = vwr_cpu_to_le32(4 * last);
        made[1][last] = vwr_cpu_to_le32(~(4 * last));
    }
    return made[complements];
}

static void plug_disk(struct guest *g)
{
    static uint8_t disk[DISK_BYTES]; /* new pages would take longer than the case */
    struct vmm *const m = vmm_of(g);
    struct vwr_vblk_options o = {.backend = &m->memory.backend,
                                 .req = m->req,
                                 .req_count = REQS,
                                 .seg = m->seg,
                                 .seg_count = VWR_COUNT(m->seg)};
    struct vwr_vdev_setup s;

    guest_setup(g, &s);
    vwr_features_add(&g->features, VWR_BLK_F_WRITE_ZEROES);
    s.budget_bytes = m->budget_bytes;
    m->disk = disk;
    memcpy(m->disk, numbers(false), DISK_BYTES);
    vwr_vblk_memory_init(&m->memory, m->disk, DISK_BYTES, false, NULL);
    m->inner = m->memory.backend.ops;
    m->counted = (struct vwr_vblk_backend_ops){.submit = submit, .drain = drain};
    m->memory.backend.ops = &m->counted;
    s.queue_count = 1;
    assert_int_equal(vwr_vblk_init_with(&m->blk, &s, &o), VWR_OK);
    guest_plug(g, 0, &m->blk.dev);
}

/*
 * The device, with nonzero budgets and the hooks that `at` selects, and a driver with the features of `at`.
 */
static void begin(struct guest *g, long long at, void (*plug)(struct guest *), uint32_t budget_bytes)
{
    struct vmm *const m = vmm_of(g);

    m->budget_bytes = budget_bytes;
    g->ops.again = WHO(at) == AGAIN ? on_queue : NULL;
    g->ops.kicked = WHO(at) == KICKED ? on_queue : NULL;
    g->ops.lock = WHO(at) != NO_LOCK ? on_lock : NULL;
    g->ops.unlock = WHO(at) != NO_LOCK ? on_unlock : NULL;
    g->budget = UINT64_MAX;
    plug(g);
    if (!g->legacy && IN_TABLE(at))
        vwr_features_add(&g->features, VWR_F_IN_ORDER);
    guest_clear_rings(g);
    assert_true(guest_negotiate(g));
    for (unsigned i = 0; i < g->queues; i++) {
        guest_lay_out(g, i, SIZE);
        assert_true(guest_set_queue(g, i));
    }
    guest_driver_ok(g);
    m->next = guest_at(g, DATA, 1);
    m->holds = 0;
    m->most_bytes = 0;
    m->most_calls = 0;
}

/* Makes a chain of these segments available, in the ring or in an indirect table. */
static void lend(struct guest *g, long long at, unsigned queue, const struct guest_desc *segment,
                 unsigned segments)
{
    static unsigned tables;
    const uint64_t table = TABLE + (uint64_t)(tables++ % SIZE) * SIZE * 16u;
    const struct guest_desc whole = {table, segments * 16u, (uint16_t)INDIRECT, 0};

    if (!IN_TABLE(at)) {
        (void)guest_chain(g, queue, segment, segments);
        return;
    }
    for (unsigned i = 0; i < segments; i++) {
        struct guest_desc d = segment[i];

        if (i + 1 < segments && !g->packed)
            d.flags |= VWR_VIRTQ_DESC_F_NEXT;
        d.next = (uint16_t)(i + 1);
        guest_put_desc(g, table, i, &d);
    }
    (void)guest_chain(g, queue, &whole, 1);
}

/* Makes `bytes` from DATA + skip on available, in that many segments. */
static void lend_bytes(struct guest *g, long long at, unsigned queue, uint64_t skip, uint32_t bytes,
                       unsigned segments, unsigned flags)
{
    struct guest_desc segment[SIZE];

    for (unsigned i = 0; i < segments; i++)
        segment[i] = (struct guest_desc){DATA + skip + (uint64_t)i * (bytes / segments), bytes / segments,
                                         (uint16_t)flags, 0};
    lend(g, at, queue, segment, segments);
}

/* The VMM calls the device as often as the device asks for it. */
static void run_until_idle(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    while (m->pending != 0) {
        const uint32_t pending = m->pending;

        m->pending = 0;
        for (uint16_t q = 0; q < g->queues; q++)
            if ((pending >> q & 1u) != 0)
                vwr_vdev_serve(g->dev, q);
    }
}

static void kick(struct guest *g, unsigned queue)
{
    guest_kick(g, queue);
    run_until_idle(g);
}

/*
 * Checks the maximum while the lock was held once, and the minimum number of times that the lock was
 * released.
 */
static void assert_bounded(struct guest *g, long long at, uint64_t bytes, uint64_t total)
{
    const struct vmm *const m = vmm_of(g);

    if (WHO(at) == NO_LOCK)
        return;
    if (m->most_bytes > bytes + ALWAYS)
        fail_msg("%llu bytes while the lock was held once, %llu allowed", (unsigned long long)m->most_bytes,
                 (unsigned long long)bytes);
    assert_true(m->holds >= total / (bytes + ALWAYS));
}

/* ---- console ---- */

/* 16 MiB in one buffer, followed by a small one. Without a hook, the notification completes both. */
static void console_one_buffer(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin(g, at, plug_console, 0);
    lend_bytes(g, at, OUTPUT, 0, 16 * MIB, IN_TABLE(at) ? SIZE : 1, 0);
    lend_bytes(g, at, OUTPUT, 16 * MIB, 7, 1, 0);
    kick(g, OUTPUT);
    assert_int_equal(m->total, 16 * MIB + 7);
    hostile_used(g, OUTPUT, 0);
    hostile_used(g, OUTPUT, 0);
    hostile_unused(g, OUTPUT);
    assert_bounded(g, at, BUDGET, m->total);
    hostile_is_whole(g);
}

/* A reset in the middle of a buffer discards the position. */
static void console_reset(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin(g, at, plug_console, 0);
    lend_bytes(g, at, OUTPUT, 0, 16 * MIB, 1, 0);
    guest_kick(g, OUTPUT);
    if (WHO(at) == KICKED)
        vwr_vdev_serve(g->dev, OUTPUT);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    run_until_idle(g);
    if (WHO(at) <= KICKED)
        assert_true(m->total <= BUDGET);
    m->total = 0;
    m->next = guest_at(g, DATA, 1);
    assert_true(guest_start(g));
    lend_bytes(g, 0, OUTPUT, 0, 5, 1, 0);
    kick(g, OUTPUT);
    assert_int_equal(m->total, 5);
    hostile_is_whole(g);
}

/* The guest shrinks a buffer during its output: nothing beyond the new end is read. */
static void console_shrinks(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin(g, 0, plug_console, 0);
    lend_bytes(g, 0, OUTPUT, 0, 16 * MIB, 1, 0);
    guest_kick(g, OUTPUT);
    assert_true(m->total <= BUDGET);
    if (g->packed)
        ((struct vwr_pvirtq_desc *)guest_at(g, g->q[OUTPUT].desc, 16))->len =
            vwr_cpu_to_le32((uint32_t)m->total + (uint32_t)at);
    else
        ((struct vwr_virtq_desc *)guest_at(g, g->q[OUTPUT].desc, 16))->len =
            vwr_guest32(g->legacy, (uint32_t)m->total + (uint32_t)at);
    run_until_idle(g);
    hostile_used(g, OUTPUT, 0);
    assert_ptr_equal(m->next, (uint8_t *)guest_at(g, DATA, 1) + m->total);
    assert_true(m->total <= BUDGET + 1);
    hostile_is_whole(g);
}

/* Input for one large available buffer: it arrives in several steps, and each byte once. */
static void console_input(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    static uint8_t typed[4 * BUDGET];
    uint32_t done = 0;

    for (uint32_t i = 0; i < sizeof(typed); i += 4)
        memcpy(typed + i, &i, 4);
    begin(g, at, plug_console, 0);
    for (unsigned i = 0; i < 8; i++)
        lend_bytes(g, at, INPUT, (uint64_t)i * BUDGET, BUDGET, 1, WRITE);
    guest_kick(g, INPUT);
    for (unsigned i = 0; i < 16 && done < sizeof(typed); i++) {
        const uint32_t some =
            vwr_vconsole_input(&m->console, 0, typed + done, (uint32_t)sizeof(typed) - done);

        assert_true(some <= BUDGET || WHO(at) >= NEITHER);
        done += some;
    }
    assert_int_equal(done, sizeof(typed));
    done = 0;
    for (unsigned i = 0; i < 8 && done < sizeof(typed); i++) {
        uint32_t id, len;

        assert_true(guest_used(g, INPUT, &id, &len));
        assert_memory_equal(guest_at(g, DATA + (uint64_t)i * BUDGET, len), typed + done, len);
        done += len;
    }
    assert_int_equal(done, sizeof(typed));
    hostile_is_whole(g);
}

/* ---- entropy ---- */

/* 64 MiB in one chain. entropy.dev.1 */
static void entropy_one_chain(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin(g, at, plug_entropy, 0);
    lend_bytes(g, at, 0, 0, 64 * MIB, IN_TABLE(at) ? SIZE : 4, WRITE);
    kick(g, 0);
    hostile_used(g, 0, 64 * MIB);
    assert_int_equal(m->total, 64 * MIB);
    assert_bounded(g, at, BUDGET, m->total);
    hostile_is_whole(g);
}

/* The same with 16 chains. */
static void entropy_sixteen(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin(g, at, plug_entropy, 0);
    for (unsigned i = 0; i < 16; i++)
        lend_bytes(g, at, 0, (uint64_t)i * 64 * MIB, 64 * MIB, 1, WRITE);
    kick(g, 0);
    for (unsigned i = 0; i < 16; i++)
        hostile_used(g, 0, 64 * MIB);
    assert_int_equal(m->total, (uint64_t)16 * 64 * MIB);
    assert_bounded(g, at, BUDGET, m->total);
    hostile_is_whole(g);
}

static void entropy_reset(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin(g, at, plug_entropy, 0);
    lend_bytes(g, at, 0, 0, 64 * MIB, 1, WRITE);
    guest_kick(g, 0);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    run_until_idle(g);
    m->total = 0;
    m->next = guest_at(g, DATA, 1);
    assert_true(guest_start(g));
    lend_bytes(g, 0, 0, 0, 5, 1, WRITE);
    kick(g, 0);
    hostile_used(g, 0, 5);
    assert_int_equal(m->total, 5);
    hostile_is_whole(g);
}

/*
 * Many small segments: a segment counts against the budget, not only its bytes. 16 chains of 16, budget 32
 * segments.
 */
static void entropy_segments(struct guest *g, long long at)
{
    const uint32_t budget = 32 * VWR_VDEV_SEG_BYTES;
    struct vmm *const m = vmm_of(g);

    begin(g, at, plug_entropy, budget);
    for (unsigned i = 0; i < (IN_TABLE(at) ? SIZE : 1); i++)
        lend_bytes(g, at, 0, (uint64_t)i * SIZE, SIZE, SIZE, WRITE);
    kick(g, 0);
    for (unsigned i = 0; i < (IN_TABLE(at) ? SIZE : 1); i++)
        hostile_used(g, 0, SIZE);
    if (WHO(at) != NO_LOCK) {
        assert_true(m->most_calls <= 32);
        assert_true(!IN_TABLE(at) || m->holds >= 2 * SIZE * SIZE / 64);
    }
    hostile_is_whole(g);
}

/*
 * Descriptors of 0 bytes count too, although the device skips them: 16 chains of 15 empty descriptors and 1
 * with bytes, with a budget of 32 segments.
 */
static void entropy_empty(struct guest *g, long long at)
{
    struct guest_desc segment[SIZE];
    struct vmm *const m = vmm_of(g);

    begin(g, at, plug_entropy, 32 * VWR_VDEV_SEG_BYTES);
    for (unsigned i = 0; i < SIZE; i++) {
        for (unsigned k = 0; k < SIZE; k++)
            segment[k] = (struct guest_desc){DATA + i, k + 1 == SIZE, WRITE, 0};
        lend(g, at, 0, segment, SIZE);
    }
    kick(g, 0);
    for (unsigned i = 0; i < SIZE; i++)
        hostile_used(g, 0, 1);
    if (WHO(at) != NO_LOCK && m->most_calls * SIZE > 32 + SIZE)
        fail_msg("%u descriptors while the lock was held once, %u allowed", m->most_calls * SIZE, 32 + SIZE);
    hostile_is_whole(g);
}

/*
 * A budget smaller than the cost of walking one chain: the device still makes progress each time it takes the
 * lock.
 */
static void entropy_tiny_budget(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin(g, at, plug_entropy, (uint32_t)(at < GOES_ON ? 1 : 600));
    lend_bytes(g, at, 0, 0, 4 * SIZE, SIZE, WRITE);
    kick(g, 0);
    hostile_used(g, 0, 4 * SIZE);
    assert_int_equal(m->total, 4 * SIZE);
    hostile_is_whole(g);
}

/*
 * Without a hook, buffers beyond the budget wait for the acknowledgement of the interrupt, which processes a
 * bounded number too.
 */
static void entropy_acknowledge(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    m->budget = 2;
    begin(g, at, plug_entropy, 0);
    for (unsigned i = 0; i < 6; i++)
        lend_bytes(g, at, 0, (uint64_t)i * 2 * MIB, 2 * MIB, 1, WRITE);
    guest_kick(g, 0);
    for (unsigned i = 0; i < 6; i++)
        guest_ack(g);
    run_until_idle(g);
    for (unsigned i = 0; i < 6; i++)
        hostile_used(g, 0, 2 * MIB);
    assert_bounded(g, at, BUDGET, m->total);
    hostile_is_whole(g);
}

/* ---- disk ---- */

#define HEAD (DATA + 64 * MIB)
#define STATUS (HEAD + 64)
#define RANGES (HEAD + 128)

/* Header, `bytes` of data in `segments` segments of different lengths, status. */
static void ask(struct guest *g, long long at, uint32_t type, uint64_t sector, uint32_t bytes,
                unsigned segments)
{
    const bool in = type == VWR_BLK_T_IN;
    const uint64_t from = type == VWR_BLK_T_WRITE_ZEROES ? RANGES : DATA;
    struct vwr_blk_req_out *const head = guest_at(g, HEAD, sizeof(*head));
    struct guest_desc segment[SIZE];
    uint32_t done = 0;

    head->type = vwr_guest32(g->legacy, type);
    head->reserved = 0;
    head->sector = vwr_guest64(g->legacy, sector);
    *(uint8_t *)guest_at(g, STATUS, 1) = 0xa5;
    segment[0] = (struct guest_desc){HEAD, sizeof(*head), 0, 0};
    for (unsigned i = 1; i <= segments; i++) {
        const uint32_t n = i == segments ? bytes - done : bytes / segments + (i % 2 != 0 ? 100u : -100u);

        segment[i] = (struct guest_desc){from + done, n, (uint16_t)(in ? WRITE : 0), 0};
        done += n;
    }
    segment[segments + 1] = (struct guest_desc){STATUS, 1, (uint16_t)WRITE, 0};
    lend(g, at, 0, segment, segments + 2);
}

static void assert_status(struct guest *g, uint8_t status)
{
    assert_int_equal(*(uint8_t *)guest_at(g, STATUS, 1), status);
}

#define MANY (3u * MIB)

static void disk_write(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    uint8_t *data;

    begin(g, at, plug_disk, 0);
    data = guest_at(g, DATA, MANY);
    memcpy(data, numbers(true), MANY);
    ask(g, at, VWR_BLK_T_OUT, 3, MANY, SIZE - 2);
    kick(g, 0);
    hostile_used(g, 0, 1);
    assert_status(g, VWR_BLK_S_OK);
    assert_memory_equal(m->disk + 3 * 512, data, MANY);
    assert_int_equal(m->disk[3 * 512 - 1], 0);
    assert_int_equal(m->total, MANY);
    assert_int_equal(m->blk.stats.bytes_out, MANY);
    assert_bounded(g, at, BUDGET, m->total);
    hostile_is_whole(g);
}

static void disk_read(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin(g, at, plug_disk, 0);
    ask(g, at, VWR_BLK_T_IN, 5, MANY, SIZE - 2);
    kick(g, 0);
    hostile_used(g, 0, MANY + 1);
    assert_status(g, VWR_BLK_S_OK);
    assert_memory_equal(guest_at(g, DATA, MANY), m->disk + 5 * 512, MANY);
    assert_int_equal(m->total, MANY);
    assert_int_equal(m->blk.stats.bytes_in, MANY);
    assert_bounded(g, at, BUDGET, m->total);
    hostile_is_whole(g);
}

/* 4 ranges of 1 MiB, each followed by a gap of one sector. */
static void disk_zeroes(struct guest *g, long long at)
{
    const uint32_t sectors = MIB / 512;
    struct vwr_blk_discard_write_zeroes *range;
    struct vmm *const m = vmm_of(g);

    begin(g, at, plug_disk, 0);
    range = guest_at(g, RANGES, 4 * sizeof(*range));
    for (unsigned i = 0; i < 4; i++) {
        range[i].sector = vwr_guest64(g->legacy, 1 + (uint64_t)i * (sectors + 1));
        range[i].num_sectors = vwr_guest32(g->legacy, sectors);
        range[i].flags = 0;
    }
    ask(g, at, VWR_BLK_T_WRITE_ZEROES, 0, 4 * sizeof(*range), 1);
    kick(g, 0);
    if (g->legacy) { /* the legacy interface lacks this request */
        hostile_used(g, 0, 1);
        return;
    }
    hostile_used(g, 0, 1);
    assert_status(g, VWR_BLK_S_OK);
    for (uint32_t s = 0; s < 4 * (sectors + 1) + 2; s++) {
        const bool kept = s % (sectors + 1) == 0 || s > 4 * (sectors + 1);
        uint32_t last;

        memcpy(&last, m->disk + s * 512 + 508, 4);
        last = vwr_le32_to_cpu(last);
        assert_int_equal(last, kept ? s * 512 + 508 : 0);
    }
    assert_bounded(g, at, BUDGET, m->total);
    hostile_is_whole(g);
}

/* Requests keep their order: of two writes to one sector the second one persists. */
static void disk_order(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    uint8_t *data;

    if (!IN_TABLE(at))
        return; /* a ring of 16 has too few descriptors for both */
    begin(g, at, plug_disk, 0);
    data = guest_at(g, DATA, MIB);
    memset(data, 1, MIB);
    ask(g, at, VWR_BLK_T_OUT, 0, MIB, 4);
    ask(g, at, VWR_BLK_T_OUT, 0, 512, 1);
    guest_kick(g, 0);
    memset(data, 2, 512);
    run_until_idle(g);
    hostile_used(g, 0, 1);
    hostile_used(g, 0, 1);
    assert_int_equal(m->disk[0], WHO(at) <= KICKED ? 2 : 1);
    assert_int_equal(m->disk[512], 1);
    hostile_is_whole(g);
}

/* The backend answers each step later, is full once, and fails once. */
static void disk_later(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    unsigned parts = 0;

    begin(g, at, plug_disk, 0);
    m->later = true;
    m->full = 3;
    memset(guest_at(g, DATA, MIB), 7, MIB);
    ask(g, at, VWR_BLK_T_OUT, 0, MIB, 4);
    kick(g, 0);
    for (; m->out != NULL; parts++) {
        struct vwr_vblk_req *const r = m->out;

        m->out = NULL;
        assert_int_equal(m->inner->submit(&m->memory.backend, r), VWR_OK);
        vwr_vblk_done(r, m->ticket, VWR_OK);
        run_until_idle(g);
        if (m->out == NULL && parts == 1)
            vwr_vblk_resume(&m->blk); /* it was full for the third step */
    }
    vwr_vblk_signal(&m->blk);
    hostile_used(g, 0, 1);
    assert_status(g, VWR_BLK_S_OK);
    assert_true(parts >= MIB / BUDGET);
    assert_int_equal(m->total, MIB);
    assert_memory_equal(m->disk, guest_at(g, DATA, MIB), MIB);
    assert_bounded(g, at, BUDGET, MIB);
    hostile_is_whole(g);
}

static void disk_fails(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    uint64_t before;

    begin(g, at, plug_disk, 0);
    m->fails = 3;
    ask(g, at, VWR_BLK_T_IN, 0, MIB, 4);
    kick(g, 0);
    assert_status(g, VWR_BLK_S_IOERR);
    assert_int_equal(m->submits, 3);
    before = m->total;
    assert_true(before <= 3 * BUDGET);
    {
        uint32_t id, len;

        assert_true(guest_used(g, 0, &id, &len));
        assert_true(len > 512 && len < before);
        assert_memory_equal(guest_at(g, DATA, len - 512), m->disk, len - 512); /* of 512 only the length */
    }
    ask(g, at, VWR_BLK_T_IN, 0, MIB, 4);
    kick(g, 0);
    assert_status(g, VWR_BLK_S_OK);
    hostile_is_whole(g);
}

/*
 * A reset between two steps: nothing more is read or written, and a request after it starts from the
 * beginning.
 */
static void disk_reset(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    uint64_t before;

    begin(g, at, plug_disk, 0);
    ask(g, at, VWR_BLK_T_IN, 0, MIB, 4);
    guest_kick(g, 0);
    before = m->total;
    if (WHO(at) <= KICKED)
        assert_true(before <= BUDGET);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    run_until_idle(g);
    assert_int_equal(m->total, before);
    assert_true(guest_start(g));
    ask(g, 0, VWR_BLK_T_IN, 0, 1024, 1);
    kick(g, 0);
    hostile_used(g, 0, 1025);
    assert_status(g, VWR_BLK_S_OK);
    hostile_is_whole(g);
}

/* ---- hooks that call the device immediately ---- */

static void again_at_once(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    struct vmm *const m = vmm_in(vm);

    assert_false(m->later); /* the hook is not called from within itself */
    m->later = true;
    vwr_vdev_serve(v, queue);
    m->later = false;
}

static void entropy_again_at_once(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    begin(g, NO_LOCK, plug_entropy, 0);
    g->ops.again = again_at_once;
    lend_bytes(g, 0, 0, 0, 16 * MIB, 2, WRITE);
    lend_bytes(g, 0, 0, 16 * MIB, 16 * MIB, 2, WRITE);
    guest_kick(g, 0);
    hostile_used(g, 0, 16 * MIB);
    hostile_used(g, 0, 16 * MIB);
    assert_int_equal(m->total, 32 * MIB);
    hostile_is_whole(g);
}

static void plug(struct guest *g)
{
    (void)make(g);
}

/* Nothing to do, because each case has its own checks. */
static void works(struct guest *g)
{
    (void)g;
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

static const struct hostile_device device = {plug, works, unplug};

static const struct hostile_case cases[] = {
    {"B01_console_16_MiB_in_one_buffer", "header vwr/vconsole.h; header vwr/vdev.h", console_one_buffer,
     HOSTILE_ALL, EACH_WAY},
    {"B02_console_reset_in_the_middle", "header vwr/vconsole.h; header vwr/vdev.h", console_reset,
     HOSTILE_ALL, EACH_WAY},
    {"B03_console_buffer_shrinks", "header vwr/vconsole.h; header vwr/vdev.h", console_shrinks, HOSTILE_ALL,
     HOSTILE_AROUND},
    {"B04_console_input", "header vwr/vconsole.h; header vwr/vdev.h", console_input, HOSTILE_ALL, EACH_WAY},
    {"B05_entropy_64_MiB_in_one_chain", "entropy.dev.1; header vwr/vdev.h", entropy_one_chain, HOSTILE_ALL,
     EACH_WAY},
    {"B06_entropy_16_times_64_MiB", "entropy.dev.1; header vwr/vdev.h", entropy_sixteen, HOSTILE_ALL,
     EACH_WAY},
    {"B07_entropy_reset_in_the_middle", "entropy.dev.1; header vwr/vdev.h", entropy_reset, HOSTILE_ALL,
     EACH_WAY},
    {"B08_entropy_many_segments", "entropy.dev.1; header vwr/vdev.h", entropy_segments, HOSTILE_ALL,
     EACH_WAY},
    {"B09_entropy_tiny_budget", "entropy.dev.1; header vwr/vdev.h", entropy_tiny_budget, HOSTILE_ALL,
     EACH_WAY},
    {"B10_entropy_acknowledge", "entropy.dev.1; header vwr/vdev.h", entropy_acknowledge, HOSTILE_ALL,
     EACH_WAY},
    {"B11_entropy_again_at_once",
     "entropy.dev.1; header vwr/vdev.h",
     entropy_again_at_once,
     HOSTILE_ALL,
     0,
     {0}},
    {"B20_entropy_empty_descriptors",
     "split.dev.desc.2; header vwr/vdev.h",
     entropy_empty,
     HOSTILE_ALL,
     4,
     {4, 5, 6, 7}},
    {"B12_disk_write", "header vwr/vdev.h; header vwr/vblk.h", disk_write, HOSTILE_ALL, EACH_WAY},
    {"B13_disk_read", "header vwr/vdev.h; header vwr/vblk.h", disk_read, HOSTILE_ALL, EACH_WAY},
    {"B14_disk_write_zeroes", "header vwr/vdev.h; header vwr/vblk.h", disk_zeroes, HOSTILE_ALL, EACH_WAY},
    {"B15_disk_order", "header vwr/vdev.h; header vwr/vblk.h", disk_order, HOSTILE_ALL, EACH_WAY},
    {"B16_disk_parts_that_are_done_later", "header vwr/vdev.h; header vwr/vblk.h", disk_later, HOSTILE_ALL,
     EACH_WAY},
    {"B17_disk_part_that_fails", "header vwr/vdev.h; header vwr/vblk.h", disk_fails, HOSTILE_ALL, EACH_WAY},
    {"B18_disk_reset_between_parts", "header vwr/vdev.h; header vwr/vblk.h", disk_reset, HOSTILE_ALL,
     EACH_WAY},
};

int main(void)
{
    return hostile_run("budget", &device, cases, sizeof(cases) / sizeof(cases[0]));
}
