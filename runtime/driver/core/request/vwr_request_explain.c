/* SPDX-License-Identifier: MIT */
#include "request_common.h"
#include "vwr/message.h"

/*
 * Messages for faults of requests, for all classes. A class can name its request types ({where:request}) with
 * its own message type.
 */

static const struct vwr_message request_rows[] = {
    {VWR_FAULT_REQUEST_TIMEOUT, 0,
     "request {where:request}: no answer in {timeout} us: queue {queue} was notified, avail.idx {got:avail}, "
     "used.idx {got:used}; {got:hint}"},
    {VWR_FAULT_REQUEST_SEGMENTS, 0,
     "the buffer does not fit in a request: up to {where} segments of at most {got} bytes, each contiguous "
     "for the device according to the port"},
    {VWR_FAULT_REQUEST_ALIGN, 0,
     "the data are not aligned to {where} bytes, as VWR_PORT_DMA_ALIGN requires: their address ends in "
     "{got:hex}"},
    {VWR_FAULT_REQUEST_EMPTY, 0, "segment {where} of the data has 0 bytes"},
    {VWR_FAULT_REQUEST_BLOCKS, 0,
     "a block has {where} bytes: the request must start at a block and consist of whole blocks, and has "
     "{got} "
     "bytes"},
    {VWR_FAULT_REQUEST_END, 0, "the request goes beyond the end of the device, at {:end}"},
    {VWR_FAULT_REQUEST_REFUSED, 0, "request {where:request}: the driver does not send it: {got:result}"},
    {VWR_FAULT_REQUEST_STATUS, 0, "request {where:request}: status {got:hex} is not in the specification"},
    {VWR_FAULT_REQUEST_SHORT, 0,
     "request {where:request}: the device reports an answer of {got} bytes, which is too short"},
    {VWR_FAULT_REQUEST_IOERR, 0, "request {where:request}: the device reports an I/O error"},
    {VWR_FAULT_REQUEST_UNSUPP, 0, "request {where:request}: the device does not support this request"},
    {0, 0, NULL},
};

static void request_put_avail(struct vwr_text *t, const struct vwr_message_args *a, uint64_t indices)
{
    (void)a;
    vwr_text_dec(t, indices >> 16);
}

static void request_put_used(struct vwr_text *t, const struct vwr_message_args *a, uint64_t indices)
{
    (void)a;
    vwr_text_dec(t, indices & 0xffffu);
}

/* Whether the device has ever used a buffer, judging by the 16-bit used index. */
static void request_put_hint(struct vwr_text *t, const struct vwr_message_args *a, uint64_t indices)
{
    vwr_message_put(t,
                    (indices & 0xffffu) != 0
                        ? "the ring works, but the device has not completed this request"
                        : "can the device reach the ring, which vwr_port_dma places below {ring:hex} "
                          "(for the CPU: {memory:hex})?",
                    a);
}

static void request_put_end(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)v;
    vwr_text_dec(t, a->fault->where | (uint64_t)a->fault->got << 32);
}

static void request_put_result(struct vwr_text *t, const struct vwr_message_args *a, uint64_t result)
{
    (void)a;
    vwr_text_str(t, vwr_strerror((int)(0u - (uint32_t)result))); /* any number, if memory is corrupt */
}

static const struct vwr_message_type request_types[] = {
    {"end", request_put_end, NULL},   {"avail", request_put_avail, NULL},   {"used", request_put_used, NULL},
    {"hint", request_put_hint, NULL}, {"result", request_put_result, NULL}, {NULL, NULL, NULL},
};

const struct vwr_messages vwr_request_messages = {request_rows, request_types, NULL, &vwr_dev_messages};

size_t vwr_request_explain_args_(const struct vwr_requestq *q, struct vwr_message_args *a, char *text,
                                 size_t bytes)
{
    if (q != NULL && q->slots != NULL)
        vwr_message_set_request(a, vwr_queue_index(&q->queue), q->options->timeout_us,
                                vwr_request_shared_addr(q, &q->slots[0]), q->slots[0].shared);
    return vwr_message_explain(a, text, bytes);
}

size_t vwr_request_explain(const struct vwr_requestq *q, const struct vwr_messages *messages,
                           const struct vwr_name *features, char *text, size_t bytes)
{
    struct vwr_message_args a;

    vwr_message_begin(&a, messages, features, q->dev, &q->fault);
    return vwr_request_explain_args_(q, &a, text, bytes);
}
