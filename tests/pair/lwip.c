/* SPDX-License-Identifier: MIT */
#include "bounce.h"
#include "card.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "ram.h"
#include "vmm.h"
#include "vwr_lwip.h"

#include <lwip/tcpip.h>
#include <pthread.h>
#include <string.h>

/*
 * integrations/lwip on a card of this test, with the pbufs of Debian's lwIP: what is copied and what is not,
 * who has each buffer, and what each function returns. The data reach the card in bounce buffers.
 */

#define MTU 1400u
#define HALF (VWR_NET_QUEUE / 2u)
#define TAKEN 300u

static struct {
    struct card card;
    union vmm_end end;
    struct vwr_net net;
    struct vwr_net_pair pair;
    struct vwr_net_shared *shared;
    struct vwr_lwip lwip;
    struct netif netif;
} w;

static struct {
    struct pbuf *pbuf[TAKEN];
    unsigned count;
    err_t result; /* of `take`; if it is not ERR_OK, the frame is refused */
} taken;

static err_t take(struct pbuf *p, struct netif *netif)
{
    CHECK(netif == &w.netif);
    if (taken.result == ERR_OK) {
        CHECK(taken.count < TAKEN);
        taken.pbuf[taken.count++] = p;
    }
    return taken.result;
}

struct how {
    uint16_t mtu;
    bool mergeable;
    bool link_is_down;
    unsigned avoid; /* a feature, if it is not 0 */
    unsigned offload;
};

static bool begin(const struct how *how)
{
    struct vwr_net_options o = {.pair = &w.pair, .pair_count = 1, .shared_count = 1};

    vmm_begin(false);
    ram_reset();
    memset(&w, 0, sizeof(w));
    memset(&taken, 0, sizeof(taken));
    card_init(&w.card, 0, how->mergeable, how->mtu);
    if (how->link_is_down)
        w.card.config.status = 0;
    o.shared = w.shared = ram_alloc_ring(sizeof(*o.shared));
    disk_avoid(&o.avoid, 0);
    if (how->avoid != 0)
        vwr_features_add(&o.avoid, how->avoid);
    if (how->offload != 0)
        vwr_features_add(&o.offloads, how->offload);
    w.lwip.net = &w.net;
    memcpy(w.lwip.mac, "\x02mine1", sizeof(w.lwip.mac));
    CHECK_NUMBER(vmm_find(&w.end, CARD_SLOT), VWR_OK);
    CHECK_NUMBER(vwr_net_open(&w.net, &w.end.dev, &o), VWR_OK);
    return netif_add(&w.netif, NULL, NULL, NULL, &w.lwip, vwr_lwip_init, take) != NULL;
}

static const struct how usual = {.mtu = MTU};

static void end(void)
{
    CHECK_NUMBER(w.lwip.holds, 0);
    netif_remove(&w.netif);
    CHECK_NUMBER(vwr_close(&w.net.bringup), VWR_OK);
    bounce_check_idle();
}

/* ---- vwr_lwip_init ---- */

static void interfaces(void)
{
    static const struct how with_offload = {.mtu = MTU, .offload = VWR_NET_F_GUEST_CSUM};
    static const struct how jumbo = {.mtu = 9000, .mergeable = true};
    static const struct how bare = {.mtu = MTU, .avoid = VWR_NET_F_MTU, .link_is_down = true};
    static const struct how nameless = {.mtu = MTU, .avoid = VWR_NET_F_MAC};

    CHECK(!begin(&with_offload));
    CHECK_NUMBER(vwr_close(&w.net.bringup), VWR_OK);
    CHECK(!begin(&jumbo));
    CHECK_NUMBER(vwr_close(&w.net.bringup), VWR_OK);
    CHECK(begin(&nameless) && memcmp(w.netif.hwaddr, w.lwip.mac, 6) == 0);
    end();
    CHECK(begin(&bare) && w.netif.mtu == 1500 && !netif_is_link_up(&w.netif));
    end();
    CHECK(begin(&usual) && w.netif.mtu == MTU && netif_is_link_up(&w.netif) && w.netif.hwaddr_len == 6);
    CHECK(memcmp(w.netif.hwaddr, w.net.info.mac, 6) == 0);
    CHECK((w.netif.flags & (NETIF_FLAG_ETHARP | NETIF_FLAG_IGMP | NETIF_FLAG_MLD6)) ==
          (NETIF_FLAG_ETHARP | NETIF_FLAG_IGMP | NETIF_FLAG_MLD6));
    end();
    CHECK(netif_add(&w.netif, NULL, NULL, NULL, &w.lwip, vwr_lwip_init, take) == NULL); /* not open */
}

/* ---- frames that come in ---- */

static void fill_frame(uint8_t *frame, unsigned number, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++)
        frame[i] = (uint8_t)(i * 7 + number * 29 + (i >> 8));
}

static void deliver(unsigned number, uint32_t bytes)
{
    static const struct vwr_net_hdr plain;
    static uint8_t frame[6000];

    fill_frame(frame, number, bytes);
    CHECK(card_deliver(&w.card, &plain, frame, bytes, NULL));
}

/* lwIP has this frame next; whether it is still in its receive buffer. */
static bool is_held(unsigned i, unsigned number, uint32_t bytes)
{
    const struct pbuf *const p = taken.pbuf[i];
    uint8_t want[2000], got[2000];

    fill_frame(want, number, bytes);
    CHECK_NUMBER(p->tot_len, bytes);
    CHECK_NUMBER(pbuf_copy_partial(p, got, (u16_t)bytes, 0), bytes);
    CHECK(memcmp(want, got, bytes) == 0);
    return (uintptr_t)p->payload - (uintptr_t)w.shared->data < sizeof(w.shared->data);
}

static void *free_all(void *nothing)
{
    while (taken.count != 0)
        (void)pbuf_free(taken.pbuf[--taken.count]);
    return nothing;
}

static void poll_all(void)
{
    for (unsigned polls = 0; vwr_lwip_poll(&w.netif, false) != 0; polls++)
        CHECK(polls < 10);
    CHECK_NUMBER(vwr_lwip_poll(&w.netif, false), 0);
}

/* lwIP frees nothing: it gets half of the buffers, then copies, and the card always has the other half. */
static void hoards(void)
{
    pthread_t thread;

    CHECK(begin(&usual));
    for (unsigned turn = 0; turn < 2; turn++) {
        for (unsigned i = 0; i < TAKEN; i++) {
            deliver(i, 60 + i);
            if (i % HALF == HALF - 1)
                poll_all();
        }
        poll_all();
        CHECK_NUMBER(taken.count, TAKEN);
        for (unsigned i = 0; i < TAKEN; i++)
            CHECK_NUMBER(is_held(i, i, 60 + i), i < HALF);
        CHECK_NUMBER(w.lwip.holds, HALF);
        CHECK_NUMBER(pthread_create(&thread, NULL, free_all, NULL), 0);
        CHECK_NUMBER(pthread_join(thread, NULL), 0);
        CHECK_NUMBER(w.lwip.holds, HALF);
        CHECK_NUMBER(vwr_lwip_poll(&w.netif, false), 0);
        CHECK_NUMBER(w.lwip.holds, 0);
    }
    end();
}

/* Frames that lwIP refuses, and frames in three buffers, lose no buffer. One call takes a limited number. */
static void loses(void)
{
    const struct how how = {.mtu = MTU, .mergeable = true};

    CHECK(begin(&how));
    for (unsigned i = 0; i < 3 * VWR_NET_QUEUE; i++) {
        taken.result = ERR_MEM;
        deliver(i, 100);
        CHECK_NUMBER(vwr_lwip_poll(&w.netif, false), 1);
        taken.result = ERR_OK;
        deliver(i, 5000);
        deliver(i, 200);
        CHECK_NUMBER(vwr_lwip_poll(&w.netif, false), 1);
        CHECK(taken.count == 1 && is_held(0, i, 200));
        (void)free_all(NULL);
    }
    poll_all(); /* the card has all buffers */
    for (unsigned i = 0; i < VWR_NET_QUEUE; i++)
        deliver(i, 60);
    CHECK(vwr_lwip_poll(&w.netif, false) == 1 && taken.count <= VWR_NET_SLICES);
    poll_all();
    CHECK_NUMBER(taken.count, VWR_NET_QUEUE);
    (void)free_all(NULL);
    poll_all();
    end();
}

/* ---- frames that go out ---- */

/* A pbuf of parts of `each` bytes, one of which may be of another type, or empty. */
static struct pbuf *make(unsigned parts, u16_t each, unsigned odd, pbuf_type type, u16_t odd_bytes)
{
    static uint8_t memory[2000];
    struct pbuf *head = NULL;

    fill_frame(memory, 5, sizeof(memory));
    for (unsigned i = 0; i < parts; i++) {
        struct pbuf *const p = pbuf_alloc(PBUF_RAW, i == odd ? odd_bytes : each, i == odd ? type : PBUF_RAM);

        CHECK(p != NULL);
        if (i == odd && type == PBUF_REF)
            p->payload = memory;
        fill_frame(p->payload, i, p->len);
        if (head == NULL)
            head = p;
        else
            pbuf_cat(head, p);
    }
    return head;
}

/* Sends it while the card holds all; then the card has it, and it is the caller's alone. Was it copied? */
static bool is_copied(struct pbuf *p)
{
    uint8_t want[2000];
    const uint32_t header = (uint32_t)vwr_net_hdr_size(&w.end.dev.config.features);
    bool copied;

    w.card.holds = true;
    CHECK_NUMBER(w.netif.linkoutput(&w.netif, p), ERR_OK);
    copied = p->ref == 1;
    CHECK_NUMBER(p->ref, copied ? 1 : 2);
    card_go_on(&w.card);
    CHECK_NUMBER(vwr_lwip_poll(&w.netif, false), 0);
    CHECK_NUMBER(p->ref, 1);
    CHECK_NUMBER(w.card.last_bytes, header + p->tot_len);
    (void)pbuf_copy_partial(p, want, p->tot_len, 0);
    CHECK(memcmp(w.card.last + header, want, p->tot_len) == 0);
    (void)pbuf_free(p);
    return copied;
}

static err_t send_one(u16_t bytes)
{
    struct pbuf *const p = make(1, bytes, 9, PBUF_RAM, 0);
    const err_t r = w.netif.linkoutput(&w.netif, p);

    if (r != ERR_OK)
        CHECK_NUMBER(p->ref, 1);
    (void)pbuf_free(p);
    return r;
}

static void copies_what_it_must(void)
{
    CHECK(begin(&usual));
    CHECK(!is_copied(make(1, 1414, 9, PBUF_RAM, 0)));
    CHECK(!is_copied(make(VWR_NET_SEGMENTS, 100, 9, PBUF_RAM, 0)));
    CHECK(is_copied(make(VWR_NET_SEGMENTS + 1, 100, 9, PBUF_RAM, 0)));
    CHECK(is_copied(make(1, 100, 0, PBUF_REF, 500)));
    CHECK(is_copied(make(3, 100, 2, PBUF_REF, 500)));
    CHECK(is_copied(make(3, 100, 1, PBUF_RAM, 0)));
    CHECK_NUMBER(send_one(10), ERR_VAL);
    CHECK_NUMBER(send_one(1414 + 5), ERR_VAL);
    CHECK_NUMBER(send_one(1414), ERR_OK);
    poll_all();
    end();
}

/* TCP tries again later: then there is room. The frames go out once each. */
static void fills(void)
{
    CHECK(begin(&usual));
    for (unsigned turn = 0; turn < 3; turn++) {
        const unsigned before = w.card.sent;

        w.card.holds = true;
        for (unsigned i = 0; i < VWR_LWIP_PACKETS; i++)
            CHECK_NUMBER(send_one(60), ERR_OK);
        CHECK_NUMBER(send_one(60), ERR_MEM);
        card_go_on(&w.card);
        CHECK_NUMBER(send_one(61), ERR_OK);
        poll_all();
        CHECK_NUMBER(w.card.sent, before + VWR_LWIP_PACKETS + 1);
    }
    end();
}

/* ---- the card stops ---- */

/* Frames are in flight and with lwIP: those are freed, these stay valid. */
static void recovers(void)
{
    unsigned polls = 0;

    CHECK(begin(&usual));
    deliver(1, 300);
    poll_all();
    w.card.holds = true;
    CHECK_NUMBER(send_one(60), ERR_OK);
    vwr_dev_fail(&w.end.dev);
    CHECK_NUMBER(send_one(60), ERR_IF);
    while (vwr_get_stage(&w.net.bringup) != VWR_STAGE_RUNNING) {
        CHECK_NUMBER(vwr_lwip_poll(&w.netif, false), 1);
        CHECK(++polls < 100 && netif_is_link_up(&w.netif));
    }
    poll_all();
    w.card.holds = false;
    CHECK_NUMBER(send_one(60), ERR_OK);
    deliver(2, 200);
    poll_all();
    CHECK(taken.count == 2 && is_held(0, 1, 300) && is_held(1, 2, 200));
    (void)free_all(NULL);
    poll_all();
    end();
}

/* The link goes down while the card is reset, and later up. */
static void follows_the_link(void)
{
    CHECK(begin(&usual));
    w.card.config.status = 0;
    CHECK_NUMBER(vwr_lwip_poll(&w.netif, false), 0);
    CHECK(netif_is_link_up(&w.netif));
    CHECK_NUMBER(vwr_lwip_poll(&w.netif, true), 1);
    CHECK(!netif_is_link_up(&w.netif));
    w.card.config.status = vwr_cpu_to_le16(VWR_NET_S_LINK_UP);
    CHECK_NUMBER(vwr_lwip_poll(&w.netif, true), 1);
    CHECK(netif_is_link_up(&w.netif));
    vwr_dev_fail(&w.end.dev);
    w.card.config.status = 0;
    for (unsigned polls = 0; netif_is_link_up(&w.netif); polls++)
        CHECK(polls < 100 && vwr_lwip_poll(&w.netif, false) == 1);
    CHECK_NUMBER(vwr_get_stage(&w.net.bringup), VWR_STAGE_RUNNING);
    end();
}

/* After the failure, the card's configuration is wrong. */
static void gives_up(void)
{
    unsigned polls = 0;
    int r;

    CHECK(begin(&usual));
    w.card.config.mtu = vwr_cpu_to_le16(1);
    vwr_dev_fail(&w.end.dev);
    while ((r = vwr_lwip_poll(&w.netif, false)) == 1)
        CHECK(++polls < 100);
    CHECK_NUMBER(r, VWR_EFAILED);
    CHECK(!netif_is_link_up(&w.netif) && vwr_lwip_poll(&w.netif, true) == VWR_EFAILED);
    CHECK_NUMBER(send_one(60), ERR_IF);
    end();
}

int main(void)
{
    void *pool;
    size_t run;

    ram_open(true);
    pool = ram_reserve(BOUNCE_BYTES);
    bounce_begin(pool, BOUNCE_BYTES, ram_dma(pool, BOUNCE_BYTES, &run));
    vmm_bus = VMM_MMIO;
    tcpip_init(NULL, NULL);
    LOCK_TCPIP_CORE();
    interfaces();
    hoards();
    loses();
    copies_what_it_must();
    fills();
    recovers();
    follows_the_link();
    gives_up();
    return 0;
}
