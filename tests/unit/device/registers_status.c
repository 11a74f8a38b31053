/* SPDX-License-Identifier: MIT */
#include "registers.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

#include <string.h>

/* Features, status transitions, interrupts: G45, G46, G48. */

#define FEATURE_BITS (32u * VWR_FEATURE_WORDS)

/* Accepts the offered features with one bit toggled. Returns whether FEATURES_OK stays set; legacy:
 * whether the bit was accepted. */
static bool takes_with(struct guest *g, uint32_t bit)
{
    uint32_t status = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER;

    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
    box_set(g, VWR_MMIO_STATUS, status);
    for (uint32_t word = 0; word < VWR_FEATURE_WORDS; word++) {
        const uint32_t toggled = bit / 32 == word ? UINT32_C(1) << bit % 32 : 0;

        box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, word);
        box_set(g, VWR_MMIO_DRIVER_FEATURES, box.dev.offered.w[word] ^ toggled);
    }
    box_set(g, VWR_MMIO_STATUS, status |= VWR_STATUS_FEATURES_OK);
    if (g->legacy)
        return vwr_vdev_has(&box.dev, bit);
    return (guest_status(g) & VWR_STATUS_FEATURES_OK) != 0;
}

static void G45_each_bit(struct guest *g, long long at)
{
    (void)at;
    for (uint32_t bit = 0; bit < FEATURE_BITS; bit++) {
        const bool offered = vwr_features_have(&box.dev.offered, bit);
        const bool needed = bit == VWR_F_VERSION_1 || bit == BOX_F_SWITCH; /* which other features need */
        const int first = bit == BOX_F_SWITCH ? BOX_F_SECOND : (int)bit;
        const bool taken = takes_with(g, bit);

        if (g->legacy) {
            assert_false(taken);
            continue;
        }
        assert_int_equal(taken, offered && !needed);
        if (taken)
            continue;
        assert_int_equal(box.dev.fault.kind, VWR_VFAULT_FEATURES);
        if (bit != VWR_F_VERSION_1) /* of which several are refused: device.tolerance */
            assert_int_equal(box.dev.fault.a, first);
    }
}

/* Feature words that do not exist: they read as 0, and a bit in them is refused. */
static void G45_words_beyond(struct guest *g, long long at)
{
    const uint32_t words[] = {VWR_FEATURE_WORDS, 0x8000000, 0x80000000, 0xffffffff};

    for (unsigned i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        const uint32_t word = words[i] + (uint32_t)(i == 3 && at > 0 ? 0 : at);
        const bool is_beyond = word >= VWR_FEATURE_WORDS;

        assert_true(guest_negotiate(g));
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
        box_set(g, VWR_MMIO_DEVICE_FEATURES_SEL, word);
        if (is_beyond || g->legacy)
            assert_int_equal(box_get(g, VWR_MMIO_DEVICE_FEATURES), 0);
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
        box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, 1);
        box_set(g, VWR_MMIO_DRIVER_FEATURES, 1); /* VERSION_1 */
        box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, word);
        box_set(g, VWR_MMIO_DRIVER_FEATURES, 0x80000000);
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK);
        if (g->legacy) {
            assert_int_equal(guest_status(g),
                             VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK);
            continue;
        }
        assert_int_equal(guest_status(g), VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
        assert_int_equal(box.dev.fault.a, (uint64_t)word * 32 + 31);
        box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, word ^ 0x40000000); /* the wrong word */
        box_set(g, VWR_MMIO_DRIVER_FEATURES, 0);
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK);
        assert_int_equal(guest_status(g), VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
        box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, word);
        box_set(g, VWR_MMIO_DRIVER_FEATURES, 0); /* the driver reconsiders */
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK);
        assert_true((guest_status(g) & VWR_STATUS_FEATURES_OK) != 0);
    }
}

/* Accepted features do not change, whatever is written later. */
static void G45_changes_its_mind(struct guest *g, long long at)
{
    struct vwr_features before;

    (void)at;
    assert_true(guest_start(g));
    memcpy(&before, &box.dev.accepted, sizeof(before));
    for (uint32_t word = 0; word < VWR_FEATURE_WORDS; word++) {
        box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, word);
        box_set(g, VWR_MMIO_DRIVER_FEATURES, 0);
        box_set(g, VWR_MMIO_DRIVER_FEATURES, 0xffffffff);
    }
    assert_memory_equal(&before, &box.dev.accepted, sizeof(before));
    assert_true(box_ask(g, 0));
}

/*
 * Windows writes features again; `at`: the same ones, all, or none before. Each driver writes FEATURES_OK
 * again with DRIVER_OK: the device negotiates once.
 */
static void G45_writes_features_twice(struct guest *g, long long at)
{
    const uint32_t all[] = {0, UINT32_MAX, 0};
    struct vwr_features once;
    unsigned negotiations;

    guest_clear_rings(g);
    assert_true(guest_negotiate(g));
    negotiations = box.negotiations;
    memcpy(&once, &box.dev.accepted, sizeof(once));
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    for (unsigned i = 0; i < 3; i++)
        for (uint32_t word = 0; word < VWR_FEATURE_WORDS; word++) {
            box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, word);
            box_set(g, VWR_MMIO_DRIVER_FEATURES, i == 0 && at != 0 ? all[at] : once.w[word]);
        }
    if (g->legacy)
        box_set(g, VWR_MMIO_GUEST_PAGE_SIZE, g->page_size);
    else
        box_set(g, VWR_MMIO_STATUS, guest_status(g) | VWR_STATUS_FEATURES_OK);
    assert_int_equal((guest_status(g) & VWR_STATUS_FEATURES_OK) != 0, !g->legacy);
    assert_memory_equal(&once, &box.dev.accepted, sizeof(once));
    assert_true(guest_set_queue(g, 0));
    guest_driver_ok(g);
    assert_true(g->legacy || box.negotiations == negotiations + 1);
    assert_true(box_ask(g, 0));
}

static void G45_skips_features_ok(struct guest *g, long long at)
{
    uint32_t status = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER;

    (void)at;
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
    box_set(g, VWR_MMIO_STATUS, status);
    box_set(g, VWR_MMIO_STATUS, status | VWR_STATUS_DRIVER_OK);
    assert_int_equal(guest_status(g), status);
    assert_int_equal(box.negotiations, 0);
    assert_true(guest_set_queue(g, 0)); /* stored (EARLY_REGISTER) */
    assert_false(box_ask(g, 0));
}

static void G45_class_refuses(struct guest *g, long long at)
{
    (void)at;
    box.refuse = VWR_EUNSUPP;
    assert_int_equal(guest_negotiate(g), g->legacy);
    if (g->legacy)
        return;
    assert_int_equal(box.dev.fault.kind, VWR_VFAULT_CLASS);
    assert_int_equal(box.negotiations, 1);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        assert_int_equal(box.dev.accepted.w[i], 0);
    box.refuse = 0; /* and another attempt without a reset */
    box_set(g, VWR_MMIO_STATUS, guest_status(g) | VWR_STATUS_FEATURES_OK);
    assert_true((guest_status(g) & VWR_STATUS_FEATURES_OK) != 0);
}

/*
 * Whether a driver may set this bit now. ACKNOWLEDGE may be missing, because U-Boot loses it. A legacy device
 * stores FEATURES_OK, because HinaOS waits for it.
 */
static bool may_set(const struct guest *g, uint32_t status, uint32_t bit)
{
    const unsigned i = g->legacy ? 0 : 1;

    if (g->legacy && bit == VWR_STATUS_FEATURES_OK)
        return true;
    for (unsigned n = 0; n < VWR_STATUS_STEP_COUNT; n++) {
        const struct vwr_status_step *const s = &vwr_status_steps[n];
        const uint32_t after = s->after[i] & ~(uint32_t)VWR_STATUS_ACKNOWLEDGE;

        if (s->bit == bit && !s->clears && s->by == VWR_BY_DRIVER && (s->versions & (1u << i)) != 0 &&
            s->feature == VWR_FEATURE_NONE && (status & after) == after && (status & s->before[i]) == 0)
            return true;
    }
    return false;
}

/* Checks a status written over another one: bits are accepted in the order of the table. */
static void check_step(const struct guest *g, uint32_t before, uint32_t value, uint32_t after)
{
    uint32_t status = before;

    if (value == VWR_STATUS_RESET) {
        assert_int_equal(after, VWR_STATUS_RESET);
        return;
    }
    for (unsigned n = 0; n < VWR_STATUS_STEP_COUNT; n++) {
        const uint32_t bit = vwr_status_steps[n].bit;

        if ((value & ~status & bit) != 0 && may_set(g, status, bit))
            status |= bit;
    }
    assert_int_equal(after, status);
}

/* Any two values in sequence after a reset, then a third one that may be a reset. */
static void G46_any_order(struct guest *g, long long at)
{
    const uint32_t alive = g->legacy ? VWR_STATUS_DRIVER : VWR_STATUS_DRIVER_OK;

    for (uint32_t first = 0; first < 256; first++) {
        for (uint32_t second = 0; second < 256; second++) {
            uint32_t one, two;

            box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
            box_set(g, VWR_MMIO_STATUS, VWR_STATUS_DRIVER);
            box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, 1);
            box_set(g, VWR_MMIO_DRIVER_FEATURES, 1); /* VERSION_1 */
            box_set(g, VWR_MMIO_STATUS, first);
            one = guest_status(g);
            check_step(g, VWR_STATUS_DRIVER, first, one);
            if (first == VWR_STATUS_RESET && !g->legacy && (second & VWR_STATUS_FEATURES_OK) != 0)
                continue; /* it has no features now */
            box_set(g, VWR_MMIO_STATUS, second);
            two = guest_status(g);
            check_step(g, one, second, two);
            assert_int_equal(box.dev.live, (two & (alive | VWR_STATUS_FAILED)) == alive);
        }
    }
    (void)at;
}

/* Only the low 8 bits of the register have a meaning: the others neither reset nor set anything. */
static void G46_bits_above(struct guest *g, long long at)
{
    uint32_t before;

    (void)at;
    assert_true(guest_start(g));
    before = guest_status(g);
    for (uint32_t bit = 0x100; bit != 0; bit <<= 1) {
        box_set(g, VWR_MMIO_STATUS, bit);
        assert_int_equal(guest_status(g), before);
    }
    assert_true(box_ask(g, 0));
}

/* A driver clears a bit only by a reset. */
static void G46_clears_bits(struct guest *g, long long at)
{
    uint32_t before;

    (void)at;
    vwr_features_remove(&g->features, VWR_F_SUSPEND); /* now the driver may set its bit */
    assert_true(guest_start(g));
    before = guest_status(g);
    for (uint32_t value = 1; value < VWR_STATUS_FAILED; value++) {
        box_set(g, VWR_MMIO_STATUS, value);
        if (g->legacy)
            before |= value & VWR_STATUS_FEATURES_OK;
        assert_int_equal(guest_status(g), before);
    }
    assert_true(box_ask(g, 0));
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_FAILED);
    assert_int_equal(guest_status(g), before | VWR_STATUS_FAILED);
    box_set(g, VWR_MMIO_STATUS, before);
    assert_int_equal(guest_status(g), before | VWR_STATUS_FAILED);
}

/* A reset while the class holds a buffer: the class is notified, and its later answer is dropped. */
static void G46_reset_in_the_midst(struct guest *g, long long at)
{
    uint32_t id, len;

    (void)at;
    box.hold = true;
    assert_true(guest_start(g));
    assert_false(box_ask(g, 0));
    assert_int_equal(box.held, 1);
    box.resets = 0;
    g->raised = 0;
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    assert_int_equal(box.resets, 1);
    assert_int_equal(guest_status(g), VWR_STATUS_RESET);
    box_answer_held(g);
    assert_false(guest_used(g, 0, &id, &len));
    assert_int_equal(g->raised, 0);
    assert_int_equal(box_get(g, VWR_MMIO_INTERRUPT_STATUS), 0);
    assert_true(guest_start(g)); /* nor to the ring of the next session */
    box_answer_held(g);
    assert_false(guest_used(g, 0, &id, &len));
    assert_int_equal(g->raised, 0);
}

/* Only pending reasons are acknowledged; the line falls with the last one. */
static void G48_acknowledges(struct guest *g, long long at)
{
    (void)at;
    assert_true(guest_start(g));
    assert_false(g->irq);
    vwr_vdev_config_changed(g->dev);
    vwr_vdev_interrupt(g->dev, 0);
    assert_true(g->irq);
    assert_int_equal(g->raised, 2);
    assert_int_equal(box_get(g, VWR_MMIO_INTERRUPT_STATUS), 3);
    box_set(g, VWR_MMIO_INTERRUPT_ACK, ~3u); /* not pending */
    assert_int_equal(box_get(g, VWR_MMIO_INTERRUPT_STATUS), 3);
    assert_true(g->irq);
    box_set(g, VWR_MMIO_INTERRUPT_ACK, VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
    assert_int_equal(box_get(g, VWR_MMIO_INTERRUPT_STATUS), VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
    assert_true(g->irq);
    box_set(g, VWR_MMIO_INTERRUPT_ACK, 0xffffffff);
    assert_int_equal(box_get(g, VWR_MMIO_INTERRUPT_STATUS), 0);
    assert_false(g->irq);
    box_set(g, VWR_MMIO_INTERRUPT_ACK, 0xffffffff);
    assert_int_equal(g->raised, 2);
}

/* Without an acknowledgement the level stays, each reason is reported again, and a reset ends it. */
static void G48_never_acknowledges(struct guest *g, long long at)
{
    (void)at;
    assert_true(guest_start(g));
    for (unsigned i = 0; i < 1000; i++)
        vwr_vdev_interrupt(g->dev, 0);
    assert_int_equal(g->raised, 1000);
    assert_true(g->irq);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    assert_false(g->irq);
    assert_int_equal(box_get(g, VWR_MMIO_INTERRUPT_STATUS), 0);
}

const struct hostile_case status_cases[] = {
    {"G45_each_bit", "feat.drv.1 feat.drv.2 feat.dev.3", G45_each_bit, HOSTILE_SPLIT, 0, {0}},
    {"G45_words_beyond", "feat.drv.1 feat.dev.3", G45_words_beyond, HOSTILE_SPLIT, 2, {0, 1}},
    {"G45_changes_its_mind", "init.drv.9", G45_changes_its_mind, HOSTILE_SPLIT, 0, {0}},
    {"G45_writes_features_twice",
     "init.drv.5 init.drv.9",
     G45_writes_features_twice,
     HOSTILE_ALL,
     3,
     {0, 1, 2}},
    {"G45_skips_features_ok", "init.drv.1 init.drv.8", G45_skips_features_ok, HOSTILE_MODERN, 0, {0}},
    {"G45_class_refuses", "feat.dev.3", G45_class_refuses, HOSTILE_SPLIT, 0, {0}},
    {"G46_any_order", "init.drv.1 status.drv.1 status.drv.2", G46_any_order, HOSTILE_SPLIT, 0, {0}},
    {"G46_bits_above", "status.drv.1", G46_bits_above, HOSTILE_SPLIT, 0, {0}},
    {"G46_clears_bits", "status.drv.2", G46_clears_bits, HOSTILE_SPLIT, 0, {0}},
    {"G46_reset_in_the_midst",
     "reset.dev.1 reset.dev.2 mmio.dev.5",
     G46_reset_in_the_midst,
     HOSTILE_ALL,
     0,
     {0}},
    {"G48_acknowledges", "mmio.dev.3 mmio.dev.4", G48_acknowledges, HOSTILE_SPLIT, 0, {0}},
    {"G48_never_acknowledges", "mmio.dev.3 mmio.dev.5", G48_never_acknowledges, HOSTILE_SPLIT, 0, {0}},
};
const unsigned status_case_count = sizeof(status_cases) / sizeof(status_cases[0]);
