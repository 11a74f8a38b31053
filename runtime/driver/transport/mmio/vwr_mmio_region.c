/* SPDX-License-Identifier: MIT */
#include "mmio_common.h"

/* Shared memory of a modern device. QEMU's base of a region that does not exist is 0: the length tells. */

int vwr_mmio_get_region(const struct vwr_mmio *m, uint8_t id, struct vwr_region *region)
{
    if (m->dev.state == VWR_DEV_NONE || vwr_dev_is_legacy(&m->dev))
        return VWR_ENODEV;
    region->bytes = vwr_mmio_modern_get_shm_len(m->base, id);
    if (region->bytes == VWR_MMIO_SHM_LEN_ABSENT)
        return VWR_ENODEV;
    region->addr = vwr_mmio_modern_get_shm_base(m->base, id);
    return region->bytes == 0 || region->bytes > ~region->addr ? VWR_EPROTO : VWR_OK;
}
