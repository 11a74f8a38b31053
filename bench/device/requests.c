/* SPDX-License-Identifier: MIT */
#include "bench_device.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/mmio.h"
#include "vwr/monitor.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"

#include <stdlib.h>

/*
 * The work of a VMM for a disk whose back end completes requests later, with or without a monitor. The
 * monitor is called in the same way as in examples/hypervisor/watch.c.
 */

static struct vwr_vdev *watched; /* NULL: none */
static struct vwr_monitor monitor;
static struct vwr_monitor_queue monitor_queue[1];
static struct vwr_monitor_entry monitor_entry[QUEUE];
static uint32_t seen;

static uint64_t run(void *context, uint64_t addr, const void **host)
{
    const struct vwr_vdev *const v = context;
    void *at;
    const uint64_t bytes = vwr_memory_run(&v->vm->memory, addr, &at);

    if (bytes != 0)
        *host = at;
    return bytes;
}

void watch_begin(struct vwr_vdev *v, unsigned one_in)
{
    const struct vwr_monitor_setup s = {.one_in = (uint16_t)one_in,
                                        .rules = v->kind->rules,
                                        .rule_count = v->kind->rule_count,
                                        .fields = v->kind->fields,
                                        .field_count = v->kind->field_count,
                                        .requests = vwr_blk_requests,
                                        .request_count = VWR_BLK_REQUEST_COUNT,
                                        .run = run,
                                        .context = v,
                                        .queue = monitor_queue,
                                        .queue_count = 1,
                                        .entry = monitor_entry,
                                        .entry_count = VWR_COUNT(monitor_entry)};

    watched = v;
    if (vwr_monitor_init(&monitor, &s) != VWR_OK)
        abort();
}

void watch_access(uint64_t offset, unsigned bytes, bool is_write, uint64_t value)
{
    if (watched != NULL)
        vwr_monitor_access(&monitor, offset, bytes, is_write, value);
}

unsigned watch_findings(unsigned requests)
{
    const uint32_t followed = monitor.buffers;

    if (watched == NULL)
        return 0;
    if (monitor.s.one_in > 1)
        return monitor.found + monitor.lost + (followed < requests / (2u * monitor.s.one_in));
    return monitor.found + monitor.lost + (requests - followed);
}

static void access(struct vwr_vm *vm, uint64_t window, unsigned offset, bool is_write, uint64_t *value)
{
    const bool looks = watched != NULL && offset == VWR_MMIO_QUEUE_NOTIFY;

    if (watched != NULL && vwr_monitor_skips(&monitor, offset, is_write)) {
        (void)vwr_vm_access(vm, window + offset, sizeof(uint32_t), is_write, value);
        return;
    }
    if (looks)
        vwr_monitor_look(&monitor, VWR_BY_DRIVER);
    if (is_write)
        watch_access(offset, sizeof(uint32_t), true, *value);
    (void)vwr_vm_access(vm, window + offset, sizeof(uint32_t), is_write, value);
    if (looks)
        vwr_monitor_look(&monitor, VWR_BY_DEVICE);
    if (!is_write)
        watch_access(offset, sizeof(uint32_t), false, *value);
    if (watched != NULL)
        seen = watched->interrupt;
}

void requests_interrupt(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    (void)line;
    if (watched == NULL || !level || vwr_monitor_is_paused(&monitor))
        return;
    vwr_monitor_look(&monitor, VWR_BY_DRIVER | VWR_BY_DEVICE);
    vwr_monitor_interrupt(&monitor, watched->interrupt & ~seen);
    seen = watched->interrupt;
}

__attribute__((noinline)) void requests_measured(struct vwr_vm *vm, uint64_t window)
{
    uint64_t value = 0;

    access(vm, window, VWR_MMIO_QUEUE_NOTIFY, true, &value);
    disk_complete();
    if (watched != NULL)
        vwr_monitor_look(&monitor, VWR_BY_DRIVER | VWR_BY_DEVICE);
    access(vm, window, VWR_MMIO_INTERRUPT_STATUS, false, &value);
    access(vm, window, VWR_MMIO_INTERRUPT_ACK, true, &value);
}
