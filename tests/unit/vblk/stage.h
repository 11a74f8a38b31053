/* SPDX-License-Identifier: MIT */
#ifndef VBLK_STAGE_H
#define VBLK_STAGE_H

#include "vwr/blk.h"
#include "vwr/mmio.h"
#include "vwr/vblk.h"
#include "vwr/vblk_memory.h"
#include "cmocka_all.h"

/*
 * A machine and its guests in one process. A machine has memory; each guest has a part of it, at an
 * address of its own reckoning, a disk of ours, and our driver for it. Which of them runs decides what
 * vwr_port_dma answers: a register access of a guest is a trap, and what the VMM does in it runs as the
 * machine. Memory that no device has been given is full of STAGE_POISON and checked in the end.
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
#define STAGE_REQS 8u   /* requests that a device deals with at once */
#define STAGE_SEGS 24u  /* segments of each */

/* One kind of transport and ring. */
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
    /* the VMM's */
    struct vwr_vm vm;
    struct vwr_vm_region region[2];
    struct vwr_vdev *slot[4];
    struct vwr_vblk disk;
    struct vwr_vqueue vqueue[STAGE_QUEUES];
    struct vwr_vqueue_entry own[STAGE_QUEUES * STAGE_QUEUE];
    struct vwr_vblk_req req[STAGE_REQS];
    struct vwr_vseg seg[STAGE_REQS * STAGE_SEGS];
    const struct kind *kind;
    unsigned interrupts;
    unsigned broken;
    unsigned unsafe; /* times that its memory was said to be in a lost disk's reach */
    unsigned safe;
    unsigned agains;
    bool line;
    bool locked;
    bool put_off; /* notifications are served by stage_serve alone */
    bool kicked[STAGE_QUEUES];
    /* the guest's own */
    uint8_t *memory;
    size_t free;
    struct vwr_mmio mmio;
    struct vwr_blk blk;
    struct vwr_queue queue; /* of a driver below blk */
    struct vwr_queue_memory ring;
    struct vwr_blk_more more[STAGE_QUEUES];
    struct vwr_blk_requestq more_queue[STAGE_QUEUES];
    uint64_t own_memory[STAGE_QUEUES][1024];
};

struct stage {
    struct guest guest[STAGE_GUESTS]; /* the last one is the machine's own, where there are disks of disks */
    unsigned current;                 /* who runs; STAGE_MACHINE */
    uint64_t now;                     /* microseconds */
    uint64_t tick;                    /* that each look at the clock takes */
    void (*meanwhile)(void);          /* called at each look at the clock, if there is one */
    bool deaf;                        /* the real disk does not answer to a reset */
    bool disk_locked;                 /* the lock of the real disk, see test_bridge.c */
    unsigned mappings; /* port_map: that the machine has room for; guests have as many as they like */
    bool mappings_go;  /* what is given back somebody else takes */
    unsigned refused;  /* for which there was no room */
    void *map;
};

#define STAGE_MACHINE STAGE_GUESTS
/* The guest that has all memory, at the machine's addresses: the real disk is its. */
#define STAGE_REAL (STAGE_GUESTS - 1u)

extern struct stage stage;

int stage_setup(void **state);
int stage_teardown(void **state);

/* A guest with a disk in slot 0. `o` needs no more than what is to be other than a disk of all of `be`. */
struct vwr_vblk_options stage_options(struct guest *g, struct vwr_vblk_backend *be);
void stage_plug(struct guest *g, const struct kind *k, const struct vwr_vblk_options *o);
int stage_try_plug(struct guest *g, const struct kind *k, const struct vwr_vblk_options *o);

/* Memory of the guest, poisoned, aligned to a page. */
void *stage_alloc(struct guest *g, size_t bytes);
uint64_t stage_address(const struct guest *g, const void *p);

/* What a guest does; and back. */
void stage_enter(const struct guest *g);
void stage_leave(void);

/* The guest opens its disk, with so many requests at once in each of so many queues. */
int stage_try_open(struct guest *g, unsigned queues, unsigned requests);
void stage_open(struct guest *g, unsigned queues, unsigned requests);

/* Or: takes queue 0 alone, to put into it what it likes. */
void stage_take_queue(struct guest *g);
void stage_take_queue_without(struct guest *g, unsigned feature);

/* What the guest notified while put_off. */
void stage_serve(struct guest *g);

/* A buffer of segments: at most 24 of them, each in guest memory. */
struct segments {
    struct vwr_seg seg[STAGE_SEGS];
    void *at[STAGE_SEGS];
    unsigned out;
    unsigned in;
};

void stage_segment(struct guest *g, struct segments *p, void *at, uint32_t len, bool in);

/* The header of a request, in the guest's order. */
struct vwr_blk_req_out *stage_header(struct guest *g, uint32_t type, uint64_t sector);

/* Puts the buffer into queue 0, notifies; the answer's used.len; -1: it did not come back. */
int64_t stage_send(struct guest *g, const struct segments *p);
void stage_put(struct guest *g, const struct segments *p, struct vwr_chain *chain);
int stage_take(struct guest *g, struct vwr_chain **chain);

/* Content of the disk's first bytes: each 8 bytes another. */
void stage_pattern(void *at, uint64_t sector, size_t bytes, unsigned salt);
void stage_has_pattern(const void *at, uint64_t sector, size_t bytes, unsigned salt);

bool stage_all(const void *at, uint8_t byte, size_t bytes);

/* The driver resets, opens and reads: after whatever went before the disk works. */
void stage_works_again(struct guest *g);

/* A row of a table as a test of its own, for each kind of ring. */
struct stage_row {
    const char *name;
    void (*run)(const struct kind *k);
};
int stage_run(const char *group, const struct stage_row *row, unsigned rows);

#endif
