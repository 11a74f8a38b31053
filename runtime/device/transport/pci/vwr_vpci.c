/* SPDX-License-Identifier: MIT */
#include "vpci_common.h"
#include "vwr/bytes.h"
#include "vwr/gen/features.h"

/* A PCI function: the interface for the VMM. Section: Virtio Over PCI Bus. */

static bool vpci_is_good(const struct vwr_vpci_setup *s)
{
    const struct vwr_vdev *const v = s->v;
    const struct vwr_vm_ops *const ops = v->vm->ops;

    if (v->legacy &&
        (!vwr_vpci_may_be_legacy_(v) || v->config_bytes > VWR_VPCI_IO_BYTES - VWR_PCI_LEGACY_CONFIG_MSIX))
        return false;
    if (v->kind->id > VWR_PCI_DEVICE_ID_MAX - VWR_PCI_DEVICE_ID_MODERN_BASE)
        return false;
    if (v->queues > VPCI_PART_BYTES / VPCI_NOTIFY_BYTES || v->config_bytes > VPCI_PART_BYTES ||
        s->vector_count > VWR_VPCI_VECTORS_MAX)
        return false;
    return s->vector_count == 0 || (ops->msi != NULL && (ops->again != NULL || ops->kicked != NULL));
}

/* Sets the configuration space and the vectors to their reset values. */
static void vpci_forget(struct vwr_vpci *f)
{
    f->head.command = 0;
    f->head.line = 0;
    f->cfg_bar = 0;
    f->cfg_offset = 0;
    f->cfg_length = 0;
    f->msix = 0;
    f->bar = 0;
    f->io = 0;
    f->shared = 0;
    for (unsigned i = 0; i < f->vectors; i++) {
        struct vwr_vpci_vector *const vector = &f->vector[i];

        vector->addr = 0;
        vector->data = 0;
        vector->masked = true;
        vector->pending = false;
    }
    vwr_vpci_place_(f);
    vwr_vpci_renew_(f);
    vwr_vdev_hold_(f->v, true);
}

int vwr_vpci_init(struct vwr_vpci *f, const struct vwr_vpci_setup *s)
{
    struct vwr_vdev *const v = s->v;

    if (!vpci_is_good(s))
        return VWR_EINVAL;
    if (!VWR_ARRAY_FITS(&v->shortage, s, vector, vector_count, s->vector_count))
        return VWR_ENOMEM;
    vwr_zero(f, sizeof(*f));
    f->v = v;
    f->vector = s->vector;
    f->vectors = s->vector_count;
    f->narrow = s->narrow || v->legacy;
    if (!vwr_vpci_region_init_(f, s))
        return VWR_EINVAL;
    f->bus = vwr_vpci_interrupts;
    v->bus = &f->bus;
    if (!v->legacy)
        vwr_features_add(&v->offered, VWR_F_NOTIF_CONFIG_DATA);
    for (unsigned n = 0; n < v->queues; n++)
        v->queue[n].vector = VWR_PCI_MSI_NO_VECTOR;
    vpci_forget(f);
    return VWR_OK;
}

void vwr_vpci_start_over_(struct vwr_vpci *f)
{
    vwr_vdev_set_status_(f->v, VWR_STATUS_RESET);
    vpci_forget(f);
}

void vwr_vpci_reset(struct vwr_vpci *f)
{
    vwr_vdev_lock(f->v);
    vwr_vpci_start_over_(f);
    vwr_vdev_unlock(f->v);
}
