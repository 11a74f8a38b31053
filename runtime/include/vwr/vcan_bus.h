/* SPDX-License-Identifier: MIT */
#ifndef VWR_VCAN_BUS_H
#define VWR_VCAN_BUS_H

#include "vwr/vcan.h"

VWR_BEGIN_C

/**
 * DOC: CAN bus between guests
 *
 * A bus connects the CAN controllers of guests, and other ends such as a socket. Each frame goes to all other
 * ends, in the order in which its sender has sent it::
 *
 *     vwr_vcan_bus_init(&bus, 10);
 *     options.ops = &vwr_vcan_bus_ops; // of each controller
 *     options.context = &port[i];
 *     options.late = true;             // a frame has been delivered when the bus acknowledges it
 *     r = vwr_vcan_init(&can[i], setup, own, &options);
 *     r = vwr_vcan_bus_connect(&bus, &port[i], &can[i]);
 *
 * Waiting: a frame is delivered to all ends at once. As long as an end has no room, its senders wait, and the
 * frames stay in their queues. After @patience ticks the frame is delivered to the others, and counted as
 * dropped at this end, which no sender waits for until it has room again.
 *
 * Controllers that are stopped or bus off receive nothing, and nobody waits for them. There is no arbitration
 * by identifier: the frames of different senders are delivered in the order in which their devices are
 * served.
 *
 * Locking: a bus and all connected devices share one lock. If there are several threads, the lock hooks of
 * their VMs (vwr/vm.h) take that lock for every device, and the callers of the functions below hold it.
 * Without hooks the VMM makes one call at a time.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 */

struct vwr_vcan_bus;
struct vwr_vcan_port;

/**
 * struct vwr_vcan_end - Functions of an end that is not a guest's controller
 * @has_room: Test whether the end can take a frame now. If not, it calls vwr_vcan_bus_ready() when it can.
 * @deliver: Take a frame. Any result but VWR_OK counts the frame as dropped.
 * @resume: The end may send again, after vwr_vcan_bus_send() has returned VWR_EFULL.
 */
struct vwr_vcan_end {
    bool (*has_room)(struct vwr_vcan_port *port);
    int (*deliver)(struct vwr_vcan_port *port, const struct vwr_can_frame *f);
    void (*resume)(struct vwr_vcan_port *port);
};

/**
 * struct vwr_vcan_port_stats - Counters of a port
 * @sent: Frames from this end that were delivered.
 * @received: Frames that this end has taken. The device counts those that its guest does not get.
 * @waits: Frames from this end that had to wait.
 * @dropped: Frames to this end that were dropped because it had no room.
 */
struct vwr_vcan_port_stats {
    vwr_count sent;
    vwr_count received;
    vwr_count waits;
    vwr_count dropped;
};

/**
 * struct vwr_vcan_port - A port
 * @context: For the functions of the port's end: the struct vwr_vcan, or the end.
 * @bus: Bus; NULL: not connected.
 * @stats: Counters.
 *
 * The public members are read-only.
 */
struct vwr_vcan_port {
    void *context;
    struct vwr_vcan_bus *bus;
    struct vwr_vcan_port_stats stats;
    /* private: */
    const struct vwr_vcan_end *end;
    struct vwr_vcan_port *next;
    uint32_t full;  /* ticks for which a sender has waited for this end; patience: nobody waits */
    bool is_waited; /* a sender waits for this end */
    bool waits;     /* this end has a frame that waits */
};

/**
 * struct vwr_vcan_bus - A bus
 * @first: List of ports.
 * @patience: Number of ticks.
 */
struct vwr_vcan_bus {
    struct vwr_vcan_port *first;
    uint32_t patience;
    /* private: */
    struct vwr_vcan_port *turn; /* port that sends first after a wait; NULL: the first one */
};

/** vwr_vcan_bus_ops - Hooks of a controller that is connected to a bus, for vwr_vcan_options.ops */
extern const struct vwr_vcan_ops vwr_vcan_bus_ops;

/**
 * vwr_vcan_bus_init() - Initialise a bus
 * @bus: Bus.
 * @patience: Number of ticks after which nobody waits for an end without room; 0: nobody ever waits.
 *
 */
void vwr_vcan_bus_init(struct vwr_vcan_bus *bus, uint32_t patience);

/**
 * vwr_vcan_bus_connect() - Connect a guest's controller
 * @bus: Bus.
 * @port: Port; need not be initialised. options.context of the controller must point to it.
 * @v: Controller whose options.ops is vwr_vcan_bus_ops.
 *
 * Context: The owner of the bus's lock. Does not wait.
 * Return: VWR_OK.
 * * VWR_EINVAL: the controller's VM has neither @again nor @kicked; one of these hooks is needed to serve a
 *   guest that waited.
 */
VWR_MUST_CHECK int vwr_vcan_bus_connect(struct vwr_vcan_bus *bus, struct vwr_vcan_port *port,
                                        struct vwr_vcan *v);

/**
 * vwr_vcan_bus_add() - Connect an end that is not a guest's controller
 * @bus: Bus.
 * @port: Port; need not be initialised.
 * @end: Functions of the end.
 * @context: For @end.
 *
 * Context: The owner of the bus's lock. Does not wait.
 */
void vwr_vcan_bus_add(struct vwr_vcan_bus *bus, struct vwr_vcan_port *port, const struct vwr_vcan_end *end,
                      void *context);

/**
 * vwr_vcan_bus_disconnect() - Disconnect a port, before its device is removed
 * @port: Port. Ends that wait for it may send. The frames of its own guest fail from now on.
 *
 * Context: The owner of the bus's lock. Does not wait.
 */
void vwr_vcan_bus_disconnect(struct vwr_vcan_port *port);

/**
 * vwr_vcan_bus_send() - Send a frame from an end
 * @port: Port of the end.
 * @f: Frame.
 *
 * Context: The owner of the bus's lock. Does not wait.
 * Return: VWR_OK: all other ends have the frame, or it was counted as dropped there.
 * * VWR_EFULL: an end has no room; end->resume of this end is called when the frame can be sent again.
 * * VWR_EIO: the port is not connected.
 */
VWR_MUST_CHECK int vwr_vcan_bus_send(struct vwr_vcan_port *port, const struct vwr_can_frame *f);

/**
 * vwr_vcan_bus_ready() - Report that an end has room again
 * @port: Port of the end.
 *
 * Context: The owner of the bus's lock. Does not wait.
 */
void vwr_vcan_bus_ready(struct vwr_vcan_port *port);

/**
 * vwr_vcan_bus_tick() - Count the time for which senders wait
 * @bus: Bus.
 *
 * Call it at regular intervals. Without these calls, a sender waits as long as an end has no room.
 *
 * Context: The owner of the bus's lock. Does not wait.
 */
void vwr_vcan_bus_tick(struct vwr_vcan_bus *bus);

VWR_END_C

#endif
