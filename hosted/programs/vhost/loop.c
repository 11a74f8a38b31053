/* SPDX-License-Identifier: MIT */
#include "vhost.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#define SECOND_US 1000000u
#define LOOK_FIRST_US 4u   /* initial duration of polling, to find out whether polling is worthwhile */
#define LOOK_MOST_US 1000u /* maximum duration while there is always work */

static struct pollfd set[WATCHED];
static struct {
    loop_ready *ready;
    void *context;
} what[WATCHED];
static unsigned count;
static bool is_stopped;

static unsigned find(int fd)
{
    unsigned i = 0;

    while (i < count && set[i].fd != fd)
        i++;
    return i;
}

void loop_watch(int fd, short events, loop_ready *ready, void *context)
{
    const unsigned i = find(fd);

    if (i == WATCHED) {
        say("too many descriptors");
        return;
    }
    if (i == count)
        count++;
    set[i] = (struct pollfd){.fd = fd, .events = events};
    what[i].ready = ready;
    what[i].context = context;
}

void loop_forget(int fd)
{
    const unsigned i = find(fd);

    if (i == count)
        return;
    count--;
    set[i] = set[count];
    what[i] = what[count];
}

static uint64_t now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * SECOND_US + (uint64_t)t.tv_nsec / 1000u;
}

uint64_t loop_now_ms(void)
{
    return now_us() / 1000u;
}

/* ---- polling before sleeping ---- */

/*
 * Polls the rings as long as work comes within `look` microseconds, but at most LOOK_MOST_US, so that
 * descriptors are served too. Returns the current time.
 */
static uint64_t look_at(struct end *end, unsigned look)
{
    const uint64_t begin = now_us();
    uint64_t now = begin;

    for (uint64_t last = begin; now - last < look && now - begin < LOOK_MOST_US; now = now_us())
        if (end_poll_rings(end))
            last = now;
    if (look != 0)
        end_stop_polling(end);
    return now;
}

/* Computes how long to poll next time: not at all if the program has slept for longer than it may poll. */
static unsigned adapt(unsigned look, uint64_t slept_us, unsigned most)
{
    if (slept_us >= most)
        return 0;
    if (slept_us == 0)
        return look;
    look = look != 0 ? 2u * look : LOOK_FIRST_US;
    return look < most ? look : most;
}

/* Works on a copy of the set, because a function may change it. */
static void handle(const struct pollfd *all, unsigned n)
{
    for (unsigned k = 0; k < n; k++) {
        const unsigned i = all[k].revents != 0 ? find(all[k].fd) : count;

        if (i < count)
            what[i].ready(what[i].context, all[k].fd, all[k].revents);
    }
}

static void stopped(void *context, int fd, short events)
{
    (void)fd;
    (void)events;
    (void)context;
    is_stopped = true;
}

void loop_run(struct end *end, int stop, void (*tick)(struct end *end), unsigned look_us)
{
    static struct pollfd all[WATCHED + END_FDS];
    uint64_t last = now_us() / SECOND_US;
    unsigned look = 0;

    loop_watch(stop, POLLIN, stopped, NULL);
    while (!is_stopped && !end->over) {
        uint64_t now = look_at(end, look);
        const unsigned own = count;
        unsigned n;
        int timeout = 1000;

        memcpy(all, set, own * sizeof(*set));
        n = end_fds(end, all + own, &timeout);
        if (end->kind->settle != NULL && end->kind->settle(end))
            timeout = 0;
        if (poll(all, own + n, timeout) < 0 && errno != EINTR) {
            say("poll: %s", strerror(errno));
            return;
        }
        look = adapt(look, now_us() - now, look_us);
        handle(all, own);
        end_ready(end, all + own, n);
        now /= SECOND_US;
        if (now != last)
            tick(end);
        last = now;
    }
}
