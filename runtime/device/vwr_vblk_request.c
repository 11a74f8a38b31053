/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vblk_common.h"

/*
 * The way of a guest's request: taken from the queue, looked at once, given to the backend, ended. The
 * guest may change its memory at any time; what is looked at twice is a copy.
 * Section: Block Device / Device Operation.
 */

#define FEW_SEGS 8u
/* Parts end at multiples of it, so that pages are whole. */
#define PART_UNIT 4096u /* not the document's */

/* The row of a type, if a device with what was negotiated has such requests; NULL: it has none. */
static const struct vwr_request *find_row(const struct vwr_vdev *v, uint32_t type)
{
    const unsigned version = v->legacy ? VWR_LEGACY : VWR_MODERN;

    for (unsigned i = 0; i < VWR_BLK_REQUEST_COUNT; i++) {
        const struct vwr_request *const row = &vwr_blk_requests[i];

        if (row->type != type)
            continue;
        if ((row->versions & version) == 0 || row->payload == VWR_PAYLOAD_BOTH)
            return NULL;
        return row->feature == VWR_FEATURE_NONE || vwr_vdev_has(v, row->feature) ? row : NULL;
    }
    return NULL;
}

/* Are requests of this type taken? b->row is the type's then; most often it was asked for the last one. */
static int look_up(struct vwr_vblk *b, uint32_t type)
{
    const struct vwr_request *row = b->row;

    if (row != NULL && row->type == type)
        return VWR_OK;
    row = find_row(&b->dev, type);
    if (row == NULL)
        return VWR_EUNSUPP;
    if (row->refused_by != VWR_FEATURE_NONE && vwr_features_have(&b->dev.offered, row->refused_by))
        return VWR_EROFS;
    b->row = row;
    return VWR_OK;
}

/*
 * Data on the side where the type has them, of the length that it may have, and none on the other. Those of a
 * type that has none, a flush, are left alone.
 */
static bool is_well_formed(const struct vwr_request *row, const struct vwr_vchain *c)
{
    const uint32_t bytes = row->payload == VWR_PAYLOAD_IN ? c->in_bytes : c->out_bytes;
    const uint32_t others = row->payload == VWR_PAYLOAD_IN ? c->out_bytes : c->in_bytes;

    if (row->payload == VWR_PAYLOAD_NONE)
        return true;
    if (bytes == 0 || others != 0)
        return false;
    return row->unit == 0 || bytes % row->unit == 0;
}

/* Whole blocks within the window? */
static bool is_inside(const struct vwr_vblk *b, uint64_t sector, uint64_t sectors)
{
    const uint32_t block = b->backend->block_size / VWR_BLK_SECTOR_BYTES;

    if (sectors == 0 || sector > b->sectors || sectors > b->sectors - sector)
        return false;
    return ((sector | sectors) & (block - 1u)) == 0;
}

static int describe_transfer(const struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    const struct vwr_vchain *const c = &r->chain;
    const bool in = r->type == VWR_BLK_T_IN;

    r->bytes = in ? c->in_bytes : c->out_bytes;
    if (!is_inside(b, r->sector, r->bytes / VWR_BLK_SECTOR_BYTES))
        return VWR_ERANGE;
    r->sector += b->first;
    r->seg = in ? vwr_vchain_in(c, &r->segs) : vwr_vchain_out(c, &r->segs);
    return VWR_OK;
}

/* One range, as it stands in the guest's memory. VWR_EUNSUPP is for its flags alone. */
static int describe_range(const struct vwr_vblk *b, struct vwr_vblk_req *r, uint32_t most)
{
    struct vwr_vblk_range *const range = &r->range[r->ranges];
    const bool legacy = b->dev.legacy;
    struct vwr_blk_discard_write_zeroes raw;
    uint32_t flags;

    if (vwr_vchain_read(&r->chain, &raw, sizeof(raw)) != sizeof(raw))
        return VWR_EIO;
    flags = vwr_guest32(legacy, raw.flags);
    range->sector = vwr_guest64(legacy, raw.sector);
    range->sectors = vwr_guest32(legacy, raw.num_sectors);
    range->unmap = (flags & VWR_BLK_DISCARD_WRITE_ZEROES_FLAGS_UNMAP_MASK) != 0;
    if (flags != (range->unmap ? VWR_BLK_DISCARD_WRITE_ZEROES_FLAGS_UNMAP_MASK : 0u) ||
        (range->unmap && r->type == VWR_BLK_T_DISCARD))
        return VWR_EUNSUPP;
    if (range->sectors > most || !is_inside(b, range->sector, range->sectors))
        return VWR_ERANGE;
    range->sector += b->first;
    return VWR_OK;
}

/* Flags that there are not are told of whatever else is wrong with one of the ranges. */
static int describe_ranges(const struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    const bool legacy = b->dev.legacy;
    const uint32_t most =
        vwr_guest32(legacy, r->type == VWR_BLK_T_DISCARD ? b->config.max_discard_sectors
                                                         : b->config.max_write_zeroes_sectors);
    int result = VWR_OK;

    if (r->chain.out_bytes > VWR_VBLK_RANGES * sizeof(struct vwr_blk_discard_write_zeroes))
        return VWR_ERANGE;
    while (r->chain.out_bytes != 0) {
        const int one = describe_range(b, r, most);

        if (one == VWR_EUNSUPP || result == VWR_OK)
            result = one;
        r->ranges++;
    }
    r->ranges = result == VWR_OK ? r->ranges : 0;
    return result;
}

typedef uint64_t VWR_MAY_ALIAS vblk_word;

/* The header, each word of it fetched once, however it lies. False: there are fewer bytes. */
static bool read_head(struct vwr_vchain *c, struct vwr_blk_req_out *head)
{
    const void *const at = vwr_vchain_take_head(c, sizeof(*head));
    vblk_word *const to = (vblk_word *)(void *)head;

    VWR_STATIC_ASSERT(sizeof(*head) == 2 * sizeof(*to), "two words");
    if (at == NULL)
        return vwr_vchain_read(c, head, sizeof(*head)) == sizeof(*head);
    if (((uintptr_t)at & (sizeof(*to) - 1u)) != 0) {
        vwr_copy(head, at, sizeof(*head));
        return true;
    }
    to[0] = vwr_ring_load64(at);
    to[1] = vwr_ring_load64((const uint8_t *)at + sizeof(*to));
    return true;
}

/* What the guest wants, into *r; or negative, and the backend is not asked. */
static int describe(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    struct vwr_blk_req_out head;
    const struct vwr_request *row;
    int result;

    r->type = VWR_BLK_T_GET_ID; /* until it is known: one of which nothing is counted */
    if (!read_head(&r->chain, &head))
        return VWR_EIO;
    r->type = vwr_guest32(b->dev.legacy, head.type);
    r->sector = vwr_guest64(b->dev.legacy, head.sector);
    result = look_up(b, r->type);
    if (result != VWR_OK)
        return result;
    row = b->row;
    if (!is_well_formed(row, &r->chain))
        return VWR_EIO;
    if (vwr_vblk_is_transfer(r))
        return describe_transfer(b, r);
    r->seg = NULL;
    r->segs = 0;
    r->bytes = 0;
    r->ranges = 0;
    if (row->unit == sizeof(struct vwr_blk_discard_write_zeroes))
        return describe_ranges(b, r);
    if (row->type == VWR_BLK_T_FLUSH_OUT)
        r->type = VWR_BLK_T_FLUSH;
    return VWR_OK;
}

/*
 * Is a write to be on the medium when the guest hears of it? Where it was offered a cache and took neither
 * the flush nor the switch, or has switched the cache off.
 */
static bool is_stable(const struct vwr_vblk *b, const struct vwr_vblk_req *r)
{
    if (r->type == VWR_BLK_T_IN || (r->type != VWR_BLK_T_OUT && r->type != VWR_BLK_T_WRITE_ZEROES) ||
        !b->backend->flush)
        return false;
    if (b->write_through)
        return true;
    if (vwr_vdev_has(&b->dev, VWR_BLK_F_CONFIG_WCE))
        return b->config.writeback == 0;
    return !vwr_vdev_has(&b->dev, VWR_BLK_F_FLUSH);
}

static void count(struct vwr_vblk *b, const struct vwr_vblk_req *r, int result)
{
    if (result != VWR_OK) {
        vwr_count_add(&b->stats.errors, 1);
        return;
    }
    switch (r->asked) {
    case VWR_BLK_T_IN:
        vwr_count_add(&b->stats.reads, 1);
        vwr_count_add(&b->stats.bytes_in, r->bytes);
        break;
    case VWR_BLK_T_OUT:
        vwr_count_add(&b->stats.writes, 1);
        vwr_count_add(&b->stats.bytes_out, r->bytes);
        break;
    case VWR_BLK_T_FLUSH:
        vwr_count_add(&b->stats.flushes, 1);
        break;
    default:
        vwr_count_add(&b->stats.others, 1);
    }
}

/* Bytes that were written for the guest from the first on: the status is one of them where no gap is before
 * it. */
static uint32_t bytes_written(const struct vwr_vblk_req *r, int result)
{
    uint32_t n = r->chain.written;

    if (r->asked == VWR_BLK_T_IN)
        n = result == VWR_OK ? r->bytes : r->read;
    return n >= r->room ? r->room + 1u : n;
}

static void end(struct vwr_vblk *b, struct vwr_vblk_req *r, int result)
{
    const uint32_t written = bytes_written(r, result);

    count(b, r, result);
    *(volatile uint8_t *)r->status = result == VWR_OK        ? VWR_BLK_S_OK
                                     : result == VWR_EUNSUPP ? VWR_BLK_S_UNSUPP
                                                             : VWR_BLK_S_IOERR;
    vwr_vqueue_add_used(&b->dev.queue[r->queue], &r->chain, written);
    vblk_free(b, r);
}

/* ---- in parts, for a backend that says how much it takes at most ---- */

/* What the backend and the budget have room for; something in any case. */
static uint32_t vblk_part_bytes(const struct vwr_vblk *b)
{
    const uint32_t block = b->backend->block_size;
    const uint32_t unit = block > PART_UNIT ? block : PART_UNIT;
    const uint32_t most = b->backend->most < b->dev.work ? b->backend->most : b->dev.work;

    if (most >= unit)
        return most & ~(unit - 1u);
    return b->backend->most < unit ? b->backend->most : unit;
}

static void vblk_begin_parts(struct vwr_vblk_req *r)
{
    r->to_do |= VBLK_PARTS;
    r->done = 0;
    r->cut = 0;
    r->left = r->bytes;
    for (unsigned i = 0; !vwr_vblk_is_transfer(r) && i < r->ranges; i++)
        r->left += r->range[i].sectors;
    r->more = vwr_vblk_is_transfer(r) ? r->segs : r->ranges;
    r->bytes = 0;
    r->segs = 0;
    r->ranges = 0;
}

static void vblk_cut_segments(struct vwr_vblk_req *r, uint32_t most)
{
    struct vwr_vseg *s = &r->chain.seg[r->seg - r->chain.seg];

    for (; r->more != 0 && r->bytes < most; s++) {
        r->bytes += (uint32_t)s->len;
        r->segs++;
        r->more--;
    }
    if (r->bytes > most) {
        r->cut = r->bytes - most;
        s[-1].len -= r->cut;
        r->bytes = most;
    }
    r->left -= r->bytes;
}

static void vblk_cut_range(struct vwr_vblk_req *r, uint32_t most)
{
    r->ranges = 1;
    r->more--;
    if (r->range[0].sectors > most) {
        r->cut = r->range[0].sectors - most;
        r->range[0].sectors = most;
    }
    r->left -= r->range[0].sectors;
}

/* The part that is submitted next, unless the backend had no room for it before. False: the budget is used
 * up. A request that is not cut counts as the smallest part. */
static __attribute__((noinline)) bool vblk_begin_part(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    const bool transfer = vwr_vblk_is_transfer(r);

    if ((r->to_do & VBLK_PARTS) != 0 && (r->bytes != 0 || r->ranges != 0))
        return true;
    if (b->dev.work == 0)
        return false;
    if (!transfer && r->type != VWR_BLK_T_WRITE_ZEROES) {
        vwr_vdev_charge(&b->dev, PART_UNIT, 0);
        return true;
    }
    if ((r->to_do & VBLK_PARTS) == 0)
        vblk_begin_parts(r);
    if (transfer)
        vblk_cut_segments(r, vblk_part_bytes(b));
    else
        vblk_cut_range(r, vblk_part_bytes(b) / VWR_BLK_SECTOR_BYTES);
    vwr_vdev_charge(&b->dev, transfer ? r->bytes : r->range[0].sectors * VWR_BLK_SECTOR_BYTES, r->segs);
    return true;
}

/* What was cut off the last segment is the first of the next part. */
static void vblk_leave_segments(struct vwr_vblk_req *r)
{
    struct vwr_vseg *s = &r->chain.seg[r->seg - r->chain.seg] + r->segs;

    if (r->cut != 0) {
        s--;
        s->at += s->len;
        s->len = r->cut;
    }
    r->seg = s;
    r->segs = 0;
    r->sector += r->bytes / VWR_BLK_SECTOR_BYTES;
    r->done += r->bytes;
    r->bytes = 0;
}

/* The one that is submitted is always the first: when it is done the last takes its place, if there is one.
 */
static void vblk_leave_range(struct vwr_vblk_req *r)
{
    const struct vwr_vblk_range *const last = &r->range[r->more];

    r->ranges = 0;
    if (r->cut != 0) {
        r->range[0].sector += r->range[0].sectors;
        r->range[0].sectors = r->cut;
    } else {
        r->range[0].sector = last->sector;
        r->range[0].sectors = last->sectors;
        r->range[0].unmap = last->unmap;
    }
}

static void vblk_leave_part(struct vwr_vblk_req *r)
{
    if (vwr_vblk_is_transfer(r))
        vblk_leave_segments(r);
    else
        vblk_leave_range(r);
    r->more = (uint16_t)(r->more + (r->cut != 0));
    r->cut = 0;
}

/* A submit is done, and that was not all. True: there is another one. */
static __attribute__((noinline)) bool vblk_has_next(struct vwr_vblk_req *r, int result)
{
    if ((r->to_do & VBLK_PARTS) != 0) {
        if (result == VWR_OK) {
            vblk_leave_part(r);
            if (r->left != 0)
                return true;
            r->bytes = r->done; /* all of them */
        }
        r->read += r->done;
    }
    r->to_do &= VBLK_FLUSH;
    if (r->to_do == 0 || result != VWR_OK)
        return false;
    r->to_do = 0;
    r->type = VWR_BLK_T_FLUSH;
    return true;
}

/* ---- to the backend, and back ---- */

/* It waits, as the first or the last: for a new budget, or for room, if that is what the first one lacks. */
static void vblk_hold(struct vwr_vblk *b, struct vwr_vblk_req *r, struct vwr_vblk_req **at)
{
    if (at == &b->held && b->backend->most == 0)
        b->full = true;
    r->state = VBLK_HELD;
    r->link = *at;
    *at = r;
    if (!b->full)
        vwr_vdev_put_off(&b->dev, r->queue);
}

/*
 * One part after the other, as long as they are done at once. VWR_EFULL: not all, and it has to wait; b->full
 * says whether that is for room in the backend.
 */
static __attribute__((noinline)) int vblk_submit_parts(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    int result;

    do {
        b->full = false;
        if (!vblk_begin_part(b, r))
            return VWR_EFULL;
        r->backend = NULL;
        result = b->backend->ops->submit(b->backend, r);
    } while (result <= 0 && result != VWR_EFULL && r->state == VBLK_OUT && vblk_has_next(r, result));
    b->full = result == VWR_EFULL && r->state == VBLK_OUT;
    return result;
}

static void submit_or_hold(struct vwr_vblk *b, struct vwr_vblk_req *r);

/* A submit is done, which may not have been all. */
static __attribute__((noinline)) void vblk_go_on(struct vwr_vblk *b, struct vwr_vblk_req *r, int result)
{
    if (vblk_has_next(r, result))
        submit_or_hold(b, r);
    else
        end(b, r, result);
}

VWR_ALWAYS_INLINE void vblk_done(struct vwr_vblk *b, struct vwr_vblk_req *r, int result)
{
    if (r->state != VBLK_OUT)
        return; /* a reset was first */
    if (r->to_do != 0)
        vblk_go_on(b, r, result);
    else
        end(b, r, result);
}

void vwr_vblk_done_locked(struct vwr_vblk_req *r, int result)
{
    vblk_done(r->disk, r, result);
}

/* To the backend. False: it has to wait. */
VWR_ALWAYS_INLINE bool submit(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    int result;

    r->backend = NULL;
    r->state = VBLK_OUT;
    b->unkicked = true;
    result = b->backend->most == 0 ? b->backend->ops->submit(b->backend, r) : vblk_submit_parts(b, r);
    if (__builtin_expect(result == VWR_EFULL, 0))
        return r->state != VBLK_OUT; /* a reset was first */
    if (result != VWR_VBLK_LATER)
        vblk_done(b, r, result);
    return true;
}

/* Where nothing else is held, or serve had not come here. */
static __attribute__((noinline)) void vblk_submit_first(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    if (!submit(b, r))
        vblk_hold(b, r, &b->held);
}

static void submit_or_hold(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    struct vwr_vblk_req **at = &b->held;

    if (b->held == NULL && submit(b, r))
        return;
    while (*at != NULL)
        at = &(*at)->link;
    vblk_hold(b, r, at);
}

void vwr_vblk_submit_held(struct vwr_vblk *b)
{
    while (b->held != NULL) {
        struct vwr_vblk_req *const r = b->held;

        b->held = r->link; /* before: a write that is done at once may have to be flushed, and waits again */
        if (!submit(b, r)) {
            vblk_hold(b, r, &b->held);
            return;
        }
    }
}

void vwr_vblk_kick(struct vwr_vblk *b)
{
    const bool unkicked = b->unkicked;

    b->unkicked = false; /* before: kick may come back here */
    if (unkicked && b->backend->ops->kick != NULL)
        b->backend->ops->kick(b->backend);
}

/* A buffer of the guest that has a place for the status. */
static void begin(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    int result;

    r->room = r->chain.in_bytes;
    r->read = 0;
    result = describe(b, r);
    r->asked = r->type;
    if (result == VWR_OK && r->type == VWR_BLK_T_GET_ID)
        (void)vwr_vchain_write(&r->chain, b->id, sizeof(b->id));
    if (result != VWR_OK || r->type == VWR_BLK_T_GET_ID) {
        end(b, r, result);
        return;
    }
    r->to_do = is_stable(b, r) ? VBLK_FLUSH : 0;
    vblk_submit_first(b, r);
}

/* The segments that were walked; those of a small request are no more work than what each has. */
static __attribute__((noinline)) void vblk_charge(struct vwr_vblk *b, const struct vwr_vchain *c)
{
    vwr_vdev_charge(&b->dev, 0, c->out + c->in);
}

/* Requests are held, or all are in use. What waits for a new budget goes first. */
static VWR_COLD bool vblk_serve_held(struct vwr_vblk *b, uint16_t queue)
{
    if (!b->full)
        vwr_vblk_submit_held(b);
    if (b->free != NULL && b->held == NULL)
        return vwr_vblk_serve(&b->dev, queue);
    b->starved = true;
    return false;
}

bool vwr_vblk_serve(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_vblk *const b = vblk_of(v);
    struct vwr_vblk_req *const r = b->free;
    unsigned segs;

    if (r == NULL || b->held != NULL)
        return vblk_serve_held(b, queue);
    if (vwr_vqueue_pop_avail(&v->queue[queue], &r->chain) <= 0)
        return false;
    b->free = r->link;
    b->busy++;
    r->queue = queue;
    segs = r->chain.out + r->chain.in;
    r->status = vwr_vchain_take_last(&r->chain);
    if (segs > FEW_SEGS)
        vblk_charge(b, &r->chain);
    if (r->status != NULL) {
        begin(b, r);
        return true;
    }
    vblk_free(b, r); /* before: a hook may reset the device */
    (void)vwr_vdev_break(v, queue, VWR_VFAULT_REQUEST, queue, 0);
    return true;
}
