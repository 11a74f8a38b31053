/* SPDX-License-Identifier: MIT */
#include "posix_host.h"
#include "vwr_posix_crypto.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <stdio.h>
#include <string.h>

/*
 * A guest's crypto device, implemented with libcrypto. The guest chooses lengths and algorithms, so they are
 * checked here.
 */

#define KEY_MOST EVP_MAX_KEY_LENGTH /* of a symmetric cipher */
#define AUTH_MOST 256u
#define RSA_LEAST 512 /* bits of a key */
#define RSA_MOST 4096 /* a longer key takes too long */

struct posix_session {
    struct vwr_crypto_setup setup; /* without pointers */
    const EVP_CIPHER *cipher;
    const EVP_MD *md;
    EVP_PKEY *pkey; /* asymmetric */
    EVP_MAC *mac;
    const char *mac_name; /* the cipher of a CMAC */
    uint8_t key[KEY_MOST];
    uint8_t auth_key[AUTH_MOST];
};

const struct vwr_crypto_config_info vwr_posix_crypto_info = {
    .crypto_services = 1u << VWR_CRYPTO_SERVICE_CIPHER | 1u << VWR_CRYPTO_SERVICE_HASH |
                       1u << VWR_CRYPTO_SERVICE_MAC | 1u << VWR_CRYPTO_SERVICE_AEAD |
                       1u << VWR_CRYPTO_SERVICE_AKCIPHER,
    .cipher_algo_l = 1u << VWR_CRYPTO_CIPHER_AES_ECB | 1u << VWR_CRYPTO_CIPHER_AES_CBC |
                     1u << VWR_CRYPTO_CIPHER_AES_CTR | 1u << VWR_CRYPTO_CIPHER_AES_XTS,
    .hash_algo = 1u << VWR_CRYPTO_HASH_SHA1 | 1u << VWR_CRYPTO_HASH_SHA_224 | 1u << VWR_CRYPTO_HASH_SHA_256 |
                 1u << VWR_CRYPTO_HASH_SHA_384 | 1u << VWR_CRYPTO_HASH_SHA_512 |
                 1u << VWR_CRYPTO_HASH_SHA3_224 | 1u << VWR_CRYPTO_HASH_SHA3_256 |
                 1u << VWR_CRYPTO_HASH_SHA3_384 | 1u << VWR_CRYPTO_HASH_SHA3_512,
    .mac_algo_l = 1u << VWR_CRYPTO_MAC_HMAC_SHA1 | 1u << VWR_CRYPTO_MAC_HMAC_SHA_224 |
                  1u << VWR_CRYPTO_MAC_HMAC_SHA_256 | 1u << VWR_CRYPTO_MAC_HMAC_SHA_384 |
                  1u << VWR_CRYPTO_MAC_HMAC_SHA_512 | 1u << VWR_CRYPTO_MAC_CMAC_AES,
    .aead_algo =
        1u << VWR_CRYPTO_AEAD_GCM | 1u << VWR_CRYPTO_AEAD_CCM | 1u << VWR_CRYPTO_AEAD_CHACHA20_POLY1305,
    .akcipher_algo = 1u << VWR_CRYPTO_AKCIPHER_RSA | 1u << VWR_CRYPTO_AKCIPHER_ECDSA,
    .max_cipher_key_len = KEY_MOST,
    .max_auth_key_len = AUTH_MOST,
};

/* ---- names; NULL: unknown, or not with this length ---- */

#define BITS 8u

/* XTS has two keys. */
static const EVP_CIPHER *aes_of(const char *mode, uint32_t key_bytes)
{
    const bool xts = strcmp(mode, "xts") == 0;
    char name[20];
    const EVP_CIPHER *found;

    snprintf(name, sizeof(name), "aes-%u-%s", key_bytes * BITS / (xts ? 2 : 1), mode);
    found = EVP_get_cipherbyname(name);
    return found != NULL && (uint32_t)EVP_CIPHER_get_key_length(found) == key_bytes ? found : NULL;
}

static const EVP_CIPHER *cipher_of(uint32_t algo, uint32_t key_bytes)
{
    switch (algo) {
    case VWR_CRYPTO_CIPHER_AES_ECB:
        return aes_of("ecb", key_bytes);
    case VWR_CRYPTO_CIPHER_AES_CBC:
        return aes_of("cbc", key_bytes);
    case VWR_CRYPTO_CIPHER_AES_CTR:
        return aes_of("ctr", key_bytes);
    case VWR_CRYPTO_CIPHER_AES_XTS:
        return aes_of("xts", key_bytes);
    default:
        return NULL;
    }
}

static const EVP_CIPHER *aead_of(uint32_t algo, uint32_t key_bytes)
{
    const EVP_CIPHER *const chacha = EVP_chacha20_poly1305();

    if (algo == VWR_CRYPTO_AEAD_GCM)
        return aes_of("gcm", key_bytes);
    if (algo == VWR_CRYPTO_AEAD_CCM)
        return aes_of("ccm", key_bytes);
    return algo == VWR_CRYPTO_AEAD_CHACHA20_POLY1305 &&
                   (uint32_t)EVP_CIPHER_get_key_length(chacha) == key_bytes
               ? chacha
               : NULL;
}

static const EVP_MD *hash_of(uint32_t algo)
{
    switch (algo) {
    case VWR_CRYPTO_HASH_SHA1:
        return EVP_sha1();
    case VWR_CRYPTO_HASH_SHA_224:
        return EVP_sha224();
    case VWR_CRYPTO_HASH_SHA_256:
        return EVP_sha256();
    case VWR_CRYPTO_HASH_SHA_384:
        return EVP_sha384();
    case VWR_CRYPTO_HASH_SHA_512:
        return EVP_sha512();
    case VWR_CRYPTO_HASH_SHA3_224:
        return EVP_sha3_224();
    case VWR_CRYPTO_HASH_SHA3_256:
        return EVP_sha3_256();
    case VWR_CRYPTO_HASH_SHA3_384:
        return EVP_sha3_384();
    case VWR_CRYPTO_HASH_SHA3_512:
        return EVP_sha3_512();
    default:
        return NULL;
    }
}

/* The number of an HMAC is that of its hash. */
static bool mac_of(struct posix_session *s, uint32_t algo, uint32_t key_bytes)
{
    const bool cmac = algo == VWR_CRYPTO_MAC_CMAC_AES;

    if (cmac && aes_of("cbc", key_bytes) == NULL)
        return false;
    s->mac_name = cmac ? EVP_CIPHER_get0_name(aes_of("cbc", key_bytes)) : NULL;
    s->md = cmac ? NULL : algo <= VWR_CRYPTO_MAC_HMAC_SHA_512 ? hash_of(algo) : NULL;
    s->mac = cmac || s->md != NULL ? EVP_MAC_fetch(NULL, cmac ? "CMAC" : "HMAC", NULL) : NULL;
    return s->mac != NULL;
}

static const EVP_MD *rsa_hash_of(uint32_t algo)
{
    switch (algo) {
    case VWR_CRYPTO_RSA_SHA1:
        return EVP_sha1();
    case VWR_CRYPTO_RSA_SHA224:
        return EVP_sha224();
    case VWR_CRYPTO_RSA_SHA256:
        return EVP_sha256();
    case VWR_CRYPTO_RSA_SHA384:
        return EVP_sha384();
    case VWR_CRYPTO_RSA_SHA512:
        return EVP_sha512();
    default:
        return NULL;
    }
}

/* ---- sessions ---- */

/* Reads a key in DER format that is not followed by other data. */
static EVP_PKEY *decode(const struct vwr_crypto_setup *setup, int type)
{
    const bool secret = setup->key_type == VWR_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE;
    const uint8_t *const key = setup->key;
    const uint8_t *end = key;
    EVP_PKEY *const pkey = secret ? d2i_PrivateKey(type, NULL, &end, (long)setup->key_bytes)
                                  : d2i_PublicKey(type, NULL, &end, (long)setup->key_bytes);

    if (pkey != NULL && end == key + setup->key_bytes)
        return pkey;
    EVP_PKEY_free(pkey);
    return NULL;
}

/* Size of one of a key's numbers in bits; 0: the key does not have this number. */
static int bits_of(const EVP_PKEY *pkey, const char *name)
{
    BIGNUM *n = NULL;
    const int bits = EVP_PKEY_get_bn_param(pkey, name, &n) == 1 ? BN_num_bits(n) : 0;

    BN_clear_free(n);
    return bits;
}

/*
 * libcrypto uses the numbers of a private key unchecked, even if primes and exponents are longer than the
 * modulus. With primes, the time grows with the cube of their lengths. A public key has only its exponent.
 */
static bool is_within(const EVP_PKEY *pkey, int modulus)
{
    const int p = bits_of(pkey, OSSL_PKEY_PARAM_RSA_FACTOR1);
    const int q = bits_of(pkey, OSSL_PKEY_PARAM_RSA_FACTOR2);

    return bits_of(pkey, OSSL_PKEY_PARAM_RSA_E) <= OPENSSL_RSA_MAX_PUBEXP_BITS && p + q <= modulus + 1 &&
           bits_of(pkey, OSSL_PKEY_PARAM_RSA_FACTOR3) == 0 &&
           bits_of(pkey, OSSL_PKEY_PARAM_RSA_D) <= modulus &&
           bits_of(pkey, OSSL_PKEY_PARAM_RSA_EXPONENT1) <= p &&
           bits_of(pkey, OSSL_PKEY_PARAM_RSA_EXPONENT2) <= q &&
           bits_of(pkey, OSSL_PKEY_PARAM_RSA_COEFFICIENT1) <= p;
}

static int create_rsa(struct posix_session *s, const struct vwr_crypto_setup *setup)
{
    int bits;

    if (setup->padding != VWR_CRYPTO_RSA_RAW_PADDING && setup->padding != VWR_CRYPTO_RSA_PKCS1_PADDING)
        return VWR_CRYPTO_NOTSUPP;
    s->pkey = decode(setup, EVP_PKEY_RSA);
    s->md = rsa_hash_of(setup->hash_algo);
    bits = s->pkey != NULL ? EVP_PKEY_get_bits(s->pkey) : 0;
    return bits >= RSA_LEAST && bits <= RSA_MOST && is_within(s->pkey, bits) ? VWR_CRYPTO_OK : VWR_CRYPTO_ERR;
}

static const char *curve_of(uint32_t curve)
{
    switch (curve) {
    case VWR_CRYPTO_CURVE_NIST_P192:
        return SN_X9_62_prime192v1;
    case VWR_CRYPTO_CURVE_NIST_P224:
        return SN_secp224r1;
    case VWR_CRYPTO_CURVE_NIST_P256:
        return SN_X9_62_prime256v1;
    case VWR_CRYPTO_CURVE_NIST_P384:
        return SN_secp384r1;
    case VWR_CRYPTO_CURVE_NIST_P521:
        return SN_secp521r1;
    default:
        return NULL;
    }
}

/* Reads a point; libcrypto checks that it is on the curve. */
static EVP_PKEY *point(const struct vwr_crypto_setup *setup, const char *curve)
{
    EVP_PKEY_CTX *const c = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, NULL);
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)(uintptr_t)curve, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (void *)(uintptr_t)setup->key,
                                          setup->key_bytes),
        OSSL_PARAM_construct_end()};
    EVP_PKEY *pkey = NULL;

    if (c != NULL && EVP_PKEY_fromdata_init(c) == 1)
        (void)EVP_PKEY_fromdata(c, &pkey, EVP_PKEY_PUBLIC_KEY, parameters);
    EVP_PKEY_CTX_free(c);
    return pkey;
}

/* A private key names its curve, which has to match that of the session. */
static int create_ecdsa(struct posix_session *s, const struct vwr_crypto_setup *setup)
{
    const char *const curve = curve_of(setup->padding);
    char name[20];

    if (curve == NULL)
        return VWR_CRYPTO_NOTSUPP;
    s->pkey = setup->key_type == VWR_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE ? decode(setup, EVP_PKEY_EC)
                                                                      : point(setup, curve);
    return s->pkey != NULL && EVP_PKEY_get_group_name(s->pkey, name, sizeof(name), NULL) == 1 &&
                   strcmp(name, curve) == 0
               ? VWR_CRYPTO_OK
               : VWR_CRYPTO_ERR;
}

static int create_asymmetric(struct posix_session *s, const struct vwr_crypto_setup *setup)
{
    if (setup->key_type != VWR_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE &&
        setup->key_type != VWR_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC)
        return VWR_CRYPTO_NOTSUPP;
    return setup->algo == VWR_CRYPTO_AKCIPHER_RSA ? create_rsa(s, setup) : create_ecdsa(s, setup);
}

static int create_symmetric(struct posix_session *s, const struct vwr_crypto_setup *setup)
{
    if (setup->key_bytes > sizeof(s->key) || setup->auth_key_bytes > sizeof(s->auth_key))
        return VWR_CRYPTO_ERR;
    memcpy(s->key, setup->key, setup->key_bytes);
    memcpy(s->auth_key, setup->auth_key, setup->auth_key_bytes);
    s->cipher = setup->service == VWR_CRYPTO_SERVICE_AEAD ? aead_of(setup->algo, setup->key_bytes)
                                                          : cipher_of(setup->algo, setup->key_bytes);
    if (s->cipher == NULL)
        return VWR_CRYPTO_ERR;
    if (setup->order == 0)
        return VWR_CRYPTO_OK;
    if (setup->hash_mode == VWR_CRYPTO_SYM_HASH_MODE_AUTH)
        return mac_of(s, setup->hash_algo, setup->auth_key_bytes) ? VWR_CRYPTO_OK : VWR_CRYPTO_NOTSUPP;
    s->md = setup->hash_mode == VWR_CRYPTO_SYM_HASH_MODE_PLAIN ? hash_of(setup->hash_algo) : NULL;
    return s->md != NULL ? VWR_CRYPTO_OK : VWR_CRYPTO_NOTSUPP;
}

static int create_digest(struct posix_session *s, const struct vwr_crypto_setup *setup)
{
    if (setup->service == VWR_CRYPTO_SERVICE_HASH) {
        s->md = hash_of(setup->algo);
        return s->md != NULL ? VWR_CRYPTO_OK : VWR_CRYPTO_NOTSUPP;
    }
    if (setup->key_bytes > sizeof(s->auth_key))
        return VWR_CRYPTO_ERR;
    memcpy(s->auth_key, setup->key, setup->key_bytes);
    s->setup.auth_key_bytes = setup->key_bytes;
    return mac_of(s, setup->algo, setup->key_bytes) ? VWR_CRYPTO_OK : VWR_CRYPTO_ERR;
}

static void end(struct posix_session *s)
{
    EVP_PKEY_free(s->pkey);
    EVP_MAC_free(s->mac);
    OPENSSL_clear_free(s, sizeof(*s));
}

static int create(void *context, struct vwr_vcrypto_session *session, const struct vwr_crypto_setup *setup)
{
    struct posix_session *const s = OPENSSL_zalloc(sizeof(*s));
    int r;

    (void)context;
    if (s == NULL)
        return VWR_CRYPTO_ERR;
    s->setup = *setup;
    if (setup->service == VWR_CRYPTO_SERVICE_AKCIPHER)
        r = create_asymmetric(s, setup);
    else if (setup->service == VWR_CRYPTO_SERVICE_HASH || setup->service == VWR_CRYPTO_SERVICE_MAC)
        r = create_digest(s, setup);
    else
        r = create_symmetric(s, setup);
    s->setup.key = NULL;
    s->setup.auth_key = NULL;
    session->own = s;
    if (r != VWR_CRYPTO_OK)
        end(s);
    ERR_clear_error();
    return r;
}

static void destroy(void *context, struct vwr_vcrypto_session *session)
{
    (void)context;
    end(session->own);
}

/* ---- digests ---- */

static bool mac_into(const struct posix_session *s, const uint8_t *from, uint32_t bytes, uint8_t *to,
                     size_t *size, size_t room)
{
    char *const name = (char *)(uintptr_t)(s->md != NULL ? EVP_MD_get0_name(s->md) : s->mac_name);
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(s->md != NULL ? "digest" : "cipher", name, 0),
        OSSL_PARAM_construct_end()};
    EVP_MAC_CTX *const c = EVP_MAC_CTX_new(s->mac);
    const bool ok = c != NULL && EVP_MAC_init(c, s->auth_key, s->setup.auth_key_bytes, parameters) == 1 &&
                    EVP_MAC_update(c, from, bytes) == 1 && EVP_MAC_final(c, to, size, room) == 1;

    EVP_MAC_CTX_free(c);
    return ok;
}

/* If a shorter result is requested, it is the first part of the digest. */
static int digest_into(const struct posix_session *s, const void *from, uint32_t bytes, void *to,
                       uint32_t size)
{
    uint8_t all[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    size_t most = 0;
    const bool ok = s->mac != NULL ? mac_into(s, from, bytes, all, &most, sizeof(all))
                                   : EVP_Digest(from, bytes, all, &n, s->md, NULL) == 1;

    most = s->mac != NULL ? most : n;
    if (!ok || size > most)
        return VWR_CRYPTO_ERR;
    memcpy(to, all, size);
    return VWR_CRYPTO_OK;
}

/* ---- ciphers, chains, AEAD ---- */

static bool encrypts(const struct posix_session *s)
{
    return s->setup.op == VWR_CRYPTO_OP_ENCRYPT;
}

static int cipher_into(const struct posix_session *s, const struct vwr_crypto_data *m, const uint8_t *from,
                       uint32_t bytes, uint8_t *to)
{
    const int iv_bytes = EVP_CIPHER_get_iv_length(s->cipher);
    EVP_CIPHER_CTX *const c = EVP_CIPHER_CTX_new();
    int n = 0, rest = 0;
    bool ok = c != NULL && m->iv_bytes == (uint32_t)iv_bytes;

    ok = ok && EVP_CipherInit_ex(c, s->cipher, NULL, s->key, m->iv, encrypts(s)) == 1;
    ok = ok && EVP_CIPHER_CTX_set_padding(c, 0) == 1;
    ok =
        ok && EVP_CipherUpdate(c, to, &n, from, (int)bytes) == 1 && EVP_CipherFinal_ex(c, to + n, &rest) == 1;
    ok = ok && (uint32_t)(n + rest) == bytes;
    EVP_CIPHER_CTX_free(c);
    return ok ? VWR_CRYPTO_OK : VWR_CRYPTO_ERR;
}

/*
 * Bytes outside of the cipher's range are copied. The hash covers the source or, after the cipher, the
 * result.
 */
static int chain(const struct posix_session *s, struct vwr_crypto_data *m)
{
    const uint8_t *const from = m->src;
    const bool hash_first = s->setup.order == VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER;
    uint8_t *const to = m->dst;
    int r;

    if (m->dst_bytes < m->src_bytes || m->aad_bytes != 0)
        return VWR_CRYPTO_ERR;
    memcpy(to, from, m->src_bytes);
    r = cipher_into(s, m, from + m->cipher_start, m->cipher_bytes, to + m->cipher_start);
    if (r != VWR_CRYPTO_OK)
        return r;
    return digest_into(s, (hash_first ? from : to) + m->hash_start, m->hash_bytes, m->digest,
                       m->digest_bytes);
}

/* CCM needs the lengths first, and verifies the tag while it decrypts. */
static bool aead_begins(const struct posix_session *s, EVP_CIPHER_CTX *c, const struct vwr_crypto_data *m,
                        uint32_t bytes, uint8_t *tag)
{
    const bool ccm = EVP_CIPHER_get_mode(s->cipher) == EVP_CIPH_CCM_MODE;
    const int size = (int)s->setup.result_bytes;
    int n;

    return EVP_CipherInit_ex(c, s->cipher, NULL, NULL, NULL, encrypts(s)) == 1 &&
           EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_IVLEN, (int)m->iv_bytes, NULL) == 1 &&
           (encrypts(s) ? !ccm || EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, size, NULL) == 1
                        : EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, size, tag) == 1) &&
           EVP_CipherInit_ex(c, NULL, NULL, s->key, m->iv, encrypts(s)) == 1 &&
           (!ccm || EVP_CipherUpdate(c, NULL, &n, NULL, (int)bytes) == 1) &&
           (m->aad_bytes == 0 || EVP_CipherUpdate(c, NULL, &n, m->aad, (int)m->aad_bytes) == 1);
}

static int aead(const struct posix_session *s, struct vwr_crypto_data *m)
{
    const uint32_t tag = s->setup.result_bytes;
    const uint32_t bytes = encrypts(s) ? m->src_bytes : m->src_bytes - tag;
    const uint32_t want = encrypts(s) ? bytes + tag : bytes;
    EVP_CIPHER_CTX *c;
    int n = 0, rest = 0;
    bool ok;

    if (tag > EVP_GCM_TLS_TAG_LEN || tag == 0 || (!encrypts(s) && m->src_bytes < tag) || m->dst_bytes < want)
        return VWR_CRYPTO_ERR;
    c = EVP_CIPHER_CTX_new();
    if (c == NULL || !aead_begins(s, c, m, bytes, (uint8_t *)(uintptr_t)m->src + bytes)) {
        EVP_CIPHER_CTX_free(c);
        return VWR_CRYPTO_ERR;
    }
    ok = EVP_CipherUpdate(c, m->dst, &n, m->src, (int)bytes) == 1 &&
         EVP_CipherFinal_ex(c, (uint8_t *)m->dst + n, &rest) == 1;
    if (ok && encrypts(s))
        ok = EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, (int)tag, (uint8_t *)m->dst + bytes) == 1;
    EVP_CIPHER_CTX_free(c);
    return ok ? VWR_CRYPTO_OK : encrypts(s) ? VWR_CRYPTO_ERR : VWR_CRYPTO_BADMSG;
}

/* ---- asymmetric ciphers ---- */

static bool sets_padding(const struct posix_session *s, EVP_PKEY_CTX *c, uint32_t opcode)
{
    const bool raw = s->setup.padding == VWR_CRYPTO_RSA_RAW_PADDING;
    const bool signs = opcode == VWR_CRYPTO_AKCIPHER_SIGN || opcode == VWR_CRYPTO_AKCIPHER_VERIFY;

    if (s->setup.algo != VWR_CRYPTO_AKCIPHER_RSA)
        return signs;
    if (raw && signs)
        return false;
    if (EVP_PKEY_CTX_set_rsa_padding(c, raw ? RSA_NO_PADDING : RSA_PKCS1_PADDING) != 1)
        return false;
    return !signs || s->md == NULL || EVP_PKEY_CTX_set_signature_md(c, s->md) == 1;
}

static int asymmetric_with(const struct posix_session *s, EVP_PKEY_CTX *c, struct vwr_crypto_data *m)
{
    size_t n = m->dst_bytes;
    bool ok = false;

    if (m->opcode == VWR_CRYPTO_AKCIPHER_ENCRYPT)
        ok = EVP_PKEY_encrypt_init(c) == 1 && sets_padding(s, c, m->opcode) &&
             EVP_PKEY_encrypt(c, m->dst, &n, m->src, m->src_bytes) == 1;
    else if (m->opcode == VWR_CRYPTO_AKCIPHER_DECRYPT)
        ok = EVP_PKEY_decrypt_init(c) == 1 && sets_padding(s, c, m->opcode) &&
             EVP_PKEY_decrypt(c, m->dst, &n, m->src, m->src_bytes) == 1;
    else if (m->opcode == VWR_CRYPTO_AKCIPHER_SIGN)
        ok = EVP_PKEY_sign_init(c) == 1 && sets_padding(s, c, m->opcode) &&
             EVP_PKEY_sign(c, m->dst, &n, m->src, m->src_bytes) == 1;
    else if (EVP_PKEY_verify_init(c) == 1 && sets_padding(s, c, m->opcode))
        return EVP_PKEY_verify(c, m->src, m->src_bytes, m->aad, m->aad_bytes) == 1 ? VWR_CRYPTO_OK
                                                                                   : VWR_CRYPTO_KEY_REJECTED;
    m->dst_bytes = (uint32_t)n;
    return ok ? VWR_CRYPTO_OK : VWR_CRYPTO_ERR;
}

/* libcrypto writes a whole block, regardless of the size that it is given. */
static int asymmetric(const struct posix_session *s, struct vwr_crypto_data *m)
{
    EVP_PKEY_CTX *c;
    int r;

    if (m->opcode != VWR_CRYPTO_AKCIPHER_VERIFY && m->dst_bytes < (uint32_t)EVP_PKEY_get_size(s->pkey))
        return VWR_CRYPTO_ERR;
    c = EVP_PKEY_CTX_new(s->pkey, NULL);
    r = c != NULL ? asymmetric_with(s, c, m) : VWR_CRYPTO_ERR;
    EVP_PKEY_CTX_free(c);
    return r;
}

static int run(void *context, struct vwr_vcrypto_session *session, struct vwr_crypto_data *m)
{
    const struct posix_session *const s = session->own;
    int r;

    (void)context;
    if (s->setup.service == VWR_CRYPTO_SERVICE_AKCIPHER) {
        r = asymmetric(s, m);
    } else if (s->setup.service == VWR_CRYPTO_SERVICE_AEAD) {
        r = aead(s, m);
    } else if (s->setup.service != VWR_CRYPTO_SERVICE_CIPHER) {
        r = digest_into(s, m->src, m->src_bytes, m->dst, m->dst_bytes);
    } else if (s->setup.order != 0) {
        r = chain(s, m);
    } else {
        r = cipher_into(s, m, m->src, m->src_bytes, m->dst);
    }
    ERR_clear_error();
    return r;
}

const struct vwr_vcrypto_ops vwr_posix_crypto_ops = {create, destroy, run};
