/* SPDX-License-Identifier: MIT */
#ifndef VHOST_BACK_RECORD_H
#define VHOST_BACK_RECORD_H

#include "vhost_back_common.h"
#include "vwr/ring.h"

/*
 * Interface between vwr_vhost_back_record.c, _split.c, _packed.c, _inflight.c and _log.c, in the order of the
 * layers: a ring whose requests are recorded. The contents of a copy are untrusted, because a descriptor of
 * the guest can have its address.
 */

/*
 * One file for each layout. begin: checks the record, or creates it if it is empty, and stores the addresses
 * of the copy in *p. take: records the available buffers, then passes them to the device; false: there are
 * none. give: passes the used buffers to the driver; true: the driver wants an interrupt. mark: marks the
 * pages of all requests in flight, or of all memory, if that is less work.
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
 * vwr_vhost_back_inflight.c. shared_record: the record in shared memory; NULL: none. own_record: the record
 * that only this process can access. make_copies: makes the copies of rings and these records. fits: whether
 * the record of a queue has room for its ring. entries: the number of entries of a record. copy: the copy of
 * a ring. copy_addr: the guest address of a byte of the copies.
 */
void *vhost_back_shared_record(const struct vwr_vhost_back *h, unsigned queue);
void *vhost_back_own_record(const struct vwr_vhost_back *h, unsigned queue);
bool vhost_back_make_copies(struct vwr_vhost_back *h);
bool vhost_back_fits_record(struct vwr_vhost_back *h, unsigned queue);
uint16_t vhost_back_entries(const struct vwr_vhost_back *h, unsigned queue);
uint8_t *vhost_back_copy(const struct vwr_vhost_back *h, unsigned queue);
uint64_t vhost_back_copy_addr(const struct vwr_vhost_back *h, const void *at);

/* A request in flight, used while the requests are sorted into the order in which the driver made them
 * available. */
struct vhost_back_order {
    uint64_t counter;
    uint16_t at; /* its descriptor, or its entry in the record */
};

/*
 * order: room for the requests of a queue, and as many again, which the sort needs. sort: by counter, which
 * the front end can write, in a time that does not depend on the counters. Returns the sorted requests.
 */
struct vhost_back_order *vhost_back_order(const struct vwr_vhost_back *h);
const struct vhost_back_order *vhost_back_sort(struct vhost_back_order *order, uint32_t count);

/* Offset of the used ring in a copy; the available ring is before it. */
static inline size_t vhost_back_used_offset(uint32_t size)
{
    const size_t align = VWR_SPLIT_RING_USED_ALIGN;

    return ((size_t)vwr_split_ring_avail_bytes(size) + align - 1u) & ~(align - 1u);
}

#define VHOST_BACK_REQUEST_BYTES UINT32_MAX /* maximum size of a request in bytes */

/*
 * vwr_vhost_back_log.c. mark: marks written pages of guest memory. mark_chain: marks what was written of a
 * chain of a split ring. mark_entry: marks what was written of a descriptor of a packed ring. mark_part:
 * marks a part of the ring itself, at `addr`, if the front end logs the ring. log_pages: the pages that the
 * log has. mark_all: marks these. tell: signals the eventfd of the log.
 */
struct vhost_back_span {
    uint32_t left;    /* bytes that the request may still contain; initially VHOST_BACK_REQUEST_BYTES */
    uint32_t written; /* of its writable bytes, that are not marked yet */
    uint64_t pages;   /* at least as many as were marked */
};

void vhost_back_mark(struct vwr_vhost_back *h, uint64_t addr, uint64_t bytes);
uint64_t vhost_back_mark_chain(struct vwr_vhost_back *h, const struct vwr_vhost_back_ring *r, uint16_t head,
                               uint32_t written);
void vhost_back_mark_entry(struct vwr_vhost_back *h, const struct vwr_vhost_back_ring *r,
                           const struct vwr_vhost_user_desc_state_packed *e, struct vhost_back_span *s);
void vhost_back_mark_part(struct vwr_vhost_back *h, const struct vwr_vhost_back_ring *r, uint64_t addr,
                          uint64_t bytes);
uint64_t vhost_back_log_pages(const struct vwr_vhost_back *h);
void vhost_back_mark_all(struct vwr_vhost_back *h);
void vhost_back_tell_log(struct vwr_vhost_back *h);

#endif
