/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scmi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCMI Device */

/* 2 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/scmi.h"
#include "vwr/service/scmi.h"

#include <string.h>

static struct vwr_scmi_client client;
static struct vwr_scmi_vservice service;

static struct vwr_scmi_client_cmdq_call call_cmdq;

/* ---- command ---- */

static const uint8_t out_command[] = {
    0x21, 0x28, 0x2f, 0x36,
};

static const uint8_t back_command[] = {
    0x21, 0x28, 0x2f, 0x36,
};

static const struct vwr_scmi_command_msg given_command = {
    .hdr = 0x362f2821u,
};

static const struct vwr_scmi_command_answer answer_command = {
    .hdr = 0x362f2821u,
};

static const struct vwr_scmi_command_answer blank_command;

static int called_command(struct vwr_scmi_vservice *s, struct vwr_vmessage *x, const struct vwr_scmi_command_msg *m,
                          struct vwr_scmi_command_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->hdr, 0x362f2821u);

    if (!ends.blank)
        *a = answer_command;
    return ends_called(x, "command");
}

static void check_command(const struct vwr_scmi_command_answer *m)
{
    ENDS_SAME(m->hdr, ends.blank ? blank_command.hdr : 0x362f2821u);

}

static void forms_of_command(void)
{
    {
        struct vwr_scmi_command_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_command, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_scmi_command_msg_encode(&form, false, &given_command);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_scmi_command_msg values;
        const struct vwr_scmi_command_msg *const m = &values;

        memcpy(&form, out_command, sizeof(form));
        vwr_scmi_command_msg_decode(&form, false, &values);
    ENDS_SAME(m->hdr, 0x362f2821u);

    }

    {
        struct vwr_scmi_command_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_command, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_scmi_command_answer_encode(&form, false, &answer_command);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_scmi_command_answer values;
        const struct vwr_scmi_command_answer *const m = &values;

        memcpy(&form, back_command, sizeof(form));
        vwr_scmi_command_answer_decode(&form, false, &values);
    ENDS_SAME(m->hdr, 0x362f2821u);

    }

}

static int call_of_command(enum ends_do what)
{
    struct vwr_scmi_client_cmdq_call *const call = &call_cmdq;
    struct vwr_scmi_command_answer a;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_command();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_scmi_client_command_submit(&client, call, &given_command, ends_out(0), 2, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_scmi_vservice_command_done(ends.kept, ends.ticket, VWR_OK, &answer_command);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_scmi_client_command_answer(&client, call, &a);
        check_command(&a);
        return VWR_OK;
    }
    r = vwr_scmi_client_command(&client, &given_command, ends_out(0), 2, ends_in(0), 2, &a, &written);
    if (r == VWR_OK)
        check_command(&a);
    else
        ends_untouched(&a, sizeof(a));
    ends_written(r, written);
    return r;
}

/* ---- p2a ---- */

static const uint8_t back_p2a[] = {
    0x21, 0x28, 0x2f, 0x36,
};

static const struct vwr_scmi_p2a_msg given_p2a = {
    .hdr = 0x362f2821u,
};

static void check_p2a(const struct vwr_scmi_p2a_msg *m)
{
    ENDS_SAME(m->hdr, 0x362f2821u);

}

static void forms_of_p2a(void)
{
    {
        struct vwr_scmi_p2a_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_p2a, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_scmi_p2a_msg_encode(&form, false, &given_p2a);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_scmi_p2a_msg values;
        const struct vwr_scmi_p2a_msg *const m = &values;

        memcpy(&form, back_p2a, sizeof(form));
        vwr_scmi_p2a_msg_decode(&form, false, &values);
    ENDS_SAME(m->hdr, 0x362f2821u);

    }

}

static int poll_eventq(void)
{
    struct vwr_scmi_client_eventq_event e;
    const int n = vwr_scmi_client_poll_eventq(&client, &e);

    if (n != 1)
        return n;
    if (e.type == VWR_SCMI_CLIENT_EVENTQ_P2A)
        check_p2a(&e.m.p2a);
    ends_polled((unsigned)e.type, e.data, e.data_bytes);
    vwr_scmi_client_return_eventq(&client, &e);
    return n;
}

static int parse_eventq(void)
{
    struct vwr_scmi_client_eventq_event e;

    return vwr_scmi_client_eventq_parse(ends.image, ends.image_bytes, false, &client.bringup.dev->config.features, &e);
}

static int call_of_p2a(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_p2a();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_eventq();
    if (what == ENDS_PARSE)
        return parse_eventq();
    return vwr_scmi_vservice_send_p2a(&service, &given_p2a, ends_out(0), 2);
}

static uint16_t index_cmdq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_SCMI_QUEUE_CMDQ);
}

static uint16_t index_eventq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_SCMI_QUEUE_EVENTQ);
}

static void posted(struct vwr_scmi_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_scmi_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_scmi_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_scmi_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_scmi_vservice_calls no_calls;
static const struct vwr_scmi_vservice_calls calls = {
    .command = called_command,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_cmdq[] = {
    {
        .name = "command",
        .call = call_of_command,
        .out = {out_command, 4, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_command, 4, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7), .home = 2,
        .fills = true,
    },
};

static const struct ends_message messages_eventq[] = {
    {
        .name = "p2a",
        .call = call_of_p2a,
        .back = {back_p2a, 4, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x6), .home = 2,
        .type = VWR_SCMI_CLIENT_EVENTQ_P2A,
    },
};

static const struct ends_queue queues[] = {
    {
        .name = "cmdq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x7), .index = index_cmdq,
        .message = messages_cmdq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &client.cmdq, .call = &call_cmdq.call, .own = &client.cmdq_own.call,
    },
    {
        .name = "eventq", .kind = ENDS_EVENT, .sets = UINT64_C(0x6), .index = index_eventq,
        .message = messages_eventq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .receive = &client.eventq, .least = 4,
    },
};

static const uint8_t set_1[] = {0};
static const uint8_t set_2[] = {0, 1};

static const struct ends_set sets[] = {
    {NULL, 0, NULL, 0},
    {set_1, 1, NULL, 0},
    {set_2, 2, NULL, 0},
};

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_scmi_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_scmi_client_options o = {.requests = ends_request_options()};

    memset(&call_cmdq, 0, sizeof(call_cmdq));
    o.cmdq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_SCMI_CLIENT_CMDQ_SLOT,
                               ENDS_SEGMENTS));
    o.eventq = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    o.eventq_buffers = ends_receive_memory();
    memset(&client, 0, sizeof(client));
    return vwr_scmi_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_scmi_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_scmi_client_has(&client, feature);
}

const struct ends_device ends_device = {
    .name = "scmi",
    .id = 32,
    .set = sets,
    .sets = 3,
    .queues = 2,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
};
