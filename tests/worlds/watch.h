/* SPDX-License-Identifier: MIT */
#ifndef WORLDS_WATCH_H
#define WORLDS_WATCH_H

#include "vwr/monitor.h"

#include "machine.h"

/*
 * The monitor of a world's device. It keeps the first broken rule as a text, and does not report what the
 * specification only recommends.
 */

#define WATCH_QUEUES 64u
#define WATCH_ENTRIES (WATCH_QUEUES * 1024u)

struct watch {
    struct vwr_monitor m;
    bool runs;
    char text[TEXT_BYTES];
    uint8_t *memory;
    uint64_t at; /* device address of its first byte */
    struct vwr_monitor_queue queue[WATCH_QUEUES];
    struct vwr_monitor_entry entry[WATCH_ENTRIES];
};

/* Begins to observe a device with these tables, in a memory of MEMORY_BYTES. */
void watch_begin(struct watch *w, const struct vwr_monitor_setup *tables, uint8_t *memory, uint64_t at);

/* An access to what enum place says. */
void watch_access(struct watch *w, uint32_t place, uint32_t structure, uint32_t offset, uint32_t bytes,
                  bool is_write, uint64_t value);

#endif
