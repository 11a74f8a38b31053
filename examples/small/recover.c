/* SPDX-License-Identifier: MIT */
/*
 * A disk that stops answering. After the deadline the disk still owns the memory of its requests until it has
 * acknowledged a reset. Then the requests are resent in their original order.
 */
#define VWR_BLK_REQUESTS 4u
#include "board.h"
#include "vwr/blk.h"
#include "vwr/gen/ids.h"

#define DEADLINE_US 500000u
#define FAILURES_MAX 3u
#define WORDS_BYTES 256u

static struct vwr_blk_shared shared;
static struct vwr_blk_own own;
static uint8_t data[VWR_BLK_REQUESTS][VWR_BLK_SECTOR_BYTES];
static struct vwr_blk_req req[VWR_BLK_REQUESTS];
static struct vwr_mmio mmio;
static struct vwr_blk disk;

static int bring_back(void)
{
    char words[WORDS_BYTES];
    int r;

    (void)vwr_blk_explain(&disk, words, sizeof(words));
    say(words);
    do {
        r = vwr_recover(&disk.bringup); /* one step per call: other work could be done in between */
    } while (r == VWR_EBUSY);
    say(r == VWR_OK ? "reset and restarted" : "the recovery failed");
    return r;
}

static int wait_for(struct vwr_blk_requestq *q, unsigned left)
{
    struct vwr_blk_req *done[VWR_BLK_REQUESTS];
    int r = VWR_OK;

    for (unsigned failures = 0; left > 0 && r == VWR_OK;) {
        const int n = vwr_blk_reap(q, done, VWR_BLK_REQUESTS); /* negative: the disk is stopped */

        if (n < 0)
            r = ++failures > FAILURES_MAX ? n : bring_back();
        for (int i = 0; i < n; i++)
            if (done[i]->req.result != VWR_OK)
                r = done[i]->req.result;
        left -= n > 0 ? (unsigned)n : 0;
    }
    return r;
}

int example(void)
{
    const struct vwr_blk_options options = {
        .own = &own, .shared = &shared, .request.timeout_us = DEADLINE_US, .request.replay = true};
    int r = board_find(&mmio, VWR_ID_BLOCK);

    if (r == VWR_OK)
        r = vwr_blk_open(&disk, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    for (unsigned i = 0; i < VWR_BLK_REQUESTS && r == VWR_OK; i++) {
        vwr_blk_fill(&req[i], VWR_BLK_T_IN, i, data[i], sizeof(data[i]));
        r = vwr_blk_submit(vwr_blk_get_requestq(&disk, 0), &req[i]);
    }
    (void)vwr_blk_kick(vwr_blk_get_requestq(&disk, 0));
    if (r == VWR_OK)
        r = wait_for(vwr_blk_get_requestq(&disk, 0), VWR_BLK_REQUESTS);
    if (r == VWR_OK)
        say_number("requests completed:", VWR_BLK_REQUESTS);
    return vwr_close(&disk.bringup) != VWR_OK ? VWR_ETIMEOUT : r; /* then the memory must never be reused */
}
