/* SPDX-License-Identifier: MIT */
/* A message is enciphered by a crypto device in parts, several in flight, and deciphered at once. */
#include "board.h"
#include "vwr/bytes.h"
#include "vwr/crypto.h"
#include "vwr/gen/ids.h"

#define FLIGHT 4u
#define PART 48u /* bytes of a request, in blocks of 16 */
#define BYTES (FLIGHT * PART)
#define COUNTER 15u /* last byte of the counter block */

static struct vwr_crypto_shared shared; /* shared with the device, as are key and data */
static struct vwr_crypto crypto;        /* private; the device must not access it */
static struct vwr_crypto_session session;
static struct vwr_crypto_request request[FLIGHT];
static struct vwr_mmio mmio;
static uint8_t key[16] = "an example's key";
static const char message[] = "a message";
static uint8_t data[BYTES];

/* AES in CTR mode: the same operation in both directions. */
static const struct vwr_crypto_setup aes = {.service = VWR_CRYPTO_SERVICE_CIPHER,
                                            .algo = VWR_CRYPTO_CIPHER_AES_CTR,
                                            .op = VWR_CRYPTO_OP_ENCRYPT,
                                            .key = key,
                                            .key_bytes = sizeof(key)};

static struct vwr_crypto_data part(const uint8_t *iv, unsigned at, unsigned bytes)
{
    return (struct vwr_crypto_data){.iv = iv,
                                    .iv_bytes = VWR_CRYPTO_IV,
                                    .src = data + at,
                                    .src_bytes = bytes,
                                    .dst = data + at,
                                    .dst_bytes = bytes};
}

/* The counter of each part continues the part before it. All are in flight after one notification. */
static int encipher(void)
{
    struct vwr_crypto_dataq *const q = vwr_crypto_get_dataq(&crypto, 0);
    int r = VWR_OK;

    for (unsigned i = 0; i < FLIGHT && r == VWR_OK; i++) {
        const uint8_t iv[VWR_CRYPTO_IV] = {[COUNTER] = (uint8_t)(i * PART / 16)};
        const struct vwr_crypto_data some = part(iv, i * PART, PART);

        r = vwr_crypto_fill(&request[i], &session, &some);
        if (r == VWR_OK)
            r = vwr_crypto_submit(q, &request[i]);
    }
    (void)vwr_crypto_kick(q);
    for (unsigned i = 0; i < FLIGHT && r == VWR_OK; i++)
        r = vwr_crypto_wait(q, &request[i]);
    return r;
}

int example(void)
{
    const struct vwr_crypto_options options = {.shared = &shared};
    const uint8_t iv[VWR_CRYPTO_IV] = {0};
    const struct vwr_crypto_data all = part(iv, 0, BYTES);
    int r = board_find(&mmio, VWR_ID_CRYPTO);

    r = r == VWR_OK ? vwr_crypto_open(&crypto, &mmio.dev, &options) : r;
    r = r == VWR_OK ? vwr_crypto_create(&crypto, &session, &aes) : r;
    vwr_copy(data, message, sizeof(message));
    r = r == VWR_OK ? encipher() : r;
    say_number("first byte:", data[0]);
    r = r == VWR_OK ? vwr_crypto_run(&crypto, &session, &all) : r;
    for (unsigned i = 0; i < sizeof(message) && r >= 0; i++)
        if (data[i] != (uint8_t)message[i])
            r = VWR_EPROTO;
    if (r >= 0) {
        say((const char *)data);
        r = vwr_crypto_destroy(&crypto, &session);
    }
    return vwr_close(&crypto.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
