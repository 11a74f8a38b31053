/* SPDX-License-Identifier: MIT */
#ifndef VWR_RPROC_H
#define VWR_RPROC_H

#include "vwr/dev.h"
#include "vwr/rsc.h"

VWR_BEGIN_C

/**
 * DOC: remoteproc, driver side
 *
 * These functions drive a virtio device that another processor implements, and that the resource table of its
 * firmware describes (vwr/rsc.h). The interface is the legacy one: there are 32 features, rings are split,
 * and all words are in the byte order of the processors. A device class is opened with the member dev of
 * struct vwr_rproc, as on the other transports.
 *
 * A vring whose da is VWR_RSC_ANY is where the driver's memory is, and the driver stores its address, below
 * 4 GiB. Otherwise, the queue's shared memory must be at da, aligned to VWR_QUEUE_SHARED_ALIGN. In both
 * cases, the queue must have exactly the number of descriptors in the table.
 *
 * Notifications in both directions are numbers that a mailbox transports: the driver calls @kick of struct
 * vwr_rproc_ops, and the handler of the mailbox's interrupt calls vwr_rproc_notified().
 *
 * The table says nothing about the end of a reset: Linux stops the processor before it frees memory. If
 * @released is NULL, a reset is complete when the status is 0, and then the other processor must not be
 * running, or the memory of queues must never be used for anything else.
 *
 * A processor that has restarted has a new table, in which the status is 0. vwr_dev_check() then returns
 * VWR_EPROTO, or VWR_EGONE while the entry is not there, and the class is recovered with vwr_recover().
 *
 * The functions exist only in a build with -DVWR_ACCESS_CALLS=1.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 */

#if VWR_ACCESS_CALLS

/**
 * struct vwr_rproc_ops - What the transport needs from its user
 * @kick: Send a notification number to the other processor.
 * @released: Test whether the other processor accesses no memory of the device's queues any more, for example
 *   because it was stopped, or because it said so. begin: the driver has just reset the device, so what was
 *   said before does not count; the result is ignored. NULL: it accesses none once the status is 0.
 */
struct vwr_rproc_ops {
    void (*kick)(void *context, uint32_t notifyid);
    bool (*released)(void *context, bool begin);
};

/**
 * struct vwr_rproc - A device of another processor
 * @dev: Device; the first member.
 * @vdev: Entry in the table, as the probe has found it.
 * @next_notifyid: First notification number that the probe has not assigned.
 */
struct vwr_rproc {
    struct vwr_dev dev;
    struct vwr_rsc_vdev vdev;
    uint32_t next_notifyid;
    /* private: */
    struct vwr_doorbell_call doorbell;
    const struct vwr_rproc_ops *ops;
    void *context;
    uint32_t selected;
    uint32_t anywhere; /* vrings without a place of their own, by bits */
    uint32_t causes;
    bool resetting;
};

/**
 * struct vwr_rproc_setup - Setup of a device
 * @table: Table, checked with vwr_rsc_read(). The memory of the table stays in use.
 * @index: Number of the device among the virtio devices of the table.
 * @ops: Hooks; they stay in use.
 * @context: For the hooks.
 * @first_notifyid: The probe assigns notification numbers from here on to a device and to vrings that have
 *   VWR_RSC_ANY.
 */
struct vwr_rproc_setup {
    const struct vwr_rsc_table *table;
    unsigned index;
    const struct vwr_rproc_ops *ops;
    void *context;
    uint32_t first_notifyid;
};

/**
 * vwr_rproc_probe() - Probe a device in a resource table
 * @r: Filled in with the device; @r->dev.type is its type. After an error, vwr_dev_explain(&r->dev) describes
 *   the error. The structure must not be copied.
 * @s: Setup; not used after the call.
 *
 * The call writes nothing to the table but notification numbers.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: VWR_OK.
 * * VWR_ENODEV: the table does not have so many devices, or the entry has changed since it was checked.
 * * VWR_EUNSUPP: a build without VWR_WITH_LEGACY.
 */
VWR_MUST_CHECK int vwr_rproc_probe(struct vwr_rproc *r, const struct vwr_rproc_setup *s);

/**
 * vwr_rproc_notified() - Handle a notification from the other processor
 * @r: Device.
 * @notifyid: Notification number, or VWR_RSC_ANY if the mailbox has none.
 *
 * If the number is of this device, the next call of vwr_dev_irq() returns the cause.
 *
 * Context: The context of vwr_dev_irq(), which may be an interrupt handler. Does not wait.
 * Return: true if the number is that of the device or of one of its vrings.
 */
bool vwr_rproc_notified(struct vwr_rproc *r, uint32_t notifyid);

/* The transport. */
extern const struct vwr_transport vwr_rproc_legacy;

#endif

VWR_END_C

#endif
