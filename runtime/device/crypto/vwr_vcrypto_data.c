/* SPDX-License-Identifier: MIT */
#include "vcrypto_common.h"

/* Data messages, and the dispatch of all messages. */

#define VCRYPTO_WORK 2048u         /* charge for a message, in addition to copies */
#define VCRYPTO_ASYMMETRIC 262144u /* charge for an asymmetric key or operation */

/* Converts the result of a VMM function to a status, and counts it. */
static int vcrypto_status(struct vwr_vcrypto *v, int result, vwr_count *ok)
{
    vwr_count_add(result == VWR_OK ? ok : &v->stats.refused, 1);
    return result < VWR_OK ? VWR_CRYPTO_ERR : result;
}

/* ---- data ---- */

/*
 * Copies the driver's data: IV, source and additional data, in this order. An IV of AEAD has a fixed size.
 * The results are stored in the second half of the buffer.
 */
static int vcrypto_take(struct vwr_vcrypto *v, struct vwr_vmessage *x, struct vwr_crypto_data *m,
                        uint32_t iv_space)
{
    const uint64_t in = (uint64_t)iv_space + m->src_bytes + m->aad_bytes;
    const uint64_t out = (uint64_t)m->dst_bytes + m->digest_bytes;
    uint8_t *const from = v->options.buffer;

    if (m->iv_bytes > iv_space || in > v->max_bytes || out > v->max_bytes || out > x->in.left)
        return VWR_CRYPTO_ERR;
    if (vwr_vmessage_read(x, from, (uint32_t)in) != in)
        return VWR_CRYPTO_ERR;
    m->iv = from;
    m->src = from + iv_space;
    m->aad = from + iv_space + m->src_bytes;
    m->dst = from + v->max_bytes;
    m->digest = from + v->max_bytes + m->dst_bytes;
    return VWR_OK;
}

/* Writes the results to the guest. The result of an asymmetric cipher may be shorter than its space. */
static void vcrypto_put(struct vwr_vmessage *x, const struct vwr_crypto_data *m, uint32_t result_bytes)
{
    (void)vwr_vmessage_write(x, m->dst, result_bytes);
    (void)vwr_vmessage_write(x, m->digest, m->digest_bytes);
}

static int vcrypto_call(struct vwr_vcrypto *v, struct vwr_vmessage *x, struct vwr_vcrypto_session *s,
                        struct vwr_crypto_data *m)
{
    const uint32_t room = m->dst_bytes;
    uint32_t result_bytes = room;
    int r;

    v->current = x;
    r = v->options.ops->run(v->options.context, s, m);
    if (s->service == VWR_CRYPTO_SERVICE_AKCIPHER && m->dst_bytes < room)
        result_bytes = m->dst_bytes;
    if (r == VWR_OK)
        vcrypto_put(x, m, result_bytes);
    vwr_zero(v->options.buffer + v->max_bytes, room + m->digest_bytes);
    return r;
}

/* Clears the copied input from the buffer, whatever the result. */
static int vcrypto_process(struct vwr_vcrypto *v, struct vwr_vmessage *x, struct vwr_vcrypto_session *s,
                           struct vwr_crypto_data *m, uint32_t iv_space)
{
    const uint64_t in = (uint64_t)iv_space + m->src_bytes + m->aad_bytes;
    int r = vcrypto_take(v, x, m, iv_space);

    if (r == VWR_OK)
        r = vcrypto_call(v, x, s, m);
    if (in <= v->max_bytes) /* otherwise nothing was copied */
        vwr_zero(v->options.buffer, (uint32_t)in);
    return r;
}

/* The request with the given ticket; if there is none, any request. */
static struct vwr_vmessage *vcrypto_kept(const struct vwr_vcrypto *v, uint64_t ticket)
{
    unsigned i = 0;

    while (i + 1u < v->options.message_count && v->options.message[i].ticket != ticket)
        i++;
    return &v->options.message[i];
}

void vwr_vcrypto_done(struct vwr_vcrypto *v, uint64_t ticket, int result, const struct vwr_crypto_data *data)
{
    struct vwr_vdev *const dev = vwr_vcrypto_dev(v);
    struct vwr_vmessage *x;

    vwr_vdev_lock(dev);
    x = vcrypto_kept(v, ticket);
    if (vwr_vmessage_claim(x, ticket)) {
        if (result == VWR_OK)
            vcrypto_put(x, data, data->dst_bytes);
        else
            x->keep = false;
        vwr_vmessage_finish(x, vcrypto_status(v, result, &v->stats.requests), NULL);
    }
    vwr_vdev_unlock(dev);
}

/* ---- a message ---- */

/* Whether the parts of an algorithm chain are within its source, and there is space for the result. */
static bool vcrypto_fits(const struct vwr_vmessage *x, bool chained, const struct vwr_crypto_data *m)
{
    if (!chained)
        return m->src_bytes <= m->dst_bytes && m->dst_bytes <= x->in.left;
    return m->cipher_start <= m->src_bytes && m->cipher_bytes <= m->src_bytes - m->cipher_start &&
           m->hash_start <= m->src_bytes && m->hash_bytes <= m->src_bytes - m->hash_start &&
           m->src_bytes <= m->dst_bytes;
}

/* Whether the operation matches the session. */
static bool vcrypto_is_for(const struct vwr_vmessage *x, const struct vwr_vcrypto_session *s,
                           const struct vwr_crypto_data *m)
{
    const bool encrypts = m->opcode == vwr_crypto_services[s->service].first;

    if (s->op != 0 && s->op != (uint32_t)(encrypts ? VWR_CRYPTO_OP_ENCRYPT : VWR_CRYPTO_OP_DECRYPT))
        return false;
    return s->service != VWR_CRYPTO_SERVICE_CIPHER || vcrypto_fits(x, s->chained, m);
}

/*
 * Linux (6.1) adds the segments of a scattered request once for each segment: the space for a cipher's result
 * is followed by segments of the result again, which the device must not overwrite. For an asymmetric cipher,
 * the driver derives the length of the result from the used length.
 */
static int vcrypto_run(struct vwr_vcrypto *v, struct vwr_vmessage *x, struct vwr_vcrypto_session *s,
                       uint32_t opcode, const uint8_t *flf)
{
    const struct vwr_record *const form = crypto_data_form(crypto_codes(s->service, s->chained), opcode);
    const bool cipher = s->service == VWR_CRYPTO_SERVICE_CIPHER;
    struct vwr_crypto_data m;
    int r;

    vwr_zero(&m, sizeof(m));
    m.opcode = opcode;
    if (!vwr_record_decode(form, vcrypto_is_big(v), &m, flf) || !vcrypto_is_for(x, s, &m))
        return VWR_CRYPTO_ERR;
    if (cipher && !s->chained)
        m.dst_bytes = m.src_bytes;
    x->exact = s->service == VWR_CRYPTO_SERVICE_AKCIPHER;
    r = vcrypto_process(v, x, s, &m, s->service == VWR_CRYPTO_SERVICE_AEAD ? VWR_CRYPTO_IV : m.iv_bytes);
    x->keep = cipher && (r == VWR_OK || r == VWR_LATER);
    return r;
}

/* ---- dispatch ---- */

#define VCRYPTO_FLF VWR_CRYPTO_CTRLQ_OP_SPEC_HDR_LEGACY /* no fixed-length part is longer */

/*
 * Reads the part that follows a header, which is in the fixed part of a row and after it. Without REVISION_1,
 * it is padded.
 */
static bool vcrypto_read(struct vwr_vcrypto *v, struct vwr_vmessage *x, const uint8_t *known,
                         uint32_t known_bytes, uint8_t *flf, uint32_t bytes, uint32_t padded)
{
    const uint32_t left = bytes - known_bytes;
    const uint32_t more = vwr_vdev_has(vwr_vcrypto_dev(v), VWR_CRYPTO_F_REVISION_1) ? 0 : padded - bytes;

    vwr_zero(flf, VCRYPTO_FLF);
    vwr_copy(flf, known, known_bytes);
    return vwr_vmessage_read(x, flf + known_bytes, left) == left && vwr_reader_skip(&x->out, more) == more;
}

static int vcrypto_handle_session(struct vwr_vcrypto *v, struct vwr_vmessage *x, uint32_t service,
                                  const uint8_t *out)
{
    const struct vwr_crypto_forms *const forms = &vwr_crypto_services[service];
    const uint32_t at = sizeof(struct vwr_crypto_ctrl_header);
    const bool creates = x->row->value[0] == forms->create;
    uint8_t flf[VCRYPTO_FLF];
    int r = VWR_CRYPTO_ERR;

    if (vcrypto_read(v, x, out + at, x->row->out - at, flf,
                     creates ? forms->session.bytes : sizeof(struct vwr_crypto_destroy_session_flf),
                     VWR_CRYPTO_CTRLQ_OP_SPEC_HDR_LEGACY))
        r = creates ? vwr_vcrypto_create_(v, x, service, flf) : vwr_vcrypto_destroy_(v, service, flf);
    return r == VWR_LATER || r == VWR_OK ? r : vcrypto_status(v, r, NULL);
}

static int vcrypto_handle_data(struct vwr_vcrypto *v, struct vwr_vmessage *x, uint32_t service,
                               const uint8_t *out)
{
    const struct vwr_crypto_op_header *const h = (const void *)out;
    struct vwr_vcrypto_session *const s =
        vwr_vcrypto_find_(v, vwr_guest64(vwr_vcrypto_dev(v)->legacy, h->session_id), service);
    uint8_t flf[VCRYPTO_FLF];
    int r = s != NULL ? VWR_CRYPTO_ERR : VWR_CRYPTO_INVSESS;

    if (s != NULL &&
        vcrypto_read(v, x, out + sizeof(*h), (uint32_t)(x->row->out - sizeof(*h)), flf,
                     vwr_crypto_services[service].data.bytes, VWR_CRYPTO_DATAQ_OP_SPEC_HDR_LEGACY))
        r = vcrypto_run(v, x, s, x->row->value[0], flf);
    return r == VWR_LATER ? r : vcrypto_status(v, r, &v->stats.requests);
}

int vwr_vcrypto_handle_(struct vwr_service *s, struct vwr_vmessage *x, const void *out)
{
    struct vwr_vcrypto *const v = (void *)s;
    const uint32_t opcode = x->row->value[0];

    for (uint32_t i = 0; i <= VWR_CRYPTO_SERVICE_AKCIPHER; i++) {
        const struct vwr_crypto_forms *const forms = &vwr_crypto_services[i];
        const bool controls = opcode == forms->create || opcode == forms->destroy;

        if ((v->info.crypto_services >> i & 1u) == 0 ||
            (!controls && (opcode < forms->first || opcode > forms->last)))
            continue;
        vwr_vdev_charge(vwr_vcrypto_dev(v),
                        i == VWR_CRYPTO_SERVICE_AKCIPHER ? VCRYPTO_ASYMMETRIC : VCRYPTO_WORK, 0);
        return controls ? vcrypto_handle_session(v, x, i, out) : vcrypto_handle_data(v, x, i, out);
    }
    return VWR_EUNSUPP;
}
