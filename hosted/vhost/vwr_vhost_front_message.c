/* SPDX-License-Identifier: MIT */
#include "vhost_front_common.h"
#include "vhost_message.h"
#include "vhost_notifier.h"

#include <errno.h>
#include <linux/sockios.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>

/* Messages of the vhost-user protocol. Everything that the back end sends is checked here. */

bool vwr_vhost_front_break(struct vwr_vhost_front *v, uint32_t error, uint64_t got)
{
    if (!v->broken) {
        v->broken = true;
        v->error = error;
        v->got = got;
        if (v->socket >= 0)
            (void)shutdown(v->socket, SHUT_WR); /* the back end ends the connection, then closes its end */
    }
    return false;
}

/* Whether as many descriptors of the back end are kept as the limit allows: nothing more is read. */
static bool message_is_full(const struct vwr_vhost_front *v)
{
    return v->kept_count >= VWR_VHOST_FRONT_KEPT;
}

/* ---- time ---- */

/* Waits until the socket is ready, at most until `end`. */
static bool message_wait(struct vwr_vhost_front *v, short events, int64_t end)
{
    struct pollfd p = {.fd = v->socket, .events = events};

    for (;;) {
        const int64_t left = end - (int64_t)vhost_now_ms();
        const int n = poll(&p, 1, left > 0 ? (int)left : 0);

        if (n > 0)
            return true;
        if (n == 0 && left <= 0)
            return vwr_vhost_front_break(v, VWR_VHOST_FRONT_SILENT, v->options.timeout_ms);
        if (n < 0 && errno != EINTR)
            return vwr_vhost_front_break(v, VWR_VHOST_FRONT_SYSTEM, (uint64_t)errno);
    }
}

bool vwr_vhost_front_connect(struct vwr_vhost_front *v)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};

    v->broken = false;
    v->request = 0;
    (void)memcpy(to.sun_path, v->path, strlen(v->path));
    (void)memcpy(v->tried, v->path, sizeof(v->tried));
    if (message_is_full(v))
        return vwr_vhost_front_break(v, VWR_VHOST_FRONT_FDS, v->kept_count);
    v->socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (v->socket < 0)
        return vwr_vhost_front_break(v, VWR_VHOST_FRONT_SYSTEM, (uint64_t)errno);
    if (connect(v->socket, (const struct sockaddr *)&to, sizeof(to)) == 0) {
        v->connections++;
        return true;
    }
    (void)vwr_vhost_front_break(v, VWR_VHOST_FRONT_CONNECT, (uint64_t)errno);
    vhost_close(&v->socket);
    return false;
}

/* ---- out ---- */

static bool message_out(struct vwr_vhost_front *v, const struct vwr_vhost_user_hdr *h, const void *payload,
                        const int *fds, unsigned fd_count, int64_t end)
{
    struct iovec part[2] = {{(void *)(uintptr_t)h, sizeof(*h)}, {(void *)(uintptr_t)payload, h->size}};
    struct msghdr m = {.msg_iov = part, .msg_iovlen = 2};
    union vhost_files room;
    size_t left = sizeof(*h) + h->size;

    vhost_attach(&m, &room, fds, fd_count);
    while (left > 0) {
        ssize_t n = sendmsg(v->socket, &m, MSG_NOSIGNAL | MSG_DONTWAIT);

        if (n < 0 && !vhost_is_later(n))
            return vwr_vhost_front_break(v, VWR_VHOST_FRONT_CLOSED, (uint64_t)errno);
        if (n < 0 && !message_wait(v, POLLOUT, end))
            return false;
        if (n <= 0)
            continue;
        left -= (size_t)n;
        m.msg_control = NULL; /* the descriptors are sent with the first byte */
        m.msg_controllen = 0;
        for (unsigned i = 0; i < 2; i++) {
            const size_t cut = (size_t)n < part[i].iov_len ? (size_t)n : part[i].iov_len;

            part[i].iov_base = (uint8_t *)part[i].iov_base + cut;
            part[i].iov_len -= cut;
            n -= (ssize_t)cut;
        }
    }
    return true;
}

/* ---- in ---- */

/*
 * Keeps a descriptor open until vwr_vhost_front_end(): a close can wait for as long as the back end likes,
 * for example of a TCP socket that lingers until its data is sent.
 */
static void message_keep(struct vwr_vhost_front *v, int *fd)
{
    if (v->kept_count == VWR_COUNT(v->kept)) /* not reached: beyond the limit nothing is read */
        return;
    v->kept[v->kept_count++] = *fd;
    *fd = -1;
}

/* Keeps the file descriptors of a message. false: there were none. */
static bool message_keep_fds(struct vwr_vhost_front *v, struct msghdr *m)
{
    bool any = (m->msg_flags & MSG_CTRUNC) != 0;

    for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c != NULL; c = CMSG_NXTHDR(m, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
            continue;
        for (size_t at = CMSG_LEN(0); at + sizeof(int) <= c->cmsg_len; at += sizeof(int)) {
            int fd;

            (void)memcpy(&fd, (uint8_t *)c + at, sizeof(fd));
            if (vwr_vhost_is_socket(fd)) /* the back end's own end, which would look as if it stayed open */
                (void)shutdown(fd, SHUT_RDWR);
            message_keep(v, &fd);
            any = true;
        }
    }
    return any;
}

ssize_t vwr_vhost_front_receive(struct vwr_vhost_front *v, int fd, void *into, size_t bytes, bool *fds)
{
    struct iovec part = {into, bytes};
    union vhost_received_files room;
    struct msghdr m = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = room.bytes, .msg_controllen = sizeof(room.bytes)};
    ssize_t n;

    *fds = false;
    if (message_is_full(v)) {
        errno = EMFILE;
        return -1;
    }
    n = recvmsg(fd, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    *fds = n >= 0 && message_keep_fds(v, &m);
    return n;
}

/* The receive queue contains file descriptors too, which are closed with the socket. */
void vwr_vhost_front_release(struct vwr_vhost_front *v, int *fd)
{
    int bytes = 0;

    if (*fd < 0)
        return;
    (void)shutdown(*fd, SHUT_RD);
    if (ioctl(*fd, SIOCINQ, &bytes) == 0 && bytes == 0) {
        vhost_close(fd);
        return;
    }
    (void)epoll_ctl(v->poll, EPOLL_CTL_DEL, *fd, NULL);
    message_keep(v, fd);
}

void vwr_vhost_front_close_kept(struct vwr_vhost_front *v)
{
    for (unsigned i = 0; i < v->kept_count; i++)
        vhost_close(&v->kept[i]);
    v->kept_count = 0;
}

static bool message_in(struct vwr_vhost_front *v, void *into, size_t bytes, int64_t end)
{
    uint8_t *at = into;

    while (bytes > 0) {
        bool fds;
        const ssize_t n = vwr_vhost_front_receive(v, v->socket, at, bytes, &fds);

        if (fds)
            return vwr_vhost_front_break(v, VWR_VHOST_FRONT_FDS, 0);
        if (n == 0 || (n < 0 && !vhost_is_later(n)))
            return vwr_vhost_front_break(v, VWR_VHOST_FRONT_CLOSED, n < 0 ? (uint64_t)errno : 0);
        if (n < 0 && !message_wait(v, POLLIN, end))
            return false;
        if (n > 0) {
            at += n;
            bytes -= (size_t)n;
        }
    }
    return true;
}

static bool message_reply(struct vwr_vhost_front *v, uint32_t request, void *reply, uint32_t least,
                          uint32_t most, uint32_t *bytes, int64_t end)
{
    struct vwr_vhost_user_hdr h;

    if (!message_in(v, &h, sizeof(h), end))
        return false;
    if (h.request != request)
        return vwr_vhost_front_break(v, VWR_VHOST_FRONT_REQUEST, h.request);
    if ((h.flags & ~(uint32_t)VWR_VHOST_USER_FLAG_NEED_REPLY) !=
        (VWR_VHOST_USER_VERSION | (uint32_t)VWR_VHOST_USER_FLAG_REPLY))
        return vwr_vhost_front_break(v, VWR_VHOST_FRONT_FLAGS, h.flags);
    if (h.size < least || h.size > most)
        return vwr_vhost_front_break(v, VWR_VHOST_FRONT_SIZE, h.size);
    *bytes = h.size;
    return message_in(v, reply, h.size, end);
}

/* ---- messages ---- */

static uint64_t message_started(const struct vwr_vhost_front *v)
{
    uint64_t rings = 0;

    for (unsigned i = 0; i < VWR_VHOST_FRONT_QUEUES; i++)
        rings |= (uint64_t)v->ring[i].started << i;
    return rings;
}

/* Whether the protocol allows the message now. `answered`: the message has its own reply. */
static bool message_is_allowed(const struct vwr_vhost_front *v, const struct vwr_vhost_user_hdr *h,
                               const void *payload, unsigned fd_count, bool answered)
{
    const struct vwr_socket_message *const m = vhost_request(h->request);

    return m != NULL && (m->answered != 0) == answered && vhost_is_accepted(m, v->protocol_features) &&
           vhost_has_size(m, h->size) && vhost_has_files(m, fd_count) && vhost_is_after(m, v->sent) &&
           vhost_must_stop(m, payload, message_started(v)) == 0;
}

static bool message_begin(struct vwr_vhost_front *v, const struct vwr_vhost_user_hdr *h, const void *payload,
                          unsigned fd_count, bool answered, int64_t *end)
{
    *end = (int64_t)vhost_now_ms() + v->options.timeout_ms;
    if (v->socket < 0 || v->broken)
        return false;
    v->request = h->request;
    if (!message_is_allowed(v, h, payload, fd_count, answered))
        return vwr_vhost_front_break(v, VWR_VHOST_FRONT_UNSENT, h->size);
    v->sent |= (uint64_t)1 << h->request;
    return true;
}

/* Sends a request, with a file descriptor if there is one, and receives its reply. */
static bool message_get(struct vwr_vhost_front *v, uint32_t request, const void *payload,
                        uint32_t payload_bytes, int file, void *reply, uint32_t room, uint32_t *bytes)
{
    const struct vwr_vhost_user_hdr h = {
        .request = request, .flags = VWR_VHOST_USER_VERSION, .size = payload_bytes};
    const unsigned files = file >= 0;
    const struct vwr_socket_message *m;
    int64_t end;

    if (!message_begin(v, &h, payload, files, true, &end) || !message_out(v, &h, payload, &file, files, end))
        return false;
    m = vhost_request(request);
    return message_reply(v, request, reply, m->reply_least, m->reply_most < room ? m->reply_most : room,
                         bytes, end);
}

bool vwr_vhost_front_get(struct vwr_vhost_front *v, uint32_t request, const void *payload,
                         uint32_t payload_bytes, void *reply, uint32_t room, uint32_t *bytes)
{
    return message_get(v, request, payload, payload_bytes, -1, reply, room, bytes);
}

bool vwr_vhost_front_get_with(struct vwr_vhost_front *v, uint32_t request, const void *payload,
                              uint32_t payload_bytes, int file, uint64_t *value)
{
    struct vwr_vhost_user_number number = {0};
    uint32_t bytes;
    const bool ok = message_get(v, request, payload, payload_bytes, file, &number, sizeof(number), &bytes);

    *value = number.value;
    return ok;
}

bool vwr_vhost_front_get_number(struct vwr_vhost_front *v, uint32_t request, uint64_t *value)
{
    return vwr_vhost_front_get_with(v, request, NULL, 0, -1, value);
}

bool vwr_vhost_front_send(struct vwr_vhost_front *v, uint32_t request, const void *payload, uint32_t bytes,
                          const int *fds, unsigned fd_count)
{
    const bool ack = vhost_front_has(v, VWR_VHOST_USER_PROTOCOL_F_REPLY_ACK);
    const uint32_t flags = VWR_VHOST_USER_VERSION | (ack ? (uint32_t)VWR_VHOST_USER_FLAG_NEED_REPLY : 0u);
    const struct vwr_vhost_user_hdr h = {.request = request, .flags = flags, .size = bytes};
    struct vwr_vhost_user_number answer = {0};
    uint32_t got;
    int64_t end;

    if (!message_begin(v, &h, payload, fd_count, false, &end) ||
        !message_out(v, &h, payload, fds, fd_count, end))
        return false;
    if (ack && !message_reply(v, request, &answer, sizeof(answer), sizeof(answer), &got, end))
        return false;
    return answer.value == 0 || vwr_vhost_front_break(v, VWR_VHOST_FRONT_REFUSED, answer.value);
}

bool vwr_vhost_front_set(struct vwr_vhost_front *v, uint32_t request, uint64_t value)
{
    const struct vwr_vhost_user_number number = {.value = value};

    return vwr_vhost_front_send(v, request, &number, sizeof(number), NULL, 0);
}

bool vwr_vhost_front_is_closed(struct vwr_vhost_front *v)
{
    uint8_t waste[sizeof(struct vwr_vhost_user_hdr)];
    bool fds;
    ssize_t n;

    if (v->socket < 0)
        return true;
    if (message_is_full(v))
        return poll(&(struct pollfd){.fd = v->socket}, 1, 0) > 0; /* POLLHUP */
    n = v->broken ? vwr_vhost_front_receive(v, v->socket, waste, sizeof(waste), &fds)
                  : recv(v->socket, waste, sizeof(waste), MSG_DONTWAIT | MSG_PEEK);
    if (n > 0 && !v->broken) /* no reply is expected */
        (void)vwr_vhost_front_break(v, VWR_VHOST_FRONT_REQUEST, 0);
    if (n > 0 || vhost_is_later(n))
        return false;
    (void)vwr_vhost_front_break(v, VWR_VHOST_FRONT_CLOSED, 0);
    return true;
}

bool vwr_vhost_front_serve_back_end(struct vwr_vhost_front *v)
{
    struct vwr_vhost_user_hdr h;
    bool fds = false;
    ssize_t n;

    if (v->backend < 0)
        return false;
    n = vwr_vhost_front_receive(v, v->backend, &h, sizeof(h), &fds);
    if (vhost_is_later(n))
        return false;
    if (n != (ssize_t)sizeof(h) || fds || h.size != 0 ||
        h.request != VWR_VHOST_USER_BACKEND_CONFIG_CHANGE_MSG) {
        vwr_vhost_front_release(v, &v->backend); /* no other request is negotiated */
        return false;
    }
    if ((h.flags & VWR_VHOST_USER_FLAG_NEED_REPLY) != 0) {
        struct {
            struct vwr_vhost_user_hdr h;
            uint8_t value[sizeof(struct vwr_vhost_user_number)];
        } answer = {.h = {h.request, VWR_VHOST_USER_VERSION | (uint32_t)VWR_VHOST_USER_FLAG_REPLY,
                          sizeof(struct vwr_vhost_user_number)}};

        VWR_STATIC_ASSERT(sizeof(answer) == sizeof(answer.h) + sizeof(answer.value), "no padding");
        (void)send(v->backend, &answer, sizeof(answer), MSG_DONTWAIT | MSG_NOSIGNAL);
    }
    return true;
}
