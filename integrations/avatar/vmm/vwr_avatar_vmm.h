/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#ifndef VWR_AVATAR_VMM_H
#define VWR_AVATAR_VMM_H

/* Interface between the files of this folder; private. */
#include "vmm/virtio.h"
#include "vwr.h" /* written by ./vwr embed, for both sides */

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

/* A buffer taken by virtio_queue_pop or virtio_queue_available. */
struct vwr_avatar_taken {
    struct vwr_vchain chain;
    struct vwr_vseg seg[VIRTIO_CHAIN_MAX];
    bool used;
};

struct vwr_avatar_queue {
    struct vwr_avatar_taken taken[VIRTIO_CHAINS_MAX];
    struct vwr_avatar_taken *next; /* popped in advance by virtio_queue_available */
};

struct vwr_avatar_device;

/* Initializes the class of a device: vwr_vconsole_init_with and similar. */
typedef int vwr_avatar_begin(struct vwr_avatar_device *d, const struct vwr_vdev_setup *s);

/*
 * A device: the public structure and its implementation. The library's structure is initialized at the first
 * access.
 */
struct vwr_avatar_device {
    virtio_device_t device; /* first: handles point to it */
    virtqueue_t queues[VIRTIO_DEVICE_QUEUES];
    struct vwr_vqueue queue[VIRTIO_DEVICE_QUEUES];
    struct vwr_vqueue_entry own_entries[VIRTIO_DEVICE_QUEUES * VIRTIO_QUEUE_NUM_MAX];
    struct vwr_avatar_queue more[VIRTIO_DEVICE_QUEUES];
    struct vwr_vdev_class kind; /* for a device without a library class */
    struct vwr_vdev own;        /* the library's structure for it */
    struct vwr_vdev *vdev;      /* `own`, or the public structure of a class; NULL until initialized */
    vwr_avatar_begin *begin;
    void *part; /* for begin */
    uint32_t vm;
    uint32_t slot;
    uint32_t to_do; /* bitmap of queues to be served again */
    bool used;
    bool failed; /* logged once */
};

/* Memory that Avatar provides for a device of a VM. `at` is NULL: no such device. */
struct vwr_avatar_memory {
    void *at;
    uint64_t bytes;
};

/* A VM, by its number. */
struct vwr_avatar_vm {
    struct _vm_t *vm; /* NULL: not initialized */
    struct vwr_vm core;
    struct vwr_memory_region region[VIRTIO_MEMORY_MAX];
    struct vwr_vdev *slot[VIRTIO_VM_IRQS];
    struct vwr_avatar_device device[VIRTIO_VM_IRQS];
    uint32_t high; /* bitmap of the VM's interrupts whose line is high */
    bool console;
    bool block;
    bool net;
    bool configured;
    bool window; /* virtio_configure_vm_disk was called */
    uint32_t disk;
    uint64_t first;
    uint64_t sectors;
    bool read_only;
    uint32_t pairs; /* of the network device; 0: default */
    struct vwr_avatar_memory screen;
    struct vwr_avatar_memory balloon;
    uint32_t width;
    uint32_t height;
    virtio_folder_t *folder; /* NULL: none */
};

/* Returns the VM with this number. NULL with a message: the number is invalid. */
struct vwr_avatar_vm *vwr_avatar_vm_at(uint32_t vm_id);

/* The library's structure of a device's VM. */
struct vwr_vm *vwr_avatar_core(const struct vwr_avatar_device *d);

/* Sets a VM's memory; false: it has none. */
bool vwr_avatar_attach(struct vwr_avatar_vm *vm, struct _vm_t *of);

/* The device at an address, or NULL. */
struct vwr_avatar_device *vwr_avatar_at(uint64_t addr);

/* The device of a handle, or NULL. */
struct vwr_avatar_device *vwr_avatar_device_of(const virtio_device_t *dev);

/* vwr_avatar_part returns the device that `part` took with vwr_avatar_take; NULL: it has been destroyed. */
struct vwr_avatar_device *vwr_avatar_part(const virtio_device_t *dev, const void *part);
struct vwr_avatar_device *vwr_avatar_take(virtio_device_t *dev, vwr_avatar_begin *begin, void *part);

/*
 * The objects of one kind, an array of VIRTIO_VM_MAX: `what` for messages, the size of an object, and the
 * offset of its virtio_device_t *, which is NULL or stale if the object has no device.
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

/*
 * The first function returns an object without a device, or NULL with a message: all are in use. The second
 * one returns the object of a VM, or NULL.
 */
void *vwr_avatar_free_part(const struct vwr_avatar_parts *parts);
void *vwr_avatar_part_of_vm(const struct vwr_avatar_parts *parts, uint32_t vm_id);

/* Initializes the device if necessary; false: failed, logged once. */
bool vwr_avatar_ready(struct vwr_avatar_device *d);

/* Serves deferred queues; call it after each library call that may have deferred one. */
void vwr_avatar_run_deferred(void);

/* Updates `device` for its readers: all fields, with register reads, or only the fields that need none. */
void vwr_avatar_update(struct vwr_avatar_device *d);
void vwr_avatar_update_queues(struct vwr_avatar_device *d);

/* As virtio_handle_mmio_trap, with values of up to 8 bytes. */
bool vwr_avatar_trap(uint64_t addr, uint64_t *value, bool is_write, uint32_t size);

/* Initializes network devices with an empty switch; folders. */
void vwr_avatar_net_init(void);
void vwr_avatar_folder_init(void);

/* The clock of the switch. It may defer queues. */
void vwr_avatar_net_tick(void);

/* Logs additional details of a device. */
void vwr_avatar_show_screen(const virtio_screen_t *screen);
void vwr_avatar_show_folder(const virtio_folder_t *folder);
void vwr_avatar_show_balloon(const virtio_balloon_t *balloon);

/* Initializes a device without a library class. */
vwr_avatar_begin vwr_avatar_begin_own;

/* Logs one line; a vwr_line. */
void vwr_avatar_line(void *context, const char *line);

#endif
