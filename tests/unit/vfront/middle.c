/* SPDX-License-Identifier: MIT */
#include "middle.h"

#include "vhost_host.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define STEP_BYTES 100u

struct message {
    struct vwr_vhost_user_hdr h;
    uint8_t body[1024];
    int file[VWR_VHOST_USER_MAX_FDS];
    unsigned files;
};

/* ---- messages ---- */

static bool reads(int fd, void *into, size_t bytes, struct message *m)
{
    union vhost_files room;
    struct iovec part = {into, bytes};
    struct msghdr h = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &room, .msg_controllen = sizeof(room)};
    struct cmsghdr *c;

    if (bytes == 0)
        return true;
    if (recvmsg(fd, &h, MSG_WAITALL | MSG_CMSG_CLOEXEC) != (ssize_t)bytes)
        return false;
    c = CMSG_FIRSTHDR(&h);
    if (c == NULL)
        return true;
    m->files = (unsigned)((c->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    (void)memcpy(m->file, CMSG_DATA(c), m->files * sizeof(int));
    return true;
}

static bool takes(int fd, struct message *m)
{
    m->files = 0;
    return reads(fd, &m->h, sizeof(m->h), m) && m->h.size <= sizeof(m->body) &&
           reads(fd, m->body, m->h.size, m);
}

static bool gives(int fd, struct message *m)
{
    union vhost_files room;
    struct iovec part = {m, sizeof(m->h) + m->h.size};
    struct msghdr h = {.msg_iov = &part, .msg_iovlen = 1};
    bool ok;

    vhost_attach(&h, &room, m->file, m->files);
    ok = sendmsg(fd, &h, MSG_NOSIGNAL) == (ssize_t)part.iov_len;
    for (unsigned i = 0; i < m->files; i++)
        (void)close(m->file[i]);
    return ok;
}

/* ---- a step that fails ---- */

static void acts(struct middle *m, uint32_t request)
{
    m->acted = true;
    m->request = request;
}

/* The back end gets a different file, through which the state is forwarded up to the limit. */
static bool takes_state(struct middle *m, struct message *s)
{
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    m->state[0] = s->file[0];
    m->state[1] = pair[0];
    m->left = m->at * STEP_BYTES;
    s->file[0] = pair[1];
    return true;
}

static void passes_state(struct middle *m)
{
    uint8_t bytes[STEP_BYTES];
    const ssize_t n = read(m->state[0], bytes, sizeof(bytes));
    const size_t some = n > 0 && (size_t)n < m->left ? (size_t)n : n > 0 ? m->left : 0;

    (void)!write(m->state[1], bytes, some);
    m->left -= (unsigned)some;
    if (n > (ssize_t)some)
        acts(m, VWR_VHOST_USER_SET_DEVICE_STATE_FD);
    if (n <= (ssize_t)some && n > 0)
        return;
    vhost_close(&m->state[1]);
    if (n <= 0)
        vhost_close(&m->state[0]);
}

static bool passes_message(struct middle *m)
{
    struct message s;

    if (!takes(m->front, &s))
        return false;
    if (s.h.request == VWR_VHOST_USER_GET_CONFIG) /* the first message after the move */
        m->act = MIDDLE_ACTS;
    if (m->act == MIDDLE_DIES && m->messages++ == m->at) {
        acts(m, s.h.request);
        for (unsigned i = 0; i < s.files; i++)
            (void)close(s.file[i]);
        return false;
    }
    if (m->act == MIDDLE_CUTS && s.h.request == VWR_VHOST_USER_SET_DEVICE_STATE_FD && !takes_state(m, &s))
        return false;
    return gives(m->back, &s);
}

static bool can_refuse(uint32_t request)
{
    return request != VWR_VHOST_USER_GET_QUEUE_NUM && request != VWR_VHOST_USER_GET_MAX_MEM_SLOTS;
}

/* As the answer to a query for features, 1 lacks the features that the device needs. */
static bool passes_reply(struct middle *m)
{
    const uint64_t one = 1;
    struct message s;

    if (!takes(m->back, &s))
        return false;
    if (m->act == MIDDLE_REFUSES && can_refuse(s.h.request) && m->replies++ == m->at) {
        acts(m, s.h.request);
        (void)memcpy(s.body, &one, sizeof(one));
    }
    return gives(m->front, &s);
}

/* ---- the thread ---- */

static void passes_all(struct middle *m)
{
    struct pollfd p[3] = {{.fd = m->front, .events = POLLIN}, {.fd = m->back, .events = POLLIN}};
    bool ok = true;

    while (ok) {
        p[2] = (struct pollfd){.fd = m->state[0], .events = POLLIN};
        ok = poll(p, 3, -1) > 0;
        if (ok && p[2].revents != 0)
            passes_state(m);
        if (ok && p[1].revents != 0)
            ok = passes_reply(m);
        if (ok && p[0].revents != 0)
            ok = passes_message(m);
    }
}

static bool address(struct sockaddr_un *to, const char *path)
{
    (void)memset(to, 0, sizeof(*to));
    to->sun_family = AF_UNIX;
    return snprintf(to->sun_path, sizeof(to->sun_path), "%s", path) < (int)sizeof(to->sun_path);
}

static void *runs(void *context)
{
    struct middle *const m = context;
    struct sockaddr_un to;

    m->front = accept4(m->listener, NULL, NULL, SOCK_CLOEXEC);
    m->back = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (address(&to, m->to) && connect(m->back, (const struct sockaddr *)&to, sizeof(to)) == 0)
        passes_all(m);
    vhost_close(&m->front);
    vhost_close(&m->back);
    vhost_close(&m->state[0]);
    vhost_close(&m->state[1]);
    return NULL;
}

bool middle_begin(struct middle *m, const char *path)
{
    struct sockaddr_un at;

    (void)unlink(path);
    m->front = m->back = m->state[0] = m->state[1] = -1;
    m->listener = -1;
    m->acted = m->act == MIDDLE_ABSENT && m->at == 0;
    if (m->acted)
        return true;
    m->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    m->runs = address(&at, path) && bind(m->listener, (const struct sockaddr *)&at, sizeof(at)) == 0 &&
              listen(m->listener, 1) == 0 && pthread_create(&m->thread, NULL, runs, m) == 0;
    return m->runs;
}

void middle_end(struct middle *m)
{
    if (m->runs) {
        (void)shutdown(m->listener, SHUT_RDWR); /* of a front end that did not connect */
        (void)pthread_join(m->thread, NULL);
    }
    m->runs = false;
    vhost_close(&m->listener);
}
