/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPU Device */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
 */
#ifndef VWR_STANDALONE_GPU_H
#define VWR_STANDALONE_GPU_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_GPU 16                                /* A graphics adapter with up to 16 displays. */

#define VIRTIO_GPU_SHM_ID_UNDEFINED 0u                  /* No shared memory region. */
#define VIRTIO_GPU_MAX_SCANOUTS 16u                     /* Most displays of any device. */
#define VIRTIO_GPU_CONTEXT_INIT_CAPSET_ID_MASK 0xffu    /* Bits of context_init that hold a capability set. */
#define VIRTIO_GPU_MAP_CACHE_MASK 0xfu                  /* Bits of map_info that say how to cache. */

/* features; "Feature bits" */
#define VIRTIO_GPU_F_VIRGL 0                            /* Device renders in 3D. */
#define VIRTIO_GPU_F_EDID 1                             /* Device has the EDID of its displays. Quirk gpu.edid-always
                                                           (QEMU 7.2): GET_EDID is answered though EDID was not
                                                           negotiated. A driver asks only with the feature. */
#define VIRTIO_GPU_F_RESOURCE_UUID 2                    /* A resource can have a UUID that other devices know it by. */
#define VIRTIO_GPU_F_RESOURCE_BLOB 3                    /* A resource can be plain memory of some size. */
#define VIRTIO_GPU_F_CONTEXT_INIT 4                     /* Contexts have a kind and timelines. */
#define VIRTIO_GPU_F_BLOB_ALIGNMENT 5                   /* blob_alignment binds blobs. */

/* enums.response; "Device Operation / Device Operation: Request header" */
#define VIRTIO_GPU_RESP_OK_NODATA 0x1100                /* Done; nothing but the header. */
#define VIRTIO_GPU_RESP_OK_DISPLAY_INFO 0x1101          /* The displays. */
#define VIRTIO_GPU_RESP_OK_CAPSET_INFO 0x1102           /* About a capability set. */
#define VIRTIO_GPU_RESP_OK_CAPSET 0x1103                /* A capability set. */
#define VIRTIO_GPU_RESP_OK_EDID 0x1104                  /* An EDID. */
#define VIRTIO_GPU_RESP_OK_RESOURCE_UUID 0x1105         /* The UUID of a resource. */
#define VIRTIO_GPU_RESP_OK_MAP_INFO 0x1106              /* How a blob has been mapped. */
#define VIRTIO_GPU_RESP_ERR_UNSPEC 0x1200               /* Some error. */
#define VIRTIO_GPU_RESP_ERR_OUT_OF_MEMORY 0x1201        /* Device has no memory left. */
#define VIRTIO_GPU_RESP_ERR_INVALID_SCANOUT_ID 0x1202   /* No such scanout. */
#define VIRTIO_GPU_RESP_ERR_INVALID_RESOURCE_ID 0x1203  /* No such resource. */
#define VIRTIO_GPU_RESP_ERR_INVALID_CONTEXT_ID 0x1204   /* No such context. */
#define VIRTIO_GPU_RESP_ERR_INVALID_PARAMETER 0x1205    /* Something else in the command is wrong. */

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
#define VIRTIO_GPU_CAPSET_VIRGL 1                       /* Virgl: OpenGL by Gallium commands. */
#define VIRTIO_GPU_CAPSET_VIRGL2 2                      /* Virgl with a mended capability set. */
#define VIRTIO_GPU_CAPSET_GFXSTREAM 3                   /* Gfxstream: GLES and Vulkan. */
#define VIRTIO_GPU_CAPSET_VENUS 4                       /* Venus: Vulkan, by Mesa. */
#define VIRTIO_GPU_CAPSET_CROSS_DOMAIN 5                /* Windows of the guest on the host's Wayland. */

/* enums.blob-mem; "Device Operation / Device Operation: controlq" */
#define VIRTIO_GPU_BLOB_MEM_GUEST 0x1                   /* Memory of the guest. */
#define VIRTIO_GPU_BLOB_MEM_HOST3D 0x2                  /* Memory of the host; with VIRGL. */
#define VIRTIO_GPU_BLOB_MEM_HOST3D_GUEST 0x3            /* Memory of the host with a shadow in the guest; with VIRGL. */

/* enums.map-cache; "Device Operation / Device Operation: controlq (3d)" */
#define VIRTIO_GPU_MAP_CACHE_NONE 0x0                   /* Nothing is said. */
#define VIRTIO_GPU_MAP_CACHE_CACHED 0x1                 /* Cached. */
#define VIRTIO_GPU_MAP_CACHE_UNCACHED 0x2               /* Not cached. */
#define VIRTIO_GPU_MAP_CACHE_WC 0x3                     /* Write-combining. */

/* flags.event; "Device configuration layout" */
#define VIRTIO_GPU_EVENT_DISPLAY 0x1                    /* Displays have changed; ask for them again. */

/* flags.flag; "Device Operation / Device Operation: Request header" */
#define VIRTIO_GPU_FLAG_FENCE 0x1                       /* Answer when all is done; fence_id comes back. */
#define VIRTIO_GPU_FLAG_INFO_RING_IDX 0x2               /* ring_idx says which timeline; with CONTEXT_INIT. */

/* flags.blob-flag; "Device Operation / Device Operation: controlq" */
#define VIRTIO_GPU_BLOB_FLAG_USE_MAPPABLE 0x1           /* Guest will map it. */
#define VIRTIO_GPU_BLOB_FLAG_USE_SHAREABLE 0x2          /* Instances of the driver will share it. */
#define VIRTIO_GPU_BLOB_FLAG_USE_CROSS_DEVICE 0x4       /* Other devices will share it. */

/* messages.control; "Device Operation / Device Operation: controlq" */
#define VIRTIO_GPU_CMD_GET_DISPLAY_INFO 0x100           /* Get the displays. */
#define VIRTIO_GPU_CMD_RESOURCE_CREATE_2D 0x101         /* Make a 2D resource. */
#define VIRTIO_GPU_CMD_RESOURCE_UNREF 0x102             /* Give a resource up. */
#define VIRTIO_GPU_CMD_SET_SCANOUT 0x103                /* Show a part of a resource on a scanout. */
#define VIRTIO_GPU_CMD_RESOURCE_FLUSH 0x104             /* Bring a part of a resource to the screen. */
#define VIRTIO_GPU_CMD_TRANSFER_TO_HOST_2D 0x105        /* Copy from guest memory to a resource. */
#define VIRTIO_GPU_CMD_RESOURCE_ATTACH_BACKING 0x106    /* Give a resource guest memory. */
#define VIRTIO_GPU_CMD_RESOURCE_DETACH_BACKING 0x107    /* Take its guest memory from a resource. */
#define VIRTIO_GPU_CMD_GET_CAPSET_INFO 0x108            /* Find a capability set by its place in the list. */
#define VIRTIO_GPU_CMD_GET_CAPSET 0x109                 /* Read a capability set. */
#define VIRTIO_GPU_CMD_GET_EDID 0x10a                   /* Read the EDID of a display; with EDID. */
#define VIRTIO_GPU_CMD_RESOURCE_ASSIGN_UUID 0x10b       /* Export a resource under a UUID; with RESOURCE_UUID. */
#define VIRTIO_GPU_CMD_RESOURCE_CREATE_BLOB 0x10c       /* Make a blob; with RESOURCE_BLOB. */
#define VIRTIO_GPU_CMD_SET_SCANOUT_BLOB 0x10d           /* Show a part of a blob on a scanout; with RESOURCE_BLOB. */

/* messages.control-3d; "Device Operation / Device Operation: controlq (3d)" */
#define VIRTIO_GPU_CMD_CTX_CREATE 0x200                 /* Make the context that the header names; with VIRGL. */
#define VIRTIO_GPU_CMD_CTX_DESTROY 0x201                /* Give a context up; with VIRGL. */
#define VIRTIO_GPU_CMD_CTX_ATTACH_RESOURCE 0x202        /* Let a context use a resource; with VIRGL. */
#define VIRTIO_GPU_CMD_CTX_DETACH_RESOURCE 0x203        /* Take a resource from a context; with VIRGL. */
#define VIRTIO_GPU_CMD_RESOURCE_CREATE_3D 0x204         /* Make a 3D resource; with VIRGL. */
#define VIRTIO_GPU_CMD_TRANSFER_TO_HOST_3D 0x205        /* Copy from guest memory to a 3D resource; with VIRGL. */
#define VIRTIO_GPU_CMD_TRANSFER_FROM_HOST_3D 0x206      /* Copy from a 3D resource to guest memory; with VIRGL. */
#define VIRTIO_GPU_CMD_SUBMIT_3D 0x207                  /* Run commands in the language of the context; with VIRGL. */
#define VIRTIO_GPU_CMD_RESOURCE_MAP_BLOB 0x208          /* Map a blob of the host into the shared memory; where there
                                                           is HOST_VISIBLE; with RESOURCE_BLOB and VIRGL. */
#define VIRTIO_GPU_CMD_RESOURCE_UNMAP_BLOB 0x209        /* Take a blob out of the shared memory; where there is
                                                           HOST_VISIBLE; with RESOURCE_BLOB and VIRGL. */

/* messages.cursor; "Device Operation / Device Operation: cursorq" */
#define VIRTIO_GPU_CMD_UPDATE_CURSOR 0x300              /* Set image and place of the cursor. */
#define VIRTIO_GPU_CMD_MOVE_CURSOR 0x301                /* Set the place only. */

/* shared-memory; "GPU Device" */
#define VIRTIO_GPU_SHM_ID_HOST_VISIBLE 1                /* Where blobs of the host are mapped for the guest; with
                                                           RESOURCE_BLOB. */

/* queues; "GPU Device" */
#define VIRTIO_GPU_QUEUE_CONTROLQ 0                     /* Commands. */
#define VIRTIO_GPU_QUEUE_CURSORQ 1                      /* Cursor commands; they need not wait for the others. Quirk
                                                           gpu.no-cursor-answer (QEMU 7.2): Commands come back with
                                                           length 0. A driver does not read an answer there. */

/*
 * Head of every command and answer.
 * structs.ctrl_hdr; "Device Operation / Device Operation: Request header"
 */
struct virtio_gpu_ctrl_hdr {
    uint32_t type;                          /* What to do (CMD) or how it went (RESP). */
    uint32_t flags;                         /* About fences; VIRTIO_GPU_FLAG_*. */
    uint64_t fence_id;                      /* Fence to signal; in the answer the same. */
    uint32_t ctx_id;                        /* Rendering context; 3D only. */
    uint8_t ring_idx;                       /* Timeline of the context, 0 to 63; with CONTEXT_INIT. */
    uint8_t padding[3];                     /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_ctrl_hdr, 24);

/* A rectangle; 0 and 0 is top left. structs.rect; "Device Operation / Device Operation: controlq" */
struct virtio_gpu_rect {
    uint32_t x;                             /* Left edge; in pixels. */
    uint32_t y;                             /* Top edge; in pixels. */
    uint32_t width;                         /* Width; in pixels. */
    uint32_t height;                        /* Height; in pixels. */
};
VIRTIO_SIZE(virtio_gpu_rect, 16);

/* One display. structs.display_one; "Device Operation / Device Operation: controlq" */
struct virtio_gpu_display_one {
    struct virtio_gpu_rect r;               /* Size it would like and where it stands among the others. */
    uint32_t enabled;                       /* Not 0 if the user has switched it on. Quirk gpu.enabled-headless (QEMU
                                               7.2): Scanout 0 is enabled without any display, 1280 by 800. A driver
                                               may draw there all the same. */
    uint32_t flags;                         /* No flag has a meaning yet. */
};
VIRTIO_SIZE(virtio_gpu_display_one, 24);

/*
 * Answer to GET_DISPLAY_INFO.
 * structs.resp_display_info; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resp_display_info {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    struct virtio_gpu_display_one pmodes[16]; /* The displays; one a scanout. */
};
VIRTIO_SIZE(virtio_gpu_resp_display_info, 408);

/* Sent with GET_EDID. structs.get_edid; "Device Operation / Device Operation: controlq" */
struct virtio_gpu_get_edid {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t scanout;                       /* Whose EDID. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_get_edid, 32);

/* Answer to GET_EDID. structs.resp_edid; "Device Operation / Device Operation: controlq" */
struct virtio_gpu_resp_edid {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t size;                          /* How long the EDID is; in bytes. */
    uint32_t padding;                       /* Reserved. */
    uint8_t edid[1024];                     /* The EDID. */
};
VIRTIO_SIZE(virtio_gpu_resp_edid, 1056);

/*
 * Sent with RESOURCE_CREATE_2D.
 * structs.resource_create_2d; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resource_create_2d {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t resource_id;                   /* Number that the driver gives to the resource. */
    uint32_t format;                        /* What a pixel looks like; VIRTIO_GPU_FORMAT_*. */
    uint32_t width;                         /* Width; in pixels. */
    uint32_t height;                        /* Height; in pixels. */
};
VIRTIO_SIZE(virtio_gpu_resource_create_2d, 40);

/*
 * Sent with RESOURCE_UNREF.
 * structs.resource_unref; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resource_unref {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t resource_id;                   /* Which resource. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_resource_unref, 32);

/* Sent with SET_SCANOUT. structs.set_scanout; "Device Operation / Device Operation: controlq" */
struct virtio_gpu_set_scanout {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    struct virtio_gpu_rect r;               /* Part of the resource that is shown. */
    uint32_t scanout_id;                    /* Where. */
    uint32_t resource_id;                   /* Which resource; 0 switches the scanout off. */
};
VIRTIO_SIZE(virtio_gpu_set_scanout, 48);

/*
 * Sent with RESOURCE_FLUSH.
 * structs.resource_flush; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resource_flush {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    struct virtio_gpu_rect r;               /* Part that has changed. */
    uint32_t resource_id;                   /* Which resource. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_resource_flush, 48);

/*
 * Sent with TRANSFER_TO_HOST_2D.
 * structs.transfer_to_host_2d; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_transfer_to_host_2d {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    struct virtio_gpu_rect r;               /* Part to copy. */
    uint64_t offset;                        /* Where that part begins; in bytes. */
    uint32_t resource_id;                   /* Which resource. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_transfer_to_host_2d, 56);

/*
 * Sent with RESOURCE_ATTACH_BACKING; the entries follow.
 * structs.resource_attach_backing; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resource_attach_backing {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t resource_id;                   /* Which resource. */
    uint32_t nr_entries;                    /* Entries that follow. */
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
 * Sent with RESOURCE_DETACH_BACKING.
 * structs.resource_detach_backing; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resource_detach_backing {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t resource_id;                   /* Which resource. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_resource_detach_backing, 32);

/*
 * Sent with GET_CAPSET_INFO.
 * structs.get_capset_info; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_get_capset_info {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t capset_index;                  /* Place in the list; less than num_capsets. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_get_capset_info, 32);

/*
 * Answer to GET_CAPSET_INFO.
 * structs.resp_capset_info; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resp_capset_info {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t capset_id;                     /* Which one it is; VIRTIO_GPU_CAPSET_*. */
    uint32_t capset_max_version;            /* Newest version. */
    uint32_t capset_max_size;               /* Most room that it needs; in bytes. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_resp_capset_info, 40);

/* Sent with GET_CAPSET. structs.get_capset; "Device Operation / Device Operation: controlq" */
struct virtio_gpu_get_capset {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t capset_id;                     /* Which one; VIRTIO_GPU_CAPSET_*. */
    uint32_t capset_version;                /* In which version. */
};
VIRTIO_SIZE(virtio_gpu_get_capset, 32);

/* Answer to GET_CAPSET. structs.resp_capset; "Device Operation / Device Operation: controlq" */
struct virtio_gpu_resp_capset {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint8_t capset_data[];                  /* The capability set. */
};
VIRTIO_SIZE(virtio_gpu_resp_capset, 24);

/*
 * Sent with RESOURCE_ASSIGN_UUID.
 * structs.resource_assign_uuid; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resource_assign_uuid {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t resource_id;                   /* Which resource. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_resource_assign_uuid, 32);

/*
 * Answer to RESOURCE_ASSIGN_UUID.
 * structs.resp_resource_uuid; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resp_resource_uuid {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint8_t uuid[16];                       /* The UUID. */
};
VIRTIO_SIZE(virtio_gpu_resp_resource_uuid, 40);

/*
 * Sent with RESOURCE_CREATE_BLOB; the entries follow.
 * structs.resource_create_blob; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_resource_create_blob {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t resource_id;                   /* Number that the driver gives to the blob. */
    uint32_t blob_mem;                      /* Whose memory; VIRTIO_GPU_BLOB_MEM_*. */
    uint32_t blob_flags;                    /* What it will be used for; VIRTIO_GPU_BLOB_FLAG_USE_*. */
    uint32_t nr_entries;                    /* Entries that follow. */
    uint64_t blob_id;                       /* With memory of the host: object of the context. */
    uint64_t size;                          /* How large; in bytes. */
};
VIRTIO_SIZE(virtio_gpu_resource_create_blob, 56);

/*
 * Sent with SET_SCANOUT_BLOB.
 * structs.set_scanout_blob; "Device Operation / Device Operation: controlq"
 */
struct virtio_gpu_set_scanout_blob {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    struct virtio_gpu_rect r;               /* Part of the blob that is shown. */
    uint32_t scanout_id;                    /* Where. */
    uint32_t resource_id;                   /* Which blob. */
    uint32_t width;                         /* Width of the image; in pixels. */
    uint32_t height;                        /* Height of the image; in pixels. */
    uint32_t format;                        /* What a pixel looks like; VIRTIO_GPU_FORMAT_*. */
    uint32_t padding;                       /* Reserved. */
    uint32_t strides[4];                    /* From row to row, for each plane; in bytes. */
    uint32_t offsets[4];                    /* Where each plane begins; in bytes. */
};
VIRTIO_SIZE(virtio_gpu_set_scanout_blob, 96);

/* Sent with CTX_CREATE. structs.ctx_create; "Device Operation / Device Operation: controlq (3d)" */
struct virtio_gpu_ctx_create {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t nlen;                          /* Length of the name; in bytes. */
    uint32_t context_init;                  /* What the context is to be; with CONTEXT_INIT. */
                                            /* bits 0 to 7: capset_id. Its kind; with 0 the device chooses. */
    uint8_t debug_name[64];                 /* A name for people. */
};
VIRTIO_SIZE(virtio_gpu_ctx_create, 96);

/*
 * Sent with RESOURCE_MAP_BLOB.
 * structs.resource_map_blob; "Device Operation / Device Operation: controlq (3d)"
 */
struct virtio_gpu_resource_map_blob {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t resource_id;                   /* Which blob. */
    uint32_t padding;                       /* Reserved. */
    uint64_t offset;                        /* Where in the shared memory; in bytes. */
};
VIRTIO_SIZE(virtio_gpu_resource_map_blob, 40);

/*
 * Answer to RESOURCE_MAP_BLOB.
 * structs.resp_map_info; "Device Operation / Device Operation: controlq (3d)"
 */
struct virtio_gpu_resp_map_info {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t map_info;                      /* How to use the mapping. */
                                            /* bits 0 to 3: cache. How to cache it. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_resp_map_info, 32);

/*
 * Sent with RESOURCE_UNMAP_BLOB.
 * structs.resource_unmap_blob; "Device Operation / Device Operation: controlq (3d)"
 */
struct virtio_gpu_resource_unmap_blob {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    uint32_t resource_id;                   /* Which blob. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_resource_unmap_blob, 32);

/* A place on a scanout. structs.cursor_pos; "Device Operation / Device Operation: cursorq" */
struct virtio_gpu_cursor_pos {
    uint32_t scanout_id;                    /* Which scanout. */
    uint32_t x;                             /* From the left; in pixels. */
    uint32_t y;                             /* From the top; in pixels. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_cursor_pos, 16);

/*
 * Sent with UPDATE_CURSOR and MOVE_CURSOR; the latter looks at pos only.
 * structs.update_cursor; "Device Operation / Device Operation: cursorq"
 */
struct virtio_gpu_update_cursor {
    struct virtio_gpu_ctrl_hdr hdr;         /* Header. */
    struct virtio_gpu_cursor_pos pos;       /* Where. */
    uint32_t resource_id;                   /* The image; a resource of 64 by 64. */
    uint32_t hot_x;                         /* Point of the image that points; from its left; in pixels. */
    uint32_t hot_y;                         /* And from its top; in pixels. */
    uint32_t padding;                       /* Reserved. */
};
VIRTIO_SIZE(virtio_gpu_update_cursor, 56);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_gpu_config {
    uint32_t events_read;                   /* What has happened; VIRTIO_GPU_EVENT_DISPLAY. */
    uint32_t events_clear;                  /* Bits written here go away in events_read; VIRTIO_GPU_EVENT_DISPLAY. */
    uint32_t num_scanouts;                  /* Most scanouts; 1 to 16. */
    uint32_t num_capsets;                   /* Most capability sets. */
    uint32_t blob_alignment;                /* Size and mapping offset of a blob are multiples of it; a power of 2;
                                               in bytes; with BLOB_ALIGNMENT. */
};
VIRTIO_SIZE(virtio_gpu_config, 20);

#undef VIRTIO_SIZE
#endif
