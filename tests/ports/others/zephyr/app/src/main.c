/* SPDX-License-Identifier: MIT */
#include <zephyr/kernel.h>
#include <zephyr/cache.h>
#include <zephyr/sys/printk.h>
#include "vwr/mmio.h"
#ifdef CONFIG_VIRTWRIGHT_BLK
#include "vwr/blk.h"
#endif
#ifdef CONFIG_VIRTWRIGHT_SELFTEST
#include "vwr/selftest.h"
#endif

/* Tests the port, then probes for a disk in plain memory, where there are no registers: everything links. */

static struct vwr_mmio mmio;
static _Alignas(8) uint8_t no_registers[VWR_MMIO_SIZE];

#ifdef CONFIG_VIRTWRIGHT_SELFTEST
static _Alignas(64) uint8_t memory[16384];
static char text[160];

/*
 * The number of Zephyr calls in one reading of the clock: two calls would return values of different times.
 */
static unsigned asked(void)
{
    const unsigned before = standin_asked;

    (void)vwr_port_time_us();
    return standin_asked - before;
}

static void look_at_the_port(void)
{
    const int r = vwr_port_selftest(memory, sizeof memory, text, sizeof text);

    printk("%d %s\n", r, text);
    printk("flushed %d invalidated %d\n", standin_flushed > 0, standin_invalidated > 0);
    printk("clock asked %u\n", asked());
}
#else
static void look_at_the_port(void)
{
    printk("no selftest\n");
}
#endif

#ifdef CONFIG_VIRTWRIGHT_BLK
static struct vwr_blk disk;
static _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t shared[VWR_BLK_SHARED_BYTES(16)];
static _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(16)];

static int open_disk(void)
{
    const struct vwr_queue_memory memory = {shared, sizeof shared, own, sizeof own, 16};

    return vwr_blk_open(&disk, &mmio.dev, &memory, NULL);
}
#else
static int open_disk(void)
{
    return VWR_ETYPE;
}
#endif

int main(void)
{
    int r = vwr_mmio_probe(&mmio, no_registers, VWR_MMIO_SIZE);

    look_at_the_port();
    if (r == VWR_OK)
        r = open_disk();
    printk("probe %d\n", r);
    return 0;
}
