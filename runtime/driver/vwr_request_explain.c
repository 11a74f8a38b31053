/* SPDX-License-Identifier: MIT */
#include "vwr/fault.h"
#include "vwr/message.h"

/*
 * The sentences of a request's faults, of any class. What {where:request} is called the class says, by a type
 * of its own.
 */

static const struct vwr_message request_rows[] = {
    {VWR_FAULT_REQUEST_TIMEOUT, 0,
     "request {where:request}: no answer in {timeout} us: queue {queue} was notified, avail.idx {got:avail}, "
     "used.idx {got:used}; {got:hint}"},
    {VWR_FAULT_REQUEST_SEGMENTS, 0,
     "the buffer does not fit in a request: at most {where} segments of at most {got} bytes, and the port "
     "says "
     "where it is contiguous for the device"},
    {VWR_FAULT_REQUEST_STATUS, 0, "request {where:request}: status {got:hex} is not in the specification"},
    {VWR_FAULT_REQUEST_IOERR, 0, "request {where:request}: the device reports an I/O error"},
    {VWR_FAULT_REQUEST_UNSUPP, 0, "request {where:request}: the device does not know this request"},
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

/* Has the ring ever worked, as far as 16 bits say? */
static void request_put_hint(struct vwr_text *t, const struct vwr_message_args *a, uint64_t indices)
{
    vwr_message_put(t,
                    (indices & 0xffffu) != 0
                        ? "the ring works, the device still has this request"
                        : "can the device reach the ring, which the port says is below {ring:hex}?",
                    a);
}

static const struct vwr_message_type request_types[] = {
    {"avail", request_put_avail},
    {"used", request_put_used},
    {"hint", request_put_hint},
    {NULL, NULL},
};

const struct vwr_messages vwr_request_messages = {request_rows, request_types, NULL, &vwr_dev_messages};
