/* SPDX-License-Identifier: MIT */
#ifndef VHOST_PROGRAM_H
#define VHOST_PROGRAM_H

#include "vwr/vdev.h"
#include "vwr/vstate.h"

#include "vwr_vhost_back.h"
#include "vwr_vhost_processes.h"
#include "vwr_vhost_threads.h"

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * vwr-vhost: one device class for vhost-user front ends, each in a process of its own. main.c reads the
 * command line and starts the processes; one file per class creates the device; end.c serves a front end;
 * loop.c waits for descriptors.
 */

#define ENDS 16u         /* sockets of a switch */
#define UNITS 8u         /* of a SCSI host */
#define CHIPS 8u         /* of an SPI controller */
#define QUEUE_SIZE 1024u /* maximum; QEMU's virtio-mmio offers a guest as many */
/*
 * Maximum number of segments of a request: a chain as long as a queue, plus the boundaries of 32 regions.
 * CMakeLists.txt contains the same number.
 */
#define SEGMENTS (QUEUE_SIZE + 34u)
/*
 * Number of data segments in a disk request, as reported to the driver. The driver reads the configuration
 * before the front end sets the queue size, which a chain may not exceed: 128 with QEMU, and 256 with User
 * Mode Linux.
 */
#define GUEST_SEGMENTS 126u
#define TARGET_MOST (1u << 24) /* MiB in a balloon */
#define BUFFER_LEAST 4u        /* bytes of a socket's receive buffer */
#define BUFFER_MOST (1u << 20)
#define WATCHED 256u /* descriptors of classes */
#define END_FDS (VWR_VHOST_BACK_FDS + 1u)
#define WRONG 2  /* exit code: wrong input */
#define FAILED 1 /* exit code: it ran, but failed */

/* The command line. */
struct options {
    const char *socket[ENDS + 1u]; /* the last one has no path: a tap */
    unsigned sockets;
    bool client; /* the front ends listen */
    bool packed;
    bool in_order;
    bool any_memory;
    unsigned look; /* us */
    enum vwr_tolerate tolerate;
    const char *file[UNITS];
    unsigned files;
    const char *nbd;
    const char *rbd;
    uint64_t null_mib;
    unsigned queues;
    bool threads; /* one for each queue */
    bool read_only;
    bool one_file_system;
    const char *id;
    unsigned timeout; /* ms */
    bool pty;
    const char *folder;
    const char *tag;
    unsigned valid; /* seconds */
    unsigned cid;
    const char *host;
    const char *interface;
    const char *chip[CHIPS];
    unsigned chips;
    unsigned buffer; /* bytes */
    const char *tap;
    const char *mac;
    uint64_t target_mib;
};

struct kind;

/* A process: its socket, its device and one front end. */
struct end {
    const struct kind *kind;
    struct vwr_vhost_processes *processes;
    const char *socket; /* NULL: it serves no front end */
    unsigned number;    /* of the socket */
    struct vwr_vdev *dev;
    void *state; /* of the class */
    unsigned disks;
    struct vwr_vhost_back back;
    struct vwr_vdev **each;            /* --thread-per-queue: a device for each queue; NULL: one for all */
    struct vwr_vhost_threads *threads; /* NULL: the loop serves the queues */
    bool is_broken;                    /* that a device has stopped was reported */
    bool waits;                        /* has reported that nothing listens */
    uint64_t next_ms;                  /* time of the next attempt to connect */
    bool connected;
    bool over; /* the front end was served */
};

/* A class of devices. */
struct kind {
    const char *name;
    const char *usage;
    const char *brief;
    const char *options; /* names of its options besides --socket, each between two spaces */
    /* Number of queues. */
    uint16_t (*queues)(const struct options *o);
    uint16_t queue_size;
    uint32_t budget_bytes;                /* of a pass over the queues; 0: VWR_VDEV_BUDGET_BYTES */
    const struct vwr_vstate_class *state; /* NULL: the state is not saved */
    /*
     * Creates, in the parent, what outlives a connection. Returns 0, or an exit code after an error message.
     * unshare removes it. Both may be NULL.
     */
    int (*share)(const struct options *o);
    void (*unshare)(void);
    /* Creates the device and sets e->dev. Returns 0, or an exit code after an error message. */
    int (*make)(struct end *e, const struct options *o, const struct vwr_vdev_setup *s);
    /* Called after each pass over the queues, and when a descriptor of the class is ready; may be NULL. */
    void (*attend)(struct end *e);
    /* The same for the thread of a queue, and its descriptor or -1; NULL: the class has no threads. */
    void (*attend_queue)(void *end, unsigned queue);
    int (*queue_file)(void *end, unsigned queue);
    /* Called before the loop waits. true: there is work, so it does not wait. May be NULL. */
    bool (*settle)(struct end *e);
    /* Called once a second; may be NULL. */
    void (*tick)(struct end *e);
    /*
     * Whether no request is at the storage, while the main thread sleeps and a queue is in use; NULL: the
     * class has no storage.
     */
    bool (*is_quiet)(const struct end *e);
    void (*close)(struct end *e); /* may be NULL */
};

extern const struct kind blk_kind, scsi_kind, console_kind, rng_kind, v9p_kind, fs_kind, vsock_kind, net_kind,
    balloon_kind, can_kind, rtc_kind, scmi_kind, i2c_kind, gpio_kind, spi_kind;

/* Prints a message on stderr, "vwr-vhost: ...". Returns WRONG, or FAILED. */
int wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));
int failed(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same for an error that does not end the program. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Reads a decimal number of at most `most`. */
bool is_number(const char *text, unsigned most, uint64_t *value);

void *make_room(size_t count, size_t bytes); /* zeroed memory; ends the process if there is none */
/* The same, which the children of this process share with it. NULL: there is none. */
void *share_room(size_t bytes);

/* loop.c: calls `ready` for events of a descriptor. The function may add and remove descriptors. */
typedef void loop_ready(void *context, int fd, short events);
void loop_watch(int fd, short events, loop_ready *ready,
                void *context); /* a second call replaces the events */
void loop_forget(int fd);
uint64_t loop_now_ms(void); /* milliseconds of a monotonic clock */
/* Serves until the end is over, or `stop` is readable. */
void loop_run(struct end *end, int stop, void (*tick)(struct end *end), unsigned look_us);

/* end.c. set_up: memory for another device with the same queues. finish: storage is quiet afterwards. */
void end_set_up(struct vwr_vdev_setup *s);
int end_open(struct end *e, const struct options *o);
unsigned end_fds(struct end *e, struct pollfd *fds, int *timeout);
bool end_poll_rings(struct end *e); /* does not wait; true: there was work */
void end_stop_polling(struct end *e);
void end_tick(struct end *e);
void end_ready(struct end *e, const struct pollfd *fds, unsigned count);
void end_finish(struct end *e);

#endif
