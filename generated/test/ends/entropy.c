/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/entropy.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Entropy Device */

/* 1 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/entropy.h"
#include "vwr/service/entropy.h"

#include <string.h>

static struct vwr_entropy_client client;
static struct vwr_entropy_vservice service;

static struct vwr_entropy_client_requestq_call call_requestq;

/* ---- read ---- */

static int called_read(struct vwr_entropy_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "read");
}

static void forms_of_read(void)
{
}

static int call_of_read(enum ends_do what)
{
    struct vwr_entropy_client_requestq_call *const call = &call_requestq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_read();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_entropy_client_read_submit(&client, call, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_entropy_vservice_read_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_entropy_client_read_submit(&client, call, ends_in(0), 0);
    }
    r = vwr_entropy_client_read(&client, ends_in(0), 2, &written);
    ends_written(r, written);
    return r;
}

static uint16_t index_requestq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_ENTROPY_QUEUE_REQUESTQ);
}

static void posted(struct vwr_entropy_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_entropy_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_entropy_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_entropy_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_entropy_vservice_calls no_calls;
static const struct vwr_entropy_vservice_calls calls = {
    .read = called_read,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_requestq[] = {
    {
        .name = "read",
        .call = call_of_read,
        .out = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 2, true, 1, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1), .home = 0,
        .unfit = {"client_room_too_short"},
    },
};

static const struct ends_queue queues[] = {
    {
        .name = "requestq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x1), .index = index_requestq,
        .message = messages_requestq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &client.requestq, .call = &call_requestq.call, .own = &client.requestq_own.call,
    },
};

static const struct ends_set sets[] = {
    {NULL, 0, NULL, 0},
};

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_entropy_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_entropy_client_options o = {.requests = ends_request_options()};

    memset(&call_requestq, 0, sizeof(call_requestq));
    o.requestq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                   VWR_ENTROPY_CLIENT_REQUESTQ_SLOT, ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_entropy_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_entropy_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_entropy_client_has(&client, feature);
}

const struct ends_device ends_device = {
    .name = "entropy",
    .id = 4,
    .set = sets,
    .sets = 1,
    .queues = 1,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
};
