/* SPDX-License-Identifier: MIT */
#ifndef VWR_RTC_H
#define VWR_RTC_H

#include "vwr/bytes.h"
#include "vwr/client/rtc.h"
#include "vwr/message.h"

VWR_BEGIN_C

/**
 * DOC: RTC device, driver side
 *
 * The driver reads the clocks of a device and sets their alarms. Clocks are numbered from 0::
 *
 *     r = vwr_rtc_open(c, d, options);
 *     n = vwr_rtc_clocks(c);
 *     r = vwr_rtc_describe(c, 0, &what);            // for example what.type == VWR_RTC_CLOCK_UTC
 *     r = vwr_rtc_read(c, 0, &ns);                  // nanoseconds since the clock's epoch
 *     r = vwr_rtc_set_alarm(c, 0, ns + 1000000000u, true);
 *     while ((r = vwr_rtc_poll(c, &clock)) == 1)    // the alarm of this clock has expired
 *         ...
 *
 * Rules:
 *
 * - A recovery restores all alarms that were set by vwr_rtc_set_alarm() and have not expired. vwr_rtc_poll()
 *   continues the restoration without waiting, and each blocking call completes it first. restore.lost counts
 *   the alarms that the device refused.
 * - Clock readings are untrusted input, like everything that the device writes.
 * - The device has one owner at a time.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: RTC Device.
 */

/** VWR_RTC_QUEUE - Number of descriptors of the request queue, a power of 2 */
#ifndef VWR_RTC_QUEUE
#define VWR_RTC_QUEUE 8u
#endif

/** VWR_RTC_ALARMS - Maximum number of clocks whose alarms can be set */
#ifndef VWR_RTC_ALARMS
#define VWR_RTC_ALARMS 4u
#endif

/** VWR_RTC_EVENTS - Number of descriptors and buffers of the alarm queue, a power of 2 */
#ifndef VWR_RTC_EVENTS
#define VWR_RTC_EVENTS 4u
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_RTC_QUEUE) && VWR_QUEUE_SIZE_IS_WHOLE(VWR_RTC_EVENTS),
                  "VWR_RTC_QUEUE and VWR_RTC_EVENTS must be powers of 2");

#define VWR_RTC_REQUESTS 2u /* one blocking message and one recovery message */

/** VWR_RTC_EVENT_BYTES - Size of the buffer for an expired alarm in bytes */
#define VWR_RTC_EVENT_BYTES \
    ((sizeof(struct vwr_rtc_notif_alarm) + VWR_PORT_DMA_ALIGN - 1) / VWR_PORT_DMA_ALIGN * VWR_PORT_DMA_ALIGN)

/* An alarm that a recovery sets again; private. */
struct vwr_rtc_alarm {
    uint64_t time;
    uint16_t clock;
    bool used;
    bool enabled;
};

/**
 * struct vwr_rtc_shared - Shared memory (see struct vwr_queue_memory); it need not be initialised
 * @requests: Request queue.
 * @event_ring: Ring of the alarm queue.
 * @event: Buffers for expired alarms.
 */
struct vwr_rtc_shared {
    uint8_t requests[VWR_CLIENT_SHARED_BYTES(VWR_RTC_QUEUE, VWR_RTC_REQUESTS, VWR_RTC_CLIENT_REQUESTQ_SLOT,
                                             1u)] __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t event_ring[VWR_QUEUE_SHARED_BYTES(VWR_RTC_EVENTS)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t event[VWR_RTC_EVENTS][VWR_RTC_EVENT_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
};

/**
 * struct vwr_rtc_options - Options of vwr_rtc_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @avoid: Features that the driver must not accept.
 * @request: Request options. The caller sets timeout_us, spin and waiter; the driver sets the other
 *   members.
 */
struct vwr_rtc_options {
    struct vwr_rtc_shared *shared;
    struct vwr_features avoid;
    struct vwr_request_options request;
};

/**
 * struct vwr_rtc - An RTC device
 * @bringup: Bring-up, which is the first member of @client.
 * @client: Generated client.
 * @options: Options.
 * @restore: Alarms that a recovery sets again; restore.lost counts those that the device refused.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_rtc {
    union {
        struct vwr_bringup bringup;
        struct vwr_rtc_client client;
    };
    struct vwr_rtc_options options;
    struct vwr_client_restore restore;
    /* private: */
    struct vwr_rtc_alarm alarm[VWR_RTC_ALARMS];
    struct vwr_rtc_client_requestq_call again; /* the message of a recovery */
    struct vwr_receive_buffer event_buffer[VWR_RTC_EVENTS];
    uint64_t request_own[(VWR_REQUEST_OWN_BYTES(VWR_RTC_QUEUE, VWR_RTC_REQUESTS) + 7u) / 8u];
    uint64_t event_own[(VWR_QUEUE_OWN_BYTES(VWR_RTC_EVENTS) + 7u) / 8u];
};

/**
 * vwr_rtc_open() - Open an RTC device
 * @c: Device; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK: the device is live, and its buffers for alarms are posted.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not an RTC device.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_rtc_open(struct vwr_rtc *c, struct vwr_dev *d, const struct vwr_rtc_options *options);

/** vwr_rtc_bringup - Class of RTC devices, for vwr/bringup.h */
extern const struct vwr_bringup_class vwr_rtc_bringup;

/**
 * vwr_rtc_clocks() - Read the number of clocks
 * @c: Device.
 *
 * Return: The number.
 * * VWR_ENODEV: the device reports that there is no such clock, or that it has no alarm.
 * * VWR_EUNSUPP: the device does not support the message.
 * * VWR_EIO: the device refused the message for a different reason.
 * * VWR_EFAILED: the device is not open, or the queue is stopped.
 * * VWR_EBUSY: an earlier message is in flight.
 * * Other errors: the same as vwr_request_submit() and vwr_request_wait().
 */
VWR_MUST_CHECK int vwr_rtc_clocks(struct vwr_rtc *c);

/**
 * vwr_rtc_describe() - Read the properties of a clock
 * @c: Device.
 * @clock: Clock.
 * @what: Filled in: type (enum vwr_rtc_clock), leap_second_smearing (enum vwr_rtc_smear), and flags:
 *   VWR_RTC_FLAG_ALARM_CAP if the clock has an alarm.
 *
 * Return: VWR_OK. Errors: the same as vwr_rtc_clocks().
 */
VWR_MUST_CHECK int vwr_rtc_describe(struct vwr_rtc *c, uint16_t clock, struct vwr_rtc_clock_cap_answer *what);

/**
 * vwr_rtc_can_cross() - Test whether a clock and a counter can be read simultaneously
 * @c: Device.
 * @clock: Clock.
 * @counter: Counter of the CPU: enum vwr_rtc_counter.
 *
 * Return: 1 if they can, 0 if they cannot. Errors: the same as vwr_rtc_clocks().
 */
VWR_MUST_CHECK int vwr_rtc_can_cross(struct vwr_rtc *c, uint16_t clock, uint8_t counter);

/**
 * vwr_rtc_read() - Read a clock
 * @c: Device.
 * @clock: Clock.
 * @ns: Filled in with the reading in nanoseconds since the clock's epoch.
 *
 * Return: VWR_OK. Errors: the same as vwr_rtc_clocks().
 */
VWR_MUST_CHECK int vwr_rtc_read(struct vwr_rtc *c, uint16_t clock, uint64_t *ns);

/**
 * vwr_rtc_read_cross() - Read a clock and a counter simultaneously
 * @c: Device.
 * @clock: Clock.
 * @counter: Counter of the CPU: enum vwr_rtc_counter.
 * @reading: Filled in: clock_reading in nanoseconds, and counter_cycles at that time.
 *
 * Return: VWR_OK. Errors: the same as vwr_rtc_clocks().
 */
VWR_MUST_CHECK int vwr_rtc_read_cross(struct vwr_rtc *c, uint16_t clock, uint8_t counter,
                                      struct vwr_rtc_read_cross_answer *reading);

/**
 * vwr_rtc_read_alarm() - Read the alarm of a clock
 * @c: Device.
 * @clock: Clock.
 * @alarm: Filled in: alarm_time in nanoseconds, and flags: VWR_RTC_FLAG_ALARM_ENABLED.
 *
 * Return: VWR_OK. Errors: the same as vwr_rtc_clocks().
 * * VWR_EFEATURE: the device has no alarms.
 */
VWR_MUST_CHECK int vwr_rtc_read_alarm(struct vwr_rtc *c, uint16_t clock,
                                      struct vwr_rtc_read_alarm_answer *alarm);

/**
 * vwr_rtc_set_alarm() - Set the alarm of a clock
 * @c: Device.
 * @clock: Clock.
 * @ns: Time in nanoseconds since the clock's epoch. If this time has passed, an enabled alarm expires
 *   immediately.
 * @enabled: false: the alarm is set but remains disabled until vwr_rtc_enable_alarm() enables it.
 *
 * Return: VWR_OK. Errors: the same as vwr_rtc_clocks().
 * * VWR_EFEATURE: the device has no alarms.
 * * VWR_EFULL: VWR_RTC_ALARMS alarms are set.
 */
VWR_MUST_CHECK int vwr_rtc_set_alarm(struct vwr_rtc *c, uint16_t clock, uint64_t ns, bool enabled);

/**
 * vwr_rtc_enable_alarm() - Enable or disable the alarm of a clock
 * @c: Device.
 * @clock: Clock whose alarm has been set.
 * @enabled: true to enable it.
 *
 * Return: VWR_OK. Errors: the same as vwr_rtc_clocks().
 * * VWR_EFEATURE: the device has no alarms.
 * * VWR_EINVAL: the alarm was not set by vwr_rtc_set_alarm(), or it has expired.
 */
VWR_MUST_CHECK int vwr_rtc_enable_alarm(struct vwr_rtc *c, uint16_t clock, bool enabled);

/**
 * vwr_rtc_poll() - Get the next expired alarm, and continue restoring alarms
 * @c: Device.
 * @clock: Filled in with the clock.
 *
 * Return: 1: an alarm has expired. 0: there is none.
 * * VWR_EFAILED: the device is not open.
 * * Other errors: the same as vwr_receive_reap(), vwr_request_reap() and vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_rtc_poll(struct vwr_rtc *c, uint16_t *clock);

/**
 * vwr_rtc_arm() - Enable the interrupt for the next alarm
 * @c: Device.
 *
 * Return: true: the interrupt is enabled. false: an alarm may have expired already, or the device has
 *   no alarms; poll again.
 */
VWR_MUST_CHECK bool vwr_rtc_arm(struct vwr_rtc *c);

/** vwr_rtc_explain() - Describe the last fault of the device or a queue; see vwr_dev_explain() */
static inline size_t vwr_rtc_explain(const struct vwr_rtc *c, char *text, size_t bytes)
{
    return vwr_bringup_explain(&c->bringup, &vwr_request_messages, vwr_rtc_feature_names, text, bytes);
}

/**
 * struct vwr_rtc_open_own - Private memory of an RTC device for vwr_open()
 * @rtc: Device; the first member.
 */
struct vwr_rtc_open_own {
    struct vwr_rtc rtc;
};

/**
 * struct vwr_rtc_open_shared - Shared memory of an RTC device for vwr_open()
 * @queues: Queues and buffers.
 */
struct vwr_rtc_open_shared {
    struct vwr_rtc_shared queues;
};

/** vwr_rtc_open_default() - Open an RTC device for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_rtc_open_default(void *own, void *shared, struct vwr_dev *d,
                                                      const struct vwr_features *avoid)
{
    struct vwr_rtc_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_rtc_shared *)shared;
    return vwr_rtc_open((struct vwr_rtc *)own, d, &options);
}

VWR_END_C

#endif
