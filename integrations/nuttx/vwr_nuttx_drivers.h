/****************************************************************************
 * drivers/vwr/vwr_nuttx_drivers.h
 *
 * SPDX-License-Identifier: MIT
 *
 ****************************************************************************/

#ifndef __DRIVERS_VWR_VWR_NUTTX_DRIVERS_H
#define __DRIVERS_VWR_VWR_NUTTX_DRIVERS_H

/****************************************************************************
 * Included Files
 ****************************************************************************/

#include <nuttx/config.h>

#include <nuttx/compiler.h>

#include "vwr.h"

/****************************************************************************
 * Public Function Prototypes
 ****************************************************************************/

/* The errno value of a result, negated; OK for VWR_OK */

int vwr_nuttx_errno(int result);

/* Open the device of a slot and register its driver */

int vwr_nuttx_blk_register(FAR const struct vwr_mmio *slot, int irq);
int vwr_nuttx_net_register(FAR const struct vwr_mmio *slot, int irq);
int vwr_nuttx_serial_register(FAR const struct vwr_mmio *slot, int irq);

#endif /* __DRIVERS_VWR_VWR_NUTTX_DRIVERS_H */
