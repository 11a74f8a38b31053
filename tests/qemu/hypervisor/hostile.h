/* SPDX-License-Identifier: MIT */
#ifndef HOSTILE_H
#define HOSTILE_H

#include <stdbool.h>
#include <stdint.h>

/* What hostile.c has for hostile_classes.c: a guest's devices without a driver, one queue of one of them at a
 * time. */

#define MEMORY 0x45000000ul /* behind mem=80M, before the initial files; of which nobody else knows */
#define MEMORY_BYTES 0x01800000ul
#define GIVEN 0x48000000ul /* pages that are given to the balloon, and never looked at */
#define GIVEN_BYTES 0x01000000ul
#define MEMORY_END 0x58000000ul /* of all of the guest's */
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

/* In the order of vms.yaml; the right guest has those before GPU. */
enum { BLK, CONSOLE, ENTROPY, NET, FOLDER, BALLOON, GPU, KEYBOARD, TABLET, DEVICES };

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

/* The queue that is in use. */
struct queue {
    unsigned which;
    unsigned index;
    uint64_t ring; /* in MEMORY */
    unsigned size;
    unsigned at; /* descriptors that were used up, modulo the size */
    uint16_t avail;
    uint16_t wrap; /* packed: flags of what is available */
    bool is_packed;
};

extern volatile uint8_t *memory;
extern unsigned vm; /* its number */
extern struct queue queue;

uint32_t get(unsigned which, unsigned reg);
void put(unsigned which, unsigned reg, uint32_t value);
void put16(uint64_t at, uint16_t value);
void put64(uint64_t at, uint64_t value); /* tables need not be aligned */
void fill(uint64_t at, uint64_t bytes, uint64_t value);
void nap(unsigned us);

/* Resets the device and takes all that it offers; then makes a queue ready, with an empty ring. */
void negotiate(unsigned which);
void set_up(unsigned index);

/* Both, and DRIVER_OK. */
void begin(unsigned which, unsigned index);

/* A descriptor somewhere, in a table or in the ring. */
void describe(uint64_t at, uint64_t addr, uint32_t bytes, unsigned flags, unsigned next);

/* A descriptor that is a buffer by itself, available. Of a split ring: one that stands there already. */
void post(uint64_t addr, uint32_t bytes, unsigned flags);
void post_head(unsigned head);

/* An indirect table; a wrong alignment makes it dearer. */
struct table {
    uint64_t at;
    unsigned n;
};

struct table table(unsigned number, bool aligned);
void row(struct table *t, uint64_t addr, uint32_t bytes, bool write);
void post_table(const struct table *t);

/* So many buffers of `segments` each, notified. */
void many(unsigned buffers, unsigned segments, uint32_t bytes, bool write, bool aligned);
void notify(void);

/* All that is available was used, soon. */
bool is_used(void);

struct attack {
    const char *name;
    void (*run)(void);
};

/* Upon what both guests have, and what the left one has alone. */
extern const struct attack classes_attacks[];
extern const unsigned classes_attacks_count;
extern const struct attack classes_left_attacks[];
extern const unsigned classes_left_attacks_count;

/* A network card, folder, balloon, gpu, keyboard or tablet that does not do what it is for, after a reset;
 * NULL: none. */
const char *classes_wrong(void);

#endif
