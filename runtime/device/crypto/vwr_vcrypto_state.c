/* SPDX-License-Identifier: MIT */
#include "vwr/vstate.h"
#include "vcrypto_common.h"

/*
 * Saved state of a crypto device: its sessions with their keys, which a load creates anew. Requests that the
 * VMM has are given back, and processed again. Section: Device parts.
 */

static bool vcrypto_give_back(struct vwr_vdev *v)
{
    const struct vwr_vcrypto *const c = (struct vwr_vcrypto *)(void *)v;
    bool has_keys = true;

    for (unsigned i = 0; i < c->options.sessions && c->options.keys == NULL; i++)
        has_keys = has_keys && c->options.session[i].id == 0;
    return has_keys && vwr_service_give_back(v);
}

/* Messages of the control queue are answered at once. */
static struct vwr_vchain *vcrypto_add(struct vwr_vdev *v, uint16_t queue)
{
    const struct vwr_vcrypto *const c = (struct vwr_vcrypto *)(void *)v;

    return queue < c->info.max_dataqueues ? vwr_service_add(v, queue) : NULL;
}

/* A session without its keys. */
static void vcrypto_get(struct vwr_crypto_setup *setup, const struct vwr_state_session *k)
{
    vwr_zero(setup, sizeof(*setup));
    setup->service = vwr_le32_to_cpu(k->service);
    setup->algo = vwr_le32_to_cpu(k->algo);
    setup->op = vwr_le32_to_cpu(k->op);
    setup->order = vwr_le32_to_cpu(k->order);
    setup->hash_mode = vwr_le32_to_cpu(k->hash_mode);
    setup->hash_algo = vwr_le32_to_cpu(k->hash_algo);
    setup->key_type = vwr_le32_to_cpu(k->key_type);
    setup->padding = vwr_le32_to_cpu(k->padding);
    setup->result_bytes = vwr_le32_to_cpu(k->result_bytes);
    setup->aad_bytes = vwr_le32_to_cpu(k->aad_bytes);
    setup->key_bytes = vwr_le32_to_cpu(k->key_bytes);
    setup->auth_key_bytes = vwr_le32_to_cpu(k->auth_key_bytes);
}

static void vcrypto_save(const struct vwr_vdev *v, struct vwr_vstate *s)
{
    const struct vwr_vcrypto *const c = (const struct vwr_vcrypto *)(const void *)v;
    struct vwr_state_crypto head = {vwr_cpu_to_le64(c->serial), vwr_cpu_to_le32(0), vwr_cpu_to_le32(0)};
    uint32_t count = 0;

    for (unsigned i = 0; i < c->options.sessions; i++)
        count += c->options.session[i].id != 0;
    head.count = vwr_cpu_to_le32(count);
    vwr_vstate_put(s, &head, sizeof(head));
    for (unsigned i = 0; i < c->options.sessions; i++) {
        const uint8_t *const keys = vcrypto_keys_of(c, &c->options.session[i]);

        if (c->options.session[i].id != 0)
            vwr_vstate_put(s, keys, vcrypto_kept_bytes(keys));
    }
}

/* What the messages that create sessions can set; the functions of the VMM check the rest. */
static bool vcrypto_is_possible(const struct vwr_vcrypto *c, const struct vwr_crypto_setup *s)
{
    const bool ciphers = s->service == VWR_CRYPTO_SERVICE_CIPHER || s->service == VWR_CRYPTO_SERVICE_AEAD;
    const bool directed = s->op == VWR_CRYPTO_OP_ENCRYPT || s->op == VWR_CRYPTO_OP_DECRYPT;

    return (ciphers ? directed : s->op == 0) &&
           s->order <= (s->service == VWR_CRYPTO_SERVICE_CIPHER
                            ? (uint32_t)VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH
                            : 0u) &&
           vwr_vcrypto_check(c, s) == VWR_OK;
}

/* Returns the bytes of the session, which is in a row from *next on; 0: refused. */
static uint32_t vcrypto_load_session(struct vwr_vcrypto *c, const uint8_t *from, uint32_t bytes,
                                     uint32_t *next)
{
    struct vwr_crypto_setup setup;
    struct vwr_state_session k;
    uint32_t row, keys;
    uint64_t id;

    if (bytes < sizeof(k) || c->options.keys == NULL)
        return 0;
    vwr_copy(&k, from, sizeof(k));
    vcrypto_get(&setup, &k);
    id = vwr_le64_to_cpu(k.id);
    row = vcrypto_row(id);
    if (!vcrypto_is_possible(c, &setup) || row < *next || row >= c->options.sessions ||
        id >> VCRYPTO_ROW_BITS == 0 || id >> VCRYPTO_ROW_BITS > c->serial)
        return 0;
    keys = setup.key_bytes + setup.auth_key_bytes;
    if (keys > bytes - sizeof(k))
        return 0;
    setup.key = from + sizeof(k);
    setup.auth_key = from + sizeof(k) + setup.key_bytes;
    *next = row + 1u;
    return vwr_vcrypto_make(c, &c->options.session[row], &setup, id) == VWR_OK ? (uint32_t)sizeof(k) + keys
                                                                               : 0;
}

static bool vcrypto_load(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes)
{
    struct vwr_vcrypto *const c = (struct vwr_vcrypto *)(void *)v;
    struct vwr_state_crypto head;
    uint32_t next = 0;
    uint32_t at = sizeof(head);
    bool good = bytes >= sizeof(head);

    if (!good)
        return false;
    vwr_copy(&head, from, sizeof(head));
    c->serial = vwr_le64_to_cpu(head.serial);
    good = c->serial >> (64u - VCRYPTO_ROW_BITS) == 0 && head.reserved == 0; /* it fits in an id */
    for (uint32_t i = vwr_le32_to_cpu(head.count); good && i != 0; i--) {
        const uint32_t n = vcrypto_load_session(c, from + at, bytes - at, &next);

        good = n != 0;
        at += n;
    }
    vwr_vcrypto_list_free(c);
    return good && at == bytes;
}

const struct vwr_vstate_class vwr_vcrypto_state = {
    .id = VWR_CRYPTO_ID,
    .give_back = vcrypto_give_back,
    .next = vwr_service_next,
    .add = vcrypto_add,
    .save = vcrypto_save,
    .load = vcrypto_load,
};
