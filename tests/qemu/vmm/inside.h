/* SPDX-License-Identifier: MIT */
#ifndef VWR_VMM_INSIDE_H
#define VWR_VMM_INSIDE_H

#include "vwr/blk.h"
#include "vwr/mmio.h"

#include "guest_console.h"
#include "guest_entropy.h"

/*
 * The software in a VM: our driver side, with a private disk, a console, an entropy device and a disk that
 * all VMs may read. It knows the VM's memory, register windows and interrupt lines, and nothing else. No call
 * waits: inside_step does the pending work, and takes a device's answers only after its interrupt.
 *
 * Its work: it writes its whole disk with its own tag, in parallel requests of random length, flushes, reads
 * everything back, and answers each line typed on its console.
 */

enum { DISK, CONSOLE, ENTROPY, COMMON, DEVICES }; /* by slot */

#define INSIDE_QUEUES 2u
#define INSIDE_SIZE 64u
#define INSIDE_REQUESTS 8u /* in flight in each queue */
#define INSIDE_SEGMENTS 16u
#define INSIDE_SECTORS 24u /* maximum sectors of a request */
#define INSIDE_RANDOM 32u  /* random bytes to request */
#define INSIDE_LINE 128u

enum phase { WRITES, FLUSHES, READS, DONE };

struct inside_ram {
    uint8_t *at;
    uint64_t addr;
    size_t bytes;
    size_t used;
};

struct inside_request {
    struct vwr_blk_req req; /* first member */
    uint8_t *buffer;
    uint64_t sector;
    uint32_t sectors;
};

struct inside {
    /* the machine */
    struct inside_ram ram[2];
    unsigned rams;
    uint64_t base;
    bool line[DEVICES];
    /* the driver's */
    struct vwr_mmio mmio[DEVICES];
    struct vwr_blk disk;
    struct vwr_blk common;
    struct vwr_queue_memory memory[INSIDE_QUEUES + 1];
    struct vwr_blk_requestq more_queue;
    struct vwr_blk_more more;
    uint64_t own[INSIDE_QUEUES + 1][1024];
    struct guest_console console;
    struct guest_entropy entropy;
    /* the program */
    char tag;
    uint64_t first; /* position of its disk on the real disk, which determines the pattern */
    enum phase phase;
    struct inside_request request[INSIDE_QUEUES * INSIDE_REQUESTS];
    unsigned out;
    uint64_t next;
    uint32_t seed;
    bool due[DEVICES];
    uint64_t bad; /* an unreadable sector; 0: none */
    unsigned errors;
    unsigned interrupts;
    struct inside_request shared; /* to the shared disk */
    bool has_shared;
    char heard[INSIDE_LINE];
    unsigned heard_bytes;
    unsigned lines;
    uint8_t random[INSIDE_RANDOM];
    unsigned randoms;
};

/* Finds and opens the devices. Memory, windows and identity must be set; all other state is reset. */
void inside_boot(struct inside *in);

/* Starts its work again. */
void inside_work(struct inside *in);

void inside_step(struct inside *in);

/* Fills the ring of its disk with invalid values, and notifies. */
void inside_break_disk(struct inside *in);

/* Translates an address of the VM's memory for its devices. */
uint64_t inside_dma(const struct inside *in, const void *p, size_t n, size_t *run);

#endif
