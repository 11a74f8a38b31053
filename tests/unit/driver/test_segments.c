/* SPDX-License-Identifier: MIT */
#include "disk.h"
#include "vwr/client/blk.h"

#include <string.h>

#if VWR_PORT_HAS_DMA_MAP
#include "../../common/bounce.h"
#endif

/*
 * More segments than a request can have, whatever options.segments says: data that are scattered, a sector a
 * segment, through a generated client and through the class.
 */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define SIZE 128u
#define SEGMENTS 64u /* as the options have it */
#define SCATTERED 60u
#define SHARED_BYTES VWR_CLIENT_SHARED_BYTES(SIZE, 2u, VWR_BLK_CLIENT_REQUESTQ_SLOT, SEGMENTS)
#define OWN_BYTES VWR_REQUEST_OWN_BYTES(SIZE, 2u)

static struct vwr_blk_client client;
static struct vwr_blk_client_requestq_queue queue;
static _Alignas(8) uint8_t own[OWN_BYTES];
static const uint8_t *scattered; /* WORLD_BUFFER_BYTES */

/* A sector of the buffer is not contiguous with the next one. */
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

/* So many segments, each way. */
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

/* The calls that wait make several requests of it. */
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

int main(void)
{
    static const uint16_t sizes[] = {SIZE, 0};
    static const struct format_range range = {KIND_ALL, FORMAT_INDIRECT | FORMAT_IN_ORDER, 0, sizes};
    static struct format_tests tests;

    format_add(&tests, "of_a_generated_client", of_a_generated_client, NULL, &range);
    format_add(&tests, "of_a_disk", of_a_disk, NULL, &range);
    return format_run("segments", &tests);
}
