/* SPDX-License-Identifier: MIT */
#include "vt10_common.h"

/* READ, WRITE, SYNCHRONIZE CACHE and UNMAP: from the guest's segments to the back end. */

#define VSCSI_FUA 8u         /* the data bypass the cache */
#define VSCSI_PROTECT 5u     /* position of the field for protection information */
#define VSCSI_LIST_HEAD 8u   /* header of a parameter list of UNMAP; not the specification's */
#define VSCSI_LIST_ENTRY 16u /* not the specification's */

static uint32_t vscsi_submit(struct vwr_vscsi *v, const struct vwr_vscsi_unit *u, uint32_t type)
{
    const bool reads = type == VWR_BLK_T_IN;
    int r;

    v->req.type = type;
    v->req.seg = v->seg;
    v->req.read = 0;
    v->req.backend = NULL;
    r = u->backend->ops->submit(u->backend, &v->req);
    if (r == VWR_OK)
        return 0;
    if (r == VWR_EFULL)
        return VSCSI_RESPONSE(VWR_SCSI_S_BUSY);
    return VWR_T10_SENSE(VWR_T10_MEDIUM_ERROR, reads ? VWR_T10_READ_ERROR : VWR_T10_WRITE_ERROR);
}

/* Writes the cache back, if there is one. */
static uint32_t vscsi_sync(struct vwr_vscsi *v, const struct vwr_vscsi_unit *u)
{
    v->req.bytes = 0;
    v->req.segs = 0;
    v->req.ranges = 0;
    vwr_vdev_charge(vwr_vscsi_dev(v), VWR_VDEV_LEAST_BYTES, 0);
    return u->backend->flush ? vscsi_submit(v, u, VWR_BLK_T_FLUSH) : 0;
}

/* ---- READ, WRITE ---- */

/* Size of a part that back end and budget allow: whole blocks, never 0. */
static uint32_t vscsi_part_bytes(struct vwr_vscsi *v, const struct vwr_vscsi_call *c)
{
    const struct vwr_vblk_backend *const be = c->unit->backend;
    uint32_t most = vwr_vdev_room(vwr_vscsi_dev(v));

    if (be->most != 0 && be->most < most)
        most = be->most;
    most = most < be->block_size ? be->block_size : most & ~(be->block_size - 1u);
    return c->left < most ? c->left : most;
}

/* Describes up to `bytes` bytes of the guest's data in v->seg; returns how many the back end can take. */
static uint32_t vscsi_lend(struct vwr_vscsi *v, const struct vwr_vscsi_call *c, uint32_t bytes)
{
    const uint16_t most = c->unit->backend->segments;
    struct vwr_reader at;
    uint32_t done = 0;
    uint32_t run;

    if (c->writes)
        vwr_reader_set(&at, &c->message->out);
    else
        vwr_writer_room(&c->message->in, &at);
    for (v->req.segs = 0; done < bytes && (most == 0 || v->req.segs < most); v->req.segs++) {
        struct vwr_vseg *const seg = &v->seg[v->req.segs];

        run = vwr_reader_run(&at, &seg->at);
        run = run < bytes - done ? run : bytes - done;
        seg->len = run;
        done += vwr_reader_skip(&at, run);
    }
    return done;
}

static uint32_t vscsi_part(struct vwr_vscsi *v, struct vwr_vscsi_call *c)
{
    const struct vwr_vscsi_unit *const u = c->unit;
    const uint32_t wanted = vscsi_part_bytes(v, c);
    uint32_t bytes = vscsi_lend(v, c, wanted);
    uint32_t result;

    if (bytes < wanted) /* the back end takes fewer segments */
        bytes = vscsi_lend(v, c, bytes & ~(u->backend->block_size - 1u));
    if (bytes == 0)
        return VWR_T10_SENSE(VWR_T10_HARDWARE_ERROR, VWR_T10_TARGET_FAILURE);
    v->req.sector = u->first + c->sector;
    v->req.bytes = bytes;
    v->req.ranges = 0;
    vwr_vdev_charge(vwr_vscsi_dev(v), bytes, v->req.segs);
    result = vscsi_submit(v, u, c->writes ? VWR_BLK_T_OUT : VWR_BLK_T_IN);
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
uint32_t vwr_vscsi_go_on(struct vwr_vscsi *v, struct vwr_vscsi_call *c)
{
    const struct vwr_vscsi_unit *const u = c->unit;
    const uint64_t sectors = c->left / VWR_BLK_SECTOR_BYTES;
    uint32_t result = 0;

    if (c->sector > u->sectors || sectors > u->sectors - c->sector)
        return VSCSI_ILLEGAL(VWR_T10_OUT_OF_RANGE);
    do {
        if (c->left != 0)
            result = vscsi_part(v, c);
    } while (result == 0 && c->left != 0 && vwr_vscsi_dev(v)->work != 0);
    if (result == 0 && c->left != 0)
        return VSCSI_AGAIN;
    return result == 0 && c->writes && (c->cdb[1] & VSCSI_FUA) != 0 ? vscsi_sync(v, u) : result;
}

static bool vscsi_is_within(const struct vwr_vscsi_unit *u, uint64_t block, uint64_t count)
{
    const uint64_t blocks = vscsi_blocks(u);

    return block <= blocks && count <= blocks - block;
}

uint32_t vwr_vscsi_transfer(struct vwr_vscsi *v, struct vwr_vscsi_call *c)
{
    const struct vwr_vscsi_unit *const u = c->unit;
    uint64_t block;
    const uint32_t count = vwr_t10_range(c->cdb, &block);
    const uint64_t bytes = (uint64_t)count * u->backend->block_size;

    c->writes = c->cdb[0] == VWR_T10_WRITE_10 || c->cdb[0] == VWR_T10_WRITE_16;
    if (c->cdb[1] >> VSCSI_PROTECT != 0)
        return VSCSI_ILLEGAL(VWR_T10_INVALID_FIELD);
    if (!vscsi_is_within(u, block, count))
        return VSCSI_ILLEGAL(VWR_T10_OUT_OF_RANGE);
    if (c->writes && vscsi_is_read_only(u))
        return VWR_T10_SENSE(VWR_T10_DATA_PROTECT, VWR_T10_WRITE_PROTECTED);
    if (bytes > (c->writes ? c->message->out.left : c->message->in.left))
        return VSCSI_RESPONSE(VWR_SCSI_S_OVERRUN);
    c->sector = block * vscsi_per_block(u);
    c->left = (uint32_t)bytes;
    return vwr_vscsi_go_on(v, c);
}

/* ---- SYNCHRONIZE CACHE ---- */

uint32_t vwr_vscsi_flush(struct vwr_vscsi *v, struct vwr_vscsi_call *c)
{
    uint64_t block;
    const uint32_t count = vwr_t10_range(c->cdb, &block);

    return vscsi_is_within(c->unit, block, count) ? vscsi_sync(v, c->unit)
                                                  : VSCSI_ILLEGAL(VWR_T10_OUT_OF_RANGE);
}

/* ---- UNMAP ---- */

/* Adds the range of a descriptor, in sectors of the back end; those without blocks are left out. */
static uint32_t vscsi_add_range(struct vwr_vscsi *v, const struct vwr_vscsi_unit *u, const uint8_t *entry)
{
    const uint64_t block = vwr_t10_get(entry, sizeof(uint64_t));
    const uint32_t count = (uint32_t)vwr_t10_get(entry + sizeof(uint64_t), sizeof(uint32_t));
    struct vwr_vblk_range *const range = &v->req.range[v->req.ranges];

    if (!vscsi_is_within(u, block, count))
        return VSCSI_ILLEGAL(VWR_T10_OUT_OF_RANGE);
    if (count > vscsi_unmap_blocks(u))
        return VSCSI_ILLEGAL(VWR_T10_INVALID_LIST);
    range->sector = u->first + block * vscsi_per_block(u);
    range->sectors = count * vscsi_per_block(u);
    range->unmap = true;
    v->req.ranges = (uint16_t)(v->req.ranges + (count != 0));
    return 0;
}

uint32_t vwr_vscsi_unmap(struct vwr_vscsi *v, struct vwr_vscsi_call *c)
{
    const struct vwr_vscsi_unit *const u = c->unit;
    const uint32_t bytes = vwr_t10_length(c->cdb);
    uint8_t list[VSCSI_LIST_HEAD + VWR_VBLK_RANGES * VSCSI_LIST_ENTRY];
    uint32_t entries;
    uint32_t result = 0;

    if (!vscsi_unmaps(u))
        return VSCSI_ILLEGAL(VWR_T10_INVALID_OPCODE);
    if (bytes == 0)
        return 0;
    vwr_zero(list, sizeof(list));
    c->moved = vwr_vmessage_read(c->message, list, bytes < sizeof(list) ? bytes : (uint32_t)sizeof(list));
    entries = (uint32_t)vwr_t10_get(list + 2, sizeof(uint16_t)) / VSCSI_LIST_ENTRY;
    if (bytes < VSCSI_LIST_HEAD || entries * VSCSI_LIST_ENTRY > bytes - VSCSI_LIST_HEAD)
        return VSCSI_ILLEGAL(VWR_T10_LIST_LENGTH);
    if (entries > VWR_VBLK_RANGES)
        return VSCSI_ILLEGAL(VWR_T10_INVALID_LIST);
    v->req.bytes = 0;
    v->req.segs = 0;
    v->req.ranges = 0;
    for (uint32_t i = 0; i < entries && result == 0; i++)
        result = vscsi_add_range(v, u, list + VSCSI_LIST_HEAD + i * VSCSI_LIST_ENTRY);
    vwr_vdev_charge(vwr_vscsi_dev(v), VWR_VDEV_LEAST_BYTES, v->req.ranges);
    return result == 0 && v->req.ranges != 0 ? vscsi_submit(v, u, VWR_BLK_T_DISCARD) : result;
}
