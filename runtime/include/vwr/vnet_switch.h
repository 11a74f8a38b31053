/* SPDX-License-Identifier: MIT */
#ifndef VWR_VNET_SWITCH_H
#define VWR_VNET_SWITCH_H

#include "vwr/vnet.h"

VWR_BEGIN_C

/*
 * An Ethernet switch between guests' network cards, and other ends such as a real card (vnet_card.h). It
 * learns which address is behind which port; a frame for an address that it does not know, for many or for
 * all goes to all ports but its own. A frame is copied once for each that gets it, from the memory of the
 * guest that sends it into that of the guest that receives it; the switch keeps none.
 *
 * A port without room never holds up what others exchange. A sender waits for it only while it sends to that
 * port alone: the packet stays in the sender's ring until the port has room. A sender that has sent to two
 * ports within VWR_VNET_SWITCH_NO_WAIT ticks waits for none: what a port has no room for is dropped, and
 * counted, as on a wire. So is what comes from a sender that had to wait and got fewer than
 * VWR_VNET_SWITCH_LEAST packets through between two ticks, twice in a row: a packet for another port, which
 * may be behind those that wait, is not held for longer. What is sent to several ports waits for none.
 *
 * The address that a VMM gives to a guest's card (options.mac) belongs to its port: no other port can learn
 * it. Others are learned from what is sent, at most `learn_max` of a port, and forgotten when nothing was
 * sent from there for `age` ticks, or when the guest resets its card. An address has a place in one bucket of
 * the table, by a hash with a key that is the VMM's (options.key). A port has VWR_VNET_SWITCH_SHARE places of
 * a bucket at most; as many as half of that no other port can take from it, and a port that has fewer gets
 * one of the port that has most. So no port can keep others' addresses from being learned, which would make
 * what is for them go to all, whether it knows the key or not.
 *
 * Locks: a switch and all devices that are connected to it have one lock. With several threads the lock hooks
 * of their VMs (vm.h) take the same lock for each of them, and who calls the functions below or those of a
 * real card holds it. So there is no order of locks that could be wrong; how long one guest holds it is
 * bounded by the budgets of its device, to which copies are charged, and those of each device that waited for
 * it, which goes on at once: the budget of one times the ports, at most. A reset of a card walks over the
 * table of addresses once, and others look theirs up again. Without hooks one thing happens at a time.
 *
 * Context, if a call does not say otherwise: with that lock held. Nothing waits. Loops: over ports.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* Not the specification's, of these: */
#define VWR_VNET_SWITCH_LEAST 250u  /* packets between two ticks that a sender that waits gets through */
#define VWR_VNET_SWITCH_NO_WAIT 16u /* ticks for which a sender to several ports waits for none */
#define VWR_VNET_SWITCH_PROBES 8u   /* places of a bucket, in one of which an address can be */
#define VWR_VNET_SWITCH_SHARE 4u    /* of them, those that one port's addresses can have */
#define VWR_VNET_SWITCH_KEY 4u      /* words */
#define VWR_VNET_SWITCH_AGE 300u    /* of options.age: ticks, of a second each */

struct vwr_vnet_port;
struct vwr_vnet_switch;

/* What an end does. All are called with the switch's lock. */
struct vwr_vnet_port_ops {
    /* It gets a packet: VWR_OK: it has it, or drops it; VWR_EFULL: not now, it calls vwr_vnet_switch_ready
     * when it can; another error: it cannot take this one, which is dropped. */
    int (*deliver)(struct vwr_vnet_port *port, struct vwr_vnet_packet *p);
    /* That was all for now. */
    void (*delivered)(struct vwr_vnet_port *port);
    /* It may send again, after vwr_vnet_switch_send answered VWR_EFULL. */
    void (*resume)(struct vwr_vnet_port *port);
};

struct vwr_vnet_port_stats {
    uintptr_t in;      /* packets that came from this end */
    uintptr_t out;     /* packets that it has got */
    uintptr_t flooded; /* of `in`: that went to all others */
    uintptr_t waits;   /* packets from this end that had to wait */
    uintptr_t dropped; /* for this end: it had no room, and nobody waited */
    uintptr_t unfit;   /* for this end: dropped, since it could not take them */
    uintptr_t held;    /* times that packets from this end waited for too long, and wait no more */
};

/* One end; all of it is private but what may be read. */
struct vwr_vnet_port {
    const struct vwr_vnet_port_ops *ops;
    void *context;              /* of its ops: the struct vwr_vnet, or the card */
    struct vwr_vnet_switch *sw; /* NULL: connected to none */
    struct vwr_vnet_port_stats stats;
    /* private */
    struct vwr_vnet_port *next;
    struct vwr_vnet_port *waits_for;    /* this end waits until that one has room, */
    struct vwr_vnet_port *next_waiter;  /* and behind it this one */
    struct vwr_vnet_port *next_touched; /* has packets since the last flush too */
    struct vwr_vnet_port *waiters;      /* who waits for this end, the first first */
    struct vwr_vnet_port **waiters_end;
    uint64_t source;     /* that sent last, and was learned */
    uint64_t pair;       /* both addresses of the last frame that went to one port, as they lie there, */
    uint32_t pair_end;   /* and their last bytes, */
    uint32_t generation; /* in this generation of all that is known, */
    struct vwr_vnet_port *target;     /* and which port that is; NULL: none */
    const struct vwr_vnet_port *last; /* to which a packet from here went before; compared, and no more */
    uint32_t moved;                   /* packets from here that went since the last tick */
    uint16_t learned;
    uint8_t no_wait; /* ticks for which packets from here wait for no port */
    bool waited;     /* packets from here did, since the last tick */
    bool held;       /* and between the two before, and few went */
    bool touched;    /* has packets since the last flush */
};

/* An address that is known; private. */
struct vwr_vnet_route {
    uint64_t mac; /* 0: none */
    struct vwr_vnet_port *port;
    uint32_t tick; /* in which it was seen last */
    bool fixed;    /* the VMM has given it to the port */
};

/*
 * `route`: `routes` structures, any content, a power of 2 and at least VWR_VNET_SWITCH_PROBES: all in use
 * until the switch is no longer in use. 4 times as many as there are addresses, or more.
 *
 * `key`: random words, which no guest knows: then none can choose addresses that share a bucket with a
 * neighbour's. All 0: a key that everybody knows, and what holds is each port's share of a bucket alone.
 */
struct vwr_vnet_switch_options {
    struct vwr_vnet_route *route;
    uint32_t routes;
    uint16_t learn_max; /* 0: a quarter of `routes` */
    uint16_t age;       /* 0: VWR_VNET_SWITCH_AGE */
    uint32_t key[VWR_VNET_SWITCH_KEY];
};

struct vwr_vnet_switch {
    struct vwr_vnet_port *first;
    uint32_t ticks;
    /* private */
    struct vwr_vnet_route *route;
    uint32_t mask;
    uint32_t key[VWR_VNET_SWITCH_KEY];
    uint32_t generation; /* of all that is known */
    uint16_t learn_max;
    uint16_t age;
    struct vwr_vnet_port *touched; /* ports that have packets since the last flush */
};

/* VWR_OK; VWR_EINVAL: no routes, or not a power of 2, or fewer than VWR_VNET_SWITCH_PROBES. Context: any. */
VWR_MUST_CHECK int vwr_vnet_switch_init(struct vwr_vnet_switch *sw, const struct vwr_vnet_switch_options *o);

/*
 * Joins a guest's card: its options had vwr_vnet_switch_ops as ops and `port` as context. *port may have any
 * content. VWR_OK; VWR_EINVAL: its VM has neither of the hooks `again` and `kicked`, one of which serves a
 * guest that waited; VWR_EBUSY: the address of the card belongs to another port already; VWR_EFULL: no route
 * is free for it. Disconnect: before the card is gone; who waited for it does not any more.
 */
extern const struct vwr_vnet_ops vwr_vnet_switch_ops;
VWR_MUST_CHECK int vwr_vnet_switch_connect(struct vwr_vnet_switch *sw, struct vwr_vnet_port *port,
                                           struct vwr_vnet *n);
void vwr_vnet_switch_disconnect(struct vwr_vnet_port *port);

/* ---- for ends of other kinds ---- */

/* Joins an end. `mac`: an address that belongs to it, or NULL. Results as vwr_vnet_switch_connect. */
VWR_MUST_CHECK int vwr_vnet_switch_add(struct vwr_vnet_switch *sw, struct vwr_vnet_port *port,
                                       const struct vwr_vnet_port_ops *ops, void *context,
                                       const uint8_t *mac);

/* A packet that comes from this end. VWR_OK: it was forwarded or dropped; VWR_EFULL: whom it is for has no
 * room: ops->resume of this end says when to send it again. Those that got it see it with
 * vwr_vnet_switch_flush. */
VWR_MUST_CHECK int vwr_vnet_switch_send(struct vwr_vnet_port *port, struct vwr_vnet_packet *p);
void vwr_vnet_switch_flush(struct vwr_vnet_switch *sw);

/* This end has room again: who waited for it goes on. */
void vwr_vnet_switch_ready(struct vwr_vnet_port *port);

/* Forgets what was learned of this end. */
void vwr_vnet_switch_forget(struct vwr_vnet_port *port);

/* ---- for the VMM ---- */

/*
 * To be called each second, or so: addresses age, and senders that have waited for too long go on. A VMM that
 * does not call it has addresses that do not age, and packets that wait for as long as the only guest that
 * their sender sends to lets them.
 */
void vwr_vnet_switch_tick(struct vwr_vnet_switch *sw);

VWR_END_C

#endif
