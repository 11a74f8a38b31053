/* SPDX-License-Identifier: MIT */
#include "refusal.h"
#include "vwr/gen/features.h"

#include <stdio.h>
#include <string.h>

/* Negotiation: D27, D28, and a test for each feature that is required but not offered. */

#define ALL_ONES 0xffffffffu
#define BIT(n) ((uint32_t)1 << (n) % 32)

/* Features that the runtime accepts from a disk that offers everything. */
#define BLK_TAKEN VWR_BLK_FEATURES_W0

/* Features that it accepts from any device. */
#define RING_TAKEN (BIT(VWR_F_INDIRECT_DESC) | BIT(VWR_F_EVENT_IDX))
#define MODERN_TAKEN                                                                                    \
    (BIT(VWR_F_VERSION_1) | BIT(VWR_F_ACCESS_PLATFORM) | BIT(VWR_F_RING_PACKED) | BIT(VWR_F_IN_ORDER) | \
     BIT(VWR_F_ORDER_PLATFORM) | BIT(VWR_F_NOTIFICATION_DATA) | BIT(VWR_F_RING_RESET) | BIT(VWR_F_SUSPEND))

static bool is_modern(const struct world *w)
{
    return w->f.version == VWR_MMIO_VERSION_MODERN;
}

/* Each word is read only once: a second read could return a different set. */
static void words_were_read_once(const struct world *w)
{
    assert_int_equal(fake_count(&w->f, "R DeviceFeatures[0]"), 1);
    assert_int_equal(fake_count(&w->f, "R DeviceFeatures[1]"), is_modern(w) ? 1 : 0);
    assert_int_equal(fake_count(&w->f, "W DriverFeatures[0]"), 1);
    assert_int_equal(fake_count(&w->f, "W DriverFeatures[1]"), is_modern(w) ? 1 : 0);
    assert_int_equal(fake_count(&w->f, "R DeviceFeatures["), is_modern(w) ? 2 : 1);
}

/* Clause: feat.drv.4 feat.drv.5 feat.drv.6 feat.drv.7 feat.drv.8 feat.drv.9 feat.drv.12. */
static void D27_all_ones_offered(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    memset(w->f.offered, 0xff, sizeof(w->f.offered));
    assert_int_equal(world_open(w), VWR_OK);
    words_were_read_once(w);
    if (is_modern(w)) {
        assert_int_equal(w->f.taken[0], BLK_TAKEN | RING_TAKEN);
        assert_int_equal(w->f.taken[1], MODERN_TAKEN);
    } else {
        assert_int_equal(w->f.taken[0],
                         (BLK_TAKEN & ~VWR_BLK_FEATURES_MODERN_W0) | RING_TAKEN | BIT(VWR_F_ANY_LAYOUT));
        assert_int_equal(w->f.taken[1], 0);
    }
    assert_int_equal(w->f.taken[2] | w->f.taken[3], 0);
    assert_int_equal(vwr_blk_read(&w->blk, 1, w->buffer, 2), VWR_OK);
    assert_true(world_has_pattern(w, 1, 2));
}

/* The result of the single read counts; a modern device then notices itself that its offer has changed. */
static void D27_offer_changes_between_reads(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    w->f.quirks.offers_flip = BIT(VWR_BLK_F_FLUSH) | BIT(VWR_BLK_F_RO);
    assert_int_equal(world_open(w), is_modern(w) ? VWR_EFEATURE : VWR_OK);
    words_were_read_once(w);
    assert_true(fake_took(&w->f, VWR_BLK_F_FLUSH));
    assert_false(fake_took(&w->f, VWR_BLK_F_RO));
    assert_int_equal(w->f.taken[0] & ~w->mmio.dev.offered.w[0], 0);
}

static void packed_without_version_1(struct world *w)
{
    memset(w->f.offered, 0, sizeof(w->f.offered));
    fake_offer(&w->f, VWR_F_RING_PACKED);
}

static void event_idx_alone(struct world *w)
{
    memset(w->f.offered, 0, sizeof(w->f.offered));
    fake_offer(&w->f, VWR_F_EVENT_IDX);
}

static void platform_without_version_1(struct world *w)
{
    fake_withhold(&w->f, VWR_F_VERSION_1);
    fake_offer(&w->f, VWR_F_ACCESS_PLATFORM);
}

static void nothing_offered(struct world *w)
{
    memset(w->f.offered, 0, sizeof(w->f.offered));
}

static void need_platform(struct world *w)
{
    vwr_features_add(&w->options.need, VWR_F_ACCESS_PLATFORM);
}

static void need_version_1(struct world *w)
{
    vwr_features_add(&w->options.need, VWR_F_VERSION_1);
}

static void need_notif_config_data(struct world *w)
{
    fake_offer(&w->f, VWR_F_NOTIF_CONFIG_DATA);
    vwr_features_add(&w->options.need, VWR_F_NOTIF_CONFIG_DATA);
}

static void need_packed(struct world *w)
{
    fake_offer(&w->f, VWR_F_RING_PACKED);
    vwr_features_add(&w->options.need, VWR_F_RING_PACKED);
}

static void need_nameless(struct world *w)
{
    fake_offer(&w->f, 50);
    vwr_features_add(&w->options.need, 51);
}

static void need_what_is_avoided(struct world *w)
{
    vwr_features_add(&w->options.need, VWR_BLK_F_FLUSH);
    vwr_features_add(&w->options.avoid, VWR_BLK_F_FLUSH);
}

static const struct refusal sets[] = {
    {"D27_packed_without_VERSION_1", VWR_MODERN, packed_without_version_1, VWR_EFEATURE, "VERSION_1",
     REFUSAL_FAILED},
    {"D27_EVENT_IDX_alone", VWR_MODERN, event_idx_alone, VWR_EFEATURE, "VERSION_1", REFUSAL_FAILED},
    {"D27_ACCESS_PLATFORM_without_VERSION_1", VWR_MODERN, platform_without_version_1, VWR_EFEATURE,
     "VERSION_1", REFUSAL_FAILED},
    {"D28_VERSION_1_missing", VWR_MODERN, nothing_offered, VWR_EFEATURE, "VERSION_1", REFUSAL_FAILED},
    {"D28_VERSION_1_needed", VWR_LEGACY, need_version_1, VWR_EFEATURE, "VERSION_1", REFUSAL_FAILED},
    {"D28_ACCESS_PLATFORM_needed", REFUSAL_BOTH, need_platform, VWR_EFEATURE, "ACCESS_PLATFORM",
     REFUSAL_FAILED},
    {"NOTIF_CONFIG_DATA_needed_and_not_driven", REFUSAL_BOTH, need_notif_config_data, VWR_EFEATURE,
     "NOTIF_CONFIG_DATA", REFUSAL_FAILED},
    {"RING_PACKED_needed_of_a_legacy_device", VWR_LEGACY, need_packed, VWR_EFEATURE, "RING_PACKED",
     REFUSAL_FAILED},
    {"feature_without_a_name_needed", REFUSAL_BOTH, need_nameless, VWR_EFEATURE, "51", REFUSAL_FAILED},
    {"feature_needed_and_avoided", REFUSAL_BOTH, need_what_is_avoided, VWR_EFEATURE, "FLUSH", REFUSAL_FAILED},
};

/* A legacy device that offers no feature is still a usable disk. */
static void legacy_needs_no_feature(void **state)
{
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_LEGACY);
    nothing_offered(w);
    assert_int_equal(world_open(w), VWR_OK);
    assert_int_equal(w->f.taken[0], 0);
    assert_int_equal(fake_count(&w->f, "W DriverFeatures[0] 0x0"), 1); /* written although it is 0 */
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_OK);
}

/* ---- one test for each feature ---- */

struct need_case {
    char name[64];
    char words[64];
    unsigned feature;
    uint32_t version;
    bool offered;
};

static void need_is_refused(void **state)
{
    struct world *w = *state;
    const struct need_case *c = w->param;
    const struct refusal expected = {c->name, 0, NULL, VWR_EFEATURE, c->words, REFUSAL_FAILED};

    world_plug(w, c->version);
    fake_withhold(&w->f, c->feature);
    if (c->offered)
        fake_offer(&w->f, c->feature);
    vwr_features_add(&w->options.need, c->feature);
    refusal_check(w, &expected);
    assert_int_equal(fake_count(&w->f, "W DriverFeatures["), 0);
    world_honest(w);
    world_works_again(w);
}

static bool is_driven(unsigned feature, uint32_t version)
{
    const unsigned in_word = feature / 32;

    if (version == VWR_MMIO_VERSION_LEGACY)
        return in_word == 0 && ((RING_TAKEN | BIT(VWR_F_ANY_LAYOUT)) & BIT(feature));
    return (in_word == 0 && (RING_TAKEN & BIT(feature))) || (in_word == 1 && (MODERN_TAKEN & BIT(feature)));
}

static void add_need(struct CMUnitTest *tests, size_t *n, const char *prefix, const struct vwr_name *feature,
                     uint32_t version, bool offered)
{
    static struct need_case cases[REFUSAL_TESTS_MAX];
    static size_t used;
    struct need_case *c = &cases[used++];

    assert_true(used <= REFUSAL_TESTS_MAX && *n < REFUSAL_TESTS_MAX);
    c->feature = feature->value;
    c->version = version;
    c->offered = offered;
    snprintf(c->words, sizeof(c->words), "%s", feature->name);
    snprintf(c->name, sizeof(c->name), "%s_%s_%s", prefix, feature->name,
             version == VWR_MMIO_VERSION_LEGACY ? "legacy" : "modern");
    tests[(*n)++] = world_test(c->name, need_is_refused, c);
}

static void add_needs(struct CMUnitTest *tests, size_t *n)
{
    for (uint32_t version = VWR_MMIO_VERSION_LEGACY; version <= VWR_MMIO_VERSION_MODERN; version++) {
        for (const struct vwr_name *f = vwr_blk_feature_names; f->name != NULL; f++)
            add_need(tests, n, "needed_and_not_offered", f, version, false);
        for (const struct vwr_name *f = vwr_feature_names; f->name != NULL; f++)
            if (!is_driven(f->value, version))
                add_need(tests, n, "needed_and_not_driven", f, version, true);
    }
}

/* ---- transports ---- */

/* A transport that has none of the features that only some transports have. */
static const struct vwr_features other_usable = {
    {VWR_DEV_USABLE(OTHER, 0), VWR_DEV_USABLE(OTHER, 1), VWR_DEV_USABLE(OTHER, 2), VWR_DEV_USABLE(OTHER, 3)}};

static void the_transport_lacks_features(void **state)
{
    struct vwr_transport other = vwr_mmio_modern;
    struct world *w = *state;
    char line[200];

    other.usable = &other_usable;
    world_plug(w, VWR_MMIO_VERSION_MODERN);
    memset(w->f.offered, 0xff, sizeof(w->f.offered));
    assert_int_equal(world_probe(w), VWR_OK);
    w->mmio.dev.transport = &other;
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options), VWR_OK);
    assert_int_equal(w->f.taken[0], BLK_TAKEN | RING_TAKEN);
    assert_int_equal(w->f.taken[1], MODERN_TAKEN & ~BIT(VWR_F_RING_RESET));
    assert_int_equal(vwr_blk_read(&w->blk, 1, w->buffer, 2), VWR_OK);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    vwr_features_add(&w->options.need, VWR_F_RING_RESET);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options), VWR_EFEATURE);
    (void)vwr_dev_explain(&w->mmio.dev, line, sizeof(line));
    assert_non_null(
        strstr(line, "RING_RESET (bit 40) is required, but this driver does not support it on this"));
}

/* Each feature of the description that a transport lacks is in no set of its driver. */
static void no_transport_accepts_what_it_lacks(void **state)
{
    static const struct {
        struct vwr_features usable;
        struct vwr_features lacks;
    } row[] = {
        {{{VWR_DEV_USABLE(MMIO, 0), VWR_DEV_USABLE(MMIO, 1)}},
         {{VWR_FEATURES_NOT_ON_MMIO_W0, VWR_FEATURES_NOT_ON_MMIO_W1}}},
        {{{VWR_DEV_USABLE(PCI, 0), VWR_DEV_USABLE(PCI, 1)}},
         {{VWR_FEATURES_NOT_ON_PCI_W0, VWR_FEATURES_NOT_ON_PCI_W1}}},
        {{{VWR_DEV_USABLE(CCW, 0), VWR_DEV_USABLE(CCW, 1)}},
         {{VWR_FEATURES_NOT_ON_CCW_W0, VWR_FEATURES_NOT_ON_CCW_W1}}},
    };
    static const bool has[VWR_COUNT(row)][2] = {{true, false}, {true, true}, {false, false}};

    (void)state;
    for (unsigned i = 0; i < VWR_COUNT(row); i++) {
        assert_int_equal(row[i].usable.w[0] & row[i].lacks.w[0], 0);
        assert_int_equal(row[i].usable.w[1] & row[i].lacks.w[1], 0);
        assert_int_equal(vwr_features_have(&row[i].usable, VWR_F_RING_RESET), has[i][0]);
        assert_int_equal(vwr_features_have(&row[i].usable, VWR_F_NOTIF_CONFIG_DATA), has[i][1]);
        assert_false(vwr_features_have(&row[i].usable, VWR_F_SR_IOV));
        assert_false(vwr_features_have(&row[i].usable, VWR_F_ADMIN_VQ));
    }
}

/* ---- avoid ---- */

static void avoided_is_not_taken(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    vwr_features_add(&w->options.avoid, VWR_BLK_F_FLUSH);
    assert_int_equal(world_open(w), VWR_OK);
    assert_false(fake_took(&w->f, VWR_BLK_F_FLUSH));
    assert_true(fake_took(&w->f, VWR_BLK_F_SEG_MAX));
    assert_int_equal(w->blk.info.write_cache, 0);
    fake_forget(&w->f);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    assert_int_equal(w->f.accesses, 0);
}

/* A device refuses writes as soon as it offers RO. Section: Block Device / Device Operation. */
static void read_only_is_what_the_device_offers(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    fake_offer(&w->f, VWR_BLK_F_RO);
    vwr_features_add(&w->options.avoid, VWR_BLK_F_RO);
    assert_int_equal(world_open(w), VWR_OK);
    assert_false(fake_took(&w->f, VWR_BLK_F_RO));
    assert_int_equal(w->blk.info.read_only, 1);
    assert_int_equal(vwr_blk_write(&w->blk, 0, w->buffer, 1), VWR_EROFS);
}

/* Legacy devices MUST NOT offer zones; if one does, the driver does not accept them. */
static void no_zones_in_legacy(void **state)
{
    struct world *w = *state;
    const bool modern = world_version(w) == VWR_MMIO_VERSION_MODERN;

    world_plug(w, world_version(w));
    fake_offer(&w->f, VWR_BLK_F_ZONED);
    assert_int_equal(world_open(w), VWR_OK);
    assert_int_equal(fake_took(&w->f, VWR_BLK_F_ZONED), modern);
}

/* The same for features that the runtime accepts by default. */
static void avoided_reserved_feature_is_not_taken(void **state)
{
    struct world *w = *state;
    const unsigned feature =
        world_version(w) == VWR_MMIO_VERSION_MODERN ? VWR_F_ACCESS_PLATFORM : VWR_F_ANY_LAYOUT;

    world_plug(w, world_version(w));
    fake_offer(&w->f, feature);
    assert_int_equal(world_open(w), VWR_OK);
    assert_true(fake_took(&w->f, feature));
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    vwr_features_add(&w->options.avoid, feature);
    assert_int_equal(world_open(w), VWR_OK);
    assert_false(fake_took(&w->f, feature));
}

/* A modern device without VERSION_1 is refused, regardless of which features are to be avoided. */
static void version_1_cannot_be_avoided(void **state)
{
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    memset(&w->options.avoid, 0xff, sizeof(w->options.avoid));
    assert_int_equal(world_open(w), VWR_OK);
    assert_true(fake_took(&w->f, VWR_F_VERSION_1));
    assert_int_equal(w->f.taken[0], 0);
}

static void need_that_is_offered(void **state)
{
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    fake_offer(&w->f, VWR_F_ACCESS_PLATFORM);
    vwr_features_add(&w->options.need, VWR_F_ACCESS_PLATFORM);
    vwr_features_add(&w->options.need, VWR_F_VERSION_1);
    vwr_features_add(&w->options.need, VWR_BLK_F_FLUSH);
    assert_int_equal(world_open(w), VWR_OK);
    assert_true(fake_took(&w->f, VWR_F_ACCESS_PLATFORM));
    assert_true(vwr_dev_has(&w->mmio.dev, VWR_BLK_F_FLUSH));
}

static void opens_in_order(struct world *w, bool in_order)
{
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options), VWR_OK);
    assert_int_equal(fake_took(&w->f, VWR_F_IN_ORDER), in_order);
    assert_false(fake_took(&w->f, VWR_BLK_F_RO));
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
}

/* The device is asked, once for all opens until the next probe, or the class requires the feature. */
static void in_order_is_accepted_on_request(void **state)
{
    struct world *w = *state;
    volatile void *base;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    fake_offer(&w->f, VWR_F_IN_ORDER);
    fake_offer(&w->f, VWR_BLK_F_RO);
    vwr_features_add(&w->options.avoid, VWR_BLK_F_RO);
    base = (volatile void *)w->f.base;
    assert_int_equal(vwr_mmio_probe(&w->mmio, base, VWR_MMIO_SIZE), VWR_OK);
    opens_in_order(w, false);
    vwr_dev_want(&w->mmio.dev, VWR_F_IN_ORDER);
    vwr_dev_want(&w->mmio.dev, VWR_BLK_F_RO); /* not accepted on request */
    opens_in_order(w, true);
    opens_in_order(w, true);
    vwr_features_add(&w->options.avoid, VWR_F_IN_ORDER);
    opens_in_order(w, false);
    vwr_features_remove(&w->options.avoid, VWR_F_IN_ORDER);
    assert_int_equal(vwr_mmio_probe(&w->mmio, base, VWR_MMIO_SIZE), VWR_OK);
    opens_in_order(w, false);
    vwr_features_add(&w->options.need, VWR_F_IN_ORDER);
    opens_in_order(w, true);
}

static int negotiate_one(struct world *w, unsigned bit)
{
    struct vwr_features set;
    struct vwr_features none;
    const struct vwr_feature_policy request = {&set, &set, &none, NULL, 0, NULL};

    vwr_features_clear(&none);
    vwr_features_clear(&set);
    vwr_features_add(&set, bit);
    assert_int_equal(world_probe(w), VWR_OK);
    return vwr_dev_negotiate(&w->mmio.dev, &request);
}

/* Bits of each word that the specification assigns to the device type: accepted if offered, named if
 * missing. */
static void features_in_every_word(void **state)
{
    static const uint8_t bits[] = {23, 50, 63, 64, 70, 95, 96, 127};
    char words[16];
    struct world *w = *state;

    for (unsigned i = 0; i < sizeof(bits); i++) {
        fake_bus_reset();
        world_plug(w, VWR_MMIO_VERSION_MODERN);
        snprintf(words, sizeof(words), "(bit %u)", bits[i]);
        assert_int_equal(negotiate_one(w, bits[i]), VWR_EFEATURE);
        world_dev_explains(w, words);
        fake_offer(&w->f, bits[i]);
        assert_int_equal(negotiate_one(w, bits[i]), VWR_OK);
        assert_true(fake_took(&w->f, bits[i]));
        assert_true(vwr_dev_has(&w->mmio.dev, bits[i]));
    }
}

/* ---- rules of a class: FLUSH needs MQ, as an example of a class with rules of its own ---- */

static const struct vwr_feature_rule class_rules[] = {
    {VWR_BLK_F_FLUSH, {VWR_BLK_F_MQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
};

static int negotiate_by_rules(struct world *w, bool needed)
{
    struct vwr_features want;
    struct vwr_features none;
    const struct vwr_feature_policy request = {&want, needed ? &want : &none, &none, class_rules, 1, NULL};

    vwr_features_clear(&none);
    vwr_features_clear(&want);
    vwr_features_add(&want, VWR_BLK_F_FLUSH);
    assert_int_equal(world_probe(w), VWR_OK);
    return vwr_dev_negotiate(&w->mmio.dev, &request);
}

/* A wanted feature without the feature that it requires is dropped; a needed one then makes open fail. */
static void class_rules_are_kept(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    assert_int_equal(negotiate_by_rules(w, false), VWR_OK);
    assert_false(fake_took(&w->f, VWR_BLK_F_FLUSH));
    assert_int_equal(negotiate_by_rules(w, true), VWR_EFEATURE);
    world_dev_explains(w, "not accepted");
    assert_int_not_equal(w->f.status_written & VWR_STATUS_FAILED, 0);
}

int main(void)
{
    struct CMUnitTest tests[REFUSAL_TESTS_MAX];
    size_t n = 0;

    refusal_tests(sets, sizeof(sets) / sizeof(sets[0]), tests, &n);
    tests[n++] = WORLD_MODERN(D27_all_ones_offered);
    tests[n++] = WORLD_LEGACY(D27_all_ones_offered);
    tests[n++] = WORLD_MODERN(D27_offer_changes_between_reads);
    tests[n++] = WORLD_LEGACY(D27_offer_changes_between_reads);
    tests[n++] = WORLD_TEST(legacy_needs_no_feature);
    tests[n++] = WORLD_TEST(the_transport_lacks_features);
    tests[n++] = WORLD_TEST(no_transport_accepts_what_it_lacks);
    tests[n++] = WORLD_MODERN(avoided_is_not_taken);
    tests[n++] = WORLD_LEGACY(avoided_is_not_taken);
    tests[n++] = WORLD_MODERN(read_only_is_what_the_device_offers);
    tests[n++] = WORLD_LEGACY(read_only_is_what_the_device_offers);
    tests[n++] = WORLD_MODERN(no_zones_in_legacy);
    tests[n++] = WORLD_LEGACY(no_zones_in_legacy);
    tests[n++] = WORLD_MODERN(avoided_reserved_feature_is_not_taken);
    tests[n++] = WORLD_LEGACY(avoided_reserved_feature_is_not_taken);
    tests[n++] = WORLD_TEST(version_1_cannot_be_avoided);
    tests[n++] = WORLD_MODERN(class_rules_are_kept);
    tests[n++] = WORLD_LEGACY(class_rules_are_kept);
    tests[n++] = WORLD_TEST(features_in_every_word);
    tests[n++] = WORLD_TEST(need_that_is_offered);
    tests[n++] = WORLD_TEST(in_order_is_accepted_on_request);
    add_needs(tests, &n);
    return refusal_run("features", tests, n);
}
