/* SPDX-License-Identifier: MIT */
#include "fake_crypto.h"
#include "format.h"
#include "vwr/crypto.h"

#include <string.h>

/*
 * The crypto driver with a device that answers within the notification (fake_crypto.h): messages byte by byte
 * in both layouts, answers that the driver must not believe, requests in flight on two queues, and sessions
 * that end with a reset.
 */

#define SIZE 64u
#define FLIGHT 4u
#define KEY "0123456789abcdef"

static struct vwr_crypto c;
static struct vwr_crypto_dataq more[2];
static struct vwr_crypto_request request[FLIGHT];
static struct vwr_crypto_session session;
static struct world *now;
static uint8_t *data;
static char text[300];

static int try_open(struct world *w)
{
    struct vwr_crypto_options o = {.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN),
                                   .request = {.spin = 1, .timeout_us = 1000},
                                   .more = more,
                                   .more_shared =
                                       fake_ram_alloc(2 * sizeof(*o.more_shared), VWR_QUEUE_SHARED_ALIGN),
                                   .more_count = 2,
                                   .more_shared_count = 2};

    now = w;
    memset(&c, 0xa5, sizeof(c));
    memset(more, 0xa5, sizeof(more));
    memset(request, 0, sizeof(request));
    memset(&session, 0xa5, sizeof(session));
    data = fake_ram_alloc(4096, 8);
    memcpy(data, KEY, 17);
    return vwr_crypto_open(&c, &w->mmio.dev, &o);
}

static void begin_layout(struct world *w, const struct format *f, bool padded)
{
    fake_crypto_plug(w, f, padded);
    assert_int_equal(try_open(w), VWR_OK);
    assert_int_equal(c.queue_count, FAKE_CRYPTO_DATA_QUEUES); /* the device has no more */
    assert_int_equal(fake_took(&w->f, VWR_CRYPTO_F_REVISION_1), !padded);
    for (unsigned i = VWR_CRYPTO_F_CIPHER_STATELESS_MODE; i <= VWR_CRYPTO_F_AKCIPHER_STATELESS_MODE; i++)
        assert_false(fake_took(&w->f, i));
}

static void begin(struct world *w, const struct format *f)
{
    begin_layout(w, f, false);
}

static void end(void)
{
    assert_int_equal(vwr_queue_in_flight(&c.first.client.requests.queue), 0);
    assert_int_equal(vwr_queue_in_flight(&c.control.requests.queue), 0);
    assert_int_equal(vwr_close(&c.bringup), VWR_OK);
}

static void explains(const char *words)
{
    assert_true(vwr_crypto_explain(&c, text, sizeof(text)) < sizeof(text));
    if (strstr(text, words) == NULL)
        fail_msg("\"%s\" is not in \"%s\"", words, text);
}

/* ---- messages ---- */

/*
 * One message as a list of words of 32 bits, little-endian, behind which other bytes follow. The fixed-length
 * part ends after `fixed` bytes, and is padded to `padded` in the other layout.
 */
struct message {
    const char *name;
    uint32_t word[24];
    unsigned words;
    uint32_t fixed;
    const char *rest;
    uint32_t rest_bytes;
    uint32_t room;
};

/* `id`: the first of the two words of a session's id. */
static void same(const struct message *m, unsigned id, const struct fake_crypto_message *got, bool pads,
                 uint32_t padded)
{
    const bool legacy = vwr_dev_is_legacy(&now->mmio.dev);
    const uint32_t end_of_fixed = pads ? padded : m->fixed;
    uint8_t want[FAKE_CRYPTO_BYTES] = {0};

    for (unsigned i = 0; i < m->words; i++) {
        const bool swaps = vwr_guest_is_big(legacy) && i - id < 2;
        const uint32_t word = vwr_guest32(legacy, m->word[swaps ? 2 * id + 1 - i : i]);

        memcpy(want + i * sizeof(word), &word, sizeof(word));
    }
    if (m->rest_bytes != 0)
        memcpy(want + end_of_fixed, m->rest, m->rest_bytes);
    print_message("%s\n", m->name);
    assert_int_equal(got->count, end_of_fixed + m->rest_bytes);
    assert_memory_equal(got->bytes, want, got->count);
    assert_int_equal(got->room, m->room);
}

#define NO_ID 100u /* there is no such word */
#define CREATE_PADDED (16u + 56u)
#define DATA_PADDED (24u + 48u)

struct session_case {
    struct vwr_crypto_setup setup;
    struct message create;
    struct vwr_crypto_data data;
    struct message request;
    uint32_t destroy; /* opcode */
};

/* Keys are the first bytes of KEY; the MAC key of a chain is its end. */
static const struct session_case cases[] = {
    {{.service = VWR_CRYPTO_SERVICE_CIPHER, .algo = 3, .op = 1, .key_bytes = 16},
     {"cipher", {2, 3, 0, 0, 3, 16, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0}, 18, 72, KEY, 16, 16},
     {.iv_bytes = 16, .src_bytes = 20, .dst_bytes = 21},
     {"encrypt",
      {0, 3, 1, 0, 1, 0, 16, 20, 21, 0, 0, 0, 0, 0, 0, 0, 1, 0},
      18,
      72,
      "abcdefghijklmnopSSSSSSSSSSSSSSSSSSSS",
      36,
      22},
     3},
    {{.service = VWR_CRYPTO_SERVICE_CIPHER,
      .algo = 4,
      .op = 2,
      .key_bytes = 5,
      .result_bytes = 20,
      .aad_bytes = 7,
      .order = 2,
      .hash_mode = 2,
      .hash_algo = 6,
      .auth_key_bytes = 4},
     {"chain", {2, 4, 0, 0, 2, 2, 4, 5, 2, 0, 6, 20, 4, 0, 7, 0, 2, 0}, 18, 72, "01234cdef", 9, 16},
     {.iv_bytes = 2,
      .src_bytes = 3,
      .aad_bytes = 4,
      .dst_bytes = 5,
      .digest_bytes = 6,
      .cipher_start = 7,
      .cipher_bytes = 8,
      .hash_start = 9,
      .hash_bytes = 10},
     {"chain", {1, 4, 2, 0, 1, 0, 2, 3, 5, 7, 8, 9, 10, 4, 6, 0, 2, 0}, 18, 72, "abSSSAAAA", 9, 12},
     3},
    {{.service = VWR_CRYPTO_SERVICE_CIPHER,
      .algo = 4,
      .op = 1,
      .key_bytes = 5,
      .result_bytes = 20,
      .order = 1,
      .hash_mode = 1,
      .hash_algo = 2,
      .auth_key_bytes = 4},
     {"chain with a hash", {2, 4, 0, 0, 1, 1, 4, 5, 1, 0, 2, 20, 0, 0, 0, 0, 2, 0}, 18, 72, "01234", 5, 16},
     {.src_bytes = 3},
     {"chain with a hash", {0, 4, 3, 0, 1, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0}, 18, 72, "SSS", 3, 1},
     3},
    {{.service = VWR_CRYPTO_SERVICE_HASH, .algo = 2, .result_bytes = 20},
     {"hash", {0x102, 2, 0, 0, 2, 20}, 6, 24, "", 0, 16},
     {.src_bytes = 3, .dst_bytes = 20},
     {"hash", {0x100, 2, 4, 0, 1, 0, 3, 20}, 8, 32, "SSS", 3, 21},
     0x103},
    {{.service = VWR_CRYPTO_SERVICE_MAC, .algo = 4, .key_bytes = 8, .result_bytes = 32},
     {"mac", {0x202, 4, 0, 0, 4, 32, 8, 0}, 8, 32, "01234567", 8, 16},
     {.src_bytes = 2, .dst_bytes = 32},
     {"mac", {0x200, 4, 5, 0, 1, 0, 2, 32}, 8, 32, "SS", 2, 33},
     0x203},
    {{.service = VWR_CRYPTO_SERVICE_AEAD,
      .algo = 1,
      .op = 1,
      .key_bytes = 16,
      .result_bytes = 12,
      .aad_bytes = 5},
     {"aead", {0x302, 1, 0, 0, 1, 16, 12, 5, 1, 0}, 10, 40, KEY, 16, 16},
     {.iv_bytes = 12, .src_bytes = 3, .aad_bytes = 5, .dst_bytes = 15},
     {"aead", {0x300, 1, 6, 0, 1, 0, 12, 5, 3, 15, 12, 0}, 12, 48, "abcdefghijkl\0\0\0\0SSSAAAAA", 24, 16},
     0x303},
    {{.service = VWR_CRYPTO_SERVICE_AEAD, .algo = 2, .op = 2, .key_bytes = 16, .result_bytes = 8},
     {"aead", {0x302, 2, 0, 0, 2, 16, 8, 0, 2, 0}, 10, 40, KEY, 16, 16},
     {.iv_bytes = 16, .src_bytes = 9, .dst_bytes = 1},
     {"aead", {0x301, 2, 7, 0, 1, 0, 16, 0, 9, 1, 8, 0}, 12, 48, "abcdefghijklmnopSSSSSSSSS", 25, 2},
     0x303},
    {{.service = VWR_CRYPTO_SERVICE_AKCIPHER,
      .algo = 1,
      .key_bytes = 16,
      .key_type = 2,
      .padding = 1,
      .hash_algo = 6},
     {"akcipher", {0x404, 1, 0, 0, 1, 2, 16, 1, 6}, 9, 72, KEY, 16, 16},
     {.opcode = VWR_CRYPTO_AKCIPHER_SIGN, .src_bytes = 3, .dst_bytes = 9},
     {"sign", {0x402, 1, 8, 0, 1, 0, 3, 9}, 8, 32, "SSS", 3, 10},
     0x405},
    {{.service = VWR_CRYPTO_SERVICE_AKCIPHER, .algo = 2, .key_bytes = 4, .key_type = 1, .padding = 3},
     {"akcipher", {0x404, 2, 0, 0, 2, 1, 4, 3}, 8, 72, "0123", 4, 16},
     {.opcode = VWR_CRYPTO_AKCIPHER_VERIFY, .src_bytes = 3, .aad_bytes = 6},
     {"verify", {0x403, 2, 9, 0, 1, 0, 3, 6}, 8, 32, "SSSAAAAAA", 9, 1},
     0x405},
};
#define CASES (sizeof(cases) / sizeof(cases[0]))

static void point(struct vwr_crypto_setup *setup, struct vwr_crypto_data *m)
{
    setup->key = data;
    setup->auth_key = data + 12;
    memset(data + 100, 'S', 100);
    memset(data + 200, 'A', 100);
    m->iv = "abcdefghijklmnopq";
    m->src = data + 100;
    m->aad = data + 200;
    m->dst = data + 1000;
    m->digest = data + 1200;
}

static void runs(const struct session_case *k, bool padded)
{
    struct message destroy = {"destroy", {k->destroy, k->setup.algo, 0, 0}, 6, 24, "", 0, 1};
    struct vwr_crypto_setup setup = k->setup;
    struct vwr_crypto_data m = k->data;

    point(&setup, &m);
    assert_int_equal(vwr_crypto_create(&c, &session, &setup), VWR_OK);
    same(&k->create, NO_ID, &fake_crypto.control[0], padded, CREATE_PADDED);
    assert_int_equal(session.id, fake_crypto.sessions);
    assert_int_equal(vwr_crypto_run(&c, &session, &m), m.dst_bytes + m.digest_bytes);
    same(&k->request, 2, &fake_crypto.data[0], padded, DATA_PADDED);
    assert_int_equal(fake_crypto.control_count, 1);
    destroy.word[4] = (uint32_t)session.id;
    assert_int_equal(vwr_crypto_destroy(&c, &session), VWR_OK);
    same(&destroy, 4, &fake_crypto.control[1], padded, CREATE_PADDED);
    assert_int_equal(vwr_crypto_destroy(&c, &session), VWR_EINVAL);
    assert_int_equal(vwr_crypto_run(&c, &session, &m), VWR_EINVAL);
    assert_int_equal(fake_crypto.data_count, 1);
    fake_crypto.control_count = 0;
    fake_crypto.data_count = 0;
}

static void each_message(struct world *w, const struct format *f, const void *param)
{
    const bool padded = param != NULL;

    begin_layout(w, f, padded);
    for (unsigned i = 0; i < CASES; i++)
        runs(&cases[i], padded);
    end();
}

/* ---- answers ---- */

static void create(unsigned which, struct vwr_crypto_data *m)
{
    struct vwr_crypto_setup setup = cases[which].setup;

    *m = cases[which].data;
    point(&setup, m);
    assert_int_equal(vwr_crypto_create(&c, &session, &setup), VWR_OK);
}

static const struct status {
    uint32_t status;
    int result;
    const char *words;
} statuses[] = {
    {VWR_CRYPTO_ERR, VWR_EIO, "ERR: it gives no reason"},
    {VWR_CRYPTO_BADMSG, VWR_EIO, "BADMSG: the tag does not match"},
    {VWR_CRYPTO_NOTSUPP, VWR_EUNSUPP, "NOTSUPP: it does not support the algorithm or the operation"},
    {VWR_CRYPTO_INVSESS, VWR_EIO, "INVSESS: it does not have this session"},
    {VWR_CRYPTO_NOSPC, VWR_EIO, "NOSPC: it has no space for another session"},
    {VWR_CRYPTO_KEY_REJECTED, VWR_EIO, "KEY_REJECTED: the signature does not match"},
    {VWR_CRYPTO_IPSEC_SA_SOFT_EXPIRY, VWR_EPROTO, "status 0x7 is not in the specification"},
    {0xfe, VWR_EPROTO, "status 0xfe is not in the specification"},
};

static void D42_statuses(struct world *w, const struct format *f, const void *param)
{
    struct vwr_crypto_setup setup = cases[5].setup;
    struct vwr_crypto_data m;

    (void)param;
    begin(w, f);
    for (unsigned i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
        fake_crypto.status = VWR_CRYPTO_OK;
        create(5, &m);
        setup.key = data;
        fake_crypto.status = statuses[i].status;
        assert_int_equal(vwr_crypto_run(&c, &session, &m), statuses[i].result);
        assert_int_equal(vwr_crypto_status(&c), statuses[i].status);
        explains(statuses[i].words);
        explains("AEAD_ENCRYPT");
        assert_int_equal(vwr_crypto_destroy(&c, &session), statuses[i].result);
        explains("AEAD_DESTROY_SESSION");
        assert_int_equal(vwr_crypto_create(&c, &session, &setup), statuses[i].result);
        explains("AEAD_CREATE_SESSION");
        assert_int_equal(vwr_crypto_run(&c, &session, &m), VWR_EINVAL); /* there is no session */
    }
    fake_crypto.status = UINT32_MAX - 0xff; /* its lowest byte is OK */
    assert_int_equal(vwr_crypto_create(&c, &session, &setup), VWR_EPROTO);
    end();
}

/* Only the length of an asymmetric result counts, and only if it is possible. */
static void D05_D30_lengths(struct world *w, const struct format *f, const void *param)
{
    struct vwr_crypto_data m;

    (void)param;
    begin(w, f);
    create(7, &m);
    fake_crypto.used = 1;
    assert_int_equal(vwr_crypto_run(&c, &session, &m), 0);
    fake_crypto.used = 5;
    assert_int_equal(vwr_crypto_run(&c, &session, &m), 4);
    fake_crypto.used = m.dst_bytes + 1;
    assert_int_equal(vwr_crypto_run(&c, &session, &m), m.dst_bytes);
    fake_crypto.used_0 = true;
    assert_int_equal(vwr_crypto_run(&c, &session, &m), VWR_EPROTO);
    fake_crypto.used_0 = false;
    create(3, &m);
    fake_crypto.used = 1;
    assert_int_equal(vwr_crypto_run(&c, &session, &m), m.dst_bytes);
    fake_crypto.unwritten = true;
    assert_int_equal(vwr_crypto_run(&c, &session, &m), VWR_EPROTO);
    explains("status 0xff is not in the specification");
    assert_int_equal(vwr_crypto_destroy(&c, &session), VWR_EPROTO);
    assert_int_equal(vwr_crypto_create(&c, &session, &cases[3].setup), VWR_EPROTO);
    end();
}

/* ---- use ---- */

static void nothing_is_sent(const struct vwr_crypto_setup *setup, int result)
{
    const unsigned count = fake_crypto.control_count;

    assert_int_equal(vwr_crypto_create(&c, &session, setup), result);
    assert_int_equal(fake_crypto.control_count, count);
}

static void wrong_use(struct world *w, const struct format *f, const void *param)
{
    struct vwr_crypto_setup setup = {.service = VWR_CRYPTO_SERVICE_IPSEC, .key = data};
    struct vwr_crypto_data m;

    (void)param;
    begin(w, f);
    nothing_is_sent(&setup, VWR_EUNSUPP);
    setup.service = 99;
    nothing_is_sent(&setup, VWR_EUNSUPP);
    setup.service = VWR_CRYPTO_SERVICE_CIPHER;
    setup.key_bytes = 33;
    nothing_is_sent(&setup, VWR_EINVAL);
    setup.key_bytes = 32;
    setup.order = VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH;
    setup.hash_mode = VWR_CRYPTO_SYM_HASH_MODE_NESTED;
    nothing_is_sent(&setup, VWR_EINVAL);
    setup.hash_mode = VWR_CRYPTO_SYM_HASH_MODE_AUTH;
    setup.auth_key_bytes = 21;
    nothing_is_sent(&setup, VWR_EINVAL);
    setup.service = VWR_CRYPTO_SERVICE_MAC;
    setup.key_bytes = 21;
    nothing_is_sent(&setup, VWR_EINVAL);
    create(7, &m);
    m.opcode = VWR_CRYPTO_AEAD_DECRYPT;
    assert_int_equal(vwr_crypto_run(&c, &session, &m), VWR_EINVAL);
    m.opcode = VWR_CRYPTO_IPSEC_OUTBOUND;
    assert_int_equal(vwr_crypto_run(&c, &session, &m), VWR_EINVAL);
    create(0, &m);
    m.iv_bytes = VWR_CRYPTO_IV + 1;
    assert_int_equal(vwr_crypto_run(&c, &session, &m), VWR_EINVAL);
    m.iv_bytes = 16;
    m.src_bytes = 300 - 16 - 21 + 1; /* max_size */
    assert_int_equal(vwr_crypto_run(&c, &session, &m), VWR_EINVAL);
    m.src_bytes--;
    assert_int_equal(vwr_crypto_run(&c, &session, &m), 21);
    m.dst_bytes = UINT32_MAX;
    m.digest_bytes = 1;
    assert_int_equal(vwr_crypto_run(&c, &session, &m), VWR_EINVAL);
    assert_int_equal(vwr_crypto_submit(vwr_crypto_get_dataq(&c, 0), &request[0]), VWR_EFAILED);
    assert_int_equal(fake_crypto.data_count, 1);
    end();
}

static void offers(struct world *w, const struct format *f, const void *param)
{
    static const uint8_t algos[] = {VWR_CRYPTO_CIPHER_AES_CBC, VWR_CRYPTO_HASH_SHA1, VWR_CRYPTO_MAC_GMAC_AES,
                                    VWR_CRYPTO_AEAD_CCM, VWR_CRYPTO_AKCIPHER_ECDSA};

    (void)param;
    begin(w, f);
    for (unsigned s = 0; s < 8; s++)
        for (unsigned a = 0; a < 70; a++)
            assert_int_equal(vwr_crypto_offers(&c, s, a), s < 5 && (a == algos[s] || (s == 0 && a == 33)));
    end();
}

/* The hardware disappears and returns: nothing is sent meanwhile. */
static void not_ready(struct world *w, const struct format *f, const void *param)
{
    struct vwr_crypto_data m;

    (void)param;
    begin(w, f);
    create(0, &m);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_STATUS, 4, 0);
    assert_int_equal(vwr_crypto_read_info(&c), VWR_OK);
    assert_int_equal(vwr_crypto_run(&c, &session, &m), VWR_EBUSY);
    nothing_is_sent(&cases[3].setup, VWR_EBUSY);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_STATUS, 4, VWR_CRYPTO_S_HW_READY);
    assert_int_equal(vwr_crypto_read_info(&c), VWR_OK);
    create(0, &m);
    assert_int_equal(vwr_crypto_run(&c, &session, &m), m.dst_bytes);
    assert_int_equal(fake_crypto.data_count, 1);
    end();
}

static void D31_configurations(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    fake_crypto_plug(w, f, false);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_MAX_DATAQUEUES, 4, 0);
    assert_int_equal(try_open(w), VWR_EPROTO);
    fake_crypto_plug(w, f, false);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_MAX_DATAQUEUES, 4, UINT32_MAX);
    assert_int_equal(try_open(w), VWR_EPROTO);
    fake_crypto_plug(w, f, false);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_MAX_DATAQUEUES, 4, UINT16_MAX);
    assert_int_equal(try_open(w), VWR_ENOQUEUE);
    begin(w, f);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_MAX_DATAQUEUES, 4, 1); /* fewer than before */
    while (vwr_recover(&c.bringup) == VWR_EBUSY)
        continue;
    assert_int_equal(vwr_close(&c.bringup), VWR_OK);
}

/*
 * A device that sets no limit: results have as many bytes as a result can express. A session belongs to one
 * device.
 */
static void limits_of_the_driver(struct world *w, const struct format *f, const void *param)
{
    static struct vwr_crypto other;
    struct vwr_crypto_data m;

    (void)param;
    fake_crypto_plug(w, f, false);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_MAX_SIZE, 8, UINT64_MAX);
    assert_int_equal(try_open(w), VWR_OK);
    create(3, &m);
    fake_crypto.data_count = 0;
    m.dst_bytes = INT32_MAX;
    assert_int_equal(vwr_crypto_run(&c, &session, &m), VWR_EINVAL);
    create(3, &m);
    memset(&other, 0, sizeof(other));
    other.info.max_size = UINT64_MAX;
    session.crypto = &other;
    assert_int_equal(vwr_crypto_run(&c, &session, &m), VWR_EFAILED);
    assert_int_equal(fake_crypto.data_count, 0);
    end();
}

static void in_flight(struct world *w, const struct format *f, const void *param)
{
    struct vwr_crypto_request *done[FLIGHT];
    struct vwr_crypto_data m;

    (void)param;
    begin(w, f);
    create(0, &m);
    for (unsigned i = 0; i < FLIGHT; i++) {
        m.dst = data + 1000 + i * 100;
        assert_int_equal(vwr_crypto_fill(&request[i], &session, &m), VWR_OK);
        assert_int_equal(vwr_crypto_submit(vwr_crypto_get_dataq(&c, i % 2), &request[i]), VWR_OK);
        assert_int_equal(vwr_crypto_fill(&request[i], &session, &m), VWR_EBUSY);
    }
    for (unsigned i = 0; i < 2; i++) {
        struct vwr_crypto_dataq *const q = vwr_crypto_get_dataq(&c, i);

        assert_int_equal(vwr_crypto_reap(q, done, FLIGHT), 0);
        assert_true(vwr_crypto_arm(q, 1));
        (void)vwr_crypto_kick(q);
        assert_int_equal(vwr_crypto_reap(q, done, FLIGHT), 2);
        for (unsigned n = 0; n < 2; n++) {
            assert_ptr_equal(done[n], &request[i + 2 * n]);
            assert_int_equal(done[n]->call.req.result, VWR_OK);
            assert_int_equal(done[n]->count, 21);
            assert_int_equal(data[1000 + (i + 2 * n) * 100], (uint8_t) ~'a'); /* of the IV */
        }
    }
    assert_int_equal(vwr_crypto_submit(vwr_crypto_get_dataq(&c, 1), &request[0]), VWR_OK); /* again */
    (void)vwr_crypto_kick(vwr_crypto_get_dataq(&c, 1));
    assert_int_equal(vwr_crypto_wait(vwr_crypto_get_dataq(&c, 1), &request[0]), VWR_OK);
    end();
}

static void recovers(void)
{
    int r;

    while ((r = vwr_recover(&c.bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(r, VWR_OK);
}

/* A reset ends sessions; no request that it has ended is sent with the next sessions. */
static void stale(struct world *w, const struct format *f, const void *param)
{
    struct vwr_crypto_request *done[FLIGHT];
    struct vwr_crypto_session old;
    struct vwr_crypto_data m;

    (void)param;
    begin(w, f);
    create(0, &m);
    old = session;
    assert_int_equal(vwr_crypto_fill(&request[0], &old, &m), VWR_OK);
    assert_int_equal(vwr_crypto_submit(vwr_crypto_get_dataq(&c, 1), &request[0]), VWR_OK);
    fake_crypto.silent = true;
    assert_int_equal(vwr_crypto_run(&c, &old, &m), VWR_ETIMEOUT);
    explains("request CIPHER_ENCRYPT: no answer");
    assert_int_equal(vwr_crypto_run(&c, &old, &m), VWR_EFAILED);
    assert_int_equal(vwr_crypto_create(&c, &session, &cases[3].setup), VWR_EFAILED);
    explains("request CIPHER_ENCRYPT: no answer");
    fake_crypto.silent = false;
    recovers();
    fake_crypto.control_count = 0;
    assert_int_equal(vwr_crypto_reap(vwr_crypto_get_dataq(&c, 1), done, FLIGHT), 1);
    assert_ptr_equal(done[0], &request[0]);
    assert_int_equal(request[0].call.req.result, VWR_ETIMEOUT);
    assert_int_equal(vwr_crypto_run(&c, &old, &m), VWR_ERESET);
    assert_int_equal(vwr_crypto_submit(vwr_crypto_get_dataq(&c, 1), &request[0]), VWR_ERESET);
    assert_int_equal(vwr_crypto_destroy(&c, &old), VWR_OK);
    assert_int_equal(vwr_crypto_submit(vwr_crypto_get_dataq(&c, 1), &request[0]), VWR_EFAILED);
    assert_int_equal(fake_crypto.control_count + fake_crypto.data_count, 0);
    create(0, &m);
    assert_int_equal(vwr_crypto_run(&c, &session, &m), m.dst_bytes);
    end();
}

/* The device does not answer on the control queue. */
static void D14_no_session(struct world *w, const struct format *f, const void *param)
{
    struct vwr_crypto_data m;

    (void)param;
    begin(w, f);
    create(0, &m);
    fake_crypto.silent = true;
    assert_int_equal(vwr_crypto_destroy(&c, &session), VWR_ETIMEOUT);
    explains("request CIPHER_DESTROY_SESSION: no answer");
    recovers();
    assert_int_equal(vwr_crypto_create(&c, &session, &cases[3].setup), VWR_ETIMEOUT);
    explains("request HASH_CREATE_SESSION: no answer");
    recovers();
    fake_crypto.silent = false;
    create(0, &m);
    end();
}

int main(void)
{
    static const uint16_t sizes_of[] = {SIZE, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_OPTIONS, 0, sizes_of};
    static const struct format_range few = {KIND_ALL, FORMAT_INDIRECT, 0, sizes_of};
    static const struct format_range one = {KIND_SPLIT, 0, 0, sizes_of};
    static struct format_tests tests;

    format_add(&tests, "each_message", each_message, NULL, &few);
    format_add(&tests, "each_message_padded", each_message, "padded", &few);
    format_add(&tests, "D42_statuses", D42_statuses, NULL, &few);
    format_add(&tests, "D05_D30_lengths", D05_D30_lengths, NULL, &few);
    format_add(&tests, "wrong_use", wrong_use, NULL, &one);
    format_add(&tests, "offers", offers, NULL, &one);
    format_add(&tests, "not_ready", not_ready, NULL, &one);
    format_add(&tests, "D31_configurations", D31_configurations, NULL, &one);
    format_add(&tests, "in_flight", in_flight, NULL, &all);
    format_add(&tests, "limits_of_the_driver", limits_of_the_driver, NULL, &all);
    format_add(&tests, "stale", stale, NULL, &few);
    format_add(&tests, "D14_no_session", D14_no_session, NULL, &one);
    return format_run("crypto", &tests);
}
