/* SPDX-License-Identifier: MIT */
#ifndef VWR_SPI_RULES_H
#define VWR_SPI_RULES_H

#include "vwr/gen/spi.h"
#include "vwr/messages/spi.h"

VWR_BEGIN_C

/**
 * DOC: Parameters of SPI transfers
 *
 * The driver (vwr/spi.h) and the device (vwr/vspi.h) check the parameters of a transfer against the
 * configuration with this function.
 */

/**
 * vwr_spi_check() - Check the parameters of a transfer
 * @info: Configuration of the device.
 * @m: Parameters.
 * @tx_bytes: Number of bytes to transmit.
 * @rx_bytes: Number of bytes to receive.
 *
 * Return: true: they are valid, and the configuration allows them.
 */
VWR_MUST_CHECK bool vwr_spi_check(const struct vwr_spi_config_info *info,
                                  const struct vwr_spi_transfer_msg *m, uint64_t tx_bytes, uint64_t rx_bytes);

VWR_END_C

#endif
