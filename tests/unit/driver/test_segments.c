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
    assert_int_equal(vwr_close(&client.bringup), VWR_OK);
}

/*
 * Before it is open, a client sends nothing; it never sends a message that exists only in the legacy
 * interface.
 */
static void of_no_device(struct world *w, const struct format *f, const void *param)
{
    static struct vwr_blk_client_requestq_call call;
    static struct vwr_blk_client none;
    const struct vwr_blk_scsi_cmd_msg in = {0};
    const struct vwr_blk_scsi_cmd_out_msg out = {0};

    (void)w;
    (void)f;
    (void)param;
    assert_int_equal(vwr_blk_client_scsi_cmd_begin(&none, &call, &in, NULL, 0, NULL, 0, NULL, 0),
                     VWR_EFAILED);
    assert_int_equal(vwr_blk_client_scsi_cmd_out_begin(&none, &call, &out, NULL, 0, NULL, 0, NULL, 0),
                     VWR_EFAILED);
}

/* A call that has missed its deadline is in flight until the reset, and the device has failed. */
static void of_a_call_in_flight(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_blk_get_id_msg get_id = {0};
    struct vwr_blk_get_id_answer answer;

    (void)param;
    begin(w, f);
    client.options.requests.timeout_us = 1000;
    w->disk.mute = true;
    assert_int_equal(vwr_blk_client_get_id(&client, 0, &get_id, &answer), VWR_ETIMEOUT);
    assert_int_equal(vwr_blk_client_get_id(&client, 0, &get_id, &answer), VWR_EFAILED);
    assert_int_equal(vwr_close(&client.bringup), VWR_OK);
}

/* More data segments than a call can have, or longer ones: the submit reports this. */
static void of_a_call(struct world *w, const struct format *f, const void *param)
{
    static struct vwr_blk_client_requestq_call call;
    const struct vwr_blk_out_msg out = {.sector = 3};

    (void)param;
    begin(w, f);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(vwr_blk_client_out_begin(&client, &call, &out, w->buffer, SECTOR), VWR_OK);
        for (unsigned k = 1; k < VWR_CLIENT_DATA + (i == 1 ? 2 : 0); k++)
            vwr_client_add_out(&call.call, w->buffer, SECTOR);
        if (i == 2) {
            assert_int_equal(vwr_blk_client_out_begin(&client, &call, &out, w->buffer, SECTOR), VWR_OK);
            vwr_client_add_out(&call.call, w->buffer, UINT64_C(1) << 31);
        }
        assert_int_equal(vwr_client_submit(&queue.q, &call.call), i == 0 ? VWR_OK : VWR_EINVAL);
        (void)vwr_client_kick(&queue.q);
        if (i == 0) {
            struct vwr_client_call *done;

            assert_int_equal(vwr_client_reap(&queue.q, &done, 1), 1);
            assert_ptr_equal(done, &call.call);
        }
    }
    assert_int_equal(vwr_queue_in_flight(&queue.q.requests.queue), 0);
    assert_int_equal(vwr_close(&client.bringup), VWR_OK);
}

/* An empty message has no descriptor, which no ring can represent; the next message is sent. */
static void of_nothing(struct world *w, const struct format *f, const void *param)
{
    static struct vwr_blk_client_requestq_call call;
    static const struct vwr_client_row row = {.out_at = offsetof(struct vwr_blk_client_requestq_call, out),
                                              .back_at = offsetof(struct vwr_blk_client_requestq_call, back)};

    (void)param;
    begin(w, f);
    assert_int_equal(vwr_client_begin(&w->mmio.dev, &call.call, &row), VWR_OK);
    assert_int_equal(vwr_client_do(&queue.q, &call.call), VWR_EINVAL);
    transfer(w, 1);
    assert_int_equal(vwr_close(&client.bringup), VWR_OK);
}

/* A queue that is shorter than a message never has space for it: an error that waiting cannot resolve. */
static void in_a_short_queue(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_blk_in_msg in = {.sector = 3};
    uint32_t written = 0;

    (void)param;
    begin(w, f);
    assert_int_equal(queue.q.requests.queue.size, f->size);
    assert_int_equal(vwr_blk_client_flush(&client, 0, &(const struct vwr_blk_flush_msg){0}),
                     f->size < 2 ? VWR_ESEGMENTS : VWR_OK);
    assert_int_equal(vwr_blk_client_in(&client, 0, &in, w->buffer, SECTOR, &written), VWR_ESEGMENTS);
    assert_int_equal(vwr_close(&client.bringup), VWR_OK);
}

/* A message without a form of its own: with data in both directions, they share the segments. */
static void without_a_form(struct world *w, const struct format *f, const void *param)
{
    static struct vwr_blk_client_requestq_call call;
    static const struct vwr_client_row row = {.type = VWR_BLK_T_IN,
                                              .last = 1,
                                              .out_at = offsetof(struct vwr_blk_client_requestq_call, out),
                                              .back_at = offsetof(struct vwr_blk_client_requestq_call, back),
                                              .status_bytes = 1,
                                              .oks = 1,
                                              .ok = {VWR_BLK_S_OK}};
    const struct vwr_blk_in_msg in = {.sector = 3};

    (void)param;
    begin(w, f);
    scatter(w);
    for (unsigned count = VWR_REQUEST_SEGMENTS - 2; count <= VWR_REQUEST_SEGMENTS; count++) {
        vwr_blk_in_msg_encode((struct vwr_blk_in_msg_form *)(void *)w->buffer,
                              vwr_dev_is_legacy(&w->mmio.dev), &in);
        assert_int_equal(vwr_client_begin(&w->mmio.dev, &call.call, &row), VWR_OK);
        vwr_client_add_out(&call.call, w->buffer, sizeof(struct vwr_blk_in_msg_form));
        vwr_client_add_in(&call.call, w->buffer + SECTOR, count * SECTOR);
        assert_int_equal(vwr_client_do(&queue.q, &call.call),
                         count < VWR_REQUEST_SEGMENTS ? VWR_OK : VWR_ESEGMENTS);
    }
    assert_int_equal(vwr_close(&client.bringup), VWR_OK);
}

/* An answer that contains the length of its data, in either byte order: the first bytes of a disk's id. */
static void of_a_counted_answer(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        uint8_t id[4];
        struct vwr_counted counted;
        int result;
        uint32_t bytes;
    } rows[] = {
        {{8, 0, 0, 0}, {0, 4, false, 2}, VWR_OK, 16},
        {{9, 0, 0, 0}, {0, 4, false, 2}, VWR_EPROTO, 16}, /* more than there is */
        {{0, 0, 0, 3}, {0, 4, true, 1}, VWR_OK, 3},
        {{0, 0, 0, 3}, {2, 2, true, 1}, VWR_OK, 3},
        {{3, 0, 0, 0}, {0, 4, true, 1}, VWR_EPROTO, 16},
        {{0xff, 0xff, 0xff, 0xff}, {0, 4, false, UINT16_MAX}, VWR_EPROTO, 16},
        {{9, 9, 9, 9}, {0, 0, false, 0}, VWR_OK, 16}, /* it says nothing */
    };
    static struct vwr_blk_client_requestq_call call;
    struct vwr_client_row row = {.type = VWR_BLK_T_GET_ID,
                                 .out = sizeof(call.out.get_id),
                                 .first = 4,
                                 .last = 1,
                                 .out_at = offsetof(struct vwr_blk_client_requestq_call, out),
                                 .back_at = offsetof(struct vwr_blk_client_requestq_call, back),
                                 .status_at = 4,
                                 .status_bytes = 1,
                                 .oks = 1,
                                 .ok = {VWR_BLK_S_OK}};
    const struct vwr_blk_get_id_msg get_id = {0};

    (void)param;
    begin(w, f);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const bool legacy = vwr_dev_is_legacy(&w->mmio.dev);

        uint32_t id;

        row.counted = rows[i].counted;
        memcpy(&id, rows[i].id, sizeof(id));
        if (!row.counted.big)
            id = vwr_guest32(legacy, vwr_le32_to_cpu(id));
        memcpy(w->disk.id, &id, sizeof(id));
        vwr_blk_get_id_msg_encode(&call.out.get_id, legacy, &get_id);
        assert_int_equal(vwr_client_begin(&w->mmio.dev, &call.call, &row), VWR_OK);
        vwr_client_add_in(&call.call, w->buffer, 16);
        assert_int_equal(vwr_client_do(&queue.q, &call.call), rows[i].result);
        assert_int_equal(call.call.data_bytes, rows[i].bytes);
    }
    assert_int_equal(vwr_close(&client.bringup), VWR_OK);
}

/* After a reset the device has fewer queues than the client uses. */
static void fewer_queues(struct world *w, const struct format *f, const void *param)
{
    static struct vwr_blk_client_requestq_queue queues[2];
    static _Alignas(8) uint8_t owns[2][OWN_BYTES];
    struct vwr_blk_client_options o;
    int r;

    (void)param;
    begin(w, f);
    assert_int_equal(vwr_close(&client.bringup), VWR_OK);
    memset(&o, 0, sizeof(o));
    memset(queues, 0, sizeof(queues));
    o.requests = (struct vwr_request_options){.requests = 2, .segments = SEGMENTS};
    o.requestq = queues;
    o.requestq_count = 3; /* of which the device has two */
    for (unsigned i = 0; i < 2; i++) {
        queues[i].memory = (struct vwr_queue_memory){fake_ram_alloc(SHARED_BYTES, VWR_QUEUE_SHARED_ALIGN),
                                                     SHARED_BYTES, owns[i], sizeof(owns[i]), SIZE};
        w->f.queue[i].size_max = SIZE;
    }
    fake_offer(&w->f, VWR_BLK_F_MQ);
    fake_config(&w->f, VWR_BLK_CONFIG_NUM_QUEUES, 2, 2);
    assert_int_equal(vwr_blk_client_open(&client, &w->mmio.dev, &o), VWR_OK);
    assert_int_equal(client.requestq_count, 2);
    fake_config(&w->f, VWR_BLK_CONFIG_NUM_QUEUES, 2, 1);
    vwr_dev_fail(&w->mmio.dev);
    do
        r = vwr_recover(&client.bringup);
    while (r == VWR_EBUSY);
    assert_int_equal(r, VWR_EFAILED);
    assert_int_equal(vwr_get_stage(&client.bringup), VWR_STAGE_DEAD);
    assert_int_equal(vwr_close(&client.bringup), VWR_OK);
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
        if (count > VWR_REQUEST_SEGMENTS)
            assert_int_equal(vwr_blk_submit(disk_queue(d, 0), r), VWR_ESEGMENTS);
        assert_int_equal(vwr_blk_do(disk_queue(d, 0), r), VWR_OK);
    }
    memset(w->buffer, 0x5a, SCATTERED * SECTOR);
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, SCATTERED), VWR_OK);
    assert_true(world_has_pattern(w, 3, SCATTERED));
    disk_is_idle(d);
}

/* A chain has no more descriptors than its ring, even in a table. */
static void longer_than_its_ring(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = disk_plug(w, f, (struct disk_shape){1, 2, SEGMENTS});
    struct vwr_blk_req *const r = &d->req[0];
    struct vwr_vec part[3];

    (void)param;
    fake_config(&w->f, VWR_BLK_CONFIG_SEG_MAX, 4, SEGMENTS);
    disk_open(d);
    for (unsigned i = 0; i < 3; i++)
        part[i] = (struct vwr_vec){w->buffer + 2 * i * SECTOR, SECTOR};
    vwr_blk_fill(r, VWR_BLK_T_IN, 3, w->buffer, SECTOR);
    r->req.vecs = part;
    for (unsigned count = 2; count <= 3; count++) {
        r->req.vec_count = (uint16_t)count;
        assert_int_equal(vwr_blk_submit(disk_queue(d, 0), r), count + 2u > f->size ? VWR_ESEGMENTS : VWR_OK);
        (void)vwr_blk_kick(disk_queue(d, 0));
        assert_int_equal(disk_reap(d, disk_queue(d, 0), 1), count + 2u > f->size ? 0 : 1);
    }
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
    static const uint16_t shortest_sizes[] = {1, 2, 0};
    static const struct format_range shortest = {KIND_ALL, FORMAT_INDIRECT | FORMAT_IN_ORDER, 0,
                                                 shortest_sizes};
    static const uint16_t four[] = {4, 0};
    static const struct format_range of_four = {KIND_ALL, FORMAT_INDIRECT | FORMAT_IN_ORDER, 0, four};
    static struct format_tests tests;

    format_add(&tests, "of_a_generated_client", of_a_generated_client, NULL, &range);
    format_add(&tests, "of_no_device", of_no_device, NULL, &direct);
    format_add(&tests, "of_a_call_in_flight", of_a_call_in_flight, NULL, &range);
    format_add(&tests, "of_a_call", of_a_call, NULL, &range);
    format_add(&tests, "of_nothing", of_nothing, NULL, &range);
    format_add(&tests, "in_a_short_queue", in_a_short_queue, NULL, &shortest);
    format_add(&tests, "without_a_form", without_a_form, NULL, &range);
    format_add(&tests, "of_a_counted_answer", of_a_counted_answer, NULL, &range);
    format_add(&tests, "fewer_queues", fewer_queues, NULL, &range);
    format_add(&tests, "of_a_disk", of_a_disk, NULL, &range);
    format_add(&tests, "longer_than_its_ring", longer_than_its_ring, NULL, &of_four);
    format_add(&tests, "beside_idle_slots", beside_idle_slots, NULL, &direct);
    format_add(&tests, "beside_busy_slots", beside_busy_slots, NULL, &direct);
    format_add(&tests, "waits_for_busy_slots", waits_for_busy_slots, NULL, &direct);
    return format_run("segments", &tests);
}
