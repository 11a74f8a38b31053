/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vblk_common.h"

/*
 * Passes requests from the queue to the backend. Nearly all requests are plain reads or writes: a header in
 * one segment, data, and a status byte in its own segment. They use the fast path, which makes no calls
 * except to the backend. All others, including invalid requests, go through vwr_vblk_check.c. Both
 * paths load each word of the header once. Section: Block Device / Device Operation.
 */

#define VBLK_HEAD_BYTES ((uint32_t)sizeof(struct vwr_blk_req_out))
/* Number of segments that are covered by the charge per request. */
#define VBLK_FEW_SEGMENTS 8u
/* Bits that are 0 in any byte offset; keeps the end of a request below 2^64. */
#define VBLK_BEYOND (~(~(uint64_t)0 / 2u))
#define VBLK_SECTORS_MOST (VBLK_BEYOND / VWR_BLK_SECTOR_BYTES)
/* Value that no driver can send, since a type has 32 bits. */
#define VBLK_NO_TYPE ((uint64_t)1 << 32)

/* Whether requests of this type need no check except their range. */
static bool vblk_may_be_plain(const struct vwr_vblk *b, uint32_t type)
{
    const struct vwr_request *const row = vwr_blk_request_row(type);

    return vwr_blk_check_type(row, b->dev.legacy, &b->dev.offered, &b->dev.accepted) == VWR_OK &&
           !vblk_keeps_zones(b) && b->backend->bytes_max == 0 && b->sectors <= VBLK_SECTORS_MOST &&
           !vblk_is_stable(b, type);
}

void vwr_vblk_choose_plain_(struct vwr_vblk *b)
{
    b->row = NULL;
    if (!VWR_WITH_SPEED)
        return;
    b->byte_mask = VBLK_BEYOND | (b->backend->block_bytes - 1u);
    b->bytes = b->sectors * VWR_BLK_SECTOR_BYTES;
    b->plain_segs = (uint16_t)vblk_segments(b);
    b->plain_type[0] = vblk_may_be_plain(b, VWR_BLK_T_OUT) ? VWR_BLK_T_OUT : VBLK_NO_TYPE;
    b->plain_type[1] = vblk_may_be_plain(b, VWR_BLK_T_IN) ? VWR_BLK_T_IN : VBLK_NO_TYPE;
}

/* ---- requests of any form ---- */

/* Reads the header from any segments. false: the request is too short. */
static bool vblk_read_head(const struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    struct vwr_blk_req_out head;

    if (vwr_reader_read(&r->out, &head, sizeof(head)) != sizeof(head))
        return false;
    r->type = vwr_guest32(b->dev.legacy, head.type);
    r->sector = vwr_guest64(b->dev.legacy, head.sector);
    return true;
}

/* Like vblk_answer_own(), for zone requests. */
static bool vblk_answer_zones(struct vwr_vblk *b, struct vwr_vblk_req *r, int *result)
{
    if (vblk_keeps_zones(b)) {
        *result = vwr_vblk_zone_answer_(b, r);
        return true;
    }
    *result = vwr_vblk_zone_hand_on_(b, r);
    return *result != VWR_OK;
}

static void vblk_answer_lifetime(const struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    struct vwr_blk_get_lifetime_answer_form form;

    vwr_blk_get_lifetime_answer_encode(&form, b->dev.legacy, b->backend->lifetime);
    (void)vwr_writer_write(&r->in, &form.lifetime, sizeof(form.lifetime));
}

/*
 * Handles requests that the device answers without the backend. true: the request is answered with *result.
 */
static bool vblk_answer_own(struct vwr_vblk *b, struct vwr_vblk_req *r, int *result)
{
    switch (r->type) {
    case VWR_BLK_T_GET_ID:
        (void)vwr_writer_write(&r->in, b->id, sizeof(b->id));
        return true;
    case VWR_BLK_T_GET_LIFETIME:
        if (VWR_WITH_RANGES)
            vblk_answer_lifetime(b, r);
        return true;
    case VWR_BLK_T_ZONE_REPORT:
    case VWR_BLK_T_ZONE_OPEN:
    case VWR_BLK_T_ZONE_CLOSE:
    case VWR_BLK_T_ZONE_FINISH:
    case VWR_BLK_T_ZONE_RESET:
    case VWR_BLK_T_ZONE_RESET_ALL:
        if (vblk_has_zones(b))
            return vblk_answer_zones(b, r, result);
        *result = VWR_EUNSUPP;
        return true;
    default:
        return false;
    }
}

/* Starts a request that has a status byte. `loaded`: type and sector are already set. */
static void vblk_begin(struct vwr_vblk *b, struct vwr_vblk_req *r, bool loaded)
{
    int result = VWR_EIO;

    vwr_vchain_reader(&r->chain, &r->out);
    vwr_vchain_writer(&r->chain, &r->in);
    r->in.left--; /* the status */
    if (loaded)
        (void)vwr_reader_skip(&r->out, VBLK_HEAD_BYTES);
    else
        r->type = VWR_BLK_T_GET_ID; /* until the type is known: a type without counters */
    if (loaded || vblk_read_head(b, r)) {
        r->type &= ~VWR_BLK_T_BARRIER; /* not offered: no effect (quirk blk.barrier-unasked) */
        result = vwr_vblk_describe_(b, r);
    }
    if (result != VWR_OK || vblk_answer_own(b, r, &result)) {
        vwr_vblk_end_(b, r, result);
        return;
    }
    r->to_do = vblk_is_stable(b, r->type) ? VBLK_FLUSH : r->blank != 0 ? VBLK_BLANKS : 0;
    vwr_vblk_submit_or_hold_(b, r);
}

/* Slow path. `loaded`: the header was a separate segment and was loaded into r->type and r->sector. */
VWR_OUT_OF_LINE void vwr_vblk_serve_any_(struct vwr_vblk *b, struct vwr_vblk_req *r, bool loaded)
{
    const uint16_t queue = r->queue;
    const uint32_t segments = (uint32_t)r->chain.out + r->chain.in;

    r->status = vwr_vchain_last(&r->chain);
    if (segments > VBLK_FEW_SEGMENTS)
        vwr_vdev_charge(&b->dev, 0, segments);
    if (r->status != NULL) {
        vblk_begin(b, r, loaded);
        return;
    }
    vblk_free(b, r); /* done first, because a hook may reset the device */
    (void)vwr_vdev_break(&b->dev, queue, VWR_VFAULT_REQUEST, queue, 0);
}

/* ---- plain reads and writes ---- */

/*
 * Whether a request covers whole blocks inside of the window, in bytes. The sector is rotated, so that a
 * sector whose byte offset exceeds 2^64 fails the alignment check.
 */
VWR_ALWAYS_INLINE bool vblk_is_inside(const struct vwr_vblk *b, uint64_t sector, uint32_t bytes)
{
    const uint64_t at = sector * VWR_BLK_SECTOR_BYTES | sector / (~(uint64_t)0 / VWR_BLK_SECTOR_BYTES + 1u);

    return ((at | bytes) & b->byte_mask) == 0 && at + bytes <= b->bytes;
}

/*
 * Checks a possible read (16 readable bytes) or write (1 writable byte) and describes it for the backend. The
 * header has to be a single aligned segment, and the last segment has to be the status byte. Segments are
 * never empty, so those in between are data in one direction: at least one, and no more than the backend
 * accepts. false: vwr_vblk_serve_any_() has handled the request.
 */
VWR_ALWAYS_INLINE bool vblk_describe_plain(struct vwr_vblk *b, struct vwr_vblk_req *r, bool in)
{
    struct vwr_vchain *const c = &r->chain;
    const size_t data = (in ? c->in : c->out) - (size_t)1; /* number of data segments */
    const struct vwr_vseg *const last = &c->seg[data + 1u];
    const uint32_t bytes = in ? c->in_bytes - 1u : c->out_bytes - VBLK_HEAD_BYTES;
    const struct vwr_blk_req_out *const head = (const void *)c->seg[0].at;
    uint64_t sector;
    uint32_t type;

    if (data - 1u >= b->plain_segs || (in ? c->out != 1u : c->seg[0].len != VBLK_HEAD_BYTES) ||
        last->len != 1u || ((uintptr_t)head & (sizeof(vwr_le64) - 1u)) != 0) {
        vwr_vblk_serve_any_(b, r, false);
        return false;
    }
    type = vwr_guest32(b->dev.legacy, vwr_ring_load32(&head->type));
    sector = vwr_guest64(b->dev.legacy, vwr_ring_load64(&head->sector));
    r->type = type;
    if (type != b->plain_type[in] || !vblk_is_inside(b, sector, bytes)) {
        r->sector = sector;
        vwr_vblk_serve_any_(b, r, true);
        return false;
    }
    if (__builtin_expect(data > VBLK_FEW_SEGMENTS - 2u, 0))
        vwr_vdev_charge(&b->dev, 0, (uint32_t)data + 2u);
    r->status = last->at;
    r->sector = sector + b->first;
    r->bytes = bytes;
    r->segs = (uint16_t)data;
    return true;
}

/* The backend has completed the request inline, so its structure is reused for the next one. */
VWR_ALWAYS_INLINE void vblk_end_plain(struct vwr_vblk *b, struct vwr_vblk_req *r, struct vwr_vqueue *q,
                                      bool in)
{
    const uint32_t written = vblk_answer_transfer(b, r, in);

    vwr_vqueue_add_used(q, &r->chain, written);
    r->state = VBLK_RESERVED;
}

/* true: the request has completed, and its structure is reserved again. */
VWR_FAST_INLINE bool vblk_serve_plain(struct vwr_vblk *b, struct vwr_vblk_req *r, struct vwr_vqueue *q,
                                      bool in)
{
    int result;

    if (!vblk_describe_plain(b, r, in))
        return false;
    r->backend = NULL;
    r->state = VBLK_IN_FLIGHT;
    result = b->backend->ops->submit(b->backend, r);
    if (__builtin_expect(result == VWR_OK && r->state == VBLK_IN_FLIGHT, 1)) {
        vblk_end_plain(b, r, q, in);
        return true;
    }
    if (result != VWR_LATER)
        vwr_vblk_submitted_(b, r, result);
    return false;
}

static __attribute__((noinline)) bool vblk_serve_write(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    return vblk_serve_plain(b, r, &b->dev.queue[r->queue], false);
}

/* Called if requests are held or all are in use. Requests that wait for a new budget are submitted first. */
static VWR_COLD bool vblk_is_ready_again(struct vwr_vblk *b)
{
    if (!b->full)
        vwr_vblk_submit_held_(b);
    if (b->free != NULL && b->held == NULL)
        return true;
    b->starved = true;
    return false;
}

/* Reserves a free request for the serving loop; a reset may free it. NULL: none. */
VWR_ALWAYS_INLINE struct vwr_vblk_req *vblk_reserve(struct vwr_vblk *b, const struct vwr_vqueue *q)
{
    struct vwr_vblk_req *r;

    if ((b->free == NULL || b->held != NULL) && !vblk_is_ready_again(b))
        return NULL;
    r = b->free;
    b->free = r->link;
    r->queue = q->index;
    r->state = VBLK_RESERVED;
    return r;
}

/* Serves a popped buffer. true: `r` is still reserved. */
VWR_ALWAYS_INLINE bool vblk_serve_buffer(struct vwr_vblk *b, struct vwr_vblk_req *r, struct vwr_vqueue *q)
{
    if (!VWR_WITH_SPEED || (r->chain.out_bytes != VBLK_HEAD_BYTES && r->chain.in_bytes != 1u)) {
        vwr_vblk_serve_any_(b, r, false);
        return false;
    }
    if (r->chain.out_bytes == VBLK_HEAD_BYTES)
        return vblk_serve_plain(b, r, q, true);
    return vblk_serve_write(b, r);
}

uint16_t vwr_vblk_serve_(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    struct vwr_vblk *const b = vblk_of(v);
    struct vwr_vblk_req *r = NULL;
    uint32_t taken = 0;

    do {
        if (r == NULL)
            r = vblk_reserve(b, q);
        if (r == NULL || vwr_vqueue_pop_avail(q, &r->chain) <= 0)
            break;
        vwr_vdev_charge_extra(&b->dev, q);
        if (!vblk_serve_buffer(b, r, q))
            r = NULL;
    } while (++taken < b->dev.most);
    if (taken != 0)
        b->dev.to_flush = b->kicks;
    if (r != NULL && r->state == VBLK_RESERVED)
        vblk_free(b, r);
    return (uint16_t)taken;
}
