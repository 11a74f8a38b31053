/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "vwr/bytes.h"
#include "vwr/vm.h"

/* The setup of a VM. It refers to no transport, so that a VM on PCI does not link virtio-mmio. */

/* The rings' members are aligned in guest memory, and must be so here. */
static bool vm_is_aligned(const struct vwr_vm_setup *s)
{
    for (uint32_t i = 0; i < s->region_count; i++)
        if (((uintptr_t)s->region[i].host - s->region[i].addr) % 16u != 0)
            return false;
    return true;
}

static bool vm_is_over_memory(const struct vwr_vm_setup *s)
{
    const uint64_t bytes = (uint64_t)s->stride * s->slot_count;

    for (uint32_t i = 0; i < s->region_count; i++)
        if (s->region[i].addr - s->base < bytes || s->base - s->region[i].addr < s->region[i].bytes)
            return true;
    return false;
}

static bool vm_set_windows(struct vwr_vm *vm, const struct vwr_vm_setup *s)
{
    if (s->stride == 0)
        return true;
    if (s->stride < VWR_MMIO_SIZE || !vwr_is_power_of_2(s->stride) ||
        (uint64_t)s->stride * s->slot_count > ~(uint32_t)0 || vm_is_over_memory(s))
        return false;
    vm->base = s->base;
    vm->stride = s->stride;
    vm->mask = s->stride - 1u;
    vm->windows = s->slot_count;
    for (uint32_t bytes = 1; bytes < s->stride; bytes <<= 1)
        vm->shift++;
    return true;
}

int vwr_vm_init(struct vwr_vm *vm, const struct vwr_vm_setup *s)
{
    vwr_zero(vm, sizeof(*vm));
    if (!VWR_ARRAY_FITS(&vm->shortage, s, region, region_count, s->region_count) ||
        !VWR_ARRAY_FITS(&vm->shortage, s, slot, slot_count, s->slot_count))
        return VWR_ENOMEM;
    vm->context = s->context;
    vm->name = s->name;
    vm->memory.region = s->region;
    vm->memory.region_count = s->region_count;
    vm->slot = s->slot;
    vm->slot_count = s->slot_count;
    vwr_zero(s->slot, s->slot_count * sizeof(struct vwr_vdev *));
    if (!vm_set_windows(vm, s))
        return VWR_ERANGE;
    if (s->ops == NULL || s->ops->irq == NULL || vwr_memory_check(&vm->memory) != s->region_count)
        return VWR_EINVAL;
    if (!vm_is_aligned(s))
        return VWR_EALIGN;
    vm->ops = s->ops;
    return VWR_OK;
}
