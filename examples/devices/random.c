/* SPDX-License-Identifier: MIT */
/* The entropy device. */
#include "part.h"
#include "uart.h"
#include "vwr/entropy.h"
#include "vwr/gen/ids.h"

#define BYTES 64u
#define WAIT_US 5000000u /* the host may have to collect entropy */

static struct vwr_entropy entropy;
static struct vwr_entropy_shared shared;
static uint8_t bytes[BYTES];

static int random_open(struct vwr_dev *d)
{
    const struct vwr_entropy_options options = {.shared = &shared};

    return vwr_entropy_open(&entropy, d, &options);
}

/* Sleeps until the device has provided more; vwr_entropy_fill does the same by polling. */
static int random_fill(void)
{
    const struct vwr_dev *const d = entropy.bringup.dev;
    struct vwr_wait wait;
    unsigned n = 0;

    vwr_wait_begin(&wait, WAIT_US);
    do {
        const uint32_t seen = d->irqs;
        const int r = vwr_entropy_read(&entropy, bytes + n, BYTES - n);

        if (r < 0)
            return r;
        n += (unsigned)r;
        if (n == BYTES)
            return VWR_OK;
        if (vwr_entropy_arm(&entropy))
            vwr_port_idle(&d->irqs, seen, PART_SLEEP_US);
    } while (vwr_wait_more(&wait));
    return VWR_ETIMEOUT;
}

static int random_show(void)
{
    const int r = random_fill();

    if (r != VWR_OK)
        return r;
    put("random: ");
    for (unsigned i = 0; i < BYTES; i++)
        put_hex(bytes[i], 2);
    put_char('\n');
    return VWR_OK;
}

static int random_close(void)
{
    return vwr_close(&entropy.bringup);
}

static size_t random_explain(char *text, size_t room)
{
    return vwr_entropy_explain(&entropy, text, room);
}

static struct vwr_bringup *random_device(unsigned n)
{
    return n == 0 ? &entropy.bringup : NULL;
}

const struct part random_part = {
    .type = VWR_ID_RNG,
    .name = "random",
    .open = random_open,
    .show = random_show,
    .close = random_close,
    .explain = random_explain,
    .bringup = &vwr_entropy_bringup,
    .device = random_device,
};
