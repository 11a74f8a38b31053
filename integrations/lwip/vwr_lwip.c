/* SPDX-License-Identifier: MIT */
#include "vwr_lwip.h"

#include <lwip/etharp.h>
#include <lwip/ethip6.h>
#include <string.h>

/* Frees the frames that were sent. */
static int reap(struct vwr_lwip *c)
{
    struct vwr_net_packet *done[VWR_LWIP_PACKETS];
    const int n = vwr_net_reap(vwr_net_get_transmitq(c->net, 0), done, VWR_LWIP_PACKETS);

    for (int i = 0; i < n; i++) {
        struct vwr_lwip_packet *const packet = (void *)done[i];

        (void)pbuf_free(packet->pbuf);
        packet->pbuf = NULL;
    }
    return n;
}

/* Copies a frame only if it has too many parts, or if its owner may change it. TCP tries again later. */
static err_t output(struct netif *netif, struct pbuf *p)
{
    struct vwr_lwip *const c = netif->state;
    struct vwr_net_transmitq *const q = vwr_net_get_transmitq(c->net, 0);
    struct vwr_lwip_packet *const packet = &c->packet[c->sent % VWR_LWIP_PACKETS];
    const struct pbuf *part = p;
    unsigned n = 0;
    int r = reap(c);

    if (r < 0 || packet->pbuf != NULL)
        return r < 0 ? ERR_IF : ERR_MEM;
    for (; part != NULL && part->len != 0 && n < VWR_NET_SEGMENTS && !PBUF_NEEDS_COPY(part);
         part = part->next)
        packet->vec[n++] = (struct vwr_vec){part->payload, part->len};
    if (part == NULL)
        pbuf_ref(p);
    else if ((p = pbuf_clone(PBUF_RAW, PBUF_RAM, p)) == NULL)
        return ERR_MEM;
    else
        packet->vec[0] = (struct vwr_vec){p->payload, p->len};
    packet->packet.req.vecs = packet->vec;
    packet->packet.req.vec_count = part == NULL ? n : 1u;
    r = vwr_net_submit(q, &packet->packet);
    if (r != VWR_OK) {
        (void)pbuf_free(p);
        return r == VWR_EFULL ? ERR_MEM : r == VWR_EFAILED ? ERR_IF : ERR_VAL;
    }
    packet->pbuf = p;
    c->sent++;
    (void)vwr_net_kick(q);
    return ERR_OK;
}

/* In any thread; only the owner of the card uses its queues. */
static void release(struct pbuf *p)
{
    __atomic_store_n(&((struct vwr_lwip_held *)(void *)p)->freed, true, __ATOMIC_RELEASE);
}

/* The card keeps half of its buffers: if lwIP has the others, a frame is copied, or lost (NULL). */
static struct pbuf *wrap(struct vwr_lwip *c, const struct vwr_slice *s, bool lost)
{
    struct vwr_net_receiveq *const q = vwr_net_get_receiveq(c->net, 0);
    struct vwr_lwip_held *const h = &c->held[s->buffer % VWR_NET_QUEUE];
    struct pbuf *p;

    if (!lost && s->buffer < VWR_NET_QUEUE && c->holds < vwr_queue_size(&q->buffers.queue) / 2u) {
        c->holds++;
        h->slice = *s;
        h->pbuf.custom_free_function = release;
        return pbuf_alloced_custom(PBUF_RAW, (u16_t)s->bytes, PBUF_REF, &h->pbuf, s->p, (u16_t)s->bytes);
    }
    p = lost ? NULL : pbuf_alloc(PBUF_RAW, (u16_t)s->bytes, MEMP_MEM_MALLOC ? PBUF_RAM : PBUF_POOL);
    if (p != NULL)
        (void)pbuf_take(p, s->p, (u16_t)s->bytes);
    (void)vwr_net_receive_submit(q, s);
    return p;
}

/* At most VWR_NET_SLICES frames. One in several buffers is longer than the MTU, and lost. */
static int receive(struct netif *netif, struct vwr_lwip *c)
{
    struct vwr_net_receiveq *const q = vwr_net_get_receiveq(c->net, 0);
    struct vwr_slice s[VWR_NET_SLICES];
    const int n = vwr_net_receive_reap(q, s, VWR_NET_SLICES);

    for (int i = 0; i < n; i++) {
        struct pbuf *const p = wrap(c, &s[i], s[i].more != 0 || (i != 0 && s[i - 1].more != 0));

        if (p != NULL && netif->input(p, netif) != ERR_OK)
            (void)pbuf_free(p);
    }
    for (struct vwr_lwip_held *h = c->held; h < c->held + VWR_NET_QUEUE && c->holds != 0; h++)
        if (__atomic_load_n(&h->freed, __ATOMIC_ACQUIRE)) {
            h->freed = false;
            c->holds--;
            (void)vwr_net_receive_submit(q, &h->slice);
        }
    (void)vwr_net_receive_kick(q);
    return n;
}

int vwr_lwip_poll(struct netif *netif, bool config_changed)
{
    struct vwr_lwip *const c = netif->state;
    const int n = receive(netif, c);
    int r = reap(c);

    if (n < 0 || r < 0)
        r = vwr_recover(&c->net->bringup); /* one step; meanwhile the link stays up, and so do connections */
    else if (config_changed)
        r = vwr_net_read_info(c->net); /* after an error, the next call recovers the card */
    else
        return n != 0;
    if (r == VWR_OK && vwr_net_link_is_up(c->net))
        netif_set_link_up(netif);
    else if (r == VWR_OK || r == VWR_EFAILED)
        netif_set_link_down(netif);
    return r == VWR_EFAILED ? r : 1;
}

err_t vwr_lwip_init(struct netif *netif)
{
    struct vwr_lwip *const c = netif->state;
    const struct vwr_net *const n = c->net;
    const uint32_t mtu = n->info.mtu != 0 ? n->info.mtu : VWR_NET_FRAME - VWR_NET_ETHERNET - VWR_NET_VLAN;

    if (n->pairs == 0 || vwr_net_has(n, VWR_NET_F_GUEST_CSUM) ||
        mtu + VWR_NET_ETHERNET + VWR_NET_VLAN + sizeof(struct vwr_net_hdr) > VWR_NET_BYTES)
        return ERR_ARG;
    memcpy(netif->hwaddr, vwr_net_has(n, VWR_NET_F_MAC) ? n->info.mac : c->mac, sizeof(c->mac));
    netif->hwaddr_len = sizeof(c->mac);
    memcpy(netif->name, "vn", sizeof(netif->name));
    netif->mtu = (u16_t)mtu;
    netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_IGMP |
                   NETIF_FLAG_MLD6 | (vwr_net_link_is_up(n) ? NETIF_FLAG_LINK_UP : 0u);
    netif->linkoutput = output;
#if LWIP_IPV4
    netif->output = etharp_output;
#endif
#if LWIP_IPV6
    netif->output_ip6 = ethip6_output;
#endif
    return ERR_OK;
}
