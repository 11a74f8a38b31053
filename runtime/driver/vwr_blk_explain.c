/* SPDX-License-Identifier: MIT */
#include "vwr/blk.h"
#include "vwr/message.h"

/* The sentences of a disk's faults (enum vwr_blk_fault), and what it says of those of its requests. */

/* A status byte that is as the driver sent it. */
#define BLK_EXPLAIN_UNWRITTEN 1u

static bool blk_explain_holds(unsigned when, const struct vwr_message_args *a)
{
    return when == BLK_EXPLAIN_UNWRITTEN && a->fault->got == 0xff;
}

static const struct vwr_message blk_explain_rows[] = {
    {VWR_FAULT_BLK_SIZE, 0, "blk_size reads {got}, not a power of 2 from 512 to 65536"},
    {VWR_FAULT_BLK_ZONE, 0, "request {where:request}: the device answers {got:answer}"},
    {VWR_FAULT_BLK_ZONE_SECTORS, 0, "the disk has zones, and zone_sectors reads {got}"},
    {VWR_FAULT_BLK_CACHE, 0, "writeback was set to {where} and reads {got}"},
    {VWR_FAULT_REQUEST_STATUS, BLK_EXPLAIN_UNWRITTEN,
     "request {where:request}: status {got:hex}, the device has not written it"},
    {0, 0, NULL},
};

static void blk_explain_put_request(struct vwr_text *t, const struct vwr_message_args *a, uint64_t type)
{
    (void)a;
    vwr_message_put_name(t, vwr_blk_t_names, type);
}

static void blk_explain_put_answer(struct vwr_text *t, const struct vwr_message_args *a, uint64_t status)
{
    (void)a;
    vwr_message_put_name(t, vwr_blk_s_names, status);
}

static const struct vwr_message_type blk_explain_types[] = {
    {"request", blk_explain_put_request},
    {"answer", blk_explain_put_answer},
    {NULL, NULL},
};

static const struct vwr_messages blk_explain_messages = {blk_explain_rows, blk_explain_types,
                                                         blk_explain_holds, &vwr_request_messages};

static VWR_COLD size_t blk_explain(const struct vwr_blk *b, const struct vwr_blk_requestq *q,
                                   const struct vwr_fault *f, char *text, size_t bytes)
{
    struct vwr_message_args a;
    uint64_t ring = 0;

    if (q->requests.slots != NULL)
        ring = q->requests.slots->seg[0].addr;
    vwr_message_begin(&a, &blk_explain_messages, vwr_blk_feature_names, b->recovery.dev, f);
    vwr_message_set_request(&a, vwr_queue_index(&q->requests.queue), b->options.request.timeout_us, ring);
    return vwr_message_explain(&a, text, bytes);
}

/* Of the queues the first that has stopped the disk, or if none has, the first with a fault. */
static const struct vwr_blk_requestq *blk_explain_find_queue(const struct vwr_blk *b)
{
    const struct vwr_blk_requestq *found = &b->first;

    for (unsigned i = b->queue_count; i-- > 0;) {
        const struct vwr_blk_requestq *const q = i == 0 ? &b->first : b->options.more[i - 1].queue;

        if (q->requests.fault.kind != VWR_FAULT_NONE &&
            (q->requests.stopped_by != VWR_OK || found->requests.stopped_by == VWR_OK))
            found = q;
    }
    return found;
}

size_t vwr_blk_explain_queue(const struct vwr_blk_requestq *q, char *text, size_t bytes)
{
    return blk_explain(q->blk, q, &q->requests.fault, text, bytes);
}

size_t vwr_blk_explain(const struct vwr_blk *b, char *text, size_t bytes)
{
    const struct vwr_blk_requestq *const q = blk_explain_find_queue(b);

    return blk_explain(
        b, q, b->recovery.dev->fault.kind != VWR_FAULT_NONE ? &b->recovery.dev->fault : &q->requests.fault,
        text, bytes);
}
