/* SPDX-License-Identifier: MIT */
#include "vpci_common.h"

/*
 * Regions of shared memory: one BAR contains all of them, at equal distances, and the VMM is informed of the
 * address that the guest assigns to the BAR. Section: Virtio Over PCI Bus / PCI Device Layout / Shared memory
 * capability.
 */

#define VPCI_REGION_MIN ((uint64_t)1 << 12) /* a page */
#define VPCI_REGION_MAX ((uint64_t)1 << 48) /* a power of 2 that no sum exceeds */

/* Smallest power of 2 that is not below `n`, which is at most VPCI_REGION_MAX. */
static uint64_t vpci_power(uint64_t n)
{
    uint64_t power = 1;

    while (power < n)
        power <<= 1;
    return power;
}

/* All regions are aligned as required by the largest one. */
bool vwr_vpci_region_init_(struct vwr_vpci *f, const struct vwr_vpci_setup *s)
{
    const struct vwr_vdev *const v = s->v;
    uint64_t most = VPCI_REGION_MIN;

    f->region = s->region;
    if (v->shms == 0)
        return true;
    if (v->legacy || s->region == NULL || v->shms > VWR_VPCI_REGIONS_MAX)
        return false;
    for (unsigned i = 0; i < v->shms; i++) {
        if (v->shm[i].bytes == 0 || v->shm[i].bytes > VPCI_REGION_MAX)
            return false;
        if (v->shm[i].bytes > most)
            most = v->shm[i].bytes;
    }
    f->distance = vpci_power(most);
    f->shared_bytes = f->distance * vpci_power(v->shms);
    return true;
}

/* ---- configuration space ---- */

uint32_t vwr_vpci_region_word_(const struct vwr_vpci *f, unsigned id, unsigned offset)
{
    const uint64_t at = id * f->distance;
    const uint64_t bytes = f->v->shm[id].bytes;

    switch (offset) {
    case VWR_PCI_CAP64_CAP_BAR:
        return VPCI_BAR_OF_REGIONS | id << 8 * (VWR_PCI_CAP64_CAP_ID - VWR_PCI_CAP64_CAP_BAR);
    case VWR_PCI_CAP64_CAP_OFFSET:
        return (uint32_t)at;
    case VWR_PCI_CAP64_CAP_LENGTH:
        return (uint32_t)bytes;
    case VWR_PCI_CAP64_OFFSET_HI:
        return (uint32_t)(at >> 32);
    default:
        return (uint32_t)(bytes >> 32);
    }
}

/* ---- addresses assigned by the guest ---- */

static bool vpci_region_is_within(const struct vwr_vpci *f, uint64_t window, uint64_t bytes)
{
    const uint64_t at = f->shared - window; /* wraps if it is below the window */

    return at < bytes && f->shared_bytes <= bytes - at;
}

static bool vpci_region_is_wanted(const struct vwr_vpci *f)
{
    const struct vwr_vpci_host *const h = f->head.host;

    return (f->head.command & PCI_COMMAND_MEMORY) != 0 &&
           (vpci_region_is_within(f, h->shared, h->shared_bytes) ||
            vpci_region_is_within(f, h->window, (uint64_t)h->page_count * VWR_VPCI_BAR_BYTES));
}

/* Gets the function with this device number on bus 0, if it has regions. */
static struct vwr_vpci *vpci_region_owner(const struct vwr_vpci_host *h, unsigned device)
{
    struct vwr_vpci *const f = (struct vwr_vpci *)(void *)h->root.device[device];

    return f != NULL && !f->head.is_bridge && f->v->shms != 0 ? f : NULL;
}

static bool vpci_region_is_free(const struct vwr_vpci *f)
{
    for (unsigned i = 0; i < VWR_VPCI_DEVICES; i++) {
        const struct vwr_vpci *const other = vpci_region_owner(f->head.host, i);

        if (other != NULL && other->is_there && f->shared < other->there + other->shared_bytes &&
            other->there < f->shared + f->shared_bytes)
            return false;
    }
    return true;
}

static void vpci_region_tell(struct vwr_vpci *f, bool is_there)
{
    f->is_there = is_there;
    f->there = f->shared;
    for (unsigned i = 0; i < f->v->shms; i++)
        f->region(f, i, is_there ? f->there + i * f->distance : VWR_VPCI_NOWHERE);
}

/* If functions overlap, the first one stays mapped; when it leaves, another one is mapped. */
void vwr_vpci_region_place_(struct vwr_vpci *f)
{
    if (f->is_there && (f->there != f->shared || !vpci_region_is_wanted(f)))
        vpci_region_tell(f, false);
    for (unsigned i = 0; i < VWR_VPCI_DEVICES; i++) {
        struct vwr_vpci *const g = vpci_region_owner(f->head.host, i);

        if (g != NULL && !g->is_there && vpci_region_is_wanted(g) && vpci_region_is_free(g))
            vpci_region_tell(g, true);
    }
}
