/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_WATCH_H
#define VWR_QEMU_WATCH_H

#include <stdint.h>

#include "vwr/gen/split_ring.h"

/*
 * Looks at queue 0 of a disk as the device sees it, in guest RAM, before each notification:
 * QEMU takes some requests that the document forbids (an address outside of RAM, a readable
 * buffer to read into), so its word is not enough. A rule broken is a failed check.
 */

/* The queue's parts, found by what the driver has written to the registers. */
struct watch_ring {
    uint32_t size;
    struct vwr_virtq_desc *desc;
    struct vwr_virtq_avail *avail;
    struct vwr_virtq_used *used;
};

struct watch_seen {
    unsigned requests;    /* since the queue was set up */
    unsigned flushes;     /* of these */
    unsigned pieces_most; /* of data in one request */
    /* of the last request: */
    uint16_t head;
    uint32_t type;
    uint64_t sector;
    uint32_t bytes; /* of data */
};

void watch_queue(unsigned slot);  /* the driver has given the queue to the device */
void watch_notify(unsigned slot); /* it says that there is something new in it */

const struct watch_ring *watch_ring(unsigned slot);
const struct watch_seen *watch_seen(unsigned slot);

#endif
