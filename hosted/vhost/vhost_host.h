/* SPDX-License-Identifier: MIT */
#ifndef VHOST_HOST_H
#define VHOST_HOST_H

/*
 * Feature-test macros for the host's headers, and helpers for both ends. Each source file includes this
 * header first.
 */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create, pipe2 */
#endif
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64 /* on 32-bit hosts too */
#endif

#include "vwr/gen/vhost_user.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Milliseconds of a monotonic clock. */
static inline uint64_t vhost_now_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000u + (uint64_t)t.tv_nsec / 1000000u;
}

static inline void vhost_close(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

/* Signals an eventfd that belongs only to this process, if there is one. A full counter is already signalled.
 */
static inline void vhost_signal(int file)
{
    const uint64_t one = 1;

    if (file >= 0)
        (void)!write(file, &one, sizeof(one));
}

/* Whether a read or write that returned `n` can be tried again later. */
static inline bool vhost_is_later(ssize_t n)
{
    return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
}

#define VHOST_STATE_BYTES (64u << 20) /* maximum size of a state */
#define VHOST_STATE_STEP 65536u       /* bytes of a state per read */

/*
 * Grows the buffer of a state by a step behind its `count` bytes. false: errno is EFBIG (the state is too
 * long) or ENOMEM, and the buffer is unchanged.
 */
static inline bool vhost_grow_state(uint8_t **bytes, size_t *room, size_t count)
{
    const size_t wanted = count + count / 2u + 2u * VHOST_STATE_STEP;
    uint8_t *more;

    if (*room - count >= VHOST_STATE_STEP)
        return true;
    errno = EFBIG;
    more = count < VHOST_STATE_BYTES ? realloc(*bytes, wanted) : NULL;
    if (more == NULL)
        return false;
    *bytes = more;
    *room = wanted;
    return true;
}

#define VHOST_RECEIVED_FILES 253u /* SCM_MAX_FD of the kernel */

/* Ancillary data: the file descriptors of a message. */
union vhost_files {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(VWR_VHOST_USER_MAX_FDS * sizeof(int))];
};

/*
 * All file descriptors that the kernel passes at once: a message of the other end may have more than the
 * protocol allows. The kernel closes those for which there is no room.
 */
union vhost_received_files {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(VHOST_RECEIVED_FILES * sizeof(int))];
};

/* Attaches `count` file descriptors to a message. `room` has to live until the message is sent. */
static inline void vhost_attach(struct msghdr *m, union vhost_files *room, const int *fds, unsigned count)
{
    struct cmsghdr *const c = &room->align;

    if (count == 0)
        return;
    (void)memset(room, 0, sizeof(*room));
    m->msg_control = room;
    m->msg_controllen = CMSG_SPACE(count * sizeof(int));
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(count * sizeof(int));
    (void)memcpy(CMSG_DATA(c), fds, count * sizeof(int));
}

#endif
