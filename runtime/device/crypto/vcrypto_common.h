/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VCRYPTO_COMMON_H
#define VWR_DEVICE_VCRYPTO_COMMON_H

#include "../../shared/crypto_rules_common.h"
#include "vwr/bytes.h"
#include "vwr/vcrypto.h"

/* Shared by the files of a crypto device; not for embedders. The caller holds the lock. */

#define VCRYPTO_ROW_BITS 16u /* number of bits of an ID that contain the row of its session */

/* Gets the row of the session with this ID. */
static inline uint32_t vcrypto_row(uint64_t id)
{
    return (uint32_t)id & ((1u << VCRYPTO_ROW_BITS) - 1u);
}

static inline bool vcrypto_is_big(struct vwr_vcrypto *v)
{
    return vwr_guest_is_big(vwr_vcrypto_dev(v)->legacy);
}

static inline uint8_t *vcrypto_keys_of(const struct vwr_vcrypto *v, const struct vwr_vcrypto_session *s)
{
    return v->options.keys + (size_t)(s - v->options.session) * VWR_VCRYPTO_KEY_BYTES(1u, v->key_bytes);
}

/*
 * vwr_vcrypto.c: finds the session with an ID and a service, or NULL; ends a session; builds the list of free
 * rows
 */
struct vwr_vcrypto_session *vwr_vcrypto_find_(const struct vwr_vcrypto *v, uint64_t id, uint32_t service);
void vwr_vcrypto_end_(struct vwr_vcrypto *v, struct vwr_vcrypto_session *s);
void vwr_vcrypto_list_free_(struct vwr_vcrypto *v);

/*
 * vwr_vcrypto_session.c. check: returns a status that tells whether the device accepts a session. make: lets
 * the VMM create it in a free row, and keeps its keys at keys_of. kept_bytes: size of the data kept there.
 * The other functions handle messages in the control queue, identified by their fixed-length part, and return
 * a status.
 */
extern const struct vwr_record vwr_vcrypto_kept_form;
int vwr_vcrypto_check_(const struct vwr_vcrypto *v, const struct vwr_crypto_setup *setup);
int vwr_vcrypto_make_(struct vwr_vcrypto *v, struct vwr_vcrypto_session *s,
                      const struct vwr_crypto_setup *setup);
uint32_t vwr_vcrypto_kept_bytes_(const uint8_t *keys);
int vwr_vcrypto_create_(struct vwr_vcrypto *v, struct vwr_vmessage *x, uint32_t service, const uint8_t *flf);
int vwr_vcrypto_destroy_(struct vwr_vcrypto *v, uint32_t service, const uint8_t *flf);

/* vwr_vcrypto_data.c: handles all messages */
int vwr_vcrypto_handle_(struct vwr_service *s, struct vwr_vmessage *x, const void *out);

#endif
