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
  switch (result)
    {
      case VWR_ENODEV:
      case VWR_EMAGIC:
      case VWR_ETYPE:
      case VWR_EGONE:
        return -ENODEV;

      case VWR_EVERSION:
      case VWR_EFEATURE:
      case VWR_ENOQUEUE:
      case VWR_EUNSUPP:
        return -ENOTSUP;

      case VWR_ENOMEM:
        return -ENOMEM;

      case VWR_EBUSY:
        return -EBUSY;

      case VWR_EINVAL:
      case VWR_ERANGE:
      case VWR_EALIGN:
      case VWR_ESEGMENTS:
        return -EINVAL;

      case VWR_EROFS:
        return -EROFS;

      case VWR_EFULL:
        return -EAGAIN;

      case VWR_ETIMEOUT:
        return -ETIMEDOUT;

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
        return vwr_nuttx_blk_register(regs, irq);
#endif

#ifdef CONFIG_DRIVERS_VWR_NET
      case VWR_ID_NET:
        return vwr_nuttx_net_register(regs, irq);
#endif

#ifdef CONFIG_DRIVERS_VWR_SERIAL
      case VWR_ID_CONSOLE:
        return vwr_nuttx_serial_register(regs, irq);
#endif

      default:
        return -ENOTSUP;
    }
}
