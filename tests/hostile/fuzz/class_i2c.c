/* SPDX-License-Identifier: MIT */
#include "class_buses.h"

#include "vwr/vi2c.h"

#include <string.h>

/* A bus. The VMM answers immediately, with an error, or later. */

#define BYTES 48u

static struct vwr_vi2c *device;
static uint8_t *data;
static uint64_t ticket; /* of a message that waits; 0: none */

static int transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
{
    const uint8_t how = class_fed();

    class_called(vwr_vi2c_dev(v));
    MUST(v == device && m->data == data && m->bytes <= BYTES);
    MUST(m->address < 0x80 || (m->address & ~VWR_VI2C_TEN_BIT) <= VWR_I2C_ADDR_10_MAX);
    if (m->read) {
        for (uint32_t n = 0; n < m->bytes; n++)
            MUST(data[n] == 0);
        memset(data, how, m->bytes);
    }
    if (how < 0xc0)
        return how < 0xa0 ? VWR_OK : VWR_ENODEV;
    ticket = vwr_vi2c_ticket(v);
    return VWR_LATER;
}

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    struct vwr_vi2c_options o = {.transfer = transfer, .data_bytes = BYTES};

    device = class_memory(device, sizeof(*device));
    data = class_memory(data, BYTES);
    ticket = 0;
    o.data = data;
    MUST(vwr_vi2c_init(device, setup, &o) == VWR_OK);
    return vwr_vi2c_dev(device);
}

/* An answer, in time, too late, or twice. */
static void event(uint8_t what, struct input *in)
{
    uint8_t bytes[BYTES];

    memset(bytes, what, sizeof(bytes));
    vwr_vi2c_done(device, ticket, what < 0x80 ? VWR_OK : VWR_EIO, what % 2 != 0 ? bytes : NULL);
    if (input_u8(in) % 4 != 0)
        ticket = 0;
}

/* A message that is read. */
static void must_work(struct vwr_dev *d)
{
    static struct script s;
    const bool legacy = vwr_vi2c_dev(device)->legacy;
    const struct vwr_i2c_read_msg m = {0x50u << VWR_I2C_ADDR_7_SHIFT, 0};
    struct vwr_i2c_read_msg_form form;
    const uint8_t *answer;

    (void)d;
    vwr_vi2c_done(device, ticket, VWR_EIO, NULL);
    class_start(&s);
    vwr_i2c_read_msg_encode(&form, legacy, &m);
    answer = class_exchange(&s, VWR_I2C_QUEUE_REQUESTQ, &form, sizeof(form), 4 + 1);
    MUST(answer[4] == VWR_I2C_MSG_OK);
}

const struct world_service class_i2c = {begin, event, must_work, false};
