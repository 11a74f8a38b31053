/* SPDX-License-Identifier: MIT */
/*
 * Messages with unions, byte by byte against the structures of Linux's headers (<linux/virtio_*.h>) and,
 * where those lack one, against bytes from the specification's layout. Prints each line that fails.
 */
#include <endian.h>
#include <linux/virtio_crypto.h>
#include <linux/virtio_mem.h>
#include <stdio.h>
#include <string.h>

#include "vwr/messages/crypto.h"
#include "vwr/messages/mem.h"
#include "vwr/messages/sound.h"

static int failures;

static void check(int line, bool held, const char *text)
{
    if (!held) {
        printf("messages.c:%d: %s\n", line, text);
        failures = 1;
    }
}

#define CHECK(condition) check(__LINE__, condition, #condition)

/* `m` encodes to `want`, over other bytes; decoded, it is `back`, over other values. */
#define BOTH(name, m, back, want)                                                         \
    do {                                                                                  \
        struct name##_form form;                                                          \
        struct name got;                                                                  \
                                                                                          \
        memset(&form, 0xa5, sizeof(form));                                                \
        name##_encode(&form, false, &(m));                                                \
        CHECK(sizeof(form) == sizeof(want) && memcmp(&form, &(want), sizeof(form)) == 0); \
        memset(&got, 0xa5, sizeof(got));                                                  \
        memcpy(&form, &(want), sizeof(form));                                             \
        name##_decode(&form, false, &got);                                                \
        CHECK(memcmp(&got, &(back), sizeof(got)) == 0);                                   \
    } while (0)

/* ---- mem: the message selects ---- */

static void mem_blocks(void)
{
    const struct vwr_mem_plug_msg plug = {.addr = 0x0123456789abcdefu, .nb_blocks = 0x1234};
    struct vwr_mem_plug_msg blank; /* what is compared has no padding of other values */
    struct virtio_mem_req want;
    struct vwr_mem_plug_msg_form form;

    memset(&want, 0, sizeof(want));
    want.type = htole16(VIRTIO_MEM_REQ_PLUG);
    want.u.plug.addr = htole64(plug.addr);
    want.u.plug.nb_blocks = htole16(plug.nb_blocks);
    vwr_mem_plug_msg_encode(&form, false, &plug);
    CHECK(sizeof(form) == sizeof(want) && memcmp(&form, &want, sizeof(form)) == 0);
    vwr_mem_plug_msg_decode(&form, false, &blank);
    CHECK(blank.addr == plug.addr && blank.nb_blocks == plug.nb_blocks);
}

static void mem_others(void)
{
    const struct vwr_mem_state_msg ask = {.addr = 0xfedcba9876543210u, .nb_blocks = 0xfffe};
    const struct vwr_mem_state_answer answer = {.type = 2};
    struct vwr_mem_unplug_all_msg_form all;
    struct vwr_mem_state_msg_form form;
    struct virtio_mem_resp told;
    struct virtio_mem_req want;

    memset(&want, 0, sizeof(want));
    want.type = htole16(VIRTIO_MEM_REQ_UNPLUG_ALL);
    memset(&all, 0xa5, sizeof(all));
    vwr_mem_unplug_all_msg_encode(&all, false);
    CHECK(sizeof(all) == sizeof(want) && memcmp(&all, &want, sizeof(all)) == 0);

    want.type = htole16(VIRTIO_MEM_REQ_STATE);
    want.u.state.addr = htole64(ask.addr);
    want.u.state.nb_blocks = htole16(ask.nb_blocks);
    vwr_mem_state_msg_encode(&form, false, &ask);
    CHECK(memcmp(&form, &want, sizeof(form)) == 0);

    memset(&told, 0, sizeof(told));
    told.u.state.state = htole16(VIRTIO_MEM_STATE_MIXED);
    BOTH(vwr_mem_state_answer, answer, answer, told);
}

/* ---- crypto: op_type, hash_mode and algo select ---- */

/* What Linux's driver puts into a request: the header, and a union of all operations of which these are the
 * first. */
struct linux_session {
    struct virtio_crypto_ctrl_header header;
    struct virtio_crypto_sym_create_session_req sym;
};

struct linux_key {
    struct virtio_crypto_ctrl_header header;
    struct virtio_crypto_akcipher_create_session_req key;
};

struct linux_data {
    struct virtio_crypto_op_header header;
    struct virtio_crypto_sym_data_req sym;
};

static void crypto_cipher_session(void)
{
    const struct vwr_crypto_cipher_create_session_msg back = {.algo = 3,
                                                              .op_type = VWR_CRYPTO_SYM_OP_CIPHER,
                                                              .cipher_algo = 3,
                                                              .cipher_key_len = 16,
                                                              .cipher_op = 2};
    struct vwr_crypto_cipher_create_session_msg m = back;
    struct linux_session want;

    m.chain_hash_mode = VWR_CRYPTO_SYM_HASH_MODE_AUTH; /* ignored, as all of a chain */
    m.chain_mac_algo = 77;
    memset(&want, 0, sizeof(want));
    want.header.opcode = htole32(VIRTIO_CRYPTO_CIPHER_CREATE_SESSION);
    want.header.algo = htole32(VIRTIO_CRYPTO_CIPHER_AES_CBC);
    want.sym.op_type = htole32(VIRTIO_CRYPTO_SYM_OP_CIPHER);
    want.sym.u.cipher.para.algo = htole32(VIRTIO_CRYPTO_CIPHER_AES_CBC);
    want.sym.u.cipher.para.keylen = htole32(16);
    want.sym.u.cipher.para.op = htole32(VIRTIO_CRYPTO_OP_DECRYPT);
    BOTH(vwr_crypto_cipher_create_session_msg, m, back, want);
}

static void crypto_chain_session(void)
{
    struct vwr_crypto_cipher_create_session_msg m = {.op_type = VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING,
                                                     .chain_alg_chain_order = 2,
                                                     .chain_hash_mode = VWR_CRYPTO_SYM_HASH_MODE_AUTH,
                                                     .chain_cipher_hdr_algo = 4,
                                                     .chain_cipher_hdr_key_len = 32,
                                                     .chain_cipher_hdr_op = 1,
                                                     .chain_mac_algo = 0x01020304,
                                                     .chain_mac_hash_result_len = 0x05060708,
                                                     .chain_mac_auth_key_len = 0x090a0b0c,
                                                     .chain_aad_len = 0x0d0e0f10};
    struct virtio_crypto_alg_chain_session_para *chain;
    struct linux_session want;

    memset(&want, 0, sizeof(want));
    chain = &want.sym.u.chain.para;
    want.header.opcode = htole32(VIRTIO_CRYPTO_CIPHER_CREATE_SESSION);
    want.sym.op_type = htole32(VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING);
    chain->alg_chain_order = htole32(VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH);
    chain->hash_mode = htole32(VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH);
    chain->cipher_param.algo = htole32(VIRTIO_CRYPTO_CIPHER_AES_CTR);
    chain->cipher_param.keylen = htole32(32);
    chain->cipher_param.op = htole32(VIRTIO_CRYPTO_OP_ENCRYPT);
    chain->u.mac_param.algo = htole32(0x01020304);
    chain->u.mac_param.hash_result_len = htole32(0x05060708);
    chain->u.mac_param.auth_key_len = htole32(0x090a0b0c);
    chain->aad_len = htole32(0x0d0e0f10);
    BOTH(vwr_crypto_cipher_create_session_msg, m, m, want);

    m.chain_hash_mode = VWR_CRYPTO_SYM_HASH_MODE_PLAIN;
    m.chain_mac_algo = m.chain_mac_hash_result_len = m.chain_mac_auth_key_len = 0;
    m.chain_hash_algo = 4;
    m.chain_hash_hash_result_len = 32;
    chain->hash_mode = htole32(VIRTIO_CRYPTO_SYM_HASH_MODE_PLAIN);
    memset(&chain->u, 0, sizeof(chain->u));
    chain->u.hash_param.algo = htole32(VIRTIO_CRYPTO_HASH_SHA_256);
    chain->u.hash_param.hash_result_len = htole32(32);
    BOTH(vwr_crypto_cipher_create_session_msg, m, m, want);
}

/* A selector that selects nothing leaves no member of another value. */
static void crypto_unknown(void)
{
    const struct vwr_crypto_cipher_create_session_msg back = {.op_type = 0xfffffffe};
    struct vwr_crypto_cipher_create_session_msg_form form;
    struct vwr_crypto_cipher_create_session_msg got;

    memset(&form, 0, sizeof(form));
    memset(form.sym_create_session_flf.op_flf, 0x5a, sizeof(form.sym_create_session_flf.op_flf));
    form.sym_create_session_flf.op_type = vwr_guest32(false, 0xfffffffe);
    memset(&got, 0xa5, sizeof(got));
    vwr_crypto_cipher_create_session_msg_decode(&form, false, &got);
    CHECK(memcmp(&got, &back, sizeof(got)) == 0);
}

static void crypto_keys(void)
{
    struct vwr_crypto_akcipher_create_session_msg m = {.akcipher_create_session_flf_algo =
                                                           VWR_CRYPTO_AKCIPHER_RSA,
                                                       .key_type = 2,
                                                       .key_len = 0x123,
                                                       .rsa_padding_algo = 1,
                                                       .rsa_hash_algo = 6};
    struct linux_key want;

    memset(&want, 0, sizeof(want));
    want.header.opcode = htole32(VIRTIO_CRYPTO_AKCIPHER_CREATE_SESSION);
    want.key.para.algo = htole32(VIRTIO_CRYPTO_AKCIPHER_RSA);
    want.key.para.keytype = htole32(VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE);
    want.key.para.keylen = htole32(0x123);
    want.key.para.u.rsa.padding_algo = htole32(VIRTIO_CRYPTO_RSA_PKCS1_PADDING);
    want.key.para.u.rsa.hash_algo = htole32(VIRTIO_CRYPTO_RSA_SHA256);
    BOTH(vwr_crypto_akcipher_create_session_msg, m, m, want);

    m.akcipher_create_session_flf_algo = VWR_CRYPTO_AKCIPHER_ECDSA; /* another number than Linux's */
    m.rsa_padding_algo = m.rsa_hash_algo = 0;
    m.ecdsa_curve_id = 3;
    want.key.para.algo = htole32(VWR_CRYPTO_AKCIPHER_ECDSA);
    memset(&want.key.para.u, 0, sizeof(want.key.para.u));
    want.key.para.u.ecdsa.curve_id = htole32(VIRTIO_CRYPTO_CURVE_NIST_P256);
    BOTH(vwr_crypto_akcipher_create_session_msg, m, m, want);
}

static void crypto_data(void)
{
    struct vwr_crypto_cipher_encrypt_msg m;
    struct linux_data want;

    memset(&m, 0, sizeof(m)); /* with its padding */
    memset(&want, 0, sizeof(want));
    m.session_id = 0x1122334455667788u;
    m.op_type = VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING;
    m.chain_iv_len = 16;
    m.chain_cipher_start_src_offset = 8;
    m.chain_len_to_cipher = 24;
    m.chain_hash_result_len = 20;
    want.header.opcode = htole32(VIRTIO_CRYPTO_CIPHER_ENCRYPT);
    want.header.session_id = htole64(0x1122334455667788u);
    want.sym.op_type = htole32(VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING);
    want.sym.u.chain.para.iv_len = htole32(16);
    want.sym.u.chain.para.cipher_start_src_offset = htole32(8);
    want.sym.u.chain.para.len_to_cipher = htole32(24);
    want.sym.u.chain.para.hash_result_len = htole32(20);
    BOTH(vwr_crypto_cipher_encrypt_msg, m, m, want);
}

/* ---- sound: the type of an element selects; Linux's structure has padding that the specification's has not
 * ---- */

static void sound_element(void)
{
    static const uint8_t want[92] = {
        [8] = 2,     [24] = 'V',  [68] = 0xff, [69] = 0xff, [70] = 0xff, [71] = 0xff, [72] = 0xff,
        [73] = 0xff, [74] = 0xff, [75] = 0xff, [76] = 0x10, [83] = 0x80, [84] = 2};
    struct vwr_snd_ctl_info_item item, got;
    struct vwr_snd_ctl_info form;

    memset(&item, 0, sizeof(item));
    item.type = VWR_SND_CTL_TYPE_INTEGER64;
    item.name[0] = 'V';
    item.integer64_min = UINT64_MAX; /* -1 */
    item.integer64_max = 0x8000000000000010u;
    item.integer64_step = 2;
    item.integer_min = 9; /* ignored */
    vwr_snd_ctl_info_item_encode(&form, false, &item);
    CHECK(sizeof(form) == sizeof(want) && memcmp(&form, want, sizeof(form)) == 0);
    memset(&got, 0xa5, sizeof(got));
    vwr_snd_ctl_info_item_decode(&form, false, &got);
    CHECK(got.integer64_max == item.integer64_max && got.integer_min == 0 && got.enumerated_items == 0);
}

/* Nothing in the message selects: the element's type is in another one. */
static void sound_values(void)
{
    struct vwr_snd_ctl_value_value_integer64_values values = {{[0] = 0x0102030405060708u, [63] = 9}}, got;
    struct vwr_snd_ctl_write_msg m = {.control_id = 1};
    uint8_t want[512] = {8, 7, 6, 5, 4, 3, 2, 1, [504] = 9};
    struct vwr_snd_ctl_write_msg_form form;

    vwr_snd_ctl_value_value_integer64_encode(m.value, false, &values);
    vwr_snd_ctl_write_msg_encode(&form, false, &m);
    CHECK(sizeof(form) == 8 + sizeof(want) && memcmp((uint8_t *)&form + 8, want, sizeof(want)) == 0);
    vwr_snd_ctl_value_value_integer64_decode(want, false, &got);
    CHECK(memcmp(&got, &values, sizeof(got)) == 0);
}

int main(void)
{
    mem_blocks();
    mem_others();
    crypto_cipher_session();
    crypto_chain_session();
    crypto_unknown();
    crypto_keys();
    crypto_data();
    sound_element();
    sound_values();
    return failures;
}
