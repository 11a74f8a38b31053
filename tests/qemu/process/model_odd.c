/* SPDX-License-Identifier: MIT */
/*
 * The disk of examples/model/disk.c, changed to what is legal and unusual. It refuses accesses of a byte,
 * since it has no field of that size: it does not offer WRITE_ZEROES. After a notification before DRIVER_OK,
 * which no driver may send, it needs a reset.
 */
#include "vwr/gen/blk.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

#include "words.h"

static uint64_t device;
static bool needs_reset;
static uint64_t half; /* of the features */

uint64_t disk_start(int count, char **words, void *memory, uint64_t addr, uint64_t bytes);
bool disk_access(uint64_t addr, unsigned bytes, bool is_write, uint64_t *value);

uint64_t model_start(int count, char **words, void *memory, uint64_t addr, uint64_t bytes)
{
    device = disk_start(count, words, memory, addr, bytes);
    return device;
}

static uint64_t status(void)
{
    uint64_t value = 0;

    (void)disk_access(device + VWR_MMIO_STATUS, 4, false, &value);
    return value;
}

bool model_access(uint64_t addr, unsigned bytes, bool is_write, uint64_t *value)
{
    bool done;

    if (bytes == 1)
        return false;
    if (is_write && addr == device + VWR_MMIO_QUEUE_NOTIFY) {
        needs_reset = needs_reset || (status() & VWR_STATUS_DRIVER_OK) == 0;
        if (needs_reset)
            return true;
    }
    done = disk_access(addr, bytes, is_write, value);
    if (is_write && addr == device + VWR_MMIO_DEVICE_FEATURES_SEL)
        half = *value;
    if (!is_write && addr == device + VWR_MMIO_DEVICE_FEATURES && half == 0)
        *value &= ~(UINT64_C(1) << VWR_BLK_F_WRITE_ZEROES);
    if (addr != device + VWR_MMIO_STATUS)
        return done;
    if (is_write && *value == 0)
        needs_reset = false;
    if (!is_write && needs_reset)
        *value |= VWR_STATUS_DEVICE_NEEDS_RESET;
    return done;
}
