/* SPDX-License-Identifier: MIT */
#include "class_buses.h"

#include "vwr/vcrypto.h"

#include <string.h>

/*
 * A crypto device. The VMM reads everything that it receives, and answers as the input selects, immediately
 * or later.
 */

#define SESSIONS 3u
#define MOST 200u
#define KEY_MOST 64u

static struct vwr_vcrypto *device;
static struct vwr_vcrypto_session *session;
static uint8_t *buffer;
static uint8_t *keys;
static struct vwr_vmessage *message;
static struct vwr_vseg *seg;
static bool lives[SESSIONS];
static uint64_t ticket; /* of a request that waits; 0: none */
static struct vwr_crypto_data kept;

static const struct vwr_crypto_config_info info = {.crypto_services = 0x1f,
                                                   .cipher_algo_l = 0xff,
                                                   .hash_algo = 0xff,
                                                   .mac_algo_l = 0xff,
                                                   .aead_algo = 0xff,
                                                   .max_cipher_key_len = KEY_MOST,
                                                   .max_auth_key_len = KEY_MOST,
                                                   .akcipher_algo = 0xff};

static unsigned row_of(const struct vwr_vcrypto_session *s)
{
    MUST(s >= session && s < session + SESSIONS);
    return (unsigned)(s - session);
}

/* Part of a message, in the half of the device's buffer that begins at `half`. */
static void check_part(const void *at, uint32_t bytes, const uint8_t *half)
{
    const size_t first = (size_t)((const uint8_t *)at - half);

    MUST(first <= MOST && bytes <= MOST - first);
}

static int create(void *context, struct vwr_vcrypto_session *s, const struct vwr_crypto_setup *setup)
{
    const uint8_t how = class_fed();

    (void)context;
    class_called(vwr_vcrypto_dev(device));
    MUST(!lives[row_of(s)] && setup->key_bytes <= MOST && setup->auth_key_bytes <= MOST - setup->key_bytes);
    MUST(setup->service == VWR_CRYPTO_SERVICE_AKCIPHER || setup->key_bytes <= KEY_MOST);
    MUST(setup->auth_key_bytes <= KEY_MOST && vwr_crypto_info_offers(&info, setup->service, setup->algo));
    class_touch(setup->key, setup->key_bytes);
    class_touch(setup->auth_key, setup->auth_key_bytes);
    if (how >= 0xc0)
        return how % 2 != 0 ? VWR_EINVAL : VWR_CRYPTO_NOTSUPP;
    lives[row_of(s)] = true;
    return VWR_OK;
}

static void destroy(void *context, struct vwr_vcrypto_session *s)
{
    (void)context;
    class_called(vwr_vcrypto_dev(device));
    MUST(lives[row_of(s)]);
    lives[row_of(s)] = false;
}

static int run(void *context, struct vwr_vcrypto_session *s, struct vwr_crypto_data *m)
{
    const uint8_t how = class_fed();

    (void)context;
    class_called(vwr_vcrypto_dev(device));
    MUST(lives[row_of(s)]);
    check_part(m->iv, m->iv_bytes, buffer);
    check_part(m->src, m->src_bytes, buffer);
    check_part(m->aad, m->aad_bytes, buffer);
    check_part(m->dst, m->dst_bytes, buffer + MOST);
    check_part(m->digest, m->digest_bytes, buffer + MOST);
    if (s->chained)
        MUST(m->cipher_start <= m->src_bytes && m->cipher_bytes <= m->src_bytes - m->cipher_start &&
             m->hash_start <= m->src_bytes && m->hash_bytes <= m->src_bytes - m->hash_start);
    class_touch(m->iv, m->iv_bytes);
    class_touch(m->src, m->src_bytes);
    class_touch(m->aad, m->aad_bytes);
    memset(m->dst, how, m->dst_bytes);
    memset(m->digest, how, m->digest_bytes);
    if (how % 8 == 1) {
        ticket = vwr_vcrypto_ticket(s->device);
        kept = *m;
        return VWR_LATER;
    }
    if (how % 4 == 0)
        m->dst_bytes = how;
    return how < 0xe0 ? VWR_OK : how < 0xf0 ? VWR_CRYPTO_BADMSG : VWR_EIO;
}

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    static const struct vwr_vcrypto_ops ops = {create, destroy, run};
    struct vwr_vcrypto_options o = {.ops = &ops,
                                    .info = &info,
                                    .session_count = SESSIONS,
                                    .buffer_bytes = VWR_VCRYPTO_BUFFER_BYTES(MOST),
                                    .message_count = 2,
                                    .seg_count = VWR_VCRYPTO_SEGS(2, 64)};

    o.session = session = class_memory(session, SESSIONS * sizeof(*session));
    o.buffer = buffer = class_memory(buffer, o.buffer_bytes);
    o.keys_bytes = VWR_VCRYPTO_KEY_BYTES(SESSIONS, MOST);
    o.keys = keys = class_memory(keys, o.keys_bytes);
    o.message = message = class_memory(message, 2 * sizeof(*message));
    o.seg = seg = class_memory(seg, o.seg_count * sizeof(*seg));
    memset(message, 0, 2 * sizeof(*message));
    for (unsigned i = 0; i < SESSIONS; i++)
        MUST(!world.renews || !lives[i]);
    memset(lives, 0, sizeof(lives));
    ticket = 0;
    device = class_memory(device, sizeof(*device));
    MUST(vwr_vcrypto_init_with(device, setup, &o) == VWR_OK);
    return vwr_vcrypto_dev(device);
}

/* An answer, in time, too late, or twice. */
static void event(uint8_t what, struct input *in)
{
    uint8_t bytes[MOST];

    memset(bytes, what, sizeof(bytes));
    kept.dst = bytes;
    kept.digest = bytes;
    vwr_vcrypto_done(device, ticket, what < 0xc0 ? VWR_OK : what < 0xe0 ? VWR_CRYPTO_BADMSG : VWR_EIO, &kept);
    if (input_u8(in) % 4 != 0)
        ticket = 0;
}

/* A hash, from its session to its result. */
static void must_work(struct vwr_dev *d)
{
    static struct script s;
    const bool legacy = vwr_vcrypto_dev(device)->legacy;
    const unsigned control =
        vwr_crypto_queue_controlq_at(vwr_guest32(legacy, device->service.config.max_dataqueues));
    uint8_t out[72 + 3];
    const uint8_t *answer;
    struct vwr_crypto_create_session_input created;
    struct vwr_crypto_op_header header;
    struct vwr_crypto_ctrl_header ctrl;
    const bool padded = !vwr_vdev_has(vwr_vcrypto_dev(device), VWR_CRYPTO_F_REVISION_1);

    (void)d;
    vwr_vcrypto_done(device, ticket, VWR_EIO, NULL);
    class_start(&s);
    for (unsigned i = 0; i < SESSIONS; i++)
        MUST(!lives[i]);
    memset(&ctrl, 0, sizeof(ctrl));
    memset(out, 0, sizeof(out));
    ctrl.opcode = vwr_guest32(legacy, VWR_CRYPTO_HASH_CREATE_SESSION);
    memcpy(out, &ctrl, sizeof(ctrl));
    out[16 + (vwr_guest_is_big(legacy) ? 3 : 0)] = VWR_CRYPTO_HASH_SHA1;
    answer = class_exchange(&s, control, out, padded ? 72 : 24, sizeof(created));
    memcpy(&created, answer, sizeof(created));
    MUST(created.status == 0);
    memset(&header, 0, sizeof(header));
    memset(out, 0, sizeof(out));
    header.opcode = vwr_guest32(legacy, VWR_CRYPTO_HASH);
    header.session_id = created.session_id;
    memcpy(out, &header, sizeof(header));
    out[24 + (vwr_guest_is_big(legacy) ? 3 : 0)] = 3;
    out[28 + (vwr_guest_is_big(legacy) ? 3 : 0)] = 4;
    answer = class_exchange(&s, 0, out, padded ? 75 : 35, 4 + 1);
    MUST(answer[4] == VWR_CRYPTO_OK);
}

const struct world_service class_crypto = {begin, event, must_work, false};
