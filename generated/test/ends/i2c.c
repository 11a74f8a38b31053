/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/i2c.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; I2C Adapter Device */

/* 2 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/i2c.h"
#include "vwr/service/i2c.h"

#include <string.h>

static struct vwr_i2c_client client;
static struct vwr_i2c_vservice service;

static struct vwr_i2c_client_requestq_call call_requestq;

/* ---- write ---- */

static const uint8_t out_write[] = {
    0x21, 0x28, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_write[] = {
    0x0,
};

static const struct vwr_i2c_write_msg given_write = {
    .addr = 0x2821u,
    .flags = 0x524b443du,
};

static int called_write(struct vwr_i2c_vservice *s, struct vwr_vmessage *x, const struct vwr_i2c_write_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->addr, 0x2821u);
    ENDS_SAME(m->flags, 0x524b443du);

    return ends_called(x, "write");
}

static void forms_of_write(void)
{
    {
        struct vwr_i2c_write_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_write, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_i2c_write_msg_encode(&form, false, &given_write);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_i2c_write_msg values;
        const struct vwr_i2c_write_msg *const m = &values;

        memcpy(&form, out_write, sizeof(form));
        vwr_i2c_write_msg_decode(&form, false, &values);
    ENDS_SAME(m->addr, 0x2821u);
        ENDS_SAME(m->flags, 0x524b443du);

    }

}

static int call_of_write(enum ends_do what)
{
    struct vwr_i2c_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_write();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_i2c_client_write_submit(&client, call, &given_write, ends_out(0), 2);
    if (what == ENDS_DONE) {
        vwr_i2c_vservice_write_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_i2c_client_write(&client, &given_write, ends_out(0), 2);
    return r;
}

/* ---- read ---- */

static const uint8_t out_read[] = {
    0x21, 0x28, 0x0, 0x0, 0x3f, 0x44, 0x4b, 0x52,
};

static const uint8_t back_read[] = {
    0x0,
};

static const struct vwr_i2c_read_msg given_read = {
    .addr = 0x2821u,
    .flags = 0x524b443du,
};

static int called_read(struct vwr_i2c_vservice *s, struct vwr_vmessage *x, const struct vwr_i2c_read_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->addr, 0x2821u);
    ENDS_SAME(m->flags, 0x524b443fu);

    return ends_called(x, "read");
}

static void forms_of_read(void)
{
    {
        struct vwr_i2c_read_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_read, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_i2c_read_msg_encode(&form, false, &given_read);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_i2c_read_msg values;
        const struct vwr_i2c_read_msg *const m = &values;

        memcpy(&form, out_read, sizeof(form));
        vwr_i2c_read_msg_decode(&form, false, &values);
    ENDS_SAME(m->addr, 0x2821u);
        ENDS_SAME(m->flags, 0x524b443fu);

    }

}

static int call_of_read(enum ends_do what)
{
    struct vwr_i2c_client_requestq_call *const call = &call_requestq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_read();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_i2c_client_read_submit(&client, call, &given_read, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_i2c_vservice_read_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_i2c_client_read(&client, &given_read, ends_in(0), 2, &written);
    ends_written(r, written);
    return r;
}

static uint16_t index_requestq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_I2C_QUEUE_REQUESTQ);
}

static void posted(struct vwr_i2c_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_i2c_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_i2c_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_i2c_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_i2c_vservice_calls no_calls;
static const struct vwr_i2c_vservice_calls calls = {
    .write = called_write,
    .read = called_read,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_requestq[] = {
    {
        .name = "write",
        .call = call_of_write,
        .out = {out_write, 8, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_write, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1), .home = 0,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "read",
        .call = call_of_read,
        .out = {out_read, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_read, 0, 1, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1), .home = 0,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
};

static const struct ends_queue queues[] = {
    {
        .name = "requestq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x1), .index = index_requestq,
        .message = messages_requestq, .messages = 2, .place = ENDS_BACK, .select_end = 8, .big = false,
        .requests = &client.requestq, .call = &call_requestq.call, .own = &client.requestq_own.call,
    },
};

static const uint8_t set_0[] = {0};

static const struct ends_set sets[] = {
    {set_0, 1, NULL, 0},
};

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_i2c_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_i2c_client_options o = {.requests = ends_request_options()};

    memset(&call_requestq, 0, sizeof(call_requestq));
    o.requestq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_I2C_CLIENT_REQUESTQ_SLOT,
                                   ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_i2c_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_i2c_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_i2c_client_has(&client, feature);
}

const struct ends_device ends_device = {
    .name = "i2c",
    .id = 34,
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
