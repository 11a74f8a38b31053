/* SPDX-License-Identifier: MIT */
#include "monitor.h"

#include "vhost_back_common.h"
#include "vhost_host.h"
#include "vhost_notifier.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

/*
 * Messages with their file descriptors, and notifications, between the ends. Either end may send half a
 * message, read nothing, or change the flags of a shared open file. No call here therefore waits longer than
 * PATIENCE_S, and each call that waits ends with the process.
 */

#define PATIENCE_S 10 /* for an end that no longer reads or sends; it is a process, and may be stopped */
/*
 * Interval at which a wait for an end tests whether the front end has hung up. The wait lasts for another
 * interval then: VWR_VHOST_PROCESSES_NOTICE_MS is longer than both.
 */
#define INTERVAL_MS 250u

/* ---- the end of the process ---- */

static bool stop;
static int stop_file = -1;

void stop_begin(int fd)
{
    stop_file = fd;
}

bool stop_is_wanted(void)
{
    return stop;
}

int stop_fd(void)
{
    return stop_file;
}

void stop_see(short events)
{
    stop = stop || events != 0;
}

/*
 * Returns as poll(2); 0 also when the process has to end. The descriptor stays readable, so no signal is
 * missed.
 */
int stop_or_poll(int fd, short events, int timeout_ms)
{
    struct pollfd fds[2] = {{.fd = stop_file, .events = POLLIN}, {.fd = fd, .events = events}};
    const int ready = poll(fds, 2, timeout_ms);

    if (ready < 0)
        return errno == EINTR ? 0 : -1;
    stop_see(fds[0].revents);
    return !stop && fds[1].revents != 0;
}

/* ---- messages ---- */

bool wire_has_left(const struct session *s)
{
    struct pollfd f = {.fd = s->front.fd, .events = POLLRDHUP};

    return poll(&f, 1, 0) > 0;
}

/*
 * Waits until an end is ready. false: it is not by `end_ms`, or the process has to end, or the front end has
 * left: nobody waits for the other end then.
 */
static bool is_ready(const struct session *s, int fd, short events, uint64_t end_ms)
{
    bool has_left = false;

    for (uint64_t now = vhost_now_ms(); now < end_ms && !stop && !has_left; now = vhost_now_ms()) {
        const uint64_t left_ms = end_ms - now;
        int ready;

        has_left = wire_has_left(s);
        ready = stop_or_poll(fd, events, (int)(left_ms < INTERVAL_MS ? left_ms : INTERVAL_MS));
        if (ready != 0)
            return ready > 0;
    }
    return false;
}

/* Records the first reason for the end of the session, which main.c prints. Returns false. */
static bool gives_up(struct session *s, const char *who, const char *what)
{
    if (stop)
        return false;
    if (wire_has_left(s))
        return vhost_back_end(&s->front, "The front end has left, and the %s end has %s.", who, what);
    return vhost_back_end(&s->front, "The %s end has %s for %u seconds.", who, what, PATIENCE_S);
}

static const char *who_is(const struct session *s, const struct vwr_vhost_back *h)
{
    return h == &s->front || h == &s->answer ? "front" : "back";
}

bool wire_pass(struct session *s, const struct vwr_vhost_back *from, const struct vwr_vhost_back *to)
{
    const uint64_t end = vhost_now_ms() + PATIENCE_S * 1000u;
    const size_t bytes = sizeof(from->in.hdr) + from->in.hdr.size;
    union vhost_files room;
    struct msghdr m = {.msg_iovlen = 1};
    struct iovec all = {(void *)(uintptr_t)from->in.byte, bytes};
    size_t done = 0;

    m.msg_iov = &all;
    vhost_attach(&m, &room, from->file, from->files);
    while (done < bytes) {
        const ssize_t n = sendmsg(to->fd, &m, MSG_NOSIGNAL | MSG_DONTWAIT);

        if (vhost_is_later(n) && is_ready(s, to->fd, POLLOUT, end))
            continue;
        if (vhost_is_later(n))
            return gives_up(s, who_is(s, to), "read nothing");
        if (n <= 0)
            return false;
        done += (size_t)n;
        all = (struct iovec){(void *)(uintptr_t)(from->in.byte + done), bytes - done};
        m.msg_control = NULL;
        m.msg_controllen = 0;
    }
    return true;
}

int wire_receive(struct session *s, struct vwr_vhost_back *h)
{
    const uint64_t end = vhost_now_ms() + PATIENCE_S * 1000u;

    h->got = 0;
    h->files = 0;
    while (!vhost_back_receive(h)) {
        if (h->ended)
            return -1;
        if (h->got == 0 && h->files == 0)
            return 0;
        if (!is_ready(s, h->fd, POLLIN, end)) {
            (void)gives_up(s, who_is(s, h), "not sent the rest of a message");
            return -1;
        }
    }
    return 1;
}

/* ---- file descriptors of the ends ---- */

/*
 * The last close of an eventfd wakes those who wait for it, and that of memory frees its pages; neither waits
 * for an end. F_GET_SEALS succeeds only for memory, and asks no file system.
 */
static bool closes_at_once(int fd)
{
    return vwr_vhost_is_eventfd(fd) || fcntl(fd, F_GET_SEALS) >= 0;
}

void wire_let_go(struct session *s, int *fd)
{
    if (*fd < 0)
        return;
    if (closes_at_once(*fd)) {
        vhost_close(fd);
    } else if (s->kept_count < OTHER_FILES) {
        s->kept[s->kept_count++] = *fd;
        *fd = -1;
    } else {
        (void)vhost_back_end(&s->front,
                             "The ends have passed more than %u file descriptors that refer neither to an "
                             "eventfd nor to memory.",
                             OTHER_FILES);
    }
}

/* If the session ends, the exit closes those that are left. */
void wire_drop(struct session *s, struct vwr_vhost_back *h)
{
    for (unsigned i = 0; i < h->files; i++)
        wire_let_go(s, &h->file[i]);
    h->files = 0;
}

/* ---- notifications ---- */

bool wire_can_notify(struct session *s, unsigned queue, bool is_call)
{
    const char *const what = is_call ? "call" : "kick";
    const int file = s->front.file[0];

    if (s->front.files != 1 || (is_call && vwr_vhost_is_socket(file)) || vwr_vhost_is_eventfd(file))
        return true;
    return vhost_back_end(&s->front, "Queue %u: the %s descriptor refers to %s, not to an eventfd.", queue,
                          what, vwr_vhost_kind_of(file));
}

void wire_notify(int to)
{
    /* User Mode Linux passes a socket; wire_can_notify() accepts nothing else */
    if (to >= 0 && !vwr_vhost_notify(to))
        vwr_vhost_notify_socket(to);
}
