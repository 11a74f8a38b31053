/* SPDX-License-Identifier: MIT */
#include "format.h"
#include "vwr/receive.h"
#include "vwr/transmit.h"
#include "vwr/bringup.h"

#include <stdlib.h>
#include <string.h>

/* vwr/receive.h in every ring format: buffers that the device fills, dropped buffers, and a reset in
 * between. */

#define STRIDE 64u
#define LEAST 4u
#define COUNT 6u
#define COUNT_MAX 16u

static struct vwr_receiveq q;
static struct vwr_receive_buffer buffers[COUNT_MAX];
static struct vwr_receive_memory memory;
static struct vwr_slice slices[COUNT_MAX];
static struct fake_chain chain;

/* Adds a queue with its buffers posted and published. */
static void add_queue(struct world *w, const struct format *f)
{
    assert_int_equal(world_negotiate(w, NULL), VWR_OK);
    world_memory(w, f->size);
    assert_int_equal(vwr_dev_add_queue(&w->mmio.dev, 0, &q.queue, &w->memory, 0), VWR_OK);
}

static void begin(struct world *w, const struct format *f, uint16_t count)
{
    format_plug(w, f);
    memset(&q, 0xa5, sizeof(q)); /* memory of the embedder is not zeroed */
    memset(buffers, 0xa5, sizeof(buffers));
    add_queue(w, f);
    memory = (struct vwr_receive_memory){w->buffer, (size_t)count * STRIDE, buffers, count};
    assert_int_equal(vwr_receive_start(&q, &memory, LEAST), VWR_OK);
    assert_int_equal(vwr_dev_start(&w->mmio.dev), VWR_OK);
    fake_ring_suppress(&w->f, 0, FAKE_WHEN_IDLE, 1);
    assert_true(vwr_receive_kick(&q));
}

/* The device fills the first `bytes` bytes of the next buffer with `with` and reports the length `says`. */
static void fill(struct world *w, uint8_t with, uint32_t bytes, uint32_t says)
{
    uint8_t data[STRIDE];

    assert_true(fake_ring_next(&w->f, 0, &chain));
    assert_int_equal(chain.count, 1);
    assert_int_equal(chain.readable, 0);
    assert_int_equal(chain.writable, STRIDE);
    memset(data, with, sizeof(data));
    fake_ram_write(chain.segment[0].addr, data, bytes);
    fake_ring_push(&w->f, 0, chain.head, says);
}

static void expect(const struct vwr_slice *s, uint8_t with, uint32_t bytes)
{
    assert_int_equal(s->bytes, bytes);
    assert_ptr_equal(s->p, (uint8_t *)memory.data + s->buffer * STRIDE);
    for (uint32_t i = 0; i < bytes; i++)
        assert_int_equal(((uint8_t *)s->p)[i], with);
}

static unsigned available(struct world *w)
{
    unsigned n = 0;

    while (fake_ring_next(&w->f, 0, &chain))
        n++;
    return n;
}

/* Many laps with all buffers in flight; the caller gets each buffer with the data written to it. */
static void each_buffer_again_and_again(struct world *w, const struct format *f, const void *param)
{
    const unsigned count = COUNT < f->size ? COUNT : f->size;
    uint8_t with = 0;

    (void)param;
    begin(w, f, COUNT);
    for (unsigned lap = 0; lap < 40; lap++) {
        const unsigned some = 1 + lap % count;
        const uint8_t from = with;

        for (unsigned i = 0; i < some; i++, with++)
            fill(w, with, LEAST + with % (STRIDE - LEAST + 1), LEAST + with % (STRIDE - LEAST + 1));
        assert_int_equal(vwr_receive_reap(&q, slices, COUNT_MAX), (int)some);
        assert_int_equal(vwr_receive_reap(&q, slices + some, COUNT_MAX - some), 0);
        for (unsigned i = 0; i < some; i++) {
            const uint8_t byte = (uint8_t)(from + i);

            expect(&slices[i], byte, LEAST + byte % (STRIDE - LEAST + 1));
            assert_int_equal(vwr_receive_submit(&q, slices[i].buffer), VWR_OK);
        }
        (void)vwr_receive_kick(&q);
    }
    assert_int_equal(q.stats.buffers, with);
    assert_int_equal(available(w), count);
    assert_int_equal(q.stats.dropped + q.stats.unposted + q.queue.stats.clamped, 0);
}

/* A poll returns at most its budget; the rest stays in the ring. */
static void budget_ends_a_poll(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f, COUNT);
    for (uint8_t i = 0; i < 4; i++)
        fill(w, i, STRIDE, STRIDE);
    assert_int_equal(vwr_receive_reap(&q, slices, 0), 0);
    assert_int_equal(vwr_receive_reap(&q, slices, 3), 3);
    assert_int_equal(vwr_receive_reap(&q, slices + 3, 3), 1);
    for (uint8_t i = 0; i < 4; i++)
        expect(&slices[i], i, STRIDE);
}

/* D48: a buffer shorter than the minimum is dropped, counted, and posted again without another call. */
static void D48_too_short(struct world *w, const struct format *f, const void *param)
{
    const unsigned count = COUNT < f->size ? COUNT : f->size;

    (void)param;
    begin(w, f, COUNT);
    fill(w, 1, LEAST - 1, LEAST - 1);
    fill(w, 2, LEAST, LEAST);
    fill(w, 3, 0, 0);
    assert_int_equal(vwr_receive_reap(&q, slices, 3), 1);
    expect(&slices[0], 2, LEAST);
    assert_int_equal(q.stats.dropped, 2);
    assert_int_equal(q.stats.buffers, 1);
    assert_int_equal(q.stats.bytes, LEAST);
    assert_int_equal(available(w), count - 1);
}

/* A device that sends only short buffers: each poll ends at its budget. */
static void refill(struct fake *f, uint32_t queue)
{
    while (fake_ring_next(f, queue, &chain))
        fake_ring_push(f, queue, chain.head, 0);
}

static void D48_nothing_but_short(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f, COUNT);
    w->f.on_notify = refill;
    refill(&w->f, 0);
    for (unsigned i = 0; i < 10; i++)
        assert_int_equal(vwr_receive_reap(&q, slices, 2), 0);
    assert_true(q.stats.dropped >= 10 && q.stats.dropped <= 20);
}

/* D04: a length larger than the buffer. */
static void D04_too_long(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f, COUNT);
    fill(w, 1, STRIDE, STRIDE + 1);
    fill(w, 2, STRIDE, 0xffffffff);
    assert_int_equal(vwr_receive_reap(&q, slices, 4), 2);
    expect(&slices[0], 1, STRIDE);
    expect(&slices[1], 2, STRIDE);
    assert_int_equal(q.queue.stats.clamped, 2);
}

/* A buffer that the caller does not hold cannot be returned. */
static void wrong_returns(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f, COUNT);
    fill(w, 1, STRIDE, STRIDE);
    assert_int_equal(vwr_receive_submit(&q, 0), VWR_EINVAL);
    assert_int_equal(vwr_receive_submit(&q, COUNT), VWR_EINVAL);
    assert_int_equal(vwr_receive_submit(&q, 0xffff), VWR_EINVAL);
    assert_int_equal(vwr_receive_reap(&q, slices, 1), 1);
    assert_int_equal(vwr_receive_submit(&q, (uint16_t)(slices[0].buffer ^ 1)), VWR_EINVAL);
    assert_int_equal(vwr_receive_submit(&q, slices[0].buffer), VWR_OK);
    assert_int_equal(vwr_receive_submit(&q, slices[0].buffer), VWR_EINVAL);
    (void)vwr_receive_kick(&q);
    assert_int_equal(available(w), COUNT < f->size ? COUNT : f->size);
}

/* D02, D18: a buffer that is not in flight. Earlier completions are valid; then the queue is stopped with
 * a fault of its own, while the device's status, state and fault stay unchanged. */
static void D02_not_in_flight(struct world *w, const struct format *f, const void *param)
{
    struct vwr_dev before;

    (void)param;
    begin(w, f, COUNT);
    fill(w, 1, STRIDE, STRIDE);
    fake_ring_put(&w->f, 0, (uint32_t)f->size + 7u, 1);
    memcpy(&before, &w->mmio.dev, sizeof(before));
    assert_int_equal(vwr_receive_reap(&q, slices, 8), 1);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(vwr_receive_reap(&q, slices, 8), VWR_EBADRING);
    assert_int_equal(q.fault.kind, VWR_FAULT_RING);
    assert_int_equal(q.fault.where, 0);
    assert_memory_equal(&before, &w->mmio.dev, sizeof(before));
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
}

/* After a reset all buffers are posted except those that the caller holds; these follow when they are
 * returned. None is lost. */
static void reset_with_some_held(struct world *w, const struct format *f, const void *param)
{
    const unsigned count = COUNT < f->size ? COUNT : f->size;

    (void)param;
    begin(w, f, COUNT);
    for (uint8_t i = 0; i < 3; i++)
        fill(w, i, STRIDE, STRIDE);
    assert_int_equal(vwr_receive_reap(&q, slices, 2), 2);
    assert_int_equal(vwr_receive_reclaim(&q), VWR_EBUSY);
    vwr_queue_stop(&q.queue, VWR_ERESET);
    assert_int_equal(vwr_receive_reap(&q, slices + 2, 1), VWR_ERESET);
    assert_int_equal(q.fault.kind, VWR_FAULT_NONE);
    assert_int_equal(vwr_receive_submit(&q, slices[1].buffer), VWR_OK); /* the queue is stopped */
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    assert_int_equal(vwr_receive_reclaim(&q), VWR_OK);
    add_queue(w, f);
    assert_int_equal(vwr_receive_repost(&q), VWR_OK);
    assert_int_equal(vwr_dev_start(&w->mmio.dev), VWR_OK);
    expect(&slices[0], 0, STRIDE);
    (void)vwr_receive_kick(&q);
    assert_int_equal(vwr_receive_submit(&q, slices[0].buffer), VWR_OK);
    (void)vwr_receive_kick(&q);
    for (unsigned lap = 0; lap < 3; lap++) {
        for (uint8_t i = 0; i < count; i++)
            fill(w, i, STRIDE, STRIDE);
        assert_int_equal(vwr_receive_reap(&q, slices, COUNT_MAX), (int)count);
        for (unsigned i = 0; i < count; i++)
            assert_int_equal(vwr_receive_submit(&q, slices[i].buffer), VWR_OK);
        (void)vwr_receive_kick(&q);
    }
}

/* A queue that is shorter after the reset gets as many buffers as it has descriptors; returned buffers
 * stay out. */
static void reset_to_a_shorter_queue(struct world *w, const struct format *f, const void *param)
{
    struct format shorter = {f->flags, (uint16_t)(f->size / 2)};
    unsigned held[2];

    (void)param;
    begin(w, f, f->size);
    for (unsigned i = 0; i < f->size; i++)
        fill(w, 0, STRIDE, STRIDE);
    assert_int_equal(vwr_receive_reap(&q, slices, COUNT_MAX), f->size);
    held[0] = slices[0].buffer;
    held[1] = slices[f->size - 1].buffer;
    for (unsigned i = 1; i + 1u < f->size; i++)
        assert_int_equal(vwr_receive_submit(&q, slices[i].buffer), VWR_OK);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    vwr_queue_stop(&q.queue, VWR_ERESET);
    assert_int_equal(vwr_receive_reclaim(&q), VWR_OK);
    add_queue(w, &shorter);
    assert_int_equal(vwr_receive_repost(&q), VWR_OK);
    assert_int_equal(vwr_dev_start(&w->mmio.dev), VWR_OK);
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(vwr_receive_submit(&q, (uint16_t)held[i]), VWR_OK);
        assert_int_equal(vwr_receive_submit(&q, (uint16_t)held[i]), VWR_EINVAL);
    }
    (void)vwr_receive_kick(&q);
    assert_int_equal(vwr_receive_reap(&q, slices, 1), 0);
    assert_int_equal(available(w), shorter.size);
}

static uint64_t nowhere(const void *p, size_t n, size_t *run)
{
    (void)p;
    (void)n;
    *run = STRIDE - 1;
    return 0;
}

/* The port has temporarily no address for a buffer: a later poll posts it. */
static void posted_later(struct world *w, const struct format *f, const void *param)
{
    const unsigned count = COUNT < f->size ? COUNT : f->size;

    (void)param;
    begin(w, f, COUNT);
    fill(w, 1, STRIDE, STRIDE);
    fill(w, 2, 0, 0);
    fake_ram_translate(nowhere);
    assert_int_equal(vwr_receive_reap(&q, slices, 2), 1);
    assert_int_equal(q.stats.unposted, 1);
    assert_int_equal(vwr_receive_reap(&q, slices + 1, 2), 0);
    assert_int_equal(q.stats.unposted, 2);
    fake_ram_translate(NULL);
    assert_int_equal(vwr_receive_submit(&q, slices[0].buffer), VWR_OK);
    assert_int_equal(vwr_receive_submit(&q, slices[0].buffer), VWR_EINVAL);
    assert_int_equal(vwr_receive_reap(&q, slices, 2), 0);
    assert_int_equal(available(w), count);
}

/* Invalid arguments of vwr_receive_start. */
static void wrong_starts(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        uint32_t stride, least;
        uint16_t count;
    } wrong[] = {{STRIDE, 1, 0}, {0, 0, COUNT}, {STRIDE, STRIDE + 1, COUNT}};

    (void)param;
    format_plug(w, f);
    add_queue(w, f);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        memory = (struct vwr_receive_memory){w->buffer, (size_t)wrong[i].count * wrong[i].stride, buffers,
                                             wrong[i].count};
        assert_int_equal(vwr_receive_start(&q, &memory, wrong[i].least), VWR_ENOMEM);
    }
    assert_int_equal(vwr_queue_state(&q.queue), VWR_OK);
    memory = (struct vwr_receive_memory){w->buffer, (size_t)COUNT * STRIDE, buffers, COUNT};
    fake_ram_translate(nowhere);
    assert_int_equal(vwr_receive_start(&q, &memory, LEAST), VWR_EINVAL);
    fake_ram_translate(NULL);
    assert_int_equal(vwr_receive_reap(&q, slices, 1), VWR_EFAILED);
    assert_int_equal(vwr_receive_start(&q, &memory, LEAST), VWR_EFAILED); /* the queue has to be recreated */
    assert_int_equal(vwr_queue_in_flight(&q.queue), 0);
}

/* For a device of a class, the explanation says what is wrong with its buffers. */
static void wrong_buffers_are_explained(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        uint32_t stride, least;
        uint16_t count;
        const char *words;
    } wrong[] = {{STRIDE, LEAST, 0, "buffer_count is 0; it must be at least 1"},
                 {0, 0, COUNT, "data_bytes is 0"},
                 {STRIDE, STRIDE + 1, COUNT, "data_bytes is 384; it must be at least"}};
    struct vwr_bringup v = {.dev = &w->mmio.dev};

    (void)param;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        memory = (struct vwr_receive_memory){w->buffer, (size_t)wrong[i].count * wrong[i].stride, buffers,
                                             wrong[i].count};
        memset(&q, 0, sizeof(q));
        format_plug(w, f);
        assert_int_equal(world_probe(w), VWR_OK);
        assert_int_equal(world_negotiate(w, NULL), VWR_OK);
        assert_int_equal(vwr_receive_setup(&q, &v, 0, &w->memory, &memory, wrong[i].least), VWR_ENOMEM);
        world_dev_explains(w, "queue 0: ");
        world_dev_explains(w, wrong[i].words);
        assert_int_not_equal(w->f.status_written & VWR_STATUS_FAILED, 0);
        assert_null(v.receives);
    }
}

/* The same for buffers that are sent. */
static void wrong_buffers_to_send(struct world *w, const struct format *f, const void *param)
{
    struct vwr_bringup v = {.dev = &w->mmio.dev};
    static struct vwr_transmitq t;
    static struct vwr_req requests[COUNT];

    (void)param;
    for (unsigned i = 0; i < 2; i++) {
        const struct vwr_transmit_memory none = {.data = w->buffer,
                                                 .data_bytes = i == 0 ? 0 : STRIDE,
                                                 .request = requests,
                                                 .request_count = i == 0 ? COUNT : 0};

        memset(&t, 0, sizeof(t));
        format_plug(w, f);
        assert_int_equal(world_negotiate(w, NULL), VWR_OK);
        assert_int_equal(vwr_transmit_setup(&t, &v, 0, &w->memory, &none), VWR_ENOMEM);
        world_dev_explains(w, i == 0 ? "queue 0: data_bytes is 0" : "queue 0: request_count is 0");
        assert_null(v.requests);
        assert_int_equal(vwr_transmit_send(&t, "x", 1), VWR_EFAILED);
    }
}

/* An interrupt is sent for a filled buffer, and not before. */
static void interrupts(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f, COUNT);
    fill(w, 1, STRIDE, STRIDE);
    assert_int_equal(w->f.interrupt, 0);
    assert_false(vwr_receive_arm(&q, 1));
    assert_int_equal(vwr_receive_reap(&q, slices, 4), 1);
    w->f.interrupt = 0;
    assert_true(vwr_receive_arm(&q, 1));
    fill(w, 2, STRIDE, STRIDE);
    assert_int_not_equal(w->f.interrupt, 0);
    vwr_queue_disarm(&q.queue);
    assert_int_equal(vwr_receive_reap(&q, slices, 4), 1);
}

int main(void)
{
    static const uint16_t sizes[] = {4, 8, 0};
    static const uint16_t eight[] = {8, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_OPTIONS, 0, sizes};
    static const struct format_range few = {KIND_ALL, FORMAT_EVENT_IDX | FORMAT_IN_ORDER, 0, eight};
    static struct format_tests tests;

#define ADD(test, range) format_add(&tests, #test, test, NULL, &(range))
    ADD(each_buffer_again_and_again, all);
    ADD(budget_ends_a_poll, few);
    ADD(D48_too_short, all);
    ADD(D48_nothing_but_short, few);
    ADD(D04_too_long, all);
    ADD(wrong_returns, all);
    ADD(D02_not_in_flight, all);
    ADD(reset_with_some_held, all);
    ADD(reset_to_a_shorter_queue, few);
    ADD(posted_later, all);
    ADD(wrong_starts, few);
    ADD(wrong_buffers_are_explained, few);
    ADD(wrong_buffers_to_send, few);
    ADD(interrupts, few);
    return format_run("receive", &tests);
}
