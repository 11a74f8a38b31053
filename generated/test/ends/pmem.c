/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/pmem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; PMEM Device */

/* 1 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/pmem.h"
#include "vwr/service/pmem.h"

#include <string.h>

static struct vwr_pmem_client client;
static struct vwr_pmem_vservice service;

static struct vwr_pmem_client_req_vq_call call_req_vq;

static const uint8_t config[] = {
    0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

/* ---- flush ---- */

static const uint8_t out_flush[] = {
    0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_flush[] = {
    0x0, 0x0, 0x0, 0x0,
};

static int called_flush(struct vwr_pmem_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "flush");
}

static void forms_of_flush(void)
{
    {
        struct vwr_pmem_flush_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_flush, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_pmem_flush_msg_encode(&form, false);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
    }

}

static int call_of_flush(enum ends_do what)
{
    struct vwr_pmem_client_req_vq_call *const call = &call_req_vq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_flush();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_pmem_client_flush_submit(&client, call);
    if (what == ENDS_DONE) {
        vwr_pmem_vservice_flush_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_pmem_client_flush(&client);
    return r;
}

static uint16_t index_req_vq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_PMEM_QUEUE_REQ_VQ);
}

static void posted(struct vwr_pmem_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_pmem_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_pmem_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_pmem_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_pmem_vservice_calls no_calls;
static const struct vwr_pmem_vservice_calls calls = {
    .flush = called_flush,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_req_vq[] = {
    {
        .name = "flush",
        .call = call_of_flush,
        .out = {out_flush, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_flush, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x0},
        .refuses = false, .refuse = 0x0u, .refuses_beyond = false, .beyond = 0x0u,
        .refuses_unknown = false, .unknown = 0x0u,
    },
};
static const struct ends_unknown unknown_req_vq[] = {
    {0, 4, 0, 0xffffffffu, 0xfffffffeu, false},
};

static const struct ends_queue queues[] = {
    {
        .name = "req_vq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_req_vq,
        .message = messages_req_vq, .messages = 1, .place = ENDS_FRONT, .select_end = 4, .big = false,
        .unknown = unknown_req_vq, .unknowns = 1,
        .requests = &client.req_vq, .call = &call_req_vq.call, .own = &client.req_vq_own.call,
    },
};

static const uint8_t set_1[] = {0};

static const struct ends_set sets[] = {
    {NULL, 0, NULL, 0},
    {set_1, 1, NULL, 0},
};

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_pmem_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_pmem_client_options o = {.requests = ends_request_options()};

    memset(&call_req_vq, 0, sizeof(call_req_vq));
    o.req_vq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_PMEM_CLIENT_REQ_VQ_SLOT,
                                 ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_pmem_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_pmem_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_pmem_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_pmem_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "pmem",
    .id = 27,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 2,
    .queues = 1,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
    .read_info = read_info,
};
