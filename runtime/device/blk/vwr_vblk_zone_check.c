/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "vwr/bytes.h"
#include "vwr/vblk_zone.h"
#include "vblk_common.h"

/*
 * Requests to a zoned device: checks whether a zone allows a request, and processes requests that need no
 * backend. The write pointer moves when a write is accepted, so that several writes to a zone can be in
 * flight. Section: Block Device / Device Operation.
 */

#define VZONE_REPORT_MOST 512u /* maximum number of zones in a report */

static uint32_t vzone_index(const struct vwr_vblk_zones *z, uint64_t sector)
{
    return (uint32_t)vwr_shift_right(sector, z->shift);
}

static uint64_t vzone_start(const struct vwr_vblk_zones *z, uint32_t index)
{
    return vwr_shift_left(index, z->shift);
}

/* Capacity in sectors; the last zone may be smaller. */
static uint32_t vzone_capacity(const struct vwr_vblk *b, uint32_t index)
{
    const struct vwr_vblk_zones *const z = b->zones;
    const uint64_t left = b->sectors - vzone_start(z, index);
    const uint32_t most = z->capacity != 0 ? z->capacity : z->zone_sectors;

    return left < most ? (uint32_t)left : most;
}

/* Records that the zone is written up to sector `end`. */
static void vzone_written(struct vwr_vblk *b, uint32_t index, uint32_t end)
{
    struct vwr_vblk_zone *const one = vwr_vblk_zone_at_(b->zones, index);

    if (end > one->written)
        one->written = end;
    if (one->written >= vzone_capacity(b, index))
        vwr_vblk_zone_set_(b->zones, index, VWR_BLK_ZS_FULL);
}

/*
 * Whether a write was accepted before the state was saved but did not complete. The write pointer has already
 * moved, and the write may have filled the zone.
 */
static bool vzone_is_repeated(const struct vwr_vblk *b, const struct vwr_vblk_zone *one, uint64_t end)
{
    return b->repeats && end <= one->written && one->state != VWR_BLK_ZS_RDONLY &&
           one->state != VWR_BLK_ZS_OFFLINE;
}

/*
 * Checks a write to a zone that requires sequential writes, which must start at the write pointer. `at` is
 * the sector within the zone.
 */
static int vzone_write_sequential(struct vwr_vblk *b, uint32_t index, uint32_t at, uint64_t count)
{
    struct vwr_vblk_zones *const z = b->zones;
    const struct vwr_vblk_zone *const one = vwr_vblk_zone_at_(z, index);
    const uint32_t capacity = vzone_capacity(b, index);
    const uint32_t bytes = vblk_zone_granularity(b, z);
    int result = VWR_OK;

    if (vzone_is_repeated(b, one, at + count))
        return VWR_OK;
    if (one->state == VWR_BLK_ZS_FULL || one->state == VWR_BLK_ZS_RDONLY ||
        one->state == VWR_BLK_ZS_OFFLINE || at + count > capacity)
        return VZONE_INVALID;
    if (at != one->written || ((at + count) & (bytes / VWR_BLK_SECTOR_BYTES - 1u)) != 0)
        return VZONE_UNALIGNED;
    if (one->state != VWR_BLK_ZS_EOPEN)
        result = vwr_vblk_zone_open_(z, index, VWR_BLK_ZS_IOPEN);
    if (result == VWR_OK)
        vzone_written(b, index, at + (uint32_t)count);
    return result;
}

/*
 * Handles a write at any position, possibly across zones, and updates the written part of each zone. The
 * zones cover all sectors.
 */
static int vzone_write_anywhere(struct vwr_vblk *b, uint64_t sector, uint64_t count)
{
    struct vwr_vblk_zones *const z = b->zones;
    const uint64_t end = sector + count;

    for (uint32_t i = vzone_index(z, sector); vzone_start(z, i) < end; i++) {
        const struct vwr_vblk_zone *const one = vwr_vblk_zone_at_(z, i);

        if (one->type == VWR_BLK_ZT_SWR || one->state == VWR_BLK_ZS_RDONLY ||
            one->state == VWR_BLK_ZS_OFFLINE)
            return VZONE_INVALID;
    }
    for (uint32_t i = vzone_index(z, sector); vzone_start(z, i) < end; i++) {
        const uint64_t to = end - vzone_start(z, i);
        const struct vwr_vblk_zone *const one = vwr_vblk_zone_at_(z, i);

        if (one->type == VWR_BLK_ZT_CONV)
            continue;
        if (one->state != VWR_BLK_ZS_EOPEN && one->state != VWR_BLK_ZS_FULL)
            vwr_vblk_zone_set_(z, i, VWR_BLK_ZS_IOPEN); /* there are no limits on open zones */
        vzone_written(b, i, to < z->zone_sectors ? (uint32_t)to : z->zone_sectors);
    }
    return VWR_OK;
}

static int vzone_write(struct vwr_vblk *b, const struct vwr_vblk_req *r)
{
    const struct vwr_vblk_zones *const z = b->zones;
    const uint64_t sector = r->sector - b->first;
    const uint64_t count = r->bytes / VWR_BLK_SECTOR_BYTES;
    const uint32_t index = vzone_index(z, sector);

    if (z->zone[index].type != VWR_BLK_ZT_SWR)
        return vzone_write_anywhere(b, sector, count);
    if (vzone_index(z, sector + count - 1u) != index)
        return VZONE_INVALID;
    return vzone_write_sequential(b, index, (uint32_t)(sector - vzone_start(z, index)), count);
}

/*
 * Passes only the segments for the first bytes of a read to the backend. Later segments are not changed, for
 * vwr_vblk_state.c.
 */
static void vzone_cut(struct vwr_vblk_req *r)
{
    struct vwr_vseg *s = &r->chain.seg[r->seg - r->chain.seg];
    uint32_t left = r->bytes - r->blank;

    r->bytes = left;
    for (r->segs = 0; left != 0; r->segs++, s++) {
        s->len = left < s->len ? left : s->len;
        left -= (uint32_t)s->len;
    }
}

bool vwr_vblk_zone_blank_(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    uint32_t room = vwr_vdev_room(&b->dev);
    struct vwr_reader part;
    uint8_t *at = NULL;
    uint32_t run;

    vwr_reader_start(&part, r->seg, r->bytes);
    (void)vwr_reader_skip(&part, r->bytes - r->blank + r->done);
    while ((run = vwr_reader_run(&part, &at)) != 0) {
        if (room == 0)
            return false;
        run = run < room ? run : room;
        vwr_zero(at, run);
        r->done += vwr_reader_skip(&part, run);
        room = vwr_vdev_use(&b->dev, room, run);
    }
    r->to_do &= (uint8_t)~VBLK_BLANKS;
    vzone_cut(r);
    return true;
}

/* End of the written part of a zone, in sectors of the device. */
static uint64_t vzone_readable(struct vwr_vblk_zones *z, uint32_t index)
{
    const struct vwr_vblk_zone *const one = vwr_vblk_zone_at_(z, index);

    if (one->type == VWR_BLK_ZT_CONV)
        return vzone_start(z, index) + z->zone_sectors;
    return vzone_start(z, index) + one->written;
}

static int vzone_read(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    struct vwr_vblk_zones *const z = b->zones;
    const uint64_t sector = r->sector - b->first;
    const uint64_t end = sector + r->bytes / VWR_BLK_SECTOR_BYTES;
    const uint32_t last = vzone_index(z, end - 1u);
    uint32_t i = vzone_index(z, sector);
    uint64_t readable;

    if (!vwr_vdev_has(&b->dev, VWR_BLK_F_ZONED))
        return VWR_OK; /* behaves like a disk without zones */
    for (; i <= last; i++) {
        if (vwr_vblk_zone_at_(z, i)->state == VWR_BLK_ZS_OFFLINE ||
            (z->zone[i].type == VWR_BLK_ZT_SWR && vzone_index(z, sector) != last))
            return VZONE_INVALID;
        readable = vzone_readable(z, i);
        if (readable < end && readable < vzone_start(z, i) + z->zone_sectors)
            break;
    }
    if (i > last)
        return VWR_OK;
    if (i < last)
        return VZONE_INVALID; /* the driver can read the zones separately */
    r->blank = r->bytes - (readable > sector ? (uint32_t)(readable - sector) * VWR_BLK_SECTOR_BYTES : 0);
    r->done = 0;
    return VWR_OK;
}

int vwr_vblk_zone_transfer_(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    return r->type == VWR_BLK_T_IN ? vzone_read(b, r) : vzone_write(b, r);
}

/* Turns an append into a write at the write pointer. */
int vwr_vblk_zone_append_(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    struct vwr_vblk_zones *const z = b->zones;
    const uint64_t sector = r->sector;
    const uint32_t index = vzone_index(z, sector);
    const uint32_t count = r->out.left / VWR_BLK_SECTOR_BYTES;
    uint32_t at;
    int result;

    if (z->append_sectors_max == 0)
        return VWR_EUNSUPP;
    if (r->in.left != sizeof(((struct vwr_blk_req_in_zone_append *)0)->append_sector) || sector >= b->sectors)
        return VWR_EINVAL;
    if (sector != vzone_start(z, index) || z->zone[index].type != VWR_BLK_ZT_SWR ||
        count > z->append_sectors_max)
        return VZONE_INVALID;
    at = vwr_vblk_zone_at_(z, index)->written;
    result = vzone_write_sequential(b, index, at, count);
    if (result != VWR_OK)
        return result;
    r->append = true;
    r->append_sector = sector + at;
    r->type = VWR_BLK_T_OUT;
    r->sector = sector + at + b->first;
    vwr_vblk_lend_(r, false);
    return VWR_OK;
}

/* ---- requests processed here ---- */

static void vzone_describe(struct vwr_vblk *b, uint32_t index, struct vwr_blk_zone_descriptor *d)
{
    struct vwr_vblk_zones *const z = b->zones;
    const struct vwr_vblk_zone *const one = vwr_vblk_zone_at_(z, index);

    vwr_zero(d, sizeof(*d));
    d->z_cap = vwr_cpu_to_le64(vzone_capacity(b, index));
    d->z_start = vwr_cpu_to_le64(vzone_start(z, index));
    d->z_wp = vwr_cpu_to_le64(vzone_start(z, index) + one->written);
    d->z_type = one->type;
    d->z_state = one->state;
}

/*
 * Number of zones in a report that starts at `index`, limited by the buffer and the budget, which always
 * allows one zone.
 */
static uint32_t vzone_report_count(const struct vwr_vblk *b, const struct vwr_vblk_req *r, uint32_t index)
{
    const uint32_t left = b->zones->zone_count - index;
    const uint32_t room = r->in.left / (uint32_t)sizeof(struct vwr_blk_zone_descriptor) -
                          1u; /* the header has the size of a descriptor */
    uint32_t n = vwr_vdev_room(&b->dev) / (uint32_t)sizeof(struct vwr_blk_zone_descriptor);

    n = n > 1u ? n - 1u : 1u;
    n = n < VZONE_REPORT_MOST ? n : VZONE_REPORT_MOST;
    n = n < room ? n : room;
    return n < left ? n : left;
}

static void vzone_put(struct vwr_vblk *b, struct vwr_vblk_req *r, const void *from, uint32_t bytes)
{
    vwr_vdev_charge(&b->dev, vwr_writer_write(&r->in, from, bytes), 0);
}

static int vzone_report(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    struct vwr_blk_zone_descriptor d;
    struct vwr_blk_zone_report head;
    uint32_t index = vzone_index(b->zones, r->sector);
    uint32_t n;

    VWR_STATIC_ASSERT(sizeof(head) == sizeof(d), "vzone_report_count");
    if (r->sector >= b->sectors || r->in.left < sizeof(head))
        return VWR_EINVAL;
    n = vzone_report_count(b, r, index);
    vwr_zero(&head, sizeof(head));
    head.nr_zones = vwr_cpu_to_le64(n);
    vzone_put(b, r, &head, sizeof(head));
    for (; n != 0; n--, index++) {
        vzone_describe(b, index, &d);
        vzone_put(b, r, &d, sizeof(d));
    }
    return VWR_OK;
}

/* Whether requests cannot change the state of a zone. */
static bool vzone_is_fixed(const struct vwr_vblk_zone *one)
{
    return one->type == VWR_BLK_ZT_CONV || one->state == VWR_BLK_ZS_RDONLY ||
           one->state == VWR_BLK_ZS_OFFLINE;
}

static void vzone_reset(struct vwr_vblk_zones *z, uint32_t index)
{
    vwr_vblk_zone_set_(z, index, VWR_BLK_ZS_EMPTY);
    z->zone[index].written = 0;
}

static int vzone_close(struct vwr_vblk_zones *z, uint32_t index)
{
    const struct vwr_vblk_zone *const one = &z->zone[index];

    if (one->state == VWR_BLK_ZS_CLOSED)
        return VWR_OK;
    if (one->state != VWR_BLK_ZS_IOPEN && one->state != VWR_BLK_ZS_EOPEN)
        return VZONE_INVALID;
    vwr_vblk_zone_set_(z, index, one->written == 0 ? VWR_BLK_ZS_EMPTY : VWR_BLK_ZS_CLOSED);
    return VWR_OK;
}

static int vzone_manage(struct vwr_vblk *b, uint32_t type, uint32_t index)
{
    struct vwr_vblk_zones *const z = b->zones;
    const struct vwr_vblk_zone *const one = vwr_vblk_zone_at_(z, index);

    if (vzone_is_fixed(one))
        return VZONE_INVALID;
    switch (type) {
    case VWR_BLK_T_ZONE_OPEN:
        return one->state == VWR_BLK_ZS_FULL ? VZONE_INVALID
                                             : vwr_vblk_zone_open_(z, index, VWR_BLK_ZS_EOPEN);
    case VWR_BLK_T_ZONE_CLOSE:
        return vzone_close(z, index);
    case VWR_BLK_T_ZONE_FINISH:
        vwr_vblk_zone_set_(z, index, VWR_BLK_ZS_FULL);
        return VWR_OK;
    default:
        vzone_reset(z, index);
        return VWR_OK;
    }
}

int vwr_vblk_zone_answer_(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    struct vwr_vblk_zones *const z = b->zones;

    if (r->type == VWR_BLK_T_ZONE_REPORT)
        return vzone_report(b, r);
    if (r->type == VWR_BLK_T_ZONE_RESET_ALL) {
        vwr_vblk_zone_reset_all_(z);
        return VWR_OK;
    }
    if (r->sector >= b->sectors || vzone_start(z, vzone_index(z, r->sector)) != r->sector)
        return VZONE_INVALID;
    return vzone_manage(b, r->type, vzone_index(z, r->sector));
}

/* A range must be exactly one zone. */
static int vzone_check_erase(struct vwr_vblk *b, const struct vwr_vblk_range *range)
{
    struct vwr_vblk_zones *const z = b->zones;
    const uint64_t sector = range->sector - b->first;
    const uint64_t left = b->sectors - sector;

    if ((sector & (z->zone_sectors - 1u)) != 0 ||
        range->sectors != (left < z->zone_sectors ? left : z->zone_sectors) ||
        vzone_is_fixed(vwr_vblk_zone_at_(z, vzone_index(z, sector))))
        return VZONE_INVALID;
    return VWR_OK;
}

int vwr_vblk_zone_erase_(struct vwr_vblk *b, const struct vwr_vblk_req *r)
{
    int result = VWR_OK;

    for (unsigned i = 0; i < r->ranges && result == VWR_OK; i++)
        result = vzone_check_erase(b, &r->range[i]);
    for (unsigned i = 0; i < r->ranges && result == VWR_OK; i++)
        vzone_reset(b->zones, vzone_index(b->zones, r->range[i].sector - b->first));
    return result;
}
