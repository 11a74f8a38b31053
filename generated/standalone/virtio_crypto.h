/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/crypto.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Crypto Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_CRYPTO_H
#define VWR_STANDALONE_CRYPTO_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_CRYPTO 20                             /* Ciphers, hashes, MACs, AEAD, asymmetric ciphers and IPsec. */

#define VIRTIO_CRYPTO_MAX 8u                            /* First value after the status values. */
#define VIRTIO_CRYPTO_CTRLQ_OP_SPEC_HDR_LEGACY 56u      /* Padded size of a control request's fixed part without
                                                           REVISION_1; in bytes. */
#define VIRTIO_CRYPTO_ALG_CHAIN_SESS_OP_SPEC_HDR_SIZE 16u /* Space for the hash or MAC part of a chain session; in
                                                             bytes. */
#define VIRTIO_CRYPTO_SYM_SESS_OP_SPEC_HDR_SIZE 48u     /* Space for the cipher or chain part of a symmetric session;
                                                           in bytes. */
#define VIRTIO_CRYPTO_AKCIPHER_SESS_ALGO_SPEC_HDR_SIZE 44u /* Space for the algorithm-specific part of an asymmetric
                                                              session; in bytes. */
#define VIRTIO_CRYPTO_DATAQ_OP_SPEC_HDR_LEGACY 48u      /* Padded size of a data request's fixed part without
                                                           REVISION_1; in bytes. */
#define VIRTIO_CRYPTO_SYM_DATA_REQ_HDR_SIZE 40u         /* Space for the cipher or chain part of a symmetric data
                                                           request; in bytes. */
#define VIRTIO_CRYPTO_SYM_DATE_REQ_HDR_STATELESS_SIZE 72u /* Space for the cipher or chain part of a stateless
                                                             symmetric request; DATE as in the specification; in
                                                             bytes. */

/* features; "Feature bits" */
#define VIRTIO_CRYPTO_F_REVISION_1 0                    /* Requests have no padding; stateless mode is possible. */
#define VIRTIO_CRYPTO_F_CIPHER_STATELESS_MODE 1         /* CIPHER requests without a session. */
#define VIRTIO_CRYPTO_F_HASH_STATELESS_MODE 2           /* HASH requests without a session. */
#define VIRTIO_CRYPTO_F_MAC_STATELESS_MODE 3            /* MAC requests without a session. */
#define VIRTIO_CRYPTO_F_AEAD_STATELESS_MODE 4           /* AEAD requests without a session. */
#define VIRTIO_CRYPTO_F_AKCIPHER_STATELESS_MODE 5       /* AKCIPHER requests without a session. */

/* enums.service; "Supported crypto services" */
#define VIRTIO_CRYPTO_SERVICE_CIPHER 0                  /* Symmetric ciphers. */
#define VIRTIO_CRYPTO_SERVICE_HASH 1                    /* Hashes. */
#define VIRTIO_CRYPTO_SERVICE_MAC 2                     /* Message authentication codes. */
#define VIRTIO_CRYPTO_SERVICE_AEAD 3                    /* Authenticated encryption. */
#define VIRTIO_CRYPTO_SERVICE_AKCIPHER 4                /* Asymmetric ciphers. */
#define VIRTIO_CRYPTO_SERVICE_IPSEC 5                   /* IPsec packets. */

/* enums.cipher; "Supported crypto services / CIPHER services" */
#define VIRTIO_CRYPTO_NO_CIPHER 0                       /* No cipher. */
#define VIRTIO_CRYPTO_CIPHER_ARC4 1                     /* ARC4. */
#define VIRTIO_CRYPTO_CIPHER_AES_ECB 2                  /* AES in ECB mode. */
#define VIRTIO_CRYPTO_CIPHER_AES_CBC 3                  /* AES in CBC mode. */
#define VIRTIO_CRYPTO_CIPHER_AES_CTR 4                  /* AES in CTR mode. */
#define VIRTIO_CRYPTO_CIPHER_DES_ECB 5                  /* DES in ECB mode. */
#define VIRTIO_CRYPTO_CIPHER_DES_CBC 6                  /* DES in CBC mode. */
#define VIRTIO_CRYPTO_CIPHER_3DES_ECB 7                 /* Triple DES in ECB mode. */
#define VIRTIO_CRYPTO_CIPHER_3DES_CBC 8                 /* Triple DES in CBC mode. */
#define VIRTIO_CRYPTO_CIPHER_3DES_CTR 9                 /* Triple DES in CTR mode. */
#define VIRTIO_CRYPTO_CIPHER_KASUMI_F8 10               /* Kasumi in F8 mode. */
#define VIRTIO_CRYPTO_CIPHER_SNOW3G_UEA2 11             /* SNOW 3G in UEA2 mode. */
#define VIRTIO_CRYPTO_CIPHER_AES_F8 12                  /* AES in F8 mode. */
#define VIRTIO_CRYPTO_CIPHER_AES_XTS 13                 /* AES in XTS mode. */
#define VIRTIO_CRYPTO_CIPHER_ZUC_EEA3 14                /* ZUC in EEA3 mode. */

/* enums.hash; "Supported crypto services / HASH services" */
#define VIRTIO_CRYPTO_NO_HASH 0                         /* No hash. */
#define VIRTIO_CRYPTO_HASH_MD5 1                        /* MD5. */
#define VIRTIO_CRYPTO_HASH_SHA1 2                       /* SHA-1. */
#define VIRTIO_CRYPTO_HASH_SHA_224 3                    /* SHA-224. */
#define VIRTIO_CRYPTO_HASH_SHA_256 4                    /* SHA-256. */
#define VIRTIO_CRYPTO_HASH_SHA_384 5                    /* SHA-384. */
#define VIRTIO_CRYPTO_HASH_SHA_512 6                    /* SHA-512. */
#define VIRTIO_CRYPTO_HASH_SHA3_224 7                   /* SHA3-224. */
#define VIRTIO_CRYPTO_HASH_SHA3_256 8                   /* SHA3-256. */
#define VIRTIO_CRYPTO_HASH_SHA3_384 9                   /* SHA3-384. */
#define VIRTIO_CRYPTO_HASH_SHA3_512 10                  /* SHA3-512. */
#define VIRTIO_CRYPTO_HASH_SHA3_SHAKE128 11             /* SHAKE128. */
#define VIRTIO_CRYPTO_HASH_SHA3_SHAKE256 12             /* SHAKE256. */

/* enums.mac; "Supported crypto services / MAC services" */
#define VIRTIO_CRYPTO_NO_MAC 0                          /* No MAC. */
#define VIRTIO_CRYPTO_MAC_HMAC_MD5 1                    /* HMAC with MD5. */
#define VIRTIO_CRYPTO_MAC_HMAC_SHA1 2                   /* HMAC with SHA-1. */
#define VIRTIO_CRYPTO_MAC_HMAC_SHA_224 3                /* HMAC with SHA-224. */
#define VIRTIO_CRYPTO_MAC_HMAC_SHA_256 4                /* HMAC with SHA-256. */
#define VIRTIO_CRYPTO_MAC_HMAC_SHA_384 5                /* HMAC with SHA-384. */
#define VIRTIO_CRYPTO_MAC_HMAC_SHA_512 6                /* HMAC with SHA-512. */
#define VIRTIO_CRYPTO_MAC_CMAC_3DES 25                  /* CMAC with triple DES. */
#define VIRTIO_CRYPTO_MAC_CMAC_AES 26                   /* CMAC with AES. */
#define VIRTIO_CRYPTO_MAC_KASUMI_F9 27                  /* Kasumi in F9 mode. */
#define VIRTIO_CRYPTO_MAC_SNOW3G_UIA2 28                /* SNOW 3G in UIA2 mode. */
#define VIRTIO_CRYPTO_MAC_GMAC_AES 41                   /* GMAC with AES. */
#define VIRTIO_CRYPTO_MAC_GMAC_TWOFISH 42               /* GMAC with Twofish. */
#define VIRTIO_CRYPTO_MAC_CBCMAC_AES 49                 /* CBC-MAC with AES. */
#define VIRTIO_CRYPTO_MAC_CBCMAC_KASUMI_F9 50           /* CBC-MAC with Kasumi. */
#define VIRTIO_CRYPTO_MAC_XCBC_AES 53                   /* XCBC with AES. */
#define VIRTIO_CRYPTO_MAC_ZUC_EIA3 54                   /* ZUC in EIA3 mode. */

/* enums.aead; "Supported crypto services / AEAD services" */
#define VIRTIO_CRYPTO_NO_AEAD 0                         /* No AEAD algorithm. */
#define VIRTIO_CRYPTO_AEAD_GCM 1                        /* GCM. */
#define VIRTIO_CRYPTO_AEAD_CCM 2                        /* CCM. */
#define VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305 3          /* ChaCha20 with Poly1305. */

/* enums.akcipher; "Supported crypto services / AKCIPHER services" */
#define VIRTIO_CRYPTO_NO_AKCIPHER 0                     /* No asymmetric cipher. */
#define VIRTIO_CRYPTO_AKCIPHER_RSA 1                    /* RSA. */
#define VIRTIO_CRYPTO_AKCIPHER_ECDSA 2                  /* ECDSA. Quirk crypto.ecdsa-is-3 (Linux 6.1): Linux's
                                                           headers define ECDSA as 3 and DSA as 2. A device that
                                                           Linux is to use takes 3 for ECDSA too. */

/* enums.capability; "Device and driver capabilities" */
#define VIRTIO_CRYPTO_IPSEC_RESOURCE_CAP 0x800          /* IPsec resource limits (ipsec_resource_cap). */
#define VIRTIO_CRYPTO_IPSEC_SA_CAP 0x801                /* IPsec capabilities (ipsec_sa_cap_data). */

/* enums.resource-object; "Device resource objects" */
#define VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA 0x200 /* Outbound security association
                                                              (resource_obj_ipsec_sa_256b_key). */
#define VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_INBOUND_SA 0x201 /* Inbound security association
                                                             (resource_obj_ipsec_sa_256b_key). */

/* enums.status; "Device Operation / Operation Status" */
#define VIRTIO_CRYPTO_OK 0                              /* The request succeeded. */
#define VIRTIO_CRYPTO_ERR 1                             /* Any failure without a specific status. */
#define VIRTIO_CRYPTO_BADMSG 2                          /* Authentication of the data failed. */
#define VIRTIO_CRYPTO_NOTSUPP 3                         /* The device does not support the operation or the
                                                           algorithm. */
#define VIRTIO_CRYPTO_INVSESS 4                         /* The session does not exist. */
#define VIRTIO_CRYPTO_NOSPC 5                           /* The device has no space for another session; with
                                                           REVISION_1. */
#define VIRTIO_CRYPTO_KEY_REJECTED 6                    /* The signature does not match. */
#define VIRTIO_CRYPTO_IPSEC_SA_SOFT_EXPIRY 7            /* The request succeeded; the security association is close
                                                           to expiry. */

/*
 * enums.op; "Device Operation / Control Virtqueue / Session operation / Session operation:
 * Symmetric algorithms session"
 */
#define VIRTIO_CRYPTO_OP_ENCRYPT 1                      /* Encrypt. */
#define VIRTIO_CRYPTO_OP_DECRYPT 2                      /* Decrypt. */

/*
 * enums.alg-chain-order; "Device Operation / Control Virtqueue / Session operation / Session
 * operation: Symmetric algorithms session"
 */
#define VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER 1 /* Hash or MAC first. */
#define VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH 2 /* Cipher first. */

/*
 * enums.hash-mode; "Device Operation / Control Virtqueue / Session operation / Session operation:
 * Symmetric algorithms session"
 */
#define VIRTIO_CRYPTO_SYM_HASH_MODE_PLAIN 1             /* Hash without a key. */
#define VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH 2              /* MAC. */
#define VIRTIO_CRYPTO_SYM_HASH_MODE_NESTED 3            /* Hash of a hash. */

/*
 * enums.sym-op; "Device Operation / Control Virtqueue / Session operation / Session operation:
 * Symmetric algorithms session"
 */
#define VIRTIO_CRYPTO_SYM_OP_NONE 0                     /* No operation. */
#define VIRTIO_CRYPTO_SYM_OP_CIPHER 1                   /* A cipher alone. */
#define VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING 2       /* A cipher and a hash or MAC. */

/*
 * enums.rsa-padding; "Device Operation / Control Virtqueue / Session operation / Session
 * operation: AKCIPHER session"
 */
#define VIRTIO_CRYPTO_RSA_RAW_PADDING 0                 /* Leading zeroes; not valid for signatures. */
#define VIRTIO_CRYPTO_RSA_PKCS1_PADDING 1               /* PKCS #1 v1.5. */

/*
 * enums.rsa-hash; "Device Operation / Control Virtqueue / Session operation / Session operation:
 * AKCIPHER session"
 */
#define VIRTIO_CRYPTO_RSA_NO_HASH 0                     /* No hash. */
#define VIRTIO_CRYPTO_RSA_MD2 1                         /* MD2. */
#define VIRTIO_CRYPTO_RSA_MD3 2                         /* MD3. */
#define VIRTIO_CRYPTO_RSA_MD4 3                         /* MD4. */
#define VIRTIO_CRYPTO_RSA_MD5 4                         /* MD5. */
#define VIRTIO_CRYPTO_RSA_SHA1 5                        /* SHA-1. */
#define VIRTIO_CRYPTO_RSA_SHA256 6                      /* SHA-256. */
#define VIRTIO_CRYPTO_RSA_SHA384 7                      /* SHA-384. */
#define VIRTIO_CRYPTO_RSA_SHA512 8                      /* SHA-512. */
#define VIRTIO_CRYPTO_RSA_SHA224 9                      /* SHA-224. */

/*
 * enums.curve; "Device Operation / Control Virtqueue / Session operation / Session operation:
 * AKCIPHER session"
 */
#define VIRTIO_CRYPTO_CURVE_UNKNOWN 0                   /* Unknown curve. */
#define VIRTIO_CRYPTO_CURVE_NIST_P192 1                 /* NIST P-192. */
#define VIRTIO_CRYPTO_CURVE_NIST_P224 2                 /* NIST P-224. */
#define VIRTIO_CRYPTO_CURVE_NIST_P256 3                 /* NIST P-256. */
#define VIRTIO_CRYPTO_CURVE_NIST_P384 4                 /* NIST P-384. */
#define VIRTIO_CRYPTO_CURVE_NIST_P521 5                 /* NIST P-521. */

/*
 * enums.key-type; "Device Operation / Control Virtqueue / Session operation / Session operation:
 * AKCIPHER session"
 */
#define VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC 1        /* Public key. */
#define VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE 2       /* Private key. */

/*
 * enums.ipsec-mode; "Device Operation / IPSEC Service Operation / Device and driver capabilities /
 * VIRTIO_CRYPTO_IPSEC_SA_CAP"
 */
#define VIRTIO_CRYPTO_IPSEC_MODE_ESP_TUNNEL 0x1         /* ESP in tunnel mode. */
#define VIRTIO_CRYPTO_IPSEC_MODE_ESP_TRANSPORT 0x2      /* ESP in transport mode. */
#define VIRTIO_CRYPTO_IPSEC_MODE_AH_TUNNEL 0x3          /* AH in tunnel mode. */
#define VIRTIO_CRYPTO_IPSEC_MODE_AH_TRANSPORT 0x4       /* AH in transport mode. */

/*
 * enums.ipsec-option; "Device Operation / IPSEC Service Operation / Device and driver capabilities
 * / VIRTIO_CRYPTO_IPSEC_SA_CAP"
 */
#define VIRTIO_CRYPTO_IPSEC_ESN 0                       /* Extended sequence numbers. */
#define VIRTIO_CRYPTO_IPSEC_UDP_ENCAP 1                 /* ESP in UDP. */
#define VIRTIO_CRYPTO_IPSEC_COPY_DSCP 2                 /* Copy the DSCP to the outer header. */
#define VIRTIO_CRYPTO_IPSEC_DEC_TTL 3                   /* The TTL is decremented. */
#define VIRTIO_CRYPTO_IPSEC_COPY_DF 4                   /* Copy the Don't Fragment bit to the outer header. */
#define VIRTIO_CRYPTO_IPSEC_ECN 5                       /* Copy the congestion notification to the outer header. */
#define VIRTIO_CRYPTO_IPSEC_SA_LIFETIME 6               /* Security associations expire. */

/*
 * enums.ipsec-direction; "Device Operation / IPSEC Service Operation / Resource objects /
 * VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA"
 */
#define VIRTIO_CRYPTO_IPSEC_DIR_OUTBOUND 0x1            /* Outbound. */
#define VIRTIO_CRYPTO_IPSEC_DIR_INBOUND 0x2             /* Inbound. */

/* flags.config-status; "Device configuration layout" */
#define VIRTIO_CRYPTO_S_HW_READY 0x1                    /* The device accepts requests. */

/* flags.op-flags; "Device Operation / Data Virtqueue" */
#define VIRTIO_CRYPTO_FLAG_SESSION_MODE 0x1             /* session_id selects a session; if clear, the request
                                                           carries its parameters. */

/* messages.ctrl-opcode; "Device Operation / Control Virtqueue" */
#define VIRTIO_CRYPTO_CIPHER_CREATE_SESSION 0x2         /* Create a session for a cipher or a chain. */
#define VIRTIO_CRYPTO_CIPHER_DESTROY_SESSION 0x3        /* Destroy a cipher or chain session. */
#define VIRTIO_CRYPTO_HASH_CREATE_SESSION 0x102         /* Create a session for a hash. */
#define VIRTIO_CRYPTO_HASH_DESTROY_SESSION 0x103        /* Destroy a hash session. */
#define VIRTIO_CRYPTO_MAC_CREATE_SESSION 0x202          /* Create a session for a MAC. */
#define VIRTIO_CRYPTO_MAC_DESTROY_SESSION 0x203         /* Destroy a MAC session. */
#define VIRTIO_CRYPTO_AEAD_CREATE_SESSION 0x302         /* Create a session for AEAD. */
#define VIRTIO_CRYPTO_AEAD_DESTROY_SESSION 0x303        /* Destroy an AEAD session. */
#define VIRTIO_CRYPTO_AKCIPHER_CREATE_SESSION 0x404     /* Create a session for an asymmetric cipher. */
#define VIRTIO_CRYPTO_AKCIPHER_DESTROY_SESSION 0x405    /* Destroy a session for an asymmetric cipher. */

/* messages.data-opcode; "Device Operation / Data Virtqueue" */
#define VIRTIO_CRYPTO_CIPHER_ENCRYPT 0x0                /* Encrypt with a cipher or a chain. */
#define VIRTIO_CRYPTO_CIPHER_DECRYPT 0x1                /* Decrypt with a cipher or a chain. */
#define VIRTIO_CRYPTO_HASH 0x100                        /* Compute a hash. */
#define VIRTIO_CRYPTO_MAC 0x200                         /* Compute a MAC. */
#define VIRTIO_CRYPTO_AEAD_ENCRYPT 0x300                /* Encrypt; an authentication tag follows the result. */
#define VIRTIO_CRYPTO_AEAD_DECRYPT 0x301                /* Decrypt and verify the tag. */
#define VIRTIO_CRYPTO_AKCIPHER_ENCRYPT 0x400            /* Encrypt with an asymmetric cipher. */
#define VIRTIO_CRYPTO_AKCIPHER_DECRYPT 0x401            /* Decrypt with an asymmetric cipher. */
#define VIRTIO_CRYPTO_AKCIPHER_SIGN 0x402               /* Sign. */
#define VIRTIO_CRYPTO_AKCIPHER_VERIFY 0x403             /* Verify a signature. */
#define VIRTIO_CRYPTO_IPSEC_OUTBOUND 0x500              /* Encapsulate an IP packet for IPsec. */
#define VIRTIO_CRYPTO_IPSEC_INBOUND 0x501               /* Decapsulate an IPsec packet. */

/* queues; "Crypto Device" */
#define VIRTIO_CRYPTO_QUEUE_DATAQ 0                     /* Data operations. */

/* Header of a control request. structs.ctrl_header; "Device Operation / Control Virtqueue" */
struct virtio_crypto_ctrl_header {
    uint32_t opcode;                        /* Operation code; messages.ctrl-opcode. */
    uint32_t algo;                          /* Algorithm of the service. */
    uint32_t flag;                          /* No flags are defined. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_crypto_ctrl_header, 16);

/* A control request. structs.op_ctrl_req; "Device Operation / Control Virtqueue" */
struct virtio_crypto_op_ctrl_req {
    struct virtio_crypto_ctrl_header header; /* Header: operation code and algorithm. */
    uint8_t op_flf[];                       /* Fixed-length part: the operation's _flf structure. */
                                            /* At 16 + 1 · op_flf: uint8_t op_vlf[]. Variable-length part: the
                                               operation's _vlf structure, if it has one. */
};
VIRTIO_SIZE(virtio_crypto_op_ctrl_req, 16);

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. op_outcome[], result: the operation's
 * _input structure.
 * structs.op_ctrl_req; "Device Operation / Control Virtqueue"
 */

/*
 * Result of session creation.
 * structs.create_session_input; "Device Operation / Control Virtqueue / Session operation"
 */
struct virtio_crypto_create_session_input {
    uint64_t session_id;                    /* Session id, valid on success. */
    uint32_t status;                        /* Whether the session was created; enums.status. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_crypto_create_session_input, 16);

/*
 * Session to destroy.
 * structs.destroy_session_flf; "Device Operation / Control Virtqueue / Session operation"
 */
struct virtio_crypto_destroy_session_flf {
    uint64_t session_id;                    /* Session id. */
};
/* 8 bytes with REVISION_1. */
/* 56 bytes. */
VIRTIO_SIZE(virtio_crypto_destroy_session_flf, 8);

/*
 * Result of session destruction.
 * structs.destroy_session_input; "Device Operation / Control Virtqueue / Session operation"
 */
struct virtio_crypto_destroy_session_input {
    uint8_t status;                         /* Whether the session was destroyed; enums.status. */
};
VIRTIO_SIZE(virtio_crypto_destroy_session_input, 1);

/*
 * Session for a hash.
 * structs.hash_create_session_flf; "Device Operation / Control Virtqueue / Session operation /
 * Session operation: HASH session"
 */
struct virtio_crypto_hash_create_session_flf {
    uint32_t algo;                          /* Hash algorithm; enums.hash. */
    uint32_t hash_result_len;               /* Length of the result; in bytes. */
};
/* 8 bytes with REVISION_1. */
/* 56 bytes. */
VIRTIO_SIZE(virtio_crypto_hash_create_session_flf, 8);

/*
 * Session for a MAC.
 * structs.mac_create_session_flf; "Device Operation / Control Virtqueue / Session operation /
 * Session operation: MAC session"
 */
struct virtio_crypto_mac_create_session_flf {
    uint32_t algo;                          /* MAC algorithm; enums.mac. */
    uint32_t hash_result_len;               /* Length of the result; in bytes. */
    uint32_t auth_key_len;                  /* Length of the key; in bytes. */
    uint32_t padding;                       /* Reserved. */
};
/* 16 bytes with REVISION_1. */
/* 56 bytes. */
VIRTIO_SIZE(virtio_crypto_mac_create_session_flf, 16);

/*
 * Key of a MAC session.
 * No C struct, because its first field has no fixed length. auth_key[], key, auth_key_len bytes.
 * structs.mac_create_session_vlf; "Device Operation / Control Virtqueue / Session operation /
 * Session operation: MAC session"
 */

/*
 * Session for a cipher.
 * structs.cipher_session_flf; "Device Operation / Control Virtqueue / Session operation / Session
 * operation: Symmetric algorithms session"
 */
struct virtio_crypto_cipher_session_flf {
    uint32_t algo;                          /* Cipher algorithm; enums.cipher. */
    uint32_t key_len;                       /* Length of the key; in bytes. */
    uint32_t op;                            /* Encrypt or decrypt; VIRTIO_CRYPTO_OP_*. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_crypto_cipher_session_flf, 16);

/*
 * Key of a cipher session.
 * No C struct, because its first field has no fixed length. cipher_key[], key, key_len bytes.
 * structs.cipher_session_vlf; "Device Operation / Control Virtqueue / Session operation / Session
 * operation: Symmetric algorithms session"
 */

/*
 * Session for a cipher chained with a hash or MAC.
 * structs.alg_chain_session_flf; "Device Operation / Control Virtqueue / Session operation /
 * Session operation: Symmetric algorithms session"
 */
struct virtio_crypto_alg_chain_session_flf {
    uint32_t alg_chain_order;               /* Which of the two comes first; VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_*. */
    uint32_t hash_mode;                     /* Hash or MAC; VIRTIO_CRYPTO_SYM_HASH_MODE_*. */
    struct virtio_crypto_cipher_session_flf cipher_hdr; /* Cipher parameters of the session. */
    uint8_t algo_flf[16];                   /* hash_create_session_flf or mac_create_session_flf, depending on
                                               hash_mode. */
    uint32_t aad_len;                       /* Length of the additional authenticated data; in bytes. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_crypto_alg_chain_session_flf, 48);

/*
 * Keys of a chain session.
 * No C struct, because its first field has no fixed length. cipher_key[], key of the cipher,
 * key_len bytes; auth_key[], key of the MAC, auth_key_len bytes.
 * structs.alg_chain_session_vlf; "Device Operation / Control Virtqueue / Session operation /
 * Session operation: Symmetric algorithms session"
 */

/*
 * Session for a cipher or a chain.
 * structs.sym_create_session_flf; "Device Operation / Control Virtqueue / Session operation /
 * Session operation: Symmetric algorithms session"
 */
struct virtio_crypto_sym_create_session_flf {
    uint8_t op_flf[48];                     /* cipher_session_flf or alg_chain_session_flf, depending on op_type. */
    uint32_t op_type;                       /* Cipher or chain; VIRTIO_CRYPTO_SYM_OP_*. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_crypto_sym_create_session_flf, 56);

/*
 * Keys of a session for a cipher or a chain.
 * No C struct, because its first field has no fixed length. op_vlf[], cipher_session_vlf or
 * alg_chain_session_vlf, depending on op_type.
 * structs.sym_create_session_vlf; "Device Operation / Control Virtqueue / Session operation /
 * Session operation: Symmetric algorithms session"
 */

/*
 * Session for AEAD.
 * structs.aead_create_session_flf; "Device Operation / Control Virtqueue / Session operation /
 * Session operation: AEAD session"
 */
struct virtio_crypto_aead_create_session_flf {
    uint32_t algo;                          /* AEAD algorithm; enums.aead. */
    uint32_t key_len;                       /* Length of the key; in bytes. */
    uint32_t tag_len;                       /* Length of the authentication tag; in bytes. */
    uint32_t aad_len;                       /* Length of the additional authenticated data; in bytes. */
    uint32_t op;                            /* Encrypt or decrypt; VIRTIO_CRYPTO_OP_*. */
    uint32_t padding;                       /* Reserved. */
};
/* 24 bytes with REVISION_1. */
/* 56 bytes. */
VIRTIO_SIZE(virtio_crypto_aead_create_session_flf, 24);

/*
 * Key of an AEAD session.
 * No C struct, because its first field has no fixed length. key[], key, key_len bytes.
 * structs.aead_create_session_vlf; "Device Operation / Control Virtqueue / Session operation /
 * Session operation: AEAD session"
 */

/*
 * Additional parameters of an RSA session.
 * structs.rsa_session_para; "Device Operation / Control Virtqueue / Session operation / Session
 * operation: AKCIPHER session"
 */
struct virtio_crypto_rsa_session_para {
    uint32_t padding_algo;                  /* Padding scheme; VIRTIO_CRYPTO_RSA_*. */
    uint32_t hash_algo;                     /* Hash of the signed data, with PKCS1_PADDING; VIRTIO_CRYPTO_RSA_*. */
};
VIRTIO_SIZE(virtio_crypto_rsa_session_para, 8);

/*
 * Additional parameters of an ECDSA session.
 * structs.ecdsa_session_para; "Device Operation / Control Virtqueue / Session operation / Session
 * operation: AKCIPHER session"
 */
struct virtio_crypto_ecdsa_session_para {
    uint32_t curve_id;                      /* Elliptic curve; VIRTIO_CRYPTO_CURVE_*. Quirk crypto.longer-ecdsa
                                               (Linux 6.1): Linux's headers append 4 bytes of padding. A device goes
                                               by the length of the union, which is the same. */
};
VIRTIO_SIZE(virtio_crypto_ecdsa_session_para, 4);

/*
 * Session for an asymmetric cipher.
 * structs.akcipher_create_session_flf; "Device Operation / Control Virtqueue / Session operation /
 * Session operation: AKCIPHER session"
 */
struct virtio_crypto_akcipher_create_session_flf {
    uint32_t algo;                          /* Asymmetric cipher algorithm; enums.akcipher. */
    uint32_t key_type;                      /* Public or private key; VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_*. */
    uint32_t key_len;                       /* Length of the key; in bytes. */
    uint8_t algo_flf[44];                   /* rsa_session_para or ecdsa_session_para, depending on algo. */
};
VIRTIO_SIZE(virtio_crypto_akcipher_create_session_flf, 56);

/*
 * Key of a session for an asymmetric cipher.
 * No C struct, because its first field has no fixed length. key[], key, key_len bytes; DER
 * encoding of PKCS #1, RFC 5915 or SEC 1.
 * structs.akcipher_create_session_vlf; "Device Operation / Control Virtqueue / Session operation /
 * Session operation: AKCIPHER session"
 */

/* Header of a data request. structs.op_header; "Device Operation / Data Virtqueue" */
struct virtio_crypto_op_header {
    uint32_t opcode;                        /* Operation code; messages.data-opcode. */
    uint32_t algo;                          /* Algorithm of the service. */
    uint64_t session_id;                    /* Session id; for IPsec, the id of the security association. */
    uint32_t flag;                          /* Request mode; ignored without REVISION_1;
                                               VIRTIO_CRYPTO_FLAG_SESSION_MODE. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_crypto_op_header, 24);

/* Status of a data request. structs.inhdr; "Device Operation / Data Virtqueue" */
struct virtio_crypto_inhdr {
    uint8_t status;                         /* Status of the operation; IPSEC_SA_SOFT_EXPIRY is a success too;
                                               enums.status. */
};
VIRTIO_SIZE(virtio_crypto_inhdr, 1);

/* A data request. structs.op_data_req; "Device Operation / Data Virtqueue" */
struct virtio_crypto_op_data_req {
    struct virtio_crypto_op_header header;  /* Header: operation code, algorithm, session id and mode. */
    uint8_t op_flf[];                       /* Fixed-length part: the operation's _flf structure. */
                                            /* At 24 + 1 · op_flf: uint8_t op_vlf[]. Variable-length part: the
                                               operation's _vlf structure; the device writes its end. */
};
VIRTIO_SIZE(virtio_crypto_op_data_req, 24);

/* The part that the device writes. structs.op_data_req; "Device Operation / Data Virtqueue" */
struct virtio_crypto_op_data_req_in {
    struct virtio_crypto_inhdr inhdr;       /* Status of the data request. */
};
VIRTIO_SIZE(virtio_crypto_op_data_req_in, 1);

/* Hash request. structs.hash_data_flf; "Device Operation / HASH Service Operation" */
struct virtio_crypto_hash_data_flf {
    uint32_t src_data_len;                  /* Length of the data; in bytes. */
    uint32_t hash_result_len;               /* Length of the result; in bytes. */
};
/* 8 bytes with REVISION_1. */
/* 48 bytes. */
VIRTIO_SIZE(virtio_crypto_hash_data_flf, 8);

/*
 * Data of a hash request.
 * No C struct, because its first field has no fixed length. src_data[], data, src_data_len bytes.
 * structs.hash_data_vlf; "Device Operation / HASH Service Operation"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. hash_result[], result, hash_result_len
 * bytes.
 * structs.hash_data_vlf; "Device Operation / HASH Service Operation"
 */

/* Session parameters. structs.hash_data_flf_stateless; "Device Operation / HASH Service Operation" */
struct virtio_crypto_hash_data_flf_stateless_sess_para {
    uint32_t algo;                          /* Hash algorithm; enums.hash. */
};
VIRTIO_SIZE(virtio_crypto_hash_data_flf_stateless_sess_para, 4);

/*
 * Hash request without a session.
 * structs.hash_data_flf_stateless; "Device Operation / HASH Service Operation"
 */
struct virtio_crypto_hash_data_flf_stateless {
    struct virtio_crypto_hash_data_flf_stateless_sess_para sess_para; /* Session parameters. */
    uint32_t src_data_len;                  /* Length of the data; in bytes. */
    uint32_t hash_result_len;               /* Length of the result; in bytes. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_crypto_hash_data_flf_stateless, 16);

/*
 * Data of a hash request without a session.
 * No C struct, because its first field has no fixed length. src_data[], data, src_data_len bytes.
 * structs.hash_data_vlf_stateless; "Device Operation / HASH Service Operation"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. hash_result[], result, hash_result_len
 * bytes.
 * structs.hash_data_vlf_stateless; "Device Operation / HASH Service Operation"
 */

/* MAC request. structs.mac_data_flf; "Device Operation / MAC Service Operation" */
struct virtio_crypto_mac_data_flf {
    struct virtio_crypto_hash_data_flf hdr; /* Lengths. */
};
/* 8 bytes with REVISION_1. */
/* 48 bytes. */
VIRTIO_SIZE(virtio_crypto_mac_data_flf, 8);

/*
 * Data of a MAC request.
 * No C struct, because its first field has no fixed length. src_data[], data, src_data_len bytes.
 * structs.mac_data_vlf; "Device Operation / MAC Service Operation"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. hash_result[], result, hash_result_len
 * bytes.
 * structs.mac_data_vlf; "Device Operation / MAC Service Operation"
 */

/* Session parameters. structs.mac_data_flf_stateless; "Device Operation / MAC Service Operation" */
struct virtio_crypto_mac_data_flf_stateless_sess_para {
    uint32_t algo;                          /* MAC algorithm; enums.mac. */
    uint32_t auth_key_len;                  /* Length of the key; in bytes. */
};
VIRTIO_SIZE(virtio_crypto_mac_data_flf_stateless_sess_para, 8);

/*
 * MAC request without a session.
 * structs.mac_data_flf_stateless; "Device Operation / MAC Service Operation"
 */
struct virtio_crypto_mac_data_flf_stateless {
    struct virtio_crypto_mac_data_flf_stateless_sess_para sess_para; /* Session parameters. */
    uint32_t src_data_len;                  /* Length of the data; in bytes. */
    uint32_t hash_result_len;               /* Length of the result; in bytes. */
};
VIRTIO_SIZE(virtio_crypto_mac_data_flf_stateless, 16);

/*
 * Data of a MAC request without a session.
 * No C struct, because its first field has no fixed length. auth_key[], key, auth_key_len bytes;
 * src_data[], data, src_data_len bytes.
 * structs.mac_data_vlf_stateless; "Device Operation / MAC Service Operation"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. hash_result[], result, hash_result_len
 * bytes.
 * structs.mac_data_vlf_stateless; "Device Operation / MAC Service Operation"
 */

/* Cipher request. structs.cipher_data_flf; "Device Operation / Symmetric algorithms Operation" */
struct virtio_crypto_cipher_data_flf {
    uint32_t iv_len;                        /* Length of the initialization vector or counter; in bytes. */
    uint32_t src_data_len;                  /* Length of the data; in bytes. */
    uint32_t dst_data_len;                  /* Length of the cipher's result; in bytes. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_crypto_cipher_data_flf, 16);

/*
 * Data of a cipher request.
 * No C struct, because its first field has no fixed length. iv[], initialization vector, counter
 * or tweak, iv_len bytes; src_data[], data, src_data_len bytes.
 * structs.cipher_data_vlf; "Device Operation / Symmetric algorithms Operation"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. dst_data[], result, dst_data_len
 * bytes.
 * structs.cipher_data_vlf; "Device Operation / Symmetric algorithms Operation"
 */

/*
 * Request for a cipher chained with a hash or MAC.
 * structs.alg_chain_data_flf; "Device Operation / Symmetric algorithms Operation"
 */
struct virtio_crypto_alg_chain_data_flf {
    uint32_t iv_len;                        /* Length of the initialization vector or counter; in bytes. */
    uint32_t src_data_len;                  /* Length of the data; in bytes. */
    uint32_t dst_data_len;                  /* Length of the cipher's result; in bytes. */
    uint32_t cipher_start_src_offset;       /* Offset in the source data at which the cipher starts; in bytes. */
    uint32_t len_to_cipher;                 /* Number of bytes to cipher; in bytes. */
    uint32_t hash_start_src_offset;         /* Offset in the source data at which the hash starts; in bytes. */
    uint32_t len_to_hash;                   /* Number of bytes to hash; in bytes. */
    uint32_t aad_len;                       /* Length of the additional authenticated data; in bytes. */
    uint32_t hash_result_len;               /* Length of the hash's result; in bytes. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_crypto_alg_chain_data_flf, 40);

/*
 * Data of a request for a chain.
 * No C struct, because its first field has no fixed length. iv[], initialization vector or
 * counter, iv_len bytes; src_data[], data, src_data_len bytes; aad[], additional authenticated
 * data, aad_len bytes.
 * structs.alg_chain_data_vlf; "Device Operation / Symmetric algorithms Operation"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. dst_data[], the cipher's result,
 * dst_data_len bytes; hash_result[], the hash's result, hash_result_len bytes.
 * structs.alg_chain_data_vlf; "Device Operation / Symmetric algorithms Operation"
 */

/*
 * Request for a cipher or a chain.
 * structs.sym_data_flf; "Device Operation / Symmetric algorithms Operation"
 */
struct virtio_crypto_sym_data_flf {
    uint8_t op_type_flf[40];                /* cipher_data_flf or alg_chain_data_flf, depending on op_type. */
    uint32_t op_type;                       /* Cipher or chain; VIRTIO_CRYPTO_SYM_OP_*. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_crypto_sym_data_flf, 48);

/*
 * Data of a request for a cipher or a chain.
 * No C struct, because its first field has no fixed length. op_type_vlf[], driver-written part of
 * cipher_data_vlf or alg_chain_data_vlf, depending on op_type.
 * structs.sym_data_vlf; "Device Operation / Symmetric algorithms Operation"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. op_type_vlf_in[], device-written part:
 * dst_data, and hash_result of alg_chain_data_vlf.
 * structs.sym_data_vlf; "Device Operation / Symmetric algorithms Operation"
 */

/*
 * Session parameters.
 * structs.cipher_data_flf_stateless; "Device Operation / Symmetric algorithms Operation"
 */
struct virtio_crypto_cipher_data_flf_stateless_sess_para {
    uint32_t algo;                          /* Cipher algorithm; enums.cipher. */
    uint32_t key_len;                       /* Length of the key; in bytes. */
    uint32_t op;                            /* Encrypt or decrypt; VIRTIO_CRYPTO_OP_*. */
};
VIRTIO_SIZE(virtio_crypto_cipher_data_flf_stateless_sess_para, 12);

/*
 * Cipher request without a session.
 * structs.cipher_data_flf_stateless; "Device Operation / Symmetric algorithms Operation"
 */
struct virtio_crypto_cipher_data_flf_stateless {
    struct virtio_crypto_cipher_data_flf_stateless_sess_para sess_para; /* Session parameters. */
    uint32_t iv_len;                        /* Length of the initialization vector or counter; in bytes. */
    uint32_t src_data_len;                  /* Length of the data; in bytes. */
    uint32_t dst_data_len;                  /* Length of the cipher's result; in bytes. */
};
VIRTIO_SIZE(virtio_crypto_cipher_data_flf_stateless, 24);

/*
 * Data of a cipher request without a session.
 * No C struct, because its first field has no fixed length. cipher_key[], key, key_len bytes;
 * iv[], initialization vector or counter, iv_len bytes; src_data[], data, src_data_len bytes.
 * structs.cipher_data_vlf_stateless; "Device Operation / Symmetric algorithms Operation"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. dst_data[], result, dst_data_len
 * bytes.
 * structs.cipher_data_vlf_stateless; "Device Operation / Symmetric algorithms Operation"
 */

/*
 * Cipher parameters.
 * structs.alg_chain_data_flf_stateless; "Device Operation / Symmetric algorithms Operation"
 */
struct virtio_crypto_alg_chain_data_flf_stateless_sess_para_cipher {
    uint32_t algo;                          /* Cipher algorithm; enums.cipher. */
    uint32_t key_len;                       /* Length of the key; in bytes. */
    uint32_t op;                            /* Encrypt or decrypt; VIRTIO_CRYPTO_OP_*. */
};
VIRTIO_SIZE(virtio_crypto_alg_chain_data_flf_stateless_sess_para_cipher, 12);

/*
 * Hash or MAC parameters.
 * structs.alg_chain_data_flf_stateless; "Device Operation / Symmetric algorithms Operation"
 */
struct virtio_crypto_alg_chain_data_flf_stateless_sess_para_hash {
    uint32_t algo;                          /* Hash or MAC algorithm, depending on hash_mode. */
    uint32_t auth_key_len;                  /* Length of the MAC's key; in bytes. */
    uint32_t hash_mode;                     /* Hash or MAC; VIRTIO_CRYPTO_SYM_HASH_MODE_*. */
};
VIRTIO_SIZE(virtio_crypto_alg_chain_data_flf_stateless_sess_para_hash, 12);

/*
 * Session parameters.
 * structs.alg_chain_data_flf_stateless; "Device Operation / Symmetric algorithms Operation"
 */
struct virtio_crypto_alg_chain_data_flf_stateless_sess_para {
    uint32_t alg_chain_order;               /* Which of the two comes first; VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_*. */
    uint32_t aad_len;                       /* Length of the additional authenticated data; in bytes. */
    struct virtio_crypto_alg_chain_data_flf_stateless_sess_para_cipher cipher; /* Cipher parameters. */
    struct virtio_crypto_alg_chain_data_flf_stateless_sess_para_hash hash; /* Hash or MAC parameters. */
};
VIRTIO_SIZE(virtio_crypto_alg_chain_data_flf_stateless_sess_para, 32);

/*
 * Request for a chain without a session.
 * structs.alg_chain_data_flf_stateless; "Device Operation / Symmetric algorithms Operation"
 */
struct virtio_crypto_alg_chain_data_flf_stateless {
    struct virtio_crypto_alg_chain_data_flf_stateless_sess_para sess_para; /* Session parameters. */
    uint32_t iv_len;                        /* Length of the initialization vector or counter; in bytes. */
    uint32_t src_data_len;                  /* Length of the data; in bytes. */
    uint32_t dst_data_len;                  /* Length of the cipher's result; in bytes. */
    uint32_t cipher_start_src_offset;       /* Offset in the source data at which the cipher starts; in bytes. */
    uint32_t len_to_cipher;                 /* Number of bytes to cipher; in bytes. */
    uint32_t hash_start_src_offset;         /* Offset in the source data at which the hash starts; in bytes. */
    uint32_t len_to_hash;                   /* Number of bytes to hash; in bytes. */
    uint32_t aad_len;                       /* Length of the additional authenticated data; in bytes. */
    uint32_t hash_result_len;               /* Length of the hash's result; in bytes. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_crypto_alg_chain_data_flf_stateless, 72);

/*
 * Data of a request for a chain without a session.
 * No C struct, because its first field has no fixed length. cipher_key[], key of the cipher,
 * key_len bytes; auth_key[], key of the MAC, auth_key_len bytes; iv[], initialization vector or
 * counter, iv_len bytes; aad[], additional authenticated data, aad_len bytes; src_data[], data,
 * src_data_len bytes.
 * structs.alg_chain_data_vlf_stateless; "Device Operation / Symmetric algorithms Operation"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. dst_data[], the cipher's result,
 * dst_data_len bytes; hash_result[], the hash's result, hash_result_len bytes.
 * structs.alg_chain_data_vlf_stateless; "Device Operation / Symmetric algorithms Operation"
 */

/*
 * Request for a cipher or a chain without a session.
 * structs.sym_data_flf_stateless; "Device Operation / Symmetric algorithms Operation"
 */
struct virtio_crypto_sym_data_flf_stateless {
    uint8_t op_type_flf[72];                /* cipher_data_flf_stateless or alg_chain_data_flf_stateless, depending
                                               on op_type. */
    uint32_t op_type;                       /* Cipher or chain; VIRTIO_CRYPTO_SYM_OP_*. */
};
VIRTIO_SIZE(virtio_crypto_sym_data_flf_stateless, 76);

/*
 * Data of a request for a cipher or a chain without a session.
 * No C struct, because its first field has no fixed length. op_type_vlf[], driver-written part of
 * cipher_data_vlf_stateless or alg_chain_data_vlf_stateless, depending on op_type.
 * structs.sym_data_vlf_stateless; "Device Operation / Symmetric algorithms Operation"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. op_type_vlf_in[], device-written part:
 * dst_data, and hash_result of alg_chain_data_vlf_stateless.
 * structs.sym_data_vlf_stateless; "Device Operation / Symmetric algorithms Operation"
 */

/* AEAD request. structs.aead_data_flf; "Device Operation / AEAD Service Operation" */
struct virtio_crypto_aead_data_flf {
    uint32_t iv_len;                        /* Length of the IV: 12 or 16 for GCM, 7 to 13 for CCM; in bytes. */
    uint32_t aad_len;                       /* Length of the additional authenticated data; in bytes. */
    uint32_t src_data_len;                  /* Length of the data; in bytes. */
    uint32_t dst_data_len;                  /* Space for the result and the tag; in bytes. */
    uint32_t tag_len;                       /* Length of the authentication tag; in bytes. */
    uint32_t reserved;                      /* Reserved. */
};
/* 24 bytes with REVISION_1. */
/* 48 bytes. */
VIRTIO_SIZE(virtio_crypto_aead_data_flf, 24);

/*
 * Data of an AEAD request.
 * No C struct, because its first field has no fixed length. iv[], initialization vector, iv_len
 * bytes; the field holds 16; src_data[], data, src_data_len bytes; aad[], additional authenticated
 * data, aad_len bytes.
 * structs.aead_data_vlf; "Device Operation / AEAD Service Operation"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. dst_data[], result and tag,
 * dst_data_len bytes.
 * structs.aead_data_vlf; "Device Operation / AEAD Service Operation"
 */

/* Session parameters. structs.aead_data_flf_stateless; "Device Operation / AEAD Service Operation" */
struct virtio_crypto_aead_data_flf_stateless_sess_para {
    uint32_t algo;                          /* AEAD algorithm; enums.aead. */
    uint32_t key_len;                       /* Length of the key; in bytes. */
    uint32_t op;                            /* Encrypt or decrypt; VIRTIO_CRYPTO_OP_*. */
};
VIRTIO_SIZE(virtio_crypto_aead_data_flf_stateless_sess_para, 12);

/*
 * AEAD request without a session.
 * structs.aead_data_flf_stateless; "Device Operation / AEAD Service Operation"
 */
struct virtio_crypto_aead_data_flf_stateless {
    struct virtio_crypto_aead_data_flf_stateless_sess_para sess_para; /* Session parameters. */
    uint32_t iv_len;                        /* Length of the initialization vector; in bytes. */
    uint32_t tag_len;                       /* Length of the authentication tag; in bytes. */
    uint32_t aad_len;                       /* Length of the additional authenticated data; in bytes. */
    uint32_t src_data_len;                  /* Length of the data; in bytes. */
    uint32_t dst_data_len;                  /* Space for the result and the tag; in bytes. */
};
VIRTIO_SIZE(virtio_crypto_aead_data_flf_stateless, 32);

/*
 * Data of an AEAD request without a session.
 * No C struct, because its first field has no fixed length. key[], key, key_len bytes; iv[],
 * initialization vector, iv_len bytes; src_data[], data, src_data_len bytes; aad[], additional
 * authenticated data, aad_len bytes.
 * structs.aead_data_vlf_stateless; "Device Operation / AEAD Service Operation"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. dst_data[], result and tag,
 * dst_data_len bytes.
 * structs.aead_data_vlf_stateless; "Device Operation / AEAD Service Operation"
 */

/*
 * Request for an asymmetric cipher.
 * structs.akcipher_data_flf; "Device Operation / AKCIPHER Service Operation"
 */
struct virtio_crypto_akcipher_data_flf {
    uint32_t src_data_len;                  /* Length of the data; for VERIFY, of the signature; in bytes. */
    uint32_t dst_data_len;                  /* Space for the result; for VERIFY, the length of the signed data; in
                                               bytes. */
};
/* 8 bytes with REVISION_1. */
/* 48 bytes. */
VIRTIO_SIZE(virtio_crypto_akcipher_data_flf, 8);

/*
 * Data of a request for an asymmetric cipher.
 * No C struct, because its first field has no fixed length. src_data[], data; for VERIFY, the
 * signature followed by the signed data.
 * structs.akcipher_data_vlf; "Device Operation / AKCIPHER Service Operation"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. dst_data[], result; none for VERIFY.
 * structs.akcipher_data_vlf; "Device Operation / AKCIPHER Service Operation"
 */

/*
 * Session parameters.
 * structs.akcipher_data_flf_stateless; "Device Operation / AKCIPHER Service Operation"
 */
struct virtio_crypto_akcipher_data_flf_stateless_sess_para {
    uint32_t algo;                          /* Asymmetric cipher algorithm; enums.akcipher. */
    uint32_t key_type;                      /* Public or private key; VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_*. */
    uint32_t key_len;                       /* Length of the key; in bytes. */
    union {                                 /* Algorithm-specific parameters. */
        struct virtio_crypto_rsa_session_para rsa; /* RSA parameters; for AKCIPHER_RSA. */
        struct virtio_crypto_ecdsa_session_para ecdsa; /* ECDSA parameters; for AKCIPHER_ECDSA. */
    } u;
};
VIRTIO_SIZE(virtio_crypto_akcipher_data_flf_stateless_sess_para, 20);

/*
 * Request for an asymmetric cipher without a session.
 * structs.akcipher_data_flf_stateless; "Device Operation / AKCIPHER Service Operation"
 */
struct virtio_crypto_akcipher_data_flf_stateless {
    struct virtio_crypto_akcipher_data_flf_stateless_sess_para sess_para; /* Session parameters. */
    uint32_t src_data_len;                  /* Length of the data; for VERIFY, of the signature; in bytes. */
    uint32_t dst_data_len;                  /* Space for the result; for VERIFY, the length of the signed data; in
                                               bytes. */
};
VIRTIO_SIZE(virtio_crypto_akcipher_data_flf_stateless, 28);

/*
 * Data of a request for an asymmetric cipher without a session.
 * No C struct, because its first field has no fixed length. akcipher_key[], key, key_len bytes;
 * src_data[], data; for VERIFY, the signature followed by the signed data.
 * structs.akcipher_data_vlf_stateless; "Device Operation / AKCIPHER Service Operation"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. dst_data[], result; none for VERIFY.
 * structs.akcipher_data_vlf_stateless; "Device Operation / AKCIPHER Service Operation"
 */

/*
 * Limits on the number of security associations.
 * structs.ipsec_resource_cap; "Device Operation / IPSEC Service Operation / Device and driver
 * capabilities / VIRTIO_CRYPTO_IPSEC_RESOURCE_CAP"
 */
struct virtio_crypto_ipsec_resource_cap {
    uint32_t inb_sa_limit;                  /* Maximum number of inbound security associations. */
    uint32_t outb_sa_limit;                 /* Maximum number of outbound security associations. */
};
VIRTIO_SIZE(virtio_crypto_ipsec_resource_cap, 8);

/*
 * Capabilities of one IPsec mode.
 * structs.ipsec_mode_cap; "Device Operation / IPSEC Service Operation / Device and driver
 * capabilities / VIRTIO_CRYPTO_IPSEC_SA_CAP"
 */
#pragma pack(push, 1)
struct virtio_crypto_ipsec_mode_cap {
    uint8_t mode;                           /* IPsec mode; VIRTIO_CRYPTO_IPSEC_MODE_*. */
    uint8_t reserved[3];                    /* Reserved. */
    uint32_t max_replay_win_sz;             /* Maximum size of the inbound anti-replay window. */
    uint32_t options;                       /* Supported options; 1 << each of VIRTIO_CRYPTO_IPSEC_*. */
    uint32_t reserved1;                     /* Reserved. */
    uint64_t cipher_algo;                   /* Supported ciphers; 1 << each of enums.cipher. */
    uint64_t hmac_algo;                     /* Supported MACs; 1 << each of enums.mac. */
    uint32_t aead_algo;                     /* Supported AEAD algorithms; 1 << each of enums.aead. */
    uint32_t max_cipher_key_len;            /* Maximum cipher key length; in bytes. */
    uint32_t max_auth_key_len;              /* Maximum MAC key length; in bytes. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_crypto_ipsec_mode_cap, 44);

/*
 * IPsec capabilities.
 * structs.ipsec_sa_cap_data; "Device Operation / IPSEC Service Operation / Device and driver
 * capabilities / VIRTIO_CRYPTO_IPSEC_SA_CAP"
 */
struct virtio_crypto_ipsec_sa_cap_data {
    uint8_t count;                          /* Number of modes that follow. */
    uint8_t reserved[7];                    /* Reserved. */
    struct virtio_crypto_ipsec_mode_cap cap_mode[]; /* Supported modes; number of elements: count. */
};
VIRTIO_SIZE(virtio_crypto_ipsec_sa_cap_data, 8);

/*
 * An IPv4 address.
 * structs.in_addr; "Device Operation / IPSEC Service Operation / Resource objects /
 * VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA"
 */
struct virtio_crypto_in_addr {
    uint32_t s_addr;                        /* IPv4 address. */
};
VIRTIO_SIZE(virtio_crypto_in_addr, 4);

/*
 * An IPv6 address.
 * structs.in6_addr; "Device Operation / IPSEC Service Operation / Resource objects /
 * VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA"
 */
struct virtio_crypto_in6_addr {
    uint8_t s6_u8[16];                      /* IPv6 address. */
};
VIRTIO_SIZE(virtio_crypto_in6_addr, 16);

/*
 * Parameters of an IPv4 header.
 * structs.ipsec_tunnel_param; "Device Operation / IPSEC Service Operation / Resource objects /
 * VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA"
 */
struct virtio_crypto_ipsec_tunnel_param_ipv4 {
    struct virtio_crypto_in_addr src_ip;    /* Source IPv4 address. */
    struct virtio_crypto_in_addr dst_ip;    /* Destination IPv4 address. */
    uint8_t dscp;                           /* Differentiated services code point. */
    uint8_t df;                             /* Don't Fragment bit. */
    uint8_t ttl;                            /* Time to live. */
    uint8_t reserved1;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_crypto_ipsec_tunnel_param_ipv4, 12);

/*
 * Parameters of an IPv6 header.
 * structs.ipsec_tunnel_param; "Device Operation / IPSEC Service Operation / Resource objects /
 * VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA"
 */
struct virtio_crypto_ipsec_tunnel_param_ipv6 {
    struct virtio_crypto_in6_addr src_addr; /* Source IPv6 address. */
    struct virtio_crypto_in6_addr dst_addr; /* Destination IPv6 address. */
    uint32_t flabel;                        /* Flow label. */
    uint8_t hlimit;                         /* Hop limit. */
    uint8_t dscp;                           /* Differentiated services code point. */
    uint8_t reserved2[2];                   /* Reserved. */
};
VIRTIO_SIZE(virtio_crypto_ipsec_tunnel_param_ipv6, 40);

/*
 * Outer header in tunnel mode.
 * structs.ipsec_tunnel_param; "Device Operation / IPSEC Service Operation / Resource objects /
 * VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA"
 */
struct virtio_crypto_ipsec_tunnel_param {
    uint8_t type;                           /* IPv4 or IPv6; the specification defines no values. */
    uint8_t reserved[3];                    /* Reserved. */
    union {                                 /* Outer header. */
        struct virtio_crypto_ipsec_tunnel_param_ipv4 ipv4; /* Parameters of an IPv4 header. */
        struct virtio_crypto_ipsec_tunnel_param_ipv6 ipv6; /* Parameters of an IPv6 header. */
    };
};
VIRTIO_SIZE(virtio_crypto_ipsec_tunnel_param, 44);

/*
 * Lifetime of a security association.
 * structs.ipsec_lifetime; "Device Operation / IPSEC Service Operation / Resource objects /
 * VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA"
 */
#pragma pack(push, 1)
struct virtio_crypto_ipsec_lifetime {
    uint64_t packets_soft_limit;            /* Number of packets after which requests return a warning; in packets. */
    uint64_t bytes_soft_limit;              /* Number of bytes after which requests return a warning; in bytes. */
    uint64_t packets_hard_limit;            /* Number of packets after which requests fail; in packets. */
    uint64_t bytes_hard_limit;              /* Number of bytes after which requests fail; in bytes. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_crypto_ipsec_lifetime, 32);

/*
 * Key of the cipher.
 * structs.resource_obj_ipsec_sa_256b_key; "Device Operation / IPSEC Service Operation / Resource
 * objects / VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA"
 */
#pragma pack(push, 1)
struct virtio_crypto_resource_obj_ipsec_sa_256b_key_cipher_key {
    uint16_t length;                        /* Length of the cipher's key; in bytes. */
    uint16_t reserved1;                     /* Reserved. */
    uint8_t data[32];                       /* The key. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_crypto_resource_obj_ipsec_sa_256b_key_cipher_key, 36);

/*
 * Key of the MAC.
 * structs.resource_obj_ipsec_sa_256b_key; "Device Operation / IPSEC Service Operation / Resource
 * objects / VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA"
 */
#pragma pack(push, 1)
struct virtio_crypto_resource_obj_ipsec_sa_256b_key_auth_key {
    uint16_t length;                        /* Length of the MAC's key; in bytes. */
    uint16_t reserved2;                     /* Reserved. */
    uint8_t data[32];                       /* The key. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_crypto_resource_obj_ipsec_sa_256b_key_auth_key, 36);

/*
 * A security association with keys of up to 256 bits.
 * structs.resource_obj_ipsec_sa_256b_key; "Device Operation / IPSEC Service Operation / Resource
 * objects / VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA"
 */
#pragma pack(push, 1)
struct virtio_crypto_resource_obj_ipsec_sa_256b_key {
    uint8_t mode;                           /* Mode; VIRTIO_CRYPTO_IPSEC_MODE_*. */
    uint8_t direction;                      /* Outbound or inbound; VIRTIO_CRYPTO_IPSEC_DIR_*. */
    uint8_t reserved[2];                    /* Reserved. */
    uint32_t obj_id;                        /* Driver-defined object id. */
    uint32_t spi;                           /* Security parameter index. */
    uint32_t salt;                          /* Salt of the cipher. */
    uint64_t options;                       /* Options; 1 << each of VIRTIO_CRYPTO_IPSEC_*. */
    struct virtio_crypto_ipsec_tunnel_param param; /* Outer header in tunnel mode, outbound only. */
    uint16_t udp_sport;                     /* Source port of ESP in UDP. */
    uint16_t udp_dport;                     /* Destination port of ESP in UDP. */
    uint32_t replay_win_sz;                 /* Size of the anti-replay window; 0 disables the check. */
    uint64_t cipher_algo;                   /* Cipher algorithm; enums.cipher. */
    struct virtio_crypto_resource_obj_ipsec_sa_256b_key_cipher_key cipher_key; /* Key of the cipher. */
    uint64_t auth_algo;                     /* MAC algorithm; enums.mac. */
    struct virtio_crypto_resource_obj_ipsec_sa_256b_key_auth_key auth_key; /* Key of the MAC. */
    struct virtio_crypto_ipsec_lifetime life; /* Lifetime. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_crypto_resource_obj_ipsec_sa_256b_key, 196);

/*
 * IPsec request.
 * structs.ipsec_data_flf; "Device Operation / IPSEC Service Operation / Data processing"
 */
struct virtio_crypto_ipsec_data_flf {
    uint32_t src_data_len;                  /* Length of the packet; in bytes. */
    uint32_t dst_data_len;                  /* Space for the resulting packet; in bytes. */
};
VIRTIO_SIZE(virtio_crypto_ipsec_data_flf, 8);

/*
 * Packets of an IPsec request.
 * No C struct, because its first field has no fixed length. src_data[], packet, src_data_len
 * bytes.
 * structs.ipsec_data_vlf; "Device Operation / IPSEC Service Operation / Data processing"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. dst_data[], resulting packet,
 * dst_data_len bytes.
 * structs.ipsec_data_vlf; "Device Operation / IPSEC Service Operation / Data processing"
 */

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_crypto_config {
    uint32_t status;                        /* Device status; VIRTIO_CRYPTO_S_HW_READY. */
    uint32_t max_dataqueues;                /* Maximum number of data queues; 1 to 65535. */
    uint32_t crypto_services;               /* Supported services; 1 << each of VIRTIO_CRYPTO_SERVICE_*. */
    uint32_t cipher_algo_l;                 /* Supported ciphers 0 to 31, one bit each; 1 << each of enums.cipher. */
    uint32_t cipher_algo_h;                 /* Supported ciphers 32 to 63, one bit each. */
    uint32_t hash_algo;                     /* Supported hashes; 1 << each of enums.hash. */
    uint32_t mac_algo_l;                    /* Supported MACs 0 to 31, one bit each. */
    uint32_t mac_algo_h;                    /* Supported MACs 32 to 63, one bit each. */
    uint32_t aead_algo;                     /* Supported AEAD algorithms; 1 << each of enums.aead. */
    uint32_t max_cipher_key_len;            /* Maximum cipher key length; in bytes. */
    uint32_t max_auth_key_len;              /* Maximum MAC key length; in bytes. */
    uint32_t akcipher_algo;                 /* Supported asymmetric ciphers; 1 << each of enums.akcipher. */
    uint64_t max_size;                      /* Maximum size of the variable-length part of a data request; in bytes. */
};
VIRTIO_SIZE(virtio_crypto_config, 56);

#undef VIRTIO_SIZE
#endif
