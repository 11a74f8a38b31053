/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_WORLD_H
#define VWR_FUZZ_WORLD_H

#include "vwr/blk.h"
#include "vwr/mmio.h"
#include "vwr/vblk.h"
#include "vwr/vconsole.h"
#include "vwr/ventropy.h"
#include "vwr/vmmio.h"

#include "input.h"
#include "store.h"

/*
 * A VM with one device, made anew for each input, and the port of a driver in it. Guest memory is in
 * regions that are blocks of the heap of just that length: a byte beyond one of them is the address
 * sanitizer's. What the VMM promises is watched: hooks are called with the lock held and nothing is called
 * from within them.
 */

enum world_class { WORLD_BLK, WORLD_CONSOLE, WORLD_PORTS, WORLD_ENTROPY, WORLD_CLASSES, WORLD_SERVICE };

#define WORLD_QUEUES 8u
#define WORLD_QUEUE_SIZE 32u
#define WORLD_SECTORS 64u
#define WORLD_MARGIN 1u /* sectors of the store on each side that are not the disk's */
#define WORLD_BASE UINT64_C(0x0a000000)
#define WORLD_STRIDE 0x1000u
#define WORLD_REGIONS 4u

/* Guest memory: for rings; for data, in two regions that adjoin; and far away. */
#define WORLD_RAM UINT64_C(0x40000000)
#ifndef WORLD_RAM_BYTES
#define WORLD_RAM_BYTES 0x20000u
#endif
#define WORLD_DATA (WORLD_RAM + WORLD_RAM_BYTES)
#define WORLD_BORDER (WORLD_DATA + 0x1ff0u)
#define WORLD_END (WORLD_BORDER + 0x1010u)
#define WORLD_HIGH UINT64_C(0x800000000)
#define WORLD_HIGH_BYTES 0x800u

/* A generated service: which are there, the targets say that have them (services.h). */
struct world_service {
    struct vwr_vdev *(*begin)(const struct vwr_vdev_setup *setup);
    void (*event)(uint8_t what, struct input *in); /* something happens on the host's side */
    void (*must_work)(struct vwr_dev *d);
};

struct world_plan {
    enum world_class class;
    const struct world_service *service; /* of WORLD_SERVICE */
    bool legacy;
    bool deferred; /* notifications wait for world_step */
    bool again;    /* the VMM comes back when the budget has run out */
    bool later;    /* requests of the disk end later */
    bool read_only;
    bool write_through;
    uint8_t ring; /* which features of the ring are offered, a bit each */
    uint16_t queues;
    uint16_t queue_size;
    uint16_t budget;
    uint16_t reqs;
    uint16_t segs;
};

struct world {
    struct vwr_vm vm;
    struct vwr_vdev *slot[1];
    struct world_plan plan;
    struct vwr_vdev *dev;
    struct vwr_vblk blk;
    struct vwr_vconsole console;
    struct vwr_vconsole_port port[2];
    struct vwr_ventropy entropy;
    struct store store;
    uint8_t disk[(WORLD_SECTORS + 2 * WORLD_MARGIN) * 512];
    /* blocks of the heap too, of just the length that the device is given */
    struct vwr_vqueue *queue;
    struct vwr_vqueue_entry *own;
    struct vwr_vblk_req *req;
    struct vwr_vseg *seg;
    uint64_t kicked;
    uint64_t now;
    bool level;
    bool locked;
    bool broken;
    uint32_t output;      /* bytes that the console's host takes at once */
    uint32_t random;      /* bytes that the source has */
    uint8_t put_out[64];  /* the last bytes of the console's output */
    uint32_t put_out_end; /* how many there were in all */
    /* what happens to the guest's memory while the device works, and to registers in flight */
    void (*meanwhile)(struct world *w);
    uint32_t (*garble)(struct world *w, unsigned offset, bool is_write, uint32_t value);
    struct input in;
};

extern struct world world;

/* Reads the plan from the first bytes of the input. */
void world_plan(struct world_plan *p, struct input *in);

/* Everything anew. */
void world_begin(const struct world_plan *p);

/* One thing that was put off, or all of them. */
bool world_step(void);
void world_run_until_idle(void);

/* The device is reset by a driver that then does something which must work, in clean memory. */
void world_must_work(void);

/* A register access as it comes from a CPU, and what is true of each. */
uint64_t world_access(uint64_t offset, unsigned bytes, bool is_write, uint64_t value);

/* Where a driver finds the device. */
volatile void *world_registers(void);

/* The host's place of guest memory [addr, addr + bytes), or NULL. */
void *world_at(uint64_t addr, size_t bytes);

/* Ends the program as a crash does. */
#define MUST(condition)                                   \
    do {                                                  \
        if (!(condition))                                 \
            world_failed(__FILE__, __LINE__, #condition); \
    } while (0)
__attribute__((noreturn)) void world_failed(const char *file, int line, const char *what);

#endif
