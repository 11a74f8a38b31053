/* SPDX-License-Identifier: MIT */
#include "crypto_common.h"

/* Data requests for the request engine, and checks of all answers, including those from the control queue. */

/* ---- requests ---- */

void vwr_crypto_put_(struct vwr_crypto_request *x, const struct vwr_dev *d, uint32_t opcode, size_t header,
                     const struct vwr_record *form, const void *numbers, size_t padded)
{
    vwr_zero(&x->row, sizeof(x->row));
    vwr_zero(&x->out, sizeof(x->out));
    vwr_record_encode(form, vwr_guest_is_big(vwr_dev_is_legacy(d)), numbers, x->out.bytes + header);
    x->row.type = opcode;
    x->row.head = 0;
    x->row.out = (uint16_t)(header + (vwr_dev_has(d, VWR_CRYPTO_F_REVISION_1) ? form->bytes : padded));
    x->row.out_at = __builtin_offsetof(struct vwr_crypto_request, out);
    x->row.back_at = __builtin_offsetof(struct vwr_crypto_request, back);
}

/* The session determines the operation; for an asymmetric cipher, the data do. */
static uint32_t crypto_opcode(const struct vwr_crypto_session *s, const struct vwr_crypto_data *m)
{
    const struct vwr_crypto_forms *const forms = crypto_codes(s->service, s->chained);

    if (s->service == VWR_CRYPTO_SERVICE_AKCIPHER)
        return m->opcode;
    return s->op == VWR_CRYPTO_OP_DECRYPT ? forms->last : forms->first;
}

static int crypto_check_data(const struct vwr_crypto_session *s, const struct vwr_crypto_data *m)
{
    const uint64_t in = (uint64_t)m->dst_bytes + m->digest_bytes;
    const uint64_t all = in + m->iv_bytes + m->src_bytes + m->aad_bytes;

    if (s->crypto == NULL || m->iv_bytes > VWR_CRYPTO_IV)
        return VWR_EINVAL;
    if (s->service == VWR_CRYPTO_SERVICE_AKCIPHER &&
        (m->opcode < VWR_CRYPTO_AKCIPHER_ENCRYPT || m->opcode > VWR_CRYPTO_AKCIPHER_VERIFY))
        return VWR_EINVAL;
    return all > s->crypto->info.max_size || in > VWR_RESULT_MAX - 1u ? VWR_EINVAL : VWR_OK;
}

/* Encodes all parts that are in the slot, including the IV. The IV of AEAD has a fixed size. */
static void crypto_encode(struct vwr_crypto_request *x, const struct vwr_dev *d,
                          const struct vwr_crypto_data *m)
{
    const struct vwr_crypto_session *const s = x->session;
    struct vwr_crypto_op_header *const h = &x->out.data.header;
    const bool legacy = vwr_dev_is_legacy(d), aead = s->service == VWR_CRYPTO_SERVICE_AEAD;
    const uint32_t opcode = crypto_opcode(s, m);

    vwr_crypto_put_(x, d, opcode, sizeof(*h), crypto_data_form(crypto_codes(s->service, s->chained), opcode),
                    m, VWR_CRYPTO_DATAQ_OP_SPEC_HDR_LEGACY);
    h->opcode = vwr_guest32(legacy, opcode);
    h->algo = vwr_guest32(legacy, s->algo);
    h->session_id = vwr_guest64(legacy, s->id);
    h->flag = vwr_guest32(legacy, VWR_CRYPTO_FLAG_SESSION_MODE);
    if (aead)
        x->out.data.aead.tag_len = vwr_guest32(legacy, s->result_bytes);
    x->row.head = x->row.out; /* the IV is a segment of its own, as Linux sends it */
    vwr_copy(x->out.bytes + x->row.out, m->iv, m->iv_bytes);
    x->row.out = (uint16_t)(x->row.out + (aead ? VWR_CRYPTO_IV : m->iv_bytes));
    x->row.last = sizeof(struct vwr_crypto_inhdr);
    x->row.status_bytes = sizeof(struct vwr_crypto_inhdr);
}

int vwr_crypto_fill(struct vwr_crypto_request *x, const struct vwr_crypto_session *session,
                    const struct vwr_crypto_data *data)
{
    const struct vwr_dev *const d = session->crypto != NULL ? session->crypto->bringup.dev : NULL;
    int r = crypto_check_data(session, data);

    if (r == VWR_OK)
        r = vwr_client_begin(d, &x->call, &x->row);
    if (r != VWR_OK)
        return r;
    x->session = session;
    x->count = 0;
    x->room = data->dst_bytes + data->digest_bytes;
    crypto_encode(x, d, data);
    vwr_client_add_out(&x->call, data->src, data->src_bytes);
    vwr_client_add_out(&x->call, data->aad, data->aad_bytes);
    vwr_client_add_in(&x->call, data->dst, data->dst_bytes);
    vwr_client_add_in(&x->call, data->digest, data->digest_bytes);
    return VWR_OK;
}

static int crypto_check_session(const struct vwr_crypto_session *session, const struct vwr_requestq *q)
{
    if (session->crypto == NULL || session->crypto->bringup.dev != q->dev)
        return VWR_EFAILED;
    if (session->resets != session->crypto->resets)
        return VWR_ERESET;
    return crypto_is_ready(session->crypto) ? VWR_OK : VWR_EBUSY;
}

int vwr_crypto_submit(struct vwr_crypto_dataq *q, struct vwr_crypto_request *x)
{
    const int r = x->session != NULL ? crypto_check_session(x->session, &q->client.requests) : VWR_EFAILED;

    return r == VWR_OK ? vwr_client_submit(&q->client, &x->call) : r;
}

int vwr_crypto_do_(struct vwr_crypto *c, struct vwr_clientq *q, struct vwr_clientq *other,
                   struct vwr_crypto_request *x)
{
    int r;

    if (other->requests.stopped_by == VWR_OK)
        other->requests.fault.kind = VWR_FAULT_NONE;
    r = vwr_client_do(q, &x->call);
    c->status = x->call.status;
    return r;
}

int vwr_crypto_run(struct vwr_crypto *c, const struct vwr_crypto_session *session,
                   const struct vwr_crypto_data *data)
{
    int r = c->bringup.dev != NULL ? vwr_crypto_fill(&c->request, session, data) : VWR_EFAILED;

    if (r == VWR_OK)
        r = vwr_crypto_do_(c, &c->first.client, &c->control, &c->request);
    return r == VWR_OK ? (int)c->request.count : r;
}

/* Also checked if the request has waited for room, because a reset in the meantime ends the session. */
static int crypto_prepare(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    const struct vwr_crypto_request *const x = (void *)r;
    const int result = x->session != NULL ? crypto_check_session(x->session, q) : VWR_OK;

    return result == VWR_OK ? vwr_client_prepare(q, r, shared) : result;
}

/* ---- answers ---- */

static int crypto_check_answer(struct vwr_requestq *q, const struct vwr_crypto_request *x)
{
    const uint32_t opcode = x->row.type, status = x->call.status;

    if (status == VWR_CRYPTO_OK)
        return VWR_OK;
    if (status == VWR_CRYPTO_NOTSUPP)
        return vwr_request_note(q, VWR_FAULT_CRYPTO_UNSUPP, opcode, status);
    if (status > VWR_CRYPTO_KEY_REJECTED)
        return vwr_request_note(q, VWR_FAULT_REQUEST_STATUS, opcode, status);
    return vwr_request_note(q, VWR_FAULT_CRYPTO_REFUSED, opcode, status);
}

/*
 * Only the result of an asymmetric cipher has a variable length: the number of bytes that the device has
 * written, without the status.
 */
static void crypto_finish(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    struct vwr_crypto_request *const x = (void *)r;

    vwr_client_finish(q, r, shared);
    x->count = x->room;
    if (r->result == VWR_OK)
        r->result = crypto_check_answer(q, x);
    if (r->result != VWR_OK || x->room == 0 || x->session->service != VWR_CRYPTO_SERVICE_AKCIPHER)
        return;
    if (r->written - 1u > x->room) /* wraps if nothing was written */
        r->result = vwr_request_note(q, VWR_FAULT_CRYPTO_COUNT, x->row.type, r->written);
    else
        x->count = r->written - 1u;
}

const struct vwr_request_class vwr_crypto_class = {
    .shared_bytes = VWR_CRYPTO_SLOT,
    .prepare = crypto_prepare,
    .form = vwr_client_form,
    .finish = crypto_finish,
    .type_at = __builtin_offsetof(struct vwr_crypto_request, row.type),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};
