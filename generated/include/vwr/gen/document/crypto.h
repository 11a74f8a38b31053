/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/crypto.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Crypto Device */

#ifndef VWR_GEN_DOCUMENT_CRYPTO_H
#define VWR_GEN_DOCUMENT_CRYPTO_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/crypto.h"

#define VIRTIO_CRYPTO_MAX                       VWR_CRYPTO_MAX
#define VIRTIO_CRYPTO_CTRLQ_OP_SPEC_HDR_LEGACY  VWR_CRYPTO_CTRLQ_OP_SPEC_HDR_LEGACY
#define VIRTIO_CRYPTO_ALG_CHAIN_SESS_OP_SPEC_HDR_SIZE VWR_CRYPTO_ALG_CHAIN_SESS_OP_SPEC_HDR_SIZE
#define VIRTIO_CRYPTO_SYM_SESS_OP_SPEC_HDR_SIZE VWR_CRYPTO_SYM_SESS_OP_SPEC_HDR_SIZE
#define VIRTIO_CRYPTO_AKCIPHER_SESS_ALGO_SPEC_HDR_SIZE VWR_CRYPTO_AKCIPHER_SESS_ALGO_SPEC_HDR_SIZE
#define VIRTIO_CRYPTO_DATAQ_OP_SPEC_HDR_LEGACY  VWR_CRYPTO_DATAQ_OP_SPEC_HDR_LEGACY
#define VIRTIO_CRYPTO_SYM_DATA_REQ_HDR_SIZE     VWR_CRYPTO_SYM_DATA_REQ_HDR_SIZE
#define VIRTIO_CRYPTO_SYM_DATE_REQ_HDR_STATELESS_SIZE VWR_CRYPTO_SYM_DATE_REQ_HDR_STATELESS_SIZE

#define VIRTIO_CRYPTO_F_REVISION_1              VWR_CRYPTO_F_REVISION_1
#define VIRTIO_CRYPTO_F_CIPHER_STATELESS_MODE   VWR_CRYPTO_F_CIPHER_STATELESS_MODE
#define VIRTIO_CRYPTO_F_HASH_STATELESS_MODE     VWR_CRYPTO_F_HASH_STATELESS_MODE
#define VIRTIO_CRYPTO_F_MAC_STATELESS_MODE      VWR_CRYPTO_F_MAC_STATELESS_MODE
#define VIRTIO_CRYPTO_F_AEAD_STATELESS_MODE     VWR_CRYPTO_F_AEAD_STATELESS_MODE
#define VIRTIO_CRYPTO_F_AKCIPHER_STATELESS_MODE VWR_CRYPTO_F_AKCIPHER_STATELESS_MODE

#define VIRTIO_CRYPTO_SERVICE_CIPHER            VWR_CRYPTO_SERVICE_CIPHER
#define VIRTIO_CRYPTO_SERVICE_HASH              VWR_CRYPTO_SERVICE_HASH
#define VIRTIO_CRYPTO_SERVICE_MAC               VWR_CRYPTO_SERVICE_MAC
#define VIRTIO_CRYPTO_SERVICE_AEAD              VWR_CRYPTO_SERVICE_AEAD
#define VIRTIO_CRYPTO_SERVICE_AKCIPHER          VWR_CRYPTO_SERVICE_AKCIPHER
#define VIRTIO_CRYPTO_SERVICE_IPSEC             VWR_CRYPTO_SERVICE_IPSEC

#define VIRTIO_CRYPTO_NO_CIPHER                 VWR_CRYPTO_NO_CIPHER
#define VIRTIO_CRYPTO_CIPHER_ARC4               VWR_CRYPTO_CIPHER_ARC4
#define VIRTIO_CRYPTO_CIPHER_AES_ECB            VWR_CRYPTO_CIPHER_AES_ECB
#define VIRTIO_CRYPTO_CIPHER_AES_CBC            VWR_CRYPTO_CIPHER_AES_CBC
#define VIRTIO_CRYPTO_CIPHER_AES_CTR            VWR_CRYPTO_CIPHER_AES_CTR
#define VIRTIO_CRYPTO_CIPHER_DES_ECB            VWR_CRYPTO_CIPHER_DES_ECB
#define VIRTIO_CRYPTO_CIPHER_DES_CBC            VWR_CRYPTO_CIPHER_DES_CBC
#define VIRTIO_CRYPTO_CIPHER_3DES_ECB           VWR_CRYPTO_CIPHER_3DES_ECB
#define VIRTIO_CRYPTO_CIPHER_3DES_CBC           VWR_CRYPTO_CIPHER_3DES_CBC
#define VIRTIO_CRYPTO_CIPHER_3DES_CTR           VWR_CRYPTO_CIPHER_3DES_CTR
#define VIRTIO_CRYPTO_CIPHER_KASUMI_F8          VWR_CRYPTO_CIPHER_KASUMI_F8
#define VIRTIO_CRYPTO_CIPHER_SNOW3G_UEA2        VWR_CRYPTO_CIPHER_SNOW3G_UEA2
#define VIRTIO_CRYPTO_CIPHER_AES_F8             VWR_CRYPTO_CIPHER_AES_F8
#define VIRTIO_CRYPTO_CIPHER_AES_XTS            VWR_CRYPTO_CIPHER_AES_XTS
#define VIRTIO_CRYPTO_CIPHER_ZUC_EEA3           VWR_CRYPTO_CIPHER_ZUC_EEA3

#define VIRTIO_CRYPTO_NO_HASH                   VWR_CRYPTO_NO_HASH
#define VIRTIO_CRYPTO_HASH_MD5                  VWR_CRYPTO_HASH_MD5
#define VIRTIO_CRYPTO_HASH_SHA1                 VWR_CRYPTO_HASH_SHA1
#define VIRTIO_CRYPTO_HASH_SHA_224              VWR_CRYPTO_HASH_SHA_224
#define VIRTIO_CRYPTO_HASH_SHA_256              VWR_CRYPTO_HASH_SHA_256
#define VIRTIO_CRYPTO_HASH_SHA_384              VWR_CRYPTO_HASH_SHA_384
#define VIRTIO_CRYPTO_HASH_SHA_512              VWR_CRYPTO_HASH_SHA_512
#define VIRTIO_CRYPTO_HASH_SHA3_224             VWR_CRYPTO_HASH_SHA3_224
#define VIRTIO_CRYPTO_HASH_SHA3_256             VWR_CRYPTO_HASH_SHA3_256
#define VIRTIO_CRYPTO_HASH_SHA3_384             VWR_CRYPTO_HASH_SHA3_384
#define VIRTIO_CRYPTO_HASH_SHA3_512             VWR_CRYPTO_HASH_SHA3_512
#define VIRTIO_CRYPTO_HASH_SHA3_SHAKE128        VWR_CRYPTO_HASH_SHA3_SHAKE128
#define VIRTIO_CRYPTO_HASH_SHA3_SHAKE256        VWR_CRYPTO_HASH_SHA3_SHAKE256

#define VIRTIO_CRYPTO_NO_MAC                    VWR_CRYPTO_NO_MAC
#define VIRTIO_CRYPTO_MAC_HMAC_MD5              VWR_CRYPTO_MAC_HMAC_MD5
#define VIRTIO_CRYPTO_MAC_HMAC_SHA1             VWR_CRYPTO_MAC_HMAC_SHA1
#define VIRTIO_CRYPTO_MAC_HMAC_SHA_224          VWR_CRYPTO_MAC_HMAC_SHA_224
#define VIRTIO_CRYPTO_MAC_HMAC_SHA_256          VWR_CRYPTO_MAC_HMAC_SHA_256
#define VIRTIO_CRYPTO_MAC_HMAC_SHA_384          VWR_CRYPTO_MAC_HMAC_SHA_384
#define VIRTIO_CRYPTO_MAC_HMAC_SHA_512          VWR_CRYPTO_MAC_HMAC_SHA_512
#define VIRTIO_CRYPTO_MAC_CMAC_3DES             VWR_CRYPTO_MAC_CMAC_3DES
#define VIRTIO_CRYPTO_MAC_CMAC_AES              VWR_CRYPTO_MAC_CMAC_AES
#define VIRTIO_CRYPTO_MAC_KASUMI_F9             VWR_CRYPTO_MAC_KASUMI_F9
#define VIRTIO_CRYPTO_MAC_SNOW3G_UIA2           VWR_CRYPTO_MAC_SNOW3G_UIA2
#define VIRTIO_CRYPTO_MAC_GMAC_AES              VWR_CRYPTO_MAC_GMAC_AES
#define VIRTIO_CRYPTO_MAC_GMAC_TWOFISH          VWR_CRYPTO_MAC_GMAC_TWOFISH
#define VIRTIO_CRYPTO_MAC_CBCMAC_AES            VWR_CRYPTO_MAC_CBCMAC_AES
#define VIRTIO_CRYPTO_MAC_CBCMAC_KASUMI_F9      VWR_CRYPTO_MAC_CBCMAC_KASUMI_F9
#define VIRTIO_CRYPTO_MAC_XCBC_AES              VWR_CRYPTO_MAC_XCBC_AES
#define VIRTIO_CRYPTO_MAC_ZUC_EIA3              VWR_CRYPTO_MAC_ZUC_EIA3

#define VIRTIO_CRYPTO_NO_AEAD                   VWR_CRYPTO_NO_AEAD
#define VIRTIO_CRYPTO_AEAD_GCM                  VWR_CRYPTO_AEAD_GCM
#define VIRTIO_CRYPTO_AEAD_CCM                  VWR_CRYPTO_AEAD_CCM
#define VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305    VWR_CRYPTO_AEAD_CHACHA20_POLY1305

#define VIRTIO_CRYPTO_NO_AKCIPHER               VWR_CRYPTO_NO_AKCIPHER
#define VIRTIO_CRYPTO_AKCIPHER_RSA              VWR_CRYPTO_AKCIPHER_RSA
#define VIRTIO_CRYPTO_AKCIPHER_ECDSA            VWR_CRYPTO_AKCIPHER_ECDSA

#define VIRTIO_CRYPTO_IPSEC_RESOURCE_CAP        VWR_CRYPTO_IPSEC_RESOURCE_CAP
#define VIRTIO_CRYPTO_IPSEC_SA_CAP              VWR_CRYPTO_IPSEC_SA_CAP

#define VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA VWR_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA
#define VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_INBOUND_SA VWR_CRYPTO_RESOURCE_OBJ_IPSEC_INBOUND_SA

#define VIRTIO_CRYPTO_OK                        VWR_CRYPTO_OK
#define VIRTIO_CRYPTO_ERR                       VWR_CRYPTO_ERR
#define VIRTIO_CRYPTO_BADMSG                    VWR_CRYPTO_BADMSG
#define VIRTIO_CRYPTO_NOTSUPP                   VWR_CRYPTO_NOTSUPP
#define VIRTIO_CRYPTO_INVSESS                   VWR_CRYPTO_INVSESS
#define VIRTIO_CRYPTO_NOSPC                     VWR_CRYPTO_NOSPC
#define VIRTIO_CRYPTO_KEY_REJECTED              VWR_CRYPTO_KEY_REJECTED
#define VIRTIO_CRYPTO_IPSEC_SA_SOFT_EXPIRY      VWR_CRYPTO_IPSEC_SA_SOFT_EXPIRY

#define VIRTIO_CRYPTO_OP_ENCRYPT                VWR_CRYPTO_OP_ENCRYPT
#define VIRTIO_CRYPTO_OP_DECRYPT                VWR_CRYPTO_OP_DECRYPT

#define VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER
#define VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH

#define VIRTIO_CRYPTO_SYM_HASH_MODE_PLAIN       VWR_CRYPTO_SYM_HASH_MODE_PLAIN
#define VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH        VWR_CRYPTO_SYM_HASH_MODE_AUTH
#define VIRTIO_CRYPTO_SYM_HASH_MODE_NESTED      VWR_CRYPTO_SYM_HASH_MODE_NESTED

#define VIRTIO_CRYPTO_SYM_OP_NONE               VWR_CRYPTO_SYM_OP_NONE
#define VIRTIO_CRYPTO_SYM_OP_CIPHER             VWR_CRYPTO_SYM_OP_CIPHER
#define VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING

#define VIRTIO_CRYPTO_RSA_RAW_PADDING           VWR_CRYPTO_RSA_RAW_PADDING
#define VIRTIO_CRYPTO_RSA_PKCS1_PADDING         VWR_CRYPTO_RSA_PKCS1_PADDING

#define VIRTIO_CRYPTO_RSA_NO_HASH               VWR_CRYPTO_RSA_NO_HASH
#define VIRTIO_CRYPTO_RSA_MD2                   VWR_CRYPTO_RSA_MD2
#define VIRTIO_CRYPTO_RSA_MD3                   VWR_CRYPTO_RSA_MD3
#define VIRTIO_CRYPTO_RSA_MD4                   VWR_CRYPTO_RSA_MD4
#define VIRTIO_CRYPTO_RSA_MD5                   VWR_CRYPTO_RSA_MD5
#define VIRTIO_CRYPTO_RSA_SHA1                  VWR_CRYPTO_RSA_SHA1
#define VIRTIO_CRYPTO_RSA_SHA256                VWR_CRYPTO_RSA_SHA256
#define VIRTIO_CRYPTO_RSA_SHA384                VWR_CRYPTO_RSA_SHA384
#define VIRTIO_CRYPTO_RSA_SHA512                VWR_CRYPTO_RSA_SHA512
#define VIRTIO_CRYPTO_RSA_SHA224                VWR_CRYPTO_RSA_SHA224

#define VIRTIO_CRYPTO_CURVE_UNKNOWN             VWR_CRYPTO_CURVE_UNKNOWN
#define VIRTIO_CRYPTO_CURVE_NIST_P192           VWR_CRYPTO_CURVE_NIST_P192
#define VIRTIO_CRYPTO_CURVE_NIST_P224           VWR_CRYPTO_CURVE_NIST_P224
#define VIRTIO_CRYPTO_CURVE_NIST_P256           VWR_CRYPTO_CURVE_NIST_P256
#define VIRTIO_CRYPTO_CURVE_NIST_P384           VWR_CRYPTO_CURVE_NIST_P384
#define VIRTIO_CRYPTO_CURVE_NIST_P521           VWR_CRYPTO_CURVE_NIST_P521

#define VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC  VWR_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC
#define VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE VWR_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE

#define VIRTIO_CRYPTO_IPSEC_MODE_ESP_TUNNEL     VWR_CRYPTO_IPSEC_MODE_ESP_TUNNEL
#define VIRTIO_CRYPTO_IPSEC_MODE_ESP_TRANSPORT  VWR_CRYPTO_IPSEC_MODE_ESP_TRANSPORT
#define VIRTIO_CRYPTO_IPSEC_MODE_AH_TUNNEL      VWR_CRYPTO_IPSEC_MODE_AH_TUNNEL
#define VIRTIO_CRYPTO_IPSEC_MODE_AH_TRANSPORT   VWR_CRYPTO_IPSEC_MODE_AH_TRANSPORT

#define VIRTIO_CRYPTO_IPSEC_ESN                 VWR_CRYPTO_IPSEC_ESN
#define VIRTIO_CRYPTO_IPSEC_UDP_ENCAP           VWR_CRYPTO_IPSEC_UDP_ENCAP
#define VIRTIO_CRYPTO_IPSEC_COPY_DSCP           VWR_CRYPTO_IPSEC_COPY_DSCP
#define VIRTIO_CRYPTO_IPSEC_DEC_TTL             VWR_CRYPTO_IPSEC_DEC_TTL
#define VIRTIO_CRYPTO_IPSEC_COPY_DF             VWR_CRYPTO_IPSEC_COPY_DF
#define VIRTIO_CRYPTO_IPSEC_ECN                 VWR_CRYPTO_IPSEC_ECN
#define VIRTIO_CRYPTO_IPSEC_SA_LIFETIME         VWR_CRYPTO_IPSEC_SA_LIFETIME

#define VIRTIO_CRYPTO_IPSEC_DIR_OUTBOUND        VWR_CRYPTO_IPSEC_DIR_OUTBOUND
#define VIRTIO_CRYPTO_IPSEC_DIR_INBOUND         VWR_CRYPTO_IPSEC_DIR_INBOUND

#define VIRTIO_CRYPTO_S_HW_READY                VWR_CRYPTO_S_HW_READY

#define VIRTIO_CRYPTO_FLAG_SESSION_MODE         VWR_CRYPTO_FLAG_SESSION_MODE

#define VIRTIO_CRYPTO_CIPHER_CREATE_SESSION     VWR_CRYPTO_CIPHER_CREATE_SESSION
#define VIRTIO_CRYPTO_CIPHER_DESTROY_SESSION    VWR_CRYPTO_CIPHER_DESTROY_SESSION
#define VIRTIO_CRYPTO_HASH_CREATE_SESSION       VWR_CRYPTO_HASH_CREATE_SESSION
#define VIRTIO_CRYPTO_HASH_DESTROY_SESSION      VWR_CRYPTO_HASH_DESTROY_SESSION
#define VIRTIO_CRYPTO_MAC_CREATE_SESSION        VWR_CRYPTO_MAC_CREATE_SESSION
#define VIRTIO_CRYPTO_MAC_DESTROY_SESSION       VWR_CRYPTO_MAC_DESTROY_SESSION
#define VIRTIO_CRYPTO_AEAD_CREATE_SESSION       VWR_CRYPTO_AEAD_CREATE_SESSION
#define VIRTIO_CRYPTO_AEAD_DESTROY_SESSION      VWR_CRYPTO_AEAD_DESTROY_SESSION
#define VIRTIO_CRYPTO_AKCIPHER_CREATE_SESSION   VWR_CRYPTO_AKCIPHER_CREATE_SESSION
#define VIRTIO_CRYPTO_AKCIPHER_DESTROY_SESSION  VWR_CRYPTO_AKCIPHER_DESTROY_SESSION

#define VIRTIO_CRYPTO_CIPHER_ENCRYPT            VWR_CRYPTO_CIPHER_ENCRYPT
#define VIRTIO_CRYPTO_CIPHER_DECRYPT            VWR_CRYPTO_CIPHER_DECRYPT
#define VIRTIO_CRYPTO_HASH                      VWR_CRYPTO_HASH
#define VIRTIO_CRYPTO_MAC                       VWR_CRYPTO_MAC
#define VIRTIO_CRYPTO_AEAD_ENCRYPT              VWR_CRYPTO_AEAD_ENCRYPT
#define VIRTIO_CRYPTO_AEAD_DECRYPT              VWR_CRYPTO_AEAD_DECRYPT
#define VIRTIO_CRYPTO_AKCIPHER_ENCRYPT          VWR_CRYPTO_AKCIPHER_ENCRYPT
#define VIRTIO_CRYPTO_AKCIPHER_DECRYPT          VWR_CRYPTO_AKCIPHER_DECRYPT
#define VIRTIO_CRYPTO_AKCIPHER_SIGN             VWR_CRYPTO_AKCIPHER_SIGN
#define VIRTIO_CRYPTO_AKCIPHER_VERIFY           VWR_CRYPTO_AKCIPHER_VERIFY
#define VIRTIO_CRYPTO_IPSEC_OUTBOUND            VWR_CRYPTO_IPSEC_OUTBOUND
#define VIRTIO_CRYPTO_IPSEC_INBOUND             VWR_CRYPTO_IPSEC_INBOUND

#define virtio_crypto_ctrl_header               vwr_crypto_ctrl_header
#define virtio_crypto_op_ctrl_req               vwr_crypto_op_ctrl_req
#define virtio_crypto_create_session_input      vwr_crypto_create_session_input
#define virtio_crypto_destroy_session_flf       vwr_crypto_destroy_session_flf
#define virtio_crypto_destroy_session_input     vwr_crypto_destroy_session_input
#define virtio_crypto_hash_create_session_flf   vwr_crypto_hash_create_session_flf
#define virtio_crypto_mac_create_session_flf    vwr_crypto_mac_create_session_flf
#define virtio_crypto_cipher_session_flf        vwr_crypto_cipher_session_flf
#define virtio_crypto_alg_chain_session_flf     vwr_crypto_alg_chain_session_flf
#define virtio_crypto_sym_create_session_flf    vwr_crypto_sym_create_session_flf
#define virtio_crypto_aead_create_session_flf   vwr_crypto_aead_create_session_flf
#define virtio_crypto_rsa_session_para          vwr_crypto_rsa_session_para
#define virtio_crypto_ecdsa_session_para        vwr_crypto_ecdsa_session_para
#define virtio_crypto_akcipher_create_session_flf vwr_crypto_akcipher_create_session_flf
#define virtio_crypto_op_header                 vwr_crypto_op_header
#define virtio_crypto_inhdr                     vwr_crypto_inhdr
#define virtio_crypto_op_data_req               vwr_crypto_op_data_req
#define virtio_crypto_hash_data_flf             vwr_crypto_hash_data_flf
#define virtio_crypto_hash_data_flf_stateless   vwr_crypto_hash_data_flf_stateless
#define virtio_crypto_mac_data_flf              vwr_crypto_mac_data_flf
#define virtio_crypto_mac_data_flf_stateless    vwr_crypto_mac_data_flf_stateless
#define virtio_crypto_cipher_data_flf           vwr_crypto_cipher_data_flf
#define virtio_crypto_alg_chain_data_flf        vwr_crypto_alg_chain_data_flf
#define virtio_crypto_sym_data_flf              vwr_crypto_sym_data_flf
#define virtio_crypto_cipher_data_flf_stateless vwr_crypto_cipher_data_flf_stateless
#define virtio_crypto_alg_chain_data_flf_stateless vwr_crypto_alg_chain_data_flf_stateless
#define virtio_crypto_sym_data_flf_stateless    vwr_crypto_sym_data_flf_stateless
#define virtio_crypto_aead_data_flf             vwr_crypto_aead_data_flf
#define virtio_crypto_aead_data_flf_stateless   vwr_crypto_aead_data_flf_stateless
#define virtio_crypto_akcipher_data_flf         vwr_crypto_akcipher_data_flf
#define virtio_crypto_akcipher_data_flf_stateless vwr_crypto_akcipher_data_flf_stateless
#define virtio_crypto_ipsec_resource_cap        vwr_crypto_ipsec_resource_cap
#define virtio_crypto_ipsec_mode_cap            vwr_crypto_ipsec_mode_cap
#define virtio_crypto_ipsec_sa_cap_data         vwr_crypto_ipsec_sa_cap_data
#define virtio_crypto_ipsec_tunnel_param        vwr_crypto_ipsec_tunnel_param
#define virtio_crypto_ipsec_lifetime            vwr_crypto_ipsec_lifetime
#define virtio_crypto_resource_obj_ipsec_sa_256b_key vwr_crypto_resource_obj_ipsec_sa_256b_key
#define virtio_crypto_ipsec_data_flf            vwr_crypto_ipsec_data_flf
#define virtio_crypto_config                    vwr_crypto_config

#endif
