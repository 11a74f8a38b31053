/* SPDX-License-Identifier: MIT */
#ifndef VWR_REPLAY_SCRIPT_H
#define VWR_REPLAY_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A recording: a driver's accesses, and QEMU's answers, one event on each line; README.md lists the kinds. An
 * unreadable line ends the program, which prints it.
 */

#define SCRIPT_BYTES 600u /* maximum bytes of a line's content */

/* Contents of memory: bytes, whole sectors of the disk, zeroes, or consecutive 16-bit numbers. */
struct script_content {
    char kind; /* x p z n */
    uint8_t byte[SCRIPT_BYTES];
    uint64_t first; /* p: sector, n: number */
    uint32_t stride;
    size_t bytes; /* n: count of numbers */
};

struct script_event {
    unsigned line;
    char kind;                     /* r w m d u n i v */
    uint64_t at;                   /* r w: offset; m d n: address; u: queue */
    unsigned size;                 /* r w */
    uint64_t value;                /* r w */
    uint32_t used[4];              /* u: position, id, length, flags (packed) */
    bool packed;                   /* u */
    char name[64];                 /* n: of the word, v: of the vector */
    struct script_content content; /* m d n */
};

/* The properties that the device must have before the first event. */
struct script_device {
    uint32_t version;
    uint32_t vendor;
    uint32_t queue_max;
    uint64_t offer;
    uint8_t config[256];
    size_t config_bytes;
    uint64_t ram;
    uint64_t ram_bytes;
    uint64_t sectors;
    char serial[32];
    bool at_once; /* requests complete during the notification, and the recording has no interrupts */
};

struct script;

/* Reads the head. */
struct script *script_open(const char *path, struct script_device *d);

/* The next event; false at the end. */
bool script_next(struct script *s, struct script_event *e);

void script_close(struct script *s);

_Noreturn void script_bad(const struct script *s, const char *why);

#endif
