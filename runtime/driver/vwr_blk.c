/* SPDX-License-Identifier: MIT */
#include "vwr/blk.h"
#include "vwr/wait.h"
#include "vwr/zero.h"

/* The driver of a disk. Section: Block Device. */

#define NOT_A_STATUS 0xffu  /* what the status byte holds until the device has written it */
#define BLOCK_MAX 65536u    /* bytes; a larger block size is taken for nonsense */
#define PIECE_MAX 67108864u /* bytes; more does no good, and the sum of a request stays below 2^32 */
#define WIRED_PIECES 3u     /* descriptors that the wired request keeps */
#define CHECK_TURNS 65536u  /* a silent device is asked for its status once in so many looks */

/*
 * Zones need requests that this driver does not send; all else is taken, if only for what the
 * configuration says.
 */
static const struct vwr_features wanted = {{VWR_BLK_FEATURES_W0 & ~((uint32_t)1 << VWR_BLK_F_ZONED),
                                            VWR_BLK_FEATURES_W1, VWR_BLK_FEATURES_W2, VWR_BLK_FEATURES_W3}};

static void read_info(const struct vwr_config *c, void *into)
{
    struct vwr_blk_info *info = into;

    info->sectors = vwr_blk_config_get_capacity(c);
    info->block_bytes = vwr_blk_config_get_blk_size(c);
    info->segment_bytes_max = vwr_blk_config_get_size_max(c);
    info->segments_max = vwr_blk_config_get_seg_max(c);
    info->read_only = vwr_config_has(c, VWR_BLK_F_RO);
    info->write_cache = vwr_config_has(c, VWR_BLK_F_CONFIG_WCE) ? vwr_blk_config_get_writeback(c)
                                                                : vwr_config_has(c, VWR_BLK_F_FLUSH);
}

/* The request of one piece of data: header and status stay as they are, so they are described once. */
static int wire(struct vwr_blk *b)
{
    b->seg[0].addr = b->queue.extra_addr + __builtin_offsetof(struct vwr_blk_shared, out);
    b->seg[0].len = sizeof(b->shared->out);
    b->seg[1].len = b->seg[0].len; /* anything but 0: it changes with each request */
    b->seg[2].addr = b->queue.extra_addr + __builtin_offsetof(struct vwr_blk_shared, in);
    b->seg[2].len = sizeof(b->shared->in);
    if (b->queue.size <= WIRED_PIECES + 2u) /* nothing would be left for other requests */
        return VWR_OK;
    b->wired_bytes_max = b->piece_bytes_max;
    return vwr_queue_wire(&b->queue, b->seg, 3, 1, &b->wired);
}

/* What the configuration says is the device's word: what later code divides or masks by is checked here. */
static int check_info(struct vwr_blk *b)
{
    const uint32_t block = b->info.block_bytes;

    if (block < VWR_BLK_SECTOR_BYTES || block > BLOCK_MAX || (block & (block - 1)) != 0)
        return vwr_dev_give_up(b->dev, VWR_FAULT_BLK_BLOCK, 0, block);
    if (b->queue.size <= 2)
        return vwr_dev_give_up(b->dev, VWR_FAULT_QUEUE_SIZE, VWR_BLK_QUEUE_REQUESTQ, b->queue.size);
    b->block_mask = block / VWR_BLK_SECTOR_BYTES - 1;
    b->piece_bytes_max = b->info.segment_bytes_max;
    if (b->piece_bytes_max - 1 >= PIECE_MAX) /* 0: it does not say */
        b->piece_bytes_max = PIECE_MAX;
    b->pieces_max = b->info.segments_max;
    if (b->pieces_max == 0) /* it does not say, so nothing but one is sure to work */
        b->pieces_max = 1;
    if (b->pieces_max > VWR_BLK_SEGMENTS)
        b->pieces_max = VWR_BLK_SEGMENTS;
    return wire(b);
}

static int set_up(struct vwr_blk *b, const struct vwr_queue_memory *m, const struct vwr_blk_options *options)
{
    const struct vwr_wish wish = {&wanted, &options->need, &options->avoid, NULL, VWR_BLK_FEATURE_RULE_COUNT};
    int r = vwr_dev_negotiate(b->dev, &wish);

    VWR_STATIC_ASSERT(VWR_BLK_FEATURE_RULE_COUNT == 0,
                      "features of a disk have rules now: give them to wish");
    if (r == VWR_OK)
        r = vwr_dev_read_config(b->dev, read_info, &b->info, sizeof(b->info));
    if (r == VWR_OK)
        r = vwr_dev_add_queue(b->dev, VWR_BLK_QUEUE_REQUESTQ, &b->queue, m, sizeof(*b->shared));
    if (r != VWR_OK)
        return r;
    b->shared = b->queue.extra;
    r = check_info(b);
    return r == VWR_OK ? vwr_dev_start(b->dev) : r;
}

int vwr_blk_open(struct vwr_blk *b, struct vwr_dev *d, const struct vwr_queue_memory *m,
                 const struct vwr_blk_options *options)
{
    static const struct vwr_blk_options defaults = {.timeout_us = VWR_BLK_TIMEOUT_US};

    if (d->state != VWR_DEV_PROBED)
        return d->state == VWR_DEV_LIVE ? VWR_EBUSY : VWR_EFAILED;
    vwr_zero(b, sizeof(*b));
    b->dev = d;
    if (d->type != VWR_BLK_ID)
        return vwr_dev_note(d, VWR_FAULT_TYPE, VWR_BLK_ID, d->type);
    if (options == NULL)
        options = &defaults;
    b->timeout_us = options->timeout_us != 0 ? options->timeout_us : VWR_BLK_TIMEOUT_US;
    return set_up(b, m, options);
}

int vwr_blk_close(struct vwr_blk *b)
{
    return vwr_dev_reset(b->dev);
}

/*
 * Describes as much of a buffer as one request takes, in seg[1] and on: as many pieces as the
 * port says that the buffer has for the device, and no more than the device takes. If that is
 * not all, then in whole blocks. Answers the bytes, 0 if the port cannot translate or not even
 * one block fits.
 */
static uint32_t describe(const struct vwr_blk *b, const uint8_t *p, uint64_t bytes, struct vwr_seg *seg,
                         unsigned *pieces)
{
    unsigned n = 0;
    uint32_t taken = 0;
    uint32_t surplus = 0;

    while (taken < bytes && n < b->pieces_max && n + 2u < b->queue.free) {
        size_t run = 0;
        size_t piece = (size_t)(bytes - taken);

        seg[++n].addr = vwr_port_dma(p + taken, piece, &run);
        if (piece > run)
            piece = run;
        if (piece > b->piece_bytes_max)
            piece = b->piece_bytes_max;
        seg[n].len = (uint32_t)piece;
        if (piece == 0)
            return 0;
        taken += (uint32_t)piece;
    }
    if (taken != bytes)
        surplus = taken & (b->info.block_bytes - 1);
    taken -= surplus;
    for (; surplus >= seg[n].len; n--) /* ends at the header, which has a length */
        surplus -= seg[n].len;
    seg[n].len -= surplus;
    *pieces = n;
    return taken;
}

/*
 * The answer was not there at once: `r` is 0, or what take said. Waits for the one request that
 * is out, and now and then asks the device whether it is still with us.
 */
static VWR_COLD int wait_slowly(struct vwr_blk *b, int r)
{
    struct vwr_chain *done;
    struct vwr_wait wait;
    bool more = true;

    vwr_wait_begin(&wait, b->timeout_us);
    for (unsigned turn = 1; r == 0 && more; turn++) {
        more = vwr_wait_more(&wait);
        r = vwr_queue_take(&b->queue, &done);
        if (r == 0 && (!more || turn % CHECK_TURNS == 0))
            r = vwr_dev_check(b->dev);
    }
    if (r == 0)
        return vwr_dev_give_up(b->dev, VWR_FAULT_BLK_TIMEOUT, b->type, b->queue.taken);
    if (r == VWR_EBADRING)
        return vwr_dev_give_up(b->dev, VWR_FAULT_RING, VWR_BLK_QUEUE_REQUESTQ, 0);
    return r;
}

/* What a status byte other than OK means. */
static VWR_COLD int bad_status(struct vwr_blk *b, uint8_t status)
{
    uint32_t kind = VWR_FAULT_BLK_STATUS;

    if (status == VWR_BLK_S_IOERR)
        kind = VWR_FAULT_BLK_IOERR;
    if (status == VWR_BLK_S_UNSUPP)
        kind = VWR_FAULT_BLK_UNSUPP;
    return vwr_dev_note(b->dev, kind, b->type, status);
}

static inline void fill_header(struct vwr_blk *b, uint64_t sector)
{
    const bool legacy = vwr_dev_is_legacy(b->dev);

    b->shared->out.type = vwr_wire32(legacy, b->type);
    b->shared->out.sector = vwr_wire64(legacy, sector);
    b->shared->in.status = NOT_A_STATUS;
}

/* A request is in the queue, its data are [p, p + bytes): sends it, waits, and reads the answer. */
static int finish(struct vwr_blk *b, const void *p, size_t bytes)
{
    struct vwr_chain *done;
    uint8_t status;
    int r;

    vwr_port_sync_for_device(b->shared, sizeof(*b->shared));
    vwr_port_sync_for_device(p, bytes);
    (void)vwr_queue_kick(&b->queue);
    r = vwr_queue_take(&b->queue, &done);
    if (r <= 0) {
        r = wait_slowly(b, r);
        if (r < 0)
            return r;
    }
    vwr_port_sync_for_cpu(b->shared, sizeof(*b->shared));
    vwr_port_sync_for_cpu(p, bytes);
    status = *(volatile uint8_t *)&b->shared->in.status;
    return status == VWR_BLK_S_OK ? VWR_OK : bad_status(b, status);
}

/* The long way: requests until all of the data has been dealt with, or one without data. */
static VWR_COLD int request_pieces(struct vwr_blk *b, uint64_t sector, const uint8_t *p, uint64_t left)
{
    struct vwr_seg seg[VWR_BLK_SEGMENTS + 2u];
    unsigned pieces = 0;
    unsigned out;
    uint32_t bytes;
    int r;

    seg[0] = b->seg[0];
    do {
        bytes = describe(b, p, left, seg, &pieces);
        if (bytes == 0 && left != 0)
            return vwr_dev_note(b->dev, VWR_FAULT_BLK_PIECES, b->info.segments_max,
                                b->info.segment_bytes_max);
        seg[pieces + 1] = b->seg[2];
        out = b->type == VWR_BLK_T_OUT ? pieces : 0;
        fill_header(b, sector);
        r = vwr_queue_add(&b->queue, seg, 1 + out, 1 + pieces - out, &b->chain);
        if (r == VWR_OK)
            r = finish(b, p, bytes);
        sector += bytes / VWR_BLK_SECTOR_BYTES;
        p += bytes;
        left -= bytes;
    } while (r == VWR_OK && left > 0);
    return r;
}

/* Has the device do something with [p, p + bytes), which may be nothing: in one request if it can be. */
static int request(struct vwr_blk *b, uint64_t sector, const uint8_t *p, uint64_t bytes, uint32_t type)
{
    uint64_t addr = 0;
    size_t run = 0;
    int r;

    b->type = type;
    if (bytes - 1 < b->wired_bytes_max) /* and so not 0 */
        addr = vwr_port_dma(p, (size_t)bytes, &run);
    if (run < bytes || bytes == 0)
        return request_pieces(b, sector, p, bytes);
    fill_header(b, sector);
    r = vwr_queue_push(&b->queue, &b->wired, addr, (uint32_t)bytes, type != VWR_BLK_T_OUT);
    return r == VWR_OK ? finish(b, p, (size_t)bytes) : r;
}

/* What can be said to be wrong before the device is asked. */
static int transfer(struct vwr_blk *b, uint64_t sector, const void *p, uint32_t count, uint32_t type)
{
    if (b->dev->state != VWR_DEV_LIVE)
        return VWR_EFAILED;
    if (count == 0)
        return VWR_EINVAL;
    if (count > b->info.sectors || sector > b->info.sectors - count)
        return VWR_ERANGE;
    if (((sector | count) & b->block_mask) != 0 || ((uintptr_t)p & (VWR_PORT_DMA_ALIGN - 1u)) != 0)
        return VWR_EALIGN;
    return request(b, sector, p, (uint64_t)count * VWR_BLK_SECTOR_BYTES, type);
}

int vwr_blk_read(struct vwr_blk *b, uint64_t sector, void *buffer, uint32_t count)
{
    return transfer(b, sector, buffer, count, VWR_BLK_T_IN);
}

int vwr_blk_write(struct vwr_blk *b, uint64_t sector, const void *buffer, uint32_t count)
{
    if (b->info.read_only)
        return VWR_EROFS;
    return transfer(b, sector, buffer, count, VWR_BLK_T_OUT);
}

int vwr_blk_flush(struct vwr_blk *b)
{
    if (b->dev->state != VWR_DEV_LIVE)
        return VWR_EFAILED;
    if (!vwr_dev_has(b->dev, VWR_BLK_F_FLUSH)) /* then nothing is kept back either */
        return VWR_OK;
    return request(b, 0, b->queue.extra, 0, VWR_BLK_T_FLUSH); /* no data, so any address will do */
}

int vwr_blk_get_id(struct vwr_blk *b, char id[VWR_BLK_GET_ID_BYTES + 1u])
{
    int r;

    id[0] = '\0';
    if (b->dev->state != VWR_DEV_LIVE)
        return VWR_EFAILED;
    r = request(b, 0, b->shared->id, VWR_BLK_GET_ID_BYTES, VWR_BLK_T_GET_ID);
    if (r != VWR_OK)
        return r;
    for (unsigned i = 0; i < VWR_BLK_GET_ID_BYTES; i++)
        id[i] = (char)b->shared->id[i];
    id[VWR_BLK_GET_ID_BYTES] = '\0';
    return r;
}
