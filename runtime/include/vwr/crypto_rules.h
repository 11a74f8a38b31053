/* SPDX-License-Identifier: MIT */
#ifndef VWR_CRYPTO_RULES_H
#define VWR_CRYPTO_RULES_H

#include "vwr/arithmetic.h"
#include "vwr/gen/crypto.h"

VWR_BEGIN_C

/**
 * DOC: Parameters and data of crypto sessions
 *
 * The driver (vwr/crypto.h) and the device (vwr/vcrypto.h) share these structures. The driver sends them to
 * the device; the device passes them to functions of the VMM.
 */

/** VWR_CRYPTO_IV - Maximum size of an IV in bytes, which is the size in an AEAD request */
#define VWR_CRYPTO_IV 16u /* by aead_data_vlf */

/**
 * struct vwr_crypto_setup - Parameters of a session
 * @service: enum vwr_crypto_service: CIPHER, HASH, MAC, AEAD or AKCIPHER.
 * @algo: Algorithm: enum vwr_crypto_cipher, vwr_crypto_hash, vwr_crypto_mac, vwr_crypto_aead or
 *   vwr_crypto_akcipher.
 * @op: enum vwr_crypto_op: direction of a cipher or AEAD.
 * @key: Key; not used for a hash. AKCIPHER keys are in DER.
 * @key_bytes: Size of the key in bytes.
 * @result_bytes: Size in bytes of the hash or MAC, alone or in a chain; for AEAD, the size of the tag.
 * @aad_bytes: Size in bytes of the additional authenticated data, for AEAD or a chain.
 * @order: enum vwr_crypto_alg_chain_order, for a chain of a cipher and a hash or MAC; 0: no chain.
 * @hash_mode: enum vwr_crypto_hash_mode, for a chain: PLAIN or AUTH.
 * @hash_algo: For a chain, enum vwr_crypto_hash or, with AUTH, enum vwr_crypto_mac; for RSA with
 *   PKCS1_PADDING, enum vwr_crypto_rsa_hash.
 * @auth_key: MAC key of a chain.
 * @auth_key_bytes: Size of @auth_key in bytes.
 * @key_type: enum vwr_crypto_key_type, for AKCIPHER.
 * @padding: enum vwr_crypto_rsa_padding, for RSA; for ECDSA, enum vwr_crypto_curve.
 * @id: Session ID, set by the device.
 */
struct vwr_crypto_setup {
    uint32_t service;
    uint32_t algo;
    uint32_t op;
    const void *key;
    uint32_t key_bytes;
    uint32_t result_bytes;
    uint32_t aad_bytes;
    uint32_t order;
    uint32_t hash_mode;
    uint32_t hash_algo;
    const void *auth_key;
    uint32_t auth_key_bytes;
    uint32_t key_type;
    uint32_t padding;
    uint64_t id;
};

/**
 * struct vwr_crypto_data - Data of a request
 * @opcode: For AKCIPHER, enum vwr_crypto_data_opcode: AKCIPHER_ENCRYPT, DECRYPT, SIGN or VERIFY.
 * @iv: IV, counter or tweak of a cipher or AEAD.
 * @iv_bytes: Size of @iv in bytes, up to VWR_CRYPTO_IV.
 * @src: Source data, followed by the tag for AEAD decryption; for VERIFY, the signature.
 * @src_bytes: Size of @src in bytes.
 * @aad: Additional authenticated data, for AEAD or a chain; for VERIFY, the signed data.
 * @aad_bytes: Size of @aad in bytes.
 * @dst: Destination, followed by the tag for AEAD encryption. It may be equal to @src.
 * @dst_bytes: Size of @dst in bytes. AKCIPHER operations may fill only a part.
 * @digest: Output buffer for the hash or MAC of a chain.
 * @digest_bytes: Size of @digest in bytes.
 * @cipher_start: In a chain, offset in @src of the data to cipher.
 * @cipher_bytes: In a chain, number of bytes to cipher.
 * @hash_start: In a chain, offset in @src of the data to hash.
 * @hash_bytes: In a chain, number of bytes to hash.
 *
 * On the driver side, the device accesses all of these buffers except @iv, and also the keys of a setup.
 */
struct vwr_crypto_data {
    uint32_t opcode;
    uint32_t iv_bytes;
    const void *iv;
    const void *src;
    const void *aad;
    void *dst;
    void *digest;
    uint32_t src_bytes;
    uint32_t aad_bytes;
    uint32_t dst_bytes;
    uint32_t digest_bytes;
    uint32_t cipher_start;
    uint32_t cipher_bytes;
    uint32_t hash_start;
    uint32_t hash_bytes;
};

/**
 * vwr_crypto_info_offers() - Test whether a configuration offers an algorithm
 * @info: Configuration.
 * @service: enum vwr_crypto_service.
 * @algo: Algorithm of the service.
 *
 * Return: true if it does.
 */
static inline bool vwr_crypto_info_offers(const struct vwr_crypto_config_info *info, uint32_t service,
                                          uint32_t algo)
{
    uint64_t offers = 0;

    if (service == VWR_CRYPTO_SERVICE_CIPHER)
        offers = info->cipher_algo_l | (uint64_t)info->cipher_algo_h << 32;
    else if (service == VWR_CRYPTO_SERVICE_HASH)
        offers = info->hash_algo;
    else if (service == VWR_CRYPTO_SERVICE_MAC)
        offers = info->mac_algo_l | (uint64_t)info->mac_algo_h << 32;
    else if (service == VWR_CRYPTO_SERVICE_AEAD)
        offers = info->aead_algo;
    else if (service == VWR_CRYPTO_SERVICE_AKCIPHER)
        offers = info->akcipher_algo;
    return vwr_has_bit(offers, algo) && vwr_has_bit(info->crypto_services, service);
}

VWR_END_C

#endif
