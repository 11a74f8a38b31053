/* SPDX-License-Identifier: MIT */
#include "bounce.h"
#include "bus.h"
#include "check.h"
#include "disk.h"
#include "lwip_example.h"
#include "guest.h"
#include "machine.h"

#include <errno.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/sockets.h>
#include <lwip/tcpip.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The example of integrations/lwip with Debian's lwIP, on the network driver: a page is fetched by HTTP from
 * a server on this machine, through QEMU's user-mode network, into the file "got", and sent back. In the
 * middle of each transfer there is trouble: the link goes down, a ring breaks, or the transmit queue is full.
 *
 *     qemu_net_http legacy|modern KIND link|receive|transmit|full PORT PATH FOLDER
 *
 * lwIP's memory is out of the device's reach, so the port has bounce buffers. They also find a frame that
 * lwIP changes while it is in flight.
 */

#define SLOT 29u
#define POOL ((size_t)1 << 20)
#define CHUNK 65536u

static struct {
    struct vwr_lwip lwip;
    struct vwr_net net;
    struct vwr_net_pair pair;
    union found found;
    struct netif netif;
    unsigned kind;
    unsigned held; /* most receive buffers that were in pbufs */
    size_t got;    /* bytes of the page */
    const char *trouble;
    bool late; /* only while the page is sent back: QEMU resends what it has lost after seconds */
    volatile bool ends;
} card;

/* ---- with lwIP's lock ---- */

static void poll_until_idle(bool config_changed)
{
    unsigned calls = 0;

    while (vwr_lwip_poll(&card.netif, config_changed) != 0) {
        CHECK(++calls < 100000);
        config_changed = false;
    }
}

static void move_link(bool up)
{
    CHECK_NUMBER(netif_is_link_up(&card.netif), !up);
    (void)machine_qmp(up ? "{\"execute\": \"set_link\", \"arguments\": {\"name\": \"n0\", \"up\": true}}"
                         : "{\"execute\": \"set_link\", \"arguments\": {\"name\": \"n0\", \"up\": false}}");
    poll_until_idle(true);
    CHECK_NUMBER(netif_is_link_up(&card.netif), up);
}

/* Sends frames that nobody answers while the machine does not run, and so completes none. */
static err_t send_to_stopped(unsigned most, unsigned *sent)
{
    struct pbuf *const p = pbuf_alloc(PBUF_RAW, 60, PBUF_RAM);
    err_t r = ERR_OK;

    CHECK(p != NULL);
    memset(p->payload, 0, p->len);
    (void)machine_qmp("{\"execute\": \"stop\"}");
    for (*sent = 0; *sent < most && r == ERR_OK; *sent += r == ERR_OK)
        r = card.netif.linkoutput(&card.netif, p);
    CHECK_NUMBER(p->ref, 1 + *sent); /* not copied */
    (void)pbuf_free(p);
    return r;
}

static void go_on(void)
{
    poll_until_idle(false);
    (void)machine_qmp("{\"execute\": \"cont\"}");
    poll_until_idle(false);
    CHECK_NUMBER(vwr_get_stage(&card.net.bringup), VWR_STAGE_RUNNING);
    CHECK(netif_is_link_up(&card.netif));
}

/* The device uses a buffer that it does not own. */
static void break_ring(struct vwr_queue *q)
{
    unsigned sent;

    CHECK_NUMBER(send_to_stopped(1, &sent), ERR_OK);
    disk_break_ring(q, card.kind);
    CHECK_NUMBER(vwr_lwip_poll(&card.netif, false), 1);
    CHECK(vwr_get_stage(&card.net.bringup) != VWR_STAGE_RUNNING);
    go_on();
}

static void fill(void)
{
    unsigned sent;

    CHECK_NUMBER(send_to_stopped(VWR_LWIP_PACKETS + 1u, &sent), ERR_MEM);
    CHECK(sent > VWR_LWIP_PACKETS / 2u);
    go_on();
    CHECK_NUMBER(send_to_stopped(1, &sent), ERR_OK);
    go_on();
}

static void make_trouble(void)
{
    if (strcmp(card.trouble, "link") == 0) {
        move_link(false);
        move_link(true);
    } else if (strcmp(card.trouble, "receive") == 0) {
        break_ring(&card.pair.receive.buffers.queue);
    } else if (strcmp(card.trouble, "transmit") == 0) {
        break_ring(&card.pair.send.requests.queue);
    } else {
        fill();
    }
    for (struct tcp_pcb *pcb = tcp_active_pcbs; pcb != NULL; pcb = pcb->next)
        tcp_rexmit_rto(pcb); /* now, instead of after a second */
}

/* In the middle of what lwIP and the card do. */
static void trouble_now(void)
{
    LOCK_TCPIP_CORE();
    make_trouble();
    UNLOCK_TCPIP_CORE();
}

/* The task of the example has asked for an interrupt. Here it polls again instead. */
uint32_t sleep_until_interrupt(struct vwr_dev *d)
{
    (void)d;
    if (card.ends)
        pthread_exit(NULL);
    usleep(200);
    return 0;
}

static void *run_task(void *netif)
{
    network_task(netif);
    CHECK(false); /* the card cannot be recovered */
    return NULL;
}

/* ---- the application ---- */

static void begin_ip(void)
{
    ip4_addr_t us, mask, gateway;

    IP4_ADDR(&us, 10, 0, 2, 15);
    IP4_ADDR(&mask, 255, 255, 255, 0);
    IP4_ADDR(&gateway, 10, 0, 2, 2);
    CHECK(network_begin(&card.netif, &card.lwip, &us, &mask, &gateway));
    CHECK(memcmp(card.netif.hwaddr, card.net.info.mac, sizeof(card.net.info.mac)) == 0);
}

static int ask(unsigned port, const char *request)
{
    struct sockaddr_in to = {.sin_family = AF_INET};
    const int s = lwip_socket(AF_INET, SOCK_STREAM, 0);

    to.sin_port = lwip_htons((uint16_t)port);
    to.sin_addr.s_addr = lwip_htonl(0x0a000202);
    CHECK(s >= 0);
    CHECK_NUMBER(lwip_connect(s, (struct sockaddr *)&to, sizeof(to)), 0);
    CHECK_NUMBER(lwip_send(s, request, strlen(request), 0), strlen(request));
    return s;
}

static bool take(void *file, const void *bytes, size_t count)
{
    const size_t before = card.got;

    CHECK_NUMBER(fwrite(bytes, 1, count, file), count);
    card.got += count;
    if (card.lwip.holds > card.held)
        card.held = card.lwip.holds;
    if (before < CHUNK * 4 && card.got >= CHUNK * 4 && !card.late)
        trouble_now();
    return true;
}

/* Writes the body of the answer to the file "got"; returns its size. */
static size_t get(unsigned port, const char *path)
{
    FILE *const file = fopen("got", "wb");
    ip4_addr_t server;
    char name[100];
    long total;

    CHECK(file != NULL);
    IP4_ADDR(&server, 10, 0, 2, 2);
    (void)snprintf(name, sizeof(name), "/%s", path);
    total = http_get(&server, (uint16_t)port, name, take, file);
    CHECK_NUMBER(total, card.got);
    CHECK_NUMBER(fclose(file), 0);
    CHECK_AT_MOST(1u << 20, card.got);
    return card.got;
}

/* Sends "got" back. */
static void put(unsigned port, const char *path, size_t total)
{
    FILE *const file = fopen("got", "rb");
    static char bytes[CHUNK];
    size_t sent = 0, n;
    int s;

    CHECK(file != NULL);
    (void)snprintf(bytes, sizeof(bytes), "PUT /%s HTTP/1.0\r\nContent-Length: %zu\r\n\r\n", path, total);
    s = ask(port, bytes);
    while ((n = fread(bytes, 1, sizeof(bytes), file)) > 0) {
        CHECK_NUMBER(lwip_send(s, bytes, n, 0), n);
        sent += n;
        if (sent == CHUNK * 4)
            trouble_now();
    }
    CHECK_NUMBER(fclose(file), 0);
    CHECK(lwip_recv(s, bytes, 20, 0) == 20 && memcmp(bytes + 8, " 200 ", 5) == 0);
    CHECK_NUMBER(lwip_close(s), 0);
}

static void open_card(void)
{
    struct vwr_net_options o = {.pair = &card.pair, .pair_count = 1, .shared_count = 1};
    void *const pool = guest_alloc(POOL);
    size_t run;
    const uint64_t addr = guest_dma(pool, POOL, &run);

    CHECK_NUMBER(run, POOL);
    bounce_begin(pool, POOL, addr);
    o.shared = guest_alloc(sizeof(*o.shared));
    disk_avoid(&o.avoid, card.kind);
    slot_probe(&card.found, SLOT);
    card.lwip.net = &card.net;
    CHECK_NUMBER(vwr_net_open(&card.net, &card.found.dev, &o), VWR_OK);
    disk_check_kind(&card.found.dev, card.kind);
}

/* Each frame was freed, and each buffer returned. */
static void close_card(void)
{
    LOCK_TCPIP_CORE();
    for (unsigned polls = 0; card.lwip.holds != 0; machine_wait(&polls))
        poll_until_idle(false);
    CHECK_NUMBER(vwr_close(&card.net.bringup), VWR_OK);
    bounce_check_idle();
    CHECK(card.held > 1 && card.held <= VWR_NET_QUEUE / 2);
}

int main(int argc, char *argv[])
{
    pthread_t thread;
    size_t total;

    if (argc != 7)
        return 2;
    CHECK_SYS((mkdir(argv[6], 0700) == 0 || errno == EEXIST) && chdir(argv[6]) == 0);
    check_clean_up = machine_abandon;
    card.kind = (unsigned)atoi(argv[2]);
    card.trouble = argv[3];
    card.late = strcmp(card.trouble, "link") == 0 || strcmp(card.trouble, "receive") == 0;
    machine_begin(strcmp(argv[1], "legacy") == 0);
    machine_add("-netdev", "user,id=n0");
    machine_add_device(SLOT, "virtio-net", "netdev=n0%s", (card.kind & DISK_PACKED) != 0 ? ",packed=on" : "");
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}");
    open_card();
    begin_ip();
    CHECK_NUMBER(pthread_create(&thread, NULL, run_task, &card.netif), 0);
    total = get((unsigned)atoi(argv[4]), argv[5]);
    put((unsigned)atoi(argv[4]), argv[5], total);
    card.ends = true;
    CHECK_NUMBER(pthread_join(thread, NULL), 0);
    close_card();
    machine_stop();
    printf("%s kind %u, %s: %u frames sent, %u buffers held\n", argv[1], card.kind, card.trouble,
           card.lwip.sent, card.held);
    fflush(stdout);
    _exit(0); /* lwIP's threads never end */
}
