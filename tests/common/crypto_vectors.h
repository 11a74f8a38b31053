/* SPDX-License-Identifier: MIT */
#ifndef CRYPTO_VECTORS_H
#define CRYPTO_VECTORS_H

#include "vwr/gen/crypto.h"

#include <stdint.h>
#include <string.h>

/*
 * Known answers, in hexadecimal: ciphers of NIST SP 800-38A (appendix F) and IEEE 1619 (vector 2 of annex B),
 * hashes of FIPS 180-4, MACs of RFC 4231, AES-GCM of NIST's test case 4, ECDSA of RFC 6979 (A.2.5). The RSA
 * key was made for these tests by OpenSSL 3.0, as was its signature.
 */

struct crypto_vector {
    const char *name;
    uint32_t service;
    uint32_t algo;
    const char *key;
    const char *iv;
    const char *aad;
    const char *plain;
    const char *result; /* with the tag */
    uint32_t tag_bytes; /* of AEAD */
};

#define CRYPTO_PLAIN                                                   \
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51" \
    "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710"

static const struct crypto_vector crypto_vectors[] = {
    {"CBC-AES128", VWR_CRYPTO_SERVICE_CIPHER, VWR_CRYPTO_CIPHER_AES_CBC, "2b7e151628aed2a6abf7158809cf4f3c",
     "000102030405060708090a0b0c0d0e0f", "", CRYPTO_PLAIN,
     "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e22229516"
     "3ff1caa1681fac09120eca307586e1a7",
     0},
    {"CBC-AES192", VWR_CRYPTO_SERVICE_CIPHER, VWR_CRYPTO_CIPHER_AES_CBC,
     "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b", "000102030405060708090a0b0c0d0e0f", "", CRYPTO_PLAIN,
     "4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5e738763f69145a571b242012fb7ae07fa9baac3df102e0"
     "08b0e27988598881d920a9e64f5615cd",
     0},
    {"CBC-AES256", VWR_CRYPTO_SERVICE_CIPHER, VWR_CRYPTO_CIPHER_AES_CBC,
     "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4", "000102030405060708090a0b0c0d0e0f",
     "", CRYPTO_PLAIN,
     "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d39f23369a9d9bacfa530e26304231461"
     "b2eb05e2c39be9fcda6c19078c6a9d1b",
     0},
    {"ECB-AES128", VWR_CRYPTO_SERVICE_CIPHER, VWR_CRYPTO_CIPHER_AES_ECB, "2b7e151628aed2a6abf7158809cf4f3c",
     "", "", CRYPTO_PLAIN,
     "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf43b1cd7f598ece23881b00e3ed030688"
     "7b0c785e27e8ad3f8223207104725dd4",
     0},
    {"CTR-AES128", VWR_CRYPTO_SERVICE_CIPHER, VWR_CRYPTO_CIPHER_AES_CTR, "2b7e151628aed2a6abf7158809cf4f3c",
     "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff", "", CRYPTO_PLAIN,
     "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff5ae4df3edbd5d35e5b4f09020db03eab"
     "1e031dda2fbe03d1792170a0f3009cee",
     0},
    {"XTS-AES128", VWR_CRYPTO_SERVICE_CIPHER, VWR_CRYPTO_CIPHER_AES_XTS,
     "1111111111111111111111111111111122222222222222222222222222222222", "33333333330000000000000000000000",
     "", "4444444444444444444444444444444444444444444444444444444444444444",
     "c454185e6a16936e39334038acef838bfb186fff7480adc4289382ecd6d394f0", 0},
    {"SHA-1", VWR_CRYPTO_SERVICE_HASH, VWR_CRYPTO_HASH_SHA1, "", "", "", "616263",
     "a9993e364706816aba3e25717850c26c9cd0d89d", 0},
    {"SHA-256", VWR_CRYPTO_SERVICE_HASH, VWR_CRYPTO_HASH_SHA_256, "", "", "", "616263",
     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 0},
    {"SHA-512", VWR_CRYPTO_SERVICE_HASH, VWR_CRYPTO_HASH_SHA_512, "", "", "", "616263",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
     "454d4423643ce80e2a9ac94fa54ca49f",
     0},
    {"HMAC-SHA-256", VWR_CRYPTO_SERVICE_MAC, VWR_CRYPTO_MAC_HMAC_SHA_256, "4a656665", "", "",
     "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", 0},
    {"HMAC-SHA-512", VWR_CRYPTO_SERVICE_MAC, VWR_CRYPTO_MAC_HMAC_SHA_512, "4a656665", "", "",
     "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
     "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fd"
     "caeab1a34d4a6b4b636e070a38bce737",
     0},
    {"GCM-AES128", VWR_CRYPTO_SERVICE_AEAD, VWR_CRYPTO_AEAD_GCM, "feffe9928665731c6d6a8f9467308308",
     "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
     "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf"
     "5aa0de657ba637b39",
     "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa05"
     "1ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47",
     16},
};
#define CRYPTO_VECTORS (sizeof(crypto_vectors) / sizeof(crypto_vectors[0]))

/* RSA of 1024 bits, PKCS #1 in DER; a signature of SHA-256("abc") with PKCS #1 v1.5. */
static const char crypto_rsa_private[] =
    "3082025e02010002818100d6cf0e56c7b980db38978bbfbf45431813a98a532ab95d20c028a564d8f47566cf66e59ccd"
    "205138709085335509f343de9db3c12516e0bcf41e50a71578fbe95f76c0928cbf9630200eab99819a54160b465c7ab9"
    "9fab1d2c1c0a85b2f446d9b9942a130a64b6e676e100a7ad10b0e3d78752f6dcfcb6fecb8f389d6af57c730203010001"
    "02818068294117bd836b43621ec24a399279655c6b72c2bf4de125b7683e43379cdaacfed7337224598e68e2d4817291"
    "c2e06e41ad90f3906b9690a98365b28f8bfa029d82496b744c09b45ed00804456f17a15095b67582da14090641be2e31"
    "1cd4ef5524e2c367d4e67d8959c8741cb56f16380b5a82c5bb3d61e1345f64c5bf3a69024100f4a2ff2e38ab46fbafbb"
    "5e81144b850162d43b023f4011b2e5328905be201b12ed9fdbef6d609cfb56869dccd2283beeb76c8fd4919310a658ca"
    "f5e26868ea55024100e0c95f4effd87cfd61e4ff29aba3b0cbd974c1abd48700134827922ceec131091a1bbaf1b85278"
    "cf70c0f7da4e574385dc24814d63e8e75a7f6d95d4cd8f23a7024100da501f73ab24c65ad32f5d9dc973bf854621e96b"
    "0ef0e91a81c940587c9c002d3b1bbed5030205f591f8de17abb03613c962bb54527930919289c5364040e865024100a6"
    "f2a888a1d805aca2a253287dc3cb30fb468df8b295b96698b65b086822afea94ab77c2c324ed7913c31dd1d3515862f8"
    "c75c094064e03f04593d68996af00d024100d35d57ff77b0c0b4eb2fef77f52c0321184141597e560ec7751871b84db5"
    "e7085dc430f625d58ba146572691e58b83cb73ec6b4c8dfad15b3542a7665e200f17";

static const char crypto_rsa_public[] =
    "30818902818100d6cf0e56c7b980db38978bbfbf45431813a98a532ab95d20c028a564d8f47566cf66e59ccd20513870"
    "9085335509f343de9db3c12516e0bcf41e50a71578fbe95f76c0928cbf9630200eab99819a54160b465c7ab99fab1d2c"
    "1c0a85b2f446d9b9942a130a64b6e676e100a7ad10b0e3d78752f6dcfcb6fecb8f389d6af57c730203010001";

static const char crypto_rsa_signature[] =
    "62031590ae57fcc1b07d55c39f553da0d4c09eadc6d1c3e3eff736ec9ca0b83686b94418757fa1b5f3666b7ff6de71f2"
    "bd4258986aa9052ffab926658328f5c44655f72d20525e3aa9fa656156f862a2cb1912d4b38d65a5baf04fa20ce6e0e4"
    "f4c0d329cfd812f1bb6671a7b6b2116e590663dc8d89f8abbceb77fdea9211ba";

#define CRYPTO_RSA_BYTES 128u
#define CRYPTO_SHA256_BYTES 32u

/* ECDSA on P-256, with a private key of RFC 5915 and a point of SEC 1; a signature of SHA-256("sample"). */
static const char crypto_ecdsa_private[] =
    "30310201010420c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721a00a06082a8648ce3d0301"
    "07";

static const char crypto_ecdsa_public[] =
    "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2"
    "f1b20c2d7e9f5177a3c294d4462299";

static const char crypto_ecdsa_digest[] = "af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf";

static const char crypto_ecdsa_signature[] =
    "3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716022100f7cb1c942d657c41d436"
    "c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";

#define CRYPTO_ECDSA_MOST 72u /* size of a signature on P-256, in bytes */

/* Decodes hexadecimal digits; returns the number of bytes. */
static inline uint32_t crypto_decode(const char *digits, void *to)
{
    static const char all[] = "0123456789abcdef";
    uint8_t *const bytes = to;
    uint32_t n;

    for (n = 0; digits[2 * n] != '\0'; n++)
        bytes[n] =
            (uint8_t)((strchr(all, digits[2 * n]) - all) << 4 | (strchr(all, digits[2 * n + 1]) - all));
    return n;
}

#endif
