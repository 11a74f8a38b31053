/* SPDX-License-Identifier: MIT */
#include "drivers.h"

#include "vwr/i2c.h"

#include <string.h>

/* An I2C adapter device. */

#define BYTES 32u
#define AREA (VWR_I2C_MESSAGES * BYTES)

static struct {
    struct vwr_i2c *i;
    uint8_t *data;
} bus;

static struct vwr_bringup *i2c_bringup(void)
{
    return &bus.i->client.bringup;
}

static void configure(uint8_t *config, bool legacy)
{
    (void)config;
    (void)legacy;
}

static bool receives(unsigned queue)
{
    (void)queue;
    return false;
}

/* Bytes of 0, and the status, which is 0 too. */
static uint32_t answer(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in)
{
    (void)queue;
    (void)out;
    (void)n;
    memset(in, 0, BYTES + 1);
    return BYTES + 1;
}

static int open(struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_i2c_options o = {.avoid = *avoid};

    bus.i = drivers_anew(bus.i, sizeof(*bus.i));
    o.shared = drivers_share(sizeof(*o.shared));
    bus.data = drivers_share(AREA);
    return vwr_i2c_open(bus.i, d, &o);
}

static void call(uint8_t which)
{
    struct vwr_i2c_message m[VWR_I2C_MESSAGES];
    const unsigned count = which % VWR_I2C_MESSAGES + 1;
    char text[200];
    int r;

    for (unsigned n = 0; n < count; n++) {
        const uint8_t how = input_u8(drivers_in);

        m[n] = (struct vwr_i2c_message){bus.data + n * BYTES, how % (BYTES + 1), how, how % 3 != 0};
        if (how >= 0xf0)
            m[n].address = (uint16_t)(VWR_I2C_TEN_BIT | how << 2);
    }
    r = vwr_i2c_transfer(bus.i, m, count);
    MUST(r <= VWR_OK && bus.i->done <= count && (r != VWR_OK || bus.i->done == count));
    (void)vwr_i2c_explain(bus.i, text, sizeof(text));
}

static int close(void)
{
    return vwr_i2c_close(bus.i);
}

static void closed(void)
{
    for (unsigned n = 0; n < VWR_I2C_MESSAGES; n++)
        MUST(!vwr_req_is_in_flight(&bus.i->call[n].call.req));
}

/* A register's number, and its bytes. */
static void works(void)
{
    memset(bus.data, 0xee, BYTES);
    MUST(vwr_i2c_write_read(bus.i, 0x50, bus.data, 1, bus.data + 1, BYTES - 1) == VWR_OK);
    MUST(bus.data[0] == 0xee && bus.data[1] == 0 && bus.data[BYTES - 1] == 0);
}

const struct driver_row driver_i2c = {
    .id = VWR_I2C_ID,
    .features = {{VWR_I2C_FEATURES_W0}},
    .steps = &vwr_i2c_bringup,
    .bringup = i2c_bringup,
    .configure = configure,
    .receives = receives,
    .answer = answer,
    .open = open,
    .call = call,
    .close = close,
    .closed = closed,
    .works = works,
};
