/* SPDX-License-Identifier: MIT */
#include "hostile.h"

#include "vwr/vballoon.h"
#include "vwr/vblk.h"
#include "vwr/vmem.h"
#include "vwr/vstate.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"
#include "../../common/random.h"

#include <stdlib.h>
#include <string.h>

/*
 * A memory device and a disk of one guest. Whatever the guest asks for, no byte of a block that is not
 * plugged is read or written: the VMM fills such a block with OTHERS, which must not reach the disk and must
 * not change. `plugged` is what the test believes; the device has to have the same blocks after each request.
 */

#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define BLOCK UINT64_C(0x1000)
#define BLOCKS 64u
#define REGION (GUEST_HUGE + 16 * BLOCK)
#define AT(block) (REGION + (uint64_t)(block)*BLOCK)
#define RUNS 8u
#define HEAD (GUEST_DATA + 0x100)
#define STATUS (GUEST_DATA + 0x200)
#define REQUEST (GUEST_DATA + 0x300)
#define ANSWER (GUEST_DATA + 0x380)
#define DISK_RING 3u /* of the rings of a guest */
#define LIST (GUEST_DATA + 0x400)
#define BALLOON_RING 4u
#define STATE_BYTES 0x20000u
#define WORDS                                                                     \
    (VWR_VBALLOON_WORDS(GUEST_LOW_BYTES) + VWR_VBALLOON_WORDS(GUEST_HIGH_BYTES) + \
     VWR_VBALLOON_WORDS(GUEST_FAR_BYTES) + VWR_VBALLOON_WORDS(GUEST_HUGE_BYTES))
#define STORE (8 * BLOCK)
#define REQS 4u
#define SEGS 20u
#define OTHERS 0x77
#define MINE 0x11

enum { PLUG, UNPLUG, UNPLUG_ALL, STATE };
enum { ACK, NACK, BUSY, ERROR, NONE };

struct vmm {
    struct vwr_vmem m;
    struct vwr_memory_span run[2 * RUNS];
    bool plugged[BLOCKS];
    uint64_t requested;
    bool full;       /* the VMM has no memory */
    bool unplugging; /* the hook was called */
    uint16_t state;
    struct guest disk; /* the same guest, for the disk */
    struct vwr_vblk blk;
    struct vwr_vblk_backend backend;
    struct vwr_vblk_req req[REQS];
    struct vwr_vseg seg[REQS * SEGS];
    uint8_t store[STORE];
    bool later;
    struct vwr_vblk_req *out;
    uint64_t ticket;
    unsigned first, count; /* blocks of that request */
    struct guest bag;      /* the same guest, for a balloon */
    struct vwr_vballoon b;
    unsigned released, claimed;
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

/* ---- the VMM ---- */

static int give(struct vwr_vmem *x, const struct vwr_memory_region *r)
{
    const struct vmm *const m = x->context;

    assert_null(vwr_memory_ptr(&vwr_vmem_dev(x)->vm->memory, r->addr, r->bytes));
    if (!m->full)
        memset(r->host, MINE, r->bytes);
    return m->full ? VWR_EIO : VWR_OK;
}

static void discard(struct vwr_vmem *x, const struct vwr_memory_region *r)
{
    assert_null(vwr_memory_ptr(&vwr_vmem_dev(x)->vm->memory, r->addr, r->bytes));
    memset(r->host, OTHERS, r->bytes);
}

static void unplugging(struct vwr_vmem *x)
{
    ((struct vmm *)x->context)->unplugging = true;
}

static void carry_out(struct vmm *m, const struct vwr_vblk_req *r)
{
    uint8_t *at = m->store + r->sector * VWR_BLK_SECTOR_BYTES;

    for (unsigned i = 0; i < r->segs; at += r->seg[i++].len) {
        if (r->type == VWR_BLK_T_IN)
            memcpy(r->seg[i].at, at, r->seg[i].len);
        else
            memcpy(at, r->seg[i].at, r->seg[i].len);
    }
    assert_null(memchr(m->store, OTHERS, STORE));
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    struct vmm *const m = (struct vmm *)(void *)((uint8_t *)be - offsetof(struct vmm, backend));

    if (m->later && m->out == NULL) {
        m->out = r;
        m->ticket = vwr_vblk_ticket(r);
        return VWR_LATER;
    }
    carry_out(m, r);
    return VWR_OK;
}

static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    (void)b;
    (void)queue;
    ((struct vmm *)(void *)((uint8_t *)be - offsetof(struct vmm, backend)))->out = NULL;
}

static void end_request(struct vmm *m)
{
    struct vwr_vblk_req *const r = m->out;

    m->out = NULL;
    carry_out(m, r);
    vwr_vblk_done(r, m->ticket, VWR_OK);
    vwr_vblk_signal(&m->blk);
}

/* ---- the guest ---- */

static void move_ring(struct guest *d, unsigned queue, uint64_t to)
{
    d->q[queue].driver += to - d->q[queue].desc;
    d->q[queue].device += to - d->q[queue].desc;
    d->q[queue].desc = to;
}

/* Starts another device of the guest, whose rings are those from the given one on. */
static void start_other(struct guest *d, unsigned ring)
{
    d->broke = 0;
    assert_true(guest_negotiate(d));
    for (unsigned i = 0; i < d->queues; i++) {
        const uint64_t at = GUEST_LOW + (ring + i) * (uint64_t)GUEST_RING_BYTES;

        guest_lay_out(d, i, GUEST_QUEUE_MAX);
        move_ring(d, i, at);
        memset(guest_at(d, at, GUEST_RING_BYTES), 0, GUEST_RING_BYTES);
        assert_true(guest_set_queue(d, i));
    }
    guest_driver_ok(d);
}

static void start_disk(struct guest *g)
{
    start_other(&vmm_of(g)->disk, DISK_RING);
}

static void plug_disk(struct guest *g)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = submit, .drain = drain};
    struct vmm *const m = vmm_of(g);
    struct vwr_vblk_options o = {.backend = &m->backend, .req = m->req, .req_count = REQS};
    struct vwr_vdev_setup s;

    m->disk = *g;
    m->disk.vm.memory.blocks = NULL; /* memory as the VMM sees it */
    m->disk.queues = 1;
    guest_setup(&m->disk, &s);
    s.vm = &g->vm;
    m->backend.ops = &ops;
    m->backend.sectors = STORE / VWR_BLK_SECTOR_BYTES;
    m->backend.block_bytes = VWR_BLK_SECTOR_BYTES;
    o.seg = m->seg;
    o.seg_count = VWR_COUNT(m->seg);
    memset(m->store, MINE, STORE);
    s.queue_count = 1;
    assert_int_equal(vwr_vblk_init_with(&m->blk, &s, &o), VWR_OK);
    assert_int_equal(vwr_vm_add(&g->vm, 1, &m->blk.dev), VWR_OK);
    m->disk.dev = &m->blk.dev;
    m->disk.device = NULL;
    start_disk(g);
}

static void set_up(struct guest *g, bool waits)
{
    static const struct vwr_vmem_ops ops[] = {{.give = give, .discard = discard},
                                              {give, discard, unplugging}};
    struct vmm *const m = vmm_of(g);
    const struct vwr_vmem_options o = {.ops = &ops[waits],
                                       .context = m,
                                       .addr = REGION,
                                       .bytes = BLOCKS * BLOCK,
                                       .block_bytes = BLOCK,
                                       .requested = BLOCKS * BLOCK,
                                       .runs = m->run,
                                       .run_count = VWR_COUNT(m->run)};
    struct vwr_vdev_setup s;

    m->requested = BLOCKS * BLOCK;
    memset(m->plugged, 0, sizeof(m->plugged));
    vwr_vm_remove(&g->vm, 0);
    guest_setup(g, &s);
    s.queue_count = 1;
    assert_int_equal(vwr_vmem_init_with(&m->m, &s, &o), VWR_OK);
    guest_plug(g, 0, vwr_vmem_dev(&m->m));
    assert_true(guest_start(g));
}

static uint8_t *host(struct guest *g)
{
    return guest_at(&vmm_of(g)->disk, REGION, BLOCKS * BLOCK);
}

static void plug(struct guest *g)
{
    g->device = calloc(1, sizeof(struct vmm));
    assert_non_null(g->device);
    g->queues = 1;
    vwr_features_add(&g->features, VWR_MEM_F_UNPLUGGED_INACCESSIBLE);
    set_up(g, false);
    plug_disk(g);
    memset(host(g), OTHERS, BLOCKS * BLOCK);
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 1);
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

static bool is_all(const void *at, int byte, size_t bytes)
{
    const uint8_t *const p = at;

    return bytes == 0 || (p[0] == byte && memcmp(p, p + 1, bytes - 1) == 0);
}

/* The runs of the device are those of the model, joined; what is not plugged is as the VMM left it. */
static void all_agree(struct guest *g)
{
    struct vmm *const m = vmm_of(g);
    struct vwr_memory_region r;
    uint32_t n = 0;
    uint64_t bytes = 0;

    for (unsigned i = 0; i < BLOCKS; i++) {
        assert_int_equal(vwr_memory_ptr(&g->vm.memory, AT(i), BLOCK) != NULL, m->plugged[i]);
        bytes += m->plugged[i] ? BLOCK : 0;
        if (!m->plugged[i])
            assert_true(is_all(host(g) + i * BLOCK, OTHERS, BLOCK));
        if (!m->plugged[i] || (i != 0 && m->plugged[i - 1]))
            continue;
        assert_true(vwr_vmem_run(&m->m, n++, &r));
        assert_true(r.addr == AT(i) && r.host == host(g) + i * BLOCK);
        for (uint64_t at = 0; at < r.bytes; at += BLOCK)
            assert_true(m->plugged[i + at / BLOCK]);
        assert_true(i + r.bytes / BLOCK == BLOCKS || !m->plugged[i + r.bytes / BLOCK]);
    }
    assert_int_equal(n, m->m.runs);
    assert_false(vwr_vmem_run(&m->m, n, &r));
    assert_true(m->m.plugged == bytes);
    assert_true(guest_read(g, VWR_MMIO_CONFIG + VWR_MEM_CONFIG_PLUGGED_SIZE, 4) == bytes);
}

/* Sends a request. Returns its answer, or NONE if there is none yet. */
static int ask_at(struct guest *g, unsigned type, uint64_t addr, unsigned count, uint64_t out, uint64_t in)
{
    struct vmm *const m = vmm_of(g);
    const struct guest_desc segment[] = {{out, 24, 0, 0}, {in, 10, WRITE, 0}};
    uint8_t *const to = guest_at(&m->disk, out, 24);
    const uint8_t *const from = guest_at(&m->disk, in, 10);

    memset(to, 0, 24);
    to[0] = (uint8_t)type;
    for (unsigned i = 0; i < 8; i++)
        to[8 + i] = (uint8_t)(addr >> 8 * i);
    to[16] = (uint8_t)count;
    to[17] = (uint8_t)(count >> 8);
    hostile_send(g, 0, segment, 2);
    if (hostile_take(g, 0) != 10)
        return NONE;
    m->state = (uint16_t)(from[8] | from[9] << 8);
    return from[0] | from[1] << 8;
}

static int ask(struct guest *g, unsigned type, uint64_t addr, unsigned count)
{
    return ask_at(g, type, addr, count, REQUEST, ANSWER);
}

/* The same for blocks of the model, which it changes. */
static int change(struct guest *g, unsigned type, unsigned first, unsigned count)
{
    const int status = ask(g, type, AT(first), count);

    for (unsigned i = 0; i < BLOCKS && status == ACK; i++)
        if (type == UNPLUG_ALL || i - first < count)
            vmm_of(g)->plugged[i] = type == PLUG;
    return status;
}

/* Sends a disk request with this buffer, in one segment or two. Returns used.len, or -1 if it did not
 * complete.
 */
static int64_t move_in(struct guest *g, uint32_t type, uint64_t addr, uint32_t bytes, unsigned segments)
{
    struct guest *const d = &vmm_of(g)->disk;
    const uint32_t part = bytes / segments;
    struct guest_desc segment[4] = {{HEAD, sizeof(struct vwr_blk_req_out), 0, 0}};
    struct vwr_blk_req_out *const head = guest_at(d, HEAD, sizeof(*head));

    for (unsigned i = 0; i < segments; i++)
        segment[1 + i] =
            (struct guest_desc){addr + i * part, part, type == VWR_BLK_T_IN ? WRITE : (uint16_t)0, 0};
    segment[1 + segments] = (struct guest_desc){STATUS, 1, WRITE, 0};
    memset(head, 0, sizeof(*head));
    head->type = vwr_guest32(g->legacy, type);
    (void)guest_chain(d, 0, segment, 2 + segments);
    guest_kick(d, 0);
    return hostile_take(d, 0);
}

static int64_t move(struct guest *g, uint32_t type, uint64_t addr, uint32_t bytes)
{
    return move_in(g, type, addr, bytes, 1);
}

static void works(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    m->later = m->full = false;
    g->broke = 0;
    start_disk(g);
    assert_true(guest_start(g));
    all_agree(g); /* a reset has unplugged nothing */
    assert_int_equal(vwr_vmem_resize(&m->m, BLOCKS * BLOCK), VWR_OK);
    assert_int_equal(change(g, UNPLUG_ALL, 0, 0), ACK);
    assert_int_equal(change(g, PLUG, 0, BLOCKS), ACK);
    assert_int_equal(move(g, VWR_BLK_T_OUT, AT(0), 2 * BLOCK), 1);
    assert_int_equal(move(g, VWR_BLK_T_IN, AT(BLOCKS - 1), BLOCK), BLOCK + 1);
    assert_int_equal(change(g, UNPLUG, 0, BLOCKS), ACK);
    all_agree(g);
    hostile_is_whole(g);
}

static const struct hostile_device two_devices = {plug, works, unplug};

/* ---- cases ---- */

/* Ranges that are not blocks of the usable region, and blocks that are in the other state. */
static void no_blocks(struct guest *g, long long type)
{
    static const struct {
        uint64_t addr;
        unsigned count;
    } rows[] = {
        {AT(0), 0},          {AT(0) + 1, 1},     {AT(0) - BLOCK, 1},  {AT(0) - BLOCK, 2},    {AT(0), 65535},
        {AT(0), BLOCKS + 1}, {AT(8), 1},         {AT(7), 2},          {AT(BLOCKS), 1},       {0, 1},
        {0 - BLOCK, 1},      {0 - BLOCK, 65535}, {UINT64_MAX, 65535}, {AT(0) + BLOCK / 2, 1}};
    struct vmm *const m = vmm_of(g);

    assert_int_equal(vwr_vmem_resize(&m->m, 8 * BLOCK), VWR_OK);
    m->m.usable = 8 * BLOCK; /* otherwise it does not shrink */
    for (unsigned i = 0; i < VWR_COUNT(rows); i++)
        assert_int_equal(ask(g, (unsigned)type, rows[i].addr, rows[i].count), ERROR);
    assert_int_equal(change(g, PLUG, 2, 3), ACK);
    if (type != STATE) {
        assert_int_equal(change(g, (unsigned)type, type == PLUG ? 4 : 1, 2), ERROR);
        assert_int_equal(change(g, (unsigned)type, type == PLUG ? 0 : 4, 4), ERROR);
    }
    assert_int_equal(ask(g, 4 + (unsigned)type, AT(0), 1), ERROR);
    all_agree(g);
}

/* More than the VMM wants, or has. */
static void refused(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    assert_int_equal(vwr_vmem_resize(&m->m, 8 * BLOCK), VWR_OK);
    assert_int_equal(change(g, PLUG, 0, 9), NACK);
    m->full = true;
    assert_int_equal(change(g, PLUG, 0, 8), BUSY);
    m->full = false;
    assert_int_equal(change(g, PLUG, 0, 8), ACK);
    assert_int_equal(change(g, PLUG, 8, 1), NACK);
    assert_int_equal(vwr_vmem_resize(&m->m, BLOCKS * BLOCK), VWR_OK);
    for (unsigned i = 1; i < RUNS; i++)
        assert_int_equal(change(g, PLUG, 8 + 2 * i, 1), ACK);
    assert_int_equal(change(g, PLUG, 60, 1), BUSY); /* a run too many */
    assert_int_equal(change(g, UNPLUG, 4, 1), BUSY);
    assert_int_equal(change(g, PLUG, 11, 1), ACK); /* joins two */
    assert_int_equal(change(g, UNPLUG, 4, 1), ACK);
    assert_int_equal(vwr_vmem_resize(&m->m, BLOCK / 2), VWR_EALIGN);
    assert_int_equal(vwr_vmem_resize(&m->m, (BLOCKS + 1) * BLOCK), VWR_ERANGE);
    all_agree(g);
}

/* Uses two blocks until the disk's queue remembers where they are, in a build that does. */
static void be_remembered(struct guest *g, unsigned first)
{
    const struct vwr_vqueue *const q = vmm_of(g)->blk.dev.queue;
    bool is_known = false;

    for (unsigned i = 0; i < 40; i++) {
        assert_int_equal(move_in(g, VWR_BLK_T_IN, AT(first), 2 * BLOCK, 1 + i % 2), 2 * BLOCK + 1);
        for (unsigned part = 0; part < VWR_COUNT(q->recent); part++)
            is_known |= q->recent[part].addr == AT(first) && q->recent[part].bytes == 2 * BLOCK;
        if (is_known)
            break;
    }
    assert_int_equal(is_known, VWR_IS_FAST);
}

/* A disk's request in a block that is not plugged, or partly: 4: a table of descriptors; 5: a ring. */
static void unreachable(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    struct guest *const d = &m->disk;

    assert_int_equal(change(g, PLUG, 1, 2), ACK);
    assert_int_equal(change(g, PLUG, 4, 2), ACK);
    be_remembered(g, 1);
    assert_int_equal(change(g, UNPLUG, 2, 1), ACK);
    if (at == 4) {
        hostile_send_one(d, 0, AT(2), 3 * sizeof(struct vwr_virtq_desc), VWR_VIRTQ_DESC_F_INDIRECT);
    } else if (at == 5) {
        assert_true(guest_negotiate(d));
        move_ring(d, 0, AT(2));
        assert_false(guest_set_queue(d, 0));
    } else {
        assert_int_equal(move(g, at % 2 == 0 ? VWR_BLK_T_OUT : VWR_BLK_T_IN, at < 2 ? AT(2) : AT(1) + 512,
                              at < 2 ? 512 : (uint32_t)(3 * BLOCK)),
                         -1);
    }
    assert_int_equal(m->blk.dev.fault.kind, at == 5 ? VWR_VFAULT_QUEUE_MEMORY : VWR_VFAULT_ADDRESS);
    all_agree(g);
}

/* What a device uses is not unplugged. 0: data of a request; 1: a ring; 2: the request itself; 3: its answer.
 */
static void in_use(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    struct guest *const d = &m->disk;

    assert_int_equal(change(g, PLUG, 0, 8), ACK);
    if (at == 1) {
        assert_true(guest_negotiate(d));
        move_ring(d, 0, AT(2));
        assert_true(guest_set_queue(d, 0));
        guest_driver_ok(d);
    }
    m->later = at == 0;
    if (at == 0)
        assert_int_equal(move(g, VWR_BLK_T_IN, AT(3) + 512, BLOCK), -1);
    assert_int_equal(ask_at(g, UNPLUG, AT(2), 3, at == 2 ? AT(4) : REQUEST, at == 3 ? AT(2) : ANSWER), BUSY);
    assert_int_equal(ask_at(g, UNPLUG_ALL, 0, 0, at == 2 ? AT(0) : REQUEST, at == 3 ? AT(7) : ANSWER), BUSY);
    all_agree(g);
    assert_int_equal(change(g, UNPLUG, 6, 2), ACK);
    if (at == 0)
        end_request(m);
    if (at == 1)
        guest_write(d, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    assert_int_equal(change(g, UNPLUG, 2, 3), ACK);
    all_agree(g);
}

/* In a VM with locks an answer waits. 0: it comes; 1: the disk uses the block; 2: a reset comes first. */
static void waits(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    struct vwr_memory_region r;

    set_up(g, true);
    memset(host(g), OTHERS, BLOCKS * BLOCK);
    assert_int_equal(vwr_vmem_settle(&m->m), VWR_OK);
    assert_int_equal(change(g, PLUG, 0, 8), ACK);
    assert_false(m->unplugging);
    m->later = at == 1;
    if (at == 1)
        assert_int_equal(move(g, VWR_BLK_T_IN, AT(3), BLOCK), -1);
    assert_int_equal(change(g, UNPLUG, 2, 3), NONE);
    assert_true(m->unplugging);
    assert_null(vwr_memory_ptr(&g->vm.memory, AT(3), 1));
    assert_int_equal(vwr_vmem_unplug_all(&m->m), VWR_EBUSY);
    if (at == 2)
        guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    assert_int_equal(vwr_vmem_settle(&m->m), at == 1 ? VWR_EBUSY : VWR_OK);
    if (at != 2)
        hostile_used(g, 0, 10);
    assert_int_equal(*(const uint8_t *)guest_at(&m->disk, ANSWER, 1), at == 1 ? BUSY : ACK);
    for (unsigned i = 2; i < 5 && at == 0; i++)
        m->plugged[i] = false;
    all_agree(g);
    if (at == 1) {
        assert_int_equal(vwr_vmem_unplug_all(&m->m), VWR_EBUSY);
        end_request(m);
    }
    all_agree(g);
    assert_int_equal(vwr_vmem_unplug_all(&m->m), VWR_OK);
    memset(m->plugged, 0, sizeof(m->plugged));
    assert_false(vwr_vmem_run(&m->m, 0, &r));
    all_agree(g);
    set_up(g, false);
}

/* ---- a balloon ---- */

static void release(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    ((struct vmm *)b->context)->released += (unsigned)(r->bytes / VWR_VBALLOON_PAGE);
}

static void claim(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    ((struct vmm *)b->context)->claimed += (unsigned)(r->bytes / VWR_VBALLOON_PAGE);
}

static void plug_balloon(struct guest *g, uint32_t *map, bool exclusive)
{
    static const struct vwr_vballoon_ops ops = {.release = release, .claim = claim};
    struct vmm *const m = vmm_of(g);
    const struct vwr_vballoon_options o = {.ops = &ops,
                                           .context = m,
                                           .map = map,
                                           .map_count = (uint32_t)WORDS,
                                           .must_tell = true,
                                           .exclusive = exclusive};
    struct vwr_vdev_setup s;

    m->bag = m->disk;
    m->bag.queues = 2;
    vwr_features_add(&m->bag.features, VWR_BALLOON_F_MUST_TELL_HOST);
    guest_setup(&m->bag, &s);
    s.vm = &g->vm;
    s.queue_count = 2;
    m->released = m->claimed = 0;
    assert_int_equal(vwr_vballoon_init_with(&m->b, &s, &o), VWR_OK);
    assert_int_equal(vwr_vm_add(&g->vm, 2, vwr_vballoon_dev(&m->b)), VWR_OK);
    m->bag.dev = vwr_vballoon_dev(&m->b);
}

/* The balloon is saved, made again, and loaded. */
static void restore_balloon(struct guest *g, uint32_t *map)
{
    static const struct vwr_vstate_class *const kinds[] = {&vwr_vballoon_state};
    struct vmm *const m = vmm_of(g);
    struct vwr_vstate s = {.bytes = STATE_BYTES, .kind = kinds, .kinds = VWR_COUNT(kinds)};

    s.memory = malloc(STATE_BYTES);
    assert_non_null(s.memory);
    assert_int_equal(vwr_vdev_save(m->bag.dev, 2, &s), VWR_OK);
    vwr_vm_remove(&g->vm, 2);
    plug_balloon(g, map, false);
    s.bytes = s.done;
    s.done = 0;
    assert_int_equal(vwr_vdev_load(m->bag.dev, 2, &s), VWR_OK);
    vwr_vdev_restart(m->bag.dev, &s);
    free(s.memory);
}

/* Lists one page for the balloon, and tests how many pages it has passed on, returned and ignored so far. */
static void tell(struct guest *g, unsigned queue, uint64_t addr, unsigned released, unsigned claimed,
                 unsigned ignored)
{
    struct vmm *const m = vmm_of(g);
    const vwr_le32 pfn = vwr_guest32(g->legacy, (uint32_t)(addr / VWR_VBALLOON_PAGE));

    memcpy(guest_at(&m->disk, LIST, sizeof(pfn)), &pfn, sizeof(pfn));
    hostile_send_one(&m->bag, queue, LIST, sizeof(pfn), 0);
    hostile_used(&m->bag, queue, 0);
    assert_int_equal(m->released, released);
    assert_int_equal(m->claimed, claimed);
    assert_int_equal(m->b.ignored, ignored);
}

/*
 * A page of a block that is not plugged is not the guest's to give, and not the VMM's to return. 0: an
 * exclusive balloon has a page, which keeps its block plugged; 1: the same if the answer waits; 2: a balloon
 * that is not exclusive loses it, also 3: when it is loaded.
 */
static void ballooned(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    uint32_t *const map = malloc(WORDS * sizeof(*map));

    assert_non_null(map);
    if (at == 1) {
        set_up(g, true);
        memset(host(g), OTHERS, BLOCKS * BLOCK);
    }
    plug_balloon(g, map, at < 2);
    start_other(&m->bag, BALLOON_RING);
    tell(g, VWR_BALLOON_QUEUE_INFLATEQ, AT(3), 0, 0, 1);
    assert_int_equal(change(g, PLUG, 2, 3), ACK);
    tell(g, VWR_BALLOON_QUEUE_INFLATEQ, AT(3), 1, 0, 1);
    if (at == 0)
        assert_int_equal(change(g, UNPLUG, 4, 1), ACK);
    assert_int_equal(ask(g, UNPLUG, AT(2), 2), at == 0 ? BUSY : at == 1 ? NONE : ACK);
    if (at == 1) {
        tell(g, VWR_BALLOON_QUEUE_INFLATEQ, AT(2), 1, 0, 2);
        assert_int_equal(vwr_vmem_settle(&m->m), VWR_EBUSY);
        hostile_used(g, 0, 10);
        assert_int_equal(*(const uint8_t *)guest_at(&m->disk, ANSWER, 1), BUSY);
    }
    if (at < 2)
        assert_int_equal(vwr_vmem_unplug_all(&m->m), VWR_EBUSY);
    if (at == 3)
        restore_balloon(g, map);
    else
        tell(g, VWR_BALLOON_QUEUE_DEFLATEQ, AT(3), 1, at < 2, at == 0 ? 1 : 2);
    assert_int_equal(m->b.gone, 0);
    assert_int_equal(m->released, at < 3);
    assert_int_equal(vwr_vmem_unplug_all(&m->m), VWR_OK);
    memset(m->plugged, 0, sizeof(m->plugged));
    all_agree(g);
    vwr_vm_remove(&g->vm, 2);
    free(map);
    set_up(g, false);
}

/* ---- steps at random ---- */

static unsigned runs(const bool *plugged)
{
    unsigned n = 0;

    for (unsigned i = 0; i < BLOCKS; i++)
        n += plugged[i] && (i == 0 || !plugged[i - 1]);
    return n;
}

/* What the device has to answer. */
static int expect(const struct vmm *m, unsigned type, unsigned first, unsigned count)
{
    bool after[BLOCKS];
    unsigned there = 0, all = 0;
    bool used = false;

    memcpy(after, m->plugged, sizeof(after));
    for (unsigned i = 0; i < BLOCKS; i++) {
        const bool in = type == UNPLUG_ALL || i - first < count;

        all += m->plugged[i];
        there += in && m->plugged[i];
        used = used || (in && m->plugged[i] && m->out != NULL && i - m->first < m->count);
        after[i] = in ? type == PLUG : after[i];
    }
    if (type == UNPLUG_ALL)
        return used ? BUSY : ACK;
    if (count == 0 || first + count > BLOCKS)
        return ERROR;
    if (type == STATE)
        return ACK;
    if (there != (type == PLUG ? 0 : count))
        return ERROR;
    if (type == PLUG && (all + count) * BLOCK > m->requested)
        return NACK;
    return used || runs(after) > RUNS ? BUSY : ACK;
}

static void random_request(struct guest *g, uint64_t *random)
{
    struct vmm *const m = vmm_of(g);
    const unsigned kind = random_below(random, 40), first = random_below(random, BLOCKS);
    const unsigned type = kind == 0 ? UNPLUG_ALL : kind % 5 < 2 ? PLUG : kind % 5 < 4 ? UNPLUG : STATE;
    const unsigned count = random_below(random, 12);
    const int wanted = expect(m, type, first, count);
    unsigned there = 0;

    for (unsigned i = first; i < first + count && i < BLOCKS; i++)
        there += m->plugged[i];
    assert_int_equal(type == STATE ? ask(g, STATE, AT(first), count) : change(g, type, first, count), wanted);
    if (type == STATE && wanted == ACK)
        assert_int_equal(m->state, there == count ? 0 : there == 0 ? 1 : 2);
}

/* A transfer succeeds if all of its blocks are plugged, and otherwise breaks the disk. */
static void random_transfer(struct guest *g, uint64_t *random)
{
    struct vmm *const m = vmm_of(g);
    const unsigned first = random_below(random, BLOCKS - 3), count = 1 + random_below(random, 3);
    const uint32_t type = random_below(random, 2) != 0 ? VWR_BLK_T_IN : VWR_BLK_T_OUT;
    const bool was_out = m->out != NULL;
    bool there = true;
    int64_t done;

    for (unsigned i = first; i < first + count; i++)
        there = there && m->plugged[i];
    m->later = random_below(random, 4) == 0;
    done = move(g, type, AT(first), count * (uint32_t)BLOCK);
    if (!there) {
        assert_int_equal(m->blk.dev.fault.kind, VWR_VFAULT_ADDRESS);
        start_disk(g);
    } else if (!was_out && m->out != NULL) {
        assert_int_equal(done, -1);
        m->first = first;
        m->count = count;
    }
    if (m->out != NULL && random_below(random, 8) == 0) {
        end_request(m);
        start_disk(g);
    }
}

static void at_random(struct guest *g, long long steps)
{
    struct vmm *const m = vmm_of(g);
    uint64_t random = 1;

    for (long long step = 0; step < steps; step++) {
        const unsigned kind = random_below(&random, 64);

        if (kind == 0) {
            m->requested = random_below(&random, BLOCKS + 1) * BLOCK;
            assert_int_equal(vwr_vmem_resize(&m->m, m->requested), VWR_OK);
        } else if (kind == 1) {
            assert_true(guest_start(g)); /* clears all rings */
            start_disk(g);
        } else if (kind < 16) {
            random_transfer(g, &random);
        } else {
            random_request(g, &random);
        }
        all_agree(g);
    }
    m->requested = BLOCKS * BLOCK;
}

#define RULE "header vwr/vmem.h"

static const struct hostile_case cases[] = {
    {"G26_no_blocks",
     "mem.dev.plug.3; mem.dev.plug.4; mem.dev.unplug.3; mem.dev.unplug.4; mem.dev.state.3",
     no_blocks,
     HOSTILE_ALL,
     3,
     {PLUG, UNPLUG, STATE}},
    {"G51_more_than_there_is", RULE, refused, HOSTILE_ALL, 0, {0}},
    {"G20_block_that_is_not_plugged", RULE, unreachable, HOSTILE_ALL, 6, {0, 1, 2, 3, 4, 5}},
    {"G46_unplugged_in_mid_io", RULE, in_use, HOSTILE_ALL, 4, {0, 1, 2, 3}},
    {"G46_answer_waits", RULE, waits, HOSTILE_ALL, 3, {0, 1, 2}},
    {"G46_balloon", RULE, ballooned, HOSTILE_ALL, 4, {0, 1, 2, 3}},
    {"at_random", RULE, at_random, HOSTILE_ALL, 1, {4000}},
};

int main(void)
{
    return hostile_run("plugged", &two_devices, cases, sizeof(cases) / sizeof(cases[0]));
}
