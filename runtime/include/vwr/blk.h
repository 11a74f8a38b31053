/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_H
#define VWR_BLK_H

#include "vwr/blk_queue.h"
#include "vwr/bringup.h"

VWR_BEGIN_C

/*
 * A disk. The calls of this header wait for the device, at most the deadline; one caller at a time,
 * not from an interrupt handler; they use the disk's first queue. Requests that do not wait, and
 * other queues, are in blk_queue.h. Sectors have VWR_BLK_SECTOR_BYTES bytes whatever the block
 * size is. Section: Block Device.
 *
 *     static _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t shared[VWR_BLK_SHARED_BYTES(64)];
 *     static _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(64)];
 *     struct vwr_queue_memory memory = {shared, sizeof shared, own, sizeof own, 64};
 *     ...
 *     if (vwr_mmio_probe(&mmio, base, VWR_MMIO_SIZE) == VWR_OK &&
 *         vwr_blk_open(&blk, &mmio.dev, &memory, NULL) == VWR_OK)
 *         result = vwr_blk_read(&blk, 0, buffer, 8);
 *
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* What the device reads and writes of a request besides the data: lies behind the ring in shared memory. */
struct vwr_blk_shared {
    struct vwr_blk_req_out out;
    struct vwr_blk_discard_write_zeroes range;
    struct vwr_blk_req_in_zone_append in; /* of all but appends only the end */
    uint8_t pad[7];
};
#define VWR_BLK_SMALL_BYTES 32u /* behind the slots: data of the calls that wait */

/*
 * Memory of a queue of `size` descriptors and `requests` at once, each of at most `segments` segments
 * of data if it is to take one descriptor where the device has indirect ones; VWR_QUEUE_SHARED_BYTES
 * and VWR_QUEUE_OWN_BYTES of struct vwr_queue_memory; ..._MODERN: of a queue of modern devices only. One
 * request at once, as the calls of this header make them, needs no more driver-private memory than a queue.
 */
#define VWR_BLK_SHARED_BYTES(size) VWR_BLK_SHARED_BYTES_FOR(size, 1, 1)
#define VWR_BLK_SHARED_BYTES_FOR(size, requests, segments) \
    VWR_QUEUE_SHARED_BYTES_WITH(size, (requests)*VWR_BLK_SLOT_BYTES(segments) + VWR_BLK_SMALL_BYTES)
#define VWR_BLK_SHARED_BYTES_MODERN(size) VWR_BLK_SHARED_BYTES_FOR_MODERN(size, 1, 1)
#define VWR_BLK_SHARED_BYTES_FOR_MODERN(size, requests, segments) \
    VWR_QUEUE_SHARED_BYTES_WITH_MODERN(size, (requests)*VWR_BLK_SLOT_BYTES(segments) + VWR_BLK_SMALL_BYTES)
#define VWR_BLK_SLOT_BYTES(segments) VWR_REQUEST_SLOT_BYTES(sizeof(struct vwr_blk_shared), segments)
#define VWR_BLK_OWN_BYTES(size, requests) VWR_REQUEST_OWN_BYTES(size, requests)

/* What the configuration limits in requests of a type, by row of vwr_blk_request_limits. */
struct vwr_blk_limit {
    uint32_t segments;  /* ranges in a request */
    uint32_t sectors;   /* of a range, or of the request */
    uint32_t alignment; /* by which the calls that wait split a range, in sectors: a hint; 1: none */
};

/*
 * What the device says of itself, 0 where it does not say. Geometry and topology have calls of
 * their own below; whatever else is in the configuration the generated accessors read:
 * vwr_blk_config_get_discard_sector_alignment(&dev->config).
 */
struct vwr_blk_info {
    uint64_t sectors;           /* capacity in sectors */
    uint32_t block_bytes;       /* reads and writes begin and end on a block */
    uint32_t segment_bytes_max; /* largest segment of a request */
    uint32_t segments_max;      /* most segments of data in a request, as the device says */
    uint32_t zone_sectors;      /* sectors of a zone; 0: no zones */
    uint32_t write_granularity; /* bytes; writes to sequential zones begin and end on it */
    uint16_t queues;            /* that the device has */
    uint8_t zone_model;         /* VWR_BLK_Z_... */
    uint8_t read_only;
    uint8_t write_cache; /* what is written may be lost until flush */
    struct vwr_blk_limit limit[VWR_BLK_REQUEST_LIMIT_COUNT];
};

/* What a disk alone can have go wrong: see vwr/fault.h. */
enum vwr_blk_fault {
    VWR_FAULT_BLK_SIZE = VWR_FAULT(VWR_FAULT_CLASS, VWR_EPROTO),             /* got: blk_size */
    VWR_FAULT_BLK_ZONE = VWR_FAULT(VWR_FAULT_CLASS + 1, VWR_EZONE),          /* where: type; got: status */
    VWR_FAULT_BLK_ZONE_SECTORS = VWR_FAULT(VWR_FAULT_CLASS + 2, VWR_EPROTO), /* where: model; got: it */
    VWR_FAULT_BLK_CACHE = VWR_FAULT(VWR_FAULT_CLASS + 3, VWR_EPROTO), /* where: writeback set; got: read */
};

/* A queue besides the first. */
struct vwr_blk_more {
    struct vwr_blk_requestq *queue; /* any content */
    struct vwr_queue_memory memory;
};

/* May be NULL in vwr_blk_open; a field of 0 is the default. It is copied; what it points at is not. */
struct vwr_blk_options {
    struct vwr_features need;           /* VWR_EFEATURE without them */
    struct vwr_features avoid;          /* not taken although offered */
    struct vwr_request_options request; /* deadline, requests at once, segments, replay, sleeping */
    uint8_t more_count;                 /* queues besides the first; the device may have fewer */
    const struct vwr_blk_more *more;
    /*
     * Called at the end of vwr_blk_config_changed and vwr_blk_recover, with options.request.replay also
     * within a call that waits, when the capacity is another one: b->info has it. May call all of
     * blk_queue.h, and vwr_blk_recover, which has nothing to do; a call of blk.h that waits answers
     * VWR_EFAILED within one that waits. Not vwr_blk_close.
     */
    void (*resized)(struct vwr_blk *b, uint64_t sectors_before, void *context);
    void *context;
};

struct vwr_blk {
    struct vwr_bringup bringup; /* first; bringup.dev is the device, the rest is private */
    struct vwr_blk_info info;
    struct vwr_blk_options options; /* request.timeout_us may be changed */
    unsigned queue_count;           /* that are in use */
    /* private */
    struct vwr_blk_requestq first;
    struct vwr_blk_req req;  /* of the calls that wait */
    uint32_t block_mask;     /* sectors of a block less one */
    uint64_t sectors_before; /* as the caller knows it */
};

/*
 * Starts the device and reads what it says of itself. `d` has been probed; `m` is as in
 * queue.h, with VWR_BLK_SHARED_BYTES for VWR_QUEUE_SHARED_BYTES. Both, and what the options point
 * at, are the disk's until vwr_blk_close has answered VWR_OK.
 * VWR_OK; VWR_ETYPE: not a disk; VWR_EBUSY: open already; VWR_EFAILED: not as probe, close or
 * reset left it; VWR_EPROTO: a configuration that makes no sense; and as vwr_dev_negotiate,
 * vwr_dev_read_config and vwr_dev_add_queue. After an error vwr_dev_explain has the words, and FAILED is
 * set if the device was touched; after VWR_EBUSY and VWR_EFAILED *b is as it was.
 */
VWR_MUST_CHECK int vwr_blk_open(struct vwr_blk *b, struct vwr_dev *d, const struct vwr_queue_memory *m,
                                const struct vwr_blk_options *options);

/*
 * vwr_blk_read() - read sectors, and wait
 * vwr_blk_write() - write sectors, and wait
 * @b: an open disk
 * @sector: the first
 * @buffer: count * VWR_BLK_SECTOR_BYTES bytes, aligned to VWR_PORT_DMA_ALIGN, not necessarily contiguous for
 *          the device; the disk's for the call
 * @count: sectors; a large transfer is several requests: after an error some sectors may have been
 * transferred
 *
 * With options.request.replay and one queue the call recovers a stopped disk, and sends the request again,
 * options.request.replays times at most; each time the deadline begins anew.
 *
 * Context: one caller at a time; not an interrupt handler.
 *
 * Return: by the table of vwr/result.h. The buffer is the caller's: VWR_OK; nothing was sent: VWR_EINVAL:
 * count 0, or a segment that the port cannot translate; VWR_ERANGE: beyond the end; VWR_EALIGN: buffer, or
 * not whole blocks; VWR_EROFS; VWR_EFAILED: the disk is stopped, or the request of an earlier call is in
 * flight yet; VWR_EFULL: no free descriptors, and no request in flight whose end would free some; answered:
 * VWR_EIO: the device's I/O error, the disk stays usable; VWR_EUNSUPP; VWR_EPROTO: status byte not in the
 * specification; returned by a reset: VWR_ERESET. The device may still access the buffer: VWR_ETIMEOUT,
 * VWR_EBADRING, VWR_ENEEDSRESET, VWR_EGONE, VWR_EINFLIGHT: until vwr_blk_recover or vwr_blk_close answers
 * VWR_OK, which may be at once. Each as vwr_blk_wait says.
 */
VWR_MUST_CHECK int vwr_blk_read(struct vwr_blk *b, uint64_t sector, void *buffer, uint32_t count);
VWR_MUST_CHECK int vwr_blk_write(struct vwr_blk *b, uint64_t sector, const void *buffer, uint32_t count);

/*
 * The same with a buffer of several segments, of any length; all of them together of whole blocks. `type` is
 * VWR_BLK_T_IN or VWR_BLK_T_OUT.
 * Results as vwr_blk_read; VWR_EINVAL: another type, no segment, or one of 0 bytes; VWR_EROFS.
 */
VWR_MUST_CHECK int vwr_blk_transfer_vecs(struct vwr_blk *b, uint32_t type, uint64_t sector,
                                         const struct vwr_vec *vecs, unsigned count);
VWR_MUST_CHECK static inline int vwr_blk_readv(struct vwr_blk *b, uint64_t sector, const struct vwr_vec *vecs,
                                               unsigned count)
{
    return vwr_blk_transfer_vecs(b, VWR_BLK_T_IN, sector, vecs, count);
}
VWR_MUST_CHECK static inline int vwr_blk_writev(struct vwr_blk *b, uint64_t sector,
                                                const struct vwr_vec *vecs, unsigned count)
{
    return vwr_blk_transfer_vecs(b, VWR_BLK_T_OUT, sector, vecs, count);
}

/*
 * All that was written before is on the medium. VWR_OK at once where there is no write cache.
 * Errors as vwr_blk_read.
 */
VWR_MUST_CHECK int vwr_blk_flush(struct vwr_blk *b);

/* The device's id string, terminated. VWR_EUNSUPP where it has none; errors as vwr_blk_read. */
VWR_MUST_CHECK int vwr_blk_get_id(struct vwr_blk *b, char id[VWR_BLK_GET_ID_BYTES + 1u]);

/*
 * Gives sectors back (their content is lost, and may read as anything), fills them with zeroes
 * (`unmap`: they may be deallocated), erases them beyond recovery. As many requests are made as the
 * limits of the device ask for. VWR_EUNSUPP where the disk has no such request; VWR_EINVAL: `type` is not one
 * of VWR_BLK_T_DISCARD, VWR_BLK_T_WRITE_ZEROES and VWR_BLK_T_SECURE_ERASE; VWR_EALIGN: of a disk with zones
 * an erase that is not of whole ones; VWR_EROFS; else as vwr_blk_do.
 */
VWR_MUST_CHECK int vwr_blk_do_ranges(struct vwr_blk *b, uint32_t type, uint64_t sector, uint64_t count,
                                     bool unmap);
VWR_MUST_CHECK static inline int vwr_blk_discard(struct vwr_blk *b, uint64_t sector, uint64_t count)
{
    return vwr_blk_do_ranges(b, VWR_BLK_T_DISCARD, sector, count, false);
}
VWR_MUST_CHECK static inline int vwr_blk_write_zeroes(struct vwr_blk *b, uint64_t sector, uint64_t count,
                                                      bool unmap)
{
    return vwr_blk_do_ranges(b, VWR_BLK_T_WRITE_ZEROES, sector, count, unmap);
}
VWR_MUST_CHECK static inline int vwr_blk_secure_erase(struct vwr_blk *b, uint64_t sector, uint64_t count)
{
    return vwr_blk_do_ranges(b, VWR_BLK_T_SECURE_ERASE, sector, count, false);
}

/* How worn the device is. VWR_EUNSUPP where it does not tell; else as vwr_blk_do.
 */
struct vwr_blk_get_lifetime_answer; /* vwr/messages/blk.h */
VWR_MUST_CHECK int vwr_blk_get_lifetime(struct vwr_blk *b, struct vwr_blk_get_lifetime_answer *lifetime);

/*
 * Switches the write cache: on, writes may be lost until flush; off, each is on the medium when it
 * comes back. VWR_EUNSUPP without CONFIG_WCE; VWR_EPROTO: the device has not taken it; VWR_EFAILED: the
 * disk is stopped.
 */
VWR_MUST_CHECK int vwr_blk_set_write_cache(struct vwr_blk *b, bool on);

/*
 * To be called after an interrupt with VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK, by the owner
 * of all queues, not in the handler itself: looks at the status of the device, and reads its
 * capacity and write cache anew. 1: the capacity has changed, options->resized was called; 0;
 * VWR_ENEEDSRESET, VWR_EGONE, VWR_EPROTO, VWR_EUNSTABLE: the disk is stopped; VWR_EFAILED: it was;
 * VWR_ERESET: the first queue is being cancelled (vwr_blk_cancel), ask again when it was.
 */
VWR_MUST_CHECK int vwr_blk_config_changed(struct vwr_blk *b);

/* A queue of an open disk, `index` below b->queue_count. */
static inline struct vwr_blk_requestq *vwr_blk_get_queue(struct vwr_blk *b, unsigned index)
{
    return index == 0 || !VWR_WITH_ASYNC ? &b->first : b->options.more[index - 1].queue;
}

/* For vwr_recover(&b->bringup, &vwr_blk_bringup) and its like, as the calls below make them. */
extern const struct vwr_bringup_class vwr_blk_bringup;

/* Where the disk is in its life, as vwr_bringup_stage. Reads nothing but memory. */
static inline enum vwr_stage vwr_blk_get_stage(const struct vwr_blk *b)
{
    return vwr_bringup_stage(&b->bringup);
}

/*
 * A step of bringing a stopped disk back, as vwr_recover: resets the device, and when it has acknowledged
 * that and been started anew, takes back the requests that were in flight: they come with reap and the
 * reason, or with options.request.replay are sent again in the order of their submission, appends to zones
 * excepted. Does not wait; context: the owner of all queues of the disk, which may be a timer or an interrupt
 * handler.
 */
VWR_MUST_CHECK static inline int vwr_blk_recover(struct vwr_blk *b)
{
    return vwr_recover(&b->bringup, &vwr_blk_bringup);
}
extern const struct vwr_replay vwr_blk_replay; /* for options.request.replay */

/* A step towards a disk that is reset and keeps its requests until vwr_blk_recover, as vwr_freeze. */
VWR_MUST_CHECK static inline int vwr_blk_freeze(struct vwr_blk *b)
{
    return vwr_freeze(&b->bringup, &vwr_blk_bringup);
}

/*
 * Resets the device; works after any error of a call on *b. VWR_OK: buffers, requests and memory are
 * the caller's again (a request that was on its way has the result VWR_ERESET), and the device can be
 * opened anew. Otherwise as vwr_dev_reset.
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

/* What an open device says of them; all 0 if it does not, or is not open. Reads the configuration. */
static inline struct vwr_blk_chs vwr_blk_get_geometry(const struct vwr_blk *b)
{
    const struct vwr_config *c;
    struct vwr_blk_chs g = {0, 0, 0};

    if (b->bringup.dev == NULL)
        return g;
    c = &b->bringup.dev->config;
    g.cylinders = vwr_blk_config_get_geometry_cylinders(c);
    g.heads = vwr_blk_config_get_geometry_heads(c);
    g.sectors = vwr_blk_config_get_geometry_sectors(c);
    return g;
}

static inline struct vwr_blk_io_sizes vwr_blk_get_topology(const struct vwr_blk *b)
{
    const struct vwr_config *c;
    struct vwr_blk_io_sizes t;

    if (b->bringup.dev == NULL) { /* an initializer of zeros is a call of memset */
        t.physical_block_exp = 0;
        t.alignment_offset = 0;
        t.min_io_size = 0;
        t.opt_io_size = 0;
        return t;
    }
    c = &b->bringup.dev->config;
    t.physical_block_exp = vwr_blk_config_get_topology_physical_block_exp(c);
    t.alignment_offset = vwr_blk_config_get_topology_alignment_offset(c);
    t.min_io_size = vwr_blk_config_get_topology_min_io_size(c);
    t.opt_io_size = vwr_blk_config_get_topology_opt_io_size(c);
    return t;
}

/* Descriptors in the queue of an open disk. */
static inline uint16_t vwr_blk_queue_size(const struct vwr_blk *b)
{
    return vwr_queue_size(&b->first.requests.queue);
}

/*
 * Like vwr_dev_explain, with what only a disk knows: why it does not start or come back; otherwise
 * the last thing that went wrong between driver and device, as vwr_blk_explain_queue has it, of the
 * queue that has stopped the disk, or of the first that has anything to say. What is wrong with an
 * argument (EINVAL, ERANGE, EALIGN, EROFS) vwr_strerror says. Context: the owner of all queues.
 */
size_t vwr_blk_explain(const struct vwr_blk *b, char *text, size_t bytes);

/* The same of one queue: its requests, and why it has stopped the disk. Context: the queue's owner. */
size_t vwr_blk_explain_queue(const struct vwr_blk_requestq *q, char *text, size_t bytes);

VWR_END_C

#endif
