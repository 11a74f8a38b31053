/* SPDX-License-Identifier: MIT */
#include "vwr/vconsole.h"
#include "vwr/bytes.h"

/*
 * A console for a guest. Nothing is kept that grows: a buffer that the VMM does not take whole goes back
 * into the ring, and how far it came is remembered; what the guest has still to be told on the control queue
 * is a set of bits for each port, so that it may take as long as it likes to lend a buffer for it.
 * Section: Console Device.
 */

static bool has_ports(const struct vwr_vconsole *c)
{
    return vwr_vdev_has(&c->dev, VWR_CONSOLE_F_MULTIPORT);
}

/* The first port has the first two queues, the others the pairs behind those of control. */
static bool is_receiveq(unsigned queue)
{
    return (queue - VWR_CONSOLE_QUEUE_RECEIVEQ) % 2 == 0;
}

static unsigned port_of(unsigned queue)
{
    return queue < VWR_CONSOLE_QUEUE_PORT_RECEIVEQ ? 0 : (queue - VWR_CONSOLE_QUEUE_PORT_RECEIVEQ) / 2 + 1;
}

static uint16_t receiveq(unsigned port)
{
    return (uint16_t)(port == 0 ? VWR_CONSOLE_QUEUE_RECEIVEQ : vwr_console_queue_port_receiveq_at(port - 1));
}

static uint16_t transmitq(unsigned port)
{
    return (uint16_t)(port == 0 ? VWR_CONSOLE_QUEUE_TRANSMITQ
                                : vwr_console_queue_port_transmitq_at(port - 1));
}

/* ---- bytes ---- */

static void forget_output(struct vwr_vconsole_port *p)
{
    p->taken = 0;
    p->stalled = false;
}

/* Bytes of one segment, from `skip` on, as far as the budget lasts: has the VMM taken all of them? */
static bool console_put_segment(struct vwr_vconsole *c, unsigned port, const struct vwr_vseg *s,
                                uint32_t skip, uint32_t *room)
{
    struct vwr_vconsole_port *const p = &c->port[port];

    while (skip < s->len) {
        const uint32_t left = (uint32_t)s->len - skip;
        const uint32_t most = left < *room ? left : *room;
        const uint32_t n = most != 0 ? c->ops->output(c, port, s->at + skip, most) : 0;

        if (!c->dev.live) /* the VMM has reset the device */
            return false;
        p->taken += n;
        skip += n;
        *room = vwr_vdev_use(&c->dev, *room, n);
        if (n < most)
            p->stalled = true;
        if (n < most || most == 0)
            return false;
    }
    return true;
}

/*
 * What the guest has written, from where the VMM or the budget stopped the last time: has it taken all of it
 * now? The guest may have made the buffer another since: what is not there any more was taken.
 */
static bool put_out(struct vwr_vconsole *c, unsigned port, const struct vwr_vchain *chain)
{
    struct vwr_vconsole_port *const p = &c->port[port];
    uint32_t room = vwr_vdev_room(&c->dev);
    uint32_t skip = p->taken;
    bool all = true;

    p->putting = true;
    for (unsigned i = 0; i < chain->out && all && !p->absent; i++) {
        const struct vwr_vseg *const s = &chain->seg[i];

        if (skip < s->len) {
            all = console_put_segment(c, port, s, skip, &room);
            skip = 0;
        } else {
            skip -= (uint32_t)s->len;
        }
    }
    p->putting = false;
    return all || p->absent;
}

static bool serve_output(struct vwr_vconsole *c, struct vwr_vqueue *q, unsigned port,
                         struct vwr_vchain *chain)
{
    struct vwr_vconsole_port *const p = &c->port[port];

    if (p->stalled || p->putting || vwr_vqueue_pop_avail(q, chain) <= 0)
        return false;
    vwr_vdev_charge(&c->dev, 0, chain->out + chain->in);
    if (!put_out(c, port, chain)) {
        vwr_vqueue_unpop(q, chain);
        return false;
    }
    forget_output(p);
    vwr_vqueue_add_used(q, chain, 0);
    return true;
}

/* Linux drops what comes for a port that nobody there has opened. */
static bool takes_input(const struct vwr_vconsole *c, unsigned port)
{
    return has_ports(c) ? c->port[port].guest_open : port == 0;
}

static void want_input(struct vwr_vconsole *c, unsigned port)
{
    if (c->ops->input_wanted != NULL && takes_input(c, port))
        c->ops->input_wanted(c, port);
}

static bool serve_input(struct vwr_vconsole *c, struct vwr_vqueue *q, unsigned port, struct vwr_vchain *chain)
{
    struct vwr_vconsole_port *const p = &c->port[port];
    uint32_t room;
    uint32_t n;

    if (p->input == NULL)
        want_input(c, port); /* the guest has notified, and nobody has called vwr_vconsole_input */
    if (p->input_left == 0 || vwr_vqueue_pop_avail(q, chain) <= 0)
        return false;
    vwr_vdev_charge(&c->dev, 0, chain->out + chain->in);
    room = vwr_vdev_room(&c->dev);
    n = vwr_vchain_write(chain, p->input, p->input_left < room ? p->input_left : room);
    p->input += n;
    p->input_left -= n;
    vwr_vdev_charge(&c->dev, n, 0);
    vwr_vqueue_add_used(q, chain, n);
    return true;
}

uint32_t vwr_vconsole_input_locked(struct vwr_vconsole *c, unsigned port, const void *bytes, uint32_t n)
{
    struct vwr_vconsole_port *p;
    uint32_t given;

    if (port >= c->ports || n == 0 || !takes_input(c, port))
        return 0;
    p = &c->port[port];
    p->input = bytes;
    p->input_left = n;
    vwr_vdev_serve_locked(&c->dev, receiveq(port));
    given = n - p->input_left;
    p->input = NULL;
    p->input_left = 0;
    return given;
}

/* Where no hook comes back for the rest of it, it goes on here: input_wanted would ask for it once more. */
uint32_t vwr_vconsole_input(struct vwr_vconsole *c, unsigned port, const void *bytes, uint32_t n)
{
    const uint8_t *const from = bytes;
    uint32_t given = 0;
    uint32_t some;
    bool unfinished;

    do {
        vwr_vdev_lock(&c->dev);
        some = vwr_vconsole_input_locked(c, port, from + given, n - given);
        unfinished = c->dev.unfinished;
        c->dev.unfinished = false;
        vwr_vdev_unlock(&c->dev);
        given += some;
    } while (unfinished && some != 0);
    return given;
}

void vwr_vconsole_resume(struct vwr_vconsole *c, unsigned port)
{
    if (port >= c->ports)
        return;
    vwr_vdev_lock(&c->dev);
    c->port[port].stalled = false;
    vwr_vdev_serve_locked(&c->dev, transmitq(port));
    vwr_vdev_unlock(&c->dev);
}

/* ---- control messages to the guest ---- */

static uint8_t bit(unsigned event)
{
    return (uint8_t)(1u << event);
}

/* The message that is next for a port: a port that went and came is removed before it is added. */
static unsigned next_event(const struct vwr_vconsole_port *p)
{
    static const uint8_t order[] = {VWR_CONSOLE_DEVICE_REMOVE, VWR_CONSOLE_DEVICE_ADD,
                                    VWR_CONSOLE_CONSOLE_PORT,  VWR_CONSOLE_RESIZE,
                                    VWR_CONSOLE_PORT_NAME,     VWR_CONSOLE_PORT_OPEN};
    unsigned i = 0;

    while ((p->unsaid & bit(order[i])) == 0)
        i++;
    return order[i];
}

static void write_message(const struct vwr_vconsole *c, unsigned port, unsigned event,
                          struct vwr_vchain *chain)
{
    const struct vwr_vconsole_port *const p = &c->port[port];
    const bool legacy = c->dev.legacy;
    struct vwr_console_control control;
    struct vwr_console_resize size;

    control.id = vwr_guest32(legacy, port);
    control.event = vwr_guest16(legacy, (uint16_t)event);
    control.value = vwr_guest16(legacy, event == VWR_CONSOLE_PORT_OPEN ? p->host_open : true);
    (void)vwr_vchain_write(chain, &control, sizeof(control));
    size.cols = vwr_guest16(legacy, p->cols);
    size.rows = vwr_guest16(legacy, p->rows);
    if (event == VWR_CONSOLE_RESIZE)
        (void)vwr_vchain_write(chain, &size, sizeof(size));
    for (const char *s = p->name; event == VWR_CONSOLE_PORT_NAME && *s != '\0'; s++)
        (void)vwr_vchain_write(chain, s, 1);
}

/* One message: what a buffer has no room for is cut off. */
static bool serve_unsaid(struct vwr_vconsole *c, struct vwr_vqueue *q, struct vwr_vchain *chain)
{
    unsigned port = 0;
    unsigned event;

    while (port < c->ports && c->port[port].unsaid == 0)
        port++;
    if (port == c->ports || vwr_vqueue_pop_avail(q, chain) <= 0)
        return false;
    event = next_event(&c->port[port]);
    vwr_vdev_charge(&c->dev, 0, chain->out + chain->in);
    write_message(c, port, event, chain);
    vwr_vqueue_add_used(q, chain, chain->written);
    c->port[port].unsaid &= (uint8_t)~bit(event);
    if (event == VWR_CONSOLE_DEVICE_ADD || event == VWR_CONSOLE_DEVICE_REMOVE)
        c->port[port].added = event == VWR_CONSOLE_DEVICE_ADD;
    return true;
}

/* As far as the guest lends buffers for it. */
static void say(struct vwr_vconsole *c)
{
    vwr_vdev_serve_locked(&c->dev, VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ);
}

/* ---- and from it ---- */

static bool driver_is_ready(struct vwr_vconsole *c, bool ready)
{
    if (c->driver_ready)
        return false; /* the ports that there are must not be added again */
    c->driver_ready = ready;
    for (unsigned i = 0; i < c->ports && ready; i++) {
        if (!c->port[i].absent)
            c->port[i].unsaid = bit(VWR_CONSOLE_DEVICE_ADD);
    }
    return true;
}

/* The guest has made the port, now it hears what kind of port it is. */
static bool port_is_ready(struct vwr_vconsole_port *p, bool ready)
{
    if (!p->added || (p->unsaid & (bit(VWR_CONSOLE_DEVICE_REMOVE) | bit(VWR_CONSOLE_DEVICE_ADD))) != 0)
        return false; /* not this one, but one that was in its place before */
    p->ready = ready;
    p->unsaid = 0;
    if (ready && p->console)
        p->unsaid |= bit(VWR_CONSOLE_CONSOLE_PORT);
    if (ready && p->console && p->cols != 0)
        p->unsaid |= bit(VWR_CONSOLE_RESIZE);
    if (ready && p->name != NULL)
        p->unsaid |= bit(VWR_CONSOLE_PORT_NAME);
    if (ready && p->host_open)
        p->unsaid |= bit(VWR_CONSOLE_PORT_OPEN);
    return true;
}

static void set_guest_open(struct vwr_vconsole *c, unsigned port, bool open)
{
    if (c->port[port].guest_open == open)
        return;
    c->port[port].guest_open = open;
    if (c->ops->opened != NULL)
        c->ops->opened(c, port, open);
    if (open)
        want_input(c, port);
}

/* False: no message that a driver sends, or not now. */
static bool obey(struct vwr_vconsole *c, const struct vwr_console_control *control)
{
    const uint32_t port = vwr_guest32(c->dev.legacy, control->id);
    const uint16_t event = vwr_guest16(c->dev.legacy, control->event);
    const bool value = control->value != 0;

    if (event == VWR_CONSOLE_DEVICE_READY)
        return driver_is_ready(c, value);
    if (port >= c->ports)
        return false;
    if (event == VWR_CONSOLE_PORT_READY)
        return port_is_ready(&c->port[port], value);
    if (event != VWR_CONSOLE_PORT_OPEN || !c->port[port].ready)
        return false;
    set_guest_open(c, port, value);
    return true;
}

static bool serve_control(struct vwr_vconsole *c, struct vwr_vqueue *q, struct vwr_vchain *chain)
{
    struct vwr_console_control control;

    if (vwr_vqueue_pop_avail(q, chain) <= 0)
        return false;
    vwr_vdev_charge(&c->dev, 0, chain->out + chain->in);
    if (vwr_vchain_read(chain, &control, sizeof(control)) < sizeof(control) || !obey(c, &control))
        c->ignored++;
    vwr_vqueue_add_used(q, chain, 0);
    return true;
}

/* ---- the VMM's side of ports ---- */

void vwr_vconsole_plug(struct vwr_vconsole *c, unsigned port, bool there)
{
    struct vwr_vconsole_port *p;

    if (port >= c->ports)
        return;
    p = &c->port[port];
    vwr_vdev_lock(&c->dev);
    if (!there && !p->absent) {
        p->unsaid = p->added ? bit(VWR_CONSOLE_DEVICE_REMOVE) : 0;
        p->ready = false;
        p->absent = true;
        forget_output(p);
        set_guest_open(c, port, false);
        vwr_vdev_serve_locked(&c->dev, transmitq(port)); /* the guest may wait for what is in there */
    } else if (there && p->absent) {
        p->absent = false;
        if (c->driver_ready)
            p->unsaid |= bit(VWR_CONSOLE_DEVICE_ADD);
    }
    say(c);
    vwr_vdev_unlock(&c->dev);
}

void vwr_vconsole_open(struct vwr_vconsole *c, unsigned port, bool open)
{
    struct vwr_vconsole_port *p;

    if (port >= c->ports)
        return;
    p = &c->port[port];
    vwr_vdev_lock(&c->dev);
    if (p->ready && p->host_open != open)
        p->unsaid |= bit(VWR_CONSOLE_PORT_OPEN);
    p->host_open = open;
    say(c);
    vwr_vdev_unlock(&c->dev);
}

/* Of the console that port 0 is. With MULTIPORT a driver may look at the messages alone, as Linux does. */
static void set_size(struct vwr_vconsole *c, uint16_t cols, uint16_t rows)
{
    c->port[0].cols = cols;
    c->port[0].rows = rows;
    c->config.cols = vwr_guest16(c->dev.legacy, cols);
    c->config.rows = vwr_guest16(c->dev.legacy, rows);
}

void vwr_vconsole_resize(struct vwr_vconsole *c, unsigned port, uint16_t cols, uint16_t rows)
{
    struct vwr_vconsole_port *p;

    if (port >= c->ports)
        return;
    p = &c->port[port];
    vwr_vdev_lock(&c->dev);
    if (port == 0)
        set_size(c, cols, rows);
    if (port == 0 && vwr_vdev_has(&c->dev, VWR_CONSOLE_F_SIZE))
        vwr_vdev_config_changed(&c->dev);
    p->cols = cols;
    p->rows = rows;
    if (p->ready && p->console)
        p->unsaid |= bit(VWR_CONSOLE_RESIZE);
    say(c);
    vwr_vdev_unlock(&c->dev);
}

/* ---- the class ---- */

static uint16_t serve(struct vwr_vdev *v, uint16_t queue, uint16_t most)
{
    struct vwr_vconsole *const c = (struct vwr_vconsole *)v;
    struct vwr_vqueue *const q = &v->queue[queue];
    struct vwr_vchain chain;

    (void)most;
    chain.seg = c->seg;
    chain.room = VWR_VCONSOLE_SEGS;
    if (queue >= VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ && !has_ports(c))
        return 0;
    if (queue == VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ)
        return serve_unsaid(c, q, &chain);
    if (queue == VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ)
        return serve_control(c, q, &chain);
    if (is_receiveq(queue))
        return serve_input(c, q, port_of(queue), &chain);
    chain.seg = c->out_seg; /* those of input are in use if the VMM answers what it is given */
    return serve_output(c, q, port_of(queue), &chain);
}

/* What the guest has said may have led to answers. */
static void flush(struct vwr_vdev *v, uint16_t queue)
{
    if (queue == VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ)
        say((struct vwr_vconsole *)v);
}

static void queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    const unsigned port = port_of(queue);

    if (queue == transmitq(port))
        forget_output(&((struct vwr_vconsole *)v)->port[port]);
}

static void forget(struct vwr_vconsole_port *p)
{
    p->added = false;
    p->ready = false;
    p->unsaid = 0;
    forget_output(p);
}

static void reset(struct vwr_vdev *v)
{
    struct vwr_vconsole *const c = (struct vwr_vconsole *)v;

    c->driver_ready = false;
    for (unsigned i = 0; i < c->ports; i++) {
        forget(&c->port[i]);
        set_guest_open(c, i, false);
    }
}

/* An emergency: any driver may write a character here, at any time. */
static void config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_vconsole *const c = (struct vwr_vconsole *)v;
    const uint8_t character = (uint8_t)vwr_guest32(v->legacy, c->config.emerg_wr);

    (void)bytes;
    if (offset == VWR_CONSOLE_CONFIG_EMERG_WR)
        (void)c->ops->output(c, 0, &character, 1);
}

static const struct vwr_vdev_class console_class = {
    .name = "console",
    .id = VWR_CONSOLE_ID,
    .fields = vwr_console_config_fields,
    .field_count = VWR_CONSOLE_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_console_feature_names),
    .reset = reset,
    .queue_reset = queue_reset,
    .serve = serve,
    .flush = flush,
    .config_written = config_written,
};

static void init_ports(struct vwr_vconsole *c, const struct vwr_vconsole_options *o)
{
    c->port = o->port;
    c->ports = o->ports;
    for (unsigned i = 0; i < o->ports; i++) {
        struct vwr_vconsole_port *const p = &c->port[i];

        forget(p);
        p->guest_open = false;
        p->host_open = p->console;
        p->cols = 0;
        p->rows = 0;
        p->input = NULL;
        p->input_left = 0;
        p->putting = false;
    }
}

int vwr_vconsole_init(struct vwr_vconsole *c, const struct vwr_vdev_setup *s,
                      const struct vwr_vconsole_options *o)
{
    struct vwr_features features;
    unsigned queues;
    int r;

    if (o->ops == NULL || o->ops->output == NULL || o->port == NULL || o->ports == 0)
        return VWR_EINVAL;
    queues = VWR_VCONSOLE_QUEUES(o->ports);
    if (queues > s->queues)
        return VWR_ENOQUEUE;
    vwr_features_clear(&features);
    if (o->cols != 0 && o->rows != 0)
        vwr_features_add(&features, VWR_CONSOLE_F_SIZE);
    if (o->ports > 1)
        vwr_features_add(&features, VWR_CONSOLE_F_MULTIPORT);
    if (o->emergency)
        vwr_features_add(&features, VWR_CONSOLE_F_EMERG_WRITE);
    vwr_zero(c, sizeof(*c));
    c->context = o->context;
    c->ops = o->ops;
    init_ports(c, o);
    r = vwr_vdev_init(&c->dev, &console_class, s, &features, (uint16_t)queues, &c->config, sizeof(c->config));
    set_size(c, o->cols, o->rows);
    c->config.max_nr_ports = vwr_guest32(s->legacy, o->ports);
    if (r == VWR_OK)
        vwr_vdev_limit(&c->dev, VWR_VCONSOLE_SEGS);
    return r;
}
