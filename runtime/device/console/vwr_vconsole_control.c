/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vconsole_common.h"

/*
 * Control messages, with MULTIPORT. Pending messages are a set of events per port, so that they need no
 * memory while the guest has no buffers.
 * Section: Console Device / Device Operation.
 */

/* ---- to the guest ---- */

/*
 * Gets the next message for a port. A port that was unplugged and plugged again is first removed, then added.
 */
static unsigned vconsole_next_event(const struct vwr_vconsole_port *p)
{
    static const uint8_t order[] = {VWR_CONSOLE_DEVICE_REMOVE, VWR_CONSOLE_DEVICE_ADD,
                                    VWR_CONSOLE_CONSOLE_PORT,  VWR_CONSOLE_RESIZE,
                                    VWR_CONSOLE_PORT_NAME,     VWR_CONSOLE_PORT_OPEN};
    unsigned i = 0;

    while ((p->pending_events & vconsole_bit(order[i])) == 0)
        i++;
    return order[i];
}

static void vconsole_write_message(const struct vwr_vconsole *c, unsigned port, unsigned event,
                                   struct vwr_writer *w)
{
    const struct vwr_vconsole_port *const p = &c->port[port];
    const bool legacy = c->dev.legacy;
    struct vwr_console_control control;
    struct vwr_console_resize size;

    vwr_zero(&control, sizeof(control));
    control.id = vwr_guest32(legacy, port);
    control.event = vwr_guest16(legacy, (uint16_t)event);
    control.value = vwr_guest16(legacy, event == VWR_CONSOLE_PORT_OPEN ? p->host_open : true);
    (void)vwr_writer_write(w, &control, sizeof(control));
    size.cols = vwr_guest16(legacy, p->cols);
    size.rows = vwr_guest16(legacy, p->rows);
    if (event == VWR_CONSOLE_RESIZE)
        (void)vwr_writer_write(w, &size, sizeof(size));
    for (const char *s = p->name; event == VWR_CONSOLE_PORT_NAME && *s != '\0'; s++)
        (void)vwr_writer_write(w, s, 1);
}

/* Sends one message, which is truncated if it does not fit the buffer. */
uint16_t vwr_vconsole_serve_pending_(struct vwr_vconsole *c, uint16_t queue)
{
    struct vwr_vchain chain;
    struct vwr_writer w;
    unsigned port = 0;
    unsigned event;

    while (port < c->ports && c->port[port].pending_events == 0)
        port++;
    chain.seg = c->seg;
    chain.room = VWR_VCONSOLE_SEGS;
    if (port == c->ports || !vwr_vstream_pop_from(&c->dev, queue, &chain, 0))
        return 0;
    event = vconsole_next_event(&c->port[port]);
    vwr_vchain_writer(&chain, &w);
    vconsole_write_message(c, port, event, &w);
    vwr_vqueue_add_used(&c->dev.queue[queue], &chain, w.done);
    c->port[port].pending_events &= (uint8_t)~vconsole_bit(event);
    if (event == VWR_CONSOLE_DEVICE_ADD || event == VWR_CONSOLE_DEVICE_REMOVE)
        c->port[port].added = event == VWR_CONSOLE_DEVICE_ADD;
    return 1;
}

void vwr_vconsole_send_pending_(struct vwr_vconsole *c)
{
    vwr_vdev_serve_locked(&c->dev, VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ);
}

/* ---- from the guest ---- */

static bool vconsole_driver_is_ready(struct vwr_vconsole *c, bool ready)
{
    if (c->driver_ready)
        return false; /* existing ports must not be added again */
    c->driver_ready = ready;
    for (unsigned i = 0; i < c->ports && ready; i++) {
        if (!c->port[i].absent)
            c->port[i].pending_events = vconsole_bit(VWR_CONSOLE_DEVICE_ADD);
    }
    return true;
}

/* The guest has created the port; now the device reports its kind. */
static bool vconsole_port_is_ready(struct vwr_vconsole_port *p, bool ready)
{
    if (!p->added || (p->pending_events &
                      (vconsole_bit(VWR_CONSOLE_DEVICE_REMOVE) | vconsole_bit(VWR_CONSOLE_DEVICE_ADD))) != 0)
        return false; /* the message is for the port that had this number before */
    p->ready = ready;
    p->pending_events = 0;
    if (ready && p->console)
        p->pending_events |= vconsole_bit(VWR_CONSOLE_CONSOLE_PORT);
    if (ready && p->console && p->cols != 0)
        p->pending_events |= vconsole_bit(VWR_CONSOLE_RESIZE);
    if (ready && p->name != NULL)
        p->pending_events |= vconsole_bit(VWR_CONSOLE_PORT_NAME);
    if (ready && p->host_open)
        p->pending_events |= vconsole_bit(VWR_CONSOLE_PORT_OPEN);
    return true;
}

void vwr_vconsole_set_guest_open_(struct vwr_vconsole *c, unsigned port, bool open)
{
    if (c->port[port].guest_open == open)
        return;
    c->port[port].guest_open = open;
    if (c->ops->opened != NULL)
        c->ops->opened(c, port, open);
    if (open)
        vwr_vconsole_want_input_(c, port);
}

/* Returns false for a message that a driver must not send at all or in this state. */
static bool vconsole_handle_control(struct vwr_vconsole *c, const struct vwr_console_control *control)
{
    const uint32_t port = vwr_guest32(c->dev.legacy, control->id);
    const uint16_t event = vwr_guest16(c->dev.legacy, control->event);
    const bool value = control->value != 0;

    if (event == VWR_CONSOLE_DEVICE_READY)
        return vconsole_driver_is_ready(c, value);
    if (port >= c->ports)
        return false;
    if (event == VWR_CONSOLE_PORT_READY)
        return vconsole_port_is_ready(&c->port[port], value);
    if (event != VWR_CONSOLE_PORT_OPEN || !c->port[port].ready)
        return false;
    vwr_vconsole_set_guest_open_(c, port, value);
    return true;
}

uint16_t vwr_vconsole_serve_control_(struct vwr_vconsole *c, uint16_t queue)
{
    struct vwr_console_control control;
    struct vwr_vchain chain;
    struct vwr_reader r;

    chain.seg = c->seg;
    chain.room = VWR_VCONSOLE_SEGS;
    if (!vwr_vstream_pop_from(&c->dev, queue, &chain, 0))
        return 0;
    vwr_vchain_reader(&chain, &r);
    if (vwr_reader_read(&r, &control, sizeof(control)) < sizeof(control) ||
        !vconsole_handle_control(c, &control))
        c->ignored++;
    c->dev.to_flush = true;
    vwr_vqueue_add_used(&c->dev.queue[queue], &chain, 0);
    return 1;
}
