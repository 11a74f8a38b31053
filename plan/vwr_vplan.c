/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "vwr/bytes.h"
#include "vplan.h"
#include "vwr/vm.h"

/* Adds the regions of a VM; returns false if the VMM has no memory for one. */
static bool place_memory(const struct vwr_vplan_vm *row, struct vwr_memory_region *region,
                         const struct vwr_vplan_host *host)
{
    for (uint32_t i = 0; i < row->memories; i++) {
        const struct vwr_vplan_memory *const memory = &row->memory[i];

        region[i].addr = memory->addr;
        region[i].bytes = memory->bytes;
        if (memory->placed)
            region[i].host = (void *)(uintptr_t)memory->host;
        else
            region[i].host = host->memory == NULL ? NULL : host->memory(host->context, row, i);
        if (region[i].host == NULL && !memory->placed)
            return false;
    }
    return true;
}

static int build_vm(const struct vwr_vplan *plan, uint32_t index, void *memory,
                    const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_vm *const row = &plan->vm[index];
    struct vwr_memory_region *const region =
        (struct vwr_memory_region *)vwr_vplan_member(memory, plan->region_at) + row->region;
    struct vwr_vm_setup s;

    vwr_zero(&s, sizeof s);
    s.ops = host->ops;
    s.context = host->context;
    s.name = row->name;
    s.region = region;
    s.region_count = row->memories;
    s.slot = (struct vwr_vdev **)vwr_vplan_member(memory, plan->slot_at) + row->slot;
    s.slot_count = row->slots;
    s.base = row->base;
    s.stride = row->stride;
    if (row->bus != NULL)
        row->bus->start(row->bus, memory);
    return place_memory(row, region, host) ? vwr_vm_init(vwr_vplan_vm(plan, memory, index), &s) : VWR_EINVAL;
}

int vwr_vplan_add(const struct vwr_vplan *plan, const struct vwr_vplan_device *row, void *memory,
                  const struct vwr_vplan_host *host)
{
    struct vwr_vm *const vm = vwr_vplan_vm(plan, memory, row->vm);
    const struct vwr_vplan_bus *const bus = plan->vm[row->vm].bus;
    struct vwr_vdev_setup s;
    int result;

    vwr_zero(&s, sizeof s);
    s.vm = vm;
    s.line = row->line;
    s.legacy = row->legacy;
    s.tolerate = row->tolerate;
    s.vendor = host->vendor;
    s.budget = host->budget;
    s.budget_bytes = host->budget_bytes;
    vwr_copy(&s.features, &row->features, sizeof s.features);
    s.queue = (struct vwr_vqueue *)vwr_vplan_member(memory, plan->queue_at) + row->queue;
    s.queue_count = row->queues;
    s.queue_size = row->queue_size;
    s.own = (struct vwr_vqueue_entry *)vwr_vplan_member(memory, plan->own_at) + row->own;
    s.own_count = (uint32_t)VWR_VDEV_OWN(row->queues, row->queue_size);
    s.iommu = row->iommu != 0 ? vwr_vplan_member(memory, row->iommu) : NULL;
    result = row->build(row, memory, &s, host);
    if (result == VWR_OK && bus != NULL)
        result = bus->add_device(bus, row, memory);
    return result == VWR_OK ? vwr_vm_add(vm, row->slot, vwr_vplan_device(row, memory)) : result;
}

int vwr_vplan_init(const struct vwr_vplan *plan, void *memory, size_t bytes,
                   const struct vwr_vplan_host *host, const struct vwr_vplan_device **failed)
{
    int result = VWR_OK;

    if (failed != NULL)
        *failed = NULL;
    if (memory == NULL || bytes < plan->bytes || ((uintptr_t)memory & (plan->align - 1)) != 0)
        return VWR_ENOMEM;
    vwr_zero(memory, plan->bytes);
    for (uint32_t i = 0; i < plan->vms && result == VWR_OK; i++)
        result = build_vm(plan, i, memory, host);
    for (uint32_t i = 0; i < plan->shareds && result == VWR_OK; i++)
        result = plan->shared[i].build(&plan->shared[i], memory, host);
    for (uint32_t i = 0; i < plan->devices && result == VWR_OK; i++) {
        result = vwr_vplan_add(plan, &plan->device[i], memory, host);
        if (result != VWR_OK && failed != NULL)
            *failed = &plan->device[i];
    }
    return result;
}

bool vwr_vplan_vm_access(const struct vwr_vplan *plan, void *memory, uint32_t vm, uint64_t addr,
                         unsigned bytes, bool is_write, uint64_t *value)
{
    const struct vwr_vplan_bus *const bus = plan->vm[vm].bus;

    if (bus != NULL)
        return bus->access(bus, memory, addr, bytes, is_write, value);
    return vwr_vm_access(vwr_vplan_vm(plan, memory, vm), addr, bytes, is_write, value);
}

bool vwr_vplan_access(const struct vwr_vplan *plan, void *memory, uint64_t addr, unsigned bytes,
                      bool is_write, uint64_t *value)
{
    const uint64_t unit = vwr_shift_right(addr - plan->base, plan->shift);

    if (unit >= plan->units || plan->vm_of_unit[unit] == VWR_VPLAN_NONE)
        return false;
    return vwr_vplan_vm_access(plan, memory, plan->vm_of_unit[unit], addr, bytes, is_write, value);
}

const struct vwr_vplan_device *vwr_vplan_of_line(const struct vwr_vplan *plan, uint32_t vm, uint32_t line)
{
    const struct vwr_vplan_vm *const row = &plan->vm[vm];

    if (line - row->line >= row->lines || row->device_of_line[line - row->line] == VWR_VPLAN_NONE)
        return NULL;
    return &plan->device[row->device_of_line[line - row->line]];
}

const struct vwr_vplan_device *vwr_vplan_of(const struct vwr_vplan *plan, const void *memory,
                                            const struct vwr_vdev *v)
{
    for (uint32_t i = 0; i < plan->devices; i++) {
        if ((const uint8_t *)memory + plan->device[i].device == (const void *)v)
            return &plan->device[i];
    }
    return NULL;
}
