/* SPDX-License-Identifier: MIT */
#ifndef VWR_VINPUT_H
#define VWR_VINPUT_H

#include "vwr/evdev.h"
#include "vwr/service/input.h"

VWR_BEGIN_C

struct vwr_vinput;

/**
 * DOC: Input device, device side
 *
 * A keyboard, mouse, tablet or touch screen for a guest::
 *
 *     r = vwr_vinput_init(in, setup, own, options);
 *     vwr_vinput_event(in, VWR_EV_KEY, VWR_KEY_A, 1);
 *     vwr_vinput_event(in, VWR_EV_SYN, VWR_SYN_REPORT, 0);
 *
 * Events that happen at the same time form a group, which ends with EV_SYN, SYN_REPORT. The guest receives
 * complete groups, which wait in a FIFO in the VMM's memory until the guest has added buffers. If there are
 * fewer buffers than events in a group, the remaining events follow when the guest has added more.
 *
 * A group that does not fit into the FIFO, or that arrives while there is no driver, is dropped and counted.
 * The guest may then miss key releases. If stats.dropped increases, wait for space and send releases for all
 * keys that are up.
 *
 * vwr_vinput_state saves the events that the guest has not received, and which LEDs are on. After a load,
 * ops.status is called again for each LED that is on (docs/state.md).
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Input Device.
 */

/**
 * struct vwr_vinput_codes - A range of event codes
 * @type: Event type, such as VWR_EV_KEY.
 * @first: First code.
 * @last: Last code.
 */
struct vwr_vinput_codes {
    uint16_t type;
    uint16_t first;
    uint16_t last;
};

/**
 * struct vwr_vinput_axis - An absolute axis
 * @code: Code of VWR_EV_ABS.
 * @min: Minimum.
 * @max: Maximum.
 * @fuzz: Noise to filter.
 * @flat: Range around the centre that is reported as 0.
 * @resolution: Resolution in units per millimetre; 0: unknown.
 */
struct vwr_vinput_axis {
    uint16_t code;
    int min;
    int max;
    uint32_t fuzz;
    uint32_t flat;
    uint32_t resolution;
};

/**
 * struct vwr_vinput_model - Identity and capabilities of a device; a constant
 * @name: Name, up to 128 bytes, shown by the guest.
 * @codes: Event codes, except those of @axis.
 * @codes_count: Number of entries in @codes.
 * @axis: Absolute axes.
 * @axis_count: Number of entries in @axis.
 * @property: VWR_INPUT_PROP_* values.
 * @property_count: Number of entries in @property.
 * @bus: Bus type, such as VWR_BUS_VIRTUAL.
 * @vendor: Vendor ID.
 * @product: Product ID.
 * @version: Version.
 */
struct vwr_vinput_model {
    const char *name;
    const struct vwr_vinput_codes *codes;
    uint16_t codes_count;
    const struct vwr_vinput_axis *axis;
    uint16_t axis_count;
    const uint8_t *property;
    uint16_t property_count;
    uint16_t bus;
    uint16_t vendor;
    uint16_t product;
    uint16_t version;
};

/**
 * DOC: Predefined models
 *
 * - vwr_vinput_keyboard: all keys in evdev's range 1 to 248, and three LEDs. The guest generates key repeats.
 * - vwr_vinput_mouse: relative X and Y, two wheels, five buttons.
 * - vwr_vinput_tablet: absolute X and Y from 0 to VWR_VINPUT_TABLET_MAX, a wheel, the mouse's
 *   buttons.
 * - vwr_vinput_multitouch: a touch screen for VWR_VINPUT_TOUCHES fingers, which uses type B of Linux's
 *   multitouch protocol: slot, tracking ID, and position from 0 to VWR_VINPUT_TABLET_MAX.
 */

extern const struct vwr_vinput_model vwr_vinput_keyboard;
extern const struct vwr_vinput_model vwr_vinput_mouse;
extern const struct vwr_vinput_model vwr_vinput_tablet;
extern const struct vwr_vinput_model vwr_vinput_multitouch;

/** VWR_VINPUT_TABLET_MAX - Maximum of an absolute axis; the same as QEMU's */
#define VWR_VINPUT_TABLET_MAX 32767

/** VWR_VINPUT_TOUCHES - Number of fingers of the touch screen */
#define VWR_VINPUT_TOUCHES 10

/**
 * struct vwr_vinput_ops - Hooks of the VMM
 * @status: Called when the guest sets an LED (VWR_EV_LED), a sound or similar, if the model has this type and
 *   code. The hook is called with the device's lock held, and must not call functions of this device. May be
 *   NULL.
 */
struct vwr_vinput_ops {
    void (*status)(struct vwr_vinput *in, uint16_t type, uint16_t code, uint32_t value);
};

/*
 * A limit of this implementation: segments per chain, for 64 descriptors and some boundaries between regions.
 */
#define VWR_VINPUT_SEGS 68u

/** VWR_VINPUT_QUEUES - Number of queues */
#define VWR_VINPUT_QUEUES 2u

/**
 * struct vwr_vinput_options - Options of vwr_vinput_init()
 * @model: Model.
 * @serial: Serial number; NULL: none.
 * @ops: Hooks; NULL: status events from the guest are dropped.
 * @context: Stored in the device.
 * @event: Event FIFO in memory that no guest can access. It must stay valid while the device is in use.
 * @event_count: Number of entries in @event: a power of 2, larger than a group.
 *
 * vwr_vinput_init() replaces @event and @event_count.
 */
struct vwr_vinput_options {
    const struct vwr_vinput_model *model;
    const char *serial;
    const struct vwr_vinput_ops *ops;
    void *context;
    struct vwr_input_event_msg *event;
    uint32_t event_count;
};

/**
 * struct vwr_vinput_stats - Counters
 * @groups: Groups that were accepted.
 * @dropped: Groups that were dropped because there was no space or no driver.
 * @status: Status events from the guest that were passed to ops.status.
 * @ignored: Buffers that were too short for an event, and status events that the model does not support.
 */
struct vwr_vinput_stats {
    vwr_count groups;
    vwr_count dropped;
    vwr_count status;
    vwr_count ignored;
};

/**
 * struct vwr_vinput - An input device
 * @service: Service; the first member. vwr_vinput_dev() returns the device.
 * @context: For the VMM.
 * @stats: Counters.
 */
struct vwr_vinput {
    struct vwr_input_vservice service;
    void *context;
    struct vwr_vinput_stats stats;
    /* private: */
    struct vwr_vinput_options options;
    uint32_t read; /* position of the oldest event */
    uint32_t end;  /* position after the last complete group */
    uint32_t next; /* position after the last event */
    uint32_t leds; /* mask of LEDs that are on */
    bool lost;     /* the current group is dropped */
    bool torn;     /* the guest has received a part of the oldest group */
    struct vwr_vmessage message;
    struct vwr_vseg seg[2u * VWR_VINPUT_SEGS];
};

/**
 * vwr_vinput_init_with() - Initialise an input device with memory of any size
 * @in: Device. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @o: Options.
 *
 * Regardless of queue_size, a queue has at most VWR_VINPUT_SEGS descriptors, minus one for each
 * boundary between adjacent regions of guest memory.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there is no model, or the FIFO's capacity is not a power of 2.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vinput_init_with(struct vwr_vinput *in, const struct vwr_vdev_setup *s,
                                        const struct vwr_vinput_options *o);

/** VWR_VINPUT_QUEUE - Number of descriptors of a queue */
#ifndef VWR_VINPUT_QUEUE
#define VWR_VINPUT_QUEUE 64u
#endif

/** VWR_VINPUT_EVENTS - Number of events that wait for the guest, a power of 2 */
#ifndef VWR_VINPUT_EVENTS
#define VWR_VINPUT_EVENTS 64u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VINPUT_QUEUE), "VWR_VINPUT_QUEUE must be a power of 2");

/**
 * struct vwr_vinput_own - Memory of an input device that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 * @event: Event FIFO.
 */
struct vwr_vinput_own {
    struct vwr_vqueue queue[VWR_VINPUT_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VINPUT_QUEUES, VWR_VINPUT_QUEUE)];
    struct vwr_input_event_msg event[VWR_VINPUT_EVENTS];
};

/** vwr_vinput_init() - Initialise an input device for a guest; see vwr_vinput_init_with() */
VWR_MUST_CHECK static inline int vwr_vinput_init(struct vwr_vinput *in, const struct vwr_vdev_setup *setup,
                                                 struct vwr_vinput_own *own,
                                                 const struct vwr_vinput_options *o)
{
    struct vwr_vdev_setup with;
    struct vwr_vinput_options options;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VINPUT_QUEUE);
    vwr_copy(&options, o, sizeof(options));
    options.event = own->event;
    options.event_count = VWR_COUNT(own->event);
    return vwr_vinput_init_with(in, &with, &options);
}

/**
 * vwr_vinput_dev() - Get the device to pass to vwr_vm_add()
 * @in: Input device.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vinput_dev(struct vwr_vinput *in)
{
    return &in->service.service.dev;
}

/**
 * vwr_vinput_event() - Send an event to the guest
 * @in: Device.
 * @type: Type.
 * @code: Code.
 * @value: Value.
 *
 * The guest receives a group once its final SYN_REPORT was sent.
 *
 * Return: true: the event was accepted. false: the whole group is dropped, including later events, and is
 *   counted when it ends.
 */
bool vwr_vinput_event(struct vwr_vinput *in, uint16_t type, uint16_t code, uint32_t value);

/**
 * vwr_vinput_group() - Send a complete group of events to the guest
 * @in: Device. No group is in progress.
 * @event: Events, without the final SYN_REPORT.
 * @n: Number of events.
 *
 * The call takes the lock once, and raises at most one interrupt.
 *
 * Return: true: the group was accepted. false: the group was dropped and counted.
 */
bool vwr_vinput_group(struct vwr_vinput *in, const struct vwr_input_event_msg *event, uint32_t n);

VWR_END_C

#endif
