/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_CRYPTO_H
#define VWR_POSIX_CRYPTO_H

#include "vwr/vcrypto.h"

VWR_BEGIN_C

/*
 * The functions of a guest's crypto device (vwr/vcrypto.h) by OpenSSL's libcrypto, version 3: AES in ECB,
 * CBC, CTR and XTS mode, SHA-1, SHA-2 and SHA-3, HMAC and CMAC, chains of a cipher and a hash or MAC,
 * AES-GCM, AES-CCM and ChaCha20-Poly1305, RSA with keys of PKCS #1 of 512 to 4096 bits and two primes, and
 * ECDSA on NIST's curves, with private keys of RFC 5915 that name their curve, and public keys that are
 * points of SEC 1. Link with -lcrypto.
 *
 * The thread that serves the guest's queue does the work, within vwr_vcrypto's lock. A session takes memory
 * of malloc, which is cleared when it ends.
 */

extern const struct vwr_vcrypto_ops vwr_posix_crypto_ops; /* for struct vwr_vcrypto_options; no context */

/* Services, algorithms and lengths of keys, for struct vwr_vcrypto_options. */
extern const struct vwr_crypto_config_info vwr_posix_crypto_info;

VWR_END_C

#endif
