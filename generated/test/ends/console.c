/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/console.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Console Device */

/* 13 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/console.h"
#include "vwr/service/console.h"

#include <string.h>

static struct vwr_console_client client;
static struct vwr_console_vservice service;

static struct vwr_console_client_control_transmitq_call call_control_transmitq;

static struct vwr_console_client_port_receiveq_queue family_port_receiveq[2];
static struct vwr_console_client_port_transmitq_queue family_port_transmitq[2];
static struct vwr_vstream stream_port_transmitq[2];

static const uint8_t config[] = {
    0x5, 0x0, 0x5, 0x0, 0x3, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
};

/* ---- device_ready ---- */

static const uint8_t out_device_ready[] = {
    0x21, 0x28, 0x2f, 0x36, 0x0, 0x0, 0x4b, 0x52,
};

static const struct vwr_console_device_ready_msg given_device_ready = {
    .id = 0x362f2821u,
    .value = 0x524bu,
};

static int called_device_ready(struct vwr_console_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_console_device_ready_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->id, 0x362f2821u);
    ENDS_SAME(m->value, 0x524bu);

    return ends_called(x, "device_ready");
}

static void forms_of_device_ready(void)
{
    {
        struct vwr_console_device_ready_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_device_ready, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_console_device_ready_msg_encode(&form, false, &given_device_ready);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_console_device_ready_msg values;
        const struct vwr_console_device_ready_msg *const m = &values;

        memcpy(&form, out_device_ready, sizeof(form));
        vwr_console_device_ready_msg_decode(&form, false, &values);
    ENDS_SAME(m->id, 0x362f2821u);
        ENDS_SAME(m->value, 0x524bu);

    }

}

static int call_of_device_ready(enum ends_do what)
{
    struct vwr_console_client_control_transmitq_call *const call = &call_control_transmitq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_device_ready();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_console_client_device_ready_submit(&client, call, &given_device_ready);
    if (what == ENDS_DONE) {
        vwr_console_vservice_device_ready_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_console_client_device_ready(&client, &given_device_ready);
    return r;
}

/* ---- port_ready ---- */

static const uint8_t out_port_ready[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3, 0x0, 0x4b, 0x52,
};

static const struct vwr_console_port_ready_msg given_port_ready = {
    .id = 0x362f2821u,
    .value = 0x524bu,
};

static int called_port_ready(struct vwr_console_vservice *s, struct vwr_vmessage *x,
                             const struct vwr_console_port_ready_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->id, 0x362f2821u);
    ENDS_SAME(m->value, 0x524bu);

    return ends_called(x, "port_ready");
}

static void forms_of_port_ready(void)
{
    {
        struct vwr_console_port_ready_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_port_ready, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_console_port_ready_msg_encode(&form, false, &given_port_ready);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_console_port_ready_msg values;
        const struct vwr_console_port_ready_msg *const m = &values;

        memcpy(&form, out_port_ready, sizeof(form));
        vwr_console_port_ready_msg_decode(&form, false, &values);
    ENDS_SAME(m->id, 0x362f2821u);
        ENDS_SAME(m->value, 0x524bu);

    }

}

static int call_of_port_ready(enum ends_do what)
{
    struct vwr_console_client_control_transmitq_call *const call = &call_control_transmitq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_port_ready();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_console_client_port_ready_submit(&client, call, &given_port_ready);
    if (what == ENDS_DONE) {
        vwr_console_vservice_port_ready_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_console_client_port_ready(&client, &given_port_ready);
    return r;
}

/* ---- port_open ---- */

static const uint8_t out_port_open[] = {
    0x21, 0x28, 0x2f, 0x36, 0x6, 0x0, 0x4b, 0x52,
};

static const struct vwr_console_port_open_msg given_port_open = {
    .id = 0x362f2821u,
    .value = 0x524bu,
};

static int called_port_open(struct vwr_console_vservice *s, struct vwr_vmessage *x,
                            const struct vwr_console_port_open_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->id, 0x362f2821u);
    ENDS_SAME(m->value, 0x524bu);

    return ends_called(x, "port_open");
}

static void forms_of_port_open(void)
{
    {
        struct vwr_console_port_open_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_port_open, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_console_port_open_msg_encode(&form, false, &given_port_open);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_console_port_open_msg values;
        const struct vwr_console_port_open_msg *const m = &values;

        memcpy(&form, out_port_open, sizeof(form));
        vwr_console_port_open_msg_decode(&form, false, &values);
    ENDS_SAME(m->id, 0x362f2821u);
        ENDS_SAME(m->value, 0x524bu);

    }

}

static int call_of_port_open(enum ends_do what)
{
    struct vwr_console_client_control_transmitq_call *const call = &call_control_transmitq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_port_open();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_console_client_port_open_submit(&client, call, &given_port_open);
    if (what == ENDS_DONE) {
        vwr_console_vservice_port_open_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_console_client_port_open(&client, &given_port_open);
    return r;
}

/* ---- device_add ---- */

static const uint8_t back_device_add[] = {
    0x21, 0x28, 0x2f, 0x36, 0x1, 0x0, 0x4b, 0x52,
};

static const struct vwr_console_device_add_msg given_device_add = {
    .id = 0x362f2821u,
    .value = 0x524bu,
};

static void check_device_add(const struct vwr_console_device_add_msg *m)
{
    ENDS_SAME(m->id, 0x362f2821u);
    ENDS_SAME(m->value, 0x524bu);

}

static void forms_of_device_add(void)
{
    {
        struct vwr_console_device_add_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_device_add, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_console_device_add_msg_encode(&form, false, &given_device_add);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_console_device_add_msg values;
        const struct vwr_console_device_add_msg *const m = &values;

        memcpy(&form, back_device_add, sizeof(form));
        vwr_console_device_add_msg_decode(&form, false, &values);
    ENDS_SAME(m->id, 0x362f2821u);
        ENDS_SAME(m->value, 0x524bu);

    }

}

/* ---- device_remove ---- */

static const uint8_t back_device_remove[] = {
    0x21, 0x28, 0x2f, 0x36, 0x2, 0x0, 0x4b, 0x52,
};

static const struct vwr_console_device_remove_msg given_device_remove = {
    .id = 0x362f2821u,
    .value = 0x524bu,
};

static void check_device_remove(const struct vwr_console_device_remove_msg *m)
{
    ENDS_SAME(m->id, 0x362f2821u);
    ENDS_SAME(m->value, 0x524bu);

}

static void forms_of_device_remove(void)
{
    {
        struct vwr_console_device_remove_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_device_remove, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_console_device_remove_msg_encode(&form, false, &given_device_remove);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_console_device_remove_msg values;
        const struct vwr_console_device_remove_msg *const m = &values;

        memcpy(&form, back_device_remove, sizeof(form));
        vwr_console_device_remove_msg_decode(&form, false, &values);
    ENDS_SAME(m->id, 0x362f2821u);
        ENDS_SAME(m->value, 0x524bu);

    }

}

/* ---- console_port ---- */

static const uint8_t back_console_port[] = {
    0x21, 0x28, 0x2f, 0x36, 0x4, 0x0, 0x4b, 0x52,
};

static const struct vwr_console_console_port_msg given_console_port = {
    .id = 0x362f2821u,
    .value = 0x524bu,
};

static void check_console_port(const struct vwr_console_console_port_msg *m)
{
    ENDS_SAME(m->id, 0x362f2821u);
    ENDS_SAME(m->value, 0x524bu);

}

static void forms_of_console_port(void)
{
    {
        struct vwr_console_console_port_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_console_port, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_console_console_port_msg_encode(&form, false, &given_console_port);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_console_console_port_msg values;
        const struct vwr_console_console_port_msg *const m = &values;

        memcpy(&form, back_console_port, sizeof(form));
        vwr_console_console_port_msg_decode(&form, false, &values);
    ENDS_SAME(m->id, 0x362f2821u);
        ENDS_SAME(m->value, 0x524bu);

    }

}

/* ---- resize ---- */

static const uint8_t back_resize[] = {
    0x21, 0x28, 0x2f, 0x36, 0x5, 0x0, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e,
};

static const struct vwr_console_resize_msg given_resize = {
    .id = 0x362f2821u,
    .value = 0x524bu,
    .cols = 0x6059u,
    .rows = 0x6e67u,
};

static void check_resize(const struct vwr_console_resize_msg *m)
{
    ENDS_SAME(m->id, 0x362f2821u);
    ENDS_SAME(m->value, 0x524bu);
    ENDS_SAME(m->cols, 0x6059u);
    ENDS_SAME(m->rows, 0x6e67u);

}

static void forms_of_resize(void)
{
    {
        struct vwr_console_resize_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_resize, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_console_resize_msg_encode(&form, false, &given_resize);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_console_resize_msg values;
        const struct vwr_console_resize_msg *const m = &values;

        memcpy(&form, back_resize, sizeof(form));
        vwr_console_resize_msg_decode(&form, false, &values);
    ENDS_SAME(m->id, 0x362f2821u);
        ENDS_SAME(m->value, 0x524bu);
        ENDS_SAME(m->cols, 0x6059u);
        ENDS_SAME(m->rows, 0x6e67u);

    }

}

/* ---- device_port_open ---- */

static const uint8_t back_device_port_open[] = {
    0x21, 0x28, 0x2f, 0x36, 0x6, 0x0, 0x4b, 0x52,
};

static const struct vwr_console_device_port_open_msg given_device_port_open = {
    .id = 0x362f2821u,
    .value = 0x524bu,
};

static void check_device_port_open(const struct vwr_console_device_port_open_msg *m)
{
    ENDS_SAME(m->id, 0x362f2821u);
    ENDS_SAME(m->value, 0x524bu);

}

static void forms_of_device_port_open(void)
{
    {
        struct vwr_console_device_port_open_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_device_port_open, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_console_device_port_open_msg_encode(&form, false, &given_device_port_open);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_console_device_port_open_msg values;
        const struct vwr_console_device_port_open_msg *const m = &values;

        memcpy(&form, back_device_port_open, sizeof(form));
        vwr_console_device_port_open_msg_decode(&form, false, &values);
    ENDS_SAME(m->id, 0x362f2821u);
        ENDS_SAME(m->value, 0x524bu);

    }

}

/* ---- port_name ---- */

static const uint8_t back_port_name[] = {
    0x21, 0x28, 0x2f, 0x36, 0x7, 0x0, 0x4b, 0x52,
};

static const struct vwr_console_port_name_msg given_port_name = {
    .id = 0x362f2821u,
    .value = 0x524bu,
};

static void check_port_name(const struct vwr_console_port_name_msg *m)
{
    ENDS_SAME(m->id, 0x362f2821u);
    ENDS_SAME(m->value, 0x524bu);

}

static void forms_of_port_name(void)
{
    {
        struct vwr_console_port_name_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_port_name, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_console_port_name_msg_encode(&form, false, &given_port_name);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_console_port_name_msg values;
        const struct vwr_console_port_name_msg *const m = &values;

        memcpy(&form, back_port_name, sizeof(form));
        vwr_console_port_name_msg_decode(&form, false, &values);
    ENDS_SAME(m->id, 0x362f2821u);
        ENDS_SAME(m->value, 0x524bu);

    }

}

static int poll_control_receiveq(void)
{
    struct vwr_console_client_control_receiveq_event e;
    const int n = vwr_console_client_poll_control_receiveq(&client, &e);

    if (n != 1)
        return n;
    if (e.type == VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_DEVICE_ADD)
        check_device_add(&e.m.device_add);
    if (e.type == VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_DEVICE_REMOVE)
        check_device_remove(&e.m.device_remove);
    if (e.type == VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_CONSOLE_PORT)
        check_console_port(&e.m.console_port);
    if (e.type == VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_RESIZE)
        check_resize(&e.m.resize);
    if (e.type == VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_DEVICE_PORT_OPEN)
        check_device_port_open(&e.m.device_port_open);
    if (e.type == VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_PORT_NAME)
        check_port_name(&e.m.port_name);
    ends_polled((unsigned)e.type, e.data, e.data_bytes);
    vwr_console_client_return_control_receiveq(&client, &e);
    return n;
}

static int parse_control_receiveq(void)
{
    struct vwr_console_client_control_receiveq_event e;

    return vwr_console_client_control_receiveq_parse(ends.image, ends.image_bytes, false,
                                                     &client.bringup.dev->config.features, &e);
}

static int call_of_device_add(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_device_add();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_control_receiveq();
    if (what == ENDS_PARSE)
        return parse_control_receiveq();
    return vwr_console_vservice_send_device_add(&service, &given_device_add, ends_out(0), 0);
}

static int call_of_device_remove(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_device_remove();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_control_receiveq();
    if (what == ENDS_PARSE)
        return parse_control_receiveq();
    return vwr_console_vservice_send_device_remove(&service, &given_device_remove, ends_out(0), 0);
}

static int call_of_console_port(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_console_port();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_control_receiveq();
    if (what == ENDS_PARSE)
        return parse_control_receiveq();
    return vwr_console_vservice_send_console_port(&service, &given_console_port, ends_out(0), 0);
}

static int call_of_resize(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_resize();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_control_receiveq();
    if (what == ENDS_PARSE)
        return parse_control_receiveq();
    return vwr_console_vservice_send_resize(&service, &given_resize, ends_out(0), 0);
}

static int call_of_device_port_open(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_device_port_open();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_control_receiveq();
    if (what == ENDS_PARSE)
        return parse_control_receiveq();
    return vwr_console_vservice_send_device_port_open(&service, &given_device_port_open, ends_out(0), 0);
}

static int call_of_port_name(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_port_name();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_control_receiveq();
    if (what == ENDS_PARSE)
        return parse_control_receiveq();
    return vwr_console_vservice_send_port_name(&service, &given_port_name, ends_out(0), 2);
}

static uint32_t put_receiveq(const void *p, uint32_t n)
{
    return vwr_console_vservice_put_receiveq(&service, p, n);
}

static uint32_t called_transmitq(struct vwr_console_vservice *s, const uint8_t *p, uint32_t n)
{
    ENDS_SAME(s == &service, true);
    return ends_taken(p, n);
}

static uint32_t put_port_receiveq(const void *p, uint32_t n)
{
    return vwr_console_vservice_put_port_receiveq(&service, ends.queue->number, p, n);
}

static uint32_t called_port_transmitq(struct vwr_console_vservice *s, uint16_t number, const uint8_t *p, uint32_t n)
{
    ENDS_SAME(number, ends.queue->number);
    ENDS_SAME(s == &service, true);
    return ends_taken(p, n);
}

static uint16_t index_receiveq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_CONSOLE_QUEUE_RECEIVEQ);
}

static uint16_t index_transmitq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_CONSOLE_QUEUE_TRANSMITQ);
}

static uint16_t index_control_transmitq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ);
}

static uint16_t index_control_receiveq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ);
}

static uint16_t index_port_receiveq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    return (uint16_t)(vwr_console_queue_port_receiveq_at(n));
}

static uint16_t index_port_transmitq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    return (uint16_t)(vwr_console_queue_port_transmitq_at(n));
}

static void posted(struct vwr_console_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_console_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_console_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_console_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_console_vservice_calls no_calls;
static const struct vwr_console_vservice_calls calls = {
    .device_ready = called_device_ready,
    .port_ready = called_port_ready,
    .port_open = called_port_open,
    .transmitq = called_transmitq,
    .port_transmitq = called_port_transmitq,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_control_transmitq[] = {
    {
        .name = "device_ready",
        .call = call_of_device_ready,
        .out = {out_device_ready, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x6), .home = 2,
    },
    {
        .name = "port_ready",
        .call = call_of_port_ready,
        .out = {out_port_ready, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x6), .home = 2,
    },
    {
        .name = "port_open",
        .call = call_of_port_open,
        .out = {out_port_open, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x6), .home = 2,
    },
};
static const struct ends_unknown unknown_control_transmitq[] = {
    {4, 2, 0, 0xffffu, 0xfffeu, false},
};

static const struct ends_message messages_control_receiveq[] = {
    {
        .name = "device_add",
        .call = call_of_device_add,
        .back = {back_device_add, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x6), .home = 2,
        .type = VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_DEVICE_ADD,
    },
    {
        .name = "device_remove",
        .call = call_of_device_remove,
        .back = {back_device_remove, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x6), .home = 2,
        .type = VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_DEVICE_REMOVE,
    },
    {
        .name = "console_port",
        .call = call_of_console_port,
        .back = {back_console_port, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x6), .home = 2,
        .type = VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_CONSOLE_PORT,
    },
    {
        .name = "resize",
        .call = call_of_resize,
        .back = {back_resize, 12, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x6), .home = 2,
        .type = VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_RESIZE,
    },
    {
        .name = "device_port_open",
        .call = call_of_device_port_open,
        .back = {back_device_port_open, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x6), .home = 2,
        .type = VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_DEVICE_PORT_OPEN,
    },
    {
        .name = "port_name",
        .call = call_of_port_name,
        .back = {back_port_name, 8, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x6), .home = 2,
        .type = VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_PORT_NAME,
    },
};
static const struct ends_unknown unknown_control_receiveq[] = {
    {4, 2, 0, 0xffffu, 0xfffeu, false},
};

static const struct ends_queue queues[] = {
    {
        .name = "receiveq", .kind = ENDS_PUT, .sets = UINT64_C(0x7), .index = index_receiveq,
        .receive = &client.receiveq, .least = 1,
        .rest = &client.receiveq_rest, .put = put_receiveq,
    },
    {
        .name = "transmitq", .kind = ENDS_TAKE, .sets = UINT64_C(0x7), .index = index_transmitq,
        .transmit = &client.transmitq,
    },
    {
        .name = "control_transmitq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x6), .index = index_control_transmitq,
        .message = messages_control_transmitq, .messages = 3, .place = ENDS_FRONT, .select_end = 6, .big = false,
        .unknown = unknown_control_transmitq, .unknowns = 1,
        .requests = &client.control_transmitq, .call = &call_control_transmitq.call,
            .own = &client.control_transmitq_own.call,
    },
    {
        .name = "control_receiveq", .kind = ENDS_EVENT, .sets = UINT64_C(0x6), .index = index_control_receiveq,
        .message = messages_control_receiveq, .messages = 6, .place = ENDS_FRONT, .select_end = 6, .big = false,
        .unknown = unknown_control_receiveq, .unknowns = 1,
        .receive = &client.control_receiveq, .least = 8,
    },
    {
        .name = "port_receiveq", .kind = ENDS_PUT, .sets = UINT64_C(0x6), .index = index_port_receiveq,
        .receive = &family_port_receiveq[0].q, .least = 1,
        .rest = &family_port_receiveq[0].rest, .put = put_port_receiveq,
    },
    {
        .name = "port_transmitq", .kind = ENDS_TAKE, .sets = UINT64_C(0x6), .index = index_port_transmitq,
        .transmit = &family_port_transmitq[0].q,
    },
    {
        .name = "port_receiveq", .kind = ENDS_PUT, .sets = UINT64_C(0x6), .index = index_port_receiveq,
        .number = 1,
        .receive = &family_port_receiveq[1].q, .least = 1,
        .rest = &family_port_receiveq[1].rest, .put = put_port_receiveq,
    },
    {
        .name = "port_transmitq", .kind = ENDS_TAKE, .sets = UINT64_C(0x6), .index = index_port_transmitq,
        .number = 1,
        .transmit = &family_port_transmitq[1].q,
    },
};

static const uint8_t set_1[] = {1};
static const uint8_t set_2[] = {0, 1, 2};

static const struct ends_set sets[] = {
    {NULL, 0, NULL, 0},
    {set_1, 1, NULL, 0},
    {set_2, 3, NULL, 0},
};

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_console_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    memset(stream_port_transmitq, 0, sizeof(stream_port_transmitq));
    service.port_transmitq = stream_port_transmitq;
    service.port_transmitq_count = 2;
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_console_client_options o = {.requests = ends_request_options()};

    memset(&call_control_transmitq, 0, sizeof(call_control_transmitq));
    memset(family_port_receiveq, 0, sizeof(family_port_receiveq));
    o.port_receiveq = family_port_receiveq;
    o.port_receiveq_count = 2;
    memset(family_port_transmitq, 0, sizeof(family_port_transmitq));
    o.port_transmitq = family_port_transmitq;
    o.port_transmitq_count = 2;
    o.receiveq = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    o.receiveq_buffers = ends_receive_memory();
    o.transmitq = ends_queue_memory(VWR_TRANSMIT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_BUFFERS));
    o.transmitq_buffers = ends_transmit_memory();
    o.control_transmitq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                            VWR_CONSOLE_CLIENT_CONTROL_TRANSMITQ_SLOT, ENDS_SEGMENTS));
    o.control_receiveq = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    o.control_receiveq_buffers = ends_receive_memory();
    family_port_receiveq[0].memory = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    family_port_receiveq[0].buffers = ends_receive_memory();
    family_port_transmitq[0].memory = ends_queue_memory(VWR_TRANSMIT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_BUFFERS));
    family_port_transmitq[0].buffers = ends_transmit_memory();
    family_port_receiveq[1].memory = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    family_port_receiveq[1].buffers = ends_receive_memory();
    family_port_transmitq[1].memory = ends_queue_memory(VWR_TRANSMIT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_BUFFERS));
    family_port_transmitq[1].buffers = ends_transmit_memory();
    memset(&client, 0, sizeof(client));
    return vwr_console_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_console_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_console_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_console_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "console",
    .id = 3,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 3,
    .queues = 8,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
    .read_info = read_info,
};
