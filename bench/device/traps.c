/* SPDX-License-Identifier: MIT */
#include "bench_device.h"
#include "vwr/gen/mmio.h"
#include "vwr/vm.h"

/*
 * Register accesses as in a trap handler: alternating notifications and reads of the interrupt status, with
 * the devices in rotation. The yardstick finds a device by the address bits, with a constant stride, and
 * supports these two registers only: it checks queue and device, and notifies the VMM.
 */
__attribute__((noinline)) uint64_t traps_measured(struct vwr_vm *vm, unsigned devices, unsigned passes)
{
    uint64_t sum = 0;
    uint64_t value;

    for (unsigned i = 0; i < passes; i++) {
        const uint64_t window = vm->base + (uint64_t)(i % devices) * vm->stride;

        value = 0;
        sum += vwr_vm_access(vm, window + VWR_MMIO_QUEUE_NOTIFY, sizeof(uint32_t), true, &value);
        sum += vwr_vm_access(vm, window + VWR_MMIO_INTERRUPT_STATUS, sizeof(uint32_t), false, &value);
        sum += value;
    }
    return sum;
}

static __attribute__((noinline)) bool hand_access(struct vwr_vm *vm, uint64_t addr, unsigned bytes,
                                                  bool is_write, uint64_t *value)
{
    const uint64_t at = addr - vm->base;
    const uint64_t slot = at / STRIDE;
    struct vwr_vdev *v;

    if (slot >= vm->slot_count || bytes != sizeof(uint32_t))
        return false;
    v = vm->slot[slot];
    if (v == NULL)
        return false;
    switch (at % STRIDE) {
    case VWR_MMIO_QUEUE_NOTIFY:
        if (!is_write || !v->live || *value >= v->queues || !v->queue[*value].ready)
            return false;
        vm->ops->kicked(vm, v, (uint16_t)*value);
        return true;
    case VWR_MMIO_INTERRUPT_STATUS:
        if (is_write)
            return false;
        *value = v->interrupt;
        return true;
    default:
        return false;
    }
}

__attribute__((noinline)) uint64_t hand_traps_measured(struct vwr_vm *vm, unsigned devices, unsigned passes)
{
    uint64_t sum = 0;
    uint64_t value;

    for (unsigned i = 0; i < passes; i++) {
        const uint64_t window = vm->base + (uint64_t)(i % devices) * vm->stride;

        value = 0;
        sum += hand_access(vm, window + VWR_MMIO_QUEUE_NOTIFY, sizeof(uint32_t), true, &value);
        sum += hand_access(vm, window + VWR_MMIO_INTERRUPT_STATUS, sizeof(uint32_t), false, &value);
        sum += value;
    }
    return sum;
}
