/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_HELD_H
#define VWR_PAIR_HELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A device of any type behind virtio-mmio, with split rings, that keeps what it has: it answers what the test
 * lets it, acknowledges a reset when the test says so, and until then writes into each buffer that it has,
 * and reads each that it may read. All calls and register accesses hold one lock of the caller's, or are made
 * by one thread; held_scribble alone is made without it.
 */

#define HELD_QUEUES 8u
#define HELD_BUFFERS 2048u /* segments at once */
#define HELD_CONFIG 64u

/* A segment that the device has. */
struct held_buffer {
    uint8_t *p;
    uint32_t bytes;
    uint16_t queue, head;
    bool in; /* the device writes it */
};

struct held {
    uint32_t type;     /* VWR_..._ID */
    uint64_t features; /* offered besides VERSION_1 */
    uint8_t config[HELD_CONFIG];
    uint32_t queues;
    bool broken;       /* DEVICE_NEEDS_RESET is set */
    bool gone;         /* registers read as all ones */
    bool forgetful;    /* Status reads as 0 */
    bool silent;       /* it answers nothing */
    bool hesitates;    /* upon a notification it answers one in eight, */
    uint32_t prompt;   /* and of these queues all: bits */
    bool acknowledges; /* a reset, of itself or of a queue, at once */
    bool in_reset;     /* one that is not acknowledged yet */
    /*
     * Writes the answer to the chain `head` of the queue, of segments b[0 .. n): how many bytes the device
     * has written; negative: it keeps the chain.
     */
    int64_t (*answer)(struct held *h, unsigned queue, const struct held_buffer *b, unsigned n);
    void (*reset)(struct held *h); /* a reset has begun; may be NULL */
    unsigned resets;
    unsigned early; /* notifications before DRIVER_OK, which it ignores */
    unsigned count;
    struct held_buffer buffer[HELD_BUFFERS];
};

extern struct held held;
extern uint64_t held_us;        /* the clock: each reading is a microsecond later */
extern void (*held_tick)(void); /* called by each reading of the clock; may be NULL */

/* The device is of another type, and as after power on. */
void held_begin(uint32_t type, uint32_t queues, uint64_t features,
                int64_t (*answer)(struct held *h, unsigned queue, const struct held_buffer *b, unsigned n));

volatile void *held_registers(void);

/* Answers what it can of what it has: about one in `of`. */
void held_answer(unsigned of);

/* Acknowledges the reset that was asked for, of the device and of queues: it has nothing more of them. */
void held_acknowledge(void);

/* Has the device any byte of p[0 .. bytes)? */
bool held_has(const void *p, size_t bytes);

/* Names a buffer that it has not. */
void held_lie(unsigned queue);

/* Copies the buffers of what is being reset, of the device or of a queue, to b[0 .. ): how many. */
unsigned held_in_reset(struct held_buffer b[HELD_BUFFERS]);

/* Writes what of these the device may write, and reads all. */
void held_scribble(const struct held_buffer *b, unsigned n);

/* A number that is hard to foresee. */
uint32_t held_random(void);

#endif
