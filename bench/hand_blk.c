/* SPDX-License-Identifier: MIT */
#include "hand_blk.h"
#include "vwr/base.h"

/*
 * The yardstick of the class API: a disk driver, optimized by hand, with one set of functions per layout
 * (split; packed with tables; split in order with tables; split and split with tables for data in several
 * segments). It has the contract of vwr_blk_submit, _kick and _reap for reads and writes.
 *
 * It rejects requests if the disk is stopped or the request is in flight. It checks type, read-only, range,
 * block alignment and segment size, each with its own error; writes header and status byte anew; uses the
 * port's DMA hook; checks that a used id is in range and in flight and used.idx is not beyond what was
 * published; clamps the written length to what the device may write; converts the status to a result; counts
 * sectors, errors and clamped lengths; records the age of a request. Any number of requests may be in flight.
 * A broken ring stops the disk.
 *
 * Why it is fast: header, status byte and descriptors are bound to a request for good, in order to its
 * position; each layout has its own functions; data are one segment, except in hand_blk_segments_submit.
 *
 * It leaves out other types, discontiguous memory, FLUSH and ranges, zones; the legacy byte
 * order; waiting, sleeping, deadlines (the age is recorded, but not used); recovery and resubmission;
 * interrupts; more than one queue; feature negotiation.
 */

#define TABLE 3u
#define REQUESTS 64u
#define STATUS_BYTES 1u

/* Shared memory of a request, except its data. The size is a power of 2, which avoids a multiplication. */
struct hand_blk_shared {
    struct vwr_virtq_desc table[TABLE]; /* packed ring: struct vwr_pvirtq_desc, of the same size */
    struct vwr_blk_req_out out;
    struct vwr_blk_req_in in;
    uint8_t pad[63];
};

/* Allocates memory and requests, and sets the limits of the device, which are known at run time only. */
static struct hand_blk *open(const struct bench_run *r, uint32_t descriptors)
{
    struct hand_blk *b = bench_memory(sizeof(*b));
    const unsigned most = r->queue_size / descriptors;

    b->type_most = VWR_BLK_T_OUT;
    b->block_mask = VWR_BLK_SECTOR_BYTES - 1u;
    b->segment_bytes_max = UINT32_MAX;
    b->sectors = BENCH_CAPACITY;
    b->bytes_most = BENCH_CAPACITY * VWR_BLK_SECTOR_BYTES;
    b->count = most < REQUESTS ? most : REQUESTS;
    b->request = bench_memory(sizeof(*b->request) * r->queue_size);
    b->position = bench_memory(sizeof(*b->position) * r->queue_size);
    b->req = bench_memory(sizeof(*b->req) * (b->count + 1u));
    for (unsigned i = 0; i < r->queue_size; i++)
        b->request[i] = &b->req[b->count]; /* never in flight */
    return b;
}

/* Returns the error for a rejected request. */
static VWR_COLD int refuse(const struct hand_blk *b, const struct hand_blk_req *r)
{
    if (b->stopped != VWR_OK)
        return VWR_EFAILED;
    if (r->out)
        return VWR_EBUSY;
    if (r->type > b->type_most)
        return r->type == VWR_BLK_T_OUT ? VWR_EROFS : VWR_EINVAL;
    if (r->bytes == 0)
        return VWR_EINVAL;
    if (((r->bytes | r->sector * VWR_BLK_SECTOR_BYTES) & b->block_mask) != 0)
        return VWR_EALIGN;
    return r->bytes > b->segment_bytes_max ? VWR_ESEGMENTS : VWR_ERANGE;
}

VWR_ALWAYS_INLINE int check(const struct hand_blk *b, const struct hand_blk_req *r, uint64_t *addr)
{
    const uint64_t count = r->bytes / VWR_BLK_SECTOR_BYTES;
    size_t run = 0;

    if ((b->stopped | r->out) != 0 || r->type > b->type_most || r->bytes - 1u >= b->bytes_most)
        return refuse(b, r);
    if (((r->bytes | r->sector * VWR_BLK_SECTOR_BYTES) & b->block_mask) != 0 ||
        r->sector > b->sectors - count)
        return refuse(b, r);
    *addr = vwr_port_dma(r->p, r->bytes, &run);
    return run < r->bytes ? VWR_ESEGMENTS : VWR_OK;
}

/* Writes a descriptor with two stores. Callers derive the WRITE flag from the type, 0 or 1. */
VWR_ALWAYS_INLINE void describe(hand_half *desc, uint64_t addr, uint64_t rest)
{
    ((volatile hand_half *)desc)[0] = addr;
    ((volatile hand_half *)desc)[1] = rest;
}

VWR_ALWAYS_INLINE void write_header(struct hand_blk_shared *s, const struct hand_blk_req *r)
{
    s->out.type = r->type;
    s->out.sector = r->sector; /* `reserved` is 0 already */
    s->in.status = 0xff;
}

static VWR_COLD int stop(struct hand_blk *b)
{
    b->stopped = VWR_EBADRING;
    return VWR_EBADRING;
}

static VWR_COLD int bad_status(struct hand_blk *b, uint8_t status)
{
    b->errors++;
    return status == VWR_BLK_S_IOERR ? VWR_EIO : status == VWR_BLK_S_UNSUPP ? VWR_EUNSUPP : VWR_EPROTO;
}

static VWR_COLD uint32_t clamp(struct hand_blk *b, uint32_t most)
{
    b->clamped++;
    return most;
}

/* Number of data bytes that the device may write. */
VWR_ALWAYS_INLINE uint32_t writable(const struct hand_blk_req *r)
{
    return r->type == VWR_BLK_T_IN ? (uint32_t)r->bytes : 0;
}

/* Sets the number of data bytes from the used length, which includes the status byte. */
VWR_ALWAYS_INLINE void set_written(struct hand_blk *b, struct hand_blk_req *r, uint32_t written)
{
    const uint32_t most = writable(r) + STATUS_BYTES;

    r->written = (written > most ? clamp(b, most) : written) - STATUS_BYTES;
}

VWR_ALWAYS_INLINE void finish(struct hand_blk *b, struct hand_blk_req *r, const struct hand_blk_shared *s)
{
    const uint8_t status = *(const volatile uint8_t *)&s->in.status;

    r->out = false;
    r->status = status;
    r->result = VWR_OK;
    if (status == VWR_BLK_S_OK)
        b->sectors_moved[r->type] += r->bytes / VWR_BLK_SECTOR_BYTES;
    else
        r->result = bad_status(b, status);
}

/* Split: three descriptors per request. */

struct hand_blk *hand_blk_split_open(const struct bench_run *r)
{
    struct hand_blk *b = open(r, TABLE);
    struct bench_ring ring = {0};

    hand_split_set_up(&b->split, r, &ring);
    for (unsigned i = 0; i < b->count; i++) {
        const uint16_t head = (uint16_t)(TABLE * i);
        struct vwr_virtq_desc *d = &b->split.desc[head];
        struct hand_blk_shared *s = &b->position[i];

        d[0] = (struct vwr_virtq_desc){(uintptr_t)&s->out, sizeof(s->out), VWR_VIRTQ_DESC_F_NEXT,
                                       (uint16_t)(head + 1u)};
        d[2] = (struct vwr_virtq_desc){(uintptr_t)&s->in, sizeof(s->in), VWR_VIRTQ_DESC_F_WRITE, 0};
        b->req[i].shared = s;
        b->req[i].head = head;
        b->req[i].data = (hand_half *)(void *)&d[1];
        b->req[i].rest = HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE) |
                         (uint64_t)(head + 2u) << HAND_SPLIT_NEXT_SHIFT;
        b->request[head] = &b->req[i];
    }
    return b;
}

int hand_blk_split_submit(struct hand_blk *b, struct hand_blk_req *r)
{
    uint64_t addr = 0;
    const int result = check(b, r, &addr);

    if (result != VWR_OK)
        return result;
    write_header(r->shared, r);
    describe(r->data, addr, r->rest + r->bytes - r->type * HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_WRITE));
    r->out = true;
    r->number = b->split.avail_next;
    b->split.avail->ring[b->split.avail_next++ & b->split.mask] = r->head;
    return VWR_OK;
}

int hand_blk_split_reap(struct hand_blk *b, struct hand_blk_req **done, unsigned budget)
{
    const uint16_t idx = hand_load16(&b->split.used->idx);
    const uint16_t there = (uint16_t)(idx - b->split.used_next);
    const unsigned count = there < budget ? there : budget;
    struct hand_blk_req *const *const request = b->request;
    const uint32_t mask = b->split.mask;
    uint16_t at = b->split.used_next;

    if (there == 0)
        return b->stopped;
    if (there > (uint16_t)(b->split.published - at))
        return stop(b);
    vwr_port_rmb();
    for (unsigned n = 0; n < count; n++, at++) {
        const struct vwr_virtq_used_elem *const e = &b->split.used->ring[at & mask];
        const uint32_t id = *(const volatile vwr_le32 *)&e->id;
        struct hand_blk_req *const r = request[id & mask];

        if (id > mask || !r->out)
            return stop(b);
        set_written(b, r, *(const volatile vwr_le32 *)&e->len);
        finish(b, r, r->shared);
        done[n] = r;
    }
    b->split.used_next = at;
    return (int)count;
}

/*
 * Split ring, several data segments. A request has enough descriptors for the maximum number of segments, in
 * the ring or in a table. The last descriptor is the status, and the last data descriptor in use links to it.
 */

static void bind(const struct hand_blk *b, struct hand_blk_req *r, struct vwr_virtq_desc *d, unsigned index)
{
    const uint64_t flags = HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE);
    struct hand_blk_shared *const s = r->shared;

    d[0] = (struct vwr_virtq_desc){(uintptr_t)&s->out, sizeof(s->out), VWR_VIRTQ_DESC_F_NEXT,
                                   (uint16_t)(index + 1u)};
    d[b->segments_max + 1u] =
        (struct vwr_virtq_desc){(uintptr_t)&s->in, sizeof(s->in), VWR_VIRTQ_DESC_F_WRITE, 0};
    r->data = (hand_half *)(void *)&d[1];
    r->rest = flags | (uint64_t)(index + 2u) << HAND_SPLIT_NEXT_SHIFT;
    r->rest_of_last = flags | (uint64_t)(index + b->segments_max + 1u) << HAND_SPLIT_NEXT_SHIFT;
}

static struct hand_blk *segments_open(const struct bench_run *r, struct bench_ring *ring)
{
    struct hand_blk *b = open(r, bench_descriptors(r));
    const unsigned each = r->segments + 2u;

    b->segments_max = r->segments;
    hand_split_set_up(&b->split, r, ring);
    for (unsigned i = 0; i < b->count; i++) {
        const bool table = vwr_features_have(&ring->features, VWR_F_INDIRECT_DESC);
        const uint16_t head = (uint16_t)(table ? i : each * i);
        struct vwr_virtq_desc *d = &b->split.desc[head];

        if (table) {
            struct vwr_virtq_desc *of = bench_memory(sizeof(*of) * each);

            *d = (struct vwr_virtq_desc){(uintptr_t)of, (uint32_t)(sizeof(*of) * each),
                                         VWR_VIRTQ_DESC_F_INDIRECT, 0};
            d = of;
        }
        b->req[i].shared = &b->position[i];
        b->req[i].head = head;
        bind(b, &b->req[i], d, table ? 0 : head);
        b->request[head] = &b->req[i];
    }
    return b;
}

struct hand_blk *hand_blk_segments_open(const struct bench_run *r)
{
    struct bench_ring ring = {0};

    return segments_open(r, &ring);
}

struct hand_blk *hand_blk_segments_indirect_open(const struct bench_run *r)
{
    struct bench_ring ring = {0};

    hand_need(r, &ring, VWR_F_INDIRECT_DESC);
    return segments_open(r, &ring);
}

static VWR_COLD int refuse_segment(const struct vwr_vec *vec)
{
    return vec->bytes == 0 ? VWR_EINVAL : VWR_ESEGMENTS;
}

VWR_ALWAYS_INLINE bool map(const struct hand_blk *b, const struct vwr_vec *vec, uint64_t *addr)
{
    size_t run = 0;

    *addr = vwr_port_dma(vec->p, vec->bytes, &run);
    return vec->bytes - 1u < b->segment_bytes_max && run >= vec->bytes;
}

VWR_ALWAYS_INLINE int make_available(struct hand_blk *b, struct hand_blk_req *r)
{
    r->out = true;
    r->number = b->split.avail_next;
    b->split.avail->ring[b->split.avail_next++ & b->split.mask] = r->head;
    return VWR_OK;
}

/* Data in one segment, which is in `r`. */
VWR_ALWAYS_INLINE int submit_one(struct hand_blk *b, struct hand_blk_req *r)
{
    uint64_t addr = 0;
    const int result = check(b, r, &addr);

    if (result != VWR_OK)
        return result;
    write_header(r->shared, r);
    describe(r->data, addr, r->rest_of_last + r->bytes - r->type * HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_WRITE));
    return make_available(b, r);
}

/* Checks the size, which submit_many has summed up, and the sector range of the data. */
VWR_ALWAYS_INLINE bool is_on_disk(const struct hand_blk *b, const struct hand_blk_req *r)
{
    return r->bytes - 1u < b->bytes_most &&
           ((r->bytes | r->sector * VWR_BLK_SECTOR_BYTES) & b->block_mask) == 0 &&
           r->sector <= b->sectors - r->bytes / VWR_BLK_SECTOR_BYTES;
}

/*
 * Data in several segments. The descriptors are written while the segments are checked. This has no effect
 * until the request is made available.
 */
static __attribute__((noinline)) int submit_many(struct hand_blk *b, struct hand_blk_req *r)
{
    const struct vwr_vec *vec = r->vecs;
    const struct vwr_vec *const last = vec + r->vec_count - 1;
    const uint64_t write = r->type * HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_WRITE);
    uint64_t rest = r->rest - write;
    hand_half *d = r->data;
    uint64_t bytes = 0;
    uint64_t addr;

    if ((b->stopped | r->out) != 0 || r->type > b->type_most)
        return refuse(b, r);
    if (r->vec_count > b->segments_max)
        return VWR_ESEGMENTS;
    for (; vec != last; vec++, d += 2) {
        if (!map(b, vec, &addr))
            return refuse_segment(vec);
        describe(d, addr, rest + vec->bytes);
        rest += UINT64_C(1) << HAND_SPLIT_NEXT_SHIFT;
        bytes += vec->bytes;
    }
    if (!map(b, vec, &addr))
        return refuse_segment(vec);
    describe(d, addr, r->rest_of_last - write + vec->bytes);
    r->bytes = bytes + vec->bytes;
    if (!is_on_disk(b, r))
        return refuse(b, r);
    write_header(r->shared, r);
    return make_available(b, r);
}

int hand_blk_segments_submit(struct hand_blk *b, struct hand_blk_req *r)
{
    if (r->vec_count > 1)
        return submit_many(b, r);
    if (r->vec_count == 1) {
        r->p = r->vecs->p;
        r->bytes = r->vecs->bytes;
    }
    return submit_one(b, r);
}

/* Packed: a table and one ring descriptor per request. */

struct hand_blk *hand_blk_packed_open(const struct bench_run *r)
{
    struct hand_blk *b = open(r, 1);
    struct bench_ring ring = {0};

    hand_need(r, &ring, VWR_F_INDIRECT_DESC);
    hand_packed_set_up(&b->packed, r, &ring);
    for (unsigned i = 0; i < b->count; i++) {
        struct hand_blk_shared *s = &b->position[i];
        struct vwr_pvirtq_desc *d = (void *)s->table;

        d[0] = (struct vwr_pvirtq_desc){(uintptr_t)&s->out, sizeof(s->out), 0, 0};
        d[2] = (struct vwr_pvirtq_desc){(uintptr_t)&s->in, sizeof(s->in), 0, VWR_VIRTQ_DESC_F_WRITE};
        b->req[i].shared = s;
        b->req[i].head = (uint16_t)i;
        b->req[i].data = (hand_half *)(void *)&d[1];
        b->req[i].rest =
            sizeof(s->table) | (uint64_t)i << HAND_ID_SHIFT | HAND_FLAG(VWR_VIRTQ_DESC_F_INDIRECT);
        b->request[i] = &b->req[i];
    }
    return b;
}

int hand_blk_packed_submit(struct hand_blk *b, struct hand_blk_req *r)
{
    uint64_t addr = 0;
    const int result = check(b, r, &addr);

    if (result != VWR_OK)
        return result;
    write_header(r->shared, r);
    describe(r->data, addr, r->bytes + (1u - r->type) * HAND_FLAG(VWR_VIRTQ_DESC_F_WRITE));
    r->out = true;
    r->number = (uint16_t)b->packed.next;
    hand_packed_put(&b->packed, (uintptr_t)r->shared->table, r->rest, true);
    return VWR_OK;
}

int hand_blk_packed_reap(struct hand_blk *b, struct hand_blk_req **done, unsigned budget)
{
    struct hand_blk_req *const *const request = b->request;
    const uint32_t mask = b->packed.size - 1u;
    uint32_t at = b->packed.used_next;
    uint16_t used = b->packed.used;
    unsigned n = 0;

    while (n < budget && hand_packed_is_used(&b->packed, at, used)) {
        const struct vwr_pvirtq_desc *const d = &b->packed.desc[at];
        struct hand_blk_req *r;
        uint32_t id;

        vwr_port_rmb();
        id = hand_load16(&d->id);
        r = request[id & mask];
        if (id > mask || !r->out)
            return stop(b);
        set_written(b, r, *(const volatile vwr_le32 *)&d->len);
        finish(b, r, r->shared);
        done[n++] = r;
        if (++at == b->packed.size) {
            at = 0;
            used ^= HAND_WRAP;
        }
    }
    b->packed.used_next = at;
    b->packed.used = used;
    return n == 0 ? b->stopped : (int)n;
}

/* Split, in order: one table per position. Descriptor table and available ring are written once, at open. */

struct hand_blk *hand_blk_in_order_open(const struct bench_run *r)
{
    struct hand_blk *b = open(r, 1);
    struct bench_ring ring = {0};

    hand_need(r, &ring, VWR_F_IN_ORDER);
    hand_need(r, &ring, VWR_F_INDIRECT_DESC);
    hand_split_set_up(&b->split, r, &ring);
    for (unsigned i = 0; i < r->queue_size; i++) {
        struct hand_blk_shared *s = &b->position[i];
        struct vwr_virtq_desc *d = s->table;

        d[0] = (struct vwr_virtq_desc){(uintptr_t)&s->out, sizeof(s->out), VWR_VIRTQ_DESC_F_NEXT, 1};
        d[2] = (struct vwr_virtq_desc){(uintptr_t)&s->in, sizeof(s->in), VWR_VIRTQ_DESC_F_WRITE, 0};
        b->split.desc[i] =
            (struct vwr_virtq_desc){(uintptr_t)d, sizeof(s->table), VWR_VIRTQ_DESC_F_INDIRECT, 0};
        b->split.avail->ring[i] = (uint16_t)i;
    }
    return b;
}

int hand_blk_in_order_submit(struct hand_blk *b, struct hand_blk_req *r)
{
    const uint32_t i = b->split.avail_next & b->split.mask;
    struct hand_blk_shared *const s = &b->position[i];
    uint64_t addr = 0;
    const int result = check(b, r, &addr);

    if (result != VWR_OK)
        return result;
    if ((uint16_t)(b->split.avail_next - b->split.used_next) > b->split.mask)
        return VWR_EFULL;
    write_header(s, r);
    describe(
        (hand_half *)(void *)&s->table[1], addr,
        (HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE) | 2ull << HAND_SPLIT_NEXT_SHIFT) +
            r->bytes - r->type * HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_WRITE));
    b->request[i] = r;
    r->out = true;
    r->number = b->split.avail_next++;
    return VWR_OK;
}

/* Starts a batch: a used entry completes all requests up to its id. They must be in flight. */
static bool begin_batch(struct hand_blk *b, uint16_t at)
{
    const struct vwr_virtq_used_elem *const e = &b->split.used->ring[at & b->split.mask];
    const uint32_t id = *(const volatile vwr_le32 *)&e->id;
    const uint16_t n = (uint16_t)(((id - at) & b->split.mask) + 1u);

    b->batch_end = (uint16_t)(at + n);
    b->batch_written = *(const volatile vwr_le32 *)&e->len;
    return id <= b->split.mask && n <= (uint16_t)(b->split.published - at);
}

/* Completes requests from `at` to `end`, which is not beyond the end of the batch. */
VWR_ALWAYS_INLINE void take_batch(struct hand_blk *b, struct hand_blk_req **done, uint16_t at, uint16_t end)
{
    struct hand_blk_req *const *const request = b->request;
    struct hand_blk_shared *const position = b->position;
    const uint32_t mask = b->split.mask;

    do {
        const uint32_t i = at++ & mask;
        struct hand_blk_req *const r = request[i];

        r->written = writable(r);
        finish(b, r, &position[i]);
        *done++ = r;
    } while (at != end);
    if (at == b->batch_end)
        set_written(b, done[-1], b->batch_written);
}

int hand_blk_in_order_reap(struct hand_blk *b, struct hand_blk_req **done, unsigned budget)
{
    const uint16_t idx = hand_load16(&b->split.used->idx);
    uint16_t at = b->split.used_next;
    unsigned n = 0;

    vwr_port_rmb();
    while (n < budget && at != idx) {
        uint16_t count;

        if (at == b->batch_end && !begin_batch(b, at))
            return stop(b);
        count = (uint16_t)(b->batch_end - at);
        if (count > budget - n)
            count = (uint16_t)(budget - n);
        take_batch(b, done + n, at, (uint16_t)(at + count));
        at = (uint16_t)(at + count);
        n += count;
    }
    b->split.used_next = at;
    return n == 0 ? b->stopped : (int)n;
}
