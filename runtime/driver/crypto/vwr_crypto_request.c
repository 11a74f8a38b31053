/* SPDX-License-Identifier: MIT */
#include "crypto_common.h"

/* Data as requests of the engine, and the check of each answer. */

/* ---- fixed-length parts; each returns its size in bytes ---- */

static size_t crypto_put_cipher(struct vwr_crypto_request *x, bool legacy, const struct vwr_crypto_data *m)
{
    struct vwr_crypto_sym_data_flf *const f = &x->out.fixed.flf.sym;
    struct vwr_crypto_cipher_data_flf *const cipher = &x->out.fixed.flf.cipher;

    f->op_type = vwr_guest32(legacy, VWR_CRYPTO_SYM_OP_CIPHER);
    cipher->iv_len = vwr_guest32(legacy, m->iv_bytes);
    cipher->src_data_len = vwr_guest32(legacy, m->src_bytes);
    cipher->dst_data_len = vwr_guest32(legacy, m->dst_bytes);
    return sizeof(*f);
}

static size_t crypto_put_chain(struct vwr_crypto_request *x, bool legacy, const struct vwr_crypto_data *m)
{
    struct vwr_crypto_sym_data_flf *const f = &x->out.fixed.flf.sym;
    struct vwr_crypto_alg_chain_data_flf *const chain = &x->out.fixed.flf.chain;

    f->op_type = vwr_guest32(legacy, VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING);
    chain->iv_len = vwr_guest32(legacy, m->iv_bytes);
    chain->src_data_len = vwr_guest32(legacy, m->src_bytes);
    chain->dst_data_len = vwr_guest32(legacy, m->dst_bytes);
    chain->cipher_start_src_offset = vwr_guest32(legacy, m->cipher_start);
    chain->len_to_cipher = vwr_guest32(legacy, m->cipher_bytes);
    chain->hash_start_src_offset = vwr_guest32(legacy, m->hash_start);
    chain->len_to_hash = vwr_guest32(legacy, m->hash_bytes);
    chain->aad_len = vwr_guest32(legacy, m->aad_bytes);
    chain->hash_result_len = vwr_guest32(legacy, m->digest_bytes);
    return sizeof(*f);
}

static size_t crypto_put_aead(struct vwr_crypto_request *x, bool legacy, const struct vwr_crypto_data *m)
{
    struct vwr_crypto_aead_data_flf *const f = &x->out.fixed.flf.aead;

    f->iv_len = vwr_guest32(legacy, m->iv_bytes);
    f->aad_len = vwr_guest32(legacy, m->aad_bytes);
    f->src_data_len = vwr_guest32(legacy, m->src_bytes);
    f->dst_data_len = vwr_guest32(legacy, m->dst_bytes);
    f->tag_len = vwr_guest32(legacy, x->session->result_bytes);
    return sizeof(*f);
}

/* A hash, a MAC and an asymmetric cipher have two lengths. */
static size_t crypto_put_hash(struct vwr_crypto_request *x, bool legacy, const struct vwr_crypto_data *m)
{
    struct vwr_crypto_hash_data_flf *const f = &x->out.fixed.flf.hash;
    const bool verifies = m->opcode == VWR_CRYPTO_AKCIPHER_VERIFY;

    VWR_STATIC_ASSERT(sizeof(*f) == sizeof(struct vwr_crypto_akcipher_data_flf) &&
                          sizeof(*f) == sizeof(struct vwr_crypto_mac_data_flf),
                      "same fields");
    f->src_data_len = vwr_guest32(legacy, m->src_bytes);
    f->hash_result_len = vwr_guest32(legacy, verifies ? m->aad_bytes : m->dst_bytes);
    return sizeof(*f);
}

static size_t crypto_put_flf(struct vwr_crypto_request *x, bool legacy, const struct vwr_crypto_data *m)
{
    const struct vwr_crypto_session *const s = x->session;

    if (s->service == VWR_CRYPTO_SERVICE_CIPHER)
        return s->chained ? crypto_put_chain(x, legacy, m) : crypto_put_cipher(x, legacy, m);
    return s->service == VWR_CRYPTO_SERVICE_AEAD ? crypto_put_aead(x, legacy, m)
                                                 : crypto_put_hash(x, legacy, m);
}

/* ---- requests ---- */

/* The operation of the session; for an asymmetric cipher that of the data. */
static uint32_t crypto_opcode(const struct vwr_crypto_session *s, const struct vwr_crypto_data *m)
{
    const bool decrypts = s->op == VWR_CRYPTO_OP_DECRYPT;

    if (s->service == VWR_CRYPTO_SERVICE_CIPHER)
        return decrypts ? VWR_CRYPTO_CIPHER_DECRYPT : VWR_CRYPTO_CIPHER_ENCRYPT;
    if (s->service == VWR_CRYPTO_SERVICE_AEAD)
        return decrypts ? VWR_CRYPTO_AEAD_DECRYPT : VWR_CRYPTO_AEAD_ENCRYPT;
    if (s->service == VWR_CRYPTO_SERVICE_AKCIPHER)
        return m->opcode;
    return s->service == VWR_CRYPTO_SERVICE_HASH ? VWR_CRYPTO_HASH : VWR_CRYPTO_MAC;
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

static void crypto_put_header(struct vwr_crypto_request *x, bool legacy)
{
    struct vwr_crypto_op_header *const h = &x->out.fixed.header;

    h->opcode = vwr_guest32(legacy, x->opcode);
    h->algo = vwr_guest32(legacy, x->session->algo);
    h->session_id = vwr_guest64(legacy, x->session->id);
    h->flag = vwr_guest32(legacy, VWR_CRYPTO_FLAG_SESSION_MODE);
}

/* Encodes all that is in the slot, with the IV. That of AEAD has a fixed size; without REVISION_1 the
 * fixed-length part is padded. */
static void crypto_encode(struct vwr_crypto_request *x, const struct vwr_dev *d,
                          const struct vwr_crypto_data *m)
{
    const bool aead = x->session->service == VWR_CRYPTO_SERVICE_AEAD;
    size_t at;

    vwr_zero(&x->row, sizeof(x->row));
    vwr_zero(&x->out, sizeof(x->out));
    crypto_put_header(x, vwr_dev_is_legacy(d));
    at = crypto_put_flf(x, vwr_dev_is_legacy(d), m);
    if (!vwr_dev_has(d, VWR_CRYPTO_F_REVISION_1))
        at = VWR_CRYPTO_DATAQ_OP_SPEC_HDR_LEGACY;
    at += sizeof(x->out.fixed.header);
    vwr_copy(x->out.bytes + at, m->iv, m->iv_bytes);
    x->row.type = x->opcode;
    x->row.out = (uint16_t)(at + (aead ? VWR_CRYPTO_IV : m->iv_bytes));
    x->row.last = sizeof(struct vwr_crypto_inhdr);
    x->row.out_at = __builtin_offsetof(struct vwr_crypto_request, out);
}

int vwr_crypto_fill(struct vwr_crypto_request *x, const struct vwr_crypto_session *session,
                    const struct vwr_crypto_data *data)
{
    const struct vwr_dev *const d = session->crypto != NULL ? session->crypto->bringup.dev : NULL;
    int r = x->call.req.state != VWR_REQ_IDLE ? VWR_EBUSY : crypto_check_data(session, data);

    if (r == VWR_OK)
        r = vwr_client_begin(d, &x->call, &x->row);
    if (r != VWR_OK)
        return r;
    x->session = session;
    x->opcode = crypto_opcode(session, data);
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

int vwr_crypto_run(struct vwr_crypto *c, const struct vwr_crypto_session *session,
                   const struct vwr_crypto_data *data)
{
    int r = c->bringup.dev != NULL ? vwr_crypto_fill(&c->request, session, data) : VWR_EFAILED;

    if (r != VWR_OK)
        return r;
    if (c->control.requests.stopped_by == VWR_OK)
        c->control.requests.fault.kind = VWR_FAULT_NONE; /* vwr_crypto_explain describes the last call */
    r = vwr_client_do(&c->first.client, &c->request.call);
    c->status = c->request.call.status;
    return r == VWR_OK ? (int)c->request.count : r;
}

/* Also when the request has waited for room: a reset meanwhile has ended the session. */
static int crypto_prepare(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    const struct vwr_crypto_request *const x = (void *)r;
    const int result = crypto_check_session(x->session, q);

    return result == VWR_OK ? vwr_client_prepare(q, r, shared) : result;
}

/* ---- answers ---- */

int vwr_crypto_judge(struct vwr_requestq *q, uint32_t opcode, uint32_t status)
{
    if (status == VWR_CRYPTO_OK)
        return VWR_OK;
    if (status == VWR_CRYPTO_NOTSUPP)
        return vwr_request_note(q, VWR_FAULT_CRYPTO_UNSUPP, opcode, status);
    if (status > VWR_CRYPTO_KEY_REJECTED)
        return vwr_request_note(q, VWR_FAULT_REQUEST_STATUS, opcode, status);
    return vwr_request_note(q, VWR_FAULT_CRYPTO_REFUSED, opcode, status);
}

/*
 * Only the result of an asymmetric cipher has a length of its own: what the device has written, without the
 * status.
 */
static void crypto_finish(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    struct vwr_crypto_request *const x = (void *)r;
    const uint8_t status = ((const uint8_t *)shared)[x->row.out];

    vwr_trace_message(VWR_TRACE_IN, vwr_queue_index(&q->queue), &status, sizeof(status));
    x->call.status = status;
    x->count = x->room;
    r->result = vwr_crypto_judge(q, x->opcode, status);
    if (r->result != VWR_OK || x->session->service != VWR_CRYPTO_SERVICE_AKCIPHER || x->room == 0)
        return;
    if (r->written == 0 || r->written - 1u > x->room)
        r->result = vwr_request_note(q, VWR_FAULT_CRYPTO_COUNT, x->opcode, r->written);
    else
        x->count = r->written - 1u;
}

const struct vwr_request_class vwr_crypto_class = {
    .shared_bytes = VWR_CRYPTO_SLOT,
    .prepare = crypto_prepare,
    .add = vwr_client_add,
    .finish = crypto_finish,
    .type_at = __builtin_offsetof(struct vwr_crypto_request, opcode),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};
