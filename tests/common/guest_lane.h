/* SPDX-License-Identifier: MIT */
#ifndef VWR_COMMON_GUEST_LANE_H
#define VWR_COMMON_GUEST_LANE_H

#include "vwr/dev.h"

/*
 * A queue of the driver's with buffers of one length that come and go: what drivers of small devices need
 * of queue.h. The device reaches the memory alone.
 */

#define GUEST_LANE_BUFFERS 8u /* at most; fewer where the device takes a smaller queue */
#define GUEST_LANE_BYTES 64u  /* of a buffer */

struct guest_lane_memory {
    _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t ring[VWR_QUEUE_SHARED_BYTES(GUEST_LANE_BUFFERS)];
    uint8_t buffer[GUEST_LANE_BUFFERS][GUEST_LANE_BYTES];
};

struct guest_lane {
    struct vwr_queue queue;
    struct vwr_chain chain[GUEST_LANE_BUFFERS];
    _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(GUEST_LANE_BUFFERS)];
    struct guest_lane_memory *memory;
    uint8_t idle[GUEST_LANE_BUFFERS]; /* buffers that are ours, the last `idles` to come back last */
    unsigned idles;
};

/* Makes queue `index` of a device that is negotiated. As vwr_dev_add_queue. */
int guest_lane_open(struct guest_lane *l, struct vwr_dev *d, unsigned index, struct guest_lane_memory *m);

/* Makes a buffer available for the device to write into, `bytes` of it. VWR_OK; VWR_EFULL: the device has
 * all. Kick the queue. */
int guest_lane_lend(struct guest_lane *l, uint32_t bytes);

/* Sends it bytes[0 .. n) in one buffer. Likewise; n at most GUEST_LANE_BYTES. */
int guest_lane_send(struct guest_lane *l, const void *bytes, uint32_t n);

/*
 * A buffer that came back: 1, and what the device wrote into it is copied to `bytes`, GUEST_LANE_BYTES long
 * (or NULL), *n long; 0: there is none; negative: as vwr_queue_get_used.
 */
int guest_lane_take(struct guest_lane *l, void *bytes, uint32_t *n);

#endif
