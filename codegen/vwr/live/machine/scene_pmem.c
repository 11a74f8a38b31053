/* SPDX-License-Identifier: MIT */
#include "live.h"

#include "vwr/bytes.h"
#include "vwr/open/rows.h"
#include "vwr/pmem.h"
#include "vwr/vpmem.h"

#define BYTES 64u
#define AT (LIVE_RAM_AT + 0x10000000u) /* guest address: behind RAM */

static struct {
    struct vwr_vpmem device;
    uint8_t memory[BYTES]; /* what the guest reads and writes */
    uint8_t medium[BYTES]; /* what survives */
} region;

static int keep(struct vwr_vpmem *v, uint64_t ticket)
{
    (void)v;
    (void)ticket;
    vwr_copy(region.medium, region.memory, BYTES);
    return VWR_OK;
}

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    const struct vwr_vpmem_options options = {.flush = keep, .context = g, .region = {AT, BYTES}};

    vwr_zero(&region, sizeof(region));
    *v = vwr_vpmem_dev(&region.device);
    return vwr_vpmem_init_with(&region.device, s, &options);
}

/* The guest's CPU writes without the device. */
static int write(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const uint32_t bytes = in->bytes < BYTES ? in->bytes : BYTES;

    (void)g;
    (void)out;
    vwr_copy(region.memory, in->data, bytes);
    return VWR_OK;
}

static int flush(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)in;
    (void)out;
    return vwr_pmem_flush(vwr_opened_driver(&g->opened, &vwr_pmem_bringup));
}

static int read(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)g;
    (void)in;
    vwr_copy(out->data, region.memory, BYTES);
    out->bytes = BYTES;
    return VWR_OK;
}

static int fail(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)g;
    (void)in;
    (void)out;
    vwr_copy(region.memory, region.medium, BYTES);
    return VWR_OK;
}

static const struct live_action actions[] = {
    {"write", "data:text", "Write to the memory, without the device.", LIVE_DRIVER, write},
    {"flush", "", "Make what was written persistent.", LIVE_DRIVER, flush},
    {"read", "", "Read the memory, without the device.", LIVE_DRIVER, read},
    {"power failure", "", "The memory loses what was not flushed.", LIVE_DEVICE, fail},
};

static const struct vwr_open_class row = VWR_OPEN_PMEM;

const struct live_scene live_scene_pmem = {.name = "pmem",
                                           .brief = "Persistent memory, which a power failure sets back.",
                                           .actions = actions,
                                           .action_count = VWR_COUNT(actions),
                                           .guests = 1,
                                           .queues = VWR_VPMEM_QUEUES,
                                           .surface = LIVE_NOTHING,
                                           .add = add,
                                           .driver = &row};
