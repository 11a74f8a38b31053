/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_VSOCK_H
#define VWR_POSIX_VSOCK_H

#include "vwr/vvsock.h"

VWR_BEGIN_C

/**
 * DOC: A guest's stream sockets as Unix sockets
 *
 * The names follow Firecracker's convention:
 *
 * - The guest connects to port P of the host. The VMM connects to the Unix socket PATH_P, for
 *   example v.sock_52.
 * - A program of the host connects to the Unix socket PATH and writes "CONNECT P\n". When the
 *   guest has accepted, the program reads "OK N\n", where N is the port of the host's end. If the
 *   guest does not accept, the connection is closed.
 *
 * One thread of the VMM waits for the descriptors of vwr_posix_vsock_watch() with poll(2), reports those that
 * are ready with vwr_posix_vsock_ready(), and calls vwr_posix_vsock_serve() until it returns false.
 * vwr_posix_vsock_serve() accepts connections from a descriptor and reads from it only after it was reported.
 * The guest's CPUs may run in other threads if the VM has locks.
 *
 * Half-closed connections stay half closed. Descriptors do not block, and writes raise no SIGPIPE.
 *
 * What a program writes is sent at once, until the guest has more unread packets than one for each
 * VWR_POSIX_VSOCK_PACKET bytes of its buffer (vwr/vvsock.h says why). From then on, bytes are
 * collected until they fill a part of VWR_POSIX_VSOCK_COPY bytes, or the guest reports that it has
 * read the packets. The guest is asked for that report at increasing intervals. If the last interval
 * passes without one, the bytes are sent, unless there are twice as many packets.
 */

#ifndef VWR_POSIX_VSOCK_SOCKETS
#define VWR_POSIX_VSOCK_SOCKETS 64u /* maximum number of connections */
#endif
#ifndef VWR_POSIX_VSOCK_BYTES
/* Size of a socket's receive buffer in bytes, a power of 2. */
#define VWR_POSIX_VSOCK_BYTES 65536u
#endif
#define VWR_POSIX_VSOCK_COPY 4096u   /* bytes in flight in a direction */
#define VWR_POSIX_VSOCK_PACKET 2048u /* bytes of the guest's buffer for each unread packet */
#define VWR_POSIX_VSOCK_WAITING 8u   /* maximum number of programs that have not named a port yet */
#define VWR_POSIX_VSOCK_LINE 32u     /* size of "CONNECT P\n" in bytes */
#define VWR_POSIX_VSOCK_PATH 108u    /* size of a path in bytes, with its terminating NUL */
#define VWR_POSIX_VSOCK_WATCHED (VWR_POSIX_VSOCK_SOCKETS + VWR_POSIX_VSOCK_WAITING + 3u)

/* A connection, and the bytes in flight in both directions; private. */
struct vwr_posix_vsock_connection {
    int fd;        /* -1: none */
    bool greets;   /* the program waits for "OK N\n" */
    bool host_end; /* the program has closed its direction */
    bool notified; /* the guest knows that */
    bool guest_end;
    bool has_bytes;       /* fd was reported as readable, and may have bytes that were not read */
    bool is_full;         /* the last write was partial, and fd was not reported as writable since then */
    uint32_t out, out_at; /* bytes for the host */
    uint32_t in, in_at;   /* bytes for the guest */
    unsigned asked;       /* times since the bytes for the guest are collected; 0: they are sent at once */
    uint64_t ask_ms;      /* CLOCK_MONOTONIC: when the guest is asked again */
    uint8_t to_host[VWR_POSIX_VSOCK_COPY];
    uint8_t to_guest[VWR_POSIX_VSOCK_COPY];
};

/* A program that has not named a port yet; private. */
struct vwr_posix_vsock_line {
    int fd;
    bool has_bytes; /* as in a connection */
    uint32_t n;
    char text[VWR_POSIX_VSOCK_LINE];
};

/**
 * struct vwr_posix_vsock - The sockets of a guest
 * @connections: Number of connections so far.
 * @refused: Number of connections that the host or the guest has refused.
 */
struct vwr_posix_vsock {
    uint64_t connections;
    uint64_t refused;
    /* private: */
    struct vwr_vvsock *device;
    int listener;
    int wake[2];
    bool is_woken; /* a byte is in the pipe, or is about to be written to it */
    /* whether the pipe, the listener and the timer were reported as readable */
    bool has_wake;
    bool has_program;
    bool has_expired;
    int timer;        /* until the guests that have many unread packets are asked again */
    uint64_t wait_ms; /* when the timer expires; 0: it does not run */
    char path[VWR_POSIX_VSOCK_PATH];
    struct vwr_posix_vsock_connection connection[VWR_POSIX_VSOCK_SOCKETS];
    struct vwr_posix_vsock_line waiting[VWR_POSIX_VSOCK_WAITING];
    struct vwr_socket table[VWR_POSIX_VSOCK_SOCKETS];
    uint8_t buffer[VWR_SOCKET_BYTES(VWR_POSIX_VSOCK_SOCKETS, VWR_POSIX_VSOCK_BYTES)];
};

/**
 * struct vwr_posix_vsock_watched - A descriptor to wait for
 * @fd: File descriptor.
 * @reads: Wait until it is readable.
 * @writes: Wait until it is writable.
 */
struct vwr_posix_vsock_watched {
    int fd;
    bool reads;
    bool writes;
};

/**
 * vwr_posix_vsock_open() - Create the Unix socket of a guest
 * @p: Sockets; they need not be initialised.
 * @path: Path, which must not exist. The call does not keep it.
 * @o: Filled in for vwr_vvsock_init_with(): hooks, context and table. The caller sets guest_cid.
 *
 * Context: The VMM.
 * Return: VWR_OK.
 * * VWR_EINVAL: the path is too long.
 * * VWR_ENODEV: the socket cannot be created; errno says why.
 */
VWR_MUST_CHECK int vwr_posix_vsock_open(struct vwr_posix_vsock *p, const char *path,
                                        struct vwr_vvsock_options *o);

/**
 * vwr_posix_vsock_attach() - Connect the sockets to their device
 * @p: Open sockets.
 * @device: Device that vwr_vvsock_init_with() has initialised with the options of
 *   vwr_posix_vsock_open().
 *
 * Context: The VMM, before the guest runs. Does not wait.
 */
void vwr_posix_vsock_attach(struct vwr_posix_vsock *p, struct vwr_vvsock *device);

/**
 * vwr_posix_vsock_ready() - Report that a descriptor is ready
 * @p: Attached sockets.
 * @fd: File descriptor. A descriptor that is not in use is ignored.
 * @reads: The descriptor is readable, is at its end, or has an error.
 * @writes: The descriptor is writable or has an error.
 *
 * vwr_posix_vsock_serve() accepts connections and reads only after this call.
 *
 * Context: The thread that serves the sockets. Does not wait.
 */
void vwr_posix_vsock_ready(struct vwr_posix_vsock *p, int fd, bool reads, bool writes);

/**
 * vwr_posix_vsock_serve() - Move bytes between the guest and the host
 * @p: Attached sockets.
 *
 * Context: The thread that serves the sockets. Does not wait, except for the VM's lock.
 * Return: true: there may be more to move now; call it again.
 */
bool vwr_posix_vsock_serve(struct vwr_posix_vsock *p);

/**
 * vwr_posix_vsock_watch() - List the descriptors to wait for
 * @p: Attached sockets.
 * @watched: Filled in; it has VWR_POSIX_VSOCK_WATCHED entries.
 *
 * Context: The thread that serves the sockets. Does not wait.
 * Return: Number of entries that were filled in.
 */
unsigned vwr_posix_vsock_watch(const struct vwr_posix_vsock *p, struct vwr_posix_vsock_watched *watched);

/**
 * vwr_posix_vsock_close() - Close all descriptors and remove the Unix socket
 * @p: Sockets that no device uses any more.
 *
 * Context: The VMM. Does not wait.
 */
void vwr_posix_vsock_close(struct vwr_posix_vsock *p);

VWR_END_C

#endif
