/* SPDX-License-Identifier: MIT */
#include "monitor.h"

#include "vhost_back_common.h"
#include "vhost_host.h"
#include "vhost_notifier.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define SECOND_MS 1000
#define BESIDE_MS 5   /* between two inspections of the rings, if no notification arrives */
#define FOLLOWED 64u  /* notifications between two rests */
#define IS_MESSAGE 1u /* in its set; notifications have 0 */

/*
 * A front end and a back end with this program between them. The monitor inspects the ring before a
 * notification is forwarded. All calls of the monitor are made here, by one thread. At the end, nothing is
 * closed or unmapped: the exit of the process does that, and whatever it waits for, nobody waits for it.
 */

/* ---- messages ---- */

/*
 * Replaces the file descriptor of a notification with an eventfd of this program: *ours. The first
 * notification through new descriptors stands for any that were lost in the previous ones.
 */
static bool replace(struct session *s, int *theirs, int *ours, const int *last)
{
    struct vwr_vhost_back *const from = &s->front;
    const bool again = *ours >= 0;
    int copy;

    wire_let_go(s, theirs);
    vhost_close(ours);
    if (from->files != 1)
        return true; /* none: the sides look at the ring */
    *ours = eventfd(0, EFD_CLOEXEC);
    copy = *ours < 0 ? -1 : dup(*ours);
    if (copy < 0)
        return false;
    *theirs = from->file[0];
    from->file[0] = copy;
    if (again)
        wire_notify(*last);
    return true;
}

/*
 * Notifications bypass this program, which also holds the eventfd but does not read from it. When the
 * notified end has read the eventfd, it becomes writable again, which is an edge.
 */
static bool watch_notifications(struct session *s, int *theirs)
{
    struct epoll_event event = {.events = EPOLLOUT | EPOLLET};

    if (*theirs >= 0)
        (void)epoll_ctl(s->wake, EPOLL_CTL_DEL, *theirs, NULL);
    wire_let_go(s, theirs);
    if (s->front.files != 1)
        return true;
    *theirs = dup(s->front.file[0]);
    return *theirs >= 0 && epoll_ctl(s->wake, EPOLL_CTL_ADD, *theirs, &event) == 0;
}

static struct ring *ring_of(struct session *s)
{
    const uint64_t index = follow_number(&s->front) & VWR_VHOST_USER_VRING_IDX_MASK;

    return index < QUEUES ? &s->ring[index] : NULL;
}

/* The socket may have file descriptors in its queue, which a close would close too. */
static void end_channel(struct session *s, int *fd)
{
    if (*fd < 0)
        return;
    (void)shutdown(*fd, SHUT_RDWR);
    wire_let_go(s, fd);
}

/* The back end's own requests come through a socket that the front end creates. */
static bool replace_channel(struct session *s)
{
    int pair[2];

    if (s->front.files != 1)
        return true;
    if (!vwr_vhost_is_socket(s->front.file[0]))
        return vhost_back_end(
            &s->front, "The descriptor for back-end requests refers to %s, not to a Unix stream socket.",
            vwr_vhost_kind_of(s->front.file[0]));
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    end_channel(s, &s->asked.fd);
    end_channel(s, &s->answer.fd);
    s->answer.fd = s->front.file[0];
    s->asked.fd = pair[0];
    s->front.file[0] = pair[1];
    return true;
}

static bool replace_notifier(struct session *s, bool is_call)
{
    struct ring *const r = ring_of(s);

    if (r == NULL)
        return true; /* the back end refuses it */
    if (!wire_can_notify(s, (unsigned)(r - s->ring), is_call))
        return false;
    if (s->wake >= 0)
        return watch_notifications(s, is_call ? &r->call_in : &r->kick_in);
    return is_call ? replace(s, &r->call_out, &r->call_in, &r->call_out)
                   : replace(s, &r->kick_in, &r->kick_out, &r->kick_out);
}

static bool replace_files(struct session *s)
{
    switch (s->front.in.hdr.request) {
    case VWR_VHOST_USER_SET_VRING_KICK:
        return replace_notifier(s, false);
    case VWR_VHOST_USER_SET_VRING_CALL:
        return replace_notifier(s, true);
    case VWR_VHOST_USER_SET_BACKEND_REQ_FD:
        return replace_channel(s);
    default:
        return true;
    }
}

static bool from_front(struct session *s)
{
    const int r = wire_receive(s, &s->front);
    bool done;

    if (r <= 0)
        return r == 0;
    s->messages[0]++;
    follow_request(s);
    done = !s->front.ended && replace_files(s) && wire_pass(s, &s->front, &s->back);
    wire_drop(s, &s->front);
    return done;
}

static bool from_back(struct session *s)
{
    const int r = wire_receive(s, &s->back);
    bool done;

    if (r <= 0)
        return r == 0;
    s->messages[1]++;
    follow_reply(s);
    done = wire_pass(s, &s->back, &s->front);
    wire_drop(s, &s->back);
    return done;
}

/* The channel for the back end's requests; an end that closes it closes it for both. */
static void between(struct session *s, struct vwr_vhost_back *from, struct vwr_vhost_back *to)
{
    const int r = wire_receive(s, from);

    if (r > 0 && from == &s->asked && from->in.hdr.request == VWR_VHOST_USER_BACKEND_VRING_CALL)
        follow_look(s);
    if (r < 0 || (r > 0 && !wire_pass(s, from, to))) {
        end_channel(s, &from->fd);
        end_channel(s, &to->fd);
    }
    wire_drop(s, from);
}

/* ---- notifications ---- */

/*
 * Reads the counter of `from`, inspects the ring, and notifies `to`; a full counter already is a
 * notification. An end may have read the counter since poll(2); then there is nothing to forward.
 */
static void notify(struct session *s, int from, int to, uint64_t *count)
{
    if (!vwr_vhost_take(from))
        return;
    (*count)++;
    follow_look(s);
    wire_notify(to);
}

/* ---- the loop ---- */

struct waiting {
    struct pollfd fds[5u + 2u * QUEUES];
    struct ring *ring[5u + 2u * QUEUES];
    unsigned count;
};

static void wait_for(struct waiting *w, int fd, struct ring *r)
{
    if (fd < 0)
        return;
    w->ring[w->count] = r;
    w->fds[w->count++] = (struct pollfd){.fd = fd, .events = POLLIN};
}

static void collect(struct session *s, struct waiting *w)
{
    w->count = 0;
    wait_for(w, s->front.fd, NULL);
    wait_for(w, s->back.fd, NULL);
    wait_for(w, s->asked.fd, NULL);
    wait_for(w, s->answer.fd, NULL);
    wait_for(w, stop_fd(), NULL);
    for (unsigned i = 0; i < QUEUES && s->wake < 0; i++) {
        wait_for(w, s->ring[i].kick_in, &s->ring[i]);
        wait_for(w, s->ring[i].call_in, &s->ring[i]);
    }
}

static bool handle(struct session *s, const struct waiting *w)
{
    for (unsigned i = 0; i < w->count; i++) {
        struct ring *const r = w->ring[i];

        if (r == NULL || w->fds[i].revents == 0)
            continue;
        if (w->fds[i].fd == r->kick_in)
            notify(s, r->kick_in, r->kick_out, &r->kicks);
        else if (w->fds[i].fd == r->call_in)
            notify(s, r->call_in, r->call_out, &r->calls);
    }
    if (w->count == 0)
        return true;
    if (w->fds[1].revents != 0 && !from_back(s))
        return false;
    if (w->fds[0].revents != 0 && !from_front(s))
        return false;
    for (unsigned i = 2; i < w->count && w->ring[i] == NULL; i++) {
        if (w->fds[i].revents != 0 && w->fds[i].fd == s->asked.fd)
            between(s, &s->asked, &s->answer);
        else if (w->fds[i].revents != 0 && w->fds[i].fd == s->answer.fd)
            between(s, &s->answer, &s->asked);
    }
    return !s->front.ended;
}

static uint64_t now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000u + (uint64_t)t.tv_nsec / 1000u;
}

/*
 * Pauses the monitor, so that it follows the rings for one part in `one_in` of the time. Returns whether a
 * message or a signal has ended the pause early.
 */
static bool rest(struct session *s, struct waiting *w, uint64_t followed_us)
{
    const uint64_t ms = followed_us * (s->one_in - 1u) / 1000u;

    vwr_monitor_pause(&s->monitor);
    return poll(w->fds, w->count, ms < SECOND_MS ? (int)ms : SECOND_MS) != 0;
}

/*
 * Inspects the ring at each notification that bypasses this program, until there is a message or a signal.
 * The kernel rejects descriptors that are already in the set, and removes closed ones.
 */
static void watch_beside(struct session *s, struct waiting *w)
{
    struct epoll_event event[8] = {{.events = EPOLLIN, .data.u32 = IS_MESSAGE}};
    uint64_t since = now_us();
    unsigned followed = 0;
    bool is_over = false;

    for (unsigned i = 0; i < w->count; i++)
        (void)epoll_ctl(s->wake, EPOLL_CTL_ADD, w->fds[i].fd, &event[0]);
    while (!is_over && !s->front.lost) {
        const int count = epoll_wait(s->wake, event, sizeof(event) / sizeof(event[0]), BESIDE_MS);

        if (count < 0)
            return;
        for (int i = 0; i < count; i++)
            is_over |= event[i].data.u32 == IS_MESSAGE;
        follow_look(s);
        followed += (unsigned)count;
        if (s->one_in > 1 && followed >= FOLLOWED && !is_over) {
            is_over = rest(s, w, now_us() - since);
            since = now_us();
            followed = 0;
        }
    }
}

/* Waits until something is ready. */
static bool wait_and_look(struct session *s, struct waiting *w)
{
    int ready;

    if (s->wake >= 0)
        watch_beside(s, w);
    ready = poll(w->fds, w->count, s->wake >= 0 ? 0 : SECOND_MS);
    for (unsigned i = 0; i < w->count && ready > 0; i++)
        if (w->fds[i].fd == stop_fd())
            stop_see(w->fds[i].revents);
    if (ready < 0)
        w->count = 0;
    return ready >= 0 || errno == EINTR;
}

void session_run(struct session *s, int back, const struct way *way)
{
    struct waiting w;

    s->back.fd = back;
    s->one_in = way->one_in;
    s->wake = way->is_beside ? epoll_create1(EPOLL_CLOEXEC) : -1;
    s->is_open = true;
    do {
        collect(s, &w);
    } while (wait_and_look(s, &w) && !stop_is_wanted() && !s->front.lost && handle(s, &w));
    follow_end(s);
}
