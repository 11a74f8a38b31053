/* SPDX-License-Identifier: MIT */
#include "lwip_example.h"

#if !__has_include("vwr.h")
#include "vwr/gen/mmio.h"
#endif

#include <lwip/init.h>
#include <lwip/sockets.h>
#include <lwip/tcpip.h>
#include <lwip/timeouts.h>
#include <netif/ethernet.h>
#include <stdio.h>
#include <string.h>

/* A page by HTTP, with lwIP on a network card: the parts of a program. Copy those that you need. */

#if NO_SYS /* there is no other thread */
#define LOCK_TCPIP_CORE()
#define UNLOCK_TCPIP_CORE()
#endif

static int poll_card(struct netif *netif, uint32_t interrupt)
{
    return vwr_lwip_poll(netif, (interrupt & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK) != 0);
}

/* ---- the interface ---- */

/* `card` has a card that was opened with vwr_net_open, and an address for one that has none. */
bool network_begin(struct netif *netif, struct vwr_lwip *card, const ip4_addr_t *address,
                   const ip4_addr_t *mask, const ip4_addr_t *gateway)
{
    bool is_there;

#if NO_SYS
    lwip_init();
#else
    tcpip_init(NULL, NULL);
#endif
    LOCK_TCPIP_CORE();
    is_there = netif_add(netif, address, mask, gateway, card, vwr_lwip_init, ethernet_input) != NULL;
    if (is_there) {
        netif_set_default(netif);
        netif_set_up(netif);
    } /* otherwise the card is not open, has GUEST_CSUM, or an MTU above VWR_NET_BYTES */
    UNLOCK_TCPIP_CORE();
    return is_there;
}

/* With NO_SYS. `interrupt`: what vwr_dev_irq returned since the last call, or all bits. */
int network_step(struct netif *netif, uint32_t interrupt)
{
    sys_check_timeouts();
    return poll_card(netif, interrupt);
}

/* With threads. It ends when the card cannot be recovered. */
void network_task(void *of)
{
    struct netif *const netif = of;
    struct vwr_net *const n = ((struct vwr_lwip *)netif->state)->net;
    uint32_t interrupt = 0;
    int r = 1;

    while (r >= 0) {
        LOCK_TCPIP_CORE();
        r = poll_card(netif, interrupt);
        if (r == 0 && !vwr_net_receive_arm(vwr_net_get_receiveq(n, 0), 1))
            r = 1; /* a frame came meanwhile */
        UNLOCK_TCPIP_CORE();
        interrupt = r == 0 ? sleep_until_interrupt(n->bringup.dev) : 0;
    }
}

/* ---- the application: another thread ---- */

#if LWIP_SOCKET

static bool send_all(int s, const char *text)
{
    const size_t count = strlen(text);

    return lwip_send(s, text, count, 0) == (ssize_t)count;
}

/* Reads the head of an answer; returns the bytes of the page that came with it, or -1. */
static long begin_page(int s, char *bytes, size_t size)
{
    char *body = NULL;
    size_t come = 0;
    ssize_t n = 1;

    while (body == NULL && n > 0 && come < size - 1) {
        n = lwip_recv(s, bytes + come, size - 1 - come, 0);
        come += n > 0 ? (size_t)n : 0;
        bytes[come] = '\0';
        body = strstr(bytes, "\r\n\r\n");
    }
    if (body == NULL || strstr(bytes, " 200 ") == NULL)
        return -1;
    come -= (size_t)(body + 4 - bytes);
    memmove(bytes, body + 4, come);
    return (long)come;
}

static long take_page(int s, http_take *take, void *context)
{
    static char bytes[4096];
    long total = 0, n = begin_page(s, bytes, sizeof(bytes));

    while (n >= 0) {
        if (!take(context, bytes, (size_t)n))
            return -1;
        total += n;
        n = lwip_recv(s, bytes, sizeof(bytes), 0);
        if (n == 0)
            return total;
    }
    return -1;
}

long http_get(const ip4_addr_t *server, uint16_t port, const char *path, http_take *take, void *context)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = lwip_htons(port)};
    const int s = lwip_socket(AF_INET, SOCK_STREAM, 0);
    char request[300];
    long total = -1;
    const int n = snprintf(request, sizeof(request), "GET %s HTTP/1.0\r\n\r\n", path);

    inet_addr_from_ip4addr(&to.sin_addr, server);
    if (s < 0)
        return -1;
    if (n > 0 && (size_t)n < sizeof(request) && lwip_connect(s, (struct sockaddr *)&to, sizeof(to)) == 0 &&
        send_all(s, request))
        total = take_page(s, take, context);
    (void)lwip_close(s);
    return total;
}

#endif
