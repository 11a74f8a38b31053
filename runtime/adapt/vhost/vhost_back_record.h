/* SPDX-License-Identifier: MIT */
#ifndef VHOST_BACK_RECORD_H
#define VHOST_BACK_RECORD_H

#include "vhost_back_common.h"
#include "vwr/ring.h"

/*
 * Shared by vwr_vhost_back_inflight.c, _split.c, _packed.c and _log.c: a ring whose requests are recorded.
 * The contents of a copy are not trusted: the guest can name its address in a descriptor.
 */

/*
 * vwr_vhost_back_inflight.c. The record of a queue in shared memory (NULL: it has none) and that of this
 * process, which only this process can write; entries of a record; the copy of a ring, and a guest address in
 * it.
 */
void *vhost_back_shared_record(const struct vwr_vhost_back *h, unsigned queue);
void *vhost_back_own_record(const struct vwr_vhost_back *h, unsigned queue);
uint16_t vhost_back_entries(const struct vwr_vhost_back *h, unsigned queue);
uint8_t *vhost_back_copy(const struct vwr_vhost_back *h, unsigned queue);
uint64_t vhost_back_copy_addr(const struct vwr_vhost_back *h, const void *at);

/* Where the used ring of a copy begins, after the available ring. */
static inline size_t vhost_back_used_offset(uint32_t size)
{
    const size_t align = VWR_SPLIT_RING_USED_ALIGN;

    return ((size_t)vwr_split_ring_avail_bytes(size) + align - 1u) & ~(align - 1u);
}

/*
 * A layout. begin: the record, or a new one if it has no contents; *p are the device's addresses afterwards.
 * take: what the driver has made available is recorded, then passed to the device; false: there was nothing.
 * give: what the device has used is passed to the driver; true: the driver wants an interrupt. mark: pages of
 * all requests in flight.
 */
bool vhost_back_begin_split(struct vwr_vhost_back *h, unsigned queue, struct vwr_vhost_back_parts *p);
bool vhost_back_take_split(struct vwr_vhost_back *h, unsigned queue);
bool vhost_back_give_split(struct vwr_vhost_back *h, unsigned queue);
void vhost_back_mark_split(struct vwr_vhost_back *h, unsigned queue);
bool vhost_back_begin_packed(struct vwr_vhost_back *h, unsigned queue, struct vwr_vhost_back_parts *p);
bool vhost_back_take_packed(struct vwr_vhost_back *h, unsigned queue);
bool vhost_back_give_packed(struct vwr_vhost_back *h, unsigned queue);
void vhost_back_mark_packed(struct vwr_vhost_back *h, unsigned queue);

/*
 * vwr_vhost_back_log.c. mark: pages of guest memory that were written. mark_chain: the writable descriptors
 * of a chain of a split ring, from its head. mark_entry: a descriptor of a packed ring. mark_part: a part of
 * the ring itself, at `addr`, if the front end wants that logged. tell: the eventfd of the log.
 */
void vhost_back_mark(struct vwr_vhost_back *h, uint64_t addr, uint64_t bytes);
void vhost_back_mark_chain(struct vwr_vhost_back *h, const struct vwr_vhost_back_ring *r, uint16_t head);
void vhost_back_mark_entry(struct vwr_vhost_back *h, const struct vwr_vhost_back_ring *r,
                           const struct vwr_vhost_user_desc_state_packed *e);
void vhost_back_mark_part(struct vwr_vhost_back *h, const struct vwr_vhost_back_ring *r, uint64_t addr,
                          uint64_t bytes);
void vhost_back_tell_log(struct vwr_vhost_back *h);

#endif
