/* SPDX-License-Identifier: MIT */
#ifndef VHOST_HOST_H
#define VHOST_HOST_H

/*
 * What the sources of this folder ask of the host's headers, and what both ends do with the host. The first
 * header of each source, before those of the host.
 */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create, pipe2 */
#endif
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64 /* also on a host of 32 bits */
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

/* Milliseconds of a clock that only runs forwards. */
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

/* Adds one to an eventfd, if there is one; at its limit it has been written to already. */
static inline void vhost_signal(int file)
{
    const uint64_t one = 1;

    if (file >= 0)
        (void)!write(file, &one, sizeof(one));
}

/* Whether a read or a write that returned `n` may be tried again. */
static inline bool vhost_is_later(ssize_t n)
{
    return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
}

#define VHOST_STATE_BYTES (64u << 20) /* longest state of a device; not the specification's */
#define VHOST_STATE_STEP 65536u       /* bytes of it that are read at a time; not the specification's */

/*
 * Makes room for a step more behind `count` bytes of a state. false: errno is EFBIG: the state is too long,
 * or ENOMEM; the bytes are as before.
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

/* The files beside a message. */
union vhost_files {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(VWR_VHOST_USER_MAX_FDS * sizeof(int))];
};

/* Puts `count` files beside a message; `room` lives until it is sent. */
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
