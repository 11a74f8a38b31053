/* SPDX-License-Identifier: MIT */
#ifndef VWR_INPUT_H
#define VWR_INPUT_H

#include "vwr/evdev.h"
#include "vwr/message.h"
#include "vwr/receive.h"
#include "vwr/bringup.h"
#include "vwr/transmit.h"
#include "vwr/messages/input.h"

VWR_BEGIN_C

/*
 * A keyboard, mouse or tablet: events in order, in whole groups; what the device is; LEDs.
 *
 *     r = vwr_input_open(in, d, options);
 *     r = vwr_input_poll(in);              // in the interrupt handler, say: events go to the FIFO
 *     while (vwr_input_read(in, &event))   // where they are wanted
 *         handle(event.type, event.code, event.value);
 *     r = vwr_input_set_led(in, led, true);
 *
 * Types and codes are those of evdev (vwr/evdev.h). A group is what has happened at once, and
 * ends with EV_SYN, SYN_REPORT, which is an event too. The FIFO is memory of the caller's. It has whole
 * groups and nothing else: one for which there is no room is dropped as a whole, and counted; so is one of
 * which the device has sent a part before a reset, or an event that is none. Behind a group that was dropped
 * keys may be up that the reader believes to be down: whoever sees stats.dropped or .torn go up lets go of
 * all.
 *
 * No memory that a call is passed is ever the device's: what the device has is options->shared, until
 * vwr_input_close answers VWR_OK.
 *
 * Context, if a call does not say otherwise: it does not wait, and an interrupt handler may call it. There
 * are two owners, at once and without a lock: who reads the FIFO (read, is_empty), and who has the device
 * (all else). Loops end after VWR_INPUT_QUEUE events.
 *
 * Section: Input Device.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* Descriptors of the queue of events, and buffers, a power of 2: as many as a group has at most, and more.
 * QEMU drops a group for which there are not enough. */
#ifndef VWR_INPUT_QUEUE
#define VWR_INPUT_QUEUE 64u
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_INPUT_QUEUE), "VWR_INPUT_QUEUE has to be a power of 2");
#define VWR_INPUT_STATUS_QUEUE 16u /* of the other: LEDs at once; not the specification's */
/* Of a buffer: an event has room in it. */
#define VWR_INPUT_BYTES \
    ((sizeof(struct vwr_input_event) + VWR_PORT_DMA_ALIGN - 1) / VWR_PORT_DMA_ALIGN * VWR_PORT_DMA_ALIGN)

#define VWR_INPUT_LEDS 32u /* evdev has 16; not the specification's */

/* What is shared with the device: memory as vwr_queue_memory.shared, any content. */
struct vwr_input_shared {
    uint8_t event_ring[VWR_QUEUE_SHARED_BYTES(VWR_INPUT_QUEUE)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t status_ring[VWR_TRANSMIT_SHARED_BYTES(VWR_INPUT_STATUS_QUEUE, VWR_INPUT_STATUS_QUEUE)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t event[VWR_INPUT_QUEUE][VWR_INPUT_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
    uint8_t status[VWR_INPUT_STATUS_QUEUE][VWR_INPUT_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
};

struct vwr_input_options {
    struct vwr_input_shared *shared; /* until vwr_input_close */
    uint64_t *fifo;                  /* the same; the device must not reach it */
    uint32_t events;                 /* that it has room for: a power of 2 */
    struct vwr_features avoid;       /* not taken although offered */
};

struct vwr_input_stats {
    vwr_count groups;  /* that went into the FIFO */
    vwr_count dropped; /* groups for which it had no room */
    vwr_count torn;    /* groups with an event that was none, or cut off by a reset */
};

/*
 * A device, in memory that it cannot reach, any content. `stats` may be read by anybody, the counters and the
 * fault of each queue too; the rest is private.
 */
struct vwr_input {
    struct vwr_bringup bringup;
    struct vwr_input_stats stats;
    struct vwr_receiveq events;
    struct vwr_transmitq status;
    struct vwr_input_options options;
    volatile uint32_t read;      /* positions in the FIFO: of the reader, */
    volatile uint32_t end;       /* of the first group that is not whole, */
    uint32_t next;               /* and of its next event */
    vwr_count *lost;             /* the group that comes is, and is counted there; NULL: it is not */
    uint8_t led[VWR_INPUT_LEDS]; /* what each is, if it was ever set, and whether the device knows it */
    struct vwr_receive_buffer event_buffer[VWR_INPUT_QUEUE];
    struct vwr_req status_request[VWR_INPUT_STATUS_QUEUE];
    uint64_t event_own[(VWR_QUEUE_OWN_BYTES(VWR_INPUT_QUEUE) + 7u) / 8u];
    uint64_t status_own[(VWR_TRANSMIT_OWN_BYTES(VWR_INPUT_STATUS_QUEUE, VWR_INPUT_STATUS_QUEUE) + 7u) / 8u];
};

/*
 * From reset to DRIVER_OK of a device that was probed, and its buffers are posted; waits for the reset, at
 * most VWR_RESET_TIMEOUT_US. *in may have any content. VWR_OK; VWR_EBUSY: it is open; VWR_EFAILED: only a
 * reset helps; VWR_ETYPE: another device; VWR_EINVAL: options.events is no power of 2; and as
 * vwr_bringup_open.
 */
VWR_MUST_CHECK int vwr_input_open(struct vwr_input *in, struct vwr_dev *d,
                                  const struct vwr_input_options *options);

/* ---- events ---- */

/*
 * Takes what has come into the FIFO, and sends what is to be sent of LEDs: VWR_OK, also
 * where some LEDs wait. Negative: a queue is stopped, results as vwr_receive_reap and as vwr_input_set_led.
 */
VWR_MUST_CHECK int vwr_input_poll(struct vwr_input *in);

/* An event in a word: type in bits 63 to 48, code in 47 to 32, value below. */
static inline uint64_t vwr_input_pack(const struct vwr_input_event_msg *event)
{
    return (uint64_t)event->type << 48 | (uint64_t)event->code << 32 | event->value;
}

/* The oldest event of the FIFO, in a word: true, and it is taken out. False: there is none. */
static inline bool vwr_input_read_packed(struct vwr_input *in, uint64_t *event)
{
    const uint32_t at = in->read;

    if (at == in->end)
        return false;
    vwr_port_rmb();
    *event = in->options.fifo[at & (in->options.events - 1)];
    vwr_port_release(); /* now there is room */
    in->read = at + 1;
    return true;
}

/* The same as a struct. */
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

static inline bool vwr_input_is_empty(const struct vwr_input *in)
{
    return in->read == in->end;
}

/* Asks for an interrupt when an event comes. False: there may be some, poll again. */
VWR_MUST_CHECK static inline bool vwr_input_arm(struct vwr_input *in)
{
    return vwr_receive_arm(&in->events, 1);
}

/* ---- LEDs ---- */

/*
 * Switches a LED of the device on or off. VWR_OK: it is sent. VWR_EFULL: the device has not taken the last
 * ones yet; the driver remembers, and a later vwr_input_poll sends what is true then. VWR_EINVAL: there can
 * be no such LED. Otherwise the queue is stopped, results as vwr_request_reap and as vwr_request_submit; a
 * recovery sends all LEDs again.
 */
VWR_MUST_CHECK int vwr_input_set_led(struct vwr_input *in, unsigned led, bool on);

/* ---- what it is ---- */

struct vwr_input_axis {
    int min, max;
    uint32_t fuzz, flat, resolution;
};

struct vwr_input_ids {
    uint16_t bus, vendor, product, version;
};

/* A question, and what the device answers. */
struct vwr_input_query {
    uint8_t select; /* enum vwr_input_config_select */
    uint8_t subsel; /* of VWR_INPUT_CFG_EV_BITS the type of event, of _ABS_INFO the axis; else 0 */
    uint8_t size;   /* of the answer; 0: there is none */
    union {
        uint8_t bytes[sizeof(((struct vwr_input_config *)0)->u) + 1u]; /* a text ends with 0 */
        struct vwr_input_axis axis;                                    /* VWR_INPUT_CFG_ABS_INFO */
        struct vwr_input_ids ids;                                      /* VWR_INPUT_CFG_ID_DEVIDS */
    } u;                                                               /* what is behind its end is 0 */
};

/*
 * Asks the device for a thing of which q->select and q->subsel are set: the size of the answer, 0: it has
 * none. Negative: VWR_EBUSY: the configuration changes just now, try again; VWR_EPROTO: an answer that is too
 * short, or an axis that ends before it begins; VWR_EFAILED: the device is not running. One that claims to be
 * longer than an answer can be is cut.
 */
VWR_MUST_CHECK int vwr_input_ask(struct vwr_input *in, struct vwr_input_query *q);

/* Is this bit of the answer set: of VWR_INPUT_CFG_EV_BITS, can there be events of that code? */
static inline bool vwr_input_has(const struct vwr_input_query *q, unsigned code)
{
    return code / 8u < q->size && (q->u.bytes[code / 8u] >> code % 8u & 1u) != 0;
}

/* ---- a device that fails ---- */

/* A device that has been silent for too long is stopped, for a recovery; until then poll answers VWR_ERESET.
 */
static inline void vwr_input_give_up(struct vwr_input *in)
{
    vwr_receive_stop(&in->events, VWR_ERESET);
}

/*
 * For vwr_recover(&in->bringup, &vwr_input_bringup), a step of bringing a device back that is stopped, or
 * has failed (vwr_dev_check), for vwr_freeze and vwr_bringup_stage. What is in the FIFO stays there, LEDs
 * are set again as they were; events that nobody had polled for are lost.
 */
extern const struct vwr_bringup_class vwr_input_bringup;

/* Resets the device: results as vwr_dev_reset, which waits. What is in the FIFO can still be read. */
VWR_MUST_CHECK static inline int vwr_input_close(struct vwr_input *in)
{
    return vwr_bringup_close(&in->bringup, &vwr_input_bringup);
}

/*
 * What went wrong last, in words, into text[0 .. bytes), always terminated if bytes > 0: why the device does
 * not start or come back, as vwr_dev_explain, or the fault of the first of its queues that has one. Answers
 * the length that all of it has.
 */
static inline size_t vwr_input_explain(const struct vwr_input *in, char *text, size_t bytes)
{
    return vwr_bringup_explain(&in->bringup, &vwr_dev_messages, NULL, text, bytes);
}

VWR_END_C

#endif
