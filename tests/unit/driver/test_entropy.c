/* SPDX-License-Identifier: MIT */
#include "format.h"
#include "vwr/entropy.h"

#include <string.h>

/*
 * The entropy driver with a scripted device: short and empty answers, bytes that arrive while a caller waits,
 * invalid lengths and ids, and a device that fails.
 */

#define SIZE 8u
#define QUEUE VWR_ENTROPY_QUEUE_REQUESTQ

static struct vwr_entropy e;
static struct vwr_entropy_options options;
static struct fake_chain chain;

static void plug(struct world *w, const struct format *f)
{
    format_plug(w, f);
    w->f.device_id = VWR_ENTROPY_ID;
    w->f.queue[QUEUE].size_max = f->size;
    assert_int_equal(world_probe(w), VWR_OK);
}

static int open_it(struct world *w)
{
    memset(&e, 0xa5, sizeof(e)); /* memory of the embedder is not zeroed */
    memset(&options, 0, sizeof(options));
    options.shared = fake_ram_alloc(sizeof(*options.shared), VWR_QUEUE_SHARED_ALIGN);
    return vwr_entropy_open(&e, &w->mmio.dev, &options);
}

static void begin(struct world *w, const struct format *f)
{
    plug(w, f);
    assert_int_equal(open_it(w), VWR_OK);
}

/* The device writes n bytes to its next buffer and uses it with the length `len`. */
static void fills_and_says(struct world *w, const void *bytes, uint32_t n, uint32_t len)
{
    assert_true(fake_ring_next(&w->f, QUEUE, &chain));
    assert_int_equal(chain.readable, 0);
    assert_int_equal(chain.writable, VWR_ENTROPY_BYTES);
    fake_ram_write(chain.segment[0].addr, bytes, n);
    fake_ring_push(&w->f, QUEUE, chain.head, len);
}

static void fills(struct world *w, const void *bytes, uint32_t n)
{
    fills_and_says(w, bytes, n, n);
}

static void reads(const char *bytes, size_t n)
{
    char got[2 * VWR_ENTROPY_BYTES];

    assert_int_equal(vwr_entropy_read(&e, got, n), strlen(bytes));
    assert_memory_equal(got, bytes, strlen(bytes));
}

/* ---- reading ---- */

static void reads_what_has_come(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    reads("", 10);
    fills(w, "abcdefgh", 8);
    fills(w, "i", 1); /* a short answer */
    reads("", 0);
    reads("abc", 3);
    reads("defghi", 6); /* from two buffers */
    reads("", 5);
    for (unsigned i = 0; i < 3 * SIZE; i++) { /* each buffer is posted again */
        fills(w, "xyz" + i % 3, 1);
        reads(i % 3 == 0 ? "x" : i % 3 == 1 ? "y" : "z", 7);
    }
    assert_int_equal(e.receive.stats.bytes, 9 + 3 * SIZE);
    assert_int_equal(vwr_entropy_close(&e), VWR_OK);
    assert_true(vwr_entropy_read(&e, &w->text, 1) < 0);
}

/* Read-ahead: the device has all buffers before the first read. */
static void is_filled_ahead(struct world *w, const struct format *f, const void *param)
{
    char all[SIZE * VWR_ENTROPY_BYTES + 1];
    char bytes[VWR_ENTROPY_BYTES];

    (void)param;
    begin(w, f);
    for (unsigned i = 0; i < f->size; i++) {
        memset(bytes, 'a' + (int)i, sizeof(bytes));
        fills(w, bytes, sizeof(bytes));
    }
    assert_false(fake_ring_next(&w->f, QUEUE, &chain));
    assert_int_equal(vwr_entropy_read(&e, all, sizeof(all)), f->size * VWR_ENTROPY_BYTES);
    for (unsigned i = 0; i < f->size * VWR_ENTROPY_BYTES; i++)
        assert_int_equal(all[i], 'a' + i / VWR_ENTROPY_BYTES);
    assert_true(fake_ring_next(&w->f, QUEUE, &chain));
}

static void comes_later(struct fake *f)
{
    struct world *const w = f->backend;

    if (fake_time.readings % 4 == 0)
        fills(w, "0123456789", 10);
}

/* Bytes arrive while a caller waits, before or after the deadline. */
static void fills_in_time(struct world *w, const struct format *f, const void *param)
{
    char got[25];

    (void)param;
    begin(w, f);
    w->f.backend = w;
    w->f.on_time = comes_later;
    fake_time.step = 1000;
    assert_int_equal(vwr_entropy_fill(&e, got, 0, 0), VWR_OK);
    assert_int_equal(vwr_entropy_fill(&e, got, sizeof(got), 100000), VWR_OK);
    assert_memory_equal(got, "0123456789012345678901234", 25);
    w->f.on_time = NULL;
    assert_int_equal(vwr_entropy_fill(&e, got, 6, 5000), VWR_ETIMEOUT); /* only 5 are available */
    assert_int_equal(vwr_entropy_fill(&e, got, 1, 0), VWR_ETIMEOUT);
    assert_int_equal(vwr_bringup_stage(&e.bringup), VWR_STAGE_RUNNING);
    fills(w, "z", 1);
    assert_int_equal(vwr_entropy_fill(&e, got, 1, 0), VWR_OK); /* polled immediately */
    assert_int_equal(got[0], 'z');
}

static void asks_for_interrupts(struct world *w, const struct format *f, const void *param)
{
    unsigned before;

    (void)param;
    begin(w, f);
    assert_true(vwr_entropy_arm(&e));
    before = w->f.queue[QUEUE].interrupts;
    fills(w, "a", 1);
    assert_int_equal(w->f.queue[QUEUE].interrupts, before + 1);
    assert_false(vwr_entropy_arm(&e));
    reads("a", 9);
}

static void wrong_use(struct world *w, const struct format *f, const void *param)
{
    struct vwr_entropy other;

    (void)param;
    begin(w, f);
    assert_int_equal(vwr_entropy_open(&other, &w->mmio.dev, &options), VWR_EBUSY);
    assert_int_equal(vwr_entropy_close(&e), VWR_OK);
    w->f.device_id = 2; /* a disk */
    assert_int_equal(world_probe(w), VWR_OK);
    assert_int_equal(open_it(w), VWR_ETYPE);
    w->f.device_id = VWR_ENTROPY_ID;
    w->f.queue[QUEUE].size_max = 0;
    assert_int_equal(world_probe(w), VWR_OK);
    assert_int_equal(open_it(w), VWR_ENOQUEUE);
}

/* ---- a device that breaks the protocol ---- */

/* D48: answers of 0 bytes are counted and their buffers posted again: a read ends whatever the device
 * does. Clause: entropy.dev.1. */
static void D48_nothing_in_it(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    for (unsigned i = 0; i < 3 * SIZE; i++) {
        fills(w, "", 0);
        reads("", 5);
        assert_int_equal(e.receive.stats.dropped, i + 1);
    }
    fills(w, "", 0);
    fills(w, "ok", 2);
    reads("", 5); /* one buffer at a time */
    reads("ok", 5);
    assert_int_equal(e.receive.stats.buffers, 1);
}

/* D04: a length larger than the buffer is clamped to the buffer's size and counted. */
static void D04_too_long(struct world *w, const struct format *f, const void *param)
{
    static const uint32_t said[] = {VWR_ENTROPY_BYTES + 1, 0x80000000u, UINT32_MAX};
    char bytes[VWR_ENTROPY_BYTES];
    char got[2 * VWR_ENTROPY_BYTES];

    (void)param;
    begin(w, f);
    memset(bytes, 'q', sizeof(bytes));
    for (unsigned i = 0; i < 3; i++) {
        fills_and_says(w, bytes, sizeof(bytes), said[i]);
        assert_int_equal(vwr_entropy_read(&e, got, sizeof(got)), VWR_ENTROPY_BYTES);
        assert_memory_equal(got, bytes, sizeof(bytes));
        assert_int_equal(e.receive.queue.stats.clamped, i + 1);
    }
}

/* ---- the device fails ---- */

static int recover(struct world *w)
{
    int r;

    do {
        const unsigned before = w->f.accesses;

        r = vwr_recover(&e.bringup, &vwr_entropy_bringup);
        assert_true(w->f.accesses - before <= 64);
    } while (r == VWR_EBUSY);
    return r;
}

/* One buffer is half read, one has arrived unread, and two are taken and not used. */
static void begin_in_flight(struct world *w, const struct format *f)
{
    begin(w, f);
    fills(w, "12", 2);
    reads("1", 1);
    fills(w, "lost", 4);
    assert_true(fake_ring_next(&w->f, QUEUE, &chain));
    assert_true(fake_ring_next(&w->f, QUEUE, &chain));
}

/* The half read buffer is kept, the unread one is not; the device owns all buffers but the half read one. */
static void works_again(struct world *w, const struct format *f)
{
    char got[3];

    fills(w, "ab", 2);
    reads("2ab", 3);
    for (unsigned i = 0; i < f->size; i++)
        fills(w, "cde", 3);
    assert_false(fake_ring_next(&w->f, QUEUE, &chain));
    for (unsigned i = 0; i < f->size; i++) {
        assert_int_equal(vwr_entropy_fill(&e, got, 3, 0), VWR_OK);
        assert_memory_equal(got, "cde", 3);
    }
}

static void explains(const char *words)
{
    char text[200];

    assert_true(vwr_entropy_explain(&e, text, sizeof(text)) < sizeof(text));
    assert_non_null(strstr(text, words));
}

/* D36: the device requests a reset; a waiting caller notices it at its deadline. */
static void D36_needs_reset(struct world *w, const struct format *f, const void *param)
{
    char got[20];

    (void)param;
    begin_in_flight(w, f);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_entropy_fill(&e, got, sizeof(got), 1000), VWR_ENEEDSRESET);
    assert_int_equal(vwr_bringup_stage(&e.bringup), VWR_STAGE_STOPPED);
    explains("the device reports an error and needs a reset: status reads 0x4");
    assert_int_equal(recover(w), VWR_OK);
    fills(w, "ok", 2);
    reads("ok", 5);
}

/* D37: the device is gone. */
static void D37_gone(struct world *w, const struct format *f, const void *param)
{
    char got[20];

    (void)param;
    begin_in_flight(w, f);
    w->f.quirks.gone = true;
    assert_int_equal(vwr_entropy_fill(&e, got, sizeof(got), 1000), VWR_EGONE);
    assert_int_equal(recover(w), VWR_EFAILED);
    assert_int_equal(e.buffer[2].owner, VWR_RECEIVE_DEVICE); /* the device may still write to it */
    assert_true(vwr_entropy_close(&e) < 0);
    assert_int_equal(e.buffer[2].owner, VWR_RECEIVE_DEVICE);
    w->f.quirks.gone = false;
    assert_int_equal(vwr_entropy_close(&e), VWR_OK);
    assert_int_equal(e.buffer[2].owner, VWR_RECEIVE_DRIVER);
    begin(w, f);
    fills(w, "ok", 2);
    reads("ok", 5);
}

/* D14, D15: the owner decides when silence ends, and bytes written late are not read. */
static void D14_silence(struct world *w, const struct format *f, const void *param)
{
    char got[20];

    (void)param;
    begin_in_flight(w, f);
    assert_int_equal(vwr_entropy_fill(&e, got, sizeof(got), 1000), VWR_ETIMEOUT);
    vwr_entropy_give_up(&e);
    assert_int_equal(vwr_entropy_read(&e, got, 1), VWR_ERESET);
    assert_int_equal(vwr_bringup_stage(&e.bringup), VWR_STAGE_STOPPED);
    fills(w, "late", 4);
    assert_int_equal(vwr_entropy_read(&e, got, 1), VWR_ERESET);
    assert_int_equal(recover(w), VWR_OK);
    fills(w, "ok", 2);
    reads("ok", 5);
}

/* D02, D18: a buffer that the device does not own. */
static void D02_bad_ring(struct world *w, const struct format *f, const void *param)
{
    char got[8];

    (void)param;
    begin_in_flight(w, f);
    assert_int_equal(e.rest.bytes, 1);
    fake_ring_put(&w->f, QUEUE, f->size + 3u, 0);
    assert_int_equal(vwr_entropy_read(&e, got, 1), 1); /* the rest of the half read buffer */
    assert_int_equal(vwr_entropy_read(&e, got, 8), 4); /* and the buffer that arrived before */
    assert_int_equal(vwr_entropy_read(&e, got, 1), VWR_EBADRING);
    explains("queue 0: the device used a buffer that is not in flight");
    assert_int_equal(recover(w), VWR_OK);
    fills(w, "ok", 2);
    reads("ok", 5);
}

/* D25: the reset is not acknowledged, so the device owns the memory; a late acknowledgement makes the
 * driver work again. */
static void D25_reset_never_ends(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_in_flight(w, f);
    w->f.quirks.reset_reads = FAKE_FOREVER;
    vwr_entropy_give_up(&e);
    assert_int_equal(recover(w), VWR_EFAILED);
    assert_int_equal(vwr_bringup_stage(&e.bringup), VWR_STAGE_LOST);
    assert_int_equal(e.buffer[2].owner, VWR_RECEIVE_DEVICE);
    w->f.quirks.reset_reads = 0;
    w->f.reset_reads_left = 0;
    assert_int_equal(recover(w), VWR_OK);
    works_again(w, f);
}

static void freezes(struct world *w, const struct format *f, const void *param)
{
    int r;

    (void)param;
    begin_in_flight(w, f);
    while ((r = vwr_freeze(&e.bringup, &vwr_entropy_bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(r, VWR_OK);
    assert_int_equal(w->f.status, 0);
    assert_int_equal(recover(w), VWR_OK);
    works_again(w, f);
}

int main(void)
{
    static const uint16_t sizes[] = {4, SIZE, 0};
    static const uint16_t eight[] = {SIZE, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_OPTIONS, 0, sizes};
    static const struct format_range few = {KIND_ALL, FORMAT_IN_ORDER, 0, eight};
    static struct format_tests tests;

#define ADD(test, range) format_add(&tests, #test, test, NULL, &(range))
    ADD(reads_what_has_come, all);
    ADD(is_filled_ahead, all);
    ADD(fills_in_time, all);
    ADD(asks_for_interrupts, few);
    ADD(wrong_use, few);
    ADD(D48_nothing_in_it, all);
    ADD(D04_too_long, few);
    ADD(D36_needs_reset, all);
    ADD(D37_gone, few);
    ADD(D14_silence, few);
    ADD(D02_bad_ring, few);
    ADD(D25_reset_never_ends, few);
    ADD(freezes, few);
    return format_run("entropy", &tests);
}
