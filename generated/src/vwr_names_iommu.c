/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/iommu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; IOMMU device */

#include "vwr/gen/iommu.h"

const struct vwr_name vwr_iommu_feature_names[] = {
    {VWR_IOMMU_F_INPUT_RANGE, "INPUT_RANGE"},
    {VWR_IOMMU_F_DOMAIN_RANGE, "DOMAIN_RANGE"},
    {VWR_IOMMU_F_MAP_UNMAP, "MAP_UNMAP"},
    {VWR_IOMMU_F_BYPASS, "BYPASS"},
    {VWR_IOMMU_F_PROBE, "PROBE"},
    {VWR_IOMMU_F_MMIO, "MMIO"},
    {VWR_IOMMU_F_BYPASS_CONFIG, "BYPASS_CONFIG"},
    {0, NULL},
};

const struct vwr_name vwr_iommu_status_names[] = {
    {VWR_IOMMU_S_OK, "OK"},
    {VWR_IOMMU_S_IOERR, "IOERR"},
    {VWR_IOMMU_S_UNSUPP, "UNSUPP"},
    {VWR_IOMMU_S_DEVERR, "DEVERR"},
    {VWR_IOMMU_S_INVAL, "INVAL"},
    {VWR_IOMMU_S_RANGE, "RANGE"},
    {VWR_IOMMU_S_NOENT, "NOENT"},
    {VWR_IOMMU_S_FAULT, "FAULT"},
    {VWR_IOMMU_S_NOMEM, "NOMEM"},
    {0, NULL},
};

const struct vwr_name vwr_iommu_resv_mem_subtype_names[] = {
    {VWR_IOMMU_RESV_MEM_T_RESERVED, "RESERVED"},
    {VWR_IOMMU_RESV_MEM_T_MSI, "MSI"},
    {0, NULL},
};

const struct vwr_name vwr_iommu_fault_reason_names[] = {
    {VWR_IOMMU_FAULT_R_UNKNOWN, "UNKNOWN"},
    {VWR_IOMMU_FAULT_R_DOMAIN, "DOMAIN"},
    {VWR_IOMMU_FAULT_R_MAPPING, "MAPPING"},
    {0, NULL},
};

const struct vwr_name vwr_iommu_property_type_names[] = {
    {VWR_IOMMU_PROBE_T_RESV_MEM, "RESV_MEM"},
    {0, NULL},
};

const struct vwr_name vwr_iommu_attach_flags_names[] = {
    {VWR_IOMMU_ATTACH_F_BYPASS, "BYPASS"},
    {0, NULL},
};

const struct vwr_name vwr_iommu_map_flags_names[] = {
    {VWR_IOMMU_MAP_F_READ, "READ"},
    {VWR_IOMMU_MAP_F_WRITE, "WRITE"},
    {VWR_IOMMU_MAP_F_MMIO, "MMIO"},
    {0, NULL},
};

const struct vwr_name vwr_iommu_fault_flags_names[] = {
    {VWR_IOMMU_FAULT_F_READ, "READ"},
    {VWR_IOMMU_FAULT_F_WRITE, "WRITE"},
    {VWR_IOMMU_FAULT_F_ADDRESS, "ADDRESS"},
    {0, NULL},
};

const struct vwr_name vwr_iommu_request_type_names[] = {
    {VWR_IOMMU_T_ATTACH, "ATTACH"},
    {VWR_IOMMU_T_DETACH, "DETACH"},
    {VWR_IOMMU_T_MAP, "MAP"},
    {VWR_IOMMU_T_UNMAP, "UNMAP"},
    {VWR_IOMMU_T_PROBE, "PROBE"},
    {0, NULL},
};
