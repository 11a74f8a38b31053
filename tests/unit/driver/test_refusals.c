/* SPDX-License-Identifier: MIT */
#include "refusal.h"
#include "vwr/gen/features.h"

#include <stdlib.h>
#include <string.h>

/* Devices that make startup fail, and unsuitable memory: D25, D26, D33 to D37. */

#define ALL_ONES 0xffffffffu

/* ---- D25: reset ---- */

static void reset_never_ends(struct world *w)
{
    w->f.quirks.reset_reads = FAKE_FOREVER;
}

/* The clock bounds the wait, and a device that has not acknowledged the reset is not notified. */
static void D25_wait_is_bounded(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    reset_never_ends(w);
    assert_int_equal(world_open(w), VWR_ETIMEOUT);
    assert_true(fake_time.now >= VWR_RESET_TIMEOUT_US);
    assert_true(fake_time.now <= VWR_RESET_TIMEOUT_US + 3 * fake_time.step);
    assert_true(fake_count(&w->f, "R Status") <= VWR_RESET_TIMEOUT_US / fake_time.step + 2);
    assert_int_equal(fake_count(&w->f, "W Queue"), 0);
    assert_int_equal(fake_count(&w->f, "W Driver"), 0);
}

/* The driver does not touch the memory while the device may still use it: neither in open nor in a close
 * that fails. */
static void D25_memory_is_left_alone(void **state)
{
    struct world *w = *state;
    uint8_t *was;

    world_plug(w, world_version(w));
    reset_never_ends(w);
    was = test_malloc(w->memory.shared_bytes);
    memcpy(was, w->memory.shared, w->memory.shared_bytes);
    assert_int_equal(world_open(w), VWR_ETIMEOUT);
    assert_memory_equal(was, w->memory.shared, w->memory.shared_bytes);
    world_honest(w);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL), VWR_OK);
    memcpy(was, w->memory.shared, w->memory.shared_bytes);
    reset_never_ends(w);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_ETIMEOUT);
    world_explains(w, "reset");
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EFAILED);
    assert_memory_equal(was, w->memory.shared, w->memory.shared_bytes);
    test_free(was);
    world_honest(w);
    world_works_again(w);
}

/* The last poll comes after the deadline: a reset that ends just then has succeeded. */
static void D25_ends_at_the_last_poll(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    fake_time.step = VWR_RESET_TIMEOUT_US;
    w->f.quirks.reset_reads = 2;
    assert_int_equal(world_open(w), VWR_OK);
}

/* ---- status bits that do not stay set, including D26 ---- */

static void acknowledge_falls(struct world *w)
{
    w->f.quirks.refuse_status = VWR_STATUS_ACKNOWLEDGE;
}

static void driver_falls(struct world *w)
{
    w->f.quirks.refuse_status = VWR_STATUS_DRIVER;
}

static void features_ok_falls(struct world *w)
{
    w->f.quirks.refuse_status = VWR_STATUS_FEATURES_OK;
}

/* As a device that insists on them does. */
static void features_ok_falls_without_two(struct world *w)
{
    features_ok_falls(w);
    fake_offer(&w->f, VWR_F_RING_RESET);
    fake_offer(&w->f, VWR_F_ACCESS_PLATFORM);
    vwr_features_add(&w->options.avoid, VWR_F_RING_RESET);
    vwr_features_add(&w->options.avoid, VWR_F_ACCESS_PLATFORM);
}

/* Bits 3 and 18 to 21 have no name. */
static void features_ok_falls_without_many(struct world *w)
{
    features_ok_falls_without_two(w);
    for (unsigned bit = 18; bit < 22; bit++)
        fake_offer(&w->f, bit);
    for (unsigned bit = VWR_BLK_F_BARRIER; bit <= VWR_BLK_F_RO; bit++) {
        fake_offer(&w->f, bit);
        vwr_features_add(&w->options.avoid, bit);
    }
}

static void driver_ok_falls(struct world *w)
{
    w->f.quirks.refuse_status = VWR_STATUS_DRIVER_OK;
}

static void all_status_falls(struct world *w)
{
    w->f.quirks.refuse_status = ALL_ONES;
}

static const struct refusal status[] = {
    {"D25_reset_never_ends", REFUSAL_BOTH, reset_never_ends, VWR_ETIMEOUT, "reset", REFUSAL_DEAD},
    {"ACKNOWLEDGE_does_not_stay", REFUSAL_BOTH, acknowledge_falls, VWR_EPROTO, "bit ACKNOWLEDGE ",
     REFUSAL_FAILED},
    {"DRIVER_does_not_stay", REFUSAL_BOTH, driver_falls, VWR_EPROTO, "bit DRIVER ", REFUSAL_FAILED},
    {"D26_FEATURES_OK_refused", VWR_MODERN, features_ok_falls, VWR_EFEATURE, "FEATURES_OK", REFUSAL_FAILED},
    {"D26_names_what_was_left_out", VWR_MODERN, features_ok_falls_without_two, VWR_EFEATURE,
     "0x3 (ACKNOWLEDGE DRIVER); offered, but not accepted: RING_RESET (bit 40) ACCESS_PLATFORM (bit 33)",
     REFUSAL_FAILED},
    {"D26_names_eight_of_many", VWR_MODERN, features_ok_falls_without_many, VWR_EFEATURE,
     "accepted: RING_RESET (bit 40) ACCESS_PLATFORM (bit 33) (bit 21) (bit 20) (bit 19) (bit 18) RO (bit 5) "
     "GEOMETRY (bit 4) and 4 more",
     REFUSAL_FAILED},
    {"DRIVER_OK_does_not_stay", REFUSAL_BOTH, driver_ok_falls, VWR_EPROTO, "bit DRIVER_OK ", REFUSAL_FAILED},
    {"no_status_bit_stays", REFUSAL_BOTH, all_status_falls, VWR_EPROTO, "bit ACKNOWLEDGE ", REFUSAL_FAILED},
};

/* ---- D36 and D37: failures at each stage of startup ---- */

static void needs_reset_with_acknowledge(struct world *w)
{
    w->f.quirks.needs_reset_with = VWR_STATUS_ACKNOWLEDGE;
}

static void needs_reset_with_driver(struct world *w)
{
    w->f.quirks.needs_reset_with = VWR_STATUS_DRIVER;
}

static void needs_reset_with_features_ok(struct world *w)
{
    w->f.quirks.needs_reset_with = VWR_STATUS_FEATURES_OK;
}

static void needs_reset_with_driver_ok(struct world *w)
{
    w->f.quirks.needs_reset_with = VWR_STATUS_DRIVER_OK;
}

static void gone_at_reset(struct world *w)
{
    fake_answer(&w->f, VWR_MMIO_REG_STATUS, ALL_ONES, 0);
}

static void gone_at_acknowledge(struct world *w)
{
    fake_answer(&w->f, VWR_MMIO_REG_STATUS, ALL_ONES, 1);
}

static void gone_at_driver(struct world *w)
{
    fake_answer(&w->f, VWR_MMIO_REG_STATUS, ALL_ONES, 2);
}

static void gone_at_next(struct world *w)
{
    fake_answer(&w->f, VWR_MMIO_REG_STATUS, ALL_ONES, 3);
}

#define NEEDS_RESET VWR_ENEEDSRESET, "DEVICE_NEEDS_RESET", REFUSAL_FAILED
#define GONE VWR_EGONE, "all ones", REFUSAL_DEAD

static const struct refusal trouble[] = {
    {"D36_needs_reset_at_ACKNOWLEDGE", VWR_MODERN, needs_reset_with_acknowledge, NEEDS_RESET},
    {"D36_needs_reset_at_DRIVER", VWR_MODERN, needs_reset_with_driver, NEEDS_RESET},
    {"D36_needs_reset_at_FEATURES_OK", VWR_MODERN, needs_reset_with_features_ok, NEEDS_RESET},
    {"D36_needs_reset_at_DRIVER_OK", VWR_MODERN, needs_reset_with_driver_ok, NEEDS_RESET},
    {"D37_gone_at_reset", REFUSAL_BOTH, gone_at_reset, GONE},
    {"D37_gone_at_ACKNOWLEDGE", REFUSAL_BOTH, gone_at_acknowledge, GONE},
    {"D37_gone_at_DRIVER", REFUSAL_BOTH, gone_at_driver, GONE},
    {"D37_gone_at_FEATURES_OK_or_DRIVER_OK", REFUSAL_BOTH, gone_at_next, GONE},
};

/* A device that refuses all that it offers: nothing was left out, so nothing follows the status. */
static void D26_nothing_was_left_out(void **state)
{
    struct world *w = *state;
    size_t length;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    features_ok_falls(w);
    assert_int_equal(world_open(w), VWR_EFEATURE);
    length = vwr_blk_explain(&w->blk, w->text, sizeof(w->text));
    assert_int_equal(w->text[length - 1], ')');
    assert_null(strstr(w->text, "offered"));
}

/* The status read as ones, not the register at offset 0. */
static void D37_explanation_names_the_register(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    gone_at_driver(w);
    assert_int_equal(world_open(w), VWR_EGONE);
    (void)vwr_blk_explain(&w->blk, w->text, sizeof(w->text));
    assert_true(strstr(w->text, "tatus") != NULL || strstr(w->text, "0x70") != NULL);
}

/* ---- D33 to D35: queues ---- */

static void no_queue(struct world *w)
{
    w->f.queue[0].size_max = 0;
}

static void queue_of_1(struct world *w)
{
    w->f.queue[0].size_max = 1;
}

static void queue_of_3(struct world *w)
{
    w->f.queue[0].size_max = 3;
}

static void ready_stays_0(struct world *w)
{
    fake_answer(&w->f, VWR_MMIO_REG_QUEUE_READY, 0, 1);
}

static void ready_becomes_2(struct world *w)
{
    fake_answer(&w->f, VWR_MMIO_REG_QUEUE_READY, 2, 1);
}

static void ready_already(struct world *w)
{
    fake_answer(&w->f, VWR_MMIO_REG_QUEUE_READY, 1, 0);
}

static void pfn_stays_0(struct world *w)
{
    fake_answer(&w->f, VWR_MMIO_REG_QUEUE_PFN, 0, 1);
}

static void pfn_of_another(struct world *w)
{
    fake_answer(&w->f, VWR_MMIO_REG_QUEUE_PFN, 0x4000, 1);
}

static void pfn_already(struct world *w)
{
    fake_answer(&w->f, VWR_MMIO_REG_QUEUE_PFN, 0x12345, 0);
}

static uint64_t far_away(const void *p, size_t n, size_t *run)
{
    return fake_ram_dma(p, n, run) + ((uint64_t)1 << 44);
}

static uint64_t page_0(const void *p, size_t n, size_t *run)
{
    (void)fake_ram_dma(p, n, run);
    return 0;
}

static void address_too_large(struct world *w)
{
    (void)w;
    fake_ram_translate(far_away);
}

static void address_0(struct world *w)
{
    (void)w;
    fake_ram_translate(page_0);
}

static const struct refusal queues[] = {
    {"D33_QueueSizeMax_0", REFUSAL_BOTH, no_queue, VWR_ENOQUEUE, "QueueSizeMax reads 0", REFUSAL_FAILED},
    {"D33_QueueSizeMax_1_is_too_short_for_a_disk", REFUSAL_BOTH, queue_of_1, VWR_EINVAL,
     "queue 0: a size of 1 is invalid", REFUSAL_FAILED},
    {"D33_QueueSizeMax_3_is_too_short_for_a_disk", REFUSAL_BOTH, queue_of_3, VWR_EINVAL,
     "queue 0: a size of 2 is invalid", REFUSAL_FAILED},
    {"D34_QueueReady_reads_back_0", VWR_MODERN, ready_stays_0, VWR_ENOQUEUE, "QueueReady reads 0x0",
     REFUSAL_FAILED},
    {"D34_QueueReady_reads_back_2", VWR_MODERN, ready_becomes_2, VWR_ENOQUEUE, "QueueReady reads 0x2",
     REFUSAL_FAILED},
    {"D34_QueueReady_before_setup", VWR_MODERN, ready_already, VWR_EBUSY, "QueueReady reads 0x1",
     REFUSAL_FAILED},
    {"D34_QueuePFN_before_setup", VWR_LEGACY, pfn_already, VWR_EBUSY, "QueuePFN reads 0x12345",
     REFUSAL_FAILED},
    {"D35_QueuePFN_reads_back_0", VWR_LEGACY, pfn_stays_0, VWR_ENOQUEUE, "QueuePFN reads 0x0",
     REFUSAL_FAILED},
    {"D35_QueuePFN_reads_back_another", VWR_LEGACY, pfn_of_another, VWR_ENOQUEUE, "QueuePFN reads 0x4000",
     REFUSAL_FAILED},
    {"D35_address_beyond_QueuePFN", VWR_LEGACY, address_too_large, VWR_ERANGE, "does not fit QueuePFN",
     REFUSAL_FAILED},
    {"D35_address_in_page_0", VWR_LEGACY, address_0, VWR_ERANGE, "page 0", REFUSAL_FAILED},
};

/* A modern device gets all bits of the address. */
static void D35_modern_address_beyond_32_bits(void **state)
{
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    fake_ram_translate(far_away);
    assert_int_equal(world_open(w), VWR_OK);
    assert_int_equal(fake_count(&w->f, "W QueueDescHigh[0] 0x1000"), 1);
    assert_int_equal(fake_count(&w->f, "W QueueDriverHigh[0] 0x1000"), 1);
    assert_int_equal(fake_count(&w->f, "W QueueDeviceHigh[0] 0x1000"), 1);
}

/* Each queue is set up and notified with its own index, and the explanation names it. */
static void second_queue(void **state)
{
    struct world *w = *state;
    struct vwr_chain chain = {0};
    struct vwr_seg seg = {FAKE_RAM_ADDR, 16};

    world_plug(w, world_version(w));
    w->f.queue[1].size_max = 32;
    w->f.on_notify = NULL;
    assert_int_equal(world_probe(w), VWR_OK);
    assert_int_equal(world_negotiate(w, NULL), VWR_OK);
    assert_int_equal(vwr_dev_add_queue(&w->mmio.dev, 1, &w->queue, &w->memory, 0), VWR_OK);
    assert_int_equal(w->f.queue[1].size, WORLD_QUEUE);
    assert_int_equal(w->f.queue[0].ready, 0);
    assert_int_equal(vwr_dev_start(&w->mmio.dev), VWR_OK);
    assert_int_equal(vwr_queue_add(&w->queue, &seg, 1, 0, &chain), VWR_OK);
    fake_forget(&w->f);
    assert_true(vwr_queue_kick(&w->queue));
    assert_int_equal(fake_count(&w->f, "W QueueNotify 0x1"), 1);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    assert_int_equal(world_negotiate(w, NULL), VWR_OK);
    assert_int_equal(vwr_dev_add_queue(&w->mmio.dev, 5, &w->queue, &w->memory, 0), VWR_ENOQUEUE);
    world_dev_explains(w, "queue 5: QueueSizeMax reads 0");
}

struct size_case {
    const char *name;
    uint32_t max;
    uint16_t ours;
    uint32_t written;
};

static const struct size_case sizes[] = {
    {"D33_max_1", 1, 16, 1},
    {"D33_max_3", 3, 16, 2},
    {"D33_max_7", 7, 16, 4},
    {"D33_max_equals_ours", 16, 16, 16},
    {"D33_max_65535", 65535, 16, 16},
    {"D33_max_65535_ours_32768", 65535, 32768, 32768},
    {"D33_max_40000_ours_32768", 40000, 32768, 32768},
    {"D33_max_2_to_31", 0x80000000, 16, 16},
    {"D33_max_all_ones", ALL_ONES, 256, 256},
};

/* The device gets the largest power of 2 that both sides support. */
static void written_size(void **state)
{
    struct world *w = *state;
    const struct size_case *c = w->param;

    for (uint32_t version = VWR_MMIO_VERSION_LEGACY; version <= VWR_MMIO_VERSION_MODERN; version++) {
        memset(&w->f, 0, sizeof(w->f));
        world_plug(w, version);
        w->f.queue[0].size_max = c->max;
        world_memory(w, c->ours);
        assert_int_equal(world_probe(w), VWR_OK);
        assert_int_equal(world_negotiate(w, NULL), VWR_OK);
        assert_int_equal(world_add_queue(w), VWR_OK);
        assert_int_equal(w->f.queue[0].size, c->written);
        assert_int_equal(vwr_queue_size(&w->queue), c->written);
    }
}

/* ---- invalid memory and sizes ---- */

static void size_0(struct world *w)
{
    w->memory.size = 0;
}

static void size_3(struct world *w)
{
    w->memory.size = 3;
}

static void size_65535(struct world *w)
{
    w->memory.size = 65535;
}

static void shared_nothing(struct world *w)
{
    w->memory.shared_bytes = 0;
}

/* Memory of sufficient size, `off` bytes behind the required alignment. */
static void shared_off(struct world *w, size_t off)
{
    w->memory.size = 4;
    w->memory.shared_bytes = VWR_BLK_SHARED_BYTES(4, 1, 1);
    w->memory.shared = (uint8_t *)fake_ram_alloc(w->memory.shared_bytes + off, VWR_QUEUE_SHARED_ALIGN) + off;
}

static void shared_unaligned(struct world *w)
{
    shared_off(w, 8);
}

static void shared_on_16_bytes(struct world *w)
{
    shared_off(w, 16);
}

static void own_one_byte_short(struct world *w)
{
    w->memory.own_bytes--;
}

static void own_nothing(struct world *w)
{
    w->memory.own_bytes = 0;
}

static void own_unaligned(struct world *w)
{
    w->memory.own = (uint8_t *)w->memory.own + 2;
    w->memory.own_bytes -= 2;
    w->memory.size = 8;
}

static uint64_t nowhere(const void *p, size_t n, size_t *run)
{
    (void)p;
    (void)n;
    *run = 0;
    return 0;
}

static void cannot_translate(struct world *w)
{
    (void)w;
    fake_ram_translate(nowhere);
}

static uint64_t shared_in_two(const void *p, size_t n, size_t *run)
{
    uint64_t addr = fake_ram_dma(p, n, run);

    if (*run > 100)
        *run = 100;
    return addr;
}

static void shared_is_split(struct world *w)
{
    (void)w;
    fake_ram_translate(shared_in_two);
}

static uint64_t off_by_8(const void *p, size_t n, size_t *run)
{
    return fake_ram_dma(p, n, run) + 8;
}

static void device_address_unaligned(struct world *w)
{
    (void)w;
    fake_ram_translate(off_by_8);
}

static const struct refusal memory[] = {
    {"queue_size_0", REFUSAL_BOTH, size_0, VWR_EINVAL, "queue 0: a size of 0 is invalid", REFUSAL_FAILED},
    {"queue_size_3", REFUSAL_BOTH, size_3, VWR_EINVAL, "is invalid", REFUSAL_FAILED},
    {"queue_size_65535", REFUSAL_BOTH, size_65535, VWR_EINVAL, "queue 0: a size of 65535 is invalid",
     REFUSAL_FAILED},
    {"shared_memory_of_0_bytes", REFUSAL_BOTH, shared_nothing, VWR_ENOMEM, "bytes", REFUSAL_FAILED},
    {"shared_memory_unaligned", REFUSAL_BOTH, shared_unaligned, VWR_ENOMEM, "aligned", REFUSAL_FAILED},
    {"shared_memory_aligned_for_modern_only", VWR_LEGACY, shared_on_16_bytes, VWR_ENOMEM, "aligned",
     REFUSAL_FAILED},
    {"device_address_unaligned", REFUSAL_BOTH, device_address_unaligned, VWR_ENOMEM, "aligned",
     REFUSAL_FAILED},
    {"own_memory_one_byte_short", REFUSAL_BOTH, own_one_byte_short, VWR_ENOMEM, "bytes", REFUSAL_FAILED},
    {"own_memory_of_0_bytes", REFUSAL_BOTH, own_nothing, VWR_ENOMEM, "bytes", REFUSAL_FAILED},
    {"own_memory_unaligned", REFUSAL_BOTH, own_unaligned, VWR_ENOMEM, "aligned", REFUSAL_FAILED},
    {"port_cannot_translate", REFUSAL_BOTH, cannot_translate, VWR_ENOMEM, "contiguous", REFUSAL_FAILED},
    {"shared_memory_not_contiguous", REFUSAL_BOTH, shared_is_split, VWR_ENOMEM, "contiguous", REFUSAL_FAILED},
};

static int open_with_shared_bytes(struct world *w, uint32_t version, size_t bytes)
{
    fake_bus_reset();
    fake_ram_reset();
    memset(&w->f, 0, sizeof(w->f));
    world_plug(w, version);
    w->buffer = fake_ram_alloc(WORLD_BUFFER_BYTES, FAKE_PAGE_BYTES);
    world_memory(w, 4);
    w->memory.shared = fake_ram_alloc(bytes, VWR_QUEUE_SHARED_ALIGN);
    w->memory.shared_bytes = bytes;
    return world_open(w);
}

/*
 * The minimum size that open accepts is sufficient for the driver to the last byte (the sanitizer checks it),
 * one byte less is refused, and the size documented in blk.h is not smaller.
 */
static void shared_memory_one_byte_short(void **state)
{
    struct world *w = *state;
    size_t refused = 0;
    size_t taken = VWR_BLK_SHARED_BYTES(4, 1, 1);

    assert_int_equal(open_with_shared_bytes(w, world_version(w), taken), VWR_OK);
    while (taken - refused > 1) {
        const size_t middle = refused + (taken - refused) / 2;

        if (open_with_shared_bytes(w, world_version(w), middle) == VWR_OK)
            taken = middle;
        else
            refused = middle;
    }
    assert_int_equal(open_with_shared_bytes(w, world_version(w), refused), VWR_ENOMEM);
    world_explains(w, "bytes");
    assert_int_equal(open_with_shared_bytes(w, world_version(w), taken), VWR_OK);
    assert_int_equal(vwr_blk_write(&w->blk, 0, w->buffer, 64), VWR_OK);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 64), VWR_OK);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
}

/* Opens a disk with four requests and a queue of four descriptors in memory of these sizes. */
static int open_in(struct world *w, size_t shared, size_t own)
{
    fake_bus_reset();
    fake_ram_reset();
    memset(&w->f, 0, sizeof(w->f));
    world_plug(w, world_version(w));
    w->buffer = fake_ram_alloc(WORLD_BUFFER_BYTES, FAKE_PAGE_BYTES);
    world_memory(w, 4);
    free(w->memory.own);
    w->memory.shared = fake_ram_alloc(shared, VWR_QUEUE_SHARED_ALIGN);
    w->memory.shared_bytes = shared;
    w->memory.own = calloc(1, own);
    w->memory.own_bytes = own;
    w->options.request.requests = 4;
    w->options.request.segments = 8;
    return world_open(w);
}

/* The number before these words in the explanation of the failed open. */
static size_t said_before(struct world *w, const char *words)
{
    const char *at;

    world_explains(w, words);
    at = strstr(w->text, words);
    while (at > w->text && at[-1] >= '0' && at[-1] <= '9')
        at--;
    return strtoul(at, NULL, 10);
}

/* The size given in the explanation is sufficient, and one byte less is not. */
static void says_how_many_bytes_it_takes(void **state)
{
    struct world *w = *state;
    const size_t most_shared = VWR_BLK_SHARED_BYTES(4, 4, 8);
    const size_t most_own = VWR_BLK_OWN_BYTES(4, 4);
    size_t shared;
    size_t own;

    assert_int_equal(open_in(w, 64, most_own), VWR_ENOMEM);
    shared = said_before(w, " bytes of shared memory");
    assert_in_range(shared, 65, most_shared);
    assert_int_equal(open_in(w, shared - 1, most_own), VWR_ENOMEM);
    assert_int_equal(said_before(w, " bytes of shared memory"), shared);
    assert_int_equal(open_in(w, shared, 8), VWR_ENOMEM);
    own = said_before(w, " bytes of driver-private memory");
    assert_in_range(own, 9, most_own);
    assert_int_equal(open_in(w, shared, own - 1), VWR_ENOMEM);
    assert_int_equal(said_before(w, " bytes of driver-private memory"), own);
    assert_int_equal(open_in(w, shared, own), VWR_OK);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_OK);
}

#define ADD(table) refusal_tests(table, sizeof(table) / sizeof((table)[0]), tests, &n)

int main(void)
{
    struct CMUnitTest tests[REFUSAL_TESTS_MAX];
    size_t n = 0;

    ADD(status);
    ADD(trouble);
    ADD(queues);
    ADD(memory);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
        tests[n++] = world_test(sizes[i].name, written_size, &sizes[i]);
    tests[n++] = WORLD_MODERN(D25_wait_is_bounded);
    tests[n++] = WORLD_LEGACY(D25_wait_is_bounded);
    tests[n++] = WORLD_MODERN(D25_memory_is_left_alone);
    tests[n++] = WORLD_LEGACY(D25_memory_is_left_alone);
    tests[n++] = WORLD_MODERN(D25_ends_at_the_last_poll);
    tests[n++] = WORLD_MODERN(D26_nothing_was_left_out);
    tests[n++] = WORLD_MODERN(D37_explanation_names_the_register);
    tests[n++] = WORLD_MODERN(second_queue);
    tests[n++] = WORLD_LEGACY(second_queue);
    tests[n++] = WORLD_TEST(D35_modern_address_beyond_32_bits);
    tests[n++] = WORLD_MODERN(shared_memory_one_byte_short);
    tests[n++] = WORLD_LEGACY(shared_memory_one_byte_short);
    tests[n++] = WORLD_MODERN(says_how_many_bytes_it_takes);
    tests[n++] = WORLD_LEGACY(says_how_many_bytes_it_takes);
    return refusal_run("refusals", tests, n);
}
