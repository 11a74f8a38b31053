/* SPDX-License-Identifier: MIT */
#ifndef BENCH_MIX_DISK_END_H
#define BENCH_MIX_DISK_END_H

#include "mix.h"
#include "vwr/features.h"

/* The disk of disk_driver.c and disk_ring.c, and what the driver by hand takes from a harness (../harness.h).
 */

#define DISK_END_QUEUE 1024u   /* most descriptors of a queue */
#define DISK_END_REQUESTS 256u /* in flight */
#define DISK_END_SEGMENTS 126u /* of a request */

/* A disk with these features, of indirect,in_order, and a queue of so many descriptors; the features. */
struct vwr_features disk_end_init(bool packed, const char *features, uint16_t size);

/* Where segment i of each request is. */
uint8_t *disk_end_segment(uint32_t i);

/* Completes the requests of these events, up to MIX_DONE, and publishes them at once. */
void mix_complete(const struct mix_event *e);

uint64_t disk_end_notifications(void);
bool disk_end_is_idle(void);

#endif
