/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/blk.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Block Device */

/*
 * Quirk blk.config-of-60 (qemu-storage-daemon 7.2): Over vhost-user 64 bytes or more of the
 * configuration are answered with none. A front end asks for 60 bytes at most.
 */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
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

#define VIRTIO_ID_BLOCK 2                               /* A disk of 512-byte sectors. */

#define VIRTIO_BLK_SECTOR_BYTES 512u                    /* What the sector numbers of requests and configuration
                                                           count. */
#define VIRTIO_BLK_GET_ID_BYTES 20u                     /* Payload of GET_ID. */

/* features; "Feature bits" */
#define VIRTIO_BLK_F_BARRIER 0                          /* Device has request barriers; legacy only. */
#define VIRTIO_BLK_F_SIZE_MAX 1                         /* size_max limits a segment. */
#define VIRTIO_BLK_F_SEG_MAX 2                          /* seg_max limits the segments of a request. */
#define VIRTIO_BLK_F_GEOMETRY 4                         /* Configuration has a disk geometry. */
#define VIRTIO_BLK_F_RO 5                               /* Device is read-only. */
#define VIRTIO_BLK_F_BLK_SIZE 6                         /* Configuration has the block size. */
#define VIRTIO_BLK_F_SCSI 7                             /* Device takes SCSI packet commands; legacy only. */
#define VIRTIO_BLK_F_FLUSH 9                            /* Device has a flush command. */
#define VIRTIO_BLK_F_WCE VIRTIO_BLK_F_FLUSH
#define VIRTIO_BLK_F_TOPOLOGY 10                        /* Configuration has optimal I/O sizes. */
#define VIRTIO_BLK_F_CONFIG_WCE 11                      /* Driver may switch the write cache between writeback and
                                                           writethrough. */
#define VIRTIO_BLK_F_MQ 12                              /* Device has more than one request queue. */
#define VIRTIO_BLK_F_DISCARD 13                         /* Device has a discard command. */
#define VIRTIO_BLK_F_WRITE_ZEROES 14                    /* Device has a write zeroes command. */
#define VIRTIO_BLK_F_LIFETIME 15                        /* Device tells how worn it is. */
#define VIRTIO_BLK_F_SECURE_ERASE 16                    /* Device has a secure erase command. */
#define VIRTIO_BLK_F_ZONED 17                           /* Device has zones; modern only. */

/* enums.zone-model; "Device configuration layout" */
#define VIRTIO_BLK_Z_NONE 0                             /* No zones. */
#define VIRTIO_BLK_Z_HM 1                               /* Host-managed. */
#define VIRTIO_BLK_Z_HA 2                               /* Host-aware. */

/* enums.pre-eol-info; "Device Operation" */
#define VIRTIO_BLK_PRE_EOL_INFO_UNDEFINED 0             /* Not known. */
#define VIRTIO_BLK_PRE_EOL_INFO_NORMAL 1                /* Less than 80 percent of the reserved blocks are used. */
#define VIRTIO_BLK_PRE_EOL_INFO_WARNING 2               /* From 80 percent on. */
#define VIRTIO_BLK_PRE_EOL_INFO_URGENT 3                /* From 90 percent on. */

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
#define VIRTIO_BLK_S_OK 0                               /* It went well. */
#define VIRTIO_BLK_S_IOERR 1                            /* Error of the device or of the driver. */
#define VIRTIO_BLK_S_UNSUPP 2                           /* Device does not know the request. */
#define VIRTIO_BLK_S_ZONE_INVALID_CMD 3                 /* Any error of zones that has no other status; with ZONED. */
#define VIRTIO_BLK_S_ZONE_UNALIGNED_WP 4                /* Write is not at the write pointer or does not end on a
                                                           multiple of write_granularity; with ZONED. */
#define VIRTIO_BLK_S_ZONE_OPEN_RESOURCE 5               /* Too many open zones; with ZONED. */
#define VIRTIO_BLK_S_ZONE_ACTIVE_RESOURCE 6             /* Too many active zones; with ZONED. */

/* flags.type-flags; "Device Operation" */
#define VIRTIO_BLK_T_BARRIER 0x80000000u                /* All requests before are done before this one begins; those
                                                           behind it begin after it is done; with BARRIER; legacy
                                                           only. */

/* messages.type; "Device Operation" */
#define VIRTIO_BLK_T_IN 0                               /* Read sectors. */
#define VIRTIO_BLK_T_OUT 1                              /* Write sectors. */
#define VIRTIO_BLK_T_SCSI_CMD 2                         /* SCSI packet command; with SCSI; legacy only. */
#define VIRTIO_BLK_T_SCSI_CMD_OUT 3                     /* SCSI packet command; the same as SCSI_CMD; with SCSI;
                                                           legacy only. */
#define VIRTIO_BLK_T_FLUSH 4                            /* Make what was written last; with FLUSH. */
#define VIRTIO_BLK_T_FLUSH_OUT 5                        /* The same as FLUSH; with FLUSH; legacy only. */
#define VIRTIO_BLK_T_GET_ID 8                           /* Read the id string: up to 20 bytes; not terminated if it
                                                           has 20. */
#define VIRTIO_BLK_T_GET_LIFETIME 10                    /* Read how worn the device is; with LIFETIME. */
#define VIRTIO_BLK_T_DISCARD 11                         /* Give ranges back; with DISCARD. */
#define VIRTIO_BLK_T_WRITE_ZEROES 13                    /* Fill ranges with zeroes; with WRITE_ZEROES. */
#define VIRTIO_BLK_T_SECURE_ERASE 14                    /* Erase ranges beyond recovery; of zones each is a multiple
                                                           of zone_sectors; with SECURE_ERASE. */
#define VIRTIO_BLK_T_ZONE_APPEND 15                     /* Write where the zone's write pointer is; with ZONED. */
#define VIRTIO_BLK_T_ZONE_REPORT 16                     /* Report zones from the one that has the sector; with ZONED. */
#define VIRTIO_BLK_T_ZONE_OPEN 18                       /* Open a zone; with ZONED. */
#define VIRTIO_BLK_T_ZONE_CLOSE 20                      /* Close a zone; with ZONED. */
#define VIRTIO_BLK_T_ZONE_FINISH 22                     /* Make a zone full; with ZONED. */
#define VIRTIO_BLK_T_ZONE_RESET 24                      /* Make a zone empty; with ZONED. */
#define VIRTIO_BLK_T_ZONE_RESET_ALL 26                  /* Make all zones empty; with ZONED. */

/* queues; "Block Device" */
#define VIRTIO_BLK_QUEUE_REQUESTQ 0                     /* Requests. */

/* A geometry in the old style. structs.geometry; "Device configuration layout" */
struct virtio_blk_geometry {
    uint16_t cylinders;                     /* Cylinders. */
    uint8_t heads;                          /* Heads. */
    uint8_t sectors;                        /* Sectors a track. */
};
VIRTIO_SIZE(virtio_blk_geometry, 4);

/* Sizes at which I/O runs best. structs.topology; "Device configuration layout" */
struct virtio_blk_topology {
    uint8_t physical_block_exp;             /* Logical blocks in a physical one, as a power of 2. */
    uint8_t alignment_offset;               /* First aligned block; in logical blocks. */
    uint16_t min_io_size;                   /* Smallest I/O that is no waste; in logical blocks. */
    uint32_t opt_io_size;                   /* Largest I/O that is worth its while; in logical blocks. */
};
VIRTIO_SIZE(virtio_blk_topology, 8);

/*
 * What kind of zones a zoned disk has.
 * structs.zoned_characteristics; "Device configuration layout"
 */
struct virtio_blk_zoned_characteristics {
    uint32_t zone_sectors;                  /* Sectors in a zone; in 512-byte sectors. */
    uint32_t max_open_zones;                /* Zones open at once; 0 for no limit. */
    uint32_t max_active_zones;              /* Zones active at once; 0 for no limit. */
    uint32_t max_append_sectors;            /* Most sectors in an append; in 512-byte sectors. */
    uint32_t write_granularity;             /* Writes to sequential zones are multiples of it; in bytes. */
    uint8_t model;                          /* Which kind; VIRTIO_BLK_Z_*. */
    uint8_t unused2[3];                     /* Reserved. */
};
VIRTIO_SIZE(virtio_blk_zoned_characteristics, 24);

/*
 * One range of a discard; write zeroes or secure erase request.
 * structs.discard_write_zeroes; "Device Operation"
 */
struct virtio_blk_discard_write_zeroes {
    uint64_t sector;                        /* Where the range begins; in 512-byte sectors. */
    uint32_t num_sectors;                   /* How long it is; in 512-byte sectors. */
    uint32_t flags;                         /* How to do it. */
                                            /* bit 0: unmap. Write zeroes may deallocate the range. */
};
VIRTIO_SIZE(virtio_blk_discard_write_zeroes, 16);

/* How worn a device is. structs.lifetime; "Device Operation" */
struct virtio_blk_lifetime {
    uint16_t pre_eol_info;                  /* How many reserved blocks are used up; VIRTIO_BLK_PRE_EOL_INFO_*. */
    uint16_t device_lifetime_est_typ_a;     /* Wear of SLC cells: 1 to 10 in steps of 10 percent; 0 not known; 11
                                               beyond the estimated lifetime. */
    uint16_t device_lifetime_est_typ_b;     /* Wear of MLC cells: 1 to 10 in steps of 10 percent; 0 not known; 11
                                               beyond the estimated lifetime. */
};
VIRTIO_SIZE(virtio_blk_lifetime, 6);

/* One zone in a zone report. structs.zone_descriptor; "Device Operation" */
struct virtio_blk_zone_descriptor {
    uint64_t z_cap;                         /* Usable sectors of the zone; in 512-byte sectors. */
    uint64_t z_start;                       /* First sector; in 512-byte sectors. */
    uint64_t z_wp;                          /* Where the next write goes; in 512-byte sectors. */
    uint8_t z_type;                         /* Type; VIRTIO_BLK_ZT_*. */
    uint8_t z_state;                        /* State; VIRTIO_BLK_ZS_*. */
    uint8_t reserved[38];                   /* Reserved. */
};
VIRTIO_SIZE(virtio_blk_zone_descriptor, 64);

/* Answer to a zone report request. structs.zone_report; "Device Operation" */
struct virtio_blk_zone_report {
    uint64_t nr_zones;                      /* Zones that follow. */
    uint8_t reserved[56];                   /* Reserved. */
    struct virtio_blk_zone_descriptor zones[]; /* The zones. */
};
VIRTIO_SIZE(virtio_blk_zone_report, 64);

/*
 * What the device writes at the end of a SCSI packet command.
 * structs.scsi_pc_in; "Legacy Interface / Device Operation"
 */
#pragma pack(push, 1)
struct virtio_blk_scsi_pc_in {
    uint8_t sense[96];                      /* Sense data. */
    uint32_t errors;                        /* SCSI status and sense of the host; guest's byte order. */
    uint32_t data_len;                      /* Length of the data; in bytes; guest's byte order. */
    uint32_t sense_len;                     /* Bytes of sense that were written; in bytes; guest's byte order. */
    uint32_t residual;                      /* Bytes that were not transferred; in bytes; guest's byte order. */
    uint8_t status;                         /* How the request went; VIRTIO_BLK_S_*. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_blk_scsi_pc_in, 113);

/* What a request begins with. structs.req_out; "Device Operation" */
struct virtio_blk_req_out {
    uint32_t type;                          /* What to do; VIRTIO_BLK_T_*; VIRTIO_BLK_T_BARRIER. */
    uint32_t reserved;                      /* Priority in the legacy interface. */
    uint64_t sector;                        /* Where; in 512-byte sectors. */
};
VIRTIO_SIZE(virtio_blk_req_out, 16);

/* What a request ends with. structs.req_in; "Device Operation" */
struct virtio_blk_req_in {
    uint8_t status;                         /* How it went; VIRTIO_BLK_S_*. */
};
VIRTIO_SIZE(virtio_blk_req_in, 1);

/* What an append ends with. structs.req_in_zone_append; "Device Operation" */
#pragma pack(push, 1)
struct virtio_blk_req_in_zone_append {
    uint64_t append_sector;                 /* Where the data went; in 512-byte sectors. */
    uint8_t status;                         /* How it went; VIRTIO_BLK_S_*. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_blk_req_in_zone_append, 9);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_blk_config {
    uint64_t capacity;                      /* Size of the disk; in 512-byte sectors. */
    uint32_t size_max;                      /* Largest segment; in bytes; with SIZE_MAX. Quirk blk.size-max-0
                                               (qemu-storage-daemon 7.2): SIZE_MAX is offered and this is 0. A driver
                                               takes 0 as no limit; Linux takes 4096. */
    uint32_t seg_max;                       /* Most segments in a request; with SEG_MAX. */
    struct virtio_blk_geometry geometry;    /* Cylinders; heads; sectors; with GEOMETRY. */
    uint32_t blk_size;                      /* Block size; in bytes; with BLK_SIZE. */
    struct virtio_blk_topology topology;    /* Sizes at which I/O runs best; with TOPOLOGY. */
    uint8_t writeback;                      /* 1 while the write cache is writeback; 0 while writethrough; with
                                               CONFIG_WCE. */
    uint8_t unused0;                        /* Reserved. */
    uint16_t num_queues;                    /* Number of request queues; with MQ. */
    uint32_t max_discard_sectors;           /* Most sectors in one discard segment; in 512-byte sectors; with
                                               DISCARD. */
    uint32_t max_discard_seg;               /* Most segments in a discard request; with DISCARD. */
    uint32_t discard_sector_alignment;      /* Alignment by which to split a discard; in 512-byte sectors; with
                                               DISCARD. */
    uint32_t max_write_zeroes_sectors;      /* Most sectors in one write zeroes segment; in 512-byte sectors; with
                                               WRITE_ZEROES. */
    uint32_t max_write_zeroes_seg;          /* Most segments in a write zeroes request; with WRITE_ZEROES. */
    uint8_t write_zeroes_may_unmap;         /* 1 if write zeroes with unmap may deallocate sectors; with
                                               WRITE_ZEROES. */
    uint8_t unused1[3];                     /* Reserved. */
    uint32_t max_secure_erase_sectors;      /* Most sectors in one secure erase segment; in 512-byte sectors; with
                                               SECURE_ERASE. Quirk blk.short-config (QEMU 7.2): The configuration
                                               ends before it: 57 bytes. A driver reads a field only if its feature
                                               is there. */
    uint32_t max_secure_erase_seg;          /* Most segments in a secure erase request; with SECURE_ERASE. */
    uint32_t secure_erase_sector_alignment; /* Alignment by which to split a secure erase; of zones a multiple of
                                               zone_sectors; in 512-byte sectors; with SECURE_ERASE. */
    struct virtio_blk_zoned_characteristics zoned; /* What kind of zones there are; with ZONED. */
};
VIRTIO_SIZE(virtio_blk_config, 96);

#undef VIRTIO_SIZE
#endif
