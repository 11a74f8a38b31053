/* SPDX-License-Identifier: MIT */
#include "format.h"
#include "vwr/gen/features.h"

#include <stdio.h>
#include <string.h>

/* The size of a queue, and the memory that it needs: the size of a split ring is a power of 2, a packed ring
 * may have
 * any size. */

struct size_case {
    uint16_t asked;
    uint32_t max; /* QueueSizeMax */
    uint16_t split;
    uint16_t packed;
};

static const struct size_case cases[] = {
    {1, 64, 1, 1},
    {2, 64, 2, 2},
    {3, 64, 2, 3},
    {4, 64, 4, 4},
    {5, 64, 4, 5},
    {7, 64, 4, 7},
    {8, 7, 4, 7},
    {64, 1, 1, 1},
    {64, 3, 2, 3},
    {1000, 1024, 512, 1000},
    {1024, 1000, 512, 1000},
    {16, 65535, 16, 16},
    {16, 0x10010, 16, 16},
    {16, 0xffffffff, 16, 16},
    {32767, 32768, 16384, 32767},
    {32768, 32768, 32768, 32768},
};

/* Negotiates with memory for a queue of `size`; the device supports at most `max`. */
static void begin(struct world *w, unsigned flags, uint16_t size, uint32_t max)
{
    const struct format f = {flags, 8};

    fake_bus_reset();
    fake_ram_reset();
    w->buffer = fake_ram_alloc(WORLD_BUFFER_BYTES, FAKE_PAGE_BYTES);
    format_plug(w, &f);
    w->f.queue[0].size_max = max;
    assert_int_equal(world_negotiate(w, NULL), VWR_OK);
    world_memory(w, size);
}

/* Provides exactly the memory that a queue of `size` needs. */
static void just_enough(struct world *w, uint16_t size)
{
    w->memory.shared_bytes = vwr_dev_queue_bytes(&w->mmio.dev, size);
    w->memory.own_bytes = VWR_QUEUE_OWN_BYTES(size);
}

static void addresses_are_apart(const struct fake_queue *q, bool packed)
{
    const uint64_t avail_bytes = packed ? 4 : 4 + 2ull * q->size;

    assert_true(q->driver >= q->desc + 16ull * q->size);
    assert_true(q->device >= q->driver + avail_bytes);
    assert_int_equal(q->desc % 16, 0);
    assert_int_equal(q->driver % (packed ? 4 : 2), 0);
    assert_int_equal(q->device % 4, 0);
}

static void sizes(struct world *w, unsigned flags)
{
    const bool packed = (flags & FORMAT_PACKED) != 0;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const uint16_t expected = packed ? cases[i].packed : cases[i].split;

        begin(w, flags, cases[i].asked, cases[i].max);
        just_enough(w, expected);
        assert_int_equal(world_add_queue(w), VWR_OK);
        assert_int_equal(vwr_dev_start(&w->mmio.dev), VWR_OK);
        assert_int_equal(w->f.queue[0].size, expected);
        assert_int_equal(vwr_queue_size(&w->queue), expected);
        addresses_are_apart(&w->f.queue[0], packed);
        if (expected <= FAKE_SIZE_MAX)
            load_queue_is_whole(w, expected);
    }
}

static void sizes_split_legacy(void **state)
{
    sizes(*state, FORMAT_LEGACY);
}

static void sizes_split(void **state)
{
    sizes(*state, 0);
}

static void sizes_packed(void **state)
{
    sizes(*state, FORMAT_PACKED);
}

static void refused(struct world *w, int result)
{
    assert_int_equal(world_add_queue(w), result);
    assert_int_equal(w->f.queue[0].ready, 0);
    assert_int_equal(w->mmio.dev.state, VWR_DEV_FAILED);
}

/* One below the minimum and one above the maximum, for each kind of ring. */
static void sizes_refused(void **state)
{
    static const unsigned kinds[] = {FORMAT_LEGACY, 0, FORMAT_PACKED};
    static const uint16_t never[] = {0, 32769, 65535};
    struct world *w = *state;

    for (unsigned k = 0; k < 3; k++) {
        for (unsigned i = 0; i < 3; i++) {
            begin(w, kinds[k], 64, 0xffffffff);
            w->memory.size = never[i];
            refused(w, VWR_EINVAL);
        }
        begin(w, kinds[k], 64, 0); /* the queue does not exist */
        refused(w, VWR_ENOQUEUE);
    }
}

/* The maximum that determines the caller's memory, even if another driver has left the queue in use. */
static void the_maximum(void **state)
{
    static const unsigned kinds[] = {FORMAT_LEGACY, 0, FORMAT_PACKED};
    static const struct {
        uint32_t max;
        int size;
    } rows[] = {{1, 1}, {1000, 1000}, {32768, 32768}, {32769, 32768}, {0xffffffff, 32768}, {0, VWR_ENOQUEUE}};
    struct world *w = *state;

    for (unsigned k = 0; k < 3; k++)
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
            begin(w, kinds[k], 8, 8);
            assert_int_equal(world_add_queue(w), VWR_OK);
            assert_int_equal(vwr_dev_start(&w->mmio.dev), VWR_OK);
            assert_int_equal(world_probe(w), VWR_OK);
            w->f.queue[0].size_max = rows[i].max;
            assert_int_equal(vwr_dev_queue_size_max(&w->mmio.dev, 0), rows[i].size);
            assert_int_equal(w->f.queue[0].ready, 0);
            assert_int_equal(w->mmio.dev.state, VWR_DEV_PROBED);
        }
}

/* The ring needs every byte of its size. */
static void memory_one_byte_short(void **state)
{
    static const unsigned kinds[] = {FORMAT_LEGACY, 0, FORMAT_PACKED};
    struct world *w = *state;

    for (unsigned k = 0; k < 3; k++) {
        begin(w, kinds[k], 8, 8);
        just_enough(w, 8);
        w->memory.shared_bytes--;
        refused(w, VWR_ENOMEM);
        begin(w, kinds[k], 8, 8);
        just_enough(w, 8);
        w->memory.own_bytes--;
        refused(w, VWR_ENOMEM);
    }
}

/*
 * Section: Legacy Interfaces: A Note on Virtqueue Layout: the driver MUST round up the used part to the
 * alignment too. The parts of a modern ring have their exact sizes.
 */
static void legacy_ring_is_rounded_up(void **state)
{
    struct world *w = *state;

    for (uint16_t size = 1; size <= 1024; size = (uint16_t)(size * 2)) {
        const size_t before = (18u * size + 6u + 4095u) / 4096u * 4096u;
        const size_t used = (8u * size + 6u + 4095u) / 4096u * 4096u;

        begin(w, FORMAT_LEGACY, size, 1024);
        assert_int_equal(vwr_dev_queue_bytes(&w->mmio.dev, size), before + used);
        assert_int_equal(VWR_QUEUE_SHARED_BYTES(size), before + used);
        begin(w, 0, size, 1024);
        assert_int_equal(vwr_dev_queue_bytes(&w->mmio.dev, size),
                         (18u * size + 9u) / 4u * 4u + 8u * size + 6u);
    }
}

/* The class's memory behind the ring is aligned and within the queue's memory. */
static void extra_behind_the_ring(void **state)
{
    static const unsigned kinds[] = {FORMAT_LEGACY, 0, FORMAT_PACKED};
    struct world *w = *state;
    uint8_t *extra;
    size_t run;

    for (unsigned k = 0; k < 3; k++) {
        for (uint16_t size = 1; size < 20; size++) {
            begin(w, kinds[k], size, 64);
            assert_int_equal(vwr_dev_add_queue(&w->mmio.dev, 0, &w->queue, &w->memory, 40), VWR_OK);
            extra = (uint8_t *)w->memory.shared + vwr_dev_queue_extra(&w->mmio.dev, w->queue.size);
            assert_int_equal((uintptr_t)extra % 16, 0);
            assert_true(extra >=
                        (uint8_t *)w->memory.shared + vwr_dev_queue_bytes(&w->mmio.dev, w->queue.size));
            assert_true(extra + 40 <= (uint8_t *)w->memory.shared + w->memory.shared_bytes);
            (void)fake_ram_dma(extra, 40, &run);
            assert_true(run >= 40);
        }
    }
}

/* Memory for a queue on modern devices only: the exact size and alignment. */
#define MODERN_RING(size) VWR_SPLIT_RING_BYTES(size, VWR_SPLIT_RING_USED_ALIGN)
#define MODERN_BYTES(size)                                                     \
    (VWR_BLK_SHARED_BYTES(size, 1, 1) - VWR_QUEUE_SHARED_BYTES_WITH(size, 0) + \
     VWR_QUEUE_EXTRA_OFFSET(MODERN_RING(size)))

/* Not page-aligned. */
static void modern_memory(struct world *w, uint16_t size)
{
    world_memory(w, size);
    w->memory.shared_bytes = MODERN_BYTES(size);
    w->memory.shared =
        (uint8_t *)fake_ram_alloc(w->memory.shared_bytes + VWR_SPLIT_RING_DESC_ALIGN, FAKE_PAGE_BYTES) +
        VWR_SPLIT_RING_DESC_ALIGN;
}

/* A disk works in the memory that the specification requires for its ring, with every kind of ring. */
static void modern_only_memory(void **state)
{
    static const unsigned bits[] = {VWR_F_VERSION_1, VWR_F_RING_PACKED, VWR_F_IN_ORDER};
    struct world *w = *state;

    assert_int_equal(MODERN_RING(64), 1680);
    assert_int_equal(MODERN_RING(256), 6672);
    for (unsigned i = 0; i < sizeof(bits) / sizeof(*bits); i++) {
        world_plug(w, VWR_MMIO_VERSION_MODERN);
        fake_offer(&w->f, bits[i]);
        modern_memory(w, 64);
        assert_int_equal(world_open(w), VWR_OK);
        assert_int_equal(vwr_blk_read(&w->blk, 1, w->buffer, 3), VWR_OK);
        assert_true(world_has_pattern(w, 1, 3));
        assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
        fake_bus_reset();
    }
}

/* A legacy device refuses it and reports the size that it needs; if the size is sufficient, it reports the
 * alignment. */
static void modern_only_memory_of_a_legacy_device(void **state)
{
    struct world *w = *state;
    char words[80];

    world_plug(w, VWR_MMIO_VERSION_LEGACY);
    modern_memory(w, 64);
    assert_int_equal(world_open(w), VWR_ENOMEM);
    snprintf(words, sizeof(words), "it needs %zu bytes of shared memory",
             (size_t)VWR_BLK_SHARED_BYTES(64, 1, 1));
    world_dev_explains(w, words);
    world_memory(w, 64);
    w->memory.shared =
        (uint8_t *)fake_ram_alloc(w->memory.shared_bytes + VWR_SPLIT_RING_DESC_ALIGN, FAKE_PAGE_BYTES) +
        VWR_SPLIT_RING_DESC_ALIGN;
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options), VWR_ENOMEM);
    world_dev_explains(w, "its shared memory must be aligned to 4096 bytes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(sizes_split_legacy),    WORLD_TEST(sizes_split),
        WORLD_TEST(sizes_packed),          WORLD_TEST(sizes_refused),
        WORLD_TEST(the_maximum),           WORLD_TEST(memory_one_byte_short),
        WORLD_TEST(extra_behind_the_ring), WORLD_TEST(legacy_ring_is_rounded_up),
        WORLD_TEST(modern_only_memory),    WORLD_TEST(modern_only_memory_of_a_legacy_device),
    };

    return cmocka_run_group_tests_name("sizes", tests, NULL, NULL);
}
