/* SPDX-License-Identifier: MIT */
/* The monitor beside the console of vmm.c: call watch_abort where vmm_abort was called. */
#include "watch.h"
#include "vmm.h"
#include "vwr/monitor.h"

#define QUEUES 2u
#define QUEUE_SIZE 64u

static struct vwr_monitor monitor;
static struct vwr_monitor_queue queue[QUEUES];
static struct vwr_monitor_entry entry[QUEUES * QUEUE_SIZE];
static struct {
    uint8_t *host;
    uint64_t bytes;
} ram;

static uint64_t run(void *context, uint64_t addr, const void **host)
{
    (void)context;
    if (addr < VMM_RAM || addr - VMM_RAM >= ram.bytes)
        return 0;
    *host = ram.host + (addr - VMM_RAM);
    return ram.bytes - (addr - VMM_RAM);
}

static void report(void *context, const struct vwr_monitor *m, const struct vwr_monitor_finding *f)
{
    char text[256];

    (void)context;
    (void)vwr_monitor_explain(m, f, text, sizeof(text));
    hv_report(text);
}

void watch_start(void *memory, uint64_t bytes)
{
    const struct vwr_monitor_setup setup = {.run = run,
                                            .report = report,
                                            .queue = queue,
                                            .queue_count = QUEUES,
                                            .entry_count = VWR_COUNT(entry),
                                            .entry = entry};

    ram.host = memory;
    ram.bytes = bytes;
    if (vwr_monitor_init(&monitor, &setup) != VWR_OK)
        hv_report("the monitor has too little memory");
}

bool watch_abort(uint64_t addr, unsigned bytes, bool is_write, uint64_t *value)
{
    bool handled;

    vwr_monitor_look(&monitor, VWR_BY_DRIVER);
    if (is_write && addr - VMM_DEVICES < VMM_STRIDE)
        vwr_monitor_access(&monitor, addr - VMM_DEVICES, bytes, true, *value);
    handled = vmm_abort(addr, bytes, is_write, value);
    vwr_monitor_look(&monitor, VWR_BY_DEVICE);
    if (handled && !is_write)
        vwr_monitor_access(&monitor, addr - VMM_DEVICES, bytes, false, *value);
    return handled;
}

/* In the UART's interrupt the device uses buffers of both queues. */
void watch_uart_interrupt(void)
{
    vwr_monitor_look(&monitor, VWR_BY_DRIVER);
    vmm_uart_interrupt();
    vwr_monitor_look(&monitor, VWR_BY_DEVICE);
}

uint32_t watch_buffers(void)
{
    return monitor.buffers;
}
