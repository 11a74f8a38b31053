/* SPDX-License-Identifier: MIT */
#include "vnet_switch_common.h"

/*
 * Forwards a packet through a switch to its destination, or to all ports if the destination is unknown;
 * connects a guest's card to a port.
 */

/*
 * Charges to the sender's budget, in addition to the bytes of a packet: for learning an address, and for each
 * port to which a packet is flooded.
 */
#define VSWITCH_LEARN_BYTES 256u
#define VSWITCH_COPY_BYTES 100u

/* Invalidates the last lookup. */
static VWR_COLD void vswitch_renew(struct vwr_vnet_port *port)
{
    port->generation = port->sw->generation;
    port->source = 0;
    port->target = NULL;
}

static VWR_OUT_OF_LINE void vswitch_learn(struct vwr_vnet_port *port, uint64_t source,
                                          struct vwr_vnet_packet *p)
{
    if (source == 0 || vswitch_is_multicast(&p->head.byte[VWR_VNET_MAC]))
        return;
    p->work += VSWITCH_LEARN_BYTES;
    vwr_vnet_learn_route_(port, source);
    port->source = source;
}

static void vswitch_touch(struct vwr_vnet_port *target)
{
    if (!target->touched) {
        target->touched = true;
        target->next_touched = target->sw->touched;
        target->sw->touched = target;
    }
    vwr_count_add(&target->stats.out, 1);
}

static VWR_COLD void vswitch_drop(struct vwr_vnet_port *target, int result)
{
    vwr_count_add(result == VWR_EFULL ? &target->stats.dropped : &target->stats.unfit, 1);
}

/*
 * Records that a packet is sent to `to`. A port that sends to several others does not wait for any of them,
 * so that a slow receiver does not delay packets for the others.
 */
static void vswitch_note_port(struct vwr_vnet_port *port, const struct vwr_vnet_port *to)
{
    if (port->last != NULL && port->last != to)
        port->no_wait = VWR_VNET_SWITCH_NO_WAIT;
}

/* Floods a packet to all other ports; none of them makes the sender wait. */
static VWR_OUT_OF_LINE void vswitch_flood(struct vwr_vnet_port *port, struct vwr_vnet_packet *p)
{
    for (struct vwr_vnet_port *to = port->sw->first; to != NULL; to = to->next) {
        int r;

        if (to == port)
            continue;
        vswitch_note_port(port, to);
        p->work += VSWITCH_COPY_BYTES;
        r = to->ops->deliver(to, p);
        if (r == VWR_OK)
            vswitch_touch(to);
        else
            vswitch_drop(to, r);
    }
    vwr_count_add(&port->stats.flooded, 1);
}

/* Handles a packet that was not delivered. Returns true if the sender waits. */
static VWR_COLD bool vswitch_must_wait(struct vwr_vnet_port *port, struct vwr_vnet_port *target, int result)
{
    if (result != VWR_EFULL || port->no_wait != 0) {
        vswitch_drop(target, result);
        return false;
    }
    vwr_vnet_wait_for_(port, target);
    vwr_count_add(&port->stats.waits, 1);
    return true;
}

/* Forwards to one other port. */
VWR_ALWAYS_INLINE int vswitch_forward(struct vwr_vnet_port *port, struct vwr_vnet_port *target,
                                      struct vwr_vnet_packet *p)
{
    const int r = target->ops->deliver(target, p);

    if (r == VWR_OK)
        vswitch_touch(target);
    else if (vswitch_must_wait(port, target, r))
        return VWR_EFULL;
    port->moved++;
    vwr_count_add(&port->stats.in, 1);
    return VWR_OK;
}

/* Whether the packet has the same addresses as the last one, and the table has not changed. */
static inline bool vswitch_is_as_last(const struct vwr_vnet_port *port, const struct vwr_vnet_packet *p)
{
    return p->head.pair[0] == port->pair && p->head.word[2] == port->pair_end &&
           port->generation == port->sw->generation;
}

/* Finds the destination port, or NULL to flood; learns the source. */
static struct vwr_vnet_port *vswitch_look_up(struct vwr_vnet_port *port, struct vwr_vnet_packet *p)
{
    const uint64_t source = vswitch_source(&p->head);
    const uint64_t destination = vnet_destination(&p->head);
    struct vwr_vnet_port *target;

    if (port->generation != port->sw->generation)
        vswitch_renew(port);
    if (source != port->source)
        vswitch_learn(port, source, p);
    port->pair = p->head.pair[0];
    port->pair_end = p->head.word[2];
    target = destination != 0 ? vwr_vnet_find_route_(port->sw, destination) : NULL;
    port->target = target != port ? target : NULL;
    return target;
}

/* Sends a packet whose destination may differ from that of the last one. */
static VWR_OUT_OF_LINE int vswitch_send_any(struct vwr_vnet_port *port, struct vwr_vnet_packet *p)
{
    struct vwr_vnet_port *target;

    if (port->sw == NULL)
        return VWR_OK;
    target = vswitch_look_up(port, p);
    if (target != NULL && target != port) {
        vswitch_note_port(port, target);
        port->last = target;
        return vswitch_forward(port, target, p);
    }
    if (target == NULL)
        vswitch_flood(port, p);
    vwr_count_add(&port->stats.in, 1);
    return VWR_OK;
}

VWR_ALWAYS_INLINE int vswitch_send(struct vwr_vnet_port *port, struct vwr_vnet_packet *p)
{
    struct vwr_vnet_port *const target = port->target;

    return target != NULL && vswitch_is_as_last(port, p) ? vswitch_forward(port, target, p)
                                                         : vswitch_send_any(port, p);
}

int vwr_vnet_switch_send(struct vwr_vnet_port *port, struct vwr_vnet_packet *p)
{
    return vswitch_send(port, p);
}

void vwr_vnet_switch_flush(struct vwr_vnet_switch *sw)
{
    struct vwr_vnet_port *port;

    while ((port = sw->touched) != NULL) {
        sw->touched = port->next_touched;
        port->touched = false;
        port->ops->delivered(port);
    }
}

/* ---- a guest's card on a port ---- */

static int vswitch_deliver(struct vwr_vnet_port *port, struct vwr_vnet_packet *p)
{
    return vwr_vnet_deliver_locked(port->context, p);
}

static void vswitch_delivered(struct vwr_vnet_port *port)
{
    vwr_vnet_signal_locked(port->context);
}

/* Uses its own budget, as if it had just taken the lock. */
static void vswitch_resume(struct vwr_vnet_port *port)
{
    struct vwr_vdev *const v = vwr_vnet_dev(port->context);

    v->work = v->budget_bytes;
    vwr_vnet_resume_locked(port->context);
}

static const struct vwr_vnet_port_ops vswitch_port_ops = {vswitch_deliver, vswitch_delivered, vswitch_resume};

static int vswitch_transmit(struct vwr_vnet *n, unsigned pair, struct vwr_vnet_packet *p)
{
    (void)pair;
    return vswitch_send(n->context, p);
}

static void vswitch_flush_all(struct vwr_vnet *n)
{
    const struct vwr_vnet_port *const port = n->context;

    if (port->sw != NULL)
        vwr_vnet_switch_flush(port->sw);
}

static void vswitch_receive_wanted(struct vwr_vnet *n)
{
    vwr_vnet_switch_ready(n->context);
}

/*
 * Packets that wait for this card are dropped when they are sent again, because there is no driver. If the
 * card itself waits, it will have nothing to send when it is its turn.
 */
static void vswitch_reset(struct vwr_vnet *n)
{
    struct vwr_vnet_port *const port = n->context;

    if (port->sw == NULL)
        return;
    vwr_vnet_forget_routes_(port, false);
    vwr_vnet_switch_ready(port);
}

const struct vwr_vnet_ops vwr_vnet_switch_ops = {
    .transmit = vswitch_transmit,
    .transmitted = vswitch_flush_all,
    .receive_wanted = vswitch_receive_wanted,
    .reset = vswitch_reset,
};

int vwr_vnet_switch_connect(struct vwr_vnet_switch *sw, struct vwr_vnet_port *port, struct vwr_vnet *n)
{
    const struct vwr_vdev *const v = vwr_vnet_dev(n);
    const bool has_mac = vwr_features_have(&v->offered, VWR_NET_F_MAC);

    if (v->vm->ops->again == NULL && v->vm->ops->kicked == NULL)
        return VWR_EINVAL;
    return vwr_vnet_switch_add(sw, port, &vswitch_port_ops, n, has_mac ? n->mac : NULL);
}
