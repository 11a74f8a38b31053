/* SPDX-License-Identifier: MIT */
#ifndef RTOS_DISK_H
#define RTOS_DISK_H

#define VWR_BLK_REQUESTS 8u /* in flight; other threads wait for one of them */
#define VWR_BLK_SEGMENTS 4u /* pages of a request, if a buffer is not contiguous for the device */

#include "rtos.h"

#include "vwr/blk.h"
#include "vwr/mmio.h"
#include "vwr/gen/ids.h"

#define RTOS_DISK_WAIT_US 60000000u /* maximum wait for a free request */

struct rtos_disk_request {
    struct vwr_blk_req req;
    struct rtos_semaphore completed;
    unsigned long state; /* of the spin lock, while its thread sleeps */
    struct rtos_disk_request *next;
};

struct rtos_disk {
    struct rtos_spinlock lock; /* who holds it owns the queue: a thread, or the handler */
    struct vwr_dev *dev;
    struct vwr_blk blk;
    struct vwr_waiter waiter;
    struct rtos_semaphore idle; /* number of requests in `free` */
    struct rtos_disk_request *free;
    struct rtos_disk_request request[VWR_BLK_REQUESTS];
    struct vwr_blk_shared shared;
    struct vwr_blk_own own;
};

/*
 * Probes `count` slots of `stride` bytes and returns the number of the slot with disk number `n`, counted
 * from 0; `m` is then its device. VWR_ENODEV: there are not so many disks.
 */
VWR_MUST_CHECK int rtos_disk_find(struct vwr_mmio *m, volatile void *slots, uint32_t stride, uint32_t count,
                                  unsigned n);

/* *d is zeroed; `dev` was probed (vwr_mmio_probe, vwr_pci_probe). Enable its interrupt after this call. */
VWR_MUST_CHECK int rtos_disk_open(struct rtos_disk *d, struct vwr_dev *dev);

/*
 * Called by any number of threads at the same time. `type` is VWR_BLK_T_IN, VWR_BLK_T_OUT, or VWR_BLK_T_FLUSH
 * with sector 0, NULL and 0 bytes. VWR_EFULL: no request became free in time. vwr_result_is_in_flight() of
 * the result: the device may still access `data`. The calls of vwr/blk.h that have no request, such as
 * vwr_blk_flush(), must not be used after the open: `sleep_for` finds no semaphore for them.
 */
VWR_MUST_CHECK int rtos_disk_transfer(struct rtos_disk *d, uint32_t type, uint64_t sector, void *data,
                                      size_t bytes);

/* Wakes the threads whose requests have completed. */
void rtos_disk_service(struct rtos_disk *d);

/* The interrupt handler of the device. */
void rtos_disk_irq(struct rtos_disk *d);

#endif
