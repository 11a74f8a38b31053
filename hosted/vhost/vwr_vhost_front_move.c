/* SPDX-License-Identifier: MIT */
#include "vhost_front_common.h"
#include "vhost_notifier.h"

#include "vwr/gen/features.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/*
 * DEVICE_STATE: moves the device to another back end. The queues stop, the state goes from one back end to
 * the other through this process, and the queues start there at the same positions. The driver's requests
 * complete before the move, or in the other back end.
 */

struct move_state {
    uint8_t *bytes;
    size_t room;
    size_t count;
};

/* Handles a reply that ends the move, but not the connection. */
static bool move_refuse(struct vwr_vhost_front *v, uint32_t error, uint64_t got)
{
    v->error = error;
    v->got = got;
    return false;
}

/* ---- the state, through a pair of sockets: a write to one whose other end is closed raises no signal ----
 */

/* Waits until the descriptor is ready, at most until `end`. */
static bool move_wait(struct vwr_vhost_front *v, int file, short events, int64_t end)
{
    struct pollfd p = {.fd = file, .events = events};
    const int64_t left = end - (int64_t)vhost_now_ms();

    return poll(&p, 1, left > 0 ? (int)left : 0) > 0 ||
           vwr_vhost_front_break(v, VWR_VHOST_FRONT_SILENT, v->options.timeout_ms);
}

static bool move_receive(struct vwr_vhost_front *v, int file, struct move_state *s)
{
    const int64_t end = (int64_t)vhost_now_ms() + v->options.timeout_ms;
    ssize_t n = 1;
    bool fds;

    while (n != 0) {
        if (!vhost_grow_state(&s->bytes, &s->room, s->count))
            return move_refuse(v, VWR_VHOST_FRONT_SYSTEM, (uint64_t)errno);
        n = vwr_vhost_front_receive(v, file, s->bytes + s->count, VHOST_STATE_STEP, &fds);
        if (fds)
            return vwr_vhost_front_break(v, VWR_VHOST_FRONT_FDS, 0);
        if (n > 0)
            s->count += (size_t)n;
        else if (n < 0 && (!vhost_is_later(n) || !move_wait(v, file, POLLIN, end)))
            return vwr_vhost_front_break(v, VWR_VHOST_FRONT_SYSTEM, (uint64_t)errno);
    }
    return true;
}

/* If a back end accepts no more bytes, its reply to CHECK_DEVICE_STATE has the error. */
static bool move_send(struct vwr_vhost_front *v, int file, struct move_state *s)
{
    const int64_t end = (int64_t)vhost_now_ms() + v->options.timeout_ms;

    for (size_t at = 0; at < s->count;) {
        const ssize_t n = send(file, s->bytes + at, s->count - at, MSG_DONTWAIT | MSG_NOSIGNAL);

        if (n > 0)
            at += (size_t)n;
        else if (!vhost_is_later(n))
            return true;
        else if (!move_wait(v, file, POLLOUT, end))
            return false;
    }
    return true;
}

static bool move_ask(struct vwr_vhost_front *v, uint32_t direction, int file)
{
    const struct vwr_vhost_user_transfer_state to = {.direction = direction,
                                                     .phase = VWR_VHOST_USER_TRANSFER_STATE_PHASE_STOPPED};
    uint64_t answer = 0;

    return vwr_vhost_front_get_with(v, VWR_VHOST_USER_SET_DEVICE_STATE_FD, &to, sizeof(to), file, &answer) &&
           ((answer & ~(uint64_t)VWR_VHOST_USER_VRING_NOFD_MASK) == 0 ||
            move_refuse(v, VWR_VHOST_FRONT_REFUSED, answer));
}

static bool move_check(struct vwr_vhost_front *v)
{
    uint64_t answer = 0;

    return vwr_vhost_front_get_number(v, VWR_VHOST_USER_CHECK_DEVICE_STATE, &answer) &&
           (answer == 0 || move_refuse(v, VWR_VHOST_FRONT_REFUSED, answer));
}

static bool move_transfer(struct vwr_vhost_front *v, uint32_t direction, struct move_state *s)
{
    int pair[2];
    bool ok;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) != 0)
        return vwr_vhost_front_break(v, VWR_VHOST_FRONT_SYSTEM, (uint64_t)errno);
    ok = move_ask(v, direction, pair[1]);
    vhost_close(&pair[1]);
    if (ok && direction == VWR_VHOST_USER_TRANSFER_STATE_DIRECTION_SAVE)
        ok = move_receive(v, pair[0], s);
    else if (ok)
        ok = move_send(v, pair[0], s);
    vwr_vhost_front_release(v, &pair[0]);
    return ok && move_check(v);
}

/* ---- two connections ---- */

/* The state of a connection while another one is tried. */
struct move_connection {
    int socket;
    int backend;
    uint64_t protocol_features;
    uint64_t features;
    uint64_t sent;
    uint32_t shown;
    uint32_t slots;
    uint32_t queue_num;
    char path[VWR_VHOST_FRONT_PATH];
};

static struct move_connection move_set_aside(struct vwr_vhost_front *v)
{
    struct move_connection c = {.socket = v->socket,
                                .backend = v->backend,
                                .protocol_features = v->protocol_features,
                                .features = v->features,
                                .sent = v->sent,
                                .shown = v->shown,
                                .slots = v->slots,
                                .queue_num = v->queue_num};

    (void)memcpy(c.path, v->path, sizeof(c.path));
    v->socket = v->backend = -1;
    v->protocol_features = 0;
    v->sent = 0;
    v->shown = 0;
    return c;
}

static void move_take_back(struct vwr_vhost_front *v, const struct move_connection *c)
{
    vwr_vhost_front_release(v, &v->socket);
    vwr_vhost_front_release(v, &v->backend);
    v->socket = c->socket;
    v->backend = c->backend;
    v->protocol_features = c->protocol_features;
    v->features = c->features;
    v->sent = c->sent;
    v->shown = c->shown;
    v->slots = c->slots;
    v->queue_num = c->queue_num;
    (void)memcpy(v->path, c->path, sizeof(v->path));
    for (uint32_t i = 0; i < VWR_VHOST_FRONT_QUEUES; i++)
        v->ring[i].started = false; /* the queues were stopped there */
    v->broken = false;
}

/* Sets the queues up at their positions. They are not enabled, so the back end does not process them. */
static bool move_set_rings(struct vwr_vhost_front *v)
{
    for (uint32_t i = 0; i < VWR_VHOST_FRONT_QUEUES; i++)
        if (v->ring[i].set && !vwr_vhost_front_set_ring(v, i))
            return false;
    return true;
}

/*
 * Enables and kicks the queues, because a back end may wait for a kick, and makes the driver check each of
 * them.
 */
static bool move_enable(struct vwr_vhost_front *v)
{
    if (!vwr_vhost_front_enable(v))
        return false;
    for (uint32_t i = 0; i < VWR_VHOST_FRONT_QUEUES; i++)
        if (v->ring[i].set)
            (void)vwr_vhost_notify(v->ring[i].kick);
    (void)vwr_vhost_notify(v->call);
    return true;
}

static bool move_has_feature(struct vwr_vhost_front *v)
{
    return vhost_front_has(v, VWR_VHOST_USER_PROTOCOL_F_DEVICE_STATE) ||
           move_refuse(v, VWR_VHOST_FRONT_VALUE, v->protocol_features);
}

static bool move_to(struct vwr_vhost_front *v, const char *path, struct move_state *s)
{
    (void)memcpy(v->path, path, strlen(path) + 1u);
    return vwr_vhost_front_begin(v) && move_has_feature(v) &&
           ((v->accepted & ~v->features) == 0 || move_refuse(v, VWR_VHOST_FRONT_VALUE, v->features)) &&
           vwr_vhost_front_send_features(v) &&
           move_transfer(v, VWR_VHOST_USER_TRANSFER_STATE_DIRECTION_LOAD, s) && move_set_rings(v);
}

/*
 * After a failure, the former connection continues, unless a queue may have started in the other back end. In
 * that case it is unknown what the other back end has executed, and the device has to be recovered in the
 * former one.
 */
static bool move_state(struct vwr_vhost_front *v, const char *path, struct move_state *s)
{
    struct move_connection from;
    bool ok;

    if (!vwr_vhost_front_stop_rings(v) || !move_transfer(v, VWR_VHOST_USER_TRANSFER_STATE_DIRECTION_SAVE, s))
        return false;
    from = move_set_aside(v);
    if (!move_to(v, path, s)) {
        move_take_back(v, &from);
        return false;
    }
    ok = move_enable(v);
    if (!ok)
        (void)memcpy(v->path, from.path, sizeof(v->path));
    vwr_vhost_front_release(v, &from.socket);
    vwr_vhost_front_release(v, &from.backend);
    return ok;
}

int vwr_vhost_front_move(struct vwr_vhost_front *v, const char *path)
{
    struct move_state s = {NULL, 0, 0};
    uint32_t request;
    bool ok;

    if (strlen(path) >= sizeof(v->path))
        return VWR_EINVAL;
    if (v->broken || !v->enabled || !vhost_front_has(v, VWR_VHOST_USER_PROTOCOL_F_DEVICE_STATE))
        return VWR_EUNSUPP;
    ok = move_state(v, path, &s);
    free(s.bytes);
    if (ok) {
        (void)vwr_vhost_front_read_config(v);
        return VWR_OK;
    }
    request = v->request;
    if (!v->broken && move_set_rings(v) && move_enable(v))
        v->request = request; /* restore the reason of the failure */
    return vwr_vhost_front_result(v);
}
