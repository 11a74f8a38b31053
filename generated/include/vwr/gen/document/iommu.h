/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/iommu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; IOMMU device */

#ifndef VWR_GEN_DOCUMENT_IOMMU_H
#define VWR_GEN_DOCUMENT_IOMMU_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/iommu.h"

#define VIRTIO_IOMMU_F_INPUT_RANGE              VWR_IOMMU_F_INPUT_RANGE
#define VIRTIO_IOMMU_F_DOMAIN_RANGE             VWR_IOMMU_F_DOMAIN_RANGE
#define VIRTIO_IOMMU_F_MAP_UNMAP                VWR_IOMMU_F_MAP_UNMAP
#define VIRTIO_IOMMU_F_BYPASS                   VWR_IOMMU_F_BYPASS
#define VIRTIO_IOMMU_F_PROBE                    VWR_IOMMU_F_PROBE
#define VIRTIO_IOMMU_F_MMIO                     VWR_IOMMU_F_MMIO
#define VIRTIO_IOMMU_F_BYPASS_CONFIG            VWR_IOMMU_F_BYPASS_CONFIG

#define VIRTIO_IOMMU_S_OK                       VWR_IOMMU_S_OK
#define VIRTIO_IOMMU_S_IOERR                    VWR_IOMMU_S_IOERR
#define VIRTIO_IOMMU_S_UNSUPP                   VWR_IOMMU_S_UNSUPP
#define VIRTIO_IOMMU_S_DEVERR                   VWR_IOMMU_S_DEVERR
#define VIRTIO_IOMMU_S_INVAL                    VWR_IOMMU_S_INVAL
#define VIRTIO_IOMMU_S_RANGE                    VWR_IOMMU_S_RANGE
#define VIRTIO_IOMMU_S_NOENT                    VWR_IOMMU_S_NOENT
#define VIRTIO_IOMMU_S_FAULT                    VWR_IOMMU_S_FAULT
#define VIRTIO_IOMMU_S_NOMEM                    VWR_IOMMU_S_NOMEM

#define VIRTIO_IOMMU_RESV_MEM_T_RESERVED        VWR_IOMMU_RESV_MEM_T_RESERVED
#define VIRTIO_IOMMU_RESV_MEM_T_MSI             VWR_IOMMU_RESV_MEM_T_MSI

#define VIRTIO_IOMMU_FAULT_R_UNKNOWN            VWR_IOMMU_FAULT_R_UNKNOWN
#define VIRTIO_IOMMU_FAULT_R_DOMAIN             VWR_IOMMU_FAULT_R_DOMAIN
#define VIRTIO_IOMMU_FAULT_R_MAPPING            VWR_IOMMU_FAULT_R_MAPPING

#define VIRTIO_IOMMU_PROBE_T_RESV_MEM           VWR_IOMMU_PROBE_T_RESV_MEM

#define VIRTIO_IOMMU_ATTACH_F_BYPASS            VWR_IOMMU_ATTACH_F_BYPASS

#define VIRTIO_IOMMU_MAP_F_READ                 VWR_IOMMU_MAP_F_READ
#define VIRTIO_IOMMU_MAP_F_WRITE                VWR_IOMMU_MAP_F_WRITE
#define VIRTIO_IOMMU_MAP_F_MMIO                 VWR_IOMMU_MAP_F_MMIO

#define VIRTIO_IOMMU_FAULT_F_READ               VWR_IOMMU_FAULT_F_READ
#define VIRTIO_IOMMU_FAULT_F_WRITE              VWR_IOMMU_FAULT_F_WRITE
#define VIRTIO_IOMMU_FAULT_F_ADDRESS            VWR_IOMMU_FAULT_F_ADDRESS

#define VIRTIO_IOMMU_T_ATTACH                   VWR_IOMMU_T_ATTACH
#define VIRTIO_IOMMU_T_DETACH                   VWR_IOMMU_T_DETACH
#define VIRTIO_IOMMU_T_MAP                      VWR_IOMMU_T_MAP
#define VIRTIO_IOMMU_T_UNMAP                    VWR_IOMMU_T_UNMAP
#define VIRTIO_IOMMU_T_PROBE                    VWR_IOMMU_T_PROBE

#define virtio_iommu_range_64                   vwr_iommu_range_64
#define virtio_iommu_range_32                   vwr_iommu_range_32
#define virtio_iommu_req_head                   vwr_iommu_req_head
#define virtio_iommu_req_tail                   vwr_iommu_req_tail
#define virtio_iommu_req_attach                 vwr_iommu_req_attach
#define virtio_iommu_req_detach                 vwr_iommu_req_detach
#define virtio_iommu_req_map                    vwr_iommu_req_map
#define virtio_iommu_req_unmap                  vwr_iommu_req_unmap
#define virtio_iommu_req_probe                  vwr_iommu_req_probe
#define virtio_iommu_probe_property             vwr_iommu_probe_property
#define virtio_iommu_probe_resv_mem             vwr_iommu_probe_resv_mem
#define virtio_iommu_fault                      vwr_iommu_fault
#define virtio_iommu_config                     vwr_iommu_config

#endif
