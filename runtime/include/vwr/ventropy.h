/* SPDX-License-Identifier: MIT */
#ifndef VWR_VENTROPY_H
#define VWR_VENTROPY_H

#include "vwr/vstream.h"
#include "vwr/gen/entropy.h"

VWR_BEGIN_C

/**
 * DOC: Entropy device, device side
 *
 * An entropy device is a source of random bytes for a guest. A function of the VMM supplies them::
 *
 *     r = vwr_ventropy_init(e, setup, own, source, context);
 *     vwr_ventropy_resume(e);                // source has bytes again, after it had none
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Entropy Device.
 */

/* A limit of this implementation: maximum number of segments of a chain that are filled at a time. */
#define VWR_VENTROPY_SEGS 68u
#define VWR_VENTROPY_QUEUES 1u

struct vwr_ventropy;

/**
 * typedef vwr_ventropy_source - Source of random bytes, implemented by the VMM
 *
 * The function fills as many of bytes[0 .. n) as it can, starting at the first, and returns the number
 * filled. If it returns 0, the guest's buffer waits for vwr_ventropy_resume(). After a reset by the guest,
 * the function is called again for the next buffer. If it returns less than @n, the guest receives these
 * bytes. @n does not exceed the remaining byte budget, so a large buffer is filled in parts.
 *
 * It is called with the device's lock held and must not call functions of this device. In a VMM
 * without locks, vwr_ventropy_resume() and vwr_vdev_serve() have no effect within it; after
 * vwr_vdev_reset() and vwr_vdev_needs_reset() its result is ignored.
 */
typedef uint32_t vwr_ventropy_source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n);

/**
 * struct vwr_ventropy - An entropy device
 * @dev: Device; the first member.
 * @context: For the VMM.
 */
struct vwr_ventropy {
    struct vwr_vdev dev;
    void *context;
    /* private: */
    vwr_ventropy_source *source;
    struct vwr_vstream filled; /* stopped while the source is empty, until vwr_ventropy_resume() */
    struct vwr_vseg seg[VWR_VENTROPY_SEGS];
};

/**
 * vwr_ventropy_init_with() - Initialise an entropy device with memory of any size
 * @e: Device. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @source: Source of random bytes.
 * @context: Stored in @e.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: @source is NULL.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_ventropy_init_with(struct vwr_ventropy *e, const struct vwr_vdev_setup *s,
                                          vwr_ventropy_source *source, void *context);

/** VWR_VENTROPY_QUEUE - Number of descriptors of the queue */
#ifndef VWR_VENTROPY_QUEUE
#define VWR_VENTROPY_QUEUE 16u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VENTROPY_QUEUE), "VWR_VENTROPY_QUEUE must be a power of 2");

/**
 * struct vwr_ventropy_own - Memory of an entropy device that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 */
struct vwr_ventropy_own {
    struct vwr_vqueue queue[VWR_VENTROPY_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VENTROPY_QUEUES, VWR_VENTROPY_QUEUE)];
};

/** vwr_ventropy_init() - Initialise an entropy device; see vwr_ventropy_init_with() */
VWR_MUST_CHECK static inline int vwr_ventropy_init(struct vwr_ventropy *e, const struct vwr_vdev_setup *setup,
                                                   struct vwr_ventropy_own *own, vwr_ventropy_source *source,
                                                   void *context)
{
    struct vwr_vdev_setup with;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VENTROPY_QUEUE);
    return vwr_ventropy_init_with(e, &with, source, context);
}

/**
 * vwr_ventropy_resume() - Report that the source has random bytes again
 * @e: Device.
 */
void vwr_ventropy_resume(struct vwr_ventropy *e);

VWR_END_C

#endif
