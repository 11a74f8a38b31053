/* SPDX-License-Identifier: MIT */
#ifndef POSIX_SIZE_LIMIT_H
#define POSIX_SIZE_LIMIT_H

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <time.h>

/*
 * A write beyond RLIMIT_FSIZE fails with EFBIG and sends SIGXFSZ to the thread, which by default terminates
 * the process. A guest must not be able to terminate the VMM, and a library must not change the process's
 * signal handlers, so the thread blocks the signal during the call and consumes it. If the VMM has blocked it
 * itself, nothing changes.
 */
struct posix_size_limit {
    sigset_t before;
};

static inline void posix_size_limit_begin(struct posix_size_limit *l)
{
    sigset_t set;

    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGXFSZ);
    (void)pthread_sigmask(SIG_BLOCK, &set, &l->before);
}

/* `failed`: whether a call in between has failed. Preserves errno. */
static inline void posix_size_limit_end(const struct posix_size_limit *l, bool failed)
{
    static const struct timespec now = {0, 0};
    const int why = errno;
    sigset_t set;

    if (sigismember(&l->before, SIGXFSZ) == 1)
        return;
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGXFSZ);
    while (failed && why == EFBIG && sigtimedwait(&set, NULL, &now) < 0 && errno == EINTR)
        ;
    (void)pthread_sigmask(SIG_SETMASK, &l->before, NULL);
    errno = why;
}

#endif
