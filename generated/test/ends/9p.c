/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/9p.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device Types */

/* 1 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/9p.h"
#include "vwr/service/9p.h"

#include <string.h>

static struct vwr_9p_client client;
static struct vwr_9p_vservice service;

static struct vwr_9p_client_requestq_call call_requestq;

static const uint8_t config[] = {
    0x5, 0x0,
};

/* ---- request ---- */

static int called_request(struct vwr_9p_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "request");
}

static void forms_of_request(void)
{
}

static int call_of_request(enum ends_do what)
{
    struct vwr_9p_client_requestq_call *const call = &call_requestq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_request();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_9p_client_request_submit(&client, call, ends_out(0), 2, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_9p_vservice_request_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_9p_client_request(&client, ends_out(0), 2, ends_in(0), 2, &written);
    ends_written(r, written);
    return r;
}

static uint16_t index_requestq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_9P_QUEUE_REQUESTQ);
}

static void posted(struct vwr_9p_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_9p_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_9p_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_9p_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_9p_vservice_calls no_calls;
static const struct vwr_9p_vservice_calls calls = {
    .request = called_request,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_requestq[] = {
    {
        .name = "request",
        .call = call_of_request,
        .out = {NULL, 0, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
    },
};

static const struct ends_queue queues[] = {
    {
        .name = "requestq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_requestq,
        .message = messages_requestq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &client.requestq, .call = &call_requestq.call, .own = &client.requestq_own.call,
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
    const int r = vwr_9p_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_9p_client_options o = {.requests = ends_request_options()};

    memset(&call_requestq, 0, sizeof(call_requestq));
    o.requestq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_9P_CLIENT_REQUESTQ_SLOT,
                                   ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_9p_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_9p_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_9p_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_9p_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "9p",
    .id = 9,
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
