/* SPDX-License-Identifier: MIT */
#include "vhost.h"

#include "vwr_posix_can.h"
#include "vwr_posix_clocks.h"

#include <errno.h>
#include <string.h>

/* Small devices: a CAN controller, whose frames are in a socket, and the clocks of the host. */

/* ---- a CAN controller ---- */

struct can {
    struct vwr_vcan device;
    struct vwr_posix_can bus;
    struct vwr_can_frame frame; /* for which the guest has no buffer */
    bool waits;                 /* there is one */
    bool full;                  /* the bus has no room for a frame of the guest */
    bool ready;                 /* the guest has added buffers */
    bool gone;                  /* the bus has no other end any more */
};

static void on_bus(void *context, int fd, short events);

static void watch_bus(struct can *c)
{
    const short events = (short)((c->waits ? 0 : POLLIN) | (c->full ? POLLOUT : 0));

    if (events != 0 && !c->gone)
        loop_watch(c->bus.socket, events, on_bus, c);
    else
        loop_forget(c->bus.socket);
}

/* Frames of the bus, until there are none or the guest has no buffer. */
static void take_frames(struct can *c)
{
    int r = c->waits ? 1 : vwr_posix_can_receive(&c->bus, &c->frame);

    while (r == 1) {
        c->waits = vwr_vcan_receive(&c->device, &c->frame) == VWR_EFULL;
        r = c->waits ? 0 : vwr_posix_can_receive(&c->bus, &c->frame);
    }
    c->gone = c->gone || r == VWR_EGONE;
    if (r < 0)
        vwr_vcan_bus_off(&c->device);
    if (r == VWR_EGONE)
        say("the bus has no other end any more");
    watch_bus(c);
}

static void on_bus(void *context, int fd, short events)
{
    struct can *const c = context;

    (void)fd;
    if ((events & ~POLLOUT) != 0)
        take_frames(c);
    if ((events & POLLOUT) != 0) {
        c->full = false;
        vwr_vcan_resume(&c->device);
    }
    watch_bus(c);
}

static int send_frame(struct vwr_vcan *v, const struct vwr_can_frame *f, uint64_t ticket)
{
    struct can *const c = v->context;
    const int r = c->gone ? VWR_EIO : vwr_posix_can_send(&c->bus, f);

    (void)ticket;
    if (r == VWR_EFULL) {
        c->full = true;
        watch_bus(c);
    }
    return r;
}

static void guest_is_ready(struct vwr_vcan *v)
{
    ((struct can *)v->context)->ready = true;
}

static void attend_can(struct end *e)
{
    struct can *const c = e->state;

    if (!c->ready)
        return;
    c->ready = false;
    take_frames(c);
}

static uint16_t can_queues(const struct options *o)
{
    (void)o;
    return VWR_VCAN_QUEUES;
}

static int make_can(struct end *e, const struct options *o, const struct vwr_vdev_setup *s)
{
    static const struct vwr_vcan_ops ops = {.send = send_frame, .ready = guest_is_ready};
    struct can *const c = make_room(1, sizeof(*c));
    struct vwr_vcan_options co = {.ops = &ops, .context = c};
    int r;

    if ((o->interface != NULL) == (o->host != NULL))
        return wrong("--interface NAME or --host PATH: where the frames go");
    r = o->interface != NULL ? vwr_posix_can_open(&c->bus, o->interface)
                             : vwr_posix_can_connect(&c->bus, o->host);
    if (r != 0)
        return failed("%s: %s", o->interface != NULL ? o->interface : o->host, strerror(errno));
    co.no_fd = !c->bus.fd_frames;
    r = vwr_vcan_init_with(&c->device, s, &co);
    if (r != VWR_OK)
        return failed("this controller cannot be offered: %s", vwr_strerror(r));
    watch_bus(c);
    e->dev = vwr_vcan_dev(&c->device);
    e->state = c;
    return 0;
}

const struct kind can_kind = {
    .name = "can",
    .usage = "--interface NAME | --host PATH",
    .brief = "a CAN controller, on an interface of the host or a Unix socket that carries struct can_frame",
    .options = " interface host ",
    .queues = can_queues,
    .queue_size = QUEUE_SIZE,
    .state = &vwr_vcan_state,
    .make = make_can,
    .attend = attend_can,
};

/* ---- clocks ---- */

struct clocks {
    struct vwr_vrtc device;
    struct vwr_vrtc_clock clock[3];
};

static uint16_t rtc_queues(const struct options *o)
{
    (void)o;
    return VWR_VRTC_QUEUES;
}

static int make_rtc(struct end *e, const struct options *o, const struct vwr_vdev_setup *s)
{
    struct clocks *const c = make_room(1, sizeof(*c));
    const struct vwr_vrtc_options ro = {
        .ops = &vwr_posix_clocks_ops, .context = c, .clocks = c->clock, .clock_count = VWR_COUNT(c->clock)};
    int r;

    (void)o;
    c->clock[0] = (struct vwr_vrtc_clock){.type = VWR_RTC_CLOCK_UTC, .has_alarm = true};
    c->clock[1] = (struct vwr_vrtc_clock){.type = VWR_RTC_CLOCK_TAI, .has_alarm = true};
    c->clock[2] = (struct vwr_vrtc_clock){.type = VWR_RTC_CLOCK_MONOTONIC, .has_alarm = true};
    r = vwr_vrtc_init_with(&c->device, s, &ro);
    if (r != VWR_OK)
        return failed("these clocks cannot be offered: %s", vwr_strerror(r));
    e->dev = vwr_vrtc_dev(&c->device);
    e->state = c;
    return 0;
}

/* An alarm expires within a second. */
static void tick_rtc(struct end *e)
{
    vwr_vrtc_tick(&((struct clocks *)e->state)->device);
}

const struct kind rtc_kind = {
    .name = "rtc",
    .usage = "",
    .brief = "the clocks of the host: UTC, TAI and monotonic, each with an alarm",
    .options = " ",
    .queues = rtc_queues,
    .queue_size = QUEUE_SIZE,
    .state = &vwr_vrtc_state,
    .make = make_rtc,
    .tick = tick_rtc,
};
