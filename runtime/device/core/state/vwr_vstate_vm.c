/* SPDX-License-Identifier: MIT */
#include "vstate_common.h"

/* The state of all devices of a VM, in the order of their slots. */

static void vstate_begin(struct vwr_vstate *s)
{
    s->done = 0;
    s->fault = VWR_VSTATE_OK;
    s->slot = 0;
    s->queue = 0;
    s->a = 0;
    s->b = 0;
}

int vwr_vm_save(struct vwr_vm *vm, struct vwr_vstate *s)
{
    int result = VWR_OK;

    vstate_begin(s);
    for (uint32_t slot = 0; slot < vm->slot_count; slot++) {
        const int r = vm->slot[slot] != NULL ? vwr_vdev_save(vm->slot[slot], slot, s) : VWR_OK;

        if (r != VWR_OK && r != VWR_ENOMEM) /* continues in order to compute the required memory size */
            return r;
        result = r != VWR_OK ? r : result;
    }
    return result;
}

static int vstate_load_all(struct vwr_vm *vm, struct vwr_vstate *s, uint32_t *slot)
{
    for (; *slot < vm->slot_count; (*slot)++) {
        const int r = vm->slot[*slot] != NULL ? vwr_vdev_load(vm->slot[*slot], *slot, s) : VWR_OK;

        if (r != VWR_OK)
            return r;
    }
    if (s->done == s->bytes)
        return VWR_OK;
    (void)vwr_vstate_refuse_(s, VWR_VSTATE_BEHIND, s->bytes - s->done, 0);
    return VWR_EPROTO;
}

void vwr_vm_restart(struct vwr_vm *vm, const struct vwr_vstate *s)
{
    for (uint32_t slot = 0; slot < vm->slot_count; slot++)
        if (vm->slot[slot] != NULL)
            vwr_vdev_restart(vm->slot[slot], s);
}

int vwr_vm_load(struct vwr_vm *vm, struct vwr_vstate *s)
{
    uint32_t end = 0;
    int r;

    vstate_begin(s);
    r = vstate_load_all(vm, s, &end);
    for (uint32_t slot = 0; slot < end; slot++) {
        if (vm->slot[slot] == NULL)
            continue;
        if (r == VWR_OK)
            vwr_vdev_restart(vm->slot[slot], s);
        else
            vwr_vstate_undo_(vm->slot[slot], s);
    }
    return r;
}
