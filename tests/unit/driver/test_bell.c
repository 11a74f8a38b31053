/* SPDX-License-Identifier: MIT */
#include "vwr/bell.h"
#include "vwr/gen/features.h"
#include "vwr/gen/status.h"
#include "world.h"

#include <string.h>

/* The driver's end of registers in shared memory. The device is this file, and may be silent, late or new. */

#define BYTES VWR_BELL_BYTES_OF(16)
#define ID 99u
#define OFFERED_1 \
    (1u << (VWR_F_VERSION_1 - 32) | 1u << (VWR_F_NOTIFICATION_DATA - 32) | 1u << (VWR_F_SUSPEND - 32))

static struct {
    uint8_t block[BYTES] __attribute__((aligned(8)));
    struct vwr_bell b;
    uint32_t accepted[2];
    uint32_t selected;
    unsigned writes;
    unsigned rings[4]; /* of queues */
    uint32_t config;   /* offset, width and value of the last write to the configuration */
    bool silent;
    bool storing; /* the configuration */
} far;

static uint32_t word(unsigned at)
{
    return vwr_bell_load(far.block, at);
}

static void set(unsigned offset, uint32_t value)
{
    vwr_bell_store(far.block, VWR_BELL_REGISTERS + offset, value);
}

static void start_device(void)
{
    set(VWR_MMIO_MAGIC_VALUE, VWR_MMIO_MAGIC_VALUE_VALUE);
    set(VWR_MMIO_VERSION, VWR_MMIO_VERSION_MODERN);
    set(VWR_MMIO_DEVICE_ID, ID);
    set(VWR_MMIO_STATUS, 0);
    set(VWR_MMIO_QUEUE_READY, 0);
    vwr_bell_store(far.block, VWR_BELL_TAKEN, word(VWR_BELL_SEQUENCE));
}

static void execute(uint32_t offset, uint32_t bytes, uint32_t value)
{
    far.writes += bytes != 0;
    if (bytes == 0)
        return;
    if (offset >= VWR_MMIO_CONFIG) {
        far.config = (offset - VWR_MMIO_CONFIG) << 24 | bytes << 16 | value;
        return;
    }
    assert_int_equal(bytes, 4);
    if (offset == VWR_MMIO_DEVICE_FEATURES_SEL)
        set(VWR_MMIO_DEVICE_FEATURES, value == 1 ? OFFERED_1 : 0);
    else if (offset == VWR_MMIO_DRIVER_FEATURES_SEL)
        far.selected = value;
    else if (offset == VWR_MMIO_DRIVER_FEATURES)
        far.accepted[far.selected] = value;
    else if (offset == VWR_MMIO_QUEUE_SEL)
        set(VWR_MMIO_QUEUE_SIZE_MAX, value < 4 ? 16 : 0);
    else
        set(offset, value);
}

static void on_ring(void *context, uint32_t what)
{
    assert_ptr_equal(context, &far);
    if (what != VWR_BELL_WRITE) {
        assert_in_range(what, 0, 3);
        far.rings[what]++;
    } else if (!far.silent) {
        assert_int_equal(word(VWR_BELL_SEQUENCE), word(VWR_BELL_TAKEN) + 1);
        execute(word(VWR_BELL_OFFSET), word(VWR_BELL_BYTES), word(VWR_BELL_VALUE));
        vwr_bell_store(far.block, VWR_BELL_TAKEN, word(VWR_BELL_SEQUENCE));
    }
}

static int probe_as(void *block, size_t bytes)
{
    const struct vwr_bell_setup s = {.block = block, .bytes = bytes, .ring = on_ring, .context = &far};

    memset(&far.b, 0xa5, sizeof(far.b));
    return vwr_bell_probe(&far.b, &s);
}

static void negotiate(void)
{
    struct vwr_features want = {{0, ~0u, 0, 0}};
    const struct vwr_feature_policy policy = {.want = &want};

    assert_int_equal(vwr_dev_negotiate(&far.b.dev, &policy), VWR_OK);
}

static void opened(struct world *w)
{
    memset(&far, 0, sizeof(far));
    vwr_bell_store(far.block, VWR_BELL_SEQUENCE, UINT32_MAX - 3); /* of an earlier driver; it wraps */
    start_device();
    assert_int_equal(probe_as(far.block, BYTES), VWR_OK);
    negotiate();
    assert_int_equal(vwr_dev_add_queue(&far.b.dev, 2, &w->queue, &w->memory, 0), VWR_OK);
    assert_int_equal(vwr_dev_start(&far.b.dev), VWR_OK);
}

static void probes(void **state)
{
    char text[200];

    (void)state;
    memset(&far, 0, sizeof(far));
    assert_int_equal(probe_as(far.block, BYTES), VWR_EMAGIC);
    start_device();
    assert_int_equal(probe_as(far.block, VWR_BELL_BYTES_OF(0) - 1), VWR_EINVAL);
    assert_int_equal(probe_as(far.block + 2, BYTES - 2), VWR_EINVAL);
    set(VWR_MMIO_VERSION, VWR_MMIO_VERSION_LEGACY);
    assert_int_equal(probe_as(far.block, BYTES), VWR_EVERSION);
    set(VWR_MMIO_VERSION, VWR_MMIO_VERSION_MODERN);
    set(VWR_MMIO_DEVICE_ID, 0);
    assert_int_equal(probe_as(far.block, BYTES), VWR_ENODEV);
    assert_in_range(vwr_dev_explain(&far.b.dev, text, sizeof(text)), 10, 199);
    set(VWR_MMIO_MAGIC_VALUE, UINT32_MAX);
    assert_int_equal(probe_as(far.block, BYTES), VWR_EGONE);
    start_device();
    assert_int_equal(probe_as(far.block, BYTES), VWR_OK);
    assert_int_equal(far.b.dev.type, ID);
    assert_int_equal(far.b.dev.config.bytes, 16);
    assert_int_equal(far.writes, 0);
}

/* What no bell has is not accepted, even if it is offered. */
static void opens(void **state)
{
    struct world *w = *state;
    uint64_t addr = fake_ram_dma(w->memory.shared, 1, &(size_t){0});

    opened(w);
    assert_int_equal(far.accepted[1], 1u << (VWR_F_VERSION_1 - 32));
    assert_int_equal(word(VWR_BELL_REGISTERS + VWR_MMIO_QUEUE_SIZE), WORLD_QUEUE);
    assert_int_equal(word(VWR_BELL_REGISTERS + VWR_MMIO_QUEUE_DESC_LOW), (uint32_t)addr);
    assert_int_equal(word(VWR_BELL_SEQUENCE), word(VWR_BELL_TAKEN));
}

static void notifies_without_waiting(void **state)
{
    struct world *w = *state;
    struct vwr_seg seg = {0};
    struct vwr_chain chain = {0};
    unsigned writes;

    opened(w);
    seg = (struct vwr_seg){fake_ram_dma(w->buffer, 64, &(size_t){0}), 64};
    writes = far.writes;
    far.silent = true;
    assert_int_equal(vwr_queue_add(&w->queue, &seg, 0, 1, &chain), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    assert_int_equal(far.rings[2], 1);
    assert_int_equal(far.writes, writes);
    assert_int_equal(vwr_dev_check(&far.b.dev), VWR_OK); /* nothing was lost */
}

static void tells_causes(void **state)
{
    struct world *w = *state;

    opened(w);
    assert_int_equal(vwr_dev_irq(&far.b.dev), 0);
    vwr_bell_store(far.block, VWR_BELL_USED, 5);
    assert_int_equal(vwr_dev_irq(&far.b.dev), VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
    assert_int_equal(vwr_dev_irq(&far.b.dev), 0);
    vwr_bell_store(far.block, VWR_BELL_CHANGED, UINT32_MAX);
    vwr_bell_store(far.block, VWR_BELL_USED, 4);
    assert_int_equal(vwr_dev_irq(&far.b.dev), VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK |
                                                  VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
}

static void read_two(const struct vwr_config *c, void *into)
{
    uint32_t *const to = into;

    to[0] = vwr_config_read32(c, 0);
    to[1] = vwr_config_read16(c, 6);
}

static void accesses_the_configuration(void **state)
{
    struct world *w = *state;
    uint32_t two[2];

    opened(w);
    set(VWR_MMIO_CONFIG, 0x12345678);
    set(VWR_MMIO_CONFIG + 4, 0x9abcdef0);
    assert_int_equal(vwr_dev_read_config(&far.b.dev, read_two, two, sizeof(two)), VWR_OK);
    assert_int_equal(two[0], 0x12345678);
    assert_int_equal(two[1], 0x9abc);
    vwr_config_write16(&far.b.dev.config, 6, 0x55aa);
    assert_int_equal(far.config, 6u << 24 | 2u << 16 | 0x55aa);
    vwr_bell_store(far.block, VWR_BELL_BEGINS, 7); /* the device does not finish */
    assert_int_equal(vwr_dev_read_config(&far.b.dev, read_two, two, sizeof(two)), VWR_EUNSTABLE);
    vwr_bell_store(far.block, VWR_BELL_ENDS, 7);
    assert_int_equal(vwr_dev_read_config(&far.b.dev, read_two, two, sizeof(two)), VWR_OK);
}

/* A silent device is gone; a write that it may still read is not replaced. */
static void waits_no_longer(void **state)
{
    struct world *w = *state;
    uint32_t sequence, value;

    opened(w);
    far.silent = true;
    assert_int_equal(vwr_dev_reset(&far.b.dev), VWR_EGONE);
    sequence = word(VWR_BELL_SEQUENCE);
    value = word(VWR_BELL_VALUE);
    assert_int_equal(value, 0);
    vwr_dev_fail(&far.b.dev);
    assert_int_equal(word(VWR_BELL_SEQUENCE), sequence);
    assert_int_equal(word(VWR_BELL_VALUE), value);
    assert_int_equal(vwr_dev_check(&far.b.dev), VWR_EGONE);
    far.silent = false;
    on_ring(&far, VWR_BELL_WRITE); /* it wakes up, and executes the reset */
    assert_int_equal(vwr_dev_reset(&far.b.dev), VWR_OK);
    negotiate();
}

static void sees_restarts(void **state)
{
    struct world *w = *state;

    opened(w);
    start_device();
    assert_int_equal(vwr_dev_check(&far.b.dev), VWR_EPROTO);
    assert_int_equal(vwr_dev_reset(&far.b.dev), VWR_OK);
    opened(w);
    far.silent = true;
    vwr_dev_reset_begin(&far.b.dev);
    assert_int_equal(vwr_dev_reset_poll(&far.b.dev), VWR_EGONE);
    start_device(); /* it drops the write, and is reset all the same */
    far.silent = false;
    assert_int_equal(vwr_dev_reset_poll(&far.b.dev), VWR_OK);
    negotiate();
    assert_int_equal(vwr_dev_add_queue(&far.b.dev, 2, &w->queue, &w->memory, 0), VWR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(probes),          WORLD_TEST(opens),
        WORLD_TEST(tells_causes),    WORLD_TEST(notifies_without_waiting),
        WORLD_TEST(waits_no_longer), WORLD_TEST(accesses_the_configuration),
        WORLD_TEST(sees_restarts),
    };

    return cmocka_run_group_tests_name("bell", tests, NULL, NULL);
}
