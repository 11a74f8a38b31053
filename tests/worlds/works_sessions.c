/* SPDX-License-Identifier: MIT */
#include "vwr/crypto.h"
#include "vwr/scsi.h"
#include "vwr/sound.h"
#include "vwr/vsock.h"

#include "works.h"

#include <string.h>

/* What the driver of the classes of sessions.py does with its device. The numbers are the same there. */

#define POLLS 10u

/* ---- SCSI ---- */

#define UNIT VWR_SCSI_UNIT(1, 2)

static int scsi_data(struct vwr_scsi_disk *disk, uint8_t *data, const char **wrong)
{
    const uint32_t bytes = disk->block_bytes;
    int r = vwr_scsi_disk_read(disk, 0, data, bytes);

    if (r == VWR_OK && !works_is_filled(data, bytes, 1))
        *wrong = "the first block has other data";
    works_fill(data, bytes, 2);
    if (r == VWR_OK)
        r = vwr_scsi_disk_write(disk, disk->blocks - 1, data, bytes);
    if (r == VWR_OK)
        r = vwr_scsi_disk_flush(disk);
    memset(data, 0, bytes);
    if (r == VWR_OK)
        r = vwr_scsi_disk_read(disk, disk->blocks - 1, data, bytes);
    if (r == VWR_OK && !works_is_filled(data, bytes, 2))
        *wrong = "the last block has other data than were written";
    return r;
}

/* The unit reports its medium, and with CHANGE its capacity. */
static int scsi_events(struct vwr_scsi *s, const char **wrong)
{
    const bool changes = vwr_dev_has(s->client.bringup.dev, VWR_SCSI_F_CHANGE);
    struct vwr_scsi_notice first = {0}, second = {0};
    int r = vwr_scsi_subscribe(s, UNIT, VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE);

    if (r >= 0 && r != VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE)
        *wrong = "the events are not subscribed to";
    if (r >= 0)
        r = vwr_scsi_poll(s, &first);
    if (r >= 0 && (first.type != VWR_SCSI_T_ASYNC_NOTIFY || first.unit != UNIT ||
                   first.reason != VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE))
        *wrong = "the first event is not that of the medium";
    if (r >= 0)
        r = vwr_scsi_poll(s, &second);
    if (r >= 0 && (second.type == VWR_SCSI_T_PARAM_CHANGE) != changes)
        *wrong = "the second event is not that of the capacity";
    return r < 0 ? r : VWR_OK;
}

int scsi_works(void *driver, uint8_t *data, const char **wrong)
{
    struct vwr_scsi_disk disk;
    int r = vwr_scsi_inquiry(driver, UNIT, VWR_SCSI_STANDARD, data, 36);

    if (r >= 0 && (r != 36 || memcmp(data + 8, "VIRTWORLDISK", 12) != 0))
        *wrong = "the unit has another name";
    if (r >= 0)
        r = vwr_scsi_disk_open(&disk, driver, UNIT);
    if (r == VWR_OK)
        r = scsi_data(&disk, data, wrong);
    if (r == VWR_OK)
        r = scsi_events(driver, wrong);
    if (r == VWR_OK)
        r = vwr_scsi_manage(driver, VWR_SCSI_T_TMF_LOGICAL_UNIT_RESET, UNIT, 0);
    if (r >= 0 && vwr_scsi_test_unit_ready(driver, VWR_SCSI_UNIT(9, 0)) != VWR_ENODEV)
        *wrong = "target 9 is there";
    return r < 0 ? r : VWR_OK;
}

/* ---- sockets ---- */

#define HOST_ECHO 7u
#define HOST_RESETS 13u
#define GUEST_PORT 99u
#define TEXT 100u
#define WAIT_US 100000u

/* Sends a text, which returns. A message is as long as the host's buffer allows. */
static int vsock_echo(struct vwr_vsock *v, struct vwr_socket *s, uint8_t *data, const char **wrong)
{
    const bool messages = s->type == VWR_VSOCK_TYPE_SEQPACKET;
    size_t bytes = TEXT, sent = 0, got = 0;
    unsigned flags = 0;
    int r = 0;

    works_fill(data, TEXT, 8);
    while (messages && bytes > s->peer_alloc)
        bytes = s->peer_alloc;
    for (unsigned i = 0; i < 20 * POLLS && r >= 0 && (sent < bytes || got < bytes); i++) {
        r = vwr_socket_send(s, data + sent, bytes - sent, messages ? VWR_VSOCK_SEQ_EOM : 0u);
        sent += r > 0 ? (size_t)r : 0;
        if (r >= 0)
            r = vwr_vsock_poll(v);
        if (r >= 0)
            r = vwr_socket_receive(s, data + TEXT + got, TEXT - got, &flags);
        got += r > 0 ? (size_t)r : 0;
    }
    if (r >= 0 &&
        (got != bytes || !works_is_filled(data + TEXT, bytes, 8) || (messages && flags != VWR_VSOCK_SEQ_EOM)))
        *wrong = "the text does not return";
    return r < 0 ? r : VWR_OK;
}

/* The host has connected to the listener, and sends a text. */
static int vsock_accept(struct vwr_vsock *v, struct vwr_socket *listener, uint8_t *data, const char **wrong)
{
    struct vwr_socket *const s = vwr_socket_accept(listener);
    int r = s != NULL ? vwr_vsock_wait(v, s, VWR_SOCKET_READABLE, WAIT_US) : VWR_OK;

    if (s == NULL) {
        *wrong = "the host's connection has not arrived";
        return VWR_OK;
    }
    if (r >= 0)
        r = vwr_socket_receive(s, data, TEXT, NULL);
    if (r >= 0 && (r != 13 || memcmp(data, "from the host", 13) != 0))
        *wrong = "the host's text is another one";
    vwr_socket_close(s);
    return r < 0 ? r : vwr_vsock_poll(v);
}

static int vsock_connect(struct vwr_vsock *v, unsigned type, uint8_t *data, const char **wrong)
{
    struct vwr_socket *s = NULL;
    int r = vwr_socket_connect(&v->sockets, VWR_VSOCK_CID_HOST, HOST_ECHO, type, &s);

    if (r == VWR_OK)
        r = vwr_vsock_wait(v, s, VWR_SOCKET_WRITABLE, WAIT_US);
    if (r >= 0 && s->state != VWR_SOCKET_CONNECTED)
        *wrong = "the host does not accept the connection";
    if (r >= 0)
        r = vsock_echo(v, s, data, wrong);
    if (r < 0)
        return r;
    vwr_socket_close(s);
    for (unsigned i = 0; i < POLLS && r >= 0; i++)
        r = vwr_vsock_poll(v);
    return r;
}

/* The host may reset the transport: connections end, and the context ID may be another one. */
static int vsock_reset(struct vwr_vsock *v, unsigned type, const char **wrong)
{
    struct vwr_socket *s = NULL;
    int r = vwr_socket_connect(&v->sockets, VWR_VSOCK_CID_HOST, HOST_RESETS, type, &s);

    for (unsigned i = 0; i < POLLS && r >= 0; i++)
        r = vwr_vsock_poll(v);
    if (r < 0)
        return r;
    if (s->state != VWR_SOCKET_ENDED || s->result != (v->resets != 0 ? VWR_ERESET : VWR_ENODEV))
        *wrong = "the connection that the host does not accept goes on";
    vwr_socket_close(s);
    return VWR_OK;
}

static int vsock_type_works(struct vwr_vsock *v, unsigned type, uint8_t *data, const char **wrong)
{
    struct vwr_socket *listener = NULL;
    int r = vwr_socket_listen(&v->sockets, GUEST_PORT, type, 1, &listener);

    if (r == VWR_EUNSUPP)
        return VWR_OK;
    if (r == VWR_OK)
        r = vsock_connect(v, type, data, wrong);
    if (r == VWR_OK && v->resets == 0)
        r = vsock_accept(v, listener, data, wrong);
    if (r == VWR_OK)
        r = vsock_reset(v, type, wrong);
    if (r == VWR_OK)
        r = vsock_connect(v, type, data, wrong);
    if (r == VWR_OK)
        vwr_socket_close(listener);
    return r;
}

int vsock_works(void *driver, uint8_t *data, const char **wrong)
{
    const int r = vsock_type_works(driver, VWR_VSOCK_TYPE_STREAM, data, wrong);

    return r == VWR_OK ? vsock_type_works(driver, VWR_VSOCK_TYPE_SEQPACKET, data, wrong) : r;
}

/* ---- crypto ---- */

#define SOURCE 64u
#define KEY 16u
#define RESULT 32u

/* The places in `data`: source, IV, result. The key is in the memory that the device can reach, too. */
#define IV_AT SOURCE
#define KEY_AT (SOURCE + 16u)
#define RESULT_AT 256u

/* sessions.py: exclusive or with key and IV, or the sum of all bytes, counted up. */
static bool crypto_is_result(const uint8_t *data, uint32_t service, bool has_iv)
{
    uint8_t sum = 0;

    for (unsigned i = 0; i < SOURCE; i++)
        sum = (uint8_t)(sum + data[i]);
    for (unsigned i = 0; i < KEY && service == VWR_CRYPTO_SERVICE_MAC; i++)
        sum = (uint8_t)(sum + data[KEY_AT + i]);
    for (unsigned i = 0; i < (has_iv ? SOURCE : RESULT); i++) {
        const uint8_t mixed = (uint8_t)(data[i] ^ data[KEY_AT + i % KEY] ^ data[IV_AT + i % 16u]);

        if (data[RESULT_AT + i] != (has_iv ? mixed : (uint8_t)(sum + i)))
            return false;
    }
    return true;
}

static void crypto_shape(uint32_t service, uint8_t *data, struct vwr_crypto_setup *s,
                         struct vwr_crypto_data *m)
{
    static const uint32_t algo[] = {VWR_CRYPTO_CIPHER_AES_CBC, VWR_CRYPTO_HASH_SHA_256,
                                    VWR_CRYPTO_MAC_HMAC_SHA_256, VWR_CRYPTO_AEAD_GCM,
                                    VWR_CRYPTO_AKCIPHER_RSA};
    const bool hashes = service == VWR_CRYPTO_SERVICE_HASH || service == VWR_CRYPTO_SERVICE_MAC;
    const bool aead = service == VWR_CRYPTO_SERVICE_AEAD;

    *s = (struct vwr_crypto_setup){.service = service,
                                   .algo = algo[service],
                                   .op = VWR_CRYPTO_OP_ENCRYPT,
                                   .key = data + KEY_AT,
                                   .key_bytes = KEY,
                                   .result_bytes = hashes ? RESULT : 16u,
                                   .aad_bytes = aead ? 8u : 0u,
                                   .key_type = VWR_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC};
    *m = (struct vwr_crypto_data){.src = data,
                                  .src_bytes = SOURCE,
                                  .dst = data + RESULT_AT,
                                  .dst_bytes = hashes ? RESULT
                                               : aead ? SOURCE + 16u
                                                      : SOURCE};
    if (service == VWR_CRYPTO_SERVICE_CIPHER || aead) {
        m->iv = data + IV_AT;
        m->iv_bytes = 16;
    }
    if (aead) {
        m->aad = data;
        m->aad_bytes = 8;
    }
    if (service == VWR_CRYPTO_SERVICE_AKCIPHER)
        m->opcode = VWR_CRYPTO_AKCIPHER_ENCRYPT;
}

static int crypto_service(struct vwr_crypto *c, uint32_t service, uint8_t *data, const char **wrong)
{
    struct vwr_crypto_session session;
    struct vwr_crypto_setup s;
    struct vwr_crypto_data m;
    int r;

    works_fill(data, SOURCE + 32u, 10);
    memset(data + IV_AT, service == VWR_CRYPTO_SERVICE_AKCIPHER ? 0 : 0x5a, 16);
    crypto_shape(service, data, &s, &m);
    r = vwr_crypto_create(c, &session, &s);
    if (r != VWR_OK)
        return r;
    r = vwr_crypto_run(c, &session, &m);
    if (r >= 0 && ((uint32_t)r != m.dst_bytes || !crypto_is_result(data, service, m.dst_bytes != RESULT)))
        *wrong = "the result is not the device's";
    return r < 0 ? r : vwr_crypto_destroy(c, &session);
}

int crypto_works(void *driver, uint8_t *data, const char **wrong)
{
    struct vwr_crypto *const c = driver;
    int r = VWR_OK;

    for (unsigned i = 0; i < 10 * POLLS && r == VWR_OK && (c->info.status & VWR_CRYPTO_S_HW_READY) == 0; i++)
        r = vwr_crypto_read_info(c);
    for (uint32_t service = 0; service <= VWR_CRYPTO_SERVICE_AKCIPHER && r == VWR_OK; service++)
        if ((c->info.crypto_services >> service & 1u) != 0)
            r = crypto_service(c, service, data, wrong);
    return r;
}

/* ---- sound ---- */

#define PERIOD 64u
#define PERIODS 2u
#define PLAYED (3 * PERIOD)

static int sound_poll_all(struct vwr_sound *s, unsigned stream, bool xruns, const char **wrong)
{
    struct vwr_sound_event e;
    bool saw_xrun = false, saw_jack = false;
    int r = 1;

    while ((r = vwr_sound_poll(s, &e)) > 0) {
        saw_xrun = saw_xrun || (e.type == VWR_SND_EVT_PCM_XRUN && e.id == stream);
        saw_jack = saw_jack || (e.type == VWR_SND_EVT_JACK_CONNECTED && e.id == 0);
    }
    if (r == VWR_OK && (saw_xrun != xruns || saw_jack != (s->jacks != 0)))
        *wrong = "the events are not the device's";
    return r;
}

static int sound_plays(struct vwr_sound *s, unsigned stream, uint8_t *data)
{
    uint32_t done = 0;
    int r = VWR_OK;

    works_fill(data, PLAYED, 11);
    r = vwr_sound_write(s, stream, data, PLAYED);
    done = r > 0 ? (uint32_t)r : 0;
    if (r >= 0)
        r = vwr_sound_start(s, stream);
    for (unsigned i = 0; i < POLLS && r >= 0 && done < PLAYED; i++) {
        r = vwr_sound_write(s, stream, data + done, PLAYED - done);
        done += r > 0 ? (uint32_t)r : 0;
    }
    return r;
}

static int sound_records(struct vwr_sound *s, unsigned stream, uint8_t *data, const char **wrong)
{
    int r = vwr_sound_start(s, stream);

    if (r == VWR_OK)
        r = vwr_sound_read(s, stream, data, PERIOD);
    if (r >= 0 && (r != (int)PERIOD || !works_is_filled(data, PERIOD, 12)))
        *wrong = "the recorded period is not the device's";
    return r;
}

static int sound_stream(struct vwr_sound *s, unsigned stream, uint8_t *data, const char **wrong)
{
    const struct vwr_sound_stream *const o = &s->stream[stream];
    const bool xruns = (o->info.features >> VWR_SND_PCM_F_EVT_XRUNS & 1u) != 0;
    const struct vwr_sound_params p = {.period_bytes = PERIOD,
                                       .periods = PERIODS,
                                       .format = (uint8_t)__builtin_ctzll(o->info.formats),
                                       .rate = (uint8_t)__builtin_ctzll(o->info.rates),
                                       .channels = o->info.channels_max,
                                       .xruns = true};
    int r = vwr_sound_set_params(s, stream, &p);

    if (r == VWR_OK)
        r = vwr_sound_prepare(s, stream);
    if (r == VWR_OK)
        r = o->info.direction == VWR_SND_D_OUTPUT ? sound_plays(s, stream, data)
                                                  : sound_records(s, stream, data, wrong);
    if (r >= 0)
        r = sound_poll_all(s, stream, xruns, wrong);
    if (r >= 0)
        r = vwr_sound_release(s, stream);
    if (r == VWR_OK && o->failed != 0)
        *wrong = "a period has failed";
    return r;
}

int sound_works(void *driver, uint8_t *data, const char **wrong)
{
    struct vwr_sound *const s = driver;
    int r = VWR_OK;

    for (unsigned i = 0; i < s->jacks; i++)
        if (s->jack[i].hda_reg_defconf != 0x100u + i || s->jack[i].hda_reg_caps != 0x200u + i)
            *wrong = "a jack is not the device's";
    for (unsigned i = 0; i < s->chmaps; i++)
        if (s->chmap[i].channels != 1u + i % 18u || s->chmap[i].positions[i % 18u] != VWR_SND_CHMAP_FL)
            *wrong = "a channel map is not the device's";
    if (s->jacks > 1)
        r = vwr_sound_remap(s, 1, 3, 4);
    for (unsigned i = 0; i < s->streams && r == VWR_OK; i++)
        r = sound_stream(s, i, data, wrong);
    return r;
}
