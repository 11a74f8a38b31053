/* SPDX-License-Identifier: MIT */
#include "vwr/i2c.h"
#include "vwr/bytes.h"

/* I2C adapter device: transfers with messages of the generated client. Section: I2C Adapter Device. */

/* ---- a transfer ---- */

static bool i2c_is_address(uint16_t address)
{
    const unsigned a = address & ~VWR_I2C_TEN_BIT;

    return a <= (a == address ? (unsigned)VWR_I2C_ADDR_7_MAX : (unsigned)VWR_I2C_ADDR_10_MAX);
}

/* The address as the device expects it. */
static uint16_t i2c_encode(uint16_t address)
{
    const unsigned a = address & ~VWR_I2C_TEN_BIT;

    if (a == address)
        return (uint16_t)(a << VWR_I2C_ADDR_7_SHIFT);
    return (uint16_t)(VWR_I2C_ADDR_10_PREFIX | a >> VWR_I2C_ADDR_10_SHIFT << VWR_I2C_ADDR_7_SHIFT |
                      a << VWR_I2C_ADDR_10_SHIFT);
}

static int i2c_check(const struct vwr_i2c_message *messages, unsigned count)
{
    bool valid = count != 0 && count <= VWR_I2C_MESSAGES;

    for (unsigned n = 0; n < count && valid; n++)
        valid = i2c_is_address(messages[n].address);
    return valid ? VWR_OK : VWR_EINVAL;
}

/*
 * Every message except the last has a flag: if the message fails, the device also fails the next one.
 */
static int i2c_begin(struct vwr_i2c *i, struct vwr_i2c_client_requestq_call *call,
                     const struct vwr_i2c_message *m, bool last)
{
    const uint16_t addr = i2c_encode(m->address);
    const uint32_t flags = last ? 0 : VWR_I2C_FLAGS_FAIL_NEXT;
    const struct vwr_i2c_read_msg in = {addr, flags};
    const struct vwr_i2c_write_msg out = {addr, flags};

    call->call.req.internal = 1; /* no caller reaps it */
    return m->read ? vwr_i2c_client_read_begin(&i->client, call, &in, m->data, m->bytes)
                   : vwr_i2c_client_write_begin(&i->client, call, &out, m->data, m->bytes);
}

static int i2c_submit(struct vwr_i2c *i, struct vwr_client_call *call)
{
    struct vwr_clientq *const q = &i->client.requestq;
    int r = vwr_client_submit(q, call);

    while (r == VWR_EFULL && (r = vwr_request_make_room(&q->requests)) == VWR_OK)
        r = vwr_client_submit(q, call);
    return r;
}

/* Waits for a message. A read must return all of its bytes. */
static int i2c_wait(struct vwr_i2c *i, struct vwr_client_call *call, const struct vwr_i2c_message *m)
{
    struct vwr_requestq *const q = &i->client.requestq.requests;
    const int r = vwr_request_wait(q, &call->req);

    if (r == VWR_OK && m->read && call->data_bytes < m->bytes)
        return vwr_request_note(q, VWR_FAULT_REQUEST_STATUS, call->row->type, call->status);
    return r;
}

int vwr_i2c_transfer(struct vwr_i2c *i, const struct vwr_i2c_message *messages, unsigned count)
{
    int r = i2c_check(messages, count), ended = VWR_OK;
    unsigned sent = 0;

    i->done = 0;
    for (; sent < count && r == VWR_OK; sent += r == VWR_OK) {
        r = i2c_begin(i, &i->call[sent], &messages[sent], sent + 1 == count);
        if (r == VWR_OK)
            r = i2c_submit(i, &i->call[sent].call);
    }
    if (sent != 0)
        (void)vwr_client_kick(&i->client.requestq);
    for (unsigned n = 0; n < sent && !vwr_result_is_in_flight(ended); n++) {
        const int one = i2c_wait(i, &i->call[n].call, &messages[n]);

        if (ended == VWR_OK && one == VWR_OK)
            i->done++;
        else if (ended == VWR_OK || vwr_result_is_in_flight(one))
            ended = one;
    }
    return ended != VWR_OK ? ended : r;
}

/* ---- opening, recovery and closing ---- */

static const struct vwr_request_class i2c_class = {
    VWR_CLIENT_CLASS(VWR_I2C_CLIENT_REQUESTQ_SLOT),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static int i2c_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_i2c *const i = (void *)v;
    struct vwr_i2c_shared *const s = i->options.shared;
    const struct vwr_queue_memory m = {s->queue, sizeof(s->queue), i->own, sizeof(i->own), VWR_I2C_QUEUE};

    (void)n;
    return vwr_client_setup(&i->client.requestq, v, VWR_I2C_QUEUE_REQUESTQ, &i2c_class, &m,
                            &i->options.request);
}

static const struct vwr_features i2c_want = {
    {VWR_I2C_FEATURES_W0, VWR_I2C_FEATURES_W1, VWR_I2C_FEATURES_W2, VWR_I2C_FEATURES_W3}};
static const struct vwr_features i2c_need = {{1u << VWR_I2C_F_ZERO_LENGTH_REQUEST, 0, 0, 0}};

const struct vwr_bringup_class vwr_i2c_bringup = {
    .type = VWR_I2C_ID,
    .bytes = sizeof(struct vwr_i2c),
    .want = &i2c_want,
    .set_up = i2c_set_up,
};

int vwr_i2c_open(struct vwr_i2c *i, struct vwr_dev *d, const struct vwr_i2c_options *options)
{
    const int r = vwr_bringup_begin(&i->bringup, &vwr_i2c_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&i->options, options, sizeof(*options));
    i->options.request.requests = VWR_I2C_MESSAGES;
    i->options.request.segments = VWR_REQUEST_SEGMENTS;
    i->options.request.replay = false;
    i->client.bringup.need = &i2c_need;
    i->client.bringup.avoid = &i->options.avoid;
    return vwr_bringup_open(&i->bringup);
}
