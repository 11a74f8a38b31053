/* SPDX-License-Identifier: MIT */
#include "vwr/blk.h"
#include "vwr/names.h"
#include "explain_common.h"

/* The ring has never worked, or it is this request alone. */
static void explain_silence(struct vwr_text *t, const struct vwr_blk_requestq *q, const struct vwr_fault *f)
{
    vwr_text_str(t, " us: queue ");
    vwr_text_dec(t, vwr_queue_index(&q->requests.queue));
    vwr_text_str(t, " was notified, avail.idx ");
    vwr_text_dec(t, f->got >> 16);
    vwr_text_str(t, ", used.idx ");
    vwr_text_dec(t, f->got & 0xffffu);
    if ((f->got & 0xffffu) != 0) {
        vwr_text_str(t, "; the ring works, the device has this one still");
        return;
    }
    vwr_text_str(t, "; can the device reach the ring, which the port says is below ");
    vwr_text_hex(t, q->requests.slots->seg[0].addr);
    vwr_text_str(t, "?");
}

/* What an answer, or its absence, has to say: all of these are about one request. */
static bool explain_answer(struct vwr_text *t, const struct vwr_blk *b, const struct vwr_blk_requestq *q,
                           const struct vwr_fault *f)
{
    const char *name = vwr_name(vwr_blk_t_names, f->where);

    if (f->kind != VWR_FAULT_REQUEST_TIMEOUT && f->kind != VWR_FAULT_REQUEST_IOERR &&
        f->kind != VWR_FAULT_REQUEST_UNSUPP && f->kind != VWR_FAULT_REQUEST_STATUS && f->kind != VWR_FAULT_BLK_ZONE)
        return false;
    vwr_text_str(t, "request ");
    vwr_text_str(t, name != NULL ? name : "?");
    if (f->kind == VWR_FAULT_REQUEST_IOERR) {
        vwr_text_str(t, ": the device reports an I/O error");
    } else if (f->kind == VWR_FAULT_REQUEST_UNSUPP) {
        vwr_text_str(t, ": the device does not know this request");
    } else if (f->kind == VWR_FAULT_BLK_ZONE) {
        name = vwr_name(vwr_blk_s_names, f->got);
        vwr_text_str(t, ": the device answers ");
        vwr_text_str(t, name != NULL ? name : "?");
    } else if (f->kind == VWR_FAULT_REQUEST_STATUS) {
        vwr_text_str(t, ": status byte ");
        vwr_text_hex(t, f->got);
        vwr_text_str(t, f->got == 0xff ? ", the device has not written it" : " is not in the document");
    } else {
        vwr_text_str(t, ": no answer in ");
        vwr_text_dec(t, b->options.request.timeout_us);
        explain_silence(t, q, f);
    }
    return true;
}

static size_t explain(const struct vwr_blk *b, const struct vwr_blk_requestq *q, const struct vwr_fault *f,
                      char *text, size_t bytes)
{
    struct vwr_text t;

    vwr_text_begin(&t, text, bytes);
    if (f->kind == VWR_FAULT_BLK_BLOCK) {
        vwr_text_str(&t, "blk_size reads ");
        vwr_text_dec(&t, f->got);
        vwr_text_str(&t, ", not a power of 2 from 512 to 65536");
    } else if (f->kind == VWR_FAULT_REQUEST_SEGMENTS) {
        vwr_text_str(&t, "not one block of the buffer fits in a request: seg_max ");
        vwr_text_dec(&t, f->where);
        vwr_text_str(&t, ", size_max ");
        vwr_text_dec(&t, f->got);
        vwr_text_str(&t, ", and the port says how the buffer lies");
    } else if (f->kind == VWR_FAULT_BLK_ZONE_SIZE) {
        vwr_text_str(&t, "the disk has zones, and zone_sectors reads 0");
    } else if (f->kind == VWR_FAULT_BLK_CACHE) {
        vwr_text_str(&t, "writeback was set to ");
        vwr_text_dec(&t, f->where);
        vwr_text_str(&t, " and reads ");
        vwr_text_dec(&t, f->got);
    } else if (!explain_answer(&t, b, q, f)) {
        vwr_explain_dev(&t, b->dev, f, vwr_blk_feature_names);
    }
    return t.length;
}

/* Of the queues the first that has stopped the disk, or if none has, the first with a fault. */
static const struct vwr_blk_requestq *find_queue(const struct vwr_blk *b)
{
    const struct vwr_blk_requestq *found = &b->first;

    for (unsigned i = b->queue_count; i-- > 0;) {
        const struct vwr_blk_requestq *const q = i == 0 ? &b->first : b->options.more[i - 1].queue;

        if (q->requests.fault.kind != VWR_FAULT_NONE && (q->requests.stopped_by != VWR_OK || found->requests.stopped_by == VWR_OK))
            found = q;
    }
    return found;
}

size_t vwr_blk_explain_queue(const struct vwr_blk_requestq *q, char *text, size_t bytes)
{
    return explain(q->blk, q, &q->requests.fault, text, bytes);
}

size_t vwr_blk_explain(const struct vwr_blk *b, char *text, size_t bytes)
{
    const struct vwr_blk_requestq *const q = find_queue(b);

    return explain(b, q, b->dev->fault.kind != VWR_FAULT_NONE ? &b->dev->fault : &q->requests.fault, text, bytes);
}
