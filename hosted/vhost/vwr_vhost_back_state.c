/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_common.h"
#include "vhost_notifier.h"
#include "vhost_size_limit.h"
#include "vwr/gen/status.h"
#include "vwr/vstate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * DEVICE_STATE: the state of the device, which a front end moves to another back end. The format is that of
 * vwr/vstate.h, for a device whose queues are stopped; the front end has their positions. The state is
 * transferred through a file descriptor, as fast as that accepts or supplies bytes. Only CHECK_DEVICE_STATE
 * waits for the rest.
 */

static bool refuse(struct vwr_vhost_back *h, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool refuse(struct vwr_vhost_back *h, const char *format, ...)
{
    va_list more;

    va_start(more, format);
    (void)vsnprintf(h->refused, sizeof(h->refused), format, more);
    va_end(more);
    h->transfer.failed = true;
    return false;
}

/*
 * Closes the file descriptor; the other end sees the end of the file. Of a pipe, which has to be closed for
 * that, the kernel takes the lock.
 */
static void release(struct vwr_vhost_back *h)
{
    vhost_close(&h->transfer.file);
    vhost_close(&h->transfer.pipe[0]);
    vhost_close(&h->transfer.pipe[1]);
    free(h->transfer.bytes);
    h->transfer.bytes = NULL;
}

/*
 * Empties the queue of a socket, because file descriptors in it would be closed with it. Nothing is added
 * after the shutdown, so the loop ends.
 */
static void drain(struct vwr_vhost_back *h)
{
    uint8_t bytes[512];

    (void)shutdown(h->transfer.file, SHUT_RDWR);
    while (!h->ended && vhost_back_receive_state(h, h->transfer.file, bytes, sizeof(bytes)) > 0)
        ;
}

/* If the connection has ended, the file stays open until the detach: its close may wait. */
static void finish(struct vwr_vhost_back *h)
{
    if (h->transfer.is_socket && h->transfer.file >= 0)
        drain(h);
    if (!h->ended)
        release(h);
}

void vhost_back_forget_transfer(struct vwr_vhost_back *h)
{
    if (h->transfer.is_socket && h->transfer.file >= 0)
        (void)shutdown(h->transfer.file, SHUT_RDWR); /* the other end sees the end of the file */
    release(h);
    h->transfer.failed = true; /* CHECK_DEVICE_STATE without a transfer */
}

static struct vwr_vstate begin(struct vwr_vhost_back *h, uint8_t *memory, size_t bytes)
{
    return (struct vwr_vstate){.memory = memory, .bytes = bytes, .kind = &h->state, .kinds = 1};
}

static bool refuse_state(struct vwr_vhost_back *h, const struct vwr_vstate *s, const char *what)
{
    char text[112];

    (void)vwr_vstate_explain(s, text, sizeof(text));
    return refuse(h, "The state cannot be %s: %s.", what, text);
}

/* ---- the file ---- */

/*
 * O_NONBLOCK belongs to the front end too. A socket is used with MSG_DONTWAIT, a pipe by splice() with
 * SPLICE_F_NONBLOCK from or into a pipe of this process, and memory of the kernel does not wait for anyone.
 */
static bool take_file(struct vwr_vhost_back *h)
{
    struct vwr_vhost_back_transfer *const t = &h->transfer;
    const char *const kind = vwr_vhost_kind_of(t->file);

    t->is_socket = vwr_vhost_is_socket(t->file);
    if (t->is_socket)
        return vhost_back_accept_socket(h, t->file, t->loads ? SHUT_WR : SHUT_RD, "the state");
    if (strcmp(kind, "a pipe") == 0)
        return pipe2(t->pipe, O_CLOEXEC | O_NONBLOCK) == 0 ||
               refuse(h, "A pipe for the state cannot be created: %s.", strerror(errno));
    return fcntl(t->file, F_GET_SEALS) >= 0 || (h->any_memory && strcmp(kind, "a regular file") == 0) ||
           vhost_back_end(h,
                          "The descriptor for the state refers to %s; it must be a pipe, a Unix stream "
                          "socket or a memfd.",
                          kind);
}

/*
 * As write(2), without waiting. The bytes in the pipe of this process come first; they are the first ones of
 * `bytes`.
 */
static ssize_t put(struct vwr_vhost_back_transfer *t, const uint8_t *bytes, size_t count)
{
    ssize_t n;

    if (t->is_socket)
        return send(t->file, bytes, count, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (t->pipe[0] < 0)
        return vhost_write(t->file, bytes, count);
    n = t->held != 0 ? (ssize_t)t->held : write(t->pipe[1], bytes, count);
    if (n <= 0)
        return n;
    t->held = (size_t)n;
    n = splice(t->pipe[0], NULL, t->file, NULL, t->held, SPLICE_F_NONBLOCK);
    t->held -= n > 0 ? (size_t)n : 0;
    return n;
}

/* As read(2), without waiting. */
static ssize_t get(struct vwr_vhost_back *h, uint8_t *bytes, size_t count)
{
    const struct vwr_vhost_back_transfer *const t = &h->transfer;
    ssize_t n;

    if (t->is_socket)
        return vhost_back_receive_state(h, t->file, bytes, count);
    if (t->pipe[0] < 0)
        return read(t->file, bytes, count);
    n = splice(t->file, NULL, t->pipe[1], NULL, count, SPLICE_F_NONBLOCK);
    return n > 0 ? read(t->pipe[0], bytes, (size_t)n) : n;
}

/* ---- save ---- */

static bool save(struct vwr_vhost_back *h)
{
    struct vwr_vstate s = begin(h, NULL, 0);
    int r = vwr_vm_save(&h->vm, &s); /* determines the number of bytes */

    if (r == VWR_ENOMEM)
        h->transfer.bytes = malloc(s.done);
    if (h->transfer.bytes != NULL) {
        s = begin(h, h->transfer.bytes, s.done);
        r = vwr_vm_save(&h->vm, &s);
    }
    vwr_vm_restart(&h->vm, &s); /* the front end may resume this device */
    h->transfer.count = s.done;
    return r == VWR_OK || refuse_state(h, &s, "saved");
}

/* false: there is nothing more to do. */
static bool write_some(struct vwr_vhost_back *h)
{
    struct vwr_vhost_back_transfer *const t = &h->transfer;
    const size_t left = t->count - t->at;
    const ssize_t n = put(t, t->bytes + t->at, left < VHOST_STATE_STEP ? left : VHOST_STATE_STEP);

    if (n > 0)
        t->at += (size_t)n;
    else if (!vhost_is_later(n))
        return refuse(h, "The state cannot be written: %s.", n < 0 ? strerror(errno) : "it is full");
    return t->at != t->count;
}

/* ---- load ---- */

/* A device that no driver has set up has no ring that could continue. */
static void resume_device(struct vwr_vhost_back *h)
{
    const struct vwr_vdev *const v = h->dev;

    h->active = (v->status & VWR_STATUS_DRIVER_OK) != 0;
    h->running = v->written.w[0] | (uint64_t)v->written.w[1] << 32;
    h->fresh = h->active;
    h->loaded = h->active;
}

static void load(struct vwr_vhost_back *h)
{
    struct vwr_vstate s = begin(h, h->transfer.bytes, h->transfer.count);
    const int r = vwr_vm_load(&h->vm, &s);

    if (r == VWR_OK)
        resume_device(h);
    else
        (void)refuse_state(h, &s, "loaded");
}

/* A queue may have been started since the start of the transfer. */
static bool is_suspended(struct vwr_vhost_back *h)
{
    for (unsigned n = 0; n < h->dev->queues; n++)
        if (h->ring[n].started)
            return refuse(h, "Queue %u is in use: the device has its state when all queues are stopped.", n);
    return true;
}

/* A device in use is not changed. */
static bool can_load(struct vwr_vhost_back *h)
{
    return is_suspended(h) && (h->dev->status == VWR_STATUS_RESET ||
                               refuse(h, "The device is in use; it takes a state only after a reset."));
}

static bool read_some(struct vwr_vhost_back *h)
{
    struct vwr_vhost_back_transfer *const t = &h->transfer;
    ssize_t n;

    if (!vhost_grow_state(&t->bytes, &t->room, t->count))
        return refuse(h, "There is no room for a state of more than %zu bytes: %s.", t->count,
                      strerror(errno));
    n = get(h, t->bytes + t->count, VHOST_STATE_STEP);
    if (n > 0)
        t->count += (size_t)n;
    else if (n == 0 && can_load(h))
        load(h);
    else if (n < 0 && !vhost_is_later(n))
        (void)refuse(h, "The state cannot be read: %s.", strerror(errno));
    return !t->failed && n != 0;
}

/* ---- messages ---- */

short vhost_back_transfer_events(const struct vwr_vhost_back *h)
{
    return h->transfer.loads ? POLLIN : POLLOUT;
}

bool vhost_back_transfer(struct vwr_vhost_back *h)
{
    struct vwr_vhost_back_transfer *const t = &h->transfer;

    if (t->file >= 0 && !(t->loads ? read_some(h) : write_some(h)))
        finish(h);
    return t->file >= 0;
}

static bool is_known(const struct vwr_vhost_user_transfer_state *to)
{
    return to->phase == VWR_VHOST_USER_TRANSFER_STATE_PHASE_STOPPED &&
           to->direction <= VWR_VHOST_USER_TRANSFER_STATE_DIRECTION_LOAD;
}

bool vhost_back_begin_transfer(struct vwr_vhost_back *h, const struct vwr_vhost_user_transfer_state *to,
                               int *file)
{
    struct vwr_vhost_back_transfer *const t = &h->transfer;
    bool ok;

    finish(h);
    if (h->ended) /* the previous transfer has a file in its queue */
        return false;
    *t = (struct vwr_vhost_back_transfer){.file = *file,
                                          .pipe = {-1, -1},
                                          .loads =
                                              to->direction == VWR_VHOST_USER_TRANSFER_STATE_DIRECTION_LOAD};
    *file = -1;
    ok = take_file(h) &&
         (is_known(to) ||
          refuse(h, "A state is not transferred in direction %u and phase %u.", to->direction, to->phase));
    ok = ok && (t->loads ? can_load(h) : save(h));
    if (!ok)
        finish(h);
    return ok;
}

bool vhost_back_check_transfer(struct vwr_vhost_back *h)
{
    if (h->transfer.file >= 0) {
        (void)refuse(h, "The state was not transferred within %u ms.", h->stop_ms);
        finish(h);
    }
    return !h->transfer.failed;
}
