/* SPDX-License-Identifier: MIT */
#ifndef VWR_ENGINE_H
#define VWR_ENGINE_H

#include "vwr/vblk.h"

VWR_BEGIN_C

/**
 * DOC: Asynchronous storage of a guest's disk, on Linux
 *
 * An engine executes the requests of a guest's disk (vwr/vblk.h) in the background: on a file
 * through io_uring, on an NBD server through libnbd, or on an image of a Ceph cluster through
 * librbd. Each kind has its own header and source file and needs its own library. vwr_engine.c is
 * common to all::
 *
 *     r = vwr_engine_uring_open(&uring, path, &options);
 *     disk_options.backend = &uring.engine.backend;
 *     r = vwr_vblk_init_with(&disk, &setup, &disk_options);
 *     vwr_engine_attach(&uring.engine, &disk);
 *     while (poll(&event, 1, -1) >= 0)         // event.fd is uring.engine.fd
 *         vwr_engine_serve(&uring.engine);
 *     vwr_engine_close(&uring.engine);         // no device uses the engine any more
 *
 * Rules:
 *
 * - An engine belongs to one disk. The disk's lock protects it.
 * - A reset of the disk waits up to VWR_ENGINE_DRAIN_MS for requests that access guest memory. If
 *   some of them are still in flight then, the disk is unsafe until they complete
 *   (vwr_vdev_set_unsafe()).
 * - The guest sees errors of the storage as I/O errors. The engine stays usable.
 */

/* Limits and defaults. */
#define VWR_ENGINE_DRAIN_MS 2000u    /* how long a reset waits for requests in flight, in milliseconds */
#define VWR_ENGINE_ZEROES 65536u     /* maximum sectors of a discard or of zeroes */
#define VWR_ENGINE_TIMEOUT_MS 15000u /* default of options.timeout_ms, in milliseconds */
#define VWR_ENGINE_REASON_BYTES 256u /* size of a message, with its NUL */

struct vwr_engine;
struct vwr_engine_slot;

/**
 * struct vwr_engine_options - Options of an engine
 * @slots: Maximum number of requests in flight; at least 1.
 * @segments: Maximum number of data segments of a request: backend.segments_max. A request of a guest with
 *   more is split.
 * @read_only: Open the storage for reading only.
 * @timeout_ms: NBD and Ceph: a request without an answer fails after this many milliseconds; 0:
 *   VWR_ENGINE_TIMEOUT_MS.
 */
struct vwr_engine_options {
    uint16_t slots;
    uint16_t segments;
    bool read_only;
    uint32_t timeout_ms;
};

/* Functions of a kind of engine; private. */
struct vwr_engine_kind {
    size_t slot_bytes;
    int (*start)(struct vwr_engine *e, struct vwr_engine_slot *slot);
    void (*kick)(struct vwr_engine *e);
    void (*reap)(struct vwr_engine *e); /* calls engine_ended for each completed slot */
    void (*cancel)(struct vwr_engine *e, struct vwr_engine_slot *slot); /* may be NULL */
    void (*abandon)(struct vwr_engine *e);           /* gives up all forgotten requests; may be NULL */
    bool (*wait)(struct vwr_engine *e, unsigned ms); /* reaps completions; false: the time is over */
    void (*wake)(struct vwr_engine *e);              /* makes fd readable */
    void (*close)(struct vwr_engine *e);
};

/**
 * struct vwr_engine - An engine; the first member of each kind
 * @backend: Back end for struct vwr_vblk_options.
 * @fd: File descriptor for poll(2). It is readable when vwr_engine_serve() has work.
 * @errors: Number of failed requests.
 * @last: errno of the last failed request; 0: the storage ended early.
 */
struct vwr_engine {
    struct vwr_vblk_backend backend;
    int fd;
    uintptr_t errors;
    int last;
    /* private: */
    const struct vwr_engine_kind *kind;
    struct vwr_vblk *disk;
    uint8_t *slots;
    void *vectors;
    struct vwr_engine_slot *free;
    struct vwr_engine_slot *ended;
    struct vwr_engine_slot **ended_end;
    uint16_t count;
    uint16_t segments; /* of each slot */
    uint16_t busy;
    uint16_t forgotten; /* requests in flight that a reset has taken away from the guest */
    bool full;
    bool unsafe;
};

/**
 * vwr_engine_attach() - Connect an engine to its disk
 * @e: Open engine.
 * @disk: Disk that vwr_vblk_init() has initialised with @e->backend.
 *
 * Context: The VMM, before the guest runs. Does not wait.
 */
void vwr_engine_attach(struct vwr_engine *e, struct vwr_vblk *disk);

/**
 * vwr_engine_serve() - Complete finished requests and submit waiting ones
 * @e: Attached engine.
 *
 * Call the function when @e->fd is readable, and after the device has served its queues. It
 * interrupts the guest if requests have completed.
 *
 * Context: A thread of the VMM that does not hold the VM's lock. Does not wait, except for that
 *   lock.
 */
void vwr_engine_serve(struct vwr_engine *e);

/**
 * vwr_engine_close() - Close an engine
 * @e: Engine that no device uses any more.
 *
 * The function closes the storage and frees the memory of the engine.
 *
 * Context: The VMM. Waits for requests in flight, up to VWR_ENGINE_DRAIN_MS.
 */
void vwr_engine_close(struct vwr_engine *e);

VWR_END_C

#endif
