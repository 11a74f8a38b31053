/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_CLASS_FILES_H
#define VWR_FUZZ_CLASS_FILES_H

#include "classes.h"

#include "vwr/vfiles_memory.h"

/* What the devices of 9P and FUSE share: a tree in memory, whose VMM completes some of its calls later. */

#define HANDLES 6u /* fids, or nodes */
#define REQUESTS 3u
#define SEGS 40u

struct class_files {
    struct vwr_vdev *dev;
    struct vwr_vfiles_memory *tree;
    struct vwr_vfiles_memory_file *file;
    struct vwr_vfiles_memory_entry *entry;
    void *pool;
    void *handle; /* memory for the device: HANDLES of them, */
    void *call;   /* and REQUESTS of these */
    struct vwr_vmessage *message;
    struct vwr_vseg *seg;
    struct vwr_vfiles_ops ops;
    const struct vwr_vfiles_ops *memory; /* the functions of the tree itself */
    struct vwr_vfiles_call *kept;
    uint64_t ticket;
    int (*kept_op)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
};

extern struct class_files files;

/* Makes a tree, unless there is one, and memory. `lookups`: some of them complete later, too. */
void files_begin(bool lookups, size_t handle_bytes, size_t call_bytes);
void files_event(uint8_t what, struct input *in);

/* Sends a header of `bytes`, given from its fourth byte on, and a body of n bytes. Returns the answer. */
const uint8_t *files_ask(struct script *s, unsigned queue, const uint8_t *header, uint32_t bytes,
                         const uint8_t *body, uint32_t n);

#endif
