/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEV_H
#define VWR_DEV_H

#include "vwr/array.h"
#include "vwr/config.h"
#include "vwr/fault.h"
#include "vwr/wait.h"
#include "vwr/queue.h"

VWR_BEGIN_C

/**
 * DOC: Devices, driver side
 *
 * These functions take a device of any transport from reset to DRIVER_OK::
 *
 *     probe (of the transport) -> vwr_dev_negotiate -> vwr_dev_add_queue ... -> vwr_dev_start
 *
 * A device class, such as vwr/blk.h, makes these calls for its user. If a call fails, FAILED is set and
 * vwr_dev_explain() describes the reason. vwr_dev_reset() then returns the device to its state after the
 * probe. A call that is out of order returns VWR_EINVAL and changes nothing.
 *
 * Rules:
 *
 * - The device's owner makes one call at a time and owns all queues of the device. vwr_dev_irq() is
 *   the exception: an interrupt handler may call it at any time.
 * - The owner of one queue may call vwr_dev_write_failed() and vwr_dev_poll_status() while other
 *   owners use other queues, because these functions write nothing to struct vwr_dev.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: General Initialization And Device Operation / Device Initialization.
 */

/** VWR_RESET_TIMEOUT_US - Time limit of a reset in microseconds */
#ifndef VWR_RESET_TIMEOUT_US
#define VWR_RESET_TIMEOUT_US 1000000u
#endif

/** VWR_CONFIG_TRIES - Maximum number of attempts to read a configuration that keeps changing */
#ifndef VWR_CONFIG_TRIES
#define VWR_CONFIG_TRIES 16u
#endif
VWR_STATIC_ASSERT(VWR_CONFIG_TRIES >= 2,
                  "VWR_CONFIG_TRIES must be at least 2: a step of recovery reads twice");

struct vwr_dev;

/**
 * struct vwr_transport - Functions of a transport; control path only
 * @get_register: Read the register at @offset of the MMIO version 2 layout (VWR_MMIO_* of
 *   vwr/gen/mmio.h).
 * @set_register: Write the register at @offset.
 * @get_features: Read word @word of the offered features.
 * @set_features: Write word @word of the accepted features.
 * @queue_set: Pass the selected queue, with its ring at @addr, to the device. Returns a fault kind.
 * @irq: Read and acknowledge the interrupt causes.
 * @usable: Features that the transport can have and drivers support; others are never accepted. See
 *   VWR_DEV_USABLE().
 * @legacy: true if devices have the legacy interface.
 *
 * Every transport implements these registers:
 *
 * - VWR_MMIO_STATUS: device status. Reads as VWR_FAULT_ALL_ONES if the device is gone; writing 0
 *   resets the device.
 * - VWR_MMIO_QUEUE_SEL, write only: selects the queue for @queue_set and for the other queue
 *   registers.
 * - VWR_MMIO_QUEUE_SIZE_MAX, read only: maximum size of the queue; 0: the device does not have the queue.
 * - VWR_MMIO_QUEUE_READY, read only: not 0 if the queue is already in use.
 *
 * A transport of modern devices also implements:
 *
 * - VWR_MMIO_QUEUE_RESET: writing 1 requests a reset of the queue. Reads as 0 when that reset is complete,
 *   and as VWR_FAULT_ALL_ONES if the device is gone.
 * - VWR_MMIO_CONFIG_GENERATION, read only: configuration generation.
 */
struct vwr_transport {
    uint32_t (*get_register)(struct vwr_dev *d, unsigned offset);
    void (*set_register)(struct vwr_dev *d, unsigned offset, uint32_t value);
    uint32_t (*get_features)(struct vwr_dev *d, uint32_t word);
    void (*set_features)(struct vwr_dev *d, uint32_t word, uint32_t bits);
    uint32_t (*queue_set)(struct vwr_dev *d, struct vwr_queue *q, uint64_t addr);
    uint32_t (*irq)(struct vwr_dev *d);
    const struct vwr_features *usable;
    bool legacy;
};

/**
 * enum vwr_dev_state - Life cycle of a device
 * @VWR_DEV_NONE: The probe found no usable device.
 * @VWR_DEV_PROBED: Probed or reset.
 * @VWR_DEV_NEGOTIATED: Features are negotiated; queues can be added.
 * @VWR_DEV_LIVE: DRIVER_OK is set.
 * @VWR_DEV_FAILED: The device must be reset before further use.
 */
enum vwr_dev_state {
    VWR_DEV_NONE = 0,
    VWR_DEV_PROBED = 1,
    VWR_DEV_NEGOTIATED = 2,
    VWR_DEV_LIVE = 3,
    VWR_DEV_FAILED = 4
};

/**
 * struct vwr_dev_stats - Counters of a device
 * @interrupts: Interrupts with a cause.
 * @spurious: Interrupts without a cause, or before DRIVER_OK.
 * @in_a_row: Spurious interrupts since the last interrupt with a cause. A large value means an interrupt
 *   storm.
 */
struct vwr_dev_stats {
    vwr_count interrupts;
    vwr_count spurious;
    vwr_count in_a_row;
};

/**
 * struct vwr_region - A region of shared memory
 * @addr: Address. On PCI it is a bus address, like those in struct vwr_pci_window.
 * @bytes: Size in bytes, not 0. The end of the region does not exceed the largest address.
 *
 * A device may share memory with its driver, such as the DAX window of a file system. vwr_mmio_get_region()
 * and vwr_pci_get_region() return its location::
 *
 *     r = vwr_mmio_get_region(mmio, VWR_FS_SHM_ID_DAX_WINDOW, &window);
 *     if (r == VWR_OK)
 *         at = map(window.addr, window.bytes); // the caller's own, as memory
 *
 * The header of a device class defines the IDs of its regions in enum vwr_X_shm_id. The driver does not map
 * this memory. The caller maps it, with the attributes that the device's section of the specification
 * requires. A recovery does not move a region.
 *
 * Section: Basic Facilities of a Virtio Device / Shared Memory Regions.
 */
struct vwr_region {
    uint64_t addr;
    uint64_t bytes;
};

/**
 * struct vwr_dev - A device
 * @transport: Functions of the transport.
 * @type: Device ID (VWR_ID_*).
 * @vendor: Vendor ID.
 * @version: Version of the transport's layout.
 * @offered: Offered features, as read during the last negotiation.
 * @config: Configuration space, for the generated accessors. config.features are the negotiated
 *   features.
 * @fault: Last fault of the device itself. Classes record their own faults elsewhere.
 * @state: enum vwr_dev_state.
 * @status: Status bits that have been set so far.
 * @irqs: Number of interrupts, counted in every build. A sleeping caller waits for a change of this value.
 * @stats: Counters.
 * @shortage: Array that was too small, if opening the device failed with VWR_ENOMEM.
 * @dma_context: Passed to the port's vwr_port_dma_map(), such as the device's domain of an IOMMU. The probe
 *   sets it to NULL; the caller may set it between the probe and the open.
 */
struct vwr_dev {
    const struct vwr_transport *transport;
    uint32_t type;
    uint32_t vendor;
    uint32_t version;
    struct vwr_features offered;
    struct vwr_config config;
    struct vwr_fault fault;
    uint8_t state;
    uint8_t status;
    volatile uint32_t irqs;
    struct vwr_dev_stats stats;
    struct vwr_shortage shortage;
    /* private: */
    struct vwr_queue *queues;   /* whose memory the device may access */
    uint8_t *extra;             /* memory after the ring of the last queue */
    uint64_t extra_addr;        /* its address for the device */
    struct vwr_wait wait;       /* for the reset in progress */
    uint32_t fault_size;        /* if a queue's memory is too small: its number of descriptors */
    struct vwr_features wanted; /* vwr_dev_want() */
    bool more;
    /* public: */
    void *dma_context;
};

/**
 * struct vwr_feature_policy - Features that a class requests; each pointer may be NULL
 * @want: Features to accept if offered.
 * @need: Required features. If one is not accepted, the negotiation fails with VWR_EFEATURE.
 * @avoid: Features that must not be accepted, even if they are in @want.
 * @rules: Dependencies between features.
 * @rule_count: Number of rules.
 * @needs: Bytes of the configuration that the class accesses: vwr_..._config_needs.
 */
struct vwr_feature_policy {
    const struct vwr_features *want;
    const struct vwr_features *need;
    const struct vwr_features *avoid;
    const struct vwr_feature_rule *rules;
    size_t rule_count;
    const struct vwr_config_need *needs;
};

/**
 * vwr_dev_want() - Request a feature that drivers accept only on request
 * @d: Device that was probed and is not open.
 * @feature: Feature: VWR_F_IN_ORDER, or VWR_F_ACCESS_PLATFORM for a device behind an IOMMU (vwr/iommu.h).
 *   Other features are not affected.
 *
 * A driver accepts the other features of the ring and the transport without a request. With IN_ORDER, a
 * buffer takes more instructions, because its descriptors are written at the next position of the ring for
 * each request, and a device that completes requests in another order must hold back finished ones. Request
 * IN_ORDER for a device that is faster with it, such as hardware. A feature in the member @need of a class's
 * options counts as requested.
 *
 * If the port has vwr_port_dma_map(), a request for ACCESS_PLATFORM makes the feature mandatory: without it,
 * opening the device fails with VWR_EFEATURE.
 *
 * The request applies to every open and recovery until the device is probed again. A request for IN_ORDER has
 * no effect if the device does not offer the feature. vwr_dev_has() tells whether the feature was negotiated.
 */
static inline void vwr_dev_want(struct vwr_dev *d, unsigned feature)
{
    vwr_features_add(&d->wanted, feature);
}

/**
 * vwr_dev_negotiate() - Reset a device and negotiate its features
 * @d: Device that has just been probed, or reset by vwr_dev_reset().
 * @policy: Requested features; not used after the call.
 *
 * The call sets ACKNOWLEDGE and DRIVER, accepts each feature that is both requested and offered and whose
 * dependencies are met, and sets FEATURES_OK. VERSION_1 is always required on a modern device. Reserved
 * features that the library supports need no request, except IN_ORDER, see vwr_dev_want(). Reserved features
 * that the library does not support are never accepted.
 *
 * Return: VWR_OK. After an error other than VWR_EINVAL, the device has to be reset.
 * * VWR_EINVAL: the device has not just been probed or reset; nothing was changed.
 * * VWR_EFEATURE: a required feature is missing, or the device cleared FEATURES_OK.
 * * VWR_ERANGE: the configuration space ends before a field that exists with the accepted features.
 * * VWR_EPROTO: a status bit did not stay set.
 * * VWR_ETIMEOUT: the reset did not complete.
 * * VWR_ENEEDSRESET: the device set DEVICE_NEEDS_RESET.
 * * VWR_EGONE: the device has left the bus.
 */
VWR_MUST_CHECK int vwr_dev_negotiate(struct vwr_dev *d, const struct vwr_feature_policy *policy);

/**
 * vwr_dev_agree() - Negotiate features without the reset
 * @d: Device that has acknowledged a reset (vwr_dev_reset(), vwr_dev_reset_poll()) and has not been
 *   accessed since.
 * @policy: Requested features; not used after the call.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL, VWR_EFEATURE, VWR_ERANGE, VWR_EPROTO, VWR_ENEEDSRESET, VWR_EGONE: see
 *   vwr_dev_negotiate().
 */
VWR_MUST_CHECK int vwr_dev_agree(struct vwr_dev *d, const struct vwr_feature_policy *policy);

/**
 * vwr_dev_queue_size_max() - Get the maximum number of descriptors of a device's queue
 * @d: Device that has been probed or has negotiated features. After a probe, the call resets the device,
 *   because a queue that is still in use does not report its maximum.
 * @index: Queue index: VWR_..._QUEUE_... of the class.
 *
 * A kernel that allocates queue memory at run time calls this function before it opens the class. On PCI's
 * legacy interface the queue has exactly this size, and vwr_dev_add_queue() fails with VWR_ENOMEM if less
 * memory was passed. Otherwise it is a maximum.
 *
 * Return: Number of descriptors, at most VWR_SPLIT_RING_SIZE_MAX.
 * * VWR_ENOQUEUE: the device does not have the queue.
 * * VWR_EINVAL: the device is live or has to be reset, or the probe found no device.
 * * VWR_ETIMEOUT, VWR_EGONE: see vwr_dev_reset().
 * Section: Basic Facilities of a Virtio Device / Virtqueues.
 */
VWR_MUST_CHECK int vwr_dev_queue_size_max(struct vwr_dev *d, unsigned index);

/**
 * vwr_dev_queue_bytes() - Compute the shared memory that a ring needs
 * @d: Device with negotiated features.
 * @size: Number of descriptors.
 *
 * Return: Size in bytes.
 */
size_t vwr_dev_queue_bytes(const struct vwr_dev *d, unsigned size);

/**
 * vwr_dev_add_queue() - Create a queue and pass it to the device
 * @d: Device with negotiated features. It may be live only if vwr_dev_reset_queue() has reset the queue.
 * @index: Queue index.
 * @q: Queue. It must remain valid until the device is reset.
 * @m: Memory of the queue. vwr/queue.h describes its size and lifetime.
 * @extra: Number of bytes of shared memory for the class. They follow the ring, at the offset
 *   vwr_dev_queue_extra(), aligned to 16.
 *
 * Return: VWR_OK. After an error FAILED is set, unless the error is VWR_EINVAL because features are
 *   not negotiated.
 * * VWR_ENOQUEUE: the device does not have the queue, or rejected it.
 * * VWR_ENOMEM: the memory is too small, misaligned, or not contiguous for the device. On PCI's
 *   legacy interface: @m->size is smaller than vwr_dev_queue_size_max().
 * * VWR_EINVAL: the queue size is 0 or too large, or features are not negotiated.
 * * VWR_EBUSY: the queue is in use already.
 * * VWR_ERANGE: the ring's address does not fit the register.
 */
VWR_MUST_CHECK int vwr_dev_add_queue(struct vwr_dev *d, unsigned index, struct vwr_queue *q,
                                     const struct vwr_queue_memory *m, size_t extra);

/**
 * vwr_dev_queue_extra() - Get the offset of the class's bytes within a queue's shared memory
 * @d: Device with negotiated features.
 * @size: Number of descriptors.
 *
 * Return: Offset in bytes.
 */
static inline size_t vwr_dev_queue_extra(const struct vwr_dev *d, unsigned size)
{
    return VWR_QUEUE_EXTRA_OFFSET(vwr_dev_queue_bytes(d, size));
}

/**
 * vwr_dev_start() - Set DRIVER_OK
 * @d: Device with negotiated features and its queues.
 *
 * The queues are live when the call returns.
 *
 * Return: VWR_OK. After an error other than VWR_EINVAL, FAILED is set.
 * * VWR_EINVAL: features are not negotiated.
 * * VWR_EPROTO: a status bit did not stay set.
 * * VWR_ENEEDSRESET: the device set DEVICE_NEEDS_RESET.
 * * VWR_EGONE: the device has left the bus.
 */
VWR_MUST_CHECK int vwr_dev_start(struct vwr_dev *d);

/**
 * vwr_dev_reset() - Reset a device and wait until the reset is complete
 * @d: Device.
 *
 * Return: VWR_OK: the device has released all memory.
 * * VWR_ETIMEOUT, VWR_EGONE: the device may still access the memory of its queues; do not reuse it.
 * * VWR_EINVAL: the probe found no device.
 */
VWR_MUST_CHECK int vwr_dev_reset(struct vwr_dev *d);

/**
 * vwr_dev_reset_begin() - Start a reset without waiting for it
 * @d: Device.
 */
void vwr_dev_reset_begin(struct vwr_dev *d);

/**
 * vwr_dev_reset_poll() - Poll a reset that vwr_dev_reset_begin() started
 * @d: Device.
 *
 * Return: VWR_OK: the device has released all memory.
 * * VWR_EBUSY: the reset is in progress; call again.
 * * VWR_ETIMEOUT, VWR_EGONE: see vwr_dev_reset().
 * * VWR_EINVAL: no reset was started.
 */
VWR_MUST_CHECK int vwr_dev_reset_poll(struct vwr_dev *d);

/**
 * vwr_dev_suspend() - Suspend a live device
 * @d: Device.
 *
 * The device completes the requests in flight and processes no further ones. From this call until
 * vwr_dev_resume() returns, the caller must not make buffers available, notify a queue or write a
 * configuration field. It may reap completed requests. The device reports a configuration change with an
 * interrupt after it has been resumed. A reset also ends the suspended state.
 *
 * Context: The owner of all queues of the device. Waits for the device, up to VWR_RESET_TIMEOUT_US.
 * Return: VWR_OK: the device is suspended, or was suspended already.
 * * VWR_EUNSUPP: SUSPEND is not negotiated.
 * * VWR_ETIMEOUT: the device has not answered yet; call again, or reset the device.
 * * VWR_EINVAL: the device is not live.
 * * VWR_EPROTO: a status bit did not stay set; FAILED is set.
 * * VWR_ENEEDSRESET: the device set DEVICE_NEEDS_RESET; FAILED is set.
 * * VWR_EGONE: the device has left the bus; FAILED is set.
 * Section: General Initialization And Device Operation / Device Suspend.
 */
VWR_MUST_CHECK int vwr_dev_suspend(struct vwr_dev *d);

/**
 * vwr_dev_resume() - Resume a suspended device
 * @d: Device.
 *
 * Context: The owner of all queues of the device. Waits for the device, up to VWR_RESET_TIMEOUT_US.
 * Return: The same as vwr_dev_suspend(). VWR_OK: the device is no longer suspended, or was not suspended.
 */
VWR_MUST_CHECK int vwr_dev_resume(struct vwr_dev *d);

/**
 * vwr_dev_fail() - Set FAILED
 * @d: Device. It has to be reset before further use.
 */
void vwr_dev_fail(struct vwr_dev *d);

/**
 * vwr_dev_write_failed() - Set FAILED while other queues are in use
 * @d: Device. The call writes to the device's registers, not to @d. The owners of other queues see FAILED
 *   when they poll the status.
 *
 * Context: The owner of any queue of the device. Does not wait.
 */
VWR_COLD void vwr_dev_write_failed(struct vwr_dev *d);

/**
 * vwr_dev_irq() - Read and acknowledge the causes of an interrupt
 * @d: Device.
 *
 * Every interrupt is counted. If @d->stats.in_a_row grows large, the owner of the interrupt
 * controller should mask the line.
 *
 * Context: Any context, including an interrupt handler; one call at a time for a device. Does not
 *   wait; it makes two register accesses.
 * Return: Mask of the reasons (VWR_MMIO_INTERRUPT_STATUS_*). It is 0 for an interrupt from another
 *   device. Before DRIVER_OK the call returns 0 and does not access the device.
 */
uint32_t vwr_dev_irq(struct vwr_dev *d);

/**
 * vwr_dev_reset_queue() - Reset one queue while the others are in use
 * @d: Device.
 * @index: Queue index.
 * @q: Queue. The call stops it.
 *
 * After VWR_OK, reclaim the chains in flight with vwr_queue_reclaim() and create the queue again
 * with vwr_dev_add_queue().
 *
 * Context: The owner of the queue. Waits for the reset, up to VWR_RESET_TIMEOUT_US. Not from an
 *   interrupt handler.
 * Return: VWR_OK: the device has released the queue's memory.
 * * VWR_EUNSUPP: RING_RESET is not negotiated, or the device offers it but does not implement it (quirk
 *   mmio.queue-reset). The queue is unchanged; only vwr_dev_reset() can reclaim its memory.
 * * VWR_ETIMEOUT, VWR_EGONE: FAILED is set, and the device may still access the memory.
 * * VWR_EINVAL: features are not negotiated.
 * Section: Basic Facilities of a Virtio Device / Virtqueues / Virtqueue Reset.
 */
VWR_MUST_CHECK int vwr_dev_reset_queue(struct vwr_dev *d, unsigned index, struct vwr_queue *q);

/**
 * vwr_dev_reset_queue_begin() - Start the reset of one queue without waiting for it
 * @d: Device. No other reset of the device or one of its queues may be in progress.
 * @index: Queue index. The caller must stop the queue.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait. It makes at most 4
 *   accesses to the device.
 * Return: VWR_OK.
 * * VWR_EUNSUPP: RING_RESET is not negotiated.
 * * VWR_EINVAL: features are not negotiated.
 */
VWR_MUST_CHECK int vwr_dev_reset_queue_begin(struct vwr_dev *d, unsigned index);

/**
 * vwr_dev_reset_queue_poll() - Poll a reset that vwr_dev_reset_queue_begin() started
 * @d: Device. The call does not set FAILED after an error.
 * @index: Queue index.
 * @fault: Filled in with the fault on an error.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait. It makes at most 4
 *   accesses to the device.
 * Return: VWR_OK: the device has released the queue's memory.
 * * VWR_EBUSY: the reset is in progress; call again.
 * * VWR_EUNSUPP, VWR_ETIMEOUT, VWR_EGONE: see vwr_dev_reset_queue().
 */
VWR_MUST_CHECK int vwr_dev_reset_queue_poll(struct vwr_dev *d, unsigned index, struct vwr_fault *fault);

/**
 * vwr_dev_check() - Poll the device status once
 * @d: Device.
 *
 * Return: VWR_OK. After an error other than VWR_EINVAL, FAILED is set.
 * * VWR_ENEEDSRESET: the device set DEVICE_NEEDS_RESET.
 * * VWR_EGONE: the device has left the bus.
 * * VWR_EPROTO: a status bit is no longer set, which means that the device has reset itself.
 * * VWR_EINVAL: the probe found no device.
 */
VWR_MUST_CHECK int vwr_dev_check(struct vwr_dev *d);

/**
 * vwr_dev_poll_status() - Poll the device status once, while other queues are in use
 * @d: Device. The call does not write to it.
 * @fault: Filled in with the fault on an error.
 *
 * Context: The owner of any queue of the device. Does not wait.
 * Return: VWR_OK.
 * * VWR_ENEEDSRESET, VWR_EGONE, VWR_EPROTO: see vwr_dev_check().
 * * VWR_EFAILED: the owner of another queue has set FAILED, or the probe found no device.
 */
VWR_MUST_CHECK int vwr_dev_poll_status(struct vwr_dev *d, struct vwr_fault *fault);

/**
 * vwr_dev_read_config() - Read a consistent configuration
 * @d: Device.
 * @read: Reads the fields with the generated accessors and stores them in @into. It may be called
 *   several times.
 * @into: Structure of the caller, with zeroed padding.
 * @bytes: Size of @into in bytes.
 *
 * The call repeats the read until the configuration generation stays the same during a read. A legacy device
 * has no generation, so its configuration is read until two reads agree.
 *
 * Return: VWR_OK.
 * * VWR_EUNSTABLE: the configuration changed in each of VWR_CONFIG_TRIES reads.
 * Section: Basic Facilities of a Virtio Device / Device Configuration Space.
 */
VWR_MUST_CHECK int vwr_dev_read_config(struct vwr_dev *d,
                                       void (*read)(const struct vwr_config *c, void *into), void *into,
                                       size_t bytes);

/**
 * vwr_dev_try_config() - Read the configuration at most twice
 * @d: Device.
 * @read: See vwr_dev_read_config().
 * @into: See vwr_dev_read_config().
 * @bytes: Size of @into in bytes.
 *
 * Return: VWR_OK.
 * * VWR_EBUSY: the configuration changed during the reads; call again, or fail with VWR_FAULT_CONFIG.
 */
VWR_MUST_CHECK int vwr_dev_try_config(struct vwr_dev *d, void (*read)(const struct vwr_config *c, void *into),
                                      void *into, size_t bytes);

/**
 * vwr_dev_read_fields() - Read an array of configuration fields (for @read functions)
 * @c: Configuration space.
 * @offset: Offset of the first field in bytes.
 * @into: Array of the caller. Each field is stored in CPU order; a partial field at the end, and fields
 *   beyond the end of the space, are not written.
 * @bytes: Size of @into in bytes.
 * @width: Size of a field in bytes: 1, 2 or 4.
 *
 * Return: Number of bytes written.
 */
size_t vwr_dev_read_fields(const struct vwr_config *c, unsigned offset, void *into, size_t bytes,
                           unsigned width);

/**
 * vwr_dev_explain() - Describe the last fault of the device itself
 * @d: Device.
 * @text: Buffer for the message. The message is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * The explain function of a class has the same arguments. If the device did not start or recover, its message
 * describes why. Otherwise the message describes the fault of the queue that stopped the device, or of the
 * first queue with a fault. For an error caused by an argument (VWR_EINVAL, VWR_ERANGE, VWR_EALIGN,
 * VWR_EROFS), call vwr_strerror() instead.
 *
 * Return: Length of the whole message in bytes, without the terminator, even if @text is too short
 *   for it.
 */
size_t vwr_dev_explain(const struct vwr_dev *d, char *text, size_t bytes);

/*
 * VWR_ONE_TRANSPORT: a build with a single transport may define this macro as that transport, for example
 * -DVWR_ONE_TRANSPORT=vwr_mmio_modern, for the whole library. The functions of the transport are then called
 * directly.
 */
#ifdef VWR_ONE_TRANSPORT
extern const struct vwr_transport VWR_ONE_TRANSPORT;
#endif

/**
 * vwr_dev_transport() - Get a device's transport
 * @d: Device.
 *
 * Return: The transport.
 */
static inline const struct vwr_transport *vwr_dev_transport(const struct vwr_dev *d)
{
#ifdef VWR_ONE_TRANSPORT
    (void)d;
    return &VWR_ONE_TRANSPORT;
#else
    return d->transport;
#endif
}

/**
 * vwr_dev_set_transport() - Set a device's transport (for probe functions)
 * @d: Device.
 * @transport: Transport.
 */
static inline void vwr_dev_set_transport(struct vwr_dev *d, const struct vwr_transport *transport)
{
#ifndef VWR_ONE_TRANSPORT
    d->transport = transport; /* unused with VWR_ONE_TRANSPORT */
#endif
    d->config.legacy = transport->legacy;
}

/**
 * vwr_dev_has() - Test whether a feature is negotiated
 * @d: Device.
 * @feature: Feature bit number.
 *
 * Return: true if the feature is negotiated.
 */
static inline bool vwr_dev_has(const struct vwr_dev *d, unsigned feature)
{
    return vwr_config_has(&d->config, feature);
}

/**
 * vwr_dev_is_legacy() - Test whether a device has the legacy interface
 * @d: Device.
 *
 * Return: true if the device has the legacy interface.
 */
static inline bool vwr_dev_is_legacy(const struct vwr_dev *d)
{
#ifdef VWR_ONE_TRANSPORT
    (void)d;
    return VWR_ONE_TRANSPORT.legacy;
#else
    return d->config.legacy;
#endif
}

/**
 * vwr_dev_version() - Get the device's column in a table with one column per version
 * @d: Device.
 *
 * Return: 0 for a legacy device, 1 for a modern one.
 */
static inline unsigned vwr_dev_version(const struct vwr_dev *d)
{
    return vwr_dev_is_legacy(d) ? 0 : 1;
}

/**
 * vwr_fault_record() - Record a fault with its details
 * @fault: Filled in with the fault.
 * @kind: Kind of fault.
 * @where: Depends on @kind.
 * @got: Depends on @kind.
 *
 * Context: The owner of @fault, which may be an interrupt handler. Does not wait.
 * Return: Result that belongs to @kind.
 */
VWR_COLD int vwr_fault_record(struct vwr_fault *fault, uint32_t kind, uint32_t where, uint32_t got);

/**
 * vwr_fault_note() - Record a fault (for device classes)
 * @fault: Filled in with the fault.
 * @kind: Kind of fault.
 * @where: Depends on @kind. A build without VWR_WITH_TEXTS does not record it.
 * @got: Depends on @kind. A build without VWR_WITH_TEXTS does not record it.
 *
 * Context: The owner of @fault, which may be an interrupt handler. Does not wait.
 * Return: Result that belongs to @kind.
 */
static inline int vwr_fault_note(struct vwr_fault *fault, uint32_t kind, uint32_t where, uint32_t got)
{
    if (VWR_WITH_TEXTS)
        return vwr_fault_record(fault, kind, where, got);
    fault->kind = kind;
    return VWR_FAULT_RESULT(kind);
}

/**
 * vwr_dev_note() - Record a device's fault (for transports and device classes)
 * @d: Device.
 * @kind: Kind of fault.
 * @where: Depends on @kind.
 * @got: Depends on @kind.
 *
 * Return: Result that belongs to @kind.
 */
VWR_COLD int vwr_dev_note(struct vwr_dev *d, uint32_t kind, uint32_t where, uint32_t got);

/**
 * vwr_dev_note_shortage() - Record that an array of the caller is too small (for device classes)
 * @d: Device, whose @shortage vwr_array_fits() has filled in.
 *
 * Return: VWR_ENOMEM.
 */
VWR_COLD int vwr_dev_note_shortage(struct vwr_dev *d);

/**
 * vwr_dev_give_up() - Record a device's fault and set FAILED
 * @d: Device.
 * @kind: Kind of fault.
 * @where: Depends on @kind.
 * @got: Depends on @kind.
 *
 * Return: Result that belongs to @kind.
 */
VWR_COLD int vwr_dev_give_up(struct vwr_dev *d, uint32_t kind, uint32_t where, uint32_t got);

/* Features that the library supports on a legacy transport; for transports. */
extern const struct vwr_features vwr_dev_usable_legacy;

/**
 * VWR_DEV_USABLE() - Get the features that a modern transport can have and drivers support (for transports)
 * @transport: MMIO, PCI or CCW, or OTHER for a transport that the specification does not describe.
 * @word: Number of the word in struct vwr_features, as a literal.
 *
 * These are all features of the device types, and the reserved features that the library supports for all
 * classes, without those that the specification does not have on the transport (VWR_FEATURES_NOT_ON_*).
 * ACCESS_PLATFORM: addresses come from the port's DMA hook. ORDER_PLATFORM: the port's barriers suit the
 * platform, even if the device would need less. This is a constant expression for the member @usable of
 * struct vwr_transport::
 *
 *     #include "vwr/gen/features.h"
 *     static const struct vwr_features usable = {{VWR_DEV_USABLE(OTHER, 0), VWR_DEV_USABLE(OTHER, 1),
 *                                                 VWR_DEV_USABLE(OTHER, 2), VWR_DEV_USABLE(OTHER, 3)}};
 *
 * A transport that lacks another feature, such as NOTIFICATION_DATA, removes its bit.
 */
#define VWR_DEV_USABLE(transport, word)                                                                   \
    ((~VWR_FEATURES_RESERVED_W##word | VWR_DEV_SUPPORTED(word) | VWR_FEATURE_BIT(VWR_F_VERSION_1, word) | \
      VWR_FEATURE_BIT(VWR_F_ACCESS_PLATFORM, word) | VWR_FEATURE_BIT(VWR_F_ORDER_PLATFORM, word) |        \
      VWR_FEATURE_BIT(VWR_F_NOTIF_CONFIG_DATA, word) | VWR_FEATURE_BIT(VWR_F_RING_RESET, word) |          \
      VWR_FEATURE_BIT(VWR_F_SUSPEND, word)) &                                                             \
     ~VWR_FEATURES_NOT_ON_##transport##_W##word)

/**
 * VWR_DEV_SUPPORTED() - Get the features of the ring that drivers support on any transport (for transports)
 * @word: Number of the word in struct vwr_features.
 */
#define VWR_DEV_SUPPORTED(word) \
    (VWR_FEATURES_BUILT(word) | (VWR_WITH_ASYNC ? VWR_FEATURE_BIT(VWR_F_EVENT_IDX, word) : 0u))

VWR_END_C

#endif
