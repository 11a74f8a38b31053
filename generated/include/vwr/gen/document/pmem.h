/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/pmem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; PMEM Device */

#ifndef VWR_GEN_DOCUMENT_PMEM_H
#define VWR_GEN_DOCUMENT_PMEM_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/pmem.h"

#define VIRTIO_PMEM_F_SHMEM_REGION              VWR_PMEM_F_SHMEM_REGION

#define VIRTIO_PMEM_REQ_TYPE_FLUSH              VWR_PMEM_REQ_TYPE_FLUSH

#define virtio_pmem_req                         vwr_pmem_req
#define virtio_pmem_resp                        vwr_pmem_resp
#define virtio_pmem_config                      vwr_pmem_config

#endif
