/* SPDX-License-Identifier: MIT */
#ifndef VWR_COMMON_HOST_VM_H
#define VWR_COMMON_HOST_VM_H

#include "vwr/mmio.h"
#include "vwr/vdev.h"
#include "cmocka_all.h"

/*
 * A VM with one device in this process, and the port of its driver (VWR_HOST_EXTERNAL_BUS): accesses to
 * registers go to vwr_vm_access, and the guest's RAM has other addresses for the device than here.
 * Notifications are dealt with at once, or put off until host_vm_serve. A hook that is called without the
 * device's lock, or a lock that is taken twice, fails the test.
 */

#define HOST_VM_RAM_BYTES ((size_t)1 << 20)
#define HOST_VM_RAM UINT64_C(0x40000000)
#define HOST_VM_BASE UINT64_C(0x0a000000)
#define HOST_VM_STRIDE 0x1000u
#define HOST_VM_QUEUES 16u
#define HOST_VM_QUEUE_SIZE 16u

/* What a ring can be; the names of tests end with it. */
struct host_vm_format {
    const char *name;
    bool legacy;
    bool packed;
    bool indirect;
    bool event_idx;
    bool in_order;
};
#define HOST_VM_FORMATS 9u
extern const struct host_vm_format host_vm_formats[HOST_VM_FORMATS];

struct host_vm {
    struct vwr_vm vm;
    struct vwr_vm_ops ops;
    struct vwr_vm_region region;
    struct vwr_vdev *slot[1];
    struct vwr_vqueue queue[HOST_VM_QUEUES];
    struct vwr_vqueue_entry own[HOST_VM_QUEUES * HOST_VM_QUEUE_SIZE];
    struct vwr_vdev_setup setup; /* what a device is made with: of the format, with all of the above */
    bool locked;
    bool line;           /* the interrupt's */
    unsigned interrupts; /* how often it was raised */
    unsigned broken;
    uint32_t kicked; /* queues that wait to be served, a bit each */
    size_t allocated;
    struct vwr_mmio mmio; /* the driver's end */
    const struct host_vm_format *format;
};

/* Fresh, of a format; one at a time. And the end of it. */
void host_vm_begin(struct host_vm *h, const struct host_vm_format *format);
void host_vm_end(struct host_vm *h);

/* The device goes into the slot, and the driver's probe finds it: h->mmio. Again after a close: probe alone.
 */
void host_vm_plug(struct host_vm *h, struct vwr_vdev *v);

/* From here on notifications wait for host_vm_serve. */
void host_vm_put_off(struct host_vm *h);

/* Guest RAM, zeroed, aligned to VWR_QUEUE_SHARED_ALIGN. */
void *host_vm_alloc(struct host_vm *h, size_t bytes);

/* Serves what was kicked or put off: true if there was something. */
bool host_vm_serve(struct host_vm *h);

/* Runs each of `count` functions with each format, which it gets as *state. */
struct host_vm_case {
    const char *name;
    CMUnitTestFunction test;
};
int host_vm_run(const char *group, const struct host_vm_case *cases, size_t count);

#endif
