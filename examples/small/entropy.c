/* SPDX-License-Identifier: MIT */
/*
 * Random bytes: those available without waiting, and a complete seed. If the host has nothing for a second,
 * the device may still be working: this program retries a few times before it fails.
 */
#include "board.h"
#include "vwr/entropy.h"
#include "vwr/gen/ids.h"

#define SEED_BYTES 32u
#define WAIT_US 1000000u
#define TIMES 5u

static struct vwr_entropy_shared shared; /* shared with the device */
static struct vwr_entropy entropy;       /* private; the device must not access it */
static struct vwr_mmio mmio;
static uint8_t seed[SEED_BYTES];

static unsigned distinct(const uint8_t *bytes, unsigned count)
{
    unsigned n = 0;

    for (unsigned i = 0; i < count; i++) {
        bool first = true;

        for (unsigned k = 0; k < i; k++)
            first = first && bytes[k] != bytes[i];
        n += first;
    }
    return n;
}

int example(void)
{
    const struct vwr_entropy_options options = {.shared = &shared};
    uint8_t early[8];
    int r = board_find(&mmio, VWR_ID_RNG);

    if (r == VWR_OK)
        r = vwr_entropy_open(&entropy, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    say_ring(&mmio.dev);
    r = vwr_entropy_read(&entropy, early, sizeof(early)); /* 0 is not an error: none are available yet */
    for (unsigned i = 0; i < TIMES && r >= 0; i++) {
        r = vwr_entropy_fill(&entropy, seed, sizeof(seed), WAIT_US);
        if (r != VWR_ETIMEOUT)
            break;
    }
    if (r == VWR_OK && distinct(seed, SEED_BYTES) <= SEED_BYTES / 2)
        r = VWR_EPROTO; /* these are not random */
    if (r == VWR_OK)
        say("a seed of 32 bytes");
    return vwr_close(&entropy.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
