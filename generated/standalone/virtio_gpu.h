/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPU Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_GPU_H
#define VWR_STANDALONE_GPU_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_GPU 16                                /* A graphics adapter with up to 16 scanouts. */

#define VIRTIO_GPU_SHM_ID_UNDEFINED 0u                  /* No shared memory region. */
#define VIRTIO_GPU_MAX_SCANOUTS 16u                     /* Maximum number of scanouts of any device. */
#define VIRTIO_GPU_CONTEXT_INIT_CAPSET_ID_MASK 0xffu    /* Bits of context_init that hold the capability set id. */
#define VIRTIO_GPU_MAP_CACHE_MASK 0xfu                  /* Bits of map_info that hold the cache mode. */

/* features; "Feature bits" */
#define VIRTIO_GPU_F_VIRGL 0                            /* The device supports 3D rendering. */
#define VIRTIO_GPU_F_EDID 1                             /* The device provides the EDID of its displays. Quirk
                                                           gpu.edid-always (QEMU 7.2): The device responds to
                                                           GET_EDID even if EDID was not negotiated. A driver asks
                                                           only with the feature. */
#define VIRTIO_GPU_F_RESOURCE_UUID 2                    /* The driver can export a resource under a UUID. */
#define VIRTIO_GPU_F_RESOURCE_BLOB 3                    /* The device supports blob resources. */
#define VIRTIO_GPU_F_CONTEXT_INIT 4                     /* A context has a capability set and several timelines. */
#define VIRTIO_GPU_F_BLOB_ALIGNMENT 5                   /* blob_alignment applies to blobs. */

/* enums.response; "Device Operation / Device Operation: Request header" */
#define VIRTIO_GPU_RESP_OK_NODATA 0x1100                /* Success, without data. */
#define VIRTIO_GPU_RESP_OK_DISPLAY_INFO 0x1101          /* Display information. */
#define VIRTIO_GPU_RESP_OK_CAPSET_INFO 0x1102           /* Capability set information. */
#define VIRTIO_GPU_RESP_OK_CAPSET 0x1103                /* Data of a capability set. */
#define VIRTIO_GPU_RESP_OK_EDID 0x1104                  /* EDID data. */
#define VIRTIO_GPU_RESP_OK_RESOURCE_UUID 0x1105         /* The UUID of a resource. */
#define VIRTIO_GPU_RESP_OK_MAP_INFO 0x1106              /* Cache mode of a mapped blob. */
#define VIRTIO_GPU_RESP_ERR_UNSPEC 0x1200               /* Unspecified error. */
#define VIRTIO_GPU_RESP_ERR_OUT_OF_MEMORY 0x1201        /* The device is out of memory. */
#define VIRTIO_GPU_RESP_ERR_INVALID_SCANOUT_ID 0x1202   /* Invalid scanout id. */
#define VIRTIO_GPU_RESP_ERR_INVALID_RESOURCE_ID 0x1203  /* Invalid resource id. */
#define VIRTIO_GPU_RESP_ERR_INVALID_CONTEXT_ID 0x1204   /* Invalid context id. */
#define VIRTIO_GPU_RESP_ERR_INVALID_PARAMETER 0x1205    /* Invalid parameter. */

/* enums.formats; "Device Operation / Device Operation: controlq" */
#define VIRTIO_GPU_FORMAT_B8G8R8A8_UNORM 1              /* Blue, green, red, alpha. */
#define VIRTIO_GPU_FORMAT_B8G8R8X8_UNORM 2              /* Blue, green, red, unused. */
#define VIRTIO_GPU_FORMAT_A8R8G8B8_UNORM 3              /* Alpha, red, green, blue. */
#define VIRTIO_GPU_FORMAT_X8R8G8B8_UNORM 4              /* Unused, red, green, blue. */
#define VIRTIO_GPU_FORMAT_R8G8B8A8_UNORM 67             /* Red, green, blue, alpha. */
#define VIRTIO_GPU_FORMAT_X8B8G8R8_UNORM 68             /* Unused, blue, green, red. */
#define VIRTIO_GPU_FORMAT_A8B8G8R8_UNORM 121            /* Alpha, blue, green, red. */
#define VIRTIO_GPU_FORMAT_R8G8B8X8_UNORM 134            /* Red, green, blue, unused. */

/* enums.capset; "Device Operation / Device Operation: controlq" */
#define VIRTIO_GPU_CAPSET_VIRGL 1                       /* Virgl: OpenGL through Gallium commands. */
#define VIRTIO_GPU_CAPSET_VIRGL2 2                      /* Virgl with a corrected capability set. */
#define VIRTIO_GPU_CAPSET_GFXSTREAM 3                   /* Gfxstream: GLES and Vulkan. */
#define VIRTIO_GPU_CAPSET_VENUS 4                       /* Venus: Vulkan through Mesa. */
#define VIRTIO_GPU_CAPSET_CROSS_DOMAIN 5                /* Cross-domain: guest windows on the host's Wayland. */

/* enums.blob-mem; "Device Operation / Device Operation: controlq" */
#define VIRTIO_GPU_BLOB_MEM_GUEST 0x1                   /* Guest memory. */
#define VIRTIO_GPU_BLOB_MEM_HOST3D 0x2                  /* Host memory; with VIRGL. */
#define VIRTIO_GPU_BLOB_MEM_HOST3D_GUEST 0x3            /* Host memory with a shadow in the guest; with VIRGL. */

/* enums.map-cache; "Device Operation / Device Operation: controlq (3d)" */
#define VIRTIO_GPU_MAP_CACHE_NONE 0x0                   /* The device specifies no cache mode. */
#define VIRTIO_GPU_MAP_CACHE_CACHED 0x1                 /* Cached. */
#define VIRTIO_GPU_MAP_CACHE_UNCACHED 0x2               /* Uncached. */
#define VIRTIO_GPU_MAP_CACHE_WC 0x3                     /* Write-combining. */

/* flags.event; "Device configuration layout" */
#define VIRTIO_GPU_EVENT_DISPLAY 0x1                    /* The displays have changed. */

/* flags.flag; "Device Operation / Device Operation: Request header" */
#define VIRTIO_GPU_FLAG_FENCE 0x1                       /* The device responds when the operation is complete; the
                                                           response returns fence_id. */
#define VIRTIO_GPU_FLAG_INFO_RING_IDX 0x2               /* ring_idx selects the timeline; with CONTEXT_INIT. */

/* flags.blob-flag; "Device Operation / Device Operation: controlq" */
#define VIRTIO_GPU_BLOB_FLAG_USE_MAPPABLE 0x1           /* The guest maps the blob. */
#define VIRTIO_GPU_BLOB_FLAG_USE_SHAREABLE 0x2          /* Driver instances share the blob. */
#define VIRTIO_GPU_BLOB_FLAG_USE_CROSS_DEVICE 0x4       /* Other devices share the blob. */

/* messages.control; "Device Operation / Device Operation: controlq" */
#define VIRTIO_GPU_CMD_GET_DISPLAY_INFO 0x100           /* Read display information. */
#define VIRTIO_GPU_CMD_RESOURCE_CREATE_2D 0x101         /* Create a 2D resource. */
#define VIRTIO_GPU_CMD_RESOURCE_UNREF 0x102             /* Destroy a resource. */
#define VIRTIO_GPU_CMD_SET_SCANOUT 0x103                /* Display a rectangle of a resource on a scanout. */
#define VIRTIO_GPU_CMD_RESOURCE_FLUSH 0x104             /* Flush a rectangle of a resource to the screen. */
#define VIRTIO_GPU_CMD_TRANSFER_TO_HOST_2D 0x105        /* Copy from guest memory to a resource. */
#define VIRTIO_GPU_CMD_RESOURCE_ATTACH_BACKING 0x106    /* Attach guest memory to a resource. */
#define VIRTIO_GPU_CMD_RESOURCE_DETACH_BACKING 0x107    /* Detach guest memory from a resource. */
#define VIRTIO_GPU_CMD_GET_CAPSET_INFO 0x108            /* Query a capability set by its index. */
#define VIRTIO_GPU_CMD_GET_CAPSET 0x109                 /* Read a capability set. */
#define VIRTIO_GPU_CMD_GET_EDID 0x10a                   /* Read the EDID of a display; with EDID. */
#define VIRTIO_GPU_CMD_RESOURCE_ASSIGN_UUID 0x10b       /* Export a resource under a UUID; with RESOURCE_UUID. */
#define VIRTIO_GPU_CMD_RESOURCE_CREATE_BLOB 0x10c       /* Create a blob resource; with RESOURCE_BLOB. */
#define VIRTIO_GPU_CMD_SET_SCANOUT_BLOB 0x10d           /* Display a rectangle of a blob on a scanout; with
                                                           RESOURCE_BLOB. */

/* messages.control-3d; "Device Operation / Device Operation: controlq (3d)" */
#define VIRTIO_GPU_CMD_CTX_CREATE 0x200                 /* Create the context whose ctx_id is in the header; with
                                                           VIRGL. */
#define VIRTIO_GPU_CMD_CTX_DESTROY 0x201                /* Destroy a context; with VIRGL. */
#define VIRTIO_GPU_CMD_CTX_ATTACH_RESOURCE 0x202        /* Attach a resource to a context; with VIRGL. */
#define VIRTIO_GPU_CMD_CTX_DETACH_RESOURCE 0x203        /* Detach a resource from a context; with VIRGL. */
#define VIRTIO_GPU_CMD_RESOURCE_CREATE_3D 0x204         /* Create a 3D resource; with VIRGL. */
#define VIRTIO_GPU_CMD_TRANSFER_TO_HOST_3D 0x205        /* Copy from guest memory to a 3D resource; with VIRGL. */
#define VIRTIO_GPU_CMD_TRANSFER_FROM_HOST_3D 0x206      /* Copy from a 3D resource to guest memory; with VIRGL. */
#define VIRTIO_GPU_CMD_SUBMIT_3D 0x207                  /* Execute a command stream in a context; with VIRGL. */
#define VIRTIO_GPU_CMD_RESOURCE_MAP_BLOB 0x208          /* Map a host blob into shared memory; requires the
                                                           HOST_VISIBLE region; with RESOURCE_BLOB and VIRGL. */
#define VIRTIO_GPU_CMD_RESOURCE_UNMAP_BLOB 0x209        /* Unmap a host blob from shared memory; requires the
                                                           HOST_VISIBLE region; with RESOURCE_BLOB and VIRGL. */

/* messages.cursor; "Device Operation / Device Operation: cursorq" */
#define VIRTIO_GPU_CMD_UPDATE_CURSOR 0x300              /* Set image and position of the cursor. */
#define VIRTIO_GPU_CMD_MOVE_CURSOR 0x301                /* Set the position of the cursor. */

/* shared-memory; "GPU Device" */
#define VIRTIO_GPU_SHM_ID_HOST_VISIBLE 1                /* Window into which the device maps host blobs; with
                                                           RESOURCE_BLOB. */

/* queues; "GPU Device" */
#define VIRTIO_GPU_QUEUE_CONTROLQ 0                     /* Commands. */
#define VIRTIO_GPU_QUEUE_CURSORQ 1                      /* Cursor commands, independent of controlq. Quirk
                                                           gpu.no-cursor-answer (QEMU 7.2): The device returns cursor
                                                           commands with a used length of 0. A driver does not read
                                                           an answer there. */

/*
 * Header of commands and responses.
 * structs.ctrl_hdr; "Device Operation / Device Operation: Request header"
 */
struct virtio_gpu_ctrl_hdr {
    uint32_t type;                          /* Command (CMD) or response (RESP) type. */
    uint32_t flags;                         /* FENCE: fence_id is valid. INFO_RING_IDX: ring_idx is valid;
                                               VIRTIO_GPU_FLAG_*. */
    uint64_t fence_id;                      /* Fence id; the response returns it. */
    uint32_t ctx_id;                        /* Rendering context, 3D only. */
    uint8_t ring_idx;                       /* Timeline of the context, 0 to 63; with CONTEXT_INIT. */
    uint8_t padding[3];                     /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_ctrl_hdr, 24);

/*
 * A rectangle; (0, 0) is the top left corner.
 * structs.rect; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_rect {
    uint32_t x;                             /* Left coordinate; in pixels. */
    uint32_t y;                             /* Top coordinate; in pixels. */
    uint32_t width;                         /* Width; in pixels. */
    uint32_t height;                        /* Height; in pixels. */
};
VIRTIO_SIZE(virtio_gpu_rect, 16);

/* One scanout. structs.display_one; "Device Operation / Device Operation: controlq" */
struct virtio_gpu_display_one {
    struct virtio_gpu_rect r;               /* Preferred size, and position relative to the other scanouts. */
    uint32_t enabled;                       /* Nonzero if the user has enabled the scanout. Quirk
                                               gpu.enabled-headless (QEMU 7.2): Scanout 0 is enabled at 1280 by 800
                                               even without a display. A driver may draw there all the same. */
    uint32_t flags;                         /* No flags are defined. */
};
VIRTIO_SIZE(virtio_gpu_display_one, 24);

/*
 * Response to GET_DISPLAY_INFO.
 * structs.resp_display_info; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resp_display_info {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    struct virtio_gpu_display_one pmodes[16]; /* One entry per scanout. */
};
VIRTIO_SIZE(virtio_gpu_resp_display_info, 408);

/* Request of GET_EDID. structs.get_edid; "Device Operation / Device Operation: controlq" */
struct virtio_gpu_get_edid {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t scanout;                       /* Scanout number. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_get_edid, 32);

/* Response to GET_EDID. structs.resp_edid; "Device Operation / Device Operation: controlq" */
struct virtio_gpu_resp_edid {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t size;                          /* Length of the EDID; in bytes. */
    uint32_t padding;                       /* Reserved. */
    uint8_t edid[1024];                     /* The EDID. */
};
VIRTIO_SIZE(virtio_gpu_resp_edid, 1056);

/*
 * Request of RESOURCE_CREATE_2D.
 * structs.resource_create_2d; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resource_create_2d {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t resource_id;                   /* Resource id, chosen by the driver. */
    uint32_t format;                        /* Pixel format; VIRTIO_GPU_FORMAT_*. */
    uint32_t width;                         /* Width; in pixels. */
    uint32_t height;                        /* Height; in pixels. */
};
VIRTIO_SIZE(virtio_gpu_resource_create_2d, 40);

/*
 * Request of RESOURCE_UNREF.
 * structs.resource_unref; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resource_unref {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t resource_id;                   /* Resource id. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_resource_unref, 32);

/* Request of SET_SCANOUT. structs.set_scanout; "Device Operation / Device Operation: controlq" */
struct virtio_gpu_set_scanout {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    struct virtio_gpu_rect r;               /* Rectangle of the resource to display. */
    uint32_t scanout_id;                    /* Scanout number. */
    uint32_t resource_id;                   /* Resource id; 0 disables the scanout. */
};
VIRTIO_SIZE(virtio_gpu_set_scanout, 48);

/*
 * Request of RESOURCE_FLUSH.
 * structs.resource_flush; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resource_flush {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    struct virtio_gpu_rect r;               /* Rectangle to flush. */
    uint32_t resource_id;                   /* Resource id. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_resource_flush, 48);

/*
 * Request of TRANSFER_TO_HOST_2D.
 * structs.transfer_to_host_2d; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_transfer_to_host_2d {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    struct virtio_gpu_rect r;               /* Rectangle to copy. */
    uint64_t offset;                        /* Offset in the resource to which the rectangle is copied; in bytes. */
    uint32_t resource_id;                   /* Resource id. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_transfer_to_host_2d, 56);

/*
 * Request of RESOURCE_ATTACH_BACKING, followed by the entries.
 * structs.resource_attach_backing; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resource_attach_backing {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t resource_id;                   /* Resource id. */
    uint32_t nr_entries;                    /* Number of entries that follow. */
};
VIRTIO_SIZE(virtio_gpu_resource_attach_backing, 32);

/* A range of guest memory. structs.mem_entry; "Device Operation / Device Operation: controlq" */
struct virtio_gpu_mem_entry {
    uint64_t addr;                          /* Guest physical address. */
    uint32_t length;                        /* Length; in bytes. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_mem_entry, 16);

/*
 * Request of RESOURCE_DETACH_BACKING.
 * structs.resource_detach_backing; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resource_detach_backing {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t resource_id;                   /* Resource id. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_resource_detach_backing, 32);

/*
 * Request of GET_CAPSET_INFO.
 * structs.get_capset_info; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_get_capset_info {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t capset_index;                  /* Index of the capability set, below num_capsets. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_get_capset_info, 32);

/*
 * Response to GET_CAPSET_INFO.
 * structs.resp_capset_info; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resp_capset_info {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t capset_id;                     /* Capability set id; VIRTIO_GPU_CAPSET_*. */
    uint32_t capset_max_version;            /* Maximum version. */
    uint32_t capset_max_size;               /* Maximum size; in bytes. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_resp_capset_info, 40);

/* Request of GET_CAPSET. structs.get_capset; "Device Operation / Device Operation: controlq" */
struct virtio_gpu_get_capset {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t capset_id;                     /* Capability set id; VIRTIO_GPU_CAPSET_*. */
    uint32_t capset_version;                /* Requested version. */
};
VIRTIO_SIZE(virtio_gpu_get_capset, 32);

/* Response to GET_CAPSET. structs.resp_capset; "Device Operation / Device Operation: controlq" */
struct virtio_gpu_resp_capset {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint8_t capset_data[];                  /* Capability set data. */
};
VIRTIO_SIZE(virtio_gpu_resp_capset, 24);

/*
 * Request of RESOURCE_ASSIGN_UUID.
 * structs.resource_assign_uuid; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resource_assign_uuid {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t resource_id;                   /* Resource id. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_resource_assign_uuid, 32);

/*
 * Response to RESOURCE_ASSIGN_UUID.
 * structs.resp_resource_uuid; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resp_resource_uuid {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint8_t uuid[16];                       /* The UUID. */
};
VIRTIO_SIZE(virtio_gpu_resp_resource_uuid, 40);

/*
 * Request of RESOURCE_CREATE_BLOB, followed by the entries.
 * structs.resource_create_blob; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resource_create_blob {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t resource_id;                   /* Resource id, chosen by the driver. */
    uint32_t blob_mem;                      /* Memory type of the blob; VIRTIO_GPU_BLOB_MEM_*. */
    uint32_t blob_flags;                    /* Intended use of the blob; VIRTIO_GPU_BLOB_FLAG_USE_*. */
    uint32_t nr_entries;                    /* Number of entries that follow. */
    uint64_t blob_id;                       /* Id of an object of the context, for HOST3D and HOST3D_GUEST. */
    uint64_t size;                          /* Size of the blob; in bytes. */
};
VIRTIO_SIZE(virtio_gpu_resource_create_blob, 56);

/*
 * Request of SET_SCANOUT_BLOB.
 * structs.set_scanout_blob; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_set_scanout_blob {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    struct virtio_gpu_rect r;               /* Rectangle of the blob to display. */
    uint32_t scanout_id;                    /* Scanout number. */
    uint32_t resource_id;                   /* Resource id of the blob. */
    uint32_t width;                         /* Width of the image; in pixels. */
    uint32_t height;                        /* Height of the image; in pixels. */
    uint32_t format;                        /* Pixel format; VIRTIO_GPU_FORMAT_*. */
    uint32_t padding;                       /* Reserved. */
    uint32_t strides[4];                    /* Stride of each plane; in bytes. */
    uint32_t offsets[4];                    /* Offset of each plane; in bytes. */
};
VIRTIO_SIZE(virtio_gpu_set_scanout_blob, 96);

/* Request of CTX_CREATE. structs.ctx_create; "Device Operation / Device Operation: controlq (3d)" */
struct virtio_gpu_ctx_create {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t nlen;                          /* Length of debug_name; in bytes. */
    uint32_t context_init;                  /* Context type; with CONTEXT_INIT. */
                                            /* bits 0 to 7: capset_id. Capability set id; 0 lets the device choose. */
    uint8_t debug_name[64];                 /* Name for debugging. */
};
VIRTIO_SIZE(virtio_gpu_ctx_create, 96);

/*
 * Request of RESOURCE_MAP_BLOB.
 * structs.resource_map_blob; "Device Operation / Device Operation: controlq (3d)"
 */
struct virtio_gpu_resource_map_blob {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t resource_id;                   /* Resource id of the blob. */
    uint32_t padding;                       /* Reserved. */
    uint64_t offset;                        /* Offset in shared memory; in bytes. */
};
VIRTIO_SIZE(virtio_gpu_resource_map_blob, 40);

/*
 * Response to RESOURCE_MAP_BLOB.
 * structs.resp_map_info; "Device Operation / Device Operation: controlq (3d)"
 */
struct virtio_gpu_resp_map_info {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t map_info;                      /* Properties of the mapping. */
                                            /* bits 0 to 3: cache. Cache mode. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_resp_map_info, 32);

/*
 * Request of RESOURCE_UNMAP_BLOB.
 * structs.resource_unmap_blob; "Device Operation / Device Operation: controlq (3d)"
 */
struct virtio_gpu_resource_unmap_blob {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t resource_id;                   /* Resource id of the blob. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_resource_unmap_blob, 32);

/* A position on a scanout. structs.cursor_pos; "Device Operation / Device Operation: cursorq" */
struct virtio_gpu_cursor_pos {
    uint32_t scanout_id;                    /* Scanout number. */
    uint32_t x;                             /* Horizontal coordinate; in pixels. */
    uint32_t y;                             /* Vertical coordinate; in pixels. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_cursor_pos, 16);

/*
 * Request of UPDATE_CURSOR and MOVE_CURSOR; MOVE_CURSOR uses only pos.
 * structs.update_cursor; "Device Operation / Device Operation: cursorq"
 */
struct virtio_gpu_update_cursor {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    struct virtio_gpu_cursor_pos pos;       /* Position of the cursor. */
    uint32_t resource_id;                   /* Resource id of the image, 64 by 64 pixels. */
    uint32_t hot_x;                         /* Horizontal offset of the hot spot; in pixels. */
    uint32_t hot_y;                         /* Vertical offset of the hot spot; in pixels. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_update_cursor, 56);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_gpu_config {
    uint32_t events_read;                   /* Pending events; VIRTIO_GPU_EVENT_DISPLAY. */
    uint32_t events_clear;                  /* Writing 1 to a bit clears it in events_read; VIRTIO_GPU_EVENT_DISPLAY. */
    uint32_t num_scanouts;                  /* Maximum number of scanouts; 1 to 16. */
    uint32_t num_capsets;                   /* Maximum number of capability sets. */
    uint32_t blob_alignment;                /* Alignment of the size and mapping offset of blobs; a power of 2; in
                                               bytes; with BLOB_ALIGNMENT. */
};
VIRTIO_SIZE(virtio_gpu_config, 20);

#undef VIRTIO_SIZE
#endif
