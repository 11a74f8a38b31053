/* SPDX-License-Identifier: MIT */
#include "world.h"
#include "given.h"

#include <stdlib.h>
#include <string.h>

#define CONFIG_DRIVERS
#include "config_given.h"

/*
 * A driver reads only what the specification gives it: of its device's configuration, the fields that exist
 * and mean something with the negotiated features. The device breaks the test on any other byte. All tables
 * are made of the description, so a new field and a new driver are in these tests by themselves.
 */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BITS 128u

static void plug(struct world *w, uint32_t version, uint32_t type)
{
    world_plug(w, version);
    memset(w->f.offered, 0, sizeof(w->f.offered));
    memset(w->f.config, 0, sizeof(w->f.config));
    w->f.device_id = type;
    w->f.on_notify = NULL;
    w->f.on_config = NULL;
    for (unsigned i = 0; i < FAKE_QUEUES; i++)
        w->f.queue[i].size_max = 64;
}

/* The device detects violations: a field with a condition can be read only if the condition holds. */
static void the_device_traps(void **state)
{
    struct world *const w = *state;

    for (size_t i = 0; i < COUNT(config_given); i++) {
        const struct config_given *const g = &config_given[i];

        plug(w, VWR_MMIO_VERSION_MODERN, g->type);
        assert_int_equal(world_probe(w), VWR_OK);
        for (unsigned k = 0; k < COUNT(g->one_of) && g->one_of[k].count != 0; k++) {
            (void)vwr_config_read8(&w->mmio.dev.config, g->offset);
            assert_true(w->f.broken_rule[0] != '\0');
            w->f.broken_rule[0] = '\0';
            w->f.taken[g->one_of[k].feature[0] / 32] |= (uint32_t)1 << g->one_of[k].feature[0] % 32;
        }
        assert_true(fake_is_given(&w->f, g->offset));
        (void)vwr_config_read8(&w->mmio.dev.config, g->offset);
    }
    plug(w, VWR_MMIO_VERSION_MODERN, VWR_GPU_ID);
    assert_false(fake_is_given(&w->f, VWR_GPU_CONFIG_EVENTS_CLEAR));
}

static void read_with(struct world *w, const struct config_reader *r, const struct vwr_features *some)
{
    struct vwr_config *const c = &w->mmio.dev.config;
    void *const info = calloc(1, r->bytes);

    assert_non_null(info);
    memcpy(w->f.taken, some->w, sizeof(w->f.taken));
    memcpy(c->features.w, some->w, sizeof(c->features.w));
    c->legacy = w->f.version == VWR_MMIO_VERSION_LEGACY;
    r->read(c, info);
    free(info);
    if (w->f.broken_rule[0] != '\0')
        print_error("device type %u\n", (unsigned)r->type);
    assert_string_equal(w->f.broken_rule, "");
}

/*
 * The generated readers, which drivers and clients use: without features, with each feature, with all
 * features.
 */
static void readers_read_what_is_there(void **state)
{
    struct world *const w = *state;

    for (size_t i = 0; i < COUNT(config_readers); i++) {
        struct vwr_features some = {{0}};

        plug(w, world_version(w), config_readers[i].type);
        assert_int_equal(world_probe(w), VWR_OK);
        read_with(w, &config_readers[i], &some);
        for (unsigned bit = 0; bit < BITS; bit++) {
            some = (struct vwr_features){{0}};
            vwr_features_add(&some, bit);
            read_with(w, &config_readers[i], &some);
        }
        memset(&some, 0xff, sizeof(some));
        read_with(w, &config_readers[i], &some);
    }
}

/*
 * Opens the driver, and reads the configuration again as after a change. Returns whether the driver accepted
 * it.
 */
static bool open_one(struct world *w, const struct config_driver *d, const struct vwr_features *offered)
{
    struct vwr_open_options o = {.classes = d->cls, .class_count = 1};
    struct vwr_opened opened;
    void *info;
    int r;

    fake_ram_reset();
    plug(w, VWR_MMIO_VERSION_MODERN, d->cls->bringup->type);
    memcpy(w->f.config, d->image, d->image_bytes);
    memcpy(w->f.offered, offered->w, sizeof(w->f.offered));
    fake_offer(&w->f, VWR_F_VERSION_1);
    assert_int_equal(world_probe(w), VWR_OK);
    o.own_bytes = d->cls->own_bytes;
    o.own = aligned_alloc(64, (o.own_bytes + 63u) / 64u * 64u);
    o.shared_bytes = d->cls->shared_bytes;
    o.shared = fake_ram_alloc(o.shared_bytes, d->cls->shared_align);
    assert_non_null(o.own);
    r = vwr_open(&opened, &w->mmio.dev, &o);
    info = calloc(1, d->cls->bringup->info_bytes + 1);
    if (r == VWR_OK && d->cls->bringup->read != NULL)
        assert_int_equal(vwr_bringup_read_info(opened.bringup, info), VWR_OK);
    if (r == VWR_OK)
        assert_int_equal(vwr_close(opened.bringup), VWR_OK);
    free(info);
    free(o.own);
    return r == VWR_OK;
}

/* Each driver, from the probe on; its device offers nothing, each feature, and all. */
static void drivers_read_what_is_there(void **state)
{
    struct world *const w = *state;

    for (size_t i = 0; i < COUNT(config_drivers); i++) {
        const struct config_driver *const d = &config_drivers[i];
        unsigned opened = 0;

        for (unsigned n = 0; n < d->offer_count; n++) {
            opened += open_one(w, d, &d->offers[n]);
            if (w->f.broken_rule[0] != '\0')
                print_error("device type %u, offer %u\n", (unsigned)d->cls->bringup->type, n);
            assert_string_equal(w->f.broken_rule, "");
        }
        assert_int_not_equal(opened, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {WORLD_TEST(the_device_traps), WORLD_MODERN(readers_read_what_is_there),
                                       WORLD_LEGACY(readers_read_what_is_there),
                                       WORLD_TEST(drivers_read_what_is_there)};

    return cmocka_run_group_tests_name("reads", tests, NULL, NULL);
}
