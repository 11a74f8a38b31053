/* SPDX-License-Identifier: MIT */
#ifndef POSIX_SIZE_LIMIT_H
#define POSIX_SIZE_LIMIT_H

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <time.h>

/*
 * A file that would grow beyond RLIMIT_FSIZE: the system answers EFBIG, and sends the thread SIGXFSZ, which
 * ends the process unless it says otherwise. What a guest writes does not end a VMM, and a library changes no
 * handler of the process: the thread blocks the signal meanwhile, and takes it. Where the VMM has blocked it
 * itself nothing is changed.
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

/* `failed`: a call in between did. Leaves errno. */
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
