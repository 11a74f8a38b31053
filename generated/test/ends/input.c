/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/input.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Input Device */

/* 2 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/input.h"
#include "vwr/service/input.h"

#include <string.h>

static struct vwr_input_client client;
static struct vwr_input_vservice service;

static struct vwr_input_client_statusq_call call_statusq;

static const uint8_t config[] = {
    0x5, 0x5, 0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x5, 0x0, 0x5, 0x0, 0x5, 0x0, 0x5, 0x0,
    0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x5, 0x5, 0x5,
    0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5,
    0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5,
    0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5,
    0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5,
    0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5,
    0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5,
    0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5,
};

/* ---- status ---- */

static const uint8_t out_status[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52,
};

static const struct vwr_input_status_msg given_status = {
    .type = 0x2821u,
    .code = 0x362fu,
    .value = 0x524b443du,
};

static int called_status(struct vwr_input_vservice *s, struct vwr_vmessage *x, const struct vwr_input_status_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->type, 0x2821u);
    ENDS_SAME(m->code, 0x362fu);
    ENDS_SAME(m->value, 0x524b443du);

    return ends_called(x, "status");
}

static void forms_of_status(void)
{
    {
        struct vwr_input_status_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_status, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_input_status_msg_encode(&form, false, &given_status);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_input_status_msg values;
        const struct vwr_input_status_msg *const m = &values;

        memcpy(&form, out_status, sizeof(form));
        vwr_input_status_msg_decode(&form, false, &values);
    ENDS_SAME(m->type, 0x2821u);
        ENDS_SAME(m->code, 0x362fu);
        ENDS_SAME(m->value, 0x524b443du);

    }

}

static int call_of_status(enum ends_do what)
{
    struct vwr_input_client_statusq_call *const call = &call_statusq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_status();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_input_client_status_submit(&client, call, &given_status);
    if (what == ENDS_DONE) {
        vwr_input_vservice_status_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_input_client_status(&client, &given_status);
    return r;
}

/* ---- event ---- */

static const uint8_t back_event[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52,
};

static const struct vwr_input_event_msg given_event = {
    .type = 0x2821u,
    .code = 0x362fu,
    .value = 0x524b443du,
};

static void check_event(const struct vwr_input_event_msg *m)
{
    ENDS_SAME(m->type, 0x2821u);
    ENDS_SAME(m->code, 0x362fu);
    ENDS_SAME(m->value, 0x524b443du);

}

static void forms_of_event(void)
{
    {
        struct vwr_input_event_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_event, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_input_event_msg_encode(&form, false, &given_event);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_input_event_msg values;
        const struct vwr_input_event_msg *const m = &values;

        memcpy(&form, back_event, sizeof(form));
        vwr_input_event_msg_decode(&form, false, &values);
    ENDS_SAME(m->type, 0x2821u);
        ENDS_SAME(m->code, 0x362fu);
        ENDS_SAME(m->value, 0x524b443du);

    }

}

static int poll_eventq(void)
{
    struct vwr_input_client_eventq_event e;
    const int n = vwr_input_client_poll_eventq(&client, &e);

    if (n != 1)
        return n;
    if (e.type == VWR_INPUT_CLIENT_EVENTQ_EVENT)
        check_event(&e.m.event);
    ends_polled((unsigned)e.type, e.data, e.data_bytes);
    vwr_input_client_return_eventq(&client, &e);
    return n;
}

static int parse_eventq(void)
{
    struct vwr_input_client_eventq_event e;

    return vwr_input_client_eventq_parse(ends.image, ends.image_bytes, false, &client.bringup.dev->config.features, &e);
}

static int call_of_event(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_event();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_eventq();
    if (what == ENDS_PARSE)
        return parse_eventq();
    return vwr_input_vservice_send_event(&service, &given_event, ends_out(0), 0);
}

static uint16_t index_eventq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_INPUT_QUEUE_EVENTQ);
}

static uint16_t index_statusq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_INPUT_QUEUE_STATUSQ);
}

static void posted(struct vwr_input_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_input_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_input_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_input_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_input_vservice_calls no_calls;
static const struct vwr_input_vservice_calls calls = {
    .status = called_status,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_eventq[] = {
    {
        .name = "event",
        .call = call_of_event,
        .back = {back_event, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1), .home = 0,
        .type = VWR_INPUT_CLIENT_EVENTQ_EVENT,
    },
};

static const struct ends_message messages_statusq[] = {
    {
        .name = "status",
        .call = call_of_status,
        .out = {out_status, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1), .home = 0,
    },
};

static const struct ends_queue queues[] = {
    {
        .name = "eventq", .kind = ENDS_EVENT, .sets = UINT64_C(0x1), .index = index_eventq,
        .message = messages_eventq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .receive = &client.eventq, .least = 8,
    },
    {
        .name = "statusq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x1), .index = index_statusq,
        .message = messages_statusq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &client.statusq, .call = &call_statusq.call, .own = &client.statusq_own.call,
    },
};

static const struct ends_set sets[] = {
    {NULL, 0, NULL, 0},
};

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_input_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_input_client_options o = {.requests = ends_request_options()};

    memset(&call_statusq, 0, sizeof(call_statusq));
    o.eventq = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    o.eventq_buffers = ends_receive_memory();
    o.statusq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_INPUT_CLIENT_STATUSQ_SLOT,
                                  ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_input_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_input_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_input_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_input_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "input",
    .id = 18,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 1,
    .queues = 2,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
    .read_info = read_info,
};
