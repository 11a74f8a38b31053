/* SPDX-License-Identifier: MIT */
/*
 * A disk that stops answering. After the deadline the disk still owns the memory of its requests until it has
 * acknowledged a reset. Then the requests are resent in their original order.
 */
#include "board.h"
#include "vwr/blk.h"
#include "vwr/gen/ids.h"

#define REQUESTS 4u
#define QUEUE_SIZE 16u
#define DEADLINE_US 500000u
#define FAILURES_MAX 3u
#define WORDS_BYTES 160u

static _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t shared[VWR_BLK_SHARED_BYTES(QUEUE_SIZE, REQUESTS, 1)];
static _Alignas(8) uint8_t own[VWR_BLK_OWN_BYTES(QUEUE_SIZE, REQUESTS)];
static uint8_t data[REQUESTS][VWR_BLK_SECTOR_BYTES];
static struct vwr_blk_req req[REQUESTS];
static struct vwr_mmio mmio;
static struct vwr_blk disk;

static int bring_back(void)
{
    char words[WORDS_BYTES];
    int r;

    (void)vwr_blk_explain(&disk, words, sizeof(words));
    say(words);
    do {
        r = vwr_blk_recover(&disk); /* one step per call: other work could be done in between */
    } while (r == VWR_EBUSY);
    say(r == VWR_OK ? "reset and restarted" : "the recovery failed");
    return r;
}

static int wait_for(struct vwr_blk_requestq *q, unsigned left)
{
    struct vwr_blk_req *done[REQUESTS];
    int r = VWR_OK;

    for (unsigned failures = 0; left > 0 && r == VWR_OK;) {
        const int n = vwr_blk_reap(q, done, REQUESTS); /* negative: the disk is stopped */

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
    const struct vwr_queue_memory memory = {shared, sizeof(shared), own, sizeof(own), QUEUE_SIZE};
    const struct vwr_blk_options options = {
        .request.timeout_us = DEADLINE_US, .request.requests = REQUESTS, .request.replay = &vwr_blk_replay};
    int r = board_find(&mmio, VWR_ID_BLOCK);

    if (r == VWR_OK)
        r = vwr_blk_open(&disk, &mmio.dev, &memory, &options);
    if (r != VWR_OK)
        return r;
    for (unsigned i = 0; i < REQUESTS && r == VWR_OK; i++) {
        vwr_blk_fill(&req[i], VWR_BLK_T_IN, i, data[i], sizeof(data[i]));
        r = vwr_blk_submit(vwr_blk_get_requestq(&disk, 0), &req[i]);
    }
    (void)vwr_blk_kick(vwr_blk_get_requestq(&disk, 0));
    if (r == VWR_OK)
        r = wait_for(vwr_blk_get_requestq(&disk, 0), REQUESTS);
    if (r == VWR_OK)
        say_number("requests completed:", REQUESTS);
    return vwr_blk_close(&disk) != VWR_OK ? VWR_ETIMEOUT : r; /* then the memory must never be reused */
}
