/* SPDX-License-Identifier: MIT */
#ifndef VWR_VBLK_ZONE_H
#define VWR_VBLK_ZONE_H

#include "vwr/vblk.h"

VWR_BEGIN_C

/*
 * Zones of a guest's disk, over any backend: what has been written of each, and its state, are in a table of
 * the VMM's. The backend sees reads and writes where the zones allow them, and what has not been written
 * since a reset of its zone reads as zeroes. Section: Block Device / Device Operation.
 *
 * The VMM fills in struct vwr_vblk_zones, calls vwr_vblk_zones_format for a disk that is new, and gives it to
 * vwr_vblk_init in its options.
 *
 * Where both were kept with the data, structure and table, the disk goes on with them as they are.
 *
 * A host-managed disk (HM) has zones that must be written from their beginning on; a driver that does not
 * take ZONED is refused. The zones of a host-aware one (HA) may be written anywhere, which is no limit for a
 * driver that knows nothing of them; it has no appends. A read of one that knows of them fails if it goes
 * from what is not written in one zone into another.
 */

#define VWR_VBLK_ZONE_SECTORS_LEAST 128u /* not the specification's */

/* All but `type` is private; what a disk knows of a zone. */
struct vwr_vblk_zone {
    uint64_t era;     /* another than that of all: it is empty */
    uint32_t written; /* sectors up to the write pointer */
    uint8_t type;     /* VWR_BLK_ZT_CONV, SWR or SWP */
    uint8_t state;    /* VWR_BLK_ZS_... */
    uint32_t next;    /* those that are implicitly open, in a ring, the first one opened first */
    uint32_t previous;
};

/*
 * Filled in before vwr_vblk_init, and in use as long as the disk.
 *   zone          `zones` of them: as many as the window of the disk has, the last of which may be smaller
 *   zone_sectors  a power of 2, at least VWR_VBLK_ZONE_SECTORS_LEAST, and whole blocks
 *   capacity      usable sectors of a zone; 0: all
 *   granularity   write_granularity: bytes, a power of 2; 0: a block of the backend
 *   most_open, most_active  0: no limit; of HA none
 *   most_append   sectors; 0: no appends
 */
struct vwr_vblk_zones {
    struct vwr_vblk_zone *zone;
    uint32_t zones;
    uint32_t zone_sectors;
    uint32_t capacity;
    uint32_t granularity;
    uint32_t most_open;
    uint32_t most_active;
    uint32_t most_append;
    uint8_t model; /* VWR_BLK_Z_HM, VWR_BLK_Z_HA */
    /* private */
    uint64_t era;
    uint32_t open;     /* zones that are, implicitly or explicitly */
    uint32_t active;   /* the same, and those that are closed */
    uint32_t implicit; /* the first of those that are implicitly open; VWR_VBLK_NO_ZONE */
    uint8_t shift;     /* of zone_sectors */
};

#define VWR_VBLK_NO_ZONE (~(uint32_t)0)

/* All zones are empty: the first `conventional` may be written anywhere, the others are of the model. Loop
 * over the table. */
void vwr_vblk_zones_format(struct vwr_vblk_zones *z, uint32_t conventional);

/*
 * The medium of a zone that is sequential has failed: from here on it is VWR_BLK_ZS_RDONLY, or
 * VWR_BLK_ZS_OFFLINE, for good. VWR_OK; VWR_EUNSUPP: the disk has no zones; VWR_ERANGE: no such zone;
 * VWR_EINVAL: another state, a conventional zone, or one that is offline. Takes the lock.
 */
VWR_MUST_CHECK int vwr_vblk_zone_fail(struct vwr_vblk *b, uint32_t zone, uint8_t state);

VWR_END_C

#endif
