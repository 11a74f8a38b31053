/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/spi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SPI Controller Device */

#ifndef VWR_GEN_DOCUMENT_SPI_H
#define VWR_GEN_DOCUMENT_SPI_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/spi.h"

#define VIRTIO_SPI_TRANS_OK                     VWR_SPI_TRANS_OK
#define VIRTIO_SPI_PARAM_ERR                    VWR_SPI_PARAM_ERR
#define VIRTIO_SPI_TRANS_ERR                    VWR_SPI_TRANS_ERR

#define virtio_spi_transfer_head                vwr_spi_transfer_head
#define virtio_spi_transfer_result              vwr_spi_transfer_result
#define virtio_spi_transfer_req                 vwr_spi_transfer_req
#define virtio_spi_config                       vwr_spi_config

#endif
