/* SPDX-License-Identifier: MIT */
#ifndef VWR_VGPIO_H
#define VWR_VGPIO_H

#include "vwr/service/gpio.h"

VWR_BEGIN_C

/**
 * DOC: GPIO device, device side
 *
 * The device provides GPIO lines to a guest. The guest's settings are passed to a hook of the VMM. The VMM
 * reports the levels of inputs, from which the device derives the guest's interrupts::
 *
 *     r = vwr_vgpio_init(v, setup, own, options);
 *     // ops.changed: the guest has set direction, output or interrupt type of a line
 *     vwr_vgpio_input(v, 5, true); // the level of line 5 is high now
 *
 * Rules:
 *
 * - The device keeps the state of each line in lines[n], which the VMM may read within a hook.
 * - An edge that occurs while the guest has masked the interrupt is reported when the guest unmasks it;
 *   several edges are reported once. A level interrupt is reported each time the guest unmasks it, as long as
 *   the line is at that level.
 * - A line with an interrupt type cannot be made an output.
 * - The device does not offer IN_ORDER: with it, an interrupt would have to wait for the interrupts of all
 *   lines that were unmasked earlier.
 * - A reset deactivates all lines and their interrupts. The levels of inputs do not change.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: GPIO Device.
 */

#define VWR_VGPIO_QUEUES 2u

/**
 * VWR_VGPIO_MESSAGES() - Number of messages for options->memory
 * @lines: Number of lines. Each unmasked interrupt is a message.
 */
#define VWR_VGPIO_MESSAGES(lines) ((lines) + 1u)

/**
 * VWR_VGPIO_SEGS() - Number of segments for options->memory
 * @lines: Number of lines.
 * @segs: Number of segments per message: queue_size of the setup, plus one for each boundary between regions
 *   of guest memory. The queue should have two descriptors for each line.
 */
#define VWR_VGPIO_SEGS(lines, segs) ((VWR_VGPIO_MESSAGES(lines) + 1u) * (segs))

struct vwr_vgpio;

/**
 * struct vwr_vgpio_line - A line; in memory that no guest can access
 * @direction: enum vwr_gpio_direction.
 * @output: Level that the guest has set: 0 or 1.
 * @input: Level that the VMM has reported: 0 or 1.
 * @irq_type: enum vwr_gpio_irq_type.
 */
struct vwr_vgpio_line {
    uint8_t direction;
    uint8_t output;
    uint8_t input;
    uint8_t irq_type;
    /* private: */
    bool pending; /* there was an edge that was not reported to the guest */
};

/**
 * struct vwr_vgpio_ops - Hooks of the VMM
 * @changed: Called when the guest sets the direction, output level or interrupt type of a line to the values
 *   in @wanted; v->lines[line] contains the previous state. VWR_OK: the change is accepted. Other values: the
 *   guest receives an error, and the line does not change. NULL: all changes are accepted. After a load
 *   (vwr/vstate.h), the hook is called for each line whose state differs from the reset state, and its result
 *   is ignored.
 * @reset: The device was reset, and all lines are deactivated. May be NULL.
 *
 * The hooks are called with the device's lock held, and must not call functions of this device.
 */
struct vwr_vgpio_ops {
    int (*changed)(struct vwr_vgpio *v, unsigned line, const struct vwr_vgpio_line *wanted);
    void (*reset)(struct vwr_vgpio *v);
};

/**
 * struct vwr_vgpio_options - Options of vwr_vgpio_init()
 * @ops: Hooks.
 * @context: Stored in the device.
 * @lines: Lines, in memory that no guest can access; need not be initialised. They must stay valid as long as
 *   the device.
 * @line_count: Number of lines, 1 to 65535.
 * @names: One terminated string for each line, in order. NULL: the lines have no names. They must stay valid
 *   as long as the device.
 * @names_bytes: Size of @names in bytes.
 * @memory: Memory for messages, of the sizes VWR_VGPIO_MESSAGES() and VWR_VGPIO_SEGS().
 *
 * vwr_vgpio_init() replaces @lines, @line_count and @memory.
 */
struct vwr_vgpio_options {
    const struct vwr_vgpio_ops *ops;
    void *context;
    struct vwr_vgpio_line *lines;
    unsigned line_count;
    const char *names;
    uint32_t names_bytes;
    struct vwr_service_memory memory;
};

/**
 * struct vwr_vgpio - A GPIO device
 * @service: Generated service; the first member.
 * @context: For the VMM.
 * @lines: Lines.
 * @line_count: Number of lines.
 */
struct vwr_vgpio {
    struct vwr_gpio_vservice service;
    void *context;
    struct vwr_vgpio_line *lines;
    unsigned line_count;
    /* private: */
    const struct vwr_vgpio_ops *ops;
    const char *names;
    uint32_t names_bytes;
};

/** VWR_VGPIO_QUEUE - Number of descriptors of a queue, a power of 2; a line needs two */
#ifndef VWR_VGPIO_QUEUE
#define VWR_VGPIO_QUEUE 64u
#endif

/** VWR_VGPIO_LINES - Number of lines */
#ifndef VWR_VGPIO_LINES
#define VWR_VGPIO_LINES 16u
#endif

/** VWR_VGPIO_SEGMENTS - Number of segments per message: VWR_VGPIO_SEGS() */
#ifndef VWR_VGPIO_SEGMENTS
#define VWR_VGPIO_SEGMENTS (VWR_VGPIO_QUEUE + 4u)
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VGPIO_QUEUE), "VWR_VGPIO_QUEUE must be a power of 2");

/**
 * struct vwr_vgpio_own - Memory of a GPIO device that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 * @line: Lines.
 * @message: Messages.
 * @seg: Segments.
 */
struct vwr_vgpio_own {
    struct vwr_vqueue queue[VWR_VGPIO_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VGPIO_QUEUES, VWR_VGPIO_QUEUE)];
    struct vwr_vgpio_line line[VWR_VGPIO_LINES];
    struct vwr_vmessage message[VWR_VGPIO_MESSAGES(VWR_VGPIO_LINES)];
    struct vwr_vseg seg[VWR_VGPIO_SEGS(VWR_VGPIO_LINES, VWR_VGPIO_SEGMENTS)];
};

/**
 * vwr_vgpio_init_with() - Initialise a GPIO device with memory of any size
 * @v: Device. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @options: Options; not used after the call, except for the memory.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there are no hooks, or too many lines.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vgpio_init_with(struct vwr_vgpio *v, const struct vwr_vdev_setup *s,
                                       const struct vwr_vgpio_options *options);

/** vwr_vgpio_init() - Initialise a GPIO device in a structure of memory; see vwr_vgpio_init_with() */
VWR_MUST_CHECK static inline int vwr_vgpio_init(struct vwr_vgpio *v, const struct vwr_vdev_setup *setup,
                                                struct vwr_vgpio_own *own,
                                                const struct vwr_vgpio_options *options)
{
    struct vwr_vgpio_options sized;
    struct vwr_vdev_setup with;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VGPIO_QUEUE);
    vwr_copy(&sized, options, sizeof(sized));
    sized.lines = own->line;
    sized.line_count = VWR_COUNT(own->line);
    sized.memory.message = own->message;
    sized.memory.message_count = VWR_COUNT(own->message);
    sized.memory.seg = own->seg;
    sized.memory.seg_count = VWR_COUNT(own->seg);
    return vwr_vgpio_init_with(v, &with, &sized);
}

/**
 * vwr_vgpio_input() - Report the level of a line
 * @v: Device.
 * @line: Line. Nothing happens if there is no such line.
 * @high: Level. The guest can read it while the line is not an output.
 */
void vwr_vgpio_input(struct vwr_vgpio *v, unsigned line, bool high);

/**
 * vwr_vgpio_dev() - Get the device for functions that apply to all classes
 * @v: Device.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vgpio_dev(struct vwr_vgpio *v)
{
    return &v->service.service.dev;
}

VWR_END_C

#endif
