/* SPDX-License-Identifier: MIT */
#include "guest_console.h"
#include "vwr/bytes.h"

#define CONTROL_IN VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ
#define CONTROL_OUT VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ

struct about {
    uint32_t ports;
    uint16_t cols;
    uint16_t rows;
};

static unsigned in_of(unsigned port)
{
    return port == 0 ? VWR_CONSOLE_QUEUE_RECEIVEQ : vwr_console_queue_port_receiveq_at(port - 1);
}

static unsigned out_of(unsigned port)
{
    return port == 0 ? VWR_CONSOLE_QUEUE_TRANSMITQ : vwr_console_queue_port_transmitq_at(port - 1);
}

static void read_about(const struct vwr_config *c, void *into)
{
    struct about *const about = into;

    about->ports = vwr_console_config_get_max_nr_ports(c);
    about->cols = vwr_console_config_get_cols(c);
    about->rows = vwr_console_config_get_rows(c);
}

static int read_config(struct guest_console *g, struct about *about)
{
    vwr_zero(about, sizeof(*about));
    return vwr_dev_read_config(g->dev, read_about, about, sizeof(*about));
}

int guest_console_size(struct guest_console *g, uint16_t *cols, uint16_t *rows)
{
    struct about about;
    const int r = read_config(g, &about);

    *cols = about.cols;
    *rows = about.rows;
    return r;
}

int guest_console_emergency(struct vwr_dev *d, uint8_t character)
{
    struct vwr_config config = d->config;

    for (uint32_t word = 0; word < VWR_FEATURE_WORDS; word++) /* the device offering it is enough */
        config.features.w[word] = vwr_dev_transport(d)->get_features(d, word);
    return vwr_console_config_set_emerg_wr(&config, character);
}

/* ---- messages ---- */

static void write_down(struct guest_console *g, bool sent, const struct vwr_console_control *c,
                       uint32_t bytes)
{
    struct guest_console_message *const m = &g->log[g->logged % GUEST_CONSOLE_LOG];
    const bool legacy = vwr_dev_is_legacy(g->dev);

    g->logged++;
    m->sent = sent;
    m->port = vwr_guest32(legacy, c->id);
    m->event = vwr_guest16(legacy, c->event);
    m->value = vwr_guest16(legacy, c->value);
    m->bytes = bytes;
}

int guest_console_say(struct guest_console *g, uint32_t port, uint16_t event, uint16_t value)
{
    const bool legacy = vwr_dev_is_legacy(g->dev);
    struct guest_lane *const lane = &g->lane[CONTROL_OUT];
    struct vwr_console_control c;
    int r;

    c.id = vwr_guest32(legacy, port);
    c.event = vwr_guest16(legacy, event);
    c.value = vwr_guest16(legacy, value);
    r = guest_lane_send(lane, &c, sizeof(c));
    if (r != VWR_OK)
        return r;
    write_down(g, true, &c, sizeof(c));
    (void)vwr_queue_kick(&lane->queue);
    return VWR_OK;
}

int guest_console_open_port(struct guest_console *g, unsigned port, bool open)
{
    return guest_console_say(g, port, VWR_CONSOLE_PORT_OPEN, open);
}

static void set_size(struct guest_console *g, struct guest_console_port *p, const uint8_t *behind, uint32_t n)
{
    const bool legacy = vwr_dev_is_legacy(g->dev);
    struct vwr_console_resize size;

    if (n < sizeof(size))
        return;
    vwr_copy(&size, behind, sizeof(size));
    p->cols = vwr_guest16(legacy, size.cols);
    p->rows = vwr_guest16(legacy, size.rows);
}

/* Answers a message as Linux does: report a new port as ready, open a console port. */
static int obey(struct guest_console *g, const struct guest_console_message *m, const uint8_t *behind,
                uint32_t n)
{
    struct guest_console_port *const p = &g->port[m->port < g->ports ? m->port : 0];

    if (m->port >= g->ports)
        return guest_console_say(g, m->port, VWR_CONSOLE_PORT_READY, false);
    switch (m->event) {
    case VWR_CONSOLE_DEVICE_ADD:
        p->there = true;
        return guest_console_say(g, m->port, VWR_CONSOLE_PORT_READY, true);
    case VWR_CONSOLE_DEVICE_REMOVE:
        vwr_zero(p, sizeof(*p));
        return VWR_OK;
    case VWR_CONSOLE_CONSOLE_PORT:
        p->console = true;
        return guest_console_open_port(g, m->port, true);
    case VWR_CONSOLE_RESIZE:
        set_size(g, p, behind, n);
        return VWR_OK;
    case VWR_CONSOLE_PORT_OPEN:
        p->host_open = m->value != 0;
        return VWR_OK;
    case VWR_CONSOLE_PORT_NAME:
        vwr_zero(p->name, sizeof(p->name));
        vwr_copy(p->name, behind, n < sizeof(p->name) ? n : sizeof(p->name) - 1);
        return VWR_OK;
    default:
        return VWR_EPROTO;
    }
}

/*
 * An answer needs a free transmit buffer; completed ones are free again. A receive buffer is made available
 * again immediately, as in Linux: QEMU 7.2 drops a message that finds no buffer.
 */
static int work_on_control(struct guest_console *g)
{
    struct guest_lane *const in = &g->lane[CONTROL_IN];
    struct guest_lane *const out = &g->lane[CONTROL_OUT];
    uint8_t bytes[GUEST_LANE_BYTES];
    struct vwr_console_control c;
    uint32_t n;
    int r;

    do
        r = guest_lane_take(out, NULL, &n);
    while (r > 0);
    while (r == 0 && out->idles > 0 && (r = guest_lane_take(in, bytes, &n)) > 0) {
        if (n < sizeof(c))
            return VWR_EPROTO;
        vwr_copy(&c, bytes, sizeof(c));
        write_down(g, false, &c, n);
        r = obey(g, &g->log[(g->logged - 1) % GUEST_CONSOLE_LOG], bytes + sizeof(c), n - (uint32_t)sizeof(c));
        if (r == VWR_OK)
            r = guest_lane_lend(in, GUEST_LANE_BYTES);
        (void)vwr_queue_kick(&in->queue);
    }
    return r;
}

/* ---- bytes ---- */

static uint32_t room(const struct guest_console_port *p)
{
    return GUEST_CONSOLE_INPUT - (p->put - p->got);
}

static int work_on_port(struct guest_console *g, unsigned port)
{
    struct guest_console_port *const p = &g->port[port];
    struct guest_lane *const in = &g->lane[in_of(port)];
    uint8_t bytes[GUEST_LANE_BYTES];
    uint32_t n;
    int r;

    do
        r = guest_lane_take(&g->lane[out_of(port)], NULL, &n);
    while (r > 0);
    while (r == 0 && room(p) >= GUEST_LANE_BYTES && (r = guest_lane_take(in, bytes, &n)) > 0) {
        for (uint32_t i = 0; i < n; i++)
            p->input[p->put++ % GUEST_CONSOLE_INPUT] = bytes[i];
        r = guest_lane_lend(in, GUEST_LANE_BYTES);
    }
    (void)vwr_queue_kick(&in->queue);
    return r;
}

uint32_t guest_console_read(struct guest_console *g, unsigned port, void *bytes, uint32_t n)
{
    struct guest_console_port *const p = &g->port[port];
    uint8_t *const to = bytes;
    uint32_t i;

    for (i = 0; i < n && p->got != p->put; i++)
        to[i] = p->input[p->got++ % GUEST_CONSOLE_INPUT];
    return i;
}

uint32_t guest_console_write(struct guest_console *g, unsigned port, const void *bytes, uint32_t n)
{
    struct guest_lane *const lane = &g->lane[out_of(port)];
    const uint8_t *const from = bytes;
    uint32_t at = 0;

    while (at < n) {
        const uint32_t part = n - at < GUEST_LANE_BYTES ? n - at : GUEST_LANE_BYTES;

        if (guest_lane_send(lane, from + at, part) != VWR_OK)
            break;
        at += part;
    }
    (void)vwr_queue_kick(&lane->queue);
    return at;
}

/* ---- the whole console ---- */

static unsigned lanes(const struct guest_console *g)
{
    return g->multiport ? out_of(g->ports - 1) + 1 : CONTROL_IN;
}

/* True for a queue on which the device sends: of a port, or control. */
static bool is_in(unsigned lane)
{
    return lane % 2 == VWR_CONSOLE_QUEUE_RECEIVEQ;
}

static int work_once(struct guest_console *g)
{
    int r = g->multiport ? work_on_control(g) : VWR_OK;

    for (unsigned port = 0; port < g->ports && r == VWR_OK; port++)
        r = work_on_port(g, port);
    return r;
}

/* Enables interrupts for all queues on which the device sends. False: something arrived meanwhile. */
static bool arm(struct guest_console *g)
{
    bool armed = true;

    for (unsigned i = 0; i < lanes(g); i++)
        if (is_in(i) && vwr_queue_in_flight(&g->lane[i].queue) > 0)
            armed = vwr_queue_arm(&g->lane[i].queue, 1) && armed;
    return armed;
}

int guest_console_work(struct guest_console *g)
{
    int r = work_once(g);

    if (r == VWR_OK && !arm(g))
        r = work_once(g);
    return r;
}

static int open_lanes(struct guest_console *g, struct guest_console_memory *m)
{
    int r = VWR_OK;

    for (unsigned i = 0; i < lanes(g) && r == VWR_OK; i++)
        r = guest_lane_open(&g->lane[i], g->dev, i, &m->lane[i]);
    return r;
}

/* The control queue gets its buffers first: a port's queue is of no use before the port exists. */
static int lend_all(struct guest_console *g)
{
    int r = VWR_OK;

    for (unsigned i = 0; i < lanes(g); i++) {
        if (!is_in(i))
            continue;
        while ((r = guest_lane_lend(&g->lane[i], GUEST_LANE_BYTES)) == VWR_OK)
            continue;
        if (r != VWR_EFULL)
            return r;
        (void)vwr_queue_kick(&g->lane[i].queue);
    }
    return VWR_OK;
}

int guest_console_open(struct guest_console *g, struct vwr_dev *d, struct guest_console_memory *m,
                       const struct vwr_features *avoid)
{
    const struct vwr_features none = {{0, 0, 0, 0}};
    const struct vwr_features want = {
        {VWR_CONSOLE_FEATURES_W0, VWR_CONSOLE_FEATURES_W1, VWR_CONSOLE_FEATURES_W2, VWR_CONSOLE_FEATURES_W3}};
    const struct vwr_feature_policy request = {&want, &none, avoid != NULL ? avoid : &none, NULL, 0, NULL};
    struct about about;
    int r;

    vwr_zero(g, sizeof(*g));
    g->dev = d;
    r = vwr_dev_negotiate(d, &request);
    if (r == VWR_OK)
        r = read_config(g, &about);
    if (r != VWR_OK)
        return r;
    if (about.ports == 0 || about.ports > GUEST_CONSOLE_PORTS)
        return VWR_ERANGE;
    g->ports = about.ports;
    g->multiport = vwr_dev_has(d, VWR_CONSOLE_F_MULTIPORT);
    r = open_lanes(g, m);
    if (r == VWR_OK)
        r = vwr_dev_start(d);
    if (r == VWR_OK)
        r = lend_all(g);
    if (r == VWR_OK && g->multiport)
        r = guest_console_say(g, UINT32_MAX, VWR_CONSOLE_DEVICE_READY, true);
    if (r == VWR_OK)
        (void)arm(g);
    return r;
}
