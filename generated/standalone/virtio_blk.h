/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/blk.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Block Device */

/*
 * Quirk blk.barrier-unasked (SLOF 2022): The driver sets BARRIER in the type of each read and
 * write, although the device does not offer it. A device ignores the bit. QEMU does so too.
 */
/*
 * Quirk blk.config-of-60 (qemu-storage-daemon 7.2): A vhost-user device returns no configuration
 * for reads of more than 60 bytes. A front end asks for 60 bytes at most.
 */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 * In the legacy interface they have the guest's byte order.
 */
#ifndef VWR_STANDALONE_BLK_H
#define VWR_STANDALONE_BLK_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_BLOCK 2                               /* A disk with 512-byte sectors. */

#define VIRTIO_BLK_SECTOR_BYTES 512u                    /* Unit of sector numbers in requests and in the
                                                           configuration. */
#define VIRTIO_BLK_GET_ID_BYTES 20u                     /* Payload size of GET_ID. */

/* features; "Feature bits" */
#define VIRTIO_BLK_F_BARRIER 0                          /* The device supports request barriers; legacy only. */
#define VIRTIO_BLK_F_SIZE_MAX 1                         /* size_max limits the size of a segment. */
#define VIRTIO_BLK_F_SEG_MAX 2                          /* seg_max limits the number of segments in a request. */
#define VIRTIO_BLK_F_GEOMETRY 4                         /* The configuration contains the disk geometry. */
#define VIRTIO_BLK_F_RO 5                               /* The device is read-only. */
#define VIRTIO_BLK_F_BLK_SIZE 6                         /* The configuration contains the block size. */
#define VIRTIO_BLK_F_SCSI 7                             /* The device supports SCSI packet commands; legacy only. */
#define VIRTIO_BLK_F_FLUSH 9                            /* The device supports the flush command. */
#define VIRTIO_BLK_F_WCE VIRTIO_BLK_F_FLUSH
#define VIRTIO_BLK_F_TOPOLOGY 10                        /* The configuration contains optimal I/O sizes. */
#define VIRTIO_BLK_F_CONFIG_WCE 11                      /* The driver can switch the write cache between writeback
                                                           and writethrough. */
#define VIRTIO_BLK_F_MQ 12                              /* The device has several request queues. */
#define VIRTIO_BLK_F_DISCARD 13                         /* The device supports the discard command. */
#define VIRTIO_BLK_F_WRITE_ZEROES 14                    /* The device supports the write zeroes command. */
#define VIRTIO_BLK_F_LIFETIME 15                        /* The device reports its wear. */
#define VIRTIO_BLK_F_SECURE_ERASE 16                    /* The device supports the secure erase command. */
#define VIRTIO_BLK_F_ZONED 17                           /* The device is zoned; modern only. */

/* enums.zone-model; "Device configuration layout" */
#define VIRTIO_BLK_Z_NONE 0                             /* No zones. */
#define VIRTIO_BLK_Z_HM 1                               /* Host-managed. */
#define VIRTIO_BLK_Z_HA 2                               /* Host-aware. */

/* enums.pre-eol-info; "Device Operation" */
#define VIRTIO_BLK_PRE_EOL_INFO_UNDEFINED 0             /* Undefined. */
#define VIRTIO_BLK_PRE_EOL_INFO_NORMAL 1                /* Less than 80 percent of the reserved blocks are consumed. */
#define VIRTIO_BLK_PRE_EOL_INFO_WARNING 2               /* At least 80 percent of the reserved blocks are consumed. */
#define VIRTIO_BLK_PRE_EOL_INFO_URGENT 3                /* At least 90 percent of the reserved blocks are consumed. */

/* enums.zone-type; "Device Operation" */
#define VIRTIO_BLK_ZT_CONV 1                            /* Conventional. */
#define VIRTIO_BLK_ZT_SWR 2                             /* Sequential write required. */
#define VIRTIO_BLK_ZT_SWP 3                             /* Sequential write preferred. */

/* enums.zone-state; "Device Operation" */
#define VIRTIO_BLK_ZS_NOT_WP 0                          /* The zone has no write pointer. */
#define VIRTIO_BLK_ZS_EMPTY 1                           /* Empty. */
#define VIRTIO_BLK_ZS_IOPEN 2                           /* Implicitly open. */
#define VIRTIO_BLK_ZS_EOPEN 3                           /* Explicitly open. */
#define VIRTIO_BLK_ZS_CLOSED 4                          /* Closed. */
#define VIRTIO_BLK_ZS_RDONLY 13                         /* Read-only. */
#define VIRTIO_BLK_ZS_FULL 14                           /* Full. */
#define VIRTIO_BLK_ZS_OFFLINE 15                        /* Offline. */

/* enums.status; "Device Operation" */
#define VIRTIO_BLK_S_OK 0                               /* The request succeeded. */
#define VIRTIO_BLK_S_IOERR 1                            /* Device or driver error. */
#define VIRTIO_BLK_S_UNSUPP 2                           /* The device does not support the request. */
#define VIRTIO_BLK_S_ZONE_INVALID_CMD 3                 /* Zone error without a more specific status; with ZONED. */
#define VIRTIO_BLK_S_ZONE_UNALIGNED_WP 4                /* The write does not start at the write pointer or does not
                                                           end on a multiple of write_granularity; with ZONED. */
#define VIRTIO_BLK_S_ZONE_OPEN_RESOURCE 5               /* Too many open zones; with ZONED. */
#define VIRTIO_BLK_S_ZONE_ACTIVE_RESOURCE 6             /* Too many active zones; with ZONED. */

/* flags.type-flags; "Device Operation / Legacy Interface: Device Operation" */
#define VIRTIO_BLK_T_BARRIER 0x80000000u                /* Barrier: all earlier requests complete before this one
                                                           starts, and all later ones start after it completes; with
                                                           BARRIER; legacy only. */

/*
 * IOERR on a read-only disk is the specification's for writes, and the choice of this description
 * for other requests that change ranges or zones.
 * messages.type; "Device Operation"
 */
#define VIRTIO_BLK_T_IN 0                               /* Read sectors. */
#define VIRTIO_BLK_T_OUT 1                              /* Write sectors. */
#define VIRTIO_BLK_T_SCSI_CMD 2                         /* SCSI packet command; with SCSI; legacy only. */
#define VIRTIO_BLK_T_SCSI_CMD_OUT 3                     /* SCSI packet command, an alias of SCSI_CMD; with SCSI;
                                                           legacy only. */
#define VIRTIO_BLK_T_FLUSH 4                            /* Flush the write cache; with FLUSH. */
#define VIRTIO_BLK_T_FLUSH_OUT 5                        /* An alias of FLUSH; with FLUSH; legacy only. */
#define VIRTIO_BLK_T_GET_ID 8                           /* Read the id string: up to 20 bytes, without a terminating
                                                           NUL if it has 20. */
#define VIRTIO_BLK_T_GET_LIFETIME 10                    /* Read the device wear; with LIFETIME. */
#define VIRTIO_BLK_T_DISCARD 11                         /* Discard sectors; with DISCARD. */
#define VIRTIO_BLK_T_WRITE_ZEROES 13                    /* Fill sectors with zeroes; with WRITE_ZEROES. */
#define VIRTIO_BLK_T_SECURE_ERASE 14                    /* Erase sectors irrecoverably; on a zoned disk, each segment
                                                           is a multiple of zone_sectors; with SECURE_ERASE. */
#define VIRTIO_BLK_T_ZONE_APPEND 15                     /* Append to a zone at its write pointer; with ZONED. */
#define VIRTIO_BLK_T_ZONE_REPORT 16                     /* Report zones, starting with the one that contains the
                                                           sector; with ZONED. */
#define VIRTIO_BLK_T_ZONE_OPEN 18                       /* Open a zone; with ZONED. */
#define VIRTIO_BLK_T_ZONE_CLOSE 20                      /* Close a zone; with ZONED. */
#define VIRTIO_BLK_T_ZONE_FINISH 22                     /* Finish a zone: make it full; with ZONED. */
#define VIRTIO_BLK_T_ZONE_RESET 24                      /* Reset a zone: make it empty; with ZONED. */
#define VIRTIO_BLK_T_ZONE_RESET_ALL 26                  /* Reset all zones; with ZONED. */

/* queues; "Block Device" */
#define VIRTIO_BLK_QUEUE_REQUESTQ 0                     /* Requests. Quirk blk.unknown-type-unanswered (TinyEMU
                                                           2019-02-10): A request of an unknown type, such as GET_ID,
                                                           is never used. A driver waits for a limited time. Quirk
                                                           blk.unknown-type-stops (semu 2026-05-19): The device
                                                           writes the status of a request of an unknown type, such as
                                                           GET_ID, or of a sector out of range, and sets
                                                           DEVICE_NEEDS_RESET. A driver sends no such request. Quirk
                                                           blk.length-of-a-write (semu and rv32emu 2026-05-19 and
                                                           2026-06-27): The used length is that of the data: of a
                                                           read it omits the status, of a write it should be 1. A
                                                           driver takes a read or write that succeeded as complete,
                                                           whatever its length. Quirk blk.framing-of-linux
                                                           (Firecracker 2026-08-21, not seen here): A request must
                                                           consist of a header, one data segment and a status; FLUSH
                                                           needs no data. The device returns any other request with a
                                                           used length of 0 and does not write its status. A driver
                                                           gives each part a descriptor of its own, and splits the
                                                           data only with SEG_MAX, as Linux does. Quirk
                                                           blk.parts-by-themselves (Cloud Hypervisor 2026-08, not
                                                           seen here): The first descriptor must be the header, the
                                                           last one the status, and those in between the data. Only a
                                                           read or a write may have several data descriptors. A
                                                           driver gives each part descriptors of its own, as Linux
                                                           does. */

/* Disk-style geometry. structs.geometry; "Device configuration layout" */
struct virtio_blk_geometry {
    uint16_t cylinders;                     /* Number of cylinders. */
    uint8_t heads;                          /* Number of heads. */
    uint8_t sectors;                        /* Sectors per track. */
};
VIRTIO_SIZE(virtio_blk_geometry, 4);

/* Optimal I/O sizes and alignment. structs.topology; "Device configuration layout" */
struct virtio_blk_topology {
    uint8_t physical_block_exp;             /* log2 of the number of logical blocks per physical block. */
    uint8_t alignment_offset;               /* Offset of the first aligned logical block; in logical blocks. */
    uint16_t min_io_size;                   /* Minimum I/O size without a performance penalty; in logical blocks. */
    uint32_t opt_io_size;                   /* Suggested maximum I/O size; in logical blocks. */
};
VIRTIO_SIZE(virtio_blk_topology, 8);

/* Characteristics of a zoned disk. structs.zoned_characteristics; "Device configuration layout" */
struct virtio_blk_zoned_characteristics {
    uint32_t zone_sectors;                  /* Sectors per zone; in 512-byte sectors. */
    uint32_t max_open_zones;                /* Maximum number of open zones; 0 for no limit. */
    uint32_t max_active_zones;              /* Maximum number of active zones; 0 for no limit. */
    uint32_t max_append_sectors;            /* Maximum number of sectors in a zone append; 0 if the device does not
                                               support it; in 512-byte sectors. */
    uint32_t write_granularity;             /* Alignment of the offset and size of writes to sequential zones; in
                                               bytes. */
    uint8_t model;                          /* Zone model; VIRTIO_BLK_Z_*. */
    uint8_t unused2[3];                     /* Reserved. */
};
VIRTIO_SIZE(virtio_blk_zoned_characteristics, 24);

/*
 * One segment of a discard, write zeroes or secure erase request.
 * structs.discard_write_zeroes; "Device Operation"
 */
struct virtio_blk_discard_write_zeroes {
    uint64_t sector;                        /* Start sector of the segment; in 512-byte sectors. */
    uint32_t num_sectors;                   /* Length of the segment; in 512-byte sectors. */
    uint32_t flags;                         /* Segment flags. */
                                            /* bit 0: unmap. The device may deallocate the sectors of a write zeroes
                                               request; 0 in a discard. */
};
VIRTIO_SIZE(virtio_blk_discard_write_zeroes, 16);

/* Device wear. structs.lifetime; "Device Operation" */
struct virtio_blk_lifetime {
    uint16_t pre_eol_info;                  /* Consumption of reserved blocks; VIRTIO_BLK_PRE_EOL_INFO_*. */
    uint16_t device_lifetime_est_typ_a;     /* Wear of SLC cells in steps of 10 percent, 1 to 10; 0 if unknown, 11
                                               beyond the estimated lifetime. */
    uint16_t device_lifetime_est_typ_b;     /* Wear of MLC cells in steps of 10 percent, 1 to 10; 0 if unknown, 11
                                               beyond the estimated lifetime. */
};
VIRTIO_SIZE(virtio_blk_lifetime, 6);

/* Descriptor of one zone in a zone report. structs.zone_descriptor; "Device Operation" */
struct virtio_blk_zone_descriptor {
    uint64_t z_cap;                         /* Zone capacity: number of usable sectors; in 512-byte sectors. */
    uint64_t z_start;                       /* First sector; in 512-byte sectors. */
    uint64_t z_wp;                          /* Write pointer; in 512-byte sectors. */
    uint8_t z_type;                         /* Zone type; VIRTIO_BLK_ZT_*. */
    uint8_t z_state;                        /* Zone state; VIRTIO_BLK_ZS_*. */
    uint8_t reserved[38];                   /* Reserved. */
};
VIRTIO_SIZE(virtio_blk_zone_descriptor, 64);

/* Data of a zone report. structs.zone_report; "Device Operation" */
struct virtio_blk_zone_report {
    uint64_t nr_zones;                      /* Number of zone descriptors that follow. */
    uint8_t reserved[56];                   /* Reserved. */
    struct virtio_blk_zone_descriptor zones[]; /* Zone descriptors. */
};
VIRTIO_SIZE(virtio_blk_zone_report, 64);

/*
 * Result of a SCSI packet command.
 * structs.scsi_pc_in; "Device Operation / Legacy Interface: Device Operation"
 */
#pragma pack(push, 1)
struct virtio_blk_scsi_pc_in {
    uint8_t sense[96];                      /* Sense data. */
    uint32_t errors;                        /* Error status of the SCSI command; guest's byte order. */
    uint32_t data_len;                      /* Deprecated length of the data; a driver should ignore it; in bytes;
                                               guest's byte order. */
    uint32_t sense_len;                     /* Number of sense bytes written; in bytes; guest's byte order. */
    uint32_t residual;                      /* Number of bytes not transferred; in bytes; guest's byte order. */
    uint8_t status;                         /* Status of the SCSI packet command; VIRTIO_BLK_S_*. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_blk_scsi_pc_in, 113);

/* Request header. structs.req_out; "Device Operation" */
struct virtio_blk_req_out {
    uint32_t type;                          /* Request type; VIRTIO_BLK_T_*; VIRTIO_BLK_T_BARRIER. */
    uint32_t reserved;                      /* Priority in the legacy interface. */
    uint64_t sector;                        /* Start sector; in 512-byte sectors. */
};
VIRTIO_SIZE(virtio_blk_req_out, 16);

/* Request status. structs.req_in; "Device Operation" */
struct virtio_blk_req_in {
    uint8_t status;                         /* Status of the request; VIRTIO_BLK_S_*. */
};
VIRTIO_SIZE(virtio_blk_req_in, 1);

/* Zone append status. structs.req_in_zone_append; "Device Operation" */
#pragma pack(push, 1)
struct virtio_blk_req_in_zone_append {
    uint64_t append_sector;                 /* Sector at which the device wrote the data; in 512-byte sectors. */
    uint8_t status;                         /* Status of the zone append; VIRTIO_BLK_S_*. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_blk_req_in_zone_append, 9);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_blk_config {
    uint64_t capacity;                      /* Capacity of the disk; in 512-byte sectors. Quirk
                                               blk.always-204800-sectors (riscv-rust 2021-08-22): The device reports
                                               204800 sectors for each image. None: the image must have as many. */
    uint32_t size_max;                      /* Maximum segment size; in bytes; with SIZE_MAX. Quirk blk.size-max-0
                                               (qemu-storage-daemon 7.2): SIZE_MAX is offered and size_max is 0. A
                                               driver takes 0 as no limit; Linux takes 4096. Quirk
                                               blk.size-max-unasked (LK 2026-08, bd45103b): The driver reads size_max
                                               although the device does not offer SIZE_MAX. A device without SIZE_MAX
                                               returns 0. */
    uint32_t seg_max;                       /* Maximum number of segments in a request; with SEG_MAX. */
    struct virtio_blk_geometry geometry;    /* Cylinders, heads and sectors; with GEOMETRY. */
    uint32_t blk_size;                      /* Block size; in bytes; with BLK_SIZE. */
    struct virtio_blk_topology topology;    /* Optimal I/O sizes and alignment; with TOPOLOGY. */
    uint8_t writeback;                      /* Write cache mode: 0 for writethrough, 1 for writeback; with
                                               CONFIG_WCE. Quirk blk.writeback-early (LK 2026-08, bd45103b): The
                                               driver writes writeback before FEATURES_OK. A device ignores the
                                               write. */
    uint8_t unused0;                        /* Reserved. */
    uint16_t num_queues;                    /* Number of request queues; with MQ. */
    uint32_t max_discard_sectors;           /* Maximum number of sectors in a discard segment; in 512-byte sectors;
                                               with DISCARD. */
    uint32_t max_discard_seg;               /* Maximum number of segments in a discard request; with DISCARD. */
    uint32_t discard_sector_alignment;      /* Alignment for splitting a discard; in 512-byte sectors; with DISCARD. */
    uint32_t max_write_zeroes_sectors;      /* Maximum number of sectors in a write zeroes segment; in 512-byte
                                               sectors; with WRITE_ZEROES. */
    uint32_t max_write_zeroes_seg;          /* Maximum number of segments in a write zeroes request; with
                                               WRITE_ZEROES. */
    uint8_t write_zeroes_may_unmap;         /* 1 if a write zeroes request with unmap may deallocate sectors; with
                                               WRITE_ZEROES. */
    uint8_t unused1[3];                     /* Reserved. */
    uint32_t max_secure_erase_sectors;      /* Maximum number of sectors in a secure erase segment; in 512-byte
                                               sectors; with SECURE_ERASE. Quirk blk.short-config (QEMU 7.2): The
                                               configuration ends before this field, after 57 bytes. A driver reads a
                                               field only if its feature is there. */
    uint32_t max_secure_erase_seg;          /* Maximum number of segments in a secure erase request; with
                                               SECURE_ERASE. */
    uint32_t secure_erase_sector_alignment; /* Alignment for splitting a secure erase; on a zoned disk, a multiple of
                                               zone_sectors; in 512-byte sectors; with SECURE_ERASE. */
    struct virtio_blk_zoned_characteristics zoned; /* Zone characteristics; with ZONED. */
};
VIRTIO_SIZE(virtio_blk_config, 96);

#undef VIRTIO_SIZE
#endif
