/* SPDX-License-Identifier: MIT */
#ifndef VWR_BASE_CRYPTO_RULES_COMMON_H
#define VWR_BASE_CRYPTO_RULES_COMMON_H

#include "vwr/crypto_rules.h"
#include "vwr/record.h"

/* The messages of each crypto service, for both sides: opcodes and fixed-length parts. */

/* Opcodes for sessions; opcodes for data, from first to last; and the fixed-length parts as fields of
   vwr_crypto_setup and vwr_crypto_data.
 */
struct vwr_crypto_forms {
    uint16_t create;
    uint16_t destroy;
    uint16_t first; /* encrypts */
    uint16_t last;  /* decrypts */
    struct vwr_record session;
    struct vwr_record data;
};

extern const struct vwr_crypto_forms vwr_crypto_services[VWR_CRYPTO_SERVICE_AKCIPHER + 1u];
extern const struct vwr_crypto_forms vwr_crypto_chain; /* a cipher and a hash or MAC */
extern const struct vwr_record vwr_crypto_verify;

static inline const struct vwr_crypto_forms *crypto_codes(uint32_t service, bool chained)
{
    return chained ? &vwr_crypto_chain : &vwr_crypto_services[service];
}

static inline const struct vwr_record *crypto_data_form(const struct vwr_crypto_forms *f, uint32_t opcode)
{
    return opcode == VWR_CRYPTO_AKCIPHER_VERIFY ? &vwr_crypto_verify : &f->data;
}

/* If the message has no such key, its size is 0. */
void vwr_crypto_drop_keys_(struct vwr_crypto_setup *s);

/* Whether no key is longer than the device accepts. */
bool vwr_crypto_keys_fit_(const struct vwr_crypto_config_info *info, const struct vwr_crypto_setup *s);

#endif
