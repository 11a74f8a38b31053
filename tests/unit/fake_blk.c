/* SPDX-License-Identifier: MIT */
#include "fake_blk.h"
#include "fake_ram.h"
#include "cmocka_all.h"

#include <string.h>

uint8_t fake_blk_pattern(uint64_t at)
{
    return (uint8_t)(at * 7 + at / VWR_BLK_SECTOR_BYTES * 3 + 1);
}

void fake_blk_attach(struct fake *f, struct fake_blk *disk)
{
    static const char id[VWR_BLK_GET_ID_BYTES + 1] = "exactly-20-bytes-id.";

    memset(disk, 0, sizeof(*disk));
    for (size_t i = 0; i < sizeof(disk->data); i++)
        disk->data[i] = fake_blk_pattern(i);
    memcpy(disk->id, id, sizeof(disk->id));
    disk->has_id = true;
    fake_config(f, VWR_BLK_CONFIG_CAPACITY, 8, FAKE_DISK_SECTORS);
    f->on_notify = fake_blk_serve;
    f->backend = disk;
}

static bool has_feature(const struct fake *f, unsigned feature)
{
    return fake_took(f, feature);
}

/* Moves data between the pieces and `bytes` bytes at `data`; answers what was written into the pieces. */
static uint32_t move(const struct fake_chain *c, uint8_t *data, uint32_t bytes)
{
    uint32_t written = 0;

    for (unsigned i = 1; i + 1 < c->count && bytes > 0; i++) {
        const struct fake_piece *p = &c->piece[i];
        const uint32_t n = p->len < bytes ? p->len : bytes;

        if (p->write)
            fake_ram_write(p->addr, data, n);
        else
            fake_ram_read(p->addr, data, n);
        written += p->write ? n : 0;
        data += n;
        bytes -= n;
    }
    return written;
}

static uint8_t transfer(const struct fake *f, struct fake_blk *disk, const struct fake_chain *c,
                        const struct fake_request *r, uint32_t *written)
{
    if (r->bytes == 0 || r->bytes % VWR_BLK_SECTOR_BYTES != 0)
        return VWR_BLK_S_IOERR;
    if (r->type == VWR_BLK_T_OUT && has_feature(f, VWR_BLK_F_RO))
        return VWR_BLK_S_IOERR;
    if (r->sector >= FAKE_DISK_SECTORS || r->bytes / VWR_BLK_SECTOR_BYTES > FAKE_DISK_SECTORS - r->sector)
        return VWR_BLK_S_IOERR;
    if (!disk->no_data)
        *written = move(c, disk->data + r->sector * VWR_BLK_SECTOR_BYTES, r->bytes);
    return VWR_BLK_S_OK;
}

static uint8_t execute(const struct fake *f, struct fake_blk *disk, const struct fake_chain *c,
                       const struct fake_request *r, uint32_t *written)
{
    switch (r->type) {
    case VWR_BLK_T_IN:
    case VWR_BLK_T_OUT:
        return transfer(f, disk, c, r, written);
    case VWR_BLK_T_FLUSH:
        return has_feature(f, VWR_BLK_F_FLUSH) ? VWR_BLK_S_OK : VWR_BLK_S_UNSUPP;
    case VWR_BLK_T_GET_ID:
        if (disk->has_id && !disk->no_data)
            *written = move(c, (uint8_t *)disk->id, sizeof(disk->id));
        return disk->has_id ? VWR_BLK_S_OK : VWR_BLK_S_UNSUPP;
    default:
        return VWR_BLK_S_UNSUPP;
    }
}

/*
 * Header and status byte in descriptors of their own: a legacy device without ANY_LAYOUT insists
 * on it, so the driver is held to it always.
 */
static struct fake_request *understand(const struct fake *f, struct fake_blk *disk,
                                       const struct fake_chain *c)
{
    const bool legacy = f->version == VWR_MMIO_VERSION_LEGACY;
    struct fake_request *r = &disk->request[disk->count++ % FAKE_REQUESTS];
    struct vwr_blk_req_out out;

    assert_true(c->count >= 2);
    assert_int_equal(c->piece[0].len, sizeof(out));
    assert_false(c->piece[0].write);
    assert_int_equal(c->piece[c->count - 1].len, 1);
    assert_true(c->piece[c->count - 1].write);
    fake_ram_read(c->piece[0].addr, &out, sizeof(out));
    *r =
        (struct fake_request){.type = vwr_wire32(legacy, out.type), .sector = vwr_wire64(legacy, out.sector)};
    assert_int_equal(out.reserved, 0);
    for (unsigned i = 1; i + 1 < c->count; i++) {
        assert_int_equal(c->piece[i].write, r->type != VWR_BLK_T_OUT);
        r->bytes += c->piece[i].len;
        r->pieces++;
        if (c->piece[i].len > r->largest)
            r->largest = c->piece[i].len;
    }
    return r;
}

static void serve(struct fake *f, uint32_t queue, struct fake_blk *disk, const struct fake_chain *c)
{
    const struct fake_request *r = understand(f, disk, c);
    uint32_t written = 0;
    uint8_t status = execute(f, disk, c, r, &written);

    if (disk->has_status)
        status = disk->status;
    if (!disk->no_status)
        fake_ram_write(c->piece[c->count - 1].addr, &status, 1);
    fake_ring_push(f, queue, c->head, written + !disk->no_status + disk->used_more);
}

void fake_blk_serve(struct fake *f, uint32_t queue)
{
    struct fake_blk *disk = f->backend;
    struct fake_chain chain;

    while (!disk->mute && fake_ring_next(f, queue, &chain))
        serve(f, queue, disk, &chain);
}
