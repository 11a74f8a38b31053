/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_common.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

/* A Unix socket, and vhost-user messages with their file descriptors. */

int vwr_vhost_back_listen(const char *path)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    int listener, why;

    if (strlen(path) > VWR_VHOST_BACK_PATH) {
        errno = ENAMETOOLONG;
        return -1;
    }
    (void)snprintf(at.sun_path, sizeof(at.sun_path), "%s.%d", path, (int)getpid());
    listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener < 0)
        return -1;
    (void)unlink(at.sun_path); /* left by a killed process with the same number */
    if (bind(listener, (const struct sockaddr *)&at, sizeof(at)) == 0 && listen(listener, 1) == 0 &&
        link(at.sun_path, path) == 0) {
        (void)unlink(at.sun_path);
        return listener;
    }
    why = errno;
    (void)unlink(at.sun_path);
    vhost_close(&listener);
    errno = why;
    return -1;
}

int vwr_vhost_back_connect(const char *path)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    int fd, why;

    if (strlen(path) > VWR_VHOST_BACK_PATH) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(at.sun_path, path, strlen(path));
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || connect(fd, (const struct sockaddr *)&at, sizeof(at)) == 0)
        return fd;
    why = errno;
    vhost_close(&fd);
    errno = why;
    return -1;
}

void vwr_vhost_back_explain_path(const char *path, int error, char *text, size_t bytes)
{
    if (error == EEXIST)
        (void)snprintf(text, bytes, "%s is there already. Next: end the program that serves it, or remove it",
                       path);
    else if (error == ENAMETOOLONG)
        (void)snprintf(text, bytes, "%s: the path of a socket has at most %u bytes", path,
                       VWR_VHOST_BACK_PATH);
    else
        (void)snprintf(text, bytes, "%s: %s", path, strerror(error));
}

/*
 * As recv(2), without waiting. At most `most` of the file descriptors that come with the bytes are appended
 * to h->file; *others is the number of the others, which are deferred. There is room for all: the kernel
 * closes none, and neither does this function, because a close can wait.
 */
static ssize_t receive_bytes(struct vwr_vhost_back *h, int from, struct iovec to, unsigned most,
                             unsigned *others, bool *lost)
{
    union vhost_received_files room;
    struct msghdr m;
    ssize_t n;

    memset(&m, 0, sizeof(m));
    m.msg_iov = &to;
    m.msg_iovlen = 1;
    m.msg_control = &room;
    m.msg_controllen = sizeof(room);
    n = recvmsg(from, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    *others = 0;
    *lost = n >= 0 && (m.msg_flags & MSG_CTRUNC) != 0;
    for (struct cmsghdr *c = n >= 0 ? CMSG_FIRSTHDR(&m) : NULL; c != NULL; c = CMSG_NXTHDR(&m, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
            continue;
        for (size_t at = CMSG_LEN(0); at + sizeof(int) <= c->cmsg_len; at += sizeof(int)) {
            int file;

            memcpy(&file, (const uint8_t *)c + at, sizeof(file));
            if (h->files < most) {
                h->file[h->files++] = file;
            } else {
                vhost_back_defer(h, &file);
                ++*others;
            }
        }
    }
    return n;
}

/* The kernel drops file descriptors beyond the limit of this process. */
static bool check_files(struct vwr_vhost_back *h, unsigned others, bool lost)
{
    struct rlimit limit = {0, 0};

    if (others != 0)
        return vhost_back_end(h, "A message has more than %u file descriptors.", VWR_VHOST_USER_MAX_FDS);
    if (!lost)
        return true;
    (void)getrlimit(RLIMIT_NOFILE, &limit);
    return vhost_back_end(h,
                          "File descriptors of a message were lost: RLIMIT_NOFILE of this process is %llu.",
                          (unsigned long long)limit.rlim_cur);
}

/* Size of the message in h->in, as far as it is known yet; 0: the message is too long. */
static size_t bytes_of(const struct vwr_vhost_back *h)
{
    if (h->got < sizeof(h->in.hdr))
        return sizeof(h->in.hdr);
    if (h->in.hdr.size > sizeof(h->in) - sizeof(h->in.hdr))
        return 0;
    return sizeof(h->in.hdr) + h->in.hdr.size;
}

/* false: there are no more bytes yet, or the connection has ended. */
static bool receive_some(struct vwr_vhost_back *h, size_t wanted)
{
    const struct iovec to = {h->in.byte + h->got, wanted - h->got};
    unsigned others;
    bool lost;
    const ssize_t n = receive_bytes(h, h->fd, to, VWR_VHOST_USER_MAX_FDS, &others, &lost);

    if (vhost_is_later(n))
        return false;
    if (n == 0)
        return vhost_back_end(h, "The front end has closed the connection.");
    if (n < 0)
        return vhost_back_end(h, "The connection has failed: %s.", strerror(errno));
    h->got += (size_t)n;
    return check_files(h, others, lost);
}

ssize_t vhost_back_receive_state(struct vwr_vhost_back *h, int from, void *to, size_t bytes)
{
    unsigned others;
    bool lost;
    const ssize_t n = receive_bytes(h, from, (struct iovec){to, bytes}, 0, &others, &lost);

    if (others == 0 && !lost)
        return n;
    (void)vhost_back_end(h, "The state comes with file descriptors; it has none.");
    errno = EPROTO;
    return -1;
}

bool vhost_back_receive(struct vwr_vhost_back *h)
{
    for (;;) { /* terminates: each pass receives more of the message */
        const size_t wanted = bytes_of(h);

        if (wanted == 0)
            return vhost_back_end(h, "Message %u is too long: %u bytes.", h->in.hdr.request, h->in.hdr.size);
        if (h->got == wanted)
            return true;
        if (!receive_some(h, wanted))
            return false;
    }
}

bool vhost_back_send(int to, uint32_t request, uint32_t flags, const void *payload, size_t bytes, int file)
{
    struct vwr_vhost_user_hdr hdr = {request, flags | VWR_VHOST_USER_VERSION, (uint32_t)bytes};
    struct iovec part[2] = {{&hdr, sizeof(hdr)}, {(void *)(uintptr_t)payload, bytes}};
    union vhost_files room;
    struct msghdr m;
    ssize_t n;

    memset(&m, 0, sizeof(m));
    m.msg_iov = part;
    m.msg_iovlen = 2;
    vhost_attach(&m, &room, &file, file >= 0);
    do {
        n = sendmsg(to, &m, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (n < 0 && errno == EINTR);
    return n ==
           (ssize_t)(sizeof(hdr) +
                     bytes); /* fails, and ends the connection, if the front end does not read its replies */
}
