/* SPDX-License-Identifier: MIT */
#ifndef VHOST_SIZE_LIMIT_H
#define VHOST_SIZE_LIMIT_H

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

/*
 * Calls that grow a file or a memfd. Beyond RLIMIT_FSIZE they fail with EFBIG, and SIGXFSZ is sent to the
 * thread, which by default terminates the process. Signal handlers belong to the program, so the thread
 * blocks the signal during the call and consumes it.
 */

static inline void vhost_size_limit_begin(sigset_t *before)
{
    sigset_t set;

    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGXFSZ);
    (void)pthread_sigmask(SIG_BLOCK, &set, before);
}

/* Preserves errno. */
static inline void vhost_size_limit_end(const sigset_t *before, bool failed)
{
    static const struct timespec now = {0, 0};
    const int why = errno;
    sigset_t set;

    if (sigismember(before, SIGXFSZ) == 1)
        return;
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGXFSZ);
    while (failed && why == EFBIG && sigtimedwait(&set, NULL, &now) < 0 && errno == EINTR)
        ;
    (void)pthread_sigmask(SIG_SETMASK, before, NULL);
    errno = why;
}

/* As write(2) and ftruncate(2). */
static inline ssize_t vhost_write(int file, const void *bytes, size_t count)
{
    sigset_t before;
    ssize_t n;

    vhost_size_limit_begin(&before);
    n = write(file, bytes, count);
    vhost_size_limit_end(&before, n < 0);
    return n;
}

static inline int vhost_truncate(int file, uint64_t bytes)
{
    sigset_t before;
    int r;

    vhost_size_limit_begin(&before);
    r = ftruncate(file, (off_t)bytes);
    vhost_size_limit_end(&before, r != 0);
    return r;
}

#endif
