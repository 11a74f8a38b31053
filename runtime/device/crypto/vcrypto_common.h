/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VCRYPTO_COMMON_H
#define VWR_DEVICE_VCRYPTO_COMMON_H

#include "vwr/bytes.h"
#include "vwr/vcrypto.h"

/* Shared by the files of a crypto device; not for embedders. The caller holds the lock. */

#define VCRYPTO_WORK 2048u         /* not the specification's: budget of a message besides copies */
#define VCRYPTO_ROW_BITS 16u       /* not the specification's: of an id, for the row of its session */
#define VCRYPTO_ASYMMETRIC 262144u /* not the specification's: that of an asymmetric operation */

/* The row of the session that has this id. */
static inline uint32_t vcrypto_row(uint64_t id)
{
    return (uint32_t)id & ((1u << VCRYPTO_ROW_BITS) - 1u);
}

static inline struct vwr_vcrypto *vcrypto_of(struct vwr_crypto_vservice *s)
{
    return (struct vwr_vcrypto *)(void *)s;
}

/* Reads a fixed-length part behind the header; without REVISION_1 it is padded. false: it is not all there.
 */
bool vwr_vcrypto_read_fixed(struct vwr_vcrypto *v, struct vwr_vmessage *x, void *flf, uint32_t bytes,
                            uint32_t padded);

/* The result of a function of the VMM as a status; counted. */
int vwr_vcrypto_status(struct vwr_vcrypto *v, int result, uintptr_t *ok);

/* The session of an id and a service; NULL: there is none. */
struct vwr_vcrypto_session *vwr_vcrypto_find(const struct vwr_vcrypto *v, uint64_t id, uint32_t service);

/*
 * vwr_vcrypto_session.c. check: whether the device accepts a session, as a status; make: lets the VMM create
 * it in a free row, and keeps its keys at keys_of; then messages of the control queue.
 */
int vwr_vcrypto_check(const struct vwr_vcrypto *v, const struct vwr_crypto_setup *setup);
int vwr_vcrypto_make(struct vwr_vcrypto *v, struct vwr_vcrypto_session *s,
                     const struct vwr_crypto_setup *setup, uint64_t id);

static inline uint8_t *vcrypto_keys_of(const struct vwr_vcrypto *v, const struct vwr_vcrypto_session *s)
{
    return v->options.keys + (size_t)(s - v->options.session) * VWR_VCRYPTO_KEYS(v->options.key_bytes);
}

/* The size of what is kept of a session there: its row and its keys. */
static inline uint32_t vcrypto_kept_bytes(const uint8_t *keys)
{
    struct vwr_state_session k;

    vwr_copy(&k, keys, sizeof(k));
    return (uint32_t)sizeof(k) + vwr_le32_to_cpu(k.key_bytes) + vwr_le32_to_cpu(k.auth_key_bytes);
}

int vwr_vcrypto_create_cipher(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_crypto_cipher_create_session_msg *m,
                              struct vwr_crypto_cipher_create_session_answer *a);
int vwr_vcrypto_create_hash(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                            const struct vwr_crypto_hash_create_session_msg *m,
                            struct vwr_crypto_hash_create_session_answer *a);
int vwr_vcrypto_create_mac(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                           const struct vwr_crypto_mac_create_session_msg *m,
                           struct vwr_crypto_mac_create_session_answer *a);
int vwr_vcrypto_create_aead(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                            const struct vwr_crypto_aead_create_session_msg *m,
                            struct vwr_crypto_aead_create_session_answer *a);
int vwr_vcrypto_create_akcipher(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                const struct vwr_crypto_akcipher_create_session_msg *m,
                                struct vwr_crypto_akcipher_create_session_answer *a);
int vwr_vcrypto_destroy_cipher(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_crypto_cipher_destroy_session_msg *m);
int vwr_vcrypto_destroy_hash(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                             const struct vwr_crypto_hash_destroy_session_msg *m);
int vwr_vcrypto_destroy_mac(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                            const struct vwr_crypto_mac_destroy_session_msg *m);
int vwr_vcrypto_destroy_aead(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                             const struct vwr_crypto_aead_destroy_session_msg *m);
int vwr_vcrypto_destroy_akcipher(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                 const struct vwr_crypto_akcipher_destroy_session_msg *m);

/* vwr_vcrypto_data.c: the table of all messages */
extern const struct vwr_crypto_vservice_calls vwr_vcrypto_calls;

/* vwr_vcrypto.c: ends a session, and all of them; lists the free rows */
void vwr_vcrypto_end(struct vwr_vcrypto *v, struct vwr_vcrypto_session *s);
void vwr_vcrypto_reset(struct vwr_crypto_vservice *s);
void vwr_vcrypto_list_free(struct vwr_vcrypto *v);

#endif
