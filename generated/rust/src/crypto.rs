// SPDX-License-Identifier: MIT
// Generated from spec/device/crypto.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Crypto Device.

#[allow(unused_imports)]
use crate::numbers::*;

/// Ciphers, hashes, MACs, AEAD, asymmetric ciphers and IPsec.
pub const VIRTIO_ID_CRYPTO: u32 = 20;

/// First value after the status values.
pub const VIRTIO_CRYPTO_MAX: u32 = 8;
/// Padded size of a control request's fixed part without REVISION_1; in bytes.
pub const VIRTIO_CRYPTO_CTRLQ_OP_SPEC_HDR_LEGACY: u32 = 56;
/// Space for the hash or MAC part of a chain session; in bytes.
pub const VIRTIO_CRYPTO_ALG_CHAIN_SESS_OP_SPEC_HDR_SIZE: u32 = 16;
/// Space for the cipher or chain part of a symmetric session; in bytes.
pub const VIRTIO_CRYPTO_SYM_SESS_OP_SPEC_HDR_SIZE: u32 = 48;
/// Space for the algorithm-specific part of an asymmetric session; in bytes.
pub const VIRTIO_CRYPTO_AKCIPHER_SESS_ALGO_SPEC_HDR_SIZE: u32 = 44;
/// Padded size of a data request's fixed part without REVISION_1; in bytes.
pub const VIRTIO_CRYPTO_DATAQ_OP_SPEC_HDR_LEGACY: u32 = 48;
/// Space for the cipher or chain part of a symmetric data request; in bytes.
pub const VIRTIO_CRYPTO_SYM_DATA_REQ_HDR_SIZE: u32 = 40;
/// Space for the cipher or chain part of a stateless symmetric request; DATE as in the
/// specification; in bytes.
pub const VIRTIO_CRYPTO_SYM_DATE_REQ_HDR_STATELESS_SIZE: u32 = 72;

// features; "Feature bits"

/// Requests have no padding; stateless mode is possible.
pub const VIRTIO_CRYPTO_F_REVISION_1: u32 = 0;
/// CIPHER requests without a session.
pub const VIRTIO_CRYPTO_F_CIPHER_STATELESS_MODE: u32 = 1;
/// HASH requests without a session.
pub const VIRTIO_CRYPTO_F_HASH_STATELESS_MODE: u32 = 2;
/// MAC requests without a session.
pub const VIRTIO_CRYPTO_F_MAC_STATELESS_MODE: u32 = 3;
/// AEAD requests without a session.
pub const VIRTIO_CRYPTO_F_AEAD_STATELESS_MODE: u32 = 4;
/// AKCIPHER requests without a session.
pub const VIRTIO_CRYPTO_F_AKCIPHER_STATELESS_MODE: u32 = 5;

// enums.service; "Supported crypto services"

/// Symmetric ciphers.
pub const VIRTIO_CRYPTO_SERVICE_CIPHER: u32 = 0;
/// Hashes.
pub const VIRTIO_CRYPTO_SERVICE_HASH: u32 = 1;
/// Message authentication codes.
pub const VIRTIO_CRYPTO_SERVICE_MAC: u32 = 2;
/// Authenticated encryption.
pub const VIRTIO_CRYPTO_SERVICE_AEAD: u32 = 3;
/// Asymmetric ciphers.
pub const VIRTIO_CRYPTO_SERVICE_AKCIPHER: u32 = 4;
/// IPsec packets.
pub const VIRTIO_CRYPTO_SERVICE_IPSEC: u32 = 5;

// enums.cipher; "Supported crypto services / CIPHER services"

/// No cipher.
pub const VIRTIO_CRYPTO_NO_CIPHER: u32 = 0;
/// ARC4.
pub const VIRTIO_CRYPTO_CIPHER_ARC4: u32 = 1;
/// AES in ECB mode.
pub const VIRTIO_CRYPTO_CIPHER_AES_ECB: u32 = 2;
/// AES in CBC mode.
pub const VIRTIO_CRYPTO_CIPHER_AES_CBC: u32 = 3;
/// AES in CTR mode.
pub const VIRTIO_CRYPTO_CIPHER_AES_CTR: u32 = 4;
/// DES in ECB mode.
pub const VIRTIO_CRYPTO_CIPHER_DES_ECB: u32 = 5;
/// DES in CBC mode.
pub const VIRTIO_CRYPTO_CIPHER_DES_CBC: u32 = 6;
/// Triple DES in ECB mode.
pub const VIRTIO_CRYPTO_CIPHER_3DES_ECB: u32 = 7;
/// Triple DES in CBC mode.
pub const VIRTIO_CRYPTO_CIPHER_3DES_CBC: u32 = 8;
/// Triple DES in CTR mode.
pub const VIRTIO_CRYPTO_CIPHER_3DES_CTR: u32 = 9;
/// Kasumi in F8 mode.
pub const VIRTIO_CRYPTO_CIPHER_KASUMI_F8: u32 = 10;
/// SNOW 3G in UEA2 mode.
pub const VIRTIO_CRYPTO_CIPHER_SNOW3G_UEA2: u32 = 11;
/// AES in F8 mode.
pub const VIRTIO_CRYPTO_CIPHER_AES_F8: u32 = 12;
/// AES in XTS mode.
pub const VIRTIO_CRYPTO_CIPHER_AES_XTS: u32 = 13;
/// ZUC in EEA3 mode.
pub const VIRTIO_CRYPTO_CIPHER_ZUC_EEA3: u32 = 14;

// enums.hash; "Supported crypto services / HASH services"

/// No hash.
pub const VIRTIO_CRYPTO_NO_HASH: u32 = 0;
/// MD5.
pub const VIRTIO_CRYPTO_HASH_MD5: u32 = 1;
/// SHA-1.
pub const VIRTIO_CRYPTO_HASH_SHA1: u32 = 2;
/// SHA-224.
pub const VIRTIO_CRYPTO_HASH_SHA_224: u32 = 3;
/// SHA-256.
pub const VIRTIO_CRYPTO_HASH_SHA_256: u32 = 4;
/// SHA-384.
pub const VIRTIO_CRYPTO_HASH_SHA_384: u32 = 5;
/// SHA-512.
pub const VIRTIO_CRYPTO_HASH_SHA_512: u32 = 6;
/// SHA3-224.
pub const VIRTIO_CRYPTO_HASH_SHA3_224: u32 = 7;
/// SHA3-256.
pub const VIRTIO_CRYPTO_HASH_SHA3_256: u32 = 8;
/// SHA3-384.
pub const VIRTIO_CRYPTO_HASH_SHA3_384: u32 = 9;
/// SHA3-512.
pub const VIRTIO_CRYPTO_HASH_SHA3_512: u32 = 10;
/// SHAKE128.
pub const VIRTIO_CRYPTO_HASH_SHA3_SHAKE128: u32 = 11;
/// SHAKE256.
pub const VIRTIO_CRYPTO_HASH_SHA3_SHAKE256: u32 = 12;

// enums.mac; "Supported crypto services / MAC services"

/// No MAC.
pub const VIRTIO_CRYPTO_NO_MAC: u32 = 0;
/// HMAC with MD5.
pub const VIRTIO_CRYPTO_MAC_HMAC_MD5: u32 = 1;
/// HMAC with SHA-1.
pub const VIRTIO_CRYPTO_MAC_HMAC_SHA1: u32 = 2;
/// HMAC with SHA-224.
pub const VIRTIO_CRYPTO_MAC_HMAC_SHA_224: u32 = 3;
/// HMAC with SHA-256.
pub const VIRTIO_CRYPTO_MAC_HMAC_SHA_256: u32 = 4;
/// HMAC with SHA-384.
pub const VIRTIO_CRYPTO_MAC_HMAC_SHA_384: u32 = 5;
/// HMAC with SHA-512.
pub const VIRTIO_CRYPTO_MAC_HMAC_SHA_512: u32 = 6;
/// CMAC with triple DES.
pub const VIRTIO_CRYPTO_MAC_CMAC_3DES: u32 = 25;
/// CMAC with AES.
pub const VIRTIO_CRYPTO_MAC_CMAC_AES: u32 = 26;
/// Kasumi in F9 mode.
pub const VIRTIO_CRYPTO_MAC_KASUMI_F9: u32 = 27;
/// SNOW 3G in UIA2 mode.
pub const VIRTIO_CRYPTO_MAC_SNOW3G_UIA2: u32 = 28;
/// GMAC with AES.
pub const VIRTIO_CRYPTO_MAC_GMAC_AES: u32 = 41;
/// GMAC with Twofish.
pub const VIRTIO_CRYPTO_MAC_GMAC_TWOFISH: u32 = 42;
/// CBC-MAC with AES.
pub const VIRTIO_CRYPTO_MAC_CBCMAC_AES: u32 = 49;
/// CBC-MAC with Kasumi.
pub const VIRTIO_CRYPTO_MAC_CBCMAC_KASUMI_F9: u32 = 50;
/// XCBC with AES.
pub const VIRTIO_CRYPTO_MAC_XCBC_AES: u32 = 53;
/// ZUC in EIA3 mode.
pub const VIRTIO_CRYPTO_MAC_ZUC_EIA3: u32 = 54;

// enums.aead; "Supported crypto services / AEAD services"

/// No AEAD algorithm.
pub const VIRTIO_CRYPTO_NO_AEAD: u32 = 0;
/// GCM.
pub const VIRTIO_CRYPTO_AEAD_GCM: u32 = 1;
/// CCM.
pub const VIRTIO_CRYPTO_AEAD_CCM: u32 = 2;
/// ChaCha20 with Poly1305.
pub const VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305: u32 = 3;

// enums.akcipher; "Supported crypto services / AKCIPHER services"

/// No asymmetric cipher.
pub const VIRTIO_CRYPTO_NO_AKCIPHER: u32 = 0;
/// RSA.
pub const VIRTIO_CRYPTO_AKCIPHER_RSA: u32 = 1;
/// ECDSA. Quirk crypto.ecdsa-is-3 (Linux 6.1): Linux's headers define ECDSA as 3 and DSA as 2. A
/// device that Linux is to use takes 3 for ECDSA too.
pub const VIRTIO_CRYPTO_AKCIPHER_ECDSA: u32 = 2;

// enums.capability; "Device and driver capabilities"

/// IPsec resource limits (ipsec_resource_cap).
pub const VIRTIO_CRYPTO_IPSEC_RESOURCE_CAP: u32 = 0x800;
/// IPsec capabilities (ipsec_sa_cap_data).
pub const VIRTIO_CRYPTO_IPSEC_SA_CAP: u32 = 0x801;

// enums.resource-object; "Device resource objects"

/// Outbound security association (resource_obj_ipsec_sa_256b_key).
pub const VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA: u32 = 0x200;
/// Inbound security association (resource_obj_ipsec_sa_256b_key).
pub const VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_INBOUND_SA: u32 = 0x201;

// enums.status; "Device Operation / Operation Status"

/// The request succeeded.
pub const VIRTIO_CRYPTO_OK: u32 = 0;
/// Any failure without a specific status.
pub const VIRTIO_CRYPTO_ERR: u32 = 1;
/// Authentication of the data failed.
pub const VIRTIO_CRYPTO_BADMSG: u32 = 2;
/// The device does not support the operation or the algorithm.
pub const VIRTIO_CRYPTO_NOTSUPP: u32 = 3;
/// The session does not exist.
pub const VIRTIO_CRYPTO_INVSESS: u32 = 4;
/// The device has no space for another session; with REVISION_1.
pub const VIRTIO_CRYPTO_NOSPC: u32 = 5;
/// The signature does not match.
pub const VIRTIO_CRYPTO_KEY_REJECTED: u32 = 6;
/// The request succeeded; the security association is close to expiry.
pub const VIRTIO_CRYPTO_IPSEC_SA_SOFT_EXPIRY: u32 = 7;

// enums.op; "Device Operation / Control Virtqueue / Session operation / Session operation:
// Symmetric algorithms session"

/// Encrypt.
pub const VIRTIO_CRYPTO_OP_ENCRYPT: u32 = 1;
/// Decrypt.
pub const VIRTIO_CRYPTO_OP_DECRYPT: u32 = 2;

// enums.alg-chain-order; "Device Operation / Control Virtqueue / Session operation / Session
// operation: Symmetric algorithms session"

/// Hash or MAC first.
pub const VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER: u32 = 1;
/// Cipher first.
pub const VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH: u32 = 2;

// enums.hash-mode; "Device Operation / Control Virtqueue / Session operation / Session operation:
// Symmetric algorithms session"

/// Hash without a key.
pub const VIRTIO_CRYPTO_SYM_HASH_MODE_PLAIN: u32 = 1;
/// MAC.
pub const VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH: u32 = 2;
/// Hash of a hash.
pub const VIRTIO_CRYPTO_SYM_HASH_MODE_NESTED: u32 = 3;

// enums.sym-op; "Device Operation / Control Virtqueue / Session operation / Session operation:
// Symmetric algorithms session"

/// No operation.
pub const VIRTIO_CRYPTO_SYM_OP_NONE: u32 = 0;
/// A cipher alone.
pub const VIRTIO_CRYPTO_SYM_OP_CIPHER: u32 = 1;
/// A cipher and a hash or MAC.
pub const VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING: u32 = 2;

// enums.rsa-padding; "Device Operation / Control Virtqueue / Session operation / Session operation:
// AKCIPHER session"

/// Leading zeroes; not valid for signatures.
pub const VIRTIO_CRYPTO_RSA_RAW_PADDING: u32 = 0;
/// PKCS #1 v1.5.
pub const VIRTIO_CRYPTO_RSA_PKCS1_PADDING: u32 = 1;

// enums.rsa-hash; "Device Operation / Control Virtqueue / Session operation / Session operation:
// AKCIPHER session"

/// No hash.
pub const VIRTIO_CRYPTO_RSA_NO_HASH: u32 = 0;
/// MD2.
pub const VIRTIO_CRYPTO_RSA_MD2: u32 = 1;
/// MD3.
pub const VIRTIO_CRYPTO_RSA_MD3: u32 = 2;
/// MD4.
pub const VIRTIO_CRYPTO_RSA_MD4: u32 = 3;
/// MD5.
pub const VIRTIO_CRYPTO_RSA_MD5: u32 = 4;
/// SHA-1.
pub const VIRTIO_CRYPTO_RSA_SHA1: u32 = 5;
/// SHA-256.
pub const VIRTIO_CRYPTO_RSA_SHA256: u32 = 6;
/// SHA-384.
pub const VIRTIO_CRYPTO_RSA_SHA384: u32 = 7;
/// SHA-512.
pub const VIRTIO_CRYPTO_RSA_SHA512: u32 = 8;
/// SHA-224.
pub const VIRTIO_CRYPTO_RSA_SHA224: u32 = 9;

// enums.curve; "Device Operation / Control Virtqueue / Session operation / Session operation:
// AKCIPHER session"

/// Unknown curve.
pub const VIRTIO_CRYPTO_CURVE_UNKNOWN: u32 = 0;
/// NIST P-192.
pub const VIRTIO_CRYPTO_CURVE_NIST_P192: u32 = 1;
/// NIST P-224.
pub const VIRTIO_CRYPTO_CURVE_NIST_P224: u32 = 2;
/// NIST P-256.
pub const VIRTIO_CRYPTO_CURVE_NIST_P256: u32 = 3;
/// NIST P-384.
pub const VIRTIO_CRYPTO_CURVE_NIST_P384: u32 = 4;
/// NIST P-521.
pub const VIRTIO_CRYPTO_CURVE_NIST_P521: u32 = 5;

// enums.key-type; "Device Operation / Control Virtqueue / Session operation / Session operation:
// AKCIPHER session"

/// Public key.
pub const VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC: u32 = 1;
/// Private key.
pub const VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE: u32 = 2;

// enums.ipsec-mode; "Device Operation / IPSEC Service Operation / Device and driver capabilities /
// VIRTIO_CRYPTO_IPSEC_SA_CAP"

/// ESP in tunnel mode.
pub const VIRTIO_CRYPTO_IPSEC_MODE_ESP_TUNNEL: u32 = 0x1;
/// ESP in transport mode.
pub const VIRTIO_CRYPTO_IPSEC_MODE_ESP_TRANSPORT: u32 = 0x2;
/// AH in tunnel mode.
pub const VIRTIO_CRYPTO_IPSEC_MODE_AH_TUNNEL: u32 = 0x3;
/// AH in transport mode.
pub const VIRTIO_CRYPTO_IPSEC_MODE_AH_TRANSPORT: u32 = 0x4;

// enums.ipsec-option; "Device Operation / IPSEC Service Operation / Device and driver capabilities
// / VIRTIO_CRYPTO_IPSEC_SA_CAP"

/// Extended sequence numbers.
pub const VIRTIO_CRYPTO_IPSEC_ESN: u32 = 0;
/// ESP in UDP.
pub const VIRTIO_CRYPTO_IPSEC_UDP_ENCAP: u32 = 1;
/// Copy the DSCP to the outer header.
pub const VIRTIO_CRYPTO_IPSEC_COPY_DSCP: u32 = 2;
/// The TTL is decremented.
pub const VIRTIO_CRYPTO_IPSEC_DEC_TTL: u32 = 3;
/// Copy the Don't Fragment bit to the outer header.
pub const VIRTIO_CRYPTO_IPSEC_COPY_DF: u32 = 4;
/// Copy the congestion notification to the outer header.
pub const VIRTIO_CRYPTO_IPSEC_ECN: u32 = 5;
/// Security associations expire.
pub const VIRTIO_CRYPTO_IPSEC_SA_LIFETIME: u32 = 6;

// enums.ipsec-direction; "Device Operation / IPSEC Service Operation / Resource objects /
// VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA"

/// Outbound.
pub const VIRTIO_CRYPTO_IPSEC_DIR_OUTBOUND: u32 = 0x1;
/// Inbound.
pub const VIRTIO_CRYPTO_IPSEC_DIR_INBOUND: u32 = 0x2;

// flags.config-status; "Device configuration layout"

/// The device accepts requests.
pub const VIRTIO_CRYPTO_S_HW_READY: u32 = 0x1;

// flags.op-flags; "Device Operation / Data Virtqueue"

/// session_id selects a session; if clear, the request carries its parameters.
pub const VIRTIO_CRYPTO_FLAG_SESSION_MODE: u32 = 0x1;

// messages.ctrl-opcode; "Device Operation / Control Virtqueue"

/// Create a session for a cipher or a chain.
pub const VIRTIO_CRYPTO_CIPHER_CREATE_SESSION: u32 = 0x2;
/// Destroy a cipher or chain session.
pub const VIRTIO_CRYPTO_CIPHER_DESTROY_SESSION: u32 = 0x3;
/// Create a session for a hash.
pub const VIRTIO_CRYPTO_HASH_CREATE_SESSION: u32 = 0x102;
/// Destroy a hash session.
pub const VIRTIO_CRYPTO_HASH_DESTROY_SESSION: u32 = 0x103;
/// Create a session for a MAC.
pub const VIRTIO_CRYPTO_MAC_CREATE_SESSION: u32 = 0x202;
/// Destroy a MAC session.
pub const VIRTIO_CRYPTO_MAC_DESTROY_SESSION: u32 = 0x203;
/// Create a session for AEAD.
pub const VIRTIO_CRYPTO_AEAD_CREATE_SESSION: u32 = 0x302;
/// Destroy an AEAD session.
pub const VIRTIO_CRYPTO_AEAD_DESTROY_SESSION: u32 = 0x303;
/// Create a session for an asymmetric cipher.
pub const VIRTIO_CRYPTO_AKCIPHER_CREATE_SESSION: u32 = 0x404;
/// Destroy a session for an asymmetric cipher.
pub const VIRTIO_CRYPTO_AKCIPHER_DESTROY_SESSION: u32 = 0x405;

// messages.data-opcode; "Device Operation / Data Virtqueue"

/// Encrypt with a cipher or a chain.
pub const VIRTIO_CRYPTO_CIPHER_ENCRYPT: u32 = 0x0;
/// Decrypt with a cipher or a chain.
pub const VIRTIO_CRYPTO_CIPHER_DECRYPT: u32 = 0x1;
/// Compute a hash.
pub const VIRTIO_CRYPTO_HASH: u32 = 0x100;
/// Compute a MAC.
pub const VIRTIO_CRYPTO_MAC: u32 = 0x200;
/// Encrypt; an authentication tag follows the result.
pub const VIRTIO_CRYPTO_AEAD_ENCRYPT: u32 = 0x300;
/// Decrypt and verify the tag.
pub const VIRTIO_CRYPTO_AEAD_DECRYPT: u32 = 0x301;
/// Encrypt with an asymmetric cipher.
pub const VIRTIO_CRYPTO_AKCIPHER_ENCRYPT: u32 = 0x400;
/// Decrypt with an asymmetric cipher.
pub const VIRTIO_CRYPTO_AKCIPHER_DECRYPT: u32 = 0x401;
/// Sign.
pub const VIRTIO_CRYPTO_AKCIPHER_SIGN: u32 = 0x402;
/// Verify a signature.
pub const VIRTIO_CRYPTO_AKCIPHER_VERIFY: u32 = 0x403;
/// Encapsulate an IP packet for IPsec.
pub const VIRTIO_CRYPTO_IPSEC_OUTBOUND: u32 = 0x500;
/// Decapsulate an IPsec packet.
pub const VIRTIO_CRYPTO_IPSEC_INBOUND: u32 = 0x501;

// queues; "Crypto Device"

/// Data operations.
pub const VIRTIO_CRYPTO_QUEUE_DATAQ: u32 = 0;

/// Header of a control request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_ctrl_header {
    /// Operation code; messages.ctrl-opcode.
    pub opcode: Le32,
    /// Algorithm of the service.
    pub algo: Le32,
    /// No flags are defined.
    pub flag: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_crypto_ctrl_header, 16, opcode 0, algo 4, flag 8, reserved 12);

/// A control request.
/// At 16 + 1 · op_flf: uint8_t op_vlf\[\]. Variable-length part: the operation's _vlf structure, if
/// it has one.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_op_ctrl_req {
    /// Header: operation code and algorithm.
    pub header: virtio_crypto_ctrl_header,
    /// Fixed-length part: the operation's _flf structure.
    pub op_flf: [u8; 0],
}
layout!(virtio_crypto_op_ctrl_req, 16, header 0);

/// Result of session creation.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_create_session_input {
    /// Session id, valid on success.
    pub session_id: Le64,
    /// Whether the session was created; enums.status.
    pub status: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_crypto_create_session_input, 16, session_id 0, status 8, padding 12);

/// Session to destroy.
/// 8 bytes with REVISION_1.
/// 56 bytes.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_destroy_session_flf {
    /// Session id.
    pub session_id: Le64,
}
layout!(virtio_crypto_destroy_session_flf, 8, session_id 0);

/// Result of session destruction.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_destroy_session_input {
    /// Whether the session was destroyed; enums.status.
    pub status: u8,
}
layout!(virtio_crypto_destroy_session_input, 1, status 0);

/// Session for a hash.
/// 8 bytes with REVISION_1.
/// 56 bytes.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_hash_create_session_flf {
    /// Hash algorithm; enums.hash.
    pub algo: Le32,
    /// Length of the result; in bytes.
    pub hash_result_len: Le32,
}
layout!(virtio_crypto_hash_create_session_flf, 8, algo 0, hash_result_len 4);

/// Session for a MAC.
/// 16 bytes with REVISION_1.
/// 56 bytes.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_mac_create_session_flf {
    /// MAC algorithm; enums.mac.
    pub algo: Le32,
    /// Length of the result; in bytes.
    pub hash_result_len: Le32,
    /// Length of the key; in bytes.
    pub auth_key_len: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_crypto_mac_create_session_flf, 16,
    algo 0, hash_result_len 4, auth_key_len 8, padding 12
);

/// Session for a cipher.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_cipher_session_flf {
    /// Cipher algorithm; enums.cipher.
    pub algo: Le32,
    /// Length of the key; in bytes.
    pub key_len: Le32,
    /// Encrypt or decrypt; VIRTIO_CRYPTO_OP_\*.
    pub op: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_crypto_cipher_session_flf, 16, algo 0, key_len 4, op 8, padding 12);

/// Session for a cipher chained with a hash or MAC.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_alg_chain_session_flf {
    /// Which of the two comes first; VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_\*.
    pub alg_chain_order: Le32,
    /// Hash or MAC; VIRTIO_CRYPTO_SYM_HASH_MODE_\*.
    pub hash_mode: Le32,
    /// Cipher parameters of the session.
    pub cipher_hdr: virtio_crypto_cipher_session_flf,
    /// hash_create_session_flf or mac_create_session_flf, depending on hash_mode.
    pub algo_flf: [u8; 16],
    /// Length of the additional authenticated data; in bytes.
    pub aad_len: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_crypto_alg_chain_session_flf, 48,
    alg_chain_order 0, hash_mode 4, cipher_hdr 8, algo_flf 24, aad_len 40, padding 44
);

/// Session for a cipher or a chain.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_sym_create_session_flf {
    /// cipher_session_flf or alg_chain_session_flf, depending on op_type.
    pub op_flf: [u8; 48],
    /// Cipher or chain; VIRTIO_CRYPTO_SYM_OP_\*.
    pub op_type: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_crypto_sym_create_session_flf, 56, op_flf 0, op_type 48, padding 52);

/// Session for AEAD.
/// 24 bytes with REVISION_1.
/// 56 bytes.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_aead_create_session_flf {
    /// AEAD algorithm; enums.aead.
    pub algo: Le32,
    /// Length of the key; in bytes.
    pub key_len: Le32,
    /// Length of the authentication tag; in bytes.
    pub tag_len: Le32,
    /// Length of the additional authenticated data; in bytes.
    pub aad_len: Le32,
    /// Encrypt or decrypt; VIRTIO_CRYPTO_OP_\*.
    pub op: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_crypto_aead_create_session_flf, 24,
    algo 0, key_len 4, tag_len 8, aad_len 12, op 16, padding 20
);

/// Additional parameters of an RSA session.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_rsa_session_para {
    /// Padding scheme; VIRTIO_CRYPTO_RSA_\*.
    pub padding_algo: Le32,
    /// Hash of the signed data, with PKCS1_PADDING; VIRTIO_CRYPTO_RSA_\*.
    pub hash_algo: Le32,
}
layout!(virtio_crypto_rsa_session_para, 8, padding_algo 0, hash_algo 4);

/// Additional parameters of an ECDSA session.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_ecdsa_session_para {
    /// Elliptic curve; VIRTIO_CRYPTO_CURVE_\*. Quirk crypto.longer-ecdsa (Linux 6.1): Linux's
    /// headers append 4 bytes of padding. A device goes by the length of the union, which is the
    /// same.
    pub curve_id: Le32,
}
layout!(virtio_crypto_ecdsa_session_para, 4, curve_id 0);

/// Session for an asymmetric cipher.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_akcipher_create_session_flf {
    /// Asymmetric cipher algorithm; enums.akcipher.
    pub algo: Le32,
    /// Public or private key; VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_\*.
    pub key_type: Le32,
    /// Length of the key; in bytes.
    pub key_len: Le32,
    /// rsa_session_para or ecdsa_session_para, depending on algo.
    pub algo_flf: [u8; 44],
}
layout!(virtio_crypto_akcipher_create_session_flf, 56, algo 0, key_type 4, key_len 8, algo_flf 12);

/// Header of a data request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_op_header {
    /// Operation code; messages.data-opcode.
    pub opcode: Le32,
    /// Algorithm of the service.
    pub algo: Le32,
    /// Session id; for IPsec, the id of the security association.
    pub session_id: Le64,
    /// Request mode; ignored without REVISION_1; VIRTIO_CRYPTO_FLAG_SESSION_MODE.
    pub flag: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_crypto_op_header, 24, opcode 0, algo 4, session_id 8, flag 16, padding 20);

/// Status of a data request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_inhdr {
    /// Status of the operation; IPSEC_SA_SOFT_EXPIRY is a success too; enums.status.
    pub status: u8,
}
layout!(virtio_crypto_inhdr, 1, status 0);

/// A data request.
/// At 24 + 1 · op_flf: uint8_t op_vlf\[\]. Variable-length part: the operation's _vlf structure;
/// the device writes its end.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_op_data_req {
    /// Header: operation code, algorithm, session id and mode.
    pub header: virtio_crypto_op_header,
    /// Fixed-length part: the operation's _flf structure.
    pub op_flf: [u8; 0],
}
layout!(virtio_crypto_op_data_req, 24, header 0);

/// The part that the device writes.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_op_data_req_in {
    /// Status of the data request.
    pub inhdr: virtio_crypto_inhdr,
}
layout!(virtio_crypto_op_data_req_in, 1, inhdr 0);

/// Hash request.
/// 8 bytes with REVISION_1.
/// 48 bytes.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_hash_data_flf {
    /// Length of the data; in bytes.
    pub src_data_len: Le32,
    /// Length of the result; in bytes.
    pub hash_result_len: Le32,
}
layout!(virtio_crypto_hash_data_flf, 8, src_data_len 0, hash_result_len 4);

/// Session parameters.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_hash_data_flf_stateless_sess_para {
    /// Hash algorithm; enums.hash.
    pub algo: Le32,
}
layout!(virtio_crypto_hash_data_flf_stateless_sess_para, 4, algo 0);

/// Hash request without a session.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_hash_data_flf_stateless {
    /// Session parameters.
    pub sess_para: virtio_crypto_hash_data_flf_stateless_sess_para,
    /// Length of the data; in bytes.
    pub src_data_len: Le32,
    /// Length of the result; in bytes.
    pub hash_result_len: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_crypto_hash_data_flf_stateless, 16,
    sess_para 0, src_data_len 4, hash_result_len 8, reserved 12
);

/// MAC request.
/// 8 bytes with REVISION_1.
/// 48 bytes.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_mac_data_flf {
    /// Lengths.
    pub hdr: virtio_crypto_hash_data_flf,
}
layout!(virtio_crypto_mac_data_flf, 8, hdr 0);

/// Session parameters.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_mac_data_flf_stateless_sess_para {
    /// MAC algorithm; enums.mac.
    pub algo: Le32,
    /// Length of the key; in bytes.
    pub auth_key_len: Le32,
}
layout!(virtio_crypto_mac_data_flf_stateless_sess_para, 8, algo 0, auth_key_len 4);

/// MAC request without a session.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_mac_data_flf_stateless {
    /// Session parameters.
    pub sess_para: virtio_crypto_mac_data_flf_stateless_sess_para,
    /// Length of the data; in bytes.
    pub src_data_len: Le32,
    /// Length of the result; in bytes.
    pub hash_result_len: Le32,
}
layout!(virtio_crypto_mac_data_flf_stateless, 16, sess_para 0, src_data_len 8, hash_result_len 12);

/// Cipher request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_cipher_data_flf {
    /// Length of the initialization vector or counter; in bytes.
    pub iv_len: Le32,
    /// Length of the data; in bytes.
    pub src_data_len: Le32,
    /// Length of the cipher's result; in bytes.
    pub dst_data_len: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_crypto_cipher_data_flf, 16, iv_len 0, src_data_len 4, dst_data_len 8, padding 12);

/// Request for a cipher chained with a hash or MAC.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_alg_chain_data_flf {
    /// Length of the initialization vector or counter; in bytes.
    pub iv_len: Le32,
    /// Length of the data; in bytes.
    pub src_data_len: Le32,
    /// Length of the cipher's result; in bytes.
    pub dst_data_len: Le32,
    /// Offset in the source data at which the cipher starts; in bytes.
    pub cipher_start_src_offset: Le32,
    /// Number of bytes to cipher; in bytes.
    pub len_to_cipher: Le32,
    /// Offset in the source data at which the hash starts; in bytes.
    pub hash_start_src_offset: Le32,
    /// Number of bytes to hash; in bytes.
    pub len_to_hash: Le32,
    /// Length of the additional authenticated data; in bytes.
    pub aad_len: Le32,
    /// Length of the hash's result; in bytes.
    pub hash_result_len: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_crypto_alg_chain_data_flf, 40,
    iv_len 0, src_data_len 4, dst_data_len 8, cipher_start_src_offset 12, len_to_cipher 16,
    hash_start_src_offset 20, len_to_hash 24, aad_len 28, hash_result_len 32, reserved 36
);

/// Request for a cipher or a chain.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_sym_data_flf {
    /// cipher_data_flf or alg_chain_data_flf, depending on op_type.
    pub op_type_flf: [u8; 40],
    /// Cipher or chain; VIRTIO_CRYPTO_SYM_OP_\*.
    pub op_type: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_crypto_sym_data_flf, 48, op_type_flf 0, op_type 40, padding 44);

/// Session parameters.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_cipher_data_flf_stateless_sess_para {
    /// Cipher algorithm; enums.cipher.
    pub algo: Le32,
    /// Length of the key; in bytes.
    pub key_len: Le32,
    /// Encrypt or decrypt; VIRTIO_CRYPTO_OP_\*.
    pub op: Le32,
}
layout!(virtio_crypto_cipher_data_flf_stateless_sess_para, 12, algo 0, key_len 4, op 8);

/// Cipher request without a session.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_cipher_data_flf_stateless {
    /// Session parameters.
    pub sess_para: virtio_crypto_cipher_data_flf_stateless_sess_para,
    /// Length of the initialization vector or counter; in bytes.
    pub iv_len: Le32,
    /// Length of the data; in bytes.
    pub src_data_len: Le32,
    /// Length of the cipher's result; in bytes.
    pub dst_data_len: Le32,
}
layout!(virtio_crypto_cipher_data_flf_stateless, 24,
    sess_para 0, iv_len 12, src_data_len 16, dst_data_len 20
);

/// Cipher parameters.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_alg_chain_data_flf_stateless_sess_para_cipher {
    /// Cipher algorithm; enums.cipher.
    pub algo: Le32,
    /// Length of the key; in bytes.
    pub key_len: Le32,
    /// Encrypt or decrypt; VIRTIO_CRYPTO_OP_\*.
    pub op: Le32,
}
layout!(virtio_crypto_alg_chain_data_flf_stateless_sess_para_cipher, 12, algo 0, key_len 4, op 8);

/// Hash or MAC parameters.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_alg_chain_data_flf_stateless_sess_para_hash {
    /// Hash or MAC algorithm, depending on hash_mode.
    pub algo: Le32,
    /// Length of the MAC's key; in bytes.
    pub auth_key_len: Le32,
    /// Hash or MAC; VIRTIO_CRYPTO_SYM_HASH_MODE_\*.
    pub hash_mode: Le32,
}
layout!(virtio_crypto_alg_chain_data_flf_stateless_sess_para_hash, 12,
    algo 0, auth_key_len 4, hash_mode 8
);

/// Session parameters.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_alg_chain_data_flf_stateless_sess_para {
    /// Which of the two comes first; VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_\*.
    pub alg_chain_order: Le32,
    /// Length of the additional authenticated data; in bytes.
    pub aad_len: Le32,
    /// Cipher parameters.
    pub cipher: virtio_crypto_alg_chain_data_flf_stateless_sess_para_cipher,
    /// Hash or MAC parameters.
    pub hash: virtio_crypto_alg_chain_data_flf_stateless_sess_para_hash,
}
layout!(virtio_crypto_alg_chain_data_flf_stateless_sess_para, 32,
    alg_chain_order 0, aad_len 4, cipher 8, hash 20
);

/// Request for a chain without a session.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_alg_chain_data_flf_stateless {
    /// Session parameters.
    pub sess_para: virtio_crypto_alg_chain_data_flf_stateless_sess_para,
    /// Length of the initialization vector or counter; in bytes.
    pub iv_len: Le32,
    /// Length of the data; in bytes.
    pub src_data_len: Le32,
    /// Length of the cipher's result; in bytes.
    pub dst_data_len: Le32,
    /// Offset in the source data at which the cipher starts; in bytes.
    pub cipher_start_src_offset: Le32,
    /// Number of bytes to cipher; in bytes.
    pub len_to_cipher: Le32,
    /// Offset in the source data at which the hash starts; in bytes.
    pub hash_start_src_offset: Le32,
    /// Number of bytes to hash; in bytes.
    pub len_to_hash: Le32,
    /// Length of the additional authenticated data; in bytes.
    pub aad_len: Le32,
    /// Length of the hash's result; in bytes.
    pub hash_result_len: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_crypto_alg_chain_data_flf_stateless, 72,
    sess_para 0, iv_len 32, src_data_len 36, dst_data_len 40, cipher_start_src_offset 44,
    len_to_cipher 48, hash_start_src_offset 52, len_to_hash 56, aad_len 60, hash_result_len 64,
    reserved 68
);

/// Request for a cipher or a chain without a session.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_sym_data_flf_stateless {
    /// cipher_data_flf_stateless or alg_chain_data_flf_stateless, depending on op_type.
    pub op_type_flf: [u8; 72],
    /// Cipher or chain; VIRTIO_CRYPTO_SYM_OP_\*.
    pub op_type: Le32,
}
layout!(virtio_crypto_sym_data_flf_stateless, 76, op_type_flf 0, op_type 72);

/// AEAD request.
/// 24 bytes with REVISION_1.
/// 48 bytes.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_aead_data_flf {
    /// Length of the IV: 12 or 16 for GCM, 7 to 13 for CCM; in bytes.
    pub iv_len: Le32,
    /// Length of the additional authenticated data; in bytes.
    pub aad_len: Le32,
    /// Length of the data; in bytes.
    pub src_data_len: Le32,
    /// Space for the result and the tag; in bytes.
    pub dst_data_len: Le32,
    /// Length of the authentication tag; in bytes.
    pub tag_len: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_crypto_aead_data_flf, 24,
    iv_len 0, aad_len 4, src_data_len 8, dst_data_len 12, tag_len 16, reserved 20
);

/// Session parameters.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_aead_data_flf_stateless_sess_para {
    /// AEAD algorithm; enums.aead.
    pub algo: Le32,
    /// Length of the key; in bytes.
    pub key_len: Le32,
    /// Encrypt or decrypt; VIRTIO_CRYPTO_OP_\*.
    pub op: Le32,
}
layout!(virtio_crypto_aead_data_flf_stateless_sess_para, 12, algo 0, key_len 4, op 8);

/// AEAD request without a session.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_aead_data_flf_stateless {
    /// Session parameters.
    pub sess_para: virtio_crypto_aead_data_flf_stateless_sess_para,
    /// Length of the initialization vector; in bytes.
    pub iv_len: Le32,
    /// Length of the authentication tag; in bytes.
    pub tag_len: Le32,
    /// Length of the additional authenticated data; in bytes.
    pub aad_len: Le32,
    /// Length of the data; in bytes.
    pub src_data_len: Le32,
    /// Space for the result and the tag; in bytes.
    pub dst_data_len: Le32,
}
layout!(virtio_crypto_aead_data_flf_stateless, 32,
    sess_para 0, iv_len 12, tag_len 16, aad_len 20, src_data_len 24, dst_data_len 28
);

/// Request for an asymmetric cipher.
/// 8 bytes with REVISION_1.
/// 48 bytes.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_akcipher_data_flf {
    /// Length of the data; for VERIFY, of the signature; in bytes.
    pub src_data_len: Le32,
    /// Space for the result; for VERIFY, the length of the signed data; in bytes.
    pub dst_data_len: Le32,
}
layout!(virtio_crypto_akcipher_data_flf, 8, src_data_len 0, dst_data_len 4);

/// Algorithm-specific parameters.
#[derive(Clone, Copy)]
#[repr(C)]
pub union virtio_crypto_akcipher_data_flf_stateless_sess_para_u {
    /// RSA parameters; for AKCIPHER_RSA.
    pub rsa: virtio_crypto_rsa_session_para,
    /// ECDSA parameters; for AKCIPHER_ECDSA.
    pub ecdsa: virtio_crypto_ecdsa_session_para,
}

/// Session parameters.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_akcipher_data_flf_stateless_sess_para {
    /// Asymmetric cipher algorithm; enums.akcipher.
    pub algo: Le32,
    /// Public or private key; VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_\*.
    pub key_type: Le32,
    /// Length of the key; in bytes.
    pub key_len: Le32,
    /// Algorithm-specific parameters.
    pub u: virtio_crypto_akcipher_data_flf_stateless_sess_para_u,
}
layout!(partial virtio_crypto_akcipher_data_flf_stateless_sess_para, 20,
    algo 0, key_type 4, key_len 8, u 12
);

/// Request for an asymmetric cipher without a session.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_akcipher_data_flf_stateless {
    /// Session parameters.
    pub sess_para: virtio_crypto_akcipher_data_flf_stateless_sess_para,
    /// Length of the data; for VERIFY, of the signature; in bytes.
    pub src_data_len: Le32,
    /// Space for the result; for VERIFY, the length of the signed data; in bytes.
    pub dst_data_len: Le32,
}
layout!(partial virtio_crypto_akcipher_data_flf_stateless, 28,
    sess_para 0, src_data_len 20, dst_data_len 24
);

/// Limits on the number of security associations.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_ipsec_resource_cap {
    /// Maximum number of inbound security associations.
    pub inb_sa_limit: Le32,
    /// Maximum number of outbound security associations.
    pub outb_sa_limit: Le32,
}
layout!(virtio_crypto_ipsec_resource_cap, 8, inb_sa_limit 0, outb_sa_limit 4);

/// Capabilities of one IPsec mode.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_crypto_ipsec_mode_cap {
    /// IPsec mode; VIRTIO_CRYPTO_IPSEC_MODE_\*.
    pub mode: u8,
    /// Reserved.
    pub reserved: [u8; 3],
    /// Maximum size of the inbound anti-replay window.
    pub max_replay_win_sz: Le32,
    /// Supported options; 1 \<\< each of VIRTIO_CRYPTO_IPSEC_\*.
    pub options: Le32,
    /// Reserved.
    pub reserved1: Le32,
    /// Supported ciphers; 1 \<\< each of enums.cipher.
    pub cipher_algo: Le64,
    /// Supported MACs; 1 \<\< each of enums.mac.
    pub hmac_algo: Le64,
    /// Supported AEAD algorithms; 1 \<\< each of enums.aead.
    pub aead_algo: Le32,
    /// Maximum cipher key length; in bytes.
    pub max_cipher_key_len: Le32,
    /// Maximum MAC key length; in bytes.
    pub max_auth_key_len: Le32,
}
layout!(virtio_crypto_ipsec_mode_cap, 44,
    mode 0, reserved 1, max_replay_win_sz 4, options 8, reserved1 12, cipher_algo 16, hmac_algo 24,
    aead_algo 32, max_cipher_key_len 36, max_auth_key_len 40
);

/// IPsec capabilities.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_ipsec_sa_cap_data {
    /// Number of modes that follow.
    pub count: u8,
    /// Reserved.
    pub reserved: [u8; 7],
    /// Supported modes; number of elements: count.
    pub cap_mode: [virtio_crypto_ipsec_mode_cap; 0],
}
layout!(virtio_crypto_ipsec_sa_cap_data, 8, count 0, reserved 1);

/// An IPv4 address.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_in_addr {
    /// IPv4 address.
    pub s_addr: Le32,
}
layout!(virtio_crypto_in_addr, 4, s_addr 0);

/// An IPv6 address.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_in6_addr {
    /// IPv6 address.
    pub s6_u8: [u8; 16],
}
layout!(virtio_crypto_in6_addr, 16, s6_u8 0);

/// Parameters of an IPv4 header.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_ipsec_tunnel_param_ipv4 {
    /// Source IPv4 address.
    pub src_ip: virtio_crypto_in_addr,
    /// Destination IPv4 address.
    pub dst_ip: virtio_crypto_in_addr,
    /// Differentiated services code point.
    pub dscp: u8,
    /// Don't Fragment bit.
    pub df: u8,
    /// Time to live.
    pub ttl: u8,
    /// Reserved.
    pub reserved1: u8,
}
layout!(virtio_crypto_ipsec_tunnel_param_ipv4, 12,
    src_ip 0, dst_ip 4, dscp 8, df 9, ttl 10, reserved1 11
);

/// Parameters of an IPv6 header.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_ipsec_tunnel_param_ipv6 {
    /// Source IPv6 address.
    pub src_addr: virtio_crypto_in6_addr,
    /// Destination IPv6 address.
    pub dst_addr: virtio_crypto_in6_addr,
    /// Flow label.
    pub flabel: Le32,
    /// Hop limit.
    pub hlimit: u8,
    /// Differentiated services code point.
    pub dscp: u8,
    /// Reserved.
    pub reserved2: [u8; 2],
}
layout!(virtio_crypto_ipsec_tunnel_param_ipv6, 40,
    src_addr 0, dst_addr 16, flabel 32, hlimit 36, dscp 37, reserved2 38
);

/// Outer header.
#[derive(Clone, Copy)]
#[repr(C)]
pub union virtio_crypto_ipsec_tunnel_param_u {
    /// Parameters of an IPv4 header.
    pub ipv4: virtio_crypto_ipsec_tunnel_param_ipv4,
    /// Parameters of an IPv6 header.
    pub ipv6: virtio_crypto_ipsec_tunnel_param_ipv6,
}

/// Outer header in tunnel mode.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_ipsec_tunnel_param {
    /// IPv4 or IPv6; the specification defines no values.
    pub r#type: u8,
    /// Reserved.
    pub reserved: [u8; 3],
    /// Outer header.
    pub u: virtio_crypto_ipsec_tunnel_param_u,
}
layout!(partial virtio_crypto_ipsec_tunnel_param, 44, r#type 0, reserved 1, u 4);

/// Lifetime of a security association.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_crypto_ipsec_lifetime {
    /// Number of packets after which requests return a warning; in packets.
    pub packets_soft_limit: Le64,
    /// Number of bytes after which requests return a warning; in bytes.
    pub bytes_soft_limit: Le64,
    /// Number of packets after which requests fail; in packets.
    pub packets_hard_limit: Le64,
    /// Number of bytes after which requests fail; in bytes.
    pub bytes_hard_limit: Le64,
}
layout!(virtio_crypto_ipsec_lifetime, 32,
    packets_soft_limit 0, bytes_soft_limit 8, packets_hard_limit 16, bytes_hard_limit 24
);

/// Key of the cipher.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_crypto_resource_obj_ipsec_sa_256b_key_cipher_key {
    /// Length of the cipher's key; in bytes.
    pub length: Le16,
    /// Reserved.
    pub reserved1: Le16,
    /// The key.
    pub data: [u8; 32],
}
layout!(virtio_crypto_resource_obj_ipsec_sa_256b_key_cipher_key, 36, length 0, reserved1 2, data 4);

/// Key of the MAC.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_crypto_resource_obj_ipsec_sa_256b_key_auth_key {
    /// Length of the MAC's key; in bytes.
    pub length: Le16,
    /// Reserved.
    pub reserved2: Le16,
    /// The key.
    pub data: [u8; 32],
}
layout!(virtio_crypto_resource_obj_ipsec_sa_256b_key_auth_key, 36, length 0, reserved2 2, data 4);

/// A security association with keys of up to 256 bits.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_crypto_resource_obj_ipsec_sa_256b_key {
    /// Mode; VIRTIO_CRYPTO_IPSEC_MODE_\*.
    pub mode: u8,
    /// Outbound or inbound; VIRTIO_CRYPTO_IPSEC_DIR_\*.
    pub direction: u8,
    /// Reserved.
    pub reserved: [u8; 2],
    /// Driver-defined object id.
    pub obj_id: Le32,
    /// Security parameter index.
    pub spi: Le32,
    /// Salt of the cipher.
    pub salt: Le32,
    /// Options; 1 \<\< each of VIRTIO_CRYPTO_IPSEC_\*.
    pub options: Le64,
    /// Outer header in tunnel mode, outbound only.
    pub param: virtio_crypto_ipsec_tunnel_param,
    /// Source port of ESP in UDP.
    pub udp_sport: Le16,
    /// Destination port of ESP in UDP.
    pub udp_dport: Le16,
    /// Size of the anti-replay window; 0 disables the check.
    pub replay_win_sz: Le32,
    /// Cipher algorithm; enums.cipher.
    pub cipher_algo: Le64,
    /// Key of the cipher.
    pub cipher_key: virtio_crypto_resource_obj_ipsec_sa_256b_key_cipher_key,
    /// MAC algorithm; enums.mac.
    pub auth_algo: Le64,
    /// Key of the MAC.
    pub auth_key: virtio_crypto_resource_obj_ipsec_sa_256b_key_auth_key,
    /// Lifetime.
    pub life: virtio_crypto_ipsec_lifetime,
}
layout!(partial virtio_crypto_resource_obj_ipsec_sa_256b_key, 196,
    mode 0, direction 1, reserved 2, obj_id 4, spi 8, salt 12, options 16, param 24, udp_sport 68,
    udp_dport 70, replay_win_sz 72, cipher_algo 76, cipher_key 84, auth_algo 120, auth_key 128,
    life 164
);

/// IPsec request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_ipsec_data_flf {
    /// Length of the packet; in bytes.
    pub src_data_len: Le32,
    /// Space for the resulting packet; in bytes.
    pub dst_data_len: Le32,
}
layout!(virtio_crypto_ipsec_data_flf, 8, src_data_len 0, dst_data_len 4);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_crypto_config {
    /// Device status; VIRTIO_CRYPTO_S_HW_READY.
    pub status: Le32,
    /// Maximum number of data queues; 1 to 65535.
    pub max_dataqueues: Le32,
    /// Supported services; 1 \<\< each of VIRTIO_CRYPTO_SERVICE_\*.
    pub crypto_services: Le32,
    /// Supported ciphers 0 to 31, one bit each; 1 \<\< each of enums.cipher.
    pub cipher_algo_l: Le32,
    /// Supported ciphers 32 to 63, one bit each.
    pub cipher_algo_h: Le32,
    /// Supported hashes; 1 \<\< each of enums.hash.
    pub hash_algo: Le32,
    /// Supported MACs 0 to 31, one bit each.
    pub mac_algo_l: Le32,
    /// Supported MACs 32 to 63, one bit each.
    pub mac_algo_h: Le32,
    /// Supported AEAD algorithms; 1 \<\< each of enums.aead.
    pub aead_algo: Le32,
    /// Maximum cipher key length; in bytes.
    pub max_cipher_key_len: Le32,
    /// Maximum MAC key length; in bytes.
    pub max_auth_key_len: Le32,
    /// Supported asymmetric ciphers; 1 \<\< each of enums.akcipher.
    pub akcipher_algo: Le32,
    /// Maximum size of the variable-length part of a data request; in bytes.
    pub max_size: Le64,
}
layout!(virtio_crypto_config, 56,
    status 0, max_dataqueues 4, crypto_services 8, cipher_algo_l 12, cipher_algo_h 16, hash_algo 20,
    mac_algo_l 24, mac_algo_h 28, aead_algo 32, max_cipher_key_len 36, max_auth_key_len 40,
    akcipher_algo 44, max_size 48
);
