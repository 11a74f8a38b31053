/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VDEV_COMMON_H
#define VWR_DEVICE_VDEV_COMMON_H

#include "vwr/vdev.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

/*
 * Between the files of a device, and what a transport calls once its tables have allowed an access; not for
 * the embedder. All with the lock held.
 */

/* Reasons to interrupt: the same bits on every transport. */
enum {
    VDEV_USED_BUFFER = VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK,
    VDEV_CONFIG_CHANGE = VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK
};

/*
 * vwr_vdev_serve.c. raise: interrupts the driver for this reason; lower: these reasons are gone, and the line
 * falls with the last of them, unless it has edges; serve_all: each queue, with a budget of its own.
 */
void vwr_vdev_raise(struct vwr_vdev *v, uint8_t reason);
void vwr_vdev_lower(struct vwr_vdev *v, uint32_t reasons);
void vwr_vdev_serve_all(struct vwr_vdev *v);

/* vwr_vdev_config.c: the driver is to look at configuration and status, when it can be interrupted */
void vwr_vdev_raise_change(struct vwr_vdev *v);

/*
 * vwr_vdev_suspend.c. begin: the driver has set SUSPEND. go_on: finishes what is in flight; when nothing is,
 * the device is suspended. resume: the driver has set DRIVER_OK again.
 */
void vwr_vdev_begin_suspend(struct vwr_vdev *v);
VWR_COLD void vwr_vdev_go_on_suspending(struct vwr_vdev *v);
void vwr_vdev_resume(struct vwr_vdev *v);

/*
 * vwr_vdev_status.c. Keeps a fault; a refusal only if it is the first. What was allowed is checked again
 * after each change of status, and with it of what was accepted.
 */
void vwr_vdev_note(struct vwr_vdev *v, unsigned queue, enum vwr_vfault fault, uint64_t a, uint64_t b);
void vwr_vdev_note_refusal(struct vwr_vdev *v, unsigned queue, enum vwr_vfault fault, uint64_t a);
void vwr_vdev_forget_allowed(struct vwr_vdev *v);
void vwr_vdev_forget_driver(struct vwr_vdev *v);

/*
 * vwr_vdev_features.c. Negotiate: the driver sets FEATURES_OK; false: it is refused. note_legacy: what a
 * legacy driver took and was not offered is noted, since it cannot be refused.
 */
void vwr_vdev_offer(struct vwr_vdev *v, const struct vwr_features *wanted, const struct vwr_features *own);
bool vwr_vdev_negotiate(struct vwr_vdev *v);
void vwr_vdev_note_legacy(struct vwr_vdev *v);

/* vwr_vdev_queues.c: after new features of a legacy driver */
void vwr_vdev_renew_queues(struct vwr_vdev *v);
void vwr_vdev_clear_registers(struct vwr_vqueue *q);

/* Is there a driver that can be interrupted? */
static inline bool vdev_has_driver(const struct vwr_vdev *v)
{
    return (v->status & (VWR_STATUS_DRIVER_OK | VWR_STATUS_FAILED)) == VWR_STATUS_DRIVER_OK;
}

/* Has the driver asked for the device's suspension, and not for the end of it? */
static inline bool vdev_has_suspend(const struct vwr_vdev *v)
{
    return VWR_WITH_SUSPEND && (v->status & VWR_STATUS_SUSPEND) != 0;
}

static inline bool vdev_is_suspending(const struct vwr_vdev *v)
{
    return vdev_has_suspend(v) && (v->status & VWR_STATUS_DRIVER_OK) != 0 && !v->broken;
}

static inline bool vdev_is_suspended(const struct vwr_vdev *v)
{
    return vdev_has_suspend(v) && (v->status & VWR_STATUS_DRIVER_OK) == 0;
}

static inline void vwr_vdev_ignore(struct vwr_vdev *v)
{
    vwr_count_add(&v->stats.ignored, 1);
}

VWR_ALWAYS_INLINE bool vdev_is_power_of_2(uint32_t n)
{
    return n != 0 && (n & (n - 1u)) == 0;
}

/* The driver has written the status; 0 resets. */
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

/*
 * Configuration bytes [offset, offset + bytes), at most 8: byte i is bits 8 * i and on of the value. What
 * lies past the end reads as 0. A write counts if each byte is of a field that the driver may write.
 */
uint64_t vwr_vdev_config_read(const struct vwr_vdev *v, uint32_t offset, unsigned bytes);
void vwr_vdev_config_write(struct vwr_vdev *v, uint32_t offset, unsigned bytes, uint64_t value);

#endif
