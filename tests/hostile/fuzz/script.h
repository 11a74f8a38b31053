/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_SCRIPT_H
#define VWR_FUZZ_SCRIPT_H

#include "world.h"

/*
 * What a guest may do, in few bytes: start the device as a driver does, put buffers into its queues, and
 * at any point something else than a driver would do. Operands are short words for what is of interest: the
 * ends of regions, lengths around 2^32, registers of the device itself.
 */

struct script_segment {
    uint64_t addr;
    uint32_t len;
    uint16_t flags; /* WRITE, and whatever else */
};

#define SCRIPT_SEGMENTS 12u

struct script_ring {
    uint64_t desc; /* guest addresses */
    uint64_t driver;
    uint64_t device;
    uint32_t size;
    uint32_t next; /* descriptor to use; packed: position */
    uint16_t avail;
    uint16_t id;
    bool wrap; /* packed: the AVAIL flag of available descriptors */
};

struct script_poke {
    uint64_t addr;
    uint32_t value;
    uint8_t bytes;
};

#define SCRIPT_POKES 8u

struct script {
    struct input in;
    struct script_ring ring[WORLD_QUEUES];
    bool packed;
    unsigned slot; /* where the next header goes */
    /* what is written to the guest's memory while the device works */
    struct script_poke poke[SCRIPT_POKES];
    unsigned pokes;
};

uint64_t script_address(struct script *s);
uint32_t script_length(struct script *s);

/* Writes to guest memory where there is any. */
void script_write(uint64_t addr, const void *from, size_t bytes);

/* As a driver starts the device, but for what the input says. */
void script_start(struct script *s);

/* A buffer goes into a queue, by a table if there is to be one; `publish`: the device may see it. */
void script_put(struct script *s, unsigned queue, const struct script_segment *segment, unsigned count,
                bool indirect, bool publish);

void script_notify(struct script *s, unsigned queue);

/* A message of any device, as it stands in the input: what it looks like is in seeds.py. */
void script_message(struct script *s);

/* While the device works another CPU of the guest writes what poke[] has to its memory. */
void script_poke_meanwhile(struct script *s);

/* Does what the input says until its end. */
void script_run(struct script *s);

#endif
