/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/crypto.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Crypto Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/crypto.h"
#include "virtio_crypto.h"

struct number {
    const char *name;
    unsigned long long got;
    unsigned long long expected;
};

static int check_bytes(const char *name, const void *got, size_t got_size, const uint8_t *expected, size_t size)
{
    const uint8_t *bytes = (const uint8_t *)got;
    int wrong = 0;

    if (got_size != size) {
        printf("%s has %u bytes, expected %u\n", name, (unsigned)got_size, (unsigned)size);
        return 1;
    }
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != expected[i]) {
            printf("%s: byte %u is 0x%02x, expected 0x%02x\n", name, (unsigned)i, bytes[i], expected[i]);
            wrong = 1;
        }
    }
    return wrong;
}

static int check_numbers(const struct number *numbers, size_t count)
{
    int wrong = 0;

    for (size_t i = 0; i < count; i++) {
        if (numbers[i].got != numbers[i].expected) {
            printf("%s is %llu, expected %llu\n", numbers[i].name, numbers[i].got, numbers[i].expected);
            wrong = 1;
        }
    }
    return wrong;
}

static int wire_vwr_crypto_ctrl_header(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_crypto_ctrl_header s;

    memset(&s, 0, sizeof(s));
    s.opcode = vwr_cpu_to_le32(0x04030201u);
    s.algo = vwr_cpu_to_le32(0x08070605u);
    s.flag = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_crypto_ctrl_header", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_ctrl_header(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_crypto_ctrl_header s;

    memset(&s, 0, sizeof(s));
    s.opcode = vwr_cpu_to_le32(0x04030201u);
    s.algo = vwr_cpu_to_le32(0x08070605u);
    s.flag = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_crypto_ctrl_header", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_op_ctrl_req(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_crypto_op_ctrl_req s;

    memset(&s, 0, sizeof(s));
    s.header.opcode = vwr_cpu_to_le32(0x04030201u);
    s.header.algo = vwr_cpu_to_le32(0x08070605u);
    s.header.flag = vwr_cpu_to_le32(0x0c0b0a09u);
    s.header.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_crypto_op_ctrl_req", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_op_ctrl_req(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_crypto_op_ctrl_req s;

    memset(&s, 0, sizeof(s));
    s.header.opcode = vwr_cpu_to_le32(0x04030201u);
    s.header.algo = vwr_cpu_to_le32(0x08070605u);
    s.header.flag = vwr_cpu_to_le32(0x0c0b0a09u);
    s.header.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_crypto_op_ctrl_req", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_create_session_input(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_crypto_create_session_input s;

    memset(&s, 0, sizeof(s));
    s.session_id = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.status = vwr_cpu_to_le32(0x0c0b0a09u);
    s.padding = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_crypto_create_session_input", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_create_session_input(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_crypto_create_session_input s;

    memset(&s, 0, sizeof(s));
    s.session_id = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.status = vwr_cpu_to_le32(0x0c0b0a09u);
    s.padding = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_crypto_create_session_input", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_destroy_session_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_crypto_destroy_session_flf s;

    memset(&s, 0, sizeof(s));
    s.session_id = vwr_cpu_to_le64(0x0807060504030201ULL);
    return check_bytes("struct vwr_crypto_destroy_session_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_destroy_session_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_crypto_destroy_session_flf s;

    memset(&s, 0, sizeof(s));
    s.session_id = vwr_cpu_to_le64(0x0807060504030201ULL);
    return check_bytes("struct virtio_crypto_destroy_session_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_destroy_session_input(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_crypto_destroy_session_input s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    return check_bytes("struct vwr_crypto_destroy_session_input", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_destroy_session_input(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_crypto_destroy_session_input s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    return check_bytes("struct virtio_crypto_destroy_session_input", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_hash_create_session_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_crypto_hash_create_session_flf s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.hash_result_len = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_crypto_hash_create_session_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_hash_create_session_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_crypto_hash_create_session_flf s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.hash_result_len = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_crypto_hash_create_session_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_mac_create_session_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_crypto_mac_create_session_flf s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.hash_result_len = vwr_cpu_to_le32(0x08070605u);
    s.auth_key_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.padding = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_crypto_mac_create_session_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_mac_create_session_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_crypto_mac_create_session_flf s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.hash_result_len = vwr_cpu_to_le32(0x08070605u);
    s.auth_key_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.padding = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_crypto_mac_create_session_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_cipher_session_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_crypto_cipher_session_flf s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.key_len = vwr_cpu_to_le32(0x08070605u);
    s.op = vwr_cpu_to_le32(0x0c0b0a09u);
    s.padding = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_crypto_cipher_session_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_cipher_session_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_crypto_cipher_session_flf s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.key_len = vwr_cpu_to_le32(0x08070605u);
    s.op = vwr_cpu_to_le32(0x0c0b0a09u);
    s.padding = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_crypto_cipher_session_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_alg_chain_session_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
    };
    struct vwr_crypto_alg_chain_session_flf s;

    memset(&s, 0, sizeof(s));
    s.alg_chain_order = vwr_cpu_to_le32(0x04030201u);
    s.hash_mode = vwr_cpu_to_le32(0x08070605u);
    s.cipher_hdr.algo = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cipher_hdr.key_len = vwr_cpu_to_le32(0x100f0e0du);
    s.cipher_hdr.op = vwr_cpu_to_le32(0x14131211u);
    s.cipher_hdr.padding = vwr_cpu_to_le32(0x18171615u);
    for (unsigned i = 0; i < 16; i++)
        s.algo_flf[i] = (uint8_t)(0x19u + i);
    s.aad_len = vwr_cpu_to_le32(0x2c2b2a29u);
    s.padding = vwr_cpu_to_le32(0x302f2e2du);
    return check_bytes("struct vwr_crypto_alg_chain_session_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_alg_chain_session_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
    };
    struct virtio_crypto_alg_chain_session_flf s;

    memset(&s, 0, sizeof(s));
    s.alg_chain_order = vwr_cpu_to_le32(0x04030201u);
    s.hash_mode = vwr_cpu_to_le32(0x08070605u);
    s.cipher_hdr.algo = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cipher_hdr.key_len = vwr_cpu_to_le32(0x100f0e0du);
    s.cipher_hdr.op = vwr_cpu_to_le32(0x14131211u);
    s.cipher_hdr.padding = vwr_cpu_to_le32(0x18171615u);
    for (unsigned i = 0; i < 16; i++)
        s.algo_flf[i] = (uint8_t)(0x19u + i);
    s.aad_len = vwr_cpu_to_le32(0x2c2b2a29u);
    s.padding = vwr_cpu_to_le32(0x302f2e2du);
    return check_bytes("struct virtio_crypto_alg_chain_session_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_sym_create_session_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct vwr_crypto_sym_create_session_flf s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 48; i++)
        s.op_flf[i] = (uint8_t)(0x01u + i);
    s.op_type = vwr_cpu_to_le32(0x34333231u);
    s.padding = vwr_cpu_to_le32(0x38373635u);
    return check_bytes("struct vwr_crypto_sym_create_session_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_sym_create_session_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct virtio_crypto_sym_create_session_flf s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 48; i++)
        s.op_flf[i] = (uint8_t)(0x01u + i);
    s.op_type = vwr_cpu_to_le32(0x34333231u);
    s.padding = vwr_cpu_to_le32(0x38373635u);
    return check_bytes("struct virtio_crypto_sym_create_session_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_aead_create_session_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_crypto_aead_create_session_flf s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.key_len = vwr_cpu_to_le32(0x08070605u);
    s.tag_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.aad_len = vwr_cpu_to_le32(0x100f0e0du);
    s.op = vwr_cpu_to_le32(0x14131211u);
    s.padding = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct vwr_crypto_aead_create_session_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_aead_create_session_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_crypto_aead_create_session_flf s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.key_len = vwr_cpu_to_le32(0x08070605u);
    s.tag_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.aad_len = vwr_cpu_to_le32(0x100f0e0du);
    s.op = vwr_cpu_to_le32(0x14131211u);
    s.padding = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct virtio_crypto_aead_create_session_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_rsa_session_para(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_crypto_rsa_session_para s;

    memset(&s, 0, sizeof(s));
    s.padding_algo = vwr_cpu_to_le32(0x04030201u);
    s.hash_algo = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_crypto_rsa_session_para", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_rsa_session_para(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_crypto_rsa_session_para s;

    memset(&s, 0, sizeof(s));
    s.padding_algo = vwr_cpu_to_le32(0x04030201u);
    s.hash_algo = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_crypto_rsa_session_para", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_ecdsa_session_para(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_crypto_ecdsa_session_para s;

    memset(&s, 0, sizeof(s));
    s.curve_id = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_crypto_ecdsa_session_para", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_ecdsa_session_para(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_crypto_ecdsa_session_para s;

    memset(&s, 0, sizeof(s));
    s.curve_id = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_crypto_ecdsa_session_para", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_akcipher_create_session_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct vwr_crypto_akcipher_create_session_flf s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.key_type = vwr_cpu_to_le32(0x08070605u);
    s.key_len = vwr_cpu_to_le32(0x0c0b0a09u);
    for (unsigned i = 0; i < 44; i++)
        s.algo_flf[i] = (uint8_t)(0x0du + i);
    return check_bytes("struct vwr_crypto_akcipher_create_session_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_akcipher_create_session_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct virtio_crypto_akcipher_create_session_flf s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.key_type = vwr_cpu_to_le32(0x08070605u);
    s.key_len = vwr_cpu_to_le32(0x0c0b0a09u);
    for (unsigned i = 0; i < 44; i++)
        s.algo_flf[i] = (uint8_t)(0x0du + i);
    return check_bytes("struct virtio_crypto_akcipher_create_session_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_op_header(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_crypto_op_header s;

    memset(&s, 0, sizeof(s));
    s.opcode = vwr_cpu_to_le32(0x04030201u);
    s.algo = vwr_cpu_to_le32(0x08070605u);
    s.session_id = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.flag = vwr_cpu_to_le32(0x14131211u);
    s.padding = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct vwr_crypto_op_header", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_op_header(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_crypto_op_header s;

    memset(&s, 0, sizeof(s));
    s.opcode = vwr_cpu_to_le32(0x04030201u);
    s.algo = vwr_cpu_to_le32(0x08070605u);
    s.session_id = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.flag = vwr_cpu_to_le32(0x14131211u);
    s.padding = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct virtio_crypto_op_header", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_inhdr(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_crypto_inhdr s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    return check_bytes("struct vwr_crypto_inhdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_inhdr(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_crypto_inhdr s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    return check_bytes("struct virtio_crypto_inhdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_op_data_req(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_crypto_op_data_req s;

    memset(&s, 0, sizeof(s));
    s.header.opcode = vwr_cpu_to_le32(0x04030201u);
    s.header.algo = vwr_cpu_to_le32(0x08070605u);
    s.header.session_id = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.header.flag = vwr_cpu_to_le32(0x14131211u);
    s.header.padding = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct vwr_crypto_op_data_req", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_op_data_req(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_crypto_op_data_req s;

    memset(&s, 0, sizeof(s));
    s.header.opcode = vwr_cpu_to_le32(0x04030201u);
    s.header.algo = vwr_cpu_to_le32(0x08070605u);
    s.header.session_id = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.header.flag = vwr_cpu_to_le32(0x14131211u);
    s.header.padding = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct virtio_crypto_op_data_req", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_op_data_req_in(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_crypto_op_data_req_in s;

    memset(&s, 0, sizeof(s));
    s.inhdr.status = 0x01u;
    return check_bytes("struct vwr_crypto_op_data_req_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_op_data_req_in(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_crypto_op_data_req_in s;

    memset(&s, 0, sizeof(s));
    s.inhdr.status = 0x01u;
    return check_bytes("struct virtio_crypto_op_data_req_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_hash_data_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_crypto_hash_data_flf s;

    memset(&s, 0, sizeof(s));
    s.src_data_len = vwr_cpu_to_le32(0x04030201u);
    s.hash_result_len = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_crypto_hash_data_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_hash_data_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_crypto_hash_data_flf s;

    memset(&s, 0, sizeof(s));
    s.src_data_len = vwr_cpu_to_le32(0x04030201u);
    s.hash_result_len = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_crypto_hash_data_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_hash_data_flf_stateless_sess_para(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_crypto_hash_data_flf_stateless_sess_para s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_crypto_hash_data_flf_stateless_sess_para", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_hash_data_flf_stateless_sess_para(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_crypto_hash_data_flf_stateless_sess_para s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_crypto_hash_data_flf_stateless_sess_para", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_hash_data_flf_stateless(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_crypto_hash_data_flf_stateless s;

    memset(&s, 0, sizeof(s));
    s.sess_para.algo = vwr_cpu_to_le32(0x04030201u);
    s.src_data_len = vwr_cpu_to_le32(0x08070605u);
    s.hash_result_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_crypto_hash_data_flf_stateless", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_hash_data_flf_stateless(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_crypto_hash_data_flf_stateless s;

    memset(&s, 0, sizeof(s));
    s.sess_para.algo = vwr_cpu_to_le32(0x04030201u);
    s.src_data_len = vwr_cpu_to_le32(0x08070605u);
    s.hash_result_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_crypto_hash_data_flf_stateless", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_mac_data_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_crypto_mac_data_flf s;

    memset(&s, 0, sizeof(s));
    s.hdr.src_data_len = vwr_cpu_to_le32(0x04030201u);
    s.hdr.hash_result_len = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_crypto_mac_data_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_mac_data_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_crypto_mac_data_flf s;

    memset(&s, 0, sizeof(s));
    s.hdr.src_data_len = vwr_cpu_to_le32(0x04030201u);
    s.hdr.hash_result_len = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_crypto_mac_data_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_mac_data_flf_stateless_sess_para(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_crypto_mac_data_flf_stateless_sess_para s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.auth_key_len = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_crypto_mac_data_flf_stateless_sess_para", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_mac_data_flf_stateless_sess_para(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_crypto_mac_data_flf_stateless_sess_para s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.auth_key_len = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_crypto_mac_data_flf_stateless_sess_para", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_mac_data_flf_stateless(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_crypto_mac_data_flf_stateless s;

    memset(&s, 0, sizeof(s));
    s.sess_para.algo = vwr_cpu_to_le32(0x04030201u);
    s.sess_para.auth_key_len = vwr_cpu_to_le32(0x08070605u);
    s.src_data_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.hash_result_len = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_crypto_mac_data_flf_stateless", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_mac_data_flf_stateless(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_crypto_mac_data_flf_stateless s;

    memset(&s, 0, sizeof(s));
    s.sess_para.algo = vwr_cpu_to_le32(0x04030201u);
    s.sess_para.auth_key_len = vwr_cpu_to_le32(0x08070605u);
    s.src_data_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.hash_result_len = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_crypto_mac_data_flf_stateless", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_cipher_data_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_crypto_cipher_data_flf s;

    memset(&s, 0, sizeof(s));
    s.iv_len = vwr_cpu_to_le32(0x04030201u);
    s.src_data_len = vwr_cpu_to_le32(0x08070605u);
    s.dst_data_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.padding = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_crypto_cipher_data_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_cipher_data_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_crypto_cipher_data_flf s;

    memset(&s, 0, sizeof(s));
    s.iv_len = vwr_cpu_to_le32(0x04030201u);
    s.src_data_len = vwr_cpu_to_le32(0x08070605u);
    s.dst_data_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.padding = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_crypto_cipher_data_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_alg_chain_data_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct vwr_crypto_alg_chain_data_flf s;

    memset(&s, 0, sizeof(s));
    s.iv_len = vwr_cpu_to_le32(0x04030201u);
    s.src_data_len = vwr_cpu_to_le32(0x08070605u);
    s.dst_data_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cipher_start_src_offset = vwr_cpu_to_le32(0x100f0e0du);
    s.len_to_cipher = vwr_cpu_to_le32(0x14131211u);
    s.hash_start_src_offset = vwr_cpu_to_le32(0x18171615u);
    s.len_to_hash = vwr_cpu_to_le32(0x1c1b1a19u);
    s.aad_len = vwr_cpu_to_le32(0x201f1e1du);
    s.hash_result_len = vwr_cpu_to_le32(0x24232221u);
    s.reserved = vwr_cpu_to_le32(0x28272625u);
    return check_bytes("struct vwr_crypto_alg_chain_data_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_alg_chain_data_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct virtio_crypto_alg_chain_data_flf s;

    memset(&s, 0, sizeof(s));
    s.iv_len = vwr_cpu_to_le32(0x04030201u);
    s.src_data_len = vwr_cpu_to_le32(0x08070605u);
    s.dst_data_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cipher_start_src_offset = vwr_cpu_to_le32(0x100f0e0du);
    s.len_to_cipher = vwr_cpu_to_le32(0x14131211u);
    s.hash_start_src_offset = vwr_cpu_to_le32(0x18171615u);
    s.len_to_hash = vwr_cpu_to_le32(0x1c1b1a19u);
    s.aad_len = vwr_cpu_to_le32(0x201f1e1du);
    s.hash_result_len = vwr_cpu_to_le32(0x24232221u);
    s.reserved = vwr_cpu_to_le32(0x28272625u);
    return check_bytes("struct virtio_crypto_alg_chain_data_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_sym_data_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
    };
    struct vwr_crypto_sym_data_flf s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 40; i++)
        s.op_type_flf[i] = (uint8_t)(0x01u + i);
    s.op_type = vwr_cpu_to_le32(0x2c2b2a29u);
    s.padding = vwr_cpu_to_le32(0x302f2e2du);
    return check_bytes("struct vwr_crypto_sym_data_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_sym_data_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
    };
    struct virtio_crypto_sym_data_flf s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 40; i++)
        s.op_type_flf[i] = (uint8_t)(0x01u + i);
    s.op_type = vwr_cpu_to_le32(0x2c2b2a29u);
    s.padding = vwr_cpu_to_le32(0x302f2e2du);
    return check_bytes("struct virtio_crypto_sym_data_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_cipher_data_flf_stateless_sess_para(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct vwr_crypto_cipher_data_flf_stateless_sess_para s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.key_len = vwr_cpu_to_le32(0x08070605u);
    s.op = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct vwr_crypto_cipher_data_flf_stateless_sess_para", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_cipher_data_flf_stateless_sess_para(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct virtio_crypto_cipher_data_flf_stateless_sess_para s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.key_len = vwr_cpu_to_le32(0x08070605u);
    s.op = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct virtio_crypto_cipher_data_flf_stateless_sess_para", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_cipher_data_flf_stateless(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_crypto_cipher_data_flf_stateless s;

    memset(&s, 0, sizeof(s));
    s.sess_para.algo = vwr_cpu_to_le32(0x04030201u);
    s.sess_para.key_len = vwr_cpu_to_le32(0x08070605u);
    s.sess_para.op = vwr_cpu_to_le32(0x0c0b0a09u);
    s.iv_len = vwr_cpu_to_le32(0x100f0e0du);
    s.src_data_len = vwr_cpu_to_le32(0x14131211u);
    s.dst_data_len = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct vwr_crypto_cipher_data_flf_stateless", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_cipher_data_flf_stateless(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_crypto_cipher_data_flf_stateless s;

    memset(&s, 0, sizeof(s));
    s.sess_para.algo = vwr_cpu_to_le32(0x04030201u);
    s.sess_para.key_len = vwr_cpu_to_le32(0x08070605u);
    s.sess_para.op = vwr_cpu_to_le32(0x0c0b0a09u);
    s.iv_len = vwr_cpu_to_le32(0x100f0e0du);
    s.src_data_len = vwr_cpu_to_le32(0x14131211u);
    s.dst_data_len = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct virtio_crypto_cipher_data_flf_stateless", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_alg_chain_data_flf_stateless_sess_para_cipher(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct vwr_crypto_alg_chain_data_flf_stateless_sess_para_cipher s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.key_len = vwr_cpu_to_le32(0x08070605u);
    s.op = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct vwr_crypto_alg_chain_data_flf_stateless_sess_para_cipher", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_alg_chain_data_flf_stateless_sess_para_cipher(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct virtio_crypto_alg_chain_data_flf_stateless_sess_para_cipher s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.key_len = vwr_cpu_to_le32(0x08070605u);
    s.op = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct virtio_crypto_alg_chain_data_flf_stateless_sess_para_cipher", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_alg_chain_data_flf_stateless_sess_para_hash(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct vwr_crypto_alg_chain_data_flf_stateless_sess_para_hash s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.auth_key_len = vwr_cpu_to_le32(0x08070605u);
    s.hash_mode = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct vwr_crypto_alg_chain_data_flf_stateless_sess_para_hash", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_alg_chain_data_flf_stateless_sess_para_hash(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct virtio_crypto_alg_chain_data_flf_stateless_sess_para_hash s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.auth_key_len = vwr_cpu_to_le32(0x08070605u);
    s.hash_mode = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct virtio_crypto_alg_chain_data_flf_stateless_sess_para_hash", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_alg_chain_data_flf_stateless_sess_para(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_crypto_alg_chain_data_flf_stateless_sess_para s;

    memset(&s, 0, sizeof(s));
    s.alg_chain_order = vwr_cpu_to_le32(0x04030201u);
    s.aad_len = vwr_cpu_to_le32(0x08070605u);
    s.cipher.algo = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cipher.key_len = vwr_cpu_to_le32(0x100f0e0du);
    s.cipher.op = vwr_cpu_to_le32(0x14131211u);
    s.hash.algo = vwr_cpu_to_le32(0x18171615u);
    s.hash.auth_key_len = vwr_cpu_to_le32(0x1c1b1a19u);
    s.hash.hash_mode = vwr_cpu_to_le32(0x201f1e1du);
    return check_bytes("struct vwr_crypto_alg_chain_data_flf_stateless_sess_para", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_alg_chain_data_flf_stateless_sess_para(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_crypto_alg_chain_data_flf_stateless_sess_para s;

    memset(&s, 0, sizeof(s));
    s.alg_chain_order = vwr_cpu_to_le32(0x04030201u);
    s.aad_len = vwr_cpu_to_le32(0x08070605u);
    s.cipher.algo = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cipher.key_len = vwr_cpu_to_le32(0x100f0e0du);
    s.cipher.op = vwr_cpu_to_le32(0x14131211u);
    s.hash.algo = vwr_cpu_to_le32(0x18171615u);
    s.hash.auth_key_len = vwr_cpu_to_le32(0x1c1b1a19u);
    s.hash.hash_mode = vwr_cpu_to_le32(0x201f1e1du);
    return check_bytes("struct virtio_crypto_alg_chain_data_flf_stateless_sess_para", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_alg_chain_data_flf_stateless(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
    };
    struct vwr_crypto_alg_chain_data_flf_stateless s;

    memset(&s, 0, sizeof(s));
    s.sess_para.alg_chain_order = vwr_cpu_to_le32(0x04030201u);
    s.sess_para.aad_len = vwr_cpu_to_le32(0x08070605u);
    s.sess_para.cipher.algo = vwr_cpu_to_le32(0x0c0b0a09u);
    s.sess_para.cipher.key_len = vwr_cpu_to_le32(0x100f0e0du);
    s.sess_para.cipher.op = vwr_cpu_to_le32(0x14131211u);
    s.sess_para.hash.algo = vwr_cpu_to_le32(0x18171615u);
    s.sess_para.hash.auth_key_len = vwr_cpu_to_le32(0x1c1b1a19u);
    s.sess_para.hash.hash_mode = vwr_cpu_to_le32(0x201f1e1du);
    s.iv_len = vwr_cpu_to_le32(0x24232221u);
    s.src_data_len = vwr_cpu_to_le32(0x28272625u);
    s.dst_data_len = vwr_cpu_to_le32(0x2c2b2a29u);
    s.cipher_start_src_offset = vwr_cpu_to_le32(0x302f2e2du);
    s.len_to_cipher = vwr_cpu_to_le32(0x34333231u);
    s.hash_start_src_offset = vwr_cpu_to_le32(0x38373635u);
    s.len_to_hash = vwr_cpu_to_le32(0x3c3b3a39u);
    s.aad_len = vwr_cpu_to_le32(0x403f3e3du);
    s.hash_result_len = vwr_cpu_to_le32(0x44434241u);
    s.reserved = vwr_cpu_to_le32(0x48474645u);
    return check_bytes("struct vwr_crypto_alg_chain_data_flf_stateless", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_alg_chain_data_flf_stateless(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
    };
    struct virtio_crypto_alg_chain_data_flf_stateless s;

    memset(&s, 0, sizeof(s));
    s.sess_para.alg_chain_order = vwr_cpu_to_le32(0x04030201u);
    s.sess_para.aad_len = vwr_cpu_to_le32(0x08070605u);
    s.sess_para.cipher.algo = vwr_cpu_to_le32(0x0c0b0a09u);
    s.sess_para.cipher.key_len = vwr_cpu_to_le32(0x100f0e0du);
    s.sess_para.cipher.op = vwr_cpu_to_le32(0x14131211u);
    s.sess_para.hash.algo = vwr_cpu_to_le32(0x18171615u);
    s.sess_para.hash.auth_key_len = vwr_cpu_to_le32(0x1c1b1a19u);
    s.sess_para.hash.hash_mode = vwr_cpu_to_le32(0x201f1e1du);
    s.iv_len = vwr_cpu_to_le32(0x24232221u);
    s.src_data_len = vwr_cpu_to_le32(0x28272625u);
    s.dst_data_len = vwr_cpu_to_le32(0x2c2b2a29u);
    s.cipher_start_src_offset = vwr_cpu_to_le32(0x302f2e2du);
    s.len_to_cipher = vwr_cpu_to_le32(0x34333231u);
    s.hash_start_src_offset = vwr_cpu_to_le32(0x38373635u);
    s.len_to_hash = vwr_cpu_to_le32(0x3c3b3a39u);
    s.aad_len = vwr_cpu_to_le32(0x403f3e3du);
    s.hash_result_len = vwr_cpu_to_le32(0x44434241u);
    s.reserved = vwr_cpu_to_le32(0x48474645u);
    return check_bytes("struct virtio_crypto_alg_chain_data_flf_stateless", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_sym_data_flf_stateless(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c,
    };
    struct vwr_crypto_sym_data_flf_stateless s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 72; i++)
        s.op_type_flf[i] = (uint8_t)(0x01u + i);
    s.op_type = vwr_cpu_to_le32(0x4c4b4a49u);
    return check_bytes("struct vwr_crypto_sym_data_flf_stateless", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_sym_data_flf_stateless(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c,
    };
    struct virtio_crypto_sym_data_flf_stateless s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 72; i++)
        s.op_type_flf[i] = (uint8_t)(0x01u + i);
    s.op_type = vwr_cpu_to_le32(0x4c4b4a49u);
    return check_bytes("struct virtio_crypto_sym_data_flf_stateless", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_aead_data_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_crypto_aead_data_flf s;

    memset(&s, 0, sizeof(s));
    s.iv_len = vwr_cpu_to_le32(0x04030201u);
    s.aad_len = vwr_cpu_to_le32(0x08070605u);
    s.src_data_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.dst_data_len = vwr_cpu_to_le32(0x100f0e0du);
    s.tag_len = vwr_cpu_to_le32(0x14131211u);
    s.reserved = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct vwr_crypto_aead_data_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_aead_data_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_crypto_aead_data_flf s;

    memset(&s, 0, sizeof(s));
    s.iv_len = vwr_cpu_to_le32(0x04030201u);
    s.aad_len = vwr_cpu_to_le32(0x08070605u);
    s.src_data_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.dst_data_len = vwr_cpu_to_le32(0x100f0e0du);
    s.tag_len = vwr_cpu_to_le32(0x14131211u);
    s.reserved = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct virtio_crypto_aead_data_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_aead_data_flf_stateless_sess_para(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct vwr_crypto_aead_data_flf_stateless_sess_para s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.key_len = vwr_cpu_to_le32(0x08070605u);
    s.op = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct vwr_crypto_aead_data_flf_stateless_sess_para", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_aead_data_flf_stateless_sess_para(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct virtio_crypto_aead_data_flf_stateless_sess_para s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.key_len = vwr_cpu_to_le32(0x08070605u);
    s.op = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct virtio_crypto_aead_data_flf_stateless_sess_para", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_aead_data_flf_stateless(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_crypto_aead_data_flf_stateless s;

    memset(&s, 0, sizeof(s));
    s.sess_para.algo = vwr_cpu_to_le32(0x04030201u);
    s.sess_para.key_len = vwr_cpu_to_le32(0x08070605u);
    s.sess_para.op = vwr_cpu_to_le32(0x0c0b0a09u);
    s.iv_len = vwr_cpu_to_le32(0x100f0e0du);
    s.tag_len = vwr_cpu_to_le32(0x14131211u);
    s.aad_len = vwr_cpu_to_le32(0x18171615u);
    s.src_data_len = vwr_cpu_to_le32(0x1c1b1a19u);
    s.dst_data_len = vwr_cpu_to_le32(0x201f1e1du);
    return check_bytes("struct vwr_crypto_aead_data_flf_stateless", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_aead_data_flf_stateless(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_crypto_aead_data_flf_stateless s;

    memset(&s, 0, sizeof(s));
    s.sess_para.algo = vwr_cpu_to_le32(0x04030201u);
    s.sess_para.key_len = vwr_cpu_to_le32(0x08070605u);
    s.sess_para.op = vwr_cpu_to_le32(0x0c0b0a09u);
    s.iv_len = vwr_cpu_to_le32(0x100f0e0du);
    s.tag_len = vwr_cpu_to_le32(0x14131211u);
    s.aad_len = vwr_cpu_to_le32(0x18171615u);
    s.src_data_len = vwr_cpu_to_le32(0x1c1b1a19u);
    s.dst_data_len = vwr_cpu_to_le32(0x201f1e1du);
    return check_bytes("struct virtio_crypto_aead_data_flf_stateless", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_akcipher_data_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_crypto_akcipher_data_flf s;

    memset(&s, 0, sizeof(s));
    s.src_data_len = vwr_cpu_to_le32(0x04030201u);
    s.dst_data_len = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_crypto_akcipher_data_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_akcipher_data_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_crypto_akcipher_data_flf s;

    memset(&s, 0, sizeof(s));
    s.src_data_len = vwr_cpu_to_le32(0x04030201u);
    s.dst_data_len = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_crypto_akcipher_data_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_akcipher_data_flf_stateless_sess_para(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
    };
    struct vwr_crypto_akcipher_data_flf_stateless_sess_para s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.key_type = vwr_cpu_to_le32(0x08070605u);
    s.key_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.u.rsa.padding_algo = vwr_cpu_to_le32(0x100f0e0du);
    s.u.rsa.hash_algo = vwr_cpu_to_le32(0x14131211u);
    return check_bytes("struct vwr_crypto_akcipher_data_flf_stateless_sess_para", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_akcipher_data_flf_stateless_sess_para(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
    };
    struct virtio_crypto_akcipher_data_flf_stateless_sess_para s;

    memset(&s, 0, sizeof(s));
    s.algo = vwr_cpu_to_le32(0x04030201u);
    s.key_type = vwr_cpu_to_le32(0x08070605u);
    s.key_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.u.rsa.padding_algo = vwr_cpu_to_le32(0x100f0e0du);
    s.u.rsa.hash_algo = vwr_cpu_to_le32(0x14131211u);
    return check_bytes("struct virtio_crypto_akcipher_data_flf_stateless_sess_para", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_akcipher_data_flf_stateless(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c,
    };
    struct vwr_crypto_akcipher_data_flf_stateless s;

    memset(&s, 0, sizeof(s));
    s.sess_para.algo = vwr_cpu_to_le32(0x04030201u);
    s.sess_para.key_type = vwr_cpu_to_le32(0x08070605u);
    s.sess_para.key_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.sess_para.u.rsa.padding_algo = vwr_cpu_to_le32(0x100f0e0du);
    s.sess_para.u.rsa.hash_algo = vwr_cpu_to_le32(0x14131211u);
    s.src_data_len = vwr_cpu_to_le32(0x18171615u);
    s.dst_data_len = vwr_cpu_to_le32(0x1c1b1a19u);
    return check_bytes("struct vwr_crypto_akcipher_data_flf_stateless", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_akcipher_data_flf_stateless(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c,
    };
    struct virtio_crypto_akcipher_data_flf_stateless s;

    memset(&s, 0, sizeof(s));
    s.sess_para.algo = vwr_cpu_to_le32(0x04030201u);
    s.sess_para.key_type = vwr_cpu_to_le32(0x08070605u);
    s.sess_para.key_len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.sess_para.u.rsa.padding_algo = vwr_cpu_to_le32(0x100f0e0du);
    s.sess_para.u.rsa.hash_algo = vwr_cpu_to_le32(0x14131211u);
    s.src_data_len = vwr_cpu_to_le32(0x18171615u);
    s.dst_data_len = vwr_cpu_to_le32(0x1c1b1a19u);
    return check_bytes("struct virtio_crypto_akcipher_data_flf_stateless", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_ipsec_resource_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_crypto_ipsec_resource_cap s;

    memset(&s, 0, sizeof(s));
    s.inb_sa_limit = vwr_cpu_to_le32(0x04030201u);
    s.outb_sa_limit = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_crypto_ipsec_resource_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_ipsec_resource_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_crypto_ipsec_resource_cap s;

    memset(&s, 0, sizeof(s));
    s.inb_sa_limit = vwr_cpu_to_le32(0x04030201u);
    s.outb_sa_limit = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_crypto_ipsec_resource_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_ipsec_mode_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c,
    };
    struct vwr_crypto_ipsec_mode_cap s;

    memset(&s, 0, sizeof(s));
    s.mode = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    s.max_replay_win_sz = vwr_cpu_to_le32(0x08070605u);
    s.options = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved1 = vwr_cpu_to_le32(0x100f0e0du);
    s.cipher_algo = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.hmac_algo = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.aead_algo = vwr_cpu_to_le32(0x24232221u);
    s.max_cipher_key_len = vwr_cpu_to_le32(0x28272625u);
    s.max_auth_key_len = vwr_cpu_to_le32(0x2c2b2a29u);
    return check_bytes("struct vwr_crypto_ipsec_mode_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_ipsec_mode_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c,
    };
    struct virtio_crypto_ipsec_mode_cap s;

    memset(&s, 0, sizeof(s));
    s.mode = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    s.max_replay_win_sz = vwr_cpu_to_le32(0x08070605u);
    s.options = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved1 = vwr_cpu_to_le32(0x100f0e0du);
    s.cipher_algo = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.hmac_algo = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.aead_algo = vwr_cpu_to_le32(0x24232221u);
    s.max_cipher_key_len = vwr_cpu_to_le32(0x28272625u);
    s.max_auth_key_len = vwr_cpu_to_le32(0x2c2b2a29u);
    return check_bytes("struct virtio_crypto_ipsec_mode_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_ipsec_sa_cap_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_crypto_ipsec_sa_cap_data s;

    memset(&s, 0, sizeof(s));
    s.count = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct vwr_crypto_ipsec_sa_cap_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_ipsec_sa_cap_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_crypto_ipsec_sa_cap_data s;

    memset(&s, 0, sizeof(s));
    s.count = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct virtio_crypto_ipsec_sa_cap_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_in_addr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_crypto_in_addr s;

    memset(&s, 0, sizeof(s));
    s.s_addr = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_crypto_in_addr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_in_addr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_crypto_in_addr s;

    memset(&s, 0, sizeof(s));
    s.s_addr = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_crypto_in_addr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_in6_addr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_crypto_in6_addr s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 16; i++)
        s.s6_u8[i] = (uint8_t)(0x01u + i);
    return check_bytes("struct vwr_crypto_in6_addr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_in6_addr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_crypto_in6_addr s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 16; i++)
        s.s6_u8[i] = (uint8_t)(0x01u + i);
    return check_bytes("struct virtio_crypto_in6_addr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_ipsec_tunnel_param_ipv4(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct vwr_crypto_ipsec_tunnel_param_ipv4 s;

    memset(&s, 0, sizeof(s));
    s.src_ip.s_addr = vwr_cpu_to_le32(0x04030201u);
    s.dst_ip.s_addr = vwr_cpu_to_le32(0x08070605u);
    s.dscp = 0x09u;
    s.df = 0x0au;
    s.ttl = 0x0bu;
    s.reserved1 = 0x0cu;
    return check_bytes("struct vwr_crypto_ipsec_tunnel_param_ipv4", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_ipsec_tunnel_param_ipv4(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct virtio_crypto_ipsec_tunnel_param_ipv4 s;

    memset(&s, 0, sizeof(s));
    s.src_ip.s_addr = vwr_cpu_to_le32(0x04030201u);
    s.dst_ip.s_addr = vwr_cpu_to_le32(0x08070605u);
    s.dscp = 0x09u;
    s.df = 0x0au;
    s.ttl = 0x0bu;
    s.reserved1 = 0x0cu;
    return check_bytes("struct virtio_crypto_ipsec_tunnel_param_ipv4", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_ipsec_tunnel_param_ipv6(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct vwr_crypto_ipsec_tunnel_param_ipv6 s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 16; i++)
        s.src_addr.s6_u8[i] = (uint8_t)(0x01u + i);
    for (unsigned i = 0; i < 16; i++)
        s.dst_addr.s6_u8[i] = (uint8_t)(0x11u + i);
    s.flabel = vwr_cpu_to_le32(0x24232221u);
    s.hlimit = 0x25u;
    s.dscp = 0x26u;
    for (unsigned i = 0; i < 2; i++)
        s.reserved2[i] = (uint8_t)(0x27u + i);
    return check_bytes("struct vwr_crypto_ipsec_tunnel_param_ipv6", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_ipsec_tunnel_param_ipv6(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct virtio_crypto_ipsec_tunnel_param_ipv6 s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 16; i++)
        s.src_addr.s6_u8[i] = (uint8_t)(0x01u + i);
    for (unsigned i = 0; i < 16; i++)
        s.dst_addr.s6_u8[i] = (uint8_t)(0x11u + i);
    s.flabel = vwr_cpu_to_le32(0x24232221u);
    s.hlimit = 0x25u;
    s.dscp = 0x26u;
    for (unsigned i = 0; i < 2; i++)
        s.reserved2[i] = (uint8_t)(0x27u + i);
    return check_bytes("struct virtio_crypto_ipsec_tunnel_param_ipv6", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_ipsec_tunnel_param(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c,
    };
    struct vwr_crypto_ipsec_tunnel_param s;

    memset(&s, 0, sizeof(s));
    s.type = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    for (unsigned i = 0; i < 16; i++)
        s.ipv6.src_addr.s6_u8[i] = (uint8_t)(0x05u + i);
    for (unsigned i = 0; i < 16; i++)
        s.ipv6.dst_addr.s6_u8[i] = (uint8_t)(0x15u + i);
    s.ipv6.flabel = vwr_cpu_to_le32(0x28272625u);
    s.ipv6.hlimit = 0x29u;
    s.ipv6.dscp = 0x2au;
    for (unsigned i = 0; i < 2; i++)
        s.ipv6.reserved2[i] = (uint8_t)(0x2bu + i);
    return check_bytes("struct vwr_crypto_ipsec_tunnel_param", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_ipsec_tunnel_param(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c,
    };
    struct virtio_crypto_ipsec_tunnel_param s;

    memset(&s, 0, sizeof(s));
    s.type = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    for (unsigned i = 0; i < 16; i++)
        s.ipv6.src_addr.s6_u8[i] = (uint8_t)(0x05u + i);
    for (unsigned i = 0; i < 16; i++)
        s.ipv6.dst_addr.s6_u8[i] = (uint8_t)(0x15u + i);
    s.ipv6.flabel = vwr_cpu_to_le32(0x28272625u);
    s.ipv6.hlimit = 0x29u;
    s.ipv6.dscp = 0x2au;
    for (unsigned i = 0; i < 2; i++)
        s.ipv6.reserved2[i] = (uint8_t)(0x2bu + i);
    return check_bytes("struct virtio_crypto_ipsec_tunnel_param", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_ipsec_lifetime(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_crypto_ipsec_lifetime s;

    memset(&s, 0, sizeof(s));
    s.packets_soft_limit = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.bytes_soft_limit = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.packets_hard_limit = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.bytes_hard_limit = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    return check_bytes("struct vwr_crypto_ipsec_lifetime", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_ipsec_lifetime(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_crypto_ipsec_lifetime s;

    memset(&s, 0, sizeof(s));
    s.packets_soft_limit = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.bytes_soft_limit = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.packets_hard_limit = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.bytes_hard_limit = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    return check_bytes("struct virtio_crypto_ipsec_lifetime", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_resource_obj_ipsec_sa_256b_key_cipher_key(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
    };
    struct vwr_crypto_resource_obj_ipsec_sa_256b_key_cipher_key s;

    memset(&s, 0, sizeof(s));
    s.length = vwr_cpu_to_le16(0x0201u);
    s.reserved1 = vwr_cpu_to_le16(0x0403u);
    for (unsigned i = 0; i < 32; i++)
        s.data[i] = (uint8_t)(0x05u + i);
    return check_bytes("struct vwr_crypto_resource_obj_ipsec_sa_256b_key_cipher_key", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_resource_obj_ipsec_sa_256b_key_cipher_key(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
    };
    struct virtio_crypto_resource_obj_ipsec_sa_256b_key_cipher_key s;

    memset(&s, 0, sizeof(s));
    s.length = vwr_cpu_to_le16(0x0201u);
    s.reserved1 = vwr_cpu_to_le16(0x0403u);
    for (unsigned i = 0; i < 32; i++)
        s.data[i] = (uint8_t)(0x05u + i);
    return check_bytes("struct virtio_crypto_resource_obj_ipsec_sa_256b_key_cipher_key", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_resource_obj_ipsec_sa_256b_key_auth_key(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
    };
    struct vwr_crypto_resource_obj_ipsec_sa_256b_key_auth_key s;

    memset(&s, 0, sizeof(s));
    s.length = vwr_cpu_to_le16(0x0201u);
    s.reserved2 = vwr_cpu_to_le16(0x0403u);
    for (unsigned i = 0; i < 32; i++)
        s.data[i] = (uint8_t)(0x05u + i);
    return check_bytes("struct vwr_crypto_resource_obj_ipsec_sa_256b_key_auth_key", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_resource_obj_ipsec_sa_256b_key_auth_key(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
    };
    struct virtio_crypto_resource_obj_ipsec_sa_256b_key_auth_key s;

    memset(&s, 0, sizeof(s));
    s.length = vwr_cpu_to_le16(0x0201u);
    s.reserved2 = vwr_cpu_to_le16(0x0403u);
    for (unsigned i = 0; i < 32; i++)
        s.data[i] = (uint8_t)(0x05u + i);
    return check_bytes("struct virtio_crypto_resource_obj_ipsec_sa_256b_key_auth_key", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_resource_obj_ipsec_sa_256b_key(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54,
        0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60,
        0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c,
        0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
        0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84,
        0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x90,
        0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c,
        0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8,
        0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf, 0xb0, 0xb1, 0xb2, 0xb3, 0xb4,
        0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf, 0xc0,
        0xc1, 0xc2, 0xc3, 0xc4,
    };
    struct vwr_crypto_resource_obj_ipsec_sa_256b_key s;

    memset(&s, 0, sizeof(s));
    s.mode = 0x01u;
    s.direction = 0x02u;
    for (unsigned i = 0; i < 2; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    s.obj_id = vwr_cpu_to_le32(0x08070605u);
    s.spi = vwr_cpu_to_le32(0x0c0b0a09u);
    s.salt = vwr_cpu_to_le32(0x100f0e0du);
    s.options = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.param.type = 0x19u;
    for (unsigned i = 0; i < 3; i++)
        s.param.reserved[i] = (uint8_t)(0x1au + i);
    for (unsigned i = 0; i < 16; i++)
        s.param.ipv6.src_addr.s6_u8[i] = (uint8_t)(0x1du + i);
    for (unsigned i = 0; i < 16; i++)
        s.param.ipv6.dst_addr.s6_u8[i] = (uint8_t)(0x2du + i);
    s.param.ipv6.flabel = vwr_cpu_to_le32(0x403f3e3du);
    s.param.ipv6.hlimit = 0x41u;
    s.param.ipv6.dscp = 0x42u;
    for (unsigned i = 0; i < 2; i++)
        s.param.ipv6.reserved2[i] = (uint8_t)(0x43u + i);
    s.udp_sport = vwr_cpu_to_le16(0x4645u);
    s.udp_dport = vwr_cpu_to_le16(0x4847u);
    s.replay_win_sz = vwr_cpu_to_le32(0x4c4b4a49u);
    s.cipher_algo = vwr_cpu_to_le64(0x54535251504f4e4dULL);
    s.cipher_key.length = vwr_cpu_to_le16(0x5655u);
    s.cipher_key.reserved1 = vwr_cpu_to_le16(0x5857u);
    for (unsigned i = 0; i < 32; i++)
        s.cipher_key.data[i] = (uint8_t)(0x59u + i);
    s.auth_algo = vwr_cpu_to_le64(0x807f7e7d7c7b7a79ULL);
    s.auth_key.length = vwr_cpu_to_le16(0x8281u);
    s.auth_key.reserved2 = vwr_cpu_to_le16(0x8483u);
    for (unsigned i = 0; i < 32; i++)
        s.auth_key.data[i] = (uint8_t)(0x85u + i);
    s.life.packets_soft_limit = vwr_cpu_to_le64(0xacabaaa9a8a7a6a5ULL);
    s.life.bytes_soft_limit = vwr_cpu_to_le64(0xb4b3b2b1b0afaeadULL);
    s.life.packets_hard_limit = vwr_cpu_to_le64(0xbcbbbab9b8b7b6b5ULL);
    s.life.bytes_hard_limit = vwr_cpu_to_le64(0xc4c3c2c1c0bfbebdULL);
    return check_bytes("struct vwr_crypto_resource_obj_ipsec_sa_256b_key", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_resource_obj_ipsec_sa_256b_key(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54,
        0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60,
        0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c,
        0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
        0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84,
        0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x90,
        0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c,
        0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8,
        0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf, 0xb0, 0xb1, 0xb2, 0xb3, 0xb4,
        0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf, 0xc0,
        0xc1, 0xc2, 0xc3, 0xc4,
    };
    struct virtio_crypto_resource_obj_ipsec_sa_256b_key s;

    memset(&s, 0, sizeof(s));
    s.mode = 0x01u;
    s.direction = 0x02u;
    for (unsigned i = 0; i < 2; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    s.obj_id = vwr_cpu_to_le32(0x08070605u);
    s.spi = vwr_cpu_to_le32(0x0c0b0a09u);
    s.salt = vwr_cpu_to_le32(0x100f0e0du);
    s.options = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.param.type = 0x19u;
    for (unsigned i = 0; i < 3; i++)
        s.param.reserved[i] = (uint8_t)(0x1au + i);
    for (unsigned i = 0; i < 16; i++)
        s.param.ipv6.src_addr.s6_u8[i] = (uint8_t)(0x1du + i);
    for (unsigned i = 0; i < 16; i++)
        s.param.ipv6.dst_addr.s6_u8[i] = (uint8_t)(0x2du + i);
    s.param.ipv6.flabel = vwr_cpu_to_le32(0x403f3e3du);
    s.param.ipv6.hlimit = 0x41u;
    s.param.ipv6.dscp = 0x42u;
    for (unsigned i = 0; i < 2; i++)
        s.param.ipv6.reserved2[i] = (uint8_t)(0x43u + i);
    s.udp_sport = vwr_cpu_to_le16(0x4645u);
    s.udp_dport = vwr_cpu_to_le16(0x4847u);
    s.replay_win_sz = vwr_cpu_to_le32(0x4c4b4a49u);
    s.cipher_algo = vwr_cpu_to_le64(0x54535251504f4e4dULL);
    s.cipher_key.length = vwr_cpu_to_le16(0x5655u);
    s.cipher_key.reserved1 = vwr_cpu_to_le16(0x5857u);
    for (unsigned i = 0; i < 32; i++)
        s.cipher_key.data[i] = (uint8_t)(0x59u + i);
    s.auth_algo = vwr_cpu_to_le64(0x807f7e7d7c7b7a79ULL);
    s.auth_key.length = vwr_cpu_to_le16(0x8281u);
    s.auth_key.reserved2 = vwr_cpu_to_le16(0x8483u);
    for (unsigned i = 0; i < 32; i++)
        s.auth_key.data[i] = (uint8_t)(0x85u + i);
    s.life.packets_soft_limit = vwr_cpu_to_le64(0xacabaaa9a8a7a6a5ULL);
    s.life.bytes_soft_limit = vwr_cpu_to_le64(0xb4b3b2b1b0afaeadULL);
    s.life.packets_hard_limit = vwr_cpu_to_le64(0xbcbbbab9b8b7b6b5ULL);
    s.life.bytes_hard_limit = vwr_cpu_to_le64(0xc4c3c2c1c0bfbebdULL);
    return check_bytes("struct virtio_crypto_resource_obj_ipsec_sa_256b_key", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_ipsec_data_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_crypto_ipsec_data_flf s;

    memset(&s, 0, sizeof(s));
    s.src_data_len = vwr_cpu_to_le32(0x04030201u);
    s.dst_data_len = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_crypto_ipsec_data_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_ipsec_data_flf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_crypto_ipsec_data_flf s;

    memset(&s, 0, sizeof(s));
    s.src_data_len = vwr_cpu_to_le32(0x04030201u);
    s.dst_data_len = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_crypto_ipsec_data_flf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_crypto_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct vwr_crypto_config s;

    memset(&s, 0, sizeof(s));
    s.status = vwr_cpu_to_le32(0x04030201u);
    s.max_dataqueues = vwr_cpu_to_le32(0x08070605u);
    s.crypto_services = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cipher_algo_l = vwr_cpu_to_le32(0x100f0e0du);
    s.cipher_algo_h = vwr_cpu_to_le32(0x14131211u);
    s.hash_algo = vwr_cpu_to_le32(0x18171615u);
    s.mac_algo_l = vwr_cpu_to_le32(0x1c1b1a19u);
    s.mac_algo_h = vwr_cpu_to_le32(0x201f1e1du);
    s.aead_algo = vwr_cpu_to_le32(0x24232221u);
    s.max_cipher_key_len = vwr_cpu_to_le32(0x28272625u);
    s.max_auth_key_len = vwr_cpu_to_le32(0x2c2b2a29u);
    s.akcipher_algo = vwr_cpu_to_le32(0x302f2e2du);
    s.max_size = vwr_cpu_to_le64(0x3837363534333231ULL);
    return check_bytes("struct vwr_crypto_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_crypto_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct virtio_crypto_config s;

    memset(&s, 0, sizeof(s));
    s.status = vwr_cpu_to_le32(0x04030201u);
    s.max_dataqueues = vwr_cpu_to_le32(0x08070605u);
    s.crypto_services = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cipher_algo_l = vwr_cpu_to_le32(0x100f0e0du);
    s.cipher_algo_h = vwr_cpu_to_le32(0x14131211u);
    s.hash_algo = vwr_cpu_to_le32(0x18171615u);
    s.mac_algo_l = vwr_cpu_to_le32(0x1c1b1a19u);
    s.mac_algo_h = vwr_cpu_to_le32(0x201f1e1du);
    s.aead_algo = vwr_cpu_to_le32(0x24232221u);
    s.max_cipher_key_len = vwr_cpu_to_le32(0x28272625u);
    s.max_auth_key_len = vwr_cpu_to_le32(0x2c2b2a29u);
    s.akcipher_algo = vwr_cpu_to_le32(0x302f2e2du);
    s.max_size = vwr_cpu_to_le64(0x3837363534333231ULL);
    return check_bytes("struct virtio_crypto_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_CRYPTO_ID", VWR_CRYPTO_ID, 20},
        {"VWR_CRYPTO_F_REVISION_1", VWR_CRYPTO_F_REVISION_1, 0},
        {"VIRTIO_CRYPTO_F_REVISION_1", VIRTIO_CRYPTO_F_REVISION_1, 0},
        {"VWR_CRYPTO_F_CIPHER_STATELESS_MODE", VWR_CRYPTO_F_CIPHER_STATELESS_MODE, 1},
        {"VIRTIO_CRYPTO_F_CIPHER_STATELESS_MODE", VIRTIO_CRYPTO_F_CIPHER_STATELESS_MODE, 1},
        {"VWR_CRYPTO_F_HASH_STATELESS_MODE", VWR_CRYPTO_F_HASH_STATELESS_MODE, 2},
        {"VIRTIO_CRYPTO_F_HASH_STATELESS_MODE", VIRTIO_CRYPTO_F_HASH_STATELESS_MODE, 2},
        {"VWR_CRYPTO_F_MAC_STATELESS_MODE", VWR_CRYPTO_F_MAC_STATELESS_MODE, 3},
        {"VIRTIO_CRYPTO_F_MAC_STATELESS_MODE", VIRTIO_CRYPTO_F_MAC_STATELESS_MODE, 3},
        {"VWR_CRYPTO_F_AEAD_STATELESS_MODE", VWR_CRYPTO_F_AEAD_STATELESS_MODE, 4},
        {"VIRTIO_CRYPTO_F_AEAD_STATELESS_MODE", VIRTIO_CRYPTO_F_AEAD_STATELESS_MODE, 4},
        {"VWR_CRYPTO_F_AKCIPHER_STATELESS_MODE", VWR_CRYPTO_F_AKCIPHER_STATELESS_MODE, 5},
        {"VIRTIO_CRYPTO_F_AKCIPHER_STATELESS_MODE", VIRTIO_CRYPTO_F_AKCIPHER_STATELESS_MODE, 5},
        {"VWR_CRYPTO_SERVICE_CIPHER", VWR_CRYPTO_SERVICE_CIPHER, 0},
        {"VIRTIO_CRYPTO_SERVICE_CIPHER", VIRTIO_CRYPTO_SERVICE_CIPHER, 0},
        {"VWR_CRYPTO_SERVICE_HASH", VWR_CRYPTO_SERVICE_HASH, 1},
        {"VIRTIO_CRYPTO_SERVICE_HASH", VIRTIO_CRYPTO_SERVICE_HASH, 1},
        {"VWR_CRYPTO_SERVICE_MAC", VWR_CRYPTO_SERVICE_MAC, 2},
        {"VIRTIO_CRYPTO_SERVICE_MAC", VIRTIO_CRYPTO_SERVICE_MAC, 2},
        {"VWR_CRYPTO_SERVICE_AEAD", VWR_CRYPTO_SERVICE_AEAD, 3},
        {"VIRTIO_CRYPTO_SERVICE_AEAD", VIRTIO_CRYPTO_SERVICE_AEAD, 3},
        {"VWR_CRYPTO_SERVICE_AKCIPHER", VWR_CRYPTO_SERVICE_AKCIPHER, 4},
        {"VIRTIO_CRYPTO_SERVICE_AKCIPHER", VIRTIO_CRYPTO_SERVICE_AKCIPHER, 4},
        {"VWR_CRYPTO_SERVICE_IPSEC", VWR_CRYPTO_SERVICE_IPSEC, 5},
        {"VIRTIO_CRYPTO_SERVICE_IPSEC", VIRTIO_CRYPTO_SERVICE_IPSEC, 5},
        {"VWR_CRYPTO_NO_CIPHER", VWR_CRYPTO_NO_CIPHER, 0},
        {"VIRTIO_CRYPTO_NO_CIPHER", VIRTIO_CRYPTO_NO_CIPHER, 0},
        {"VWR_CRYPTO_CIPHER_ARC4", VWR_CRYPTO_CIPHER_ARC4, 1},
        {"VIRTIO_CRYPTO_CIPHER_ARC4", VIRTIO_CRYPTO_CIPHER_ARC4, 1},
        {"VWR_CRYPTO_CIPHER_AES_ECB", VWR_CRYPTO_CIPHER_AES_ECB, 2},
        {"VIRTIO_CRYPTO_CIPHER_AES_ECB", VIRTIO_CRYPTO_CIPHER_AES_ECB, 2},
        {"VWR_CRYPTO_CIPHER_AES_CBC", VWR_CRYPTO_CIPHER_AES_CBC, 3},
        {"VIRTIO_CRYPTO_CIPHER_AES_CBC", VIRTIO_CRYPTO_CIPHER_AES_CBC, 3},
        {"VWR_CRYPTO_CIPHER_AES_CTR", VWR_CRYPTO_CIPHER_AES_CTR, 4},
        {"VIRTIO_CRYPTO_CIPHER_AES_CTR", VIRTIO_CRYPTO_CIPHER_AES_CTR, 4},
        {"VWR_CRYPTO_CIPHER_DES_ECB", VWR_CRYPTO_CIPHER_DES_ECB, 5},
        {"VIRTIO_CRYPTO_CIPHER_DES_ECB", VIRTIO_CRYPTO_CIPHER_DES_ECB, 5},
        {"VWR_CRYPTO_CIPHER_DES_CBC", VWR_CRYPTO_CIPHER_DES_CBC, 6},
        {"VIRTIO_CRYPTO_CIPHER_DES_CBC", VIRTIO_CRYPTO_CIPHER_DES_CBC, 6},
        {"VWR_CRYPTO_CIPHER_3DES_ECB", VWR_CRYPTO_CIPHER_3DES_ECB, 7},
        {"VIRTIO_CRYPTO_CIPHER_3DES_ECB", VIRTIO_CRYPTO_CIPHER_3DES_ECB, 7},
        {"VWR_CRYPTO_CIPHER_3DES_CBC", VWR_CRYPTO_CIPHER_3DES_CBC, 8},
        {"VIRTIO_CRYPTO_CIPHER_3DES_CBC", VIRTIO_CRYPTO_CIPHER_3DES_CBC, 8},
        {"VWR_CRYPTO_CIPHER_3DES_CTR", VWR_CRYPTO_CIPHER_3DES_CTR, 9},
        {"VIRTIO_CRYPTO_CIPHER_3DES_CTR", VIRTIO_CRYPTO_CIPHER_3DES_CTR, 9},
        {"VWR_CRYPTO_CIPHER_KASUMI_F8", VWR_CRYPTO_CIPHER_KASUMI_F8, 10},
        {"VIRTIO_CRYPTO_CIPHER_KASUMI_F8", VIRTIO_CRYPTO_CIPHER_KASUMI_F8, 10},
        {"VWR_CRYPTO_CIPHER_SNOW3G_UEA2", VWR_CRYPTO_CIPHER_SNOW3G_UEA2, 11},
        {"VIRTIO_CRYPTO_CIPHER_SNOW3G_UEA2", VIRTIO_CRYPTO_CIPHER_SNOW3G_UEA2, 11},
        {"VWR_CRYPTO_CIPHER_AES_F8", VWR_CRYPTO_CIPHER_AES_F8, 12},
        {"VIRTIO_CRYPTO_CIPHER_AES_F8", VIRTIO_CRYPTO_CIPHER_AES_F8, 12},
        {"VWR_CRYPTO_CIPHER_AES_XTS", VWR_CRYPTO_CIPHER_AES_XTS, 13},
        {"VIRTIO_CRYPTO_CIPHER_AES_XTS", VIRTIO_CRYPTO_CIPHER_AES_XTS, 13},
        {"VWR_CRYPTO_CIPHER_ZUC_EEA3", VWR_CRYPTO_CIPHER_ZUC_EEA3, 14},
        {"VIRTIO_CRYPTO_CIPHER_ZUC_EEA3", VIRTIO_CRYPTO_CIPHER_ZUC_EEA3, 14},
        {"VWR_CRYPTO_NO_HASH", VWR_CRYPTO_NO_HASH, 0},
        {"VIRTIO_CRYPTO_NO_HASH", VIRTIO_CRYPTO_NO_HASH, 0},
        {"VWR_CRYPTO_HASH_MD5", VWR_CRYPTO_HASH_MD5, 1},
        {"VIRTIO_CRYPTO_HASH_MD5", VIRTIO_CRYPTO_HASH_MD5, 1},
        {"VWR_CRYPTO_HASH_SHA1", VWR_CRYPTO_HASH_SHA1, 2},
        {"VIRTIO_CRYPTO_HASH_SHA1", VIRTIO_CRYPTO_HASH_SHA1, 2},
        {"VWR_CRYPTO_HASH_SHA_224", VWR_CRYPTO_HASH_SHA_224, 3},
        {"VIRTIO_CRYPTO_HASH_SHA_224", VIRTIO_CRYPTO_HASH_SHA_224, 3},
        {"VWR_CRYPTO_HASH_SHA_256", VWR_CRYPTO_HASH_SHA_256, 4},
        {"VIRTIO_CRYPTO_HASH_SHA_256", VIRTIO_CRYPTO_HASH_SHA_256, 4},
        {"VWR_CRYPTO_HASH_SHA_384", VWR_CRYPTO_HASH_SHA_384, 5},
        {"VIRTIO_CRYPTO_HASH_SHA_384", VIRTIO_CRYPTO_HASH_SHA_384, 5},
        {"VWR_CRYPTO_HASH_SHA_512", VWR_CRYPTO_HASH_SHA_512, 6},
        {"VIRTIO_CRYPTO_HASH_SHA_512", VIRTIO_CRYPTO_HASH_SHA_512, 6},
        {"VWR_CRYPTO_HASH_SHA3_224", VWR_CRYPTO_HASH_SHA3_224, 7},
        {"VIRTIO_CRYPTO_HASH_SHA3_224", VIRTIO_CRYPTO_HASH_SHA3_224, 7},
        {"VWR_CRYPTO_HASH_SHA3_256", VWR_CRYPTO_HASH_SHA3_256, 8},
        {"VIRTIO_CRYPTO_HASH_SHA3_256", VIRTIO_CRYPTO_HASH_SHA3_256, 8},
        {"VWR_CRYPTO_HASH_SHA3_384", VWR_CRYPTO_HASH_SHA3_384, 9},
        {"VIRTIO_CRYPTO_HASH_SHA3_384", VIRTIO_CRYPTO_HASH_SHA3_384, 9},
        {"VWR_CRYPTO_HASH_SHA3_512", VWR_CRYPTO_HASH_SHA3_512, 10},
        {"VIRTIO_CRYPTO_HASH_SHA3_512", VIRTIO_CRYPTO_HASH_SHA3_512, 10},
        {"VWR_CRYPTO_HASH_SHA3_SHAKE128", VWR_CRYPTO_HASH_SHA3_SHAKE128, 11},
        {"VIRTIO_CRYPTO_HASH_SHA3_SHAKE128", VIRTIO_CRYPTO_HASH_SHA3_SHAKE128, 11},
        {"VWR_CRYPTO_HASH_SHA3_SHAKE256", VWR_CRYPTO_HASH_SHA3_SHAKE256, 12},
        {"VIRTIO_CRYPTO_HASH_SHA3_SHAKE256", VIRTIO_CRYPTO_HASH_SHA3_SHAKE256, 12},
        {"VWR_CRYPTO_NO_MAC", VWR_CRYPTO_NO_MAC, 0},
        {"VIRTIO_CRYPTO_NO_MAC", VIRTIO_CRYPTO_NO_MAC, 0},
        {"VWR_CRYPTO_MAC_HMAC_MD5", VWR_CRYPTO_MAC_HMAC_MD5, 1},
        {"VIRTIO_CRYPTO_MAC_HMAC_MD5", VIRTIO_CRYPTO_MAC_HMAC_MD5, 1},
        {"VWR_CRYPTO_MAC_HMAC_SHA1", VWR_CRYPTO_MAC_HMAC_SHA1, 2},
        {"VIRTIO_CRYPTO_MAC_HMAC_SHA1", VIRTIO_CRYPTO_MAC_HMAC_SHA1, 2},
        {"VWR_CRYPTO_MAC_HMAC_SHA_224", VWR_CRYPTO_MAC_HMAC_SHA_224, 3},
        {"VIRTIO_CRYPTO_MAC_HMAC_SHA_224", VIRTIO_CRYPTO_MAC_HMAC_SHA_224, 3},
        {"VWR_CRYPTO_MAC_HMAC_SHA_256", VWR_CRYPTO_MAC_HMAC_SHA_256, 4},
        {"VIRTIO_CRYPTO_MAC_HMAC_SHA_256", VIRTIO_CRYPTO_MAC_HMAC_SHA_256, 4},
        {"VWR_CRYPTO_MAC_HMAC_SHA_384", VWR_CRYPTO_MAC_HMAC_SHA_384, 5},
        {"VIRTIO_CRYPTO_MAC_HMAC_SHA_384", VIRTIO_CRYPTO_MAC_HMAC_SHA_384, 5},
        {"VWR_CRYPTO_MAC_HMAC_SHA_512", VWR_CRYPTO_MAC_HMAC_SHA_512, 6},
        {"VIRTIO_CRYPTO_MAC_HMAC_SHA_512", VIRTIO_CRYPTO_MAC_HMAC_SHA_512, 6},
        {"VWR_CRYPTO_MAC_CMAC_3DES", VWR_CRYPTO_MAC_CMAC_3DES, 25},
        {"VIRTIO_CRYPTO_MAC_CMAC_3DES", VIRTIO_CRYPTO_MAC_CMAC_3DES, 25},
        {"VWR_CRYPTO_MAC_CMAC_AES", VWR_CRYPTO_MAC_CMAC_AES, 26},
        {"VIRTIO_CRYPTO_MAC_CMAC_AES", VIRTIO_CRYPTO_MAC_CMAC_AES, 26},
        {"VWR_CRYPTO_MAC_KASUMI_F9", VWR_CRYPTO_MAC_KASUMI_F9, 27},
        {"VIRTIO_CRYPTO_MAC_KASUMI_F9", VIRTIO_CRYPTO_MAC_KASUMI_F9, 27},
        {"VWR_CRYPTO_MAC_SNOW3G_UIA2", VWR_CRYPTO_MAC_SNOW3G_UIA2, 28},
        {"VIRTIO_CRYPTO_MAC_SNOW3G_UIA2", VIRTIO_CRYPTO_MAC_SNOW3G_UIA2, 28},
        {"VWR_CRYPTO_MAC_GMAC_AES", VWR_CRYPTO_MAC_GMAC_AES, 41},
        {"VIRTIO_CRYPTO_MAC_GMAC_AES", VIRTIO_CRYPTO_MAC_GMAC_AES, 41},
        {"VWR_CRYPTO_MAC_GMAC_TWOFISH", VWR_CRYPTO_MAC_GMAC_TWOFISH, 42},
        {"VIRTIO_CRYPTO_MAC_GMAC_TWOFISH", VIRTIO_CRYPTO_MAC_GMAC_TWOFISH, 42},
        {"VWR_CRYPTO_MAC_CBCMAC_AES", VWR_CRYPTO_MAC_CBCMAC_AES, 49},
        {"VIRTIO_CRYPTO_MAC_CBCMAC_AES", VIRTIO_CRYPTO_MAC_CBCMAC_AES, 49},
        {"VWR_CRYPTO_MAC_CBCMAC_KASUMI_F9", VWR_CRYPTO_MAC_CBCMAC_KASUMI_F9, 50},
        {"VIRTIO_CRYPTO_MAC_CBCMAC_KASUMI_F9", VIRTIO_CRYPTO_MAC_CBCMAC_KASUMI_F9, 50},
        {"VWR_CRYPTO_MAC_XCBC_AES", VWR_CRYPTO_MAC_XCBC_AES, 53},
        {"VIRTIO_CRYPTO_MAC_XCBC_AES", VIRTIO_CRYPTO_MAC_XCBC_AES, 53},
        {"VWR_CRYPTO_MAC_ZUC_EIA3", VWR_CRYPTO_MAC_ZUC_EIA3, 54},
        {"VIRTIO_CRYPTO_MAC_ZUC_EIA3", VIRTIO_CRYPTO_MAC_ZUC_EIA3, 54},
        {"VWR_CRYPTO_NO_AEAD", VWR_CRYPTO_NO_AEAD, 0},
        {"VIRTIO_CRYPTO_NO_AEAD", VIRTIO_CRYPTO_NO_AEAD, 0},
        {"VWR_CRYPTO_AEAD_GCM", VWR_CRYPTO_AEAD_GCM, 1},
        {"VIRTIO_CRYPTO_AEAD_GCM", VIRTIO_CRYPTO_AEAD_GCM, 1},
        {"VWR_CRYPTO_AEAD_CCM", VWR_CRYPTO_AEAD_CCM, 2},
        {"VIRTIO_CRYPTO_AEAD_CCM", VIRTIO_CRYPTO_AEAD_CCM, 2},
        {"VWR_CRYPTO_AEAD_CHACHA20_POLY1305", VWR_CRYPTO_AEAD_CHACHA20_POLY1305, 3},
        {"VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305", VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305, 3},
        {"VWR_CRYPTO_NO_AKCIPHER", VWR_CRYPTO_NO_AKCIPHER, 0},
        {"VIRTIO_CRYPTO_NO_AKCIPHER", VIRTIO_CRYPTO_NO_AKCIPHER, 0},
        {"VWR_CRYPTO_AKCIPHER_RSA", VWR_CRYPTO_AKCIPHER_RSA, 1},
        {"VIRTIO_CRYPTO_AKCIPHER_RSA", VIRTIO_CRYPTO_AKCIPHER_RSA, 1},
        {"VWR_CRYPTO_AKCIPHER_ECDSA", VWR_CRYPTO_AKCIPHER_ECDSA, 2},
        {"VIRTIO_CRYPTO_AKCIPHER_ECDSA", VIRTIO_CRYPTO_AKCIPHER_ECDSA, 2},
        {"VWR_CRYPTO_IPSEC_RESOURCE_CAP", VWR_CRYPTO_IPSEC_RESOURCE_CAP, 0x800},
        {"VIRTIO_CRYPTO_IPSEC_RESOURCE_CAP", VIRTIO_CRYPTO_IPSEC_RESOURCE_CAP, 0x800},
        {"VWR_CRYPTO_IPSEC_SA_CAP", VWR_CRYPTO_IPSEC_SA_CAP, 0x801},
        {"VIRTIO_CRYPTO_IPSEC_SA_CAP", VIRTIO_CRYPTO_IPSEC_SA_CAP, 0x801},
        {"VWR_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA", VWR_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA, 0x200},
        {"VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA", VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_OUTBOUND_SA, 0x200},
        {"VWR_CRYPTO_RESOURCE_OBJ_IPSEC_INBOUND_SA", VWR_CRYPTO_RESOURCE_OBJ_IPSEC_INBOUND_SA, 0x201},
        {"VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_INBOUND_SA", VIRTIO_CRYPTO_RESOURCE_OBJ_IPSEC_INBOUND_SA, 0x201},
        {"VWR_CRYPTO_OK", VWR_CRYPTO_OK, 0},
        {"VIRTIO_CRYPTO_OK", VIRTIO_CRYPTO_OK, 0},
        {"VWR_CRYPTO_ERR", VWR_CRYPTO_ERR, 1},
        {"VIRTIO_CRYPTO_ERR", VIRTIO_CRYPTO_ERR, 1},
        {"VWR_CRYPTO_BADMSG", VWR_CRYPTO_BADMSG, 2},
        {"VIRTIO_CRYPTO_BADMSG", VIRTIO_CRYPTO_BADMSG, 2},
        {"VWR_CRYPTO_NOTSUPP", VWR_CRYPTO_NOTSUPP, 3},
        {"VIRTIO_CRYPTO_NOTSUPP", VIRTIO_CRYPTO_NOTSUPP, 3},
        {"VWR_CRYPTO_INVSESS", VWR_CRYPTO_INVSESS, 4},
        {"VIRTIO_CRYPTO_INVSESS", VIRTIO_CRYPTO_INVSESS, 4},
        {"VWR_CRYPTO_NOSPC", VWR_CRYPTO_NOSPC, 5},
        {"VIRTIO_CRYPTO_NOSPC", VIRTIO_CRYPTO_NOSPC, 5},
        {"VWR_CRYPTO_KEY_REJECTED", VWR_CRYPTO_KEY_REJECTED, 6},
        {"VIRTIO_CRYPTO_KEY_REJECTED", VIRTIO_CRYPTO_KEY_REJECTED, 6},
        {"VWR_CRYPTO_IPSEC_SA_SOFT_EXPIRY", VWR_CRYPTO_IPSEC_SA_SOFT_EXPIRY, 7},
        {"VIRTIO_CRYPTO_IPSEC_SA_SOFT_EXPIRY", VIRTIO_CRYPTO_IPSEC_SA_SOFT_EXPIRY, 7},
        {"VWR_CRYPTO_OP_ENCRYPT", VWR_CRYPTO_OP_ENCRYPT, 1},
        {"VIRTIO_CRYPTO_OP_ENCRYPT", VIRTIO_CRYPTO_OP_ENCRYPT, 1},
        {"VWR_CRYPTO_OP_DECRYPT", VWR_CRYPTO_OP_DECRYPT, 2},
        {"VIRTIO_CRYPTO_OP_DECRYPT", VIRTIO_CRYPTO_OP_DECRYPT, 2},
        {"VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER", VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER, 1},
        {"VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER", VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER, 1},
        {"VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH", VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH, 2},
        {"VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH", VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH, 2},
        {"VWR_CRYPTO_SYM_HASH_MODE_PLAIN", VWR_CRYPTO_SYM_HASH_MODE_PLAIN, 1},
        {"VIRTIO_CRYPTO_SYM_HASH_MODE_PLAIN", VIRTIO_CRYPTO_SYM_HASH_MODE_PLAIN, 1},
        {"VWR_CRYPTO_SYM_HASH_MODE_AUTH", VWR_CRYPTO_SYM_HASH_MODE_AUTH, 2},
        {"VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH", VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH, 2},
        {"VWR_CRYPTO_SYM_HASH_MODE_NESTED", VWR_CRYPTO_SYM_HASH_MODE_NESTED, 3},
        {"VIRTIO_CRYPTO_SYM_HASH_MODE_NESTED", VIRTIO_CRYPTO_SYM_HASH_MODE_NESTED, 3},
        {"VWR_CRYPTO_SYM_OP_NONE", VWR_CRYPTO_SYM_OP_NONE, 0},
        {"VIRTIO_CRYPTO_SYM_OP_NONE", VIRTIO_CRYPTO_SYM_OP_NONE, 0},
        {"VWR_CRYPTO_SYM_OP_CIPHER", VWR_CRYPTO_SYM_OP_CIPHER, 1},
        {"VIRTIO_CRYPTO_SYM_OP_CIPHER", VIRTIO_CRYPTO_SYM_OP_CIPHER, 1},
        {"VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING", VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING, 2},
        {"VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING", VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING, 2},
        {"VWR_CRYPTO_RSA_RAW_PADDING", VWR_CRYPTO_RSA_RAW_PADDING, 0},
        {"VIRTIO_CRYPTO_RSA_RAW_PADDING", VIRTIO_CRYPTO_RSA_RAW_PADDING, 0},
        {"VWR_CRYPTO_RSA_PKCS1_PADDING", VWR_CRYPTO_RSA_PKCS1_PADDING, 1},
        {"VIRTIO_CRYPTO_RSA_PKCS1_PADDING", VIRTIO_CRYPTO_RSA_PKCS1_PADDING, 1},
        {"VWR_CRYPTO_RSA_NO_HASH", VWR_CRYPTO_RSA_NO_HASH, 0},
        {"VIRTIO_CRYPTO_RSA_NO_HASH", VIRTIO_CRYPTO_RSA_NO_HASH, 0},
        {"VWR_CRYPTO_RSA_MD2", VWR_CRYPTO_RSA_MD2, 1},
        {"VIRTIO_CRYPTO_RSA_MD2", VIRTIO_CRYPTO_RSA_MD2, 1},
        {"VWR_CRYPTO_RSA_MD3", VWR_CRYPTO_RSA_MD3, 2},
        {"VIRTIO_CRYPTO_RSA_MD3", VIRTIO_CRYPTO_RSA_MD3, 2},
        {"VWR_CRYPTO_RSA_MD4", VWR_CRYPTO_RSA_MD4, 3},
        {"VIRTIO_CRYPTO_RSA_MD4", VIRTIO_CRYPTO_RSA_MD4, 3},
        {"VWR_CRYPTO_RSA_MD5", VWR_CRYPTO_RSA_MD5, 4},
        {"VIRTIO_CRYPTO_RSA_MD5", VIRTIO_CRYPTO_RSA_MD5, 4},
        {"VWR_CRYPTO_RSA_SHA1", VWR_CRYPTO_RSA_SHA1, 5},
        {"VIRTIO_CRYPTO_RSA_SHA1", VIRTIO_CRYPTO_RSA_SHA1, 5},
        {"VWR_CRYPTO_RSA_SHA256", VWR_CRYPTO_RSA_SHA256, 6},
        {"VIRTIO_CRYPTO_RSA_SHA256", VIRTIO_CRYPTO_RSA_SHA256, 6},
        {"VWR_CRYPTO_RSA_SHA384", VWR_CRYPTO_RSA_SHA384, 7},
        {"VIRTIO_CRYPTO_RSA_SHA384", VIRTIO_CRYPTO_RSA_SHA384, 7},
        {"VWR_CRYPTO_RSA_SHA512", VWR_CRYPTO_RSA_SHA512, 8},
        {"VIRTIO_CRYPTO_RSA_SHA512", VIRTIO_CRYPTO_RSA_SHA512, 8},
        {"VWR_CRYPTO_RSA_SHA224", VWR_CRYPTO_RSA_SHA224, 9},
        {"VIRTIO_CRYPTO_RSA_SHA224", VIRTIO_CRYPTO_RSA_SHA224, 9},
        {"VWR_CRYPTO_CURVE_UNKNOWN", VWR_CRYPTO_CURVE_UNKNOWN, 0},
        {"VIRTIO_CRYPTO_CURVE_UNKNOWN", VIRTIO_CRYPTO_CURVE_UNKNOWN, 0},
        {"VWR_CRYPTO_CURVE_NIST_P192", VWR_CRYPTO_CURVE_NIST_P192, 1},
        {"VIRTIO_CRYPTO_CURVE_NIST_P192", VIRTIO_CRYPTO_CURVE_NIST_P192, 1},
        {"VWR_CRYPTO_CURVE_NIST_P224", VWR_CRYPTO_CURVE_NIST_P224, 2},
        {"VIRTIO_CRYPTO_CURVE_NIST_P224", VIRTIO_CRYPTO_CURVE_NIST_P224, 2},
        {"VWR_CRYPTO_CURVE_NIST_P256", VWR_CRYPTO_CURVE_NIST_P256, 3},
        {"VIRTIO_CRYPTO_CURVE_NIST_P256", VIRTIO_CRYPTO_CURVE_NIST_P256, 3},
        {"VWR_CRYPTO_CURVE_NIST_P384", VWR_CRYPTO_CURVE_NIST_P384, 4},
        {"VIRTIO_CRYPTO_CURVE_NIST_P384", VIRTIO_CRYPTO_CURVE_NIST_P384, 4},
        {"VWR_CRYPTO_CURVE_NIST_P521", VWR_CRYPTO_CURVE_NIST_P521, 5},
        {"VIRTIO_CRYPTO_CURVE_NIST_P521", VIRTIO_CRYPTO_CURVE_NIST_P521, 5},
        {"VWR_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC", VWR_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC, 1},
        {"VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC", VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC, 1},
        {"VWR_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE", VWR_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE, 2},
        {"VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE", VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE, 2},
        {"VWR_CRYPTO_IPSEC_MODE_ESP_TUNNEL", VWR_CRYPTO_IPSEC_MODE_ESP_TUNNEL, 0x1},
        {"VIRTIO_CRYPTO_IPSEC_MODE_ESP_TUNNEL", VIRTIO_CRYPTO_IPSEC_MODE_ESP_TUNNEL, 0x1},
        {"VWR_CRYPTO_IPSEC_MODE_ESP_TRANSPORT", VWR_CRYPTO_IPSEC_MODE_ESP_TRANSPORT, 0x2},
        {"VIRTIO_CRYPTO_IPSEC_MODE_ESP_TRANSPORT", VIRTIO_CRYPTO_IPSEC_MODE_ESP_TRANSPORT, 0x2},
        {"VWR_CRYPTO_IPSEC_MODE_AH_TUNNEL", VWR_CRYPTO_IPSEC_MODE_AH_TUNNEL, 0x3},
        {"VIRTIO_CRYPTO_IPSEC_MODE_AH_TUNNEL", VIRTIO_CRYPTO_IPSEC_MODE_AH_TUNNEL, 0x3},
        {"VWR_CRYPTO_IPSEC_MODE_AH_TRANSPORT", VWR_CRYPTO_IPSEC_MODE_AH_TRANSPORT, 0x4},
        {"VIRTIO_CRYPTO_IPSEC_MODE_AH_TRANSPORT", VIRTIO_CRYPTO_IPSEC_MODE_AH_TRANSPORT, 0x4},
        {"VWR_CRYPTO_IPSEC_ESN_BIT", VWR_CRYPTO_IPSEC_ESN_BIT, 0},
        {"VIRTIO_CRYPTO_IPSEC_ESN", VIRTIO_CRYPTO_IPSEC_ESN, 0},
        {"VWR_CRYPTO_IPSEC_UDP_ENCAP_BIT", VWR_CRYPTO_IPSEC_UDP_ENCAP_BIT, 1},
        {"VIRTIO_CRYPTO_IPSEC_UDP_ENCAP", VIRTIO_CRYPTO_IPSEC_UDP_ENCAP, 1},
        {"VWR_CRYPTO_IPSEC_COPY_DSCP_BIT", VWR_CRYPTO_IPSEC_COPY_DSCP_BIT, 2},
        {"VIRTIO_CRYPTO_IPSEC_COPY_DSCP", VIRTIO_CRYPTO_IPSEC_COPY_DSCP, 2},
        {"VWR_CRYPTO_IPSEC_DEC_TTL_BIT", VWR_CRYPTO_IPSEC_DEC_TTL_BIT, 3},
        {"VIRTIO_CRYPTO_IPSEC_DEC_TTL", VIRTIO_CRYPTO_IPSEC_DEC_TTL, 3},
        {"VWR_CRYPTO_IPSEC_COPY_DF_BIT", VWR_CRYPTO_IPSEC_COPY_DF_BIT, 4},
        {"VIRTIO_CRYPTO_IPSEC_COPY_DF", VIRTIO_CRYPTO_IPSEC_COPY_DF, 4},
        {"VWR_CRYPTO_IPSEC_ECN_BIT", VWR_CRYPTO_IPSEC_ECN_BIT, 5},
        {"VIRTIO_CRYPTO_IPSEC_ECN", VIRTIO_CRYPTO_IPSEC_ECN, 5},
        {"VWR_CRYPTO_IPSEC_SA_LIFETIME_BIT", VWR_CRYPTO_IPSEC_SA_LIFETIME_BIT, 6},
        {"VIRTIO_CRYPTO_IPSEC_SA_LIFETIME", VIRTIO_CRYPTO_IPSEC_SA_LIFETIME, 6},
        {"VWR_CRYPTO_IPSEC_DIR_OUTBOUND", VWR_CRYPTO_IPSEC_DIR_OUTBOUND, 0x1},
        {"VIRTIO_CRYPTO_IPSEC_DIR_OUTBOUND", VIRTIO_CRYPTO_IPSEC_DIR_OUTBOUND, 0x1},
        {"VWR_CRYPTO_IPSEC_DIR_INBOUND", VWR_CRYPTO_IPSEC_DIR_INBOUND, 0x2},
        {"VIRTIO_CRYPTO_IPSEC_DIR_INBOUND", VIRTIO_CRYPTO_IPSEC_DIR_INBOUND, 0x2},
        {"VWR_CRYPTO_S_HW_READY", VWR_CRYPTO_S_HW_READY, 0x1},
        {"VIRTIO_CRYPTO_S_HW_READY", VIRTIO_CRYPTO_S_HW_READY, 0x1},
        {"VWR_CRYPTO_FLAG_SESSION_MODE", VWR_CRYPTO_FLAG_SESSION_MODE, 0x1},
        {"VIRTIO_CRYPTO_FLAG_SESSION_MODE", VIRTIO_CRYPTO_FLAG_SESSION_MODE, 0x1},
        {"VWR_CRYPTO_CIPHER_CREATE_SESSION", VWR_CRYPTO_CIPHER_CREATE_SESSION, 0x2},
        {"VIRTIO_CRYPTO_CIPHER_CREATE_SESSION", VIRTIO_CRYPTO_CIPHER_CREATE_SESSION, 0x2},
        {"VWR_CRYPTO_CIPHER_DESTROY_SESSION", VWR_CRYPTO_CIPHER_DESTROY_SESSION, 0x3},
        {"VIRTIO_CRYPTO_CIPHER_DESTROY_SESSION", VIRTIO_CRYPTO_CIPHER_DESTROY_SESSION, 0x3},
        {"VWR_CRYPTO_HASH_CREATE_SESSION", VWR_CRYPTO_HASH_CREATE_SESSION, 0x102},
        {"VIRTIO_CRYPTO_HASH_CREATE_SESSION", VIRTIO_CRYPTO_HASH_CREATE_SESSION, 0x102},
        {"VWR_CRYPTO_HASH_DESTROY_SESSION", VWR_CRYPTO_HASH_DESTROY_SESSION, 0x103},
        {"VIRTIO_CRYPTO_HASH_DESTROY_SESSION", VIRTIO_CRYPTO_HASH_DESTROY_SESSION, 0x103},
        {"VWR_CRYPTO_MAC_CREATE_SESSION", VWR_CRYPTO_MAC_CREATE_SESSION, 0x202},
        {"VIRTIO_CRYPTO_MAC_CREATE_SESSION", VIRTIO_CRYPTO_MAC_CREATE_SESSION, 0x202},
        {"VWR_CRYPTO_MAC_DESTROY_SESSION", VWR_CRYPTO_MAC_DESTROY_SESSION, 0x203},
        {"VIRTIO_CRYPTO_MAC_DESTROY_SESSION", VIRTIO_CRYPTO_MAC_DESTROY_SESSION, 0x203},
        {"VWR_CRYPTO_AEAD_CREATE_SESSION", VWR_CRYPTO_AEAD_CREATE_SESSION, 0x302},
        {"VIRTIO_CRYPTO_AEAD_CREATE_SESSION", VIRTIO_CRYPTO_AEAD_CREATE_SESSION, 0x302},
        {"VWR_CRYPTO_AEAD_DESTROY_SESSION", VWR_CRYPTO_AEAD_DESTROY_SESSION, 0x303},
        {"VIRTIO_CRYPTO_AEAD_DESTROY_SESSION", VIRTIO_CRYPTO_AEAD_DESTROY_SESSION, 0x303},
        {"VWR_CRYPTO_AKCIPHER_CREATE_SESSION", VWR_CRYPTO_AKCIPHER_CREATE_SESSION, 0x404},
        {"VIRTIO_CRYPTO_AKCIPHER_CREATE_SESSION", VIRTIO_CRYPTO_AKCIPHER_CREATE_SESSION, 0x404},
        {"VWR_CRYPTO_AKCIPHER_DESTROY_SESSION", VWR_CRYPTO_AKCIPHER_DESTROY_SESSION, 0x405},
        {"VIRTIO_CRYPTO_AKCIPHER_DESTROY_SESSION", VIRTIO_CRYPTO_AKCIPHER_DESTROY_SESSION, 0x405},
        {"VWR_CRYPTO_CIPHER_ENCRYPT", VWR_CRYPTO_CIPHER_ENCRYPT, 0x0},
        {"VIRTIO_CRYPTO_CIPHER_ENCRYPT", VIRTIO_CRYPTO_CIPHER_ENCRYPT, 0x0},
        {"VWR_CRYPTO_CIPHER_DECRYPT", VWR_CRYPTO_CIPHER_DECRYPT, 0x1},
        {"VIRTIO_CRYPTO_CIPHER_DECRYPT", VIRTIO_CRYPTO_CIPHER_DECRYPT, 0x1},
        {"VWR_CRYPTO_HASH", VWR_CRYPTO_HASH, 0x100},
        {"VIRTIO_CRYPTO_HASH", VIRTIO_CRYPTO_HASH, 0x100},
        {"VWR_CRYPTO_MAC", VWR_CRYPTO_MAC, 0x200},
        {"VIRTIO_CRYPTO_MAC", VIRTIO_CRYPTO_MAC, 0x200},
        {"VWR_CRYPTO_AEAD_ENCRYPT", VWR_CRYPTO_AEAD_ENCRYPT, 0x300},
        {"VIRTIO_CRYPTO_AEAD_ENCRYPT", VIRTIO_CRYPTO_AEAD_ENCRYPT, 0x300},
        {"VWR_CRYPTO_AEAD_DECRYPT", VWR_CRYPTO_AEAD_DECRYPT, 0x301},
        {"VIRTIO_CRYPTO_AEAD_DECRYPT", VIRTIO_CRYPTO_AEAD_DECRYPT, 0x301},
        {"VWR_CRYPTO_AKCIPHER_ENCRYPT", VWR_CRYPTO_AKCIPHER_ENCRYPT, 0x400},
        {"VIRTIO_CRYPTO_AKCIPHER_ENCRYPT", VIRTIO_CRYPTO_AKCIPHER_ENCRYPT, 0x400},
        {"VWR_CRYPTO_AKCIPHER_DECRYPT", VWR_CRYPTO_AKCIPHER_DECRYPT, 0x401},
        {"VIRTIO_CRYPTO_AKCIPHER_DECRYPT", VIRTIO_CRYPTO_AKCIPHER_DECRYPT, 0x401},
        {"VWR_CRYPTO_AKCIPHER_SIGN", VWR_CRYPTO_AKCIPHER_SIGN, 0x402},
        {"VIRTIO_CRYPTO_AKCIPHER_SIGN", VIRTIO_CRYPTO_AKCIPHER_SIGN, 0x402},
        {"VWR_CRYPTO_AKCIPHER_VERIFY", VWR_CRYPTO_AKCIPHER_VERIFY, 0x403},
        {"VIRTIO_CRYPTO_AKCIPHER_VERIFY", VIRTIO_CRYPTO_AKCIPHER_VERIFY, 0x403},
        {"VWR_CRYPTO_IPSEC_OUTBOUND", VWR_CRYPTO_IPSEC_OUTBOUND, 0x500},
        {"VIRTIO_CRYPTO_IPSEC_OUTBOUND", VIRTIO_CRYPTO_IPSEC_OUTBOUND, 0x500},
        {"VWR_CRYPTO_IPSEC_INBOUND", VWR_CRYPTO_IPSEC_INBOUND, 0x501},
        {"VIRTIO_CRYPTO_IPSEC_INBOUND", VIRTIO_CRYPTO_IPSEC_INBOUND, 0x501},
        {"VWR_CRYPTO_QUEUE_DATAQ", VWR_CRYPTO_QUEUE_DATAQ, 0},
        {"VIRTIO_CRYPTO_QUEUE_DATAQ", VIRTIO_CRYPTO_QUEUE_DATAQ, 0},
        {"VWR_CRYPTO_MAX", VWR_CRYPTO_MAX, 8u},
        {"VIRTIO_CRYPTO_MAX", VIRTIO_CRYPTO_MAX, 8u},
        {"VWR_CRYPTO_CTRLQ_OP_SPEC_HDR_LEGACY", VWR_CRYPTO_CTRLQ_OP_SPEC_HDR_LEGACY, 56u},
        {"VIRTIO_CRYPTO_CTRLQ_OP_SPEC_HDR_LEGACY", VIRTIO_CRYPTO_CTRLQ_OP_SPEC_HDR_LEGACY, 56u},
        {"VWR_CRYPTO_ALG_CHAIN_SESS_OP_SPEC_HDR_SIZE", VWR_CRYPTO_ALG_CHAIN_SESS_OP_SPEC_HDR_SIZE, 16u},
        {"VIRTIO_CRYPTO_ALG_CHAIN_SESS_OP_SPEC_HDR_SIZE", VIRTIO_CRYPTO_ALG_CHAIN_SESS_OP_SPEC_HDR_SIZE, 16u},
        {"VWR_CRYPTO_SYM_SESS_OP_SPEC_HDR_SIZE", VWR_CRYPTO_SYM_SESS_OP_SPEC_HDR_SIZE, 48u},
        {"VIRTIO_CRYPTO_SYM_SESS_OP_SPEC_HDR_SIZE", VIRTIO_CRYPTO_SYM_SESS_OP_SPEC_HDR_SIZE, 48u},
        {"VWR_CRYPTO_AKCIPHER_SESS_ALGO_SPEC_HDR_SIZE", VWR_CRYPTO_AKCIPHER_SESS_ALGO_SPEC_HDR_SIZE, 44u},
        {"VIRTIO_CRYPTO_AKCIPHER_SESS_ALGO_SPEC_HDR_SIZE", VIRTIO_CRYPTO_AKCIPHER_SESS_ALGO_SPEC_HDR_SIZE, 44u},
        {"VWR_CRYPTO_DATAQ_OP_SPEC_HDR_LEGACY", VWR_CRYPTO_DATAQ_OP_SPEC_HDR_LEGACY, 48u},
        {"VIRTIO_CRYPTO_DATAQ_OP_SPEC_HDR_LEGACY", VIRTIO_CRYPTO_DATAQ_OP_SPEC_HDR_LEGACY, 48u},
        {"VWR_CRYPTO_SYM_DATA_REQ_HDR_SIZE", VWR_CRYPTO_SYM_DATA_REQ_HDR_SIZE, 40u},
        {"VIRTIO_CRYPTO_SYM_DATA_REQ_HDR_SIZE", VIRTIO_CRYPTO_SYM_DATA_REQ_HDR_SIZE, 40u},
        {"VWR_CRYPTO_SYM_DATE_REQ_HDR_STATELESS_SIZE", VWR_CRYPTO_SYM_DATE_REQ_HDR_STATELESS_SIZE, 72u},
        {"VIRTIO_CRYPTO_SYM_DATE_REQ_HDR_STATELESS_SIZE", VIRTIO_CRYPTO_SYM_DATE_REQ_HDR_STATELESS_SIZE, 72u},
        {"VWR_CRYPTO_CONFIG_STATUS", VWR_CRYPTO_CONFIG_STATUS,
         __builtin_offsetof(struct vwr_crypto_config, status)},
        {"VWR_CRYPTO_CONFIG_MAX_DATAQUEUES", VWR_CRYPTO_CONFIG_MAX_DATAQUEUES,
         __builtin_offsetof(struct vwr_crypto_config, max_dataqueues)},
        {"VWR_CRYPTO_CONFIG_CRYPTO_SERVICES", VWR_CRYPTO_CONFIG_CRYPTO_SERVICES,
         __builtin_offsetof(struct vwr_crypto_config, crypto_services)},
        {"VWR_CRYPTO_CONFIG_CIPHER_ALGO_L", VWR_CRYPTO_CONFIG_CIPHER_ALGO_L,
         __builtin_offsetof(struct vwr_crypto_config, cipher_algo_l)},
        {"VWR_CRYPTO_CONFIG_CIPHER_ALGO_H", VWR_CRYPTO_CONFIG_CIPHER_ALGO_H,
         __builtin_offsetof(struct vwr_crypto_config, cipher_algo_h)},
        {"VWR_CRYPTO_CONFIG_HASH_ALGO", VWR_CRYPTO_CONFIG_HASH_ALGO,
         __builtin_offsetof(struct vwr_crypto_config, hash_algo)},
        {"VWR_CRYPTO_CONFIG_MAC_ALGO_L", VWR_CRYPTO_CONFIG_MAC_ALGO_L,
         __builtin_offsetof(struct vwr_crypto_config, mac_algo_l)},
        {"VWR_CRYPTO_CONFIG_MAC_ALGO_H", VWR_CRYPTO_CONFIG_MAC_ALGO_H,
         __builtin_offsetof(struct vwr_crypto_config, mac_algo_h)},
        {"VWR_CRYPTO_CONFIG_AEAD_ALGO", VWR_CRYPTO_CONFIG_AEAD_ALGO,
         __builtin_offsetof(struct vwr_crypto_config, aead_algo)},
        {"VWR_CRYPTO_CONFIG_MAX_CIPHER_KEY_LEN", VWR_CRYPTO_CONFIG_MAX_CIPHER_KEY_LEN,
         __builtin_offsetof(struct vwr_crypto_config, max_cipher_key_len)},
        {"VWR_CRYPTO_CONFIG_MAX_AUTH_KEY_LEN", VWR_CRYPTO_CONFIG_MAX_AUTH_KEY_LEN,
         __builtin_offsetof(struct vwr_crypto_config, max_auth_key_len)},
        {"VWR_CRYPTO_CONFIG_AKCIPHER_ALGO", VWR_CRYPTO_CONFIG_AKCIPHER_ALGO,
         __builtin_offsetof(struct vwr_crypto_config, akcipher_algo)},
        {"VWR_CRYPTO_CONFIG_MAX_SIZE", VWR_CRYPTO_CONFIG_MAX_SIZE,
         __builtin_offsetof(struct vwr_crypto_config, max_size)},
        {"vwr_crypto_op_ctrl_req_op_vlf_offset(1)",
         vwr_crypto_op_ctrl_req_op_vlf_offset(1), 17},
        {"vwr_crypto_op_ctrl_req_bytes(1, 2)",
         vwr_crypto_op_ctrl_req_bytes(1, 2), 19},
        {"vwr_crypto_alg_chain_session_vlf_auth_key_offset(1)",
         vwr_crypto_alg_chain_session_vlf_auth_key_offset(1), 1},
        {"vwr_crypto_alg_chain_session_vlf_bytes(1, 2)",
         vwr_crypto_alg_chain_session_vlf_bytes(1, 2), 3},
        {"vwr_crypto_op_data_req_op_vlf_offset(1)",
         vwr_crypto_op_data_req_op_vlf_offset(1), 25},
        {"vwr_crypto_op_data_req_bytes(1, 2)",
         vwr_crypto_op_data_req_bytes(1, 2), 27},
        {"vwr_crypto_mac_data_vlf_stateless_src_data_offset(1)",
         vwr_crypto_mac_data_vlf_stateless_src_data_offset(1), 1},
        {"vwr_crypto_mac_data_vlf_stateless_bytes(1, 2)",
         vwr_crypto_mac_data_vlf_stateless_bytes(1, 2), 3},
        {"vwr_crypto_cipher_data_vlf_src_data_offset(1)",
         vwr_crypto_cipher_data_vlf_src_data_offset(1), 1},
        {"vwr_crypto_cipher_data_vlf_bytes(1, 2)",
         vwr_crypto_cipher_data_vlf_bytes(1, 2), 3},
        {"vwr_crypto_alg_chain_data_vlf_src_data_offset(1)",
         vwr_crypto_alg_chain_data_vlf_src_data_offset(1), 1},
        {"vwr_crypto_alg_chain_data_vlf_aad_offset(1, 2)",
         vwr_crypto_alg_chain_data_vlf_aad_offset(1, 2), 3},
        {"vwr_crypto_alg_chain_data_vlf_bytes(1, 2, 3)",
         vwr_crypto_alg_chain_data_vlf_bytes(1, 2, 3), 6},
        {"vwr_crypto_alg_chain_data_vlf_in_hash_result_offset(1)",
         vwr_crypto_alg_chain_data_vlf_in_hash_result_offset(1), 1},
        {"vwr_crypto_alg_chain_data_vlf_in_bytes(1, 2)",
         vwr_crypto_alg_chain_data_vlf_in_bytes(1, 2), 3},
        {"vwr_crypto_cipher_data_vlf_stateless_iv_offset(1)",
         vwr_crypto_cipher_data_vlf_stateless_iv_offset(1), 1},
        {"vwr_crypto_cipher_data_vlf_stateless_src_data_offset(1, 2)",
         vwr_crypto_cipher_data_vlf_stateless_src_data_offset(1, 2), 3},
        {"vwr_crypto_cipher_data_vlf_stateless_bytes(1, 2, 3)",
         vwr_crypto_cipher_data_vlf_stateless_bytes(1, 2, 3), 6},
        {"vwr_crypto_alg_chain_data_vlf_stateless_auth_key_offset(1)",
         vwr_crypto_alg_chain_data_vlf_stateless_auth_key_offset(1), 1},
        {"vwr_crypto_alg_chain_data_vlf_stateless_iv_offset(1, 2)",
         vwr_crypto_alg_chain_data_vlf_stateless_iv_offset(1, 2), 3},
        {"vwr_crypto_alg_chain_data_vlf_stateless_aad_offset(1, 2, 3)",
         vwr_crypto_alg_chain_data_vlf_stateless_aad_offset(1, 2, 3), 6},
        {"vwr_crypto_alg_chain_data_vlf_stateless_src_data_offset(1, 2, 3, 4)",
         vwr_crypto_alg_chain_data_vlf_stateless_src_data_offset(1, 2, 3, 4), 10},
        {"vwr_crypto_alg_chain_data_vlf_stateless_bytes(1, 2, 3, 4, 5)",
         vwr_crypto_alg_chain_data_vlf_stateless_bytes(1, 2, 3, 4, 5), 15},
        {"vwr_crypto_alg_chain_data_vlf_stateless_in_hash_result_offset(1)",
         vwr_crypto_alg_chain_data_vlf_stateless_in_hash_result_offset(1), 1},
        {"vwr_crypto_alg_chain_data_vlf_stateless_in_bytes(1, 2)",
         vwr_crypto_alg_chain_data_vlf_stateless_in_bytes(1, 2), 3},
        {"vwr_crypto_aead_data_vlf_src_data_offset(1)",
         vwr_crypto_aead_data_vlf_src_data_offset(1), 1},
        {"vwr_crypto_aead_data_vlf_aad_offset(1, 2)",
         vwr_crypto_aead_data_vlf_aad_offset(1, 2), 3},
        {"vwr_crypto_aead_data_vlf_bytes(1, 2, 3)",
         vwr_crypto_aead_data_vlf_bytes(1, 2, 3), 6},
        {"vwr_crypto_aead_data_vlf_stateless_iv_offset(1)",
         vwr_crypto_aead_data_vlf_stateless_iv_offset(1), 1},
        {"vwr_crypto_aead_data_vlf_stateless_src_data_offset(1, 2)",
         vwr_crypto_aead_data_vlf_stateless_src_data_offset(1, 2), 3},
        {"vwr_crypto_aead_data_vlf_stateless_aad_offset(1, 2, 3)",
         vwr_crypto_aead_data_vlf_stateless_aad_offset(1, 2, 3), 6},
        {"vwr_crypto_aead_data_vlf_stateless_bytes(1, 2, 3, 4)",
         vwr_crypto_aead_data_vlf_stateless_bytes(1, 2, 3, 4), 10},
        {"vwr_crypto_akcipher_data_vlf_stateless_src_data_offset(1)",
         vwr_crypto_akcipher_data_vlf_stateless_src_data_offset(1), 1},
        {"vwr_crypto_akcipher_data_vlf_stateless_bytes(1, 2)",
         vwr_crypto_akcipher_data_vlf_stateless_bytes(1, 2), 3},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* The accessors of a configuration whose byte n is n + 1, and that has all its fields. */
static int wire_config(void)
{
    static const _Alignas(8) uint8_t bytes[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct vwr_config c;
    int wrong;

    memset(&c, 0, sizeof(c));
    memset(&c.features, 0xff, sizeof(c.features));
    c.base = (void *)(uintptr_t)bytes;
    {
        const struct number numbers[] = {
            {"vwr_crypto_config_get_status(&c)",
             vwr_crypto_config_get_status(&c), 0x04030201u},
            {"vwr_crypto_config_get_max_dataqueues(&c)",
             vwr_crypto_config_get_max_dataqueues(&c), 0x08070605u},
            {"vwr_crypto_config_get_crypto_services(&c)",
             vwr_crypto_config_get_crypto_services(&c), 0x0c0b0a09u},
            {"vwr_crypto_config_get_cipher_algo_l(&c)",
             vwr_crypto_config_get_cipher_algo_l(&c), 0x100f0e0du},
            {"vwr_crypto_config_get_cipher_algo_h(&c)",
             vwr_crypto_config_get_cipher_algo_h(&c), 0x14131211u},
            {"vwr_crypto_config_get_hash_algo(&c)",
             vwr_crypto_config_get_hash_algo(&c), 0x18171615u},
            {"vwr_crypto_config_get_mac_algo_l(&c)",
             vwr_crypto_config_get_mac_algo_l(&c), 0x1c1b1a19u},
            {"vwr_crypto_config_get_mac_algo_h(&c)",
             vwr_crypto_config_get_mac_algo_h(&c), 0x201f1e1du},
            {"vwr_crypto_config_get_aead_algo(&c)",
             vwr_crypto_config_get_aead_algo(&c), 0x24232221u},
            {"vwr_crypto_config_get_max_cipher_key_len(&c)",
             vwr_crypto_config_get_max_cipher_key_len(&c), 0x28272625u},
            {"vwr_crypto_config_get_max_auth_key_len(&c)",
             vwr_crypto_config_get_max_auth_key_len(&c), 0x2c2b2a29u},
            {"vwr_crypto_config_get_akcipher_algo(&c)",
             vwr_crypto_config_get_akcipher_algo(&c), 0x302f2e2du},
            {"vwr_crypto_config_get_max_size(&c)",
             vwr_crypto_config_get_max_size(&c), 0x3837363534333231ULL},
        };

        wrong = check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    {
        struct vwr_crypto_config_info info;
        _Alignas(8) struct vwr_crypto_config w;

        vwr_crypto_config_read(&c, &info);
        const struct number numbers[] = {
            {"info.status",
             info.status, 0x04030201u},
            {"info.max_dataqueues",
             info.max_dataqueues, 0x08070605u},
            {"info.crypto_services",
             info.crypto_services, 0x0c0b0a09u},
            {"info.cipher_algo_l",
             info.cipher_algo_l, 0x100f0e0du},
            {"info.cipher_algo_h",
             info.cipher_algo_h, 0x14131211u},
            {"info.hash_algo",
             info.hash_algo, 0x18171615u},
            {"info.mac_algo_l",
             info.mac_algo_l, 0x1c1b1a19u},
            {"info.mac_algo_h",
             info.mac_algo_h, 0x201f1e1du},
            {"info.aead_algo",
             info.aead_algo, 0x24232221u},
            {"info.max_cipher_key_len",
             info.max_cipher_key_len, 0x28272625u},
            {"info.max_auth_key_len",
             info.max_auth_key_len, 0x2c2b2a29u},
            {"info.akcipher_algo",
             info.akcipher_algo, 0x302f2e2du},
            {"info.max_size",
             info.max_size, 0x3837363534333231ULL},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
        info.max_dataqueues = 65535;
        memset(&w, 0, sizeof(w));
        wrong |= vwr_crypto_config_write(&w, false, &c.features, &info) != VWR_OK;
        c.base = &w;
        const struct number written[] = {
            {"written: info.status",
             vwr_crypto_config_get_status(&c), info.status},
            {"written: info.max_dataqueues",
             vwr_crypto_config_get_max_dataqueues(&c), info.max_dataqueues},
            {"written: info.crypto_services",
             vwr_crypto_config_get_crypto_services(&c), info.crypto_services},
            {"written: info.cipher_algo_l",
             vwr_crypto_config_get_cipher_algo_l(&c), info.cipher_algo_l},
            {"written: info.cipher_algo_h",
             vwr_crypto_config_get_cipher_algo_h(&c), info.cipher_algo_h},
            {"written: info.hash_algo",
             vwr_crypto_config_get_hash_algo(&c), info.hash_algo},
            {"written: info.mac_algo_l",
             vwr_crypto_config_get_mac_algo_l(&c), info.mac_algo_l},
            {"written: info.mac_algo_h",
             vwr_crypto_config_get_mac_algo_h(&c), info.mac_algo_h},
            {"written: info.aead_algo",
             vwr_crypto_config_get_aead_algo(&c), info.aead_algo},
            {"written: info.max_cipher_key_len",
             vwr_crypto_config_get_max_cipher_key_len(&c), info.max_cipher_key_len},
            {"written: info.max_auth_key_len",
             vwr_crypto_config_get_max_auth_key_len(&c), info.max_auth_key_len},
            {"written: info.akcipher_algo",
             vwr_crypto_config_get_akcipher_algo(&c), info.akcipher_algo},
            {"written: info.max_size",
             vwr_crypto_config_get_max_size(&c), info.max_size},
        };

        wrong |= check_numbers(written, sizeof(written) / sizeof(written[0]));
    }
    return wrong;
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_CRYPTO_F_REVISION_1,
        VWR_CRYPTO_F_CIPHER_STATELESS_MODE,
        VWR_CRYPTO_F_HASH_STATELESS_MODE,
        VWR_CRYPTO_F_MAC_STATELESS_MODE,
        VWR_CRYPTO_F_AEAD_STATELESS_MODE,
        VWR_CRYPTO_F_AKCIPHER_STATELESS_MODE,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_CRYPTO_FEATURES_W0", VWR_CRYPTO_FEATURES_W0, w[0]},
            {"VWR_CRYPTO_FEATURES_W1", VWR_CRYPTO_FEATURES_W1, w[1]},
            {"VWR_CRYPTO_FEATURES_W2", VWR_CRYPTO_FEATURES_W2, w[2]},
            {"VWR_CRYPTO_FEATURES_W3", VWR_CRYPTO_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_config();
    wrong |= feature_words();
    wrong |= wire_vwr_crypto_ctrl_header() | wire_virtio_crypto_ctrl_header();
    wrong |= wire_vwr_crypto_op_ctrl_req() | wire_virtio_crypto_op_ctrl_req();
    wrong |= wire_vwr_crypto_create_session_input() | wire_virtio_crypto_create_session_input();
    wrong |= wire_vwr_crypto_destroy_session_flf() | wire_virtio_crypto_destroy_session_flf();
    wrong |= wire_vwr_crypto_destroy_session_input() | wire_virtio_crypto_destroy_session_input();
    wrong |= wire_vwr_crypto_hash_create_session_flf() | wire_virtio_crypto_hash_create_session_flf();
    wrong |= wire_vwr_crypto_mac_create_session_flf() | wire_virtio_crypto_mac_create_session_flf();
    wrong |= wire_vwr_crypto_cipher_session_flf() | wire_virtio_crypto_cipher_session_flf();
    wrong |= wire_vwr_crypto_alg_chain_session_flf() | wire_virtio_crypto_alg_chain_session_flf();
    wrong |= wire_vwr_crypto_sym_create_session_flf() | wire_virtio_crypto_sym_create_session_flf();
    wrong |= wire_vwr_crypto_aead_create_session_flf() | wire_virtio_crypto_aead_create_session_flf();
    wrong |= wire_vwr_crypto_rsa_session_para() | wire_virtio_crypto_rsa_session_para();
    wrong |= wire_vwr_crypto_ecdsa_session_para() | wire_virtio_crypto_ecdsa_session_para();
    wrong |= wire_vwr_crypto_akcipher_create_session_flf() | wire_virtio_crypto_akcipher_create_session_flf();
    wrong |= wire_vwr_crypto_op_header() | wire_virtio_crypto_op_header();
    wrong |= wire_vwr_crypto_inhdr() | wire_virtio_crypto_inhdr();
    wrong |= wire_vwr_crypto_op_data_req() | wire_virtio_crypto_op_data_req();
    wrong |= wire_vwr_crypto_op_data_req_in() | wire_virtio_crypto_op_data_req_in();
    wrong |= wire_vwr_crypto_hash_data_flf() | wire_virtio_crypto_hash_data_flf();
    wrong |= wire_vwr_crypto_hash_data_flf_stateless_sess_para() | wire_virtio_crypto_hash_data_flf_stateless_sess_para();
    wrong |= wire_vwr_crypto_hash_data_flf_stateless() | wire_virtio_crypto_hash_data_flf_stateless();
    wrong |= wire_vwr_crypto_mac_data_flf() | wire_virtio_crypto_mac_data_flf();
    wrong |= wire_vwr_crypto_mac_data_flf_stateless_sess_para() | wire_virtio_crypto_mac_data_flf_stateless_sess_para();
    wrong |= wire_vwr_crypto_mac_data_flf_stateless() | wire_virtio_crypto_mac_data_flf_stateless();
    wrong |= wire_vwr_crypto_cipher_data_flf() | wire_virtio_crypto_cipher_data_flf();
    wrong |= wire_vwr_crypto_alg_chain_data_flf() | wire_virtio_crypto_alg_chain_data_flf();
    wrong |= wire_vwr_crypto_sym_data_flf() | wire_virtio_crypto_sym_data_flf();
    wrong |= wire_vwr_crypto_cipher_data_flf_stateless_sess_para() | wire_virtio_crypto_cipher_data_flf_stateless_sess_para();
    wrong |= wire_vwr_crypto_cipher_data_flf_stateless() | wire_virtio_crypto_cipher_data_flf_stateless();
    wrong |= wire_vwr_crypto_alg_chain_data_flf_stateless_sess_para_cipher() | wire_virtio_crypto_alg_chain_data_flf_stateless_sess_para_cipher();
    wrong |= wire_vwr_crypto_alg_chain_data_flf_stateless_sess_para_hash() | wire_virtio_crypto_alg_chain_data_flf_stateless_sess_para_hash();
    wrong |= wire_vwr_crypto_alg_chain_data_flf_stateless_sess_para() | wire_virtio_crypto_alg_chain_data_flf_stateless_sess_para();
    wrong |= wire_vwr_crypto_alg_chain_data_flf_stateless() | wire_virtio_crypto_alg_chain_data_flf_stateless();
    wrong |= wire_vwr_crypto_sym_data_flf_stateless() | wire_virtio_crypto_sym_data_flf_stateless();
    wrong |= wire_vwr_crypto_aead_data_flf() | wire_virtio_crypto_aead_data_flf();
    wrong |= wire_vwr_crypto_aead_data_flf_stateless_sess_para() | wire_virtio_crypto_aead_data_flf_stateless_sess_para();
    wrong |= wire_vwr_crypto_aead_data_flf_stateless() | wire_virtio_crypto_aead_data_flf_stateless();
    wrong |= wire_vwr_crypto_akcipher_data_flf() | wire_virtio_crypto_akcipher_data_flf();
    wrong |= wire_vwr_crypto_akcipher_data_flf_stateless_sess_para() | wire_virtio_crypto_akcipher_data_flf_stateless_sess_para();
    wrong |= wire_vwr_crypto_akcipher_data_flf_stateless() | wire_virtio_crypto_akcipher_data_flf_stateless();
    wrong |= wire_vwr_crypto_ipsec_resource_cap() | wire_virtio_crypto_ipsec_resource_cap();
    wrong |= wire_vwr_crypto_ipsec_mode_cap() | wire_virtio_crypto_ipsec_mode_cap();
    wrong |= wire_vwr_crypto_ipsec_sa_cap_data() | wire_virtio_crypto_ipsec_sa_cap_data();
    wrong |= wire_vwr_crypto_in_addr() | wire_virtio_crypto_in_addr();
    wrong |= wire_vwr_crypto_in6_addr() | wire_virtio_crypto_in6_addr();
    wrong |= wire_vwr_crypto_ipsec_tunnel_param_ipv4() | wire_virtio_crypto_ipsec_tunnel_param_ipv4();
    wrong |= wire_vwr_crypto_ipsec_tunnel_param_ipv6() | wire_virtio_crypto_ipsec_tunnel_param_ipv6();
    wrong |= wire_vwr_crypto_ipsec_tunnel_param() | wire_virtio_crypto_ipsec_tunnel_param();
    wrong |= wire_vwr_crypto_ipsec_lifetime() | wire_virtio_crypto_ipsec_lifetime();
    wrong |= wire_vwr_crypto_resource_obj_ipsec_sa_256b_key_cipher_key() | wire_virtio_crypto_resource_obj_ipsec_sa_256b_key_cipher_key();
    wrong |= wire_vwr_crypto_resource_obj_ipsec_sa_256b_key_auth_key() | wire_virtio_crypto_resource_obj_ipsec_sa_256b_key_auth_key();
    wrong |= wire_vwr_crypto_resource_obj_ipsec_sa_256b_key() | wire_virtio_crypto_resource_obj_ipsec_sa_256b_key();
    wrong |= wire_vwr_crypto_ipsec_data_flf() | wire_virtio_crypto_ipsec_data_flf();
    wrong |= wire_vwr_crypto_config() | wire_virtio_crypto_config();
    if (!wrong)
        printf("%s: 54 structs match the specification\n", "spec/device/crypto.yaml");
    return wrong;
}
