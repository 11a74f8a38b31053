/* SPDX-License-Identifier: MIT */
#include "live.h"

#include "vwr/bytes.h"
#include "vwr/entropy.h"
#include "vwr/ventropy.h"
#include "vwr/open/rows.h"

#define WAIT_US 100000u

static struct {
    struct vwr_ventropy device;
    uint32_t state; /* of the generator */
    uint32_t left;  /* bytes that the source has */
} dice;

/* A generator, so that each run of the page has the same bytes. */
static uint8_t next(void)
{
    dice.state ^= dice.state << 13;
    dice.state ^= dice.state >> 17;
    dice.state ^= dice.state << 5;
    return (uint8_t)(dice.state >> 24);
}

static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    (void)e;
    n = n < dice.left ? n : dice.left;
    for (uint32_t i = 0; i < n; i++)
        bytes[i] = next();
    dice.left -= n;
    return n;
}

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    vwr_zero(&dice, sizeof(dice));
    dice.state = 1;
    dice.left = 1024;
    *v = &dice.device.dev;
    return vwr_ventropy_init_with(&dice.device, s, source, g);
}

static int read(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const uint32_t bytes = in->number[0] < sizeof(out->data) ? (uint32_t)in->number[0] : sizeof(out->data);
    const int r =
        vwr_entropy_fill(vwr_opened_driver(&g->opened, &vwr_entropy_bringup), out->data, bytes, WAIT_US);

    out->bytes = r == VWR_OK ? bytes : 0;
    return r;
}

static int collect(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)g;
    (void)out;
    dice.left += (uint32_t)in->number[0];
    vwr_ventropy_resume(&dice.device);
    return VWR_OK;
}

static const struct live_action actions[] = {
    {"read", "bytes=16", "Read random bytes, and wait for them.", LIVE_DRIVER, read},
    {"collect", "bytes=512", "The source collects more bytes; it has 1024 at first.", LIVE_DEVICE, collect},
};

static const struct vwr_open_class row = VWR_OPEN_ENTROPY;

const struct live_scene live_scene_entropy = {.name = "entropy",
                                              .brief = "A source of random bytes: a simple generator.",
                                              .actions = actions,
                                              .action_count = VWR_COUNT(actions),
                                              .guests = 1,
                                              .queues = VWR_VENTROPY_QUEUES,
                                              .surface = LIVE_NOTHING,
                                              .add = add,
                                              .driver = &row};
