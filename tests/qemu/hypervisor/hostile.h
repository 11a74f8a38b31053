/* SPDX-License-Identifier: MIT */
#ifndef HOSTILE_H
#define HOSTILE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Interface of hostile.c for hostile_classes.c: a guest's devices without a driver, with one queue of one
 * device in use at a time.
 */

#define MEMORY 0x45000000ul /* after mem=80M, before the initramfs; unknown to the kernel */
#define MEMORY_BYTES 0x01800000ul
#define GIVEN 0x48000000ul /* pages given to the balloon, and never accessed */
#define GIVEN_BYTES 0x01000000ul
#define MEMORY_END 0x58000000ul /* end of all guest memory */
#define VM_REGISTERS (0x0a000000ul + 0x10000ul * vm)
#define DEVICE_BYTES 0x1000ul

/* In MEMORY: rings, tables of descriptors, headers, messages, answers, data. */
#define RING 0x0ul
#define RING_BYTES 0x10000ul /* for each queue of a device */
#define RING_DRIVER 0x4000ul
#define RING_DEVICE 0x6000ul
#define TABLES 0x100000ul
#define TABLE_BYTES 0x2000ul
#define HEADS 0x400000ul
#define MESSAGES 0x500000ul
#define ANSWERS 0x600000ul
#define DATA 0x800000ul
#define DATA_BYTES 0x1000000ul

/* In the order of vms.yaml; the right guest has only the devices before GPU. */
enum { BLK, CONSOLE, ENTROPY, NET, FOLDER, BALLOON, SCSI, VSOCK, CRYPTO, FS, GPU, KEYBOARD, TABLET, DEVICES };

/* Registers, flags. */
enum {
    DEVICE_FEATURES = 0x10,
    DEVICE_FEATURES_SEL = 0x14,
    DRIVER_FEATURES = 0x20,
    DRIVER_FEATURES_SEL = 0x24,
    QUEUE_SEL = 0x30,
    QUEUE_SIZE_MAX = 0x34,
    QUEUE_SIZE = 0x38,
    QUEUE_READY = 0x44,
    NOTIFY = 0x50,
    ACK = 0x64,
    STATUS = 0x70,
    DESC = 0x80,
    DRIVER = 0x90,
    DEVICE = 0xa0,
    QUEUE_RESET = 0xc0,
    END = 0x120
};
enum { NEXT = 1, WRITE = 2, INDIRECT = 4 };
enum { PACKED = 34, AVAIL = 1 << 7, USED = 1 << 15 };

/* The queue in use. */
struct queue {
    unsigned which;
    unsigned index;
    uint64_t ring; /* offset in MEMORY */
    unsigned size;
    unsigned at; /* descriptors used so far, modulo the size */
    uint16_t avail;
    uint16_t wrap; /* packed: flags of an available descriptor */
    bool is_packed;
};

extern volatile uint8_t *memory;
extern unsigned vm; /* number of this VM */
extern struct queue queue;

uint32_t get(unsigned which, unsigned reg);
void put(unsigned which, unsigned reg, uint32_t value);
void put16(uint64_t at, uint16_t value);
void put64(uint64_t at, uint64_t value); /* tables may be unaligned */
void fill(uint64_t at, uint64_t bytes, uint64_t value);
void nap(unsigned us);

/* negotiate resets the device and accepts all offered features; set_up enables a queue with an empty ring. */
void negotiate(unsigned which);
void set_up(unsigned index);

/* Calls both, and sets DRIVER_OK. */
void begin(unsigned which, unsigned index);

/* Writes a descriptor at any address, in a table or in the ring. */
void describe(uint64_t at, uint64_t addr, uint32_t bytes, unsigned flags, unsigned next);

/*
 * post makes a buffer of one descriptor available. post_head, for a split ring, makes an existing chain
 * available.
 */
void post(uint64_t addr, uint32_t bytes, unsigned flags);
void post_head(unsigned head);

/* An indirect table; bad alignment makes it more expensive for the device. */
struct table {
    uint64_t at;
    unsigned n;
};

struct table table(unsigned number, bool aligned);
void row(struct table *t, uint64_t addr, uint32_t bytes, bool write);
void post_table(const struct table *t);

/* Makes this many buffers of `segments` each available, and notifies. */
void many(unsigned buffers, unsigned segments, uint32_t bytes, bool write, bool aligned);
void notify(void);

/* Returns whether the device uses all available buffers soon. */
bool is_used(void);

struct attack {
    const char *name;
    void (*run)(void);
};

/* Attacks on the devices of both guests, and on those that only the left guest has. */
extern const struct attack classes_attacks[];
extern const unsigned classes_attacks_count;
extern const struct attack classes_left_attacks[];
extern const unsigned classes_left_attacks_count;

/*
 * The name of a device other than disk, console and entropy device that does not work after a reset;
 * NULL: none.
 */
const char *classes_wrong(void);

#endif
