/* SPDX-License-Identifier: MIT */
#include "vt10_common.h"

/* A unit: a window of a back end, its strings, and the unit attention that it has to report. */

#define VT10_BLOCK_MAX 65536u

static bool vt10_is_text(const char *text, uint32_t most)
{
    uint32_t n = 0;

    while (text != NULL && n <= most && text[n] >= ' ' && text[n] <= '~')
        n++;
    return text == NULL || (n <= most && text[n] == '\0');
}

/* Sets the size of a window that extends to the end of the back end. */
int vwr_vt10_set_window_(struct vwr_vt10_unit *u, uint64_t sectors)
{
    const struct vwr_vblk_backend *const be = u->backend;

    if (u->first >= be->sectors || sectors > be->sectors - u->first)
        return VWR_ERANGE;
    if (sectors == 0)
        sectors = be->sectors - u->first;
    if (((u->first | sectors) & (vt10_per_block(u) - 1u)) != 0)
        return VWR_ERANGE;
    u->sectors = sectors;
    return VWR_OK;
}

int vwr_vt10_check_unit_(struct vwr_vt10_unit *unit)
{
    const struct vwr_vblk_backend *const be = unit->backend;

    if (be->block_bytes < VWR_BLK_SECTOR_BYTES || be->block_bytes > VT10_BLOCK_MAX ||
        (be->block_bytes & (be->block_bytes - 1u)) != 0 || unit->lun > VWR_T10_LUN_MAX ||
        !vt10_is_text(unit->serial, VWR_VT10_TEXT) || !vt10_is_text(unit->product, VWR_VT10_PRODUCT))
        return VWR_EINVAL;
    if (be->ops->drain != NULL || be->zones != NULL)
        return VWR_EUNSUPP;
    unit->attention = VWR_T10_WAS_RESET;
    unit->events = 0;
    unit->block_size = be->block_bytes;
    return vwr_vt10_set_window_(unit, unit->sectors);
}

bool vwr_vt10_has_attention_(uint32_t code)
{
    return code == 0 || code == VWR_T10_WAS_RESET || code == VWR_T10_NEXUS_LOST ||
           code == VWR_T10_CAPACITY_CHANGED || code == VWR_T10_LUNS_CHANGED;
}
