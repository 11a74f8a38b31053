/* SPDX-License-Identifier: MIT */
#include "../cases.h"
#include "vwr/gen/ids.h"
#include "vwr/net.h"
#include "vwr_vhost_front.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Two guests on the switch of a back end in another process. The first one sends frames to the second one, a
 * batch at a time: the next batch follows when all frames of the last one have arrived and their buffers have
 * come back. Each frame has a number, so a frame that is lost or comes out of order ends the program.
 *
 *     bench_frames SOCKET SOCKET BYTES DEPTH BATCHES
 */

#define DEPTH_MAX 64u
#define WAIT_MS 5000
#define AGAIN_MS 50 /* between two frames that try whether the other guest is there */
#define FRAME_MAX 1514u
#define ROOM 1536u   /* for a frame */
#define NUMBER 14u   /* its offset in a frame */
#define TYPE 0x88b5u /* Ethernet type for experiments */

static struct guest {
    struct vwr_vhost_front end;
    struct vwr_net card;
    struct vwr_net_pair pair;
    struct vwr_net_packet packet[DEPTH_MAX];
    uint8_t *frame; /* DEPTH_MAX of them */
    unsigned sent;  /* frames whose buffers have not come back */
} guest[2];

static struct {
    uint32_t bytes;
    unsigned depth;
    uint64_t next; /* number of the frame that has to arrive next; 0: it tries whether the way is open */
    uint64_t arrived, trials;
} count;

static _Noreturn void fail(const char *what, long r)
{
    char text[2][200];

    for (unsigned i = 0; i < 2; i++)
        (void)vwr_vhost_front_explain(&guest[i].end, text[i], sizeof(text[i]));
    fprintf(stderr, "bench_frames: %s: %ld, at frame %llu; %s; %s\n", what, r, (unsigned long long)count.next,
            text[0], text[1]);
    exit(1);
}

/* ---- the cards ---- */

static void open_card(struct guest *g, const char *path)
{
    const struct vwr_vhost_front_options where = {.path = path, .type = VWR_ID_NET, .timeout_ms = WAIT_MS};
    struct vwr_net_options o = {.pair = &g->pair, .pair_count = 1, .shared_count = 1};
    int r = vwr_vhost_front_probe(&g->end, &where);

    if (r != VWR_OK)
        fail("probe", r);
    o.shared = vwr_vhost_front_memory(&g->end, sizeof(*o.shared) + DEPTH_MAX * ROOM);
    if (o.shared == NULL)
        fail("memory", 0);
    g->frame = (uint8_t *)(o.shared + 1);
    r = vwr_net_open(&g->card, &g->end.dev, &o);
    if (r != VWR_OK)
        fail("open", r);
}

/* ---- frames ---- */

static void make_frames(struct guest *from, const struct guest *to)
{
    for (unsigned i = 0; i < DEPTH_MAX; i++) {
        uint8_t *const frame = from->frame + i * ROOM;

        memcpy(frame, to->card.info.mac, 6);
        memcpy(frame + 6, from->card.info.mac, 6);
        frame[12] = TYPE >> 8;
        frame[13] = TYPE & 0xffu;
        vwr_net_fill(&from->packet[i], frame, count.bytes);
    }
}

/* Sends frames with the numbers from `number` on. */
static void send_frames(struct guest *g, unsigned frames, uint64_t number)
{
    struct vwr_net_transmitq *const q = vwr_net_get_transmitq(&g->card, 0);

    for (unsigned i = 0; i < frames; i++, number++) {
        memcpy(g->frame + i * ROOM + NUMBER, &number, sizeof(number));
        if (vwr_net_submit(q, &g->packet[i]) != VWR_OK)
            fail("submit", i);
    }
    g->sent += frames;
    (void)vwr_net_kick(q);
}

static void take_sent(struct guest *g)
{
    struct vwr_net_packet *done[DEPTH_MAX];
    const int n = vwr_net_reap(vwr_net_get_transmitq(&g->card, 0), done, DEPTH_MAX);

    if (n < 0)
        fail("reap", n);
    g->sent -= (unsigned)n;
}

static uint64_t number_of(const struct vwr_slice *s)
{
    uint64_t number;

    if (s->bytes != count.bytes || s->more != 0)
        fail("a frame has another length", (long)s->bytes);
    memcpy(&number, (const uint8_t *)s->p + NUMBER, sizeof(number));
    return number;
}

/* Returns the number of frames that have arrived. A late trial is not one of them. */
static unsigned take_frames(struct guest *g)
{
    struct vwr_net_receiveq *const q = vwr_net_get_receiveq(&g->card, 0);
    struct vwr_slice slice[VWR_NET_QUEUE];
    const int n = vwr_net_receive_reap(q, slice, VWR_NET_QUEUE);
    unsigned frames = 0;

    if (n < 0)
        fail("receive", n);
    for (int i = 0; i < n; i++) {
        const uint64_t number = number_of(&slice[i]);

        if (number != 0 && number != count.next)
            fail("the frame has another number", (long)number);
        frames += number == count.next;
        count.next += number != 0;
        (void)vwr_net_receive_submit(q, &slice[i]);
    }
    (void)vwr_net_receive_kick(q);
    return frames;
}

/* Returns whether the device has interrupted within so many milliseconds. */
static bool wait_for(struct guest *g, int ms)
{
    struct pollfd f = {.fd = vwr_vhost_front_fd(&g->end), .events = POLLIN};
    const bool is_ready = poll(&f, 1, ms) == 1;

    if (is_ready)
        (void)vwr_dev_irq(&g->end.dev);
    return is_ready;
}

/* ---- exchanges ---- */

static void wait_until_sent(struct guest *g)
{
    for (take_sent(g); g->sent > 0; take_sent(g))
        if (vwr_net_arm(vwr_net_get_transmitq(&g->card, 0), g->sent) && !wait_for(g, WAIT_MS))
            fail("the buffers of frames do not come back", (long)g->sent);
}

/* Tries until a frame arrives: a guest may not be on the switch yet. The switch learns where they are. */
static void try_the_way(struct guest *from, struct guest *to)
{
    struct vwr_net_receiveq *const q = vwr_net_get_receiveq(&to->card, 0);

    for (unsigned i = 0; i < WAIT_MS / AGAIN_MS; i++) {
        send_frames(from, 1, 0);
        wait_until_sent(from);
        count.trials++;
        if (!vwr_net_receive_arm(q, 1) || wait_for(to, AGAIN_MS))
            if (take_frames(to) != 0)
                return;
    }
    fail("no frame arrives", 0);
}

static __attribute__((noinline)) void frames_measured(struct guest *from, struct guest *to, uint64_t batches)
{
    struct vwr_net_receiveq *const q = vwr_net_get_receiveq(&to->card, 0);

    for (; batches > 0; batches--) {
        unsigned left = count.depth;

        send_frames(from, count.depth, count.next);
        while (left > 0) {
            if (vwr_net_receive_arm(q, left) && !wait_for(to, WAIT_MS))
                fail("frames of a batch do not arrive", (long)left);
            left -= take_frames(to);
        }
        count.arrived += count.depth;
        wait_until_sent(from);
    }
}

int bench_main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr, "usage: bench_frames SOCKET SOCKET BYTES DEPTH BATCHES\n");
        return 2;
    }
    count.bytes = (uint32_t)strtoul(argv[3], NULL, 10);
    count.depth = (unsigned)strtoul(argv[4], NULL, 10);
    if (count.bytes < NUMBER + sizeof(uint64_t) || count.bytes > FRAME_MAX)
        fail("BYTES", (long)count.bytes);
    if (count.depth == 0 || count.depth > DEPTH_MAX)
        fail("DEPTH", (long)count.depth);
    for (unsigned i = 0; i < 2; i++)
        open_card(&guest[i], argv[1 + i]);
    for (unsigned i = 0; i < 2; i++)
        make_frames(&guest[i], &guest[1 - i]);
    try_the_way(&guest[1], &guest[0]);
    try_the_way(&guest[0], &guest[1]);
    count.next = 1;
    frames_measured(&guest[0], &guest[1], strtoull(argv[5], NULL, 10));
    printf("frames=%llu trials=%llu\n", (unsigned long long)count.arrived, (unsigned long long)count.trials);
    for (unsigned i = 0; i < 2; i++)
        vwr_vhost_front_end(&guest[i].end);
    return 0;
}
