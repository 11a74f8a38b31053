/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "vwr/bytes.h"
#include "vwr/vblk_zone.h"
#include "vblk_common.h"

/*
 * Zone states, and the number of open zones. A zone's row is valid only for the generation that it contains:
 * to reset all zones in constant time, a new generation is started. Section: Block Device / Device Operation.
 */

static bool vzone_is_open(uint8_t state)
{
    return state == VWR_BLK_ZS_IOPEN || state == VWR_BLK_ZS_EOPEN;
}

static bool vzone_is_active(uint8_t state)
{
    return vzone_is_open(state) || state == VWR_BLK_ZS_CLOSED;
}

static bool vzone_is_lost(uint8_t state)
{
    return state == VWR_BLK_ZS_RDONLY || state == VWR_BLK_ZS_OFFLINE;
}

/* Row of a zone, updated to the current generation. */
struct vwr_vblk_zone *vwr_vblk_zone_at_(struct vwr_vblk_zones *z, uint32_t index)
{
    struct vwr_vblk_zone *const one = &z->zone[index];

    if (one->era != z->era && one->type != VWR_BLK_ZT_CONV && !vzone_is_lost(one->state)) {
        one->state = VWR_BLK_ZS_EMPTY;
        one->written = 0;
    }
    one->era = z->era;
    return one;
}

/* ---- implicitly open zones: if necessary, the device closes the one that was opened first ---- */

static void vzone_put_implicit(struct vwr_vblk_zones *z, uint32_t index)
{
    struct vwr_vblk_zone *const one = &z->zone[index];

    one->next = index;
    one->previous = index;
    if (z->implicit == VWR_VBLK_NO_ZONE) {
        z->implicit = index;
        return;
    }
    one->next = z->implicit;
    one->previous = z->zone[z->implicit].previous;
    z->zone[one->previous].next = index;
    z->zone[z->implicit].previous = index;
}

static void vzone_take_implicit(struct vwr_vblk_zones *z, uint32_t index)
{
    const struct vwr_vblk_zone *const one = &z->zone[index];

    if (z->implicit == index)
        z->implicit = one->next != index ? one->next : VWR_VBLK_NO_ZONE;
    z->zone[one->previous].next = one->next;
    z->zone[one->next].previous = one->previous;
}

void vwr_vblk_zone_set_(struct vwr_vblk_zones *z, uint32_t index, uint8_t state)
{
    struct vwr_vblk_zone *const one = vwr_vblk_zone_at_(z, index);
    const uint8_t before = one->state;

    if (before == state)
        return;
    if (before == VWR_BLK_ZS_IOPEN)
        vzone_take_implicit(z, index);
    z->open = z->open - vzone_is_open(before) + vzone_is_open(state);
    z->active = z->active - vzone_is_active(before) + vzone_is_active(state);
    one->state = state;
    if (state == VWR_BLK_ZS_IOPEN)
        vzone_put_implicit(z, index);
}

/* Opens a zone. If both limits are exceeded, the limit on active zones is reported. */
int vwr_vblk_zone_open_(struct vwr_vblk_zones *z, uint32_t index, uint8_t state)
{
    const uint8_t before = vwr_vblk_zone_at_(z, index)->state;

    if (!vzone_is_active(before) && z->active_max != 0 && z->active >= z->active_max)
        return VWR_VBLK_STATUS(VWR_BLK_S_ZONE_ACTIVE_RESOURCE);
    if (!vzone_is_open(before) && z->open_max != 0 && z->open >= z->open_max) {
        if (z->implicit == VWR_VBLK_NO_ZONE)
            return VWR_VBLK_STATUS(VWR_BLK_S_ZONE_OPEN_RESOURCE);
        vwr_vblk_zone_set_(z, z->implicit, VWR_BLK_ZS_CLOSED);
    }
    vwr_vblk_zone_set_(z, index, state);
    return VWR_OK;
}

void vwr_vblk_zone_reset_all_(struct vwr_vblk_zones *z)
{
    z->era++;
    z->open = 0;
    z->active = 0;
    z->implicit = VWR_VBLK_NO_ZONE;
}

/* ---- VMM ---- */

void vwr_vblk_zones_format(struct vwr_vblk_zones *z, uint32_t conventional)
{
    vwr_zero(z->zone, z->zone_count * sizeof(*z->zone));
    z->era = 1; /* differs from all rows */
    vwr_vblk_zone_reset_all_(z);
    for (uint32_t i = 0; i < z->zone_count; i++) {
        struct vwr_vblk_zone *const one = &z->zone[i];

        one->type = i < conventional           ? VWR_BLK_ZT_CONV
                    : z->model == VWR_BLK_Z_HM ? VWR_BLK_ZT_SWR
                                               : VWR_BLK_ZT_SWP;
        one->state = i < conventional ? VWR_BLK_ZS_NOT_WP : VWR_BLK_ZS_EMPTY;
    }
}

int vwr_vblk_zone_fail(struct vwr_vblk *b, uint32_t zone, uint8_t state)
{
    int result = VWR_EUNSUPP;

    vwr_vdev_lock(&b->dev);
    if (vblk_keeps_zones(b)) {
        struct vwr_vblk_zones *const z = b->zones;

        result = VWR_ERANGE;
        if (zone < z->zone_count) {
            const struct vwr_vblk_zone *const one = vwr_vblk_zone_at_(z, zone);

            result = VWR_EINVAL;
            if (vzone_is_lost(state) && one->type != VWR_BLK_ZT_CONV && one->state != VWR_BLK_ZS_OFFLINE) {
                vwr_vblk_zone_set_(z, zone, state);
                result = VWR_OK;
            }
        }
    }
    vwr_vdev_unlock(&b->dev);
    return result;
}

/* Checks for whole blocks, a power of 2, and a row for each zone of the window. */
int vwr_vblk_zones_begin_(struct vwr_vblk *b, struct vwr_vblk_zones *z, bool legacy)
{
    const uint32_t block = b->backend->block_bytes;
    const uint32_t bytes = vblk_zone_granularity(b, z);
    uint64_t zones;

    if (legacy && z->model == VWR_BLK_Z_HM)
        return VWR_EUNSUPP;
    if (z->zone_sectors < VWR_VBLK_ZONE_SECTORS_MIN || (z->zone_sectors & (z->zone_sectors - 1u)) != 0 ||
        z->capacity > z->zone_sectors || (bytes & (bytes - 1u)) != 0 || bytes < block ||
        bytes / VWR_BLK_SECTOR_BYTES > z->zone_sectors ||
        (z->capacity & (bytes / VWR_BLK_SECTOR_BYTES - 1u)) != 0 ||
        (z->model != VWR_BLK_Z_HM &&
         (z->model != VWR_BLK_Z_HA || z->open_max != 0 || z->active_max != 0 || z->append_sectors_max != 0)))
        return VWR_EINVAL;
    z->shift = 0;
    while (z->zone_sectors >> z->shift != 1u)
        z->shift++;
    zones = b->sectors != 0 ? vwr_shift_right(b->sectors - 1u, z->shift) + 1u : 0;
    if (zones == 0 || zones > ~(uint32_t)0)
        return VWR_ERANGE;
    if (!VWR_ARRAY_FITS(&b->dev.shortage, z, zone, zone_count, (size_t)zones))
        return VWR_ENOMEM;
    if (zones != z->zone_count)
        return VWR_ERANGE;
    b->zones = z;
    return VWR_OK;
}

void vwr_vblk_zones_write_config_(const struct vwr_vblk *b, struct vwr_blk_config_info *info)
{
    const struct vwr_vblk_zones *const z = b->zones;

    info->zoned_zone_sectors = z->zone_sectors;
    info->zoned_max_open_zones = z->open_max;
    info->zoned_max_active_zones = z->active_max;
    info->zoned_max_append_sectors = z->append_sectors_max;
    info->zoned_write_granularity = vblk_zone_granularity(b, z);
    info->zoned_model = z->model;
    if (z->zone == NULL)
        return;
    info->max_secure_erase_sectors = z->zone_sectors;
    info->secure_erase_sector_alignment = z->zone_sectors;
}
