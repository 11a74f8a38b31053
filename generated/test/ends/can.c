/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/can.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; CAN Device */

/* 4 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/can.h"
#include "vwr/service/can.h"

#include <string.h>

static struct vwr_can_client client;
static struct vwr_can_vservice service;

static struct vwr_can_client_txq_call call_txq;
static struct vwr_can_client_controlq_call call_controlq;

static const uint8_t config[] = {
    0x5, 0x0,
};

/* ---- tx ---- */

static const uint8_t out_tx[] = {
    0x1, 0x0, 0x6, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_tx[] = {
    0x0,
};

static const struct vwr_can_tx_msg given_tx = {
    .length = 0x6u,
    .flags = 0x6e676059u,
    .can_id = 0x8a837c75u,
};

static int called_tx(struct vwr_can_vservice *s, struct vwr_vmessage *x, const struct vwr_can_tx_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->length, 0x6u);
    ENDS_SAME(m->flags, 0x6e676059u);
    ENDS_SAME(m->can_id, 0x8a837c75u);

    return ends_called(x, "tx");
}

static void forms_of_tx(void)
{
    {
        struct vwr_can_tx_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_tx, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_can_tx_msg_encode(&form, false, &given_tx);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_can_tx_msg values;
        const struct vwr_can_tx_msg *const m = &values;

        memcpy(&form, out_tx, sizeof(form));
        vwr_can_tx_msg_decode(&form, false, &values);
    ENDS_SAME(m->length, 0x6u);
        ENDS_SAME(m->flags, 0x6e676059u);
        ENDS_SAME(m->can_id, 0x8a837c75u);

    }

}

static int call_of_tx(enum ends_do what)
{
    struct vwr_can_client_txq_call *const call = &call_txq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_tx();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_can_client_tx_submit(&client, call, &given_tx, ends_out(0));
    if (what == ENDS_DONE) {
        vwr_can_vservice_tx_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_can_client_tx(&client, &given_tx, ends_out(0));
    return r;
}

/* ---- start ---- */

static const uint8_t out_start[] = {
    0x1, 0x2,
};

static const uint8_t back_start[] = {
    0x0,
};

static int called_start(struct vwr_can_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "start");
}

static void forms_of_start(void)
{
    {
        struct vwr_can_start_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_start, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_can_start_msg_encode(&form, false);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
    }

}

static int call_of_start(enum ends_do what)
{
    struct vwr_can_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_start();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_can_client_start_submit(&client, call);
    if (what == ENDS_DONE) {
        vwr_can_vservice_start_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_can_client_start(&client);
    return r;
}

/* ---- stop ---- */

static const uint8_t out_stop[] = {
    0x2, 0x2,
};

static const uint8_t back_stop[] = {
    0x0,
};

static int called_stop(struct vwr_can_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "stop");
}

static void forms_of_stop(void)
{
    {
        struct vwr_can_stop_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_stop, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_can_stop_msg_encode(&form, false);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
    }

}

static int call_of_stop(enum ends_do what)
{
    struct vwr_can_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_stop();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_can_client_stop_submit(&client, call);
    if (what == ENDS_DONE) {
        vwr_can_vservice_stop_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_can_client_stop(&client);
    return r;
}

/* ---- rx ---- */

static const uint8_t back_rx[] = {
    0x1, 0x1, 0x6, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const struct vwr_can_rx_msg given_rx = {
    .length = 0x6u,
    .flags = 0x6e676059u,
    .can_id = 0x8a837c75u,
};

static void check_rx(const struct vwr_can_rx_msg *m)
{
    ENDS_SAME(m->length, 0x6u);
    ENDS_SAME(m->flags, 0x6e676059u);
    ENDS_SAME(m->can_id, 0x8a837c75u);

}

static void forms_of_rx(void)
{
    {
        struct vwr_can_rx_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_rx, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_can_rx_msg_encode(&form, false, &given_rx);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_can_rx_msg values;
        const struct vwr_can_rx_msg *const m = &values;

        memcpy(&form, back_rx, sizeof(form));
        vwr_can_rx_msg_decode(&form, false, &values);
    ENDS_SAME(m->length, 0x6u);
        ENDS_SAME(m->flags, 0x6e676059u);
        ENDS_SAME(m->can_id, 0x8a837c75u);

    }

}

static int poll_rxq(void)
{
    struct vwr_can_client_rxq_event e;
    const int n = vwr_can_client_poll_rxq(&client, &e);

    if (n != 1)
        return n;
    if (e.type == VWR_CAN_CLIENT_RXQ_RX)
        check_rx(&e.m.rx);
    ends_polled((unsigned)e.type, e.data, e.data_bytes);
    vwr_can_client_return_rxq(&client, &e);
    return n;
}

static int parse_rxq(void)
{
    struct vwr_can_client_rxq_event e;

    return vwr_can_client_rxq_parse(ends.image, ends.image_bytes, false, &client.bringup.dev->config.features, &e);
}

static int call_of_rx(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_rx();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_rxq();
    if (what == ENDS_PARSE)
        return parse_rxq();
    return vwr_can_vservice_send_rx(&service, &given_rx, ends_out(0), 6);
}

static uint16_t index_txq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_CAN_QUEUE_TXQ);
}

static uint16_t index_rxq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_CAN_QUEUE_RXQ);
}

static uint16_t index_controlq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_CAN_QUEUE_CONTROLQ);
}

static void posted(struct vwr_can_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_can_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_can_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_can_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_can_vservice_calls no_calls;
static const struct vwr_can_vservice_calls calls = {
    .tx = called_tx,
    .start = called_start,
    .stop = called_stop,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_txq[] = {
    {
        .name = "tx",
        .call = call_of_tx,
        .out = {out_tx, 16, 0, 6, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_tx, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
};
static const struct ends_unknown unknown_txq[] = {
    {0, 2, 0, 0xffffu, 0xfffeu, false},
};

static const struct ends_message messages_rxq[] = {
    {
        .name = "rx",
        .call = call_of_rx,
        .back = {back_rx, 16, 0, 6, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .type = VWR_CAN_CLIENT_RXQ_RX,
    },
};
static const struct ends_unknown unknown_rxq[] = {
    {0, 2, 0, 0xffffu, 0xfffeu, false},
};

static const struct ends_message messages_controlq[] = {
    {
        .name = "start",
        .call = call_of_start,
        .out = {out_start, 2, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_start, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "stop",
        .call = call_of_stop,
        .out = {out_stop, 2, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_stop, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
};
static const struct ends_unknown unknown_controlq[] = {
    {0, 2, 0, 0xffffu, 0xfffeu, false},
};

static const struct ends_queue queues[] = {
    {
        .name = "txq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_txq,
        .message = messages_txq, .messages = 1, .place = ENDS_FRONT, .select_end = 2, .big = false,
        .unknown = unknown_txq, .unknowns = 1,
        .requests = &client.txq, .call = &call_txq.call, .own = &client.txq_own.call,
    },
    {
        .name = "rxq", .kind = ENDS_EVENT, .sets = UINT64_C(0x3), .index = index_rxq,
        .message = messages_rxq, .messages = 1, .place = ENDS_FRONT, .select_end = 2, .big = false,
        .unknown = unknown_rxq, .unknowns = 1,
        .receive = &client.rxq, .least = 16,
    },
    {
        .name = "controlq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_controlq,
        .message = messages_controlq, .messages = 2, .place = ENDS_FRONT, .select_end = 2, .big = false,
        .unknown = unknown_controlq, .unknowns = 1,
        .requests = &client.controlq, .call = &call_controlq.call, .own = &client.controlq_own.call,
    },
};

static const uint8_t set_0[] = {0};
static const uint8_t set_1[] = {0, 1, 2, 3};

static const struct ends_set sets[] = {
    {set_0, 1, NULL, 0},
    {set_1, 4, NULL, 0},
};

static const struct ends_rule rules[] = {
    {2, 1, {0}},
};

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_can_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_can_client_options o = {.requests = ends_request_options()};

    memset(&call_txq, 0, sizeof(call_txq));
    memset(&call_controlq, 0, sizeof(call_controlq));
    o.txq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_CAN_CLIENT_TXQ_SLOT,
                              ENDS_SEGMENTS));
    o.rxq = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    o.rxq_buffers = ends_receive_memory();
    o.controlq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_CAN_CLIENT_CONTROLQ_SLOT,
                                   ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_can_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_can_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_can_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_can_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "can",
    .id = 36,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 2,
    .queues = 3,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .rules = rules,
    .rule_count = 1,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
    .read_info = read_info,
};
