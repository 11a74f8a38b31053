/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "pattern.h"
#include "ram.h"
#include "vmm.h"

#include "vwr/gen/features.h"
#include "../common/random.h"

#include <stdio.h>
#include <string.h>

/*
 * A driver that cuts each request into segments like no real driver: header, data and status are cut
 * anywhere, with or without a table, because a device must not assume a framing. One queue is reset while
 * others continue. Each request has its own sectors. Clause: split.dev.framing.1 vq.dev.reset.1
 * vq.dev.reenable.1.
 */

#define REQUESTS 8u                                     /* per queue */
#define SECTORS (DISK_SECTORS / DISK_QUEUES / REQUESTS) /* per request; requests do not share sectors */
#define SECTORS_MOST 6u
#define SEGMENTS_MOST 24u
#define TABLE_BYTES VWR_TABLE_BYTES(SEGMENTS_MOST)
#define HEAD sizeof(struct vwr_blk_req_out)
#define AREA (HEAD + SECTORS_MOST * VWR_BLK_SECTOR_BYTES + 1)

struct raw_req {
    struct vwr_chain chain;
    uint8_t *area; /* header, data and status, contiguous */
    bool out;
    bool in;
    uint32_t first; /* first of its sectors */
    uint32_t sector;
    uint32_t count;
};

struct raw_queue {
    struct vwr_queue queue;
    struct vwr_queue_memory memory;
    struct raw_req req[REQUESTS];
    unsigned ended;
};

static struct disk disk;
static struct raw_queue queues[DISK_QUEUES];
static uint8_t model[DISK_SECTORS * VWR_BLK_SECTOR_BYTES];
static uint64_t state;

static void lend_table(struct vwr_chain *chain)
{
    void *const table = ram_alloc_ring(TABLE_BYTES);
    size_t run;
    const uint64_t addr = ram_dma(table, TABLE_BYTES, &run);

    CHECK_NUMBER(run, TABLE_BYTES);
    DISK_OK(&disk, vwr_chain_lend_table(chain, table, addr, TABLE_BYTES));
}

static void start(const struct disk_plan *plan)
{
    const struct vwr_features none = {{0}};
    struct vwr_features want;
    struct vwr_feature_policy request = {&want, &none, &none, vwr_blk_offer_rules, VWR_BLK_OFFER_RULE_COUNT,
                                         NULL};
    struct vwr_dev *const d = &disk.end.dev;

    disk_make(&disk, plan, true);
    pattern_fill(model, 'A', 0, DISK_SECTORS);
    ram_reset();
    vwr_vdev_features(&want);
    vwr_features_add(&want, VWR_F_IN_ORDER);
    vwr_features_add(&want, VWR_F_VERSION_1);
    vwr_features_add(&want, VWR_BLK_F_MQ);
    DISK_OK(&disk, vmm_find(&disk.end, DISK_SLOT));
    DISK_OK(&disk, vwr_dev_negotiate(d, &request));
    memset(queues, 0, sizeof(queues));
    for (unsigned i = 0; i < plan->queues; i++) {
        struct vwr_queue_memory *const m = &queues[i].memory;

        m->size = plan->size;
        m->shared_bytes = VWR_QUEUE_SHARED_BYTES((size_t)plan->size);
        m->shared = ram_alloc_ring(m->shared_bytes);
        m->own = disk.driver_own[i];
        m->own_bytes = sizeof(disk.driver_own[i]);
        DISK_OK(&disk, vwr_dev_add_queue(d, i, &queues[i].queue, m, 0));
        for (unsigned k = 0; k < REQUESTS; k++) {
            queues[i].req[k].area = (uint8_t *)guest_alloc(2 * AREA) + random_below(&state, GUEST_PAGE - 200);
            queues[i].req[k].first = (i * REQUESTS + k) * SECTORS;
            if (k % 2 != 0) /* the others have no table */
                lend_table(&queues[i].req[k].chain);
        }
    }
    DISK_OK(&disk, vwr_dev_start(d));
}

/* Cuts [p, p + bytes) into at most `most` segments, or more if the port splits them. */
static unsigned cut(struct vwr_seg *seg, unsigned most, const uint8_t *p, size_t bytes)
{
    unsigned n = 0;

    while (bytes > 0) {
        const size_t part = n + 1 >= most ? bytes : 1 + random_below(&state, (uint32_t)bytes);
        size_t run = 0;

        seg[n].addr = ram_dma(p, part, &run);
        CHECK(run == part); /* each area is contiguous */
        seg[n++].len = (uint32_t)part;
        p += part;
        bytes -= part;
    }
    return n;
}

static void fill(struct raw_req *r)
{
    struct vwr_blk_req_out head = {0};
    const bool legacy = (disk.plan.kind & DISK_LEGACY) != 0;
    uint8_t *const data = r->area + HEAD;

    r->in = random_below(&state, 2) != 0;
    r->count = 1 + random_below(&state, SECTORS_MOST);
    r->sector = r->first + random_below(&state, SECTORS - r->count);
    head.type = vwr_guest32(legacy, r->in ? VWR_BLK_T_IN : VWR_BLK_T_OUT);
    head.sector = vwr_guest64(legacy, r->sector);
    memset(r->area, GUEST_POISON, AREA);
    memcpy(r->area, &head, sizeof(head));
    for (uint32_t i = 0; !r->in && i < r->count * VWR_BLK_SECTOR_BYTES; i++)
        data[i] = (uint8_t)random_below(&state, 256);
}

/* Cuts each part into segments; all of them fit in the queue. */
static bool send(struct raw_queue *q, struct raw_req *r)
{
    struct vwr_seg seg[SEGMENTS_MOST + 4];
    const unsigned most = disk.plan.size < SEGMENTS_MOST ? disk.plan.size : SEGMENTS_MOST;
    size_t out;
    unsigned first;
    unsigned second;
    int n;

    fill(r);
    out = HEAD + (r->in ? 0 : r->count * VWR_BLK_SECTOR_BYTES);
    first = cut(seg, 1 + random_below(&state, most / 2), r->area, out);
    second = cut(seg + first, 1 + random_below(&state, most / 2), r->area + out,
                 HEAD + r->count * VWR_BLK_SECTOR_BYTES + 1 - out);
    n = vwr_queue_add(&q->queue, seg, first, second, &r->chain);
    if (n == VWR_EFULL)
        return false;
    DISK_OK(&disk, n);
    r->out = true;
    return true;
}

static void complete(struct raw_queue *q, struct raw_req *r)
{
    const size_t bytes = r->count * VWR_BLK_SECTOR_BYTES;
    uint8_t *const at = model + r->sector * VWR_BLK_SECTOR_BYTES;
    uint8_t *const data = r->area + HEAD;

    CHECK(r->out);
    CHECK_NUMBER(data[bytes], VWR_BLK_S_OK);
    if ((disk.plan.kind & DISK_IN_ORDER) == 0) /* with IN_ORDER the device does not report each length */
        CHECK_NUMBER(r->chain.written, r->in ? bytes + 1 : 1);
    if (!r->in)
        memcpy(at, data, bytes);
    CHECK(memcmp(data, at, bytes) == 0);
    for (size_t i = HEAD + bytes + 1; i < AREA; i++)
        CHECK(r->area[i] == GUEST_POISON);
    r->out = false;
    q->ended++;
}

static void take(struct raw_queue *q)
{
    struct vwr_chain *chain;
    int n;

    while ((n = vwr_queue_get_used(&q->queue, &chain)) > 0)
        complete(q, (struct raw_req *)(void *)chain);
    if (n < 0)
        disk_result(__FILE__, __LINE__, "take", &disk, n, 0);
}

static void work(unsigned queue)
{
    struct raw_queue *const q = &queues[queue];

    for (unsigned i = 0; i < REQUESTS; i++)
        if (!q->req[i].out && !send(q, &q->req[i]))
            break;
    (void)vwr_queue_kick(&q->queue);
    (void)vmm_step();
    take(q);
}

static void run_until_idle(void)
{
    vmm_run_until_idle();
    for (unsigned i = 0; i < disk.plan.queues; i++) {
        take(&queues[i]);
        CHECK_NUMBER(vwr_queue_in_flight(&queues[i].queue), 0);
    }
}

/* A queue that is reset never has reads and writes in flight together: sectors of unknown contents are
 * written again. */
static void forget(unsigned queue)
{
    const size_t bytes = SECTORS * REQUESTS * VWR_BLK_SECTOR_BYTES;

    memcpy(model + queue * bytes, disk_bytes(&disk) + queue * bytes, bytes);
}

/* Resets one queue with requests in flight; their memory is not written any more, and the other queues
 * continue. */
static void reset_one(unsigned queue)
{
    struct raw_queue *const q = &queues[queue];
    struct vwr_chain *chain;
    unsigned reclaimed = 0;
    uint8_t before[REQUESTS][AREA];

    DISK_OK(&disk, vwr_dev_reset_queue(&disk.end.dev, queue, &q->queue));
    while (vwr_queue_reclaim(&q->queue, &chain) == 1) {
        ((struct raw_req *)(void *)chain)->out = false;
        reclaimed++;
    }
    for (unsigned i = 0; i < REQUESTS; i++)
        memcpy(before[i], q->req[i].area, AREA);
    for (unsigned i = 0; i < 20; i++)
        for (unsigned k = 0; k < disk.plan.queues; k++)
            if (k != queue)
                work(k);
    vmm_run_until_idle();
    for (unsigned i = 0; i < REQUESTS; i++)
        CHECK(memcmp(before[i], q->req[i].area, AREA) == 0);
    CHECK_AT_MOST(reclaimed, REQUESTS);
    forget(queue);
    DISK_OK(&disk, vwr_dev_add_queue(&disk.end.dev, queue, &q->queue, &q->memory, 0));
}

void case_raw(unsigned kind, unsigned scale)
{
    static const uint16_t sizes[] = {8, 16, 64, 256};

    for (unsigned i = 0; i < DISK_QUEUES; i++) {
        const struct disk_plan plan = {.kind = kind,
                                       .queues = 1 + i,
                                       .size = sizes[i],
                                       .reqs = 20,
                                       .later = i % 2 != 0,
                                       .deferred = i % 3 == 1};
        unsigned ended = 0;

        state = kind * 7 + i;
        start(&plan);
        for (unsigned i = 0; i < 20 + 20 * scale; i++) {
            for (unsigned q = 0; q < plan.queues; q++)
                work(q);
            if (i % 20 == 19 && (kind & DISK_LEGACY) == 0)
                reset_one(random_below(&state, plan.queues));
        }
        run_until_idle();
        CHECK(memcmp(model, disk_bytes(&disk), sizeof(model)) == 0);
        disk_check_margins(&disk);
        DISK_OK(&disk, vwr_dev_reset(&disk.end.dev));
        for (unsigned q = 0; q < plan.queues; q++)
            ended += queues[q].ended;
        printf("%s raw q%u size %u: %u requests\n", disk_kind_name(kind), plan.queues, plan.size, ended);
    }
}
