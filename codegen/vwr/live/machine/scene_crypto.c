/* SPDX-License-Identifier: MIT */
#include "live.h"

#include "vwr/bytes.h"
#include "vwr/crypto.h"
#include "vwr/vcrypto.h"
#include "vwr/open/rows.h"

#define SESSIONS 2u
#define MOST 1024u /* bytes of a message */
#define DIGEST 32u
#define BLOCK 64u

static struct {
    struct vwr_vcrypto device;
    struct vwr_vcrypto_session session[SESSIONS];
    struct vwr_vmessage message[1];
    struct vwr_vseg seg[VWR_VCRYPTO_SEGS(1u, 64u)];
    uint8_t buffer[VWR_VCRYPTO_BUFFER_BYTES(MOST + DIGEST)];
    struct vwr_crypto_session own; /* of the driver */
    uint8_t *data, *digest;        /* in the guest's RAM */
} machine;

/* ---- SHA-256 (FIPS 180-4), so that the result can be compared with that of any other program ---- */

static const uint32_t round_constants[BLOCK] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turn(uint32_t x, unsigned n)
{
    return x >> n | x << (32u - n);
}

static void add_block(uint32_t *sum, const uint8_t *block)
{
    uint32_t w[BLOCK], v[8];

    for (unsigned i = 0; i < BLOCK; i++)
        w[i] = i < 16 ? vwr_bytes_number(block + 4u * i, 4, true)
                      : w[i - 16] + w[i - 7] + (turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3) +
                            (turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10);
    vwr_copy(v, sum, sizeof(v));
    for (unsigned i = 0; i < BLOCK; i++) {
        const uint32_t a = (turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25)) +
                           ((v[4] & v[5]) ^ (~v[4] & v[6])) + v[7] + round_constants[i] + w[i];
        const uint32_t b = (turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22)) +
                           ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));

        for (unsigned k = 7; k != 0; k--)
            v[k] = v[k - 1u];
        v[4] += a;
        v[0] = a + b;
    }
    for (unsigned i = 0; i < 8; i++)
        sum[i] += v[i];
}

static void sha256(const uint8_t *from, uint32_t bytes, uint8_t *to)
{
    uint32_t sum[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    const uint32_t end = (bytes + 9u + BLOCK - 1u) / BLOCK * BLOCK; /* with 0x80, and the length in bits */
    uint8_t block[BLOCK];

    for (uint32_t at = 0; at < end; at += BLOCK) {
        for (uint32_t i = at; i < at + BLOCK; i++)
            block[i - at] = i < bytes ? from[i] : i == bytes ? 0x80 : 0;
        for (unsigned i = 0; at + BLOCK == end && i < 4; i++)
            block[BLOCK - 1u - i] = (uint8_t)(bytes * 8u >> 8u * i);
        add_block(sum, block);
    }
    for (unsigned i = 0; i < DIGEST; i++)
        to[i] = (uint8_t)(sum[i / 4u] >> (24u - i % 4u * 8u));
}

/* ---- the device ---- */

static int create(void *context, struct vwr_vcrypto_session *session, const struct vwr_crypto_setup *setup)
{
    (void)context;
    (void)session;
    return setup->result_bytes == DIGEST ? VWR_OK : VWR_CRYPTO_ERR;
}

static void destroy(void *context, struct vwr_vcrypto_session *session)
{
    (void)context;
    (void)session;
}

static int run(void *context, struct vwr_vcrypto_session *session, struct vwr_crypto_data *data)
{
    (void)context;
    (void)session;
    if (data->dst_bytes < DIGEST)
        return VWR_CRYPTO_ERR;
    sha256(data->src, data->src_bytes, data->dst);
    return VWR_OK;
}

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    static const struct vwr_vcrypto_ops ops = {create, destroy, run};
    static const struct vwr_crypto_config_info info = {.crypto_services = 1u << VWR_CRYPTO_SERVICE_HASH,
                                                       .hash_algo = 1u << VWR_CRYPTO_HASH_SHA_256};
    const struct vwr_vcrypto_options o = {.ops = &ops,
                                          .context = g,
                                          .info = &info,
                                          .session = machine.session,
                                          .session_count = SESSIONS,
                                          .buffer = machine.buffer,
                                          .buffer_bytes = sizeof(machine.buffer),
                                          .message = machine.message,
                                          .message_count = VWR_COUNT(machine.message),
                                          .seg = machine.seg,
                                          .seg_count = VWR_COUNT(machine.seg)};

    vwr_zero(&machine, sizeof(machine));
    machine.data = live_alloc(g, MOST, 64);
    machine.digest = live_alloc(g, DIGEST, 64);
    *v = vwr_vcrypto_dev(&machine.device);
    return vwr_vcrypto_init_with(&machine.device, s, &o);
}

/* ---- the driver ---- */

static struct vwr_crypto *driver(const struct live_guest *g)
{
    return vwr_opened_driver(&g->opened, &vwr_crypto_bringup);
}

static int create_session(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const struct vwr_crypto_setup setup = {
        .service = VWR_CRYPTO_SERVICE_HASH, .algo = VWR_CRYPTO_HASH_SHA_256, .result_bytes = DIGEST};

    (void)in;
    (void)out;
    return vwr_crypto_create(driver(g), &machine.own, &setup);
}

static int hash(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const uint32_t bytes = in->bytes < MOST ? in->bytes : MOST;
    const struct vwr_crypto_data data = {
        .src = machine.data, .src_bytes = bytes, .dst = machine.digest, .dst_bytes = DIGEST};
    int r;

    vwr_copy(machine.data, in->data, bytes);
    r = vwr_crypto_run(driver(g), &machine.own, &data);
    out->bytes = r > 0 ? (uint32_t)r : 0;
    vwr_copy(out->data, machine.digest, out->bytes);
    return r;
}

static int destroy_session(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)in;
    (void)out;
    return vwr_crypto_destroy(driver(g), &machine.own);
}

static const struct live_action actions[] = {
    {"create session", "", "Create a session for SHA-256.", LIVE_DRIVER, create_session},
    {"hash", "data:text", "Compute a hash.", LIVE_DRIVER, hash},
    {"destroy session", "", "End the session.", LIVE_DRIVER, destroy_session},
};

static const struct vwr_open_class row = VWR_OPEN_CRYPTO;

const struct live_scene live_scene_crypto = {.name = "crypto",
                                             .brief = "A device that computes SHA-256.",
                                             .actions = actions,
                                             .action_count = VWR_COUNT(actions),
                                             .guests = 1,
                                             .queues = VWR_VCRYPTO_QUEUES,
                                             .surface = LIVE_NOTHING,
                                             .add = add,
                                             .driver = &row};
