/* SPDX-License-Identifier: MIT */
/*
 * 32 requests in flight on one queue, with one notification. They complete in any order, each with its own
 * result.
 */
#define VWR_BLK_REQUESTS 32u
#define VWR_BLK_QUEUE 128u /* without indirect descriptors a request takes three */
#include "board.h"
#include "vwr/blk.h"
#include "vwr/gen/ids.h"

#define BYTES 1024u /* per request */

static struct vwr_blk_shared shared;
static struct vwr_blk_own own;
static uint8_t data[VWR_BLK_REQUESTS][BYTES];
static struct vwr_blk_req req[VWR_BLK_REQUESTS]; /* zeroed; owned by the driver from submit to reap */
static struct vwr_mmio mmio;
static struct vwr_blk disk;

static int read_all(struct vwr_blk_requestq *q)
{
    struct vwr_blk_req *done[VWR_BLK_REQUESTS];
    unsigned left = 0;
    int first_error = VWR_OK;
    int n = 0;

    for (; left < VWR_BLK_REQUESTS && first_error == VWR_OK; left += first_error == VWR_OK) {
        vwr_blk_fill(&req[left], VWR_BLK_T_IN, left * (BYTES / VWR_BLK_SECTOR_BYTES), data[left], BYTES);
        first_error = vwr_blk_submit(q, &req[left]);
    }
    (void)vwr_blk_kick(q);
    for (; left > 0 && n >= 0; left -= n > 0 ? (unsigned)n : 0) {
        n = vwr_blk_reap(q, done, VWR_BLK_REQUESTS); /* 0: none completed yet. Also checks the deadline. */
        for (int i = 0; i < n; i++)
            if (done[i]->req.result != VWR_OK)
                first_error = done[i]->req.result;
    }
    return n < 0 ? n : first_error;
}

int example(void)
{
    const struct vwr_blk_options options = {.own = &own, .shared = &shared};
    int r = board_find(&mmio, VWR_ID_BLOCK);

    if (r == VWR_OK)
        r = vwr_blk_open(&disk, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    r = read_all(vwr_blk_get_requestq(&disk, 0));
    say_number("maximum in flight:", disk.first.requests.queue.stats.flight_most);
    say_number("notifications:", disk.first.requests.queue.stats.kicks);
    if (vwr_close(&disk.bringup) != VWR_OK)
        return VWR_ETIMEOUT;
    return r;
}
