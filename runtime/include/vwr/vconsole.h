/* SPDX-License-Identifier: MIT */
#ifndef VWR_VCONSOLE_H
#define VWR_VCONSOLE_H

#include "vwr/vstream.h"
#include "vwr/gen/console.h"

VWR_BEGIN_C

struct vwr_vconsole;

/**
 * DOC: Console, device side
 *
 * A console for a guest has one port, or several with MULTIPORT. The guest's output is passed to a hook of
 * the VMM::
 *
 *     ops.output = show;
 *     r = vwr_vconsole_init(c, setup, own, options);
 *     n = vwr_vconsole_input(c, 0, "help\n", 5);   // bytes that the guest has buffers for
 *     vwr_vconsole_resize(c, 0, 132, 43);
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Console Device.
 */

/**
 * struct vwr_vconsole_ops - Hooks of the VMM
 * @output: Called when the guest has written bytes[0 .. n) to a port. Returns the number of bytes consumed,
 *   starting at the first. If it is less than @n, the remaining bytes stay in the guest's buffer until
 *   vwr_vconsole_resume(), unless the guest resets the device. @n does not exceed the remaining byte budget,
 *   so a large buffer arrives in parts. The guest can change the bytes during the call, so read each byte
 *   only once.
 * @input_wanted: Called when the guest has added buffers for input, or has become ready for input,
 *   so that the hook can call vwr_vconsole_input_locked(). The hook is also called if there was
 *   space before. May be NULL.
 * @opened: Called when the guest has opened or closed the port (with MULTIPORT); a reset closes it.
 *   May be NULL.
 *
 * The hooks are called with the device's lock held. They may call vwr_vconsole_input_locked() for any port.
 * Any other function of this device would deadlock. In a VMM without locks, calls within @output have these
 * effects: vwr_vconsole_resume() and vwr_vdev_serve() of the same queue do nothing. After
 * vwr_vconsole_plug(), vwr_vdev_reset() and vwr_vdev_needs_reset(), the buffer is finished, and the result of
 * @output is ignored. All other calls take effect immediately.
 */
struct vwr_vconsole_ops {
    uint32_t (*output)(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n);
    void (*input_wanted)(struct vwr_vconsole *c, unsigned port);
    void (*opened)(struct vwr_vconsole *c, unsigned port, bool open);
};

/**
 * struct vwr_vconsole_port - A port
 * @name: Name, sent to the guest with MULTIPORT; may be NULL. Set by the VMM before init.
 * @console: true: a console (hvc in the guest), whose host end is open; false: a generic port. Set by the VMM
 *   before init.
 * @absent: true: the port is not present until vwr_vconsole_plug() adds it. Set by the VMM before
 *   init.
 */
struct vwr_vconsole_port {
    const char *name;
    bool console;
    bool absent;
    /* private: */
    bool added;             /* DEVICE_ADD was sent to the guest */
    bool ready;             /* the guest is ready to use it */
    bool guest_open;        /* the guest's end is open */
    bool host_open;         /* the host's end is open */
    bool loaded_open;       /* the guest's end was open in the loaded state */
    uint8_t pending_events; /* mask of control messages to send to the guest */
    uint16_t cols;
    uint16_t rows;
    struct vwr_vstream
        output;           /* stopped until vwr_vconsole_resume() if the VMM has not consumed everything */
    const uint8_t *input; /* remaining input during vwr_vconsole_input() */
    uint32_t input_left;
};

/*
 * A limit of this implementation: maximum number of segments of a chain that are processed at a time. Longer
 * output is processed in parts; further input segments are not used.
 */
#define VWR_VCONSOLE_SEGS 68u

/**
 * VWR_VCONSOLE_QUEUES() - Number of queues of a console
 * @ports: Number of ports. A single port has 2 queues. With several ports, each has 2 queues, and there are 2
 *   control queues.
 */
#define VWR_VCONSOLE_QUEUES(ports) ((ports) > 1u ? 2u * (ports) + 2u : 2u)

/**
 * struct vwr_vconsole_options - Options of vwr_vconsole_init()
 * @ops: Hooks; @output must be set.
 * @context: Stored in the console.
 * @port: Ports. They must stay valid while the device is in use.
 * @port_count: Number of entries in @port, at least 1. MULTIPORT is offered if there are several.
 * @cols: Width of port 0 in characters; 0: unknown.
 * @rows: Height of port 0 in characters.
 * @emergency: Offer EMERG_WRITE. A character that @output does not consume is lost.
 */
struct vwr_vconsole_options {
    const struct vwr_vconsole_ops *ops;
    void *context;
    struct vwr_vconsole_port *port;
    uint16_t port_count;
    uint16_t cols;
    uint16_t rows;
    bool emergency;
};

/**
 * struct vwr_vconsole - A console
 * @dev: Device; the first member.
 * @context: For the VMM.
 * @ignored: Number of invalid control messages from the guest.
 */
struct vwr_vconsole {
    struct vwr_vdev dev;
    void *context;
    vwr_count ignored;
    /* private: */
    const struct vwr_vconsole_ops *ops;
    struct vwr_console_config config;
    struct vwr_vconsole_port *port;
    uint16_t ports;
    bool driver_ready;
    struct vwr_vseg seg[VWR_VCONSOLE_SEGS];
    struct vwr_vseg out_seg[VWR_VCONSOLE_SEGS];
};

/**
 * vwr_vconsole_init_with() - Initialise a console with memory of any size
 * @c: Console. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @o: Options.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there are no hooks, or there is no @output.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vconsole_init_with(struct vwr_vconsole *c, const struct vwr_vdev_setup *s,
                                          const struct vwr_vconsole_options *o);

/** VWR_VCONSOLE_PORTS - Number of ports of a console */
#ifndef VWR_VCONSOLE_PORTS
#define VWR_VCONSOLE_PORTS 1u
#endif

/** VWR_VCONSOLE_QUEUE - Number of descriptors of a queue */
#ifndef VWR_VCONSOLE_QUEUE
#define VWR_VCONSOLE_QUEUE 16u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VCONSOLE_QUEUE), "VWR_VCONSOLE_QUEUE must be a power of 2");

/**
 * struct vwr_vconsole_own - Memory of a console that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 */
struct vwr_vconsole_own {
    struct vwr_vqueue queue[VWR_VCONSOLE_QUEUES(VWR_VCONSOLE_PORTS)];
    struct vwr_vqueue_entry
        descriptor[VWR_VDEV_OWN(VWR_VCONSOLE_QUEUES(VWR_VCONSOLE_PORTS), VWR_VCONSOLE_QUEUE)];
};

/** vwr_vconsole_init() - Initialise a console for a guest; see vwr_vconsole_init_with() */
VWR_MUST_CHECK static inline int vwr_vconsole_init(struct vwr_vconsole *c, const struct vwr_vdev_setup *setup,
                                                   struct vwr_vconsole_own *own,
                                                   const struct vwr_vconsole_options *o)
{
    struct vwr_vdev_setup with;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VCONSOLE_QUEUE);
    return vwr_vconsole_init_with(c, &with, o);
}

/**
 * vwr_vconsole_input() - Send bytes to the guest
 * @c: Console.
 * @port: Port.
 * @bytes: Bytes.
 * @n: Number of bytes.
 *
 * At most one interrupt is raised. If not all bytes fit, or the budget is used up, call the
 * function again from @input_wanted.
 *
 * Return: Number of bytes that were sent; 0 while the guest is not ready or, with MULTIPORT, has
 *   not opened the port.
 */
uint32_t vwr_vconsole_input(struct vwr_vconsole *c, unsigned port, const void *bytes, uint32_t n);

/**
 * vwr_vconsole_input_locked() - vwr_vconsole_input() with the lock held, for example in
 *   @input_wanted
 * @c: Console.
 * @port: Port.
 * @bytes: Bytes.
 * @n: Number of bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: The same as vwr_vconsole_input().
 */
uint32_t vwr_vconsole_input_locked(struct vwr_vconsole *c, unsigned port, const void *bytes, uint32_t n);

/**
 * vwr_vconsole_resume() - Resume output that @output did not consume completely
 * @c: Console.
 * @port: Port.
 */
void vwr_vconsole_resume(struct vwr_vconsole *c, unsigned port);

/**
 * vwr_vconsole_resize() - Change the size of a port's console
 * @c: Console.
 * @port: Port.
 * @cols: Width in characters.
 * @rows: Height in characters.
 *
 * The size of port 0 is in the configuration. With MULTIPORT, the size is also sent as a message. As
 * specified, it contains the columns first (quirk console.rows-first).
 */
void vwr_vconsole_resize(struct vwr_vconsole *c, unsigned port, uint16_t cols, uint16_t rows);

/**
 * vwr_vconsole_plug() - Add or remove a port (with MULTIPORT)
 * @c: Console.
 * @port: Port.
 * @there: true to add it. The guest's output to a removed port is dropped.
 */
void vwr_vconsole_plug(struct vwr_vconsole *c, unsigned port, bool there);

/**
 * vwr_vconsole_open_port() - Open or close the host's end of a port (with MULTIPORT)
 * @c: Console.
 * @port: Port.
 * @open: true to open it.
 *
 * The guest receives the current state, not each change: while it has no buffer for messages, changes may
 * cancel out.
 */
void vwr_vconsole_open_port(struct vwr_vconsole *c, unsigned port, bool open);

VWR_END_C

#endif
