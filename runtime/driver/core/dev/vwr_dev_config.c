/* SPDX-License-Identifier: MIT */
#include "dev_common.h"

/* Reads a configuration that the device may change concurrently. */

/*
 * Gets a value that changes whenever the configuration changes: the generation or, for a legacy device, a
 * hash of the data.
 */
static uint32_t config_stamp(struct vwr_dev *d, const uint8_t *p, size_t bytes)
{
    uint32_t sum = 1;

    if (!vwr_dev_is_legacy(d))
        return dev_read(d, VWR_MMIO_CONFIG_GENERATION);
    while (bytes-- > 0)
        sum = sum * 33u + *p++;
    return sum;
}

/* Returns false if the configuration changed during each of `tries` reads. */
static bool read_stable(struct vwr_dev *d, void (*read)(const struct vwr_config *c, void *into), void *into,
                        size_t bytes, unsigned tries)
{
    uint32_t before = config_stamp(d, into, 0); /* legacy: nothing has been read yet */

    while (tries-- > 0) {
        uint32_t after;

        read(&d->config, into);
        after = config_stamp(d, into, bytes);
        if (after == before)
            return true;
        before = after;
    }
    return false;
}

int vwr_dev_try_config(struct vwr_dev *d, void (*read)(const struct vwr_config *c, void *into), void *into,
                       size_t bytes)
{
    return read_stable(d, read, into, bytes, 2) ? VWR_OK : VWR_EBUSY;
}

VWR_OUT_OF_LINE int vwr_dev_read_config(struct vwr_dev *d,
                                        void (*read)(const struct vwr_config *c, void *into), void *into,
                                        size_t bytes)
{
    if (read_stable(d, read, into, bytes, VWR_CONFIG_TRIES))
        return VWR_OK;
    return vwr_dev_give_up(d, VWR_FAULT_CONFIG, 0, VWR_CONFIG_TRIES);
}

size_t vwr_dev_read_fields(const struct vwr_config *c, unsigned offset, void *into, size_t bytes,
                           unsigned width)
{
    typedef uint16_t field16 VWR_MAY_ALIAS;
    typedef uint32_t field32 VWR_MAY_ALIAS;

    size_t at;

    for (at = 0; at + width <= bytes && offset + at + width <= c->bytes; at += width) {
        uint8_t *const to = (uint8_t *)into + at;
        const unsigned from = offset + (unsigned)at;

        if (width == sizeof(field32))
            *(field32 *)(void *)to = vwr_config_read32(c, from);
        else if (width == sizeof(field16))
            *(field16 *)(void *)to = vwr_config_read16(c, from);
        else
            *to = vwr_config_read8(c, from);
    }
    return at;
}
