/* SPDX-License-Identifier: MIT */
/* The crypto device: enciphers a NIST test vector (SP 800-38A, F.2.1: AES in CBC mode). */
#include "part.h"
#include "uart.h"
#include "vwr/crypto.h"
#include "vwr/gen/ids.h"

#define BLOCK 16u

static struct vwr_crypto_shared shared;
static struct vwr_crypto crypto;
static struct vwr_crypto_session session;
static uint8_t out[BLOCK];
static uint8_t key[BLOCK] = {0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6,
                             0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c};
static uint8_t plain[BLOCK] = {0x6b, 0xc1, 0xbe, 0xe2, 0x2e, 0x40, 0x9f, 0x96,
                               0xe9, 0x3d, 0x7e, 0x11, 0x73, 0x93, 0x17, 0x2a};
static const uint8_t iv[BLOCK] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

static int cipher_open(struct vwr_dev *d)
{
    const struct vwr_crypto_options options = {.shared = &shared};

    return vwr_crypto_open(&crypto, d, &options);
}

/* A reset ends the session, so each call creates one. */
static int cipher_show(void)
{
    const struct vwr_crypto_setup aes = {.service = VWR_CRYPTO_SERVICE_CIPHER,
                                         .algo = VWR_CRYPTO_CIPHER_AES_CBC,
                                         .op = VWR_CRYPTO_OP_ENCRYPT,
                                         .key = key,
                                         .key_bytes = sizeof(key)};
    const struct vwr_crypto_data all = {
        .iv = iv, .iv_bytes = BLOCK, .src = plain, .src_bytes = BLOCK, .dst = out, .dst_bytes = BLOCK};
    int r = vwr_crypto_create(&crypto, &session, &aes);

    if (r == VWR_OK)
        r = vwr_crypto_run(&crypto, &session, &all);
    if (r < 0)
        return r;
    put("cipher: ");
    for (unsigned i = 0; i < BLOCK; i++)
        put_hex(out[i], 2);
    put_char('\n');
    return vwr_crypto_destroy(&crypto, &session);
}

static int cipher_close(void)
{
    return vwr_close(&crypto.bringup);
}

static size_t cipher_explain(char *text, size_t bytes)
{
    return vwr_crypto_explain(&crypto, text, bytes);
}

static struct vwr_bringup *cipher_device(unsigned n)
{
    return n == 0 ? &crypto.bringup : NULL;
}

const struct part cipher_part = {
    .type = VWR_ID_CRYPTO,
    .name = "cipher",
    .open = cipher_open,
    .show = cipher_show,
    .close = cipher_close,
    .explain = cipher_explain,
    .bringup = &vwr_crypto_bringup,
    .device = cipher_device,
};
