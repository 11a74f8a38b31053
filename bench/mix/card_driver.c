/* SPDX-License-Identifier: MIT */
#define OTHER_END_NAME "bench_card_driver"
#include "../cases.h"
#include "../other_end.h"
#include "mix_card.h"
#include "steps.h"
#include "vwr/net.h"

#include <string.h>

/*
 * The recorded frames of a network card. They are sent with vwr_net_submit, _kick and _reap, and received
 * with vwr_net_receive_reap, _submit and _kick. The card is our device side. It runs in bench_mmio_write and
 * mix_complete, which callgrind does not count. It holds a sent frame until the recording completes it, and
 * delivers frames at the recorded points.
 *
 *     bench_card_driver send|receive split|packed FEATURES PASSES       (FEATURES: none or indirect)
 */

#define FRAMES VWR_COUNT(mix_card_frames)
#define KEPT_MAX VWR_NET_QUEUE
#define FRAME_MAX 2048u

/* ---- the card ---- */

static struct {
    struct vwr_vdev dev;
    struct vwr_net_config config;
    struct vwr_vqueue queue[2];
    struct vwr_vqueue_entry own[2 * VWR_NET_QUEUE];
    struct vwr_vseg seg[KEPT_MAX][4];
    struct vwr_vchain kept[KEPT_MAX]; /* frames out, by their number */
    uint32_t come;                    /* frames out so far */
    uint64_t notifications;
} card;

/* Takes a sent frame, and checks that its length is the recorded one. */
static uint16_t card_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    struct vwr_vchain *const c = &card.kept[card.come % KEPT_MAX];
    const struct mix_frame *const m = &mix_card_frames[card.come % FRAMES];
    uint32_t bytes = 0;

    if (q->index != VWR_NET_QUEUE_TRANSMITQ)
        return 0;
    c->seg = card.seg[card.come % KEPT_MAX];
    c->room = VWR_COUNT(card.seg[0]);
    if (!vwr_vdev_pop(v, q->index, c))
        return 0;
    for (uint32_t i = 0; i < m->segments; i++)
        bytes += mix_card_segments[m->first + i];
    if (c->out_bytes - vwr_net_hdr_size(&v->accepted) != bytes - MIX_CARD_HEADER)
        fail("a frame is not that of the record");
    card.come++;
    return 1;
}

static void deliver(uint32_t bytes)
{
    const uint32_t header = (uint32_t)vwr_net_hdr_size(&card.dev.accepted);
    struct vwr_net_hdr h;
    struct vwr_vseg seg[4];
    struct vwr_vchain c;
    struct vwr_writer w;

    memset(&h, 0, sizeof(h));
    h.num_buffers = vwr_cpu_to_le16(1);
    c.seg = seg;
    c.room = VWR_COUNT(seg);
    if (!vwr_vdev_pop(&card.dev, VWR_NET_QUEUE_RECEIVEQ, &c))
        fail("no buffer for a frame");
    vwr_vchain_writer(&c, &w);
    if (vwr_writer_write(&w, &h, header) != header)
        fail("no room for a header");
    vwr_vqueue_add_used(&card.queue[VWR_NET_QUEUE_RECEIVEQ], &c, bytes - MIX_CARD_HEADER + header);
}

/* Completes the sent frames of these events, or delivers their received frames, and publishes all at once. */
void mix_complete(const struct mix_event *e, uint32_t first);
MIX_APART void mix_complete(const struct mix_event *e, uint32_t first)
{
    unsigned queue = VWR_NET_QUEUE_TRANSMITQ;

    for (; e->what != MIX_DONE && e->what != MIX_RX_DONE; e++) {
        if (e->what == MIX_USED && first + e->n >= card.come)
            fail("a frame that the record completes has not come");
        if (e->what == MIX_USED)
            vwr_vqueue_add_used(&card.queue[queue], &card.kept[(first + e->n) % KEPT_MAX], 0);
        if (e->what == MIX_RX_FRAME) {
            queue = VWR_NET_QUEUE_RECEIVEQ;
            deliver(e->n);
        }
    }
    (void)vwr_vdev_signal(&card.dev, &card.queue[queue]);
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

static void card_init(bool packed, bool tables)
{
    struct vwr_vdev_setup setup = {.queue = card.queue, .queue_count = 2, .own = card.own};
    struct vwr_features offered;

    other_end_begin(&setup, packed);
    setup.queue_size = VWR_NET_QUEUE;
    setup.own_count = VWR_COUNT(card.own);
    if (tables)
        vwr_features_add(&setup.features, VWR_F_INDIRECT_DESC);
    memset(&offered, 0, sizeof(offered));
    vwr_features_add(&offered, VWR_NET_F_MAC);
    if (vwr_vdev_init(&card.dev, &card_class, &setup, &offered, 2, &card.config, sizeof(card.config)) !=
        VWR_OK)
        fail("init");
}

uint32_t bench_mmio_read(const volatile void *reg, unsigned bytes)
{
    return other_end_read(&card.dev, reg, bytes);
}

MIX_APART void bench_mmio_write(volatile void *reg, uint32_t value)
{
    card.notifications += other_end_offset(reg) == VWR_MMIO_QUEUE_NOTIFY;
    other_end_write(&card.dev, reg, value);
}

/* ---- the driver ---- */

struct bench {
    struct vwr_mmio mmio;
    struct vwr_net net;
    struct vwr_net_pair pair;
    struct vwr_net_packet *free;
    struct vwr_net_packet packet[KEPT_MAX];
    uint32_t bytes[FRAMES];
    struct mix_step step[VWR_COUNT(mix_card_events)];
    uint32_t steps;
    uint8_t frame[FRAME_MAX];
};

static struct bench bench;
static struct vwr_net_shared shared;

/* Received frames: the steps that reap. The user returns each buffer immediately. */
static uint32_t prepare_receive(struct mix_step *first)
{
    struct mix_step *s = first;

    for (const struct mix_event *e = mix_card_events; e != mix_card_events + VWR_COUNT(mix_card_events);
         e++) {
        if (e->what == MIX_RX_FRAME && s->events == NULL)
            s->events = e;
        if (e->what == MIX_RX_DONE)
            s++->reaps = e->n;
    }
    return (uint32_t)(s - first);
}

static void prepare(struct bench *b, bool sends)
{
    for (uint32_t i = 0; i < FRAMES; i++)
        for (uint32_t n = 0; n < mix_card_frames[i].segments; n++)
            b->bytes[i] += mix_card_segments[mix_card_frames[i].first + n];
    for (uint32_t i = 0; i < FRAMES; i++)
        b->bytes[i] -= MIX_CARD_HEADER;
    for (uint32_t i = KEPT_MAX; i-- > 0; b->free = &b->packet[i])
        b->packet[i].req.token = b->free;
    b->steps = sends ? mix_prepare_steps(b->step, mix_card_events, VWR_COUNT(mix_card_events))
                     : prepare_receive(b->step);
}

VWR_ALWAYS_INLINE void submit(struct bench *b, struct vwr_net_transmitq *q, uint32_t bytes)
{
    struct vwr_net_packet *const p = b->free;

    if (p == NULL)
        fail("no free packet");
    b->free = p->req.token;
    vwr_net_fill(p, b->frame, bytes);
    if (vwr_net_submit(q, p) != VWR_OK)
        fail("submit");
}

VWR_ALWAYS_INLINE void reap(struct bench *b, struct vwr_net_transmitq *q, uint32_t count)
{
    struct vwr_net_packet *done[KEPT_MAX];

    if (vwr_net_reap(q, done, count) != (int)count)
        fail("reap");
    for (uint32_t i = 0; i < count; i++) {
        if (done[i]->req.result != VWR_OK)
            fail("result");
        done[i]->req.token = b->free;
        b->free = done[i];
    }
}

uint64_t mix_send_measured(struct bench *b, uint32_t passes);
MIX_APART uint64_t mix_send_measured(struct bench *b, uint32_t passes)
{
    struct vwr_net_transmitq *const q = vwr_net_get_transmitq(&b->net, 0);
    const struct mix_step *const end = b->step + b->steps;
    uint64_t count = 0;

    for (uint32_t pass = 0; pass < passes; pass++) {
        const uint32_t *bytes = b->bytes;

        for (const struct mix_step *s = b->step; s != end; s++) {
            for (uint32_t n = s->submits; n > 0; n--)
                submit(b, q, *bytes++);
            if (s->kicks)
                (void)vwr_net_kick(q);
            if (s->reaps != 0) {
                mix_complete(s->events, pass * (uint32_t)FRAMES);
                reap(b, q, s->reaps);
                count += s->reaps;
            }
        }
    }
    return count;
}

uint64_t mix_receive_measured(struct bench *b, uint32_t passes);
MIX_APART uint64_t mix_receive_measured(struct bench *b, uint32_t passes)
{
    struct vwr_net_receiveq *const q = vwr_net_get_receiveq(&b->net, 0);
    const struct mix_step *const end = b->step + b->steps;
    struct vwr_slice slices[KEPT_MAX + VWR_NET_SLICES];
    uint64_t count = 0;

    while (passes-- > 0)
        for (const struct mix_step *s = b->step; s != end; s++) {
            mix_complete(s->events, 0);
            if (vwr_net_receive_reap(q, slices, KEPT_MAX + VWR_NET_SLICES) != (int)s->reaps)
                fail("receive");
            for (uint32_t i = 0; i < s->reaps; i++) {
                count += slices[i].bytes != 0;
                if (vwr_net_receive_submit(q, &slices[i]) != VWR_OK)
                    fail("return");
            }
            (void)vwr_net_receive_kick(q);
        }
    return count;
}

int bench_main(int argc, char **argv)
{
    struct vwr_net_options options = {
        .pair = &bench.pair, .pair_count = 1, .shared = &shared, .shared_count = 1};
    const uint32_t passes = argc == 5 ? (uint32_t)strtoul(argv[4], NULL, 10) : 0;
    const bool sends = argc == 5 && strcmp(argv[1], "send") == 0;
    uint64_t before, done;

    if (passes == 0)
        fail("send|receive split|packed FEATURES PASSES");
    card_init(strcmp(argv[2], "packed") == 0, strcmp(argv[3], "indirect") == 0);
    if (vwr_mmio_probe(&bench.mmio, other_end_registers, VWR_MMIO_SIZE) != VWR_OK ||
        vwr_net_open(&bench.net, &bench.mmio.dev, &options) != VWR_OK)
        fail("open");
    prepare(&bench, sends);
    before = card.notifications;
    done = (sends ? mix_send_measured : mix_receive_measured)(&bench, passes);
    printf("packets=%llu notifications=%llu\n", (unsigned long long)done,
           (unsigned long long)(card.notifications - before));
    return 0;
}
