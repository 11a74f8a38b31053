/* SPDX-License-Identifier: MIT */
#ifndef VWR_INPUT_H
#define VWR_INPUT_H

#include "vwr/bytes.h"
#include "vwr/evdev.h"
#include "vwr/message.h"
#include "vwr/receive.h"
#include "vwr/bringup.h"
#include "vwr/transmit.h"
#include "vwr/messages/input.h"

VWR_BEGIN_C

/**
 * DOC: Input device, driver side
 *
 * This driver for keyboards, mice and tablets delivers events in order and in complete groups, reads the
 * device's identity and controls its LEDs::
 *
 *     r = vwr_input_open(in, d, options);
 *     r = vwr_input_poll(in);              // for example in the interrupt handler: events go to the FIFO
 *     while (vwr_input_read(in, &event))   // where they are needed
 *         handle(event.type, event.code, event.value);
 *     r = vwr_input_set_led(in, led, true);
 *
 * vwr/evdev.h defines the types and codes of events. Events that happen at the same time form a group. A
 * group ends with an EV_SYN event whose code is SYN_REPORT.
 *
 * Rules:
 *
 * - The FIFO is in the caller's memory and contains complete groups only. A group is dropped and counted if
 *   it does not fit, contains an invalid event, or is truncated by a reset. The reader may then miss key
 *   releases, so it should release all keys when stats.dropped or stats.torn increases.
 * - There are two owners, which need no lock. One reads the FIFO (vwr_input_read(), vwr_input_is_empty()),
 *   and the other calls all other functions.
 * - The device accesses only options->shared, and only until vwr_close() succeeds.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: Input Device.
 */

/**
 * VWR_INPUT_QUEUE - Number of descriptors and buffers of the event queue, a power of 2
 *
 * It must be greater than the number of events in a group, because QEMU drops a group for which there are not
 * enough buffers.
 */
#ifndef VWR_INPUT_QUEUE
#define VWR_INPUT_QUEUE 64u
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_INPUT_QUEUE), "VWR_INPUT_QUEUE must be a power of 2");

/* Number of descriptors of the status queue, which limits the LED changes in flight. */
#define VWR_INPUT_STATUS_QUEUE 16u

/** VWR_INPUT_BYTES - Size of an event buffer in bytes */
#define VWR_INPUT_BYTES \
    ((sizeof(struct vwr_input_event) + VWR_PORT_DMA_ALIGN - 1) / VWR_PORT_DMA_ALIGN * VWR_PORT_DMA_ALIGN)

/* Maximum number of LEDs; evdev has 16. */
#define VWR_INPUT_LEDS 32u

/**
 * struct vwr_input_shared - Shared memory (see struct vwr_queue_memory); it need not be initialised
 * @event_ring: Ring of the event queue.
 * @status_ring: Ring of the status queue.
 * @event: Buffers for events.
 * @status: Buffers for LED changes.
 */
struct vwr_input_shared {
    uint8_t event_ring[VWR_QUEUE_SHARED_BYTES(VWR_INPUT_QUEUE)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t status_ring[VWR_TRANSMIT_SHARED_BYTES(VWR_INPUT_STATUS_QUEUE, VWR_INPUT_STATUS_QUEUE)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t event[VWR_INPUT_QUEUE][VWR_INPUT_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
    uint8_t status[VWR_INPUT_STATUS_QUEUE][VWR_INPUT_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
};

/**
 * struct vwr_input_options - Options of vwr_input_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @event: Event FIFO in private memory. It must remain valid as long as @shared.
 * @event_count: Number of entries in @event, a power of 2.
 * @avoid: Features that the driver must not accept.
 */
struct vwr_input_options {
    struct vwr_input_shared *shared;
    uint64_t *event;
    uint32_t event_count;
    struct vwr_features avoid;
};

/**
 * struct vwr_input_stats - Counters
 * @groups: Groups that were written to the FIFO.
 * @dropped: Groups that did not fit.
 * @torn: Groups that contained an invalid event or were truncated by a reset.
 */
struct vwr_input_stats {
    vwr_count groups;
    vwr_count dropped;
    vwr_count torn;
};

/**
 * struct vwr_input - An input device
 * @bringup: Bring-up; the first member.
 * @stats: Counters; any thread may read them.
 * @events: Event queue. Any thread may read its counters and its fault.
 * @status: Status queue. Any thread may read its counters and its fault.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_input {
    struct vwr_bringup bringup;
    struct vwr_input_stats stats;
    struct vwr_receiveq events;
    struct vwr_transmitq status;
    /* private: */
    struct vwr_input_options options;
    volatile uint32_t read;      /* position of the reader */
    volatile uint32_t end;       /* position of the first incomplete group */
    uint32_t next;               /* position of that group's next event */
    vwr_count *lost;             /* counter for the current group if it is dropped, otherwise NULL */
    uint8_t led[VWR_INPUT_LEDS]; /* for each LED: its state, whether it was ever set, and whether the state
                                    was sent to the device */
    struct vwr_receive_buffer event_buffer[VWR_INPUT_QUEUE];
    struct vwr_req status_request[VWR_INPUT_STATUS_QUEUE];
    uint64_t event_own[(VWR_QUEUE_OWN_BYTES(VWR_INPUT_QUEUE) + 7u) / 8u];
    uint64_t status_own[(VWR_TRANSMIT_OWN_BYTES(VWR_INPUT_STATUS_QUEUE, VWR_INPUT_STATUS_QUEUE) + 7u) / 8u];
};

/**
 * vwr_input_open() - Open an input device
 * @in: Device; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK. The device is live and its buffers are posted.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not an input device.
 * * VWR_EINVAL: options.event_count is not a power of 2.
 * * VWR_ENOMEM: an array is too small; vwr_dev_explain() names it.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_input_open(struct vwr_input *in, struct vwr_dev *d,
                                  const struct vwr_input_options *options);

/**
 * vwr_input_poll() - Move events from the device to the FIFO, and send pending LED changes
 * @in: Device.
 *
 * Return: VWR_OK; LED changes may remain pending. If a queue is stopped, the same errors as
 *   vwr_receive_reap() and vwr_input_set_led().
 */
VWR_MUST_CHECK int vwr_input_poll(struct vwr_input *in);

/**
 * vwr_input_pack() - Pack an event into a 64-bit word
 * @event: Event.
 *
 * Return: Type in bits 63 to 48, code in bits 47 to 32, value in bits 31 to 0.
 */
static inline uint64_t vwr_input_pack(const struct vwr_input_event_msg *event)
{
    return (uint64_t)event->type << 48 | (uint64_t)event->code << 32 | event->value;
}

/**
 * vwr_input_read_packed() - Read the oldest event of the FIFO as a 64-bit word
 * @in: Device.
 * @event: Filled in with the event in the format of vwr_input_pack().
 *
 * Context: Any context, including an interrupt handler. Does not wait. One reader at a time.
 * Return: true: @event is valid. false: the FIFO is empty.
 */
static inline bool vwr_input_read_packed(struct vwr_input *in, uint64_t *event)
{
    const uint32_t at = in->read;

    if (at == in->end)
        return false;
    vwr_port_rmb();
    *event = in->options.event[at & (in->options.event_count - 1)];
    vwr_port_release(); /* publish the free entry */
    in->read = at + 1;
    return true;
}

/**
 * vwr_input_read() - Read the oldest event of the FIFO
 * @in: Device.
 * @event: Filled in with the event.
 *
 * Context: Any context, including an interrupt handler. Does not wait. One reader at a time.
 * Return: true: @event is valid. false: the FIFO is empty.
 */
static inline bool vwr_input_read(struct vwr_input *in, struct vwr_input_event_msg *event)
{
    uint64_t packed;

    if (!vwr_input_read_packed(in, &packed))
        return false;
    event->type = (uint16_t)(packed >> 48);
    event->code = (uint16_t)(packed >> 32);
    event->value = (uint32_t)packed;
    return true;
}

/**
 * vwr_input_is_empty() - Test whether the FIFO is empty
 * @in: Device.
 *
 * Return: true if the FIFO is empty.
 */
static inline bool vwr_input_is_empty(const struct vwr_input *in)
{
    return in->read == in->end;
}

/**
 * vwr_input_arm() - Enable the interrupt for the next event
 * @in: Device.
 *
 * Return: true: the interrupt is enabled. false: events may have arrived already; poll again.
 */
VWR_MUST_CHECK static inline bool vwr_input_arm(struct vwr_input *in)
{
    return vwr_receive_arm(&in->events, 1);
}

/**
 * vwr_input_set_led() - Turn an LED of the device on or off
 * @in: Device.
 * @led: Code of the LED: VWR_LED_*.
 * @on: true to turn it on.
 *
 * A recovery resends the state of all LEDs.
 *
 * Return: VWR_OK: the change was sent.
 * * VWR_EFULL: the device has not processed earlier changes. The driver remembers the state, and a
 *   later vwr_input_poll() sends it.
 * * VWR_EINVAL: there is no such LED.
 * * If the queue is stopped, the same as vwr_request_reap() and vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_input_set_led(struct vwr_input *in, unsigned led, bool on);

/**
 * struct vwr_input_axis - Range of an absolute axis
 * @min: Minimum.
 * @max: Maximum.
 * @fuzz: Noise to filter.
 * @flat: Values in this range around the centre are reported as 0.
 * @resolution: Resolution in units per millimetre.
 */
struct vwr_input_axis {
    int min, max;
    uint32_t fuzz, flat, resolution;
};

/**
 * struct vwr_input_ids - Identity of a device
 * @bus: Bus type.
 * @vendor: Vendor ID.
 * @product: Product ID.
 * @version: Version.
 */
struct vwr_input_ids {
    uint16_t bus, vendor, product, version;
};

/**
 * struct vwr_input_query - A query of the configuration, and its answer
 * @select: enum vwr_input_config_select. Set by the caller.
 * @subsel: Event type for VWR_INPUT_CFG_EV_BITS, axis for VWR_INPUT_CFG_ABS_INFO, otherwise 0. Set by the
 *   caller.
 * @size: Size of the answer in bytes; 0: there is no answer.
 * @u: Answer; unused bytes are 0.
 * @bytes: Answer as bytes; a string is null-terminated.
 * @axis: Answer to VWR_INPUT_CFG_ABS_INFO.
 * @ids: Answer to VWR_INPUT_CFG_ID_DEVIDS.
 */
struct vwr_input_query {
    uint8_t select;
    uint8_t subsel;
    uint8_t size;
    union {
        uint8_t bytes[sizeof(((struct vwr_input_config *)0)->u) + 1u];
        struct vwr_input_axis axis;
        struct vwr_input_ids ids;
    } u;
};

/**
 * vwr_input_ask() - Query the configuration
 * @in: Device.
 * @q: Query. The caller sets @q->select and @q->subsel. An answer that is longer than the configuration field
 *   is truncated.
 *
 * Return: Size of the answer in bytes; 0: the device has no answer.
 * * VWR_EBUSY: the configuration is changing; try again.
 * * VWR_EPROTO: the answer is too short or longer than the configuration, or the maximum of the axis is below
 *   its minimum.
 * * VWR_EFAILED: the device is not running.
 */
VWR_MUST_CHECK int vwr_input_ask(struct vwr_input *in, struct vwr_input_query *q);

/**
 * vwr_input_has() - Test a bit of an answer that is a bitmap
 * @q: Query that has been answered.
 * @code: Bit number; for VWR_INPUT_CFG_EV_BITS, an event code.
 *
 * Return: true if the bit is set.
 */
static inline bool vwr_input_has(const struct vwr_input_query *q, unsigned code)
{
    return code / 8u < q->size && (q->u.bytes[code / 8u] >> code % 8u & 1u) != 0;
}

/**
 * vwr_input_give_up() - Stop a device that does not answer
 * @in: Device. vwr_input_poll() returns VWR_ERESET until the device is recovered.
 */
static inline void vwr_input_give_up(struct vwr_input *in)
{
    vwr_queue_stop(&in->events.queue, VWR_ERESET);
}

/**
 * vwr_input_bringup - Class of input devices, for vwr/bringup.h
 *
 * A recovery keeps the contents of the FIFO and restores the LEDs. Events that were not polled are lost.
 */
extern const struct vwr_bringup_class vwr_input_bringup;

/** vwr_input_explain() - Describe the last fault of the device or its queues; see vwr_dev_explain() */
static inline size_t vwr_input_explain(const struct vwr_input *in, char *text, size_t bytes)
{
    return vwr_bringup_explain(&in->bringup, &vwr_dev_messages, NULL, text, bytes);
}

/** VWR_INPUT_OPEN_EVENTS - Capacity of the event FIFO, a power of 2, for vwr_open() */
#ifndef VWR_INPUT_OPEN_EVENTS
#define VWR_INPUT_OPEN_EVENTS 256u
#endif

/**
 * struct vwr_input_open_own - Private memory of an input device for vwr_open()
 * @input: Device; the first member.
 * @event: Event FIFO.
 *
 * The driver serves keyboards, mice and tablets.
 */
struct vwr_input_open_own {
    struct vwr_input input;
    uint64_t event[VWR_INPUT_OPEN_EVENTS];
};

/**
 * struct vwr_input_open_shared - Shared memory of an input device for vwr_open()
 * @queues: Event queue and status queue.
 */
struct vwr_input_open_shared {
    struct vwr_input_shared queues;
};

/** vwr_input_open_default() - Open an input device for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_input_open_default(void *own, void *shared, struct vwr_dev *d,
                                                        const struct vwr_features *avoid)
{
    struct vwr_input_open_own *const o = (struct vwr_input_open_own *)own;
    struct vwr_input_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_input_shared *)shared;
    options.event = o->event;
    options.event_count = VWR_COUNT(o->event);
    return vwr_input_open(&o->input, d, &options);
}

VWR_END_C

#endif
