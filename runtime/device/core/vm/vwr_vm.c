/* SPDX-License-Identifier: MIT */
#include "vwr/vm.h"
#include "vwr/vmmio.h"
#include "../../transport/mmio/vmmio_common.h"

/* Handles an access to a slot without a device, whose registers a scan recognizes as empty. */
static void access_empty(uint64_t offset, unsigned bytes, bool is_write, uint64_t *value)
{
    if (is_write)
        return;
    *value = 0;
    if (bytes == sizeof(uint32_t) && offset == VWR_MMIO_MAGIC_VALUE)
        *value = VWR_MMIO_MAGIC_VALUE_VALUE;
    else if (bytes == sizeof(uint32_t) && offset == VWR_MMIO_VERSION)
        *value = VWR_MMIO_VERSION_MODERN;
}

static VWR_COLD bool access_no_device(struct vwr_vm *vm, uint64_t addr, unsigned bytes, bool is_write,
                                      uint64_t *value)
{
    const uint64_t at = addr - vm->base;

    if (at >= (uint64_t)vm->stride * vm->windows)
        return false;
    access_empty(at & vm->mask, bytes, is_write, value);
    return true;
}

bool vwr_vm_access(struct vwr_vm *vm, uint64_t addr, unsigned bytes, bool is_write, uint64_t *value)
{
    const uint64_t at = addr - vm->base;
    const size_t slot = (size_t)at >> vm->shift; /* avoids a 64-bit shift, which may be a library call */
    struct vwr_vdev *v;

    if (at > ~(size_t)0 || slot >= vm->windows || (v = vm->slot[slot]) == NULL)
        return access_no_device(vm, addr, bytes, is_write, value);
    if (bytes == sizeof(uint32_t) && vwr_vmmio_access_fast(v, at & vm->mask, is_write, value))
        return true;
    return vwr_vmmio_trap_(v, at & vm->mask, bytes, is_write, value);
}

int vwr_vm_add(struct vwr_vm *vm, uint32_t slot, struct vwr_vdev *v)
{
    if (!VWR_ARRAY_FITS(&v->shortage, vm, slot, slot_count, (size_t)slot + 1u))
        return VWR_ENOMEM;
    if (vm->slot[slot] != NULL)
        return VWR_EBUSY;
    vm->slot[slot] = v;
    return VWR_OK;
}

void vwr_vm_remove(struct vwr_vm *vm, uint32_t slot)
{
    struct vwr_vdev *v;

    if (slot >= vm->slot_count || vm->slot[slot] == NULL)
        return;
    v = vm->slot[slot];
    vm->slot[slot] = NULL;
    vwr_vdev_reset(v);
}

bool vwr_vm_reset_next(struct vwr_vm *vm, uint32_t *slot)
{
    for (uint32_t at = *slot; at < vm->slot_count; at++) {
        struct vwr_vdev *const v = vm->slot[vm->slot_count - 1u - at];

        if (v == NULL)
            continue;
        *slot = at + 1u;
        vwr_vdev_reset(v);
        return true;
    }
    return false;
}

void vwr_vm_reset(struct vwr_vm *vm)
{
    uint32_t at = 0;

    for (uint32_t slot = 0; slot < vm->slot_count; slot++)
        (void)vwr_vm_reset_next(vm, &at);
}
