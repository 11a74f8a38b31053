/* SPDX-License-Identifier: MIT */
#include "box.h"

#include "../driver/cmocka_all.h"
#include "vwr/memory.h"
#include "vwr/vm.h"

#include <stdio.h>
#include <string.h>

/*
 * Regions of guest memory: the check of a table, and each kind of look-up, compared with a scan of the whole
 * table. No test accesses the memory, so the host addresses are arbitrary numbers.
 */

#define REGIONS 64u
#define TABLES 400u
#define LOOKS 200u

static struct vwr_memory_region region[REGIONS];
static struct vwr_memory guest = {.region = region};
static uint64_t seed;

static uint64_t draw(uint64_t n)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (seed >> 16) % n;
}

/* ---- the scan ---- */

static const struct vwr_memory_region *scan(uint64_t addr)
{
    const struct vwr_memory_region *found = NULL;

    for (uint32_t i = 0; i < guest.region_count; i++)
        if (addr >= region[i].addr && addr - region[i].addr < region[i].bytes) {
            assert_null(found);
            found = &region[i];
        }
    return found;
}

/* Whether region `i` ends below 2^64, and begins at or after the end of each earlier one. */
static bool is_in_order(uint32_t i)
{
    bool good = region[i].bytes <= UINT64_MAX - region[i].addr;

    for (uint32_t k = 0; k < i; k++)
        good = good && region[i].addr >= region[k].addr && region[i].addr - region[k].addr >= region[k].bytes;
    return good;
}

static uint32_t first_wrong(void)
{
    uint32_t i = 0;

    while (i < guest.region_count && is_in_order(i))
        i++;
    return i;
}

/* ---- random tables ---- */

static uint64_t any_bytes(void)
{
    static const uint64_t least[] = {0, 1, 16, 0x1000, 0x1235, 0x100000};

    return draw(8) == 0 ? draw(UINT64_C(1) << 34) : least[draw(VWR_COUNT(least))];
}

/* At 0, at the end of the address space, or between. Half of the regions are adjacent to the previous one. */
static void make_table(void)
{
    uint64_t at = 0;
    const uint64_t place = draw(3);

    guest.region_count = 1 + (uint32_t)draw(REGIONS);
    for (uint32_t i = 0; i < guest.region_count; i++) {
        at += draw(2) == 0 ? 0 : any_bytes();
        region[i].addr = at;
        region[i].bytes = any_bytes();
        region[i].host = (void *)(((uintptr_t)i + 1u) << 36);
        at += region[i].bytes;
    }
    if (place == 0)
        at = region[0].addr;
    else
        at = 0u - (place == 1 ? UINT64_MAX - at : draw(UINT64_MAX - at));
    for (uint32_t i = 0; i < guest.region_count; i++)
        region[i].addr -= at;
}

/* Mostly near the begin or the end of a region. */
static uint64_t any_address(void)
{
    const struct vwr_memory_region *const r = &region[draw(guest.region_count)];
    const uint64_t near = draw(5) - 2u;

    switch (draw(8)) {
    case 0:
        return draw(UINT64_MAX);
    case 1:
        return near;
    case 2:
    case 3:
        return r->addr + near;
    case 4:
    case 5:
        return r->addr + r->bytes + near;
    default:
        return r->addr + draw(r->bytes + 1u);
    }
}

/* Mostly near the number of bytes up to the end of the region. */
static uint64_t any_length(uint64_t run)
{
    switch (draw(6)) {
    case 0:
        return 0;
    case 1:
        return UINT64_MAX - draw(3);
    case 2:
        return draw(UINT64_C(1) << 36);
    default:
        return run + draw(5) - 2u;
    }
}

static void check_address(uint64_t addr)
{
    const struct vwr_memory_region *const r = scan(addr);
    const uint64_t run = r != NULL ? r->bytes - (addr - r->addr) : 0;
    uint8_t *const host = r != NULL ? (uint8_t *)r->host + (addr - r->addr) : NULL;
    const uint64_t bytes = any_length(run);
    void *at = NULL;

    assert_ptr_equal(vwr_memory_find(&guest, addr), r);
    assert_true(vwr_memory_run(&guest, addr, &at) == run);
    assert_ptr_equal(at, host);
    assert_ptr_equal(vwr_memory_ptr(&guest, addr, bytes), bytes <= run ? host : NULL);
}

static void look_up(void **state)
{
    (void)state;
    seed = 1;
    for (unsigned table = 0; table < TABLES; table++) {
        make_table();
        assert_int_equal(vwr_memory_check(&guest), guest.region_count);
        for (unsigned i = 0; i < LOOKS; i++)
            check_address(any_address());
    }
}

static void nothing(void **state)
{
    void *at = NULL;

    (void)state;
    guest.region_count = 0;
    assert_int_equal(vwr_memory_check(&guest), 0);
    assert_null(vwr_memory_find(&guest, 0));
    assert_null(vwr_memory_ptr(&guest, 0, 0));
    assert_true(vwr_memory_run(&guest, 0, &at) == 0);
}

/* A queue finds a segment in one region, however large the region is, and no empty one. */
static void segments(void **state)
{
    static struct vwr_vqueue q;
    unsigned found = 0, empty = 0;

    (void)state;
    memset(&q, 0, sizeof(q));
    q.memory = &guest;
    seed = 2;
    for (unsigned table = 0; table < TABLES; table++) {
        make_table();
        for (unsigned i = 0; i < LOOKS; i++) {
            const uint64_t addr = any_address();
            const struct vwr_memory_region *const r = scan(addr);
            const uint64_t run = r != NULL ? r->bytes - (addr - r->addr) : 0;
            const uint32_t len = (uint32_t)any_length(run);
            const bool is_there = len != 0 && len <= run;

            assert_ptr_equal(vwr_vchain_find_(&q, addr, len),
                             is_there ? (uint8_t *)r->host + (addr - r->addr) : NULL);
            found += is_there;
            empty += len == 0 && run > UINT32_MAX;
        }
    }
    assert_true(found > TABLES && empty > TABLES / 4);
}

/* ---- wrong tables ---- */

static void set(uint32_t i, uint64_t addr, uint64_t bytes)
{
    region[i].addr = addr;
    region[i].bytes = bytes;
}

static void swap(uint32_t a, uint32_t b)
{
    const struct vwr_memory_region was = region[a];

    region[a] = region[b];
    region[b] = was;
}

/* Each order of the table, by Heap's algorithm. Returns how many were accepted. */
static unsigned check_orders(uint32_t n)
{
    unsigned accepted = 0;

    if (n <= 1u) {
        const uint32_t wrong = first_wrong();

        assert_int_equal(vwr_memory_check(&guest), wrong);
        return wrong == guest.region_count;
    }
    for (uint32_t i = 0; i < n; i++) {
        accepted += check_orders(n - 1u);
        if (i + 1u < n)
            swap(n % 2u == 0 ? i : 0, n - 1u);
    }
    return accepted;
}

/* Five regions: adjacent, apart, empty, up to the last address. */
static void make_five(void)
{
    guest.region_count = 5;
    set(0, 0, 0x1000);
    set(1, 0x1000, 0x2000);
    set(2, 0x8000, 0);
    set(3, 0x9000, 0x1000);
    set(4, UINT64_MAX - 0xfff, 0xfff);
}

static void orders(void **state)
{
    (void)state;
    make_five();
    assert_int_equal(check_orders(5), 1);
    make_five();
    set(1, 0xfff, 0x2000); /* overlaps by one byte */
    assert_int_equal(check_orders(5), 0);
    make_five();
    set(0, 0, 0x1001);
    assert_int_equal(check_orders(5), 0);
    make_five();
    set(0, 0x1000, 0x2000); /* equal */
    assert_int_equal(check_orders(5), 0);
    make_five();
    set(0, 0x1000, 0); /* empty, at the address of the next one */
    assert_int_equal(check_orders(5), 1);
    make_five();
    set(0, 0x1001, 0); /* empty, within another one */
    assert_int_equal(check_orders(5), 0);
    make_five();
    set(4, UINT64_MAX - 0xfff, 0x1000); /* up to 2^64 */
    assert_int_equal(check_orders(5), 0);
    make_five();
    set(4, UINT64_MAX - 0xfff, UINT64_MAX); /* beyond it */
    assert_int_equal(check_orders(5), 0);
}

static void random_orders(void **state)
{
    unsigned accepted = 0;

    (void)state;
    seed = 3;
    for (unsigned table = 0; table < 10u * TABLES; table++) {
        make_table();
        if (draw(2) == 0)
            swap((uint32_t)draw(guest.region_count), (uint32_t)draw(guest.region_count));
        if (draw(2) == 0)
            region[draw(guest.region_count)].bytes += draw(2) == 0 ? 1 : UINT64_MAX - draw(0x2000);
        assert_int_equal(vwr_memory_check(&guest), first_wrong());
        accepted += first_wrong() == guest.region_count;
    }
    assert_in_range(accepted, TABLES, 9u * TABLES);
}

/* ---- a VM ---- */

static void on_irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm, (void)line, (void)level;
}

/* The result of a VM's init with the table, and of the init of a device in that VM. */
static void check_init(int result, uint32_t wrong)
{
    static const struct vwr_vm_ops ops = {.irq = on_irq};
    static struct vwr_vm vm;
    static struct vwr_vqueue queue[BOX_QUEUES];
    static struct vwr_vqueue_entry own[BOX_QUEUES * 8u];
    const struct vwr_vm_setup of_vm = {.ops = &ops, .region = region, .region_count = guest.region_count};
    const struct vwr_vdev_setup s = {.vm = &vm,
                                     .queue = queue,
                                     .queue_count = BOX_QUEUES,
                                     .queue_size = 8,
                                     .own = own,
                                     .own_count = VWR_COUNT(own)};

    assert_int_equal(vwr_vm_init(&vm, &of_vm), result);
    assert_int_equal(vwr_memory_check(&vm.memory), wrong);
    assert_int_equal(box_init(&box, &s), result == VWR_OK ? VWR_OK : VWR_EINVAL);
}

static void refused(void **state)
{
    (void)state;
    make_five();
    check_init(VWR_OK, 5);
    set(1, 0xfff, 0x2000);
    check_init(VWR_EINVAL, 1);
    make_five();
    swap(2, 3);
    check_init(VWR_EINVAL, 3);
    make_five();
    set(4, UINT64_MAX - 0xfff, 0x1000);
    check_init(VWR_EINVAL, 4);
    make_five();
    set(0, 0x10, UINT64_MAX);
    check_init(VWR_EINVAL, 0);
    for (unsigned i = 0; i <= 16; i++) {
        make_five();
        region[3].host = (uint8_t *)region[3].host + 1;
        check_init(i == 15 ? VWR_OK : VWR_EALIGN, 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(look_up), cmocka_unit_test(nothing),       cmocka_unit_test(segments),
        cmocka_unit_test(orders),  cmocka_unit_test(random_orders), cmocka_unit_test(refused),
    };

    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
