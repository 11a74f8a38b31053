/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "blk_common.h"

/*
 * Requests on their way. Each has a slot: a header, a status byte and a table in shared memory, a
 * chain and what it looks like in the driver's own. A request of one piece, which is nearly every
 * one, goes through the slot's chain wired; others take the chain apart.
 */

#define LOOKS 16u /* of the clock's, until a deadline */

/* Where the parts of a slot lie for the device. */
static void describe_slot(struct vwr_blk_slot *s, uint64_t addr)
{
    s->seg[0].addr = addr + __builtin_offsetof(struct vwr_blk_shared, out);
    s->seg[0].len = sizeof(s->shared->out);
    if (VWR_WITH_ASYNC)
        s->seg[1].len = s->seg[0].len; /* anything but 0: it changes with each request */
    s->seg[2].addr = addr + __builtin_offsetof(struct vwr_blk_shared, in) +
                     __builtin_offsetof(struct vwr_blk_req_in_zone_append, status);
    s->seg[2].len = sizeof(s->shared->in.status);
}

int vwr_blk_make_slots(struct vwr_blk_requestq *q, const struct vwr_queue_memory *m)
{
    const unsigned count = blk_requests(q->blk);
    const size_t stride = VWR_BLK_SLOT_BYTES((size_t)q->blk->options.pieces);
    const size_t own = VWR_BLK_OWN_BYTES((size_t)m->size, 0);
    uint64_t addr;
    uint8_t *extra;
    size_t run;

    extra = (uint8_t *)m->shared + vwr_dev_queue_extra(q->blk->dev, q->queue.size);
    addr = vwr_port_dma(extra, 1, &run);
    if (q == &q->blk->first)
        q->blk->small = extra + count * stride;
    q->slots = &q->one;
    if (VWR_WITH_ASYNC && count > 1) {
        if (m->own_bytes < VWR_BLK_OWN_BYTES((size_t)m->size, count))
            return vwr_dev_give_up(q->blk->dev, VWR_FAULT_QUEUE_MEMORY, vwr_queue_index(&q->queue),
                                   q->queue.size);
        q->slots = (struct vwr_blk_slot *)(void *)((uint8_t *)m->own + own);
    }
    vwr_zero(q->slots, count * sizeof(*q->slots));
    for (unsigned i = count; i-- > 0;) {
        struct vwr_blk_slot *const s = &q->slots[i];
        void *const at = extra + i * stride;

        s->shared = at;
        describe_slot(s, addr + i * stride);
        /* Memory of a queue is contiguous for the device and aligned, so this can be no error. */
        if (VWR_WITH_INDIRECT &&
            vwr_chain_lend_table(&s->chain, s->shared->table,
                                 stride - __builtin_offsetof(struct vwr_blk_shared, table)) != VWR_OK)
            s->chain.table_size = 0;
        if (VWR_WITH_ASYNC) {
            s->next = q->free;
            q->free = s;
        }
    }
    q->slot_count = count;
    return VWR_OK;
}

/*
 * Describes data of which each part is one piece for the device and all fit into the request, as nearly
 * always. 0: not these.
 */
static unsigned describe_parts(const struct vwr_blk *b, const struct vwr_queue *q,
                               const struct vwr_blk_req *r, struct vwr_seg *seg)
{
    const struct vwr_blk_part *const part = blk_parts(r);
    const unsigned count = blk_part_count(r);
    const uint32_t most = b->piece_bytes_max;

    if (r->splits || count > b->pieces_max || count + 2u > q->size)
        return 0;
    for (unsigned i = 0; i < count; i++) {
        const size_t bytes = part[i].bytes;
        size_t run = 0;

        seg[i].addr = vwr_port_dma(part[i].p, bytes, &run);
        seg[i].len = (uint32_t)bytes;
        if (run < bytes || bytes > most)
            return 0;
    }
    return count;
}

/*
 * Describes the data of a request from r->offset on, in seg[1] and on: as many pieces as the port says
 * that the memory has for the device, and no more than the device takes. If that is not all, and it
 * need not be, then in whole blocks. Answers the pieces; VWR_EINVAL if the port cannot translate,
 * VWR_ESEGMENTS if they are too many.
 */
static int describe(const struct vwr_blk *b, const struct vwr_queue *q, struct vwr_blk_req *r,
                    struct vwr_seg *seg)
{
    const struct vwr_blk_part *part = blk_parts(r);
    uint64_t skip = r->offset;
    uint64_t taken = 0;
    uint32_t surplus;
    unsigned n = 0;

    while (taken < r->bytes) {
        size_t piece = part->bytes - (size_t)skip;
        size_t run = 0;

        if (VWR_WITH_ASYNC && skip >= part->bytes) {
            skip -= part++->bytes;
            continue;
        }
        if (n == b->pieces_max || n + 2u >= q->size)
            break;
        if (piece > r->bytes - taken)
            piece = (size_t)(r->bytes - taken);
        seg[++n].addr = vwr_port_dma((const uint8_t *)part->p + skip, piece, &run);
        if (piece > run)
            piece = run;
        if (piece > b->piece_bytes_max)
            piece = b->piece_bytes_max;
        if (piece == 0)
            return VWR_EINVAL;
        seg[n].len = (uint32_t)piece;
        skip += piece;
        taken += piece;
    }
    if (taken == r->bytes)
        return (int)n;
    if (VWR_WITH_ASYNC && !r->splits)
        return VWR_ESEGMENTS;
    surplus = (uint32_t)taken & (b->info.block_bytes - 1);
    r->bytes = taken - surplus;
    for (; surplus >= seg[n].len; n--) /* ends at the header, which has a length */
        surplus -= seg[n].len;
    seg[n].len -= surplus;
    return r->bytes != 0 ? (int)n : VWR_ESEGMENTS;
}

/* Idle slots have descriptors for good, where chains are wired: gives them back for what is needed now. */
static void make_room(struct vwr_blk_requestq *q)
{
    for (struct vwr_blk_slot *s = q->free; s != NULL; s = s->next)
        s->wired = vwr_queue_unbind(&q->queue, &s->chain) != VWR_OK;
}

/* A request of any shape. */
static int send_pieces(struct vwr_blk_requestq *q, struct vwr_blk_slot *s, struct vwr_blk_req *r)
{
    struct vwr_seg seg[VWR_BLK_SEGMENTS + 2u];
    unsigned out = 1;
    int n;

    seg[0] = s->seg[0]; /* before the pieces: describe may go back as far as here */
    n = VWR_WITH_ASYNC ? (int)describe_parts(q->blk, &q->queue, r, &seg[1]) : 0;
    if (n == 0)
        n = describe(q->blk, &q->queue, r, seg);
    if (n < 0)
        return n;
    seg[n + 1] = s->seg[2];
    if (VWR_WITH_ZONED && r->type == VWR_BLK_T_ZONE_APPEND) {
        seg[n + 1].addr -= __builtin_offsetof(struct vwr_blk_req_in_zone_append, status);
        seg[n + 1].len = sizeof(s->shared->in);
    }
    if (!r->in)
        out += (unsigned)n;
    n += 2;
    if (!VWR_WITH_ASYNC)
        return vwr_queue_add(&q->queue, seg, out, (unsigned)n - out, &s->chain);
    s->wired = vwr_queue_unbind(&q->queue, &s->chain) != VWR_OK;
    if (vwr_queue_add(&q->queue, seg, out, (unsigned)n - out, &s->chain) == VWR_OK)
        return VWR_OK;
    make_room(q);
    return vwr_queue_add(&q->queue, seg, out, (unsigned)n - out, &s->chain);
}

static VWR_COLD bool wire(struct vwr_blk_requestq *q, struct vwr_blk_slot *s)
{
    s->wired = vwr_queue_bind(&q->queue, s->seg, 3, 1, &s->chain) == VWR_OK;
    return s->wired;
}

/* A request of one piece of data goes through a wired chain, all others are described anew. */
static inline int send(struct vwr_blk_requestq *q, struct vwr_blk_slot *s, struct vwr_blk_req *r)
{
    const size_t bytes = (size_t)r->bytes;
    uint64_t addr;
    size_t run = 0;

    if (!VWR_WITH_ASYNC || r->part_count > 1 || r->bytes - 1 >= q->blk->piece_bytes_max ||
        r->type == VWR_BLK_T_ZONE_APPEND)
        return send_pieces(q, s, r);
    addr = vwr_port_dma((const uint8_t *)blk_parts(r)->p + r->offset, bytes, &run);
    if (run < bytes || (!s->wired && !wire(q, s)))
        return send_pieces(q, s, r);
    return vwr_queue_post(&q->queue, &s->chain, addr, (uint32_t)bytes, r->in);
}

int vwr_blk_send(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    struct vwr_blk_slot *const s = blk_free_slot(q);
    int result;

    if (VWR_WITH_ASYNC && s == NULL) {
        vwr_count_add(&q->queue.stats.full, 1);
        return VWR_EFULL;
    }
    blk_write_header(q->blk, s, r->type, VWR_WITH_ASYNC && r->sectors != 0 ? 0 : r->sector);
    result = send(q, s, r);
    if (result == VWR_OK)
        blk_occupy(q, s, r);
    return result;
}

/* What a status byte other than OK means. */
static VWR_COLD int bad_status(struct vwr_blk_requestq *q, const struct vwr_blk_req *r)
{
    uint32_t kind = VWR_FAULT_REQUEST_STATUS;
    vwr_count *counter = &q->stats.protocol;

    if (r->status == VWR_BLK_S_IOERR) {
        kind = VWR_FAULT_REQUEST_IOERR;
        counter = &q->stats.io_errors;
    } else if (r->status == VWR_BLK_S_UNSUPP) {
        kind = VWR_FAULT_REQUEST_UNSUPP;
        counter = &q->stats.unsupported;
    } else if (VWR_WITH_ZONED && r->status >= VWR_BLK_S_ZONE_INVALID_CMD &&
               r->status <= VWR_BLK_S_ZONE_ACTIVE_RESOURCE && vwr_dev_has(q->blk->dev, VWR_BLK_F_ZONED)) {
        kind = VWR_FAULT_BLK_ZONE;
        counter = &q->stats.zone_errors;
    }
    vwr_count_add(counter, 1);
    return blk_note(q, kind, r->type, r->status);
}

struct vwr_blk_req *vwr_blk_finish(struct vwr_blk_requestq *q, struct vwr_blk_slot *s)
{
    struct vwr_blk_req *const r = s->req;

    r->status = blk_read_status(s);
    if (VWR_WITH_ASYNC || VWR_WITH_ZONED)
        r->written = s->chain.written != 0 ? s->chain.written - 1 : 0; /* the status byte is the last */
    r->result = r->status == VWR_BLK_S_OK ? VWR_OK : bad_status(q, r);
    if (r->result == VWR_OK && blk_is_transfer(r))
        blk_count_sectors(q, r->in, r->bytes);
    if (VWR_WITH_ZONED && r->type == VWR_BLK_T_ZONE_APPEND) {
        r->written = 0; /* where the data went is none of them */
        r->append_sector = vwr_le64_to_cpu(*(volatile vwr_le64 *)(void *)&s->shared->in);
        if (r->result == VWR_OK)
            blk_count_sectors(q, false, r->bytes);
    }
    if (VWR_WITH_ASYNC && !r->splits)
        blk_sync_for_cpu(r);
    blk_vacate(q, s);
    return r;
}

int vwr_blk_take(struct vwr_blk_requestq *q, struct vwr_blk_req **r)
{
    struct vwr_chain *chain = NULL;
    int n = vwr_queue_get_used(&q->queue, &chain);

    if (n > 0)
        *r = vwr_blk_finish(q, (struct vwr_blk_slot *)(void *)chain);
    return n;
}

/*
 * Late answers stay in the ring: from here on requests come back from a recovery, or from close.
 * VWR_EFAILED is no reason, it says that there has been one. Each queue has its own: several may have
 * stopped the disk at once.
 */
int vwr_blk_stopped(struct vwr_blk_requestq *q, int r)
{
    if (vwr_queue_state(&q->queue) == VWR_OK)
        vwr_queue_stop(&q->queue, VWR_EFAILED);
    if (q->stopped_by != VWR_OK || r == VWR_EFAILED)
        return VWR_EFAILED;
    if (r == VWR_EBADRING && q->blk->dev->state == VWR_DEV_LIVE)
        r = blk_give_up(q, VWR_FAULT_RING, vwr_queue_index(&q->queue), 0);
    else if (VWR_WITH_ASYNC && r == VWR_EBADRING) /* another queue has failed the device */
        r = blk_note(q, VWR_FAULT_RING, vwr_queue_index(&q->queue), 0);
    q->stopped_by = r;
    return r;
}

int vwr_blk_timed_out(struct vwr_blk_requestq *q, uint32_t type)
{
    vwr_count_add(&q->stats.timeouts, 1);
    return blk_give_up(q, VWR_FAULT_REQUEST_TIMEOUT, type,
                       VWR_FAULT_INDICES(vwr_queue_buffers(&q->queue), q->queue.last_used));
}

/* Has a request been out for too long? Those that were not seen before are seen now. */
static bool is_overdue(struct vwr_blk_requestq *q, uint64_t now, uint64_t limit)
{
    bool overdue = false;

    for (unsigned i = 0; i < q->slot_count; i++) {
        struct vwr_blk_req *const r = q->slots[i].req;

        if (r == NULL)
            continue;
        if (r->since == 0)
            r->since = now;
        if (now - r->since >= limit) {
            overdue = true;
            q->late = r->type;
        }
    }
    return overdue;
}

/*
 * Nothing has come. A request is given up at the second look that finds it too late: between
 * the two the ring was looked at once more.
 */
int vwr_blk_watch(struct vwr_blk_requestq *q)
{
    struct vwr_blk *const b = q->blk;
    const uint64_t limit =
        VWR_PORT_HAS_CLOCK ? b->timeout_us : (uint64_t)b->timeout_us * VWR_PORT_POLLS_PER_US;
    uint64_t now;
    int r = VWR_OK;

    if (b->dev->state != VWR_DEV_LIVE)
        return vwr_blk_stopped(q, VWR_EFAILED);
    if (!VWR_PORT_HAS_CLOCK)
        q->passed += vwr_wait_turn(&q->ticks);
    now = (VWR_PORT_HAS_CLOCK ? vwr_port_time_us() : q->passed) | 1u; /* never 0 */
    if (++q->turns % BLK_CHECK_TURNS == 0 || now - q->looked >= limit / LOOKS)
        r = blk_look(q);
    if (r != VWR_OK)
        return vwr_blk_stopped(q, r);
    if (now - q->looked < limit / LOOKS && !q->overdue)
        return VWR_OK;
    q->looked = now;
    if (!is_overdue(q, now, limit)) {
        q->overdue = false;
        return VWR_OK;
    }
    if (!q->overdue) {
        q->overdue = true;
        return VWR_OK;
    }
    return vwr_blk_stopped(q, vwr_blk_timed_out(q, q->late));
}
