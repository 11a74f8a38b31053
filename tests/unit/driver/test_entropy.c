/* SPDX-License-Identifier: MIT */
#include "bench.h"
#include "vwr/entropy.h"

#include <string.h>

/*
 * Callers of the entropy driver that wait: bytes arrive in time or too late, or the device fails meanwhile.
 */

#define SIZE 8u
#define QUEUE VWR_ENTROPY_QUEUE_REQUESTQ

static struct vwr_entropy *e;
static struct fake_chain chain;
static char got[25];

static void fills(struct world *w, const char *bytes)
{
    assert_true(fake_ring_next(&w->f, QUEUE, &chain));
    fake_ram_write(chain.segment[0].addr, bytes, strlen(bytes));
    fake_ring_push(&w->f, QUEUE, chain.head, (uint32_t)strlen(bytes));
}

static void reads(const char *bytes, size_t n)
{
    assert_int_equal(vwr_entropy_read(e, got, n), strlen(bytes));
    assert_memory_equal(got, bytes, strlen(bytes));
}

static void begin(struct world *w, const struct format *f)
{
    bench_plug(w, f, &bench_entropy_driver);
    assert_int_equal(bench_open(w, 0), VWR_OK);
    e = bench_own();
}

static void comes_later(struct fake *f)
{
    if (fake_time.readings % 4 == 0)
        fills(f->backend, "0123456789");
}

static void fills_in_time(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    w->f.backend = w;
    w->f.on_time = comes_later;
    fake_time.step = 1000;
    assert_int_equal(vwr_entropy_fill(e, got, 0, 0), VWR_OK);
    assert_int_equal(vwr_entropy_fill(e, got, sizeof(got), 100000), VWR_OK);
    assert_memory_equal(got, "0123456789012345678901234", 25);
    w->f.on_time = NULL;
    assert_int_equal(vwr_entropy_fill(e, got, 6, 5000), VWR_ETIMEOUT); /* only 5 are available */
    assert_int_equal(vwr_entropy_fill(e, got, 1, 0), VWR_ETIMEOUT);
    assert_int_equal(vwr_get_stage(&e->bringup), VWR_STAGE_RUNNING);
    fills(w, "z");
    assert_int_equal(vwr_entropy_fill(e, got, 1, 0), VWR_OK); /* polled immediately */
    assert_int_equal(got[0], 'z');
}

static void asks_for_interrupts(struct world *w, const struct format *f, const void *param)
{
    unsigned before;

    (void)param;
    begin(w, f);
    assert_true(vwr_entropy_arm(e));
    before = w->f.queue[QUEUE].interrupts;
    fills(w, "a");
    assert_int_equal(w->f.queue[QUEUE].interrupts, before + 1);
    assert_false(vwr_entropy_arm(e));
    reads("a", 9);
}

/* D48: answers of 0 bytes are counted and their buffers posted again: a read ends whatever the device does.
 */
static void D48_nothing_in_it(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    for (unsigned i = 0; i < 3 * SIZE; i++) {
        fills(w, "");
        reads("", 5);
        assert_int_equal(e->receive.stats.dropped, i + 1);
    }
    fills(w, "");
    fills(w, "ok");
    reads("", 5); /* one buffer at a time */
    reads("ok", 5);
    assert_int_equal(e->receive.stats.buffers, 1);
}

/* One buffer is half read, one has arrived unread, and two are taken and not used. */
static void begin_in_flight(struct world *w, const struct format *f)
{
    begin(w, f);
    fills(w, "12");
    reads("1", 1);
    fills(w, "lost");
    assert_true(fake_ring_next(&w->f, QUEUE, &chain));
    assert_true(fake_ring_next(&w->f, QUEUE, &chain));
}

static void explains(const char *words)
{
    char text[200];

    assert_true(vwr_entropy_explain(e, text, sizeof(text)) < sizeof(text));
    assert_non_null(strstr(text, words));
}

/* D36: the device requests a reset; a waiting caller notices it at its deadline. */
static void D36_needs_reset(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_in_flight(w, f);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_entropy_fill(e, got, 20, 1000), VWR_ENEEDSRESET);
    assert_int_equal(vwr_get_stage(&e->bringup), VWR_STAGE_STOPPED);
    explains("the device reports an error and needs a reset: status reads 0x4");
}

/* D37, D25: the device is gone, or does not acknowledge the reset: it owns its buffers. */
static void D37_gone(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_in_flight(w, f);
    w->f.quirks.gone = true;
    assert_int_equal(vwr_entropy_fill(e, got, 20, 1000), VWR_EGONE);
    assert_true(vwr_close(&e->bringup) < 0);
    assert_int_equal(e->buffer[2].owner, VWR_RECEIVE_DEVICE);
    w->f.quirks.gone = false;
    w->f.quirks.reset_reads = FAKE_FOREVER;
    assert_true(vwr_close(&e->bringup) < 0);
    assert_int_equal(e->buffer[2].owner, VWR_RECEIVE_DEVICE);
}

/* D14, D15: the owner decides when silence ends, and bytes written late are not read. */
static void D14_silence(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_in_flight(w, f);
    assert_int_equal(vwr_entropy_fill(e, got, 20, 1000), VWR_ETIMEOUT);
    vwr_entropy_give_up(e);
    assert_int_equal(vwr_entropy_read(e, got, 1), VWR_ERESET);
    fills(w, "late");
    assert_int_equal(vwr_entropy_read(e, got, 1), VWR_ERESET);
}

/* D02, D18: a buffer that the device does not own; those that arrived before are read. */
static void D02_bad_ring(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_in_flight(w, f);
    fake_ring_put(&w->f, QUEUE, f->size + 3u, 0);
    reads("2", 1);
    reads("lost", 8);
    assert_int_equal(vwr_entropy_read(e, got, 1), VWR_EBADRING);
    explains("queue 0: the device used a buffer that is not in flight");
}

void bench_stories(struct format_tests *tests)
{
    static const uint16_t sizes[] = {4, SIZE, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_OPTIONS, 0, sizes};

#define ADD(test) format_add(tests, #test, test, NULL, &all)
    ADD(fills_in_time);
    ADD(asks_for_interrupts);
    ADD(D48_nothing_in_it);
    ADD(D36_needs_reset);
    ADD(D37_gone);
    ADD(D14_silence);
    ADD(D02_bad_ring);
}
