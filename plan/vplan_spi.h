/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_SPI_H
#define VWR_VPLAN_SPI_H

#include "vplan.h"
#include "vwr/vspi.h"

VWR_BEGIN_C

/**
 * DOC: An SPI controller of a plan
 *
 * The rows that `./vwr plan` writes for an SPI controller (vwr/vspi.h), and the function that builds it from
 * them. Chips and limits are the VMM's, host->spi.
 */

/**
 * struct vwr_vplan_spi - An SPI controller of a plan
 * @data_bytes: Size of the data in bytes, for both directions of a transfer.
 * @data: Offset of the data in the structure.
 */
struct vwr_vplan_spi {
    uint32_t data_bytes;
    size_t data;
};

vwr_vplan_build vwr_vplan_build_spi;

VWR_END_C

#endif
