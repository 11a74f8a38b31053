/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_CRYPTO_H
#define VWR_POSIX_CRYPTO_H

#include "vwr/vcrypto.h"

VWR_BEGIN_C

/**
 * DOC: Algorithms of a guest's crypto device, by OpenSSL
 *
 * vwr_posix_crypto_ops implements vwr/vcrypto.h with OpenSSL's libcrypto, version 3. Link with
 * -lcrypto.
 *
 * - Ciphers: AES in ECB, CBC, CTR and XTS mode.
 * - Hashes: SHA-1, SHA-2, SHA-3. MACs: HMAC, CMAC.
 * - Chains of a cipher and a hash or a MAC.
 * - AEAD: AES-GCM, AES-CCM, ChaCha20-Poly1305.
 * - RSA with PKCS #1 keys of 512 to 4096 bits, with two primes, and a public exponent of up to 64 bits.
 * - ECDSA on NIST's curves. A private key is as in RFC 5915 and names its curve. A public key is a
 *   point as in SEC 1.
 *
 * The thread that serves the guest's queue does the work and holds vwr_vcrypto's lock meanwhile. A
 * session takes memory from malloc(); it is cleared when the session ends.
 */

/* For struct vwr_vcrypto_options; the operations need no context. */
extern const struct vwr_vcrypto_ops vwr_posix_crypto_ops;

/* Services, algorithms and key lengths of these operations, for struct vwr_vcrypto_options. */
extern const struct vwr_crypto_config_info vwr_posix_crypto_info;

VWR_END_C

#endif
