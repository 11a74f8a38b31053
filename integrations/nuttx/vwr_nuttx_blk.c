/****************************************************************************
 * drivers/vwr/vwr_nuttx_blk.c
 *
 * SPDX-License-Identifier: MIT
 *
 ****************************************************************************/

/****************************************************************************
 * Included Files
 ****************************************************************************/

#include <nuttx/config.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <nuttx/arch.h>
#include <nuttx/clock.h>
#include <nuttx/debug.h>
#include <nuttx/fs/fs.h>
#include <nuttx/fs/ioctl.h>
#include <nuttx/irq.h>
#include <nuttx/kmalloc.h>
#include <nuttx/semaphore.h>
#include <nuttx/spinlock.h>

#define VWR_BLK_REQUESTS 8 /* In flight; other threads wait for one */

#include "vwr_nuttx_drivers.h"

/****************************************************************************
 * Pre-processor Definitions
 ****************************************************************************/

#define VWR_NUTTX_BLK_WAIT     60 /* Seconds that a thread waits for one */
#define VWR_NUTTX_BLK_NAME     24

/****************************************************************************
 * Private Types
 ****************************************************************************/

struct vwr_nuttx_request_s
{
  struct vwr_blk_req req;     /* Must be first */
  sem_t completed;
  irqstate_t flags;           /* Of the spin lock, while its thread has it */
  FAR struct vwr_nuttx_request_s *next;
};

struct vwr_nuttx_blk_s
{
  struct vwr_mmio mmio;
  struct vwr_blk blk;
  struct vwr_waiter waiter;
  spinlock_t lock;            /* Who holds it owns the queue */
  sem_t idle;                 /* Number of requests in the list */
  FAR struct vwr_nuttx_request_s *free;
  struct vwr_nuttx_request_s request[VWR_BLK_REQUESTS];
  char name[VWR_NUTTX_BLK_NAME];
  struct vwr_blk_shared shared;
  struct vwr_blk_own own;
};

/****************************************************************************
 * Private Function Prototypes
 ****************************************************************************/

static int vwr_nuttx_blk_open(FAR struct inode *inode);
static int vwr_nuttx_blk_close(FAR struct inode *inode);
static ssize_t vwr_nuttx_blk_read(FAR struct inode *inode,
                                  FAR unsigned char *buffer,
                                  blkcnt_t startsector,
                                  unsigned int nsectors);
static ssize_t vwr_nuttx_blk_write(FAR struct inode *inode,
                                   FAR const unsigned char *buffer,
                                   blkcnt_t startsector,
                                   unsigned int nsectors);
static int vwr_nuttx_blk_geometry(FAR struct inode *inode,
                                  FAR struct geometry *geometry);
static int vwr_nuttx_blk_ioctl(FAR struct inode *inode, int cmd,
                               unsigned long arg);

/****************************************************************************
 * Private Data
 ****************************************************************************/

static const struct block_operations g_vwr_nuttx_blk_ops =
{
  vwr_nuttx_blk_open,     /* open     */
  vwr_nuttx_blk_close,    /* close    */
  vwr_nuttx_blk_read,     /* read     */
  vwr_nuttx_blk_write,    /* write    */
  vwr_nuttx_blk_geometry, /* geometry */
  vwr_nuttx_blk_ioctl     /* ioctl    */
};

static int g_vwr_nuttx_blk_count;

/****************************************************************************
 * Private Functions
 ****************************************************************************/

/****************************************************************************
 * Name: vwr_nuttx_blk_sleep
 *
 * Description:
 *   Wait for a request without the lock, for at most so many microseconds.
 *   May return early.
 *
 ****************************************************************************/

static void vwr_nuttx_blk_sleep(FAR void *context, FAR struct vwr_req *req,
                                uint32_t us)
{
  FAR struct vwr_nuttx_blk_s *priv = context;
  FAR struct vwr_nuttx_request_s *request = (FAR void *)req;

  spin_unlock_irqrestore_nopreempt(&priv->lock, request->flags);
  nxsem_tickwait_uninterruptible(&request->completed, USEC2TICK(us));
  request->flags = spin_lock_irqsave_nopreempt(&priv->lock);
}

/****************************************************************************
 * Name: vwr_nuttx_blk_wake
 *
 * Description:
 *   Wake the thread of a request. A thread that calls this holds the lock,
 *   so it must not be preempted: the woken thread would wait for the lock.
 *
 ****************************************************************************/

static void vwr_nuttx_blk_wake(FAR void *context, FAR struct vwr_req *req)
{
  FAR struct vwr_nuttx_request_s *request = (FAR void *)req;

  nxsem_post(&request->completed);
}

/****************************************************************************
 * Name: vwr_nuttx_blk_transfer
 *
 * Description:
 *   The device owns a request in flight, and its data, until a reset.
 *
 ****************************************************************************/

static int vwr_nuttx_blk_transfer(FAR struct vwr_nuttx_blk_s *priv,
                                  uint32_t type, uint64_t sector,
                                  FAR void *buffer, size_t bytes)
{
  FAR struct vwr_nuttx_request_s *request;
  irqstate_t flags;
  bool idle;
  int ret;

  ret = nxsem_tickwait_uninterruptible(&priv->idle,
                                       SEC2TICK(VWR_NUTTX_BLK_WAIT));
  if (ret < 0)
    {
      return ret;
    }

  flags = spin_lock_irqsave_nopreempt(&priv->lock);
  request = priv->free;
  priv->free = request->next;
  request->flags = flags;
  vwr_blk_fill(&request->req, type, sector, buffer, bytes);
  ret = vwr_blk_do(vwr_blk_get_requestq(&priv->blk, 0), &request->req);

  idle = !vwr_req_is_in_flight(&request->req.req);
  if (idle)
    {
      request->next = priv->free;
      priv->free = request;
    }

  spin_unlock_irqrestore_nopreempt(&priv->lock, request->flags);
  if (idle)
    {
      nxsem_post(&priv->idle);
    }

  if (ret != VWR_OK)
    {
      ferr("%s: type %" PRIu32 ", sector %" PRIu64 ": result %d\n",
           priv->name, type, sector, ret);
    }

  return vwr_nuttx_errno(ret);
}

/****************************************************************************
 * Name: vwr_nuttx_blk_rdwr
 ****************************************************************************/

static ssize_t vwr_nuttx_blk_rdwr(FAR struct inode *inode, uint32_t type,
                                  FAR void *buffer, blkcnt_t startsector,
                                  unsigned int nsectors)
{
  FAR struct vwr_nuttx_blk_s *priv = inode->i_private;
  uint32_t block = priv->blk.info.block_bytes;
  uint64_t sector = (uint64_t)startsector * (block / VWR_BLK_SECTOR_BYTES);
  int ret;

  ret = vwr_nuttx_blk_transfer(priv, type, sector, buffer,
                               (size_t)nsectors * block);
  return ret < 0 ? ret : (ssize_t)nsectors;
}

/****************************************************************************
 * Name: vwr_nuttx_blk_open
 ****************************************************************************/

static int vwr_nuttx_blk_open(FAR struct inode *inode)
{
  return OK;
}

/****************************************************************************
 * Name: vwr_nuttx_blk_close
 ****************************************************************************/

static int vwr_nuttx_blk_close(FAR struct inode *inode)
{
  return OK;
}

/****************************************************************************
 * Name: vwr_nuttx_blk_read
 ****************************************************************************/

static ssize_t vwr_nuttx_blk_read(FAR struct inode *inode,
                                  FAR unsigned char *buffer,
                                  blkcnt_t startsector,
                                  unsigned int nsectors)
{
  return vwr_nuttx_blk_rdwr(inode, VWR_BLK_T_IN, buffer, startsector,
                            nsectors);
}

/****************************************************************************
 * Name: vwr_nuttx_blk_write
 ****************************************************************************/

static ssize_t vwr_nuttx_blk_write(FAR struct inode *inode,
                                   FAR const unsigned char *buffer,
                                   blkcnt_t startsector,
                                   unsigned int nsectors)
{
  return vwr_nuttx_blk_rdwr(inode, VWR_BLK_T_OUT, (FAR void *)buffer,
                            startsector, nsectors);
}

/****************************************************************************
 * Name: vwr_nuttx_blk_geometry
 ****************************************************************************/

static int vwr_nuttx_blk_geometry(FAR struct inode *inode,
                                  FAR struct geometry *geometry)
{
  FAR struct vwr_nuttx_blk_s *priv = inode->i_private;
  FAR const struct vwr_blk_info *info = &priv->blk.info;

  if (geometry == NULL)
    {
      return -EINVAL;
    }

  geometry->geo_available    = true;
  geometry->geo_mediachanged = false;
  geometry->geo_writeenabled = !info->read_only;
  geometry->geo_sectorsize   = info->block_bytes;
  geometry->geo_nsectors     = info->sectors /
                               (info->block_bytes / VWR_BLK_SECTOR_BYTES);
  return OK;
}

/****************************************************************************
 * Name: vwr_nuttx_blk_ioctl
 ****************************************************************************/

static int vwr_nuttx_blk_ioctl(FAR struct inode *inode, int cmd,
                               unsigned long arg)
{
  FAR struct vwr_nuttx_blk_s *priv = inode->i_private;

  if (cmd != BIOC_FLUSH)
    {
      return -ENOTTY;
    }

  return priv->blk.info.write_cache ?
         vwr_nuttx_blk_transfer(priv, VWR_BLK_T_FLUSH, 0, NULL, 0) : OK;
}

/****************************************************************************
 * Name: vwr_nuttx_blk_interrupt
 ****************************************************************************/

static int vwr_nuttx_blk_interrupt(int irq, FAR void *context, FAR void *arg)
{
  FAR struct vwr_nuttx_blk_s *priv = arg;
  irqstate_t flags = spin_lock_irqsave(&priv->lock);
  int ret;

  vwr_dev_irq(&priv->mmio.dev);
  ret = vwr_blk_service(vwr_blk_get_requestq(&priv->blk, 0),
                        VWR_BLK_REQUESTS);
  spin_unlock_irqrestore(&priv->lock, flags);
  if (ret < 0)
    {
      /* The waiting threads find out, too, and recover the disk */

      ferr("%s: result %d\n", priv->name, ret);
    }

  return OK;
}

/****************************************************************************
 * Name: vwr_nuttx_blk_init
 *
 * Description:
 *   Initialize the lock, the semaphores and the list of idle requests.
 *
 ****************************************************************************/

static void vwr_nuttx_blk_init(FAR struct vwr_nuttx_blk_s *priv)
{
  int i;

  spin_lock_init(&priv->lock);
  nxsem_init(&priv->idle, 0, VWR_BLK_REQUESTS);
  for (i = 0; i < VWR_BLK_REQUESTS; i++)
    {
      nxsem_init(&priv->request[i].completed, 0, 0);
      priv->request[i].next = priv->free;
      priv->free = &priv->request[i];
    }

  priv->waiter.context = priv;
  priv->waiter.sleep   = vwr_nuttx_blk_sleep;
  priv->waiter.wake    = vwr_nuttx_blk_wake;
}

/****************************************************************************
 * Name: vwr_nuttx_blk_start
 *
 * Description:
 *   Open the disk in memory that is zeroed.
 *
 ****************************************************************************/

static int vwr_nuttx_blk_start(FAR struct vwr_nuttx_blk_s *priv,
                               FAR const struct vwr_mmio *slot)
{
  struct vwr_blk_options options =
  {
    0
  };

  int ret;

  vwr_nuttx_blk_init(priv);
  options.own              = &priv->own;
  options.shared           = &priv->shared;
  options.request.replay   = true;
  options.request.spin     = 1;
  options.request.waiter   = &priv->waiter;

  priv->mmio = *slot;
  ret = vwr_blk_open(&priv->blk, &priv->mmio.dev, &options);

  return vwr_nuttx_errno(ret);
}

/****************************************************************************
 * Public Functions
 ****************************************************************************/

/****************************************************************************
 * Name: vwr_nuttx_blk_register
 ****************************************************************************/

int vwr_nuttx_blk_register(FAR const struct vwr_mmio *slot, int irq)
{
  FAR struct vwr_nuttx_blk_s *priv;
  int ret;

  priv = kmm_memalign(VWR_QUEUE_SHARED_ALIGN, sizeof(*priv));
  if (priv == NULL)
    {
      return -ENOMEM;
    }

  memset(priv, 0, sizeof(*priv));
  ret = vwr_nuttx_blk_start(priv, slot);
  if (ret == OK)
    {
      snprintf(priv->name, sizeof(priv->name), "/dev/virtblk%d",
               g_vwr_nuttx_blk_count);
      irq_attach(irq, vwr_nuttx_blk_interrupt, priv);
      up_enable_irq(irq);
      ret = register_blockdriver(priv->name, &g_vwr_nuttx_blk_ops,
                                 S_IRUSR | S_IWUSR, priv);
      if (ret == OK)
        {
          g_vwr_nuttx_blk_count++;
          return OK;
        }

      up_disable_irq(irq);
      irq_detach(irq);
    }

  /* After an error, the memory is not freed if the device may access it */

  if (vwr_close(&priv->blk.bringup) == VWR_OK)
    {
      kmm_free(priv);
    }

  return ret;
}
