/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_CAN_H
#define VWR_POSIX_CAN_H

#include "vwr/vcan.h"

VWR_BEGIN_C

/**
 * DOC: Frames of a guest's CAN controller in a socket, on Linux
 *
 * The socket is a raw socket of SocketCAN on an interface of the host, such as can0 or vcan0, or a Unix
 * socket of type SOCK_SEQPACKET, on which another program sends and receives the same structures: struct
 * can_frame and struct canfd_frame of linux/can.h.
 *
 * A hook of the VMM (vwr/vcan.h) calls vwr_posix_can_send(). SocketCAN reports only that a frame is queued,
 * so the option `late` of the device must not be set. The VMM waits until the socket is readable or, after
 * VWR_EFULL, writable.
 */

/**
 * struct vwr_posix_can - A socket with frames
 * @socket: Descriptor, which does not block.
 * @fd_frames: The interface has FD frames.
 */
struct vwr_posix_can {
    int socket;
    bool fd_frames;
};

/**
 * vwr_posix_can_open() - Open a raw socket on a CAN interface
 * @c: Filled in.
 * @interface: Name of the interface.
 *
 * Return: 0, or -1 with errno.
 */
VWR_MUST_CHECK int vwr_posix_can_open(struct vwr_posix_can *c, const char *interface);

/**
 * vwr_posix_can_connect() - Connect to a Unix socket of type SOCK_SEQPACKET
 * @c: Filled in.
 * @path: Path of the socket.
 *
 * Return: 0, or -1 with errno.
 */
VWR_MUST_CHECK int vwr_posix_can_connect(struct vwr_posix_can *c, const char *path);

/**
 * vwr_posix_can_send() - Send a frame
 * @c: Socket.
 * @f: Frame.
 *
 * Return: VWR_OK: it is queued.
 * * VWR_EFULL: the socket has no room; it becomes writable.
 * * VWR_EIO: the frame cannot be sent.
 */
VWR_MUST_CHECK int vwr_posix_can_send(const struct vwr_posix_can *c, const struct vwr_can_frame *f);

/**
 * vwr_posix_can_receive() - Receive a frame
 * @c: Socket.
 * @f: Filled in.
 *
 * Return: 1: there is a frame. 0: there is none, or one that is not valid was dropped.
 * * VWR_EIO: the interface is bus off.
 * * VWR_EGONE: the socket has no other end any more.
 */
VWR_MUST_CHECK int vwr_posix_can_receive(const struct vwr_posix_can *c, struct vwr_can_frame *f);

VWR_END_C

#endif
