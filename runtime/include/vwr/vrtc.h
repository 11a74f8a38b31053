/* SPDX-License-Identifier: MIT */
#ifndef VWR_VRTC_H
#define VWR_VRTC_H

#include "vwr/service/rtc.h"

VWR_BEGIN_C

/**
 * DOC: RTC device, device side
 *
 * The device provides alarms and the host's clocks to a guest. Functions of the VMM read the clocks::
 *
 *     static struct vwr_vrtc_clock clocks[] = {{.type = VWR_RTC_CLOCK_UTC, .has_alarm = true},
 *                                              {.type = VWR_RTC_CLOCK_MONOTONIC}};
 *
 * The VMM calls vwr_vrtc_tick() when an alarm is due. hosted/posix contains hooks that read the clocks of a
 * POSIX system.
 *
 * Rules:
 *
 * - An enabled alarm expires once: when vwr_vrtc_tick() finds that it is due, or when the guest sets it to a
 *   time in the past. It can expire again only after the guest has set or enabled it again.
 * - If the guest has no buffer for an expired alarm, the alarm is reported in its next buffer.
 * - A reset disables all alarms.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: RTC Device.
 */

/**
 * VWR_VRTC_SEGS - Maximum number of segments per chain, for 64 descriptors and some boundaries between
 * regions
 */
#ifndef VWR_VRTC_SEGS
#define VWR_VRTC_SEGS 68u
#endif

#define VWR_VRTC_QUEUES 2u

struct vwr_vrtc;

/**
 * struct vwr_vrtc_clock - A clock; in memory that no guest can access
 * @type: enum vwr_rtc_clock.
 * @smear: enum vwr_rtc_smear for a clock of type UTC_SMEARED; otherwise 0.
 * @has_alarm: The clock has an alarm.
 * @alarm_time: Time that the guest has set, in nanoseconds.
 * @armed: The alarm is enabled and has not expired.
 *
 * The VMM sets the first three members before init. The device maintains the others, which the VMM may read
 * within a hook.
 */
struct vwr_vrtc_clock {
    uint8_t type;
    uint8_t smear;
    bool has_alarm;
    uint64_t alarm_time;
    bool armed;
    /* private: */
    bool enabled; /* the guest has enabled the alarm */
    bool expired; /* the alarm has expired, but the guest had no buffer for it */
};

/**
 * struct vwr_vrtc_ops - Hooks of the VMM
 * @clock_read: Read a clock into *ns, in nanoseconds since its epoch. Returns VWR_OK; any other value is
 *   reported to the guest as an error.
 * @clock_cross: Read a clock and a counter of the guest's CPU (enum vwr_rtc_counter) simultaneously. Returns
 *   VWR_OK, or VWR_EUNSUPP if they cannot be read simultaneously. NULL: no clock can be read simultaneously
 *   with a counter.
 * @alarm: The guest has set, enabled or disabled the alarm of a clock. If v->clocks[clock].armed is set, the
 *   VMM must start its timer. After a load (vwr/vstate.h), the hook is called for each alarm. May be NULL.
 *
 * The hooks are called with the device's lock held, and must not call functions of this device.
 */
struct vwr_vrtc_ops {
    int (*clock_read)(struct vwr_vrtc *v, unsigned clock, uint64_t *ns);
    int (*clock_cross)(struct vwr_vrtc *v, unsigned clock, unsigned counter, uint64_t *ns, uint64_t *cycles);
    void (*alarm)(struct vwr_vrtc *v, unsigned clock);
};

/**
 * struct vwr_vrtc_options - Options of vwr_vrtc_init()
 * @ops: Hooks.
 * @context: Stored in the device.
 * @clocks: Clocks. They must stay valid as long as the device.
 * @clock_count: Number of clocks, up to 65535.
 */
struct vwr_vrtc_options {
    const struct vwr_vrtc_ops *ops;
    void *context;
    struct vwr_vrtc_clock *clocks;
    unsigned clock_count;
};

/**
 * struct vwr_vrtc - An RTC device
 * @service: Generated service; the first member.
 * @context: For the VMM.
 * @clocks: Clocks.
 * @clock_count: Number of clocks.
 */
struct vwr_vrtc {
    struct vwr_rtc_vservice service;
    void *context;
    struct vwr_vrtc_clock *clocks;
    unsigned clock_count;
    /* private: */
    const struct vwr_vrtc_ops *ops;
    struct vwr_vmessage message;
    struct vwr_vseg seg[2u * VWR_VRTC_SEGS];
};

/** VWR_VRTC_QUEUE - Number of descriptors of a queue, a power of 2 */
#ifndef VWR_VRTC_QUEUE
#define VWR_VRTC_QUEUE 64u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VRTC_QUEUE), "VWR_VRTC_QUEUE must be a power of 2");

/**
 * struct vwr_vrtc_own - Memory of an RTC device that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 */
struct vwr_vrtc_own {
    struct vwr_vqueue queue[VWR_VRTC_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VRTC_QUEUES, VWR_VRTC_QUEUE)];
};

/**
 * vwr_vrtc_init_with() - Initialise an RTC device with memory of any size
 * @v: Device. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @options: Options; not used after the call, except for the memory.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: ops->clock_read is missing, or there are too many clocks.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vrtc_init_with(struct vwr_vrtc *v, const struct vwr_vdev_setup *s,
                                      const struct vwr_vrtc_options *options);

/** vwr_vrtc_init() - Initialise an RTC device in a structure of memory; see vwr_vrtc_init_with() */
VWR_MUST_CHECK static inline int vwr_vrtc_init(struct vwr_vrtc *v, const struct vwr_vdev_setup *setup,
                                               struct vwr_vrtc_own *own,
                                               const struct vwr_vrtc_options *options)
{
    struct vwr_vdev_setup with;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VRTC_QUEUE);
    return vwr_vrtc_init_with(v, &with, options);
}

/**
 * vwr_vrtc_tick() - Expire the alarms that are due
 * @v: Device.
 */
void vwr_vrtc_tick(struct vwr_vrtc *v);

/**
 * vwr_vrtc_dev() - Get the device for functions that apply to all classes
 * @v: Device.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vrtc_dev(struct vwr_vrtc *v)
{
    return &v->service.service.dev;
}

VWR_END_C

#endif
