/* SPDX-License-Identifier: MIT */
#include "backend.h"

#include "vwr/gen/vhost_user.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CONFIG_BYTES 60u
#define REGIONS_MOST 3u

struct message {
    struct vwr_vhost_user_hdr h;
    uint8_t body[1024];
};

static pthread_mutex_t idle_lock = PTHREAD_MUTEX_INITIALIZER; /* held while there is a connection */

static bool reads(int fd, void *into, size_t bytes, int *kept)
{
    uint8_t *at = into;

    while (bytes > 0) {
        union {
            struct cmsghdr align;
            char bytes[CMSG_SPACE(8 * sizeof(int))];
        } room;
        struct iovec part = {at, bytes};
        struct msghdr m = {
            .msg_iov = &part, .msg_iovlen = 1, .msg_control = &room, .msg_controllen = sizeof(room)};
        const ssize_t n = recvmsg(fd, &m, MSG_CMSG_CLOEXEC);

        if (n <= 0)
            return false;
        for (struct cmsghdr *c = CMSG_FIRSTHDR(&m); c != NULL; c = CMSG_NXTHDR(&m, c))
            for (size_t i = CMSG_LEN(0); i + sizeof(int) <= c->cmsg_len; i += sizeof(int)) {
                int got;

                (void)memcpy(&got, (uint8_t *)c + i, sizeof(got));
                if (*kept >= 0)
                    (void)close(*kept);
                *kept = got;
            }
        at += n;
        bytes -= (size_t)n;
    }
    return true;
}

static void writes(int fd, const void *p, size_t bytes, unsigned fds)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(32 * sizeof(int))];
    } room = {0};
    struct iovec part = {(void *)(uintptr_t)p, bytes};
    struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1};

    if (fds > 0) {
        m.msg_control = &room;
        m.msg_controllen = CMSG_SPACE(fds * sizeof(int));
        CMSG_FIRSTHDR(&m)->cmsg_level = SOL_SOCKET;
        CMSG_FIRSTHDR(&m)->cmsg_type = SCM_RIGHTS;
        CMSG_FIRSTHDR(&m)->cmsg_len = CMSG_LEN(fds * sizeof(int));
        for (unsigned i = 0; i < fds; i++)
            (void)memcpy((uint8_t *)CMSG_FIRSTHDR(&m) + CMSG_LEN(i * sizeof(int)), &fd, sizeof(fd));
    }
    (void)sendmsg(fd, &m, MSG_NOSIGNAL);
}

static void number(struct message *m, uint64_t value)
{
    m->h.size = sizeof(value);
    (void)memcpy(m->body, &value, sizeof(value));
}

/* The true answer, in place. False: there is none. */
static bool answer(const struct backend *b, struct message *m, uint64_t *status)
{
    const bool asked = (m->h.flags & VWR_VHOST_USER_FLAG_NEED_REPLY) != 0;
    struct vwr_vhost_user_config c;

    m->h.flags = VWR_VHOST_USER_VERSION | VWR_VHOST_USER_FLAG_REPLY;
    switch (m->h.request) {
    case VWR_VHOST_USER_GET_FEATURES:
        number(m, b->features);
        return true;
    case VWR_VHOST_USER_GET_PROTOCOL_FEATURES:
        number(m, b->protocol);
        return true;
    case VWR_VHOST_USER_GET_QUEUE_NUM:
        number(m, 1);
        return true;
    case VWR_VHOST_USER_GET_MAX_MEM_SLOTS:
        number(m, b->slots != 0 ? b->slots : REGIONS_MOST);
        return true;
    case VWR_VHOST_USER_GET_STATUS:
        number(m, *status);
        return true;
    case VWR_VHOST_USER_GET_VRING_BASE:
        return true; /* index and 0 */
    case VWR_VHOST_USER_GET_CONFIG:
        (void)memcpy(&c, m->body, sizeof(c));
        if (c.size > CONFIG_BYTES)
            m->h.size = 0;
        else
            m->body[sizeof(c)] = 64; /* a capacity */
        return true;
    case VWR_VHOST_USER_SET_STATUS:
        (void)memcpy(status, m->body, sizeof(*status));
        break;
    default:
        break;
    }
    number(m, 0);
    return asked;
}

/* False: closes the connection. */
static bool lies(enum lie lie, int fd, struct message *m)
{
    static const uint8_t ones[64] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    struct message other = *m;
    size_t bytes = sizeof(m->h) + m->h.size;
    unsigned fds = 0;

    switch (lie) {
    case LIE_DIE:
        return false;
    case LIE_DIE_HALF:
    case LIE_HALF:
        writes(fd, m, sizeof(m->h) / 2, 0);
        return lie == LIE_HALF;
    case LIE_NO_BODY:
        m->h.size = sizeof(uint64_t);
        bytes = sizeof(m->h);
        break;
    case LIE_SILENT:
        return true;
    case LIE_REQUEST:
        m->h.request++;
        break;
    case LIE_NO_REPLY_FLAG:
        m->h.flags &= ~(uint32_t)VWR_VHOST_USER_FLAG_REPLY;
        break;
    case LIE_VERSION:
        m->h.flags ^= VWR_VHOST_USER_FLAG_VERSION;
        break;
    case LIE_FLAGS:
        m->h.flags |= 0x80000000u;
        break;
    case LIE_EMPTY:
        m->h.size = 0;
        bytes = sizeof(m->h);
        break;
    case LIE_LESS:
        bytes -= m->h.size > 0;
        m->h.size -= m->h.size > 0;
        break;
    case LIE_MORE:
        m->h.size++;
        bytes++;
        break;
    case LIE_HUGE:
        m->h.size = 0xffffffffu;
        break;
    case LIE_FD:
    case LIE_FDS:
    case LIE_TOO_MANY_FDS:
        fds = lie == LIE_FD ? 1 : lie == LIE_FDS ? 8 : 30;
        break;
    case LIE_UNASKED:
        other.h.request = VWR_VHOST_USER_SET_OWNER;
        writes(fd, &other, sizeof(other.h) + other.h.size, 0);
        break;
    case LIE_ZERO:
        (void)memset(m->body, 0, m->h.size);
        break;
    case LIE_ONES:
        (void)memcpy(m->body, ones, m->h.size < sizeof(ones) ? m->h.size : sizeof(ones));
        break;
    default:
        (void)memset(m->body, 0x5a, m->h.size);
        break;
    }
    writes(fd, m, bytes, fds);
    return true;
}

static void serves(struct backend *b, int fd)
{
    uint64_t status = 0;
    struct message m;
    int kept = -1;

    for (b->messages = 0; reads(fd, &m.h, sizeof(m.h), &kept); b->messages++) {
        bool answered;

        if (m.h.size > sizeof(m.body) - 8 || !reads(fd, m.body, m.h.size, &kept))
            break;
        if (m.h.request == VWR_VHOST_USER_SET_BACKEND_REQ_FD) {
            b->request_fd = kept;
            kept = -1;
        }
        answered = answer(b, &m, &status);
        b->reached = b->reached || b->messages == b->at;
        if (answered && b->lie != LIE_NONE && b->messages == b->at && !b->acted) {
            b->acted = true;
            if (!lies(b->lie, fd, &m))
                break;
        } else if (answered) {
            writes(fd, &m, sizeof(m.h) + m.h.size, 0);
        }
    }
    if (kept >= 0)
        (void)close(kept);
}

static void *runs(void *context)
{
    struct backend *const b = context;
    struct pollfd p[2] = {{.fd = b->listener, .events = POLLIN}, {.fd = b->stop[0], .events = POLLIN}};

    while (poll(p, 2, -1) > 0 && p[1].revents == 0) {
        int fd;

        (void)pthread_mutex_lock(&idle_lock);
        fd = accept4(b->listener, NULL, NULL, SOCK_CLOEXEC);
        serves(b, fd);
        while (b->stays_open)
            (void)usleep(1000);
        (void)close(fd);
        if (b->request_fd >= 0)
            (void)close(b->request_fd);
        b->request_fd = -1;
        (void)pthread_mutex_unlock(&idle_lock);
    }
    return NULL;
}

void backend_idle(struct backend *b)
{
    struct pollfd p = {.fd = b->listener, .events = POLLIN};

    while (poll(&p, 1, 0) > 0) /* a connection that the thread has not seen */
        (void)usleep(100);
    (void)pthread_mutex_lock(&idle_lock);
    (void)pthread_mutex_unlock(&idle_lock);
}

bool backend_begin(struct backend *b, const char *path)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};

    (void)unlink(path);
    if (strlen(path) >= sizeof(a.sun_path))
        return false;
    (void)memcpy(a.sun_path, path, strlen(path));
    b->request_fd = -1;
    b->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return b->listener >= 0 && bind(b->listener, (struct sockaddr *)&a, sizeof(a)) == 0 &&
           listen(b->listener, 4) == 0 && pipe2(b->stop, O_CLOEXEC) == 0 &&
           pthread_create(&b->thread, NULL, runs, b) == 0;
}

void backend_end(struct backend *b)
{
    (void)close(b->stop[1]);
    (void)pthread_join(b->thread, NULL);
    (void)close(b->stop[0]);
    (void)close(b->listener);
}
