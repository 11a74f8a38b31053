/* SPDX-License-Identifier: MIT */
#ifndef DISK_H
#define DISK_H

#include "format.h"
#include "vwr/blk_zone.h"

/*
 * A disk for asynchronous requests: any ring format, up to FAKE_QUEUES queues, and as many requests in flight
 * as the test chooses. A test plugs it in, changes the device if necessary, and opens it.
 */
#define DISK_REQUESTS 64u /* each uses one sector of the world's buffer */

struct disk_shape {
    unsigned queues;
    uint16_t requests; /* in flight in each queue */
    uint16_t segments; /* data segments in a table */
};

struct disk {
    struct world *w;
    struct disk_shape shape;
    uint16_t size; /* of each queue */
    struct vwr_blk_requestq more_queue[FAKE_QUEUES - 1];
    struct vwr_blk_more more[FAKE_QUEUES - 1];
    struct vwr_blk_req req[DISK_REQUESTS];
    /* completed requests, in order of completion */
    unsigned done_count;
    struct vwr_blk_req *done[DISK_REQUESTS * 4];
};

/* Only one disk exists at a time; the next disk_plug replaces it. */
struct disk *disk_plug(struct world *w, const struct format *f, struct disk_shape shape);
void disk_open(struct disk *d); /* must succeed; clears the transcript */

struct vwr_blk_requestq *disk_queue(struct disk *d, unsigned index);

/* The part of the buffer that belongs to request i. */
uint8_t *disk_sector(struct disk *d, unsigned i);

/* Request i reads or writes one sector. The buffer of a read is poisoned first; a write fills it with
 * `mark`. */
struct vwr_blk_req *disk_read(struct disk *d, unsigned i, uint64_t sector);
struct vwr_blk_req *disk_write(struct disk *d, unsigned i, uint64_t sector, uint8_t mark);

/*
 * Submits requests [first, first + count); request i reads sector i. All must be accepted; there is one
 * kick.
 */
void disk_submit_reads(struct disk *d, struct vwr_blk_requestq *q, unsigned first, unsigned count);

/* Checks that the request read sector `sector` successfully. */
void disk_has_read(struct disk *d, const struct vwr_blk_req *r, uint64_t sector);

/* Reaps once, into d->done. */
int disk_reap(struct disk *d, struct vwr_blk_requestq *q, unsigned budget);

/* No more requests complete, and as many new requests as the shape or the ring allows succeed. */
void disk_is_idle(struct disk *d);

/* The formats in which a device may answer in any order, and all formats. */
#define DISK_ANY_ORDER (FORMAT_INDIRECT | FORMAT_EVENT_IDX)
extern const struct format_range disk_any_order;
extern const struct format_range disk_formats;

#endif
