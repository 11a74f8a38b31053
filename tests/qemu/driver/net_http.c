/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"

#include "vwr/net.h"

#include <errno.h>
#include <lwip/etharp.h>
#include <lwip/netif.h>
#include <lwip/pbuf.h>
#include <lwip/sockets.h>
#include <lwip/tcpip.h>
#include <netif/ethernet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A third-party TCP/IP stack, Debian's lwIP, on top of the network driver. It downloads a file by HTTP from a
 * server on this machine, through QEMU's user-mode network, into the file "got".
 *
 *     qemu_lwip legacy|modern KIND PORT PATH FOLDER
 *
 * The sender holds lwIP's lock. Received packets are not copied: lwIP frees a buffer in any thread, and the
 * buffer is then posted again, so the receive queue has its own lock. Transmitted packets are copied, because
 * lwIP's own memory is out of the device's reach.
 */

#define SLOT 29u
#define SENDS 64u
#define FRAME 1514u

struct held {
    struct pbuf_custom pbuf; /* first member */
    struct vwr_slice slice;
};

static struct {
    struct vwr_net net;
    struct vwr_net_pair pair;
    pthread_mutex_t receiveq; /* lock of the receive queue */
    union found found;
    struct vwr_net_packet packet[SENDS];
    struct vwr_net_packet *idle[SENDS];
    unsigned idles;
    uint8_t *memory;
    struct held held[VWR_NET_QUEUE];
    struct netif netif;
    unsigned sent;
    unsigned dropped; /* no packet was free; TCP retransmits it */
    volatile bool ends;
} card = {.receiveq = PTHREAD_MUTEX_INITIALIZER};

/*
 * Called with or without lwIP's lock, because lwip_recv() frees buffers in the calling thread after copying
 * them.
 */
static void release(struct pbuf *p)
{
    struct held *const h = (struct held *)(void *)p;

    pthread_mutex_lock(&card.receiveq);
    CHECK_NUMBER(vwr_net_receive_submit(vwr_net_get_receiveq(&card.net, 0), &h->slice), VWR_OK);
    pthread_mutex_unlock(&card.receiveq);
}

static int take(struct vwr_slice *s, unsigned count)
{
    int n;

    pthread_mutex_lock(&card.receiveq);
    n = vwr_net_receive_reap(vwr_net_get_receiveq(&card.net, 0), s, count);
    pthread_mutex_unlock(&card.receiveq);
    CHECK_NUMBER(n < 0 ? n : 0, 0);
    return n;
}

/* Called with lwIP's lock, as are all functions below. */
static void receive(void)
{
    struct vwr_slice s[2 * VWR_NET_SLICES];
    const int n = take(s, 2 * VWR_NET_SLICES);

    for (int i = 0; i < n; i++) {
        struct held *const h = &card.held[s[i].buffer];
        struct pbuf *p;

        CHECK_NUMBER(s[i].more, 0);
        h->slice = s[i];
        h->pbuf.custom_free_function = release;
        p = pbuf_alloced_custom(PBUF_RAW, (u16_t)s[i].bytes, PBUF_REF, &h->pbuf, s[i].p, (u16_t)s[i].bytes);
        CHECK(p != NULL);
        if (card.netif.input(p, &card.netif) != ERR_OK)
            (void)pbuf_free(p);
    }
    pthread_mutex_lock(&card.receiveq);
    (void)vwr_net_receive_kick(vwr_net_get_receiveq(&card.net, 0));
    pthread_mutex_unlock(&card.receiveq);
}

static void reap(void)
{
    struct vwr_net_packet *done[SENDS];
    const int n = vwr_net_reap(vwr_net_get_transmitq(&card.net, 0), done, SENDS);

    CHECK(n >= 0);
    for (int i = 0; i < n; i++) {
        CHECK_NUMBER(done[i]->req.result, VWR_OK);
        card.idle[card.idles++] = done[i];
    }
}

static err_t output(struct netif *netif, struct pbuf *p)
{
    struct vwr_net_packet *packet;
    uint8_t *frame;

    (void)netif;
    reap();
    if (card.idles == 0) {
        card.dropped++;
        return ERR_MEM;
    }
    packet = card.idle[--card.idles];
    frame = card.memory + (size_t)(packet - card.packet) * 2048;
    CHECK_NUMBER(pbuf_copy_partial(p, frame, FRAME, 0), p->tot_len);
    vwr_net_fill(packet, frame, p->tot_len);
    CHECK_NUMBER(vwr_net_submit(vwr_net_get_transmitq(&card.net, 0), packet), VWR_OK);
    card.sent++;
    (void)vwr_net_kick(vwr_net_get_transmitq(&card.net, 0));
    return ERR_OK;
}

static err_t add(struct netif *netif)
{
    netif->name[0] = 'v';
    netif->name[1] = 'n';
    netif->mtu = FRAME - VWR_NET_ETHERNET;
    netif->hwaddr_len = sizeof(card.net.info.mac);
    memcpy(netif->hwaddr, card.net.info.mac, sizeof(card.net.info.mac));
    netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
    netif->output = etharp_output;
    netif->linkoutput = output;
    return ERR_OK;
}

static void *poll_card(void *nothing)
{
    while (!card.ends) {
        LOCK_TCPIP_CORE();
        receive();
        reap();
        UNLOCK_TCPIP_CORE();
        usleep(200);
    }
    return nothing;
}

static void open_card(unsigned kind)
{
    struct vwr_net_options o = {.pair = &card.pair, .pair_count = 1, .shared_count = 1};

    o.shared = guest_alloc(sizeof(*o.shared));
    card.memory = guest_alloc((size_t)SENDS * 2048);
    for (unsigned i = 0; i < SENDS; i++)
        card.idle[card.idles++] = &card.packet[i];
    disk_avoid(&o.avoid, kind);
    slot_probe(&card.found, SLOT);
    CHECK_NUMBER(vwr_net_open(&card.net, &card.found.dev, &o), VWR_OK);
    disk_check_kind(&card.found.dev, kind);
}

static void begin_ip(void)
{
    ip4_addr_t us, mask, gateway;

    IP4_ADDR(&us, 10, 0, 2, 15);
    IP4_ADDR(&mask, 255, 255, 255, 0);
    IP4_ADDR(&gateway, 10, 0, 2, 2);
    tcpip_init(NULL, NULL);
    LOCK_TCPIP_CORE();
    CHECK(netif_add(&card.netif, &us, &mask, &gateway, NULL, add, ethernet_input) != NULL);
    netif_set_default(&card.netif);
    netif_set_up(&card.netif);
    UNLOCK_TCPIP_CORE();
}

/* Writes the body of the answer. */
static void get(unsigned port, const char *path)
{
    struct sockaddr_in to = {.sin_family = AF_INET};
    const int s = lwip_socket(AF_INET, SOCK_STREAM, 0);
    FILE *const file = fopen("got", "wb");
    static char bytes[65536];
    size_t come = 0;
    char *body = NULL;
    ssize_t n;

    to.sin_port = lwip_htons((uint16_t)port);
    to.sin_addr.s_addr = lwip_htonl(0x0a000202);
    CHECK(s >= 0 && file != NULL);
    CHECK_NUMBER(lwip_connect(s, (struct sockaddr *)&to, sizeof(to)), 0);
    (void)snprintf(bytes, sizeof(bytes), "GET /%s HTTP/1.0\r\n\r\n", path);
    CHECK_NUMBER(lwip_send(s, bytes, strlen(bytes), 0), strlen(bytes));
    while (body == NULL && (n = lwip_recv(s, bytes + come, sizeof(bytes) - 1 - come, 0)) > 0) {
        come += (size_t)n;
        bytes[come] = '\0';
        body = strstr(bytes, "\r\n\r\n");
    }
    CHECK(body != NULL && strstr(bytes, " 200 ") != NULL);
    body += 4;
    CHECK_NUMBER(fwrite(body, 1, come - (size_t)(body - bytes), file), come - (size_t)(body - bytes));
    while ((n = lwip_recv(s, bytes, sizeof(bytes), 0)) > 0)
        CHECK_NUMBER(fwrite(bytes, 1, (size_t)n, file), n);
    CHECK_NUMBER(fclose(file), 0);
    CHECK_NUMBER(lwip_close(s), 0);
}

int main(int argc, char *argv[])
{
    pthread_t thread;
    unsigned kind;

    if (argc != 6)
        return 2;
    CHECK_SYS((mkdir(argv[5], 0700) == 0 || errno == EEXIST) && chdir(argv[5]) == 0);
    check_clean_up = machine_abandon;
    kind = (unsigned)atoi(argv[2]);
    machine_begin(strcmp(argv[1], "legacy") == 0);
    machine_add("-netdev", "user,id=n0");
    machine_add_device(SLOT, "virtio-net", "netdev=n0%s", (kind & DISK_PACKED) != 0 ? ",packed=on" : "");
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}");
    open_card(kind);
    begin_ip();
    CHECK_NUMBER(pthread_create(&thread, NULL, poll_card, NULL), 0);
    get((unsigned)atoi(argv[3]), argv[4]);
    card.ends = true;
    CHECK_NUMBER(pthread_join(thread, NULL), 0);
    LOCK_TCPIP_CORE();
    CHECK_NUMBER(vwr_close(&card.net.bringup), VWR_OK);
    machine_stop();
    printf("%s kind %u: %u packets sent, %u dropped\n", argv[1], kind, card.packet[0].req.number,
           card.dropped);
    fflush(stdout);
    _exit(0); /* lwIP's threads never end */
}
