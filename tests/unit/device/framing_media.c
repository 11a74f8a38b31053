/* SPDX-License-Identifier: MIT */
#include "framing.h"

#include "vwr/vcrypto.h"
#include "vwr/vgpu.h"
#include "vwr/vsound.h"

#include <string.h>

/* A gpu, a sound card and a crypto device. */

/* ---- gpu ---- */

#define SIDE 4u
#define PIXELS (SIDE * SIDE * 4u) /* bytes */
#define RESOURCE 7u
#define POINTER 8u
#define CONTROLQ VWR_GPU_QUEUE_CONTROLQ
#define CURSORQ VWR_GPU_QUEUE_CURSORQ
#define HDR 24u
#define COMMAND(type) U32(VWR_GPU_CMD_##type), U32(VWR_GPU_FLAG_FENCE), U64(0x1122334455667788), U64(0)
#define RECT(x, y, width, height) U32(x), U32(y), U32(width), U32(height)
#define GPU(type, ...) \
    CONTROLQ, OUT(COMMAND(type), __VA_ARGS__), .head = HDR, .in = HDR, .tail = 4, .used = HDR
#define BACKING_ENTRY(offset, bytes) U64(FRAMING_PAGES + (offset)), U32(bytes), U32(0)
#define CURSOR_BYTES (64u * 64u * 4u)

static struct vwr_vgpu gpu;
static struct vwr_vgpu_scanout scanout[2];
static struct vwr_vgpu_resource resource[2];
static struct vwr_vgpu_entry entry[8];
static _Alignas(VWR_VGPU_ALIGN) uint8_t pixels[VWR_VGPU_BYTES(64, 64) + 2 * VWR_VGPU_BYTES(SIDE, SIDE)];

static void saw_pixels(const struct vwr_vgpu_pixels *p)
{
    framing_saw_number(p->format);
    for (uint32_t i = 0; i < p->height; i++)
        framing_saw(p->base + (size_t)i * p->stride, (size_t)p->width * 4);
}

static void on_scanout(struct vwr_vgpu *g, unsigned n, const struct vwr_vgpu_pixels *p)
{
    (void)g;
    framing_saw_number(n);
    if (p != NULL)
        saw_pixels(p);
}

static int on_flush(struct vwr_vgpu *g, const struct vwr_vgpu_flush *flush)
{
    (void)g;
    framing_saw_number(flush->scanout);
    framing_saw(&flush->area, sizeof(flush->area));
    saw_pixels(&flush->pixels);
    return VWR_OK;
}

static void on_cursor(struct vwr_vgpu *g, const struct vwr_vgpu_cursor *c)
{
    (void)g;
    framing_saw_number(c->scanout);
    framing_saw_number(c->x);
    framing_saw_number(c->y);
    framing_saw_number(c->moved ? 0 : c->hot_x);
    if (!c->moved && c->image.base != NULL)
        saw_pixels(&c->image);
}

static struct vwr_vdev *make_gpu(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vgpu_ops ops = {.scanout = on_scanout, .flush = on_flush, .cursor = on_cursor};
    const struct vwr_vgpu_options o = {.ops = &ops,
                                       .scanout = scanout,
                                       .scanout_count = 2,
                                       .resource = resource,
                                       .resource_count = 2,
                                       .entry = entry,
                                       .entry_count = VWR_COUNT(entry),
                                       .memory = pixels,
                                       .memory_bytes = sizeof(pixels),
                                       .edid = true};

    memset(scanout, 0, sizeof(scanout));
    memset(pixels, 0, sizeof(pixels));
    scanout[0].width = scanout[0].height = 100;
    assert_int_equal(vwr_vgpu_init_with(&gpu, s, &o), VWR_OK);
    return vwr_vgpu_dev(&gpu);
}

static bool gpu_good(const struct framing_row *r, const uint8_t *answer)
{
    return r->in == 0 || (answer[1] == VWR_GPU_RESP_OK_NODATA >> 8 && answer[0] <= 6);
}

static const struct framing_row gpu_rows[] = {
    {"GET_DISPLAY_INFO", CONTROLQ, OUT(COMMAND(GET_DISPLAY_INFO)), .head = 4, .in = 408, .tail = 384,
     .used = 408},
    {"GET_EDID", CONTROLQ, OUT(COMMAND(GET_EDID), U32(0), U32(0)), .head = HDR, .in = 1056, .tail = 1024,
     .used = 1056},
    {"RESOURCE_CREATE_2D",
     GPU(RESOURCE_CREATE_2D, U32(RESOURCE), U32(VWR_GPU_FORMAT_B8G8R8X8_UNORM), U32(SIDE), U32(SIDE))},
    {"RESOURCE_ATTACH_BACKING", GPU(RESOURCE_ATTACH_BACKING, U32(RESOURCE), U32(2), BACKING_ENTRY(0, 24),
                                    BACKING_ENTRY(100, PIXELS - 24))},
    {"TRANSFER_TO_HOST_2D", GPU(TRANSFER_TO_HOST_2D, RECT(0, 0, SIDE, SIDE), U64(0), U32(RESOURCE), U32(0))},
    {"SET_SCANOUT", GPU(SET_SCANOUT, RECT(0, 0, SIDE, SIDE), U32(0), U32(RESOURCE))},
    {"RESOURCE_FLUSH", GPU(RESOURCE_FLUSH, RECT(1, 1, 2, 2), U32(RESOURCE), U32(0))},
    {"RESOURCE_CREATE_2D of a cursor",
     GPU(RESOURCE_CREATE_2D, U32(POINTER), U32(VWR_GPU_FORMAT_B8G8R8A8_UNORM), U32(64), U32(64))},
    {"RESOURCE_ATTACH_BACKING of a cursor",
     GPU(RESOURCE_ATTACH_BACKING, U32(POINTER), U32(1), BACKING_ENTRY(0, CURSOR_BYTES))},
    {"TRANSFER_TO_HOST_2D of a cursor",
     GPU(TRANSFER_TO_HOST_2D, RECT(0, 0, 64, 64), U64(0), U32(POINTER), U32(0))},
    {"UPDATE_CURSOR", CURSORQ,
     OUT(COMMAND(UPDATE_CURSOR), U32(0), U32(10), U32(20), U32(0), U32(POINTER), U32(3), U32(4), U32(0)),
     .head = HDR},
    {"MOVE_CURSOR", CURSORQ,
     OUT(COMMAND(MOVE_CURSOR), U32(0), U32(11), U32(21), U32(0), U32(0), U32(0), U32(0), U32(0)), .head = HDR,
     .in = HDR, .used = HDR},
    {"RESOURCE_DETACH_BACKING", GPU(RESOURCE_DETACH_BACKING, U32(RESOURCE), U32(0))},
    {"RESOURCE_UNREF", GPU(RESOURCE_UNREF, U32(RESOURCE), U32(0))},
};

FRAMING_CLASS(gpu, "gpu", gpu_rows, .good = gpu_good);

/* ---- sound ---- */

#define PERIOD 32u
#define PLAYS 0
#define RECORDS 1
#define STATUS 8u
#define SND(code, ...) VWR_SND_QUEUE_CONTROLQ, OUT(U32(VWR_SND_R_##code), __VA_ARGS__), .head = 4
#define GIVES(n) .in = 4 + (n), .tail = (n), .used = 4 + (n)
#define PARAMS(stream)                                                                                     \
    SND(PCM_SET_PARAMS, U32(stream), U32(2 * PERIOD), U32(PERIOD), U32(0), U8(1), U8(VWR_SND_PCM_FMT_S16), \
        U8(VWR_SND_PCM_RATE_8000), U8(0)),                                                                 \
        GIVES(0)

static struct vwr_vsound sound;

static void stream_changed(struct vwr_vsound *v, uint32_t stream)
{
    const struct vwr_snd_pcm_set_params_msg *const p = &v->stream[stream].params;

    framing_saw_number(stream);
    framing_saw_number(v->stream[stream].state);
    framing_saw_number(p->stream_id);
    framing_saw_number(p->buffer_bytes);
    framing_saw_number(p->period_bytes);
    framing_saw_number(p->features);
    framing_saw_number(p->channels);
    framing_saw_number(p->format);
    framing_saw_number(p->rate);
}

static int remap(struct vwr_vsound *v, const struct vwr_snd_jack_remap_msg *m)
{
    (void)v;
    framing_saw_number(m->association);
    framing_saw_number(m->sequence);
    return VWR_OK;
}

static struct vwr_vdev *make_sound(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vsound_ops ops = {stream_changed, remap};
    static const struct vwr_snd_jack_info_item jacks[] = {{1, 1u << VWR_SND_JACK_F_REMAP, 2, 3, 1}};
    static const struct vwr_snd_pcm_info_item streams[] = {
        {0, 0, 1u << VWR_SND_PCM_FMT_S16, 1u << VWR_SND_PCM_RATE_8000, VWR_SND_D_OUTPUT, 1, 2},
        {0, 0, 1u << VWR_SND_PCM_FMT_S16, 1u << VWR_SND_PCM_RATE_8000, VWR_SND_D_INPUT, 1, 2}};
    static const struct vwr_snd_chmap_info_item chmaps[] = {
        {.direction = VWR_SND_D_OUTPUT, .channels = 1, .positions = {3}}};
    const struct vwr_vsound_options o = {.ops = &ops,
                                         .jacks = jacks,
                                         .jack_count = 1,
                                         .streams = streams,
                                         .stream_count = 2,
                                         .chmaps = chmaps,
                                         .chmap_count = 1};

    assert_int_equal(vwr_vsound_init_with(&sound, s, &o), VWR_OK);
    return vwr_vsound_dev(&sound);
}

/* In two parts. */
static void play(void)
{
    uint8_t frames[PERIOD];
    const uint32_t n = vwr_vsound_take(&sound, PLAYS, frames, 10);

    assert_int_equal(n + vwr_vsound_take(&sound, PLAYS, frames + n, sizeof(frames) - n), PERIOD);
    framing_saw(frames, sizeof(frames));
}

static void record(void)
{
    uint8_t frames[PERIOD];
    uint32_t n;

    for (unsigned i = 0; i < sizeof(frames); i++)
        frames[i] = framing_pattern(i);
    n = vwr_vsound_give(&sound, RECORDS, frames, 10);
    assert_int_equal(n + vwr_vsound_give(&sound, RECORDS, frames + n, sizeof(frames) - n), PERIOD);
}

static void unplug_jack(void)
{
    vwr_vsound_set_jack(&sound, 0, false);
}

static bool sound_good(const struct framing_row *r, const uint8_t *answer)
{
    const uint8_t *const status = r->queue == VWR_SND_QUEUE_RXQ ? answer + r->in - STATUS : answer;

    return r->queue == VWR_SND_QUEUE_EVENTQ ||
           (status[0] == U8(VWR_SND_S_OK) && status[1] == VWR_SND_S_OK >> 8);
}

static const struct framing_row sound_rows[] = {
    {"JACK_INFO", SND(JACK_INFO, U32(0), U32(1), U32(24)), GIVES(24)},
    {"JACK_REMAP", SND(JACK_REMAP, U32(0), U32(5), U32(6)), GIVES(0)},
    {"PCM_INFO", SND(PCM_INFO, U32(0), U32(2), U32(32)), GIVES(64)},
    {"CHMAP_INFO", SND(CHMAP_INFO, U32(0), U32(1), U32(24)), GIVES(24)},
    {"PCM_SET_PARAMS", PARAMS(PLAYS)},
    {"PCM_PREPARE", SND(PCM_PREPARE, U32(PLAYS)), GIVES(0)},
    {"PCM_START", SND(PCM_START, U32(PLAYS)), GIVES(0)},
    {"period to play", VWR_SND_QUEUE_TXQ, OUT(U32(PLAYS)), .data = PERIOD, .head = 4, .in = STATUS,
     .used = STATUS, .after = play},
    {"PCM_SET_PARAMS of a capture stream", PARAMS(RECORDS)},
    {"PCM_PREPARE of a capture stream", SND(PCM_PREPARE, U32(RECORDS)), GIVES(0)},
    {"PCM_START of a capture stream", SND(PCM_START, U32(RECORDS)), GIVES(0)},
    {"period to record", VWR_SND_QUEUE_RXQ, OUT(U32(RECORDS)), .in = PERIOD + STATUS, .tail = STATUS,
     .used = PERIOD + STATUS, .after = record},
    {"event", VWR_SND_QUEUE_EVENTQ, .in = 8, .used = 8, .after = unplug_jack},
    {"PCM_STOP", SND(PCM_STOP, U32(PLAYS)), GIVES(0)},
    {"PCM_RELEASE", SND(PCM_RELEASE, U32(PLAYS)), GIVES(0)},
};

FRAMING_CLASS(sound, "sound", sound_rows, .good = sound_good);

/* ---- crypto ---- */

#define CONTROL (VWR_VCRYPTO_QUEUES - 1u)
#define DATA 0
#define KEY 8u
#define BYTES 64u
#define CREATED 16u
#define IV 4u
#define SOURCE 24u
#define RESULT 20u
#define CREATE(opcode, ...)                                                               \
    CONTROL, OUT(U32(VWR_CRYPTO_##opcode##_CREATE_SESSION), U32(0), U64(0), __VA_ARGS__), \
        .head = 16, .in = CREATED, .used = CREATED, .tail = 8, .keep = keep_session
#define DESTROY(opcode)                                                               \
    CONTROL, OUT(U32(VWR_CRYPTO_##opcode##_DESTROY_SESSION), U32(0), U64(0), U64(0)), \
        .head = 16, .in = 1, .used = 1, .fill = put_destroyed
#define RUN(opcode, ...)                                                                         \
    DATA,                                                                                        \
        OUT(U32(VWR_CRYPTO_##opcode), U32(0), U64(0), U32(VWR_CRYPTO_FLAG_SESSION_MODE), U32(0), \
            __VA_ARGS__),                                                                        \
        .head = 24, .tail = 1, .fill = put_session
#define ENDS(n) .in = (n) + 1, .used = (n) + 1

static struct vwr_vcrypto crypto;
static struct vwr_vcrypto_session session[2];
static uint8_t buffer[VWR_VCRYPTO_BUFFER_BYTES(BYTES)];
static struct vwr_vmessage message[2];
static struct vwr_vseg seg[VWR_VCRYPTO_SEGS(2, FRAMING_SEGS)];
static uint8_t kept[8];

static int create(void *context, struct vwr_vcrypto_session *s, const struct vwr_crypto_setup *setup)
{
    (void)context;
    (void)s;
    framing_saw(setup->key, setup->key_bytes);
    framing_saw(setup->auth_key, setup->auth_key_bytes);
    return VWR_OK;
}

static void destroy(void *context, struct vwr_vcrypto_session *s)
{
    (void)context;
    framing_saw_number(s->id);
}

static int run(void *context, struct vwr_vcrypto_session *s, struct vwr_crypto_data *d)
{
    (void)context;
    (void)s;
    framing_saw(d->iv, d->iv_bytes);
    framing_saw(d->src, d->src_bytes);
    framing_saw(d->aad, d->aad_bytes);
    for (uint32_t i = 0; i < d->digest_bytes; i++)
        ((uint8_t *)d->digest)[i] = (uint8_t)(i + 100);
    for (uint32_t i = 0; i < d->dst_bytes; i++)
        ((uint8_t *)d->dst)[i] = (uint8_t)(i < d->src_bytes ? ((const uint8_t *)d->src)[i] + 1u : i);
    return VWR_OK;
}

static struct vwr_vdev *make_crypto(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vcrypto_ops ops = {create, destroy, run};
    static const struct vwr_crypto_config_info info = {.crypto_services = 0x1f,
                                                       .cipher_algo_l = 1u << VWR_CRYPTO_CIPHER_AES_CBC,
                                                       .hash_algo = 1u << VWR_CRYPTO_HASH_SHA1,
                                                       .mac_algo_l = 1u << VWR_CRYPTO_MAC_HMAC_SHA1,
                                                       .aead_algo = 1u << VWR_CRYPTO_AEAD_GCM,
                                                       .akcipher_algo = 1u << VWR_CRYPTO_AKCIPHER_RSA,
                                                       .max_cipher_key_len = KEY,
                                                       .max_auth_key_len = KEY};
    const struct vwr_vcrypto_options o = {.ops = &ops,
                                          .info = &info,
                                          .session = session,
                                          .session_count = VWR_COUNT(session),
                                          .buffer = buffer,
                                          .buffer_bytes = sizeof(buffer),
                                          .message = message,
                                          .message_count = VWR_COUNT(message),
                                          .seg = seg,
                                          .seg_count = VWR_COUNT(seg)};
    struct vwr_vdev_setup two = *s;

    two.queue_count = VWR_VCRYPTO_QUEUES;
    memset(session, 0, sizeof(session));
    assert_int_equal(vwr_vcrypto_init_with(&crypto, &two, &o), VWR_OK);
    return vwr_vcrypto_dev(&crypto);
}

static void keep_session(const uint8_t *answer)
{
    memcpy(kept, answer, sizeof(kept));
}

static void put_session(uint8_t *out)
{
    memcpy(out + 8, kept, sizeof(kept));
}

static void put_destroyed(uint8_t *out)
{
    memcpy(out + 16, kept, sizeof(kept));
}

static bool crypto_good(const struct framing_row *r, const uint8_t *answer)
{
    return answer[r->queue == CONTROL && r->in == CREATED ? 8 : r->in - 1] == VWR_CRYPTO_OK;
}

static const struct framing_row crypto_rows[] = {
    {"session of a cipher",
     CREATE(CIPHER, U32(VWR_CRYPTO_CIPHER_AES_CBC), U32(KEY), U32(VWR_CRYPTO_OP_ENCRYPT), U32(0), U64(0),
            U64(0), U64(0), U64(0), U32(VWR_CRYPTO_SYM_OP_CIPHER), U32(0)),
     .data = KEY},
    {"cipher",
     RUN(CIPHER_ENCRYPT, U32(IV), U32(SOURCE), U32(SOURCE), U32(0), U64(0), U64(0), U64(0),
         U32(VWR_CRYPTO_SYM_OP_CIPHER), U32(0)),
     .data = IV + SOURCE, ENDS(SOURCE)},
    {"end of the session of a cipher", DESTROY(CIPHER)},
    {"session of a chain",
     CREATE(CIPHER, U32(VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER), U32(VWR_CRYPTO_SYM_HASH_MODE_PLAIN),
            U32(VWR_CRYPTO_CIPHER_AES_CBC), U32(KEY), U32(VWR_CRYPTO_OP_ENCRYPT), U32(0),
            U32(VWR_CRYPTO_HASH_SHA1), U32(4), U64(0), U64(0), U32(VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING),
            U32(0)),
     .data = KEY},
    {"chain",
     RUN(CIPHER_ENCRYPT, U32(0), U32(SOURCE), U32(SOURCE), U32(0), U32(SOURCE), U32(0), U32(SOURCE), U32(0),
         U32(4), U32(0), U32(VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING), U32(0)),
     .data = SOURCE, ENDS(SOURCE + 4)},
    {"end of the session of a chain", DESTROY(CIPHER)},
    {"session of a hash", CREATE(HASH, U32(VWR_CRYPTO_HASH_SHA1), U32(RESULT))},
    {"hash", RUN(HASH, U32(SOURCE), U32(RESULT)), .data = SOURCE, ENDS(RESULT)},
    {"hash, in more room", RUN(HASH, U32(SOURCE), U32(RESULT)), .data = SOURCE, ENDS(RESULT + 9)},
    {"end of the session of a hash", DESTROY(HASH)},
    {"session of a MAC", CREATE(MAC, U32(VWR_CRYPTO_MAC_HMAC_SHA1), U32(RESULT), U32(KEY), U32(0)),
     .data = KEY},
    {"MAC", RUN(MAC, U32(SOURCE), U32(RESULT)), .data = SOURCE, ENDS(RESULT)},
    {"end of the session of a MAC", DESTROY(MAC)},
    {"session of an AEAD",
     CREATE(AEAD, U32(VWR_CRYPTO_AEAD_GCM), U32(KEY), U32(4), U32(6), U32(VWR_CRYPTO_OP_ENCRYPT), U32(0)),
     .data = KEY},
    {"AEAD",
     RUN(AEAD_ENCRYPT, U32(IV), U32(6), U32(SOURCE), U32(SOURCE + 4), U32(4), U32(0), U64(0), U64(0), U64(0)),
     .data = IV + SOURCE + 6, ENDS(SOURCE + 4)},
    {"end of the session of an AEAD", DESTROY(AEAD)},
    {"session of an asymmetric cipher",
     CREATE(AKCIPHER, U32(VWR_CRYPTO_AKCIPHER_RSA), U32(1), U32(KEY), U32(0), U64(0), U64(0), U64(0), U64(0),
            U64(0)),
     .data = KEY},
    {"signature", RUN(AKCIPHER_SIGN, U32(SOURCE), U32(SOURCE)), .data = SOURCE, ENDS(SOURCE)},
    {"session to verify",
     CREATE(AKCIPHER, U32(VWR_CRYPTO_AKCIPHER_RSA), U32(0), U32(KEY), U32(0), U64(0), U64(0), U64(0), U64(0),
            U64(0)),
     .data = KEY},
    {"verification", RUN(AKCIPHER_VERIFY, U32(SOURCE), U32(SOURCE)), .data = 2 * SOURCE, ENDS(0)},
    {"end of the session of an asymmetric cipher", DESTROY(AKCIPHER)},
};

FRAMING_CLASS(crypto, "crypto", crypto_rows, .good = crypto_good);
