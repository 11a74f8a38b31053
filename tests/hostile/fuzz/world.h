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
 * A VM with one device, created for each input, and the port of a driver in it. Each region of guest memory
 * is a heap block of exactly its length, so that the address sanitizer finds an access beyond it. Every hook
 * of the VMM checks that the lock is held, and that it is called from no other hook.
 */

enum world_class { WORLD_BLK, WORLD_CONSOLE, WORLD_PORTS, WORLD_ENTROPY, WORLD_CLASSES, WORLD_SERVICE };

#define WORLD_QUEUES 8u
#define WORLD_QUEUE_SIZE 32u
#define WORLD_SECTORS 64u
#define WORLD_MARGIN 1u /* number of sectors of the store before and after the disk */
#define WORLD_BASE UINT64_C(0x0a000000)
#define WORLD_STRIDE 0x1000u
#define WORLD_REGIONS 4u

/* Guest memory: for rings; for data, in two adjacent regions; and far away. */
#define WORLD_RAM UINT64_C(0x40000000)
#ifndef WORLD_RAM_BYTES
#define WORLD_RAM_BYTES 0x20000u
#endif
#define WORLD_DATA (WORLD_RAM + WORLD_RAM_BYTES)
#define WORLD_BORDER (WORLD_DATA + 0x1ff0u)
#define WORLD_END (WORLD_BORDER + 0x1010u)
#define WORLD_HIGH UINT64_C(0x800000000)
#define WORLD_HIGH_BYTES 0x800u

/* A generated service. Each target has its own set of them (services.h). */
struct world_service {
    struct vwr_vdev *(*begin)(const struct vwr_vdev_setup *setup);
    void (*event)(uint8_t what, struct input *in); /* an event on the host's side */
    void (*must_work)(struct vwr_dev *d);
    bool again; /* the VMM must call the device again after a budget was exhausted */
};

struct world_plan {
    enum world_class class;
    const struct world_service *service; /* for WORLD_SERVICE */
    bool legacy;
    bool qemu;     /* the switch */
    bool deferred; /* notifications wait for world_step */
    bool again;    /* the VMM calls the device again after a budget was exhausted */
    bool later;    /* requests of the disk complete later */
    bool read_only;
    bool write_through;
    bool is_checked; /* at the end a driver uses the device */
    bool marks;      /* the target calls world_mark */
    uint8_t ring;    /* offered ring features, one bit each */
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
    /* also heap blocks, of exactly the length that the device gets */
    struct vwr_vqueue *queue;
    struct vwr_vqueue_entry *own;
    struct vwr_vblk_req *req;
    struct vwr_vseg *seg;
    uint64_t sectors; /* part of the store that the disk's requests may access */
    uint64_t kicked;
    uint64_t now;
    bool level;
    bool locked;
    bool broken;
    bool renews;          /* the device is being recreated: the state that outlives it already exists */
    uint32_t output;      /* bytes that the console's host still accepts */
    uint32_t random;      /* bytes that the entropy source still has */
    uint8_t put_out[64];  /* the last bytes of the console's output */
    uint32_t put_out_end; /* total number of them */
    /* changes to the guest's memory while the device works, and to register values in flight */
    void (*meanwhile)(struct world *w);
    uint32_t (*garble)(struct world *w, unsigned offset, bool is_write, uint32_t value);
    bool (*elsewhere)(unsigned offset, uint32_t value); /* writes a register of MMIO on another bus */
    struct input in;
    uint8_t disk[(WORLD_SECTORS + 2 * WORLD_MARGIN) * 512]; /* the last: it is not cleared */
};

extern struct world world;

/* Reads the plan from the first bytes of the input. */
void world_plan(struct world_plan *p, struct input *in);

/* Creates the world. */
void world_begin(const struct world_plan *p);

/* Destroys the device, and creates another one in new memory. The guest and its memory are kept. */
void world_renew(void);

/* Does one deferred action, or all of them. */
bool world_step(void);
void world_run_until_idle(void);

/*
 * A driver resets the device. After inputs that are checked, it then makes requests that must work, in clean
 * memory.
 */
void world_must_work(void);

/* A register access by a CPU, with the checks that apply to each access. */
uint64_t world_access(uint64_t offset, unsigned bytes, bool is_write, uint64_t value);

/* Address of the device's registers for a driver. */
volatile void *world_registers(void);

/* Host address of guest memory [addr, addr + bytes), or NULL. */
void *world_at(uint64_t addr, size_t bytes);

/* Changes the size of the disk. */
void world_resize(uint64_t sectors);

/* Returns whether host memory at[0 .. bytes) is the guest's, in one region. */
bool world_is_guests(const void *at, size_t bytes);

/*
 * Checks what a device passes on: a chain of a queue, in guest memory, with no more descriptors than the
 * queue
 * allows; and the next bytes of a chain.
 */
void world_check_chain(const struct vwr_vchain *c, unsigned queue);
void world_check_data(const struct vwr_reader *r, uint32_t bytes);

/* For targets with `marks`: at[0 .. bytes) is about to change, and the next input must find zeroes there. */
void world_mark(const void *at, size_t bytes);

/* Ends the program if the condition is false, as a crash does. */
#define MUST(condition)                                   \
    do {                                                  \
        if (!(condition))                                 \
            world_failed(__FILE__, __LINE__, #condition); \
    } while (0)
__attribute__((noreturn)) void world_failed(const char *file, int line, const char *what);

#endif
