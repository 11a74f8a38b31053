/* SPDX-License-Identifier: MIT */
#include "bench.h"

#include <string.h>

/*
 * The driver of a bench: its requests are the bytes of the shapes, and it reports answers that a device must
 * not give. CMake defines BENCH, the name of the class.
 */

#define JOIN(a, b, c) a##b##c
#define DRIVER(name) JOIN(bench_, name, _driver)
#define SHAPES(name) JOIN(bench_, name, _shapes)
#define TEXT(name) #name
#define NAME(name) TEXT(name)

static void open_it(struct world *w, const struct format *f)
{
    bench_plug(w, f, &DRIVER(BENCH));
    assert_int_equal(bench_open(w, 0), VWR_OK);
}

static void sends(struct world *w, const struct format *f, const void *param)
{
    const struct bench_shapes *const s = &SHAPES(BENCH);

    (void)param;
    open_it(w, f);
    for (unsigned i = 0; i < s->acts; i++)
        bench_act(&s->act[i]);
    assert_int_equal(bench_close(), VWR_OK);
}

/* Rows of one name, from this one on. After each, the driver works; after silence, the device has failed. */
static void answers(struct world *w, const struct format *f, const void *param)
{
    const struct bench_shapes *const s = &SHAPES(BENCH);
    const struct bench_wrong *row = param;

    open_it(w, f);
    for (; row < s->wrong + s->wrongs && strcmp(row->name, ((const struct bench_wrong *)param)->name) == 0;
         row++) {
        unsigned done = 77;

        bench.wrong = row;
        bench.requests = 0;
        class_silent = row->silent;
        bench_happens(row->act);
        assert_int_equal(bench.driver->act(row->act->first, row->act->count, &done), row->result);
        assert_int_equal(done, row->done);
        if (row->silent) {
            assert_true((w->f.status_written & VWR_STATUS_FAILED) != 0);
            assert_int_equal(bench.requests, 0);
            break;
        }
        bench.wrong = NULL;
        bench_act(&s->act[s->usual]);
    }
    assert_int_equal(bench_close(), VWR_OK);
    assert_true(bench.driver->is_idle());
}

/* What a call refuses is not sent, not even a part of it. */
static void refuses(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    open_it(w, f);
    for (unsigned i = 0; i < bench.driver->refusals; i++)
        assert_true(bench.driver->refuses(i));
    assert_int_equal(bench.requests, 0);
    bench_act(&SHAPES(BENCH).act[0]);
    assert_int_equal(bench_close(), VWR_OK);
}

/* Without a queue there is no device, unless it is for events of a feature that the device lacks. */
static void D33_lacks_a_queue(struct world *w, const struct format *f, const void *param)
{
    const struct bench_shapes *const s = &SHAPES(BENCH);

    (void)param;
    for (unsigned queue = 0; queue < s->queues; queue++) {
        bench_plug(w, f, &DRIVER(BENCH));
        w->f.queue[queue].size_max = 0;
        assert_int_equal(bench_open(w, 0), VWR_ENOQUEUE);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
        if (s->optional.w[0] == 0 || s->all_queues || !bench_waits(s, queue))
            continue;
        bench_plug(w, f, &DRIVER(BENCH));
        w->f.queue[queue].size_max = 0;
        for (unsigned bit = 0; bit < 32; bit++)
            if ((s->optional.w[0] >> bit & 1) != 0)
                fake_withhold(&w->f, bit);
        assert_int_equal(bench_open(w, 0), VWR_OK);
        assert_int_equal(bench_close(), VWR_OK);
    }
}

/* A driver that is open already, a device of another class. */
static void wrong_use(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    open_it(w, f);
    assert_int_equal(bench_open(w, 0), VWR_EBUSY);
    bench_plug(w, f, &DRIVER(BENCH));
    w->f.device_id = 2; /* a disk */
    assert_int_equal(world_probe(w), VWR_OK);
    assert_int_equal(bench_open(w, 0), VWR_ETYPE);
}

static void mandatory_feature(struct world *w, const struct format *f, const void *param)
{
    char text[200];

    (void)param;
    bench_plug(w, f, &DRIVER(BENCH));
    for (unsigned bit = 0; bit < 32; bit++)
        if ((SHAPES(BENCH).mandatory.w[0] >> bit & 1) != 0)
            fake_withhold(&w->f, bit);
    assert_int_equal(bench_open(w, 0), VWR_EFEATURE);
    assert_true(bench.driver->explain(text, sizeof(text)) < sizeof(text));
    assert_non_null(strstr(text, SHAPES(BENCH).mandatory_name));
}

int main(void)
{
    static const uint16_t sizes[] = {16, 0};
    static const uint16_t shorter[] = {4, 8, 0}; /* than all buffers of a stream, or as long */
    static const struct format_range one = {KIND_SPLIT, 0, 0, sizes};
    static struct format_tests tests;
    const struct bench_shapes *const s = &SHAPES(BENCH);
    const struct format_range all = {KIND_ALL, s->stream ? FORMAT_OPTIONS : FORMAT_INDIRECT, 0,
                                     s->stream ? shorter : sizes};

    format_add(&tests, "sends", sends, NULL, &all);
    for (unsigned i = 0; i < s->wrongs; i++)
        if (i == 0 || strcmp(s->wrong[i].name, s->wrong[i - 1].name) != 0)
            format_add(&tests, s->wrong[i].name, answers, &s->wrong[i], &all);
    format_add(&tests, "refuses", refuses, NULL, &one);
    format_add(&tests, "wrong_use", wrong_use, NULL, &one);
    format_add(&tests, "D33_lacks_a_queue", D33_lacks_a_queue, NULL, &all);
    if (s->mandatory_name != NULL)
        format_add(&tests, "mandatory_feature", mandatory_feature, NULL, &one);
#ifdef BENCH_STORIES
    bench_stories(&tests);
#endif
    return format_run(NAME(BENCH), &tests);
}
