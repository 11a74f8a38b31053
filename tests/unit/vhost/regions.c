/* SPDX-License-Identifier: MIT */
#include "front.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "vwr/gen/features.h"

/*
 * A front end that adds and removes several regions of memory, in any order. Each region is a separate file,
 * so the test can check which memory the device has written. The test maps its own memory at the host address
 * of a region as soon as the region is removed, to detect an access through a stale address.
 */

#define BYTES 0x10000u
#define SLOTS 5u
#define RING 1u /* the slot with the ring: the memory of `struct front` */
#define MARK 0xa5u

/* Guest addresses ascend from slot to slot; slots 2 and 3 are adjacent in the guest. */
static const uint64_t guest_of[SLOTS] = {FRONT_GUEST - 0x40000, FRONT_GUEST, FRONT_GUEST + 0x100000,
                                         FRONT_GUEST + 0x100000 + BYTES, FRONT_GUEST + 0x40000000};

struct slot {
    int file;
    uint8_t *map;
};

struct world {
    struct front f;
    struct slot slot[SLOTS];
    uint8_t *decoy; /* at the host address of what was removed last */
    uint32_t regions;
};

static const uint64_t formats[] = {0, (uint64_t)1 << VWR_F_RING_PACKED};

/* ---- memory ---- */

static struct slot new_memory(void)
{
    struct slot s = {.file = memfd_create(FRONT_NAME, MFD_CLOEXEC)};

    assert_int_equal(ftruncate(s.file, BYTES), 0);
    s.map = mmap(NULL, BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, s.file, 0);
    assert_ptr_not_equal(s.map, MAP_FAILED);
    memset(s.map, MARK, BYTES);
    return s;
}

static void end_memory(struct slot *s)
{
    assert_int_equal(munmap(s->map, BYTES), 0);
    assert_int_equal(close(s->file), 0);
}

static struct vwr_vhost_user_memory_region region_of(unsigned slot)
{
    const struct vwr_vhost_user_memory_region ring = {FRONT_GUEST, FRONT_BYTES, FRONT_USER, FRONT_OFFSET};
    /* user addresses descend */
    const struct vwr_vhost_user_memory_region other = {guest_of[slot], BYTES,
                                                       FRONT_USER + (uint64_t)(SLOTS - slot) * 0x1000000, 0};

    return slot == RING ? ring : other;
}

static int file_of(const struct world *w, unsigned slot)
{
    return slot == RING ? w->f.file : w->slot[slot].file;
}

static void tell_slot(struct world *w, uint32_t request, unsigned slot)
{
    const struct vwr_vhost_user_mem_reg r = {0, region_of(slot)};
    const int file = file_of(w, slot);

    front_send(&w->f, request, VWR_VHOST_USER_VERSION, &r, sizeof(r), &file,
               request == VWR_VHOST_USER_ADD_MEM_REG);
}

static void ascends(const struct world *w, uint32_t count)
{
    const struct vwr_memory *const m = &w->f.h.vm.memory;

    assert_int_equal(m->region_count, count);
    assert_int_equal(vwr_memory_check(m), count);
}

static void add(struct world *w, unsigned slot)
{
    const uint32_t generation = w->f.h.vm.memory.generation;

    tell_slot(w, VWR_VHOST_USER_ADD_MEM_REG, slot);
    assert_int_equal(front_work(&w->f), VWR_OK);
    w->regions++;
    ascends(w, w->regions);
    assert_int_not_equal(w->f.h.vm.memory.generation, generation);
}

static uint8_t *host_of(const struct world *w, unsigned slot)
{
    return vwr_memory_ptr(&w->f.h.vm.memory, guest_of[slot], 1);
}

static void take_decoy(struct world *w, void *at)
{
    w->decoy =
        mmap(at, BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    assert_ptr_equal(w->decoy, at); /* nothing was mapped there */
    memset(w->decoy, MARK, BYTES);
}

static void end_decoy(struct world *w)
{
    for (uint32_t i = 0; i < BYTES; i++)
        assert_int_equal(w->decoy[i], MARK);
    assert_int_equal(munmap(w->decoy, BYTES), 0);
}

/* The message waits for requests in flight, for stop_ms. */
static void drop(struct world *w, unsigned slot)
{
    const uint32_t generation = w->f.h.vm.memory.generation;

    tell_slot(w, VWR_VHOST_USER_REM_MEM_REG, slot);
    assert_int_equal(front_work(&w->f), VWR_OK);
    w->regions--;
    for (unsigned i = 0; i < 2000 && w->f.h.vm.memory.region_count != w->regions; i++)
        assert_int_equal(vwr_vhost_back_poll(&w->f.h, 1), VWR_OK);
    ascends(w, w->regions);
    assert_int_not_equal(w->f.h.vm.memory.generation, generation);
    (void)front_was_called(&w->f);
}

static void drop_and_take(struct world *w, unsigned slot)
{
    uint8_t *const at = host_of(w, slot);

    drop(w, slot);
    take_decoy(w, at);
}

/* ---- the world ---- */

static void begin(struct world *w, uint64_t features)
{
    memset(w, 0, sizeof(*w));
    front_begin(&w->f, NEGOTIATED, features);
    for (unsigned i = 0; i < SLOTS; i++)
        w->slot[i] = new_memory();
}

static void end(struct world *w)
{
    front_end(&w->f);
    for (unsigned i = 0; i < SLOTS; i++)
        end_memory(&w->slot[i]);
}

static void start(struct world *w, bool recorded)
{
    if (recorded)
        front_record(&w->f);
    front_start(&w->f, w->f.packed ? 0x80008000u : 0);
    w->regions = SLOTS + recorded; /* the last one is that of the copies */
    ascends(w, w->regions);
}

static void begin_running(struct world *w, uint64_t features)
{
    begin(w, features);
    for (unsigned i = 0; i < SLOTS; i++)
        tell_slot(w, VWR_VHOST_USER_ADD_MEM_REG, i);
    start(w, false);
}

static void take(struct world *w)
{
    uint8_t first;

    assert_true(front_take(&w->f, &first));
    assert_true(front_was_called(&w->f));
}

static void holds(const struct world *w, unsigned slot, uint32_t at, uint32_t bytes, uint8_t value)
{
    const uint8_t *const from = (slot == RING ? w->f.bytes : w->slot[slot].map) + at;

    for (uint32_t i = 0; i < bytes; i++)
        assert_int_equal(from[i], value);
}

/* A buffer at an offset in a slot, and nothing around it. */
static void fills(struct world *w, unsigned slot, uint32_t at)
{
    const uint8_t value = w->f.next;

    front_put_at(&w->f, guest_of[slot] + at);
    front_kick(&w->f);
    assert_int_equal(front_work(&w->f), VWR_OK);
    take(w);
    holds(w, slot, at, FRONT_DATA_BYTES, value);
}

static void fills_each(struct world *w, uint32_t at)
{
    for (unsigned i = 0; i < SLOTS; i++)
        fills(w, i, at);
}

/* The device refuses a buffer in removed memory and explains the reason. */
static void refuses(struct world *w, unsigned slot)
{
    char text[256], wanted[96];

    front_put_at(&w->f, guest_of[slot] + FRONT_DATA);
    front_kick(&w->f);
    assert_int_equal(front_work(&w->f), VWR_OK);
    assert_false(front_take(&w->f, &(uint8_t){0}));
    assert_true(w->f.device.dev.broken);
    (void)vwr_vdev_explain(&w->f.device.dev, text, sizeof(text));
    (void)snprintf(wanted, sizeof(wanted), "the %u bytes at 0x%llx are not guest memory", FRONT_DATA_BYTES,
                   (unsigned long long)guest_of[slot] + FRONT_DATA);
    if (strstr(text, wanted) == NULL)
        fail_msg("%s: %s", wanted, text);
}

/* ---- tests ---- */

static const unsigned orders[][SLOTS] = {
    {0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {3, 0, 4, 1, 2}, {1, 4, 0, 3, 2}, {2, 1, 3, 0, 4}};

static void set_table(struct world *w, const unsigned order[SLOTS])
{
    struct {
        struct vwr_vhost_user_memory head;
        struct vwr_vhost_user_memory_region r[SLOTS];
    } table = {.head = {SLOTS, 0}};
    int files[SLOTS];

    for (unsigned i = 0; i < SLOTS; i++) {
        table.r[i] = region_of(order[i]);
        files[i] = file_of(w, order[i]);
    }
    front_send(&w->f, VWR_VHOST_USER_SET_MEM_TABLE, VWR_VHOST_USER_VERSION, &table, sizeof(table), files,
               SLOTS);
}

/* A buffer across the boundary of slots 2 and 3 is split. */
static void fills_across(struct world *w)
{
    const uint8_t value = w->f.next;
    const uint32_t half = FRONT_DATA_BYTES / 2;

    fills(w, 4, 0); /* the last segment is now in another region */
    front_put_at(&w->f, guest_of[3] - half);
    front_kick(&w->f);
    assert_int_equal(front_work(&w->f), VWR_OK);
    take(w);
    holds(w, 2, BYTES - half, half, (uint8_t)(value + 1));
    holds(w, 3, 0, half, (uint8_t)(value + 2)); /* the source is asked for each segment */
}

static void in_order(const unsigned order[SLOTS], uint64_t features, bool table, bool recorded)
{
    struct world w;

    begin(&w, features);
    if (table)
        set_table(&w, order);
    for (unsigned i = 0; i < SLOTS && !table; i++)
        tell_slot(&w, VWR_VHOST_USER_ADD_MEM_REG, order[i]);
    start(&w, recorded);
    for (uint32_t round = 0; round < 3; round++)
        fills_each(&w, FRONT_DATA + round * FRONT_DATA_BYTES);
    fills_across(&w);
    end(&w);
}

/* In each order, of a table and slot by slot, also below the copies of rings. */
static void each_order(void **state)
{
    (void)state;
    for (unsigned i = 0; i < VWR_COUNT(orders); i++)
        for (unsigned k = 0; k < 8; k++)
            in_order(orders[i], formats[k & 1], (k & 2) != 0, (k & 4) != 0);
}

/* A region that is added while the ring is live moves the entries of others. */
static void added_while_live(void **state)
{
    (void)state;
    for (unsigned k = 0; k < VWR_COUNT(formats); k++) {
        struct world w;

        begin(&w, formats[k]);
        tell_slot(&w, VWR_VHOST_USER_ADD_MEM_REG, RING);
        tell_slot(&w, VWR_VHOST_USER_ADD_MEM_REG, 4);
        front_start(&w.f, w.f.packed ? 0x80008000u : 0);
        w.regions = 2;
        fills(&w, 4, 0);
        add(&w, 2);
        fills(&w, 4, FRONT_DATA_BYTES);
        fills(&w, 2, 0);
        add(&w, 0);
        fills(&w, 2, FRONT_DATA_BYTES);
        fills(&w, RING, FRONT_DATA);
        fills(&w, 0, 0);
        add(&w, 3);
        fills_across(&w);
        fills_each(&w, FRONT_DATA);
        end(&w);
    }
}

/* Removes the region that was used last. A buffer in flight in another region is not affected. */
static void removed(uint64_t features, unsigned slot, unsigned busy)
{
    struct world w;
    uint8_t value;
    unsigned maps;

    begin_running(&w, features);
    w.f.h.stop_ms = 20;
    fills_each(&w, FRONT_DATA);
    w.f.dry = 1000;
    front_put_at(&w.f, guest_of[busy]);
    front_kick(&w.f);
    assert_int_equal(front_work(&w.f), VWR_OK);
    maps = count_maps();
    drop_and_take(&w, slot);
    assert_int_equal(count_maps(), maps - 1);
    value = w.f.next;
    w.f.dry = 0;
    vwr_ventropy_resume(&w.f.device);
    assert_int_equal(front_work(&w.f), VWR_OK);
    take(&w);
    holds(&w, busy, 0, FRONT_DATA_BYTES, value);
    for (unsigned i = 0; i < SLOTS; i++)
        if (i != slot)
            fills(&w, i, FRONT_DATA + FRONT_DATA_BYTES);
    refuses(&w, slot);
    end_decoy(&w);
    end(&w);
}

static void removed_in_flight(void **state)
{
    static const struct {
        unsigned slot, busy;
    } row[] = {{0, 4}, {0, 2}, {2, 0}, {2, 3}, {3, 2}, {4, 0}, {4, RING}};

    (void)state;
    for (unsigned i = 0; i < VWR_COUNT(row); i++)
        for (unsigned k = 0; k < VWR_COUNT(formats); k++)
            removed(formats[k], row[i].slot, row[i].busy);
}

/* The next segment after the removal is in the region that was used last. */
static void removed_and_used(void **state)
{
    static const unsigned slot[] = {0, 2, 3, 4};

    (void)state;
    for (unsigned i = 0; i < VWR_COUNT(slot); i++)
        for (unsigned k = 0; k < VWR_COUNT(formats); k++) {
            struct world w;

            begin_running(&w, formats[k]);
            fills_each(&w, FRONT_DATA);
            fills(&w, slot[i], FRONT_DATA);
            drop_and_take(&w, slot[i]);
            refuses(&w, slot[i]);
            end_decoy(&w);
            end(&w);
        }
}

/* Other memory at the same addresses. */
static void again(uint64_t features, unsigned slot)
{
    struct world w;
    struct slot before;
    uint8_t value;

    begin_running(&w, features);
    fills_each(&w, FRONT_DATA);
    value = w.f.next;
    fills(&w, slot, 0);
    drop_and_take(&w, slot);
    before = w.slot[slot];
    w.slot[slot] = new_memory();
    add(&w, slot);
    assert_ptr_not_equal(host_of(&w, slot), w.decoy);
    fills(&w, slot, 0);
    holds(&w, slot, FRONT_DATA_BYTES, FRONT_DATA - FRONT_DATA_BYTES, MARK);
    fills_each(&w, FRONT_DATA + FRONT_DATA_BYTES);
    for (uint32_t i = 0; i < FRONT_DATA_BYTES; i++)
        assert_int_equal(before.map[i], value);
    end_memory(&before);
    end_decoy(&w);
    end(&w);
}

static void added_again(void **state)
{
    static const unsigned slot[] = {0, 2, 3, 4};

    (void)state;
    for (unsigned i = 0; i < VWR_COUNT(slot); i++)
        for (unsigned k = 0; k < VWR_COUNT(formats); k++)
            again(formats[k], slot[i]);
}

/* The storage of a device that is unsafe may still write to its regions: those that are removed stay mapped.
 */
static void removed_from_an_unsafe_device(void **state)
{
    static const unsigned slot[] = {4, 0, 2};
    struct slot before[VWR_COUNT(slot)];
    const uint8_t *host[VWR_COUNT(slot)];
    uint8_t value[VWR_COUNT(slot)];
    struct world w;
    unsigned maps;

    (void)state;
    begin_running(&w, 0);
    for (unsigned i = 0; i < VWR_COUNT(slot); i++) {
        value[i] = w.f.next;
        fills(&w, slot[i], 0);
        host[i] = host_of(&w, slot[i]);
    }
    maps = count_maps();
    vwr_vdev_set_unsafe(&w.f.device.dev, true);
    for (unsigned i = 0; i < VWR_COUNT(slot); i++) {
        drop(&w, slot[i]);
        before[i] = w.slot[slot[i]];
        w.slot[slot[i]] = new_memory();
        add(&w, slot[i]);
        assert_int_equal(w.f.h.kept, i + 1);
        assert_ptr_not_equal(host_of(&w, slot[i]), host[i]);
    }
    assert_int_equal(count_maps(), maps + 2 * VWR_COUNT(slot)); /* of the test, and kept */
    for (unsigned i = 0; i < VWR_COUNT(slot); i++)
        for (uint32_t at = 0; at < BYTES; at++)
            assert_int_equal(host[i][at], at < FRONT_DATA_BYTES ? value[i] : MARK);
    vwr_vdev_set_unsafe(&w.f.device.dev, false);
    assert_int_equal(w.f.h.kept, 0);
    assert_int_equal(count_maps(), maps + VWR_COUNT(slot));
    for (unsigned i = 0; i < VWR_COUNT(slot); i++)
        end_memory(&before[i]);
    end(&w);
}

int main(int count, char **words)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_order),        cmocka_unit_test(added_while_live),
        cmocka_unit_test(removed_in_flight), cmocka_unit_test(removed_and_used),
        cmocka_unit_test(added_again),       cmocka_unit_test(removed_from_an_unsafe_device),
    };

    (void)words;
    front_has_threads = count > 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
