/* SPDX-License-Identifier: MIT */
#include "vhost.h"

#include <errno.h>
#include <string.h>
#include <time.h>

static struct pollfd set[WATCHED];
static struct {
    loop_ready *ready;
    void *context;
} what[WATCHED];
static unsigned count;

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

static time_t seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

/* A copy of what is ready: a function may change the set. */
static void handle(const struct pollfd *all, unsigned n)
{
    for (unsigned k = 0; k < n; k++) {
        const unsigned i = all[k].revents != 0 ? find(all[k].fd) : count;

        if (i < count)
            what[i].ready(what[i].context, all[k].fd, all[k].revents);
    }
}

void loop_run(const volatile bool *stop, struct end *end, unsigned ends, void (*tick)(void))
{
    static struct pollfd all[WATCHED + ENDS * END_FDS];
    time_t last = seconds();

    while (!*stop) {
        unsigned first[ENDS + 1u] = {count};
        int timeout = 1000;

        memcpy(all, set, count * sizeof(*set));
        for (unsigned i = 0; i < ends; i++)
            first[i + 1u] = first[i] + end_fds(&end[i], all + first[i], &timeout);
        if (poll(all, first[ends], timeout) < 0 && errno != EINTR) {
            say("poll: %s", strerror(errno));
            return;
        }
        if (*stop)
            return;
        handle(all, first[0]);
        for (unsigned i = 0; i < ends; i++)
            end_ready(&end[i], all + first[i], first[i + 1u] - first[i]);
        if (seconds() != last)
            tick();
        last = seconds();
    }
}
