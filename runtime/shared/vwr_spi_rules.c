/* SPDX-License-Identifier: MIT */
#include "vwr/spi_rules.h"

/* Parameters of SPI transfers, which both sides check. Section: SPI Controller Device / Device Operation. */

/* A width is a number of lines; the configuration has a bit for each width above 1. */
static bool spi_has_width(unsigned width, unsigned supported)
{
    if (width <= VWR_SPI_NBITS_SINGLE)
        return true;
    if (width == VWR_SPI_NBITS_DUAL)
        return (supported & VWR_SPI_CONFIG_TX_NBITS_SUPPORTED_DUAL_MASK) != 0;
    if (width == VWR_SPI_NBITS_QUAD)
        return (supported & VWR_SPI_CONFIG_TX_NBITS_SUPPORTED_QUAD_MASK) != 0;
    return width == VWR_SPI_NBITS_OCTAL && (supported & VWR_SPI_CONFIG_TX_NBITS_SUPPORTED_OCTAL_MASK) != 0;
}

#define SPI_WORD 32u /* the longest word, in bits */

static bool spi_has_word(unsigned bits, uint32_t mask)
{
    return bits - 1u < SPI_WORD && (mask == 0 || (mask >> (bits - 1u) & 1u) != 0);
}

/* The bits of the configuration that a mode needs. */
static uint32_t spi_needs(uint32_t mode)
{
    uint32_t needs = (mode & VWR_SPI_TRANSFER_HEAD_MODE_CPHA_MASK) != 0
                         ? VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPHA_1_MASK
                         : VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPHA_0_MASK;

    needs |= (mode & VWR_SPI_TRANSFER_HEAD_MODE_CPOL_MASK) != 0
                 ? VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPOL_1_MASK
                 : VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPOL_0_MASK;
    if ((mode & VWR_SPI_TRANSFER_HEAD_MODE_CS_HIGH_MASK) != 0)
        needs |= VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CS_HIGH_MASK;
    if ((mode & VWR_SPI_TRANSFER_HEAD_MODE_LSB_FIRST_MASK) != 0)
        needs |= VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_LSB_FIRST_MASK;
    if ((mode & VWR_SPI_TRANSFER_HEAD_MODE_LOOP_MASK) != 0)
        needs |= VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_LOOP_MASK;
    return needs;
}

static bool spi_has_mode(uint32_t mode, uint32_t supported)
{
    const uint32_t known = VWR_SPI_TRANSFER_HEAD_MODE_CPHA_MASK | VWR_SPI_TRANSFER_HEAD_MODE_CPOL_MASK |
                           VWR_SPI_TRANSFER_HEAD_MODE_CS_HIGH_MASK |
                           VWR_SPI_TRANSFER_HEAD_MODE_LSB_FIRST_MASK | VWR_SPI_TRANSFER_HEAD_MODE_LOOP_MASK;

    return (mode & ~known) == 0 && (spi_needs(mode) & ~supported) == 0;
}

bool vwr_spi_check(const struct vwr_spi_config_info *info, const struct vwr_spi_transfer_msg *m,
                   uint64_t tx_bytes, uint64_t rx_bytes)
{
    return m->chip_select_id < info->cs_max_number && m->cs_change <= 1 &&
           (m->cs_change == 0 || info->cs_change_supported != 0) &&
           spi_has_width(m->tx_nbits, info->tx_nbits_supported) &&
           spi_has_width(m->rx_nbits, info->rx_nbits_supported) &&
           spi_has_word(m->bits_per_word, info->bits_per_word_mask) &&
           spi_has_mode(m->mode, info->mode_func_supported) &&
           (info->max_freq_hz == 0 || m->freq <= info->max_freq_hz) &&
           m->word_delay_ns <= info->max_word_delay_ns && m->cs_setup_ns <= info->max_cs_setup_ns &&
           m->cs_delay_hold_ns <= info->max_cs_hold_ns &&
           m->cs_change_delay_inactive_ns <= info->max_cs_inactive_ns &&
           (tx_bytes == 0 || rx_bytes == 0 || tx_bytes == rx_bytes);
}
