/****************************************************************************
 * drivers/vwr/vwr_nuttx_serial.c
 *
 * SPDX-License-Identifier: MIT
 *
 ****************************************************************************/

/****************************************************************************
 * Included Files
 ****************************************************************************/

#include <nuttx/config.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/param.h>

#include <nuttx/arch.h>
#include <nuttx/fs/fs.h>
#include <nuttx/irq.h>
#include <nuttx/kmalloc.h>
#include <nuttx/serial/serial.h>

#include "vwr_nuttx_drivers.h"

/****************************************************************************
 * Pre-processor Definitions
 ****************************************************************************/

#define VWR_NUTTX_SERIAL_BUFSIZE 256
#define VWR_NUTTX_SERIAL_NAME    24

/****************************************************************************
 * Private Types
 ****************************************************************************/

struct vwr_nuttx_serial_s
{
  struct uart_dev_s uart;
  struct vwr_mmio mmio;
  struct vwr_console console;
  struct vwr_console_port port;
  bool full;                  /* No room until the next interrupt */
  size_t got;                 /* Bytes in input that are not yet passed on */
  size_t next;
  char input[VWR_NUTTX_SERIAL_BUFSIZE];
  char recv[VWR_NUTTX_SERIAL_BUFSIZE];
  char xmit[VWR_NUTTX_SERIAL_BUFSIZE];
  char name[VWR_NUTTX_SERIAL_NAME];
  struct vwr_console_shared shared[2] aligned_data(VWR_QUEUE_SHARED_ALIGN);
};

/****************************************************************************
 * Private Function Prototypes
 ****************************************************************************/

static int vwr_nuttx_serial_setup(FAR struct uart_dev_s *dev);
static void vwr_nuttx_serial_shutdown(FAR struct uart_dev_s *dev);
static int vwr_nuttx_serial_ioctl(FAR struct file *filep, int cmd,
                                  unsigned long arg);
static void vwr_nuttx_serial_rxint(FAR struct uart_dev_s *dev, bool enable);
static bool vwr_nuttx_serial_rxavailable(FAR struct uart_dev_s *dev);
static void vwr_nuttx_serial_send(FAR struct uart_dev_s *dev, int ch);
static void vwr_nuttx_serial_txint(FAR struct uart_dev_s *dev, bool enable);
static bool vwr_nuttx_serial_txready(FAR struct uart_dev_s *dev);
static bool vwr_nuttx_serial_txempty(FAR struct uart_dev_s *dev);
static ssize_t vwr_nuttx_serial_recvbuf(FAR struct uart_dev_s *dev,
                                        FAR void *buf, size_t len);
static ssize_t vwr_nuttx_serial_sendbuf(FAR struct uart_dev_s *dev,
                                        FAR const void *buf, size_t len);

/****************************************************************************
 * Private Data
 ****************************************************************************/

static const struct uart_ops_s g_vwr_nuttx_serial_ops =
{
  .setup       = vwr_nuttx_serial_setup,
  .shutdown    = vwr_nuttx_serial_shutdown,
  .attach      = vwr_nuttx_serial_setup,
  .detach      = vwr_nuttx_serial_shutdown,
  .ioctl       = vwr_nuttx_serial_ioctl,
  .rxint       = vwr_nuttx_serial_rxint,
  .rxavailable = vwr_nuttx_serial_rxavailable,
  .send        = vwr_nuttx_serial_send,
  .txint       = vwr_nuttx_serial_txint,
  .txready     = vwr_nuttx_serial_txready,
  .txempty     = vwr_nuttx_serial_txempty,
  .recvbuf     = vwr_nuttx_serial_recvbuf,
  .sendbuf     = vwr_nuttx_serial_sendbuf
};

static int g_vwr_nuttx_serial_count;

#ifdef CONFIG_DRIVERS_VWR_SERIAL_CONSOLE
static FAR struct uart_dev_s *g_vwr_nuttx_console;
#endif

/****************************************************************************
 * Private Functions
 ****************************************************************************/

/****************************************************************************
 * Name: vwr_nuttx_serial_setup
 ****************************************************************************/

static int vwr_nuttx_serial_setup(FAR struct uart_dev_s *dev)
{
  return OK;
}

/****************************************************************************
 * Name: vwr_nuttx_serial_shutdown
 ****************************************************************************/

static void vwr_nuttx_serial_shutdown(FAR struct uart_dev_s *dev)
{
}

/****************************************************************************
 * Name: vwr_nuttx_serial_ioctl
 ****************************************************************************/

static int vwr_nuttx_serial_ioctl(FAR struct file *filep, int cmd,
                                  unsigned long arg)
{
  return -ENOTTY;
}

/****************************************************************************
 * Name: vwr_nuttx_serial_input
 *
 * Description:
 *   Pass received bytes to the upper half.  What does not fit stays with
 *   the device until a reader has made room.
 *
 ****************************************************************************/

static void vwr_nuttx_serial_input(FAR struct vwr_nuttx_serial_s *priv)
{
  do
    {
      uart_recvchars(&priv->uart);
    }
  while (priv->next == priv->got && !vwr_console_arm(&priv->console, 0));
}

/****************************************************************************
 * Name: vwr_nuttx_serial_rxint
 ****************************************************************************/

static void vwr_nuttx_serial_rxint(FAR struct uart_dev_s *dev, bool enable)
{
  irqstate_t flags = enter_critical_section();

  if (enable)
    {
      vwr_nuttx_serial_input(dev->priv);
    }

  leave_critical_section(flags);
}

/****************************************************************************
 * Name: vwr_nuttx_serial_rxavailable
 ****************************************************************************/

static bool vwr_nuttx_serial_rxavailable(FAR struct uart_dev_s *dev)
{
  FAR struct vwr_nuttx_serial_s *priv = dev->priv;
  int next = (dev->recv.head + 1) % dev->recv.size;
  int ret;

  if (priv->next == priv->got)
    {
      ret = vwr_console_read(&priv->console, 0, priv->input,
                             sizeof(priv->input));
      priv->next = 0;
      priv->got  = ret > 0 ? ret : 0;
    }

  return priv->next < priv->got && next != dev->recv.tail;
}

/****************************************************************************
 * Name: vwr_nuttx_serial_recvbuf
 ****************************************************************************/

static ssize_t vwr_nuttx_serial_recvbuf(FAR struct uart_dev_s *dev,
                                        FAR void *buf, size_t len)
{
  FAR struct vwr_nuttx_serial_s *priv = dev->priv;

  len = MIN(len, priv->got - priv->next);
  memcpy(buf, &priv->input[priv->next], len);
  priv->next += len;
  return len;
}

/****************************************************************************
 * Name: vwr_nuttx_serial_sendbuf
 *
 * Description:
 *   Send bytes.  If there is no room for all of them, the device interrupts
 *   when it has used a buffer.
 *
 ****************************************************************************/

static ssize_t vwr_nuttx_serial_sendbuf(FAR struct uart_dev_s *dev,
                                        FAR const void *buf, size_t len)
{
  FAR struct vwr_nuttx_serial_s *priv = dev->priv;
  size_t sent = 0;
  int ret;

  do
    {
      ret = vwr_console_write(&priv->console, 0,
                              (FAR const char *)buf + sent, len - sent);
      if (ret < 0)
        {
          return len; /* The console is lost, and its output with it */
        }

      sent += ret;
    }
  while (sent < len && !vwr_console_arm_write(&priv->console, 0));

  priv->full = sent < len;
  return sent;
}

/****************************************************************************
 * Name: vwr_nuttx_serial_send
 ****************************************************************************/

static void vwr_nuttx_serial_send(FAR struct uart_dev_s *dev, int ch)
{
  char byte = ch;

  vwr_nuttx_serial_sendbuf(dev, &byte, 1);
}

/****************************************************************************
 * Name: vwr_nuttx_serial_txint
 ****************************************************************************/

static void vwr_nuttx_serial_txint(FAR struct uart_dev_s *dev, bool enable)
{
  irqstate_t flags = enter_critical_section();

  if (enable)
    {
      uart_xmitchars(dev);
    }

  leave_critical_section(flags);
}

/****************************************************************************
 * Name: vwr_nuttx_serial_txready
 ****************************************************************************/

static bool vwr_nuttx_serial_txready(FAR struct uart_dev_s *dev)
{
  FAR struct vwr_nuttx_serial_s *priv = dev->priv;

  return !priv->full;
}

/****************************************************************************
 * Name: vwr_nuttx_serial_txempty
 ****************************************************************************/

static bool vwr_nuttx_serial_txempty(FAR struct uart_dev_s *dev)
{
  FAR struct vwr_nuttx_serial_s *priv = dev->priv;
  irqstate_t flags = enter_critical_section();
  int ret = vwr_console_flush(&priv->console, 0, 0);

  leave_critical_section(flags);
  return ret != VWR_ETIMEOUT;
}

/****************************************************************************
 * Name: vwr_nuttx_serial_interrupt
 ****************************************************************************/

static int vwr_nuttx_serial_interrupt(int irq, FAR void *context,
                                      FAR void *arg)
{
  FAR struct vwr_nuttx_serial_s *priv = arg;
  irqstate_t flags = enter_critical_section();

  vwr_dev_irq(&priv->mmio.dev);
  priv->full = false;
  uart_xmitchars(&priv->uart);
  vwr_nuttx_serial_input(priv);
  leave_critical_section(flags);
  return OK;
}

/****************************************************************************
 * Name: vwr_nuttx_serial_start
 *
 * Description:
 *   Open the console in memory that is zeroed.
 *
 ****************************************************************************/

static int vwr_nuttx_serial_start(FAR struct vwr_nuttx_serial_s *priv,
                                  FAR const struct vwr_mmio *slot)
{
  struct vwr_console_options options;
  int ret;

  memset(&options, 0, sizeof(options));
  options.port         = &priv->port;
  options.port_count   = 1;
  options.shared       = priv->shared;
  options.shared_count = 2;

  priv->mmio = *slot;
  ret = vwr_console_open(&priv->console, &priv->mmio.dev, &options);

  priv->uart.ops         = &g_vwr_nuttx_serial_ops;
  priv->uart.priv        = priv;
  priv->uart.recv.size   = sizeof(priv->recv);
  priv->uart.recv.buffer = priv->recv;
  priv->uart.xmit.size   = sizeof(priv->xmit);
  priv->uart.xmit.buffer = priv->xmit;
  return vwr_nuttx_errno(ret);
}

/****************************************************************************
 * Name: vwr_nuttx_serial_publish
 *
 * Description:
 *   Register /dev/ttyVN and, for the first console, /dev/console.  After an
 *   error, neither is registered.
 *
 ****************************************************************************/

static int vwr_nuttx_serial_publish(FAR struct vwr_nuttx_serial_s *priv)
{
  int ret;

  snprintf(priv->name, sizeof(priv->name), "/dev/ttyV%d",
           g_vwr_nuttx_serial_count);
#ifdef CONFIG_DRIVERS_VWR_SERIAL_CONSOLE
  priv->uart.isconsole = g_vwr_nuttx_console == NULL;
#endif
  ret = uart_register(priv->name, &priv->uart);
  if (ret < 0)
    {
      return ret;
    }

#ifdef CONFIG_DRIVERS_VWR_SERIAL_CONSOLE
  if (priv->uart.isconsole)
    {
      ret = uart_register("/dev/console", &priv->uart);
      if (ret < 0)
        {
          unregister_driver(priv->name);
          return ret;
        }

      g_vwr_nuttx_console = &priv->uart;
    }

#endif
  g_vwr_nuttx_serial_count++;
  return OK;
}

/****************************************************************************
 * Public Functions
 ****************************************************************************/

/****************************************************************************
 * Name: vwr_nuttx_serial_register
 ****************************************************************************/

int vwr_nuttx_serial_register(FAR const struct vwr_mmio *slot, int irq)
{
  FAR struct vwr_nuttx_serial_s *priv;
  int ret;

  priv = kmm_memalign(VWR_QUEUE_SHARED_ALIGN, sizeof(*priv));
  if (priv == NULL)
    {
      return -ENOMEM;
    }

  memset(priv, 0, sizeof(*priv));
  ret = vwr_nuttx_serial_start(priv, slot);
  if (ret == OK)
    {
      ret = vwr_nuttx_serial_publish(priv);
    }

  if (ret == OK)
    {
      irq_attach(irq, vwr_nuttx_serial_interrupt, priv);
      up_enable_irq(irq);
      return OK;
    }

  /* After an error, the memory is not freed if the device may access it */

  if (vwr_close(&priv->console.bringup) == VWR_OK)
    {
      kmm_free(priv);
    }

  return ret;
}

#ifdef CONFIG_DRIVERS_VWR_SERIAL_CONSOLE
/****************************************************************************
 * Name: up_putc
 ****************************************************************************/

void up_putc(int ch)
{
  irqstate_t flags = enter_critical_section();

  if (g_vwr_nuttx_console != NULL)
    {
      vwr_nuttx_serial_send(g_vwr_nuttx_console, ch);
    }

  leave_critical_section(flags);
}
#endif
