/* SPDX-License-Identifier: MIT */
#include "vhost.h"

#include "lanes.h"
#include "vwr/vnet_switch.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <unistd.h>

/*
 * A network card for each --socket, on a switch. A tap of the host can be another port. Each has a process,
 * which has a switch of its own: one port is the guest's card or the tap, the others are lanes to the other
 * processes. A switch therefore learns the addresses whose frames reach its process.
 */

#define ROUTES 256u
#define FRAME_BYTES 65600u
#define AT_ONCE 256u /* frames of a lane, before the rings and other lanes are served */

struct card {
    struct vwr_vnet device;
    struct vwr_vnet_port port;
};

/* A lane to and from another process. */
struct wire {
    struct vwr_vnet_port port;
    unsigned process;
    bool waits; /* its frames wait for the guest or the tap */
    bool full;  /* others wait for room in it */
};

static struct vwr_vnet_switch sw;
static struct vwr_vnet_route route[ROUTES];
static struct wire wire[LANES_MOST];
static unsigned wires;
static bool comes_in; /* the frame comes from a lane, and goes to no other */
static struct {
    struct vwr_vnet_port port;
    int fd;
    uint8_t frame[FRAME_BYTES];
    ssize_t bytes; /* length of the frame that waits for a guest */
} tap = {.fd = -1};

/* ---- lanes ---- */

static int to_lane(struct vwr_vnet_port *port, struct vwr_vnet_packet *p)
{
    struct wire *const w = port->context;
    int r;

    if (comes_in)
        return VWR_ERANGE;
    r = lanes_put(w->process, p);
    w->full = w->full || r == VWR_EFULL;
    return r;
}

static void end_of_frames(struct vwr_vnet_port *port)
{
    const struct wire *const w = port->context;

    lanes_wake(w->process);
}

static void resume_lane(struct vwr_vnet_port *port)
{
    struct wire *const w = port->context;

    w->waits = false;
}

static const struct vwr_vnet_port_ops lane_ops = {
    .deliver = to_lane, .delivered = end_of_frames, .resume = resume_lane};

/* true: frames have moved. */
static bool serve_lane(struct wire *w)
{
    struct vwr_vnet_packet p;
    unsigned moved = 0;

    comes_in = true;
    while (!w->waits && moved < AT_ONCE && lanes_look(w->process, &p)) {
        w->waits = vwr_vnet_switch_send(&w->port, &p) == VWR_EFULL;
        if (w->waits)
            break;
        lanes_take(w->process);
        moved++;
    }
    comes_in = false;
    if (w->full && lanes_has_room(w->process)) {
        w->full = false;
        vwr_vnet_switch_ready(&w->port);
        moved++;
    }
    return moved != 0;
}

static bool serve_lanes(void)
{
    bool any = false;

    for (unsigned i = 0; i < wires; i++)
        any |= serve_lane(&wire[i]);
    vwr_vnet_switch_flush(&sw);
    return any;
}

static void attend(struct end *e)
{
    (void)e;
    lanes_awake();
    (void)serve_lanes();
}

/* Frames that have come before others knew that this process sleeps are served first. */
static bool settle(struct end *e)
{
    (void)e;
    lanes_sleep();
    return serve_lanes();
}

/* ---- the tap ---- */

static int to_tap(struct vwr_vnet_port *port, struct vwr_vnet_packet *p)
{
    static uint8_t frame[FRAME_BYTES];

    (void)port;
    if (p->bytes > sizeof(frame))
        return VWR_ERANGE;
    vwr_vnet_copy(p, frame);
    if (write(tap.fd, frame, p->bytes) < 0 && errno != EAGAIN && errno != EINVAL && errno != EIO)
        say("the tap does not take a frame: %s", strerror(errno));
    return VWR_OK;
}

static void delivered(struct vwr_vnet_port *port)
{
    (void)port;
}

/* true: the switch has taken the frame. */
static bool forward(void)
{
    const struct vwr_vseg seg = {.at = tap.frame, .len = (uint32_t)tap.bytes};
    struct vwr_vnet_packet p;

    if (tap.bytes > 0 && vwr_vnet_fill(&p, &seg, 1) == VWR_OK &&
        vwr_vnet_switch_send(&tap.port, &p) == VWR_EFULL)
        return false;
    tap.bytes = 0;
    return true;
}

/* Reads a few frames. The last one is forwarded, or waits for a guest until resume() is called. */
static void from_tap(void *context, int fd, short events)
{
    bool taken = forward();

    (void)context;
    (void)events;
    for (unsigned i = 0; i < 64u && taken; i++) {
        tap.bytes = read(fd, tap.frame, sizeof(tap.frame));
        if (tap.bytes <= 0)
            break;
        taken = forward();
    }
    if (!taken)
        loop_forget(fd);
    vwr_vnet_switch_flush(&sw);
}

static void resume(struct vwr_vnet_port *port)
{
    (void)port;
    loop_watch(tap.fd, POLLIN, from_tap, NULL);
}

static const struct vwr_vnet_port_ops tap_ops = {.deliver = to_tap, .delivered = delivered, .resume = resume};

static int open_tap(const char *name)
{
    struct ifreq r;

    memset(&r, 0, sizeof(r));
    if (strlen(name) >= sizeof(r.ifr_name))
        return wrong("%s: the name of a tap has at most %u characters", name,
                     (unsigned)sizeof(r.ifr_name) - 1u);
    memcpy(r.ifr_name, name, strlen(name));
    r.ifr_flags = IFF_TAP | IFF_NO_PI;
    tap.fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (tap.fd < 0)
        return wrong("/dev/net/tun: %s", strerror(errno));
    if (ioctl(tap.fd, TUNSETIFF, &r) != 0)
        return wrong("tap %s: %s", name, strerror(errno));
    return 0;
}

static int connect_tap(const char *name)
{
    if (vwr_vnet_switch_add(&sw, &tap.port, &tap_ops, NULL, NULL) != VWR_OK)
        return failed("tap %s: the switch has no room", name);
    loop_watch(tap.fd, POLLIN, from_tap, NULL);
    return 0;
}

/* ---- the class ---- */

/* Each card has its own address: the first one has that of --mac, the others the following ones. */
static int address(uint8_t mac[VWR_VNET_MAC], const struct options *o, unsigned number)
{
    static const uint8_t ours[VWR_VNET_MAC] = {0x52, 0x54, 0, 0x76, 0x77, 0x01};
    int end = 0;

    memcpy(mac, ours, sizeof(ours));
    if (o->mac != NULL && (sscanf(o->mac, "%2hhx:%2hhx:%2hhx:%2hhx:%2hhx:%2hhx%n", &mac[0], &mac[1], &mac[2],
                                  &mac[3], &mac[4], &mac[5], &end) != 6 ||
                           o->mac[end] != 0 || (mac[0] & 1) != 0))
        return wrong("--mac %s: it is six bytes of a station, such as 52:54:00:76:77:01", o->mac);
    mac[5] = (uint8_t)(mac[5] + number);
    return 0;
}

static unsigned processes(const struct options *o)
{
    return o->sockets + (o->tap != NULL);
}

static int share(const struct options *o)
{
    uint8_t mac[VWR_VNET_MAC];
    const int r = address(mac, o, 0);

    if (r == 0 && !lanes_share(processes(o)))
        return failed("there is no memory for %u cards", o->sockets);
    return r == 0 && o->tap != NULL ? open_tap(o->tap) : r;
}

/* The addresses of the other cards belong to their lanes. */
static int connect_lanes(const struct options *o, unsigned self)
{
    uint8_t mac[VWR_VNET_MAC];

    lanes_begin(self);
    for (unsigned i = 0; i < processes(o); i++) {
        struct wire *const w = &wire[wires];

        if (i == self)
            continue;
        (void)address(mac, o, i);
        w->process = i;
        if (vwr_vnet_switch_add(&sw, &w->port, &lane_ops, w, i < o->sockets ? mac : NULL) != VWR_OK)
            return failed("no switch");
        wires++;
    }
    return 0;
}

static int make_switch(const struct options *o, unsigned self)
{
    struct vwr_vnet_switch_options so = {.route = route, .route_count = ROUTES};

    if (getrandom(so.key, sizeof(so.key), 0) != (ssize_t)sizeof(so.key) ||
        vwr_vnet_switch_init(&sw, &so) != VWR_OK)
        return failed("no switch");
    return connect_lanes(o, self);
}

static uint16_t queues(const struct options *o)
{
    (void)o;
    return VWR_VNET_QUEUES(1u, false);
}

static int make(struct end *e, const struct options *o, const struct vwr_vdev_setup *s)
{
    struct card *const c = make_room(1, sizeof(*c));
    struct vwr_vnet_options no = {.ops = &vwr_vnet_switch_ops, .context = &c->port};
    int r = make_switch(o, e->number);

    if (r != 0 || e->socket == NULL)
        return r != 0 ? r : connect_tap(o->tap);
    (void)address(no.mac, o, e->number);
    r = vwr_vnet_init_with(&c->device, s, &no);
    if (r == VWR_OK)
        r = vwr_vnet_switch_connect(&sw, &c->port, &c->device);
    if (r != VWR_OK)
        return failed("this card cannot be offered: %s", vwr_strerror(r));
    e->dev = vwr_vnet_dev(&c->device);
    e->state = c;
    return 0;
}

static void tick(struct end *e)
{
    (void)e;
    vwr_vnet_switch_tick(&sw);
}

const struct kind net_kind = {
    .name = "net",
    .usage = "[--socket PATH ...] [--tap NAME] [--mac ADDRESS]",
    .brief = "a network card for each --socket, on a switch; with a tap of this machine as another port",
    .options = " tap mac ",
    .queues = queues,
    .queue_size = QUEUE_SIZE,
    .state = &vwr_vnet_state,
    .share = share,
    .make = make,
    .attend = attend,
    .settle = settle,
    .tick = tick,
};
