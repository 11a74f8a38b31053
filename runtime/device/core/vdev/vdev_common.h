/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VDEV_COMMON_H
#define VWR_DEVICE_VDEV_COMMON_H

#include "vwr/access.h"
#include "vwr/arithmetic.h"
#include "vwr/vdev.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

/*
 * Interface between the files of a device, and for transports once their tables have allowed an access;
 * private. All functions require the lock.
 */

/* Interrupt causes, which are the same bits on every transport. */
enum {
    VDEV_USED_BUFFER = VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK,
    VDEV_CONFIG_CHANGE = VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK
};

/*
 * vwr_vdev_serve.c. raise: interrupts the driver for this cause; the queue is 0 if the cause does not concern
 * a queue. lower: clears these causes, and deasserts the line after the last one unless it is edge-triggered.
 * serve_all: serves each queue, with one budget per queue.
 */
void vwr_vdev_raise_(struct vwr_vdev *v, uint8_t reason, uint16_t queue);
void vwr_vdev_lower_(struct vwr_vdev *v, uint32_t reasons);
void vwr_vdev_serve_all_(struct vwr_vdev *v);

/*
 * vwr_vdev_config.c: notifies the driver of a change of configuration or status, as soon as it can be
 * interrupted
 */
void vwr_vdev_raise_change_(struct vwr_vdev *v);

/*
 * vwr_vdev_suspend.c. begin: the driver has set SUSPEND. continue_suspend: completes buffers in flight; when
 * there are none, the device is suspended. resume: the driver has set DRIVER_OK again. notify_all: serves
 * each queue, as if the driver had sent a notification.
 */
void vwr_vdev_begin_suspend_(struct vwr_vdev *v);
VWR_COLD void vwr_vdev_continue_suspend_(struct vwr_vdev *v);
void vwr_vdev_resume_(struct vwr_vdev *v);
void vwr_vdev_notify_all_(struct vwr_vdev *v);

/* Same file: called when the bus stops or allows memory accesses. Buffers in flight are completed. */
void vwr_vdev_hold_(struct vwr_vdev *v, bool hold);

/*
 * vwr_vdev_status.c. note: records a fault. note_refusal: records a fault only if it is the first.
 * forget_allowed: clears the cache of successful register checks, after each change of the status or of the
 * accepted features.
 */
void vwr_vdev_note_(struct vwr_vdev *v, unsigned queue, enum vwr_vfault fault, uint64_t a, uint64_t b);
void vwr_vdev_note_refusal_(struct vwr_vdev *v, unsigned queue, enum vwr_vfault fault, uint64_t a);
void vwr_vdev_forget_allowed_(struct vwr_vdev *v);
void vwr_vdev_forget_driver_(struct vwr_vdev *v);

/*
 * vwr_vdev_features.c. negotiate: called when the driver sets FEATURES_OK; false: the features are refused.
 * note_legacy: records features that a legacy driver accepted although they were not offered, since they
 * cannot be refused.
 */
void vwr_vdev_offer_(struct vwr_vdev *v, const struct vwr_features *wanted, const struct vwr_features *own);
bool vwr_vdev_negotiate_(struct vwr_vdev *v);
void vwr_vdev_note_legacy_(struct vwr_vdev *v);

/* vwr_vdev_queues.c: called after a legacy driver has changed its features, or a modern one has set
 * FEATURES_OK */
void vwr_vdev_update_queues_(struct vwr_vdev *v);
void vwr_vdev_clear_registers_(struct vwr_vqueue *q);

/* Whether there is a driver that can be interrupted. */
static inline bool vdev_has_driver(const struct vwr_vdev *v)
{
    return (v->status & (VWR_STATUS_DRIVER_OK | VWR_STATUS_FAILED)) == VWR_STATUS_DRIVER_OK;
}

/* Whether the driver has requested a suspend but no resume. */
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

/* Whether the driver uses the queues, which it may do before DRIVER_OK in the legacy interface. */
static inline bool vdev_uses_queues(const struct vwr_vdev *v)
{
    return v->opened && (v->status & VWR_STATUS_FAILED) == 0 && !vdev_is_suspended(v);
}

static inline void vwr_vdev_ignore(struct vwr_vdev *v)
{
    vwr_count_add(&v->stats.ignored, 1);
}

/* Handles an access to a register that is not allowed; a read returns 0. */
static inline void vdev_refuse(struct vwr_vdev *v, bool is_write, uint64_t *value)
{
    vwr_vdev_ignore(v);
    if (!is_write)
        *value = 0;
}

/*
 * Whether the device accepts an access to a register, by its generated row in the legacy or the modern
 * interface. A write that comes before the status bits that it requires is stored like any other.
 */
bool vwr_vdev_allows_(struct vwr_vdev *v, bool legacy, const struct vwr_register *r, uint64_t offset,
                      unsigned bytes, bool is_write);

/* The words of a 64-bit register. */
static inline uint32_t vdev_low(uint64_t v)
{
    return (uint32_t)v;
}

static inline uint32_t vdev_high(uint64_t v)
{
    return (uint32_t)(v >> 32);
}

static inline void vdev_set_low(uint64_t *v, uint32_t word)
{
    *v = (uint64_t)vdev_high(*v) << 32 | word;
}

static inline void vdev_set_high(uint64_t *v, uint32_t word)
{
    *v = (uint64_t)word << 32 | vdev_low(*v);
}

/* Gets 32 feature bits, starting at bit 32 * word; 0 beyond the last feature. */
static inline uint32_t vdev_feature_word(const struct vwr_features *f, uint32_t word)
{
    return word < VWR_FEATURE_WORDS ? f->w[word] : 0;
}

/* Called when the driver writes the status; 0 resets the device. */
void vwr_vdev_set_status_(struct vwr_vdev *v, uint32_t value);
/* Lets the class continue a reset for which the byte budget did not suffice. */
void vwr_vdev_continue_reset_(struct vwr_vdev *v);

/*
 * Restores a saved status of a device that was reset. The status is one between two steps of the driver;
 * false: no driver can bring the device to it.
 */
bool vwr_vdev_restore_status_(struct vwr_vdev *v, uint8_t status);

/* Called when the driver writes 32 feature bits, starting at bit 32 * word. */
void vwr_vdev_set_features_(struct vwr_vdev *v, uint32_t word, uint32_t value);

/* Gets the queue selected by the driver; NULL: it does not exist. */
static inline struct vwr_vqueue *vwr_vdev_selected(const struct vwr_vdev *v)
{
    return v->queue_sel < v->queues ? &v->queue[v->queue_sel] : NULL;
}

/*
 * Enables a queue with its current registers; on success, q->ready is set. A queue of a modern device that is
 * enabled before FEATURES_OK has no layout yet. start_queue: also records why a queue cannot be enabled.
 */
int vwr_vdev_enable_queue_(struct vwr_vdev *v, struct vwr_vqueue *q);
void vwr_vdev_start_queue_(struct vwr_vdev *v, struct vwr_vqueue *q);

/* Disables the queue, but does not change its registers. */
void vwr_vdev_stop_queue_(struct vwr_vdev *v, struct vwr_vqueue *q);

/* Disables the queue, and sets its registers to their reset values. */
void vwr_vdev_reset_queue_(struct vwr_vdev *v, struct vwr_vqueue *q);

/* Called when a legacy driver writes the page number of the queue, which enables it; 0 disables it. */
void vwr_vdev_set_pfn_(struct vwr_vdev *v, struct vwr_vqueue *q, uint32_t pfn);

/* Called when the driver writes the reset register of a queue. */
static inline void vdev_write_reset(struct vwr_vdev *v, struct vwr_vqueue *q, uint32_t value)
{
    if (value == 1)
        vwr_vdev_reset_queue_(v, q);
    else
        vwr_vdev_ignore(v);
}

/*
 * vwr_vdev_iommu.c, for a device behind an IOMMU, and without effect for others. join: connects the device at
 * init. release: the class has forgotten the buffers of the queue. check_rings: called when addresses have
 * become others; a device whose ring is not where it was stops. abandon: stops a device that holds buffers,
 * and makes its class forget them. settle: continues what waited for a buffer.
 */
void vwr_vdev_join_(struct vwr_vdev *v, struct vwr_memory_iommu *i);
void vwr_vdev_release_(struct vwr_vdev *v, struct vwr_vqueue *q);
void vwr_vdev_check_rings_(struct vwr_vdev *v);
void vwr_vdev_abandon_(struct vwr_vdev *v);
void vwr_vdev_settle_(struct vwr_vdev *v);

/* Whether the IOMMU waits for a buffer of a device. */
static inline bool vdev_is_awaited(const struct vwr_vdev *v)
{
    return VWR_WITH_IOMMU && v->memory->iommu != NULL && v->memory->iommu->waits;
}

/*
 * Access configuration bytes [offset, offset + bytes), at most 8, little-endian. Bytes past the end read as
 * 0. A write takes effect if it does not cross the end, and only on the bytes of fields that the driver may
 * write.
 */
uint64_t vwr_vdev_config_read_(struct vwr_vdev *v, uint32_t offset, unsigned bytes);
void vwr_vdev_config_write_(struct vwr_vdev *v, uint32_t offset, unsigned bytes, uint64_t value);

#endif
