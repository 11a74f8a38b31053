/* SPDX-License-Identifier: MIT */
#include "vwr/vi2c.h"
#include "vwr/bytes.h"

/* I2C bus for a guest: a function of the VMM executes the messages in order. Section: I2C Adapter Device. */

static struct vwr_vi2c *vi2c_of(struct vwr_i2c_vservice *s)
{
    return (struct vwr_vi2c *)(void *)s;
}

/* Converts the address to the VMM's format; unused bits are ignored. */
static uint16_t vi2c_decode(uint16_t addr)
{
    const unsigned seven = (unsigned)addr >> VWR_I2C_ADDR_7_SHIFT & VWR_I2C_ADDR_7_MAX;

    if (seven >> 2 !=
        VWR_I2C_ADDR_10_PREFIX >> 2 >> VWR_I2C_ADDR_7_SHIFT) /* the other two bits belong to the address */
        return (uint16_t)seven;
    return (uint16_t)(VWR_VI2C_TEN_BIT | (seven << VWR_I2C_ADDR_10_SHIFT & VWR_I2C_ADDR_10_MAX) |
                      (unsigned)addr >> VWR_I2C_ADDR_10_SHIFT);
}

/* Ends a message. If the message fails, the next message also fails if it belongs to the same transfer. */
static int vi2c_ends(struct vwr_vi2c *v, struct vwr_vmessage *x, int result)
{
    v->fails = result != VWR_OK && v->current.more;
    if (result != VWR_OK)
        return VWR_I2C_MSG_ERR;
    if (v->current.read)
        (void)vwr_vmessage_write(x, v->current.data, v->current.bytes);
    return VWR_OK;
}

/* Copies all data that the target receives, and zeroes the space for data that it sends. */
static int vi2c_start(struct vwr_vi2c *v, struct vwr_vmessage *x)
{
    struct vwr_vi2c_message *const m = &v->current;
    int r;

    if (v->fails || m->bytes > v->options.data_bytes ||
        !vwr_vdev_has(vwr_vi2c_dev(v), VWR_I2C_F_ZERO_LENGTH_REQUEST))
        return vi2c_ends(v, x, VWR_EIO);
    if (m->read)
        vwr_zero(m->data, m->bytes);
    else
        (void)vwr_vmessage_read(x, m->data, m->bytes);
    v->ticket = vwr_vmessage_ticket(x);
    r = v->options.transfer(v, m);
    return r == VWR_LATER ? r : vi2c_ends(v, x, r);
}

static void vi2c_take(struct vwr_vi2c *v, uint16_t addr, uint32_t flags, uint32_t bytes, bool read)
{
    struct vwr_vi2c_message *const m = &v->current;

    m->data = v->options.data;
    m->bytes = bytes;
    m->address = vi2c_decode(addr);
    m->read = read;
    m->more = (flags & VWR_I2C_FLAGS_FAIL_NEXT) != 0;
}

static int vi2c_write(struct vwr_i2c_vservice *s, struct vwr_vmessage *x, const struct vwr_i2c_write_msg *m)
{
    vi2c_take(vi2c_of(s), m->addr, m->flags, x->out.left, false);
    return vi2c_start(vi2c_of(s), x);
}

static int vi2c_read(struct vwr_i2c_vservice *s, struct vwr_vmessage *x, const struct vwr_i2c_read_msg *m)
{
    vi2c_take(vi2c_of(s), m->addr, m->flags, x->in.left, true);
    return vi2c_start(vi2c_of(s), x);
}

void vwr_vi2c_done(struct vwr_vi2c *v, uint64_t ticket, int result, const void *data)
{
    struct vwr_vdev *const dev = vwr_vi2c_dev(v);
    struct vwr_vmessage *const x = &v->message;

    vwr_vdev_lock(dev);
    if (vwr_vmessage_claim(x, ticket)) {
        if (v->current.read && result == VWR_OK && data != NULL)
            vwr_copy(v->current.data, data, v->current.bytes);
        vwr_vmessage_finish(x, vi2c_ends(v, x, result), NULL);
    }
    vwr_vdev_unlock(dev);
}

/* ---- init and reset ---- */

static void vi2c_reset(struct vwr_i2c_vservice *s)
{
    vi2c_of(s)->fails = false;
}

static void vi2c_queue_reset(struct vwr_i2c_vservice *s, uint16_t queue)
{
    (void)queue;
    vi2c_reset(s);
}

static const struct vwr_i2c_vservice_calls vi2c_calls = {
    .write = vi2c_write,
    .read = vi2c_read,
    .reset = vi2c_reset,
    .queue_reset = vi2c_queue_reset,
};

int vwr_vi2c_init_with(struct vwr_vi2c *v, const struct vwr_vdev_setup *s,
                       const struct vwr_vi2c_options *options)
{
    /* only one message, so that the others wait in the queue and the order is kept */
    const struct vwr_service_memory memory = {&v->message, 1, v->seg, VWR_COUNT(v->seg)};
    struct vwr_features features;

    vwr_zero(v, sizeof(*v));
    if (options->transfer == NULL)
        return VWR_EINVAL;
    if (!VWR_ARRAY_FITS(&vwr_vi2c_dev(v)->shortage, options, data, data_bytes, 1u))
        return VWR_ENOMEM;
    v->context = options->context;
    vwr_copy(&v->options, options, sizeof(*options));
    vwr_features_clear(&features);
    vwr_features_add(&features, VWR_I2C_F_ZERO_LENGTH_REQUEST);
    return vwr_i2c_vservice_init(&v->service, s, &features, &vi2c_calls, &memory, NULL);
}
