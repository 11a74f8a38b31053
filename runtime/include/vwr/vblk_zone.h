/* SPDX-License-Identifier: MIT */
#ifndef VWR_VBLK_ZONE_H
#define VWR_VBLK_ZONE_H

#include "vwr/vblk.h"

VWR_BEGIN_C

/**
 * DOC: Zones of a guest's disk
 *
 * A disk with any back end can have zones. Write pointers and states are in a table in the VMM's memory. The
 * back end receives only reads and writes that the zones allow. Sectors that have not been written since the
 * last reset of their zone read as zeroes.
 *
 * To use it, fill in a struct vwr_vblk_zones, call vwr_vblk_zones_format() for a new disk, and pass it to
 * vwr_vblk_init() in the options. If the VMM stores the structure and the table together with the data,
 * it can reuse them unchanged for an existing disk.
 *
 * - Host-managed (HM): zones must be written sequentially. The features of a driver that does not accept
 *   ZONED are rejected.
 * - Host-aware (HA): zones may be written anywhere, so a driver without zone support works. Appends are not
 *   supported. A read by a driver with zone support fails if it crosses from the unwritten part of a zone
 *   into another zone.
 *
 * Section: Block Device / Device Operation.
 */

/** VWR_VBLK_ZONE_SECTORS_MIN - Minimum zone size in sectors */
#define VWR_VBLK_ZONE_SECTORS_MIN 128u

/**
 * struct vwr_vblk_zone - A zone
 * @type: VWR_BLK_ZT_CONV, VWR_BLK_ZT_SWR or VWR_BLK_ZT_SWP.
 */
struct vwr_vblk_zone {
    /* private: */
    uint64_t era;     /* generation of the zone; the zone is empty if this differs from vwr_vblk_zones.era */
    uint32_t written; /* number of sectors before the write pointer */
    /* public: */
    uint8_t type;
    /* private: */
    uint8_t state; /* VWR_BLK_ZS_... */
    uint32_t next; /* list of implicitly open zones, in the order in which they were opened */
    uint32_t previous;
};

/**
 * struct vwr_vblk_zones - The zones of a disk
 * @zone: Table.
 * @zone_count: Number of entries in @zone: zones in the window of the disk; the last one may be smaller.
 * @zone_sectors: Zone size in sectors: a power of 2, at least VWR_VBLK_ZONE_SECTORS_MIN, and a
 *   multiple of the block size.
 * @capacity: Number of usable sectors per zone; 0: all.
 * @write_granularity: Write granularity in bytes, a power of 2; 0: the block size of the back end.
 * @open_max: Maximum number of open zones; 0: no limit. Must be 0 for HA.
 * @active_max: Maximum number of active zones; 0: no limit. Must be 0 for HA.
 * @append_sectors_max: Maximum size of an append in sectors; 0: no appends. Must be 0 for HA.
 * @model: VWR_BLK_Z_HM or VWR_BLK_Z_HA.
 *
 * The VMM fills in the structure before vwr_vblk_init(). It must stay valid while the disk is in use.
 */
struct vwr_vblk_zones {
    struct vwr_vblk_zone *zone;
    uint32_t zone_count;
    uint32_t zone_sectors;
    uint32_t capacity;
    uint32_t write_granularity;
    uint32_t open_max;
    uint32_t active_max;
    uint32_t append_sectors_max;
    uint8_t model;
    /* private: */
    uint64_t era;      /* generation */
    uint32_t open;     /* number of zones that are open implicitly or explicitly */
    uint32_t active;   /* number of open and closed zones */
    uint32_t implicit; /* first implicitly open zone, or VWR_VBLK_NO_ZONE */
    uint8_t shift;     /* log2 of zone_sectors */
};

/** VWR_VBLK_NO_ZONE - No zone */
#define VWR_VBLK_NO_ZONE (~(uint32_t)0)

/**
 * vwr_vblk_zones_format() - Make all zones empty
 * @z: Zones.
 * @conventional: Number of conventional zones at the start, which may be written anywhere; the
 *   others follow @z->model.
 */
void vwr_vblk_zones_format(struct vwr_vblk_zones *z, uint32_t conventional);

/**
 * vwr_vblk_zone_fail() - Report that the medium of a sequential zone has failed
 * @b: Disk.
 * @zone: Zone.
 * @state: VWR_BLK_ZS_RDONLY or VWR_BLK_ZS_OFFLINE; it is permanent.
 *
 * Return: VWR_OK.
 * * VWR_EUNSUPP: the disk has no zones.
 * * VWR_ERANGE: there is no such zone.
 * * VWR_EINVAL: @state is not one of these states, or the zone is conventional or already offline.
 */
VWR_MUST_CHECK int vwr_vblk_zone_fail(struct vwr_vblk *b, uint32_t zone, uint8_t state);

VWR_END_C

#endif
