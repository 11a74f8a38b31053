/* SPDX-License-Identifier: MIT */
#include "drivers.h"

#include "vwr/crypto.h"

#include <string.h>

/* A crypto device: sessions of each service, calls and requests in flight with them. */

#define FLIGHT 3u
#define SESSIONS 3u
#define DATA 1024u

static struct {
    struct vwr_crypto *c;
    struct vwr_crypto_session session[SESSIONS];
    struct vwr_crypto_request request[FLIGHT];
    bool out[FLIGHT];
    uint8_t *data;
} host;

static struct vwr_bringup *recovery(void)
{
    return &host.c->bringup;
}

static void put(uint8_t *at, bool big, uint32_t number)
{
    for (unsigned i = 0; i < 4; i++)
        at[big ? 3 - i : i] = (uint8_t)(number >> 8 * i);
}

static void configure(uint8_t *config, bool legacy)
{
    const bool big = vwr_guest_is_big(legacy);

    put(config + VWR_CRYPTO_CONFIG_STATUS, big, VWR_CRYPTO_S_HW_READY);
    put(config + VWR_CRYPTO_CONFIG_MAX_DATAQUEUES, big, 1);
    put(config + VWR_CRYPTO_CONFIG_CRYPTO_SERVICES, big, 0x1f);
    put(config + VWR_CRYPTO_CONFIG_MAX_CIPHER_KEY_LEN, big, 64);
    put(config + VWR_CRYPTO_CONFIG_MAX_AUTH_KEY_LEN, big, 64);
    put(config + VWR_CRYPTO_CONFIG_MAX_SIZE + (big ? 4 : 0), big, DATA);
}

static bool receives(unsigned queue)
{
    (void)queue;
    return false;
}

/* All bytes are 0: OK, and session 0. */
static uint32_t answer(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in)
{
    (void)queue;
    (void)out;
    (void)n;
    (void)in;
    return DRIVERS_ANSWER;
}

static int open_it(struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_crypto_options o = {.avoid = *avoid, .request = {.timeout_us = 2000, .spin = 10}};

    host.c = drivers_anew(host.c, sizeof(*host.c));
    memset(host.session, 0, sizeof(host.session));
    memset(host.request, 0, sizeof(host.request));
    memset(host.out, 0, sizeof(host.out));
    o.shared = drivers_share(sizeof(*o.shared));
    host.data = drivers_share(DATA);
    return vwr_crypto_open(host.c, d, &o);
}

static struct vwr_crypto_data some(uint8_t which)
{
    return (struct vwr_crypto_data){.opcode = VWR_CRYPTO_AKCIPHER_ENCRYPT + which % 4,
                                    .iv = "0123456789abcdef",
                                    .iv_bytes = which % 20,
                                    .src = host.data,
                                    .src_bytes = which,
                                    .aad = host.data + 300,
                                    .aad_bytes = which % 7 * 20,
                                    .dst = host.data + 500,
                                    .dst_bytes = which / 2,
                                    .digest = host.data + 700,
                                    .digest_bytes = which % 3 * 16};
}

static void create(uint8_t which)
{
    const uint8_t more = input_u8(drivers_in);
    const struct vwr_crypto_setup setup = {.service = which % 6,
                                           .algo = more % 8,
                                           .op = 1 + more % 2,
                                           .key = host.data,
                                           .key_bytes = more % 70,
                                           .order = which / 64,
                                           .hash_mode = more % 4,
                                           .auth_key = host.data + 100,
                                           .auth_key_bytes = more % 66};

    MUST(vwr_crypto_create(host.c, &host.session[which / 8 % SESSIONS], &setup) <= VWR_OK);
}

static void submit(uint8_t which)
{
    const unsigned i = which % FLIGHT;
    const struct vwr_crypto_data m = some(input_u8(drivers_in));
    int r;

    if (host.out[i])
        return;
    r = vwr_crypto_fill(&host.request[i], &host.session[which / 8 % SESSIONS], &m);
    if (r == VWR_OK)
        r = vwr_crypto_submit(vwr_crypto_get_dataq(host.c, 0), &host.request[i]);
    MUST(r <= VWR_OK);
    host.out[i] = r == VWR_OK;
}

static void reap(void)
{
    struct vwr_crypto_request *done[FLIGHT];
    int n;

    (void)vwr_crypto_kick(vwr_crypto_get_dataq(host.c, 0));
    n = vwr_crypto_reap(vwr_crypto_get_dataq(host.c, 0), done, FLIGHT);
    MUST(n <= (int)FLIGHT);
    for (int i = 0; i < n; i++) {
        const size_t k = (size_t)(done[i] - host.request);

        MUST(k < FLIGHT && host.out[k] && !vwr_req_is_in_flight(&done[i]->call.req));
        MUST(done[i]->count <= done[i]->room);
        host.out[k] = false;
    }
}

/* A session with requests in flight must be kept. */
static bool is_used(const struct vwr_crypto_session *s)
{
    bool used = false;

    for (unsigned i = 0; i < FLIGHT; i++)
        used = used || (host.out[i] && host.request[i].session == s);
    return used || vwr_req_is_in_flight(&host.c->request.call.req);
}

static void call(uint8_t which)
{
    struct vwr_crypto_session *const s = &host.session[which / 8 % SESSIONS];
    struct vwr_crypto_data m;
    char text[200];

    switch (which % 8) {
    case 0:
    case 1:
        if (!is_used(s))
            create(which);
        return;
    case 2:
        m = some(input_u8(drivers_in));
        MUST(vwr_crypto_run(host.c, s, &m) <= (int)(m.dst_bytes + m.digest_bytes));
        return;
    case 3:
        submit(which);
        return;
    case 4:
        if (!is_used(s))
            MUST(vwr_crypto_destroy(host.c, s) <= VWR_OK);
        return;
    case 5:
        MUST(vwr_crypto_read_info(host.c) <= VWR_OK);
        drivers_see(vwr_crypto_offers(host.c, which / 8, which / 16));
        return;
    case 6:
        (void)vwr_crypto_explain(host.c, text, sizeof(text));
        drivers_touch(text, strlen(text));
        return;
    default:
        reap();
    }
}

static int close_it(void)
{
    return vwr_close(&host.c->bringup);
}

static void closed(void)
{
    for (unsigned k = 0; k < FLIGHT; k++)
        MUST(!vwr_req_is_in_flight(&host.request[k].call.req));
}

static void works(void)
{
    const struct vwr_crypto_setup setup = {.service = VWR_CRYPTO_SERVICE_HASH, .result_bytes = 20};
    const struct vwr_crypto_data m = {
        .src = host.data, .src_bytes = 9, .dst = host.data + 100, .dst_bytes = 20};

    MUST(vwr_crypto_create(host.c, &host.session[0], &setup) == VWR_OK);
    MUST(vwr_crypto_run(host.c, &host.session[0], &m) == 20);
    MUST(vwr_crypto_destroy(host.c, &host.session[0]) == VWR_OK);
}

const struct driver_row driver_crypto = {
    .id = VWR_CRYPTO_ID,
    .features = {{VWR_CRYPTO_FEATURES_W0, VWR_CRYPTO_FEATURES_W1, VWR_CRYPTO_FEATURES_W2,
                  VWR_CRYPTO_FEATURES_W3}},
    .fields = vwr_crypto_config_fields,
    .field_count = VWR_CRYPTO_CONFIG_FIELD_COUNT,
    .steps = &vwr_crypto_bringup,
    .bringup = recovery,
    .configure = configure,
    .receives = receives,
    .answer = answer,
    .open = open_it,
    .call = call,
    .close = close_it,
    .closed = closed,
    .works = works,
};
