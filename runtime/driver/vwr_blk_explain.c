/* SPDX-License-Identifier: MIT */
#include "vwr/blk.h"
#include "vwr/names.h"
#include "explain_common.h"

static void put_request(struct vwr_text *t, uint32_t type)
{
    const char *name = vwr_name(vwr_blk_t_names, type);

    vwr_text_str(t, "request ");
    vwr_text_str(t, name != NULL ? name : "?");
}

size_t vwr_blk_explain(const struct vwr_blk *b, char *text, size_t bytes)
{
    const struct vwr_fault *f = &b->dev->fault;
    struct vwr_text t;

    vwr_text_begin(&t, text, bytes);
    switch (f->kind) {
    case VWR_FAULT_BLK_TIMEOUT:
        put_request(&t, f->where);
        vwr_text_str(&t, ": no answer in ");
        vwr_text_dec(&t, b->timeout_us);
        vwr_text_str(&t, " us: queue 0 was notified, avail.idx ");
        vwr_text_dec(&t, b->queue.published);
        vwr_text_str(&t, ", used.idx ");
        vwr_text_dec(&t, f->got);
        vwr_text_str(&t, "; is the ring at an address that the device can reach?");
        break;
    case VWR_FAULT_BLK_BLOCK:
        vwr_text_str(&t, "blk_size reads ");
        vwr_text_dec(&t, f->got);
        vwr_text_str(&t, ", not a power of 2 from 512 to 65536");
        break;
    case VWR_FAULT_BLK_PIECES:
        vwr_text_str(&t, "not one block of the buffer fits in a request: seg_max ");
        vwr_text_dec(&t, f->where);
        vwr_text_str(&t, ", size_max ");
        vwr_text_dec(&t, f->got);
        vwr_text_str(&t, ", and the port says how the buffer lies");
        break;
    case VWR_FAULT_BLK_IOERR:
        put_request(&t, f->where);
        vwr_text_str(&t, ": the device reports an I/O error");
        break;
    case VWR_FAULT_BLK_UNSUPP:
        put_request(&t, f->where);
        vwr_text_str(&t, ": the device does not know this request");
        break;
    case VWR_FAULT_BLK_STATUS:
        put_request(&t, f->where);
        vwr_text_str(&t, ": status byte ");
        vwr_text_hex(&t, f->got);
        vwr_text_str(&t, f->got == 0xff ? ", the device has not written it" : " is not in the document");
        break;
    default:
        vwr_explain_dev(&t, b->dev, vwr_blk_feature_names);
    }
    return t.length;
}
