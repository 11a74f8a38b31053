/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/vcrypto.h"
#include "vplan.h"

#include "hyp.h"

/*
 * The cipher for the guests' crypto devices: AES in CBC mode, with the CPU's own instructions (aes.S). No
 * library is linked, because the vector registers belong to the guest. If the CPU lacks these instructions,
 * or has
 * SVE, whose upper register parts aes.S would not preserve, the devices offer no cipher. They always offer
 * RSA (rsa.c).
 *
 * A request completes immediately, with the lock held, so its size is limited.
 */
#define KEYS 128u       /* sessions of all guests */
#define DATA_MOST 8192u /* bytes of a request */
#define BLOCK 16u
#define WORDS_MOST 60u /* 15 pass keys */
#define KEY_MOST 32u
#define AES_FIELD(id) ((id) >> 4 & 15u)

/* A session: round keys, in the order of their use. */
struct key {
    _Alignas(BLOCK) uint32_t word[WORDS_MOST];
    unsigned passes;
    bool used;
    bool decrypts;
};

uint32_t aes_sub_word(uint32_t word); /* applies the S-box to each byte */
void aes_inverse_key(uint32_t *word); /* converts a round key for encryption to one for decryption */
void aes_cbc_encrypt(const uint32_t *keys, unsigned passes, const void *iv, const void *src, void *dst,
                     uint32_t blocks);
void aes_cbc_decrypt(const uint32_t *keys, unsigned passes, const void *iv, const void *src, void *dst,
                     uint32_t blocks);

static struct key key[KEYS];
static uint64_t blocks_done;

static struct key *free_key(void)
{
    for (unsigned i = 0; i < KEYS; i++)
        if (!key[i].used)
            return &key[i];
    return NULL;
}

/* Key expansion: the key schedule of FIPS 197, with little-endian words. */
static void expand(struct key *k, const uint8_t *bytes, unsigned words)
{
    uint32_t constant = 1;
    unsigned place = 0; /* index within the words of the key */

    vwr_copy(k->word, bytes, 4u * words);
    k->passes = words + 6u;
    for (unsigned i = words; i < 4u * (k->passes + 1u); i++) {
        uint32_t word = k->word[i - 1u];

        if (place == 0) {
            word = aes_sub_word(word >> 8 | word << 24) ^ constant;
            constant = constant << 1 ^ (constant >> 7) * 0x11bu;
        } else if (words == KEY_MOST / 4u && place == 4u) {
            word = aes_sub_word(word);
        }
        k->word[i] = k->word[i - words] ^ word;
        place = place + 1u == words ? 0 : place + 1u;
    }
}

static void swap(uint32_t *a, uint32_t *b)
{
    for (unsigned i = 0; i < BLOCK / 4u; i++) {
        const uint32_t word = a[i];

        a[i] = b[i];
        b[i] = word;
    }
}

/* Decryption uses the round keys in reverse order; all but the outer ones are inverted. */
static void invert(struct key *k)
{
    for (unsigned i = 0, last = k->passes; i < last; i++, last--)
        swap(&k->word[4u * i], &k->word[4u * last]);
    for (unsigned i = 1; i < k->passes; i++)
        aes_inverse_key(&k->word[4u * i]);
}

static int create(void *context, struct vwr_vcrypto_session *session, const struct vwr_crypto_setup *setup)
{
    struct key *const k = free_key();

    if (setup->service == VWR_CRYPTO_SERVICE_AKCIPHER)
        return rsa_create(session, setup);
    if (setup->order != 0)
        return VWR_CRYPTO_NOTSUPP;
    if (setup->key_bytes != 16u && setup->key_bytes != 24u && setup->key_bytes != KEY_MOST)
        return VWR_CRYPTO_ERR;
    if (k == NULL)
        return VWR_CRYPTO_NOSPC;
    expand(k, setup->key, setup->key_bytes / 4u);
    k->decrypts = setup->op == VWR_CRYPTO_OP_DECRYPT;
    if (k->decrypts)
        invert(k);
    k->used = true;
    session->own = k;
    return VWR_OK;
}

static void destroy(void *context, struct vwr_vcrypto_session *session)
{
    if (!rsa_destroy(session))
        vwr_zero(session->own, sizeof(struct key));
}

static int process(void *context, struct vwr_vcrypto_session *session, struct vwr_crypto_data *data)
{
    const struct key *const k = session->own;
    const uint32_t blocks = data->src_bytes / BLOCK;

    if (data->opcode >= VWR_CRYPTO_AKCIPHER_ENCRYPT && data->opcode <= VWR_CRYPTO_AKCIPHER_VERIFY)
        return rsa_process(session, data);
    if (data->iv_bytes != BLOCK || data->src_bytes > DATA_MOST || data->src_bytes % BLOCK != 0)
        return VWR_CRYPTO_ERR;
    if (k->decrypts)
        aes_cbc_decrypt(k->word, k->passes, data->iv, data->src, data->dst, blocks);
    else
        aes_cbc_encrypt(k->word, k->passes, data->iv, data->src, data->dst, blocks);
    blocks_done += blocks;
    return VWR_OK;
}

void cipher_offer(struct vwr_vplan_host *host)
{
    static const struct vwr_vcrypto_ops ops = {.create = create, .destroy = destroy, .run = process};
    static struct vwr_crypto_config_info info = {
        .crypto_services = 1u << VWR_CRYPTO_SERVICE_AKCIPHER,
        .akcipher_algo = 1u << VWR_CRYPTO_AKCIPHER_RSA,
    };
    const bool has = AES_FIELD(READ_SYS(id_aa64isar0_el1)) != 0 && SVE_FIELD(READ_SYS(id_aa64pfr0_el1)) == 0;

    if (has) {
        info.crypto_services |= 1u << VWR_CRYPTO_SERVICE_CIPHER;
        info.cipher_algo_l = 1u << VWR_CRYPTO_CIPHER_AES_CBC;
        info.max_cipher_key_len = KEY_MOST;
    } else {
        print("hypervisor: crypto devices without a cipher: the CPU has no AES instructions, or has SVE\n");
    }
    host->crypto = &ops;
    host->crypto_info = &info;
}

void cipher_stats(void)
{
    unsigned keys = 0;

    for (unsigned i = 0; i < KEYS; i++)
        keys += key[i].used;
    print("cipher: %u keys, %llu bytes\n", keys, (unsigned long long)(blocks_done * BLOCK));
}
