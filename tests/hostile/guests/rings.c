/* SPDX-License-Identifier: MIT */
#include "rings.h"

#include <stdlib.h>
#include <string.h>
#include "vwr/vm.h"

static void plug(struct guest *g)
{
    g->device = malloc(sizeof(struct sink));
    sink_plug(g, g->device);
    assert_true(guest_start(g));
}

static void set(struct vwr_features *f, unsigned bit, bool on)
{
    if (on)
        vwr_features_add(f, bit);
    else
        vwr_features_remove(f, bit);
}

/* Checks the queue over more than one wrap, with any combination of event indices and order. */
static void works(struct guest *g)
{
    struct sink *const s = sink_in(g);

    s->hold = false;
    s->on_take = NULL;
    s->room = SINK_SEGMENTS;
    g->queues = 1;
    g->broke = 0;
    g->raised = 0;
    g->page_size = VWR_SPLIT_RING_LEGACY_ALIGN;
    g->align = VWR_SPLIT_RING_LEGACY_ALIGN;
    for (unsigned i = 0; i < 4; i++) {
        set(&g->features, VWR_F_EVENT_IDX, (i & 1) != 0);
        set(&g->features, VWR_F_IN_ORDER, (i & 2) != 0);
        assert_true(guest_start(g));
        assert_int_equal(vwr_vqueue_in_flight(&g->dev->queue[0]), 0);
        for (unsigned n = 0; n < SIZE; n++)
            rings_good(g, 0);
        hostile_is_whole(g);
    }
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

const struct hostile_device rings_device = {plug, works, unplug};

void rings_good(struct guest *g, unsigned queue)
{
    const struct guest_desc segment[3] = {{AT(0), 24, 0, 0}, {AT(1), 16, WRITE, 0}, {AT(2), 32, WRITE, 0}};
    const unsigned served = sink_in(g)->served;
    const unsigned raised = g->raised;
    uint32_t used_id = 0;
    uint32_t len = 0;
    unsigned id;

    guest_fill(g, AT(0), 24, 1);
    guest_fill(g, AT(1), 0x200, 2);
    id = guest_chain(g, queue, segment, 3);
    guest_kick(g, queue);
    assert_int_equal(sink_in(g)->served, served + 1);
    rings_saw(g, 1, 24, 2, 48);
    assert_memory_equal(sink_in(g)->read, guest_at(g, AT(0), 24), 24);
    assert_true(guest_used(g, queue, &used_id, &len));
    assert_int_equal(used_id, id);
    assert_int_equal(len, 48);
    assert_true(guest_is_filled(g, AT(1), 16, SINK_SEED));
    assert_false(guest_used(g, queue, &used_id, &len));
    assert_true(g->raised > raised);
    guest_ack(g);
}

void rings_saw(struct guest *g, unsigned out, uint32_t out_bytes, unsigned in, uint32_t in_bytes)
{
    const struct sink *const s = sink_in(g);

    assert_int_equal(s->out, out);
    assert_int_equal(s->out_bytes, out_bytes);
    assert_int_equal(s->in, in);
    assert_int_equal(s->in_bytes, in_bytes);
}

void rings_one(struct guest *g, uint64_t addr, uint32_t len, unsigned flags)
{
    const struct guest_desc segment = {addr, len, (uint16_t)flags, 0};

    (void)guest_chain(g, 0, &segment, 1);
    guest_kick(g, 0);
}

void rings_table(struct guest *g, uint64_t table, unsigned count)
{
    struct guest_desc d = {AT(0), 8, 0, 0};

    for (unsigned i = 0; i < count; i++) {
        d.next = (uint16_t)(i + 1u);
        d.flags = !g->packed && i + 1 < count ? NEXT : 0;
        guest_put_desc(g, table, i, &d);
    }
}

int main(void)
{
    int failed = 0;

    failed += hostile_run("split", &rings_device, cases_split, cases_split_count);
    failed += hostile_run("segments", &rings_device, cases_segments, cases_segments_count);
    failed += hostile_run("tables", &rings_device, cases_tables, cases_tables_count);
    failed += hostile_run("packed", &rings_device, cases_packed, cases_packed_count);
    failed += hostile_run("calls", &rings_device, cases_calls, cases_calls_count);
    failed += hostile_run("times", &rings_device, cases_times, cases_times_count);
    return failed;
}
