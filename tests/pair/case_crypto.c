/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "ram.h"
#include "suspend.h"
#include "vmm.h"

#include "crypto_vectors.h"
#include "vwr/crypto.h"
#include "vwr/vcrypto.h"
#if TEST_HAS_LIBCRYPTO
#include "vwr_posix_crypto.h"
#endif
#include "../common/random.h"

#include <stdio.h>
#include <string.h>

/*
 * A crypto device with the driver of vwr/crypto.h, in both layouts. Its algorithms are those of this file,
 * whose results the case computes too: sums of bytes. The VMM answers at once, or later and in any order. If
 * there is a libcrypto, the device has its algorithms as well (vwr_posix_crypto), which are compared with
 * known answers.
 */

#define SLOT 2u
#define QUEUES 3u
#define QUEUE_SIZE 32u /* half of VWR_CRYPTO_QUEUE */
#define MESSAGES 3u
#define SESSIONS 3u
#define MOST 4000u /* bytes of a request, both ways together */
#define FLIGHT 4u
#define STEPS 10u /* multiplied by scale */

static struct {
    struct vwr_vcrypto device;
    struct vwr_vcrypto_session session[SESSIONS];
    uint8_t buffer[2 * MOST];
    struct vwr_vmessage message[MESSAGES];
    struct vwr_vseg seg[VWR_VCRYPTO_SEGS(MESSAGES, 64u)];
    struct vwr_vqueue queue[QUEUES];
    struct vwr_vqueue_entry own[QUEUES * QUEUE_SIZE];
    union vmm_end end;
    struct vwr_features avoid;
    uint8_t key[SESSIONS]; /* the sum of the key of each session of the device */
    uint32_t tag[SESSIONS];
    bool living[SESSIONS]; /* the sessions of a destroyed device are created again */
    uint8_t keys[VWR_VCRYPTO_KEY_BYTES(SESSIONS, MOST)];
    uint8_t *data;
    struct {
        uint64_t ticket; /* 0: no request */
        int result;
        struct vwr_crypto_data data;
        uint8_t bytes[MOST]; /* of the result */
    } late[MESSAGES];
    bool answers_late;
    bool in_order;
    unsigned lates;
} w;

static struct vwr_crypto driver;
static struct vwr_crypto_dataq more[1];
static struct vwr_crypto_request request[FLIGHT];
static uint64_t state;

static void is_at(int line, const char *what, int result, int want)
{
    char text[300];

    if (result == want)
        return;
    (void)vwr_crypto_explain(&driver, text, sizeof(text));
    check_failed(__FILE__, line, "%s answered %d, not %d; the driver says: %s", what, result, want, text);
}
#define IS(call, want) is_at(__LINE__, #call, (int)(call), (int)(want))
#define OK(call) IS(call, VWR_OK)

/* ---- the algorithms ---- */

static uint8_t sum(const void *bytes, uint32_t n)
{
    uint8_t all = 1;

    for (uint32_t i = 0; i < n; i++)
        all = (uint8_t)(all * 3 + ((const uint8_t *)bytes)[i]);
    return all;
}

static int create(void *context, struct vwr_vcrypto_session *session, const struct vwr_crypto_setup *s)
{
    const unsigned row = (unsigned)(session - w.session);

    (void)context;
    if (s->key_bytes == 13)
        return VWR_EINVAL; /* which the guest gets as ERR */
    w.key[row] = (uint8_t)(sum(s->key, s->key_bytes) + sum(s->auth_key, s->auth_key_bytes));
    w.tag[row] = s->result_bytes;
    w.living[row] = true;
    session->own = &w.key[row];
    return VWR_OK;
}

static void destroy(void *context, struct vwr_vcrypto_session *session)
{
    (void)context;
    CHECK(session->own == &w.key[session - w.session]);
    w.living[session - w.session] = false;
}

static unsigned living(void)
{
    unsigned n = 0;

    for (unsigned i = 0; i < SESSIONS; i++)
        n += w.living[i];
    return n;
}

static int compute(const struct vwr_vcrypto_session *session, struct vwr_crypto_data *m)
{
    const uint8_t key = *(const uint8_t *)session->own;
    const uint8_t iv = sum(m->iv, m->iv_bytes);
    uint8_t *const dst = m->dst;

    for (uint32_t i = 0; i < m->dst_bytes; i++)
        dst[i] = i < m->src_bytes ? (uint8_t)(((const uint8_t *)m->src)[i] ^ key ^ iv) : key;
    if (m->digest_bytes != 0)
        memset(m->digest, sum(m->src, m->src_bytes) + sum(m->aad, m->aad_bytes), m->digest_bytes);
    if (m->opcode == VWR_CRYPTO_AKCIPHER_SIGN)
        m->dst_bytes = m->dst_bytes / 2;
    if (m->opcode == VWR_CRYPTO_AKCIPHER_VERIFY)
        return sum(m->aad, m->aad_bytes) == *(const uint8_t *)m->src ? VWR_OK : VWR_CRYPTO_KEY_REJECTED;
    if (m->opcode == VWR_CRYPTO_AEAD_DECRYPT)
        return sum(m->aad, m->aad_bytes) == 1 ? VWR_OK : VWR_CRYPTO_BADMSG;
    return VWR_OK;
}

/* A request of a destroyed device has an invalid ticket; its slot is reused. */
static int run(void *context, struct vwr_vcrypto_session *session, struct vwr_crypto_data *m)
{
    const uint32_t room = m->dst_bytes;
    const int r = compute(session, m);
    unsigned i = 0;

    (void)context;
    CHECK(session->device == &w.device);
    if (!w.answers_late || random_below(&state, 2) == 0)
        return r;
    while (i < MESSAGES && w.late[i].ticket != 0)
        i++;
    if (i == MESSAGES)
        i = 0;
    w.late[i].ticket = vwr_vcrypto_ticket(&w.device);
    w.late[i].result = r;
    w.late[i].data = *m;
    memcpy(w.late[i].bytes, m->dst, room);
    memcpy(w.late[i].bytes + room, m->digest, m->digest_bytes);
    w.late[i].data.dst = w.late[i].bytes;
    w.late[i].data.digest = w.late[i].bytes + room;
    return VWR_LATER;
}

static bool answer_late(void)
{
    unsigned i = w.in_order ? 0 : random_below(&state, MESSAGES);
    uint64_t ticket;

    for (unsigned n = 0; n < MESSAGES && w.late[i].ticket == 0; n++)
        i = (i + 1) % MESSAGES;
    if (w.late[i].ticket == 0)
        return false;
    if (w.in_order) /* tickets are numbered */
        for (unsigned n = 0; n < MESSAGES; n++)
            if (w.late[n].ticket != 0 && w.late[n].ticket < w.late[i].ticket)
                i = n;
    w.lates++;
    ticket = w.late[i].ticket;
    w.late[i].ticket = 0; /* the call processes the next request, after it has read the result */
    vwr_vcrypto_done(&w.device, ticket, w.late[i].result, &w.late[i].data);
    return true;
}

static const struct vwr_vcrypto_ops ops = {create, destroy, run};
static const struct vwr_crypto_config_info info = {.crypto_services = 0x1f,
                                                   .cipher_algo_l = 1u << VWR_CRYPTO_CIPHER_AES_CBC,
                                                   .hash_algo = 1u << VWR_CRYPTO_HASH_SHA1,
                                                   .mac_algo_h = 1u << (VWR_CRYPTO_MAC_GMAC_AES - 32),
                                                   .aead_algo = 1u << VWR_CRYPTO_AEAD_GCM,
                                                   .akcipher_algo = 1u << VWR_CRYPTO_AKCIPHER_RSA,
                                                   .max_cipher_key_len = 64,
                                                   .max_auth_key_len = 20};

/* ---- the driver ---- */

static struct vwr_crypto_setup setup_of(uint32_t service)
{
    static const uint32_t algos[] = {VWR_CRYPTO_CIPHER_AES_CBC, VWR_CRYPTO_HASH_SHA1, VWR_CRYPTO_MAC_GMAC_AES,
                                     VWR_CRYPTO_AEAD_GCM, VWR_CRYPTO_AKCIPHER_RSA};
    struct vwr_crypto_setup s = {.service = service, .algo = algos[service], .key = w.data};

    s.op = VWR_CRYPTO_OP_ENCRYPT + random_below(&state, 2);
    s.key_bytes = service == VWR_CRYPTO_SERVICE_HASH ? 0 : 1 + random_below(&state, 12);
    s.auth_key = w.data + 30;
    for (unsigned i = 0; i < 64; i++)
        w.data[i] = (uint8_t)random_below(&state, 256);
    return s;
}

/* Data at an arbitrary address, whose result the case knows. */
static struct vwr_crypto_data data_of(uint32_t service, uint8_t *at)
{
    static uint8_t iv[VWR_CRYPTO_IV];
    const bool ivs = service == VWR_CRYPTO_SERVICE_CIPHER || service == VWR_CRYPTO_SERVICE_AEAD;
    struct vwr_crypto_data m = {.opcode = VWR_CRYPTO_AKCIPHER_ENCRYPT, .iv = iv, .src = at};

    m.src_bytes = 1 + random_below(&state, (MOST - VWR_CRYPTO_IV) / 2);
    m.dst = at + MOST;
    m.dst_bytes = m.src_bytes;
    m.iv_bytes = ivs ? random_below(&state, VWR_CRYPTO_IV + 1) : 0;
    for (unsigned i = 0; i < VWR_CRYPTO_IV; i++)
        iv[i] = (uint8_t)random_below(&state, 256);
    for (uint32_t i = 0; i < m.src_bytes; i++)
        at[i] = (uint8_t)random_below(&state, 256);
    memset(at + MOST, 0xee, MOST);
    return m;
}

static void check_result(const struct vwr_crypto_data *m, uint8_t key, uint8_t iv)
{
    const uint8_t *const dst = m->dst;

    for (uint32_t i = 0; i < m->dst_bytes; i++)
        CHECK_NUMBER(dst[i], (uint8_t)(((const uint8_t *)m->src)[i] ^ key ^ iv));
    for (uint32_t i = m->dst_bytes; i < MOST; i++)
        CHECK_NUMBER(dst[i], 0xee);
}

static uint8_t key_of(const struct vwr_crypto_setup *s)
{
    return (uint8_t)(sum(s->key, s->key_bytes) + sum(s->auth_key, s->auth_key_bytes));
}

static void one(uint32_t service)
{
    const struct vwr_crypto_setup s = setup_of(service);
    const uint8_t key = key_of(&s);
    struct vwr_crypto_session session;
    struct vwr_crypto_data m;

    OK(vwr_crypto_create(&driver, &session, &s));
    for (unsigned i = 0; i < 3; i++) {
        m = data_of(service, w.data + 100);
        IS(vwr_crypto_run(&driver, &session, &m), m.dst_bytes);
        check_result(&m, key, sum(m.iv, m.iv_bytes));
    }
    OK(vwr_crypto_destroy(&driver, &session));
    CHECK_NUMBER(living(), 0);
}

static void chained(void)
{
    struct vwr_crypto_setup s = setup_of(VWR_CRYPTO_SERVICE_CIPHER);
    struct vwr_crypto_session session;
    struct vwr_crypto_data m;
    uint8_t *const digest = w.data + 10000;
    uint8_t key;

    s.order = VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH;
    s.hash_mode = VWR_CRYPTO_SYM_HASH_MODE_AUTH;
    s.auth_key_bytes = 20;
    key = key_of(&s);
    OK(vwr_crypto_create(&driver, &session, &s));
    m = data_of(VWR_CRYPTO_SERVICE_CIPHER, w.data + 100);
    if (m.src_bytes > 1900)
        m.src_bytes = m.dst_bytes = 1900;
    m.aad = w.data;
    m.aad_bytes = 20;
    m.digest = digest;
    m.digest_bytes = 32;
    m.hash_bytes = m.src_bytes;
    m.cipher_bytes = m.src_bytes;
    memset(digest, 0, 33);
    IS(vwr_crypto_run(&driver, &session, &m), m.dst_bytes + 32);
    check_result(&m, key, sum(m.iv, m.iv_bytes));
    CHECK_NUMBER(digest[31], (uint8_t)(sum(m.src, m.src_bytes) + sum(m.aad, 20)));
    CHECK_NUMBER(digest[32], 0);
    m.hash_start = 1; /* the part ends behind the source */
    IS(vwr_crypto_run(&driver, &session, &m), VWR_EIO);
    CHECK_NUMBER(vwr_crypto_status(&driver), VWR_CRYPTO_ERR);
    OK(vwr_crypto_destroy(&driver, &session));
}

/* The result is shorter than its buffer, and the bytes after it are not written. */
static void asymmetric(void)
{
    const struct vwr_crypto_setup s = setup_of(VWR_CRYPTO_SERVICE_AKCIPHER);
    struct vwr_crypto_session session;
    struct vwr_crypto_data m;

    OK(vwr_crypto_create(&driver, &session, &s));
    m = data_of(VWR_CRYPTO_SERVICE_AKCIPHER, w.data + 100);
    m.opcode = VWR_CRYPTO_AKCIPHER_SIGN;
    IS(vwr_crypto_run(&driver, &session, &m), m.dst_bytes / 2);
    m.opcode = VWR_CRYPTO_AKCIPHER_VERIFY;
    m.aad = w.data;
    m.aad_bytes = 64;
    m.src_bytes = 1;
    m.dst_bytes = 0;
    w.data[100] = sum(w.data, 64);
    IS(vwr_crypto_run(&driver, &session, &m), 0);
    w.data[100]++;
    IS(vwr_crypto_run(&driver, &session, &m), VWR_EIO);
    CHECK_NUMBER(vwr_crypto_status(&driver), VWR_CRYPTO_KEY_REJECTED);
    OK(vwr_crypto_destroy(&driver, &session));
}

static void refused(void)
{
    const bool padded = !vwr_dev_has(&w.end.dev, VWR_CRYPTO_F_REVISION_1);
    struct vwr_crypto_setup s = setup_of(VWR_CRYPTO_SERVICE_AEAD);
    struct vwr_crypto_session session[SESSIONS + 1];
    struct vwr_crypto_session other;
    struct vwr_crypto_data m;

    s.op = VWR_CRYPTO_OP_DECRYPT;
    for (unsigned i = 0; i < SESSIONS; i++)
        OK(vwr_crypto_create(&driver, &session[i], &s));
    IS(vwr_crypto_create(&driver, &session[SESSIONS], &s), VWR_EIO);
    CHECK_NUMBER(vwr_crypto_status(&driver), padded ? VWR_CRYPTO_ERR : VWR_CRYPTO_NOSPC);
    m = data_of(VWR_CRYPTO_SERVICE_AEAD, w.data + 100);
    m.aad = w.data;
    m.aad_bytes = 9;
    w.data[0]++;
    m.src_bytes = m.dst_bytes = 100;
    if (sum(w.data, 9) != 1)
        IS(vwr_crypto_run(&driver, &session[0], &m), VWR_EIO);
    other = session[1];
    OK(vwr_crypto_destroy(&driver, &session[1]));
    m.aad_bytes = 0;
    IS(vwr_crypto_run(&driver, &other, &m), VWR_EIO);
    CHECK_NUMBER(vwr_crypto_status(&driver), VWR_CRYPTO_INVSESS);
    IS(vwr_crypto_destroy(&driver, &other), VWR_EIO);
    s.key_bytes = 13;
    IS(vwr_crypto_create(&driver, &other, &s), VWR_EIO);
    s.key_bytes = 12;
    s.algo = VWR_CRYPTO_AEAD_CCM;
    IS(vwr_crypto_create(&driver, &other, &s), VWR_EUNSUPP);
    CHECK_NUMBER(living(), SESSIONS - 1);
    IS(vwr_crypto_run(&driver, &session[2], &m), 100);
    OK(vwr_crypto_destroy(&driver, &session[2]));
    OK(vwr_crypto_destroy(&driver, &session[0]));
}

static void in_flight(void)
{
    struct vwr_crypto_setup s = setup_of(VWR_CRYPTO_SERVICE_CIPHER);
    const uint8_t key = key_of(&s);
    struct vwr_crypto_session session;
    struct vwr_crypto_data m[FLIGHT];
    uint8_t iv[FLIGHT];

    OK(vwr_crypto_create(&driver, &session, &s));
    for (unsigned i = 0; i < FLIGHT; i++) {
        m[i] = data_of(VWR_CRYPTO_SERVICE_CIPHER, w.data + 100 + i * 2 * MOST);
        iv[i] = sum(m[i].iv, m[i].iv_bytes);
        OK(vwr_crypto_fill(&request[i], &session, &m[i]));
        OK(vwr_crypto_submit(vwr_crypto_get_dataq(&driver, i % 2), &request[i]));
    }
    for (unsigned i = 0; i < 2; i++)
        (void)vwr_crypto_kick(vwr_crypto_get_dataq(&driver, i));
    for (unsigned i = 0; i < FLIGHT; i++) {
        OK(vwr_crypto_wait(vwr_crypto_get_dataq(&driver, i % 2), &request[i]));
        CHECK_NUMBER(request[i].count, m[i].dst_bytes);
        check_result(&m[i], key, iv[i]);
    }
    OK(vwr_crypto_destroy(&driver, &session));
}

/* Sessions end with the reset, on both sides. */
static void fail_and_recover(void)
{
    const struct vwr_crypto_setup s = setup_of(VWR_CRYPTO_SERVICE_MAC);
    struct vwr_crypto_session session;
    struct vwr_crypto_data m;
    int r;

    OK(vwr_crypto_create(&driver, &session, &s));
    CHECK_NUMBER(living(), 1);
    vmm_may_break = true;
    vwr_vdev_needs_reset(vwr_vcrypto_dev(&w.device));
    vmm_may_break = false;
    IS(vwr_dev_check(&w.end.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&driver.bringup)) == VWR_EBUSY)
        continue;
    OK(r);
    CHECK_NUMBER(living(), 0);
    m = data_of(VWR_CRYPTO_SERVICE_MAC, w.data + 100);
    IS(vwr_crypto_run(&driver, &session, &m), VWR_ERESET);
    OK(vwr_crypto_destroy(&driver, &session));
}

/* ---- the device ---- */

static void init_device(unsigned kind, bool deferred, const struct vwr_vcrypto_ops *functions,
                        const struct vwr_crypto_config_info *offers)
{
    const struct vwr_vcrypto_options o = {.ops = functions,
                                          .info = offers,
                                          .session = w.session,
                                          .session_count = SESSIONS,
                                          .buffer = w.buffer,
                                          .buffer_bytes = sizeof(w.buffer),
                                          .message = w.message,
                                          .message_count = MESSAGES,
                                          .seg = w.seg,
                                          .seg_count = VWR_COUNT(w.seg),
                                          .keys = w.keys,
                                          .keys_bytes = MOST};
    struct vwr_vdev_setup s = {.vm = &vmm,
                               .line = SLOT,
                               .queue = w.queue,
                               .queue_count = QUEUES,
                               .own = w.own,
                               .own_count = VWR_COUNT(w.own)};

    vmm_begin(deferred);
    memset(&w, 0, sizeof(w));
    s.queue_size = QUEUE_SIZE;
    s.budget_bytes = random_below(&state, 2) == 0 ? 0 : 6000;
    s.legacy = (kind & DISK_LEGACY) != 0;
    disk_offer(&s.features, kind);
    disk_avoid(&w.avoid, kind);
    OK(vwr_vcrypto_init_with(&w.device, &s, &o));
    w.in_order = (kind & DISK_IN_ORDER) != 0;
    vmm_work = answer_late;
    vmm_add(SLOT, vwr_vcrypto_dev(&w.device));
}

static void open_driver(bool padded)
{
    struct vwr_crypto_options o = {.shared = (ram_reset(), ram_alloc_ring(sizeof(*o.shared))),
                                   .more = more,
                                   .more_shared = ram_alloc_ring(sizeof(*o.more_shared)),
                                   .more_count = 1,
                                   .more_shared_count = 1};

    memcpy(&o.avoid, &w.avoid, sizeof(o.avoid));
    if (padded)
        vwr_features_add(&o.avoid, VWR_CRYPTO_F_REVISION_1);
    memset(request, 0, sizeof(request));
    OK(vmm_find(&w.end, SLOT));
    OK(vwr_crypto_open(&driver, &w.end.dev, &o));
    CHECK_NUMBER(driver.queue_count, 2);
    CHECK_NUMBER(driver.info.max_size, MOST);
    w.data = guest_alloc(100 + 2 * FLIGHT * MOST);
}

/* ---- known answers ---- */

#if TEST_HAS_LIBCRYPTO
static void answers(const struct crypto_vector *v, uint32_t op)
{
    const bool encrypts = op == VWR_CRYPTO_OP_ENCRYPT;
    struct vwr_crypto_setup s = {.service = v->service, .algo = v->algo, .op = op, .key = w.data};
    struct vwr_crypto_session session;
    uint8_t iv[VWR_CRYPTO_IV];
    uint8_t want[200];
    struct vwr_crypto_data m = {.iv = iv, .src = w.data + 100, .aad = w.data + 500, .dst = w.data + 1000};

    s.key_bytes = crypto_decode(v->key, w.data);
    m.iv_bytes = crypto_decode(v->iv, iv);
    m.aad_bytes = s.aad_bytes = crypto_decode(v->aad, w.data + 500);
    m.src_bytes = crypto_decode(encrypts ? v->plain : v->result, w.data + 100);
    m.dst_bytes = crypto_decode(encrypts ? v->result : v->plain, want);
    s.result_bytes = v->tag_bytes != 0 ? v->tag_bytes : m.dst_bytes;
    OK(vwr_crypto_create(&driver, &session, &s));
    IS(vwr_crypto_run(&driver, &session, &m), m.dst_bytes);
    CHECK(memcmp(w.data + 1000, want, m.dst_bytes) == 0);
    if (!encrypts && v->tag_bytes != 0) {
        w.data[100 + m.src_bytes - 1] ^= 1;
        IS(vwr_crypto_run(&driver, &session, &m), VWR_EIO);
        CHECK_NUMBER(vwr_crypto_status(&driver), VWR_CRYPTO_BADMSG);
    }
    OK(vwr_crypto_destroy(&driver, &session));
}

/* An IV of another length than the cipher's. */
static void short_iv(const struct crypto_vector *v)
{
    struct vwr_crypto_setup s = {
        .service = v->service, .algo = v->algo, .op = VWR_CRYPTO_OP_ENCRYPT, .key = w.data};
    uint8_t iv[VWR_CRYPTO_IV];
    struct vwr_crypto_session session;
    struct vwr_crypto_data m = {
        .iv = iv, .src = w.data + 100, .src_bytes = 16, .dst = w.data + 1000, .dst_bytes = 16};

    s.key_bytes = crypto_decode(v->key, w.data);
    m.iv_bytes = crypto_decode(v->iv, iv);
    OK(vwr_crypto_create(&driver, &session, &s));
    if (m.iv_bytes != 0) {
        m.iv_bytes--;
        IS(vwr_crypto_run(&driver, &session, &m), VWR_EIO);
        CHECK_NUMBER(vwr_crypto_status(&driver), VWR_CRYPTO_ERR);
    }
    OK(vwr_crypto_destroy(&driver, &session));
}

/* A single byte of additional data counts. */
static void one_byte_of_aad(const struct crypto_vector *v)
{
    struct vwr_crypto_setup s = {.service = v->service,
                                 .algo = v->algo,
                                 .op = VWR_CRYPTO_OP_ENCRYPT,
                                 .key = w.data,
                                 .result_bytes = v->tag_bytes,
                                 .aad_bytes = 1};
    uint8_t iv[VWR_CRYPTO_IV];
    struct vwr_crypto_session session;
    struct vwr_crypto_data m = {
        .iv = iv, .src = w.data + 100, .src_bytes = 16, .aad = w.data + 500, .aad_bytes = 1};

    s.key_bytes = crypto_decode(v->key, w.data);
    m.iv_bytes = crypto_decode(v->iv, iv);
    m.dst_bytes = m.src_bytes + v->tag_bytes;
    OK(vwr_crypto_create(&driver, &session, &s));
    for (unsigned i = 0; i < 2; i++) {
        w.data[500] = (uint8_t)i;
        m.dst = w.data + 1000 + 100 * i;
        IS(vwr_crypto_run(&driver, &session, &m), m.dst_bytes);
    }
    CHECK(memcmp(w.data + 1000, w.data + 1100, m.src_bytes) == 0);
    CHECK(memcmp(w.data + 1000 + m.src_bytes, w.data + 1100 + m.src_bytes, v->tag_bytes) != 0);
    OK(vwr_crypto_destroy(&driver, &session));
}

static void begin_rsa(struct vwr_crypto_session *session, uint32_t key_type)
{
    const bool public = key_type == VWR_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC;
    struct vwr_crypto_setup s = {.service = VWR_CRYPTO_SERVICE_AKCIPHER,
                                 .algo = VWR_CRYPTO_AKCIPHER_RSA,
                                 .key = w.data,
                                 .key_type = key_type,
                                 .padding = VWR_CRYPTO_RSA_PKCS1_PADDING,
                                 .hash_algo = VWR_CRYPTO_RSA_SHA256};

    s.key_bytes = crypto_decode(public ? crypto_rsa_public : crypto_rsa_private, w.data);
    OK(vwr_crypto_create(&driver, session, &s));
}

static void signs(void)
{
    struct vwr_crypto_session session;
    uint8_t want[CRYPTO_RSA_BYTES];
    struct vwr_crypto_data m = {.opcode = VWR_CRYPTO_AKCIPHER_SIGN,
                                .src = w.data + 1000,
                                .src_bytes = CRYPTO_SHA256_BYTES,
                                .dst = w.data + 2000,
                                .dst_bytes = CRYPTO_RSA_BYTES + 9};

    (void)crypto_decode(crypto_rsa_signature, want);
    (void)crypto_decode(crypto_vectors[7].result, w.data + 1000);
    begin_rsa(&session, VWR_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE);
    IS(vwr_crypto_run(&driver, &session, &m), CRYPTO_RSA_BYTES);
    CHECK(memcmp(w.data + 2000, want, CRYPTO_RSA_BYTES) == 0);
    OK(vwr_crypto_destroy(&driver, &session));
    begin_rsa(&session, VWR_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC);
    m = (struct vwr_crypto_data){.opcode = VWR_CRYPTO_AKCIPHER_VERIFY,
                                 .src = w.data + 2000,
                                 .src_bytes = CRYPTO_RSA_BYTES,
                                 .aad = w.data + 1000,
                                 .aad_bytes = CRYPTO_SHA256_BYTES};
    IS(vwr_crypto_run(&driver, &session, &m), 0);
    w.data[1000]++;
    IS(vwr_crypto_run(&driver, &session, &m), VWR_EIO);
    CHECK_NUMBER(vwr_crypto_status(&driver), VWR_CRYPTO_KEY_REJECTED);
    OK(vwr_crypto_destroy(&driver, &session));
}

/* Cipher and MAC of a chain are those of two sessions, one after the other. */
static void answers_chain(uint32_t order)
{
    const struct crypto_vector *const cipher = &crypto_vectors[0], *const mac = &crypto_vectors[9];
    const bool hash_first = order == VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER;
    uint8_t *const key = w.data, *const plain = w.data + 1000, *const result = w.data + 2000;
    struct vwr_crypto_setup s = {.service = VWR_CRYPTO_SERVICE_CIPHER,
                                 .algo = cipher->algo,
                                 .op = VWR_CRYPTO_OP_ENCRYPT,
                                 .key = key,
                                 .result_bytes = CRYPTO_SHA256_BYTES,
                                 .order = order,
                                 .hash_mode = VWR_CRYPTO_SYM_HASH_MODE_AUTH,
                                 .hash_algo = mac->algo,
                                 .auth_key = key + 100};
    struct vwr_crypto_session session;
    uint8_t iv[VWR_CRYPTO_IV], want[200];
    struct vwr_crypto_data m = {
        .iv = iv, .iv_bytes = crypto_decode(cipher->iv, iv), .src = plain, .dst = result};

    s.key_bytes = crypto_decode(cipher->key, key);
    s.auth_key_bytes = crypto_decode(mac->key, key + 100);
    m.src_bytes = m.dst_bytes = m.cipher_bytes = m.hash_bytes = crypto_decode(cipher->plain, plain);
    m.digest = result + m.dst_bytes;
    m.digest_bytes = CRYPTO_SHA256_BYTES;
    (void)crypto_decode(cipher->result, want);
    OK(vwr_crypto_create(&driver, &session, &s));
    IS(vwr_crypto_run(&driver, &session, &m), m.dst_bytes + CRYPTO_SHA256_BYTES);
    CHECK(memcmp(result, want, m.dst_bytes) == 0);
    OK(vwr_crypto_destroy(&driver, &session));
    memcpy(want, m.digest, CRYPTO_SHA256_BYTES);
    s = (struct vwr_crypto_setup){.service = VWR_CRYPTO_SERVICE_MAC,
                                  .algo = mac->algo,
                                  .key = key + 100,
                                  .key_bytes = s.auth_key_bytes,
                                  .result_bytes = CRYPTO_SHA256_BYTES};
    m = (struct vwr_crypto_data){.src = hash_first ? plain : result,
                                 .src_bytes = m.src_bytes,
                                 .dst = w.data + 3000,
                                 .dst_bytes = CRYPTO_SHA256_BYTES};
    OK(vwr_crypto_create(&driver, &session, &s));
    IS(vwr_crypto_run(&driver, &session, &m), CRYPTO_SHA256_BYTES);
    CHECK(memcmp(m.dst, want, CRYPTO_SHA256_BYTES) == 0);
    OK(vwr_crypto_destroy(&driver, &session));
}

static struct vwr_crypto_setup setup_ecdsa(uint32_t key_type, uint32_t curve)
{
    const bool public = key_type == VWR_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC;

    return (struct vwr_crypto_setup){
        .service = VWR_CRYPTO_SERVICE_AKCIPHER,
        .algo = VWR_CRYPTO_AKCIPHER_ECDSA,
        .key = w.data,
        .key_bytes = crypto_decode(public ? crypto_ecdsa_public : crypto_ecdsa_private, w.data),
        .key_type = key_type,
        .padding = curve};
}

/* RFC 6979's signature matches; so does another one, which libcrypto makes with a number of its own. */
static void signs_ecdsa(void)
{
    struct vwr_crypto_setup s = setup_ecdsa(VWR_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE, VWR_CRYPTO_CURVE_NIST_P256);
    struct vwr_crypto_session session;
    struct vwr_crypto_data m = {.opcode = VWR_CRYPTO_AKCIPHER_SIGN,
                                .src = w.data + 1000,
                                .src_bytes = crypto_decode(crypto_ecdsa_digest, w.data + 1000),
                                .dst = w.data + 2000,
                                .dst_bytes = CRYPTO_ECDSA_MOST};
    int signed_bytes;

    OK(vwr_crypto_create(&driver, &session, &s));
    signed_bytes = vwr_crypto_run(&driver, &session, &m);
    CHECK(signed_bytes > 60 && signed_bytes <= (int)CRYPTO_ECDSA_MOST);
    m.opcode = VWR_CRYPTO_AKCIPHER_ENCRYPT;
    m.dst = w.data + 3000;
    IS(vwr_crypto_run(&driver, &session, &m), VWR_EIO);
    OK(vwr_crypto_destroy(&driver, &session));
    s = setup_ecdsa(VWR_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC, VWR_CRYPTO_CURVE_NIST_P256);
    OK(vwr_crypto_create(&driver, &session, &s));
    m = (struct vwr_crypto_data){.opcode = VWR_CRYPTO_AKCIPHER_VERIFY,
                                 .src = w.data + 2000,
                                 .src_bytes = (uint32_t)signed_bytes,
                                 .aad = w.data + 1000,
                                 .aad_bytes = CRYPTO_SHA256_BYTES};
    IS(vwr_crypto_run(&driver, &session, &m), 0);
    m.src_bytes = crypto_decode(crypto_ecdsa_signature, w.data + 2000);
    IS(vwr_crypto_run(&driver, &session, &m), 0);
    w.data[2000 + 20]++;
    IS(vwr_crypto_run(&driver, &session, &m), VWR_EIO);
    CHECK_NUMBER(vwr_crypto_status(&driver), VWR_CRYPTO_KEY_REJECTED);
    OK(vwr_crypto_destroy(&driver, &session));
    s = setup_ecdsa(VWR_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE,
                    VWR_CRYPTO_CURVE_NIST_P384); /* not that of the key */
    IS(vwr_crypto_create(&driver, &session, &s), VWR_EIO);
    s = setup_ecdsa(VWR_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC, VWR_CRYPTO_CURVE_NIST_P384);
    IS(vwr_crypto_create(&driver, &session, &s), VWR_EIO);
    s = setup_ecdsa(VWR_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC, VWR_CRYPTO_CURVE_UNKNOWN);
    IS(vwr_crypto_create(&driver, &session, &s), VWR_EUNSUPP);
}

/* Without padding there are no signatures: RSA encrypts, and leads back to where it began. */
static void enciphers_raw(void)
{
    struct vwr_crypto_setup s = {.service = VWR_CRYPTO_SERVICE_AKCIPHER,
                                 .algo = VWR_CRYPTO_AKCIPHER_RSA,
                                 .key = w.data,
                                 .key_bytes = crypto_decode(crypto_rsa_private, w.data),
                                 .key_type = VWR_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE,
                                 .padding = VWR_CRYPTO_RSA_RAW_PADDING};
    struct vwr_crypto_session session;
    struct vwr_crypto_data m = {.opcode = VWR_CRYPTO_AKCIPHER_ENCRYPT,
                                .src = w.data + 1000,
                                .src_bytes = CRYPTO_RSA_BYTES,
                                .dst = w.data + 2000,
                                .dst_bytes = CRYPTO_RSA_BYTES};

    memset(w.data + 1000, 0x5a, CRYPTO_RSA_BYTES);
    OK(vwr_crypto_create(&driver, &session, &s));
    IS(vwr_crypto_run(&driver, &session, &m), CRYPTO_RSA_BYTES);
    CHECK(memcmp(w.data + 1000, w.data + 2000, CRYPTO_RSA_BYTES) != 0);
    m.opcode = VWR_CRYPTO_AKCIPHER_DECRYPT;
    m.src = w.data + 2000;
    m.dst = w.data + 3000;
    IS(vwr_crypto_run(&driver, &session, &m), CRYPTO_RSA_BYTES);
    CHECK(memcmp(w.data + 1000, w.data + 3000, CRYPTO_RSA_BYTES) == 0);
    m.opcode = VWR_CRYPTO_AKCIPHER_SIGN;
    IS(vwr_crypto_run(&driver, &session, &m), VWR_EIO);
    OK(vwr_crypto_destroy(&driver, &session));
}

/* A key of another length is refused; with another byte it may also do what such a key does. */
static void lying_key(struct vwr_crypto_setup s, uint32_t bytes, uint32_t at, uint8_t with)
{
    struct vwr_crypto_data m = {.src = w.data + 1000,
                                .src_bytes = CRYPTO_SHA256_BYTES,
                                .dst = w.data + 2000,
                                .dst_bytes = 2 * CRYPTO_RSA_BYTES};
    const bool whole = bytes == s.key_bytes;
    struct vwr_crypto_session session;

    s.key_bytes = bytes;
    w.data[at] ^= with;
    if (vwr_crypto_create(&driver, &session, &s) == VWR_OK) {
        m.opcode = s.key_type == VWR_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC ? VWR_CRYPTO_AKCIPHER_ENCRYPT
                                                                     : VWR_CRYPTO_AKCIPHER_SIGN;
        CHECK(whole);
        CHECK(vwr_crypto_run(&driver, &session, &m) <= (int)m.dst_bytes);
        OK(vwr_crypto_destroy(&driver, &session));
    } else {
        CHECK_NUMBER(vwr_crypto_status(&driver), VWR_CRYPTO_ERR);
    }
    w.data[at] ^= with;
}

static void lying_keys(void)
{
    const uint32_t curve = VWR_CRYPTO_CURVE_NIST_P256;
    struct vwr_crypto_setup s[] = {{.service = VWR_CRYPTO_SERVICE_AKCIPHER,
                                    .algo = VWR_CRYPTO_AKCIPHER_RSA,
                                    .key = w.data,
                                    .padding = VWR_CRYPTO_RSA_PKCS1_PADDING},
                                   setup_ecdsa(VWR_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC, curve),
                                   setup_ecdsa(VWR_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE, curve)};
    const char *const key[] = {crypto_rsa_public, crypto_ecdsa_public, crypto_ecdsa_private};

    s[0].key_type = VWR_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC;
    for (unsigned i = 0; i < 3; i++) {
        s[i].key_bytes = crypto_decode(key[i], w.data);
        for (uint32_t at = 0; at < s[i].key_bytes; at += 1 + random_below(&state, 5)) {
            lying_key(s[i], at, 0, 0);
            lying_key(s[i], s[i].key_bytes, at, (uint8_t)(1 + random_below(&state, 255)));
        }
        lying_key(s[i], s[i].key_bytes + 1, 0, 0);
    }
}

/* A public key of RSA whose modulus has so many bits; 3 is its exponent. */
static int create_modulus(unsigned bits)
{
    const unsigned bytes = bits / 8 + 1; /* the first bit is 0 */
    const uint8_t head[] = {0x30, 0x82, (uint8_t)((bytes + 7) >> 8), (uint8_t)(bytes + 7),
                            0x02, 0x82, (uint8_t)(bytes >> 8),       (uint8_t)bytes};
    static const uint8_t tail[] = {0x02, 0x01, 0x03};
    const struct vwr_crypto_setup s = {.service = VWR_CRYPTO_SERVICE_AKCIPHER,
                                       .algo = VWR_CRYPTO_AKCIPHER_RSA,
                                       .key = w.data,
                                       .key_bytes = (uint32_t)(sizeof(head) + bytes + sizeof(tail)),
                                       .key_type = VWR_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC,
                                       .padding = VWR_CRYPTO_RSA_PKCS1_PADDING};
    uint8_t *const modulus = w.data + sizeof(head);
    struct vwr_crypto_session session;
    int r;

    memcpy(w.data, head, sizeof(head));
    memset(modulus, 0, bytes);
    modulus[bits % 8 == 0] |= (uint8_t)(1u << (bits + 7) % 8);
    modulus[bytes - 1] |= 1;
    memcpy(modulus + bytes, tail, sizeof(tail));
    r = vwr_crypto_create(&driver, &session, &s);
    return r == VWR_OK ? vwr_crypto_destroy(&driver, &session) : r;
}

static void lengths_of_keys(void)
{
    OK(create_modulus(512));
    IS(create_modulus(511), VWR_EIO);
    OK(create_modulus(4096));
    IS(create_modulus(4097), VWR_EIO);
}

#define NUMBERS 8u /* of a private key besides its version: n, e, d, p, q, d of p, d of q, 1/q */

static uint8_t *put_number(uint8_t *at, unsigned bytes)
{
    *at++ = 0x02;
    *at++ = 0x82;
    *at++ = (uint8_t)(bytes >> 8);
    *at++ = (uint8_t)bytes;
    memset(at, 0x7f, bytes);
    return at + bytes;
}

/* A private key of RSA whose numbers have so many bytes. Nobody looks at what they are. */
static int create_numbers(const unsigned *bytes)
{
    static const uint8_t version[] = {0x02, 0x01, 0x00};
    struct vwr_crypto_setup s = {.service = VWR_CRYPTO_SERVICE_AKCIPHER,
                                 .algo = VWR_CRYPTO_AKCIPHER_RSA,
                                 .key = w.data,
                                 .key_type = VWR_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE,
                                 .padding = VWR_CRYPTO_RSA_PKCS1_PADDING};
    struct vwr_crypto_session session;
    uint8_t *at = w.data + 4;
    int r;

    memcpy(at, version, sizeof(version));
    at += sizeof(version);
    for (unsigned i = 0; i < NUMBERS; i++)
        at = put_number(at, bytes[i]);
    s.key_bytes = (uint32_t)(at - w.data);
    w.data[0] = 0x30;
    w.data[1] = 0x82;
    w.data[2] = (uint8_t)((s.key_bytes - 4) >> 8);
    w.data[3] = (uint8_t)(s.key_bytes - 4);
    r = vwr_crypto_create(&driver, &session, &s);
    return r == VWR_OK ? vwr_crypto_destroy(&driver, &session) : r;
}

/* Numbers that are longer than they need to be would take the VMM seconds, or minutes. */
static void long_numbers(void)
{
    unsigned bytes[NUMBERS] = {256, 8, 256, 128, 128, 128, 128, 128};

    OK(create_numbers(bytes));
    for (unsigned i = 1; i < NUMBERS; i++) {
        bytes[i]++;
        IS(create_numbers(bytes), VWR_EIO);
        bytes[i]--;
    }
}

static void known_answers(unsigned kind)
{
    init_device(kind, false, &vwr_posix_crypto_ops, &vwr_posix_crypto_info);
    open_driver(kind % 2 != 0);
    for (unsigned i = 0; i < CRYPTO_VECTORS; i++) {
        const uint32_t service = crypto_vectors[i].service;

        answers(&crypto_vectors[i], VWR_CRYPTO_OP_ENCRYPT);
        if (service == VWR_CRYPTO_SERVICE_CIPHER || service == VWR_CRYPTO_SERVICE_AEAD)
            answers(&crypto_vectors[i], VWR_CRYPTO_OP_DECRYPT);
        if (service == VWR_CRYPTO_SERVICE_CIPHER)
            short_iv(&crypto_vectors[i]);
        if (service == VWR_CRYPTO_SERVICE_AEAD)
            one_byte_of_aad(&crypto_vectors[i]);
    }
    answers_chain(VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER);
    answers_chain(VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH);
    signs();
    signs_ecdsa();
    enciphers_raw();
    lying_keys();
    lengths_of_keys();
    long_numbers();
    OK(vwr_close(&driver.bringup));
}
#endif

void case_crypto(unsigned kind, unsigned scale)
{
    state = kind + 1;
    for (unsigned pass = 0; pass < 2; pass++) {
        init_device(kind, pass % 2 != 0, &ops, &info);
        w.answers_late = pass != 0;
        open_driver((kind + pass) % 2 != 0);
        disk_check_features(&w.end.dev, vwr_vcrypto_dev(&w.device), kind);
        for (unsigned i = 0; i < STEPS * scale / 10 + 2; i++) {
            one(random_below(&state, VWR_CRYPTO_SERVICE_AKCIPHER + 1));
            in_flight();
        }
        chained();
        asymmetric();
        refused();
        suspend_check(&w.end.dev, vwr_vcrypto_dev(&w.device));
        fail_and_recover();
        one(VWR_CRYPTO_SERVICE_CIPHER);
        OK(vwr_close(&driver.bringup));
        CHECK_NUMBER(living(), 0);
        CHECK((w.lates != 0) == w.answers_late);
    }
#if TEST_HAS_LIBCRYPTO
    known_answers(kind);
#endif
    printf("%s crypto\n", disk_kind_name(kind));
}
