/* SPDX-License-Identifier: MIT */
#include "late.h"

#include "vwr/vcrypto.h"
#include "vwr/vm.h"
#include "vwr/gen/split_ring.h"

#include <stdlib.h>
#include <string.h>

/* A crypto device, and guests whose lengths, ids and operations do not fit. */

#define OUT GUEST_DATA
#define IN (GUEST_DATA + 0x800u)
#define CONTROL (VWR_VCRYPTO_QUEUES - 1u)
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define SESSIONS 2u
#define MOST 64u
#define KEY 8u
#define POISON 0xa5u

struct vmm {
    struct vwr_vcrypto v;
    struct vwr_vcrypto_session session[SESSIONS];
    uint8_t buffer[2 * MOST];
    struct vwr_vmessage message[2];
    struct vwr_vseg seg[VWR_VCRYPTO_SEGS(2, 64)];
    unsigned created, destroyed, runs;
    int result;
    uint32_t shorter; /* result of an asymmetric cipher, if not 0 */
    struct vwr_crypto_data last;
    bool later;
    uint64_t id; /* of the session for requests that are answered late */
    uint64_t ticket[LATE_KEPT];
    struct vwr_crypto_data kept[LATE_KEPT];
    unsigned keeps;
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

static int create(void *context, struct vwr_vcrypto_session *session, const struct vwr_crypto_setup *setup)
{
    struct vmm *const m = context;

    (void)session;
    assert_true(setup->key_bytes + setup->auth_key_bytes <= MOST);
    if (m->result == VWR_OK)
        m->created++;
    return m->result;
}

static void destroy(void *context, struct vwr_vcrypto_session *session)
{
    struct vmm *const m = context;

    assert_int_not_equal(session->id, 0);
    assert_ptr_equal(session->device, &m->v);
    m->destroyed++;
}

static int run(void *context, struct vwr_vcrypto_session *session, struct vwr_crypto_data *data)
{
    struct vmm *const m = context;

    m->runs++;
    m->last = *data;
    if (m->later) {
        m->kept[m->keeps] = *data;
        m->ticket[m->keeps++] = vwr_vcrypto_ticket(session->device);
        return VWR_LATER;
    }
    for (uint32_t i = 0; i < data->dst_bytes; i++)
        ((uint8_t *)data->dst)[i] = i < data->src_bytes ? (uint8_t)(((const uint8_t *)data->src)[i] + 1) : 0;
    if (m->shorter != 0)
        data->dst_bytes = m->shorter;
    return m->result;
}

static uint32_t services = 0x1f; /* of the next device */

static void plug(struct guest *g)
{
    static const struct vwr_vcrypto_ops ops = {create, destroy, run};
    const struct vwr_crypto_config_info info = {.crypto_services = services,
                                                .cipher_algo_l = 1u << VWR_CRYPTO_CIPHER_AES_CBC,
                                                .hash_algo = 1u << VWR_CRYPTO_HASH_SHA1,
                                                .mac_algo_l = 1u << VWR_CRYPTO_MAC_HMAC_SHA1,
                                                .aead_algo = 1u << VWR_CRYPTO_AEAD_GCM,
                                                .akcipher_algo = 1u << VWR_CRYPTO_AKCIPHER_RSA,
                                                .max_cipher_key_len = KEY,
                                                .max_auth_key_len = KEY};
    struct vmm *const m = g->device = calloc(1, sizeof(*m));
    const struct vwr_vcrypto_options o = {.ops = &ops,
                                          .context = m,
                                          .info = &info,
                                          .session = m->session,
                                          .session_count = SESSIONS,
                                          .buffer = m->buffer,
                                          .buffer_bytes = VWR_VCRYPTO_BUFFER_BYTES(MOST),
                                          .message = m->message,
                                          .message_count = 2,
                                          .seg = m->seg,
                                          .seg_count = VWR_COUNT(m->seg)};
    struct vwr_vdev_setup s;

    assert_non_null(m);
    guest_setup(g, &s);
    s.queue_count = VWR_VCRYPTO_QUEUES;
    assert_int_equal(vwr_vcrypto_init_with(&m->v, &s, &o), VWR_OK);
    guest_plug(g, 0, vwr_vcrypto_dev(&m->v));
    g->queues = VWR_VCRYPTO_QUEUES;
    vwr_features_add(&g->features, VWR_CRYPTO_F_REVISION_1);
    assert_true(guest_start(g));
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

/* ---- messages ---- */

/* A message of words, and `bytes` of POISON; `room`: space for the answer. */
static void send(struct guest *g, unsigned queue, const uint32_t *word, unsigned words, uint32_t bytes,
                 uint32_t room)
{
    const uint32_t fixed = words * (uint32_t)sizeof(*word);
    const struct guest_desc segment[2] = {{OUT, fixed + bytes, 0, 0}, {IN, room, WRITE, 0}};

    for (unsigned i = 0; i < words; i++)
        *(vwr_le32 *)guest_at(g, OUT + 4 * i, 4) = vwr_guest32(g->legacy, word[i]);
    memset(guest_at(g, OUT + fixed, 0x200), POISON, 0x200);
    memset(guest_at(g, IN, 0x200), POISON, 0x200);
    hostile_send(g, queue, segment, room != 0 ? 2 : 1);
}

/* Returns the used length. */
static int64_t say(struct guest *g, unsigned queue, const uint32_t *word, unsigned words, uint32_t bytes,
                   uint32_t room)
{
    send(g, queue, word, words, bytes, room);
    return hostile_take(g, queue);
}

static unsigned in(struct guest *g, unsigned at)
{
    return *(const uint8_t *)guest_at(g, IN + at, 1);
}

static uint64_t id_of(struct guest *g)
{
    return vwr_guest64(g->legacy, *(const vwr_le64 *)guest_at(g, IN, 8));
}

/* The first or second word of a 64-bit number. */
static uint32_t half(const struct guest *g, uint64_t number, unsigned second)
{
    return (uint32_t)(second == vwr_guest_is_big(g->legacy) ? number : number >> 32);
}

/* Status of the answer to a session message. */
static uint32_t opened(struct guest *g)
{
    return vwr_guest32(g->legacy, *(const vwr_le32 *)guest_at(g, IN + 8, 4));
}

/* Creates a session for a cipher; returns the status. */
static uint32_t open_cipher(struct guest *g, uint32_t key_len, uint32_t key_bytes)
{
    const uint32_t word[18] = {
        VWR_CRYPTO_CIPHER_CREATE_SESSION, 0, 0, 0, VWR_CRYPTO_CIPHER_AES_CBC, key_len, VWR_CRYPTO_OP_ENCRYPT,
        [16] = VWR_CRYPTO_SYM_OP_CIPHER};

    assert_int_equal(say(g, CONTROL, word, 18, key_bytes, 16), 16);
    return opened(g);
}

struct cipher {
    uint64_t id;
    uint32_t opcode, iv_len, src_len, dst_len, op_type;
    uint32_t bytes, room;
};

static void send_cipher(struct guest *g, const struct cipher *c)
{
    const uint32_t word[18] = {c->opcode, 0,         half(g, c->id, 0), half(g, c->id, 1), 1,
                               0,         c->iv_len, c->src_len,        c->dst_len,        [16] = c->op_type};

    send(g, 0, word, 18, c->bytes, c->room);
}

static int64_t cipher(struct guest *g, const struct cipher *c)
{
    send_cipher(g, c);
    return hostile_take(g, 0);
}

static const struct cipher valid = {0, VWR_CRYPTO_CIPHER_ENCRYPT, 4, 8, 8, VWR_CRYPTO_SYM_OP_CIPHER, 12, 9};

/* The status follows the result, each byte of which is `byte`. */
static void came_back(struct guest *g, const struct cipher *c, unsigned status, unsigned byte)
{
    assert_int_equal(in(g, c->room - 1), status);
    assert_int_equal(in(g, c->room), POISON);
    for (unsigned i = 0; i + 1 < c->room; i++)
        assert_int_equal(in(g, i), status == VWR_CRYPTO_OK && i < c->src_len ? byte : 0);
    hostile_is_whole(g);
}

static void ends(struct guest *g, const struct cipher *c, unsigned status)
{
    assert_int_equal(cipher(g, c), c->room);
    came_back(g, c, status, POISON + 1);
}

/* No key and no data remain in the VMM's memory, however a message ended. */
static void nothing_stays(struct guest *g)
{
    for (unsigned i = 0; i < 2 * MOST; i++)
        assert_int_equal(vmm_of(g)->buffer[i], 0);
}

static void works(struct guest *g)
{
    struct vmm *const m = vmm_of(g);
    struct cipher c = valid;

    nothing_stays(g); /* after each case */
    g->broke = 0;
    m->result = VWR_OK;
    m->shorter = 0;
    m->later = false;
    vwr_features_add(&g->features, VWR_CRYPTO_F_REVISION_1);
    assert_true(guest_start(g));
    assert_int_equal(m->destroyed, m->created); /* the reset ended all sessions */
    assert_int_equal(open_cipher(g, KEY, KEY), VWR_CRYPTO_OK);
    c.id = id_of(g);
    ends(g, &c, VWR_CRYPTO_OK);
}

static const struct hostile_device crypto_device = {plug, works, unplug};

static struct cipher begin(struct guest *g)
{
    struct cipher c = valid;

    assert_int_equal(open_cipher(g, KEY, KEY), VWR_CRYPTO_OK);
    c.id = id_of(g);
    assert_int_not_equal(c.id, 0);
    return c;
}

/* A key that is longer than offered, or than the message. */
static void g28_key(struct guest *g, long long at)
{
    const unsigned created = vmm_of(g)->created;

    assert_int_equal(open_cipher(g, (uint32_t)(KEY + at), (uint32_t)(KEY + at)),
                     at > 0 ? VWR_CRYPTO_ERR : VWR_CRYPTO_OK);
    if (at == 0) { /* the buffer of the VMM has less room than a key may need */
        vmm_of(g)->v.max_bytes = KEY;
        assert_int_equal(open_cipher(g, KEY, KEY), VWR_CRYPTO_OK);
        vmm_of(g)->v.max_bytes = KEY - 1u;
        assert_int_equal(open_cipher(g, KEY, KEY), VWR_CRYPTO_ERR);
        vmm_of(g)->v.max_bytes = MOST;
    }
    assert_int_equal(open_cipher(g, KEY, KEY - 1), VWR_CRYPTO_ERR);
    assert_int_equal(open_cipher(g, UINT32_MAX, KEY), VWR_CRYPTO_ERR);
    assert_int_equal(vmm_of(g)->created, created + (at <= 0) + (at == 0));
    hostile_is_whole(g);
}

/* The table of sessions is full. */
static void g52_sessions(struct guest *g, long long padded)
{
    const uint32_t refused = padded != 0 ? VWR_CRYPTO_ERR : VWR_CRYPTO_NOSPC;

    if (padded != 0)
        vwr_features_remove(&g->features, VWR_CRYPTO_F_REVISION_1);
    assert_true(guest_start(g));
    for (unsigned i = 0; i < 1000; i++)
        assert_int_equal(open_cipher(g, KEY, KEY), i < SESSIONS ? VWR_CRYPTO_OK : refused);
    assert_int_equal(vmm_of(g)->created - vmm_of(g)->destroyed, SESSIONS);
}

/* Ids of sessions that never existed, or no longer exist. */
static void g26_id(struct guest *g, long long at)
{
    struct cipher c = begin(g);
    const uint32_t end[] = {VWR_CRYPTO_CIPHER_DESTROY_SESSION, 0, 0, 0, half(g, c.id, 0), half(g, c.id, 1)};
    const uint32_t other[] = {VWR_CRYPTO_HASH_DESTROY_SESSION, 0, 0, 0, end[4], end[5]};
    const uint64_t right = c.id;

    c.id += (uint64_t)at;
    ends(g, &c, VWR_CRYPTO_INVSESS);
    assert_int_equal(say(g, CONTROL, other, 6, 0, 1), 1); /* of another service */
    assert_int_equal(in(g, 0), VWR_CRYPTO_ERR);
    assert_int_equal(say(g, CONTROL, end, 6, 0, 1), 1);
    assert_int_equal(in(g, 0), VWR_CRYPTO_OK);
    assert_int_equal(say(g, CONTROL, end, 6, 0, 1), 1);
    assert_int_equal(in(g, 0), VWR_CRYPTO_ERR);
    c.id = right;
    ends(g, &c, VWR_CRYPTO_INVSESS);
    assert_int_equal(open_cipher(g, KEY, KEY), VWR_CRYPTO_OK); /* the same row, another id */
    ends(g, &c, VWR_CRYPTO_INVSESS);
    assert_int_equal(vmm_of(g)->runs, 0);
}

/* Lengths that the message does not have, that wrap, or beyond max_size. */
static void g30_lengths(struct guest *g, long long which)
{
    struct cipher c = begin(g);

    if (which == 0)
        c.src_len = c.dst_len = 9; /* one byte too few is there */
    else if (which == 1)
        c.dst_len = 9;
    else if (which == 2)
        c.src_len = UINT32_MAX - 3u; /* with the IV 0 */
    else if (which == 3)
        c.iv_len = UINT32_MAX;
    else if (which == 4)
        c.dst_len = 7; /* less than the source */
    else if (which == 5)
        c.src_len = c.dst_len = MOST - 3u; /* with the IV one byte too many */
    if (which == 5) {
        c.bytes = MOST + 1u;
        c.room = MOST - 2u;
    }
    ends(g, &c, VWR_CRYPTO_ERR);
    assert_int_equal(vmm_of(g)->runs, 0);
}

/* As much as max_size allows, and one byte more; c.bytes includes the IV. */
static void g30_most(struct guest *g, long long more)
{
    struct cipher c = begin(g);

    c.bytes = MOST + (uint32_t)more;
    c.src_len = c.dst_len = c.bytes - c.iv_len;
    c.room = c.dst_len + 1u;
    ends(g, &c, more == 0 ? VWR_CRYPTO_OK : VWR_CRYPTO_ERR);
    assert_int_equal(vmm_of(g)->runs, more == 0);
}

/* A session that `word` asks for: its id is the 32-bit fields 2 and 3 of a request, and the answer is one
 * byte more.
 */
static int64_t say_in_session(struct guest *g, const uint32_t *word, unsigned words, uint32_t *request,
                              unsigned n, uint32_t bytes, uint32_t room)
{
    assert_int_equal(say(g, CONTROL, word, words, 0, 16), 16);
    assert_int_equal(opened(g), VWR_CRYPTO_OK);
    request[2] = half(g, id_of(g), 0);
    request[3] = half(g, id_of(g), 1);
    return say(g, 0, request, n, bytes, room);
}

/* A message that ends within its fixed-length part, and missing data, with space for a result. */
static void g30_cut(struct guest *g, long long words)
{
    const uint32_t word[] = {VWR_CRYPTO_HASH_CREATE_SESSION, 0, 0, 0, VWR_CRYPTO_HASH_SHA1, 20};
    uint32_t hash[] = {VWR_CRYPTO_HASH, 0, 0, 0, 1, 0, 8, 20};

    assert_int_equal(say_in_session(g, word, 6, hash, (unsigned)words, words == 8 ? 7 : 0, 21), 21);
    assert_int_equal(in(g, 20), VWR_CRYPTO_ERR);
    assert_int_equal(vmm_of(g)->runs, 0);
    hostile_is_whole(g);
}

/* A result that is longer than the device's buffer, although the guest has space for it. */
static void g30_result(struct guest *g, long long at)
{
    const uint32_t word[] = {VWR_CRYPTO_HASH_CREATE_SESSION, 0, 0, 0, VWR_CRYPTO_HASH_SHA1, 20};
    const uint32_t bytes = (uint32_t)(MOST + at);
    uint32_t hash[] = {VWR_CRYPTO_HASH, 0, 0, 0, 1, 0, 8, bytes};

    assert_int_equal(say_in_session(g, word, 6, hash, 8, 8, bytes + 1), bytes + 1);
    assert_int_equal(in(g, bytes), at > 0 ? VWR_CRYPTO_ERR : VWR_CRYPTO_OK);
    assert_int_equal(vmm_of(g)->runs, at <= 0);
    hostile_is_whole(g);
}

/* An IV that is longer than the space that each AEAD request has for it. */
static void g30_iv(struct guest *g, long long at)
{
    const uint32_t word[10] = {VWR_CRYPTO_AEAD_CREATE_SESSION, 0, 0, 0, VWR_CRYPTO_AEAD_GCM, 0, 0, 0,
                               VWR_CRYPTO_OP_ENCRYPT};
    uint32_t aead[18] = {VWR_CRYPTO_AEAD_ENCRYPT, 0, 0, 0, 1, 0, (uint32_t)(VWR_CRYPTO_IV + at), 0, 8, 8};

    assert_int_equal(say_in_session(g, word, 10, aead, 18, VWR_CRYPTO_IV + 8, 9), 9);
    assert_int_equal(in(g, 8), at > 0 ? VWR_CRYPTO_ERR : VWR_CRYPTO_OK);
    assert_int_equal(vmm_of(g)->runs, at <= 0);
    hostile_is_whole(g);
}

/* A chain whose parts are beyond its source, each by one byte, or whose result is shorter than that. */
static void g30_chain(struct guest *g, long long which)
{
    static const struct {
        uint32_t dst, cipher_start, cipher, hash_start, hash;
    } rows[] = {{8, 8, 0, 8, 0}, {8, 1, 7, 1, 7}, {8, 9, 0, 0, 8}, {8, 1, 8, 0, 8},
                {8, 0, 8, 9, 0}, {8, 0, 8, 1, 8}, {7, 0, 8, 0, 8}};
    const bool right = which < 2;
    const uint32_t word[18] = {VWR_CRYPTO_CIPHER_CREATE_SESSION,
                               [4] = VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER,
                               VWR_CRYPTO_SYM_HASH_MODE_PLAIN,
                               VWR_CRYPTO_CIPHER_AES_CBC,
                               0,
                               VWR_CRYPTO_OP_ENCRYPT,
                               [10] = VWR_CRYPTO_HASH_SHA1,
                               4,
                               [16] = VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING};
    uint32_t chain[18] = {VWR_CRYPTO_CIPHER_ENCRYPT,
                          [4] = 1,
                          [7] = 8,
                          rows[which].dst,
                          rows[which].cipher_start,
                          rows[which].cipher,
                          rows[which].hash_start,
                          rows[which].hash,
                          0,
                          4,
                          [16] = VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING};

    assert_int_equal(say_in_session(g, word, 18, chain, 18, 8, 13), 13);
    assert_int_equal(in(g, 12), right ? VWR_CRYPTO_OK : VWR_CRYPTO_ERR);
    assert_int_equal(vmm_of(g)->runs, right);
    hostile_is_whole(g);
}

/* A service that the device does not offer, between those that it offers. */
static void g30_service(struct guest *g, long long at)
{
    const uint32_t word[] = {VWR_CRYPTO_HASH_CREATE_SESSION, 0, 0, 0, VWR_CRYPTO_HASH_SHA1, 20};
    const uint32_t hash[] = {VWR_CRYPTO_HASH, 0, 0, 0, 1, 0, 8, 20};

    (void)at;
    unplug(g);
    services = 0x1f & ~(1u << VWR_CRYPTO_SERVICE_HASH);
    plug(g);
    services = 0x1f;
    assert_int_equal(say(g, CONTROL, word, 6, 0, 16), 16);
    assert_int_equal(opened(g), VWR_CRYPTO_NOTSUPP);
    assert_int_equal(say(g, 0, hash, 8, 8, 21), 21);
    assert_int_equal(in(g, 20), VWR_CRYPTO_NOTSUPP);
    assert_int_equal(vmm_of(g)->created, 0);
}

/* An operation that does not match the session's, or no operation. */
static void g30_operation(struct guest *g, long long which)
{
    struct cipher c = begin(g);

    if (which == 0)
        c.opcode = VWR_CRYPTO_CIPHER_DECRYPT;
    else
        c.op_type = which == 1 ? VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING : 77;
    ends(g, &c, VWR_CRYPTO_ERR);
    c = valid;
    c.opcode = VWR_CRYPTO_IPSEC_OUTBOUND + (uint32_t)which * 0x100u; /* unknown */
    ends(g, &c, VWR_CRYPTO_NOTSUPP);
    assert_int_equal(vmm_of(g)->runs, 0);
}

/* No space for the status, or for the answer to a session message. */
static void g27_short(struct guest *g, long long room)
{
    const uint32_t word[18] = {VWR_CRYPTO_HASH_CREATE_SESSION, 0, 0, 0, VWR_CRYPTO_HASH_SHA1, 20};
    struct cipher c = begin(g);

    c.room = 0;
    assert_int_equal(cipher(g, &c), 0);
    assert_int_equal(say(g, CONTROL, word, 6, 0, (uint32_t)room), 0);
    assert_int_equal(in(g, 0), POISON);
    assert_int_equal(vmm_of(g)->runs, 0);
    hostile_is_whole(g);
}

/* Without REVISION_1 the fixed-length part is padded: a message that is not is too short. */
static void g12_padding(struct guest *g, long long bytes)
{
    const uint32_t word[18] = {VWR_CRYPTO_HASH_CREATE_SESSION, 0, 0, 0, VWR_CRYPTO_HASH_SHA1, 20};

    vwr_features_remove(&g->features, VWR_CRYPTO_F_REVISION_1);
    assert_true(guest_start(g));
    assert_int_equal(say(g, CONTROL, word, 6, (uint32_t)bytes, 16), 16);
    assert_int_equal(opened(g), bytes == 48 ? VWR_CRYPTO_OK : VWR_CRYPTO_ERR);
    hostile_is_whole(g);
}

/* After the result of a hash, which has its own length, there are zeroes up to the status. */
static void hash_in_more_room(struct guest *g, uint32_t more)
{
    const uint32_t word[] = {VWR_CRYPTO_HASH_CREATE_SESSION, 0, 0, 0, VWR_CRYPTO_HASH_SHA1, 20};
    uint32_t hash[] = {VWR_CRYPTO_HASH, 0, 0, 0, 1, 0, 8, 20};

    assert_int_equal(say(g, CONTROL, word, 6, 0, 16), 16);
    assert_int_equal(opened(g), VWR_CRYPTO_OK);
    hash[2] = half(g, id_of(g), 0);
    hash[3] = half(g, id_of(g), 1);
    assert_int_equal(say(g, 0, hash, 8, 8, 20 + more + 1), 20 + more + 1);
    assert_int_equal(in(g, 0), POISON + 1);
    for (unsigned i = 0; i < more; i++)
        assert_int_equal(in(g, 20 + i), 0);
    assert_int_equal(in(g, 20 + more), VWR_CRYPTO_OK);
    assert_int_equal(in(g, 21 + more), POISON);
}

/* The VMM's answers, and results whose length differs from the guest's space. */
static void g30_results(struct guest *g, long long at)
{
    static const int results[] = {VWR_EINVAL, VWR_CRYPTO_ERR, VWR_CRYPTO_BADMSG, VWR_CRYPTO_KEY_REJECTED};
    const uint32_t word[17] = {VWR_CRYPTO_AKCIPHER_CREATE_SESSION, 0, 0, 0, VWR_CRYPTO_AKCIPHER_RSA, 1, KEY};
    struct vmm *const m = vmm_of(g);
    uint32_t sign[8] = {VWR_CRYPTO_AKCIPHER_SIGN, 0, 0, 0, 1, 0, 8, 8};

    hash_in_more_room(g, 10);
    assert_int_equal(say(g, CONTROL, word, 17, KEY + 4, 16), 16);
    assert_int_equal(opened(g), VWR_CRYPTO_OK);
    sign[2] = half(g, id_of(g), 0);
    sign[3] = half(g, id_of(g), 1);
    sign[7] = 9; /* more than there is room for */
    assert_int_equal(say(g, 0, sign, 8, 8, 9), 1);
    assert_int_equal(in(g, 8), VWR_CRYPTO_ERR);
    sign[7] = 8;
    m->shorter = (uint32_t)(8 + at);
    assert_int_equal(say(g, 0, sign, 8, 8, 9), at <= 0 ? 9 + at : 9);
    assert_int_equal(in(g, 8), VWR_CRYPTO_OK);
    assert_int_equal(in(g, 9), POISON);
    for (unsigned i = 0; i < 4; i++) {
        m->result = results[i];
        assert_int_equal(say(g, 0, sign, 8, 8, 9), 1);
        assert_int_equal(in(g, 8), results[i] < 0 ? VWR_CRYPTO_ERR : results[i]);
        for (unsigned n = 0; n < 8; n++)
            assert_int_equal(in(g, n), 0); /* nothing of the result */
    }
    hostile_is_whole(g);
}

/* As Linux 6.1 adds a scattered request: the second segment of each list is there once more. */
static void g07_again(struct guest *g, long long at)
{
    const struct cipher c = begin(g);
    const struct guest_desc segment[] = {{OUT, 76, 0, 0},       {OUT + 76, 8, 0, 0},   {OUT + 80, 4, 0, 0},
                                         {IN, 4, WRITE, 0},     {IN + 4, 4, WRITE, 0}, {IN + 4, 4, WRITE, 0},
                                         {IN + 64, 1, WRITE, 0}};

    (void)at;
    (void)cipher(g, &c); /* fills the memory */
    memset(guest_at(g, IN, 0x200), POISON, 0x200);
    hostile_send(g, 0, segment, 7);
    assert_int_equal(hostile_take(g, 0), 8); /* of the result: what follows is not written */
    for (unsigned i = 0; i < 8; i++)
        assert_int_equal(in(g, i), POISON + 1);
    assert_int_equal(in(g, 8), POISON);
    assert_int_equal(in(g, 64), VWR_CRYPTO_OK);
    hostile_is_whole(g);
}

/* A session and a request: those that succeed, and each way in which they can fail after the copy. */
static void g34_copies(struct guest *g, long long way)
{
    struct cipher c = begin(g);

    nothing_stays(g);
    if (way == 0) {
        ends(g, &c, VWR_CRYPTO_OK);
        assert_int_equal(vmm_of(g)->last.src_bytes, 8);
    } else if (way == 1) { /* the table is full */
        for (unsigned i = 1; i < SESSIONS; i++)
            assert_int_equal(open_cipher(g, KEY, KEY), VWR_CRYPTO_OK);
        assert_int_equal(open_cipher(g, KEY, KEY), VWR_CRYPTO_NOSPC);
    } else if (way == 2) { /* a byte of the key is missing */
        assert_int_equal(open_cipher(g, KEY, KEY - 1), VWR_CRYPTO_ERR);
    } else if (way == 3) { /* and one of the data */
        c.bytes--;
        ends(g, &c, VWR_CRYPTO_ERR);
    } else { /* the VMM refuses */
        vmm_of(g)->result = VWR_CRYPTO_ERR;
        assert_int_equal(open_cipher(g, KEY, KEY), VWR_CRYPTO_ERR);
        ends(g, &c, VWR_CRYPTO_ERR);
    }
    nothing_stays(g);
}

/* A key of an asymmetric cipher may take the VMM as long as an operation: each uses up a budget. */
static void g50_keys(struct guest *g, long long at)
{
    const uint32_t word[17] = {VWR_CRYPTO_AKCIPHER_CREATE_SESSION, 0, 0, 0, VWR_CRYPTO_AKCIPHER_RSA, 1, KEY};
    const struct guest_desc segment[2] = {{OUT, sizeof(word) + KEY + 4, 0, 0}, {IN, 16, WRITE, 0}};
    struct vmm *const m = vmm_of(g);

    m->result = (int)at;
    for (unsigned i = 0; i < sizeof(word) / sizeof(word[0]); i++)
        *(vwr_le32 *)guest_at(g, OUT + 4 * i, 4) = vwr_guest32(g->legacy, word[i]);
    for (unsigned i = 0; i < 3; i++)
        hostile_lend(g, CONTROL, segment, 2);
    guest_kick(g, CONTROL);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(hostile_take(g, CONTROL), 16);
        hostile_unused(g, CONTROL);
        vwr_vdev_serve(vwr_vcrypto_dev(&m->v), CONTROL);
    }
}

/* ---- late answers ---- */

/* A session, and requests with it that the VMM answers later. */
static struct cipher begin_late(struct guest *g)
{
    const struct cipher c = begin(g);

    vmm_of(g)->id = c.id;
    vmm_of(g)->later = true;
    return c;
}

static void answer(struct guest *g, unsigned number, int result)
{
    struct vmm *const m = vmm_of(g);
    uint8_t bytes[MOST];

    memset(bytes, 'x', sizeof(bytes));
    m->kept[number].dst = bytes;
    vwr_vcrypto_done(&m->v, m->ticket[number], result, result == VWR_OK ? &m->kept[number] : NULL);
}

static void late_start(struct guest *g)
{
    assert_true(guest_start(g));
    (void)begin_late(g);
}

static void late_ask(struct guest *g)
{
    struct cipher c = valid;

    c.id = vmm_of(g)->id;
    send_cipher(g, &c);
}

static void late_answer(struct guest *g, unsigned number)
{
    answer(g, number, VWR_OK);
}

static void late_comes_back(struct guest *g)
{
    assert_int_equal(hostile_take(g, 0), valid.room);
    came_back(g, &valid, VWR_CRYPTO_OK, 'x');
}

static void g46_late(struct guest *g, long long when)
{
    static const struct late late = {late_start, late_ask, late_answer, late_comes_back, 0, NULL};

    late_run(g, &late, (enum late_when)when);
}

/* The VMM refuses later: nothing of a result is written. */
static void g30_refused_later(struct guest *g, long long result)
{
    const struct cipher c = begin_late(g);

    send_cipher(g, &c);
    hostile_unused(g, 0);
    answer(g, 0, (int)result);
    assert_int_equal(hostile_take(g, 0), c.room);
    came_back(g, &c, result < 0 ? VWR_CRYPTO_ERR : (unsigned)result, 0);
    assert_int_equal(vmm_of(g)->v.stats.refused, 1);
}

/* The session ends while the VMM has its request, which ends all the same. */
static void g26_ends_in_flight(struct guest *g, long long at)
{
    const struct cipher c = begin_late(g);
    const uint32_t end[] = {VWR_CRYPTO_CIPHER_DESTROY_SESSION, 0, 0, 0, half(g, c.id, 0), half(g, c.id, 1)};

    (void)at;
    send_cipher(g, &c);
    hostile_unused(g, 0);
    assert_int_equal(say(g, CONTROL, end, 6, 0, 1), 1);
    assert_int_equal(in(g, 0), VWR_CRYPTO_OK);
    assert_int_equal(vmm_of(g)->destroyed, 1);
    answer(g, 0, VWR_OK);
    assert_int_equal(hostile_take(g, 0), c.room);
}

/*
 * The VMM holds as many requests as the device has messages: the others wait, including those of the other
 * queue.
 */
static void g50_waits(struct guest *g, long long at)
{
    const struct cipher c = begin_late(g);
    const uint32_t word[] = {VWR_CRYPTO_HASH_CREATE_SESSION, 0, 0, 0, VWR_CRYPTO_HASH_SHA1, 20};
    const struct guest_desc hash[] = {{OUT + 0x400, sizeof(word), 0, 0}, {IN + 0x400, 16, WRITE, 0}};

    (void)at;
    for (unsigned i = 0; i < 3; i++)
        send_cipher(g, &c);
    for (unsigned i = 0; i < sizeof(word) / sizeof(word[0]); i++)
        *(vwr_le32 *)guest_at(g, hash[0].addr + 4 * i, 4) = vwr_guest32(g->legacy, word[i]);
    hostile_send(g, CONTROL, hash, 2);
    for (unsigned i = 0; i < 1000; i++)
        guest_kick(g, i % 2);
    assert_int_equal(vmm_of(g)->runs, 2);
    hostile_unused(g, 0);
    hostile_unused(g, CONTROL);
    vmm_of(g)->later = false;
    answer(g, 0, VWR_OK);
    assert_int_equal(hostile_take(g, 0), c.room);
    assert_int_equal(hostile_take(g, 0), c.room); /* the third one */
    assert_int_equal(hostile_take(g, CONTROL), 16);
    answer(g, 1, VWR_OK);
    assert_int_equal(hostile_take(g, 0), c.room);
    assert_int_equal(vmm_of(g)->runs, 3);
}

/*
 * The queue whose requests the VMM has is reset: its messages serve the other queue, which is not notified
 * again; 1: the VMM has no hook for that.
 */
static void g46_reset_makes_room(struct guest *g, long long at)
{
    const uint32_t word[] = {VWR_CRYPTO_HASH_CREATE_SESSION, 0, 0, 0, VWR_CRYPTO_HASH_SHA1, 20};
    const struct guest_desc hash[] = {{OUT + 0x400, sizeof(word), 0, 0}, {IN + 0x400, 16, WRITE, 0}};
    struct cipher c;

    vwr_features_add(&g->features, VWR_F_RING_RESET);
    assert_true(guest_start(g));
    c = begin_late(g);
    for (unsigned i = 0; i < 2; i++)
        send_cipher(g, &c);
    for (unsigned i = 0; i < sizeof(word) / sizeof(word[0]); i++)
        *(vwr_le32 *)guest_at(g, hash[0].addr + 4 * i, 4) = vwr_guest32(g->legacy, word[i]);
    hostile_send(g, CONTROL, hash, 2);
    hostile_unused(g, CONTROL);
    if (at != 0)
        g->ops.again = NULL;
    g->again_of = 0;
    guest_write(g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), 0);
    guest_write(g, VWR_MMIO_QUEUE_RESET, sizeof(uint32_t), 1);
    if (at == 0) {
        assert_int_equal(g->again_of, 1u << CONTROL);
        vwr_vdev_serve(g->dev, CONTROL);
    }
    assert_int_equal(hostile_take(g, CONTROL), 16);
    vwr_features_remove(&g->features, VWR_F_RING_RESET);
}

static const struct hostile_case cases[] = {
    LATE_CASES(g46_late, HOSTILE_ALL),
    {"G30_refused_later",
     "header vwr/vcrypto.h",
     g30_refused_later,
     HOSTILE_ALL,
     2,
     {VWR_CRYPTO_BADMSG, VWR_EIO}},
    {"G26_session_ends_in_flight", "crypto.dev.destroy.2", g26_ends_in_flight, HOSTILE_ALL, 0, {0}},
    {"G46_reset_makes_room", "header vwr/vdev.h", g46_reset_makes_room, HOSTILE_V2, 2, {0, 1}},
    {"G50_waits_for_the_VMM", "header vwr/vcrypto.h", g50_waits, HOSTILE_ALL, 0, {0}},
    {"G28_key", "crypto.dev.cfg.9; crypto.dev.create.7", g28_key, HOSTILE_ALL, HOSTILE_AROUND},
    {"G52_sessions", "crypto.dev.create.6", g52_sessions, HOSTILE_ALL, 2, {0, 1}},
    {"G26_id",
     "crypto.dev.sym.11; crypto.dev.destroy.3",
     g26_id,
     HOSTILE_ALL,
     5,
     {1, 2, 0xfffe, 0x10000, -1}},
    {"G30_lengths", "crypto.dev.sym.12", g30_lengths, HOSTILE_ALL, 6, {0, 1, 2, 3, 4, 5}},
    {"G30_most", "crypto.dev.sym.12", g30_most, HOSTILE_ALL, 2, {0, 1}},
    {"G30_cut", "crypto.dev.sym.12", g30_cut, HOSTILE_ALL, 3, {6, 7, 8}},
    {"G30_result", "crypto.dev.sym.12", g30_result, HOSTILE_ALL, HOSTILE_AROUND},
    {"G30_iv", "header vwr/crypto.h", g30_iv, HOSTILE_ALL, HOSTILE_AROUND},
    {"G30_chain", "crypto.dev.sym.12", g30_chain, HOSTILE_ALL, 7, {0, 1, 2, 3, 4, 5, 6}},
    {"G30_service", "crypto.dev.create.7", g30_service, HOSTILE_ALL, 0, {0}},
    {"G30_operation", "crypto.dev.sym.10; crypto.dev.sym.12", g30_operation, HOSTILE_ALL, 3, {0, 1, 2}},
    {"G27_no_status", "robustness: there is no place for a status", g27_short, HOSTILE_ALL, 2, {1, 15}},
    {"G12_padding", "crypto.dev.create.7", g12_padding, HOSTILE_ALL, 4, {0, 8, 40, 48}},
    {"G50_keys",
     "header vwr/vdev.h: a budget bounds the time of a call",
     g50_keys,
     HOSTILE_ALL,
     2,
     {VWR_CRYPTO_OK, VWR_CRYPTO_ERR}},
    {"G30_results", "crypto.dev.akcipher.3", g30_results, HOSTILE_ALL, HOSTILE_AROUND},
    {"G07_again", "robustness: nothing forbids it, nobody else is harmed", g07_again, HOSTILE_ALL, 0, {0}},
    {"G34_copies_are_cleared", "header vwr/vcrypto.h", g34_copies, HOSTILE_ALL, 5, {0, 1, 2, 3, 4}},
};

int main(void)
{
    return hostile_run("crypto", &crypto_device, cases, sizeof(cases) / sizeof(cases[0]));
}
