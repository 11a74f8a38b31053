/* SPDX-License-Identifier: MIT */
#include "monitor.h"

#include "vhost_back_common.h"
#include "vhost_host.h"
#include "vhost_notifier.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

/*
 * Messages with their file descriptors, and notifications, between the ends. Either end may send half a
 * message, read nothing, or change the flags of a shared open file. No call here therefore waits longer than
 * PATIENCE_MS, and each call that waits ends with the program.
 */

#define PATIENCE_S 10 /* for an end that no longer reads or sends; it is a process, and may be stopped */

/* ---- the end of the program ---- */

static volatile bool stop;
static int stop_file = -1;

static void on_signal(int number)
{
    const int why = errno;

    (void)number;
    stop = true;
    vhost_signal(stop_file);
    errno = why;
}

static bool ends_by_hangup; /* not below nohup */

bool stop_begin(void)
{
    const struct sigaction a = {.sa_handler = on_signal};

    stop_file = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (stop_file < 0)
        return false;
    sigaction(SIGINT, &a, NULL);
    sigaction(SIGTERM, &a, NULL);
    ends_by_hangup = signal(SIGHUP, SIG_IGN) != SIG_IGN;
    if (ends_by_hangup)
        sigaction(SIGHUP, &a, NULL);
    signal(SIGPIPE, SIG_IGN);
    return true;
}

/* The remaining work depends on neither end; a second signal ends even that. */
void stop_end(void)
{
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    if (ends_by_hangup)
        signal(SIGHUP, SIG_DFL);
}

bool stop_is_wanted(void)
{
    return stop;
}

int stop_fd(void)
{
    return stop_file;
}

/*
 * Returns as poll(2); 0 also when the program has to end. The descriptor stays readable, so no signal is
 * missed.
 */
int stop_or_poll(int fd, short events, int timeout_ms)
{
    struct pollfd fds[2] = {{.fd = stop_file, .events = POLLIN}, {.fd = fd, .events = events}};
    const int ready = poll(fds, 2, timeout_ms);

    if (ready < 0)
        return errno == EINTR ? 0 : -1;
    return !stop && fds[1].revents != 0;
}

/* ---- messages ---- */

/* Waits until an end is ready. false: it is not by `end_ms`, or the program has to end. */
static bool is_ready(int fd, short events, uint64_t end_ms)
{
    for (uint64_t now = vhost_now_ms(); now < end_ms && !stop; now = vhost_now_ms()) {
        const int ready = stop_or_poll(fd, events, (int)(end_ms - now));

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

        if (vhost_is_later(n) && is_ready(to->fd, POLLOUT, end))
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
        if (!is_ready(h->fd, POLLIN, end)) {
            (void)gives_up(s, who_is(s, h), "not sent the rest of a message");
            return -1;
        }
    }
    return 1;
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
