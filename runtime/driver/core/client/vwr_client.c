/* SPDX-License-Identifier: MIT */
#include "../request/request_common.h"
#include "vwr/client.h"

/* Messages of generated clients. */

int vwr_client_agree_count(unsigned *count, unsigned ours, uint32_t theirs)
{
    if (*count == 0)
        *count = ours < theirs ? ours : theirs;
    return *count <= theirs ? VWR_OK : VWR_ENOQUEUE;
}

/* A failure stops all request queues of a device. A message in flight stays so until the reset. */
static bool client_runs(const struct vwr_dev *d)
{
    for (const struct vwr_queue *q = d->queues; q != NULL; q = q->beside)
        if (q->runs)
            return true;
    return false;
}

int vwr_client_begin(const struct vwr_dev *d, struct vwr_client_call *call, const struct vwr_client_row *row)
{
    if (d == NULL)
        return VWR_EFAILED;
    if (call->req.state != VWR_REQ_IDLE)
        return client_runs(d) ? VWR_EBUSY : VWR_EFAILED;
    call->row = row;
    call->outs = 0;
    call->count = 0;
    return VWR_OK;
}

/* Data that are too long make the number of segments invalid. */
static void client_add(struct vwr_client_call *call, void *data, uint64_t bytes)
{
    if (bytes == 0 || call->count > VWR_CLIENT_DATA)
        return;
    if (call->count == VWR_CLIENT_DATA || bytes >> 31 != 0) {
        call->count = VWR_CLIENT_DATA + 1u;
        return;
    }
    call->data[call->count].p = data;
    call->data[call->count++].bytes = (size_t)bytes;
}

void vwr_client_add_out(struct vwr_client_call *call, const void *data, uint64_t bytes)
{
    client_add(call, (void *)(uintptr_t)data, bytes);
    call->outs = call->count;
}

void vwr_client_add_in(struct vwr_client_call *call, void *data, uint64_t bytes)
{
    client_add(call, data, bytes);
}

static int client_ready(struct vwr_client_call *call)
{
    call->req.vec.bytes = 0;
    call->req.vecs = call->data;
    call->req.vec_count = call->count;
    return call->count <= VWR_CLIENT_DATA ? VWR_OK : VWR_EINVAL;
}

int vwr_client_submit(struct vwr_clientq *q, struct vwr_client_call *call)
{
    const int r = client_ready(call);

    return r == VWR_OK ? vwr_request_submit(&q->requests, &call->req) : r;
}

int vwr_client_do(struct vwr_clientq *q, struct vwr_client_call *call)
{
    const int r = client_ready(call);

    return r == VWR_OK ? vwr_request_do(&q->requests, &call->req) : r;
}

/* ---- class for the request engine ---- */

static struct vwr_client_call *client_call(struct vwr_req *r)
{
    return (struct vwr_client_call *)(void *)r;
}

/*
 * Fills the answer with 0xff, so that bytes that the device does not write, or a partly written status, are
 * not mistaken for success.
 */
int vwr_client_prepare(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    const struct vwr_client_call *const call = client_call(r);
    const struct vwr_client_row *const row = call->row;
    uint8_t *const back = (uint8_t *)shared + row->out;

    r->in = call->outs < call->count;
    vwr_copy(shared, (const uint8_t *)call + row->out_at, row->out);
    vwr_trace_message(VWR_TRACE_OUT, vwr_queue_index(&q->queue), shared, row->out);
    for (unsigned i = 0; i < 0u + row->first + row->last; i++)
        back[i] = 0xff;
    return VWR_OK;
}

void vwr_client_form(const struct vwr_req *r, struct vwr_request_form *form)
{
    const struct vwr_client_call *const call = (const struct vwr_client_call *)(const void *)r;
    const struct vwr_client_row *const row = call->row;

    form->out = row->out;
    form->head = row->head;
    form->first = row->first;
    form->first_at = row->out;
    form->last = row->last;
    form->last_at = (uint32_t)row->out + row->first;
    for (unsigned i = 0; i < call->outs; i++)
        form->out_data += call->data[i].bytes;
}

static bool client_is_ok(const struct vwr_client_row *row, uint32_t status)
{
    bool ok = row->oks == 0;

    for (unsigned i = 0; i < row->oks; i++)
        ok = ok || status == row->ok[i];
    return ok;
}

/* Size of only the device's data, which are between the `first` bytes and the `last` bytes. */
static uint32_t client_data_bytes(const struct vwr_client_call *call, uint64_t most)
{
    const struct vwr_client_row *const row = call->row;
    const uint32_t written = call->req.written > row->first ? call->req.written - row->first : 0;

    return written < most ? written : (uint32_t)most;
}

/* Whether the device has written at least as much data as the answer reports. Additional data are ignored. */
static bool client_counted(struct vwr_client_call *call, const uint8_t *back, bool legacy)
{
    const struct vwr_counted *const c = &call->row->counted;
    uint64_t n;

    if (c->bytes == 0)
        return true;
    n = (uint64_t)vwr_bytes_number(back + c->at, c->bytes, c->big || vwr_guest_is_big(legacy)) * c->each;
    if (n > call->data_bytes)
        return false;
    call->data_bytes = (uint32_t)n;
    return true;
}

void vwr_client_finish(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    struct vwr_client_call *const call = client_call(r);
    const struct vwr_client_row *const row = call->row;
    uint8_t *const back = (uint8_t *)call + row->back_at;
    uint64_t room = 0;
    bool all;

    vwr_copy(back, (const uint8_t *)shared + row->out, (size_t)row->first + row->last);
    vwr_trace_message(VWR_TRACE_IN, vwr_queue_index(&q->queue), back, (size_t)row->first + row->last);
    for (unsigned i = call->outs; i < call->count; i++)
        room += call->data[i].bytes;
    call->data_bytes = client_data_bytes(call, room);
    call->status = vwr_bytes_number(back + row->status_at, row->status_bytes,
                                    row->status_big || vwr_guest_is_big(vwr_dev_is_legacy(q->dev)));
    all = r->written >= row->first && (!row->whole || call->data_bytes == room);
    if (!client_is_ok(row, call->status))
        r->result = vwr_request_note(q, VWR_FAULT_REQUEST_IOERR, row->type, call->status);
    else if (!all || !client_counted(call, back, vwr_dev_is_legacy(q->dev)))
        r->result = vwr_request_note(q, VWR_FAULT_REQUEST_SHORT, row->type, r->written);
}

bool vwr_client_may_replay(const struct vwr_req *r)
{
    return !((const struct vwr_client_call *)(const void *)r)->row->once;
}

int vwr_client_setup(struct vwr_clientq *q, struct vwr_bringup *v, unsigned index,
                     const struct vwr_request_class *cls, const struct vwr_queue_memory *m,
                     const struct vwr_request_options *options)
{
    vwr_copy(&q->options, options, sizeof(*options));
    vwr_request_set_defaults(&q->options);
    q->requests.segment_bytes_max = (uint32_t)-1;
    /* each data area of a message needs a segment */
    q->requests.segments_max = q->options.segments > VWR_CLIENT_DATA ? q->options.segments : VWR_CLIENT_DATA;
    return vwr_request_setup(&q->requests, v, index, cls, m, &q->options);
}
