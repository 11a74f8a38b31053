/* SPDX-License-Identifier: MIT */
#include "refusal.h"

#include <stdio.h>

struct refusal_case {
    const struct refusal *row;
    uint32_t version;
    char name[80];
};

static void expect_trace(const struct world *w, enum refusal_trace trace)
{
    const struct fake *f = &w->f;

    assert_int_equal(f->notified, 0);
    if (trace == REFUSAL_UNTOUCHED)
        assert_int_equal(f->writes, 0);
    if (trace == REFUSAL_FAILED)
        assert_int_not_equal(f->status_written & VWR_STATUS_FAILED, 0);
}

void refusal_check(struct world *w, const struct refusal *r)
{
    assert_int_equal(world_probe(w), VWR_OK);
    fake_forget(&w->f);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options), r->result);
    expect_trace(w, r->trace);
    if (r->trace == REFUSAL_UNTOUCHED) {
        world_dev_explains(w, r->words);
        return;
    }
    world_explains(w, r->words);
    /* a call after the failure returns immediately and does not access the device */
    fake_forget(&w->f);
    assert_true(vwr_blk_read(&w->blk, 0, w->buffer, 1) < 0); /* VWR_ERANGE for a disk without sectors */
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_EFAILED);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL), VWR_EFAILED);
    assert_int_equal(w->f.accesses, 0);
}

static void refusal_test(void **state)
{
    struct world *w = *state;
    const struct refusal_case *c = w->param;
    struct vwr_queue_memory memory = w->memory;

    world_plug(w, c->version);
    c->row->quirk(w);
    refusal_check(w, c->row);
    world_honest(w);
    w->memory = memory;
    if (c->row->trace == REFUSAL_UNTOUCHED)
        assert_int_equal(world_probe(w), VWR_OK);
    world_works_again(w);
}

void refusal_tests(const struct refusal *rows, size_t row_count, struct CMUnitTest *tests, size_t *count)
{
    static struct refusal_case cases[REFUSAL_TESTS_MAX];
    static size_t used;

    for (size_t i = 0; i < row_count; i++) {
        for (uint32_t version = VWR_LEGACY; version <= VWR_MODERN; version++) {
            struct refusal_case *c = &cases[used];

            if (!(rows[i].versions & version))
                continue;
            assert_true(used < REFUSAL_TESTS_MAX && *count < REFUSAL_TESTS_MAX);
            used++;
            c->row = &rows[i];
            c->version = version == VWR_LEGACY ? VWR_MMIO_VERSION_LEGACY : VWR_MMIO_VERSION_MODERN;
            snprintf(c->name, sizeof(c->name), "%s_%s", rows[i].name,
                     version == VWR_LEGACY ? "legacy" : "modern");
            tests[(*count)++] = world_test(c->name, refusal_test, c);
        }
    }
}

int refusal_run(const char *name, const struct CMUnitTest *tests, size_t count)
{
    return _cmocka_run_group_tests(name, tests, count, NULL, NULL);
}
