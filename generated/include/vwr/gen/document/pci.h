/* SPDX-License-Identifier: MIT */
/* Generated from spec/transport/pci.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Virtio Over PCI Bus */

#ifndef VWR_GEN_DOCUMENT_PCI_H
#define VWR_GEN_DOCUMENT_PCI_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/pci.h"

#define VIRTIO_MSI_NO_VECTOR                    VWR_PCI_MSI_NO_VECTOR

#define VIRTIO_PCI_CAP_COMMON_CFG               VWR_PCI_CAP_COMMON_CFG
#define VIRTIO_PCI_CAP_NOTIFY_CFG               VWR_PCI_CAP_NOTIFY_CFG
#define VIRTIO_PCI_CAP_ISR_CFG                  VWR_PCI_CAP_ISR_CFG
#define VIRTIO_PCI_CAP_DEVICE_CFG               VWR_PCI_CAP_DEVICE_CFG
#define VIRTIO_PCI_CAP_PCI_CFG                  VWR_PCI_CAP_PCI_CFG
#define VIRTIO_PCI_CAP_SHARED_MEMORY_CFG        VWR_PCI_CAP_SHARED_MEMORY_CFG
#define VIRTIO_PCI_CAP_VENDOR_CFG               VWR_PCI_CAP_VENDOR_CFG

#define virtio_pci_cap                          vwr_pci_cap
#define virtio_pci_cap64                        vwr_pci_cap64
#define virtio_pci_common_cfg                   vwr_pci_common_cfg
#define virtio_pci_notify_cap                   vwr_pci_notify_cap
#define virtio_pci_vndr_data                    vwr_pci_vndr_data
#define virtio_pci_cfg_cap                      vwr_pci_cfg_cap

#endif
