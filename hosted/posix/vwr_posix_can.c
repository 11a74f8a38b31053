/* SPDX-License-Identifier: MIT */
#include "posix_host.h"

#include "vwr_posix_can.h"

#include <errno.h>
#include <linux/can.h>
#include <linux/can/error.h>
#include <linux/can/raw.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Frames of a guest in a socket: SocketCAN, or a Unix socket with the same structures. */

static int close_socket(int fd)
{
    const int why = errno;

    close(fd);
    errno = why;
    return -1;
}

/* An interface with FD frames has their MTU. */
static bool has_fd_frames(int fd, const char *interface)
{
    const int on = 1;
    struct ifreq r;

    memset(&r, 0, sizeof(r));
    memcpy(r.ifr_name, interface, strnlen(interface, sizeof(r.ifr_name) - 1));
    return ioctl(fd, SIOCGIFMTU, &r) == 0 && r.ifr_mtu >= (int)CANFD_MTU &&
           setsockopt(fd, SOL_CAN_RAW, CAN_RAW_FD_FRAMES, &on, sizeof(on)) == 0;
}

int vwr_posix_can_open(struct vwr_posix_can *c, const char *interface)
{
    const can_err_mask_t errors = CAN_ERR_BUSOFF;
    const int least = 0; /* so that the socket is full before the interface's queue, which does not wait */
    struct sockaddr_can at;

    memset(&at, 0, sizeof(at));
    at.can_family = AF_CAN;
    at.can_ifindex = (int)if_nametoindex(interface);
    if (at.can_ifindex == 0)
        return -1;
    c->socket = socket(PF_CAN, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, CAN_RAW);
    if (c->socket < 0)
        return -1;
    c->fd_frames = has_fd_frames(c->socket, interface);
    (void)setsockopt(c->socket, SOL_SOCKET, SO_SNDBUF, &least, sizeof(least));
    if (setsockopt(c->socket, SOL_CAN_RAW, CAN_RAW_ERR_FILTER, &errors, sizeof(errors)) != 0 ||
        bind(c->socket, (const struct sockaddr *)&at, sizeof(at)) != 0)
        return close_socket(c->socket);
    return 0;
}

int vwr_posix_can_connect(struct vwr_posix_can *c, const char *path)
{
    struct sockaddr_un at;

    memset(&at, 0, sizeof(at));
    at.sun_family = AF_UNIX;
    if (strlen(path) >= sizeof(at.sun_path)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(at.sun_path, path, strlen(path));
    c->fd_frames = true;
    c->socket = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c->socket < 0)
        return -1;
    return connect(c->socket, (const struct sockaddr *)&at, sizeof(at)) == 0 ? 0 : close_socket(c->socket);
}

/* Both structures begin alike. */
_Static_assert(offsetof(struct canfd_frame, data) == offsetof(struct can_frame, data), "one layout");

int vwr_posix_can_send(const struct vwr_posix_can *c, const struct vwr_can_frame *f)
{
    const bool fd = (f->flags & VWR_CAN_FLAGS_FD) != 0;
    struct canfd_frame to;
    ssize_t n;

    memset(&to, 0, sizeof(to));
    to.can_id = f->id | ((f->flags & VWR_CAN_FLAGS_EXTENDED) != 0 ? CAN_EFF_FLAG : 0) |
                ((f->flags & VWR_CAN_FLAGS_RTR) != 0 ? CAN_RTR_FLAG : 0);
    to.len = (uint8_t)f->length;
    memcpy(to.data, f->data, f->length);
    do
        n = send(c->socket, &to, fd ? CANFD_MTU : CAN_MTU, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    if (n >= 0)
        return VWR_OK;
    return errno == EAGAIN || errno == ENOBUFS ? VWR_EFULL : VWR_EIO;
}

static bool decode(const struct canfd_frame *from, bool fd, struct vwr_can_frame *f)
{
    const bool extended = (from->can_id & CAN_EFF_FLAG) != 0, rtr = (from->can_id & CAN_RTR_FLAG) != 0;

    f->id = from->can_id & (extended ? CAN_EFF_MASK : CAN_SFF_MASK);
    f->flags = (fd ? (uint32_t)VWR_CAN_FLAGS_FD : 0) | (extended ? (uint32_t)VWR_CAN_FLAGS_EXTENDED : 0) |
               (rtr ? (uint32_t)VWR_CAN_FLAGS_RTR : 0);
    f->length = from->len;
    if (from->len > (fd ? CANFD_MAX_DLEN : CAN_MAX_DLEN) || (fd && rtr) || (from->can_id & CAN_ERR_FLAG) != 0)
        return false;
    memset(f->data, 0, sizeof(f->data));
    memcpy(f->data, from->data, rtr ? 0 : from->len);
    return true;
}

int vwr_posix_can_receive(const struct vwr_posix_can *c, struct vwr_can_frame *f)
{
    struct canfd_frame from;
    ssize_t n;

    do
        n = recv(c->socket, &from, sizeof(from), 0);
    while (n < 0 && errno == EINTR);
    if (n == 0)
        return VWR_EGONE;
    if (n < 0)
        return errno == EAGAIN || errno == ENETDOWN ? 0 : VWR_EGONE;
    if (n != (ssize_t)CAN_MTU && n != (ssize_t)CANFD_MTU)
        return 0;
    if ((from.can_id & CAN_ERR_FLAG) != 0 && (from.can_id & CAN_ERR_BUSOFF) != 0)
        return VWR_EIO;
    return decode(&from, n == (ssize_t)CANFD_MTU, f);
}
