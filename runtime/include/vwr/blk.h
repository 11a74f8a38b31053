/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_H
#define VWR_BLK_H

#include "vwr/dev.h"
#include "vwr/gen/blk.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A disk. All calls wait for the device, at most the deadline, polling; one caller at a time,
 * not from an interrupt handler. Sectors have VWR_BLK_SECTOR_BYTES bytes whatever the block
 * size is. Section: Block Device.
 *
 *     static _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t shared[VWR_BLK_SHARED_BYTES(64)];
 *     static _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(64)];
 *     struct vwr_queue_memory memory = {shared, sizeof shared, own, sizeof own, 64};
 *     ...
 *     if (vwr_mmio_probe(&mmio, base, VWR_MMIO_SIZE) == VWR_OK &&
 *         vwr_blk_open(&blk, &mmio.dev, &memory, NULL) == VWR_OK)
 *         result = vwr_blk_read(&blk, 0, buffer, 8);
 */

#ifndef VWR_BLK_TIMEOUT_US
#define VWR_BLK_TIMEOUT_US 30000000u
#endif
#ifndef VWR_BLK_SEGMENTS
#define VWR_BLK_SEGMENTS 16u /* pieces of data in a request; a more scattered buffer takes several */
#endif

/* What the device reads and writes besides the data: lies behind the ring in shared memory. */
struct vwr_blk_shared {
    struct vwr_blk_req_out out;
    uint8_t id[VWR_BLK_GET_ID_BYTES];
    struct vwr_blk_req_in in;
};

#define VWR_BLK_SHARED_BYTES(size) VWR_QUEUE_SHARED_BYTES_WITH(size, sizeof(struct vwr_blk_shared))

/*
 * What the device says of itself, 0 where it does not say. Geometry and topology have calls of
 * their own below; whatever else is in the configuration (limits of discard and its like) the
 * generated accessors read: vwr_blk_config_get_max_discard_sectors(&dev->config).
 */
struct vwr_blk_info {
    uint64_t sectors;           /* capacity in sectors */
    uint32_t block_bytes;       /* reads and writes begin and end on a block */
    uint32_t segment_bytes_max; /* largest piece of a request */
    uint32_t segments_max;      /* most pieces of data in a request, as the device says */
    uint8_t read_only;
    uint8_t write_cache; /* what is written may be lost until flush */
};

struct vwr_blk {
    struct vwr_dev *dev;
    struct vwr_blk_info info;
    uint32_t timeout_us; /* deadline of one request; may be changed between calls */
    /* private */
    struct vwr_queue queue;
    struct vwr_chain chain; /* a request of several pieces, or none */
    struct vwr_chain wired; /* a request of one piece */
    struct vwr_seg seg[3];  /* header, anything, status */
    struct vwr_blk_shared *shared;
    uint32_t block_mask; /* sectors of a block less one */
    uint32_t piece_bytes_max;
    unsigned pieces_max;
    uint32_t type;            /* of the request that is out */
    uint32_t wired_bytes_max; /* of data in `wired`; 0 if the queue is too short for it */
};

/* May be NULL in vwr_blk_open; a field of 0 is the default. */
struct vwr_blk_options {
    struct vwr_features need;  /* VWR_EFEATURE without them */
    struct vwr_features avoid; /* not taken although offered */
    uint32_t timeout_us;       /* VWR_BLK_TIMEOUT_US */
};

/*
 * Starts the device and reads what it says of itself. `d` has been probed; `m` is as in
 * queue.h, with VWR_BLK_SHARED_BYTES for VWR_QUEUE_SHARED_BYTES. Both are lent until
 * vwr_blk_close has answered VWR_OK.
 * VWR_OK; VWR_ETYPE: not a disk; VWR_EBUSY: open already; VWR_EFAILED: not as probe, close or
 * reset left it; VWR_EPROTO: a configuration that makes no sense; and the results of dev.h. After
 * an error vwr_dev_explain has the words, and FAILED is set if the device was touched; after
 * VWR_EBUSY and VWR_EFAILED *b is as it was.
 */
VWR_MUST_CHECK int vwr_blk_open(struct vwr_blk *b, struct vwr_dev *d, const struct vwr_queue_memory *m,
                                const struct vwr_blk_options *options);

/*
 * Reads or writes `count` sectors from `sector` on. The buffer has count * 512 bytes, aligned to
 * VWR_PORT_DMA_ALIGN, need not be contiguous for the device, and is lent for the call; after
 * VWR_ETIMEOUT, VWR_EBADRING, VWR_ENEEDSRESET and VWR_EGONE until vwr_blk_close answers VWR_OK.
 * A large transfer is several requests: after an error some sectors may have been transferred.
 * VWR_EINVAL: count 0, or a piece the port cannot translate; VWR_ERANGE: beyond the end;
 * VWR_EALIGN: buffer, or not whole blocks; VWR_EROFS; VWR_EIO: the device's I/O error, the disk
 * stays usable; VWR_EUNSUPP; VWR_EPROTO: status byte not in the document; VWR_EFAILED: stopped
 * by an earlier error.
 */
VWR_MUST_CHECK int vwr_blk_read(struct vwr_blk *b, uint64_t sector, void *buffer, uint32_t count);
VWR_MUST_CHECK int vwr_blk_write(struct vwr_blk *b, uint64_t sector, const void *buffer, uint32_t count);

/*
 * All that was written before is on the medium. VWR_OK at once where there is no write cache.
 * Errors as in read.
 */
VWR_MUST_CHECK int vwr_blk_flush(struct vwr_blk *b);

/* The device's id string, terminated. VWR_EUNSUPP where it has none; errors as in read. */
VWR_MUST_CHECK int vwr_blk_get_id(struct vwr_blk *b, char id[VWR_BLK_GET_ID_BYTES + 1u]);

/*
 * Resets the device; works after any error of a call on *b. VWR_OK: buffers and memory are the
 * caller's again, and the device can be opened anew. Otherwise as vwr_dev_reset.
 */
VWR_MUST_CHECK int vwr_blk_close(struct vwr_blk *b);

/* A geometry in the old style, and the sizes at which I/O runs best, in blocks. */
struct vwr_blk_chs {
    uint16_t cylinders;
    uint8_t heads;
    uint8_t sectors; /* of a track */
};

struct vwr_blk_io_sizes {
    uint8_t physical_block_exp; /* blocks in a physical block, as a power of 2 */
    uint8_t alignment_offset;
    uint16_t min_io_size;
    uint32_t opt_io_size;
};

/* What an open device says of them; all 0 if it does not. Reads the configuration. */
static inline struct vwr_blk_chs vwr_blk_get_geometry(const struct vwr_blk *b)
{
    const struct vwr_config *c = &b->dev->config;
    struct vwr_blk_chs g;

    g.cylinders = vwr_blk_config_get_geometry_cylinders(c);
    g.heads = vwr_blk_config_get_geometry_heads(c);
    g.sectors = vwr_blk_config_get_geometry_sectors(c);
    return g;
}

static inline struct vwr_blk_io_sizes vwr_blk_get_topology(const struct vwr_blk *b)
{
    const struct vwr_config *c = &b->dev->config;
    struct vwr_blk_io_sizes t;

    t.physical_block_exp = vwr_blk_config_get_topology_physical_block_exp(c);
    t.alignment_offset = vwr_blk_config_get_topology_alignment_offset(c);
    t.min_io_size = vwr_blk_config_get_topology_min_io_size(c);
    t.opt_io_size = vwr_blk_config_get_topology_opt_io_size(c);
    return t;
}

/* Descriptors in the queue of an open disk. */
static inline uint16_t vwr_blk_queue_size(const struct vwr_blk *b)
{
    return vwr_queue_size(&b->queue);
}

/*
 * Like vwr_dev_explain, with what only a disk knows: the last thing that went wrong between driver
 * and device. What is wrong with an argument (EINVAL, ERANGE, EALIGN, EROFS) vwr_strerror says.
 */
size_t vwr_blk_explain(const struct vwr_blk *b, char *text, size_t bytes);

#ifdef __cplusplus
}
#endif

#endif
