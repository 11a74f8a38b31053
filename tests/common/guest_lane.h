/* SPDX-License-Identifier: MIT */
#ifndef VWR_COMMON_GUEST_LANE_H
#define VWR_COMMON_GUEST_LANE_H

#include "vwr/dev.h"

/*
 * A driver's virtqueue with buffers of one length: the part of queue.h that drivers of small devices
 * need. The device accesses only this memory.
 */

#define GUEST_LANE_BUFFERS 8u /* maximum; fewer if the device supports only a smaller queue */
#define GUEST_LANE_BYTES 64u  /* length of a buffer */

struct guest_lane_memory {
    _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t ring[VWR_QUEUE_SHARED_BYTES(GUEST_LANE_BUFFERS)];
    uint8_t buffer[GUEST_LANE_BUFFERS][GUEST_LANE_BYTES];
};

struct guest_lane {
    struct vwr_queue queue;
    struct vwr_chain chain[GUEST_LANE_BUFFERS];
    _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(GUEST_LANE_BUFFERS)];
    struct guest_lane_memory *memory;
    uint8_t idle[GUEST_LANE_BUFFERS]; /* free buffers of the driver; the last one freed is idle[idles - 1] */
    unsigned idles;
};

/* Sets up queue `index` of a device after negotiation. Returns as vwr_dev_add_queue does. */
int guest_lane_open(struct guest_lane *l, struct vwr_dev *d, unsigned index, struct guest_lane_memory *m);

/*
 * Makes a buffer of `bytes` available for the device to write. Returns VWR_OK, or VWR_EFULL if the device
 * owns
 * all buffers. The caller kicks the queue.
 */
int guest_lane_lend(struct guest_lane *l, uint32_t bytes);

/* Sends bytes[0 .. n) in one buffer, n at most GUEST_LANE_BYTES. Returns as guest_lane_lend does. */
int guest_lane_send(struct guest_lane *l, const void *bytes, uint32_t n);

/*
 * Takes a completed buffer. 1: the *n bytes that the device wrote are in `bytes` (GUEST_LANE_BYTES long, or
 * NULL); 0: none; negative: as vwr_queue_get_used.
 */
int guest_lane_take(struct guest_lane *l, void *bytes, uint32_t *n);

#endif
