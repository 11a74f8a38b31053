/* SPDX-License-Identifier: MIT */
#ifndef VWR_VHOST_BACK_H
#define VWR_VHOST_BACK_H

#include "vwr/vdev.h"
#include "vwr/gen/vhost_user.h"

#include <poll.h>

VWR_BEGIN_C

/*
 * Back end of vhost-user: a device of any class in this process, for a front end in another one, such as QEMU
 * or User Mode Linux. A connection is a Unix socket and serves one device. The device is initialised for the
 * VM of the connection (struct vwr_vhost_back.vm) and knows nothing of the transport:
 *
 *     vwr_vhost_back_init(&h);
 *     setup.vm = &h.vm;                          ... vwr_vblk_init(&disk, &setup, &options) ...
 *     listener = vwr_vhost_back_listen("disk.sock");
 *     fd = accept(listener, NULL, NULL);
 *     if (vwr_vhost_back_attach(&h, &disk.dev, fd) == VWR_OK)
 *         while (vwr_vhost_back_poll(&h, -1) == VWR_OK)
 *             ;
 *     puts(h.why);                               the front end has gone, or has broken a rule
 *     vwr_vhost_back_detach(&h);
 *
 * All calls for a connection and its device are made by one thread; vwr_vhost_threads.h has more. Each
 * message is checked as hostile input. A rule that the front end breaks ends its connection, not the process.
 * Where the front end takes memory away by truncating its file, the accesses find zeros, and the connection
 * ends.
 *
 * docs/interop/vhost-user.rst of QEMU describes the protocol.
 */

#define VWR_VHOST_BACK_SLOTS 32u  /* regions of memory; not the specification's */
#define VWR_VHOST_BACK_QUEUES 64u /* queues of a device; not the specification's */
#define VWR_VHOST_BACK_FDS \
    (4u + VWR_VHOST_BACK_QUEUES)  /* entries of vwr_vhost_back_fds; not the specification's */
#define VWR_VHOST_BACK_INPUT 512u /* longest message; not the specification's */

/* A region of memory of the front end; private. */
struct vwr_vhost_back_memory {
    struct vwr_vhost_user_memory_region given; /* as the front end described it */
    uint8_t *map;                              /* from the start of the file */
    size_t bytes;
    bool unsafe; /* storage may still write to it */
};

/* Guest addresses of a ring, as a device has them; private. */
struct vwr_vhost_back_parts {
    uint64_t desc;
    uint64_t driver;
    uint64_t device;
};

/* A ring; private. */
struct vwr_vhost_back_ring {
    struct vwr_vhost_user_vring_addr addr; /* in the front end */
    uint32_t size;
    uint32_t base;
    int kick;
    int call;
    int err;
    uintptr_t interrupts; /* number of interrupts that were passed on */
    bool has_addr;
    bool has_kick; /* SET_VRING_KICK or VRING_KICK was received since the last stop */
    bool enabled;
    bool started; /* the device has the queue */
    bool again;   /* the queue may have more buffers */
    bool quiet;   /* the driver was asked not to notify, because the program looks at the ring */
    /* with a record of requests in flight, and while written pages are logged */
    bool recorded;
    bool goes_on;                      /* its own record has the requests that were in flight at the stop */
    struct vwr_vhost_back_parts parts; /* guest addresses of the driver's ring */
    void *desc;
    void *driver;
    void *device;
    uint16_t taken;       /* available index, or position, up to which requests are recorded */
    uint8_t wrap;         /* packed: wrap counter of that position */
    uint16_t left;        /* packed: descriptors that are not in flight */
    uint16_t signalled;   /* split: used index up to which the driver has its requests */
    bool news;            /* the driver's ring does not have `suppression` yet */
    uint32_t suppression; /* what the driver reads before it notifies */
    uint64_t counter;
};

/* A state in transfer; private. */
struct vwr_vhost_back_transfer {
    int file;   /* -1: there is none */
    bool loads; /* from the file into the device */
    bool failed;
    uint8_t *bytes;
    size_t room;
    size_t count;
    size_t at; /* saved: bytes that the file has */
};

struct vwr_vstate_class;
struct vwr_vhost_back;

/*
 * How the thread of the connection and those of its queues share it: vwr_vhost_threads.h. Private. stand: no
 * queue is served until go. alone: among the threads of the queues.
 */
struct vwr_vhost_back_sharing {
    void (*stand)(struct vwr_vhost_back *h);
    void (*go)(struct vwr_vhost_back *h);
    void (*alone)(struct vwr_vhost_back *h, bool begin);
};

/*
 * A connection. The program sets `protocol`, `state`, `each`, `stop_ms`, `memory_changed` and `context`
 * between init and attach, and reads `why`, `refused` and `kept`; the rest is private, but for `vm`, which
 * the device is initialised for.
 */
struct vwr_vhost_back {
    struct vwr_vm vm;
    uint64_t protocol; /* protocol features that are offered: bits of enum vwr_vhost_user_protocol_features */
    /* The constant of the device's class, such as &vwr_vblk_state: DEVICE_STATE is offered, a front end saves
     * and loads the device's state. NULL: it is not. A program with one ignores SIGPIPE. */
    const struct vwr_vstate_class *state;
    /* A device for each queue, all initialised alike but for their lines, which are the queues' numbers: the
     * first one is that of attach. Each serves its own queue, so that threads do so without a lock. NULL: one
     * device serves all. */
    struct vwr_vdev *const *each;
    unsigned stop_ms; /* how long GET_VRING_BASE waits for requests in flight; 1000 unless set */
    /* The regions of `vm` are others now; may be NULL. The device may be running. */
    void (*memory_changed)(struct vwr_vhost_back *h);
    void *context; /* of the program */
    char why[160]; /* why the connection has ended, as a sentence; size not the specification's */
    /* Why the last state was not saved or loaded, as a sentence, which the program clears. Empty: it was. */
    char refused[200]; /* size not the specification's */
    uint32_t kept;     /* regions of memory that stay mapped while the device is unsafe */
    /* private */
    struct vwr_vdev *dev;
    const struct vwr_vhost_back_sharing *sharing; /* NULL: one thread does all */
    void *threads;
    int tell;        /* what a thread of a queue writes to if the connection has ended; -1: there is none */
    unsigned unsafe; /* devices */
    int fd;
    int back; /* socket for our requests, or -1 */
    bool ended;
    uint8_t status; /* as SET_STATUS had it */
    bool lost;      /* set by the handler of SIGBUS */
    bool active;    /* the device has the features below */
    bool fresh;     /* the device was reset and no ring was started since */
    bool loaded;    /* the device has a state that was loaded, and no ring was started since */
    bool held;      /* a message waits until requests in flight have completed */
    uint64_t held_until;
    uint64_t features; /* as SET_FEATURES had them */
    uint64_t running;  /* features that the device has */
    uint64_t accepted_protocol;
    uint64_t came; /* a bit of each message that came on this connection */
    struct vwr_vm_region region[VWR_VHOST_BACK_SLOTS + 1u]; /* one for copies of available rings */
    uint32_t regions;                                       /* of the front end */
    struct vwr_vhost_back_memory record;                    /* of requests in flight */
    struct vwr_vhost_user_inflight inflight;
    uint8_t *copies; /* of rings */
    size_t copies_bytes;
    uint8_t *own; /* records of this process */
    size_t own_bytes;
    struct vwr_vhost_back_memory log; /* of written pages */
    size_t log_offset;
    int log_call;
    bool marked; /* pages, since log_call was written to */
    struct vwr_vhost_back_transfer transfer;
    struct vwr_vhost_back_memory memory[VWR_VHOST_BACK_SLOTS];
    struct vwr_vhost_back_memory kept_memory[VWR_VHOST_BACK_SLOTS];
    struct vwr_vhost_back_ring ring[VWR_VHOST_BACK_QUEUES];
    union {
        struct vwr_vhost_user_hdr hdr;
        uint8_t byte[VWR_VHOST_BACK_INPUT];
        uint64_t align;
    } in;
    size_t got; /* bytes in `in` */
    int file[VWR_VHOST_USER_MAX_FDS];
    unsigned files;
    struct vwr_vhost_back *next;
};

/* The protocol features that the back end has. Without INBAND_NOTIFICATIONS, which makes User Mode Linux
 * slow. */
uint64_t vwr_vhost_back_protocol(void);

/* Before the device's init, which gets &h->vm. The device has at most VWR_VHOST_BACK_QUEUES queues. */
void vwr_vhost_back_init(struct vwr_vhost_back *h);

#define VWR_VHOST_BACK_PATH 96u /* bytes that each path of a socket may have */

/*
 * Makes a Unix socket at `path`, which must be free, and listens. Who sees the path can connect: the socket
 * is linked there when it listens, and has a name with the process's number before. Returns its file, which
 * does not block and belongs to the caller, as the path does; -1: errno, EEXIST if there is something at
 * `path`, ENAMETOOLONG if the path is too long.
 */
VWR_MUST_CHECK int vwr_vhost_back_listen(const char *path);

/*
 * Connects to a front end that listens at `path`, such as QEMU's with server=on, for vwr_vhost_back_attach.
 * Returns a file that does not block and belongs to the caller; -1: errno, ENAMETOOLONG if the path is too
 * long; ENOENT, ECONNREFUSED and EAGAIN may pass: nobody listens yet, or the front end is busy.
 */
VWR_MUST_CHECK int vwr_vhost_back_connect(const char *path);

/* Why there is no socket, errno of one of these two, as a sentence without its full stop. */
void vwr_vhost_back_explain_path(const char *path, int error, char *text, size_t bytes);

/*
 * Begins a connection; `fd` is a connected stream socket, which belongs to the connection until detach closes
 * it, and after a failure to the caller. Returns VWR_OK; VWR_ENOQUEUE: the device has too many queues;
 * VWR_EUNSUPP: it is a legacy device.
 */
VWR_MUST_CHECK int vwr_vhost_back_attach(struct vwr_vhost_back *h, struct vwr_vdev *dev, int fd);

/*
 * Waits for the front end up to `timeout_ms` (-1: for ever), handles a message, and serves the queues that
 * were kicked. Returns VWR_OK; VWR_ENODEV: the connection has ended, and h->why says why.
 */
VWR_MUST_CHECK int vwr_vhost_back_poll(struct vwr_vhost_back *h, int timeout_ms);

/*
 * For a program that waits itself. _fds: what to wait for; fills in at most VWR_VHOST_BACK_FDS entries,
 * returns their number, and *timeout_ms is lowered if there is work before. _ready: handles what came; the
 * return value is that of _poll.
 */
unsigned vwr_vhost_back_fds(struct vwr_vhost_back *h, struct pollfd *fds, int *timeout_ms);
VWR_MUST_CHECK int vwr_vhost_back_ready(struct vwr_vhost_back *h, const struct pollfd *fds, unsigned count);

/*
 * For a program that looks at the rings for some time before it waits. _look: serves the rings that have
 * buffers, with no system call but that of the driver's interrupt, and asks the driver not to notify; true:
 * the device has taken buffers. _look_away: asks for notifications again, after the last look and before
 * _fds, which lowers the time if buffers came meanwhile. Only _ready handles messages.
 */
bool vwr_vhost_back_look(struct vwr_vhost_back *h);
void vwr_vhost_back_look_away(struct vwr_vhost_back *h);

/*
 * Ends the connection: resets the device, unmaps the memory, closes the socket and all files. If the device
 * is unsafe then (vwr_vdev_set_unsafe), the memory stays mapped until it is safe again: h->kept is the number
 * of such regions, at most VWR_VHOST_BACK_SLOTS, and `h` stays in use until it is 0.
 */
void vwr_vhost_back_detach(struct vwr_vhost_back *h);

VWR_END_C

#endif
