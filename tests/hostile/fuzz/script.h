/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_SCRIPT_H
#define VWR_FUZZ_SCRIPT_H

#include "world.h"

/*
 * The actions of a guest, encoded in few bytes: it starts the device like a driver, adds buffers to its
 * queues, and at any point does something that a driver would not do. Operands encode interesting values in a
 * short form: the ends of regions, lengths around 2^32, registers of the device itself.
 */

struct script_segment {
    uint64_t addr;
    uint32_t len;
    uint16_t flags; /* WRITE, and any other flags */
};

#define SCRIPT_SEGMENTS 12u

struct script_ring {
    uint64_t desc; /* guest addresses */
    uint64_t driver;
    uint64_t device;
    uint32_t size;
    uint32_t next; /* next free descriptor; packed: position */
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
    bool has_printed;
    unsigned slot; /* slot of the next header */
    /* writes to the guest's memory while the device works */
    struct script_poke poke[SCRIPT_POKES];
    unsigned pokes;
};

uint64_t script_address(struct script *s);
uint32_t script_length(struct script *s);

/* Writes to guest memory, where memory exists. */
void script_write(uint64_t addr, const void *from, size_t bytes);

/* Starts the device as a driver does, with the changes that the input selects. */
void script_start(struct script *s);

/*
 * Adds a buffer to a queue, on request through an indirect table; `publish`: makes it visible to the
 * device.
 */
void script_put(struct script *s, unsigned queue, const struct script_segment *segment, unsigned count,
                bool indirect, bool publish);

void script_notify(struct script *s, unsigned queue);

/* Sends a message of any device, as it stands in the input. seeds.py describes its format. */
void script_message(struct script *s);

/* While the device works, another CPU of the guest writes the values of poke[] to guest memory. */
void script_poke_meanwhile(struct script *s);

/* Does one step of the script. */
void script_step(struct script *s);

/* Runs the script until the input ends. */
void script_run(struct script *s);

#endif
