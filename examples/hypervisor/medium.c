/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/vblk_memory.h"
#include "vwr_plan_hypervisor.h"

#include "hyp.h"

/*
 * An in-memory disk; the units of the guests' SCSI hosts are windows on it. A SCSI host needs a back end that
 * completes each request immediately, and the bridge to the real disk does not. The contents persist when
 * a guest is reset. Unmapped sectors are zero.
 */
#ifdef VWR_PLAN_HYPERVISOR_DISK_MEDIUM
#define SECTORS 40960u      /* as in vms.yaml */
#define UNMAP_SECTORS 16u   /* zeroed per range, at most VWR_VBLK_RANGES, while the lock is held */
#define SECTOR_BYTES 512ull /* of the specification, for all disks */

static _Alignas(PAGE_BYTES) uint8_t content[SECTORS * SECTOR_BYTES];
static struct vwr_vblk_memory medium;
static const struct vwr_vblk_backend_ops *memory_ops;

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    if (r->type != VWR_BLK_T_DISCARD)
        return memory_ops->submit(be, r);
    for (unsigned i = 0; i < r->ranges; i++)
        vwr_zero(content + r->range[i].sector * SECTOR_BYTES, r->range[i].sectors * SECTOR_BYTES);
    return VWR_OK;
}

struct vwr_vblk_backend *medium_start(void)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = submit};

    vwr_vblk_memory_init(&medium, content, sizeof(content), false, NULL);
    memory_ops = medium.backend.ops;
    medium.backend.ops = &ops;
    medium.backend.discard = true;
    medium.backend.discard_sectors = UNMAP_SECTORS;
    print("hypervisor: medium of %u sectors at 0x%llx\n", SECTORS, (unsigned long long)(uintptr_t)content);
    return &medium.backend;
}
#else
struct vwr_vblk_backend *medium_start(void)
{
    return NULL;
}
#endif
