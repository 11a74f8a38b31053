/* SPDX-License-Identifier: MIT */
#include "live.h"

#include "vwr/bytes.h"
#include "vwr/i2c.h"
#include "vwr/vi2c.h"
#include "vwr/open/rows.h"

#define ADDRESS 0x50u /* of the target */
#define REGISTERS 16u
#define DATA_BYTES 64u

static struct {
    struct vwr_vi2c device;
    uint8_t data[DATA_BYTES];
    uint8_t at;        /* register that is accessed next */
    uint8_t *out, *in; /* in the guest's RAM */
} bus;

/* A write begins with the number of a register; reads continue there. */
static int transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
{
    const struct live_guest *const g = v->context;
    uint8_t *const registers = live_surfaces[g->number].data;

    if (m->address != ADDRESS)
        return VWR_EIO;
    if (!m->read && m->bytes != 0)
        bus.at = m->data[0] % REGISTERS;
    for (uint32_t i = m->read ? 0 : 1; i < m->bytes; i++) {
        if (m->read)
            m->data[i] = registers[bus.at];
        else
            registers[bus.at] = m->data[i];
        bus.at = (bus.at + 1u) % REGISTERS;
    }
    return VWR_OK;
}

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    const struct vwr_vi2c_options o = {
        .transfer = transfer, .context = g, .data = bus.data, .data_bytes = sizeof(bus.data)};

    vwr_zero(&bus, sizeof(bus));
    live_surfaces[g->number].bytes = live_surfaces[g->number].width = REGISTERS;
    bus.out = live_alloc(g, DATA_BYTES, 64);
    bus.in = live_alloc(g, DATA_BYTES, 64);
    *v = vwr_vi2c_dev(&bus.device);
    return vwr_vi2c_init_with(&bus.device, s, &o);
}

static struct vwr_i2c *driver(const struct live_guest *g)
{
    return vwr_opened_driver(&g->opened, &vwr_i2c_bringup);
}

static int write(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const uint32_t bytes = in->bytes < DATA_BYTES - 1u ? in->bytes : DATA_BYTES - 1u;

    (void)out;
    bus.out[0] = (uint8_t)in->number[1];
    vwr_copy(bus.out + 1, in->data, bytes);
    return vwr_i2c_write(driver(g), (uint16_t)in->number[0], bus.out, bytes + 1u);
}

static int read(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const uint32_t bytes = in->number[2] < DATA_BYTES ? (uint32_t)in->number[2] : DATA_BYTES;
    int r;

    bus.out[0] = (uint8_t)in->number[1];
    r = vwr_i2c_write_read(driver(g), (uint16_t)in->number[0], bus.out, 1, bus.in, bytes);
    if (r >= 0) {
        out->bytes = bytes;
        vwr_copy(out->data, bus.in, bytes);
    }
    return r;
}

static const struct live_action actions[] = {
    {"write", "address=80 register=0 data:hex", "Write registers.", LIVE_DRIVER, write},
    {"read", "address=80 register=0 bytes=4", "Read registers, after a repeated start.", LIVE_DRIVER, read},
};

static const struct vwr_open_class row = VWR_OPEN_I2C;

const struct live_scene live_scene_i2c = {.name = "i2c",
                                          .brief = "A bus with a target at 0x50 that has 16 registers.",
                                          .actions = actions,
                                          .action_count = VWR_COUNT(actions),
                                          .guests = 1,
                                          .queues = VWR_VI2C_QUEUES,
                                          .surface = LIVE_BYTES,
                                          .add = add,
                                          .driver = &row};
