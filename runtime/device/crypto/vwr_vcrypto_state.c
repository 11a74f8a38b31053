/* SPDX-License-Identifier: MIT */
#include "vwr/vstate.h"
#include "vcrypto_common.h"

/*
 * Saved state of a crypto device: its sessions with their keys, which are created again during a load.
 * Requests that the VMM is processing are given back, and processed again. Section: Device parts.
 */

static bool vcrypto_give_back(struct vwr_vdev *v)
{
    struct vwr_vcrypto *const c = (void *)v;

    c->count = 0;
    for (unsigned i = 0; i < c->options.session_count; i++)
        c->count += c->options.session[i].id != 0;
    return (c->options.keys != NULL || c->count == 0) && vwr_service_give_back(v);
}

/* Messages in the control queue are answered immediately. */
static struct vwr_vchain *vcrypto_add(struct vwr_vdev *v, uint16_t queue)
{
    const struct vwr_vcrypto *const c = (const void *)v;

    return queue < c->info.max_dataqueues ? vwr_service_add(v, queue) : NULL;
}

static const struct vwr_record vcrypto_head = VWR_STATE_CRYPTO_RECORD(vwr_vcrypto);

static void vcrypto_save(const struct vwr_vdev *v, struct vwr_vstate *s)
{
    const struct vwr_vcrypto *const c = (const void *)v;

    for (unsigned i = 0; i < c->options.session_count; i++) {
        const uint8_t *const keys = vcrypto_keys_of(c, &c->options.session[i]);

        if (c->options.session[i].id != 0)
            vwr_vstate_put(s, keys, vwr_vcrypto_kept_bytes_(keys));
    }
}

/*
 * Returns the size of the saved session in bytes; 0: the state is refused. The sessions are saved in the
 * order of their rows; during the load, the next row must be at least `free`. The VMM's functions check the
 * parameters that vwr_vcrypto_check_() does not check.
 */
static uint32_t vcrypto_load_session(struct vwr_vdev *v, const uint8_t *from, uint32_t left)
{
    struct vwr_vcrypto *const c = (void *)v;
    const uint32_t head = vwr_vcrypto_kept_form.bytes;
    struct vwr_crypto_setup k;
    uint32_t row;

    vwr_zero(&k, sizeof(k));
    if (c->options.keys == NULL || left < head)
        return 0;
    (void)vwr_record_decode(&vwr_vcrypto_kept_form, false, &k, from);
    if (vwr_vcrypto_check_(c, &k) != VWR_OK || vwr_vcrypto_kept_bytes_(from) > left)
        return 0;
    row = vcrypto_row(k.id);
    if (row < c->free || row >= c->options.session_count || k.id >> VCRYPTO_ROW_BITS == 0 ||
        k.id >> VCRYPTO_ROW_BITS > c->serial)
        return 0;
    k.key = from + head;
    k.auth_key = from + head + k.key_bytes;
    c->free = (uint16_t)(row + 1u);
    return vwr_vcrypto_make_(c, &c->options.session[row], &k) == VWR_OK ? vwr_vcrypto_kept_bytes_(from) : 0;
}

static bool vcrypto_load(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes)
{
    struct vwr_vcrypto *const c = (void *)v;
    bool good;

    c->free = 0;
    good = c->serial >> (64u - VCRYPTO_ROW_BITS) == 0 && /* it fits into an ID */
           vwr_vstate_get_each(v, from, bytes, c->count, vcrypto_load_session);
    vwr_vcrypto_list_free_(c);
    return good;
}

const struct vwr_vstate_class vwr_vcrypto_state = {
    .id = VWR_CRYPTO_ID,
    .give_back = vcrypto_give_back,
    .next = vwr_service_next,
    .add = vcrypto_add,
    .head = &vcrypto_head,
    .save = vcrypto_save,
    .load = vcrypto_load,
};
