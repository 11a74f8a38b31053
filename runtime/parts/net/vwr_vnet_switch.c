/* SPDX-License-Identifier: MIT */
#include "vnet_switch_common.h"

/* Switch: ports, back pressure and ticks. */

/* The default key, which is public. */
static void vswitch_set_key(struct vwr_vnet_switch *sw, const uint32_t *key)
{
    static const uint32_t known[VWR_VNET_SWITCH_KEY] = {0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u};
    uint32_t any = 0;

    for (unsigned i = 0; i < VWR_VNET_SWITCH_KEY; i++)
        any |= key[i];
    vwr_copy(sw->key, any != 0 ? key : known, sizeof(sw->key));
}

int vwr_vnet_switch_init(struct vwr_vnet_switch *sw, const struct vwr_vnet_switch_options *o)
{
    vwr_zero(sw, sizeof(*sw));
    if (!VWR_ARRAY_FITS(&sw->shortage, o, route, route_count, VWR_VNET_SWITCH_PROBES))
        return VWR_ENOMEM;
    if ((o->route_count & (o->route_count - 1u)) != 0)
        return VWR_EINVAL;
    vwr_zero(o->route, o->route_count * sizeof(*o->route));
    sw->route = o->route;
    sw->mask = o->route_count - 1u;
    sw->learn_max = o->learn_max != 0 ? o->learn_max : (uint16_t)(o->route_count / 4u);
    sw->age = o->age != 0 ? o->age : VWR_VNET_SWITCH_AGE;
    sw->generation = 1;
    vswitch_set_key(sw, o->key);
    return VWR_OK;
}

int vwr_vnet_switch_add(struct vwr_vnet_switch *sw, struct vwr_vnet_port *port,
                        const struct vwr_vnet_port_ops *ops, void *context, const uint8_t *mac)
{
    int r = VWR_OK;

    vwr_zero(port, sizeof(*port));
    port->ops = ops;
    port->context = context;
    port->sw = sw;
    port->waiters_end = &port->waiters;
    if (mac != NULL)
        r = vwr_vnet_fix_route_(port, vnet_mac_number(mac));
    if (r != VWR_OK) {
        port->sw = NULL;
        return r;
    }
    port->next = sw->first;
    sw->first = port;
    return VWR_OK;
}

/* ---- back pressure ---- */

/* Removes the first waiter of the port; NULL if nobody waits. */
static struct vwr_vnet_port *vswitch_pop_waiter(struct vwr_vnet_port *port)
{
    struct vwr_vnet_port *const first = port->waiters;

    if (first == NULL)
        return NULL;
    port->waiters = first->next_waiter;
    if (port->waiters == NULL)
        port->waiters_end = &port->waiters;
    first->waits_for = NULL;
    return first;
}

void vwr_vnet_stop_waiting_(struct vwr_vnet_port *port)
{
    struct vwr_vnet_port *const target = port->waits_for;
    struct vwr_vnet_port **at;

    if (target == NULL)
        return;
    for (at = &target->waiters; *at != port;)
        at = &(*at)->next_waiter;
    *at = port->next_waiter;
    if (port->next_waiter == NULL)
        target->waiters_end = at;
    port->waits_for = NULL;
}

void vwr_vnet_wait_for_(struct vwr_vnet_port *port, struct vwr_vnet_port *target)
{
    vwr_vnet_stop_waiting_(port);
    port->waits_for = target;
    port->waited = true;
    port->next_waiter = NULL;
    *target->waiters_end = port;
    target->waiters_end = &port->next_waiter;
}

/*
 * The others wait until the packets of the first were delivered. A port that waits again moves to the end of
 * the list.
 */
void vwr_vnet_switch_ready(struct vwr_vnet_port *port)
{
    struct vwr_vnet_port *first;

    while ((first = vswitch_pop_waiter(port)) != NULL) {
        first->ops->resume(first);
        if (first->waits_for == port)
            return;
    }
}

void vwr_vnet_switch_forget(struct vwr_vnet_port *port)
{
    if (port->sw != NULL)
        vwr_vnet_forget_routes_(port, false);
}

/* The port has no more packets to be signalled. */
static void vswitch_untouch(struct vwr_vnet_port *port)
{
    struct vwr_vnet_port **at = &port->sw->touched;

    if (!port->touched)
        return;
    while (*at != port)
        at = &(*at)->next_touched;
    *at = port->next_touched;
    port->touched = false;
}

/* Waiting senders send again, now to all ports, since the address is no longer known. */
void vwr_vnet_switch_disconnect(struct vwr_vnet_port *port)
{
    struct vwr_vnet_switch *const sw = port->sw;
    struct vwr_vnet_port **at;

    if (sw == NULL)
        return;
    for (at = &sw->first; *at != port;)
        at = &(*at)->next;
    *at = port->next;
    vwr_vnet_stop_waiting_(port);
    vswitch_untouch(port);
    vwr_vnet_forget_routes_(port, true);
    port->sw = NULL;
    port->target = NULL;
    vwr_vnet_switch_ready(port);
}

/* ---- time ---- */

/*
 * The port has waited too long: for now, the switch drops its packets if the receiving port has no buffers.
 */
static void vswitch_release(struct vwr_vnet_port *port)
{
    const bool waits = port->waits_for != NULL;

    port->no_wait = VWR_VNET_SWITCH_NO_WAIT;
    vwr_count_add(&port->stats.held, 1);
    vwr_vnet_stop_waiting_(port);
    if (waits)
        port->ops->resume(port);
}

static void vswitch_check_progress(struct vwr_vnet_port *port)
{
    const bool held = port->waited && port->moved < VWR_VNET_SWITCH_MIN;

    if (port->no_wait != 0)
        port->no_wait--;
    if (held && port->held)
        vswitch_release(port);
    port->held = held;
    port->waited = port->waits_for != NULL;
    port->moved = 0;
}

void vwr_vnet_switch_tick(struct vwr_vnet_switch *sw)
{
    sw->ticks++;
    vwr_vnet_age_routes_(sw);
    for (struct vwr_vnet_port *port = sw->first; port != NULL; port = port->next)
        vswitch_check_progress(port);
    vwr_vnet_switch_flush(sw);
}
