/* SPDX-License-Identifier: MIT */
#ifndef DISK_H
#define DISK_H

#include "format.h"
#include "vwr/blk_zone.h"

/*
 * A disk for requests that do not wait: any format of ring, up to FAKE_QUEUES queues, as many
 * requests at once as the test says. A test plugs it in, changes the device as it likes, opens it.
 */
#define DISK_REQUESTS 64u /* a sector of the world's buffer for each */

struct disk_shape {
    unsigned queues;
    uint16_t requests; /* at once in each queue */
    uint16_t segments; /* of data in a table */
};

struct disk {
    struct world *w;
    struct disk_shape shape;
    uint16_t size; /* of each queue */
    struct vwr_blk_requestq more_queue[FAKE_QUEUES - 1];
    struct vwr_blk_more more[FAKE_QUEUES - 1];
    struct vwr_blk_req req[DISK_REQUESTS];
    /* what has come back, in this order */
    unsigned done_count;
    struct vwr_blk_req *done[DISK_REQUESTS * 4];
};

/* One disk at a time; it lasts until the next. */
struct disk *disk_plug(struct world *w, const struct format *f, struct disk_shape shape);
void disk_open(struct disk *d); /* must succeed; the transcript is forgotten */

struct vwr_blk_requestq *disk_queue(struct disk *d, unsigned index);

/* The part of the buffer that is request i's. */
uint8_t *disk_sector(struct disk *d, unsigned i);

/* Request i reads or writes one sector; what is read meets poison, what is written is `mark`. */
struct vwr_blk_req *disk_read(struct disk *d, unsigned i, uint64_t sector);
struct vwr_blk_req *disk_write(struct disk *d, unsigned i, uint64_t sector, uint8_t mark);

/* Requests [first, first + count) read sectors of the same numbers; all are accepted, one kick. */
void disk_submit_reads(struct disk *d, struct vwr_blk_requestq *q, unsigned first, unsigned count);

/* The request was a read of sector `sector` that went well. */
void disk_has_read(struct disk *d, const struct vwr_blk_req *r, uint64_t sector);

/* Reaps once, into d->done. */
int disk_reap(struct disk *d, struct vwr_blk_requestq *q, unsigned budget);

/* Nothing comes back any more, and as many requests as the shape says, or the ring holds, go through. */
void disk_is_idle(struct disk *d);

/* The formats in which a device may answer in any order, and all of them. */
#define DISK_ANY_ORDER (FORMAT_INDIRECT | FORMAT_EVENT_IDX)
extern const struct format_range disk_any_order;
extern const struct format_range disk_formats;

#endif
