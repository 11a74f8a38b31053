/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "ram.h"
#include "vmm_threads.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Each queue of one disk has an owner, a thread; the owners share no lock, as blk.h allows. Every
 * request fails, and each owner gets the reason for its own; in the end all of them stop the device at about
 * the same time. In the other test, one owner repeatedly cancels its requests in flight by a queue reset
 * while the others continue; clause vq.drv.reset.1. The thread sanitizer watches.
 */

#define OWNERS 3u
#define REQUESTS 200u /* of each owner, per pass */

static struct disk disk;

struct owner {
    pthread_t thread;
    unsigned index;
    bool in_flight; /* the request has not completed yet */
    unsigned failed;
    uint8_t *sector;
    struct vwr_blk_req req;
};

/* Returns false if the disk is stopped. */
static bool fail_once(struct owner *o, struct vwr_blk_requestq *q)
{
    static const char *const words[] = {"request IN: the device reports an I/O error",
                                        "request OUT: the device reports an I/O error"};
    struct vwr_blk_req *done = NULL;
    char text[200];
    int n = 0;

    vwr_blk_fill(&o->req, o->index % 2 != 0 ? VWR_BLK_T_OUT : VWR_BLK_T_IN, o->index, o->sector,
                 VWR_BLK_SECTOR_BYTES);
    n = vwr_blk_submit(q, &o->req);
    if (n == VWR_EFAILED)
        return false;
    CHECK_NUMBER(n, VWR_OK);
    (void)vwr_blk_kick(q);
    while ((n = vwr_blk_reap(q, &done, 1)) == 0)
        ;
    o->in_flight = n < 0;
    if (n < 0)
        return false;
    CHECK_NUMBER(o->req.req.result, VWR_EIO);
    (void)vwr_blk_explain_queue(q, text, sizeof(text));
    CHECK_TEXT(text, words[o->index % 2]);
    o->failed++;
    return true;
}

static void *own(void *arg)
{
    struct owner *const o = arg;
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&disk.blk, o->index);
    struct vwr_blk_req *done;

    for (unsigned i = 0; i < REQUESTS; i++)
        if (!fail_once(o, q))
            return NULL;
    /* stops the device as a missed deadline would: its queue is stopped, and FAILED is set in the status */
    vwr_dev_write_failed(q->requests.dev);
    CHECK_NUMBER(
        vwr_request_stop(&q->requests, vwr_request_note(&q->requests, VWR_FAULT_REQUEST_TIMEOUT, 0, 0)),
        VWR_ETIMEOUT);
    CHECK_NUMBER(vwr_blk_reap(q, &done, 1), VWR_EFAILED);
    return NULL;
}

/* Cancels a request in flight; the device may have answered it or not have seen it yet. */
static void cancel_once(struct owner *o, struct vwr_blk_requestq *q, bool seen)
{
    struct vwr_blk_req *done = NULL;
    int r;

    vwr_blk_fill(&o->req, VWR_BLK_T_IN, o->index, o->sector, VWR_BLK_SECTOR_BYTES);
    CHECK_NUMBER(vwr_blk_submit(q, &o->req), VWR_OK);
    if (seen)
        (void)vwr_blk_kick(q);
    while ((r = vwr_blk_cancel(q)) == VWR_EBUSY)
        ;
    CHECK_NUMBER(r, VWR_OK);
    CHECK_NUMBER(vwr_blk_reap(q, &done, 1), 1);
    CHECK(done == &o->req);
    CHECK_NUMBER(done->req.result, VWR_ERESET);
}

static void *own_beside_cancel(void *arg)
{
    struct owner *const o = arg;
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&disk.blk, o->index);

    for (unsigned i = 0; i < REQUESTS; i++) {
        if (o->index == 0)
            cancel_once(o, q, i % 2 != 0);
        CHECK(fail_once(o, q));
    }
    return NULL;
}

/* Recovers as the owner of all queues, since the other threads have ended. */
static void recover(struct owner *owners)
{
    struct vwr_blk_req *done = NULL;
    int r;

    CHECK_NUMBER(vwr_get_stage(&disk.blk.bringup), VWR_STAGE_STOPPED);
    while ((r = vwr_recover(&disk.blk.bringup)) == VWR_EBUSY)
        ;
    DISK_OK(&disk, r);
    for (unsigned i = 0; i < OWNERS; i++)
        CHECK_NUMBER(vwr_blk_reap(vwr_blk_get_requestq(&disk.blk, i), &done, 1), owners[i].in_flight);
}

static void run(struct owner *owners, void *(*own_one)(void *))
{
    for (unsigned i = 0; i < OWNERS; i++) {
        owners[i].in_flight = false;
        CHECK_NUMBER(pthread_create(&owners[i].thread, NULL, own_one, &owners[i]), 0);
    }
    for (unsigned i = 0; i < OWNERS; i++)
        CHECK_NUMBER(pthread_join(owners[i].thread, NULL), 0);
}

/* pair_owners PASSES */
int main(int argc, char **argv)
{
    static struct owner owners[OWNERS];
    const struct disk_plan plan = {
        .kind = DISK_PACKED, .queues = OWNERS, .size = 16, .reqs = DISK_REQUESTS, .later = false};
    unsigned failed = 0;

    if (argc < 2)
        check_failed(__FILE__, __LINE__, "usage: %s PASSES", argv[0]);
    ram_open(false);
    disk_make(&disk, &plan, true);
    disk.store.failures = UINT32_MAX;
    disk_open(&disk);
    for (unsigned i = 0; i < OWNERS; i++) {
        owners[i].index = i;
        owners[i].sector = guest_alloc(VWR_BLK_SECTOR_BYTES);
    }
    for (int pass = 0; pass < atoi(argv[1]); pass++) {
        run(owners, own_beside_cancel);
        CHECK_NUMBER(vwr_get_stage(&disk.blk.bringup), VWR_STAGE_RUNNING);
        run(owners, own);
        recover(owners);
    }
    disk_close(&disk);
    for (unsigned i = 0; i < OWNERS; i++)
        failed += owners[i].failed;
    printf("%u requests failed, each with the reason that its owner saw\n", failed);
    return 0;
}
