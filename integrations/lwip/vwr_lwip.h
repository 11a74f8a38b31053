/* SPDX-License-Identifier: MIT */
#ifndef VWR_LWIP_H
#define VWR_LWIP_H

#if __has_include("vwr.h")
#include "vwr.h" /* a copy by ./vwr embed */
#else
#include "vwr/net.h"
#endif

#include <lwip/netif.h>
#include <lwip/pbuf.h>

VWR_STATIC_ASSERT(ETH_PAD_SIZE == 0 && VWR_NET_BYTES <= UINT16_MAX && LWIP_SUPPORT_CUSTOM_PBUF,
                  "a received frame is a custom pbuf, from its Ethernet header on");

#define VWR_LWIP_PACKETS (VWR_NET_QUEUE / 2u) /* sent frames in flight */

/* A network interface; zeroed, except `net` and `mac`, which the caller sets. */
struct vwr_lwip {
    struct vwr_net *net;               /* open, without offloads */
    uint8_t mac[NETIF_MAX_HWADDR_LEN]; /* address, if the card has none */
    unsigned sent;
    struct vwr_lwip_packet {
        struct vwr_net_packet packet; /* first member */
        struct pbuf *pbuf;            /* in flight */
        struct vwr_vec vec[VWR_NET_SEGMENTS];
    } packet[VWR_LWIP_PACKETS];
    unsigned holds; /* receive buffers in pbufs of lwIP */
    struct vwr_lwip_held {
        struct pbuf_custom pbuf; /* first member */
        struct vwr_slice slice;
        bool freed; /* by any thread */
    } held[VWR_NET_QUEUE];
};

/* For netif_add. ERR_ARG: the card is not open, has GUEST_CSUM, or an MTU above a receive buffer. */
err_t vwr_lwip_init(struct netif *netif);

/* 1: call again; 0: nothing to do until an interrupt; VWR_EFAILED: the card cannot be recovered. Bounded. */
int vwr_lwip_poll(struct netif *netif, bool config_changed);

#endif
