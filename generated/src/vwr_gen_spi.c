/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/spi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SPI Controller Device */

#include "vwr/gen/features.h"
#include "vwr/gen/spi.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_spi_config_fields[VWR_SPI_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 1, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 2, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 3, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 4, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 8, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 12, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 16, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 20, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 24, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 28, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

void vwr_spi_config_read(const struct vwr_config *c, void *into)
{
    struct vwr_spi_config_info *const info = into;

    info->cs_max_number = vwr_spi_config_get_cs_max_number(c);
    info->cs_change_supported = vwr_spi_config_get_cs_change_supported(c);
    info->tx_nbits_supported = vwr_spi_config_get_tx_nbits_supported(c);
    info->rx_nbits_supported = vwr_spi_config_get_rx_nbits_supported(c);
    info->bits_per_word_mask = vwr_spi_config_get_bits_per_word_mask(c);
    info->mode_func_supported = vwr_spi_config_get_mode_func_supported(c);
    info->max_freq_hz = vwr_spi_config_get_max_freq_hz(c);
    info->max_word_delay_ns = vwr_spi_config_get_max_word_delay_ns(c);
    info->max_cs_setup_ns = vwr_spi_config_get_max_cs_setup_ns(c);
    info->max_cs_hold_ns = vwr_spi_config_get_max_cs_hold_ns(c);
    info->max_cs_inactive_ns = vwr_spi_config_get_max_cs_inactive_ns(c);
}

void vwr_spi_config_write(struct vwr_spi_config *w, bool legacy, const struct vwr_spi_config_info *info)
{
    w->cs_max_number = info->cs_max_number;
    w->cs_change_supported = info->cs_change_supported;
    w->tx_nbits_supported = info->tx_nbits_supported;
    w->rx_nbits_supported = info->rx_nbits_supported;
    w->bits_per_word_mask = vwr_guest32(legacy, info->bits_per_word_mask);
    w->mode_func_supported = vwr_guest32(legacy, info->mode_func_supported);
    w->max_freq_hz = vwr_guest32(legacy, info->max_freq_hz);
    w->max_word_delay_ns = vwr_guest32(legacy, info->max_word_delay_ns);
    w->max_cs_setup_ns = vwr_guest32(legacy, info->max_cs_setup_ns);
    w->max_cs_hold_ns = vwr_guest32(legacy, info->max_cs_hold_ns);
    w->max_cs_inactive_ns = vwr_guest32(legacy, info->max_cs_inactive_ns);
}
