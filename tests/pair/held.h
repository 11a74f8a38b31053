/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_HELD_H
#define VWR_PAIR_HELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A device of any type on virtio-mmio with split rings, which holds its buffers. It answers those that the
 * test allows and acknowledges a reset when the test requests it; until then it writes to each buffer that it
 * owns
 * and reads each that it may read. The caller holds one lock for all calls and register accesses, or makes
 * them in one thread; only held_scribble runs without the lock.
 */

#define HELD_QUEUES 8u
#define HELD_BUFFERS 2048u /* maximum number of segments held */
#define HELD_CONFIG 64u

/* A segment that the device owns. */
struct held_buffer {
    uint8_t *p;
    uint32_t bytes;
    uint16_t queue, head;
    bool in; /* device-writable */
};

struct held {
    uint32_t type;     /* VWR_..._ID */
    uint64_t features; /* offered in addition to VERSION_1 */
    uint8_t config[HELD_CONFIG];
    uint32_t queues;
    bool broken;       /* DEVICE_NEEDS_RESET is set */
    bool gone;         /* registers read as all ones */
    bool forgetful;    /* Status reads as 0 */
    bool silent;       /* the device does not answer */
    bool hesitates;    /* answers one buffer in eight on a notification, */
    uint32_t prompt;   /* and all buffers of these queues (bit mask) */
    bool acknowledges; /* acknowledge resets of the device and of queues immediately */
    bool in_reset;     /* a reset has not been acknowledged yet */
    /*
     * Writes the answer to the chain `head` of the queue with the segments b[0 .. n). Returns the number of
     * bytes written; negative: the device keeps the chain.
     */
    int64_t (*answer)(struct held *h, unsigned queue, const struct held_buffer *b, unsigned n);
    void (*reset)(struct held *h); /* called when a reset starts; may be NULL */
    unsigned resets;
    unsigned early; /* number of notifications before DRIVER_OK, which are ignored */
    unsigned count;
    struct held_buffer buffer[HELD_BUFFERS];
};

extern struct held held;
extern uint64_t held_us;        /* the clock; each read advances it by one microsecond */
extern void (*held_tick)(void); /* called at each clock read; may be NULL */

/* Changes the type of the device and powers it on. */
void held_begin(uint32_t type, uint32_t queues, uint64_t features,
                int64_t (*answer)(struct held *h, unsigned queue, const struct held_buffer *b, unsigned n));

volatile void *held_registers(void);

/* Answers about one in `of` buffers that can be answered. */
void held_answer(unsigned of);

/* Acknowledges the requested resets of the device and of queues: it no longer owns any of their buffers. */
void held_acknowledge(void);

/* Whether the device owns any byte of p[0 .. bytes). */
bool held_has(const void *p, size_t bytes);

/* Writes a used entry with an id that the device does not own. */
void held_lie(unsigned queue);

/* Copies the buffers that a device or queue reset affects to b[]; returns their number. */
unsigned held_in_reset(struct held_buffer b[HELD_BUFFERS]);

/* Writes to those of these buffers that are device-writable, and reads all. */
void held_scribble(const struct held_buffer *b, unsigned n);

/* A pseudo-random number. */
uint32_t held_random(void);

#endif
