/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "i2c.h"
#include "vwr/i2c.h"

/* A user of an I2C adapter. */

#define HEADER 8u /* bytes of a request before its data */

static struct vwr_i2c *i;
static uint8_t (*data)[I2C_LONGEST]; /* one for each message */

static int bus_open(const struct bench_memory *m, struct vwr_dev *d, const struct vwr_features *avoid,
                    uint32_t timeout_us)
{
    struct vwr_i2c_options o;

    vwr_zero(&o, sizeof(o));
    i = (struct vwr_i2c *)m->own;
    data = (uint8_t(*)[I2C_LONGEST])m->data;
    o.shared = (struct vwr_i2c_shared *)m->shared;
    o.avoid = *avoid;
    o.request.timeout_us = timeout_us;
    return vwr_i2c_open(i, d, &o);
}

/* How a user asks for each shape; the data are those of the shape. */
static const struct {
    uint16_t address;
    bool read;
} asks[] = {{0x50, false}, {0x50, false}, {0x50, true},  {0x51, false}, {0x51, false},   {0x50, false},
            {0x03, false}, {0x50, false}, {0x50, false}, {0x50, true},  {I2C_TEN, false}};

static int bus_act(unsigned first, unsigned count, unsigned *done)
{
    const struct bench_shape *const s = &bench_i2c_shapes.shape[first];
    struct vwr_i2c_message m[VWR_I2C_MESSAGES];
    int r;

    for (unsigned n = 0; n < count; n++) {
        const bool read = asks[first + n].read;
        const uint32_t bytes = read ? s[n].in.n - 1 : s[n].out.n - HEADER;

        bench_fill(data[n], 0xee, I2C_LONGEST);
        if (!read)
            vwr_copy(data[n], s[n].out.at + HEADER, bytes);
        m[n] = (struct vwr_i2c_message){data[n], bytes, asks[first + n].address, read};
    }
    r = count == 2 && m[1].read
            ? vwr_i2c_write_read(i, m[0].address, m[0].data, m[0].bytes, m[1].data, m[1].bytes)
            : vwr_i2c_transfer(i, m, count);
    *done = i->done;
    for (unsigned n = 0; n < i->done; n++)
        if (m[n].read && (!bench_equal(data[n], s[n].in.at, s[n].in.n - 1) || data[n][m[n].bytes] != 0xee))
            return BENCH_WRONG;
    return r;
}

/* No part of a transfer is sent if one message of it is refused. */
static bool bus_refuses(unsigned number)
{
    static const uint16_t address[] = {0x80, VWR_I2C_TEN_BIT | 0x400, I2C_MEMORY, I2C_MEMORY, I2C_MEMORY};
    static const unsigned count[] = {1, 2, 0, VWR_I2C_MESSAGES + 1, 1};
    struct vwr_i2c_message m[VWR_I2C_MESSAGES + 1];
    int r;

    for (unsigned n = 0; n < VWR_I2C_MESSAGES + 1; n++)
        m[n] = (struct vwr_i2c_message){data[0], 1, I2C_MEMORY, true};
    m[number % 2].address = address[number];
    m[0].bytes = number == 4 ? (size_t)1 << 31 : 1;
    if (number == 0)
        return vwr_i2c_write(i, address[0], NULL, 0) == VWR_EINVAL;
    r = vwr_i2c_transfer(i, m, count[number]);
    /* Bytes are counted after the check for a message that is still in flight. */
    return (r == VWR_EINVAL || (number == 4 && (r == VWR_EBUSY || r == VWR_EFAILED))) && i->done == 0;
}

static void bus_choose(uint32_t (*below)(uint32_t), struct vwr_i2c_message *m, unsigned count)
{
    for (unsigned n = 0; n < count; n++) {
        const unsigned who = below(20);
        const uint32_t bytes = below(I2C_LONGEST + 1);

        m[n] = (struct vwr_i2c_message){data[n], bytes, I2C_TEN, below(2) != 0};
        if (who < 10)
            m[n].address = who == 0 ? (uint16_t)below(0x80) : (uint16_t)I2C_MEMORY;
        for (uint32_t k = 0; k < bytes; k++)
            data[n][k] = (uint8_t)(n + 31 * k + who);
    }
}

static const char *bus_call(uint32_t (*below)(uint32_t), void *model, uint32_t most)
{
    static uint8_t wanted[VWR_I2C_MESSAGES][I2C_LONGEST];
    struct vwr_i2c_message m[VWR_I2C_MESSAGES];
    const unsigned count = 1 + below(VWR_I2C_MESSAGES);
    unsigned good = 0;
    int r;

    bus_choose(below, m, count);
    vwr_copy(wanted, data, sizeof(wanted));
    while (model != NULL && good < count && m[good].bytes <= most &&
           i2c_move(model, m[good].address, wanted[good], m[good].bytes, m[good].read) == 0)
        good++;
    r = vwr_i2c_transfer(i, m, count);
    if (r > VWR_OK || i->done > count || (r == VWR_OK) != (i->done == count))
        return "the result is not that of what is done";
    if (model != NULL && (r != (good == count ? VWR_OK : VWR_EIO) || i->done != good))
        return "another result than that of the bus";
    for (unsigned n = 0; n < good; n++)
        if (!bench_equal(data[n], wanted[n], (uint32_t)m[n].bytes))
            return "other data than those of the target";
    return NULL;
}

static bool bus_is_idle(void)
{
    bool idle = true;

    for (unsigned n = 0; n < VWR_I2C_MESSAGES; n++)
        idle = idle && !vwr_req_is_in_flight(&i->call[n].call.req);
    return idle;
}

static size_t bus_explain(char *text, size_t bytes)
{
    return vwr_i2c_explain(i, text, bytes);
}

const struct bench_driver bench_i2c_driver = {
    .shapes = &bench_i2c_shapes,
    .steps = &vwr_i2c_bringup,
    .shared_bytes = sizeof(struct vwr_i2c_shared),
    .data_bytes = VWR_I2C_MESSAGES * I2C_LONGEST,
    .model_bytes = sizeof(struct i2c_model),
    .calls = 12,
    .open = bus_open,
    .act = bus_act,
    .refuses = bus_refuses,
    .refusals = 5,
    .call = bus_call,
    .is_idle = bus_is_idle,
    .explain = bus_explain,
};
