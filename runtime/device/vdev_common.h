/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VDEV_COMMON_H
#define VWR_DEVICE_VDEV_COMMON_H

#include "vwr/vdev.h"

/*
 * What a transport calls once its tables have allowed an access; not for the embedder. All with the
 * lock held.
 */

static inline void vwr_vdev_ignore(struct vwr_vdev *v)
{
    vwr_count_add(&v->stats.ignored, 1);
}

VWR_ALWAYS_INLINE bool vdev_is_power_of_2(uint32_t n)
{
    return n != 0 && (n & (n - 1u)) == 0;
}

/* The status as the driver wants it; 0 resets. */
void vwr_vdev_set_status(struct vwr_vdev *v, uint32_t value);

/* Features 32 * word and on that the driver takes. */
void vwr_vdev_set_features(struct vwr_vdev *v, uint32_t word, uint32_t value);

/* The queue whose index the driver has selected, NULL where there is none. */
static inline struct vwr_vqueue *vwr_vdev_selected(const struct vwr_vdev *v)
{
    return v->queue_sel < v->queues ? &v->queue[v->queue_sel] : NULL;
}

/* Takes a queue into use as its registers stand; q->ready says whether it was. */
void vwr_vdev_start_queue(struct vwr_vdev *v, struct vwr_vqueue *q);

/* Puts it out of use; the registers stay. */
void vwr_vdev_stop_queue(struct vwr_vdev *v, struct vwr_vqueue *q);

/* The same, and its registers are as after a reset. */
void vwr_vdev_reset_queue(struct vwr_vdev *v, struct vwr_vqueue *q);

/* The driver has notified; `value` is what it wrote. */
void vwr_vdev_notified(struct vwr_vdev *v, uint32_t value);

/* The driver has dealt with these reasons to interrupt. */
void vwr_vdev_acknowledge(struct vwr_vdev *v, uint32_t reasons);

/*
 * Configuration bytes [offset, offset + bytes), at most 8: byte i is bits 8 * i and on of the value. What
 * lies past the end reads as 0. A write counts if each byte is of a field that the driver may write.
 */
uint64_t vwr_vdev_config_read(const struct vwr_vdev *v, uint32_t offset, unsigned bytes);
void vwr_vdev_config_write(struct vwr_vdev *v, uint32_t offset, unsigned bytes, uint64_t value);

#endif
