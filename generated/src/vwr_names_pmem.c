/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/pmem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; PMEM Device */

#include "vwr/gen/pmem.h"

const struct vwr_name vwr_pmem_feature_names[] = {
    {VWR_PMEM_F_SHMEM_REGION, "SHMEM_REGION"},
    {0, NULL},
};

const struct vwr_name vwr_pmem_request_type_names[] = {
    {VWR_PMEM_REQ_TYPE_FLUSH, "FLUSH"},
    {0, NULL},
};

const struct vwr_name vwr_pmem_shm_id_names[] = {
    {VWR_PMEM_SHM_ID_PERSISTENT_REGION, "PERSISTENT_REGION"},
    {0, NULL},
};
