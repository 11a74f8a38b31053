/* SPDX-License-Identifier: MIT */
#include "card.h"
#include "check.h"
#include "disk.h"
#include "vmm.h"

#include <string.h>

static struct card *card_of(struct vwr_vdev *v)
{
    return (struct card *)(void *)v;
}

static bool take_chain(struct card *c, unsigned queue, struct vwr_vchain *chain)
{
    chain->seg = c->seg;
    chain->room = CARD_SEGS;
    return vwr_vdev_pop(&c->dev, (uint16_t)queue, chain);
}

/* Executes a command of the control queue. */
static uint16_t obey(struct card *c, uint16_t queue)
{
    struct vwr_vchain chain;
    struct vwr_reader r;
    struct vwr_writer w;
    uint8_t ack;

    if (!take_chain(c, queue, &chain))
        return 0;
    vwr_vchain_reader(&chain, &r);
    vwr_vchain_writer(&chain, &w);
    CHECK(c->commands < CARD_COMMANDS);
    c->command[c->commands].bytes =
        vwr_reader_read(&r, c->command[c->commands].message, sizeof(c->command[0].message));
    c->commands++;
    ack = c->refuses ? VWR_NET_ERR : VWR_NET_OK;
    c->refuses = false;
    CHECK_NUMBER(vwr_writer_write(&w, &ack, sizeof(ack)), sizeof(ack));
    vwr_vqueue_add_used(&c->queue[queue], &chain, w.done);
    return 1;
}

static uint16_t serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    struct card *const c = card_of(v);
    const uint16_t queue = q->index;
    struct vwr_vchain chain;
    struct vwr_reader r;

    if (queue == vwr_net_queue_controlq_at(CARD_PAIRS))
        return obey(c, queue);
    if (queue != VWR_NET_QUEUE_TRANSMITQ || c->holds || !take_chain(c, queue, &chain))
        return 0;
    CHECK_NUMBER(chain.in, 0);
    vwr_vchain_reader(&chain, &r);
    c->last_bytes = vwr_reader_read(&r, c->last, sizeof(c->last));
    c->sent++;
    vwr_vqueue_add_used(q, &chain, 0);
    return 1;
}

static const struct vwr_vdev_class card_class = {
    .name = "card",
    .id = VWR_NET_ID,
    .fields = vwr_net_config_fields,
    .field_count = VWR_NET_CONFIG_FIELD_COUNT,
    .rules = vwr_net_feature_rules,
    .rule_count = VWR_NET_FEATURE_RULE_COUNT,
    .serve = serve,
};

static void offer(struct vwr_features *f, bool mergeable)
{
    static const uint8_t own[] = {VWR_NET_F_CSUM,        VWR_NET_F_GUEST_CSUM, VWR_NET_F_MTU,
                                  VWR_NET_F_MAC,         VWR_NET_F_GUEST_TSO4, VWR_NET_F_GUEST_TSO6,
                                  VWR_NET_F_HOST_TSO4,   VWR_NET_F_STATUS,     VWR_NET_F_GUEST_UFO,
                                  VWR_NET_F_HASH_REPORT, VWR_NET_F_CTRL_VQ,    VWR_NET_F_CTRL_RX,
                                  VWR_NET_F_MQ,          VWR_NET_F_RSS,        VWR_NET_F_CTRL_MAC_ADDR};

    memset(f, 0, sizeof(*f));
    for (unsigned i = 0; i < sizeof(own); i++)
        vwr_features_add(f, own[i]);
    if (mergeable)
        vwr_features_add(f, VWR_NET_F_MRG_RXBUF);
}

void card_init(struct card *c, unsigned kind, bool mergeable, uint16_t mtu)
{
    struct vwr_vdev_setup setup = {.vm = &vmm, .line = CARD_SLOT, .queue_count = CARD_QUEUES};
    const bool legacy = (kind & DISK_LEGACY) != 0;
    struct vwr_features own;

    memset(c, 0, sizeof(*c));
    memcpy(c->config.mac, "\x02vwr\x00\x01", sizeof(c->config.mac));
    c->config.mtu = vwr_guest16(legacy, mtu);
    c->config.max_virtqueue_pairs = vwr_guest16(legacy, CARD_PAIRS);
    c->config.rss_max_key_size = CARD_HASH_KEY;
    c->config.rss_max_indirection_table_length = vwr_cpu_to_le16(CARD_RSS_ENTRIES);
    c->config.supported_hash_types = vwr_cpu_to_le32(VWR_NET_HASH_TYPE_IPV4 | VWR_NET_HASH_TYPE_TCPV4);
    c->config.status = vwr_guest16(legacy, VWR_NET_S_LINK_UP);
    setup.legacy = legacy;
    setup.queue = c->queue;
    setup.queue_size = CARD_QUEUE_SIZE;
    setup.own = c->own;
    setup.own_count = VWR_COUNT(c->own);
    disk_offer(&setup.features, kind);
    offer(&own, mergeable);
    CHECK_NUMBER(
        vwr_vdev_init(&c->dev, &card_class, &setup, &own, CARD_QUEUES, &c->config, sizeof(c->config)),
        VWR_OK);
    vmm_add(CARD_SLOT, &c->dev);
}

/* Number of buffers of `each` bytes for this many bytes. */
static uint16_t count_buffers(uint32_t bytes, uint32_t each)
{
    return (uint16_t)((bytes + each - 1) / each);
}

/* Fills one buffer, starting with the header if there is one; returns the number of frame bytes in it. */
static uint32_t fill(struct card *c, struct vwr_vchain *chain, struct vwr_net_hdr *header,
                     uint32_t header_bytes, const uint8_t *frame, uint32_t bytes, const struct card_lie *lie)
{
    uint32_t most = lie->cuts ? lie->bytes : UINT32_MAX;
    struct vwr_writer w;
    uint32_t n;

    vwr_vchain_writer(chain, &w);

    if (header_bytes != 0) {
        header->num_buffers = vwr_guest16(
            c->dev.legacy, lie->counts ? lie->buffers : count_buffers(bytes + header_bytes, chain->in_bytes));
        n = vwr_writer_write(&w, header, header_bytes < most ? header_bytes : most);
        most -= n;
    }
    n = vwr_writer_write(&w, frame, bytes < most ? bytes : most);
    vwr_vqueue_add_used(&c->queue[VWR_NET_QUEUE_RECEIVEQ], chain, w.done);
    return n;
}

bool card_deliver(struct card *c, const struct vwr_net_hdr *header, const uint8_t *frame, uint32_t bytes,
                  const struct card_lie *lie)
{
    static const struct card_lie truth;
    struct vwr_net_hdr h = *header;
    uint32_t header_bytes = (uint32_t)vwr_net_hdr_size(&c->dev.accepted);
    struct vwr_vchain chain;
    bool first = true;

    vwr_vdev_lock(&c->dev);
    while ((first || bytes != 0) && take_chain(c, VWR_NET_QUEUE_RECEIVEQ, &chain)) {
        const uint32_t n =
            fill(c, &chain, &h, first ? header_bytes : 0, frame, bytes, lie != NULL ? lie : &truth);

        first = false;
        frame += n;
        bytes = lie != NULL ? 0 : bytes - n;
    }
    (void)vwr_vdev_signal(&c->dev, &c->queue[VWR_NET_QUEUE_RECEIVEQ]);
    vwr_vdev_unlock(&c->dev);
    return !first && bytes == 0;
}

void card_go_on(struct card *c)
{
    c->holds = false;
    vwr_vdev_serve(&c->dev, VWR_NET_QUEUE_TRANSMITQ);
}
