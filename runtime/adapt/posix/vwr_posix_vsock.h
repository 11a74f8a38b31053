/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_VSOCK_H
#define VWR_POSIX_VSOCK_H

#include "vwr/vvsock.h"

VWR_BEGIN_C

/*
 * A guest's stream sockets (vwr/vvsock.h) as Unix sockets of a POSIX system, in Firecracker's convention:
 *
 *   guest connects to port P of the host    the VMM connects to the Unix socket PATH_P, for example v.sock_52
 *   host connects to the Unix socket PATH   and writes "CONNECT P\n"; when the guest has accepted, it reads
 *                                           "OK N\n", where N is the port of this end; otherwise the
 *                                           connection is closed
 *
 * One thread of the VMM calls vwr_posix_vsock_serve whenever one of the descriptors of
 * vwr_posix_vsock_watch is ready; the guest's CPUs may run in others, if the VM has locks. Half-closed
 * connections stay half closed. Descriptors do not block, and writes raise no SIGPIPE.
 */

#ifndef VWR_POSIX_VSOCK_SOCKETS
#define VWR_POSIX_VSOCK_SOCKETS 64u /* connections at a time */
#endif
#ifndef VWR_POSIX_VSOCK_BYTES
#define VWR_POSIX_VSOCK_BYTES \
    65536u /* not the specification's: of the receive buffer of a socket, a power of 2 */
#endif
#define VWR_POSIX_VSOCK_COPY 4096u /* not the specification's: bytes in flight */
#define VWR_POSIX_VSOCK_WAITING 8u /* programs that have connected and not said to which port */
#define VWR_POSIX_VSOCK_LINE 32u   /* bytes of "CONNECT P\n" */
#define VWR_POSIX_VSOCK_PATH 108u  /* of a Unix socket, with its end */
#define VWR_POSIX_VSOCK_WATCHED (VWR_POSIX_VSOCK_SOCKETS + VWR_POSIX_VSOCK_WAITING + 2u)

/* A connection: what is in flight to the host and to the guest. Private. */
struct vwr_posix_vsock_connection {
    int fd;        /* -1: none */
    bool greets;   /* a program waits for "OK N\n" */
    bool host_end; /* the program has closed its direction, */
    bool notified; /* and the guest knows */
    bool guest_end;
    uint32_t out, out_at; /* bytes for the host */
    uint32_t in, in_at;   /* bytes for the guest */
    uint8_t to_host[VWR_POSIX_VSOCK_COPY];
    uint8_t to_guest[VWR_POSIX_VSOCK_COPY];
};

/* A program that has not said to which port. Private. */
struct vwr_posix_vsock_line {
    int fd;
    uint32_t n;
    char text[VWR_POSIX_VSOCK_LINE];
};

struct vwr_posix_vsock {
    uint64_t connections; /* that were made */
    uint64_t refused;     /* that the host or the guest did not take */
    /* private */
    struct vwr_vvsock *device;
    int listener;
    int wake[2];
    char path[VWR_POSIX_VSOCK_PATH];
    struct vwr_posix_vsock_connection connection[VWR_POSIX_VSOCK_SOCKETS];
    struct vwr_posix_vsock_line waiting[VWR_POSIX_VSOCK_WAITING];
    struct vwr_socket table[VWR_POSIX_VSOCK_SOCKETS];
    uint8_t buffer[VWR_POSIX_VSOCK_SOCKETS][VWR_SOCKET_BYTES(VWR_POSIX_VSOCK_BYTES)];
};

/* What somebody watches: poll(2)'s events of a descriptor. */
struct vwr_posix_vsock_watched {
    int fd;
    bool reads;
    bool writes;
};

/*
 * Makes the Unix socket `path`, which must not exist, and fills in *o for vwr_vvsock_init: hooks, context and
 * table; the caller sets guest_cid. VWR_OK; VWR_EINVAL: the path is too long; VWR_ENODEV: see errno.
 */
VWR_MUST_CHECK int vwr_posix_vsock_open(struct vwr_posix_vsock *p, const char *path,
                                        struct vwr_vvsock_options *o);

/* The device, after vwr_vvsock_init. */
void vwr_posix_vsock_attach(struct vwr_posix_vsock *p, struct vwr_vvsock *device);

/* Moves what can be moved without waiting. true: there may be more. */
bool vwr_posix_vsock_serve(struct vwr_posix_vsock *p);

/* The descriptors to wait for, and what for; at most VWR_POSIX_VSOCK_WATCHED. Returns their number. */
unsigned vwr_posix_vsock_watch(const struct vwr_posix_vsock *p, struct vwr_posix_vsock_watched *watched);

/* Closes all descriptors and removes the Unix socket. No device may use it any more. */
void vwr_posix_vsock_close(struct vwr_posix_vsock *p);

VWR_END_C

#endif
