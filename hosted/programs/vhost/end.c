/* SPDX-License-Identifier: MIT */
#include "vhost.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vwr/gen/features.h"

/* A front end, which connects to this process or listens itself. The process serves one, and then exits. */

#define TRY_MS 100u /* between two attempts to connect */

static void begin(struct end *e, int fd)
{
    vwr_vhost_processes_connected(e->processes, fd);
    e->connected = vwr_vhost_back_attach(&e->back, e->dev, fd) == VWR_OK;
    e->over = !e->connected;
    if (e->over)
        say("%s: this device cannot be served: %s", e->socket, e->back.why);
}

/*
 * Connects to a front end that listens, and reports once that it is waiting for one. false: waiting cannot
 * help.
 */
static bool connect_to(struct end *e)
{
    const int fd = vwr_vhost_back_connect(e->socket);
    const bool passes = fd < 0 && (errno == ENOENT || errno == ECONNREFUSED || errno == EAGAIN);

    e->next_ms = loop_now_ms() + TRY_MS;
    if (fd >= 0)
        begin(e, fd);
    else if (passes && !e->waits)
        say("%s: %s; waiting for a front end that listens", e->socket, strerror(errno));
    e->waits = fd < 0;
    return fd >= 0 || passes;
}

static int begin_client(struct end *e)
{
    char why[512];

    if (connect_to(e))
        return 0;
    vwr_vhost_back_explain_path(e->socket, errno, why, sizeof(why));
    return wrong("%s", why);
}

static struct vwr_features features(const struct options *o)
{
    struct vwr_features f;

    vwr_vdev_features(&f);
    if (!o->packed)
        vwr_features_remove(&f, VWR_F_RING_PACKED);
    vwr_features_add_if(&f, VWR_F_IN_ORDER, o->in_order);
    return f;
}

/* Allocates the memory of a device. */
void end_set_up(struct vwr_vdev_setup *s)
{
    s->queue = make_room(s->queue_count, sizeof(struct vwr_vqueue));
    s->own_count = (uint32_t)VWR_VDEV_OWN(s->queue_count, s->queue_size);
    s->own = make_room(s->own_count, sizeof(struct vwr_vqueue_entry));
}

static int begin_threads(struct end *e, unsigned queues)
{
    const struct vwr_vhost_threads_hooks hooks = {e, e->kind->queue_file, e->kind->attend_queue};

    e->back.each = e->each;
    e->back.state = NULL; /* of one device */
    e->threads = make_room(1, sizeof(*e->threads));
    return vwr_vhost_threads_begin(e->threads, &e->back, queues, &hooks)
               ? 0
               : failed("%s: no threads: %s", e->socket, strerror(errno));
}

int end_open(struct end *e, const struct options *o)
{
    const uint16_t queues = e->kind->queues(o);
    struct vwr_vdev_setup s = {.vm = &e->back.vm,
                               .tolerate = o->tolerate,
                               .features = features(o),
                               .queue_count = queues,
                               .queue_size = e->kind->queue_size,
                               .budget_bytes = e->kind->budget_bytes};
    int r;

    end_set_up(&s);
    vwr_vhost_back_init(&e->back);
    e->back.state = e->kind->state;
    e->back.any_memory = o->any_memory;
    r = e->kind->make(e, o, &s);
    if (r == 0 && o->threads)
        r = begin_threads(e, queues);
    return r == 0 && o->client && e->socket != NULL ? begin_client(e) : r;
}

static void take(struct end *e)
{
    const int fd = accept4(e->processes->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

    if (fd >= 0)
        begin(e, fd);
}

unsigned end_fds(struct end *e, struct pollfd *fds, int *timeout)
{
    if (e->socket == NULL)
        return 0;
    if (!e->connected && e->processes->client && loop_now_ms() >= e->next_ms)
        (void)connect_to(e);
    if (e->connected)
        return vwr_vhost_back_fds(&e->back, fds, timeout);
    if (e->processes->client) {
        *timeout = TRY_MS;
        return 0;
    }
    fds[0] = (struct pollfd){.fd = e->processes->listener, .events = POLLIN};
    return 1;
}

/* ---- what the guest did ---- */

static unsigned devices(const struct end *e)
{
    return e->each != NULL ? e->dev->queues : 1u;
}

static struct vwr_vdev *device(const struct end *e, unsigned n)
{
    return e->each != NULL ? e->each[n] : e->dev;
}

/* Reports once why a device has stopped. No thread of a queue runs meanwhile. */
static void report_broken(struct end *e)
{
    const struct vwr_vdev *v = NULL;
    char text[384];

    for (unsigned n = 0; n < devices(e); n++)
        if (device(e, n)->broken)
            v = device(e, n);
    if (v != NULL && !e->is_broken) {
        (void)vwr_vdev_explain(v, text, sizeof(text));
        say("%s: %s", e->socket, text);
    }
    e->is_broken = v != NULL;
}

/* Reports what the devices have tolerated while the front end was connected. */
static void report_tolerated(const struct end *e)
{
    for (unsigned i = 0; i < VWR_TOLERANCE_COUNT; i++) {
        unsigned long long count = 0;

        for (unsigned n = 0; n < devices(e); n++)
            count += vwr_tolerated_count(&device(e, n)->tolerated, (enum vwr_tolerance_number)i);
        if (count != 0)
            say("%s: tolerated %s (start-ups: %llu): %s", e->socket, vwr_tolerances[i].name, count,
                vwr_tolerances[i].text);
    }
}

void end_ready(struct end *e, const struct pollfd *fds, unsigned count)
{
    if (!e->connected && count != 0 && fds[0].revents != 0)
        take(e);
    else if (e->connected)
        e->over = vwr_vhost_back_ready(&e->back, fds, count) != VWR_OK;
    if (e->back.refused[0] != 0)
        say("%s: %s", e->socket, e->back.refused);
    e->back.refused[0] = 0;
    if (e->connected && e->threads == NULL)
        report_broken(e);
    if (e->kind->attend != NULL && e->threads == NULL)
        e->kind->attend(e);
}

void end_tick(struct end *e)
{
    if (e->kind->tick == NULL)
        return;
    if (e->threads != NULL)
        vwr_vhost_threads_pause(e->threads);
    e->kind->tick(e);
    if (e->threads != NULL)
        vwr_vhost_threads_resume(e->threads);
}

bool end_poll_rings(struct end *e)
{
    const bool any = e->connected && vwr_vhost_back_poll_rings(&e->back);

    if (e->kind->attend != NULL)
        e->kind->attend(e);
    return any;
}

void end_stop_polling(struct end *e)
{
    if (e->connected)
        vwr_vhost_back_stop_polling(&e->back);
}

/* The exit of the process closes and unmaps what belongs to the front end. */
void end_finish(struct end *e)
{
    vwr_vhost_processes_ended(e->processes);
    if (e->connected) {
        if (e->threads != NULL)
            vwr_vhost_threads_pause(e->threads);
        report_broken(e); /* the stop resets the device */
        if (e->threads != NULL)
            vwr_vhost_threads_resume(e->threads);
        e->processes->busy = !vwr_vhost_back_stop(&e->back);
    }
    if (e->threads != NULL)
        vwr_vhost_threads_end(e->threads);
    if (e->connected)
        report_tolerated(e);
    if (e->kind->tick != NULL) /* what happened since the last second */
        e->kind->tick(e);
    if (e->kind->close != NULL)
        e->kind->close(e);
    if (e->connected && e->over)
        say("%s: %s", e->socket, e->back.why);
}
