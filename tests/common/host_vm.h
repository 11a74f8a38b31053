/* SPDX-License-Identifier: MIT */
#ifndef VWR_COMMON_HOST_VM_H
#define VWR_COMMON_HOST_VM_H

#include "vwr/mmio.h"
#include "vwr/vdev.h"
#include "cmocka_all.h"

/*
 * A VM with one device in this process, and the port of its driver (VWR_HOST_EXTERNAL_BUS). Register accesses
 * go to vwr_vm_access, and guest RAM has device addresses that differ from the host's. Notifications are
 * handled immediately, or deferred until host_vm_serve. The monitor observes the device (monitored.h). A hook
 * called without the device's lock, and a lock taken twice, fail the test.
 */

#define HOST_VM_RAM_BYTES ((size_t)1 << 20)
#define HOST_VM_RAM UINT64_C(0x40000000)
#define HOST_VM_BASE UINT64_C(0x0a000000)
#define HOST_VM_STRIDE 0x1000u
#define HOST_VM_QUEUES 16u
#define HOST_VM_QUEUE_SIZE 16u

/* A ring format; the names of tests end with its name. */
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
    struct vwr_memory_region region;
    struct vwr_vdev *slot[1];
    struct vwr_vqueue queue[HOST_VM_QUEUES];
    struct vwr_vqueue_entry own[HOST_VM_QUEUES * HOST_VM_QUEUE_SIZE];
    struct vwr_vdev_setup setup; /* arguments for the device's init function, for this format */
    bool locked;
    bool line;           /* state of the interrupt line */
    unsigned interrupts; /* number of times the line was raised */
    unsigned broken;
    uint32_t kicked; /* queues to be served, one bit each */
    size_t allocated;
    struct vwr_mmio mmio; /* the driver's side */
    const struct host_vm_format *format;
};

/* Creates a VM of a format, one at a time, and destroys it. */
void host_vm_begin(struct host_vm *h, const struct host_vm_format *format);
void host_vm_end(struct host_vm *h);

/*
 * Puts the device into the slot, and probes it as a driver: h->mmio. After a close, the call only probes
 * again.
 */
void host_vm_plug(struct host_vm *h, struct vwr_vdev *v);

/* Stops the monitor of this VM's device, because one side breaks rules on purpose. */
void host_vm_look_away(void);

/* Defers all later notifications until host_vm_serve. */
void host_vm_put_off(struct host_vm *h);

/* Allocates guest RAM, zeroed, aligned to VWR_QUEUE_SHARED_ALIGN. */
void *host_vm_alloc(struct host_vm *h, size_t bytes);

/* Serves notified and deferred queues. Returns whether there were any. */
bool host_vm_serve(struct host_vm *h);

/* Runs each of the `count` functions with each format, passed as *state. */
struct host_vm_case {
    const char *name;
    CMUnitTestFunction test;
};
int host_vm_run(const char *group, const struct host_vm_case *cases, size_t count);

#endif
