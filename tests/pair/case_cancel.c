/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "pattern.h"
#include "vmm.h"

#include "vwr/gen/features.h"
#include "../common/random.h"

#include <stdio.h>
#include <string.h>

/*
 * Reads on four queues, one of which is cancelled again and again while the backend holds its requests. Each
 * request completes once, with the disk's data or as cancelled; after that its memory is not written any
 * more. The other queues continue meanwhile. Clause: vq.dev.reset.1 vq.dev.reenable.1.
 */

#define REQUESTS 6u /* per queue */
#define SECTORS_MOST 8u
#define BYTES (SECTORS_MOST * VWR_BLK_SECTOR_BYTES)
#define PATIENCE 100000u

static struct disk disk;

static struct {
    struct vwr_blk_req req[DISK_QUEUES][REQUESTS];
    uint8_t *memory[DISK_QUEUES][REQUESTS];
    uint8_t after[DISK_QUEUES][REQUESTS][BYTES]; /* contents at the time of cancellation */
    bool cancelled[DISK_QUEUES][REQUESTS];
    unsigned answered;
    unsigned returned;
} run;

static uint64_t state;

static void submit(unsigned k)
{
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&disk.blk, k);

    for (unsigned i = 0; i < REQUESTS; i++) {
        struct vwr_blk_req *const r = &run.req[k][i];
        const uint32_t count = 1 + random_below(&state, SECTORS_MOST);

        if (vwr_req_is_in_flight(&r->req) || random_below(&state, 2) != 0)
            continue;
        if (run.cancelled[k][i])
            CHECK(memcmp(run.memory[k][i], run.after[k][i], BYTES) == 0);
        run.cancelled[k][i] = false;
        memset(run.memory[k][i], GUEST_POISON, BYTES);
        vwr_blk_fill(r, VWR_BLK_T_IN, random_below(&state, DISK_SECTORS - count), run.memory[k][i],
                     count * VWR_BLK_SECTOR_BYTES);
        DISK_OK(&disk, vwr_blk_submit(q, r));
    }
    (void)vwr_blk_kick(q);
}

static void complete(unsigned k, struct vwr_blk_req *r)
{
    const unsigned i = (unsigned)(r - run.req[k]);

    CHECK(i < REQUESTS && !vwr_req_is_in_flight(&r->req));
    if (r->req.result == VWR_ERESET) {
        memcpy(run.after[k][i], run.memory[k][i], BYTES);
        run.cancelled[k][i] = true;
        run.returned++;
        return;
    }
    CHECK_NUMBER(r->req.result, VWR_OK);
    PATTERN_CHECK(r->req.vec.p, 'A', r->sector, (uint32_t)(r->req.vec.bytes / VWR_BLK_SECTOR_BYTES));
    run.answered++;
}

static void reap(unsigned k)
{
    struct vwr_blk_req *done[REQUESTS];
    const int n = vwr_blk_reap(vwr_blk_get_requestq(&disk.blk, k), done, REQUESTS);

    if (n < 0)
        disk_result(__FILE__, __LINE__, "reap", &disk, n, 0);
    for (int i = 0; i < n; i++)
        complete(k, done[i]);
}

static void work(unsigned k)
{
    submit(k);
    (void)vmm_step();
    reap(k);
}

static void cancel(unsigned k)
{
    unsigned in_flight = 0;
    const unsigned before = run.returned;
    int r;

    submit(k); /* the backend holds some of them */
    (void)vmm_step();
    reap(k);
    for (unsigned i = 0; i < REQUESTS; i++)
        in_flight += vwr_req_is_in_flight(&run.req[k][i].req);
    while ((r = vwr_blk_cancel(vwr_blk_get_requestq(&disk.blk, k))) == VWR_EBUSY)
        work((k + 1) % DISK_QUEUES);
    DISK_OK(&disk, r);
    CHECK_NUMBER(vwr_get_stage(&disk.blk.bringup), VWR_STAGE_RUNNING);
    reap(k);
    CHECK_NUMBER(run.returned - before, in_flight);
    for (unsigned i = 0; i < REQUESTS; i++)
        CHECK(!vwr_req_is_in_flight(&run.req[k][i].req));
}

void case_cancel(unsigned kind, unsigned scale)
{
    const struct disk_plan plan = {.kind = kind,
                                   .queues = DISK_QUEUES,
                                   .size = 64,
                                   .reqs = DISK_QUEUES * REQUESTS,
                                   .later = true,
                                   .deferred = scale % 2 != 0};

    state = kind;
    memset(&run, 0, sizeof(run));
    disk_make(&disk, &plan, true);
    disk_open(&disk);
    if ((kind & DISK_LEGACY) != 0) {
        CHECK_NUMBER(vwr_blk_cancel(&disk.blk.first), VWR_EUNSUPP);
        disk_close(&disk);
        return;
    }
    for (unsigned k = 0; k < DISK_QUEUES; k++)
        for (unsigned i = 0; i < REQUESTS; i++)
            run.memory[k][i] = i % 2 != 0 ? guest_alloc(BYTES) : guest_alloc_scattered(BYTES);
    for (unsigned step = 0; step < 50 * scale; step++) {
        for (unsigned k = 0; k < DISK_QUEUES; k++)
            work(k);
        if (step % 3 == 0)
            cancel(random_below(&state, DISK_QUEUES));
    }
    for (unsigned k = 0; k < DISK_QUEUES; k++)
        for (unsigned polls = 0;
             vwr_queue_in_flight(&vwr_blk_get_requestq(&disk.blk, k)->requests.queue) != 0; polls++) {
            CHECK_AT_MOST(polls, PATIENCE);
            (void)vmm_step();
            reap(k);
        }
    CHECK(run.answered != 0 && run.returned != 0);
    disk_check_margins(&disk);
    disk_close(&disk);
    printf("%s cancel: %u requests answered, %u cancelled\n", disk_kind_name(kind), run.answered,
           run.returned);
}
