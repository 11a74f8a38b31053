/* SPDX-License-Identifier: MIT */
#define OTHER_END_NAME "bench_net"
#include "../cases.h"
#include "../other_end.h"
#include "vwr/net.h"

#include <string.h>

/*
 * Cost of sending a frame: fill, submit, kick and reap; and of receiving one: receive, return and kick. The
 * card is our device side. It runs inside of bench_mmio_write, which callgrind does not count: a notification
 * of the transmit queue consumes the frames; one of the receive queue, after buffers were posted, delivers
 * frames.
 *
 *     bench_net send|receive RING DEPTH BATCHES BYTES [PIECES]
 *
 * RING is split, or the features of a ring, such as packed_in_order_indirect; with mrg_rxbuf the card merges
 * receive buffers. With PIECES, a frame that is sent is an array of this many segments. If BYTES exceeds the
 * length of a frame, a packet is received with segmentation offload and merged buffers, one at a time.
 */

#define DEPTH_MAX 32u
#define FRAME_MAX 1514u
#define SLICES_MAX (DEPTH_MAX > VWR_NET_SLICES ? DEPTH_MAX : VWR_NET_SLICES)
#define PIECES_MAX VWR_NET_SEGMENTS

static struct {
    struct vwr_vdev dev;
    struct vwr_net_config config;
    struct vwr_vqueue queue[2];
    struct vwr_vqueue_entry own[2 * VWR_NET_QUEUE];
    struct vwr_vseg seg[8];
    uint64_t notifications;
    uint32_t sent, come;
    uint32_t depth; /* frames to deliver per notification */
    uint32_t bytes;
    uint32_t given;  /* bytes of the packet that were delivered */
    uint32_t pieces; /* data segments of a sent frame */
    bool receives;   /* deliver frames */
    uint8_t frame[VWR_NET_FRAME_MAX];
} card;

static bool card_pop(struct vwr_vchain *chain, uint16_t queue)
{
    chain->seg = card.seg;
    chain->room = sizeof(card.seg) / sizeof(card.seg[0]);
    return vwr_vdev_pop(&card.dev, queue, chain);
}

/* Checks that a frame is the next expected one, after a header of zeros. */
static void card_take(const struct vwr_vchain *chain)
{
    static const uint8_t zeroes[sizeof(struct vwr_net_hdr)];
    const uint32_t header = (uint32_t)vwr_net_hdr_size(&card.dev.accepted);
    uint8_t got[sizeof(struct vwr_net_hdr) + FRAME_MAX];
    struct vwr_reader r;
    uint32_t number;

    if (chain->out != card.pieces + 1u || chain->in != 0 || chain->seg[0].len != header)
        fail("not a header and the segments of the frame");
    for (uint32_t i = 1; i <= card.pieces; i++)
        if (chain->seg[i].len != card.bytes / card.pieces)
            fail("a segment of another length");
    vwr_vchain_reader(chain, &r);
    if (vwr_reader_read(&r, got, sizeof(got)) != header + card.bytes || memcmp(got, zeroes, header) != 0)
        fail("another header, or length");
    memcpy(&number, got + header, sizeof(number));
    if (number != card.sent++ || memcmp(got + header + 4, card.frame + 4, card.bytes - 4) != 0)
        fail("another frame");
}

static void card_give_header(struct vwr_writer *w)
{
    const uint32_t size = (uint32_t)vwr_net_hdr_size(&card.dev.accepted);
    struct vwr_net_hdr header;

    memset(&header, 0, sizeof(header));
    header.num_buffers =
        vwr_cpu_to_le16((uint16_t)((size + card.bytes + VWR_NET_BYTES - 1u) / VWR_NET_BYTES));
    memcpy(card.frame, &card.come, sizeof(card.come));
    card.come++;
    if (vwr_writer_write(w, &header, size) != size)
        fail("no room for a header");
}

/* Fills a buffer with the next part of a packet. */
static uint32_t card_give(const struct vwr_vchain *chain)
{
    struct vwr_writer w;

    vwr_vchain_writer(chain, &w);
    if (card.given == 0)
        card_give_header(&w);
    card.given += vwr_writer_write(&w, card.frame + card.given, card.bytes - card.given);
    if (card.given == card.bytes) {
        card.given = 0;
        card.depth--;
    } else if (card.bytes <= FRAME_MAX) {
        fail("no room for a frame");
    }
    return w.done;
}

static uint16_t card_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const bool sends = q->index == VWR_NET_QUEUE_TRANSMITQ;
    struct vwr_vchain chain;
    uint32_t written = 0;

    (void)v;
    if ((!sends && card.depth == 0) || !card_pop(&chain, q->index))
        return 0;
    if (sends) {
        card_take(&chain);
    } else {
        written = card_give(&chain);
    }
    vwr_vqueue_add_used(q, &chain, written);
    return 1;
}

static const struct vwr_vdev_class card_class = {
    .name = "card",
    .id = VWR_NET_ID,
    .fields = vwr_net_config_fields,
    .field_count = VWR_NET_CONFIG_FIELD_COUNT,
    .rules = vwr_net_feature_rules,
    .rule_count = VWR_NET_FEATURE_RULE_COUNT,
    .serve = card_serve,
};

static void card_init(const char *ring)
{
    struct vwr_vdev_setup setup = {.queue = card.queue, .queue_count = 2, .own = card.own};
    struct vwr_features offered;

    other_end_begin(&setup, strstr(ring, "packed") != NULL);
    setup.queue_size = VWR_NET_QUEUE;
    setup.own_count = VWR_COUNT(card.own);
    if (strstr(ring, "indirect") != NULL)
        vwr_features_add(&setup.features, VWR_F_INDIRECT_DESC);
    if (strstr(ring, "in_order") != NULL)
        vwr_features_add(&setup.features, VWR_F_IN_ORDER);
    memset(&offered, 0, sizeof(offered));
    vwr_features_add(&offered, VWR_NET_F_MAC);
    if (strstr(ring, "mrg_rxbuf") != NULL)
        vwr_features_add(&offered, VWR_NET_F_MRG_RXBUF);
    if (card.bytes > FRAME_MAX) {
        vwr_features_add(&offered, VWR_NET_F_GUEST_CSUM);
        vwr_features_add(&offered, VWR_NET_F_GUEST_TSO4);
    }
    if (vwr_vdev_init(&card.dev, &card_class, &setup, &offered, 2, &card.config, sizeof(card.config)) !=
        VWR_OK)
        fail("init");
}

uint32_t bench_mmio_read(const volatile void *reg, unsigned bytes)
{
    return other_end_read(&card.dev, reg, bytes);
}

__attribute__((noipa)) void bench_mmio_write(volatile void *reg, uint32_t value)
{
    if (other_end_offset(reg) == VWR_MMIO_QUEUE_NOTIFY) {
        card.notifications++;
        card.depth = card.receives ? card.depth : 0;
    }
    other_end_write(&card.dev, reg, value);
}

/* Passed to send_measured and receive_measured by pointer, so that the compiler does not know its content. */
struct bench {
    struct vwr_mmio mmio;
    struct vwr_net net;
    struct vwr_net_pair pair;
    struct vwr_net_packet packet[DEPTH_MAX];
    uint8_t frame[DEPTH_MAX][2048];
    struct vwr_vec pieces[DEPTH_MAX][PIECES_MAX];
    uint32_t slices; /* maximum per reap */
};

static struct bench bench;
static struct vwr_net_shared shared;

uint64_t send_measured(struct bench *b, uint32_t depth, uint32_t batches, uint32_t bytes);
__attribute__((noipa)) uint64_t send_measured(struct bench *b, uint32_t depth, uint32_t batches,
                                              uint32_t bytes)
{
    struct vwr_net_transmitq *const q = vwr_net_get_transmitq(&b->net, 0);
    struct vwr_net_packet *done[DEPTH_MAX];
    uint32_t number = 0;
    uint64_t count = 0;

    for (uint32_t n = 0; n < batches; n++) {
        for (uint32_t i = 0; i < depth; i++, number++) {
            memcpy(b->frame[i], &number, sizeof(number));
            vwr_net_fill(&b->packet[i], b->frame[i], bytes);
            if (vwr_net_submit(q, &b->packet[i]) != VWR_OK)
                fail("submit");
        }
        (void)vwr_net_kick(q);
        if (vwr_net_reap(q, done, depth) != (int)depth)
            fail("reap");
        for (uint32_t i = 0; i < depth; i++)
            count += done[i]->req.result == VWR_OK;
    }
    return count;
}

uint64_t send_pieces_measured(struct bench *b, uint32_t depth, uint32_t batches, uint32_t pieces);
__attribute__((noipa)) uint64_t send_pieces_measured(struct bench *b, uint32_t depth, uint32_t batches,
                                                     uint32_t pieces)
{
    struct vwr_net_transmitq *const q = vwr_net_get_transmitq(&b->net, 0);
    struct vwr_net_packet *done[DEPTH_MAX];
    uint32_t number = 0;
    uint64_t count = 0;

    for (uint32_t n = 0; n < batches; n++) {
        for (uint32_t i = 0; i < depth; i++, number++) {
            struct vwr_net_packet *const p = &b->packet[i];

            memcpy(b->pieces[i][0].p, &number, sizeof(number));
            p->req.vecs = b->pieces[i];
            p->req.vec_count = pieces;
            p->header.flags = 0;
            p->header.gso_type = VWR_NET_HDR_GSO_NONE;
            if (vwr_net_submit(q, p) != VWR_OK)
                fail("submit");
        }
        (void)vwr_net_kick(q);
        if (vwr_net_reap(q, done, depth) != (int)depth)
            fail("reap");
        for (uint32_t i = 0; i < depth; i++)
            count += done[i]->req.result == VWR_OK;
    }
    return count;
}

uint64_t receive_measured(struct bench *b, uint32_t depth, uint32_t batches, uint32_t bytes);
__attribute__((noipa)) uint64_t receive_measured(struct bench *b, uint32_t depth, uint32_t batches,
                                                 uint32_t bytes)
{
    struct vwr_slice slices[SLICES_MAX];
    uint32_t number = 0;
    uint64_t count = 0;

    for (uint32_t n = 0; n < batches; n++) {
        if (vwr_net_receive_reap(vwr_net_get_receiveq(&b->net, 0), slices, b->slices) != (int)depth)
            fail("receive");
        for (uint32_t i = 0; i < depth; i++, number++) {
            uint32_t got;

            memcpy(&got, slices[i].p, sizeof(got));
            count += got == number && slices[i].bytes == bytes;
            if (vwr_net_receive_submit(vwr_net_get_receiveq(&b->net, 0), &slices[i]) != VWR_OK)
                fail("return");
        }
        card.depth = depth;
        if (!vwr_net_receive_kick(
                vwr_net_get_receiveq(&b->net, 0))) /* the card did not request a notification */
            bench_mmio_write(other_end_registers + VWR_MMIO_QUEUE_NOTIFY, VWR_NET_QUEUE_RECEIVEQ);
    }
    return count;
}

uint64_t receive_merged_measured(struct bench *b, uint32_t batches, uint32_t bytes);
__attribute__((noipa)) uint64_t receive_merged_measured(struct bench *b, uint32_t batches, uint32_t bytes)
{
    struct vwr_net_receiveq *const q = vwr_net_get_receiveq(&b->net, 0);
    struct vwr_slice slices[SLICES_MAX];
    uint64_t count = 0;

    for (uint32_t n = 0; n < batches; n++) {
        const int some = vwr_net_receive_reap(q, slices, SLICES_MAX);
        uint32_t left = bytes;
        uint32_t got;

        if (some <= 0 || slices[0].more != some - 1)
            fail("receive");
        memcpy(&got, slices[0].p, sizeof(got));
        for (int i = 0; i < some; i++) {
            left -= slices[i].bytes;
            if (vwr_net_receive_submit(q, &slices[i]) != VWR_OK)
                fail("return");
        }
        count += got == n && left == 0;
        card.depth = 1;
        if (!vwr_net_receive_kick(q)) /* the card did not request a notification */
            bench_mmio_write(other_end_registers + VWR_MMIO_QUEUE_NOTIFY, VWR_NET_QUEUE_RECEIVEQ);
    }
    return count;
}

/* Fills in the frames: in one piece, or in several, no two of which are contiguous. */
static void make_frames(uint32_t bytes, uint32_t pieces)
{
    const uint32_t each = pieces != 0 ? bytes / pieces : 0;

    for (unsigned i = 0; i < sizeof(card.frame); i++)
        card.frame[i] = (uint8_t)(i * 7u);
    for (unsigned i = 0; i < DEPTH_MAX; i++) {
        memcpy(bench.frame[i], card.frame, FRAME_MAX);
        for (uint32_t k = 0; k < pieces; k++) {
            bench.pieces[i][k].p = &bench.frame[i][(pieces - 1u - k) * each];
            bench.pieces[i][k].bytes = each;
            memcpy(bench.pieces[i][k].p, card.frame + k * each, each);
        }
    }
}

static void open_card(const char *ring)
{
    struct vwr_net_options options = {
        .pair = &bench.pair, .pair_count = 1, .shared = &shared, .shared_count = 1};

    if (card.bytes > FRAME_MAX) {
        vwr_features_add(&options.offloads, VWR_NET_F_GUEST_CSUM);
        vwr_features_add(&options.offloads, VWR_NET_F_GUEST_TSO4);
    }
    card_init(ring);
    if (vwr_mmio_probe(&bench.mmio, other_end_registers, VWR_MMIO_SIZE) != VWR_OK ||
        (vwr_dev_want(&bench.mmio.dev, VWR_F_IN_ORDER),
         vwr_net_open(&bench.net, &bench.mmio.dev, &options) != VWR_OK))
        fail("open");
    if (memcmp(&card.dev.accepted, &card.dev.offered, sizeof(card.dev.accepted)) != 0)
        fail("the driver does not take all features that it is measured with");
}

static uint64_t measure(const char *way, uint32_t depth, uint32_t batches, uint32_t pieces)
{
    if (card.bytes > FRAME_MAX)
        return receive_merged_measured(&bench, batches, card.bytes);
    if (strcmp(way, "send") != 0)
        return receive_measured(&bench, depth, batches, card.bytes);
    return pieces != 0 ? send_pieces_measured(&bench, depth, batches, pieces)
                       : send_measured(&bench, depth, batches, card.bytes);
}

int bench_main(int argc, char **argv)
{
    uint32_t depth, batches, pieces;
    uint64_t before, done;

    if (argc != 6 && argc != 7)
        fail("send|receive RING DEPTH BATCHES BYTES [PIECES]");
    depth = (uint32_t)strtoul(argv[3], NULL, 10);
    batches = (uint32_t)strtoul(argv[4], NULL, 10);
    card.bytes = (uint32_t)strtoul(argv[5], NULL, 10);
    pieces = argc == 7 ? (uint32_t)strtoul(argv[6], NULL, 10) : 0;
    card.receives = strcmp(argv[1], "send") != 0;
    if (depth - 1 >= DEPTH_MAX || card.bytes > FRAME_MAX || card.bytes < 60)
        if (!card.receives || depth != 1 || card.bytes > VWR_NET_FRAME_MAX)
            fail("a depth of 1 to 32, frames of 60 to 1514 bytes; one packet to be received may be longer");
    card.pieces = pieces != 0 ? pieces : 1u;
    if (pieces > PIECES_MAX || card.bytes % card.pieces != 0)
        fail("more pieces than a packet may have, or of different lengths");
    make_frames(card.bytes, pieces);
    open_card(argv[2]);
    bench.slices = vwr_dev_has(&bench.mmio.dev, VWR_NET_F_MRG_RXBUF) ? SLICES_MAX : depth;
    card.depth = depth;
    if (card.receives)
        bench_mmio_write(other_end_registers + VWR_MMIO_QUEUE_NOTIFY, VWR_NET_QUEUE_RECEIVEQ);
    before = card.notifications;
    done = measure(argv[1], depth, batches, pieces);
    printf("packets=%llu notifications=%llu\n", (unsigned long long)done,
           (unsigned long long)(card.notifications - before));
    return 0;
}
