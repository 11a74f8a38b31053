/* SPDX-License-Identifier: MIT */
#ifndef VWR_VNET_SWITCH_H
#define VWR_VNET_SWITCH_H

#include "vwr/vnet.h"

VWR_BEGIN_C

/**
 * DOC: Ethernet switch
 *
 * A switch connects guests' network cards, and other ends such as a physical card
 * (vwr/vnet_card.h). The switch learns which address belongs to which port. A frame for an unknown,
 * multicast or broadcast address goes to all other ports. A frame is copied once for each receiver,
 * directly from the sender's guest memory to the receiver's.
 *
 * Waiting: a full port must not block the traffic of others.
 *
 * - A sender waits for a full port only while it sends to that port alone: the packet stays in the
 *   sender's ring.
 * - A sender that has sent to two ports within VWR_VNET_SWITCH_NO_WAIT ticks never waits; packets
 *   for a full port are dropped and counted.
 * - A sender also stops waiting if, twice in a row, it had to wait and sent fewer than VWR_VNET_SWITCH_MIN
 *   packets between two ticks, because packets for other ports may be queued behind the waiting ones.
 * - A frame for several ports never waits.
 *
 * Addresses: the address options.mac of a guest's card belongs to its port, and is never learned for another
 *   port. Other addresses are learned from sent frames, up to @learn_max per port. They are forgotten after
 *   @age ticks without a frame, or when the guest resets its card. An address is stored in one bucket of the
 *   table, selected by a hash with the VMM's secret key (options.key). A port may use up to
 *   VWR_VNET_SWITCH_SHARE entries of a bucket, and half that number is guaranteed: other ports cannot take
 *   these entries from it. A port with fewer entries takes an entry from the port that has most. Therefore no
 *   port, even if it knows the key, can prevent the addresses of others from being learned, which would cause
 *   their traffic to be flooded.
 *
 * Locking: a switch and all connected devices share one lock. If there are several threads, the lock hooks of
 *   their VMs (vwr/vm.h) take that lock for every device, and the callers of the functions below hold it, so
 *   there is no lock order. The time for which a guest holds the lock is bounded by the budget of its device,
 *   to which copies are charged, and by the budgets of the devices that waited for it and continue
 *   immediately. The sum is at most the budget of one device times the number of ports. A reset of a card
 *   searches the table of addresses once. Without hooks the VMM makes one call at a time.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 */

/* Limits of this implementation. */
#define VWR_VNET_SWITCH_MIN 250u    /* number of packets per tick with which a sender may keep waiting */
#define VWR_VNET_SWITCH_NO_WAIT 16u /* number of ticks for which a sender to several ports does not wait */
#define VWR_VNET_SWITCH_PROBES 8u   /* entries of a bucket */
#define VWR_VNET_SWITCH_SHARE 4u    /* number of entries in a bucket that a port may use */
#define VWR_VNET_SWITCH_KEY 4u      /* size of the key in words */
#define VWR_VNET_SWITCH_AGE 300u    /* default of options.age: 300 ticks of one second */

struct vwr_vnet_port;
struct vwr_vnet_switch;

/**
 * struct vwr_vnet_port_ops - Functions of an end, called with the switch's lock held
 * @deliver: Deliver a packet to the end. VWR_OK: delivered or dropped. VWR_EFULL: the end is full;
 *   it calls vwr_vnet_switch_ready() when it can receive again. Another error: the end does not
 *   support this packet, which is dropped.
 * @delivered: Called when no further packets follow for now.
 * @resume: Called when the end may send again, after vwr_vnet_switch_send() returned VWR_EFULL.
 */
struct vwr_vnet_port_ops {
    int (*deliver)(struct vwr_vnet_port *port, struct vwr_vnet_packet *p);
    void (*delivered)(struct vwr_vnet_port *port);
    void (*resume)(struct vwr_vnet_port *port);
};

/**
 * struct vwr_vnet_port_stats - Counters of a port
 * @in: Packets from this end.
 * @out: Packets to this end.
 * @flooded: Packets from this end that went to all other ports.
 * @waits: Packets from this end that had to wait.
 * @dropped: Packets to this end that were dropped because it was full.
 * @unfit: Packets to this end that were dropped because it did not support them.
 * @held: Number of times that packets from this end had waited too long, so that its packets no longer wait.
 */
struct vwr_vnet_port_stats {
    vwr_count in;
    vwr_count out;
    vwr_count flooded;
    vwr_count waits;
    vwr_count dropped;
    vwr_count unfit;
    vwr_count held;
};

/**
 * struct vwr_vnet_port - A port
 * @ops: Functions of the port's end.
 * @context: For @ops: the struct vwr_vnet, or the card.
 * @sw: Switch; NULL: not connected.
 * @stats: Counters.
 *
 * The public members are read-only.
 */
struct vwr_vnet_port {
    const struct vwr_vnet_port_ops *ops;
    void *context;
    struct vwr_vnet_switch *sw;
    struct vwr_vnet_port_stats stats;
    /* private: */
    struct vwr_vnet_port *next;
    struct vwr_vnet_port *waits_for;    /* full port for which this end waits */
    struct vwr_vnet_port *next_waiter;  /* next end that waits for the same port */
    struct vwr_vnet_port *next_touched; /* next port with packets since the last flush */
    struct vwr_vnet_port *waiters;      /* ends that wait for this one, oldest first */
    struct vwr_vnet_port **waiters_end;
    uint64_t source;     /* last sender address that was learned */
    uint64_t pair;       /* both addresses of the last frame to a single port, in memory byte order */
    uint32_t pair_end;   /* last bytes of these addresses */
    uint32_t generation; /* generation of the table when the addresses were looked up */
    struct vwr_vnet_port *target;     /* port for these addresses, or NULL */
    const struct vwr_vnet_port *last; /* previous receiver of this end's packets; compared only */
    uint32_t moved;                   /* packets from this end since the last tick */
    uint16_t learned;
    uint8_t no_wait; /* ticks for which packets from this end do not wait */
    bool waited;     /* packets from this end waited since the last tick */
    bool held;       /* packets also waited in the previous interval, and few were sent */
    bool touched;    /* packets were sent to this port since the last flush */
};

/* A known address; private. */
struct vwr_vnet_route {
    uint64_t mac; /* 0: none */
    struct vwr_vnet_port *port;
    uint32_t tick; /* tick of the last frame */
    bool fixed;    /* the VMM has assigned it to the port */
};

/**
 * struct vwr_vnet_switch_options - Options of vwr_vnet_switch_init()
 * @route: Table of addresses; need not be initialised. It must stay valid while the switch is in use.
 * @route_count: Number of entries in @route: a power of 2, at least VWR_VNET_SWITCH_PROBES. Use at
 *   least 4 times the number of addresses.
 * @learn_max: Maximum number of addresses that are learned per port; 0: a quarter of @route_count.
 * @age: Ticks until an address is forgotten; 0: VWR_VNET_SWITCH_AGE.
 * @key: Random words that no guest knows, so that no guest can choose addresses that fall into the same
 *   bucket as a neighbour's. If all are 0, the key is well known, and other ports are protected only by the
 *   limit on each port's share of a bucket.
 */
struct vwr_vnet_switch_options {
    struct vwr_vnet_route *route;
    uint32_t route_count;
    uint16_t learn_max;
    uint16_t age;
    uint32_t key[VWR_VNET_SWITCH_KEY];
};

/**
 * struct vwr_vnet_switch - A switch
 * @first: List of ports.
 * @ticks: Number of ticks.
 * @shortage: The array that was too small, after an init that failed with VWR_ENOMEM.
 */
struct vwr_vnet_switch {
    struct vwr_vnet_port *first;
    uint32_t ticks;
    struct vwr_shortage shortage;
    /* private: */
    struct vwr_vnet_route *route;
    uint32_t mask;
    uint32_t key[VWR_VNET_SWITCH_KEY];
    uint32_t generation; /* generation of the table */
    uint16_t learn_max;
    uint16_t age;
    struct vwr_vnet_port *touched; /* ports with packets since the last flush */
};

/**
 * vwr_vnet_switch_init() - Initialise a switch
 * @sw: Switch.
 * @o: Options.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: @route_count is not a power of 2.
 * * VWR_ENOMEM: @route has fewer than VWR_VNET_SWITCH_PROBES entries (see sw->shortage).
 */
VWR_MUST_CHECK int vwr_vnet_switch_init(struct vwr_vnet_switch *sw, const struct vwr_vnet_switch_options *o);

/** vwr_vnet_switch_ops - Hooks of a card that is connected to a switch, for vwr_vnet_options.ops */
extern const struct vwr_vnet_ops vwr_vnet_switch_ops;

/**
 * vwr_vnet_switch_connect() - Connect a guest's card
 * @sw: Switch.
 * @port: Port; need not be initialised. options.context of the card must point to it.
 * @n: Card whose options.ops is vwr_vnet_switch_ops.
 *
 * Context: The owner of the switch's lock. Does not wait.
 * Return: VWR_OK.
 * * VWR_EINVAL: the card's VM has neither @again nor @kicked; one of these hooks is needed to serve a guest
 *   that waited.
 * * VWR_EBUSY: the address of the card belongs to another port.
 * * VWR_EFULL: the table has no free entry for the address.
 */
VWR_MUST_CHECK int vwr_vnet_switch_connect(struct vwr_vnet_switch *sw, struct vwr_vnet_port *port,
                                           struct vwr_vnet *n);

/**
 * vwr_vnet_switch_disconnect() - Disconnect a port, before its card is removed
 * @port: Port. Ends that wait for it are released.
 *
 * Context: The owner of the switch's lock. Does not wait.
 */
void vwr_vnet_switch_disconnect(struct vwr_vnet_port *port);

/**
 * vwr_vnet_switch_add() - Connect an end that is not a guest's card
 * @sw: Switch.
 * @port: Port; need not be initialised.
 * @ops: Functions of the end.
 * @context: For @ops.
 * @mac: Address that belongs to the end, or NULL.
 *
 * Context: The owner of the switch's lock. Does not wait.
 * Return: VWR_OK.
 * * VWR_EBUSY, VWR_EFULL: for the same reasons as vwr_vnet_switch_connect().
 */
VWR_MUST_CHECK int vwr_vnet_switch_add(struct vwr_vnet_switch *sw, struct vwr_vnet_port *port,
                                       const struct vwr_vnet_port_ops *ops, void *context,
                                       const uint8_t *mac);

/**
 * vwr_vnet_switch_send() - Forward a packet from an end
 * @port: Port of the end.
 * @p: Packet.
 *
 * Context: The owner of the switch's lock. Does not wait.
 * Return: VWR_OK: the packet was forwarded or dropped. Receivers see it after vwr_vnet_switch_flush().
 * * VWR_EFULL: the receiver is full; ops->resume of this end is called when the packet can be sent
 *   again.
 */
VWR_MUST_CHECK int vwr_vnet_switch_send(struct vwr_vnet_port *port, struct vwr_vnet_packet *p);

/**
 * vwr_vnet_switch_flush() - Signal forwarded packets to their receivers
 * @sw: Switch.
 *
 * Context: The owner of the switch's lock. Does not wait.
 */
void vwr_vnet_switch_flush(struct vwr_vnet_switch *sw);

/**
 * vwr_vnet_switch_ready() - Report that an end can receive again, and resume the ends that waited for it
 * @port: Port of the end.
 *
 * Context: The owner of the switch's lock. Does not wait.
 */
void vwr_vnet_switch_ready(struct vwr_vnet_port *port);

/**
 * vwr_vnet_switch_forget() - Forget the addresses that were learned from an end
 * @port: Port of the end.
 *
 * Context: The owner of the switch's lock. Does not wait.
 */
void vwr_vnet_switch_forget(struct vwr_vnet_port *port);

/**
 * vwr_vnet_switch_tick() - Age addresses, and release senders that have waited too long
 * @sw: Switch.
 *
 * Call it about once per second. Without these calls, addresses never age, and a sender with a single
 * receiver waits as long as that receiver is full.
 *
 * Context: The owner of the switch's lock. Does not wait.
 */
void vwr_vnet_switch_tick(struct vwr_vnet_switch *sw);

VWR_END_C

#endif
