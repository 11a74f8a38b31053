/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "ram.h"
#include "vmm.h"
#include "vwr/client/crypto.h"
#include "vwr/client/rpmb.h"
#include "vwr/service/crypto.h"
#include "vwr/service/rpmb.h"

#include <stdio.h>
#include <string.h>

/*
 * Features of generated clients and services that the lamp does not use: all queues of a family and a queue
 * after them, a status after data that the device writes only partly, big-endian numbers, services enabled
 * by configuration bits.
 */

#define QUEUE_SIZE 16u
#define DATA_QUEUES 2u
#define MORE_QUEUES 3u /* the driver has memory for more queues than exist */
#define QUEUES (MORE_QUEUES + 1u)
#define CALLS 2u
#define SEGS 64u
#define RESULT 16u
#define SHORT 3u
#define SLOT_BYTES 2048u
#define SHARED_BYTES VWR_CLIENT_SHARED_BYTES(QUEUE_SIZE, CALLS, SLOT_BYTES, 4u)

static struct {
    union {
        struct vwr_crypto_vservice crypto;
        struct vwr_rpmb_vservice rpmb;
    } device;
    struct vwr_vqueue queue[QUEUES];
    struct vwr_vqueue_entry own[QUEUES * QUEUE_SIZE];
    struct vwr_vmessage message[CALLS];
    struct vwr_vseg seg[(CALLS + 1) * SEGS];
    union vmm_end end;
    uint64_t driver_own[QUEUES][VWR_REQUEST_OWN_BYTES(QUEUE_SIZE, CALLS) / 8 + 1];
    struct vwr_features avoid;
    struct vwr_crypto_client_dataq_queue dataq[MORE_QUEUES];
    union {
        struct vwr_crypto_client crypto;
        struct vwr_rpmb_client rpmb;
    } client;
    unsigned sessions;
    unsigned hashes[DATA_QUEUES];
} ends;

/* ---- the devices ---- */

static int hash_create_session(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_crypto_hash_create_session_msg *m,
                               struct vwr_crypto_hash_create_session_answer *a)
{
    (void)s;
    (void)x;
    (void)m;
    a->session_id = ++ends.sessions;
    return VWR_OK;
}

/* Writes less than the buffer's length. */
static int hash(struct vwr_crypto_vservice *s, struct vwr_vmessage *x, const struct vwr_crypto_hash_msg *m)
{
    (void)s;
    ends.hashes[x->number]++;
    if (m->session_id == 0)
        return VWR_CRYPTO_INVSESS;
    return vwr_vmessage_write(x, "abc", SHORT) == SHORT ? VWR_OK : VWR_CRYPTO_ERR;
}

static int get_write_counter(struct vwr_rpmb_vservice *s, struct vwr_vmessage *x,
                             const struct vwr_rpmb_get_write_counter_msg *m,
                             struct vwr_rpmb_get_write_counter_answer *a)
{
    (void)s;
    (void)x;
    vwr_copy(a->nonce, m->nonce, sizeof(a->nonce));
    a->write_counter = 0x01020304;
    return m->address == 0x1234 ? VWR_OK : VWR_RPMB_RES_ADDR_FAILURE;
}

static void set_up(struct vwr_vdev_setup *setup, unsigned kind, unsigned queues)
{
    vmm_begin(false);
    memset(&ends, 0, sizeof(ends));
    memset(setup, 0, sizeof(*setup));
    setup->vm = &vmm;
    setup->queue_count = (uint16_t)queues;
    setup->queue = ends.queue;
    setup->queue_size = QUEUE_SIZE;
    setup->own = ends.own;
    setup->own_count = VWR_COUNT(ends.own);
    disk_offer(&setup->features, kind);
    ram_reset();
    disk_avoid(&ends.avoid, kind);
}

static void find(void)
{
    CHECK_NUMBER(vmm_find(&ends.end, 0), VWR_OK);
}

static struct vwr_queue_memory memory(unsigned n)
{
    const struct vwr_queue_memory m = {ram_alloc_ring(SHARED_BYTES), SHARED_BYTES, ends.driver_own[n],
                                       sizeof(ends.driver_own[n]), QUEUE_SIZE};

    return m;
}

static const struct vwr_request_options requests = {.requests = CALLS, .segments = 4};

/* ---- crypto: a family, a queue behind it, a status behind data ---- */

static void open_crypto(unsigned kind, uint32_t services)
{
    static const struct vwr_crypto_vservice_calls calls = {.hash_create_session = hash_create_session,
                                                           .hash = hash};
    const struct vwr_service_memory own = {ends.message, CALLS, ends.seg, VWR_COUNT(ends.seg)};
    const struct vwr_features features = {{1u << VWR_CRYPTO_F_REVISION_1}};
    struct vwr_crypto_client_options o = {.requests = requests, .avoid = &ends.avoid};
    struct vwr_vdev_setup setup;

    set_up(&setup, kind, DATA_QUEUES + 1);
    CHECK_NUMBER(vwr_crypto_vservice_init(&ends.device.crypto, &setup, &features, &calls, &own, NULL),
                 VWR_OK);
    ends.device.crypto.config.max_dataqueues = vwr_cpu_to_le32(DATA_QUEUES);
    ends.device.crypto.config.crypto_services = vwr_cpu_to_le32(services);
    vmm_add(0, &ends.device.crypto.service.dev);
    find();
    o.controlq = memory(MORE_QUEUES);
    o.dataq = ends.dataq;
    o.dataq_count = MORE_QUEUES;
    for (unsigned i = 0; i < MORE_QUEUES; i++)
        ends.dataq[i].memory = memory(i);
    CHECK_NUMBER(vwr_crypto_client_open(&ends.client.crypto, &ends.end.dev, &o), VWR_OK);
}

/* The unwritten part of the result is zero, and the used length includes the status behind it. */
static void check_hash(unsigned n, uint64_t session, int result)
{
    struct vwr_crypto_client *const c = &ends.client.crypto;
    struct vwr_crypto_hash_data_flf *const flf = guest_alloc(GUEST_PAGE);
    uint8_t *const data = (uint8_t *)flf + 64;
    const struct vwr_crypto_hash_msg m = {.session_id = session};
    uint32_t written = 0;

    flf->src_data_len = vwr_cpu_to_le32(4);
    flf->hash_result_len = vwr_cpu_to_le32(RESULT);
    memset(data, 0xa5, RESULT);
    CHECK_NUMBER(
        vwr_crypto_client_hash(c, n, &m, flf, sizeof(*flf), data + RESULT, 4, data, RESULT, &written),
        result);
    CHECK_NUMBER(written, result == VWR_OK ? RESULT : 0);
    CHECK_NUMBER(c->options.dataq[n].own.call.req.written, RESULT + 1u);
    CHECK_NUMBER(c->options.dataq[n].own.call.status, result == VWR_OK ? VWR_CRYPTO_OK : VWR_CRYPTO_INVSESS);
    CHECK(result != VWR_OK || memcmp(data, "abc", SHORT) == 0);
    for (unsigned i = SHORT; i < RESULT; i++)
        CHECK_NUMBER(data[i], 0);
}

static void check_crypto(unsigned kind)
{
    struct vwr_crypto_client *const c = &ends.client.crypto;
    const struct vwr_crypto_hash_create_session_msg m = {.algo = VWR_CRYPTO_HASH_SHA1};
    const struct vwr_crypto_hash_msg none = {.session_id = 1};
    struct vwr_crypto_hash_create_session_answer a = {0};
    struct vwr_crypto_hash_data_flf *const flf = guest_alloc(GUEST_PAGE);
    uint32_t written;

    open_crypto(kind, 1u << VWR_CRYPTO_SERVICE_HASH);
    CHECK_NUMBER(c->dataq_count, DATA_QUEUES);
    CHECK_NUMBER(vwr_crypto_client_hash_create_session(c, &m, guest_alloc(GUEST_PAGE),
                                                       sizeof(struct vwr_crypto_hash_create_session_flf), &a),
                 VWR_OK);
    CHECK_NUMBER(a.session_id, 1);
    for (unsigned i = 0; i < DATA_QUEUES; i++) {
        check_hash(i, 1, VWR_OK);
        check_hash(i, 0, VWR_EIO);
        CHECK_NUMBER(ends.hashes[i], 2);
    }
    CHECK_NUMBER(vwr_crypto_client_hash(c, DATA_QUEUES, &none, flf, sizeof(*flf), flf, 4, flf, 4, &written),
                 VWR_ENOQUEUE);
    CHECK_NUMBER(vwr_close(&c->bringup), VWR_OK);
}

/* A service that the device does not have: the client does not send the request, and the device refuses
 * it. */
static void check_services(unsigned kind)
{
    struct vwr_crypto_client *const c = &ends.client.crypto;
    const struct vwr_crypto_hash_msg m = {.session_id = 1};
    uint8_t *const data = guest_alloc(GUEST_PAGE);
    uint32_t written;

    open_crypto(kind, 1u << VWR_CRYPTO_SERVICE_CIPHER);
    CHECK_NUMBER(vwr_crypto_client_hash(c, 0, &m, (void *)data, 8, data, 4, data, 4, &written), VWR_EFEATURE);
    c->info.crypto_services = 1u << VWR_CRYPTO_SERVICE_HASH; /* a driver that ignores the bits */
    CHECK_NUMBER(vwr_crypto_client_hash(c, 0, &m, (void *)data, 8, data, 4, data + 64, 4, &written), VWR_EIO);
    CHECK_NUMBER(c->options.dataq[0].own.call.status, VWR_CRYPTO_NOTSUPP);
    CHECK_NUMBER(ends.hashes[0], 0);
    CHECK_NUMBER(vwr_close(&c->bringup), VWR_OK);
}

/* ---- rpmb: big-endian ---- */

static void check_rpmb(unsigned kind)
{
    static const struct vwr_rpmb_vservice_calls calls = {.get_write_counter = get_write_counter};
    const struct vwr_service_memory own = {ends.message, CALLS, ends.seg, VWR_COUNT(ends.seg)};
    static const struct vwr_features none;
    struct vwr_rpmb_client *const c = &ends.client.rpmb;
    struct vwr_rpmb_client_options o = {.requests = requests, .avoid = &ends.avoid};
    struct vwr_rpmb_get_write_counter_msg m = {.address = 0x1234};
    struct vwr_rpmb_get_write_counter_answer a;
    const struct vwr_rpmb_result_read_msg read = {.address = 0};
    struct vwr_rpmb_result_read_answer no;
    struct vwr_rpmb_frame frame;
    struct vwr_vdev_setup setup;

    set_up(&setup, kind, 1);
    CHECK_NUMBER(vwr_rpmb_vservice_init(&ends.device.rpmb, &setup, &none, &calls, &own, NULL), VWR_OK);
    vmm_add(0, &ends.device.rpmb.service.dev);
    find();
    o.requestq = memory(0);
    CHECK_NUMBER(vwr_rpmb_client_open(c, &ends.end.dev, &o), VWR_OK);
    m.nonce[15] = 7;
    CHECK_NUMBER(vwr_rpmb_client_get_write_counter(c, &m, &a), VWR_OK);
    CHECK_NUMBER(a.write_counter, 0x01020304);
    CHECK_NUMBER(a.nonce[15], 7);
    memcpy(&frame, &c->requestq_own.back.get_write_counter.answer, sizeof(frame));
    CHECK(memcmp(&frame.write_counter, "\1\2\3\4", 4) == 0);
    CHECK(memcmp(&frame.req_resp, "\2\0", 2) == 0);
    m.address = 0x3412;
    CHECK_NUMBER(vwr_rpmb_client_get_write_counter(c, &m, &a), VWR_EIO);
    CHECK_NUMBER(c->requestq_own.call.status, VWR_RPMB_RES_ADDR_FAILURE);
    CHECK_NUMBER(vwr_rpmb_client_result_read(c, &read, &no), VWR_EIO); /* the service has no such function */
    CHECK_NUMBER(c->requestq_own.call.status, VWR_RPMB_RES_GENERAL_FAILURE);
    CHECK_NUMBER(vwr_close(&c->bringup), VWR_OK);
}

void case_ends(unsigned kind, unsigned scale)
{
    (void)scale;
    if ((kind & DISK_LEGACY) != 0)
        return;
    check_crypto(kind);
    check_services(kind);
    check_rpmb(kind);
    printf("%s ends\n", disk_kind_name(kind));
}
