/****************************************************************************
 * drivers/vwr/vwr_nuttx_mmio.c
 *
 * SPDX-License-Identifier: MIT
 *
 ****************************************************************************/

/****************************************************************************
 * Included Files
 ****************************************************************************/

#include <nuttx/config.h>

#include <errno.h>

#include <nuttx/virtio/vwr_nuttx.h>

#include "vwr_nuttx_drivers.h"

/****************************************************************************
 * Public Functions
 ****************************************************************************/

/****************************************************************************
 * Name: vwr_nuttx_errno
 ****************************************************************************/

int vwr_nuttx_errno(int result)
{
#define VWR_NUTTX_CASE(r, number) case r: return -number;

  switch (result)
    {
      VWR_RESULT_ERRNOS(VWR_NUTTX_CASE)
      default:
        return result < 0 ? -EIO : OK;
    }
}

/****************************************************************************
 * Name: vwr_register_mmio_device
 ****************************************************************************/

int vwr_register_mmio_device(FAR void *regs, int irq)
{
  struct vwr_mmio slot;
  int ret;

  ret = vwr_mmio_probe(&slot, regs, VWR_MMIO_SIZE);
  if (ret != VWR_OK)
    {
      return vwr_nuttx_errno(ret);
    }

  switch (slot.dev.type)
    {
#ifdef CONFIG_DRIVERS_VWR_BLK
      case VWR_ID_BLOCK:
        return vwr_nuttx_blk_register(&slot, irq);
#endif

#ifdef CONFIG_DRIVERS_VWR_NET
      case VWR_ID_NET:
        return vwr_nuttx_net_register(&slot, irq);
#endif

#ifdef CONFIG_DRIVERS_VWR_SERIAL
      case VWR_ID_CONSOLE:
        return vwr_nuttx_serial_register(&slot, irq);
#endif

      default:
        return -ENOTSUP;
    }
}
