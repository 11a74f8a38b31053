/* SPDX-License-Identifier: MIT */
#ifndef BLOCK_DEVICE_H
#define BLOCK_DEVICE_H

#include <stddef.h>

/* The file system's view of a disk. */
#define BLOCK_BYTES 512u

struct block_device {
    void (*read_block)(struct block_device *self, size_t block_id, void *buf);
    void (*write_block)(struct block_device *self, size_t block_id, const void *buf);
    void (*handle_irq)(struct block_device *self);
};

#endif
