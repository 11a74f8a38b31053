/* SPDX-License-Identifier: MIT */
#ifndef VWR_VMM_INSIDE_H
#define VWR_VMM_INSIDE_H

#include "vwr/blk.h"
#include "vwr/mmio.h"

#include "guest_console.h"
#include "guest_entropy.h"

/*
 * What runs inside of a VM: our driver side, with a disk of its own, a console, a source of random bytes and
 * a disk that all may read. It knows the VM's memory, register windows and interrupt lines, and nothing of
 * what is outside. Nothing waits: inside_step does what there is to do, and takes answers from a device
 * after it has interrupted, not before.
 *
 * Its work: writes all of its disk with its own tag, in requests of random length, several at once; flushes;
 * reads all back; and answers each line that is typed on its console.
 */

enum { DISK, CONSOLE, ENTROPY, COMMON, DEVICES }; /* by slot */

#define INSIDE_QUEUES 2u
#define INSIDE_SIZE 64u
#define INSIDE_REQUESTS 8u /* at once in each queue */
#define INSIDE_SEGMENTS 16u
#define INSIDE_SECTORS 24u /* of the longest request */
#define INSIDE_RANDOM 32u  /* random bytes that it asks for */
#define INSIDE_LINE 128u

enum phase { WRITES, FLUSHES, READS, DONE };

struct inside_ram {
    uint8_t *at;
    uint64_t addr;
    size_t bytes;
    size_t used;
};

struct inside_request {
    struct vwr_blk_req req; /* first */
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
    /* the program's */
    char tag;
    uint64_t first; /* of its disk, on the real one: the pattern is of that */
    enum phase phase;
    struct inside_request request[INSIDE_QUEUES * INSIDE_REQUESTS];
    unsigned out;
    uint64_t next;
    uint32_t seed;
    bool due[DEVICES];
    uint64_t bad; /* a sector that cannot be read; 0: none */
    unsigned errors;
    unsigned interrupts;
    struct inside_request shared; /* of the disk that both may read */
    bool has_shared;
    char heard[INSIDE_LINE];
    unsigned heard_bytes;
    unsigned lines;
    uint8_t random[INSIDE_RANDOM];
    unsigned randoms;
};

/* Finds and opens its devices. Memory, windows and what it is are set; all else is forgotten. */
void inside_boot(struct inside *in);

/* Begins its work anew. */
void inside_work(struct inside *in);

void inside_step(struct inside *in);

/* Fills the ring of its disk with nonsense, and notifies. */
void inside_break_disk(struct inside *in);

/* What the VM's memory is for its devices. */
uint64_t inside_dma(const struct inside *in, const void *p, size_t n, size_t *run);

#endif
