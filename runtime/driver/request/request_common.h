/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_REQUEST_COMMON_H
#define VWR_DRIVER_REQUEST_COMMON_H

#include "vwr/bytes.h"
#include "vwr/recovery.h"
#include "vwr/request.h"

/* Between the files of the request engine. */

#define REQUEST_CHECKS 16u /* of the clock, and of a silent device's status, until a deadline */
#define REQUEST_CHECK_POLLS \
    65536u /* not the specification's: polls after which a silent device's status is read */

/* vwr_request.c */
void vwr_request_complete(struct vwr_requestq *q, struct vwr_req *r); /* to whoever waits, or to reap */
struct vwr_req *vwr_request_finish(struct vwr_requestq *q, struct vwr_chain *chain); /* it has come back */

/* vwr_request_submit.c, vwr_request_do.c: vwr_request_submit and vwr_request_do of a request for which
 * can_submit and measure have answered VWR_OK */
int vwr_request_submit_measured(struct vwr_requestq *q, struct vwr_req *r);
int vwr_request_do_measured(struct vwr_requestq *q, struct vwr_req *r);

/* vwr_request_stop.c */
/* What a call answers: the device was given up by its owner; or a recovery has set up this queue, and not
 * all. */
int vwr_request_not_live(struct vwr_requestq *q);
int vwr_request_timed_out(struct vwr_requestq *q, const struct vwr_req *r);

/* vwr_request_recover.c: comes back with req.result */
void vwr_request_return(struct vwr_requestq *q, struct vwr_req *r);

#define REQUEST_NO_ADDRESS (VWR_PORT_HAS_DMA_MAP ? VWR_EFULL : VWR_EINVAL) /* not now; or never */

/* A segment of bytes[0 .. n): as long as the memory is contiguous for the device, and the device takes it.
 * False: no address. */
static inline bool request_map_segment(const struct vwr_requestq *q, struct vwr_request_slot *s,
                                       uint8_t *bytes, size_t n, bool in, struct vwr_seg *seg)
{
    size_t run = 0;

    if (n > q->segment_bytes_max)
        n = q->segment_bytes_max;
    seg->addr = vwr_request_map(s, bytes, n, in, &run);
    seg->len = (uint32_t)(n > run ? run : n);
    return seg->len != 0;
}

static inline void request_sync_for_device(const struct vwr_req *r)
{
    const struct vwr_vec *const vec = vwr_request_vecs(r);
    const uint32_t count = vwr_request_vec_count(r);

    for (uint32_t i = 0; i < count; i++)
        vwr_sync_data_for_device(vec[i].p, vec[i].bytes);
}

/*
 * What has to be sent again, and where the next request goes: nowhere while there are such, so that the fast
 * path, which sees whether the chain of the slot is idle, needs no other test.
 */
static inline void request_set_replays(struct vwr_requestq *q, struct vwr_req *list)
{
    q->replay = list;
    q->next_slot = VWR_FAST_PATHS && vwr_requestq_has_replays(q)
                       ? (struct vwr_request_slot *)(void *)&q->queue.none
                       : vwr_requestq_slot(q, 0);
}

/* The request takes as much of its data, `bytes` from `offset` on, as one can have. */
static inline void request_split(struct vwr_req *r, uint64_t offset, uint64_t bytes)
{
    r->bytes = bytes;
    r->offset = offset;
    r->splits = VWR_REQ_SPLITS;
    r->replays = 0;
}

/* At the end of those that wait for their reap. */
static inline void request_put_done(struct vwr_requestq *q, struct vwr_req *r)
{
    r->next = NULL;
    r->state = VWR_REQ_COMPLETED;
    *q->done_end = r;
    q->done_end = &r->next;
}

/* Idle slots have descriptors for good, where chains are bound: gives them back for what needs them now. */
static inline void request_unbind_idle(struct vwr_requestq *q)
{
    for (unsigned i = 0; i < vwr_requestq_slots(q); i++) {
        struct vwr_request_slot *const s = vwr_requestq_slot(q, i);

        if (!vwr_slot_in_flight(s))
            s->bound = vwr_queue_unbind(&q->queue, &s->chain) != VWR_OK;
    }
}

/* A small build binds nothing. */
static inline int request_add_unbound(struct vwr_requestq *q, struct vwr_request_slot *s,
                                      const struct vwr_seg *seg, unsigned out, unsigned in)
{
    if (!VWR_FAST_PATHS)
        return vwr_queue_add(&q->queue, seg, out, in, &s->chain);
    s->bound = vwr_queue_unbind(&q->queue, &s->chain) != VWR_OK;
    if (vwr_queue_add(&q->queue, seg, out, in, &s->chain) == VWR_OK)
        return VWR_OK;
    request_unbind_idle(q);
    return vwr_queue_add(&q->queue, seg, out, in, &s->chain);
}

#endif
