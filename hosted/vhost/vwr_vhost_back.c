/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_common.h"
#include "vhost_notifier.h"
#include "vwr/bytes.h"
#include "vwr/gen/features.h"
#include "vwr/vm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define STOP_MS 1000u

static struct vwr_vhost_back *connection_of(struct vwr_vm *vm)
{
    return (struct vwr_vhost_back *)(void *)vm; /* the first member */
}

static void pass_on(struct vwr_vhost_back *h, unsigned queue)
{
    const vwr_count now = vhost_back_queue(h, queue)->stats.interrupts;

    if (now != h->ring[queue].interrupts && !h->ring[queue].recorded)
        vhost_back_call(h, queue);
    h->ring[queue].interrupts = now;
}

/* All queues of a device share one line. The counters show which queue has interrupted. */
static void on_irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    struct vwr_vhost_back *const h = connection_of(vm);

    if (h->dev == NULL || !level)
        return;
    if (h->each != NULL)
        pass_on(h, line);
    else
        for (unsigned n = 0; n < h->dev->queues; n++)
            pass_on(h, n);
}

static void on_again(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)v;
    connection_of(vm)->ring[queue].again = true;
}

/* The driver has broken a rule, and the device has stopped. */
static void on_broken(struct vwr_vm *vm, struct vwr_vdev *v)
{
    struct vwr_vhost_back *const h = connection_of(vm);

    for (unsigned n = 0; n < v->queues && n < VWR_VHOST_BACK_QUEUES; n++)
        vhost_back_notify(h, h->ring[n].err);
}

static void on_unsafe(struct vwr_vm *vm, struct vwr_vdev *v, bool unsafe)
{
    struct vwr_vhost_back *const h = connection_of(vm);

    (void)v;
    if (h->sharing != NULL)
        h->sharing->alone(h, true);
    h->unsafe = unsafe ? h->unsafe + 1u : h->unsafe - 1u;
    if (unsafe || h->unsafe == 0)
        vhost_back_keep_memory(h, unsafe);
    if (h->sharing != NULL)
        h->sharing->alone(h, false);
}

static void stand(struct vwr_vhost_back *h)
{
    if (h->sharing != NULL)
        h->sharing->stand(h);
}

static void go(struct vwr_vhost_back *h)
{
    if (h->sharing != NULL)
        h->sharing->go(h);
}

static const struct vwr_vm_ops ops = {
    .irq = on_irq,
    .edges = true,
    .again = on_again,
    .broken = on_broken,
    .unsafe = on_unsafe,
};

uint64_t vwr_vhost_back_protocol(void)
{
    return (uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_MQ |
           (uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_INFLIGHT_SHMFD |
           (uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_LOG_SHMFD |
           (uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_REPLY_ACK |
           (uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_CONFIG |
           (uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_BACKEND_REQ |
           (uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_RESET_DEVICE |
           (uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_STATUS |
           (uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_CONFIGURE_MEM_SLOTS;
}

void vwr_vhost_back_init(struct vwr_vhost_back *h)
{
    /* The slot is the member, so that the calls of vwr/vstate.h find the device while it is attached. */
    const struct vwr_vm_setup s = {.ops = &ops, .region = h->region, .slot = &h->dev, .slot_count = 1};

    memset(h, 0, sizeof(*h));
    (void)!vwr_vm_init(&h->vm, &s); /* its setup is constant */
    h->fd = -1;
    h->back = -1;
    h->log_call = -1;
    h->tell = -1;
    h->transfer.file = -1;
    h->transfer.pipe[0] = -1;
    h->transfer.pipe[1] = -1;
    h->protocol = vwr_vhost_back_protocol();
    h->stop_ms = STOP_MS;
    h->message_ms = VWR_VHOST_BACK_MESSAGE_MS;
}

/* Whether a device can be served here; if not, h->why states the reason. */
static int can_serve(struct vwr_vhost_back *h, const struct vwr_vdev *dev, int fd)
{
    h->why[0] = '\0';
    if (fd < 0) {
        (void)snprintf(h->why, sizeof(h->why), "There is no connection: the socket is %d.", fd);
        return VWR_EINVAL;
    }
    if (dev->queues > VWR_VHOST_BACK_QUEUES) {
        (void)snprintf(h->why, sizeof(h->why), "The device has %u queues.", dev->queues);
        return VWR_ENOQUEUE;
    }
    if (vwr_vdev_is_legacy(dev))
        (void)snprintf(h->why, sizeof(h->why), "It is a legacy device.");
    else if (!vwr_vhost_can_notify())
        (void)snprintf(h->why, sizeof(h->why),
                       "This kernel cannot notify an eventfd without waiting (io_setup, preadv2): %s.",
                       strerror(errno));
    return h->why[0] == '\0' ? VWR_OK : VWR_EUNSUPP;
}

/* Withdraws the features for which the protocol has no message. */
static void limit_features(struct vwr_vdev *dev)
{
    dev->offered.w[1] &= ~(VWR_FEATURES_NOT_ON_OTHER_W1 | VWR_FEATURE_BIT(VWR_F_NOTIFICATION_DATA, 1) |
                           VWR_FEATURE_BIT(VWR_F_SUSPEND, 1));
}

int vwr_vhost_back_attach(struct vwr_vhost_back *h, struct vwr_vdev *dev, int fd)
{
    const int r = can_serve(h, dev, fd);
    const int one = 1;

    if (r != VWR_OK)
        return r;
    /* otherwise recvmsg() drops a byte of urgent data, and closes the files that come with it */
    (void)setsockopt(fd, SOL_SOCKET, SO_OOBINLINE, &one, sizeof(one));
    stand(h);
    limit_features(dev);
    h->dev = dev;
    h->fd = fd;
    if (h->state != NULL)
        h->protocol |= (uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_DEVICE_STATE;
    h->ended = false;
    h->lost = false;
    h->active = false;
    h->fresh = false;
    h->loaded = false;
    h->held = false;
    h->stopped = false;
    h->features = 0;
    h->accepted_protocol = 0;
    h->status = 0;
    h->came = 0;
    h->got = 0;
    h->files = 0;
    for (unsigned n = 0; n < VWR_VHOST_BACK_QUEUES; n++) {
        struct vwr_vhost_back_ring *const r = &h->ring[n];

        memset(r, 0, sizeof(*r));
        r->kick = -1;
        r->call = -1;
        r->err = -1;
        if (n < dev->queues)
            r->interrupts = vhost_back_queue(h, n)->stats.interrupts;
    }
    vhost_back_forget_transfer(h);
    vhost_back_watch(h);
    go(h);
    return VWR_OK;
}

/*
 * Once for a connection: a program may stop it, and detach it later. `stopped` is set first, because the
 * device's reset may make the device safe, and the memory that was kept for it stays mapped until the detach.
 */
static void stop_for_good(struct vwr_vhost_back *h)
{
    if (h->stopped)
        return;
    (void)vhost_back_end(h, "The program has ended the connection.");
    h->stopped = true;
    vhost_back_stop_all(h);
    vhost_back_reset_devices(h);
}

bool vwr_vhost_back_stop(struct vwr_vhost_back *h)
{
    if (h->dev == NULL)
        return h->unsafe == 0;
    stand(h);
    stop_for_good(h);
    (void)shutdown(h->fd, SHUT_RDWR); /* the exit of a process may come late */
    go(h);
    return h->unsafe == 0;
}

/* The thread sleeps, which orders its writes before these reads, but no sanitizer knows that. */
__attribute__((no_sanitize("thread"))) bool vwr_vhost_back_is_idle(const struct vwr_vhost_back *h)
{
    for (unsigned n = 0; n < VWR_VHOST_BACK_QUEUES; n++)
        if (h->ring[n].started)
            return false;
    return true;
}

void vwr_vhost_back_detach(struct vwr_vhost_back *h)
{
    if (h->dev == NULL)
        return;
    stand(h);
    stop_for_good(h);
    h->stopped = false;
    if (h->unsafe == 0) /* the device has become safe since the stop */
        vhost_back_keep_memory(h, false);
    vhost_back_forget_inflight(h);
    vhost_back_forget_log(h);
    vhost_back_forget_transfer(h);
    vhost_back_forget_memory(h);
    vhost_back_unwatch(h);
    for (unsigned n = 0; n < VWR_VHOST_BACK_QUEUES; n++) {
        vhost_close(&h->ring[n].kick);
        vhost_close(&h->ring[n].call);
        vhost_close(&h->ring[n].err);
    }
    vhost_close(&h->back);
    vhost_back_close_files(h);
    vhost_close(&h->fd);
    h->dev = NULL;
    go(h);
}

static bool is_served(const struct vwr_vhost_back *h, unsigned queue)
{
    return h->ring[queue].started && h->ring[queue].enabled && !h->held;
}

/* A ring without an eventfd is polled, unless buffers are announced by messages. */
static bool is_polled(const struct vwr_vhost_back *h, unsigned queue)
{
    return h->ring[queue].kick < 0 && !vhost_back_has(h, VWR_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS);
}

static void lower(int *timeout_ms, int to)
{
    if (*timeout_ms < 0 || *timeout_ms > to)
        *timeout_ms = to;
}

static unsigned add_fd(struct pollfd *fds, unsigned count, int fd, short events)
{
    fds[count].fd = fd;
    fds[count].events = events;
    fds[count].revents = 0;
    return count + 1u;
}

/*
 * ring_fds and ring_ready are inlined into the loop of a single thread, which calls them for each ring in
 * each pass.
 */
static inline unsigned ring_fds(struct vwr_vhost_back *h, unsigned queue, struct pollfd *fds, int *timeout_ms)
{
    struct vwr_vhost_back_ring *const r = &h->ring[queue];

    if (r->recorded && !vhost_back_is_lost(h)) /* what the device has completed since the last pass */
        vhost_back_record_used(h, queue);
    if (!is_served(h, queue))
        return 0;
    if (r->recorded && !vhost_back_is_lost(h) &&
        vhost_back_record(h, queue)) /* buffers that were made available before the driver had to notify */
        r->again = true;
    if (r->again)
        lower(timeout_ms, 0);
    if (is_polled(h, queue))
        lower(timeout_ms, 1);
    return r->kick >= 0 ? add_fd(fds, 0, r->kick, POLLIN) : 0;
}

unsigned vhost_back_ring_fds(struct vwr_vhost_back *h, unsigned queue, struct pollfd *fds, int *timeout_ms)
{
    return ring_fds(h, queue, fds, timeout_ms);
}

/* Until the message that has begun must be complete. */
static int time_left(const struct vwr_vhost_back *h)
{
    const uint64_t now = vhost_now_ms();

    return h->message_until > now ? (int)(h->message_until - now) : 0;
}

unsigned vwr_vhost_back_fds(struct vwr_vhost_back *h, struct pollfd *fds, int *timeout_ms)
{
    unsigned count = 0;

    if (vhost_back_is_over(h))
        lower(timeout_ms, 0);
    if (h->held)
        lower(timeout_ms, 1);
    else
        count = add_fd(fds, count, h->fd, POLLIN);
    if (h->got != 0 && !h->held)
        lower(timeout_ms, time_left(h));
    if (h->transfer.file >= 0)
        count = add_fd(fds, count, h->transfer.file, vhost_back_transfer_events(h));
    if (h->tell >= 0)
        count = add_fd(fds, count, h->tell, POLLIN);
    for (unsigned n = 0; n < h->dev->queues && h->sharing == NULL; n++)
        count += ring_fds(h, n, fds + count, timeout_ms);
    return count;
}

static inline bool is_ready(int fd, const struct pollfd *fds, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (fds[i].fd == fd)
            return fds[i].revents != 0;
    return false;
}

static void serve_kicked(struct vwr_vhost_back *h, unsigned queue)
{
    (void)vwr_vhost_take(h->ring[queue].kick); /* fails if the eventfd has been read before */
    vhost_back_serve(h, queue);
}

static inline void ring_ready(struct vwr_vhost_back *h, unsigned queue, const struct pollfd *fds,
                              unsigned count)
{
    const struct vwr_vhost_back_ring *const r = &h->ring[queue];

    if (!is_served(h, queue))
        return;
    if (r->kick >= 0 && is_ready(r->kick, fds, count))
        serve_kicked(h, queue);
    if (r->again || is_polled(h, queue))
        vhost_back_serve(h, queue);
}

void vhost_back_ring_ready(struct vwr_vhost_back *h, unsigned queue, const struct pollfd *fds, unsigned count)
{
    ring_ready(h, queue, fds, count);
}

/* true: a whole message is in h->in. */
static bool receive(struct vwr_vhost_back *h)
{
    const bool had_begun = h->got != 0;

    if (vhost_back_receive(h))
        return true;
    if (!had_begun && h->got != 0)
        h->message_until = vhost_now_ms() + h->message_ms;
    return false;
}

/* Handles a new message, or the one that is held. */
static void take_message(struct vwr_vhost_back *h, const struct pollfd *fds, unsigned count)
{
    if (!h->held && (!is_ready(h->fd, fds, count) || !receive(h)))
        return;
    vhost_back_message(h);
    if (h->held)
        return;
    vhost_back_drop(h);
    h->got = 0;
}

static void serve_rings(struct vwr_vhost_back *h, const struct pollfd *fds, unsigned count)
{
    for (unsigned n = 0; n < h->dev->queues && !vhost_back_is_over(h); n++)
        ring_ready(h, n, fds, count);
}

static void serve_connection(struct vwr_vhost_back *h, const struct pollfd *fds, unsigned count)
{
    if (h->transfer.file >= 0 && !vhost_back_is_over(h))
        (void)vhost_back_transfer(h);
    if (!vhost_back_is_over(h))
        take_message(h, fds, count);
    if (!vhost_back_is_over(h))
        vhost_back_news(h);
    else if (vhost_back_is_lost(h))
        (void)vhost_back_end(h, "The front end has taken memory away that it shares.");
}

/* Pause the threads of the queues only if there is work. */
static bool has_work(const struct vwr_vhost_back *h, const struct pollfd *fds, unsigned count)
{
    bool any = h->held || vhost_back_is_over(h);

    for (unsigned i = 0; i < count; i++)
        any = any || fds[i].revents != 0;
    return any;
}

/* A front end that has passed its own end with the first part may have left, and nobody sees that. */
static void check_time(struct vwr_vhost_back *h)
{
    if (h->got == 0 || h->held || vhost_now_ms() < h->message_until)
        return;
    if (h->got >= sizeof(h->in.hdr))
        (void)vhost_back_end(h, "The front end has not sent the rest of message %u within %u ms.",
                             h->in.hdr.request, h->message_ms);
    else
        (void)vhost_back_end(h, "The front end has not sent the rest of a message's header within %u ms.",
                             h->message_ms);
}

int vwr_vhost_back_ready(struct vwr_vhost_back *h, const struct pollfd *fds, unsigned count)
{
    if (h->sharing == NULL) {
        serve_rings(h, fds, count);
        serve_connection(h, fds, count);
    } else if (has_work(h, fds, count)) {
        stand(h);
        serve_connection(h, fds, count);
        go(h);
    }
    if (!vhost_back_is_over(h))
        check_time(h);
    return __atomic_load_n(&h->ended, __ATOMIC_ACQUIRE) ? VWR_ENODEV : VWR_OK;
}

int vwr_vhost_back_poll(struct vwr_vhost_back *h, int timeout_ms)
{
    struct pollfd fds[VWR_VHOST_BACK_FDS];
    const unsigned count = vwr_vhost_back_fds(h, fds, &timeout_ms);

    if (poll(fds, count, timeout_ms) < 0) {
        if (errno != EINTR)
            (void)vhost_back_end(h, "poll has failed: %s.", strerror(errno));
        return h->ended ? VWR_ENODEV : VWR_OK;
    }
    return vwr_vhost_back_ready(h, fds, count);
}
