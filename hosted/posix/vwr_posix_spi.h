/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_SPI_H
#define VWR_POSIX_SPI_H

#include "vwr/vspi.h"

VWR_BEGIN_C

/**
 * DOC: Chips of a guest's SPI controller on a host with Linux
 *
 * A chip is a device of the host's spidev driver, such as /dev/spidev0.0. vwr_posix_spi_open() reads which
 * modes and widths its controller supports; the configuration of the guest's controller may offer these.
 * vwr_posix_spi_transfer() is the function of the chip (vwr/vspi.h), whose context is the chip's
 * struct vwr_posix_spi. A transfer blocks the thread for its duration.
 *
 * spidev limits what a guest can ask for: it has delays between words and after a transfer, in microseconds,
 * and none before a transfer or after the deselection. Its module option `bufsiz` limits the length of a
 * transfer (4096 bytes).
 *
 * The chip stays selected after a transfer whose cs_change is 0, as the specification says. Linux 7.2's
 * driver of a guest does not say where a message ends: its last transfer has cs_change 0 too, so that the
 * chip stays selected until its next transfer.
 */

/**
 * struct vwr_posix_spi - A chip of the host
 * @fd: Descriptor of the device.
 * @limits: What the host's controller supports, as the configuration of a guest's controller;
 *   cs_max_number is 0.
 * @mode: Mode that the device has now, in the host's bits.
 */
struct vwr_posix_spi {
    int fd;
    struct vwr_spi_config_info limits;
    uint32_t mode;
};

/**
 * vwr_posix_spi_open() - Open a device of spidev
 * @s: Filled in.
 * @path: Path of the device.
 *
 * Return: 0, or -1 with errno.
 */
VWR_MUST_CHECK int vwr_posix_spi_open(struct vwr_posix_spi *s, const char *path);

/**
 * vwr_posix_spi_transfer() - Execute a transfer
 * @chip: Chip, whose context is a struct vwr_posix_spi.
 * @t: Transfer.
 *
 * Return: VWR_OK: the bytes were exchanged.
 * * VWR_EINVAL: the host does not support a parameter.
 * * VWR_EIO: the transfer failed.
 */
VWR_MUST_CHECK int vwr_posix_spi_transfer(struct vwr_vspi_chip *chip, struct vwr_vspi_transfer *t);

VWR_END_C

#endif
