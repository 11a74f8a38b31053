/* SPDX-License-Identifier: MIT */
#ifndef GUEST_H
#define GUEST_H

#include "vwr/vdev.h"
#include "vwr/vm.h"

/*
 * A guest that a test controls completely: its memory, its accesses to a device's registers, and what it
 * writes into rings. It does not check the values of a case, and reports addresses that it cannot write.
 *
 * Memory: GUEST_LOW and GUEST_HIGH adjoin in guest addresses and lie apart in the host, each between guard
 * pages; GUEST_FAR follows a hole; GUEST_HUGE has 2 GiB (1 GiB where a pointer has 32 bits), which no test
 * fills completely.
 */
#define GUEST_LOW UINT64_C(0x40000000)
#define GUEST_LOW_BYTES UINT64_C(0x20000)
#define GUEST_HIGH (GUEST_LOW + GUEST_LOW_BYTES)
#define GUEST_HIGH_BYTES UINT64_C(0x10000)
#define GUEST_END (GUEST_HIGH + GUEST_HIGH_BYTES) /* followed by a hole */
#define GUEST_FAR UINT64_C(0x50000000)
#define GUEST_FAR_BYTES UINT64_C(0x4000)
#define GUEST_HUGE UINT64_C(0x100000000)
#define GUEST_HUGE_BYTES (sizeof(void *) > 4 ? UINT64_C(0x80000000) : UINT64_C(0x40000000))
#define GUEST_REGIONS 4u
#define GUEST_FIRST_LOW 1u
#define GUEST_FIRST_HUGE 2u

#define GUEST_BASE UINT64_C(0x0a000000) /* register windows */
#define GUEST_STRIDE 0x1000u
#define GUEST_SLOTS 4u

#define GUEST_QUEUES 6u          /* for a console of two ports */
#define GUEST_QUEUE_MAX 16u      /* QueueSizeMax of each */
#define GUEST_RING_BYTES 0x3000u /* bytes of GUEST_LOW for each queue's ring; data follows the rings */
#define GUEST_DATA (GUEST_LOW + GUEST_QUEUES * GUEST_RING_BYTES)

/* A queue as the guest knows it. A test may change all fields, before or after start. */
struct guest_queue {
    uint16_t size;
    uint64_t desc; /* the three parts; legacy: determined by size and align */
    uint64_t driver;
    uint64_t device;
    uint16_t next_desc;             /* first descriptor of the next guest_chain */
    uint16_t avail;                 /* split: number of entries made available; packed: the wrap counter */
    uint16_t used;                  /* split: number of used entries taken; packed: the wrap counter */
    uint16_t used_at;               /* packed: position of the next used descriptor */
    uint16_t span[GUEST_QUEUE_MAX]; /* packed: number of descriptors of the buffer with this id */
};

struct guest {
    struct vwr_vm vm;
    struct vwr_vm_ops ops;
    struct vwr_memory_region region[GUEST_REGIONS];
    struct vwr_vdev *slot[GUEST_SLOTS];
    struct vwr_vdev *dev; /* the device whose registers and rings are used */
    struct vwr_vqueue queue[GUEST_QUEUES];
    struct vwr_vqueue_entry own[GUEST_QUEUES * GUEST_QUEUE_MAX];
    bool legacy;
    bool packed;
    struct vwr_features features; /* features to accept, if offered */
    uint16_t queues;              /* number of queues to set up */
    uint32_t page_size;           /* legacy */
    uint32_t align;
    struct guest_queue q[GUEST_QUEUES];
    bool irq;        /* state of the interrupt line */
    unsigned raised; /* number of times that the line was raised */
    unsigned broke;
    unsigned again;
    uint32_t again_of; /* 1 << each queue that is to be served again */
    uint64_t steps;    /* maximum accesses to rings and tables within one register access; see log.h */
    uint64_t budget;   /* limit for steps, 0: 32 for each descriptor of a queue */
    unsigned
        first; /* GUEST_FIRST_LOW, GUEST_FIRST_HUGE: region cached as the last one of each queue; 0: none */
    void *device;    /* for the test */
    const void *row; /* the struct hostile_case that runs */
};

/* Creates memory and an empty VM. guest_end releases the memory. */
void guest_begin(struct guest *g, bool legacy, bool packed);
void guest_end(struct guest *g);

/*
 * Fills in the setup of a class; features: all ring and transport features, RING_PACKED only if g->packed. If
 * the environment has VWR_TOLERATE, the device has the switch qemu.
 */
void guest_setup(struct guest *g, struct vwr_vdev_setup *s);

/* Puts the device into a slot. All further calls use this device. */
void guest_plug(struct guest *g, unsigned slot, struct vwr_vdev *v);

/* Accesses the device's registers. */
uint64_t guest_read(struct guest *g, unsigned offset, unsigned bytes);
void guest_write(struct guest *g, unsigned offset, unsigned bytes, uint64_t value);
uint32_t guest_status(struct guest *g);

/*
 * The start-up sequence of the specification: reset to FEATURES_OK, each queue, DRIVER_OK. guest_start does
 * all of it, with empty rings. It stops and returns false if FEATURES_OK or a queue was refused.
 */
bool guest_start(struct guest *g);
bool guest_negotiate(struct guest *g);
void guest_clear_rings(struct guest *g);
void guest_lay_out(struct guest *g, unsigned queue, uint16_t size); /* an empty ring of another size */
bool guest_set_queue(struct guest *g, unsigned queue);
void guest_driver_ok(struct guest *g);

/* Memory: the host address of `bytes` at `addr`, which must lie in one region. */
void *guest_at(struct guest *g, uint64_t addr, uint64_t bytes);
void guest_fill(struct guest *g, uint64_t addr, uint64_t bytes, unsigned seed);
bool guest_is_filled(struct guest *g, uint64_t addr, uint64_t bytes, unsigned seed);

/* A descriptor as stored in memory; `next` is the buffer id in a packed ring. */
struct guest_desc {
    uint64_t addr;
    uint32_t len;
    uint16_t flags;
    uint16_t next;
};

/* Writes a descriptor into the ring, or into a table that starts at `table`. */
void guest_put_desc(struct guest *g, uint64_t table, unsigned at, const struct guest_desc *d);
void guest_desc(struct guest *g, unsigned queue, unsigned at, uint64_t addr, uint32_t len, unsigned flags,
                unsigned next);

/* Split: writes an entry of the available ring, and the index. */
void guest_avail(struct guest *g, unsigned queue, unsigned head);
void guest_set_idx(struct guest *g, unsigned queue, unsigned idx);

/* Packed: the AVAIL and USED flags of an available descriptor, `by` positions after next_desc. */
unsigned guest_wrap_flags(const struct guest *g, unsigned queue, unsigned by);

/* Packed: advances over `count` descriptors, already written, from next_desc on. */
void guest_advance(struct guest *g, unsigned queue, unsigned count);

/*
 * Writes a chain of these segments (addr, len, WRITE or INDIRECT; the function adds NEXT and next) into the
 * descriptors from next_desc on, and makes it available. Returns the buffer's head, or id.
 */
unsigned guest_chain(struct guest *g, unsigned queue, const struct guest_desc *segment, unsigned segments);

void guest_kick(struct guest *g, unsigned queue);

/* Takes the next used buffer; false: none. */
bool guest_used(struct guest *g, unsigned queue, uint32_t *id, uint32_t *len);

/* Acknowledges the pending interrupts. */
void guest_ack(struct guest *g);

#endif
