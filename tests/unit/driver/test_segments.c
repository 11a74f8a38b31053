/* SPDX-License-Identifier: MIT */
#include "disk.h"
#include "vwr/client/blk.h"

#include <string.h>

#if VWR_PORT_HAS_DMA_MAP
#include "../../common/bounce.h"
#endif

/*
 * More segments than a request can have, whatever options.segments is: scattered data, one segment per
 * sector, through a generated client and through the class.
 */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define SIZE 128u
#define SEGMENTS 64u /* value in the options */
#define SCATTERED 60u
#define SHARED_BYTES VWR_CLIENT_SHARED_BYTES(SIZE, 2u, VWR_BLK_CLIENT_REQUESTQ_SLOT, SEGMENTS)
#define OWN_BYTES VWR_REQUEST_OWN_BYTES(SIZE, 2u)

static struct vwr_blk_client client;
static struct vwr_blk_client_requestq_queue queue;
static _Alignas(8) uint8_t own[OWN_BYTES];
static const uint8_t *scattered; /* WORLD_BUFFER_BYTES */

/* Each sector of the buffer is discontiguous with the next one. */
static uint64_t each_sector(const void *p, size_t n, size_t *run)
{
    const uintptr_t at = (uintptr_t)p - (uintptr_t)scattered;
    const uint64_t addr = fake_ram_dma(p, n, run);

    if (at<WORLD_BUFFER_BYTES && * run> SECTOR - at % SECTOR)
        *run = SECTOR - at % SECTOR;
    return addr;
}

static void scatter(const struct world *w)
{
    scattered = w->buffer;
    fake_ram_translate(each_sector);
#if VWR_PORT_HAS_DMA_MAP
    bounce_cut(SECTOR);
#endif
}

static void begin(struct world *w, const struct format *f)
{
    struct vwr_blk_client_options o;

    (void)disk_plug(w, f, (struct disk_shape){1, 2, 1});
    fake_config(&w->f, VWR_BLK_CONFIG_SEG_MAX, 4, SEGMENTS);
    memset(&o, 0, sizeof(o));
    memset(&queue, 0, sizeof(queue));
    o.requests.requests = 2;
    o.requests.segments = SEGMENTS;
    o.requestq = &queue;
    o.requestq_count = 1;
    queue.memory = (struct vwr_queue_memory){fake_ram_alloc(SHARED_BYTES, VWR_QUEUE_SHARED_ALIGN),
                                             SHARED_BYTES, own, sizeof(own), SIZE};
    assert_int_equal(world_probe(w), VWR_OK);
    assert_int_equal(vwr_blk_client_open(&client, &w->mmio.dev, &o), VWR_OK);
}

/* Transfers this many segments in each direction. */
static void transfer(const struct world *w, unsigned count)
{
    const struct vwr_blk_in_msg in = {.sector = 3};
    const struct vwr_blk_out_msg out = {.sector = 3};
    const int result = count > VWR_REQUEST_SEGMENTS ? VWR_ESEGMENTS : VWR_OK;
    uint32_t written = 0;

    memset(w->buffer, 0x5a, count * SECTOR);
    assert_int_equal(vwr_blk_client_in(&client, 0, &in, w->buffer, count * SECTOR, &written), result);
    assert_int_equal(written, result == VWR_OK ? count * SECTOR : 0);
    assert_true(result != VWR_OK || world_has_pattern(w, 3, count));
    assert_int_equal(vwr_blk_client_out(&client, 0, &out, w->buffer, count * SECTOR), result);
}

static void of_a_generated_client(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    scatter(w);
    transfer(w, SCATTERED);
    for (unsigned count = VWR_REQUEST_SEGMENTS - 1; count <= VWR_REQUEST_SEGMENTS + 4; count++)
        transfer(w, count);
    transfer(w, 1);
    assert_int_equal(vwr_queue_in_flight(&queue.q.requests.queue), 0);
    assert_int_equal(vwr_blk_client_close(&client), VWR_OK);
}

/* Synchronous calls split them into several requests. */
static void of_a_disk(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = disk_plug(w, f, (struct disk_shape){1, 2, SEGMENTS});
    struct vwr_blk_req *const r = &d->req[0];

    (void)param;
    fake_config(&w->f, VWR_BLK_CONFIG_SEG_MAX, 4, SEGMENTS);
    disk_open(d);
    scatter(w);
    for (unsigned count = VWR_REQUEST_SEGMENTS - 1; count <= SCATTERED; count++) {
        vwr_blk_fill(r, VWR_BLK_T_IN, 3, w->buffer, count * SECTOR);
        assert_int_equal(vwr_blk_do(disk_queue(d, 0), r),
                         count > VWR_REQUEST_SEGMENTS ? VWR_ESEGMENTS : VWR_OK);
    }
    memset(w->buffer, 0x5a, SCATTERED * SECTOR);
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, SCATTERED), VWR_OK);
    assert_true(world_has_pattern(w, 3, SCATTERED));
    disk_is_idle(d);
}

/* ---- without tables: one request takes the whole ring although the slots of others have descriptors ---- */

#define SHORT_RING 16u
#define SLOTS 5u   /* three descriptors each; with all of them bound, one is left */
#define BUSY 4u    /* maximum */
#define ONE 3u     /* descriptors of a request with one segment */
#define LONG_AT 8u /* its first sector in the buffer and on the disk, and its first index in d->req */

/* This many reads are in flight. */
static struct disk *open_short_ring(struct world *w, const struct format *f, unsigned busy)
{
    struct disk *const d = disk_plug(w, f, (struct disk_shape){1, SLOTS, SEGMENTS});

    fake_config(&w->f, VWR_BLK_CONFIG_SEG_MAX, 4, SEGMENTS);
    disk_open(d);
    scatter(w);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, busy);
    assert_int_equal(w->disk.held_count, busy);
    return d;
}

/* All descriptors that `busy` requests leave, minus those of the header and the status. */
static uint32_t sectors_beside(unsigned busy)
{
    return SHORT_RING - busy * ONE - 2u;
}

static void reap_all(struct disk *d)
{
    while (disk_reap(d, disk_queue(d, 0), SLOTS) > 0)
        continue;
}

static void has_all(struct disk *d, unsigned reads, const struct vwr_blk_req *r, uint32_t sectors)
{
    assert_int_equal(d->done_count, reads + 1);
    for (unsigned i = 0; i < reads; i++)
        disk_has_read(d, d->done[i], i);
    assert_ptr_equal(d->done[reads], r);
    assert_int_equal(r->req.result, VWR_OK);
    assert_memory_equal(disk_sector(d, LONG_AT), d->w->disk.data + LONG_AT * SECTOR, sectors * SECTOR);
}

/*
 * Of `before` requests in flight, some complete. The longest request that fits beside `busy` others is
 * accepted once no more than these are in flight; with `tries`, it is refused until then.
 */
static void fits_beside(struct world *w, const struct format *f, unsigned before, unsigned busy, bool tries)
{
    struct disk *const d = open_short_ring(w, f, before);
    struct vwr_blk_requestq *const q = disk_queue(d, 0);
    struct vwr_blk_req *const r = &d->req[LONG_AT];
    const uint32_t sectors = sectors_beside(busy);

    memset(disk_sector(d, LONG_AT), 0x5a, sectors * SECTOR);
    vwr_blk_fill(r, VWR_BLK_T_IN, LONG_AT, disk_sector(d, LONG_AT), sectors * SECTOR);
    for (unsigned left = before; left > busy; left--) {
        if (tries)
            assert_int_equal(vwr_blk_submit(q, r), VWR_EFULL);
        assert_false(vwr_req_is_in_flight(&r->req));
        fake_blk_answer(&w->f, 0);
        assert_int_equal(disk_reap(d, q, SLOTS), 1);
    }
    assert_int_equal(vwr_blk_submit(q, r), VWR_OK);
    (void)vwr_blk_kick(q);
    assert_int_equal(w->disk.held_count, busy + 1);
    assert_int_equal(w->disk.held[busy].request.segments, sectors);
    fake_blk_answer_all(&w->f);
    reap_all(d);
    has_all(d, before, r, sectors);
    disk_is_idle(d);
}

/* Accepted immediately if the other slots are idle. */
static void beside_idle_slots(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    for (unsigned busy = 0; busy < SLOTS; busy++)
        fits_beside(w, f, busy, busy, false);
}

/* Accepted as the busy slots complete. */
static void beside_busy_slots(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    for (unsigned before = 1; before < SLOTS; before++)
        for (unsigned busy = 0; busy < before; busy++) {
            fits_beside(w, f, before, busy, false);
            fits_beside(w, f, before, busy, true);
        }
}

static void answer_one(struct fake *f)
{
    struct fake_blk *const disk = f->backend;

    if (disk->held_count != 0)
        fake_blk_answer(f, 0);
}

/* A synchronous call gets the whole ring as the others are answered one by one. */
static void waits_for_busy_slots(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = open_short_ring(w, f, BUSY);
    const uint32_t sectors = sectors_beside(0);
    const unsigned before = w->disk.count;

    (void)param;
    w->f.on_time = answer_one;
    memset(disk_sector(d, LONG_AT), 0x5a, sectors * SECTOR);
    assert_int_equal(vwr_blk_read(&w->blk, LONG_AT, disk_sector(d, LONG_AT), sectors), VWR_OK);
    assert_memory_equal(disk_sector(d, LONG_AT), w->disk.data + LONG_AT * SECTOR, sectors * SECTOR);
    assert_int_equal(w->disk.count, before + 1); /* in one request */
    assert_int_equal(w->disk.request[before].segments, sectors);
    reap_all(d);
    assert_int_equal(d->done_count, BUSY);
    for (unsigned i = 0; i < BUSY; i++)
        disk_has_read(d, d->done[i], i);
    disk_is_idle(d);
}

int main(void)
{
    static const uint16_t sizes[] = {SIZE, 0};
    static const uint16_t short_sizes[] = {SHORT_RING, 0};
    static const struct format_range range = {KIND_ALL, FORMAT_INDIRECT | FORMAT_IN_ORDER, 0, sizes};
    static const struct format_range direct = {KIND_ALL, FORMAT_EVENT_IDX | FORMAT_IN_ORDER, 0, short_sizes};
    static struct format_tests tests;

    format_add(&tests, "of_a_generated_client", of_a_generated_client, NULL, &range);
    format_add(&tests, "of_a_disk", of_a_disk, NULL, &range);
    format_add(&tests, "beside_idle_slots", beside_idle_slots, NULL, &direct);
    format_add(&tests, "beside_busy_slots", beside_busy_slots, NULL, &direct);
    format_add(&tests, "waits_for_busy_slots", waits_for_busy_slots, NULL, &direct);
    return format_run("segments", &tests);
}
