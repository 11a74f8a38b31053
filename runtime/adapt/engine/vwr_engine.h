/* SPDX-License-Identifier: MIT */
#ifndef VWR_ENGINE_H
#define VWR_ENGINE_H

#include "vwr/vblk.h"

VWR_BEGIN_C

/*
 * Asynchronous back ends of a guest's disk on Linux: a file by io_uring, an NBD server by libnbd, an image of
 * a Ceph cluster by librbd. Each is a source file of its own and needs its own library; vwr_engine.c is
 * common.
 *
 *   open; vwr_vblk_init with &engine->backend; vwr_engine_attach
 *   whenever engine->fd is readable, and after the device has served its queues: vwr_engine_serve
 *   no device uses it any more: vwr_engine_close
 *
 * An engine belongs to one disk, whose lock protects it. A guest's reset waits up to VWR_ENGINE_DRAIN_MS for
 * requests that access guest memory; if they do not end, the disk is unsafe (vwr_vdev_set_unsafe) until they
 * do.
 *
 * Errors of the storage are reported to the guest as I/O errors, and the engine remains usable.
 */

#define VWR_ENGINE_DRAIN_MS 2000u    /* not the specification's */
#define VWR_ENGINE_ZEROES 65536u     /* not the specification's: maximum number of sectors of a range */
#define VWR_ENGINE_PATIENCE 15000u   /* not the specification's: default of @patience_ms */
#define VWR_ENGINE_REASON_BYTES 256u /* of a message; not the specification's */

struct vwr_engine;
struct vwr_engine_slot;

struct vwr_engine_options {
    uint16_t slots;       /* requests at a time, at least 1 */
    uint16_t segments;    /* segments of a request, as in struct vwr_vblk_options */
    bool read_only;       /* the storage is opened for reading */
    uint32_t patience_ms; /* NBD, Ceph: a request without an answer fails after this time; 0: the default */
};

/* Functions of a kind of engine. Private. */
struct vwr_engine_kind {
    size_t slot_bytes;
    int (*start)(struct vwr_engine *e, struct vwr_engine_slot *slot);
    void (*kick)(struct vwr_engine *e);
    void (*reap)(struct vwr_engine *e);                                 /* ends slots by engine_ended */
    void (*cancel)(struct vwr_engine *e, struct vwr_engine_slot *slot); /* may be NULL */
    void (*abandon)(struct vwr_engine *e);                              /* all forgotten ones; may be NULL */
    bool (*wait)(struct vwr_engine *e, unsigned ms);                    /* reaps; false: time is over */
    void (*wake)(struct vwr_engine *e);                                 /* makes fd readable */
    void (*close)(struct vwr_engine *e);
};

/* The first member of each engine. */
struct vwr_engine {
    struct vwr_vblk_backend backend; /* for struct vwr_vblk_options */
    int fd;                          /* for poll(2): readable if vwr_engine_serve has something to do */
    uintptr_t errors;                /* number of requests that failed */
    int last;                        /* errno of the last one; 0: early end of the storage */
    /* private */
    const struct vwr_engine_kind *kind;
    struct vwr_vblk *disk;
    uint8_t *slots;
    void *vectors;
    struct vwr_engine_slot *free;
    struct vwr_engine_slot *ended;
    struct vwr_engine_slot **ended_end;
    uint16_t count;
    uint16_t busy;
    uint16_t forgotten; /* requests that a reset took away, and that are still in flight */
    bool full;
    bool unsafe;
};

/* The disk, after vwr_vblk_init. */
void vwr_engine_attach(struct vwr_engine *e, struct vwr_vblk *disk);

/* Ends completed requests, interrupts the guest, and submits what waited. Does not wait. */
void vwr_engine_serve(struct vwr_engine *e);

/* Waits for requests in flight, up to VWR_ENGINE_DRAIN_MS, and frees everything. */
void vwr_engine_close(struct vwr_engine *e);

VWR_END_C

#endif
