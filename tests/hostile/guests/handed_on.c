/* SPDX-License-Identifier: MIT */
#include "hostile.h"

#include "vwr/vballoon.h"
#include "vwr/vblk.h"
#include "vwr/vm.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

#include <stdlib.h>
#include <string.h>

/*
 * A balloon whose pages the VMM passes to another guest, and a guest that uses them for its disk. Another
 * guest owns the content of such a page: the disk must never store it, and never write to it. Each case has
 * two guests on one memory, one from the harness, for the balloon, and one for the disk's registers and ring.
 */

#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define PAGE ((uint64_t)VWR_VBALLOON_PAGE)
#define PAGES                                                                     \
    (VWR_VBALLOON_WORDS(GUEST_LOW_BYTES) + VWR_VBALLOON_WORDS(GUEST_HIGH_BYTES) + \
     VWR_VBALLOON_WORDS(GUEST_FAR_BYTES) + VWR_VBALLOON_WORDS(GUEST_HUGE_BYTES))
#define GIVEN (GUEST_HIGH + 2 * PAGE) /* the page given to the balloon */
#define LIST GUEST_DATA
#define HEAD (GUEST_DATA + 0x100)
#define STATUS (GUEST_DATA + 0x200)
#define TABLE (GUEST_DATA + 0x300)
#define DATA (GUEST_HIGH + 8 * PAGE)
#define DISK_RING (GUEST_LOW + 3 * (uint64_t)GUEST_RING_BYTES)
#define STORE (64 * 1024u)
#define REQS 4u
#define SEGS 20u
#define OTHERS 0x77 /* contents of the page when another guest owns it */
#define MINE 0x11
#define POISON 0xa5

struct vmm {
    struct vwr_vballoon b;
    uint32_t *map;
    unsigned released;
    unsigned claimed;
    struct guest disk; /* the same guest, for the disk */
    struct vwr_vblk blk;
    struct vwr_vblk_backend backend;
    struct vwr_vblk_req req[REQS];
    struct vwr_vseg seg[REQS * SEGS];
    uint8_t store[STORE];
    bool later;
    unsigned submits;
    struct vwr_vblk_req *out;
    uint64_t ticket;
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

/* ---- the VMM ---- */

static void release(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    struct vmm *const m = b->context;

    m->released += (unsigned)(r->bytes / PAGE);
}

/* A deflated page belongs to the guest only after the VMM has claimed it. */
static void claim(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    struct vmm *const m = b->context;

    assert_null(vwr_memory_ptr(&vwr_vballoon_dev(b)->vm->memory, r->addr, r->bytes));
    m->claimed += (unsigned)(r->bytes / PAGE);
}

static void was_reset(struct vwr_vballoon *b, uint64_t bytes)
{
    struct vmm *const m = b->context;

    if (bytes != 0)
        assert_non_null(vwr_vballoon_dev(b)->vm->memory.balloon);
    m->claimed += (unsigned)(bytes / PAGE);
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
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    struct vmm *const m = (struct vmm *)(void *)((uint8_t *)be - offsetof(struct vmm, backend));

    m->submits++;
    if (m->later) {
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

static void start_disk(struct guest *g)
{
    struct guest *const d = &vmm_of(g)->disk;

    d->broke = 0;
    guest_lay_out(d, 0, GUEST_QUEUE_MAX);
    d->q[0].driver += DISK_RING - d->q[0].desc;
    d->q[0].device += DISK_RING - d->q[0].desc;
    d->q[0].desc = DISK_RING;
    memset(guest_at(d, DISK_RING, GUEST_RING_BYTES), 0, GUEST_RING_BYTES);
    assert_true(guest_negotiate(d));
    assert_true(guest_set_queue(d, 0));
    guest_driver_ok(d);
}

static void plug_disk(struct guest *g)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = submit, .drain = drain};
    struct vmm *const m = vmm_of(g);
    struct vwr_vblk_options o = {.backend = &m->backend, .req = m->req, .req_count = REQS};
    struct vwr_vdev_setup s;

    m->disk = *g;
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

static void plug(struct guest *g)
{
    static const struct vwr_vballoon_ops ops = {.release = release, .claim = claim, .reset = was_reset};
    struct vmm *const m = g->device = calloc(1, sizeof(*m));
    struct vwr_vballoon_options o = {
        .ops = &ops, .map_count = (uint32_t)PAGES, .must_tell = true, .exclusive = true};
    struct vwr_vdev_setup s;

    assert_non_null(m);
    o.context = m;
    o.map = m->map = malloc(PAGES * sizeof(*m->map));
    guest_setup(g, &s);
    s.queue_count = 2;
    assert_int_equal(vwr_vballoon_init_with(&m->b, &s, &o), VWR_OK);
    guest_plug(g, 0, vwr_vballoon_dev(&m->b));
    g->queues = 2;
    vwr_features_add(&g->features, VWR_BALLOON_F_MUST_TELL_HOST);
    assert_true(guest_start(g));
    plug_disk(g);
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 1);
    vwr_vm_remove(&g->vm, 0);
    free(vmm_of(g)->map);
    free(g->device);
}

static void tell(struct guest *g, unsigned queue, uint64_t addr)
{
    const vwr_le32 pfn = vwr_guest32(g->legacy, (uint32_t)(addr / PAGE));

    memcpy(guest_at(&vmm_of(g)->disk, LIST, sizeof(pfn)), &pfn, sizeof(pfn));
    hostile_send_one(g, queue, LIST, sizeof(pfn), 0);
    hostile_used(g, queue, 0);
}

static void *page(struct guest *g)
{
    return guest_at(&vmm_of(g)->disk, GIVEN,
                    PAGE); /* through the guest without a balloon: memory as the VMM sees it */
}

/*
 * Sends a request with these segments between header and status. Returns used.len, or -1 if it did not
 * complete.
 */
static int64_t ask_segments(struct guest *g, uint32_t type, const struct guest_desc *data, unsigned n)
{
    struct guest *const d = &vmm_of(g)->disk;
    struct guest_desc segment[4] = {{HEAD, sizeof(struct vwr_blk_req_out), 0, 0}};
    struct vwr_blk_req_out *const head = guest_at(d, HEAD, sizeof(*head));

    memset(head, 0, sizeof(*head));
    head->type = vwr_guest32(g->legacy, type);
    *(uint8_t *)guest_at(d, STATUS, 1) = POISON;
    for (unsigned i = 0; i < n; i++)
        segment[1 + i] = data[i];
    segment[1 + n].addr = STATUS;
    segment[1 + n].len = 1;
    segment[1 + n].flags = WRITE;
    (void)guest_chain(d, 0, segment, n + 2);
    guest_kick(d, 0);
    return hostile_take(d, 0);
}

static int64_t ask(struct guest *g, uint32_t type, uint64_t addr, uint32_t bytes)
{
    const struct guest_desc data = {addr, bytes, type == VWR_BLK_T_IN ? WRITE : 0, 0};

    return ask_segments(g, type, &data, 1);
}

static void works(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    m->later = false;
    g->broke = 0;
    assert_true(guest_start(g)); /* all pages belong to the guest again */
    assert_int_equal(m->claimed, m->released);
    assert_null(g->vm.memory.balloon);
    start_disk(g);
    memset(page(g), MINE, PAGE);
    assert_int_equal(ask(g, VWR_BLK_T_OUT, GIVEN, PAGE), 1);
    assert_int_equal(ask(g, VWR_BLK_T_IN, GIVEN, PAGE), PAGE + 1);
    tell(g, VWR_BALLOON_QUEUE_INFLATEQ, GIVEN);
    tell(g, VWR_BALLOON_QUEUE_DEFLATEQ, GIVEN);
    assert_int_equal(m->claimed, m->released);
    hostile_is_whole(g);
}

static const struct hostile_device two_devices = {plug, works, unplug};

/* The guest gives up the page, and the VMM passes it on as soon as it may. */
static void hand_on(struct guest *g)
{
    tell(g, VWR_BALLOON_QUEUE_INFLATEQ, GIVEN);
    assert_int_equal(vmm_of(g)->released, 1);
    assert_false(vwr_vm_uses(&g->vm, GIVEN, PAGE));
    memset(page(g), OTHERS, PAGE);
}

static bool is_all(const void *at, int byte, size_t bytes)
{
    const uint8_t *const p = at;

    for (size_t i = 0; i < bytes; i++)
        if (p[i] != byte)
            return false;
    return true;
}

/* ---- cases ---- */

/*
 * 0: a write of the page; 1: a read into it; 2: a part of it, together with the page before; 3: with the page
 * behind; 4: a table of descriptors in it. In each case the disk has used memory there before.
 */
static void refused(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    struct guest *const d = &m->disk;
    unsigned submits;

    assert_int_equal(ask(g, VWR_BLK_T_IN, GIVEN, PAGE), PAGE + 1);
    hand_on(g);
    submits = m->submits;
    if (at == 0)
        (void)ask(g, VWR_BLK_T_OUT, GIVEN, PAGE);
    else if (at < 4)
        (void)ask(g, VWR_BLK_T_IN,
                  at == 1   ? GIVEN
                  : at == 2 ? GIVEN - PAGE
                            : GIVEN + PAGE - 512,
                  2 * (uint32_t)PAGE);
    else
        hostile_send_one(d, 0, GIVEN, 3 * sizeof(struct vwr_virtq_desc), VWR_VIRTQ_DESC_F_INDIRECT);
    assert_int_equal(m->submits, submits);
    assert_true(is_all(page(g), OTHERS, PAGE));
    assert_true(is_all(m->store, MINE, STORE));
    assert_int_equal(m->blk.dev.fault.kind, VWR_VFAULT_ADDRESS);
    assert_true(guest_status(d) & VWR_STATUS_DEVICE_NEEDS_RESET);
}

/* The adjacent pages remain usable, in one segment and in several. */
static void neighbours(struct guest *g, long long at)
{
    const struct guest_desc two[2] = {{GIVEN - PAGE, PAGE, WRITE, 0}, {GIVEN + PAGE, PAGE, WRITE, 0}};

    hand_on(g);
    (void)at;
    assert_int_equal(ask(g, VWR_BLK_T_IN, GIVEN - PAGE, PAGE), PAGE + 1);
    assert_int_equal(ask(g, VWR_BLK_T_IN, GIVEN + PAGE, PAGE), PAGE + 1);
    assert_int_equal(ask_segments(g, VWR_BLK_T_IN, two, 2), 2 * PAGE + 1);
    assert_int_equal(ask(g, VWR_BLK_T_IN, GUEST_HIGH - PAGE, 3 * (uint32_t)PAGE), 3 * PAGE + 1); /* regions */
    assert_true(is_all(page(g), OTHERS, PAGE));
}

/* The page is refused as memory of a queue. */
static void ring_is_refused(struct guest *g, long long at)
{
    struct guest *const d = &vmm_of(g)->disk;

    (void)at;
    hand_on(g);
    assert_true(guest_negotiate(d));
    d->q[0].device += GIVEN - d->q[0].desc;
    d->q[0].driver += GIVEN - d->q[0].desc;
    d->q[0].desc = GIVEN;
    assert_false(guest_set_queue(d, 0));
    assert_int_equal(vmm_of(g)->blk.dev.fault.kind, VWR_VFAULT_QUEUE_MEMORY);
    assert_true(is_all(page(g), OTHERS, PAGE));
}

/*
 * The page is in a request of the backend, or in a later step of one. 0: a write; 1: a read; 2: in steps. The
 * VMM does not pass it on before the request has completed or a reset has cancelled it.
 */
static void in_flight(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    m->later = true;
    m->backend.bytes_max = at == 2 ? (uint32_t)PAGE : 0;
    start_disk(g); /* with this limit */
    memset(page(g), MINE, PAGE);
    assert_int_equal(ask(g, at == 1 ? VWR_BLK_T_IN : VWR_BLK_T_OUT, GIVEN - PAGE, 2 * (uint32_t)PAGE), -1);
    tell(g, VWR_BALLOON_QUEUE_INFLATEQ, GIVEN);
    assert_true(vwr_vm_uses(&g->vm, GIVEN, PAGE));
    assert_true(vwr_vm_uses(&g->vm, GIVEN + PAGE - 1, 1));
    assert_false(vwr_vm_uses(&g->vm, GIVEN + PAGE, PAGE));
    assert_true(vwr_vm_uses(&g->vm, STATUS, 1));
    for (unsigned i = 0; i < GUEST_REGIONS; i++) { /* what is no memory is not passed on */
        const struct vwr_memory_region *const r = &g->region[i];

        assert_true(vwr_vm_uses(&g->vm, r->addr + r->bytes - 1, 2));
    }
    assert_true(vwr_vm_uses(&g->vm, ~(uint64_t)0 - PAGE, PAGE));
    while (m->out != NULL) {
        assert_true(vwr_vm_uses(&g->vm, GIVEN, PAGE));
        end_request(m);
    }
    assert_false(vwr_vm_uses(&g->vm, GIVEN, PAGE));
    assert_false(vwr_vm_uses(&g->vm, STATUS, 1));
    m->backend.bytes_max = 0;
}

/*
 * The same; 0: the disk is reset; 1: it breaks, and is reset then; 2: the hardware behind it still accesses
 * the page.
 */
static void in_flight_and_reset(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    struct guest *const d = &m->disk;

    m->later = true;
    assert_int_equal(ask(g, VWR_BLK_T_IN, GIVEN, PAGE), -1);
    tell(g, VWR_BALLOON_QUEUE_INFLATEQ, GIVEN);
    if (at == 1)
        vwr_vdev_needs_reset(&m->blk.dev);
    if (at == 2) {
        vwr_vdev_lock(&m->blk.dev);
        vwr_vdev_set_unsafe(&m->blk.dev, true);
        vwr_vdev_unlock(&m->blk.dev);
    }
    assert_true(vwr_vm_uses(&g->vm, GIVEN, PAGE));
    guest_write(d, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    assert_int_equal(vwr_vm_uses(&g->vm, GIVEN, PAGE), at == 2);
    if (at == 2) {
        vwr_vdev_lock(&m->blk.dev);
        vwr_vdev_set_unsafe(&m->blk.dev, false);
        vwr_vdev_unlock(&m->blk.dev);
        assert_false(vwr_vm_uses(&g->vm, GIVEN, PAGE));
    }
}

/* In a VM without a balloon no page is missing, and the space around an address is its region. */
static void no_balloon(struct guest *g, long long at)
{
    const struct vwr_memory_region *const r = &g->region[0];
    struct vwr_memory m = g->vm.memory;
    uint64_t begin;

    (void)at;
    tell(g, VWR_BALLOON_QUEUE_INFLATEQ, GIVEN);
    assert_true(vwr_memory_is_ballooned(&g->vm.memory, vwr_memory_find(&g->vm.memory, GIVEN), GIVEN, PAGE));
    assert_false(vwr_memory_is_ballooned(&g->vm.memory, vwr_memory_find(&g->vm.memory, GIVEN), GIVEN, 0));
    m.balloon = NULL;
    assert_false(vwr_memory_is_ballooned(&m, vwr_memory_find(&m, GIVEN), GIVEN, PAGE));
    assert_int_equal(vwr_memory_room(&m, r, r->addr + 1, &begin), r->bytes);
    assert_int_equal(begin, r->addr);
}

/* Partial pages at the ends of a region, which no balloon contains, are present. */
static void partial_pages(struct guest *g, long long at)
{
    struct vwr_memory_region r = {GUEST_HIGH, 3 * PAGE, NULL};
    uint32_t map[] = {1u << 0};                       /* the first whole page */
    const struct vwr_memory_balloon away = {map, 12}; /* of PAGE bytes */
    struct vwr_memory m = g->vm.memory;
    uint64_t begin;

    (void)at;
    r.addr += PAGE - 16;
    m.region = &r;
    m.region_count = 1;
    m.balloon = &away;
    assert_int_equal(vwr_memory_room(&m, &r, r.addr, &begin), 16);
    assert_int_equal(begin, r.addr);
    assert_int_equal(vwr_memory_room(&m, &r, r.addr + 16, &begin), 0);
    assert_int_equal(vwr_memory_room(&m, &r, r.addr + 16 + PAGE, &begin), PAGE);
    assert_int_equal(begin, r.addr + 16 + PAGE);
    r.addr += 16;
    r.bytes = 2 * PAGE + 16;
    assert_int_equal(vwr_memory_room(&m, &r, r.addr + 2 * PAGE, &begin), 16);
    assert_int_equal(begin, r.addr + 2 * PAGE);
}

/*
 * The guest gives up the page of the disk's ring: the queue works until it is disabled, and only then is the
 * page passed on.
 */
static void ring_in_use(struct guest *g, long long at)
{
    struct guest *const d = &vmm_of(g)->disk;
    const uint64_t ring = at == 0 ? d->q[0].desc : at == 1 ? d->q[0].driver : d->q[0].device;

    tell(g, VWR_BALLOON_QUEUE_INFLATEQ, ring & ~(PAGE - 1));
    assert_int_equal(vmm_of(g)->released, 1);
    assert_true(vwr_vm_uses(&g->vm, ring & ~(PAGE - 1), PAGE));
    assert_int_equal(ask(g, VWR_BLK_T_IN, GIVEN, PAGE), PAGE + 1);
    guest_write(d, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    assert_false(vwr_vm_uses(&g->vm, ring & ~(PAGE - 1), PAGE));
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET); /* works() clears all rings first */
}

/* The guest takes the page back: after `claim`, or after `reset`, it is usable memory again. */
static void comes_back(struct guest *g, long long by_reset)
{
    hand_on(g);
    if (by_reset != 0)
        guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    else
        tell(g, VWR_BALLOON_QUEUE_DEFLATEQ, GIVEN);
    assert_int_equal(vmm_of(g)->claimed, 1);
    assert_null(g->vm.memory.balloon);
    assert_int_equal(ask(g, VWR_BLK_T_IN, GIVEN, PAGE), PAGE + 1);
    assert_true(is_all(page(g), MINE, PAGE));
}

/* Without MUST_TELL_HOST a guest may use a page without notice, so the VMM gets no pages. */
static void does_not_tell(struct guest *g, long long at)
{
    (void)at;
    vwr_features_remove(&g->features, VWR_BALLOON_F_MUST_TELL_HOST);
    assert_true(guest_start(g));
    start_disk(g);
    tell(g, VWR_BALLOON_QUEUE_INFLATEQ, GIVEN);
    assert_int_equal(vmm_of(g)->released, 0);
    assert_int_equal(vmm_of(g)->b.gone, 0);
    assert_int_equal(vmm_of(g)->b.ignored, 1);
    assert_int_equal(ask(g, VWR_BLK_T_IN, GIVEN, PAGE), PAGE + 1);
    vwr_features_add(&g->features, VWR_BALLOON_F_MUST_TELL_HOST);
}

/* The search for pages in the balloon is charged for all of a table, of which a request is a small part. */
static void long_table(struct guest *g, long long mib)
{
    struct vmm *const m = vmm_of(g);
    struct guest *const d = &m->disk;
    const struct guest_desc segment[] = {{HEAD, sizeof(struct vwr_blk_req_out), VWR_VIRTQ_DESC_F_NEXT, 1},
                                         {DATA, PAGE, WRITE | VWR_VIRTQ_DESC_F_NEXT, 2},
                                         {STATUS, 1, WRITE, 0}};

    tell(g, VWR_BALLOON_QUEUE_INFLATEQ, GIVEN);
    memset(guest_at(d, HEAD, sizeof(struct vwr_blk_req_out)), 0, sizeof(struct vwr_blk_req_out));
    for (unsigned i = 0; i < 3; i++)
        guest_put_desc(d, GUEST_HUGE, i, &segment[i]);
    hostile_send_one(d, 0, GUEST_HUGE, (uint32_t)mib << 20, VWR_VIRTQ_DESC_F_INDIRECT);
    hostile_used(d, 0, PAGE + 1);
    assert_int_equal(m->blk.dev.work == 0, mib > 1);
}

#define RULE "header vwr/vballoon.h"

static const struct hostile_case cases[] = {
    {"G20_page_of_the_balloon_in_a_request", RULE, refused, HOSTILE_ALL, 5, {0, 1, 2, 3, 4}},
    {"G20_pages_beside_the_balloon", RULE, neighbours, HOSTILE_ALL, 0, {0}},
    {"G19_ring_in_the_balloon", RULE, ring_is_refused, HOSTILE_ALL, 0, {0}},
    {"G46_given_in_mid_io", RULE, in_flight, HOSTILE_ALL, 3, {0, 1, 2}},
    {"G46_given_and_reset_in_mid_io", RULE, in_flight_and_reset, HOSTILE_ALL, 3, {0, 1, 2}},
    {"G20_ring_is_given", RULE, ring_in_use, HOSTILE_ALL, 3, {0, 1, 2}},
    {"no_balloon", "header vwr/vm.h", no_balloon, HOSTILE_ALL, 0, {0}},
    {"partial_pages", "header vwr/vm.h", partial_pages, HOSTILE_SPLIT, 0, {0}},
    {"B22_long_table",
     "header vwr/vdev.h: a budget bounds the time of a call",
     long_table,
     HOSTILE_SPLIT,
     3,
     {1, 256, 1024}},
    {"G51_page_comes_back", RULE, comes_back, HOSTILE_ALL, 2, {0, 1}},
    {"G45_does_not_tell", RULE, does_not_tell, HOSTILE_ALL, 0, {0}},
};

int main(void)
{
    return hostile_run("handed_on", &two_devices, cases, sizeof(cases) / sizeof(cases[0]));
}
