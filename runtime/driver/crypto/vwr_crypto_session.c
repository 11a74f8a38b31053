/* SPDX-License-Identifier: MIT */
#include "crypto_common.h"

/* Sessions: messages in the control queue. */

static int crypto_begin(struct vwr_crypto *c, uint32_t opcode, uint32_t algo, const struct vwr_record *form,
                        const void *numbers)
{
    struct vwr_crypto_request *const x = &c->message;
    const struct vwr_dev *const d = c->bringup.dev;
    const int r = vwr_client_begin(d, &x->call, &x->row);

    if (r != VWR_OK)
        return r;
    vwr_crypto_put_(x, d, opcode, sizeof(x->out.control), form, numbers, VWR_CRYPTO_CTRLQ_OP_SPEC_HDR_LEGACY);
    x->out.control.opcode = vwr_guest32(vwr_dev_is_legacy(d), opcode);
    x->out.control.algo = vwr_guest32(vwr_dev_is_legacy(d), algo);
    return VWR_OK;
}

static int crypto_check_setup(const struct vwr_crypto *c, const struct vwr_crypto_setup *s)
{
    const bool chain = s->service == VWR_CRYPTO_SERVICE_CIPHER && s->order != 0;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    if (!crypto_is_ready(c))
        return VWR_EBUSY;
    if (s->service > VWR_CRYPTO_SERVICE_AKCIPHER || (c->info.crypto_services >> s->service & 1u) == 0)
        return VWR_EUNSUPP;
    if (chain && s->hash_mode != VWR_CRYPTO_SYM_HASH_MODE_PLAIN &&
        s->hash_mode != VWR_CRYPTO_SYM_HASH_MODE_AUTH)
        return VWR_EINVAL;
    return vwr_crypto_keys_fit_(&c->info, s) ? VWR_OK : VWR_EINVAL;
}

static int crypto_do_create(struct vwr_crypto *c, const struct vwr_crypto_setup *s, bool chained)
{
    const struct vwr_crypto_forms *const forms = crypto_codes(s->service, chained);
    struct vwr_crypto_request *const x = &c->message;
    int r = crypto_begin(c, forms->create, s->algo, &forms->session, s);

    if (r != VWR_OK)
        return r;
    x->row.first = sizeof(x->back);
    x->row.status_at = __builtin_offsetof(struct vwr_crypto_create_session_input, status);
    x->row.status_bytes = sizeof(x->back.status);
    vwr_client_add_out(&x->call, s->key, s->key_bytes);
    vwr_client_add_out(&x->call, s->auth_key, s->auth_key_bytes);
    r = vwr_crypto_do_(c, &c->control, &c->first.client, x);
    x->call.count = 0; /* no pointer to a key remains */
    return r;
}

int vwr_crypto_create(struct vwr_crypto *c, struct vwr_crypto_session *session,
                      const struct vwr_crypto_setup *setup)
{
    const bool chained = setup->service == VWR_CRYPTO_SERVICE_CIPHER && setup->order != 0;
    struct vwr_crypto_setup s;
    int r;

    vwr_zero(session, sizeof(*session));
    vwr_copy(&s, setup, sizeof(s));
    vwr_crypto_drop_keys_(&s);
    r = crypto_check_setup(c, &s);
    if (r == VWR_OK)
        r = crypto_do_create(c, &s, chained);
    if (r != VWR_OK)
        return r;
    session->id = vwr_guest64(vwr_dev_is_legacy(c->bringup.dev), c->message.back.session_id);
    session->crypto = c;
    session->service = s.service;
    session->algo = s.algo;
    session->op = s.op;
    session->result_bytes = s.result_bytes;
    session->resets = c->resets;
    session->chained = chained;
    return VWR_OK;
}

static const struct vwr_record_field crypto_destroy_fields[] = {
    VWR_RECORD_FIELD(vwr_crypto_destroy_session_flf, session_id, vwr_crypto_session, id)};
static const struct vwr_record crypto_destroy_form =
    VWR_RECORD(vwr_crypto_destroy_session_flf, crypto_destroy_fields);

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
    r = crypto_begin(c, crypto_codes(session->service, session->chained)->destroy, session->algo,
                     &crypto_destroy_form, session);
    if (r != VWR_OK)
        return r;
    c->message.row.first = sizeof(struct vwr_crypto_destroy_session_input);
    c->message.row.status_bytes = sizeof(struct vwr_crypto_destroy_session_input);
    return vwr_crypto_do_(c, &c->control, &c->first.client, &c->message);
}
