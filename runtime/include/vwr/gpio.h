/* SPDX-License-Identifier: MIT */
#ifndef VWR_GPIO_H
#define VWR_GPIO_H

#include "vwr/bytes.h"
#include "vwr/client/gpio.h"
#include "vwr/message.h"

VWR_BEGIN_C

/**
 * DOC: GPIO device, driver side
 *
 * The driver reads and sets the lines of a GPIO device, and gets their interrupts::
 *
 *     r = vwr_gpio_open(g, d, options);
 *     r = vwr_gpio_set_value(g, 3, 1);                            // then, without a wrong level between:
 *     r = vwr_gpio_set_direction(g, 3, VWR_GPIO_DIRECTION_OUT);
 *     r = vwr_gpio_set_direction(g, 5, VWR_GPIO_DIRECTION_IN);
 *     level = vwr_gpio_get_value(g, 5);                           // 0 or 1
 *     r = vwr_gpio_set_irq_type(g, 5, VWR_GPIO_IRQ_TYPE_EDGE_BOTH);
 *     r = vwr_gpio_unmask(g, 5);
 *     while ((r = vwr_gpio_poll(g, &line)) == 1)                  // the line is masked again
 *         r = vwr_gpio_unmask(g, line);
 *
 * Rules:
 *
 * - A recovery restores values, directions, interrupt types and unmasked interrupts of all lines.
 *   vwr_gpio_poll() continues the restoration without waiting, and each blocking call completes it first.
 *   If the device comes back with a shorter event queue, an interrupt that does not fit is unmasked when
 *   vwr_gpio_poll() returns another one.
 *   restore.lost counts the settings that the device refused.
 * - The driver does not accept IN_ORDER. With IN_ORDER, an interrupt would have to wait for the interrupts of
 *   lines that were unmasked earlier.
 * - An interrupt that occurs while the driver recovers the device may be lost.
 * - Only the lines in options->lines can be set. Other lines can only be read.
 * - The device has one owner at a time.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: GPIO Device.
 */

/** VWR_GPIO_QUEUE - Number of descriptors of the request queue, a power of 2 */
#ifndef VWR_GPIO_QUEUE
#define VWR_GPIO_QUEUE 8u
#endif

/** VWR_GPIO_EVENTS - Maximum number of unmasked interrupts, a power of 2 */
#ifndef VWR_GPIO_EVENTS
#define VWR_GPIO_EVENTS 16u
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_GPIO_QUEUE) && VWR_QUEUE_SIZE_IS_WHOLE(VWR_GPIO_EVENTS),
                  "VWR_GPIO_QUEUE and VWR_GPIO_EVENTS must be powers of 2");

/* Not from the specification: one blocking message and one recovery message; the descriptors of an
 * interrupt. */
#define VWR_GPIO_REQUESTS 2u
#define VWR_GPIO_EVENT_QUEUE (2u * VWR_GPIO_EVENTS)

/**
 * enum vwr_gpio_setting - Settings of a line, in the order in which a recovery restores them
 * @VWR_GPIO_SETS_VALUE: Value.
 * @VWR_GPIO_SETS_DIRECTION: enum vwr_gpio_direction.
 * @VWR_GPIO_SETS_IRQ_TYPE: enum vwr_gpio_irq_type.
 * @VWR_GPIO_SETTINGS_: Number of settings; private.
 */
enum vwr_gpio_setting {
    VWR_GPIO_SETS_VALUE,
    VWR_GPIO_SETS_DIRECTION,
    VWR_GPIO_SETS_IRQ_TYPE,
    VWR_GPIO_SETTINGS_
};

/**
 * struct vwr_gpio_line - Settings of a line; in private memory
 * @setting: Values that the driver has set; initially 0.
 * @unmasked: The interrupt is unmasked.
 *
 * vwr_gpio_open() initialises it.
 */
struct vwr_gpio_line {
    /* private: */
    struct vwr_gpio_client_eventq_call event; /* first */
    uint8_t known;                            /* bit n: setting n was set */
    /* public: */
    uint8_t setting[VWR_GPIO_SETTINGS_];
    bool unmasked;
};

/**
 * struct vwr_gpio_shared - Shared memory (see struct vwr_queue_memory); it need not be initialised
 * @requests: Request queue.
 * @events: Event queue.
 */
struct vwr_gpio_shared {
    uint8_t requests[VWR_CLIENT_SHARED_BYTES(VWR_GPIO_QUEUE, VWR_GPIO_REQUESTS, VWR_GPIO_CLIENT_REQUESTQ_SLOT,
                                             VWR_REQUEST_SEGMENTS)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t events[VWR_CLIENT_SHARED_BYTES(VWR_GPIO_EVENT_QUEUE, VWR_GPIO_EVENTS, VWR_GPIO_CLIENT_EVENTQ_SLOT,
                                           VWR_REQUEST_SEGMENTS)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
};

/**
 * struct vwr_gpio_options - Options of vwr_gpio_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @lines: Lines 0 to @line_count - 1. They must remain valid as long as @shared.
 * @line_count: Number of entries in @lines, at least 1.
 * @avoid: Features that the driver must not accept.
 * @request: Request options. The caller sets timeout_us, spin and waiter; the driver sets the other
 *   members.
 */
struct vwr_gpio_options {
    struct vwr_gpio_shared *shared;
    struct vwr_gpio_line *lines;
    unsigned line_count;
    struct vwr_features avoid;
    struct vwr_request_options request;
};

/**
 * struct vwr_gpio - A GPIO device
 * @bringup: Bring-up, which is the first member of @client.
 * @client: Generated client. client.info has the
 *   number of lines and the size of their names.
 * @options: Options.
 * @restore: Settings that a recovery sends again; restore.lost counts those that the device refused.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_gpio {
    union {
        struct vwr_bringup bringup;
        struct vwr_gpio_client client;
    };
    struct vwr_gpio_options options;
    struct vwr_client_restore restore;
    /* private: */
    struct vwr_gpio_client_requestq_call again; /* the message of a recovery */
    uint64_t request_own[(VWR_REQUEST_OWN_BYTES(VWR_GPIO_QUEUE, VWR_GPIO_REQUESTS) + 7u) / 8u];
    uint64_t event_own[(VWR_REQUEST_OWN_BYTES(VWR_GPIO_EVENT_QUEUE, VWR_GPIO_EVENTS) + 7u) / 8u];
};

/**
 * vwr_gpio_open() - Open a GPIO device
 * @g: Device; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK: the device is live. The settings of the lines are unknown.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not a GPIO device.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_gpio_open(struct vwr_gpio *g, struct vwr_dev *d,
                                 const struct vwr_gpio_options *options);

/** vwr_gpio_bringup - Class of GPIO devices, for vwr/bringup.h */
extern const struct vwr_bringup_class vwr_gpio_bringup;

/**
 * vwr_gpio_lines() - Get the number of lines
 * @g: Device.
 *
 * Return: The number of lines; 0 if the device was never open.
 */
static inline unsigned vwr_gpio_lines(const struct vwr_gpio *g)
{
    return g->client.info.ngpio;
}

/**
 * vwr_gpio_get_names() - Read the names of all lines
 * @g: Device.
 * @names: Filled in with one null-terminated string for each line, in order. The buffer is in flight during
 *   the call. After an error its contents are undefined.
 * @bytes: Size of @names in bytes, at least client.info.gpio_names_size.
 *
 * Return: VWR_OK.
 * * VWR_EUNSUPP: the lines have no names.
 * * VWR_ERANGE: @bytes is too small.
 * * VWR_EPROTO: there are fewer names than lines.
 * * Other errors: the same as vwr_gpio_get_value().
 */
VWR_MUST_CHECK int vwr_gpio_get_names(struct vwr_gpio *g, char *names, size_t bytes);

/**
 * vwr_gpio_name() - Find the name of a line
 * @names: Names, as filled in by vwr_gpio_get_names().
 * @bytes: Size of @names in bytes: client.info.gpio_names_size.
 * @line: Line.
 *
 * Return: The name, or an empty string if the line has none.
 */
const char *vwr_gpio_name(const char *names, size_t bytes, unsigned line);

/**
 * vwr_gpio_get_direction() - Read the direction of a line
 * @g: Device.
 * @line: Line.
 *
 * Return: enum vwr_gpio_direction.
 * * VWR_EPROTO: the device sent an unknown direction.
 * * Other errors: the same as vwr_gpio_get_value().
 */
VWR_MUST_CHECK int vwr_gpio_get_direction(struct vwr_gpio *g, unsigned line);

/**
 * vwr_gpio_set_direction() - Set the direction of a line, or deactivate it
 * @g: Device.
 * @line: Line.
 * @direction: enum vwr_gpio_direction.
 *
 * Return: The same as vwr_gpio_set_value().
 */
VWR_MUST_CHECK int vwr_gpio_set_direction(struct vwr_gpio *g, unsigned line, unsigned direction);

/**
 * vwr_gpio_get_value() - Read the level of a line
 * @g: Device.
 * @line: Line.
 *
 * Return: 0 or 1.
 * * VWR_EIO: the device refused the message.
 * * VWR_EINVAL: there is no such line.
 * * VWR_EPROTO: the device sent another value.
 * * VWR_EFAILED: the device is not open, or the queue is stopped.
 * * VWR_EBUSY: an earlier message is in flight.
 * * Other errors: the same as vwr_request_submit() and vwr_request_wait().
 */
VWR_MUST_CHECK int vwr_gpio_get_value(struct vwr_gpio *g, unsigned line);

/**
 * vwr_gpio_set_value() - Set the level of an output line
 * @g: Device.
 * @line: Line. If it is not an output yet, this is its initial level when it becomes one.
 * @value: 0 or 1.
 *
 * Return: VWR_OK.
 * * VWR_ERANGE: the line is not in options->lines.
 * * VWR_EINVAL: the value is unknown, or there is no such line.
 * * VWR_EIO: the device refused the message.
 * * VWR_EFAILED: the device is not open, or the queue is stopped.
 * * VWR_EBUSY: an earlier message is in flight.
 * * Other errors: the same as vwr_request_submit() and vwr_request_wait().
 */
VWR_MUST_CHECK int vwr_gpio_set_value(struct vwr_gpio *g, unsigned line, unsigned value);

/**
 * vwr_gpio_set_irq_type() - Set the trigger of a line's interrupt, or disable it
 * @g: Device.
 * @line: Line, an input.
 * @type: enum vwr_gpio_irq_type. VWR_GPIO_IRQ_TYPE_NONE disables and masks the interrupt.
 *
 * Return: The same as vwr_gpio_set_value().
 * * VWR_EFEATURE: the device does not support interrupts.
 */
VWR_MUST_CHECK int vwr_gpio_set_irq_type(struct vwr_gpio *g, unsigned line, unsigned type);

/**
 * vwr_gpio_unmask() - Unmask the interrupt of a line, which is masked again when it occurs
 * @g: Device.
 * @line: Line whose interrupt type was set. The call has no effect if the interrupt is unmasked already.
 *
 * Return: VWR_OK.
 * * VWR_ERANGE: the line is not in options->lines.
 * * VWR_EINVAL: the line has no interrupt type.
 * * VWR_EFULL: VWR_GPIO_EVENTS interrupts are unmasked, or as many as fit the device's queue.
 * * VWR_EBUSY: vwr_gpio_poll() has to return an earlier interrupt of this line first.
 * * VWR_EFEATURE: the device does not support interrupts.
 * * Other errors: the same as vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_gpio_unmask(struct vwr_gpio *g, unsigned line);

/**
 * vwr_gpio_poll() - Get the next interrupt, and continue restoring settings
 * @g: Device.
 * @line: Filled in with the line, whose interrupt is masked again.
 *
 * Return: 1: an interrupt has occurred. 0: there is none.
 * * VWR_EFAILED: the device is not open.
 * * Other errors: the same as vwr_request_reap() and vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_gpio_poll(struct vwr_gpio *g, unsigned *line);

/**
 * vwr_gpio_arm() - Enable the device's interrupt for the next interrupt of a line
 * @g: Device.
 *
 * Return: true: the interrupt is enabled. false: an interrupt may have arrived already, or the device does
 *   not support interrupts; poll again.
 */
VWR_MUST_CHECK bool vwr_gpio_arm(struct vwr_gpio *g);

/** vwr_gpio_explain() - Describe the last fault of the device or a queue; see vwr_dev_explain() */
static inline size_t vwr_gpio_explain(const struct vwr_gpio *g, char *text, size_t bytes)
{
    return vwr_bringup_explain(&g->bringup, &vwr_request_messages, vwr_gpio_feature_names, text, bytes);
}

/** VWR_GPIO_OPEN_LINES - Number of lines that can be set, for vwr_open() */
#ifndef VWR_GPIO_OPEN_LINES
#define VWR_GPIO_OPEN_LINES 32u
#endif

/**
 * struct vwr_gpio_open_own - Private memory of a GPIO device for vwr_open()
 * @gpio: Device; the first member.
 * @lines: Lines.
 */
struct vwr_gpio_open_own {
    struct vwr_gpio gpio;
    struct vwr_gpio_line lines[VWR_GPIO_OPEN_LINES];
};

/**
 * struct vwr_gpio_open_shared - Shared memory of a GPIO device for vwr_open()
 * @queues: Queues.
 */
struct vwr_gpio_open_shared {
    struct vwr_gpio_shared queues;
};

/** vwr_gpio_open_default() - Open a GPIO device for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_gpio_open_default(void *own, void *shared, struct vwr_dev *d,
                                                       const struct vwr_features *avoid)
{
    struct vwr_gpio_open_own *const o = (struct vwr_gpio_open_own *)own;
    struct vwr_gpio_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_gpio_shared *)shared;
    options.lines = o->lines;
    options.line_count = VWR_GPIO_OPEN_LINES;
    return vwr_gpio_open(&o->gpio, d, &options);
}

VWR_END_C

#endif
