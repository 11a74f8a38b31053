/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/mem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Memory Device */

#ifndef VWR_GEN_DOCUMENT_MEM_H
#define VWR_GEN_DOCUMENT_MEM_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/mem.h"

#define VIRTIO_MEM_F_ACPI_PXM                   VWR_MEM_F_ACPI_PXM
#define VIRTIO_MEM_F_UNPLUGGED_INACCESSIBLE     VWR_MEM_F_UNPLUGGED_INACCESSIBLE
#define VIRTIO_MEM_F_PERSISTENT_SUSPEND         VWR_MEM_F_PERSISTENT_SUSPEND

#define VIRTIO_MEM_RESP_ACK                     VWR_MEM_RESP_ACK
#define VIRTIO_MEM_RESP_NACK                    VWR_MEM_RESP_NACK
#define VIRTIO_MEM_RESP_BUSY                    VWR_MEM_RESP_BUSY
#define VIRTIO_MEM_RESP_ERROR                   VWR_MEM_RESP_ERROR

#define VIRTIO_MEM_STATE_PLUGGED                VWR_MEM_STATE_PLUGGED
#define VIRTIO_MEM_STATE_UNPLUGGED              VWR_MEM_STATE_UNPLUGGED
#define VIRTIO_MEM_STATE_MIXED                  VWR_MEM_STATE_MIXED

#define VIRTIO_MEM_REQ_PLUG                     VWR_MEM_REQ_PLUG
#define VIRTIO_MEM_REQ_UNPLUG                   VWR_MEM_REQ_UNPLUG
#define VIRTIO_MEM_REQ_UNPLUG_ALL               VWR_MEM_REQ_UNPLUG_ALL
#define VIRTIO_MEM_REQ_STATE                    VWR_MEM_REQ_STATE

#define virtio_mem_req_plug                     vwr_mem_req_plug
#define virtio_mem_req_unplug                   vwr_mem_req_unplug
#define virtio_mem_req_state                    vwr_mem_req_state
#define virtio_mem_req                          vwr_mem_req
#define virtio_mem_resp_state                   vwr_mem_resp_state
#define virtio_mem_resp                         vwr_mem_resp
#define virtio_mem_config                       vwr_mem_config

#endif
