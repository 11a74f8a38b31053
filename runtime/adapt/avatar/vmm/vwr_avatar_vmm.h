/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#ifndef VWR_AVATAR_VMM_H
#define VWR_AVATAR_VMM_H

/* Between the files of this folder; nobody else includes it. */
#include "vmm/virtio.h"
#include "vwr.h" /* the pair that ./vwr embed writes, of both sides */

VWR_STATIC_ASSERT(VIRTIO_VM_MAX >= 1, "VIRTIO_VM_MAX: at least 1");
VWR_STATIC_ASSERT(VIRTIO_QUEUE_NUM_MAX >= 2 && (VIRTIO_QUEUE_NUM_MAX & (VIRTIO_QUEUE_NUM_MAX - 1)) == 0,
                  "VIRTIO_QUEUE_NUM_MAX: a power of 2");
VWR_STATIC_ASSERT(VIRTIO_QUEUE_NUM_MAX <= VWR_VDEV_QUEUE_SIZE_MAX, "VIRTIO_QUEUE_NUM_MAX: at most 32768");
VWR_STATIC_ASSERT(VIRTIO_DEVICE_QUEUES >= 2 && VIRTIO_DEVICE_QUEUES <= 32,
                  "VIRTIO_DEVICE_QUEUES: a console has 2, and at most 32");
VWR_STATIC_ASSERT(VIRTIO_CHAIN_MAX >= 1 && VIRTIO_CHAINS_MAX >= 1,
                  "VIRTIO_CHAIN_MAX, VIRTIO_CHAINS_MAX: at least 1");
VWR_STATIC_ASSERT(VIRTIO_CONSOLE_BUFFER >= 2, "VIRTIO_CONSOLE_BUFFER: at least 2");
VWR_STATIC_ASSERT(VIRTIO_MMIO_BASE % VIRTIO_MMIO_SIZE == 0, "VIRTIO_MMIO_BASE: the address of a page");

/* A buffer that virtio_queue_pop has taken, or virtio_queue_available. */
struct vwr_avatar_taken {
    struct vwr_vchain chain;
    struct vwr_vseg seg[VIRTIO_CHAIN_MAX];
    bool used;
};

struct vwr_avatar_queue {
    struct vwr_avatar_taken taken[VIRTIO_CHAINS_MAX];
    struct vwr_avatar_taken *next; /* was taken to see whether there is one */
};

struct vwr_avatar_device;

/* Initialises the class behind a device: vwr_vconsole_init and its like. */
typedef int vwr_avatar_begin(struct vwr_avatar_device *d, const struct vwr_vdev_setup *s);

/* One device: what others see, and what makes it work. The library's structure is begun at the first access.
 */
struct vwr_avatar_device {
    virtio_device_t device; /* first: a virtio_device_t that we gave out is one of these */
    virtqueue_t queues[VIRTIO_DEVICE_QUEUES];
    struct vwr_vqueue queue[VIRTIO_DEVICE_QUEUES];
    struct vwr_vqueue_entry own_entries[VIRTIO_DEVICE_QUEUES * VIRTIO_QUEUE_NUM_MAX];
    struct vwr_avatar_queue more[VIRTIO_DEVICE_QUEUES];
    struct vwr_vdev_class kind; /* of a device without a class of the library */
    struct vwr_vdev own;        /* the library's structure of it */
    struct vwr_vdev *vdev;      /* `own`, or the one of a class; NULL until it is begun */
    vwr_avatar_begin *begin;
    void *part; /* for begin */
    uint32_t vm;
    uint32_t slot;
    uint32_t to_do; /* its queues that are to be served again, a bit each */
    bool used;
    bool failed; /* said once */
};

/* What the tree has given a device of a VM; `at` NULL: nothing, and there is no such device. */
struct vwr_avatar_memory {
    void *at;
    uint64_t bytes;
};

/* A VM, by its number. */
struct vwr_avatar_vm {
    struct _vm_t *vm; /* NULL: not initialised */
    struct vwr_vm core;
    struct vwr_vm_region region[VIRTIO_MEMORY_MAX];
    struct vwr_vdev *slot[VIRTIO_VM_IRQS];
    struct vwr_avatar_device device[VIRTIO_VM_IRQS];
    bool console;
    bool block;
    bool net;
    bool configured;
    bool window; /* virtio_configure_vm_disk has been called */
    uint32_t disk;
    uint64_t first;
    uint64_t sectors;
    bool read_only;
    uint32_t pairs; /* of the network device; 0: not said */
    struct vwr_avatar_memory screen;
    struct vwr_avatar_memory balloon;
    uint32_t width;
    uint32_t height;
    virtio_folder_t *folder; /* NULL: none */
};

/* A VM by its number; NULL with a word: there is none. */
struct vwr_avatar_vm *vwr_avatar_vm_at(uint32_t vm_id);

/* What the library knows of a device's VM. */
struct vwr_vm *vwr_avatar_core(const struct vwr_avatar_device *d);

/* Gives a VM its memory; false: it has none. */
bool vwr_avatar_attach(struct vwr_avatar_vm *vm, struct _vm_t *of);

/* The device at an address, or NULL. */
struct vwr_avatar_device *vwr_avatar_at(uint64_t addr);

/* The device of a handle that we gave out, or NULL. */
struct vwr_avatar_device *vwr_avatar_device_of(const virtio_device_t *dev);

/* The device of `part`, which said so with vwr_avatar_take; NULL: it has none any more. */
struct vwr_avatar_device *vwr_avatar_part(const virtio_device_t *dev, const void *part);
struct vwr_avatar_device *vwr_avatar_take(virtio_device_t *dev, vwr_avatar_begin *begin, void *part);

/*
 * What the tree has made of one kind, VIRTIO_VM_MAX of them in an array: `what` for messages, how large one
 * is, and where its virtio_device_t * is, which a part without a device has not, or no more.
 */
struct vwr_avatar_parts {
    const char *what;
    void *first;
    size_t bytes;
    size_t dev_at;
};
#define VWR_AVATAR_PARTS(what, array)                                                \
    {                                                                                \
        what, array, sizeof(*(array)), __builtin_offsetof(__typeof__(*(array)), dev) \
    }

/* One without a device; NULL with a word: all are in use. That of a VM; NULL: it has none. */
void *vwr_avatar_free_part(const struct vwr_avatar_parts *parts);
void *vwr_avatar_part_of_vm(const struct vwr_avatar_parts *parts, uint32_t vm_id);

/* Begins the device if that has not been done; false, with a word once: it cannot be. */
bool vwr_avatar_ready(struct vwr_avatar_device *d);

/* Serves the queues that were put off; behind each call of the library that may have done so. */
void vwr_avatar_go_on(void);

/* Makes `device` what the guest sees now: all of it by its registers, or what needs none. */
void vwr_avatar_look(struct vwr_avatar_device *d);
void vwr_avatar_look_at_queues(struct vwr_avatar_device *d);

/* As virtio_handle_mmio_trap, with a value of up to 8 bytes. */
bool vwr_avatar_trap(uint64_t addr, uint64_t *value, bool is_write, uint32_t size);

/* Network devices of guests: none yet, on a switch that knows none; folders: none. */
void vwr_avatar_net_init(void);
void vwr_avatar_folder_init(void);

/* A line more of what is behind a device. */
void vwr_avatar_show_screen(const virtio_screen_t *screen);
void vwr_avatar_show_folder(const virtio_folder_t *folder);
void vwr_avatar_show_balloon(const virtio_balloon_t *balloon);

/* For a device without a class: begin, and what a reset makes void. */
vwr_avatar_begin vwr_avatar_begin_own;

/* One line of text to the console; a vwr_line. */
void vwr_avatar_line(void *context, const char *line);

#endif
