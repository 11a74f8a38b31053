/* SPDX-License-Identifier: MIT */
#include "hand_mix.h"

/*
 * The yardstick for the recorded mix: a handwritten disk driver for a split ring and requests of several
 * segments, with and without tables. It has the contract of vwr_blk_submit, _kick and _reap for the recorded
 * request types.
 *
 * It rejects requests if the disk is stopped or the request is in flight. It checks type, sector, length and
 * number of segments, each with its own error; writes header and status byte anew; uses the port's DMA hook
 * for each segment; checks that a used id is in range and in flight and used.idx is not beyond what was
 * published; clamps the written length to what the device may write; converts the status to a result; counts
 * sectors, errors and clamped lengths. A broken ring stops the disk.
 *
 * It omits what hand_blk.c omits, except for segments, FLUSH and GET_ID. It also omits the age of a request,
 * unaligned segments, and segments that are only partly contiguous for the device.
 */

#define STATUS_BYTES 1u
#define DESCRIPTORS (HAND_MIX_SEGMENTS + 2u)

/* Shared memory of a request besides its data. */
struct hand_mix_shared {
    struct vwr_virtq_desc table[DESCRIPTORS];
    struct vwr_blk_req_out out;
    struct vwr_blk_req_in in;
    uint8_t pad[15];
};

struct hand_mix *hand_mix_open(const struct bench_run *r, uint64_t sectors, struct hand_mix_req *req,
                               unsigned count)
{
    struct hand_mix *b = bench_memory(sizeof(*b));
    struct hand_mix_shared *shared = bench_memory(sizeof(*shared) * count);
    struct bench_ring ring = {0};

    b->block_mask = VWR_BLK_SECTOR_BYTES - 1u;
    b->sectors = sectors;
    b->request = bench_memory(sizeof(struct hand_mix_req *) * r->queue_size);
    b->link = bench_memory(sizeof(*b->link) * r->queue_size);
    b->tables = bench_take(r, &ring, VWR_F_INDIRECT_DESC);
    hand_split_set_up(&b->split, r, &ring);
    b->free = r->queue_size;
    for (unsigned i = 0; i < r->queue_size; i++)
        b->link[i] = (uint16_t)(i + 1u);
    for (unsigned i = 0; i < count; i++) {
        struct vwr_virtq_desc *const table = shared[i].table;

        req[i].shared = &shared[i];
        req[i].head = (uint16_t)i; /* with tables */
        table[0] = (struct vwr_virtq_desc){(uintptr_t)&shared[i].out, sizeof(shared[i].out),
                                           VWR_VIRTQ_DESC_F_NEXT, 1};
        if (b->tables)
            b->split.desc[i].addr = (uintptr_t)table;
    }
    return b;
}

/* Checks a request, and sets its size in bytes and its direction. */
VWR_ALWAYS_INLINE int check(const struct hand_mix *b, struct hand_mix_req *r)
{
    const bool moves = r->type == VWR_BLK_T_IN || r->type == VWR_BLK_T_OUT;
    uint64_t bytes = 0;

    if (b->stopped != VWR_OK)
        return VWR_EFAILED;
    if (r->out)
        return VWR_EBUSY;
    if (r->count > HAND_MIX_SEGMENTS)
        return VWR_ESEGMENTS;
    for (uint32_t i = 0; i < r->count; i++)
        bytes += r->vecs[i].bytes;
    r->bytes = (uint32_t)bytes;
    r->in = r->type != VWR_BLK_T_OUT;
    if (!moves)
        return r->type == VWR_BLK_T_GET_ID || (r->type == VWR_BLK_T_FLUSH && r->count == 0) ? VWR_OK
                                                                                            : VWR_EINVAL;
    if (bytes == 0)
        return VWR_EINVAL;
    if ((bytes & b->block_mask) != 0)
        return VWR_EALIGN;
    return bytes / VWR_BLK_SECTOR_BYTES > b->sectors || r->sector > b->sectors - bytes / VWR_BLK_SECTOR_BYTES
               ? VWR_ERANGE
               : VWR_OK;
}

VWR_ALWAYS_INLINE void write_header(struct hand_mix_shared *s, const struct hand_mix_req *r)
{
    s->out.type = r->type;
    s->out.sector = r->sector; /* `reserved` is 0 already */
    s->in.status = 0xff;
}

VWR_ALWAYS_INLINE uint64_t flags_of(const struct hand_mix_req *r)
{
    return HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_NEXT) + (r->in ? HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_WRITE) : 0u);
}

/*
 * Writes the rest of a table, whose first descriptor is already set, and the ring descriptor that points to
 * the table.
 */
VWR_ALWAYS_INLINE int add_table(struct hand_mix *b, struct hand_mix_req *r)
{
    struct hand_mix_shared *const s = r->shared;
    const uint64_t flags = flags_of(r);
    uint32_t at = 1;

    for (const struct vwr_vec *vec = r->vecs; at <= r->count; vec++, at++) {
        size_t run = 0;
        const uint64_t addr = vwr_port_dma(vec->p, vec->bytes, &run);

        if (run < vec->bytes)
            return VWR_ESEGMENTS;
        hand_split_write(&s->table[at], addr,
                         vec->bytes | flags | (uint64_t)(at + 1u) << HAND_SPLIT_NEXT_SHIFT);
    }
    hand_split_write(&s->table[at], (uintptr_t)&s->in,
                     sizeof(s->in) | HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_WRITE));
    ((volatile hand_half *)(void *)&b->split.desc[r->head])[1] =
        (at + 1u) * sizeof(s->table[0]) | HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_INDIRECT);
    return VWR_OK;
}

/* A chain of free descriptors. */
VWR_ALWAYS_INLINE int add_chain(struct hand_mix *b, struct hand_mix_req *r)
{
    struct vwr_virtq_desc *const desc = b->split.desc;
    const uint16_t *const link = b->link;
    const uint64_t flags = flags_of(r);
    uint32_t i = b->free_head;

    r->head = (uint16_t)i;
    r->descriptors = (uint16_t)(r->count + 2u);
    if (r->descriptors > b->free)
        return VWR_EFULL;
    hand_split_write(&desc[i], (uintptr_t)&r->shared->out,
                     sizeof(r->shared->out) | HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_NEXT) |
                         (uint64_t)link[i] << HAND_SPLIT_NEXT_SHIFT);
    i = link[i];
    for (const struct vwr_vec *vec = r->vecs, *end = vec + r->count; vec != end; vec++, i = link[i]) {
        size_t run = 0;
        const uint64_t addr = vwr_port_dma(vec->p, vec->bytes, &run);

        if (run < vec->bytes)
            return VWR_ESEGMENTS;
        hand_split_write(&desc[i], addr, vec->bytes | flags | (uint64_t)link[i] << HAND_SPLIT_NEXT_SHIFT);
    }
    hand_split_write(&desc[i], (uintptr_t)&r->shared->in,
                     sizeof(r->shared->in) | HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_WRITE));
    r->tail = (uint16_t)i;
    b->free_head = link[i];
    b->free -= r->descriptors;
    return VWR_OK;
}

int hand_mix_submit(struct hand_mix *b, struct hand_mix_req *r)
{
    int result = check(b, r);

    if (result != VWR_OK)
        return result;
    write_header(r->shared, r);
    result = b->tables ? add_table(b, r) : add_chain(b, r);
    if (result != VWR_OK)
        return result;
    r->out = true;
    b->request[r->head] = r;
    b->split.avail->ring[b->split.avail_next++ & b->split.mask] = r->head;
    return VWR_OK;
}

static VWR_COLD int stop(struct hand_mix *b)
{
    b->stopped = VWR_EBADRING;
    return VWR_EBADRING;
}

static VWR_COLD int bad_status(struct hand_mix *b, uint8_t status)
{
    b->errors++;
    return status == VWR_BLK_S_IOERR ? VWR_EIO : status == VWR_BLK_S_UNSUPP ? VWR_EUNSUPP : VWR_EPROTO;
}

static VWR_COLD uint32_t clamp(struct hand_mix *b, uint32_t most)
{
    b->clamped++;
    return most;
}

VWR_ALWAYS_INLINE void finish(struct hand_mix *b, struct hand_mix_req *r, uint32_t written)
{
    const uint8_t status = *(const volatile uint8_t *)&r->shared->in.status;
    const uint32_t most = (r->in ? r->bytes : 0) + STATUS_BYTES;

    r->out = false;
    r->written = (written > most ? clamp(b, most) : written) - STATUS_BYTES;
    r->result = VWR_OK;
    if (status != VWR_BLK_S_OK)
        r->result = bad_status(b, status);
    else if (r->type <= VWR_BLK_T_OUT)
        b->sectors_moved[r->type] += r->bytes / VWR_BLK_SECTOR_BYTES;
    else
        b->others++;
    if (b->tables)
        return;
    b->link[r->tail] = (uint16_t)b->free_head;
    b->free_head = r->head;
    b->free += r->descriptors;
}

int hand_mix_reap(struct hand_mix *b, struct hand_mix_req **done, unsigned budget)
{
    const uint16_t idx = hand_load16(&b->split.used->idx);
    const uint16_t there = (uint16_t)(idx - b->split.used_next);
    const unsigned count = there < budget ? there : budget;
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
        struct hand_mix_req *const r = b->request[id & mask];

        if (id > mask || r == NULL || !r->out || r->head != id)
            return stop(b);
        finish(b, r, *(const volatile vwr_le32 *)&e->len);
        done[n] = r;
    }
    b->split.used_next = at;
    return (int)count;
}
