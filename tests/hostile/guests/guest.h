/* SPDX-License-Identifier: MIT */
#ifndef GUEST_H
#define GUEST_H

#include "vwr/vdev.h"
#include "vwr/vm.h"

/*
 * A guest whose every word a test can say: its memory, its accesses to a device's registers, what it
 * writes into rings. It checks nothing of what a case asks for; what cannot be written is said.
 *
 * Memory: GUEST_LOW and GUEST_HIGH adjoin for the guest and lie apart in the host, each between pages that
 * nobody may touch; GUEST_FAR is beyond a hole; GUEST_HUGE is of 2 GiB (1 GiB where a pointer has 32 bits),
 * never to be filled.
 */
#define GUEST_LOW UINT64_C(0x40000000)
#define GUEST_LOW_BYTES UINT64_C(0x20000)
#define GUEST_HIGH (GUEST_LOW + GUEST_LOW_BYTES)
#define GUEST_HIGH_BYTES UINT64_C(0x10000)
#define GUEST_END (GUEST_HIGH + GUEST_HIGH_BYTES) /* a hole from here on */
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

#define GUEST_QUEUES 6u          /* a console of two ports */
#define GUEST_QUEUE_MAX 16u      /* QueueSizeMax of each */
#define GUEST_RING_BYTES 0x3000u /* of GUEST_LOW for each queue's ring; data lies behind them */
#define GUEST_DATA (GUEST_LOW + GUEST_QUEUES * GUEST_RING_BYTES)

/* A queue as the guest sees it. All may be changed by a test, before or after start. */
struct guest_queue {
    uint16_t size;
    uint64_t desc; /* the three parts; legacy: where size and align put them */
    uint64_t driver;
    uint64_t device;
    uint16_t next_desc;             /* where guest_chain goes on */
    uint16_t avail;                 /* split: entries made; packed: the wrap counter */
    uint16_t used;                  /* split: entries taken; packed: the wrap counter */
    uint16_t used_at;               /* packed: where the next used descriptor is looked for */
    uint16_t span[GUEST_QUEUE_MAX]; /* packed: descriptors of the buffer with this id */
};

struct guest {
    struct vwr_vm vm;
    struct vwr_vm_ops ops;
    struct vwr_vm_region region[GUEST_REGIONS];
    struct vwr_vdev *slot[GUEST_SLOTS];
    struct vwr_vdev *dev; /* that registers and rings are of */
    struct vwr_vqueue queue[GUEST_QUEUES];
    struct vwr_vqueue_entry own[GUEST_QUEUES * GUEST_QUEUE_MAX];
    bool legacy;
    bool packed;
    struct vwr_features features; /* that it takes, of those that are offered */
    uint16_t queues;              /* that it sets up */
    uint32_t page_size;           /* legacy */
    uint32_t align;
    struct guest_queue q[GUEST_QUEUES];
    bool irq;        /* the line */
    unsigned raised; /* how often the device gave a reason */
    unsigned broke;
    unsigned again;
    uint64_t steps;  /* most accesses to rings and tables within one access to a register; see log.h */
    uint64_t budget; /* bound of that, 0: 32 for each descriptor of a queue */
    unsigned
        first; /* 0: nowhere yet; GUEST_FIRST_LOW, GUEST_FIRST_HUGE: where queues look first for a segment */
    void *device; /* the test's */
};

/* Memory and an empty VM. guest_end gives the memory back. */
void guest_begin(struct guest *g, bool legacy, bool packed);
void guest_end(struct guest *g);

/* What a class's init wants; features: all of ring and transport, RING_PACKED only if g->packed. */
void guest_setup(struct guest *g, struct vwr_vdev_setup *s);

/* The device goes into a slot, and is the one that is spoken of. */
void guest_plug(struct guest *g, unsigned slot, struct vwr_vdev *v);

/* Accesses to its registers. */
uint64_t guest_read(struct guest *g, unsigned offset, unsigned bytes);
void guest_write(struct guest *g, unsigned offset, unsigned bytes, uint64_t value);
uint32_t guest_status(struct guest *g);

/*
 * A start-up as the specification has it: reset to FEATURES_OK, each queue, DRIVER_OK. guest_start is all of
 * them, with rings that are empty; false: FEATURES_OK or a queue was refused, and it has stopped there.
 */
bool guest_start(struct guest *g);
bool guest_negotiate(struct guest *g);
void guest_clear_rings(struct guest *g);
void guest_lay_out(struct guest *g, unsigned queue, uint16_t size); /* an empty ring of another size */
bool guest_set_queue(struct guest *g, unsigned queue);
void guest_driver_ok(struct guest *g);

/* Memory: `bytes` at `addr`, which must lie in one region. */
void *guest_at(struct guest *g, uint64_t addr, uint64_t bytes);
void guest_fill(struct guest *g, uint64_t addr, uint64_t bytes, unsigned seed);
bool guest_is_filled(struct guest *g, uint64_t addr, uint64_t bytes, unsigned seed);

/* A descriptor as it is to lie in memory; `next` is the buffer id in a packed ring. */
struct guest_desc {
    uint64_t addr;
    uint32_t len;
    uint16_t flags;
    uint16_t next;
};

/* Writes one: into the ring, or a table that begins at `table`. */
void guest_put_desc(struct guest *g, uint64_t table, unsigned at, const struct guest_desc *d);
void guest_desc(struct guest *g, unsigned queue, unsigned at, uint64_t addr, uint32_t len, unsigned flags,
                unsigned next);

/* Split: an entry of the available ring, and the index. */
void guest_avail(struct guest *g, unsigned queue, unsigned head);
void guest_set_idx(struct guest *g, unsigned queue, unsigned idx);

/* Packed: AVAIL and USED as a descriptor that is available has them, `by` places after next_desc. */
unsigned guest_wrap_flags(const struct guest *g, unsigned queue, unsigned by);

/* Packed: makes `count` descriptors from next_desc on, which are written, the device's. */
void guest_advance(struct guest *g, unsigned queue, unsigned count);

/*
 * A chain of these segments (addr, len, WRITE or INDIRECT; NEXT and next are put in), on the descriptors from
 * next_desc on, and made available: the buffer's head, or id.
 */
unsigned guest_chain(struct guest *g, unsigned queue, const struct guest_desc *segment, unsigned segments);

void guest_kick(struct guest *g, unsigned queue);

/* The next used buffer; false: none. */
bool guest_used(struct guest *g, unsigned queue, uint32_t *id, uint32_t *len);

/* Interrupts: acknowledges what there is. */
void guest_ack(struct guest *g);

#endif
