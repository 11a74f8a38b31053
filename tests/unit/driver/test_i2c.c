/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "vwr/i2c.h"

#include <string.h>

/* An I2C adapter device: the messages of a transfer, and answers that a device must not give. */

#define QUEUE VWR_I2C_QUEUE_REQUESTQ
#define BYTES 8u
#define MESSAGES 3u

static struct vwr_i2c i;
static uint8_t *data;

/* The device: what it has received, and how it answers. */
static struct {
    struct fake_chain chain;
    struct vwr_i2c_read_msg message[2 * MESSAGES]; /* a write has the same members */
    bool read[2 * MESSAGES];
    unsigned count;
    unsigned fails; /* number of the message that fails; the later ones do, too */
    uint8_t status;
    uint32_t less; /* bytes that a read does not write */
} device;

static void serve(struct fake *f, uint32_t queue)
{
    struct fake_chain *const c = &device.chain;
    struct vwr_i2c_read_msg_form form;

    while (fake_ring_next(f, queue, c)) {
        struct vwr_i2c_read_msg *const m = &device.message[device.count];
        uint8_t in[BYTES + 1];

        assert_int_equal(class_read(c, &form, sizeof(form)), sizeof(form));
        vwr_i2c_read_msg_decode(&form, f->version == VWR_MMIO_VERSION_LEGACY, m);
        device.read[device.count] = (m->flags & VWR_I2C_FLAGS_M_RD) != 0;
        memset(in, 'r', sizeof(in));
        in[c->writable - 1] = device.count++ < device.fails ? VWR_I2C_MSG_OK : device.status;
        class_write(c, in, c->writable);
        fake_ring_push(f, queue, c->head, c->writable - (c->writable > 1 ? device.less : 0));
    }
}

/* `lacks` is the mandatory feature of the device. */
static int open_as(struct world *w, const struct format *f, bool lacks)
{
    struct vwr_i2c_options o;

    memset(&device, 0, sizeof(device));
    device.fails = 2 * MESSAGES;
    format_plug(w, f);
    w->f.device_id = VWR_I2C_ID;
    w->f.on_notify = serve;
    w->f.queue[QUEUE].size_max = f->size;
    if (!lacks)
        fake_offer(&w->f, VWR_I2C_F_ZERO_LENGTH_REQUEST);
    assert_int_equal(world_probe(w), VWR_OK);
    memset(&i, 0xa5, sizeof(i)); /* memory of the embedder is not zeroed */
    memset(&o, 0, sizeof(o));
    o.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN);
    data = fake_ram_alloc(MESSAGES * BYTES, 1);
    return vwr_i2c_open(&i, &w->mmio.dev, &o);
}

static int open_it(struct world *w, const struct format *f)
{
    return open_as(w, f, false);
}

static int transfer(void)
{
    const struct vwr_i2c_message m[MESSAGES] = {{data, 2, 0x50, false},
                                                {data + BYTES, BYTES, VWR_I2C_TEN_BIT | 0x2a5, true},
                                                {data + 2 * BYTES, 0, 0x7f, true}};

    return vwr_i2c_transfer(&i, m, MESSAGES);
}

/* Addresses and flags as they are sent; only the last message lets the next one of the queue succeed. */
static void sends(struct world *w, const struct format *f, const void *param)
{
    static const uint16_t addr[MESSAGES] = {0xa0, 0xa5f4, 0xfe};

    (void)param;
    assert_int_equal(open_it(w, f), VWR_OK);
    assert_int_equal(transfer(), VWR_OK);
    assert_int_equal(i.done, MESSAGES);
    assert_int_equal(device.count, MESSAGES);
    for (unsigned n = 0; n < MESSAGES; n++) {
        assert_int_equal(device.message[n].addr, addr[n]);
        assert_int_equal(device.read[n], n != 0);
        assert_int_equal(device.message[n].flags & VWR_I2C_FLAGS_FAIL_NEXT,
                         n < 2 ? VWR_I2C_FLAGS_FAIL_NEXT : 0);
    }
    for (unsigned n = 0; n < BYTES; n++)
        assert_int_equal(data[BYTES + n], 'r');
    assert_int_equal(vwr_i2c_close(&i), VWR_OK);
}

/* D42: statuses that are not OK; the number of messages before the first of them. */
static void D42_statuses(struct world *w, const struct format *f, const void *param)
{
    static const uint8_t statuses[] = {VWR_I2C_MSG_ERR, 2, 0xff};

    (void)param;
    assert_int_equal(open_it(w, f), VWR_OK);
    for (unsigned n = 0; n < MESSAGES * sizeof(statuses); n++) {
        device.count = 0;
        device.fails = n % MESSAGES;
        device.status = statuses[n / MESSAGES];
        assert_int_equal(transfer(), VWR_EIO);
        assert_int_equal(i.done, n % MESSAGES);
    }
    assert_int_equal(vwr_i2c_close(&i), VWR_OK);
}

/* The device reports OK, but has not written everything. */
static void D05_D41_short_read(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    assert_int_equal(open_it(w, f), VWR_OK);
    for (device.less = 2; device.less < BYTES; device.less++) {
        device.count = 0;
        assert_int_equal(transfer(), VWR_EPROTO);
        assert_int_equal(i.done, 1);
    }
    device.less = 0;
    device.count = 0;
    assert_int_equal(transfer(), VWR_OK);
    assert_int_equal(vwr_i2c_close(&i), VWR_OK);
}

/* No part of a message that the call refuses is sent. */
static void refuses(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_i2c_message m[2] = {{data, 1, 0x50, false}, {data, (size_t)1 << 31, 0x50, true}};

    (void)param;
    assert_int_equal(open_it(w, f), VWR_OK);
    assert_int_equal(vwr_i2c_transfer(&i, m, 0), VWR_EINVAL);
    assert_int_equal(vwr_i2c_write(&i, 0x80, NULL, 0), VWR_EINVAL);
    assert_int_equal(vwr_i2c_read(&i, VWR_I2C_TEN_BIT | 0x400, data, 1), VWR_EINVAL);
    assert_int_equal(vwr_i2c_transfer(&i, m + 1, 1), VWR_EINVAL);
    assert_int_equal(device.count, 0);
    assert_int_equal(vwr_i2c_write(&i, 0x50, data, 1), VWR_OK);
    assert_int_equal(vwr_i2c_close(&i), VWR_OK);
}

static void mandatory_feature(struct world *w, const struct format *f, const void *param)
{
    char text[200];

    (void)param;
    assert_int_equal(open_as(w, f, true), VWR_EFEATURE);
    assert_true(vwr_i2c_explain(&i, text, sizeof(text)) < sizeof(text));
    assert_non_null(strstr(text, "ZERO_LENGTH_REQUEST"));
}

/* The device does not answer, and a transfer has more messages than the queue: the call waits for space in
 * vain. */
static void D14_silent(struct world *w, const struct format *f, const void *param)
{
    static struct vwr_i2c_message m[VWR_I2C_MESSAGES];

    (void)param;
    assert_int_equal(open_it(w, f), VWR_OK);
    w->f.on_notify = NULL;
    for (unsigned n = 0; n < VWR_I2C_MESSAGES; n++)
        m[n] = (struct vwr_i2c_message){data, 1, 0x50, false};
    assert_int_equal(vwr_i2c_transfer(&i, m, VWR_I2C_MESSAGES), VWR_EINFLIGHT);
    assert_int_equal(i.done, 0);
    assert_true((w->f.status_written & VWR_STATUS_FAILED) != 0);
    assert_int_equal(device.count, 0);
    assert_int_equal(vwr_i2c_close(&i), VWR_OK);
}

int main(void)
{
    static const uint16_t sizes[] = {16, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_INDIRECT, 0, sizes};
    static const struct format_range one = {KIND_SPLIT, 0, 0, sizes};
    static struct format_tests tests;

    format_add(&tests, "sends", sends, NULL, &all);
    format_add(&tests, "D42_statuses", D42_statuses, NULL, &all);
    format_add(&tests, "D05_D41_short_read", D05_D41_short_read, NULL, &all);
    format_add(&tests, "refuses", refuses, NULL, &one);
    format_add(&tests, "D14_silent", D14_silent, NULL, &all);
    format_add(&tests, "mandatory_feature", mandatory_feature, NULL, &one);
    return format_run("i2c", &tests);
}
