/* SPDX-License-Identifier: MIT */
#include "vpci_common.h"

/* The BAR of a function. Section: Virtio Structure PCI Capabilities. */

VWR_STATIC_ASSERT(VWR_VPCI_NOTIFY_OFFSET == VPCI_NOTIFY * VPCI_PART_BYTES, "vwr/vpci.h has the place");

/*
 * Whether notifications currently have this width. The result is valid until the status or the features
 * change.
 */
static VWR_COLD bool vpci_may_notify(struct vwr_vdev *v, unsigned bytes)
{
    const unsigned width = VWR_WITH_PACKED && vwr_vdev_has(v, VWR_F_NOTIFICATION_DATA) ? 4 : 2;

    if (bytes != width || vwr_vdev_is_legacy(v) ||
        !vwr_vdev_allows_(v, false, &vwr_pci_notification_data_registers[0], 0, bytes, true))
        return false;
    if (VWR_WITH_SPEED)
        v->allowed[1][0] = (uint8_t)bytes;
    return true;
}

/* Both the address and the value identify the queue, and they must match. */
VWR_ALWAYS_INLINE void vpci_notify(struct vwr_vdev *v, unsigned offset, unsigned bytes, bool is_write,
                                   uint64_t *value)
{
    if (is_write && (*value & v->notify_mask) * VPCI_NOTIFY_BYTES == offset &&
        ((VWR_WITH_SPEED && v->allowed[1][0] == bytes) || vpci_may_notify(v, bytes))) {
        vwr_vdev_notified(v, (uint32_t)*value);
        return;
    }
    vdev_refuse(v, is_write, value);
}

/* In both interfaces, reading the ISR status clears it. */
void vwr_vpci_read_isr_(struct vwr_vdev *v, uint64_t *value)
{
    *value = v->interrupt;
    vwr_vdev_acknowledge(v, v->interrupt);
}

static void vpci_isr(struct vwr_vdev *v, unsigned offset, unsigned bytes, bool is_write, uint64_t *value)
{
    if (vwr_vdev_allows_(v, false, &vwr_pci_isr_cfg_registers[0], offset, bytes, is_write)) {
        vwr_vpci_read_isr_(v, value);
        return;
    }
    vdev_refuse(v, is_write, value);
}

void vwr_vpci_config_(struct vwr_vdev *v, unsigned offset, unsigned bytes, bool is_write, uint64_t *value)
{
    if (is_write)
        vwr_vdev_config_write_(v, offset, bytes, *value);
    else
        *value = vwr_vdev_config_read_(v, offset, bytes);
}

/* Accesses the table and the pending bits in whole words. */
static void vpci_msix(struct vwr_vpci *f, unsigned offset, unsigned bytes, bool is_write, uint64_t *value)
{
    if ((bytes != sizeof(uint32_t) && bytes != sizeof(uint64_t)) || (offset & (bytes - 1u)) != 0) {
        vdev_refuse(f->v, is_write, value);
    } else if (is_write) {
        vwr_vpci_msix_write_(f, offset, bytes, *value);
    } else {
        *value = vwr_vpci_msix_read_(f, offset, bytes);
    }
}

void vwr_vpci_bar_(struct vwr_vpci *f, unsigned offset, unsigned bytes, bool is_write, uint64_t *value)
{
    struct vwr_vdev *const v = f->v;
    const unsigned at = offset % VPCI_PART_BYTES;

    vwr_count_add(&v->stats.accesses, 1);
    if (vwr_vdev_is_legacy(v) && offset / VPCI_PART_BYTES != VPCI_MSIX) {
        vdev_refuse(v, is_write, value);
        return;
    }
    switch ((enum vpci_part)(offset / VPCI_PART_BYTES)) {
    case VPCI_NOTIFY:
        vpci_notify(v, at, bytes, is_write, value);
        break;
    case VPCI_REGISTERS:
        if (at >= VPCI_ISR)
            vpci_isr(v, at - VPCI_ISR, bytes, is_write, value);
        else
            vwr_vpci_registers_(f, at, bytes, is_write, value);
        break;
    case VPCI_CONFIG:
        vwr_vpci_config_(v, at, bytes, is_write, value);
        break;
    case VPCI_MSIX:
        vpci_msix(f, at, bytes, is_write, value);
        break;
    }
}

unsigned vwr_vpci_structure(unsigned offset, unsigned *at)
{
    *at = offset % VPCI_PART_BYTES;
    switch ((enum vpci_part)(offset / VPCI_PART_BYTES)) {
    case VPCI_NOTIFY:
        return VWR_PCI_CAP_NOTIFY_CFG;
    case VPCI_CONFIG:
        return VWR_PCI_CAP_DEVICE_CFG;
    case VPCI_REGISTERS:
        if (*at < VPCI_ISR)
            return VWR_PCI_CAP_COMMON_CFG;
        *at -= VPCI_ISR;
        return VWR_PCI_CAP_ISR_CFG;
    case VPCI_MSIX:
        break;
    }
    return 0;
}

void vwr_vpci_bar_access(struct vwr_vpci *f, unsigned offset, unsigned bytes, bool is_write, uint64_t *value)
{
    struct vwr_vdev *const v = f->v;

    vwr_vdev_lock(v);
    /*
     * The most frequent access takes the short way. It needs no refusal of the legacy interface as in
     * vwr_vpci_bar_(): vpci_may_notify() refuses it.
     */
    if (offset / VPCI_PART_BYTES == VPCI_NOTIFY) {
        vwr_count_add(&v->stats.accesses, 1);
        vpci_notify(v, offset % VPCI_PART_BYTES, bytes, is_write, value);
    } else {
        vwr_vpci_bar_(f, offset, bytes, is_write, value);
    }
    vwr_vdev_unlock(v);
}
