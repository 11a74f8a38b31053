/* SPDX-License-Identifier: MIT */
/* Generated from spec/transport/pci.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Virtio Over PCI Bus */

#include "vwr/gen/pci.h"

const struct vwr_name vwr_pci_cap_type_names[] = {
    {VWR_PCI_CAP_COMMON_CFG, "COMMON_CFG"},
    {VWR_PCI_CAP_NOTIFY_CFG, "NOTIFY_CFG"},
    {VWR_PCI_CAP_ISR_CFG, "ISR_CFG"},
    {VWR_PCI_CAP_DEVICE_CFG, "DEVICE_CFG"},
    {VWR_PCI_CAP_PCI_CFG, "PCI_CFG"},
    {VWR_PCI_CAP_SHARED_MEMORY_CFG, "SHARED_MEMORY_CFG"},
    {VWR_PCI_CAP_VENDOR_CFG, "VENDOR_CFG"},
    {0, NULL},
};

const struct vwr_name vwr_pci_isr_names[] = {
    {VWR_PCI_ISR_QUEUE, "QUEUE"},
    {VWR_PCI_ISR_CONFIG, "CONFIG"},
    {0, NULL},
};
