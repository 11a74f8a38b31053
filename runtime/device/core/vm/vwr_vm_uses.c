/* SPDX-License-Identifier: MIT */
#include "../memory/memory_common.h"
#include "../vdev/vdev_common.h"
#include "../vqueue/vqueue_common.h"
#include "vwr/vm.h"

/* Tests whether a device of a VM may still access memory that is in a balloon, or about to be unplugged. */

/* The caller holds the device's lock. Discards the cached translations of its queues. */
static bool vm_device_uses(struct vwr_vdev *v, const struct vwr_memory_region *part)
{
    bool uses = v->unsafe;
    uint32_t in_flight = 0;

    for (uint16_t i = 0; i < v->queues; i++) {
        struct vwr_vqueue *const q = &v->queue[i];

        vwr_vqueue_forget_(q);
        uses = uses || (VWR_WITH_IOMMU && v->memory->iommu != NULL
                            ? vwr_vqueue_has_ring_at_(q, part->host, part->bytes)
                            : vwr_vqueue_uses_(q, part->addr, part->bytes));
        in_flight += vwr_vqueue_in_flight(q);
    }
    if (v->kind->uses != NULL)
        return v->kind->uses(v, part->host, part->bytes) || uses;
    return uses || in_flight != 0 || v->broken;
}

bool vwr_vm_uses(struct vwr_vm *vm, uint64_t addr, uint64_t bytes)
{
    struct vwr_memory_region part = {addr, bytes, NULL};
    bool uses = vwr_memory_find_part_(&vm->memory, &part) == NULL;

    if (uses)
        return true;
    for (uint32_t slot = 0; slot < vm->slot_count; slot++) {
        struct vwr_vdev *const v = vm->slot[slot];

        if (v == NULL)
            continue;
        vwr_vdev_lock(v);
        uses = vm_device_uses(v, &part) || uses;
        vwr_vdev_unlock(v);
    }
    return uses;
}

bool vwr_vm_uses_now_(struct vwr_vm *vm, uint64_t addr, uint64_t bytes)
{
    struct vwr_memory_region part = {addr, bytes, NULL};
    bool uses = vwr_memory_find_part_(&vm->memory, &part) == NULL;

    for (uint32_t slot = 0; slot < vm->slot_count && !uses; slot++)
        uses = vm->slot[slot] != NULL && vm_device_uses(vm->slot[slot], &part);
    return uses;
}
