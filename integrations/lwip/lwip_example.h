/* SPDX-License-Identifier: MIT */
#ifndef VWR_LWIP_EXAMPLE_H
#define VWR_LWIP_EXAMPLE_H

#include "vwr_lwip.h"

#include <lwip/ip4_addr.h>

/* Your part of network_task: waits, and returns vwr_dev_irq(d); it may return without an interrupt. */
uint32_t sleep_until_interrupt(struct vwr_dev *d);

bool network_begin(struct netif *netif, struct vwr_lwip *card, const ip4_addr_t *address,
                   const ip4_addr_t *mask, const ip4_addr_t *gateway);
int network_step(struct netif *netif, uint32_t interrupt);
void network_task(void *netif);

/* Gets each piece of a page; false: no more. */
typedef bool http_take(void *context, const void *bytes, size_t count);

/* The bytes of the page, or -1. */
long http_get(const ip4_addr_t *server, uint16_t port, const char *path, http_take *take, void *context);

#endif
