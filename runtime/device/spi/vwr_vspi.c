/* SPDX-License-Identifier: MIT */
#include "vwr/vspi.h"
#include "vwr/bytes.h"

/* SPI controller for a guest: functions of the VMM execute transfers, in order. Section: SPI Controller
 * Device. */

static struct vwr_vspi *vspi_of(struct vwr_spi_vservice *s)
{
    return (struct vwr_vspi *)(void *)s;
}

static int vspi_ends(const struct vwr_vspi *v, struct vwr_vmessage *x, int result)
{
    const struct vwr_vspi_transfer *const t = &v->current;

    if (result == VWR_OK && t->in != NULL)
        (void)vwr_vmessage_write(x, t->in, t->bytes);
    if (result == VWR_OK)
        return VWR_SPI_TRANS_OK;
    return result == VWR_EINVAL ? VWR_SPI_PARAM_ERR : VWR_SPI_TRANS_ERR;
}

/* Copies the data that the chip receives, and zeroes the space for those that it sends. */
static void vspi_prepare(struct vwr_vspi *v, struct vwr_vmessage *x, const struct vwr_spi_transfer_msg *m)
{
    struct vwr_vspi_transfer *const t = &v->current;
    uint8_t *const data = v->options.data;
    const uint32_t half = v->options.data_bytes / 2u;

    vwr_copy(&t->m, m, sizeof(t->m));
    t->bytes = x->out.left != 0 ? x->out.left : x->in.left;
    t->out = x->out.left != 0 ? data : NULL;
    t->in = x->in.left != 0 ? data + half : NULL;
    if (t->out != NULL)
        (void)vwr_vmessage_read(x, data, t->bytes);
    if (t->in != NULL)
        vwr_zero(t->in, t->bytes);
}

static int vspi_transfer(struct vwr_spi_vservice *s, struct vwr_vmessage *x,
                         const struct vwr_spi_transfer_msg *m)
{
    struct vwr_vspi *const v = vspi_of(s);
    const uint32_t out = x->out.left, in = x->in.left, most = v->options.data_bytes / 2u;
    struct vwr_vspi_chip *chip;
    int r;

    if (!vwr_spi_check(&v->options.limits, m, out, in))
        return VWR_SPI_PARAM_ERR;
    chip = &v->options.chips[m->chip_select_id];
    if (chip->transfer == NULL || out > most || in > most)
        return VWR_SPI_TRANS_ERR;
    vspi_prepare(v, x, m);
    v->ticket = vwr_vmessage_ticket(x);
    r = chip->transfer(chip, &v->current);
    return r == VWR_LATER ? r : vspi_ends(v, x, r);
}

void vwr_vspi_done(struct vwr_vspi *v, uint64_t ticket, int result, const void *in)
{
    struct vwr_vdev *const dev = vwr_vspi_dev(v);
    struct vwr_vmessage *const x = &v->message;

    vwr_vdev_lock(dev);
    if (vwr_vmessage_claim(x, ticket)) {
        if (result == VWR_OK && in != NULL && v->current.in != NULL)
            vwr_copy(v->current.in, in, v->current.bytes);
        vwr_vmessage_finish(x, vspi_ends(v, x, result), NULL);
    }
    vwr_vdev_unlock(dev);
}

static const struct vwr_spi_vservice_calls vspi_calls = {.transfer = vspi_transfer};

/* Whether there is a clock phase and a clock polarity. */
static bool vspi_has_clock(uint32_t modes)
{
    return (modes & (VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPHA_0_MASK |
                     VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPHA_1_MASK)) != 0 &&
           (modes & (VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPOL_0_MASK |
                     VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPOL_1_MASK)) != 0;
}

int vwr_vspi_init_with(struct vwr_vspi *v, const struct vwr_vdev_setup *s,
                       const struct vwr_vspi_options *options)
{
    /* only one message, so that the others wait in the queue and the order is kept */
    const struct vwr_service_memory memory = {&v->message, 1, v->seg, VWR_COUNT(v->seg)};
    struct vwr_features none;
    int r;

    vwr_zero(v, sizeof(*v));
    if (options->chip_count > (uint8_t)-1 || !vspi_has_clock(options->limits.mode_func_supported))
        return VWR_EINVAL;
    if (!VWR_ARRAY_FITS(&vwr_vspi_dev(v)->shortage, options, chips, chip_count, 1u) ||
        !VWR_ARRAY_FITS(&vwr_vspi_dev(v)->shortage, options, data, data_bytes, 2u))
        return VWR_ENOMEM;
    vwr_copy(&v->options, options, sizeof(*options));
    v->options.limits.cs_max_number = (uint8_t)options->chip_count;
    vwr_features_clear(&none);
    r = vwr_spi_vservice_init(&v->service, s, &none, &vspi_calls, &memory, NULL);
    vwr_spi_config_write(&v->service.config, vwr_vspi_dev(v)->legacy, &v->options.limits);
    return r;
}
