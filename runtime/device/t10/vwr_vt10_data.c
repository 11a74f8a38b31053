/* SPDX-License-Identifier: MIT */
#include "vt10_common.h"

/* READ, WRITE, SYNCHRONIZE CACHE and UNMAP: from the guest's segments to the back end. */

#define VT10_FUA 8u       /* the data bypass the cache */
#define VT10_PROTECT 5u   /* position of the field for protection information */
#define VT10_LIST_HEAD 8u /* header of a parameter list of UNMAP */
#define VT10_LIST_ENTRY 16u

static uint32_t vt10_submit(struct vwr_vt10 *t, const struct vwr_vt10_unit *u, uint32_t type)
{
    const bool reads = type == VWR_BLK_T_IN;
    int r;

    t->req.type = type;
    t->req.seg = t->seg;
    t->req.read = 0;
    t->req.backend = NULL;
    r = u->backend->ops->submit(u->backend, &t->req);
    if (r == VWR_OK)
        return 0;
    if (r == VWR_EFULL)
        return VT10_RESPONSE(VWR_SCSI_S_BUSY);
    return VWR_T10_SENSE(VWR_T10_MEDIUM_ERROR, reads ? VWR_T10_READ_ERROR : VWR_T10_WRITE_ERROR);
}

/* Flushes the cache, if there is one. */
static uint32_t vt10_sync(struct vwr_vt10 *t, const struct vwr_vt10_unit *u)
{
    t->req.bytes = 0;
    t->req.segs = 0;
    t->req.ranges = 0;
    vwr_vdev_charge(t->dev, VWR_VDEV_BYTES_MIN, 0);
    return u->backend->flush ? vt10_submit(t, u, VWR_BLK_T_FLUSH) : 0;
}

/* ---- READ, WRITE ---- */

/* Size of a part, in whole blocks, as allowed by the back end and the budget; never 0. */
static uint32_t vt10_part_bytes(struct vwr_vt10 *t, const struct vwr_vt10_call *c)
{
    const struct vwr_vblk_backend *const be = c->unit->backend;
    uint32_t most = vwr_vdev_room(t->dev);

    if (be->bytes_max != 0 && be->bytes_max < most)
        most = be->bytes_max;
    most = most < be->block_bytes ? be->block_bytes : most & ~(be->block_bytes - 1u);
    return c->left < most ? c->left : most;
}

/* Describes up to `bytes` bytes of the guest's data in t->seg; returns how many the back end can accept. */
static uint32_t vt10_lend(struct vwr_vt10 *t, const struct vwr_vt10_call *c, uint32_t bytes)
{
    const uint16_t most = c->unit->backend->segments_max;
    struct vwr_reader at;
    uint32_t done = 0;
    uint32_t run;

    if (c->writes)
        vwr_reader_set(&at, &c->message->out);
    else
        vwr_writer_room(&c->message->in, &at);
    for (t->req.segs = 0; done < bytes && (most == 0 || t->req.segs < most); t->req.segs++) {
        struct vwr_vseg *const seg = &t->seg[t->req.segs];

        run = vwr_reader_run(&at, &seg->at);
        run = run < bytes - done ? run : bytes - done;
        seg->len = run;
        done += vwr_reader_skip(&at, run);
    }
    return done;
}

static uint32_t vt10_part(struct vwr_vt10 *t, struct vwr_vt10_call *c)
{
    const struct vwr_vt10_unit *const u = c->unit;
    const uint32_t wanted = vt10_part_bytes(t, c);
    uint32_t bytes = vt10_lend(t, c, wanted);
    uint32_t result;

    if (bytes < wanted) /* the back end supports fewer segments */
        bytes = vt10_lend(t, c, bytes & ~(u->backend->block_bytes - 1u));
    if (bytes == 0)
        return VWR_T10_SENSE(VWR_T10_HARDWARE_ERROR, VWR_T10_TARGET_FAILURE);
    t->req.sector = u->first + c->sector;
    t->req.bytes = bytes;
    t->req.ranges = 0;
    vwr_vdev_charge(t->dev, bytes, t->req.segs);
    result = vt10_submit(t, u, c->writes ? VWR_BLK_T_OUT : VWR_BLK_T_IN);
    if (result != 0)
        return result;
    if (c->writes)
        (void)vwr_reader_skip(&c->message->out, bytes);
    else
        (void)vwr_writer_skip(&c->message->in, bytes);
    c->sector += bytes / VWR_BLK_SECTOR_BYTES;
    c->left -= bytes;
    c->moved += bytes;
    return 0;
}

/* A unit may have become smaller since the last part. */
uint32_t vwr_vt10_continue_(struct vwr_vt10 *t, struct vwr_vt10_call *c)
{
    const struct vwr_vt10_unit *const u = c->unit;
    const uint64_t sectors = c->left / VWR_BLK_SECTOR_BYTES;
    uint32_t result = 0;

    if (c->sector > u->sectors || sectors > u->sectors - c->sector)
        return VT10_ILLEGAL(VWR_T10_OUT_OF_RANGE);
    do {
        if (c->left != 0)
            result = vt10_part(t, c);
    } while (result == 0 && c->left != 0 && t->dev->work != 0);
    if (result == 0 && c->left != 0)
        return VT10_AGAIN;
    return result == 0 && c->writes && (c->cdb[1] & VT10_FUA) != 0 ? vt10_sync(t, u) : result;
}

static bool vt10_is_within(const struct vwr_vt10_unit *u, uint64_t block, uint64_t count)
{
    const uint64_t blocks = vt10_blocks(u);

    return block <= blocks && count <= blocks - block;
}

uint32_t vwr_vt10_transfer_(struct vwr_vt10 *t, struct vwr_vt10_call *c)
{
    const struct vwr_vt10_unit *const u = c->unit;
    uint64_t block;
    const uint32_t count = vwr_t10_range(c->cdb, &block);
    const uint64_t bytes = (uint64_t)count * u->backend->block_bytes;

    c->writes = c->cdb[0] == VWR_T10_WRITE_10 || c->cdb[0] == VWR_T10_WRITE_16;
    if (c->cdb[1] >> VT10_PROTECT != 0)
        return VT10_ILLEGAL(VWR_T10_INVALID_FIELD);
    if (!vt10_is_within(u, block, count))
        return VT10_ILLEGAL(VWR_T10_OUT_OF_RANGE);
    if (c->writes && vt10_is_read_only(u))
        return VWR_T10_SENSE(VWR_T10_DATA_PROTECT, VWR_T10_WRITE_PROTECTED);
    if (bytes > (c->writes ? c->message->out.left : c->message->in.left))
        return VT10_RESPONSE(VWR_SCSI_S_OVERRUN);
    c->sector = block * vt10_per_block(u);
    c->left = (uint32_t)bytes;
    return vwr_vt10_continue_(t, c);
}

/* ---- SYNCHRONIZE CACHE ---- */

uint32_t vwr_vt10_flush_(struct vwr_vt10 *t, struct vwr_vt10_call *c)
{
    uint64_t block;
    const uint32_t count = vwr_t10_range(c->cdb, &block);

    return vt10_is_within(c->unit, block, count) ? vt10_sync(t, c->unit) : VT10_ILLEGAL(VWR_T10_OUT_OF_RANGE);
}

/* ---- UNMAP ---- */

/* Adds the range of a descriptor, in sectors of the back end. Descriptors without blocks are skipped. */
static uint32_t vt10_add_range(struct vwr_vt10 *t, const struct vwr_vt10_unit *u, const uint8_t *entry)
{
    const uint64_t block = vwr_t10_get(entry, sizeof(uint64_t));
    const uint32_t count = (uint32_t)vwr_t10_get(entry + sizeof(uint64_t), sizeof(uint32_t));
    struct vwr_vblk_range *const range = &t->req.range[t->req.ranges];

    if (!vt10_is_within(u, block, count))
        return VT10_ILLEGAL(VWR_T10_OUT_OF_RANGE);
    if (count > vt10_unmap_blocks(u))
        return VT10_ILLEGAL(VWR_T10_INVALID_LIST);
    range->sector = u->first + block * vt10_per_block(u);
    range->sectors = count * vt10_per_block(u);
    range->unmap = true;
    t->req.ranges = (uint16_t)(t->req.ranges + (count != 0));
    return 0;
}

uint32_t vwr_vt10_unmap_(struct vwr_vt10 *t, struct vwr_vt10_call *c)
{
    const struct vwr_vt10_unit *const u = c->unit;
    const uint32_t bytes = vwr_t10_length(c->cdb);
    uint8_t list[VT10_LIST_HEAD + VWR_VBLK_RANGES * VT10_LIST_ENTRY];
    uint32_t entries;
    uint32_t result = 0;

    if (!vt10_unmaps(u))
        return VT10_ILLEGAL(VWR_T10_INVALID_OPCODE);
    if (bytes == 0)
        return 0;
    vwr_zero(list, sizeof(list));
    c->moved = vwr_vmessage_read(c->message, list, bytes < sizeof(list) ? bytes : (uint32_t)sizeof(list));
    entries = (uint32_t)vwr_t10_get(list + 2, sizeof(uint16_t)) / VT10_LIST_ENTRY;
    if (bytes < VT10_LIST_HEAD || entries * VT10_LIST_ENTRY > bytes - VT10_LIST_HEAD)
        return VT10_ILLEGAL(VWR_T10_LIST_LENGTH);
    if (entries > VWR_VBLK_RANGES)
        return VT10_ILLEGAL(VWR_T10_INVALID_LIST);
    t->req.bytes = 0;
    t->req.segs = 0;
    t->req.ranges = 0;
    for (uint32_t i = 0; i < entries && result == 0; i++)
        result = vt10_add_range(t, u, list + VT10_LIST_HEAD + i * VT10_LIST_ENTRY);
    vwr_vdev_charge(t->dev, VWR_VDEV_BYTES_MIN, t->req.ranges);
    return result == 0 && t->req.ranges != 0 ? vt10_submit(t, u, VWR_BLK_T_DISCARD) : result;
}
