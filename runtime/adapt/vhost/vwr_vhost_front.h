/* SPDX-License-Identifier: MIT */
#ifndef VWR_VHOST_FRONT_H
#define VWR_VHOST_FRONT_H

#include "vwr/dev.h"
#include "vwr/request.h"
#include "vwr/gen/vhost_user.h"

VWR_BEGIN_C

/*
 * A transport of the driver side for a Linux process: the device is in another process, a vhost-user back end
 * such as qemu-storage-daemon, DPDK, or ./vwr vhost. Every class of the driver side works over it unchanged:
 *
 *   vwr_vhost_front_probe    connects, negotiates protocol features
 *   vwr_vhost_front_memory   memory that the device sees: queues and all data buffers must lie in it
 *   vwr_blk_open(&blk, &v.dev, ...) and the other calls of the class, to vwr_blk_close
 *   vwr_vhost_front_end      closes the connection, returns the memory
 *
 * The library and the program need -DVWR_CFG_ACCESS=1. DMA addresses are addresses of this process: the port
 * must not translate them (port/host does not).
 *
 * A back end that exits, closes the connection, breaks the protocol or does not answer in time has
 * DEVICE_NEEDS_RESET set. The recovery of the class then connects again to the same path, and replays or
 * returns the requests in flight; it goes on while nobody listens there. Until the old back end has closed
 * its end of the connection it may write to the memory, so the reset is not complete before that.
 *
 * This side needs no INFLIGHT_SHMFD: it knows the requests in flight, and a new connection begins with empty
 * rings.
 */

#ifndef VWR_VHOST_FRONT_QUEUES
#define VWR_VHOST_FRONT_QUEUES 32u /* not the specification's: queues of a device */
#endif
#ifndef VWR_VHOST_FRONT_REGIONS
#define VWR_VHOST_FRONT_REGIONS                                          \
    VWR_VHOST_USER_MEMORY_MAX_REGIONS /* calls of vwr_vhost_front_memory \
                                       */
#endif
#define VWR_VHOST_FRONT_PATH 108u        /* of a Unix socket, with its end */
#define VWR_VHOST_FRONT_RING_MAX 1024u   /* not the specification's: default of options.ring_max */
#define VWR_VHOST_FRONT_TIMEOUT_MS 1000u /* not the specification's: default of options.timeout_ms */

/* 0 in a member selects its default. */
struct vwr_vhost_front_options {
    const char *path;    /* Unix socket on which the back end listens */
    uint32_t type;       /* VWR_ID_*: the protocol does not say what the device is */
    uint32_t timeout_ms; /* time limit of each message; all messages of a connection have it once */
    uint32_t ring_max;   /* most descriptors of a ring: the protocol does not say it either */
    /* configuration space, for a back end that does not serve it; otherwise such a space reads as 0 */
    const void *config;
    uint32_t config_bytes;
};

/* Why the connection was given up. */
enum vwr_vhost_front_trouble {
    VWR_VHOST_FRONT_NONE = 0,
    VWR_VHOST_FRONT_PATH_LONG, /* the path does not fit a socket address */
    VWR_VHOST_FRONT_SYSTEM,    /* a system call failed: `got` is errno */
    VWR_VHOST_FRONT_CONNECT,   /* nobody listens: `got` is errno */
    VWR_VHOST_FRONT_CLOSED,    /* the back end closed the connection */
    VWR_VHOST_FRONT_SILENT,    /* no answer in time */
    VWR_VHOST_FRONT_REQUEST,   /* the reply is for another request: `got` */
    VWR_VHOST_FRONT_FLAGS,     /* the reply's flags: `got` */
    VWR_VHOST_FRONT_SIZE,      /* the reply's size: `got` */
    VWR_VHOST_FRONT_FDS,       /* descriptors where none belong */
    VWR_VHOST_FRONT_REFUSED,   /* REPLY_ACK: the back end answered with an error, `got` */
    VWR_VHOST_FRONT_VALUE,     /* a value out of its range: `got` */
    VWR_VHOST_FRONT_UNSENT     /* the protocol does not allow the message, of `got` bytes: it was not sent */
};

/* Memory that the device sees. Private. */
struct vwr_vhost_front_region {
    uint8_t *at;
    size_t bytes;
    int fd;
};

/* A queue's doorbell: an eventfd. Private. */
struct vwr_vhost_front_ring {
    struct vwr_doorbell_call call; /* first member */
    int kick;                      /* -1: none */
    bool set;                      /* the driver has set it up */
    bool started;                  /* by the back end of this connection */
    uint32_t size;
    uint32_t base; /* position at which it begins, or goes on */
    struct vwr_vhost_user_vring_addr areas;
};

struct vwr_vhost_front {
    struct vwr_dev dev; /* for vwr_X_open(); the first member */
    /* a waiter for options.request.waiter of a class, in a program in which one thread uses the device */
    struct vwr_waiter waiter;
    uint64_t protocol_features; /* negotiated */
    uint64_t connections;       /* that were made */
    /* why the last connection was given up: enum vwr_vhost_front_trouble, VWR_VHOST_USER_*, a value */
    uint32_t trouble;
    uint32_t request;
    uint64_t got;
    /* private */
    struct vwr_vhost_front_options options;
    int socket;
    int backend;    /* our end of the socket for requests of the back end */
    int call;       /* eventfd of all queues */
    int poll;       /* epoll of call, backend, socket */
    bool broken;    /* nothing more is sent; the back end may still have the memory */
    bool resetting; /* by a new connection */
    bool enabled;
    uint64_t sent;  /* a bit of each message that was sent on this connection */
    uint32_t shown; /* regions that the back end has */
    uint32_t region_count;
    uint32_t slots;     /* most regions */
    uint32_t queue_num; /* 0: unknown */
    uint32_t selected;
    uint32_t generation;
    uint32_t config_have; /* bytes of `config` */
    uint64_t features;
    uint64_t accepted;
    uint8_t config[VWR_VHOST_USER_MAX_CONFIG_SIZE];
    char path[VWR_VHOST_FRONT_PATH];
    char tried[VWR_VHOST_FRONT_PATH]; /* path of the last attempt to connect */
    struct vwr_vhost_front_region region[VWR_VHOST_FRONT_REGIONS];
    struct vwr_vhost_front_ring ring[VWR_VHOST_FRONT_QUEUES];
};

/*
 * Connects to a back end. *v need not be initialised. VWR_OK; after an error nothing is open, and
 * vwr_vhost_front_explain has a sentence. VWR_EINVAL: the path is too long; VWR_ENODEV: nobody listens
 * there, or a system call failed; VWR_ETIMEOUT, VWR_EGONE, VWR_EPROTO: the back end does not answer, closed
 * the connection, broke the protocol.
 */
VWR_MUST_CHECK int vwr_vhost_front_probe(struct vwr_vhost_front *v,
                                         const struct vwr_vhost_front_options *options);

/*
 * Memory, zeroed and page-aligned, that the device sees until vwr_vhost_front_end. It cannot shrink, so
 * the back end cannot take it away. While the device is live, it needs a back end with CONFIGURE_MEM_SLOTS.
 * NULL: there is none, or too many regions.
 */
void *vwr_vhost_front_memory(struct vwr_vhost_front *v, size_t bytes);

/*
 * A descriptor that is readable when a queue has used buffers, the configuration has changed or the
 * connection is closed. Then call vwr_dev_irq(&v->dev), which drains it. After a lost connection that is
 * reported once.
 */
int vwr_vhost_front_fd(const struct vwr_vhost_front *v);

/* Why the last connection was given up, as a sentence. Returns its length, as vwr_dev_explain(). */
size_t vwr_vhost_front_explain(const struct vwr_vhost_front *v, char *text, size_t bytes);

/*
 * Moves the device to the back end that listens on `path`, while its driver goes on: requests in flight
 * complete before, or are executed there, and what the device keeps, such as open files, goes with it. Both
 * back ends have DEVICE_STATE and the same device behind them, such as the image of a disk. VWR_OK; after an
 * error the device goes on in the back end that it was in. It needs the recovery of its class if that is no
 * longer there, or if the error came when queues went on in the other one. VWR_EINVAL: the path is too long;
 * VWR_EUNSUPP: the device does not run, or its back end has no DEVICE_STATE; others as of
 * vwr_vhost_front_probe(). vwr_vhost_front_explain has a sentence for those. Call it as the functions of the
 * device's class.
 */
VWR_MUST_CHECK int vwr_vhost_front_move(struct vwr_vhost_front *v, const char *path);

/* Closes the connection and returns the memory, whatever the back end does. Close the class before. */
void vwr_vhost_front_end(struct vwr_vhost_front *v);

VWR_END_C

#endif
