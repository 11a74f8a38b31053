/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPMEM_H
#define VWR_VPMEM_H

#include "vwr/messages/pmem.h"
#include "vwr/vservice.h"

VWR_BEGIN_C

/**
 * DOC: PMEM device, device side
 *
 * The device gives a guest memory that the VMM has mapped into it, such as a file. The guest reads and writes
 * it without the device, and the device only flushes::
 *
 *     static int flush(struct vwr_vpmem *v, uint64_t ticket)
 *     {
 *         return fsync(file_of(v)) == 0 ? VWR_OK : VWR_EIO;
 *     }
 *
 * hosted/posix contains a back end in a file, whose flushes do not block the thread that serves the guest.
 *
 * Rules:
 *
 * - A flush succeeds only if all bytes that the guest had written before it are persistent. A back end that
 *   answers several flushes with one fsync() starts it after the last one of them has arrived.
 * - A failed flush is answered with -1. The Linux page cache forgets which pages it could not write: after a
 *   failed fsync(), the back end fails all flushes until it has written the whole region again.
 * - The guest finds the region by its address, options->region, or as shared memory, setup->shm[0], if the
 *   setup has it. A driver that does not accept SHMEM_REGION needs the address. On PCI, the guest moves
 *   shared memory (struct vwr_vpci_setup.region).
 * - The region need not be part of vm->memory. If it is, buffers for other devices can be in it.
 * - Up to VWR_VPMEM_FLUSHES flushes are in flight, and are completed in any order. Others wait in the queue.
 * - A flush that is in flight when the device is saved is executed again after the load.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: PMEM Device.
 */

/** VWR_VPMEM_FLUSHES - Maximum number of flushes in flight */
#ifndef VWR_VPMEM_FLUSHES
#define VWR_VPMEM_FLUSHES 8u
#endif
VWR_STATIC_ASSERT(VWR_VPMEM_FLUSHES > 0, "there is at least one flush");

/*
 * A limit of this implementation: segments per chain, for 32 descriptors and some boundaries between regions.
 */
#define VWR_VPMEM_SEGS 36u
#define VWR_VPMEM_QUEUES 1u

struct vwr_vpmem;

/**
 * struct vwr_vpmem_options - Options of vwr_vpmem_init()
 * @flush: Make all bytes of the region persistent, implemented by the VMM. It returns VWR_OK when they are,
 *   an error if the flush failed, or VWR_LATER: the VMM then passes @ticket to vwr_vpmem_done() when the
 *   flush has ended. It is called with the device's lock held, and must not call functions of this device.
 * @context: Stored in the device.
 * @region: Guest-physical address of the region and its size in bytes; 0 bytes: the guest has to accept
 *   SHMEM_REGION.
 */
struct vwr_vpmem_options {
    int (*flush)(struct vwr_vpmem *v, uint64_t ticket);
    void *context;
    struct vwr_vdev_shm region;
};

/**
 * struct vwr_vpmem - A PMEM device
 * @service: Service; the first member.
 * @context: For the VMM.
 */
struct vwr_vpmem {
    struct vwr_service service;
    void *context;
    /* private: */
    int (*flush)(struct vwr_vpmem *v, uint64_t ticket);
    uint64_t start; /* of options->region */
    uint64_t size;
    struct vwr_pmem_config config;
    struct vwr_pmem_req fixed;
    struct vwr_vmessage message[VWR_VPMEM_FLUSHES];
    struct vwr_vseg seg[VWR_SERVICE_SEGS(VWR_VPMEM_FLUSHES, VWR_VPMEM_SEGS)];
};

/** VWR_VPMEM_QUEUE - Number of descriptors of the queue, a power of 2 */
#ifndef VWR_VPMEM_QUEUE
#define VWR_VPMEM_QUEUE 32u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VPMEM_QUEUE), "VWR_VPMEM_QUEUE must be a power of 2");

/**
 * struct vwr_vpmem_own - Memory of a PMEM device that no guest can access; it need not be initialised
 * @queue: Queue.
 * @descriptor: Its descriptors.
 */
struct vwr_vpmem_own {
    struct vwr_vqueue queue[VWR_VPMEM_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VPMEM_QUEUES, VWR_VPMEM_QUEUE)];
};

/**
 * vwr_vpmem_init_with() - Initialise a PMEM device with memory of any size
 * @v: Device. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @options: Options; not used after the call.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: options->flush is NULL, there is no region that a driver could find, or a region is empty or
 *   its end exceeds the largest address.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vpmem_init_with(struct vwr_vpmem *v, const struct vwr_vdev_setup *s,
                                       const struct vwr_vpmem_options *options);

/** vwr_vpmem_init() - Initialise a PMEM device in a structure of memory; see vwr_vpmem_init_with() */
VWR_MUST_CHECK static inline int vwr_vpmem_init(struct vwr_vpmem *v, const struct vwr_vdev_setup *setup,
                                                struct vwr_vpmem_own *own,
                                                const struct vwr_vpmem_options *options)
{
    struct vwr_vdev_setup with;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VPMEM_QUEUE);
    return vwr_vpmem_init_with(v, &with, options);
}

/**
 * vwr_vpmem_done() - Complete a flush for which the VMM's function returned VWR_LATER
 * @v: Device.
 * @ticket: Ticket that the function got. If a reset has ended the flush in the meantime, the call only
 *   increments the device's stats.late.
 * @result: VWR_OK: the bytes are persistent. Any other value is answered with -1.
 */
void vwr_vpmem_done(struct vwr_vpmem *v, uint64_t ticket, int result);

/**
 * vwr_vpmem_dev() - Get the device for functions that apply to all classes
 * @v: Device.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vpmem_dev(struct vwr_vpmem *v)
{
    return &v->service.dev;
}

VWR_END_C

#endif
