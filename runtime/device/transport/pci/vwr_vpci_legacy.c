/* SPDX-License-Identifier: MIT */
#include "vpci_common.h"

/*
 * Legacy header in the I/O BAR, and the device configuration after it, which moves while MSI-X is enabled.
 * Section: Virtio Over PCI Bus / Virtio Structure PCI Capabilities / Legacy Interfaces: A Note on PCI Device
 * Layout.
 */

static unsigned vpci_legacy_config(const struct vwr_vpci *f)
{
    return vpci_uses_msix(f) ? VWR_PCI_LEGACY_CONFIG_MSIX : VWR_PCI_LEGACY_CONFIG;
}

/* Value of a register. The switch has no default, so the compiler reports a missing register. */
static void vpci_legacy_read(struct vwr_vdev *v, enum vwr_pci_legacy_header_msix_reg reg, uint64_t *value)
{
    const struct vwr_vqueue *const q = vwr_vdev_selected(v);

    *value = 0;
    /* clang-format off */
    switch (reg) {
    case VWR_PCI_LEGACY_HEADER_MSIX_REG_HEADER_DEVICE_FEATURES: *value = v->offered.w[0]; break;
    case VWR_PCI_LEGACY_HEADER_MSIX_REG_HEADER_DRIVER_FEATURES: *value = v->written.w[0]; break;
    case VWR_PCI_LEGACY_HEADER_MSIX_REG_HEADER_QUEUE_ADDRESS: *value = q != NULL ? q->pfn : 0; break;
    case VWR_PCI_LEGACY_HEADER_MSIX_REG_HEADER_QUEUE_SIZE: *value = q != NULL ? v->size_max : 0; break;
    case VWR_PCI_LEGACY_HEADER_MSIX_REG_HEADER_QUEUE_SELECT: *value = v->queue_sel; break;
    case VWR_PCI_LEGACY_HEADER_MSIX_REG_HEADER_QUEUE_NOTIFY: break; /* a notification is not stored */
    case VWR_PCI_LEGACY_HEADER_MSIX_REG_HEADER_DEVICE_STATUS: *value = v->status; break;
    case VWR_PCI_LEGACY_HEADER_MSIX_REG_HEADER_ISR_STATUS: vwr_vpci_read_isr_(v, value); break;
    case VWR_PCI_LEGACY_HEADER_MSIX_REG_CONFIG_MSIX_VECTOR: *value = v->config_vector; break;
    case VWR_PCI_LEGACY_HEADER_MSIX_REG_QUEUE_MSIX_VECTOR:
        *value = q != NULL ? q->vector : VWR_PCI_MSI_NO_VECTOR; break;
    }
    /* clang-format on */
}

/* The size is set by the device, and the alignment is fixed. */
static void vpci_legacy_place_queue(struct vwr_vdev *v, struct vwr_vqueue *q, uint32_t page)
{
    if (!q->ready) {
        v->guest_page_size = VWR_PCI_LEGACY_QUEUE_ALIGN;
        q->align = VWR_PCI_LEGACY_QUEUE_ALIGN;
        q->size = v->size_max;
    }
    vwr_vdev_set_pfn_(v, q, page);
}

/* A write that the table allows; registers that are only read do not get here. */
static void vpci_legacy_write(struct vwr_vpci *f, enum vwr_pci_legacy_header_msix_reg reg, uint32_t value)
{
    struct vwr_vdev *const v = f->v;
    struct vwr_vqueue *const q = vwr_vdev_selected(v);

    /* clang-format off */
    switch ((unsigned)reg) {
    case VWR_PCI_LEGACY_HEADER_MSIX_REG_HEADER_DRIVER_FEATURES: vwr_vdev_set_features_(v, 0, value); return;
    case VWR_PCI_LEGACY_HEADER_MSIX_REG_HEADER_QUEUE_SELECT: v->queue_sel = value; return;
    case VWR_PCI_LEGACY_HEADER_MSIX_REG_HEADER_QUEUE_NOTIFY: vwr_vdev_notified(v, value); return;
    case VWR_PCI_LEGACY_HEADER_MSIX_REG_HEADER_DEVICE_STATUS: vwr_vdev_set_status_(v, value); return;
    case VWR_PCI_LEGACY_HEADER_MSIX_REG_CONFIG_MSIX_VECTOR: v->config_vector = vpci_vector(f, value); return;
    default: break; /* queue registers */
    }
    /* clang-format on */
    if (q == NULL)
        vwr_vdev_ignore(v);
    else if (reg == VWR_PCI_LEGACY_HEADER_MSIX_REG_HEADER_QUEUE_ADDRESS)
        vpci_legacy_place_queue(v, q, value);
    else
        q->vector = vpci_vector(f, value);
}

static void vpci_legacy(struct vwr_vpci *f, unsigned offset, unsigned bytes, bool is_write, uint64_t *value)
{
    struct vwr_vdev *const v = f->v;
    const unsigned config = vpci_legacy_config(f);
    const struct vwr_register *r;

    if (offset >= config) {
        vwr_vpci_config_(v, offset - config, bytes, is_write, value);
        return;
    }
    r = vwr_pci_legacy_header_msix_register_at[offset] != VWR_REGISTER_NONE
            ? &vwr_pci_legacy_header_msix_registers[vwr_pci_legacy_header_msix_register_at[offset]]
            : NULL;
    if (r == NULL || !vwr_vdev_allows_(v, true, r, offset, bytes, is_write))
        vdev_refuse(v, is_write, value);
    else if (is_write)
        vpci_legacy_write(f, (enum vwr_pci_legacy_header_msix_reg)r->reg, (uint32_t)*value);
    else
        vpci_legacy_read(v, (enum vwr_pci_legacy_header_msix_reg)r->reg, value);
}

void vwr_vpci_io_access(struct vwr_vpci *f, unsigned offset, unsigned bytes, bool is_write, uint64_t *value)
{
    struct vwr_vdev *const v = f->v;

    vwr_vdev_lock(v);
    vwr_count_add(&v->stats.accesses, 1);
    if (vwr_vdev_is_legacy(v))
        vpci_legacy(f, offset, bytes, is_write, value);
    else
        vdev_refuse(v, is_write, value);
    vwr_vdev_unlock(v);
}
