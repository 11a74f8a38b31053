/* SPDX-License-Identifier: MIT */
#include "hostile.h"

#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct one {
    const struct hostile_device *device;
    const struct hostile_case *c;
    unsigned format;
    long long at;
    bool passed;
    char name[96];
};

static uint64_t most_steps;

static void run_first(const struct one *t, unsigned first)
{
    struct guest *const g = malloc(sizeof(*g));

    log_forget();
    guest_begin(g, t->format == HOSTILE_LEGACY, t->format == HOSTILE_PACKED);
    g->first = first;
    g->row = t->c;
    t->device->plug(g);
    t->c->run(g, t->at);
    log_flip(false);
    t->device->works(g);
    if (log_wrong() != NULL)
        fail_msg("%s", log_wrong());
    if (g->budget == 0 && g->steps > most_steps)
        most_steps = g->steps;
    t->device->unplug(g);
    guest_end(g);
    free(g);
}

/*
 * Runs each case in three new guests: a queue finds its first segment by a search, and later ones in the
 * cached region.
 */
static void run_one(void **state)
{
    struct one *const t = *state;

    for (unsigned first = 0; first <= GUEST_FIRST_HUGE; first++)
        run_first(t, first);
    t->passed = true;
}

static int say_clause(void **state)
{
    const struct one *const t = *state;

    if (!t->passed)
        print_error("%s rests on: %s\n", t->name, t->c->clause);
    return 0;
}

static const char *format_name(unsigned format)
{
    return format == HOSTILE_LEGACY ? "split legacy" : format == HOSTILE_MODERN ? "split modern" : "packed";
}

static void name_one(struct one *t)
{
    if (t->c->values == 0)
        snprintf(t->name, sizeof(t->name), "%s %s", t->c->name, format_name(t->format));
    else
        snprintf(t->name, sizeof(t->name), "%s %s %s%lld", t->c->name, format_name(t->format),
                 t->at > 0 ? "+" : "", t->at);
}

/* Lists the tests of one case, at most 3 formats by HOSTILE_VALUES. Returns their number. */
static unsigned expand(const struct hostile_device *device, const struct hostile_case *c, struct one *one)
{
    unsigned n = 0;

    for (unsigned format = HOSTILE_LEGACY; format <= HOSTILE_PACKED; format <<= 1) {
        if ((c->formats & format) == 0 ||
            ((c->formats & HOSTILE_HUGE) != 0 && GUEST_HUGE_BYTES < UINT64_C(0x80000000)))
            continue;
        for (unsigned i = 0; i < (c->values != 0 ? c->values : 1); i++) {
            one[n].device = device;
            one[n].c = c;
            one[n].format = format;
            one[n].at = c->values != 0 ? c->at[i] : 0;
            name_one(&one[n++]);
        }
    }
    return n;
}

int hostile_run(const char *name, const struct hostile_device *device, const struct hostile_case *cases,
                unsigned count)
{
    struct one *const one = calloc((size_t)count * 3 * HOSTILE_VALUES, sizeof(*one));
    struct CMUnitTest *const tests = calloc((size_t)count * 3 * HOSTILE_VALUES, sizeof(*tests));
    unsigned n = 0;
    int failed;

    for (unsigned i = 0; i < count; i++)
        n += expand(device, &cases[i], one + n);
    for (unsigned i = 0; i < n; i++) {
        tests[i].name = one[i].name;
        tests[i].test_func = run_one;
        tests[i].teardown_func = say_clause;
        tests[i].initial_state = &one[i];
    }
    failed = _cmocka_run_group_tests(name, tests, n, NULL, NULL);
    if (log_is_on())
        printf("%u cases; most accesses to rings within one access to a register: %llu, queues of %u\n", n,
               (unsigned long long)most_steps, GUEST_QUEUE_MAX);
    free(tests);
    free(one);
    return failed;
}

void hostile_start_one(struct guest *g)
{
    guest_clear_rings(g);
    guest_lay_out(g, 0, GUEST_QUEUE_MAX);
    assert_true(guest_negotiate(g));
    assert_true(guest_set_queue(g, 0));
    guest_driver_ok(g);
}

static void take_features(struct guest *g, uint32_t from, uint32_t to, uint32_t word)
{
    for (uint32_t i = from; i <= to; i++) {
        guest_write(g, VWR_MMIO_DRIVER_FEATURES_SEL, sizeof(uint32_t), i);
        guest_write(g, VWR_MMIO_DRIVER_FEATURES, sizeof(uint32_t), word);
    }
}

void hostile_takes_too_much(struct guest *g)
{
    struct vwr_features agreed;

    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    take_features(g, 0, g->legacy ? 0 : 3, UINT32_MAX);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t),
                VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK);
    if (!g->legacy)
        assert_int_equal(guest_status(g) & VWR_STATUS_FEATURES_OK, 0);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        assert_int_equal(g->dev->accepted.w[i] & ~g->dev->offered.w[i], 0);
    assert_true(guest_start(g));
    agreed = g->dev->accepted;
    for (uint32_t word = UINT32_MAX; word != 0; word <<= 16) {
        take_features(g, 0, 3, ~word);
        take_features(g, 0, 3, word);
        take_features(g, UINT32_MAX - 1, UINT32_MAX - 1, word);
    }
    assert_memory_equal(&g->dev->accepted, &agreed, sizeof(agreed));
    hostile_is_whole(g);
}

/* Goes region by region: a segment may straddle regions, and end where no memory exists. */
static void make_available(struct guest *g, const struct guest_desc *d)
{
    for (uint64_t done = 0, n; done < d->len; done += n) {
        void *host = NULL;

        n = vwr_memory_run(&g->vm.memory, d->addr + done, &host);
        if (n == 0)
            return;
        n = n < d->len - done ? n : d->len - done;
        log_available(host, (size_t)n, (d->flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
    }
}

void hostile_lend(struct guest *g, unsigned queue, const struct guest_desc *segment, unsigned segments)
{
    for (unsigned i = 0; i < segments; i++)
        make_available(g, &segment[i]);
    (void)guest_chain(g, queue, segment, segments);
}

void hostile_lend_one(struct guest *g, unsigned queue, uint64_t addr, uint32_t len, unsigned flags)
{
    const struct guest_desc segment = {addr, len, (uint16_t)flags, 0};

    hostile_lend(g, queue, &segment, 1);
}

void hostile_send(struct guest *g, unsigned queue, const struct guest_desc *segment, unsigned segments)
{
    hostile_lend(g, queue, segment, segments);
    guest_kick(g, queue);
}

void hostile_send_one(struct guest *g, unsigned queue, uint64_t addr, uint32_t len, unsigned flags)
{
    hostile_lend_one(g, queue, addr, len, flags);
    guest_kick(g, queue);
}

int64_t hostile_take(struct guest *g, unsigned queue)
{
    uint32_t id, len;

    return guest_used(g, queue, &id, &len) ? (int64_t)len : -1;
}

void hostile_used(struct guest *g, unsigned queue, uint32_t len)
{
    assert_int_equal(hostile_take(g, queue), len);
}

void hostile_unused(struct guest *g, unsigned queue)
{
    assert_int_equal(hostile_take(g, queue), -1);
}

void hostile_is_broken(struct guest *g, enum vwr_vfault fault)
{
    struct vwr_vdev *const v = g->dev;

    assert_int_equal(v->fault.kind, fault);
    assert_true(v->broken);
    assert_int_equal(g->broke, 1);
    assert_true(guest_status(g) & VWR_STATUS_DEVICE_NEEDS_RESET); /* for both interfaces */
    if ((guest_status(g) & VWR_STATUS_DRIVER_OK) != 0)
        assert_int_not_equal(guest_read(g, VWR_MMIO_INTERRUPT_STATUS, sizeof(uint32_t)) &
                                 VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK,
                             0);
    for (unsigned i = 0; i < g->queues; i++) {
        struct vwr_vchain c = {.seg = NULL};

        guest_kick(g, i);
        assert_int_equal(vwr_vqueue_pop_avail(&v->queue[i], &c), VWR_EFAILED);
        assert_false(vwr_vqueue_signal(&v->queue[i]));
    }
    assert_int_equal(g->broke, 1);
}

void hostile_is_whole(struct guest *g)
{
    assert_int_equal(g->dev->fault.kind, VWR_VFAULT_NONE);
    assert_false(g->dev->broken);
    assert_int_equal(g->broke, 0);
}
