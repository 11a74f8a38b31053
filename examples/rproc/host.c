/* SPDX-License-Identifier: MIT */
/* The processor with the driver: finds the device in the table, and reads from it. */
#include "shared.h"
#include "vwr/entropy.h"
#include "vwr/gen/ids.h"
#include "vwr/rproc.h"

#define WAIT_US 1000000u

static struct vwr_rsc_table table;
static struct vwr_rproc device;
static struct vwr_entropy entropy;

static void kick(void *context, uint32_t notifyid)
{
    (void)context;
    mailbox_to_firmware(notifyid);
}

static bool released(void *context, bool begin)
{
    (void)context;
    if (begin)
        shared->released = 0;
    return shared->released != 0;
}

int host_begin(struct vwr_entropy_shared *memory)
{
    static const struct vwr_rproc_ops ops = {.kick = kick, .released = released};
    const struct vwr_rproc_setup s = {.table = &table, .ops = &ops};
    const struct vwr_entropy_options options = {.shared = memory};
    int r = vwr_rsc_read(&table, shared->table, TABLE_BYTES, NULL, 0);

    if (r == VWR_OK)
        r = vwr_rproc_probe(&device, &s);
    if (r == VWR_OK && device.dev.type != VWR_ID_RNG)
        r = VWR_ETYPE;
    return r == VWR_OK ? vwr_entropy_open(&entropy, &device.dev, &options) : r;
}

void host_on_mailbox(uint32_t notifyid)
{
    if (vwr_rproc_notified(&device, notifyid))
        (void)vwr_dev_irq(&device.dev);
}

int host_read(uint8_t *bytes, unsigned count)
{
    return vwr_entropy_fill(&entropy, bytes, count, WAIT_US);
}

int host_end(void)
{
    return vwr_close(&entropy.bringup);
}
