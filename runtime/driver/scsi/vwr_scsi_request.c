/* SPDX-License-Identifier: MIT */
#include "scsi_common.h"

/* SCSI commands as requests of the engine, and checks of answers. */

#define SCSI_COUNT_BITS 48u /* number of tag bits for the command; the others contain the queue number */

static const struct vwr_client_row scsi_row = {
    .out = sizeof(((struct vwr_scsi_request *)0)->out),
    .first = sizeof(((struct vwr_scsi_request *)0)->back),
    .out_at = __builtin_offsetof(struct vwr_scsi_request, out),
    .back_at = __builtin_offsetof(struct vwr_scsi_request, back),
};

bool vwr_scsi_put_unit_(uint8_t *lun, uint32_t unit)
{
    const uint32_t number = unit & 0xffff;

    vwr_t10_put_unit(lun, VWR_SCSI_LUN_UNIT, (uint8_t)(unit >> 16), (uint16_t)number);
    return number <= VWR_T10_LUN_MAX && unit >> 24 == 0;
}

int vwr_scsi_fill(struct vwr_scsi_request *x, uint32_t unit, const void *cdb, unsigned bytes)
{
    if (x->call.req.state != VWR_REQ_IDLE)
        return VWR_EBUSY;
    if (bytes == 0 || bytes > sizeof(x->out.cdb))
        return VWR_EINVAL;
    x->unit = unit;
    x->call.row = &scsi_row;
    x->call.outs = 0;
    x->call.count = 0;
    vwr_zero(x->out.cdb, sizeof(x->out.cdb));
    vwr_copy(x->out.cdb, cdb, bytes);
    return VWR_OK;
}

uint32_t vwr_scsi_sense(const struct vwr_scsi_request *x)
{
    return vwr_t10_sense(x->back.sense, x->sense_bytes);
}

/* Completes a request that the caller has filled in. */
static int scsi_ready(struct vwr_scsi_requestq *q, struct vwr_scsi_request *x)
{
    const struct vwr_client_call *const call = &x->call;
    struct vwr_requestq *const requests = &q->client.requests;
    struct vwr_scsi_command_msg m;
    const int r = vwr_request_check_submit(requests, &x->call.req);

    if (r != VWR_OK)
        return r;
    if (call->row != &scsi_row || !vwr_scsi_put_unit_(m.lun, x->unit))
        return VWR_EINVAL;
    if (call->outs != 0 && call->outs < call->count && !vwr_dev_has(requests->dev, VWR_SCSI_F_INOUT))
        return VWR_EUNSUPP;
    m.task_attr = x->task_attr;
    m.prio = 0;
    m.crn = 0;
    m.id =
        (uint64_t)(vwr_queue_index(&requests->queue) - VWR_SCSI_QUEUE_REQUESTQ) << SCSI_COUNT_BITS | ++q->ids;
    x->id = m.id;
    x->opcode = x->out.cdb[0];
    x->data_bytes = 0;
    for (unsigned i = 0; i < call->count && call->count <= VWR_CLIENT_DATA; i++)
        x->data_bytes += call->data[i].bytes;
    if (x->data_bytes > VWR_RESULT_MAX)
        return VWR_EINVAL;
    vwr_scsi_command_msg_encode(&x->out.command, vwr_dev_is_legacy(requests->dev), &m);
    return VWR_OK;
}

int vwr_scsi_submit(struct vwr_scsi_requestq *q, struct vwr_scsi_request *x)
{
    const int r = scsi_ready(q, x);

    return r == VWR_OK ? vwr_client_submit(&q->client, &x->call) : r;
}

int vwr_scsi_do(struct vwr_scsi_requestq *q, struct vwr_scsi_request *x)
{
    const int r = scsi_ready(q, x);

    return r == VWR_OK ? vwr_client_do(&q->client, &x->call) : r;
}

/* ---- blocking calls ---- */

void *vwr_scsi_small_(struct vwr_scsi *s, int *r)
{
    *r = vwr_request_check_submit(&s->first.client.requests, &s->request.call.req);
    return *r == VWR_OK ? vwr_request_more(&s->first.client.requests, VWR_SCSI_SMALL) : NULL;
}

int vwr_scsi_command(struct vwr_scsi *s, uint32_t unit, const void *cdb, unsigned cdb_bytes,
                     const struct vwr_vec *out, const struct vwr_vec *in)
{
    int r = vwr_request_check_submit(&s->first.client.requests, &s->request.call.req);

    if (r == VWR_OK)
        r = vwr_scsi_fill(&s->request, unit, cdb, cdb_bytes);
    if (r != VWR_OK)
        return r;
    s->client.controlq.requests.fault.kind = VWR_FAULT_NONE; /* vwr_scsi_explain describes the last call */
    if (out != NULL)
        vwr_scsi_add_out(&s->request, out->p, out->bytes);
    if (in != NULL)
        vwr_scsi_add_in(&s->request, in->p, in->bytes);
    r = vwr_scsi_do(&s->first, &s->request);
    return r == VWR_OK ? (int)s->request.count : r;
}

/* ---- answers ---- */

static const uint32_t scsi_responses[] = {
    [VWR_SCSI_S_OVERRUN] = VWR_FAULT_SCSI_OVERRUN,
    [VWR_SCSI_S_ABORTED] = VWR_FAULT_SCSI_RESET,
    [VWR_SCSI_S_BAD_TARGET] = VWR_FAULT_SCSI_NO_UNIT,
    [VWR_SCSI_S_RESET] = VWR_FAULT_SCSI_RESET,
    [VWR_SCSI_S_BUSY] = VWR_FAULT_SCSI_BUSY,
    [VWR_SCSI_S_TRANSPORT_FAILURE] = VWR_FAULT_SCSI_RESPONSE,
    [VWR_SCSI_S_TARGET_FAILURE] = VWR_FAULT_SCSI_RESPONSE,
    [VWR_SCSI_S_NEXUS_FAILURE] = VWR_FAULT_SCSI_RESPONSE,
    [VWR_SCSI_S_FAILURE] = VWR_FAULT_SCSI_RESPONSE,
};

/* Handles the SCSI status of a command that was executed. */
static int scsi_check_status(struct vwr_requestq *q, struct vwr_scsi_request *x)
{
    const uint32_t sense = vwr_scsi_sense(x);
    uint32_t kind = VWR_FAULT_SCSI_SENSE;

    if (x->status == VWR_T10_GOOD || x->status == VWR_T10_CONDITION_MET)
        return VWR_OK;
    if (x->status == VWR_T10_BUSY || x->status == VWR_T10_TASK_SET_FULL)
        return vwr_request_note(q, VWR_FAULT_SCSI_FULL, x->opcode, x->status);
    if (x->status != VWR_T10_CHECK_CONDITION)
        return vwr_request_note(q, VWR_FAULT_SCSI_STATUS, x->opcode, x->status);
    if (sense == VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, VWR_T10_INVALID_OPCODE))
        kind = VWR_FAULT_SCSI_UNSUPP;
    return vwr_request_note(q, kind, x->opcode, sense);
}

/*
 * A device may report a length of 0 (vhost does this). If it has not written the answer, there is no valid
 * response. Unless the response is OK, only the response is valid.
 */
static int scsi_check_answer(struct vwr_requestq *q, struct vwr_scsi_request *x)
{
    const bool cut = x->call.req.written != 0 && x->call.req.written < sizeof(x->back);
    const uint8_t response = x->back.answer.req_cmd.response;
    struct vwr_scsi_command_answer a;
    uint32_t left;

    if (cut || response > VWR_SCSI_S_FAILURE)
        return vwr_request_note(q, VWR_FAULT_REQUEST_STATUS, x->opcode, response);
    if (response != VWR_SCSI_S_OK)
        return vwr_request_note(q, scsi_responses[response], x->opcode, response);
    vwr_scsi_command_answer_decode(&x->back.answer, vwr_dev_is_legacy(q->dev), &a);
    left = a.residual;
    if (a.sense_len > sizeof(x->back.sense))
        return vwr_request_note(q, VWR_FAULT_SCSI_SENSE_LEN, x->opcode, a.sense_len);
    if (left > x->data_bytes) /* a difference below 0 (quirk scsi.residual-below-0) */
        left = 0u - left;
    if (left > x->data_bytes)
        return vwr_request_note(q, VWR_FAULT_SCSI_RESIDUAL, x->opcode, a.residual);
    x->status = a.status;
    x->sense_bytes = (uint8_t)a.sense_len;
    x->count = (uint32_t)(x->data_bytes - left);
    return scsi_check_status(q, x);
}

/* Copies the answer once, and checks the copy. */
static void scsi_finish(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    struct vwr_scsi_request *const x = (void *)r;

    vwr_copy(&x->back, (const uint8_t *)shared + sizeof(x->out), sizeof(x->back));
    vwr_trace_message(VWR_TRACE_IN, vwr_queue_index(&q->queue), &x->back, sizeof(x->back));
    x->count = 0;
    x->status = 0;
    x->sense_bytes = 0;
    x->response = x->back.answer.req_cmd.response;
    r->result = scsi_check_answer(q, x);
}

const struct vwr_request_class vwr_scsi_class = {
    .shared_bytes = VWR_SCSI_SLOT,
    .more_bytes = VWR_SCSI_SMALL,
    .prepare = vwr_client_prepare,
    .form = vwr_client_form,
    .finish = scsi_finish,
    .type_at = __builtin_offsetof(struct vwr_scsi_request, opcode),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};
