/* SPDX-License-Identifier: MIT */
#ifndef VBLK_STAGE_H
#define VBLK_STAGE_H

#include "vwr/blk.h"
#include "vwr/mmio.h"
#include "vwr/vblk.h"
#include "vwr/vblk_memory.h"
#include "cmocka_all.h"

/*
 * A machine and its guests in one process. Each guest has a part of the machine's memory at its own guest
 * address, a disk of this project, and its driver. vwr_port_dma translates for the guest or machine that is
 * running: a register access of a guest is a trap, and the VMM handles it as the machine. Memory that no
 * device was given is filled with STAGE_POISON and checked at the end.
 */

#ifndef STAGE_LOCKS
#define STAGE_LOCKS 1 /* 0: neither the VMs nor the bridge have lock hooks */
#endif
#define STAGE_GUESTS 3u
#define STAGE_GUEST_BYTES (1u << 20)
#define STAGE_GUEST_BASE UINT64_C(0x40000000) /* the same in each guest */
#define STAGE_MACHINE_BASE UINT64_C(0x80000000)
#define STAGE_POISON 0xa5
#define STAGE_QUEUES 4u
#define STAGE_QUEUE 16u /* descriptors */
#define STAGE_REQS 8u   /* requests that a device processes concurrently */
#define STAGE_SEGS 24u  /* segments per request */

/* A kind of transport and ring. */
struct kind {
    const char *name;
    bool legacy;
    bool packed;
    bool indirect;
    bool event_idx;
    bool in_order;
};

extern const struct kind stage_kinds[];
extern const unsigned stage_kind_count;

struct guest {
    /* the VMM's part */
    struct vwr_vm vm;
    struct vwr_memory_region region[2];
    struct vwr_vdev *slot[4];
    struct vwr_vblk disk;
    uint16_t queue_count; /* 0: 1 */
    struct vwr_vqueue vqueue[STAGE_QUEUES];
    struct vwr_vqueue_entry own[STAGE_QUEUES * STAGE_QUEUE];
    struct vwr_vblk_req req[STAGE_REQS];
    struct vwr_vseg seg[STAGE_REQS * STAGE_SEGS];
    const struct kind *kind;
    unsigned interrupts;
    unsigned broken;
    unsigned unsafe; /* times that the VMM was notified that a lost disk can access its memory */
    unsigned safe;
    unsigned agains;
    bool line;
    bool locked;
    bool put_off; /* only stage_serve serves notifications */
    bool kicked[STAGE_QUEUES];
    /* the guest's part */
    uint8_t *memory;
    size_t free;
    struct vwr_mmio mmio;
    struct vwr_blk blk;
    struct vwr_queue queue; /* for a driver below blk */
    struct vwr_queue_memory ring;
    struct vwr_blk_more more[STAGE_QUEUES];
    struct vwr_blk_requestq more_queue[STAGE_QUEUES];
    uint64_t own_memory[STAGE_QUEUES][1024];
};

struct stage {
    struct guest guest[STAGE_GUESTS]; /* with disks on a disk, the last one is the machine itself */
    unsigned current;                 /* running guest, or STAGE_MACHINE */
    uint64_t now;                     /* microseconds */
    uint64_t tick;                    /* time per clock read */
    void (*meanwhile)(void);          /* called at each clock read; may be NULL */
    bool deaf;                        /* the real disk does not acknowledge a reset */
    bool disk_locked;                 /* the lock of the real disk, see test_bridge.c */
    unsigned mappings;                /* port_map: free mappings of the machine; guests have no limit */
    bool mappings_go;                 /* a released mapping goes to another user */
    unsigned refused;                 /* mappings refused */
    void *map;
};

#define STAGE_MACHINE STAGE_GUESTS
/* The guest that owns all memory at the machine's addresses; it has the real disk. */
#define STAGE_REAL (STAGE_GUESTS - 1u)

extern struct stage stage;

int stage_setup(void **state);
int stage_teardown(void **state);

/* A guest with a disk in slot 0. The options start as a disk of all of `be`; the test changes the others. */
struct vwr_vblk_options stage_options(struct guest *g, struct vwr_vblk_backend *be);
void stage_plug(struct guest *g, const struct kind *k, const struct vwr_vblk_options *o);
int stage_try_plug(struct guest *g, const struct kind *k, const struct vwr_vblk_options *o);

/* Allocates page-aligned, poisoned guest memory. */
void *stage_alloc(struct guest *g, size_t bytes);
uint64_t stage_address(const struct guest *g, const void *p);

/* Enters and leaves a guest. */
void stage_enter(const struct guest *g);
void stage_leave(void);

/* The guest opens its disk with this number of queues and of requests per queue. */
int stage_try_open(struct guest *g, unsigned queues, unsigned requests);
void stage_open(struct guest *g, unsigned queues, unsigned requests);

/* Alternatively, the guest sets up only queue 0, for raw buffers. */
void stage_take_queue(struct guest *g);
void stage_take_queue_without(struct guest *g, unsigned feature);

/* Serves the guest's notifications while put_off is set. */
void stage_serve(struct guest *g);

/* A buffer of at most 24 segments, each in guest memory. */
struct segments {
    struct vwr_seg seg[STAGE_SEGS];
    void *at[STAGE_SEGS];
    unsigned out;
    unsigned in;
};

void stage_segment(struct guest *g, struct segments *p, void *at, uint32_t len, bool in);

/* The header of a request, in the guest's byte order. */
struct vwr_blk_req_out *stage_header(struct guest *g, uint32_t type, uint64_t sector);

/* Puts the buffer into queue 0 and notifies. Returns the used length, or -1 if it did not complete. */
int64_t stage_send(struct guest *g, const struct segments *p);
void stage_put(struct guest *g, const struct segments *p, struct vwr_chain *chain);
int stage_take(struct guest *g, struct vwr_chain **chain);

/* Contents of the disk's first bytes: all 8-byte groups differ. */
void stage_pattern(void *at, uint64_t sector, size_t bytes, unsigned salt);
void stage_has_pattern(const void *at, uint64_t sector, size_t bytes, unsigned salt);

bool stage_all(const void *at, uint8_t byte, size_t bytes);

/* The driver resets, opens and reads: the disk works, whatever happened before. */
void stage_works_again(struct guest *g);

/* A table row becomes a separate test for each kind of ring. */
struct stage_row {
    const char *name;
    void (*run)(const struct kind *k);
};
int stage_run(const char *group, const struct stage_row *row, unsigned rows);

#endif
