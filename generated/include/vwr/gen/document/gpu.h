/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPU Device */

#ifndef VWR_GEN_DOCUMENT_GPU_H
#define VWR_GEN_DOCUMENT_GPU_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/gpu.h"

#define VIRTIO_GPU_SHM_ID_UNDEFINED             VWR_GPU_SHM_ID_UNDEFINED
#define VIRTIO_GPU_MAX_SCANOUTS                 VWR_GPU_MAX_SCANOUTS
#define VIRTIO_GPU_CONTEXT_INIT_CAPSET_ID_MASK  VWR_GPU_CONTEXT_INIT_CAPSET_ID_MASK
#define VIRTIO_GPU_MAP_CACHE_MASK               VWR_GPU_MAP_CACHE_MASK

#define VIRTIO_GPU_F_VIRGL                      VWR_GPU_F_VIRGL
#define VIRTIO_GPU_F_EDID                       VWR_GPU_F_EDID
#define VIRTIO_GPU_F_RESOURCE_UUID              VWR_GPU_F_RESOURCE_UUID
#define VIRTIO_GPU_F_RESOURCE_BLOB              VWR_GPU_F_RESOURCE_BLOB
#define VIRTIO_GPU_F_CONTEXT_INIT               VWR_GPU_F_CONTEXT_INIT
#define VIRTIO_GPU_F_BLOB_ALIGNMENT             VWR_GPU_F_BLOB_ALIGNMENT

#define VIRTIO_GPU_RESP_OK_NODATA               VWR_GPU_RESP_OK_NODATA
#define VIRTIO_GPU_RESP_OK_DISPLAY_INFO         VWR_GPU_RESP_OK_DISPLAY_INFO
#define VIRTIO_GPU_RESP_OK_CAPSET_INFO          VWR_GPU_RESP_OK_CAPSET_INFO
#define VIRTIO_GPU_RESP_OK_CAPSET               VWR_GPU_RESP_OK_CAPSET
#define VIRTIO_GPU_RESP_OK_EDID                 VWR_GPU_RESP_OK_EDID
#define VIRTIO_GPU_RESP_OK_RESOURCE_UUID        VWR_GPU_RESP_OK_RESOURCE_UUID
#define VIRTIO_GPU_RESP_OK_MAP_INFO             VWR_GPU_RESP_OK_MAP_INFO
#define VIRTIO_GPU_RESP_ERR_UNSPEC              VWR_GPU_RESP_ERR_UNSPEC
#define VIRTIO_GPU_RESP_ERR_OUT_OF_MEMORY       VWR_GPU_RESP_ERR_OUT_OF_MEMORY
#define VIRTIO_GPU_RESP_ERR_INVALID_SCANOUT_ID  VWR_GPU_RESP_ERR_INVALID_SCANOUT_ID
#define VIRTIO_GPU_RESP_ERR_INVALID_RESOURCE_ID VWR_GPU_RESP_ERR_INVALID_RESOURCE_ID
#define VIRTIO_GPU_RESP_ERR_INVALID_CONTEXT_ID  VWR_GPU_RESP_ERR_INVALID_CONTEXT_ID
#define VIRTIO_GPU_RESP_ERR_INVALID_PARAMETER   VWR_GPU_RESP_ERR_INVALID_PARAMETER

#define VIRTIO_GPU_FORMAT_B8G8R8A8_UNORM        VWR_GPU_FORMAT_B8G8R8A8_UNORM
#define VIRTIO_GPU_FORMAT_B8G8R8X8_UNORM        VWR_GPU_FORMAT_B8G8R8X8_UNORM
#define VIRTIO_GPU_FORMAT_A8R8G8B8_UNORM        VWR_GPU_FORMAT_A8R8G8B8_UNORM
#define VIRTIO_GPU_FORMAT_X8R8G8B8_UNORM        VWR_GPU_FORMAT_X8R8G8B8_UNORM
#define VIRTIO_GPU_FORMAT_R8G8B8A8_UNORM        VWR_GPU_FORMAT_R8G8B8A8_UNORM
#define VIRTIO_GPU_FORMAT_X8B8G8R8_UNORM        VWR_GPU_FORMAT_X8B8G8R8_UNORM
#define VIRTIO_GPU_FORMAT_A8B8G8R8_UNORM        VWR_GPU_FORMAT_A8B8G8R8_UNORM
#define VIRTIO_GPU_FORMAT_R8G8B8X8_UNORM        VWR_GPU_FORMAT_R8G8B8X8_UNORM

#define VIRTIO_GPU_CAPSET_VIRGL                 VWR_GPU_CAPSET_VIRGL
#define VIRTIO_GPU_CAPSET_VIRGL2                VWR_GPU_CAPSET_VIRGL2
#define VIRTIO_GPU_CAPSET_GFXSTREAM             VWR_GPU_CAPSET_GFXSTREAM
#define VIRTIO_GPU_CAPSET_VENUS                 VWR_GPU_CAPSET_VENUS
#define VIRTIO_GPU_CAPSET_CROSS_DOMAIN          VWR_GPU_CAPSET_CROSS_DOMAIN

#define VIRTIO_GPU_BLOB_MEM_GUEST               VWR_GPU_BLOB_MEM_GUEST
#define VIRTIO_GPU_BLOB_MEM_HOST3D              VWR_GPU_BLOB_MEM_HOST3D
#define VIRTIO_GPU_BLOB_MEM_HOST3D_GUEST        VWR_GPU_BLOB_MEM_HOST3D_GUEST

#define VIRTIO_GPU_MAP_CACHE_NONE               VWR_GPU_MAP_CACHE_NONE
#define VIRTIO_GPU_MAP_CACHE_CACHED             VWR_GPU_MAP_CACHE_CACHED
#define VIRTIO_GPU_MAP_CACHE_UNCACHED           VWR_GPU_MAP_CACHE_UNCACHED
#define VIRTIO_GPU_MAP_CACHE_WC                 VWR_GPU_MAP_CACHE_WC

#define VIRTIO_GPU_EVENT_DISPLAY                VWR_GPU_EVENT_DISPLAY

#define VIRTIO_GPU_FLAG_FENCE                   VWR_GPU_FLAG_FENCE
#define VIRTIO_GPU_FLAG_INFO_RING_IDX           VWR_GPU_FLAG_INFO_RING_IDX

#define VIRTIO_GPU_BLOB_FLAG_USE_MAPPABLE       VWR_GPU_BLOB_FLAG_USE_MAPPABLE
#define VIRTIO_GPU_BLOB_FLAG_USE_SHAREABLE      VWR_GPU_BLOB_FLAG_USE_SHAREABLE
#define VIRTIO_GPU_BLOB_FLAG_USE_CROSS_DEVICE   VWR_GPU_BLOB_FLAG_USE_CROSS_DEVICE

#define VIRTIO_GPU_CMD_GET_DISPLAY_INFO         VWR_GPU_CMD_GET_DISPLAY_INFO
#define VIRTIO_GPU_CMD_RESOURCE_CREATE_2D       VWR_GPU_CMD_RESOURCE_CREATE_2D
#define VIRTIO_GPU_CMD_RESOURCE_UNREF           VWR_GPU_CMD_RESOURCE_UNREF
#define VIRTIO_GPU_CMD_SET_SCANOUT              VWR_GPU_CMD_SET_SCANOUT
#define VIRTIO_GPU_CMD_RESOURCE_FLUSH           VWR_GPU_CMD_RESOURCE_FLUSH
#define VIRTIO_GPU_CMD_TRANSFER_TO_HOST_2D      VWR_GPU_CMD_TRANSFER_TO_HOST_2D
#define VIRTIO_GPU_CMD_RESOURCE_ATTACH_BACKING  VWR_GPU_CMD_RESOURCE_ATTACH_BACKING
#define VIRTIO_GPU_CMD_RESOURCE_DETACH_BACKING  VWR_GPU_CMD_RESOURCE_DETACH_BACKING
#define VIRTIO_GPU_CMD_GET_CAPSET_INFO          VWR_GPU_CMD_GET_CAPSET_INFO
#define VIRTIO_GPU_CMD_GET_CAPSET               VWR_GPU_CMD_GET_CAPSET
#define VIRTIO_GPU_CMD_GET_EDID                 VWR_GPU_CMD_GET_EDID
#define VIRTIO_GPU_CMD_RESOURCE_ASSIGN_UUID     VWR_GPU_CMD_RESOURCE_ASSIGN_UUID
#define VIRTIO_GPU_CMD_RESOURCE_CREATE_BLOB     VWR_GPU_CMD_RESOURCE_CREATE_BLOB
#define VIRTIO_GPU_CMD_SET_SCANOUT_BLOB         VWR_GPU_CMD_SET_SCANOUT_BLOB

#define VIRTIO_GPU_CMD_CTX_CREATE               VWR_GPU_CMD_CTX_CREATE
#define VIRTIO_GPU_CMD_CTX_DESTROY              VWR_GPU_CMD_CTX_DESTROY
#define VIRTIO_GPU_CMD_CTX_ATTACH_RESOURCE      VWR_GPU_CMD_CTX_ATTACH_RESOURCE
#define VIRTIO_GPU_CMD_CTX_DETACH_RESOURCE      VWR_GPU_CMD_CTX_DETACH_RESOURCE
#define VIRTIO_GPU_CMD_RESOURCE_CREATE_3D       VWR_GPU_CMD_RESOURCE_CREATE_3D
#define VIRTIO_GPU_CMD_TRANSFER_TO_HOST_3D      VWR_GPU_CMD_TRANSFER_TO_HOST_3D
#define VIRTIO_GPU_CMD_TRANSFER_FROM_HOST_3D    VWR_GPU_CMD_TRANSFER_FROM_HOST_3D
#define VIRTIO_GPU_CMD_SUBMIT_3D                VWR_GPU_CMD_SUBMIT_3D
#define VIRTIO_GPU_CMD_RESOURCE_MAP_BLOB        VWR_GPU_CMD_RESOURCE_MAP_BLOB
#define VIRTIO_GPU_CMD_RESOURCE_UNMAP_BLOB      VWR_GPU_CMD_RESOURCE_UNMAP_BLOB

#define VIRTIO_GPU_CMD_UPDATE_CURSOR            VWR_GPU_CMD_UPDATE_CURSOR
#define VIRTIO_GPU_CMD_MOVE_CURSOR              VWR_GPU_CMD_MOVE_CURSOR

#define VIRTIO_GPU_SHM_ID_HOST_VISIBLE          VWR_GPU_SHM_ID_HOST_VISIBLE

#define virtio_gpu_ctrl_hdr                     vwr_gpu_ctrl_hdr
#define virtio_gpu_rect                         vwr_gpu_rect
#define virtio_gpu_display_one                  vwr_gpu_display_one
#define virtio_gpu_resp_display_info            vwr_gpu_resp_display_info
#define virtio_gpu_get_edid                     vwr_gpu_get_edid
#define virtio_gpu_resp_edid                    vwr_gpu_resp_edid
#define virtio_gpu_resource_create_2d           vwr_gpu_resource_create_2d
#define virtio_gpu_resource_unref               vwr_gpu_resource_unref
#define virtio_gpu_set_scanout                  vwr_gpu_set_scanout
#define virtio_gpu_resource_flush               vwr_gpu_resource_flush
#define virtio_gpu_transfer_to_host_2d          vwr_gpu_transfer_to_host_2d
#define virtio_gpu_resource_attach_backing      vwr_gpu_resource_attach_backing
#define virtio_gpu_mem_entry                    vwr_gpu_mem_entry
#define virtio_gpu_resource_detach_backing      vwr_gpu_resource_detach_backing
#define virtio_gpu_get_capset_info              vwr_gpu_get_capset_info
#define virtio_gpu_resp_capset_info             vwr_gpu_resp_capset_info
#define virtio_gpu_get_capset                   vwr_gpu_get_capset
#define virtio_gpu_resp_capset                  vwr_gpu_resp_capset
#define virtio_gpu_resource_assign_uuid         vwr_gpu_resource_assign_uuid
#define virtio_gpu_resp_resource_uuid           vwr_gpu_resp_resource_uuid
#define virtio_gpu_resource_create_blob         vwr_gpu_resource_create_blob
#define virtio_gpu_set_scanout_blob             vwr_gpu_set_scanout_blob
#define virtio_gpu_ctx_create                   vwr_gpu_ctx_create
#define virtio_gpu_resource_map_blob            vwr_gpu_resource_map_blob
#define virtio_gpu_resp_map_info                vwr_gpu_resp_map_info
#define virtio_gpu_resource_unmap_blob          vwr_gpu_resource_unmap_blob
#define virtio_gpu_cursor_pos                   vwr_gpu_cursor_pos
#define virtio_gpu_update_cursor                vwr_gpu_update_cursor
#define virtio_gpu_config                       vwr_gpu_config

#endif
