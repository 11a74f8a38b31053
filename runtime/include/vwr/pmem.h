/* SPDX-License-Identifier: MIT */
#ifndef VWR_PMEM_H
#define VWR_PMEM_H

#include "vwr/bytes.h"
#include "vwr/client/pmem.h"
#include "vwr/message.h"

VWR_BEGIN_C

/**
 * DOC: PMEM device, driver side
 *
 * A PMEM device has a region of memory that the CPU reads and writes directly. A flush makes the writes
 * before it persistent::
 *
 *     r = vwr_pmem_open(p, d, options);             // p->region is where it is; options->map maps it
 *     vwr_copy(p->memory, bytes, n);
 *     r = vwr_pmem_flush(p);                        // VWR_OK: the bytes survive a power failure
 *
 * Without waiting, and with several flushes in flight if options->request.requests says so::
 *
 *     r = vwr_pmem_submit(p, &flush[i]);            // for each of them
 *     vwr_pmem_kick(p);                             // once
 *     while ((n = vwr_pmem_reap(p, done, 8)) >= 0)  // done[k]->call.req.result is the result of each
 *         ...
 *
 * Rules:
 *
 * - The region is memory of the host. Map it as normal memory, write-back, as RAM is. Whatever is in it was
 *   written by others, and other owners of the host's file may change it at any time.
 * - A flush covers the writes that the CPU has made before vwr_pmem_kick(), which has a barrier. Writes of
 *   other CPUs have to be ordered before it by the caller.
 * - After any result other than VWR_OK, the caller does not know which of the writes are persistent. It
 *   flushes again, or writes again and flushes.
 * - QEMU takes one flush for each notification, so a second one that is submitted meanwhile may never be
 *   answered. Therefore one flush at a time is in flight, unless the caller knows its device. That costs
 *   little: a flush covers all writes before it, so one is enough for all callers that have waited for the
 *   last one.
 * - A recovery resubmits no flush: those in flight return with an error, and the caller flushes again. If the
 *   device then has another region, the recovery fails.
 * - A device may have its region as shared memory (SHMEM_REGION). The caller looks for it between the probe
 *   and the open, and passes it in options->region. Without it, the driver does not accept the feature.
 * - The device has one owner at a time.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: PMEM Device.
 */

/** VWR_PMEM_QUEUE - Number of descriptors, a power of 2 */
#ifndef VWR_PMEM_QUEUE
#define VWR_PMEM_QUEUE 32u
#endif

/** VWR_PMEM_FLUSHES - Maximum of options->request.requests, the number of flushes in flight */
#ifndef VWR_PMEM_FLUSHES
#define VWR_PMEM_FLUSHES 16u
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_PMEM_QUEUE), "VWR_PMEM_QUEUE must be a power of 2");
VWR_STATIC_ASSERT(VWR_PMEM_FLUSHES > 0, "there is at least one flush");

/**
 * struct vwr_pmem_shared - Shared memory (see struct vwr_queue_memory); it need not be initialised
 * @queue: Request queue.
 */
struct vwr_pmem_shared {
    uint8_t queue[VWR_CLIENT_SHARED_BYTES(VWR_PMEM_QUEUE, VWR_PMEM_FLUSHES, VWR_PMEM_CLIENT_REQ_VQ_SLOT, 1u)];
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

/**
 * struct vwr_pmem_options - Options of vwr_pmem_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @avoid: Features that the driver must not accept.
 * @region: Region VWR_PMEM_SHM_ID_PERSISTENT_REGION, as returned by vwr_mmio_get_region() or
 *   vwr_pci_get_region(); 0 bytes: the device has none.
 * @map: Map the region for the CPU, implemented by the port. It returns the address, where all bytes of the
 *   region are mapped, or NULL for a region that is not where devices may have memory, for example because it
 *   overlaps RAM: the device chose it. It is neither empty nor does it end beyond the largest address. The
 *   hook is called once, by vwr_pmem_open(); the driver does not unmap the region. NULL: the caller maps the
 *   region later, and struct vwr_pmem.memory is NULL.
 * @context: Passed to @map.
 * @request: Request options. The caller sets timeout_us, spin, waiter, and requests, the number of flushes in
 *   flight, up to VWR_PMEM_FLUSHES; default: 1. The driver sets the other members.
 */
struct vwr_pmem_options {
    struct vwr_pmem_shared *shared;
    struct vwr_features avoid;
    struct vwr_region region;
    void *(*map)(void *context, const struct vwr_region *region);
    void *context;
    struct vwr_request_options request;
};

/**
 * struct vwr_pmem - A PMEM device
 * @bringup: Bring-up, which is the first member of @client.
 * @client: Generated client. Any thread may read client.req_vq.requests.stats.
 * @region: Region of the device, by its address on the bus.
 * @memory: Region as options->map has mapped it; NULL: there is no such hook.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_pmem {
    union {
        struct vwr_bringup bringup;
        struct vwr_pmem_client client;
    };
    struct vwr_region region;
    void *memory;
    /* private: */
    struct vwr_pmem_options options;
    uint64_t own[(VWR_REQUEST_OWN_BYTES(VWR_PMEM_QUEUE, VWR_PMEM_FLUSHES) + 7u) / 8u];
};

/**
 * struct vwr_pmem_request - A flush of a caller
 * @call: Message; its member req.result is the result. req.token is for the caller's use.
 * @whole: The same, with the space for its answer.
 *
 * The caller must zero it before its first use and keep it in private memory while it is in flight.
 */
struct vwr_pmem_request {
    union {
        struct vwr_client_call call;
        struct vwr_pmem_client_req_vq_call whole;
    };
};

/**
 * vwr_pmem_open() - Open a PMEM device
 * @p: Device; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK: the device is live.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not a PMEM device.
 * * VWR_EFEATURE: the device insists on SHMEM_REGION, and options->region is empty or options->avoid contains
 *   it.
 * * VWR_EPROTO: the region of the device is empty, or its end exceeds the largest address.
 * * VWR_EINVAL: the same of options->region, or options->request.requests is more than VWR_PMEM_FLUSHES.
 * * VWR_ERANGE: options->map refused the region, or mapped it over @p or options->shared, or the region is
 *   too large for the CPU. The device was closed.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_pmem_open(struct vwr_pmem *p, struct vwr_dev *d,
                                 const struct vwr_pmem_options *options);

/** vwr_pmem_bringup - Class of PMEM devices, for vwr/bringup.h */
extern const struct vwr_bringup_class vwr_pmem_bringup;

/**
 * vwr_pmem_flush() - Make the writes before the call persistent
 * @p: Device.
 *
 * Return: VWR_OK: they are.
 * * VWR_EIO: the device reports a failure.
 * * VWR_EPROTO: the device has not written its whole answer.
 * * VWR_EFAILED: the device is not open, or the queue is stopped.
 * * VWR_EBUSY: another call of this function is in progress, or its flush is still in flight.
 * * Other errors: the same as vwr_request_submit() and vwr_request_wait().
 */
VWR_MUST_CHECK int vwr_pmem_flush(struct vwr_pmem *p);

/**
 * vwr_pmem_submit() - Submit a flush without waiting
 * @p: Device.
 * @flush: Flush; in flight after VWR_OK, until vwr_pmem_reap() returns it.
 *
 * Return: VWR_OK: the device sees the flush after the next kick.
 * * VWR_EFAILED: the device is not open, or the queue is stopped.
 * * VWR_EFULL: as many flushes are in flight as options->request.requests says, or the queue has room for.
 * * VWR_EBUSY: @flush is in flight.
 * * Other errors: the same as vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_pmem_submit(struct vwr_pmem *p, struct vwr_pmem_request *flush);

/** vwr_pmem_kick() - Notify the device of all flushes since the last kick; see vwr_request_kick() */
static inline bool vwr_pmem_kick(struct vwr_pmem *p)
{
    return vwr_client_kick(&p->client.req_vq);
}

/**
 * vwr_pmem_reap() - Return completed flushes, in the order in which the device completed them
 * @p: Device.
 * @done: Filled in with up to @max flushes, which belong to the caller again.
 * @max: Size of @done.
 *
 * Return: The same as vwr_request_reap(). The result of each flush has the same values as that of
 *   vwr_pmem_flush().
 */
VWR_MUST_CHECK static inline int vwr_pmem_reap(struct vwr_pmem *p, struct vwr_pmem_request **done,
                                               unsigned max)
{
    return vwr_request_reap(&p->client.req_vq.requests, (struct vwr_req **)(void *)done, max);
}

/**
 * vwr_pmem_wait() - Wait until a submitted flush has completed; vwr_pmem_reap() does not return it then
 * @p: Device.
 * @flush: Flush, in flight or completed.
 *
 * Return: The same as vwr_request_wait().
 */
VWR_MUST_CHECK static inline int vwr_pmem_wait(struct vwr_pmem *p, struct vwr_pmem_request *flush)
{
    return vwr_request_wait(&p->client.req_vq.requests, &flush->call.req);
}

/**
 * vwr_pmem_arm() - Enable the interrupt for the next completed flush
 * @p: Device.
 *
 * Return: true: the interrupt is enabled. false: a flush has completed already; reap again.
 */
VWR_MUST_CHECK static inline bool vwr_pmem_arm(struct vwr_pmem *p)
{
    return vwr_request_arm(&p->client.req_vq.requests, 1);
}

/** vwr_pmem_explain() - Describe the last fault of the device or its queue; see vwr_dev_explain() */
static inline size_t vwr_pmem_explain(const struct vwr_pmem *p, char *text, size_t bytes)
{
    return vwr_bringup_explain(&p->bringup, &vwr_request_messages, vwr_pmem_feature_names, text, bytes);
}

/**
 * struct vwr_pmem_open_own - Private memory of a PMEM device for vwr_open()
 * @pmem: Device; the first member. The caller maps pmem.region.
 */
struct vwr_pmem_open_own {
    struct vwr_pmem pmem;
};

/**
 * struct vwr_pmem_open_shared - Shared memory of a PMEM device for vwr_open()
 * @queues: Request queue.
 */
struct vwr_pmem_open_shared {
    struct vwr_pmem_shared queues;
};

/** vwr_pmem_open_default() - Open a PMEM device for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_pmem_open_default(void *own, void *shared, struct vwr_dev *d,
                                                       const struct vwr_features *avoid)
{
    struct vwr_pmem_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_pmem_shared *)shared;
    return vwr_pmem_open((struct vwr_pmem *)own, d, &options);
}

VWR_END_C

#endif
