/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_WATCH_H
#define VWR_QEMU_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

/*
 * Checks the queues of a disk in guest RAM, as the device sees them, before each notification. QEMU accepts
 * some requests that the specification forbids (an address outside of RAM, a readable buffer to read into),
 * so its success is not sufficient. A violated rule fails the test. The features that the driver has written
 * determine the kind of ring.
 */

#define WATCH_QUEUES 8u /* maximum for a disk */

/* The parts of a split or packed queue, found through the driver's register writes. */
struct watch_ring {
    uint32_t size;
    bool is_packed;
    struct vwr_virtq_desc *desc;
    struct vwr_virtq_avail *avail;
    struct vwr_virtq_used *used;
    struct vwr_pvirtq_desc *packed;
    struct vwr_pvirtq_event_suppress *driver_event;
    struct vwr_pvirtq_event_suppress *device_event;
};

struct watch_seen {
    unsigned notifies;      /* since the queue was set up */
    unsigned requests;      /* requests since then */
    unsigned flushes;       /* of the requests */
    unsigned tables;        /* requests with an indirect table */
    unsigned segments_most; /* maximum data segments of one request */
    /* of the last request: */
    uint16_t at;    /* position in a packed ring */
    uint16_t head;  /* first descriptor in a split ring, id in a packed ring */
    uint16_t count; /* its descriptors in the ring */
    uint32_t type;
    uint64_t sector;
    uint32_t bytes; /* of data */
};

void watch_queue(unsigned slot);  /* called when the driver has enabled a queue */
void watch_notify(unsigned slot); /* called when the driver notifies */

const struct watch_ring *watch_ring(unsigned slot, unsigned queue);
const struct watch_seen *watch_seen(unsigned slot, unsigned queue);

#endif
