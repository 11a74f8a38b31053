/* SPDX-License-Identifier: MIT */
#include "transfer.h"

#define CHUNK_BYTES (TRANSFER_SECTORS * VWR_BLK_SECTOR_BYTES)
#define SLEEP_US 1000000u /* then polls the disk, which also checks the deadline */

static struct vwr_blk_req requests[TRANSFER_DEPTH];
static uint8_t buffers[TRANSFER_DEPTH][CHUNK_BYTES];
static uint32_t empty_polls;

/*
 * The disk in chunks of one request each: [used, sent) are in flight, or completed and waiting for earlier
 * ones. Chunk n uses requests[n % TRANSFER_DEPTH].
 */
struct window {
    struct vwr_blk_requestq *queue;
    transfer_use *use;
    uint64_t first; /* sector */
    uint64_t end;
    uint64_t count; /* chunks */
    uint64_t sent;
    uint64_t used;
    uint32_t type;
};

static uint64_t sector_of(const struct window *w, uint64_t chunk)
{
    return w->first + chunk * TRANSFER_SECTORS;
}

static uint32_t bytes_of(const struct window *w, uint64_t chunk)
{
    const uint64_t left = w->end - sector_of(w, chunk);

    return left < TRANSFER_SECTORS ? (uint32_t)left * VWR_BLK_SECTOR_BYTES : CHUNK_BYTES;
}

/* Sends as many requests as fit, with a single kick. */
static int send(struct window *w)
{
    for (; w->sent < w->count && w->sent - w->used < TRANSFER_DEPTH; w->sent++) {
        const unsigned i = w->sent % TRANSFER_DEPTH;
        const uint32_t bytes = bytes_of(w, w->sent);
        int r;

        if (w->type == VWR_BLK_T_OUT)
            w->use(sector_of(w, w->sent), buffers[i], bytes);
        vwr_blk_fill(&requests[i], w->type, sector_of(w, w->sent), buffers[i], bytes);
        r = vwr_blk_submit(w->queue, &requests[i]);
        if (r == VWR_EFULL && w->sent != w->used) /* a small queue: wait for requests in flight */
            break;
        if (r != VWR_OK)
            return r;
    }
    (void)vwr_blk_kick(w->queue);
    return VWR_OK;
}

/* Requests complete in any order; data are used in the order of the disk. */
static int use(struct window *w)
{
    for (; w->used < w->sent; w->used++) {
        const unsigned i = w->used % TRANSFER_DEPTH;

        if (vwr_req_is_in_flight(&requests[i].req))
            break;
        if (requests[i].req.result != VWR_OK)
            return requests[i].req.result;
        if (w->type == VWR_BLK_T_IN)
            w->use(sector_of(w, w->used), buffers[i], bytes_of(w, w->used));
    }
    return VWR_OK;
}

/*
 * Sleeps until half of the requests in flight have completed (a device without EVENT_IDX interrupts after the
 * first). The order prevents a lost wake-up: interrupts counted after `seen` end the sleep immediately, and
 * arm polls the ring after it has enabled the interrupt.
 */
static void sleep_a_while(struct vwr_blk_requestq *q, const struct vwr_dev *d)
{
    const uint32_t seen = d->irqs;

    if (vwr_blk_arm(q, (vwr_queue_in_flight(&q->requests.queue) + 1u) / 2u))
        vwr_port_idle(&d->irqs, seen, SLEEP_US);
    vwr_blk_disarm(q);
}

int transfer(struct vwr_blk *b, uint32_t type, uint64_t sector, uint64_t end, transfer_use *how)
{
    struct window w = {
        .queue = vwr_blk_get_requestq(b, 0), .use = how, .first = sector, .end = end, .type = type};
    struct vwr_blk_req *back[TRANSFER_DEPTH];

    w.count = (end - sector + TRANSFER_SECTORS - 1u) / TRANSFER_SECTORS;
    for (;;) {
        int r = use(&w);

        if (r == VWR_OK)
            r = send(&w);
        if (r != VWR_OK || w.used == w.count)
            return r;
        sleep_a_while(w.queue, b->bringup.dev);
        r = vwr_blk_reap(w.queue, back, TRANSFER_DEPTH);
        if (r < 0)
            return r;
        if (r == 0)
            empty_polls++;
    }
}

uint32_t transfer_empty_polls(void)
{
    return empty_polls;
}
