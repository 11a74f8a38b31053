/****************************************************************************
 * include/nuttx/virtio/vwr_nuttx.h
 *
 * SPDX-License-Identifier: MIT
 *
 ****************************************************************************/

#ifndef __INCLUDE_NUTTX_VIRTIO_VWR_NUTTX_H
#define __INCLUDE_NUTTX_VIRTIO_VWR_NUTTX_H

/****************************************************************************
 * Included Files
 ****************************************************************************/

#include <nuttx/compiler.h>

/****************************************************************************
 * Public Function Prototypes
 ****************************************************************************/

/****************************************************************************
 * Name: vwr_register_mmio_device
 *
 * Description:
 *   Probe a virtio-mmio slot and register the driver of its device:
 *   /dev/virtblkN, ethN, or /dev/ttyVN.
 *
 * Input Parameters:
 *   regs - The register block of the slot
 *   irq  - The interrupt of the slot
 *
 * Returned Value:
 *   Zero (OK) on success; a negated errno value on failure.  -ENODEV: the
 *   slot is empty.  -ENOTSUP: no driver for this device is configured.
 *
 ****************************************************************************/

int vwr_register_mmio_device(FAR void *regs, int irq);

#endif /* __INCLUDE_NUTTX_VIRTIO_VWR_NUTTX_H */
