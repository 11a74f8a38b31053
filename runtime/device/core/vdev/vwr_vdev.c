/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vdev_common.h"
#include "vwr/gen/features.h"

/* Devices: the interface for the VMM. */

/* The IOMMU of the same VM. A legacy device uses physical addresses, so it cannot be behind one. */
static int vdev_check_iommu(const struct vwr_vdev_setup *s)
{
    if (!VWR_WITH_IOMMU)
        return VWR_EUNSUPP;
    return s->legacy || s->iommu->run == NULL || s->iommu->guest != &s->vm->memory ? VWR_EINVAL : VWR_OK;
}

static int vdev_check_setup(struct vwr_vdev *v, const struct vwr_vdev_setup *s, uint16_t queues)
{
    /* A 16-bit power of 2 is at most VWR_VDEV_QUEUE_SIZE_MAX. */
    if (s->vm == NULL || s->vm->ops == NULL || !vwr_is_power_of_2(s->queue_size))
        return VWR_EINVAL;
    if (!VWR_ARRAY_FITS(&v->shortage, s, queue, queue_count, queues) ||
        !VWR_ARRAY_FITS(&v->shortage, s, own, own_count, VWR_VDEV_OWN(queues, s->queue_size)) ||
        !VWR_ARRAY_FITS(&v->shortage, s, shm, shm_count, s->shm_count))
        return VWR_ENOMEM;
    if (s->iommu != NULL)
        return vdev_check_iommu(s);
    return VWR_WITH_LEGACY || !s->legacy ? VWR_OK : VWR_EUNSUPP;
}

int vwr_vdev_init(struct vwr_vdev *v, const struct vwr_vdev_class *kind, const struct vwr_vdev_setup *s,
                  const struct vwr_features *own_features, uint16_t queues, void *config,
                  uint16_t config_bytes)
{
    int r;

    vwr_zero(v, sizeof(*v));
    v->kind = kind;
    r = vdev_check_setup(v, s, queues);
    if (r != VWR_OK)
        return r;
    v->vm = s->vm;
    v->locks = s->vm->ops->lock != NULL;
    v->memory = &s->vm->memory;
    if (VWR_WITH_IOMMU && s->iommu != NULL)
        vwr_vdev_join_(v, s->iommu);
    v->queue = s->queue;
    v->queues = queues;
    v->legacy = s->legacy;
    v->as_qemu = s->tolerate == VWR_TOLERATE_QEMU;
    v->config = config;
    v->config_bytes = config_bytes;
    v->line = s->line;
    v->budget = s->budget != 0 ? s->budget : VWR_VDEV_BUDGET;
    v->budget_bytes = s->budget_bytes != 0 ? s->budget_bytes : VWR_VDEV_BUDGET_BYTES;
    v->work = v->budget_bytes;
    v->vendor = s->vendor != 0 ? s->vendor : VWR_VDEV_VENDOR;
    v->shm = s->shm;
    v->shms = s->shm_count;
    v->size_max = s->queue_size;
    vwr_vdev_offer_(v, &s->features, own_features);
    for (uint16_t n = 0; n < queues; n++) {
        vwr_vqueue_init_(&v->queue[n], v->memory, n, s->own + (size_t)n * s->queue_size, s->queue_size);
        if (v->as_qemu && vwr_features_have(&v->offered, VWR_F_INDIRECT_DESC))
            v->queue[n].tolerated = &v->tolerated;
    }
    vwr_vdev_forget_driver_(v);
    return VWR_OK;
}
