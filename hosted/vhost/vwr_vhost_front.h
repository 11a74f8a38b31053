/* SPDX-License-Identifier: MIT */
#ifndef VWR_VHOST_FRONT_H
#define VWR_VHOST_FRONT_H

#include "vwr/dev.h"
#include "vwr/request.h"
#include "vwr/gen/vhost_user.h"

VWR_BEGIN_C

/**
 * DOC: vhost-user, driver side
 *
 * A transport for a Linux process. The device is in another process, a vhost-user back end such as
 * qemu-storage-daemon, DPDK, or ./vwr vhost. Every class of the driver side works on it unchanged::
 *
 *     r = vwr_vhost_front_probe(&v, &options);           // connects to the back end
 *     o.shared = vwr_vhost_front_memory(&v, bytes);      // for queues and all data buffers
 *     r = vwr_blk_open(&blk, &v.dev, &o);
 *     ...
 *     r = vwr_close(&blk.bringup);
 *     vwr_vhost_front_end(&v);                           // disconnects, and returns the memory
 *
 * The library and the program need -DVWR_ACCESS_CALLS=1. DMA addresses are addresses of this process,
 * so the port must not translate them; port/host does not.
 *
 * If the back end exits, closes the connection, breaks the protocol or does not answer in time, the
 * device has DEVICE_NEEDS_RESET set. The recovery of the class then connects to the same path again,
 * as often as it takes, and replays or returns the requests in flight. The old back end may write
 * to the memory until it has closed its end of the connection, so the reset completes only then.
 *
 * The transport does not need INFLIGHT_SHMFD: the driver knows its requests in flight, and the rings
 * of a new connection are empty.
 */

/* Limits and defaults. */
#ifndef VWR_VHOST_FRONT_QUEUES
#define VWR_VHOST_FRONT_QUEUES 32u /* maximum number of queues */
#endif
#ifndef VWR_VHOST_FRONT_REGIONS
/* Maximum number of calls of vwr_vhost_front_memory(). */
#define VWR_VHOST_FRONT_REGIONS VWR_VHOST_USER_MEMORY_MAX_REGIONS
#endif
/* Maximum number of descriptors of the back end that are kept open until vwr_vhost_front_end(). */
#define VWR_VHOST_FRONT_KEPT 256u
#define VWR_VHOST_FRONT_PATH 108u        /* size of a path in bytes, with its terminating NUL */
#define VWR_VHOST_FRONT_RING_MAX 1024u   /* default of options.ring_max */
#define VWR_VHOST_FRONT_TIMEOUT_MS 1000u /* default of options.timeout_ms */

/**
 * struct vwr_vhost_front_options - Options of a connection; a value of 0 selects the default
 * @path: Unix socket on which the back end listens.
 * @type: Device type, VWR_ID_*. The protocol does not transfer it.
 * @timeout_ms: Time limit in milliseconds for a message, and for all messages of a connection
 *   set-up together.
 * @ring_max: Maximum number of descriptors of a ring. The protocol does not transfer it.
 * @config: Configuration space, for a back end that does not serve it. NULL: such a space reads
 *   as 0, and the device offers no feature whose field is in it.
 * @config_bytes: Size of @config in bytes.
 */
struct vwr_vhost_front_options {
    const char *path;
    uint32_t type;
    uint32_t timeout_ms;
    uint32_t ring_max;
    const void *config;
    uint32_t config_bytes;
};

/** enum vwr_vhost_front_error - Why a connection was given up */
enum vwr_vhost_front_error {
    VWR_VHOST_FRONT_NONE = 0,
    VWR_VHOST_FRONT_PATH_LONG, /* the path does not fit a socket address */
    VWR_VHOST_FRONT_SYSTEM,    /* a system call failed: `got` is errno */
    VWR_VHOST_FRONT_CONNECT,   /* nobody listens: `got` is errno */
    VWR_VHOST_FRONT_CLOSED,    /* the back end closed the connection */
    VWR_VHOST_FRONT_SILENT,    /* no answer in time */
    VWR_VHOST_FRONT_REQUEST,   /* the reply is for another request: `got` */
    VWR_VHOST_FRONT_FLAGS,     /* the reply's flags: `got` */
    VWR_VHOST_FRONT_SIZE,      /* the reply's size: `got` */
    VWR_VHOST_FRONT_FDS,       /* file descriptors with a message that has none, or `got` are kept */
    VWR_VHOST_FRONT_REFUSED,   /* REPLY_ACK: the back end answered with an error, `got` */
    VWR_VHOST_FRONT_VALUE,     /* a value is out of range: `got` */
    VWR_VHOST_FRONT_UNSENT     /* the protocol forbids our message of `got` bytes; it was not sent */
};

/* Memory that the device can access; private. */
struct vwr_vhost_front_region {
    uint8_t *at;
    size_t bytes;
    int fd;
};

/* A queue, whose doorbell is an eventfd; private. */
struct vwr_vhost_front_ring {
    struct vwr_doorbell_call call; /* first member */
    int kick;                      /* -1: none */
    bool set;                      /* the driver has set it up */
    bool started;                  /* the back end of this connection serves it */
    uint32_t size;
    uint32_t base; /* position at which it starts */
    struct vwr_vhost_user_vring_addr areas;
};

/**
 * struct vwr_vhost_front - A connection to a back end
 * @dev: Device for vwr_X_open(); the first member.
 * @waiter: Waiter for options.request.waiter of a class, if a single thread uses the device.
 * @protocol_features: Negotiated protocol features.
 * @connections: Number of connections so far.
 * @error: Why the last connection was given up: enum vwr_vhost_front_error.
 * @request: Message that was given up: enum vwr_vhost_user_request.
 * @got: Value that @error names.
 */
struct vwr_vhost_front {
    struct vwr_dev dev;
    struct vwr_waiter waiter;
    uint64_t protocol_features;
    uint64_t connections;
    uint32_t error;
    uint32_t request;
    uint64_t got;
    /* private: */
    struct vwr_vhost_front_options options;
    int socket;
    int backend;    /* our end of the socket for requests of the back end */
    int call;       /* eventfd of all queues */
    int poll;       /* epoll set of call, backend and socket */
    bool broken;    /* nothing more is sent; the back end may still access the memory */
    bool resetting; /* by a new connection */
    bool enabled;
    uint64_t sent;  /* a bit for each message that was sent on this connection */
    uint32_t shown; /* number of regions that the back end has mapped */
    uint32_t region_count;
    uint32_t slots;     /* maximum number of regions */
    uint32_t queue_num; /* 0: unknown */
    uint32_t selected;
    uint32_t generation;
    uint32_t config_have; /* valid bytes of `config` */
    uint64_t features;
    uint64_t accepted;
    uint8_t config[VWR_VHOST_USER_MAX_CONFIG_SIZE];
    char path[VWR_VHOST_FRONT_PATH];
    char tried[VWR_VHOST_FRONT_PATH]; /* path of the last attempt to connect */
    struct vwr_vhost_front_region region[VWR_VHOST_FRONT_REGIONS];
    struct vwr_vhost_front_ring ring[VWR_VHOST_FRONT_QUEUES];
    int kept[2u * VWR_VHOST_FRONT_KEPT + 8u]; /* with those of one more message, and sockets */
    unsigned kept_count;
};

/**
 * vwr_vhost_front_probe() - Connect to a back end
 * @v: Connection; it need not be initialised.
 * @options: Options. The call copies them, with the path and the configuration.
 *
 * Context: The device's owner. Waits for answers, up to options.timeout_ms.
 * Return: VWR_OK. After an error nothing is open, and vwr_vhost_front_explain() describes it.
 * * VWR_EINVAL: the path is too long.
 * * VWR_ENODEV: nobody listens on the path, or a system call failed.
 * * VWR_ETIMEOUT: the back end does not answer.
 * * VWR_EGONE: the back end has closed the connection.
 * * VWR_EPROTO: the back end has broken the protocol.
 */
VWR_MUST_CHECK int vwr_vhost_front_probe(struct vwr_vhost_front *v,
                                         const struct vwr_vhost_front_options *options);

/**
 * vwr_vhost_front_memory() - Allocate memory that the device can access
 * @v: Connection.
 * @bytes: Size in bytes.
 *
 * Queues and data buffers must lie in such memory. Its file cannot shrink, so the back end cannot
 * take it away. It lies below 2^44 if the process has room there, so that a balloon can name its
 * pages. While the device is live, the call needs a back end with CONFIGURE_MEM_SLOTS.
 *
 * Context: The device's owner. Waits for the back end if the device is live.
 * Return: Memory, zeroed and aligned to a page; vwr_vhost_front_end() frees it. NULL: there is no
 *   memory, there are too many regions, or the back end does not accept it.
 */
void *vwr_vhost_front_memory(struct vwr_vhost_front *v, size_t bytes);

/**
 * vwr_vhost_front_fd() - Get the file descriptor of the device's interrupt
 * @v: Connection.
 *
 * The descriptor is readable when a queue has used buffers, the configuration has changed, or the
 * connection is closed. The program then calls vwr_dev_irq(&v->dev), which drains it. A lost
 * connection is reported once.
 *
 * Context: Any thread. Does not wait.
 * Return: File descriptor for poll(2); the connection owns it.
 */
int vwr_vhost_front_fd(const struct vwr_vhost_front *v);

/**
 * vwr_vhost_front_explain() - Describe why the last connection was given up
 * @v: Connection.
 * @text: Buffer of the caller for the message. It is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * Context: The device's owner. Does not wait.
 * Return: Length of the whole message in bytes, without the terminator, even if it did not fit.
 */
size_t vwr_vhost_front_explain(const struct vwr_vhost_front *v, char *text, size_t bytes);

/**
 * vwr_vhost_front_move() - Move a live device to another back end
 * @v: Connection.
 * @path: Unix socket on which the other back end listens. Its contents are copied.
 *
 * The driver is not involved. Requests in flight complete before the move, or the other back end
 * executes them. The device's state, such as open files, moves with it. Both back ends have
 * DEVICE_STATE, and the same storage behind the device.
 *
 * After an error, the device stays in the first back end. The class has to recover it if the first
 * back end is gone, or if the error came when queues had started in the other one.
 *
 * Context: As for the functions of the device's class. Waits for both back ends.
 * Return: VWR_OK. After an error vwr_vhost_front_explain() describes it.
 * * VWR_EINVAL: the path is too long.
 * * VWR_EUNSUPP: the device is not live, or its back end has no DEVICE_STATE.
 * * Other errors: the same as vwr_vhost_front_probe().
 */
VWR_MUST_CHECK int vwr_vhost_front_move(struct vwr_vhost_front *v, const char *path);

/**
 * vwr_vhost_front_end() - Close the connection and free the memory
 * @v: Connection. The class is closed.
 *
 * File descriptors that the back end has passed, none of which the protocol allows, are closed here. With
 * VWR_VHOST_FRONT_KEPT of them, nothing more is received, and the device is not connected again.
 *
 * Context: The device's owner. Waits for as long as descriptors that the back end has passed make close(2)
 *   wait; otherwise it does not wait.
 */
void vwr_vhost_front_end(struct vwr_vhost_front *v);

VWR_END_C

#endif
