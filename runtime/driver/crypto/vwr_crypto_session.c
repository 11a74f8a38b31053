/* SPDX-License-Identifier: MIT */
#include "crypto_common.h"

/* Sessions: messages of the control queue. */

static const uint16_t crypto_creates[] = {
    [VWR_CRYPTO_SERVICE_CIPHER] = VWR_CRYPTO_CIPHER_CREATE_SESSION,
    [VWR_CRYPTO_SERVICE_HASH] = VWR_CRYPTO_HASH_CREATE_SESSION,
    [VWR_CRYPTO_SERVICE_MAC] = VWR_CRYPTO_MAC_CREATE_SESSION,
    [VWR_CRYPTO_SERVICE_AEAD] = VWR_CRYPTO_AEAD_CREATE_SESSION,
    [VWR_CRYPTO_SERVICE_AKCIPHER] = VWR_CRYPTO_AKCIPHER_CREATE_SESSION,
};

static const uint16_t crypto_destroys[] = {
    [VWR_CRYPTO_SERVICE_CIPHER] = VWR_CRYPTO_CIPHER_DESTROY_SESSION,
    [VWR_CRYPTO_SERVICE_HASH] = VWR_CRYPTO_HASH_DESTROY_SESSION,
    [VWR_CRYPTO_SERVICE_MAC] = VWR_CRYPTO_MAC_DESTROY_SESSION,
    [VWR_CRYPTO_SERVICE_AEAD] = VWR_CRYPTO_AEAD_DESTROY_SESSION,
    [VWR_CRYPTO_SERVICE_AKCIPHER] = VWR_CRYPTO_AKCIPHER_DESTROY_SESSION,
};

/* ---- fixed-length parts; each returns its size in bytes ---- */

static void crypto_session_put_cipher(struct vwr_crypto_cipher_session_flf *f, bool legacy,
                                      const struct vwr_crypto_setup *s)
{
    f->algo = vwr_guest32(legacy, s->algo);
    f->key_len = vwr_guest32(legacy, s->key_bytes);
    f->op = vwr_guest32(legacy, s->op);
}

static void crypto_session_put_mac(struct vwr_crypto_mac_create_session_flf *f, bool legacy, uint32_t algo,
                                   uint32_t result_bytes, uint32_t key_bytes)
{
    f->algo = vwr_guest32(legacy, algo);
    f->hash_result_len = vwr_guest32(legacy, result_bytes);
    f->auth_key_len = vwr_guest32(legacy, key_bytes);
}

/* A hash has the first fields of a MAC, and the space of one in a chain. */
static size_t crypto_session_put_sym(struct vwr_crypto_control_call *x, bool legacy,
                                     const struct vwr_crypto_setup *s)
{
    struct vwr_crypto_sym_create_session_flf *const f = &x->out.flf.sym;
    struct vwr_crypto_alg_chain_session_flf *const chain = &x->out.flf.chain;
    const bool auth = s->hash_mode == VWR_CRYPTO_SYM_HASH_MODE_AUTH;

    f->op_type =
        vwr_guest32(legacy, s->order == 0 ? VWR_CRYPTO_SYM_OP_CIPHER : VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING);
    if (s->order == 0) {
        crypto_session_put_cipher(&x->out.flf.cipher, legacy, s);
        return sizeof(*f);
    }
    chain->alg_chain_order = vwr_guest32(legacy, s->order);
    chain->hash_mode = vwr_guest32(legacy, s->hash_mode);
    crypto_session_put_cipher(&chain->cipher_hdr, legacy, s);
    crypto_session_put_mac((void *)chain->algo_flf, legacy, s->hash_algo, s->result_bytes,
                           auth ? s->auth_key_bytes : 0);
    chain->aad_len = vwr_guest32(legacy, s->aad_bytes);
    return sizeof(*f);
}

static size_t crypto_session_put_aead(struct vwr_crypto_control_call *x, bool legacy,
                                      const struct vwr_crypto_setup *s)
{
    struct vwr_crypto_aead_create_session_flf *const f = &x->out.flf.aead;

    f->algo = vwr_guest32(legacy, s->algo);
    f->key_len = vwr_guest32(legacy, s->key_bytes);
    f->tag_len = vwr_guest32(legacy, s->result_bytes);
    f->aad_len = vwr_guest32(legacy, s->aad_bytes);
    f->op = vwr_guest32(legacy, s->op);
    return sizeof(*f);
}

static size_t crypto_session_put_akcipher(struct vwr_crypto_control_call *x, bool legacy,
                                          const struct vwr_crypto_setup *s)
{
    struct vwr_crypto_akcipher_create_session_flf *const f = &x->out.flf.akcipher;
    struct vwr_crypto_rsa_session_para *const rsa = (void *)f->algo_flf;

    f->algo = vwr_guest32(legacy, s->algo);
    f->key_type = vwr_guest32(legacy, s->key_type);
    f->key_len = vwr_guest32(legacy, s->key_bytes);
    rsa->padding_algo = vwr_guest32(legacy, s->padding); /* ECDSA has its curve there */
    rsa->hash_algo = vwr_guest32(legacy, s->hash_algo);
    return sizeof(*f);
}

static size_t crypto_session_put_flf(struct vwr_crypto_control_call *x, bool legacy,
                                     const struct vwr_crypto_setup *s)
{
    if (s->service == VWR_CRYPTO_SERVICE_CIPHER)
        return crypto_session_put_sym(x, legacy, s);
    if (s->service == VWR_CRYPTO_SERVICE_AEAD)
        return crypto_session_put_aead(x, legacy, s);
    if (s->service == VWR_CRYPTO_SERVICE_AKCIPHER)
        return crypto_session_put_akcipher(x, legacy, s);
    crypto_session_put_mac(&x->out.flf.mac, legacy, s->algo, s->result_bytes, s->key_bytes);
    return s->service == VWR_CRYPTO_SERVICE_HASH ? sizeof(struct vwr_crypto_hash_create_session_flf)
                                                 : sizeof(struct vwr_crypto_mac_create_session_flf);
}

/* ---- messages ---- */

static int crypto_begin_control(struct vwr_crypto *c, uint32_t opcode, uint32_t algo)
{
    struct vwr_crypto_control_call *const x = &c->call;
    const int r = vwr_client_begin(c->bringup.dev, &x->call, &x->row);

    if (r != VWR_OK)
        return r;
    x->opcode = opcode;
    vwr_zero(&x->row, sizeof(x->row));
    vwr_zero(&x->out, sizeof(x->out));
    x->row.type = opcode;
    x->row.out_at = __builtin_offsetof(struct vwr_crypto_control_call, out);
    x->out.header.opcode = vwr_guest32(vwr_dev_is_legacy(c->bringup.dev), opcode);
    x->out.header.algo = vwr_guest32(vwr_dev_is_legacy(c->bringup.dev), algo);
    return VWR_OK;
}

/* Without REVISION_1 the fixed-length part is padded. */
static int crypto_do_control(struct vwr_crypto *c, size_t flf_bytes, size_t back_bytes)
{
    struct vwr_crypto_control_call *const x = &c->call;
    int r;

    if (!vwr_dev_has(c->bringup.dev, VWR_CRYPTO_F_REVISION_1))
        flf_bytes = sizeof(x->out.flf);
    x->row.out = (uint16_t)(sizeof(x->out.header) + flf_bytes);
    x->row.first = (uint16_t)back_bytes;
    if (c->first.client.requests.stopped_by == VWR_OK)
        c->first.client.requests.fault.kind = VWR_FAULT_NONE; /* vwr_crypto_explain describes the last call */
    r = vwr_client_do(&c->control, &x->call);
    c->status = x->call.status;
    return r;
}

static int crypto_check_setup(const struct vwr_crypto *c, const struct vwr_crypto_setup *s)
{
    const bool chain = s->service == VWR_CRYPTO_SERVICE_CIPHER && s->order != 0;
    const uint32_t auth = s->service == VWR_CRYPTO_SERVICE_MAC ? s->key_bytes : s->auth_key_bytes;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    if (!crypto_is_ready(c))
        return VWR_EBUSY;
    if (s->service > VWR_CRYPTO_SERVICE_AKCIPHER || (c->info.crypto_services >> s->service & 1u) == 0)
        return VWR_EUNSUPP;
    if (s->service == VWR_CRYPTO_SERVICE_CIPHER && s->key_bytes > c->info.max_cipher_key_len)
        return VWR_EINVAL;
    if ((chain || s->service == VWR_CRYPTO_SERVICE_MAC) && auth > c->info.max_auth_key_len)
        return VWR_EINVAL;
    if (chain && s->hash_mode != VWR_CRYPTO_SYM_HASH_MODE_PLAIN &&
        s->hash_mode != VWR_CRYPTO_SYM_HASH_MODE_AUTH)
        return VWR_EINVAL;
    return VWR_OK;
}

static void crypto_add_keys(struct vwr_crypto *c, const struct vwr_crypto_setup *s)
{
    if (s->service != VWR_CRYPTO_SERVICE_HASH)
        vwr_client_add_out(&c->call.call, s->key, s->key_bytes);
    if (s->service == VWR_CRYPTO_SERVICE_CIPHER && s->order != 0 &&
        s->hash_mode == VWR_CRYPTO_SYM_HASH_MODE_AUTH)
        vwr_client_add_out(&c->call.call, s->auth_key, s->auth_key_bytes);
}

int vwr_crypto_create(struct vwr_crypto *c, struct vwr_crypto_session *session,
                      const struct vwr_crypto_setup *setup)
{
    int r = crypto_check_setup(c, setup);
    size_t flf_bytes;

    vwr_zero(session, sizeof(*session));
    if (r == VWR_OK)
        r = crypto_begin_control(c, crypto_creates[setup->service], setup->algo);
    if (r != VWR_OK)
        return r;
    flf_bytes = crypto_session_put_flf(&c->call, vwr_dev_is_legacy(c->bringup.dev), setup);
    crypto_add_keys(c, setup);
    r = crypto_do_control(c, flf_bytes, sizeof(c->call.back));
    c->call.call.count = 0; /* no pointer to a key remains */
    if (r != VWR_OK)
        return r;
    session->id = vwr_guest64(vwr_dev_is_legacy(c->bringup.dev), c->call.back.session_id);
    session->crypto = c;
    session->service = setup->service;
    session->algo = setup->algo;
    session->op = setup->op;
    session->result_bytes = setup->result_bytes;
    session->resets = c->resets;
    session->chained = setup->service == VWR_CRYPTO_SERVICE_CIPHER && setup->order != 0;
    return VWR_OK;
}

int vwr_crypto_destroy(struct vwr_crypto *c, struct vwr_crypto_session *session)
{
    bool stale;
    int r;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    if (session->crypto != c)
        return VWR_EINVAL;
    stale = session->resets != c->resets;
    session->crypto = NULL;
    if (stale)
        return VWR_OK;
    r = crypto_begin_control(c, crypto_destroys[session->service], session->algo);
    if (r != VWR_OK)
        return r;
    c->call.out.flf.destroy.session_id = vwr_guest64(vwr_dev_is_legacy(c->bringup.dev), session->id);
    return crypto_do_control(c, sizeof(c->call.out.flf.destroy),
                             sizeof(struct vwr_crypto_destroy_session_input));
}

/* Copies the answer once, and checks the copy. The status of a destroyed session has one byte. */
static void crypto_control_finish(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    struct vwr_crypto_control_call *const x = (void *)r;

    vwr_copy(&x->back, (const uint8_t *)shared + x->row.out, x->row.first);
    vwr_trace_message(VWR_TRACE_IN, vwr_queue_index(&q->queue), &x->back, x->row.first);
    x->call.status = x->row.first == sizeof(x->back) ? vwr_guest32(vwr_dev_is_legacy(q->dev), x->back.status)
                                                     : *(const uint8_t *)&x->back;
    r->result = vwr_crypto_judge(q, x->opcode, x->call.status);
}

const struct vwr_request_class vwr_crypto_control_class = {
    .shared_bytes = VWR_CRYPTO_CONTROL_SLOT,
    .prepare = vwr_client_prepare,
    .add = vwr_client_add,
    .finish = crypto_control_finish,
    .type_at = __builtin_offsetof(struct vwr_crypto_control_call, opcode),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};
