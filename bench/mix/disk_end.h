/* SPDX-License-Identifier: MIT */
#ifndef BENCH_MIX_DISK_END_H
#define BENCH_MIX_DISK_END_H

#include "mix.h"
#include "vwr/features.h"

/* The disk for disk_driver.c and disk_ring.c, and the functions of ../harness.h for the handwritten driver.
 */

#define DISK_END_QUEUE 1024u   /* most descriptors of a queue */
#define DISK_END_REQUESTS 256u /* in flight */
#define DISK_END_SEGMENTS 126u /* of a request */

/*
 * Creates a disk with these features (a list of indirect and in_order) and a queue with this many
 * descriptors. Returns the features.
 */
struct vwr_features disk_end_init(bool packed, const char *features, uint16_t size);

/* Where segment i of each request is. */
uint8_t *disk_end_segment(uint32_t i);

/* Completes the requests of these events, up to MIX_DONE, and publishes all at once. */
void mix_complete(const struct mix_event *e);

uint64_t disk_end_notifications(void);
bool disk_end_is_idle(void);

#endif
