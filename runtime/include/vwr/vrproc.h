/* SPDX-License-Identifier: MIT */
#ifndef VWR_VRPROC_H
#define VWR_VRPROC_H

#include "vwr/rsc.h"
#include "vwr/vdev.h"

VWR_BEGIN_C

/**
 * DOC: remoteproc, device side
 *
 * These functions offer a legacy device of any class to a driver on another processor, through the resource
 * table of this processor's firmware (vwr/rsc.h). Linux, OpenAMP and vwr/rproc.h have drivers' ends. The
 * firmware initialises the device as a VMM does, with a struct vwr_vm whose memory regions are the memory
 * that both processors access: addr is the address that the driver uses.
 *
 * There are no traps. The driver stores the status, its features and the places of the rings into the table,
 * and may kick the device's notification number. vwr_vrproc_notified() looks at the status before it serves a
 * queue, so the device also works for a driver that kicks only vrings, such as Linux. When the driver sets
 * DRIVER_OK, the device reads its features and vrings once. Of the status it writes only DEVICE_NEEDS_RESET,
 * when it fails.
 *
 * A driver that resets the device and starts it again between two looks is not noticed. Call
 * vwr_vrproc_poll() from time to time, and use @released of struct vwr_vrproc_setup if the driver waits for
 * it.
 *
 * The locking rules are those of vwr/vdev.h. generated/docs/contexts.md lists context, stack and loops of
 * each function.
 */

/**
 * struct vwr_vrproc - A device in a resource table
 * @v: Device.
 * @vdev: Entry in the table.
 */
struct vwr_vrproc {
    struct vwr_vdev *v;
    struct vwr_rsc_vdev vdev;
    /* private: */
    struct vwr_vdev_bus bus;
    void (*kick)(void *context, uint32_t notifyid);
    void (*released)(void *context);
    void *context;
    uint8_t seen;    /* status */
    uint32_t placed; /* vrings with a place when the driver started, by bits */
    uint32_t notify; /* number of the device, when the driver started */
    uint32_t notifyid[VWR_RSC_VRINGS_MAX];
};

/**
 * struct vwr_vrproc_setup - Setup of a device in a resource table
 * @v: Device that was initialised with @legacy set, in a VM with the hook @again or @kicked.
 * @table: Table, checked with vwr_rsc_read(). The memory of the table stays in use.
 * @index: Number of the device among the virtio devices of the table.
 * @kick: Called to send a notification number to the driver's processor, with the device's lock held.
 * @released: Called each time the device has looked at the table, unless the driver uses the device: it
 *   accesses none of the driver's memory. Tell the driver's processor, for example with a word of shared
 *   memory that it clears when it resets the device. The device's lock is held. May be NULL.
 * @context: For these hooks.
 */
struct vwr_vrproc_setup {
    struct vwr_vdev *v;
    const struct vwr_rsc_table *table;
    unsigned index;
    void (*kick)(void *context, uint32_t notifyid);
    void (*released)(void *context);
    void *context;
};

/**
 * vwr_vrproc_describe() - Describe a device for a new resource table
 * @v: Device that was initialised with @legacy set.
 * @vring: Vrings, one for each queue. The caller sets da, align and notifyid; the call sets num where it
 *   is 0.
 * @vrings: Number of entries in @vring.
 * @d: Filled in for vwr_rsc_build(), with VWR_RSC_ANY as the notification number.
 *
 * Context: Any context, including an interrupt handler; before the driver starts. Does not wait.
 * Return: VWR_OK.
 * * VWR_EINVAL: @vrings is not the number of queues, or the device is not legacy.
 */
VWR_MUST_CHECK int vwr_vrproc_describe(const struct vwr_vdev *v, struct vwr_rsc_vring *vring, unsigned vrings,
                                       struct vwr_rsc_device *d);

/**
 * vwr_vrproc_init() - Offer a device through a resource table
 * @r: Filled in.
 * @s: Setup; not used after the call.
 *
 * The call stores the configuration space into the table. The device offers the features in dfeatures, even
 * if its class has more.
 *
 * Context: Any context, including an interrupt handler; before the driver starts. Does not wait.
 * Return: VWR_OK.
 * * VWR_ENODEV: the table does not have so many devices.
 * * VWR_EPROTO: the entry has changed since the table was checked.
 * * VWR_ETYPE: the entry has another device ID.
 * * VWR_EINVAL: the device is not legacy, or its VM has neither @again nor @kicked; or the entry has another
 *   number of vrings, another size of the configuration space, or a feature that the class does not offer.
 */
VWR_MUST_CHECK int vwr_vrproc_init(struct vwr_vrproc *r, const struct vwr_vrproc_setup *s);

/**
 * vwr_vrproc_poll() - Look at the table for what the driver has written
 * @r: Device.
 *
 * Context: Any thread or interrupt handler that does not hold the device's lock, which it takes. Does not
 *   wait, except for the VM's lock.
 */
void vwr_vrproc_poll(struct vwr_vrproc *r);

/**
 * vwr_vrproc_notified() - Handle a notification from the driver's processor
 * @r: Device.
 * @notifyid: Notification number, or VWR_RSC_ANY if the mailbox has none, or if there may be any number.
 *
 * The call looks at the table as vwr_vrproc_poll() does, and then serves the queue of this number, as a
 * notification on another transport.
 *
 * Context: Any thread or interrupt handler that does not hold the device's lock, which it takes. Does not
 *   wait, except for the VM's lock.
 * Return: true if the number is that of the device or of one of its vrings.
 */
bool vwr_vrproc_notified(struct vwr_vrproc *r, uint32_t notifyid);

VWR_END_C

#endif
