/****************************************************************************
 * drivers/vwr/vwr_nuttx_net.c
 *
 * SPDX-License-Identifier: MIT
 *
 ****************************************************************************/

/****************************************************************************
 * Included Files
 ****************************************************************************/

#include <nuttx/config.h>

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/param.h>

#include <nuttx/arch.h>
#include <nuttx/debug.h>
#include <nuttx/irq.h>
#include <nuttx/kmalloc.h>
#include <nuttx/net/netdev_lowerhalf.h>

#define VWR_NET_QUEUE    32u /* Packets in flight in each direction */
#define VWR_NET_SEGMENTS 16u /* I/O buffers (struct iob_s) of a packet */

#include "vwr_nuttx_drivers.h"

/****************************************************************************
 * Pre-processor Definitions
 ****************************************************************************/

/* Packets that the driver holds in each direction */

#define VWR_NUTTX_NET_NIOB \
  ((CONFIG_NET_LL_GUARDSIZE + CONFIG_NET_ETH_PKTSIZE + \
    CONFIG_IOB_BUFSIZE - 1) / CONFIG_IOB_BUFSIZE)
#define VWR_NUTTX_NET_BUFNUM \
  MAX(MIN(CONFIG_IOB_NBUFFERS / VWR_NUTTX_NET_NIOB / 4, VWR_NET_QUEUE), 1)

static_assert(VWR_NUTTX_NET_NIOB <= VWR_NET_SEGMENTS,
              "a packet needs more segments than VWR_NET_SEGMENTS");

/****************************************************************************
 * Private Types
 ****************************************************************************/

struct vwr_nuttx_packet_s
{
  struct vwr_net_packet packet; /* Must be first */
  struct vwr_vec vec[VWR_NET_SEGMENTS];
  FAR netpkt_t *pkt;            /* NULL: not in flight */
};

struct vwr_nuttx_net_s
{
  struct netdev_lowerhalf_s lower;  /* Must be first */
  struct vwr_mmio mmio;
  struct vwr_net net;
  struct vwr_net_pair pair;
  struct vwr_nuttx_packet_s packet[VWR_NET_QUEUE];
  FAR struct vwr_net_packet *done[VWR_NET_QUEUE];
  struct iovec iov[VWR_NET_SEGMENTS];
  struct vwr_slice slice[VWR_NET_SLICES]; /* Received, not yet passed on */
  int slices;
  int next;
  int irq;
  struct vwr_net_shared shared aligned_data(VWR_QUEUE_SHARED_ALIGN);
};

/****************************************************************************
 * Private Function Prototypes
 ****************************************************************************/

static int vwr_nuttx_net_ifup(FAR struct netdev_lowerhalf_s *dev);
static int vwr_nuttx_net_ifdown(FAR struct netdev_lowerhalf_s *dev);
static int vwr_nuttx_net_transmit(FAR struct netdev_lowerhalf_s *dev,
                                  FAR netpkt_t *pkt);
static FAR netpkt_t *
vwr_nuttx_net_receive(FAR struct netdev_lowerhalf_s *dev);
#ifdef CONFIG_NET_MCASTGROUP
static int vwr_nuttx_net_addmac(FAR struct netdev_lowerhalf_s *dev,
                                FAR const uint8_t *mac);
static int vwr_nuttx_net_rmmac(FAR struct netdev_lowerhalf_s *dev,
                               FAR const uint8_t *mac);
#endif
static void vwr_nuttx_net_reclaim(FAR struct netdev_lowerhalf_s *dev);

/****************************************************************************
 * Private Data
 ****************************************************************************/

/* The upper half holds the lock of the network device during each call, so
 * that one thread at a time uses the memory of the driver.
 */

static const struct netdev_ops_s g_vwr_nuttx_net_ops =
{
  .ifup     = vwr_nuttx_net_ifup,
  .ifdown   = vwr_nuttx_net_ifdown,
  .transmit = vwr_nuttx_net_transmit,
  .receive  = vwr_nuttx_net_receive,
#ifdef CONFIG_NET_MCASTGROUP
  .addmac   = vwr_nuttx_net_addmac,
  .rmmac    = vwr_nuttx_net_rmmac,
#endif
  .reclaim  = vwr_nuttx_net_reclaim
};

/****************************************************************************
 * Private Functions
 ****************************************************************************/

/****************************************************************************
 * Name: vwr_nuttx_net_ifup
 ****************************************************************************/

static int vwr_nuttx_net_ifup(FAR struct netdev_lowerhalf_s *dev)
{
  FAR struct vwr_nuttx_net_s *priv = (FAR struct vwr_nuttx_net_s *)dev;

  up_enable_irq(priv->irq);
  netdev_lower_carrier_on(dev);
  netdev_lower_rxready(dev);
  return OK;
}

/****************************************************************************
 * Name: vwr_nuttx_net_ifdown
 ****************************************************************************/

static int vwr_nuttx_net_ifdown(FAR struct netdev_lowerhalf_s *dev)
{
  FAR struct vwr_nuttx_net_s *priv = (FAR struct vwr_nuttx_net_s *)dev;

  up_disable_irq(priv->irq);
  netdev_lower_carrier_off(dev);
  return OK;
}

#ifdef CONFIG_NET_MCASTGROUP
/****************************************************************************
 * Name: vwr_nuttx_net_addmac/rmmac
 *
 * Description:
 *   The driver does not negotiate the filters of the card, which therefore
 *   passes on the frames of all multicast addresses.
 *
 ****************************************************************************/

static int vwr_nuttx_net_addmac(FAR struct netdev_lowerhalf_s *dev,
                                FAR const uint8_t *mac)
{
  return OK;
}

static int vwr_nuttx_net_rmmac(FAR struct netdev_lowerhalf_s *dev,
                               FAR const uint8_t *mac)
{
  return OK;
}
#endif

/****************************************************************************
 * Name: vwr_nuttx_net_recover
 *
 * Description:
 *   The device is stopped: do the next step of its reset, and look again
 *   in the work of the upper half.
 *
 ****************************************************************************/

static void vwr_nuttx_net_recover(FAR struct vwr_nuttx_net_s *priv,
                                  FAR const char *queue, int result)
{
  nerr("ERROR: %s queue: result %d\n", queue, result);
  if (vwr_recover(&priv->net.bringup) != VWR_EFAILED)
    {
      netdev_lower_rxready(&priv->lower);
    }
}

/****************************************************************************
 * Name: vwr_nuttx_net_reclaim
 *
 * Description:
 *   Free the packets that were sent.  If the driver may hold no more, the
 *   device interrupts when it has sent one.
 *
 ****************************************************************************/

static void vwr_nuttx_net_reclaim(FAR struct netdev_lowerhalf_s *dev)
{
  FAR struct vwr_nuttx_net_s *priv = (FAR struct vwr_nuttx_net_s *)dev;
  FAR struct vwr_net_transmitq *q = vwr_net_get_transmitq(&priv->net, 0);
  FAR struct vwr_nuttx_packet_s *packet;
  int count;
  int i;

  do
    {
      count = vwr_net_reap(q, priv->done, VWR_NET_QUEUE);
      for (i = 0; i < count; i++)
        {
          packet = (FAR struct vwr_nuttx_packet_s *)priv->done[i];
          netpkt_free(dev, packet->pkt, NETPKT_TX);
          packet->pkt = NULL;
        }
    }
  while (count >= 0 && netdev_lower_quota_load(dev, NETPKT_TX) <= 0 &&
         !vwr_net_arm(q, 1));

  if (count < 0)
    {
      vwr_nuttx_net_recover(priv, "transmit", count);
    }
}

/****************************************************************************
 * Name: vwr_nuttx_net_transmit
 ****************************************************************************/

static int vwr_nuttx_net_transmit(FAR struct netdev_lowerhalf_s *dev,
                                  FAR netpkt_t *pkt)
{
  FAR struct vwr_nuttx_net_s *priv = (FAR struct vwr_nuttx_net_s *)dev;
  FAR struct vwr_net_transmitq *q = vwr_net_get_transmitq(&priv->net, 0);
  FAR struct vwr_nuttx_packet_s *packet = priv->packet;
  int count;
  int ret;
  int i;

  while (packet->pkt != NULL)
    {
      if (++packet == &priv->packet[VWR_NET_QUEUE])
        {
          return -EAGAIN;
        }
    }

  count = netpkt_to_iov(dev, pkt, priv->iov, VWR_NET_SEGMENTS);
  for (i = 0; i < count; i++)
    {
      packet->vec[i].p     = priv->iov[i].iov_base;
      packet->vec[i].bytes = priv->iov[i].iov_len;
    }

  packet->packet.req.vecs      = packet->vec;
  packet->packet.req.vec_count = count;

  ret = vwr_net_submit(q, &packet->packet);
  if (ret != VWR_OK)
    {
      return vwr_nuttx_errno(ret);
    }

  packet->pkt = pkt;
  vwr_net_kick(q);
  vwr_nuttx_net_reclaim(dev);
  return OK;
}

/****************************************************************************
 * Name: vwr_nuttx_net_reap
 *
 * Description:
 *   Get received slices from the device.
 *
 * Returned Value:
 *   True: there are some.
 *
 ****************************************************************************/

static bool vwr_nuttx_net_reap(FAR struct vwr_nuttx_net_s *priv)
{
  FAR struct vwr_net_receiveq *q = vwr_net_get_receiveq(&priv->net, 0);

  priv->next = 0;
  do
    {
      priv->slices = vwr_net_receive_reap(q, priv->slice, VWR_NET_SLICES);
    }
  while (priv->slices == 0 && !vwr_net_receive_arm(q, 1));

  if (priv->slices < 0)
    {
      vwr_nuttx_net_recover(priv, "receive", priv->slices);
      priv->slices = 0;
    }

  return priv->slices > 0;
}

/****************************************************************************
 * Name: vwr_nuttx_net_take
 *
 * Description:
 *   Copy the next frame and return its buffers to the device.
 *
 * Returned Value:
 *   The frame; NULL if there is no memory for it.  It is lost then.
 *
 ****************************************************************************/

static FAR netpkt_t *vwr_nuttx_net_take(FAR struct vwr_nuttx_net_s *priv)
{
  FAR struct vwr_net_receiveq *q = vwr_net_get_receiveq(&priv->net, 0);
  FAR netpkt_t *pkt = netpkt_alloc(&priv->lower, NETPKT_RX);
  FAR struct vwr_slice *slice = &priv->slice[priv->next];
  int more = slice->more;
  int length = 0;

  do
    {
      slice = &priv->slice[priv->next++];
      if (pkt != NULL && netpkt_copyin(&priv->lower, pkt, slice->p,
                                       slice->bytes, length) < 0)
        {
          netpkt_free(&priv->lower, pkt, NETPKT_RX);
          pkt = NULL;
        }

      length += slice->bytes;
      vwr_net_receive_submit(q, slice);
    }
  while (more-- > 0);

  return pkt;
}

/****************************************************************************
 * Name: vwr_nuttx_net_receive
 ****************************************************************************/

static FAR netpkt_t *
vwr_nuttx_net_receive(FAR struct netdev_lowerhalf_s *dev)
{
  FAR struct vwr_nuttx_net_s *priv = (FAR struct vwr_nuttx_net_s *)dev;
  FAR netpkt_t *pkt = NULL;

  while (pkt == NULL &&
         (priv->next < priv->slices || vwr_nuttx_net_reap(priv)))
    {
      pkt = vwr_nuttx_net_take(priv);
    }

  vwr_net_receive_kick(vwr_net_get_receiveq(&priv->net, 0));
  return pkt;
}

/****************************************************************************
 * Name: vwr_nuttx_net_interrupt
 ****************************************************************************/

static int vwr_nuttx_net_interrupt(int irq, FAR void *context, FAR void *arg)
{
  FAR struct vwr_nuttx_net_s *priv = arg;

  if (vwr_dev_irq(&priv->mmio.dev) != 0)
    {
      netdev_lower_rxready(&priv->lower);
    }

  return OK;
}

/****************************************************************************
 * Name: vwr_nuttx_net_start
 *
 * Description:
 *   Open the card in memory that is zeroed.
 *
 ****************************************************************************/

static int vwr_nuttx_net_start(FAR struct vwr_nuttx_net_s *priv,
                               FAR const struct vwr_mmio *slot)
{
  FAR uint8_t *mac = priv->lower.netdev.d_mac.ether.ether_addr_octet;
  struct vwr_net_options options;
  int ret;

  memset(&options, 0, sizeof(options));
  options.pair           = &priv->pair;
  options.pair_count     = 1;
  options.shared         = &priv->shared;
  options.shared_count   = 1;
  options.request.replay = true;

  priv->mmio = *slot;
  ret = vwr_net_open(&priv->net, &priv->mmio.dev, &options);

  if (ret != VWR_OK)
    {
      return vwr_nuttx_errno(ret);
    }

  if (vwr_net_has(&priv->net, VWR_NET_F_MAC))
    {
      memcpy(mac, priv->net.info.mac, IFHWADDRLEN);
    }
  else
    {
      arc4random_buf(mac, IFHWADDRLEN);
      mac[0] = 2; /* Locally administered */
    }

  return OK;
}

/****************************************************************************
 * Public Functions
 ****************************************************************************/

/****************************************************************************
 * Name: vwr_nuttx_net_register
 ****************************************************************************/

int vwr_nuttx_net_register(FAR const struct vwr_mmio *slot, int irq)
{
  FAR struct vwr_nuttx_net_s *priv;
  int ret;

  priv = kmm_memalign(VWR_QUEUE_SHARED_ALIGN, sizeof(*priv));
  if (priv == NULL)
    {
      return -ENOMEM;
    }

  memset(priv, 0, sizeof(*priv));
  ret = vwr_nuttx_net_start(priv, slot);
  if (ret == OK)
    {
      priv->irq                    = irq;
      priv->lower.ops              = &g_vwr_nuttx_net_ops;
      priv->lower.quota[NETPKT_TX] = VWR_NUTTX_NET_BUFNUM;
      priv->lower.quota[NETPKT_RX] = VWR_NUTTX_NET_BUFNUM;
      irq_attach(irq, vwr_nuttx_net_interrupt, priv);
      ret = netdev_lower_register(&priv->lower, NET_LL_ETHERNET);
    }

  /* After an error, the memory is not freed if the device may access it */

  if (ret != OK && vwr_close(&priv->net.bringup) == VWR_OK)
    {
      irq_detach(irq);
      kmm_free(priv);
    }

  return ret;
}
