/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEV_H
#define VWR_DEV_H

#include "vwr/config.h"
#include "vwr/fault.h"
#include "vwr/wait.h"
#include "vwr/queue.h"

VWR_BEGIN_C

/*
 * A device, whatever the transport: its life from reset to DRIVER_OK.
 *
 *     probe (of the transport) -> vwr_dev_negotiate -> vwr_dev_add_queue ... -> vwr_dev_start
 *
 * A device class (blk.h) makes these calls for its user. An error on this way leaves the device
 * with FAILED set and the reason in words in vwr_dev_explain; vwr_dev_reset brings it back to
 * where probe left it. A call out of this order answers VWR_EINVAL and changes nothing.
 *
 * Context: one caller at a time, who owns all queues of the device, outside of interrupt handlers;
 * apart from vwr_dev_irq, and from vwr_dev_write_failed and vwr_dev_poll_status, which the owner of one queue
 * may call while others use theirs: these write nothing of *d. Section: General Initialization And Device
 * Operation / Device Initialization.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* A device that does not come back from a reset in this time is dead. */
#ifndef VWR_RESET_TIMEOUT_US
#define VWR_RESET_TIMEOUT_US 1000000u
#endif
#ifndef VWR_CONFIG_TRIES
#define VWR_CONFIG_TRIES 16u /* reads of a configuration that keeps changing */
#endif
VWR_STATIC_ASSERT(VWR_CONFIG_TRIES >= 2,
                  "VWR_CONFIG_TRIES has to be 2 at least: a recovery takes two at a time");

struct vwr_dev;

/* What a transport does for a device: control path only. */
struct vwr_transport {
    /*
     * A register, by the offset at which version 2 of MMIO has it (vwr/gen/mmio.h): VWR_MMIO_STATUS, which
     * reads VWR_FAULT_ALL_ONES of a device that is gone; VWR_MMIO_QUEUE_SEL, the queue of the next three and
     * of queue_set; VWR_MMIO_QUEUE_SIZE_MAX, 0: no such queue; VWR_MMIO_QUEUE_READY, not 0: in use already;
     * of modern devices VWR_MMIO_QUEUE_RESET and VWR_MMIO_CONFIG_GENERATION.
     */
    uint32_t (*get_register)(struct vwr_dev *d, unsigned offset);
    void (*set_register)(struct vwr_dev *d, unsigned offset, uint32_t value);
    uint32_t (*get_features)(struct vwr_dev *d, uint32_t word);
    void (*set_features)(struct vwr_dev *d, uint32_t word, uint32_t bits);
    /* Gives the queue, with its ring at addr, to the device; answers a fault kind. */
    uint32_t (*queue_set)(struct vwr_dev *d, struct vwr_queue *q, uint64_t addr);
    uint32_t (*irq)(struct vwr_dev *d); /* reads and acknowledges */
    const struct vwr_features *usable;  /* that the runtime drives */
    bool legacy;                        /* devices have the legacy interface */
};

enum vwr_dev_state {
    VWR_DEV_NONE = 0,       /* the probe found nothing that can be driven */
    VWR_DEV_PROBED = 1,     /* known, untouched or reset */
    VWR_DEV_NEGOTIATED = 2, /* features are agreed, queues may be added */
    VWR_DEV_LIVE = 3,       /* DRIVER_OK */
    VWR_DEV_FAILED = 4      /* only a reset helps */
};

struct vwr_dev_stats {
    vwr_count interrupts; /* for which the device had a reason */
    vwr_count spurious;   /* for which it had none, or before DRIVER_OK */
    vwr_count in_a_row;   /* spurious ones since the last with a reason: a storm, if many */
};

struct vwr_dev {
    const struct vwr_transport *transport;
    uint32_t type; /* VWR_ID_..., see vwr/gen/ids.h */
    uint32_t vendor;
    uint32_t version;            /* of the transport's layout */
    struct vwr_features offered; /* as read in the last negotiation */
    struct vwr_config config;    /* for the generated accessors; config.features are the accepted ones */
    struct vwr_fault fault;      /* what went wrong last in a call of this header; a class has its own */
    uint8_t state;               /* enum vwr_dev_state */
    uint8_t status;              /* status bits set so far */
    volatile uint32_t irqs;      /* counts interrupts, in every build: what a sleeper waits for */
    struct vwr_dev_stats stats;
    /* private */
    struct vwr_queue *queues; /* that were added since the last reset */
    uint8_t *extra;           /* of the last one: what is behind its ring */
    uint64_t extra_addr;      /* for the device */
    struct vwr_wait wait;     /* of a reset that is going on */
    bool more;
};

/* Which features a driver of a class wants, cannot do without, and how they hang together. NULL: none. */
struct vwr_wish {
    const struct vwr_features *want;  /* taken where offered */
    const struct vwr_features *need;  /* of those wanted: VWR_EFEATURE without them */
    const struct vwr_features *avoid; /* not wanted after all */
    const struct vwr_feature_rule *rules;
    size_t rule_count;
};

/*
 * Resets the device, says ACKNOWLEDGE and DRIVER, and agrees on features: those wanted and
 * offered, less those whose dependencies are not met; VERSION_1 always on a modern device.
 * Reserved features that this runtime does not drive are never taken.
 * VWR_OK; VWR_EINVAL if it is not as probe or reset left it; VWR_EFEATURE; VWR_ETIMEOUT if the
 * reset does not end; VWR_EPROTO if a status bit does not stay; VWR_ENEEDSRESET; VWR_EGONE.
 */
VWR_MUST_CHECK int vwr_dev_negotiate(struct vwr_dev *d, const struct vwr_wish *wish);

/*
 * The same without the reset, and without any wait: for a device that has acknowledged one
 * (vwr_dev_reset, vwr_dev_reset_poll), and that nobody has touched since. Results as vwr_dev_negotiate, which
 * alone waits for a reset.
 */
VWR_MUST_CHECK int vwr_dev_agree(struct vwr_dev *d, const struct vwr_wish *wish);

/* Bytes of shared memory that the ring of a queue of `size` descriptors takes on this device. */
size_t vwr_dev_queue_bytes(const struct vwr_dev *d, unsigned size);

/*
 * Makes queue `index` out of the caller's memory (queue.h says how much, and for how long) and
 * gives it to the device; of a live device one that vwr_dev_reset_queue has reset. There are `extra` bytes
 * behind the ring, aligned to 16, at vwr_dev_queue_extra of it: for what a class shares with the device.
 * VWR_OK; VWR_ENOQUEUE; VWR_ENOMEM; VWR_EINVAL; VWR_EBUSY; VWR_ERANGE.
 */
VWR_MUST_CHECK int vwr_dev_add_queue(struct vwr_dev *d, unsigned index, struct vwr_queue *q,
                                     const struct vwr_queue_memory *m, size_t extra);

/* Where in the shared memory of a queue of `size` descriptors the bytes of a class begin. */
static inline size_t vwr_dev_queue_extra(const struct vwr_dev *d, unsigned size)
{
    return VWR_QUEUE_EXTRA_OFFSET(vwr_dev_queue_bytes(d, size));
}

/*
 * Sets DRIVER_OK: from here on the queues work. VWR_OK; VWR_EPROTO: it does not stay; VWR_ENEEDSRESET;
 * VWR_EGONE; VWR_EINVAL: not negotiated.
 */
VWR_MUST_CHECK int vwr_dev_start(struct vwr_dev *d);

/*
 * Resets the device and waits, at most VWR_RESET_TIMEOUT_US, until it says that it is done.
 * VWR_OK: the device has let go of all memory. VWR_ETIMEOUT or VWR_EGONE: it may not have; the
 * memory of its queues must not be used again. VWR_EINVAL: the probe found no device.
 */
VWR_MUST_CHECK int vwr_dev_reset(struct vwr_dev *d);

/*
 * The same in steps, for those who have other things to do meanwhile: begin, then poll until it
 * answers something else than VWR_EBUSY. Results as vwr_dev_reset.
 */
void vwr_dev_reset_begin(struct vwr_dev *d);
VWR_MUST_CHECK int vwr_dev_reset_poll(struct vwr_dev *d);

/*
 * Suspends a live device: it finishes what is in flight, and takes nothing more; and resumes it. Each waits,
 * at most VWR_RESET_TIMEOUT_US; one that is so already is VWR_OK. In between, from the call of suspend on, no
 * buffer is made available, no queue notified, no configuration written: what has come back may be reaped.
 * A change of the configuration meanwhile is an interrupt after the resume. A reset ends a suspend too.
 * VWR_OK; VWR_EUNSUPP: SUSPEND is not negotiated; VWR_ETIMEOUT: the device has not answered yet, call it
 * again, or reset it; VWR_EPROTO, VWR_ENEEDSRESET, VWR_EGONE: given up; VWR_EINVAL: not live.
 * Section: General Initialization And Device Operation / Device Suspend.
 */
VWR_MUST_CHECK int vwr_dev_suspend(struct vwr_dev *d);
VWR_MUST_CHECK int vwr_dev_resume(struct vwr_dev *d);

/* Sets FAILED: the driver has given up. */
void vwr_dev_fail(struct vwr_dev *d);

/*
 * The same for the owner of one queue, who gives up, while others use theirs: writes the device's status
 * alone, which others find there when they poll it. Context: the owner of any queue.
 */
VWR_COLD void vwr_dev_write_failed(struct vwr_dev *d);

/*
 * Reads why the device interrupts, acknowledges it, and answers it: bits
 * VWR_MMIO_INTERRUPT_STATUS_*. 0 for an interrupt of somebody else's, or before DRIVER_OK: then
 * the device is not touched. All are counted, and d->stats.in_a_row says how many there were for
 * nothing: a device that storms is masked by whoever has the interrupt controller.
 * Context: any, also an interrupt handler; not two at once for one device. Takes the same time
 * whatever the device says.
 */
uint32_t vwr_dev_irq(struct vwr_dev *d);

/*
 * Resets one queue, the others go on, and waits for it, at most VWR_RESET_TIMEOUT_US. The queue is
 * stopped: what was on its way vwr_queue_reclaim gives back, then vwr_dev_add_queue makes the queue anew.
 * VWR_OK; VWR_EUNSUPP: RING_RESET is not negotiated, or the device has offered it and does not do
 * it (quirk mmio.queue-reset): the queue is as it was, and only vwr_dev_reset takes it back;
 * VWR_ETIMEOUT: given up, the memory may still be the device's; VWR_EGONE; VWR_EINVAL: features are not
 * negotiated.
 * Section: Basic Facilities of a Virtio Device / Virtqueues / Virtqueue Reset.
 */
VWR_MUST_CHECK int vwr_dev_reset_queue(struct vwr_dev *d, unsigned index, struct vwr_queue *q);

/*
 * The same in steps, which do not wait and make at most 4 accesses to the device: begin, then poll until it
 * answers something else than VWR_EBUSY. The queue is the caller's to stop; a fault goes to *fault, and the
 * device is not given up.
 * begin: VWR_OK; VWR_EUNSUPP: RING_RESET is not negotiated; VWR_EINVAL: features are not negotiated.
 * poll: VWR_OK; VWR_EBUSY: call again; VWR_EUNSUPP, VWR_ETIMEOUT, VWR_EGONE: as vwr_dev_reset_queue.
 * Context: the owner of the queue; no other reset of the device or of a queue of it is going on.
 */
VWR_MUST_CHECK int vwr_dev_reset_queue_begin(struct vwr_dev *d, unsigned index);
VWR_MUST_CHECK int vwr_dev_reset_queue_poll(struct vwr_dev *d, unsigned index, struct vwr_fault *fault);

/*
 * One look at the device's status: VWR_OK; VWR_ENEEDSRESET, VWR_EGONE, or VWR_EPROTO if it has
 * reset itself; VWR_EINVAL: the probe found no device.
 */
VWR_MUST_CHECK int vwr_dev_check(struct vwr_dev *d);

/*
 * The same for the owner of one queue: the fault goes to *fault, and of *d nothing is written. VWR_OK;
 * VWR_ENEEDSRESET, VWR_EGONE and VWR_EPROTO as there; VWR_EFAILED: the owner of another queue has given up,
 * or the probe found no device. Context: the owner of any queue.
 */
VWR_MUST_CHECK int vwr_dev_poll_status(struct vwr_dev *d, struct vwr_fault *fault);

/*
 * Lets `read` fill `into` (`bytes` long, padding zeroed by the caller) from the configuration,
 * again and again until nothing changed meanwhile: by the generation counter, in legacy by
 * reading twice. VWR_OK, or VWR_EUNSTABLE after VWR_CONFIG_TRIES.
 * Section: Basic Facilities of a Virtio Device / Device Configuration Space.
 */
VWR_MUST_CHECK int vwr_dev_read_config(struct vwr_dev *d,
                                       void (*read)(const struct vwr_config *c, void *into), void *into,
                                       size_t bytes);

/*
 * The same in steps: lets `read` fill `into` twice at most. VWR_OK; VWR_EBUSY: it changed meanwhile,
 * call again, or give it up with VWR_FAULT_CONFIG.
 */
VWR_MUST_CHECK int vwr_dev_try_config(struct vwr_dev *d, void (*read)(const struct vwr_config *c, void *into),
                                      void *into, size_t bytes);

/*
 * For a `read`: fields of `width` bytes, 1, 2 or 4, from `offset` on, as numbers of the processor, into[0 ..
 * bytes); what of `bytes` is no whole field stays as it is. Loops: over the fields.
 */
void vwr_dev_read_fields(const struct vwr_config *c, unsigned offset, void *into, size_t bytes,
                         unsigned width);

/*
 * What went wrong last in a call of this header, in words, into text[0 .. bytes), always terminated if bytes
 * > 0. Answers the length that all of it has. Context: any.
 */
size_t vwr_dev_explain(const struct vwr_dev *d, char *text, size_t bytes);

/*
 * The device's transport. A build that has one only may name it, -DVWR_ONE_TRANSPORT=vwr_mmio_modern,
 * for the whole library: then the compiler knows whom it calls.
 */
#ifdef VWR_ONE_TRANSPORT
extern const struct vwr_transport VWR_ONE_TRANSPORT;
#endif

static inline const struct vwr_transport *vwr_dev_transport(const struct vwr_dev *d)
{
#ifdef VWR_ONE_TRANSPORT
    (void)d;
    return &VWR_ONE_TRANSPORT;
#else
    return d->transport;
#endif
}

/* For probes: this is the device's transport. */
static inline void vwr_dev_set_transport(struct vwr_dev *d, const struct vwr_transport *transport)
{
#ifndef VWR_ONE_TRANSPORT
    d->transport = transport; /* otherwise nobody looks at it */
#endif
    d->config.legacy = transport->legacy;
}

/* Is the feature negotiated? */
static inline bool vwr_dev_has(const struct vwr_dev *d, unsigned feature)
{
    return vwr_config_has(&d->config, feature);
}

static inline bool vwr_dev_is_legacy(const struct vwr_dev *d)
{
#ifdef VWR_ONE_TRANSPORT
    (void)d;
    return VWR_ONE_TRANSPORT.legacy;
#else
    return d->config.legacy;
#endif
}

/* Index into tables that have a column for each version: 0 legacy, 1 modern. */
static inline unsigned vwr_dev_version(const struct vwr_dev *d)
{
    return vwr_dev_is_legacy(d) ? 0 : 1;
}

/* For classes: remembers a fault and answers its result. */
VWR_COLD int vwr_fault_note(struct vwr_fault *fault, uint32_t kind, uint32_t where, uint32_t got);

/* For transports and classes: the same with the device's fault. */
VWR_COLD int vwr_dev_note(struct vwr_dev *d, uint32_t kind, uint32_t where, uint32_t got);

/* The same, and gives the device up: FAILED is set. */
VWR_COLD int vwr_dev_give_up(struct vwr_dev *d, uint32_t kind, uint32_t where, uint32_t got);

/* For transports: the features that this runtime drives by the legacy interface, and by the modern one. */
extern const struct vwr_features vwr_dev_usable_legacy;
extern const struct vwr_features vwr_dev_usable_modern;

VWR_END_C

#endif
