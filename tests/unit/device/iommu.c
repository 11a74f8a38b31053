/* SPDX-License-Identifier: MIT */
#include "iommu_world.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

/*
 * A device of each class behind an IOMMU, with the sessions of framing_*.c. Mapped exactly as it needs, it
 * does what it does without an IOMMU. What is not mapped cannot be accessed at all (mprotect): an access ends
 * the test.
 */

/* Sends the rows before `end`. */
static void session(unsigned end)
{
    for (unsigned i = 0; i < end; i++) {
        const struct framing_row *const r = &w.class->rows[i];

        world_send(r);
        world_kick(r);
        world_act(r);
        if (!world_take(r))
            fail_msg("%s, %s: a buffer was not used", w.class->name, r->name);
    }
}

static uint64_t run(const struct framing_class *c, bool packed, bool behind)
{
    w.sum = 0;
    world_make(c, packed, behind);
    if (behind)
        world_map_all();
    assert_true(world_start());
    session(c->count);
    if (c->end != NULL)
        c->end();
    assert_int_equal(w.iommu.stats.faults, 0);
    assert_int_equal(w.endpoint[0].reach.live, 0);
    world_end();
    return w.sum;
}

static void each_class(void (*check)(const struct framing_class *c, bool packed))
{
    for (unsigned i = 0; i < FRAMING_CLASSES; i++)
        for (unsigned how = 0; how < 2; how++) {
            w.table = (how + i) % 2 != 0;
            w.pci = how != 0;
            check(framing_classes[i], how != 0);
        }
}

static void check_same(const struct framing_class *c, bool packed)
{
    if (run(c, packed, false) != run(c, packed, true))
        fail_msg("%s: another result behind an IOMMU", c->name);
}

static void does_the_same(void **state)
{
    (void)state;
    each_class(check_same);
}

/* ---- nothing is mapped ---- */

static void let_it_run(const struct framing_row *r)
{
    w.may_fail = true;
    for (unsigned i = 0; i < w.g.queues; i++)
        guest_kick(&w.g, i);
    world_act(r);
    for (uint16_t i = 0; i < w.g.queues; i++)
        vwr_vdev_serve(w.g.dev, i);
    world_serve();
    assert_true(guest_status(&w.g) & VWR_STATUS_DEVICE_NEEDS_RESET);
}

/* A driver starts in an empty domain, or without one. */
static void check_start(const struct framing_class *c, bool packed)
{
    for (unsigned domain = 0; domain < 2; domain++) {
        world_make(c, packed, true);
        if (domain != 0)
            assert_int_equal(world_attach(DOMAIN, ENDPOINT, 0), VWR_IOMMU_S_OK);
        world_protect(PROT_NONE);
        assert_false(world_start());
        guest_driver_ok(&w.g);
        let_it_run(&c->rows[0]);
        world_end();
        world_protect(PROT_READ | PROT_WRITE);
    }
}

static void starts_with_nothing(void **state)
{
    (void)state;
    each_class(check_start);
}

enum way { UNMAP, DETACH, OTHER_DOMAIN, RESET, WAYS };

/* Takes all mappings away. A device that holds a buffer gets it back to its driver, or is stopped. */
static void take_away(enum way way)
{
    unsigned status = NO_ANSWER;

    if (way == UNMAP)
        status = world_unmap(DOMAIN, 0, ~UINT64_C(0));
    else if (way == DETACH)
        status = world_detach(DOMAIN, ENDPOINT);
    else if (way == OTHER_DOMAIN)
        status = world_attach(DOMAIN + 1, ENDPOINT, 0);
    else
        world_iommu_write(VWR_MMIO_STATUS, sizeof(uint32_t), 0);
    if (way == RESET)
        return;
    for (unsigned i = 0; status == NO_ANSWER && i < 2; i++) {
        vwr_viommu_expire(&w.iommu);
        status = world_answer();
    }
    assert_int_equal(status, VWR_IOMMU_S_OK);
}

/*
 * The device runs with the buffers of a row, which it has seen or not, then the domain is empty. The rows
 * before it have brought the device into a state.
 */
static void check_row(const struct framing_class *c, bool packed, unsigned row, bool seen)
{
    const struct framing_row *const r = &c->rows[row];

    world_make(c, packed, true);
    world_map_all();
    assert_true(world_start());
    session(row);
    world_send(r);
    if (seen)
        world_kick(r);
    take_away((row + seen) % WAYS);
    assert_int_equal(w.endpoint[0].reach.live, 0);
    world_protect(PROT_NONE);
    let_it_run(r);
    vwr_vdev_reset(w.g.dev);
    world_protect(PROT_READ | PROT_WRITE);
    world_end();
}

static void check_empty(const struct framing_class *c, bool packed)
{
    for (unsigned row = 0; row < c->count; row++)
        for (unsigned seen = 0; seen < 2; seen++)
            check_row(c, packed, row, seen != 0);
}

static void runs_in_an_empty_domain(void **state)
{
    (void)state;
    each_class(check_empty);
}

/* ---- a part is not mapped, or not for this access ---- */

static bool has_part(const struct framing_row *r, enum part part)
{
    if (part == TABLE)
        return w.table;
    if (part == PLACED)
        return r->place != 0;
    return part == OUT ? r->out_bytes + r->data != 0 : r->in != 0 && r->place == 0;
}

static void check_fault(uint64_t first, uint32_t bytes, uint32_t access)
{
    struct vwr_iommu_fault_msg m;

    assert_true(world_fault(&m));
    assert_int_equal(m.reason, VWR_IOMMU_FAULT_R_MAPPING);
    assert_int_equal(m.endpoint, ENDPOINT);
    assert_int_equal(m.flags, access | VWR_IOMMU_FAULT_F_ADDRESS);
    assert_in_range(m.address, first, first + bytes - 1u);
}

static void check_without(const struct framing_class *c, bool packed, const struct framing_row *r,
                          enum part part, bool wrong_access)
{
    static const uint64_t at[PARTS] = {
        [OUT] = OUT_AT, [IN] = IN_AT, [TABLE] = TABLE_AT, [PLACED] = FRAMING_PAGES};
    const uint32_t access = part == IN || part == PLACED ? VWR_IOMMU_MAP_F_WRITE : VWR_IOMMU_MAP_F_READ;

    world_make(c, packed, true);
    world_map_all();
    assert_true(world_start());
    session((unsigned)(r - c->rows));
    world_send(r);
    assert_int_equal(world_unmap_part(part), VWR_IOMMU_S_OK);
    if (wrong_access)
        assert_int_equal(world_map_part(part, 3u ^ access), VWR_IOMMU_S_OK);
    world_protect_part(part, PROT_NONE);
    w.may_fail = true;
    world_kick(r);
    world_act(r);
    if (w.g.dev->broken) /* an answer may need no buffer now, and the buffer stays in the ring */
        check_fault(at[part], part == PLACED ? FRAMING_PAGES_BYTES : AREA_BYTES, access);
    vwr_vdev_reset(w.g.dev);
    world_protect(PROT_READ | PROT_WRITE);
    world_end();
}

static void check_parts(const struct framing_class *c, bool packed)
{
    for (unsigned row = 0; row < c->count; row++)
        for (unsigned part = OUT; part < PARTS; part++)
            for (unsigned wrong = 0; wrong < 2 && has_part(&c->rows[row], part); wrong++)
                check_without(c, packed, &c->rows[row], part, wrong != 0);
}

static void accesses_only_what_is_mapped(void **state)
{
    (void)state;
    each_class(check_parts);
}

/* A part of a ring is not mapped, or not for this access: the queue is refused. */
static void check_ring(const struct framing_class *c, bool packed)
{
    for (unsigned part = DESC; part <= DEVICE; part++)
        for (uint32_t flags = 0; flags < 3; flags++) {
            world_make(c, packed, true);
            world_map_all();
            if ((flags & world_access(part)) == world_access(part))
                continue;
            assert_int_equal(world_unmap_part(part), VWR_IOMMU_S_OK);
            assert_int_equal(world_map_part(part, flags), VWR_IOMMU_S_OK);
            world_protect(PROT_NONE);
            assert_false(world_start());
            guest_driver_ok(&w.g);
            let_it_run(&c->rows[0]);
            world_end();
            world_protect(PROT_READ | PROT_WRITE);
        }
}

static void needs_each_part_of_a_ring(void **state)
{
    (void)state;
    each_class(check_ring);
}

/* After a failure, for the next test and LeakSanitizer. */
static int unprotect(void **state)
{
    (void)state;
    world_protect(PROT_READ | PROT_WRITE);
    return 0;
}

int main(void)
{
    static struct CMUnitTest tests[48] = {
        cmocka_unit_test_teardown(does_the_same, unprotect),
        cmocka_unit_test_teardown(starts_with_nothing, unprotect),
        cmocka_unit_test_teardown(runs_in_an_empty_domain, unprotect),
        cmocka_unit_test_teardown(accesses_only_what_is_mapped, unprotect),
        cmocka_unit_test_teardown(needs_each_part_of_a_ring, unprotect),
    };
    size_t n = 5;

    for (size_t i = 0; i < iommu_life_test_count; i++) {
        tests[n] = iommu_life_tests[i];
        tests[n++].teardown_func = unprotect;
    }
    return _cmocka_run_group_tests("iommu", tests, n, NULL, NULL);
}
