/* SPDX-License-Identifier: MIT */
#include "vpci_common.h"

/* Common configuration. Section: Common configuration structure layout. */

/* Value of a register of the selected queue, which does not exist if `q` is NULL. */
static uint32_t vpci_read_queue(const struct vwr_vdev *v, enum vwr_pci_common_cfg_reg reg)
{
    const struct vwr_vqueue *const q = vwr_vdev_selected(v);

    if (q == NULL)
        return reg == VWR_PCI_COMMON_CFG_REG_QUEUE_MSIX_VECTOR ? VWR_PCI_MSI_NO_VECTOR : 0;
    /* clang-format off */
    switch ((unsigned)reg) {
    case VWR_PCI_COMMON_CFG_REG_QUEUE_SIZE: return q->size != 0 ? q->size : v->size_max;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_MSIX_VECTOR: return q->vector;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_ENABLE: return q->ready || q->resetting ? 1 : 0;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_NOTIFY_OFF: return q->index;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DESC_LOW: return vdev_low(q->desc_addr);
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DESC_HIGH: return vdev_high(q->desc_addr);
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DRIVER_LOW: return vdev_low(q->driver_addr);
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DRIVER_HIGH: return vdev_high(q->driver_addr);
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DEVICE_LOW: return vdev_low(q->device_addr);
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DEVICE_HIGH: return vdev_high(q->device_addr);
    case VWR_PCI_COMMON_CFG_REG_QUEUE_NOTIF_CONFIG_DATA: return q->index;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_RESET: return q->resetting ? 1 : 0;
    default: return 0;
    }
    /* clang-format on */
}

/* Value of a register. The switch has no default, so the compiler reports a missing register. */
static uint32_t vpci_read(const struct vwr_vdev *v, enum vwr_pci_common_cfg_reg reg)
{
    /* clang-format off */
    switch (reg) {
    case VWR_PCI_COMMON_CFG_REG_DEVICE_FEATURE_SELECT: return v->device_sel;
    case VWR_PCI_COMMON_CFG_REG_DEVICE_FEATURE: return vdev_feature_word(&v->offered, v->device_sel);
    case VWR_PCI_COMMON_CFG_REG_DRIVER_FEATURE_SELECT: return v->driver_sel;
    case VWR_PCI_COMMON_CFG_REG_DRIVER_FEATURE: return vdev_feature_word(&v->written, v->driver_sel);
    case VWR_PCI_COMMON_CFG_REG_CONFIG_MSIX_VECTOR: return v->config_vector;
    case VWR_PCI_COMMON_CFG_REG_NUM_QUEUES: return v->queues;
    case VWR_PCI_COMMON_CFG_REG_DEVICE_STATUS: return v->status;
    case VWR_PCI_COMMON_CFG_REG_CONFIG_GENERATION: return (uint8_t)v->generation;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_SELECT: return v->queue_sel;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_SIZE: case VWR_PCI_COMMON_CFG_REG_QUEUE_MSIX_VECTOR:
    case VWR_PCI_COMMON_CFG_REG_QUEUE_ENABLE: case VWR_PCI_COMMON_CFG_REG_QUEUE_NOTIFY_OFF:
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DESC_LOW: case VWR_PCI_COMMON_CFG_REG_QUEUE_DESC_HIGH:
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DRIVER_LOW: case VWR_PCI_COMMON_CFG_REG_QUEUE_DRIVER_HIGH:
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DEVICE_LOW: case VWR_PCI_COMMON_CFG_REG_QUEUE_DEVICE_HIGH:
    case VWR_PCI_COMMON_CFG_REG_QUEUE_NOTIF_CONFIG_DATA: case VWR_PCI_COMMON_CFG_REG_QUEUE_RESET:
        return vpci_read_queue(v, reg);
    case VWR_PCI_COMMON_CFG_REG_ADMIN_QUEUE_INDEX: case VWR_PCI_COMMON_CFG_REG_ADMIN_QUEUE_NUM:
        return 0; /* not offered */
    }
    /* clang-format on */
    return 0;
}

/* If the driver keeps the maximum queue size, this writes the size for the first time. */
static void vpci_enable(struct vwr_vdev *v, struct vwr_vqueue *q, uint32_t value)
{
    if (value != 1) {
        vwr_vdev_ignore(v);
        return;
    }
    if (q->size == 0)
        q->size = v->size_max;
    vwr_vdev_start_queue_(v, q);
}

static void vpci_write_queue(struct vwr_vpci *f, enum vwr_pci_common_cfg_reg reg, uint32_t value)
{
    struct vwr_vdev *const v = f->v;
    struct vwr_vqueue *const q = vwr_vdev_selected(v);

    if (q == NULL) {
        vwr_vdev_ignore(v);
        return;
    }
    /* clang-format off */
    switch ((unsigned)reg) {
    case VWR_PCI_COMMON_CFG_REG_QUEUE_SIZE: q->size = value; break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_MSIX_VECTOR: q->vector = vpci_vector(f, value); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_ENABLE: vpci_enable(v, q, value); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DESC_LOW: vdev_set_low(&q->desc_addr, value); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DESC_HIGH: vdev_set_high(&q->desc_addr, value); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DRIVER_LOW: vdev_set_low(&q->driver_addr, value); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DRIVER_HIGH: vdev_set_high(&q->driver_addr, value); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DEVICE_LOW: vdev_set_low(&q->device_addr, value); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DEVICE_HIGH: vdev_set_high(&q->device_addr, value); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_RESET: vdev_write_reset(v, q, value); break;
    }
    /* clang-format on */
}

/* A write that the table allows; registers that are only read do not get here. */
static void vpci_write(struct vwr_vpci *f, enum vwr_pci_common_cfg_reg reg, uint32_t value)
{
    struct vwr_vdev *const v = f->v;

    /* clang-format off */
    switch ((unsigned)reg) {
    case VWR_PCI_COMMON_CFG_REG_DEVICE_FEATURE_SELECT: v->device_sel = value; break;
    case VWR_PCI_COMMON_CFG_REG_DRIVER_FEATURE_SELECT: v->driver_sel = value; break;
    case VWR_PCI_COMMON_CFG_REG_DRIVER_FEATURE: vwr_vdev_set_features_(v, v->driver_sel, value); break;
    case VWR_PCI_COMMON_CFG_REG_CONFIG_MSIX_VECTOR: v->config_vector = vpci_vector(f, value); break;
    case VWR_PCI_COMMON_CFG_REG_DEVICE_STATUS: vwr_vdev_set_status_(v, value); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_SELECT: v->queue_sel = value; break;
    default: vpci_write_queue(f, reg, value); break;
    }
    /* clang-format on */
}

/* Gets the row of the register, if the table allows this access by the driver; NULL: none. */
static const struct vwr_register *vpci_row(struct vwr_vdev *v, unsigned offset, unsigned bytes, bool is_write)
{
    const struct vwr_register *r;

    if (offset >= sizeof(vwr_pci_common_cfg_register_at) ||
        vwr_pci_common_cfg_register_at[offset] == VWR_REGISTER_NONE)
        return NULL;
    r = &vwr_pci_common_cfg_registers[vwr_pci_common_cfg_register_at[offset]];
    if (is_write && r->idle[1] != VWR_REGISTER_NONE &&
        vpci_read(v, (enum vwr_pci_common_cfg_reg)r->idle[1]) != 0)
        return NULL;
    return vwr_vdev_allows_(v, false, r, offset, bytes, is_write) ? r : NULL;
}

void vwr_vpci_registers_(struct vwr_vpci *f, unsigned offset, unsigned bytes, bool is_write, uint64_t *value)
{
    struct vwr_vdev *const v = f->v;
    const struct vwr_register *r;

    vwr_vdev_continue_suspend_(v); /* the driver polls the status until it is set */
    r = vpci_row(v, offset, bytes, is_write);
    if (r == NULL) {
        vdev_refuse(v, is_write, value);
    } else if (is_write) {
        vpci_write(f, (enum vwr_pci_common_cfg_reg)r->reg, (uint32_t)(*value & vpci_nothing(bytes)));
    } else {
        *value = vpci_read(v, (enum vwr_pci_common_cfg_reg)r->reg);
    }
}
