/* SPDX-License-Identifier: MIT */
#include "world.h"

#include "vwr/gen/features.h"

#include <stdio.h>
#include <string.h>

/* dead_fake ROW: reproduces symptoms that no QEMU device shows, with the unit tests' fake device. */

#define ALL_ONES 0xffffffffu

/* "virt" as read by a port that swaps the bytes of a word. */
static void byte_order(struct world *w)
{
    uint32_t swapped = 0;

    for (unsigned i = 0; i < 4; i++)
        swapped = swapped << 8 | (w->f.magic >> 8 * i & 0xff);
    w->f.magic = swapped;
    assert_int_equal(world_probe(w), VWR_EMAGIC);
}

static void version_unknown(struct world *w)
{
    w->f.version = 7;
    assert_int_equal(world_probe(w), VWR_EVERSION);
}

static void reset_never(struct world *w)
{
    w->f.quirks.reset_reads = UINT32_MAX;
    w->f.status = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER; /* as left by firmware */
    assert_int_equal(world_open(w), VWR_ETIMEOUT);
}

static void status_lost(struct world *w)
{
    w->f.quirks.refuse_status = ALL_ONES;
    assert_int_equal(world_open(w), VWR_EPROTO);
}

/* As a device of Apple's Virtualization, which insists on the feature. */
static void ring_reset_left_out(struct world *w)
{
    w->f.quirks.refuse_status = VWR_STATUS_FEATURES_OK;
    fake_offer(&w->f, VWR_F_RING_RESET);
    vwr_features_add(&w->options.avoid, VWR_F_RING_RESET);
    assert_int_equal(world_open(w), VWR_EFEATURE);
}

/* As Firecracker, which checks the queues at DRIVER_OK. */
static void activation_refused(struct world *w)
{
    w->f.quirks.needs_reset_with = VWR_STATUS_DRIVER_OK;
    assert_int_equal(world_open(w), VWR_ENEEDSRESET);
}

/* As Firecracker, which sets FAILED if it cannot reset the device. */
static void reset_refused(struct world *w)
{
    world_opened(w);
    fake_answer(&w->f, VWR_MMIO_REG_STATUS, w->f.status | VWR_STATUS_FAILED, 0);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_ETIMEOUT);
}

static void queue_not_taken(struct world *w)
{
    fake_answer(&w->f, VWR_MMIO_REG_QUEUE_READY, 0, 0);
    assert_int_equal(world_open(w), VWR_ENOQUEUE);
}

static void queue_in_use(struct world *w)
{
    fake_answer(&w->f, VWR_MMIO_REG_QUEUE_READY, 1, 0);
    assert_int_equal(world_open(w), VWR_EBUSY);
}

static void config_changes(struct world *w)
{
    w->f.quirks.config_changes = UINT32_MAX;
    w->f.quirks.capacity = 77;
    assert_int_equal(world_open(w), VWR_EUNSTABLE);
}

static void gone(struct world *w)
{
    world_opened(w);
    w->f.quirks.gone = true;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EGONE);
}

/* Other software has reset the device. */
static void reset_by_others(struct world *w)
{
    world_opened(w);
    w->disk.mute = true;
    fake_answer(&w->f, VWR_MMIO_REG_STATUS, 0, 0);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EINFLIGHT);
}

static void unsupported(struct world *w)
{
    world_opened(w);
    w->disk.has_status = true;
    w->disk.status = VWR_BLK_S_UNSUPP;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EUNSUPP);
}

static const struct {
    const char *row; /* its name in docs/dead-device.md */
    void (*make)(struct world *w);
} symptoms[] = {
    {"byte-order", byte_order},
    {"version-unknown", version_unknown},
    {"reset-never", reset_never},
    {"status-lost", status_lost},
    {"ring-reset-left-out", ring_reset_left_out},
    {"activation-refused", activation_refused},
    {"reset-refused", reset_refused},
    {"queue-not-taken", queue_not_taken},
    {"queue-in-use", queue_in_use},
    {"config-changes", config_changes},
    {"gone", gone},
    {"reset-by-others", reset_by_others},
    {"unsupported", unsupported},
};

static void make(const char *row)
{
    void *state = NULL;
    struct world *w;

    assert_int_equal(world_setup(&state), 0);
    w = state;
    world_plug(w, VWR_MMIO_VERSION_MODERN);
    for (size_t i = 0; i < sizeof(symptoms) / sizeof(symptoms[0]); i++) {
        if (strcmp(symptoms[i].row, row) != 0)
            continue;
        symptoms[i].make(w);
        if (w->blk.bringup.dev == &w->mmio.dev) {
            (void)vwr_blk_explain(&w->blk, w->text, sizeof(w->text));
            printf("vwr_blk_explain: %s\n", w->text);
        } else {
            (void)vwr_dev_explain(&w->mmio.dev, w->text, sizeof(w->text));
            printf("vwr_dev_explain: %s\n", w->text);
        }
    }
    assert_int_equal(world_teardown(&state), 0);
}

int main(int argc, char *argv[])
{
    if (argc != 2)
        return 2;
    make(argv[1]);
    return 0;
}
