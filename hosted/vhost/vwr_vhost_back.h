/* SPDX-License-Identifier: MIT */
#ifndef VWR_VHOST_BACK_H
#define VWR_VHOST_BACK_H

#include "vwr/vdev.h"
#include "vwr/gen/vhost_user.h"

#include <poll.h>

VWR_BEGIN_C

/**
 * DOC: vhost-user, device side
 *
 * A back end: a device of any class in this process, for a front end in another process, such as
 * QEMU or User Mode Linux. A connection is a Unix socket and serves one device. The device is
 * initialised for the VM of the connection (struct vwr_vhost_back.vm) and knows nothing of the
 * transport::
 *
 *     vwr_vhost_back_init(&h);
 *     setup.vm = &h.vm;                      ... vwr_vblk_init_with(&disk, &setup, &options) ...
 *     listener.fd = vwr_vhost_back_listen("disk.sock");
 *     listener.events = POLLIN;
 *     poll(&listener, 1, -1);                waits for a front end: accept() on this socket does not
 *     fd = accept(listener.fd, NULL, NULL);
 *     if (vwr_vhost_back_attach(&h, &disk.dev, fd) == VWR_OK)
 *         while (vwr_vhost_back_poll(&h, -1) == VWR_OK)
 *             ;
 *     puts(h.why);                           why the connection has ended
 *     vwr_vhost_back_detach(&h);
 *
 * Rules:
 *
 * - One thread makes all calls for a connection and its device. vwr_vhost_threads.h adds a thread
 *   for each queue.
 * - Each message is untrusted input, and so is each file descriptor that comes with it. If a front end breaks
 *   a rule, its connection ends, and the process continues. README.md lists the permitted kinds of files.
 * - vwr_vhost_back_detach() closes and unmaps the objects of the front end, and these calls can wait for as
 *   long as the front end likes. A program with several front ends serves each in a process of its own
 *   (vwr_vhost_processes.h). README.md lists each call on such an object and what it can wait for.
 * - A message that has begun must be complete within VWR_VHOST_BACK_MESSAGE_MS.
 * - If the front end truncates the file of its memory, accesses to the missing pages find zeroes,
 *   and the connection ends.
 *
 * docs/interop/vhost-user.rst of QEMU describes the protocol.
 */

/* Limits. */
#define VWR_VHOST_BACK_SLOTS 32u                        /* maximum number of memory regions */
#define VWR_VHOST_BACK_KEPT (2u * VWR_VHOST_BACK_SLOTS) /* with those of unsafe devices */
#ifndef VWR_VHOST_BACK_BYTES
#define VWR_VHOST_BACK_BYTES (UINT64_C(1) << 42) /* maximum total size of shared memory, in bytes */
#endif
#define VWR_VHOST_BACK_QUEUES 64u                       /* maximum number of queues */
#define VWR_VHOST_BACK_FDS (4u + VWR_VHOST_BACK_QUEUES) /* entries for vwr_vhost_back_fds() */
#define VWR_VHOST_BACK_INPUT 512u                       /* size of the longest message, in bytes */
/* File descriptors of a message, and all that the kernel may pass with its last part. */
#define VWR_VHOST_BACK_FILES (VWR_VHOST_USER_MAX_FDS + 253u)
#define VWR_VHOST_BACK_MESSAGE_MS 10000u /* from the first byte of a message to its last, in ms */

/* A region of the front end's memory; private. */
struct vwr_vhost_back_memory {
    struct vwr_vhost_user_memory_region given; /* as the front end described it */
    uint8_t *map;                              /* from the start of the file */
    size_t bytes;
    bool unsafe; /* the storage may still write to it */
};

/* Guest addresses of a ring's areas; private. */
struct vwr_vhost_back_parts {
    uint64_t desc;
    uint64_t driver;
    uint64_t device;
};

/* A ring; private. */
struct vwr_vhost_back_ring {
    struct vwr_vhost_user_vring_addr addr; /* addresses of the front end */
    uint32_t size;
    uint32_t base;
    int kick;
    int call;
    bool call_is_socket; /* User Mode Linux passes a socket */
    int err;
    vwr_count interrupts; /* number of interrupts that were signalled */
    bool has_addr;
    bool has_kick; /* SET_VRING_KICK or VRING_KICK was received since the last stop */
    bool enabled;
    bool started; /* the device has the queue */
    bool again;   /* the queue may have more buffers */
    bool quiet;   /* notifications are disabled, because the program polls the ring */
    /* the ring has a record of requests in flight, or written pages are logged */
    bool recorded;
    bool goes_on;                      /* our own record has the requests in flight at the last stop */
    struct vwr_vhost_back_parts parts; /* guest addresses of the driver's ring */
    void *desc;
    void *driver;
    void *device;
    uint16_t taken;       /* available index, or position, up to which requests are recorded */
    uint8_t wrap;         /* packed: wrap counter of that position */
    uint16_t left;        /* packed: number of descriptors that are not in flight */
    uint16_t signalled;   /* split: used index up to which the driver's ring has the used buffers */
    bool news;            /* `suppression` is not in the driver's ring yet */
    uint32_t suppression; /* notification suppression, as the driver reads it */
    uint64_t counter;
};

/* Transfer of a device's state; private. */
struct vwr_vhost_back_transfer {
    int file;    /* -1: no transfer */
    int pipe[2]; /* of this process alone, if the file is a pipe; or -1 */
    size_t held; /* save: number of bytes in it */
    bool is_socket;
    bool loads; /* the state comes from the file */
    bool failed;
    uint8_t *bytes;
    size_t room;
    size_t count;
    size_t at; /* save: number of bytes written so far */
};

struct vwr_vstate_class;
struct vwr_vhost_back;

/*
 * Hooks of vwr_vhost_threads.h; private. stand: pauses the threads of the queues; go: resumes them; alone:
 * excludes the other threads of the queues.
 */
struct vwr_vhost_back_sharing {
    void (*stand)(struct vwr_vhost_back *h);
    void (*go)(struct vwr_vhost_back *h);
    void (*alone)(struct vwr_vhost_back *h, bool begin);
};

/**
 * struct vwr_vhost_back - A connection to a front end
 * @vm: VM for which the device is initialised.
 * @protocol: Protocol features to offer, a bit for each of enum vwr_vhost_user_protocol_features.
 * @state: Class of the device's state, such as &vwr_vblk_state: the back end offers DEVICE_STATE,
 *   with which a front end saves and loads the device. The program then has to ignore SIGPIPE.
 *   NULL: DEVICE_STATE is not offered.
 * @each: A device for each queue; the first one is passed to vwr_vhost_back_attach(). All are
 *   initialised alike, except that the interrupt line of each is the number of its queue. Each
 *   serves its own queue, so that threads need no lock. NULL: one device serves all queues.
 * @any_memory: Map files of any file system. Otherwise a front end's memory is a memfd, or a file in
 *   tmpfs or hugetlbfs: pages of another file may come late or never, and the program would wait for
 *   them. Likewise for a regular file with the device's state.
 * @stop_ms: How long GET_VRING_BASE waits for requests in flight, in milliseconds.
 * @memory_changed: Called when the regions of @vm have changed, also while the device is live. May
 *   be NULL.
 * @context: For the program.
 * @why: Why the connection has ended, as a sentence.
 * @refused: Why the last state was not saved or loaded, as a sentence; empty if it was. The program
 *   clears it.
 * @kept: Number of memory regions that stay mapped because the device is unsafe.
 *
 * The program sets the members from @protocol to @context after vwr_vhost_back_init() and before
 * vwr_vhost_back_attach(), and reads the others.
 */
struct vwr_vhost_back {
    struct vwr_vm vm;
    uint64_t protocol;
    const struct vwr_vstate_class *state;
    struct vwr_vdev *const *each;
    bool any_memory;
    unsigned stop_ms;
    void (*memory_changed)(struct vwr_vhost_back *h);
    void *context;
    char why[320];
    char refused[200];
    uint32_t kept;
    /* private: */
    struct vwr_vdev *dev;
    const struct vwr_vhost_back_sharing *sharing; /* NULL: one thread serves all queues */
    void *threads;
    int tell;        /* eventfd by which a queue's thread reports the end of the connection, or -1 */
    unsigned unsafe; /* number of unsafe devices */
    int fd;
    int back; /* socket for our requests, or -1 */
    bool ended;
    bool stopped;   /* vwr_vhost_back_stop(): nothing is closed or unmapped until the detach */
    uint8_t status; /* of the last SET_STATUS */
    bool lost;      /* memory was taken away; set by the handler of SIGBUS */
    bool active;    /* the device is live, with the features in `running` */
    bool fresh;     /* the device was reset, and no ring has been started since */
    bool loaded;    /* a state was loaded, and no ring has been started since */
    bool held;      /* a message waits until the requests in flight have completed */
    uint64_t held_until;
    uint64_t features; /* of the last SET_FEATURES */
    uint64_t running;  /* features of the live device */
    uint64_t accepted_protocol;
    uint64_t came; /* a bit for each message that was received on this connection */
    struct vwr_memory_region region[VWR_VHOST_BACK_SLOTS + 1u]; /* the last one is for copies of rings */
    uint32_t regions;                                           /* number of the front end's regions */
    struct vwr_vhost_back_memory record;                        /* record of requests in flight */
    struct vwr_vhost_user_inflight inflight;
    uint8_t *copies; /* copies of rings */
    size_t copies_bytes;
    uint8_t *own; /* records that only this process can access */
    size_t own_bytes;
    struct vwr_vhost_back_memory log; /* log of written pages */
    size_t log_offset;
    int log_call;
    bool marked; /* pages were marked since the last write to log_call */
    struct vwr_vhost_back_transfer transfer;
    struct vwr_vhost_back_memory memory[VWR_VHOST_BACK_SLOTS];
    struct vwr_vhost_back_memory kept_memory[VWR_VHOST_BACK_KEPT];
    struct vwr_vhost_back_ring ring[VWR_VHOST_BACK_QUEUES];
    union {
        struct vwr_vhost_user_hdr hdr;
        uint8_t byte[VWR_VHOST_BACK_INPUT];
        uint64_t align;
    } in;
    size_t got;                     /* number of bytes in `in` */
    unsigned message_ms;            /* VWR_VHOST_BACK_MESSAGE_MS */
    uint64_t message_until;         /* when the message that has begun must be complete */
    int file[VWR_VHOST_BACK_FILES]; /* of the message; after the end, to be closed at the detach */
    unsigned files;
    struct vwr_vhost_back *next;
};

/**
 * vwr_vhost_back_protocol() - Get the protocol features that a connection offers by default
 *
 * INBAND_NOTIFICATIONS is not among them, because it makes User Mode Linux slow. A program can add
 * it to struct vwr_vhost_back.protocol.
 *
 * Context: Any. Does not wait.
 * Return: A bit for each of enum vwr_vhost_user_protocol_features.
 */
uint64_t vwr_vhost_back_protocol(void);

/**
 * vwr_vhost_back_init() - Initialise a connection
 * @h: Connection.
 *
 * Then initialise the device for @h->vm. It has at most VWR_VHOST_BACK_QUEUES queues.
 *
 * Context: The thread of the connection. Does not wait.
 */
void vwr_vhost_back_init(struct vwr_vhost_back *h);

#define VWR_VHOST_BACK_PATH 96u /* maximum length of a socket's path in bytes */

/**
 * vwr_vhost_back_listen() - Create a Unix socket and listen
 * @path: Path, which must not exist. The caller removes it in the end.
 *
 * Whoever sees the path can connect: the socket has a temporary name, which ends in the process's
 * number, until it listens.
 *
 * Context: Any thread. Does not wait.
 * Return: The socket, which does not block and belongs to the caller. -1: errno says why.
 * * EEXIST: there is something at @path.
 * * ENAMETOOLONG: the path is longer than VWR_VHOST_BACK_PATH.
 */
VWR_MUST_CHECK int vwr_vhost_back_listen(const char *path);

/**
 * vwr_vhost_back_connect() - Connect to a front end that listens
 * @path: Path of the front end's socket, such as that of QEMU with server=on.
 *
 * Context: Any thread. Does not wait.
 * Return: A socket for vwr_vhost_back_attach(), which does not block and belongs to the caller. -1:
 *   errno says why.
 * * ENAMETOOLONG: the path is longer than VWR_VHOST_BACK_PATH.
 * * ENOENT, ECONNREFUSED, EAGAIN: nobody listens yet, or the front end is busy. Try again later.
 */
VWR_MUST_CHECK int vwr_vhost_back_connect(const char *path);

/**
 * vwr_vhost_back_explain_path() - Describe an error of the two functions above
 * @path: Path.
 * @error: errno after the call.
 * @text: Buffer of the caller for the message, a sentence without its full stop.
 * @bytes: Size of @text in bytes.
 *
 * Context: Any thread. Does not wait.
 */
void vwr_vhost_back_explain_path(const char *path, int error, char *text, size_t bytes);

/**
 * vwr_vhost_back_attach() - Start to serve a front end
 * @h: Initialised connection.
 * @dev: Device. It no longer offers the features for which the protocol has no message: NOTIFICATION_DATA,
 *   RING_RESET and SUSPEND.
 * @fd: Connected stream socket. vwr_vhost_back_detach() closes it. After an error it belongs to the
 *   caller. A negative number, such as that of an accept(2) that has failed, is an error.
 *
 * Context: The thread of the connection. Does not wait.
 * Return: VWR_OK. After an error @h->why says why.
 * * VWR_EINVAL: @fd is negative.
 * * VWR_ENOQUEUE: the device has more than VWR_VHOST_BACK_QUEUES queues.
 * * VWR_EUNSUPP: the device is a legacy device, or the kernel (before Linux 5.8, or in a container that
 *   denies io_setup(2)) cannot notify an eventfd without waiting.
 */
VWR_MUST_CHECK int vwr_vhost_back_attach(struct vwr_vhost_back *h, struct vwr_vdev *dev, int fd);

/**
 * vwr_vhost_back_poll() - Wait for the front end, then handle a message and serve the queues
 * @h: Attached connection.
 * @timeout_ms: Time limit in milliseconds; -1: none.
 *
 * Context: The thread of the connection. Waits up to @timeout_ms.
 * Return: VWR_OK.
 * * VWR_ENODEV: the connection has ended; @h->why says why.
 */
VWR_MUST_CHECK int vwr_vhost_back_poll(struct vwr_vhost_back *h, int timeout_ms);

/**
 * vwr_vhost_back_fds() - List the descriptors to wait for, in a program with a poll loop
 * @h: Attached connection.
 * @fds: Filled in; it has VWR_VHOST_BACK_FDS entries.
 * @timeout_ms: Time limit of the wait in milliseconds, -1: none. It is lowered if there is work
 *   earlier.
 *
 * Context: The thread of the connection. Does not wait.
 * Return: Number of entries that were filled in.
 */
unsigned vwr_vhost_back_fds(struct vwr_vhost_back *h, struct pollfd *fds, int *timeout_ms);

/**
 * vwr_vhost_back_ready() - Handle a message and serve the queues, after poll(2)
 * @h: Attached connection.
 * @fds: Entries of vwr_vhost_back_fds(), with the results of poll(2).
 * @count: Number of entries.
 *
 * Context: The thread of the connection. Does not wait.
 * Return: VWR_OK.
 * * VWR_ENODEV: the connection has ended; @h->why says why.
 */
VWR_MUST_CHECK int vwr_vhost_back_ready(struct vwr_vhost_back *h, const struct pollfd *fds, unsigned count);

/**
 * vwr_vhost_back_poll_rings() - Poll the rings and serve those that have buffers
 * @h: Attached connection.
 *
 * The function disables the driver's notifications. Its only system call is that of an interrupt. It
 * does not handle messages; only vwr_vhost_back_ready() does.
 *
 * Context: The thread of the connection. Does not wait.
 * Return: true if the device has taken buffers.
 */
bool vwr_vhost_back_poll_rings(struct vwr_vhost_back *h);

/**
 * vwr_vhost_back_stop_polling() - Enable the driver's notifications again
 * @h: Attached connection.
 *
 * Call the function after the last vwr_vhost_back_poll_rings() and before vwr_vhost_back_fds(), which
 * lowers the time limit if buffers have become available meanwhile.
 *
 * Context: The thread of the connection. Does not wait.
 */
void vwr_vhost_back_stop_polling(struct vwr_vhost_back *h);

/**
 * vwr_vhost_back_stop() - Stop the rings and reset the device; closes and unmaps nothing
 * @h: Attached connection.
 *
 * Afterwards, the device does not use the front end's memory. The socket is shut down, so the front end sees
 * the end of the connection. If the connection was alive, @h->why says that the program has ended it. A
 * process that serves one connection calls this function and exits: close(2) and munmap(2) of the front end's
 * objects can wait, and the exit makes these calls. vwr_vhost_back_detach() includes this function.
 *
 * Context: The thread of the connection. Waits for requests in flight as far as the device's reset
 *   does.
 * Return: true: the storage is idle too; false: the device is unsafe (vwr_vdev_set_unsafe()), because the
 *   storage still executes requests.
 */
bool vwr_vhost_back_stop(struct vwr_vhost_back *h);

/**
 * vwr_vhost_back_is_idle() - Whether no queue is in use, so that the device uses no storage
 * @h: Attached connection.
 *
 * Context: Any thread, while the thread of the connection sleeps.
 * Return: true: no queue is in use.
 */
bool vwr_vhost_back_is_idle(const struct vwr_vhost_back *h);

/**
 * vwr_vhost_back_detach() - End the connection
 * @h: Connection.
 *
 * The function stops the device as vwr_vhost_back_stop() does, unmaps the front end's memory, and closes
 * the socket and all file descriptors, also those that were refused: they are kept until then. If the device
 * is unsafe (vwr_vdev_set_unsafe()), the memory stays mapped until the device is safe again: @h->kept is the
 * number of its regions, and @h stays in use until it is 0.
 *
 * Context: The thread of the connection. Waits for requests in flight as far as the device's reset
 *   does, and for as long as the front end's objects make close(2) and munmap(2) wait: a socket that
 *   lingers, a file served through FUSE. A program with several front ends uses vwr_vhost_processes.h.
 */
void vwr_vhost_back_detach(struct vwr_vhost_back *h);

VWR_END_C

#endif
