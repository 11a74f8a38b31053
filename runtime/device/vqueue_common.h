/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VQUEUE_COMMON_H
#define VWR_DEVICE_VQUEUE_COMMON_H

#include "vdev_common.h"
#include "vwr/vqueue.h"

/*
 * Between vwr_vqueue.c, which has what does not depend on the layout, vwr_vchain.c, which has chains and
 * indirect tables, and the layouts, a file each, with the same functions:
 *
 *   enable      empty, at these host addresses
 *   pop_avail   the next buffer (split: inline, vqueue_hot.h)
 *   unpop       undoes that
 *   put_used    writes a used element or descriptor
 *   publish     makes those visible that were put; true: the driver wants an interrupt for them
 *   arm         enables notifications; false: there is a buffer already
 *   disarm      suppresses them
 */
void vwr_vsplit_enable(struct vwr_vqueue *q, void *desc, void *driver, void *device);
void vwr_vsplit_unpop(struct vwr_vqueue *q, const struct vwr_vchain *c);
bool vwr_vsplit_publish(struct vwr_vqueue *q);
bool vwr_vsplit_arm(struct vwr_vqueue *q);
void vwr_vsplit_disarm(struct vwr_vqueue *q);

void vwr_vpacked_enable(struct vwr_vqueue *q, void *desc, void *driver, void *device);
void vwr_vpacked_unpop(struct vwr_vqueue *q, const struct vwr_vchain *c);
void vwr_vpacked_put_used(struct vwr_vqueue *q, uint32_t id, uint32_t count, uint32_t written,
                          unsigned flags);
bool vwr_vpacked_publish(struct vwr_vqueue *q);
bool vwr_vpacked_arm(struct vwr_vqueue *q);
void vwr_vpacked_disarm(struct vwr_vqueue *q);

/* In order, split or packed: puts the buffer, and those that waited for it, if none waits before it. */
void vwr_vqueue_put_in_order(struct vwr_vqueue *q, const struct vwr_vchain *c, uint32_t written);

/* WRITE if the device has written into some part of the buffer, if not from its first byte on. */
static inline unsigned vqueue_used_flags(const struct vwr_vchain *c, uint32_t written)
{
    return written != 0 || c->in != 0 ? VWR_VIRTQ_DESC_F_WRITE : 0;
}

/* What an indirect descriptor points at; false: there cannot be such a table, and the queue is broken. */
bool vwr_vtable_open(struct vwr_vqueue *q, struct vwr_vtable *table, uint64_t addr, uint32_t len);

#endif
