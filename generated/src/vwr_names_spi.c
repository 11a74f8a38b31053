/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/spi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SPI Controller Device */

#include "vwr/gen/spi.h"

const struct vwr_name vwr_spi_nbits_names[] = {
    {VWR_SPI_NBITS_SINGLE, "SINGLE"},
    {VWR_SPI_NBITS_DUAL, "DUAL"},
    {VWR_SPI_NBITS_QUAD, "QUAD"},
    {VWR_SPI_NBITS_OCTAL, "OCTAL"},
    {0, NULL},
};

const struct vwr_name vwr_spi_result_names[] = {
    {VWR_SPI_TRANS_OK, "TRANS_OK"},
    {VWR_SPI_PARAM_ERR, "PARAM_ERR"},
    {VWR_SPI_TRANS_ERR, "TRANS_ERR"},
    {0, NULL},
};
