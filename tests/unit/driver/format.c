/* SPDX-License-Identifier: MIT */
#include "format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct format_case {
    struct format format;
    format_test *test;
    const void *param;
    char name[160];
};

/* ---- names and cases ---- */

static const struct {
    unsigned flag;
    unsigned feature;
    const char *name;
} options[] = {
    {FORMAT_PACKED, VWR_F_RING_PACKED, ""},
    {FORMAT_INDIRECT, VWR_F_INDIRECT_DESC, "_indirect"},
    {FORMAT_EVENT_IDX, VWR_F_EVENT_IDX, "_event_idx"},
    {FORMAT_IN_ORDER, VWR_F_IN_ORDER, "_in_order"},
    {FORMAT_NOTIFICATION_DATA, VWR_F_NOTIFICATION_DATA, "_notification_data"},
    {FORMAT_RING_RESET, VWR_F_RING_RESET, "_ring_reset"},
};
#define OPTIONS (sizeof(options) / sizeof(options[0]))

static void name_case(struct format_case *c, const char *name)
{
    const unsigned flags = c->format.flags;
    const char *kind = flags & FORMAT_PACKED ? "packed" : flags & FORMAT_LEGACY ? "split_legacy" : "split";
    int at = snprintf(c->name, sizeof(c->name), "%s_%s", name, kind);

    for (size_t i = 0; i < OPTIONS; i++)
        if (flags & options[i].flag)
            at += snprintf(c->name + at, sizeof(c->name) - (size_t)at, "%s", options[i].name);
    at += snprintf(c->name + at, sizeof(c->name) - (size_t)at, "_size_%u%s", c->format.size,
                   flags & FORMAT_SCRIPTED ? "_scripted" : "");
    assert_true((size_t)at < sizeof(c->name));
}

static void run_case(void **state)
{
    struct world *w = *state;
    const struct format_case *c = w->param;

    c->test(w, &c->format, c->param);
}

static void add_case(struct format_tests *tests, const char *name, format_test *test, const void *param,
                     struct format format)
{
    static struct format_case cases[FORMAT_TESTS_MAX];
    static size_t used;
    struct format_case *c = &cases[used++];

    assert_true(used <= FORMAT_TESTS_MAX);
    *c = (struct format_case){.format = format, .test = test, .param = param};
    name_case(c, name);
    tests->test[tests->count++] = world_test(c->name, run_case, c);
}

static void add_subsets(struct format_tests *tests, const char *name, format_test *test, const void *param,
                        const struct format_range *range, unsigned kind)
{
    unsigned subset = 0;

    do {
        for (const uint16_t *size = range->sizes; *size != 0; size++)
            add_case(tests, name, test, param, (struct format){kind | range->always | subset, *size});
        subset = (subset - range->options) & range->options; /* the next subset, in counting order */
    } while (subset != 0);
}

void format_add(struct format_tests *tests, const char *name, format_test *test, const void *param,
                const struct format_range *range)
{
    struct format_range legacy = *range;

    legacy.options &= ~(unsigned)FORMAT_SCRIPTED;
    if ((range->kinds & KIND_SPLIT_LEGACY) && !(range->always & FORMAT_SCRIPTED))
        add_subsets(tests, name, test, param, &legacy, FORMAT_LEGACY);
    if (range->kinds & KIND_SPLIT)
        add_subsets(tests, name, test, param, range, 0);
    if (range->kinds & KIND_PACKED)
        add_subsets(tests, name, test, param, range, FORMAT_PACKED);
}

int format_run(const char *group, const struct format_tests *tests)
{
    return _cmocka_run_group_tests(group, tests->test, tests->count, NULL, NULL);
}

/* ---- device and driver ---- */

void format_plug(struct world *w, const struct format *f)
{
    fake_plug(&w->f, FAKE_BASE, f->flags & FORMAT_LEGACY ? VWR_MMIO_VERSION_LEGACY : VWR_MMIO_VERSION_MODERN);
    w->f.queue[0].size_max = f->size;
    for (size_t i = 0; i < OPTIONS; i++)
        if (f->flags & options[i].flag)
            fake_offer(&w->f, options[i].feature);
    assert_int_equal(world_probe(w), VWR_OK);
}

/* Allocates exactly the memory that the ring needs, so that an overrun hits poison. */
static void give_memory(struct world *w, uint16_t size)
{
    struct vwr_queue_memory *m = &w->memory;

    free(m->own);
    m->size = size;
    m->shared_bytes = VWR_QUEUE_EXTRA_OFFSET(vwr_dev_queue_bytes(&w->mmio.dev, size));
    m->own_bytes = VWR_QUEUE_OWN_BYTES(size);
    m->shared = fake_ram_alloc(m->shared_bytes, VWR_QUEUE_SHARED_ALIGN);
    m->own = malloc(m->own_bytes);
    assert_non_null(m->own);
    memset(m->own, 0xa5, m->own_bytes);
}

void format_start(struct world *w, const struct format *f)
{
    assert_int_equal(world_negotiate(w, NULL), VWR_OK);
    for (size_t i = 0; i < OPTIONS; i++)
        assert_int_equal(fake_took(&w->f, options[i].feature), (f->flags & options[i].flag) != 0);
    give_memory(w, f->size);
    assert_int_equal(world_add_queue(w), VWR_OK);
    assert_int_equal(vwr_dev_start(&w->mmio.dev), VWR_OK);
    assert_int_equal(w->f.queue[0].size, f->size);
    assert_int_equal(vwr_queue_size(&w->queue), f->size);
    fake_ring_suppress(&w->f, 0, FAKE_WHEN_IDLE, 1);
    fake_forget(&w->f);
}

void format_ring(struct world *w, const struct format *f)
{
    format_plug(w, f);
    format_start(w, f);
}

/* ---- loads ---- */

int load_bind(struct vwr_queue *q, const struct vwr_seg *seg, unsigned segments, unsigned changing,
              struct vwr_chain *chain)
{
    const struct vwr_seg *const in = segments > changing + 1 ? &seg[changing + 1] : NULL;
    const uint64_t addr = changing != 0 || in == NULL ? seg[0].addr : in->addr;

    assert_true(changing <= 1 && segments - changing - 1 <= 1);
    assert_true(in == NULL || in->addr - addr <= UINT16_MAX);
    return vwr_queue_bind(q, chain, addr, changing != 0 ? (uint16_t)seg[0].len : 0,
                          in != NULL ? (uint16_t)(in->addr - addr) : 0, in != NULL ? (uint16_t)in->len : 0);
}

int lend_table(struct vwr_chain *chain, void *table, size_t bytes)
{
    size_t run = 0;
    const uint64_t addr = vwr_port_dma(table, bytes, &run);

    return vwr_chain_lend_table(chain, table, addr, bytes);
}

void load_prepare(const struct world *w, struct load *l, enum load_tables tables)
{
    const size_t bytes = VWR_TABLE_BYTES(LOAD_SEGMENTS);

    memset(l, 0, sizeof(*l));
    for (unsigned i = 0; i < LOAD_CHAINS; i++) {
        size_t run;

        l->seg[i].addr = fake_ram_dma(w->buffer + 16 * i, 16, &run);
        l->seg[i].len = 16;
        l->chain[i].token = &l->seg[i];
        if (tables == LOAD_TABLES)
            assert_int_equal(lend_table(&l->chain[i], fake_ram_alloc(bytes, 16), bytes), VWR_OK);
    }
}

int load_take(struct world *w, struct vwr_chain **chain)
{
    *chain = NULL;
    return vwr_queue_get_used(&w->queue, chain);
}

void load_take_ok(struct world *w, const struct vwr_chain *expected)
{
    struct vwr_chain *done;

    assert_int_equal(load_take(w, &done), 1);
    assert_ptr_equal(done, expected);
}

void load_serve_all(struct world *w)
{
    struct fake_chain c;

    while (fake_ring_next(&w->f, 0, &c))
        fake_ring_push(&w->f, 0, c.head, c.writable);
}

void load_queue_is_whole(struct world *w, unsigned room)
{
    struct vwr_chain *chains = calloc(room + 1, sizeof(*chains));
    const struct vwr_seg seg = {FAKE_RAM_ADDR + 64, 16};
    struct vwr_chain *done;

    assert_non_null(chains);
    assert_int_equal(load_take(w, &done), 0);
    assert_int_equal(vwr_queue_in_flight(&w->queue), 0);
    for (unsigned i = 0; i < room; i++)
        assert_int_equal(vwr_queue_add(&w->queue, &seg, 0, 1, &chains[i]), VWR_OK);
    assert_int_equal(vwr_queue_add(&w->queue, &seg, 0, 1, &chains[room]), VWR_EFULL);
    (void)vwr_queue_kick(&w->queue);
    load_serve_all(w);
    for (unsigned i = 0; i < room; i++) {
        load_take_ok(w, &chains[i]);
        assert_int_equal(chains[i].written, 16);
    }
    assert_int_equal(load_take(w, &done), 0);
    free(chains);
}

void format_works_again(struct world *w, const struct format *f)
{
    memset(&w->f.quirks, 0, sizeof(w->f.quirks));
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    format_start(w, f);
    load_queue_is_whole(w, f->size);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    assert_int_equal(w->f.status, VWR_STATUS_RESET);
}
