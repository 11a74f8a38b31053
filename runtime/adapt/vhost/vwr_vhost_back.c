/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_common.h"
#include "vwr/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define STOP_MS 1000u /* not the specification's */

bool vhost_back_end(struct vwr_vhost_back *h, const char *format, ...)
{
    va_list more;

    if (h->ended)
        return false;
    h->ended = true;
    va_start(more, format);
    (void)vsnprintf(h->why, sizeof(h->why), format, more);
    va_end(more);
    return false;
}

static struct vwr_vhost_back *connection_of(struct vwr_vm *vm)
{
    return (struct vwr_vhost_back *)(void *)vm; /* the first member */
}

/* The line of a device is one for all queues: the counters tell which of them it was. */
static void on_irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    struct vwr_vhost_back *const h = connection_of(vm);

    (void)line;
    if (h->dev == NULL || !level)
        return;
    for (unsigned n = 0; n < h->dev->queues; n++) {
        const uintptr_t now = h->dev->queue[n].stats.interrupts;

        if (now != h->ring[n].interrupts && !h->ring[n].recorded)
            vhost_back_call(h, n);
        h->ring[n].interrupts = now;
    }
}

static void on_again(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)v;
    connection_of(vm)->ring[queue].again = true;
}

/* The device has stopped at a rule that the driver broke. */
static void on_broken(struct vwr_vm *vm, struct vwr_vdev *v)
{
    struct vwr_vhost_back *const h = connection_of(vm);
    const uint64_t one = 1;

    for (unsigned n = 0; n < v->queues && n < VWR_VHOST_BACK_QUEUES; n++)
        if (h->ring[n].err >= 0)
            (void)!write(h->ring[n].err, &one, sizeof(one));
}

static void on_unsafe(struct vwr_vm *vm, struct vwr_vdev *v, bool unsafe)
{
    (void)v;
    vhost_back_keep_memory(connection_of(vm), unsafe);
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
    memset(h, 0, sizeof(*h));
    h->vm.ops = &ops;
    h->vm.region = h->region;
    h->fd = -1;
    h->back = -1;
    h->log_call = -1;
    h->transfer.file = -1;
    h->protocol = vwr_vhost_back_protocol();
    h->stop_ms = STOP_MS;
}

int vwr_vhost_back_attach(struct vwr_vhost_back *h, struct vwr_vdev *dev, int fd)
{
    if (dev->queues > VWR_VHOST_BACK_QUEUES)
        return VWR_ENOQUEUE;
    if (vwr_vdev_is_legacy(dev))
        return VWR_EUNSUPP;
    h->dev = dev;
    h->fd = fd;
    if (h->state != NULL)
        h->protocol |= (uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_DEVICE_STATE;
    h->ended = false;
    h->why[0] = '\0';
    h->lost = false;
    h->active = false;
    h->fresh = false;
    h->loaded = false;
    h->held = false;
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
            r->interrupts = dev->queue[n].stats.interrupts;
    }
    vhost_back_forget_transfer(h);
    vhost_back_watch(h);
    return VWR_OK;
}

void vwr_vhost_back_detach(struct vwr_vhost_back *h)
{
    if (h->dev == NULL)
        return;
    vhost_back_stop_all(h);
    vwr_vdev_reset(h->dev);
    vhost_back_forget_inflight(h);
    vhost_back_forget_log(h);
    vhost_back_forget_transfer(h);
    vhost_back_forget_memory(h);
    vhost_back_unwatch(h);
    vhost_back_drop(h);
    for (unsigned n = 0; n < VWR_VHOST_BACK_QUEUES; n++) {
        vhost_close(&h->ring[n].kick);
        vhost_close(&h->ring[n].call);
        vhost_close(&h->ring[n].err);
    }
    vhost_close(&h->back);
    vhost_close(&h->fd);
    h->dev = NULL;
}

static bool is_served(const struct vwr_vhost_back *h, unsigned queue)
{
    return h->ring[queue].started && h->ring[queue].enabled && !h->held;
}

/* A ring without an eventfd is polled, unless messages announce its buffers. */
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

unsigned vwr_vhost_back_fds(struct vwr_vhost_back *h, struct pollfd *fds, int *timeout_ms)
{
    unsigned count = 0;

    if (h->ended || h->lost)
        lower(timeout_ms, 0);
    if (h->held)
        lower(timeout_ms, 1);
    else
        count = add_fd(fds, count, h->fd, POLLIN);
    if (h->transfer.file >= 0)
        count = add_fd(fds, count, h->transfer.file, vhost_back_transfer_events(h));
    for (unsigned n = 0; n < h->dev->queues; n++) {
        if (h->ring[n].recorded && !h->lost) /* what the program has completed meanwhile */
            vhost_back_record_used(h, n);
        if (!is_served(h, n))
            continue;
        if (h->ring[n].recorded && !h->lost && vhost_back_record(h, n)) /* before the driver had to notify */
            h->ring[n].again = true;
        if (h->ring[n].again)
            lower(timeout_ms, 0);
        if (is_polled(h, n))
            lower(timeout_ms, 1);
        if (h->ring[n].kick >= 0)
            count = add_fd(fds, count, h->ring[n].kick, POLLIN);
    }
    return count;
}

static void serve_kicked(struct vwr_vhost_back *h, unsigned queue)
{
    uint64_t count;

    (void)!read(h->ring[queue].kick, &count, sizeof(count)); /* nothing if it was read before */
    vhost_back_serve(h, queue);
}

static void serve_rings(struct vwr_vhost_back *h, const struct pollfd *fds, unsigned count)
{
    for (unsigned n = 0; n < h->dev->queues && !h->lost; n++) {
        if (!is_served(h, n))
            continue;
        for (unsigned i = 0; i < count; i++)
            if (h->ring[n].kick >= 0 && fds[i].fd == h->ring[n].kick && fds[i].revents != 0)
                serve_kicked(h, n);
        if (h->ring[n].again || is_polled(h, n))
            vhost_back_serve(h, n);
    }
}

/* Handles one message, or the one that is held. */
static void take_message(struct vwr_vhost_back *h, const struct pollfd *fds, unsigned count)
{
    int r = h->held ? 1 : 0;

    for (unsigned i = 0; i < count && r == 0; i++)
        if (fds[i].fd == h->fd && fds[i].revents != 0)
            r = vhost_back_receive(h);
    if (r != 1)
        return;
    (void)vhost_back_message(h);
    if (h->held)
        return;
    vhost_back_drop(h);
    h->got = 0;
}

int vwr_vhost_back_ready(struct vwr_vhost_back *h, const struct pollfd *fds, unsigned count)
{
    if (!h->ended && !h->lost)
        serve_rings(h, fds, count);
    if (!h->ended && !h->lost)
        (void)vhost_back_transfer(h);
    if (!h->ended && !h->lost)
        take_message(h, fds, count);
    if (!h->ended && !h->lost)
        vhost_back_news(h);
    if (h->lost)
        (void)vhost_back_end(h, "The front end has taken memory away that it shares.");
    return h->ended ? VWR_ENODEV : VWR_OK;
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
