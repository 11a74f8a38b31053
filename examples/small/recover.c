/* SPDX-License-Identifier: MIT */
/*
 * A disk that stops answering. After the deadline what the disk had is still its: only a reset that it
 * has acknowledged gives it back. Then the requests are sent again, in their order, as if nothing had been.
 */
#include "board.h"
#include "vwr/blk.h"
#include "vwr/gen/ids.h"

#define REQUESTS 4u
#define QUEUE_SIZE 16u
#define DEADLINE_US 500000u
#define FAILURES_MAX 3u
#define WORDS_BYTES 160u

static _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t shared[VWR_BLK_SHARED_BYTES_FOR(QUEUE_SIZE, REQUESTS, 1)];
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
        r = vwr_blk_recover(&disk); /* a step a call: other work could be done in between */
    } while (r == VWR_EBUSY);
    say(r == VWR_OK ? "reset, started anew" : "it does not come back");
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
            if (done[i]->result != VWR_OK)
                r = done[i]->result;
        left -= n > 0 ? (unsigned)n : 0;
    }
    return r;
}

int example(void)
{
    const struct vwr_queue_memory memory = {shared, sizeof(shared), own, sizeof(own), QUEUE_SIZE};
    const struct vwr_blk_options options = {
        .timeout_us = DEADLINE_US, .requests = REQUESTS, .policy = VWR_BLK_REPLAY};
    int r = board_find(&mmio, VWR_ID_BLOCK);

    if (r == VWR_OK)
        r = vwr_blk_open(&disk, &mmio.dev, &memory, &options);
    if (r != VWR_OK)
        return r;
    for (unsigned i = 0; i < REQUESTS && r == VWR_OK; i++) {
        vwr_blk_fill(&req[i], VWR_BLK_T_IN, i, data[i], sizeof(data[i]));
        r = vwr_blk_submit(vwr_blk_get_queue(&disk, 0), &req[i]);
    }
    (void)vwr_blk_kick(vwr_blk_get_queue(&disk, 0));
    if (r == VWR_OK)
        r = wait_for(vwr_blk_get_queue(&disk, 0), REQUESTS);
    if (r == VWR_OK)
        say_number("requests that came back:", REQUESTS);
    return vwr_blk_close(&disk) != VWR_OK ? VWR_ETIMEOUT : r; /* then that memory is never used again */
}
