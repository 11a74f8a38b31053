/* SPDX-License-Identifier: MIT */
#include "vwr/vcan_bus.h"

/* A CAN bus: each frame goes to all other ends at once, or waits until all of them have room. */

static bool vbus_is_impatient(const struct vwr_vcan_port *to)
{
    return to->full >= to->bus->patience;
}

/* Whether a frame does not have to wait for this end. */
static bool vbus_is_ready(struct vwr_vcan_port *to)
{
    if (to->end->has_room(to)) {
        to->full = 0;
        return true;
    }
    to->is_waited = !vbus_is_impatient(to);
    return !to->is_waited;
}

static void vbus_deliver(struct vwr_vcan_port *to, const struct vwr_can_frame *f)
{
    const bool taken = to->end->deliver(to, f) == VWR_OK;

    vwr_count_add(taken ? &to->stats.received : &to->stats.dropped, 1);
}

int vwr_vcan_bus_send(struct vwr_vcan_port *port, const struct vwr_can_frame *f)
{
    bool ready = true;

    if (port->bus == NULL)
        return VWR_EIO;
    for (struct vwr_vcan_port *to = port->bus->first; to != NULL; to = to->next)
        ready = (to == port || vbus_is_ready(to)) && ready;
    vwr_count_add(&port->stats.waits, !ready && !port->waits);
    port->waits = !ready;
    if (!ready)
        return VWR_EFULL;
    for (struct vwr_vcan_port *to = port->bus->first; to != NULL; to = to->next)
        if (to != port)
            vbus_deliver(to, f);
    vwr_count_add(&port->stats.sent, 1);
    return VWR_OK;
}

static struct vwr_vcan_port *vbus_after(const struct vwr_vcan_bus *bus, const struct vwr_vcan_port *port)
{
    return port == NULL || port->next == NULL ? bus->first : port->next;
}

/* Lets all ends send that wait, each first in turn. One that has to wait again sets its mark again. */
static void vbus_resume(struct vwr_vcan_bus *bus)
{
    struct vwr_vcan_port *const first = vbus_after(bus, bus->turn);
    struct vwr_vcan_port *port = first;

    bus->turn = first;
    if (first == NULL)
        return;
    do {
        const bool waits = port->waits;

        port->waits = false;
        if (waits)
            port->end->resume(port);
        port = vbus_after(bus, port);
    } while (port != first);
}

void vwr_vcan_bus_ready(struct vwr_vcan_port *port)
{
    const bool waited = port->is_waited;

    port->full = 0;
    port->is_waited = false;
    if (waited && port->bus != NULL)
        vbus_resume(port->bus);
}

void vwr_vcan_bus_tick(struct vwr_vcan_bus *bus)
{
    bool lost = false;

    for (struct vwr_vcan_port *port = bus->first; port != NULL; port = port->next) {
        if (!port->is_waited)
            continue;
        port->full++;
        port->is_waited = !vbus_is_impatient(port);
        lost = lost || !port->is_waited;
    }
    if (lost)
        vbus_resume(bus);
}

/* ---- ports ---- */

void vwr_vcan_bus_init(struct vwr_vcan_bus *bus, uint32_t patience)
{
    bus->first = NULL;
    bus->turn = NULL;
    bus->patience = patience;
}

void vwr_vcan_bus_add(struct vwr_vcan_bus *bus, struct vwr_vcan_port *port, const struct vwr_vcan_end *end,
                      void *context)
{
    vwr_zero(port, sizeof(*port));
    port->context = context;
    port->end = end;
    port->bus = bus;
    port->next = bus->first;
    bus->first = port;
}

void vwr_vcan_bus_disconnect(struct vwr_vcan_port *port)
{
    struct vwr_vcan_bus *const bus = port->bus;
    struct vwr_vcan_port **at;

    if (bus == NULL)
        return;
    for (at = &bus->first; *at != port; at = &(*at)->next)
        ;
    *at = port->next;
    bus->turn = NULL;
    port->bus = NULL;
    if (port->waits)
        port->end->resume(port);
    vbus_resume(bus);
}

/* ---- a guest's controller on a port ---- */

static bool vbus_has_room(struct vwr_vcan_port *port)
{
    return vwr_vcan_has_room_locked(port->context);
}

/* A frame of a type that this guest does not know is not for it. */
static int vbus_receive(struct vwr_vcan_port *port, const struct vwr_can_frame *f)
{
    const int r = vwr_vcan_receive_locked(port->context, f);

    vwr_vcan_signal_locked(port->context);
    return r == VWR_EUNSUPP ? VWR_OK : r;
}

/* Uses its own budget, as if it had just taken the lock. */
static void vbus_resume_guest(struct vwr_vcan_port *port)
{
    struct vwr_vdev *const v = vwr_vcan_dev(port->context);

    v->work = v->budget_bytes;
    vwr_vcan_resume_locked(port->context);
}

static const struct vwr_vcan_end vbus_guest = {vbus_has_room, vbus_receive, vbus_resume_guest};

int vwr_vcan_bus_connect(struct vwr_vcan_bus *bus, struct vwr_vcan_port *port, struct vwr_vcan *v)
{
    const struct vwr_vm_ops *const ops = vwr_vcan_dev(v)->vm->ops;

    if (ops->again == NULL && ops->kicked == NULL)
        return VWR_EINVAL;
    vwr_vcan_bus_add(bus, port, &vbus_guest, v);
    return VWR_OK;
}

static int vbus_send(struct vwr_vcan *v, const struct vwr_can_frame *f, uint64_t ticket)
{
    (void)ticket;
    return vwr_vcan_bus_send(v->context, f);
}

/* The frames of a controller that stops have failed. */
static int vbus_mode(struct vwr_vcan *v, bool started)
{
    struct vwr_vcan_port *const port = v->context;

    if (!started)
        port->waits = false;
    return VWR_OK;
}

static void vbus_ready(struct vwr_vcan *v)
{
    vwr_vcan_bus_ready(v->context);
}

const struct vwr_vcan_ops vwr_vcan_bus_ops = {.send = vbus_send, .mode = vbus_mode, .ready = vbus_ready};
