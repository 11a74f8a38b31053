/* SPDX-License-Identifier: MIT */
#ifndef VWR_VSOCK_OPEN_H
#define VWR_VSOCK_OPEN_H

#include "vwr/open.h"
#include "vwr/vsock.h"

VWR_BEGIN_C

/**
 * DOC: Socket device for vwr_open()
 *
 * This header defines the driver and the memory of a socket device for vwr_open(). See vwr/vsock.h.
 */

/** VWR_VSOCK_OPEN_SOCKETS - Number of sockets */
#ifndef VWR_VSOCK_OPEN_SOCKETS
#define VWR_VSOCK_OPEN_SOCKETS 8u /* not the specification's */
#endif

/** VWR_VSOCK_OPEN_BYTES - Capacity of the receive buffer of a socket in bytes, a power of 2 */
#ifndef VWR_VSOCK_OPEN_BYTES
#define VWR_VSOCK_OPEN_BYTES 8192u /* not the specification's */
#endif

/**
 * struct vwr_vsock_open_own - Private memory of a socket device
 * @vsock: Device; the first member.
 * @socket: Sockets.
 * @buffer: Receive buffers.
 */
struct vwr_vsock_open_own {
    struct vwr_vsock vsock;
    struct vwr_socket socket[VWR_VSOCK_OPEN_SOCKETS];
    uint8_t buffer[VWR_VSOCK_OPEN_SOCKETS][VWR_SOCKET_BYTES(VWR_VSOCK_OPEN_BYTES)];
};

/**
 * struct vwr_vsock_open_shared - Shared memory of a socket device (see struct vwr_queue_memory)
 * @queues: Queues and buffers.
 */
struct vwr_vsock_open_shared {
    struct vwr_vsock_shared queues;
};

extern const struct vwr_open_class vwr_vsock_open_class;

VWR_END_C

#endif
