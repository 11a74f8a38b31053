/* SPDX-License-Identifier: MIT */
#include "disk.h"
#include "vwr/console.h"
#include "vwr/receive.h"
#include "../../common/bounce.h"

#include <string.h>

/*
 * A port that maps data for each transfer (../../common/port_bounce). The device can access the bounce
 * buffers
 * but no buffer of the caller; each mapping ends once, whatever happens to the request; and if no mapping is
 * possible, nothing is lost. bounce.c itself checks the rules for all mappings.
 */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define MANY 6u
#define LARGE 32u /* sectors */
#define SIZE 16u
#define STRIDE 64u

/* The device can access this memory only through the pool. */
static _Alignas(4096) uint8_t memory[64 * SECTOR];

static uint8_t *sector_at(unsigned i)
{
    return memory + (size_t)i * SECTOR;
}

/* The device has this many mappings of queues, and all mappings are the device's. */
static void shares(struct world *w, unsigned queues)
{
    assert_int_equal(bounce_shared_by(&w->mmio.dev), queues);
    assert_int_equal(bounce_shared_by(NULL), queues);
    assert_int_equal(bounce_mapped_by(&w->mmio.dev), bounce_mapped());
}

static struct disk *begin(struct world *w, const struct format *f, unsigned queues, bool replay)
{
    struct disk *const d = disk_plug(w, f, (struct disk_shape){queues, MANY, 4});

    memset(memory, 0x5a, sizeof(memory));
    w->options.request.replay = replay;
    w->options.request.timeout_us = 50000;
    disk_open(d);
    assert_int_equal(bounce_stats.maps, 0);
    shares(w, queues);
    return d;
}

static void has_sectors(struct world *w, const uint8_t *p, unsigned from, unsigned count)
{
    assert_memory_equal(p, w->disk.data + (size_t)from * SECTOR, count * SECTOR);
}

/* Request i reads sector i into a separate buffer. */
static struct vwr_blk_req *reading(struct disk *d, unsigned i)
{
    vwr_blk_fill(&d->req[i], VWR_BLK_T_IN, i, sector_at(i), SECTOR);
    return &d->req[i];
}

static void submit_reads(struct disk *d, unsigned queue, unsigned first, unsigned count)
{
    for (unsigned i = first; i < first + count; i++)
        assert_int_equal(vwr_blk_submit(disk_queue(d, queue), reading(d, i)), VWR_OK);
    (void)vwr_blk_kick(disk_queue(d, queue));
}

static void reap_reads(struct disk *d, unsigned queue, unsigned count, int result)
{
    unsigned at = d->done_count;

    while (d->done_count < at + count) {
        if (d->w->disk.held_count > 0)
            fake_blk_answer_all(&d->w->f);
        assert_true(disk_reap(d, disk_queue(d, queue), count) > 0);
    }
    for (; at < d->done_count; at++) {
        const unsigned i = (unsigned)(d->done[at] - d->req);

        assert_int_equal(d->done[at]->req.result, result);
        if (result == VWR_OK)
            has_sectors(d->w, sector_at(i), i, 1);
    }
}

/* At least this many mappings; a fast path that fails has made an unused one. */
static void were_mapped(unsigned maps)
{
    assert_true(bounce_stats.maps >= maps);
    bounce_check_idle();
}

/* ---- each kind of request ---- */

static void calls_that_wait(struct world *w, const struct format *f, const void *param)
{
    char id[VWR_BLK_GET_ID_BYTES + 1];

    (void)param;
    begin(w, f, 1, false);
    w->disk.has_id = true;
    memcpy(w->disk.id, "an id", 6);
    assert_int_equal(vwr_blk_read(&w->blk, 5, memory, 3), VWR_OK);
    were_mapped(1);
    has_sectors(w, memory, 5, 3);
    assert_int_equal(memory[3 * SECTOR], 0x5a);
    memset(memory, 0x77, SECTOR);
    assert_int_equal(vwr_blk_write(&w->blk, 9, memory, 2), VWR_OK);
    were_mapped(2);
    has_sectors(w, memory, 9, 2);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    were_mapped(2);
    assert_int_equal(vwr_blk_get_id(&w->blk, id), VWR_OK);
    assert_string_equal(id, "an id");
    were_mapped(3);
}

/* The caller's segments, each split again by the port: one mapping for each part. */
static void segments(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 1, false);
    const struct vwr_vec vecs[2] = {{memory, 2 * SECTOR}, {sector_at(8), SECTOR}};
    struct vwr_blk_req *const r = &d->req[0];

    (void)param;
    bounce_cut(SECTOR);
    vwr_blk_fill(r, VWR_BLK_T_IN, 5, NULL, 0);
    r->req.vecs = vecs;
    r->req.vec_count = 2;
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), r), VWR_OK);
    were_mapped(3);
    has_sectors(w, memory, 5, 2);
    has_sectors(w, sector_at(8), 7, 1);
    bounce_cut(0);
    assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_OUT, 20, vecs, 2), VWR_OK);
    were_mapped(5);
    has_sectors(w, memory, 20, 2);
    bounce_cut(SECTOR); /* one segment, for which the fast path fails */
    vwr_blk_fill(r, VWR_BLK_T_IN, 1, memory, 3 * SECTOR);
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), r), VWR_OK);
    has_sectors(w, memory, 1, 3);
    bounce_check_idle();
}

/* Submitted segments, of which the last one is too long for the device, then for the port: none stays mapped.
 */
static void last_segment_in_parts(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_vec vecs[2] = {{sector_at(8), SECTOR}, {memory, 3 * SECTOR}};
    struct disk *const d = disk_plug(w, f, (struct disk_shape){1, MANY, 4});
    struct vwr_blk_req *const r = &d->req[0];

    (void)param;
    fake_offer(&w->f, VWR_BLK_F_SIZE_MAX);
    fake_config(&w->f, VWR_BLK_CONFIG_SIZE_MAX, 4, 2 * SECTOR);
    disk_open(d);
    for (unsigned cut = 0; cut < 2; cut++) {
        memset(memory, 0x5a, sizeof(memory));
        bounce_cut(cut * SECTOR);
        vwr_blk_fill(r, VWR_BLK_T_IN, 5, NULL, 0);
        r->req.vecs = vecs;
        r->req.vec_count = 2;
        assert_int_equal(vwr_blk_submit(disk_queue(d, 0), r), VWR_OK);
        assert_int_equal(bounce_mapped(), 3 + cut);
        (void)vwr_blk_kick(disk_queue(d, 0));
        assert_int_equal(disk_reap(d, disk_queue(d, 0), 1), 1);
        assert_int_equal(r->req.result, VWR_OK);
        has_sectors(w, sector_at(8), 5, 1);
        has_sectors(w, memory, 6, 3);
        bounce_check_idle();
    }
    bounce_cut(0);
}

/* A device that writes less than the request's length, or nothing: the rest of the memory is unchanged. */
static void device_writes_less(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 1, false);

    (void)param;
    w->disk.no_data = true;
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), reading(d, 3)), VWR_OK);
    for (unsigned i = 0; i < SECTOR; i++)
        assert_int_equal(sector_at(3)[i], 0x5a);
    w->disk.has_status = true;
    w->disk.status = VWR_BLK_S_IOERR;
    assert_int_equal(vwr_blk_read(&w->blk, 0, memory, 1), VWR_EIO);
    were_mapped(2);
}

/* ---- no mapping available ---- */

static void pool_exhausted(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 1, false);
    struct vwr_blk_requestq *const q = disk_queue(d, 0);
    const struct vwr_vec vecs[2] = {{sector_at(20), SECTOR}, {sector_at(30), SECTOR}};

    (void)param;
    w->disk.hold = true;
    bounce_limit(3 * SECTOR);
    submit_reads(d, 0, 0, 2);
    vwr_blk_fill(&d->req[2], VWR_BLK_T_IN, 2, NULL, 0);
    d->req[2].req.vecs = vecs;
    d->req[2].req.vec_count = 2;
    assert_int_equal(vwr_blk_submit(q, &d->req[2]), VWR_EFULL); /* there is one for the first segment */
    assert_int_equal(bounce_mapped(), 2);
    submit_reads(d, 0, 3, 1);
    for (unsigned i = 0; i < 40; i++) { /* however often the caller retries */
        assert_int_equal(vwr_blk_submit(q, reading(d, 4)), VWR_EFULL);
        assert_false(vwr_req_is_in_flight(&d->req[4].req));
    }
    assert_int_equal(bounce_mapped(), 3);
    assert_int_equal(vwr_queue_in_flight(&q->requests.queue), 3);
    reap_reads(d, 0, 3, VWR_OK);
    bounce_check_idle();
    w->disk.hold = false;
    bounce_limit(BOUNCE_BYTES);
    assert_int_equal(vwr_blk_do(q, reading(d, 4)), VWR_OK);
    has_sectors(w, sector_at(4), 4, 1);
    assert_int_equal(vwr_queue_state(&q->requests.queue), VWR_OK);
    bounce_check_idle();
}

/* More requests than the ring has descriptors for: one that is refused maps nothing, however often it is
 * tried. */
static void full_ring(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = disk_plug(w, f, (struct disk_shape){1, 2 * SIZE, 1});
    struct vwr_blk_requestq *q;
    unsigned n = 0;

    (void)param;
    memset(memory, 0x5a, sizeof(memory));
    disk_open(d);
    q = disk_queue(d, 0);
    w->disk.hold = true;
    while (n < 2 * SIZE && vwr_blk_submit(q, reading(d, n)) == VWR_OK)
        n++;
    (void)vwr_blk_kick(q);
    assert_in_range(n, 1, SIZE);
    for (unsigned i = 0; i < 40; i++) {
        assert_int_equal(vwr_blk_submit(q, reading(d, n)), VWR_EFULL);
        assert_int_equal(bounce_mapped(), n);
    }
    reap_reads(d, 0, n, VWR_OK);
    bounce_check_idle();
}

/* If nothing is in flight that could free a mapping, synchronous calls return an error; afterwards
 * everything works. */
static void no_pool_at_all(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 1, false);

    (void)param;
    bounce_limit(0);
    for (unsigned i = 0; i < 40; i++) {
        assert_int_equal(vwr_blk_read(&w->blk, 0, memory, 1), VWR_EFULL);
        assert_int_equal(vwr_blk_write(&w->blk, 0, memory, LARGE), VWR_EFULL);
        assert_int_equal(vwr_blk_do(disk_queue(d, 0), reading(d, 1)), VWR_EFULL);
    }
    assert_int_equal(w->f.notified, 0);
    bounce_check_idle();
    assert_int_equal(bounce_stats.maps, 0);
    bounce_limit(BOUNCE_BYTES);
    assert_int_equal(vwr_blk_read(&w->blk, 3, memory, LARGE), VWR_OK);
    has_sectors(w, memory, 3, LARGE);
    bounce_check_idle();
}

/* A transfer larger than the pool is split into as many requests as necessary. */
static void larger_than_the_pool(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f, 1, false);
    bounce_limit(5 * SECTOR);
    bounce_cut(3 * SECTOR / 2);
    assert_int_equal(vwr_blk_read(&w->blk, 7, memory, LARGE), VWR_OK);
    has_sectors(w, memory, 7, LARGE);
    for (unsigned i = 0; i < LARGE * SECTOR; i++)
        memory[i] = (uint8_t)(i * 7 + i / SECTOR);
    assert_int_equal(vwr_blk_write(&w->blk, 40, memory, LARGE), VWR_OK);
    has_sectors(w, memory, 40, LARGE);
    assert_true(bounce_stats.refused > 0);
    bounce_check_idle();
}

/* The request that replaces a failed fast path can reuse its mapping. */
static void mapped_in_vain(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f, 1, false);
    bounce_limit(SECTOR);
    bounce_cut(SECTOR);
    assert_int_equal(vwr_blk_read(&w->blk, 0, memory, 4), VWR_OK);
    has_sectors(w, memory, 0, 4);
    bounce_check_idle();
}

/* vwr_blk_do waits for a mapping that another request holds. */
static void waits_for_room(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 1, false);

    (void)param;
    bounce_limit(2 * SECTOR);
    submit_reads(d, 0, 0, 2);
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), reading(d, 2)), VWR_OK);
    has_sectors(w, sector_at(2), 2, 1);
    reap_reads(d, 0, 2, VWR_OK);
    bounce_check_idle();
}

/* ---- reset, recovery, freeze ---- */

static void stop(struct disk *d)
{
    struct fake *const f = &d->w->f;

    f->status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    for (unsigned k = 0; k < d->shape.queues; k++) {
        int n = 0;

        for (unsigned i = 0; n >= 0; i++) {
            assert_true(i < 65536);
            n = disk_reap(d, disk_queue(d, k), 1);
        }
    }
    assert_int_equal(vwr_get_stage(&d->w->blk.bringup), VWR_STAGE_STOPPED);
}

static int recover(struct disk *d)
{
    int r;

    while ((r = vwr_recover(&d->w->blk.bringup)) == VWR_EBUSY)
        continue;
    return r;
}

/* Mappings end once, and only after the reset is acknowledged. */
static void recovery(struct world *w, const struct format *f, const void *param)
{
    const bool replay = param != NULL;
    struct disk *const d = begin(w, f, 2, replay);

    w->disk.hold = true;
    submit_reads(d, 0, 0, 3);
    submit_reads(d, 1, 3, 3);
    stop(d);
    w->f.quirks.reset_reads = 5;
    for (unsigned i = 0; i < 5; i++) {
        assert_int_equal(vwr_recover(&w->blk.bringup), VWR_EBUSY);
        assert_int_equal(bounce_mapped(), 6);
        shares(w, 2);
    }
    assert_int_equal(recover(d), VWR_OK);
    shares(w, 2);
    assert_int_equal(bounce_mapped(), replay ? 6 : 0);
    reap_reads(d, 0, 3, replay ? VWR_OK : VWR_ENEEDSRESET);
    d->done_count = 0;
    reap_reads(d, 1, 3, replay ? VWR_OK : d->req[3].req.result);
    bounce_check_idle();
}

/* Another user has taken most of the pool meanwhile: requests that cannot be mapped wait or fail. */
static void recovery_with_less_room(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 1, true);

    (void)param;
    w->disk.hold = true;
    submit_reads(d, 0, 0, 5);
    stop(d);
    bounce_limit(2 * SECTOR);
    assert_int_equal(recover(d), VWR_OK);
    assert_int_equal(bounce_mapped(), 2);
    reap_reads(d, 0, 5, VWR_OK);
    bounce_check_idle();
    submit_reads(d, 0, 0, 2);
    stop(d);
    bounce_limit(0); /* and nothing in flight could free a mapping */
    assert_int_equal(recover(d), VWR_OK);
    bounce_check_idle();
    d->done_count = 0;
    reap_reads(d, 0, 2, VWR_ENEEDSRESET);
    bounce_limit(BOUNCE_BYTES);
    w->disk.hold = false;
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), reading(d, 0)), VWR_OK);
    bounce_check_idle();
}

static void freezes(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 1, true);
    int r;

    (void)param;
    w->disk.hold = true;
    submit_reads(d, 0, 0, 3);
    while ((r = vwr_freeze(&w->blk.bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(r, VWR_OK);
    were_mapped(3);
    shares(w, 0);
    assert_int_equal(recover(d), VWR_OK);
    shares(w, 1);
    assert_int_equal(bounce_mapped(), 3);
    reap_reads(d, 0, 3, VWR_OK);
    were_mapped(6);
}

/* A device that does not acknowledge a reset keeps its mappings until it does, possibly forever. */
static void D25_lost(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 1, false);

    (void)param;
    w->disk.hold = true;
    submit_reads(d, 0, 0, 3);
    stop(d);
    w->f.quirks.reset_reads = FAKE_FOREVER;
    assert_int_equal(recover(d), VWR_EFAILED);
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_LOST);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_ETIMEOUT);
    assert_int_equal(bounce_mapped(), 3);
    shares(w, 1);
    w->f.quirks.reset_reads = w->f.reset_reads_left = 0;
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    were_mapped(3);
    shares(w, 0);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK); /* which finds nothing to unmap */
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(d->req[i].req.result, VWR_ERESET);
}

/* A device that its driver gave up, a close with requests in flight, and a submit that comes too late. */
static void given_up(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 1, false);
    struct vwr_blk_requestq *const q = disk_queue(d, 0);

    (void)param;
    w->disk.hold = true;
    submit_reads(d, 0, 0, 3);
    vwr_dev_fail(&w->mmio.dev);
    while (disk_reap(d, q, 1) >= 0)
        continue;
    for (unsigned i = 0; i < 40; i++) {
        assert_int_equal(vwr_blk_submit(q, reading(d, 4)), VWR_EFAILED);
        assert_int_equal(vwr_blk_read(&w->blk, 0, memory, 1), VWR_EFAILED);
    }
    assert_int_equal(bounce_mapped(), 3);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    assert_int_equal(vwr_blk_submit(q, reading(d, 4)), VWR_EFAILED);
    were_mapped(3);
}

/* The device resets and does not start again. */
static void dead(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 1, true);

    (void)param;
    w->disk.hold = true;
    submit_reads(d, 0, 0, 3);
    stop(d);
    w->f.quirks.refuse_status = VWR_STATUS_DRIVER_OK;
    assert_int_equal(recover(d), VWR_EFAILED);
    were_mapped(3);
    shares(w, 1); /* of the last attempt */
    reap_reads(d, 0, 3, VWR_ENEEDSRESET);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    shares(w, 0);
}

/* An overdue synchronous call: the device owns its request until the reset. */
static void call_that_waits_times_out(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f, 1, false);
    w->disk.mute = true;
    assert_int_equal(vwr_blk_read(&w->blk, 0, memory, 1), VWR_ETIMEOUT);
    assert_int_equal(bounce_mapped(), 1);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    were_mapped(1);
}

/* Cancellation of one queue: mappings end only after the device has released the queue. */
static void cancelled(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 2, false);
    int r;

    (void)param;
    w->disk.hold = true;
    submit_reads(d, 0, 0, 3);
    submit_reads(d, 1, 3, 3);
    w->f.quirks.queue_reset_reads = 3;
    while ((r = vwr_blk_cancel(disk_queue(d, 0))) == VWR_EBUSY) {
        assert_int_equal(bounce_mapped(), 6);
        shares(w, 2);
    }
    assert_int_equal(r, VWR_OK);
    shares(w, 2);
    assert_int_equal(bounce_mapped(), 3);
    fake_blk_drop(&w->f, 0);
    reap_reads(d, 0, 3, VWR_ERESET);
    d->done_count = 0;
    reap_reads(d, 1, 3, VWR_OK);
    bounce_check_idle();
}

/* ---- the memory of queues ---- */

/* A queue that is reset on its own, then in use again. */
static void one_queue(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 2, NULL);
    struct vwr_queue *const q = &disk_queue(d, 1)->requests.queue;

    (void)param;
    w->disk.hold = true;
    submit_reads(d, 0, 0, 1);
    submit_reads(d, 1, 1, 3);
    assert_int_equal(vwr_dev_reset_queue(&w->mmio.dev, 1, q), VWR_OK);
    assert_int_equal(bounce_mapped(), 1);
    shares(w, 1);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    were_mapped(4);
    shares(w, 0);
}

/* After an open that fails, the memory stays mapped until the device has acknowledged a reset. */
static void open_fails(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = disk_plug(w, f, (struct disk_shape){2, MANY, 4});

    (void)param;
    w->f.queue[1].size_max = 0;
    assert_int_equal(world_open(w), VWR_ENOQUEUE);
    shares(w, 1);
    w->f.quirks.reset_reads = FAKE_FOREVER;
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_ETIMEOUT);
    shares(w, 1);
    w->f.quirks.reset_reads = w->f.reset_reads_left = 0;
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    shares(w, 0);
    w->f.queue[1].size_max = w->f.queue[0].size_max;
    disk_open(d);
    shares(w, 2);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    shares(w, 0);
}

static uint64_t in_parts(const void *p, size_t n, size_t *run)
{
    const uint64_t addr = fake_ram_dma(p, n, run);

    *run = *run < 16 ? *run : 16;
    return addr;
}

static uint64_t off_by_8(const void *p, size_t n, size_t *run)
{
    return fake_ram_dma(p, n, run) + 8;
}

/* Memory that no queue can use: what was mapped of it is unmapped at once. */
static void unusable(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    disk_plug(w, f, (struct disk_shape){1, MANY, 4});
    fake_ram_translate(in_parts);
    assert_int_equal(world_open(w), VWR_ENOMEM);
    shares(w, 0);
    fake_ram_translate(off_by_8);
    assert_int_equal(world_open(w), VWR_ENOMEM);
    shares(w, 0);
    fake_ram_translate(NULL);
}

/* ---- buffers that the device fills ---- */

static struct vwr_receiveq receive;
static struct vwr_receive_buffer buffers[4];
static const struct vwr_receive_memory receive_memory = {memory, (size_t)4 * STRIDE, buffers, 4};
static struct fake_chain chain;

static void add_queue(struct world *w, const struct format *f)
{
    assert_int_equal(world_negotiate(w, NULL), VWR_OK);
    world_memory(w, f->size);
    assert_int_equal(vwr_dev_add_queue(&w->mmio.dev, 0, &receive.queue, &w->memory, 0), VWR_OK);
}

static int receive_begin(struct world *w, const struct format *f)
{
    format_plug(w, f);
    memset(memory, 0x5a, sizeof(memory));
    memset(&receive, 0xa5, sizeof(receive));
    add_queue(w, f);
    return vwr_receive_start(&receive, &receive_memory, 1);
}

static void receive_live(struct world *w)
{
    assert_int_equal(vwr_dev_start(&w->mmio.dev), VWR_OK);
    (void)vwr_receive_kick(&receive);
}

static void device_writes(struct world *w, const char *text)
{
    assert_true(fake_ring_next(&w->f, 0, &chain));
    fake_ram_write(chain.segment[0].addr, text, strlen(text));
    fake_ring_push(&w->f, 0, chain.head, (uint32_t)strlen(text));
}

static void polls(struct vwr_slice *s, const char *text)
{
    int n = 0;

    for (unsigned polls = 0; n == 0 && polls < 2; polls++) /* a dropped buffer ends a poll too */
        n = vwr_receive_reap(&receive, s, 1);
    assert_int_equal(n, 1);
    assert_int_equal(s->bytes, strlen(text));
    assert_memory_equal(s->p, text, strlen(text));
    assert_false(bounce_has(s->p, STRIDE));
}

static void received(struct world *w, const struct format *f, const void *param)
{
    struct vwr_slice s[2];

    (void)param;
    assert_int_equal(receive_begin(w, f), VWR_OK);
    assert_int_equal(bounce_mapped(), 4);
    receive_live(w);
    for (unsigned lap = 0; lap < 10; lap++) {
        device_writes(w, "abc");
        device_writes(w, "");
        device_writes(w, "defgh");
        polls(&s[0], "abc");
        polls(&s[1], "defgh"); /* the empty buffer was dropped and posted again */
        assert_int_equal(((uint8_t *)s[1].p)[5], 0x5a);
        assert_int_equal(bounce_mapped(), 2);
        memset(s[0].p, 0x5a, STRIDE);
        memset(s[1].p, 0x5a, STRIDE);
        assert_int_equal(vwr_receive_submit(&receive, s[0].buffer), VWR_OK);
        assert_int_equal(vwr_receive_submit(&receive, s[1].buffer), VWR_OK);
        (void)vwr_receive_kick(&receive);
        assert_int_equal(bounce_mapped(), 4);
    }
    shares(w, 1);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    bounce_check_idle(); /* the reset ends all mappings */
    shares(w, 0);
    assert_int_equal(vwr_receive_reap(&receive, s, 2), VWR_ERESET);
    assert_int_equal(vwr_receive_reclaim(&receive), VWR_OK);
    assert_int_equal(vwr_receive_reclaim(&receive), VWR_OK);
    add_queue(w, f);
    assert_int_equal(vwr_receive_repost(&receive), VWR_OK);
    receive_live(w);
    device_writes(w, "again");
    polls(&s[0], "again");
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    vwr_queue_stop(&receive.queue, VWR_ERESET);
    assert_int_equal(vwr_receive_reclaim(&receive), VWR_OK);
    bounce_check_idle();
}

/* The pool has mappings for some buffers: the others are posted as soon as mappings become free. Without
 * any, it does not start. */
static void receive_pool_exhausted(struct world *w, const struct format *f, const void *param)
{
    struct vwr_slice s;

    (void)param;
    bounce_limit(0);
    assert_int_equal(receive_begin(w, f), VWR_EINVAL);
    bounce_check_idle();
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    bounce_limit(2 * STRIDE);
    assert_int_equal(receive_begin(w, f), VWR_OK);
    assert_int_equal(bounce_mapped(), 2);
    assert_int_equal(receive.stats.unposted, 2);
    receive_live(w);
    device_writes(w, "abc");
    polls(&s, "abc");
    bounce_limit(STRIDE);
    assert_int_equal(vwr_receive_submit(&receive, s.buffer), VWR_OK); /* the driver keeps it */
    assert_int_equal(bounce_mapped(), 2);
    bounce_limit(BOUNCE_BYTES);
    assert_int_equal(vwr_receive_reap(&receive, &s, 1), 0);
    assert_int_equal(bounce_mapped(), 4);
    for (unsigned i = 0; i < 4; i++)
        device_writes(w, "x");
    for (unsigned i = 0; i < 4; i++)
        polls(&s, "x");
    bounce_check_idle();
}

/* A buffer that the port can map only in parts is not usable. */
static void receive_in_parts(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    bounce_cut(STRIDE / 2);
    assert_int_equal(receive_begin(w, f), VWR_EINVAL);
    bounce_check_idle();
}

/* ---- a console: transmit and receive ---- */

static struct vwr_console con;
static struct vwr_console_port ports[2];
static struct vwr_console_options console_options;

static void console_plug(struct world *w, const struct format *f)
{
    format_plug(w, f);
    w->f.device_id = VWR_CONSOLE_ID;
    for (unsigned i = 0; i < FAKE_QUEUES; i++)
        w->f.queue[i].size_max = f->size;
    memset(&console_options, 0, sizeof(console_options));
    console_options.port = ports;
    console_options.port_count = VWR_CONSOLE_PORTS(1);
    console_options.shared_count = VWR_CONSOLE_QUEUES(1);
    console_options.shared =
        fake_ram_alloc(VWR_CONSOLE_QUEUES(1) * sizeof(*console_options.shared), VWR_QUEUE_SHARED_ALIGN);
    assert_int_equal(world_probe(w), VWR_OK);
}

static void console_begin(struct world *w, const struct format *f)
{
    console_plug(w, f);
    assert_int_equal(vwr_console_open(&con, &w->mmio.dev, &console_options), VWR_OK);
    assert_int_equal(bounce_mapped(), SIZE);
}

static void device_reads(struct world *w, const char *text)
{
    uint8_t bytes[VWR_CONSOLE_BYTES];

    assert_true(fake_ring_next(&w->f, VWR_CONSOLE_QUEUE_TRANSMITQ, &chain));
    assert_int_equal(chain.readable, strlen(text));
    fake_ram_read(chain.segment[0].addr, bytes, chain.readable);
    assert_memory_equal(bytes, text, strlen(text));
    fake_ring_push(&w->f, VWR_CONSOLE_QUEUE_TRANSMITQ, chain.head, 0);
}

static void console(struct world *w, const struct format *f, const void *param)
{
    char text[8];
    int r;

    (void)param;
    console_begin(w, f);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(vwr_console_write(&con, 0, "abc", 3), 3);
    assert_int_equal(bounce_mapped(), SIZE + 3);
    bounce_limit(SIZE * BOUNCE_BLOCK / 2);
    assert_int_equal(vwr_console_write(&con, 0, "x", 1), 0); /* no mapping yet: retry later */
    device_reads(w, "abc");
    device_writes(w, "in");
    assert_int_equal(vwr_console_read(&con, 0, text, sizeof(text)), 2);
    assert_memory_equal(text, "in", 2);
    bounce_limit(BOUNCE_BYTES);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&con.bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(r, VWR_OK);
    device_reads(w, "abc"); /* the first bytes may have been sent before, without a completion */
    device_reads(w, "abc");
    device_writes(w, "again");
    assert_int_equal(vwr_console_read(&con, 0, text, sizeof(text)), 5);
    assert_memory_equal(text, "again", 5);
    assert_int_equal(vwr_console_write(&con, 0, "last", 4), 4);
    shares(w, VWR_CONSOLE_QUEUES(1));
    assert_int_equal(vwr_close(&con.bringup), VWR_OK);
    bounce_check_idle();
    shares(w, 0);
}

/* The device refuses DRIVER_OK, when the buffers are mapped. Then it is reset, without a close. */
/* Behind an IOMMU (vwr/iommu.h), a device that does not translate its addresses would use them as physical
 * ones. */
static void translates(struct world *w, const struct format *f, const void *param)
{
    const bool modern = (f->flags & FORMAT_LEGACY) == 0;

    (void)param;
    (void)disk_plug(w, f, (struct disk_shape){1, MANY, 4});
    assert_int_equal(world_probe(w), VWR_OK);
    vwr_dev_want(&w->mmio.dev, VWR_F_ACCESS_PLATFORM);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options), VWR_EFEATURE);
    world_dev_explains(w, modern ? "ACCESS_PLATFORM" : "a legacy device has no such bit");
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    fake_offer(&w->f, VWR_F_ACCESS_PLATFORM);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options),
                     modern ? VWR_OK : VWR_EFEATURE);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    vwr_features_add(&w->options.avoid, VWR_F_ACCESS_PLATFORM);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options), VWR_EFEATURE);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
}

static void console_open_fails(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    console_plug(w, f);
    w->f.quirks.refuse_status = VWR_STATUS_DRIVER_OK;
    assert_int_equal(vwr_console_open(&con, &w->mmio.dev, &console_options), VWR_EPROTO);
    assert_int_equal(bounce_mapped(), SIZE);
    shares(w, VWR_CONSOLE_QUEUES(1));
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    bounce_check_idle();
    shares(w, 0);
    w->f.quirks.refuse_status = 0;
    assert_int_equal(vwr_console_open(&con, &w->mmio.dev, &console_options), VWR_OK);
    assert_int_equal(bounce_mapped(), SIZE);
    assert_int_equal(vwr_close(&con.bringup), VWR_OK);
    bounce_check_idle();
    shares(w, 0);
}

int main(void)
{
    static const uint16_t sizes[] = {SIZE, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_INDIRECT | FORMAT_IN_ORDER, 0, sizes};
    static const struct format_range plain = {KIND_ALL, FORMAT_IN_ORDER, 0, sizes};
    static const struct format_range reset = {KIND_SPLIT | KIND_PACKED, FORMAT_INDIRECT | FORMAT_IN_ORDER,
                                              FORMAT_RING_RESET, sizes};
    static struct format_tests tests;

#define ADD(test, range) format_add(&tests, #test, test, NULL, &(range))
    ADD(calls_that_wait, all);
    ADD(segments, all);
    ADD(last_segment_in_parts, all);
    ADD(device_writes_less, all);
    ADD(pool_exhausted, all);
    ADD(full_ring, all);
    ADD(no_pool_at_all, all);
    ADD(larger_than_the_pool, all);
    ADD(mapped_in_vain, all);
    ADD(waits_for_room, all);
    format_add(&tests, "recovery_returned", recovery, NULL, &all);
    format_add(&tests, "recovery_replayed", recovery, "replay", &all);
    ADD(recovery_with_less_room, all);
    ADD(freezes, all);
    ADD(D25_lost, all);
    ADD(given_up, all);
    ADD(dead, all);
    ADD(call_that_waits_times_out, all);
    ADD(cancelled, reset);
    ADD(one_queue, reset);
    ADD(open_fails, all);
    ADD(unusable, all);
    ADD(received, plain);
    ADD(receive_pool_exhausted, plain);
    ADD(receive_in_parts, plain);
    ADD(translates, all);
    ADD(console, plain);
    ADD(console_open_fails, plain);
    return format_run("dma", &tests);
}
