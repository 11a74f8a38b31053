/* SPDX-License-Identifier: MIT */
#include "iommu_common.h"

/*
 * IOMMU device: the table of mappings of a domain, and the memory of devices behind the IOMMU. A mapping is
 * in the table once the device has it, so that a recovery restores exactly what was promised.
 * Section: IOMMU device / Device operations.
 */

#define IOMMU_ACCESSES (0u | VWR_IOMMU_MAP_F_READ | VWR_IOMMU_MAP_F_WRITE)

/* ---- the table ---- */

unsigned vwr_iommu_position_(const struct vwr_iommu_domain *m, uint64_t virt)
{
    unsigned from = 0, to = m->mapping_count;

    while (from < to) {
        const unsigned half = from + (to - from) / 2;

        if (m->mapping[half].last < virt)
            from = half + 1;
        else
            to = half;
    }
    return from;
}

const struct vwr_iommu_range *vwr_iommu_reserved_(const struct vwr_iommu_domain *m, uint64_t virt,
                                                  uint64_t last)
{
    for (unsigned i = 0; i < m->reserved_count; i++)
        if (m->reserved[i].start <= last && virt <= m->reserved[i].end)
            return &m->reserved[i];
    return NULL;
}

static void iommu_insert(struct vwr_iommu_domain *m, const struct vwr_iommu_mapping *e)
{
    const unsigned at = vwr_iommu_position_(m, e->virt);

    for (unsigned i = m->mapping_count++; i > at; i--)
        vwr_copy(&m->mapping[i], &m->mapping[i - 1], sizeof(*e));
    vwr_copy(&m->mapping[at], e, sizeof(*e));
    m->recent = at;
}

static void iommu_remove(struct vwr_iommu_domain *m, unsigned at)
{
    m->mapping_count--;
    for (unsigned i = at; i < m->mapping_count; i++)
        vwr_copy(&m->mapping[i], &m->mapping[i + 1], sizeof(m->mapping[i]));
}

void vwr_iommu_purge_(struct vwr_iommu_domain *m)
{
    for (unsigned i = m->mapping_count; i-- > 0;)
        if (m->mapping[i].stale)
            iommu_remove(m, i);
}

/* The next page after `last`; false: there is none. */
static bool iommu_advance(const struct vwr_iommu *c, uint64_t *at, uint64_t last)
{
    *at = (last | (c->granule - 1)) + 1;
    return *at != 0;
}

/*
 * Chooses the lowest free addresses, but not address 0, which devices may mistake for none. Each iteration
 * passes a mapping or a reserved range.
 */
static int iommu_choose(const struct vwr_iommu_domain *m, uint64_t bytes, uint64_t *virt)
{
    const struct vwr_iommu_config_info *const info = &m->iommu->client.info;
    const uint64_t start = info->input_range_start;
    uint64_t at;
    bool more = iommu_advance(m->iommu, &at, start != 0 ? start - 1 : 0);

    while (more && at <= info->input_range_end && bytes - 1 <= info->input_range_end - at) {
        const uint64_t last = at + (bytes - 1);
        const unsigned i = vwr_iommu_position_(m, at);
        const bool mapped = i < m->mapping_count && m->mapping[i].virt <= last;
        const struct vwr_iommu_range *const range = vwr_iommu_reserved_(m, at, last);

        *virt = at;
        if (!mapped && range == NULL)
            return VWR_OK;
        more = iommu_advance(m->iommu, &at, mapped ? m->mapping[i].last : range->end);
    }
    return VWR_ERANGE;
}

/* ---- messages ---- */

void vwr_iommu_map_message_(const struct vwr_iommu_domain *m, const struct vwr_iommu_mapping *e,
                            struct vwr_iommu_map_msg *message)
{
    message->domain = m->id;
    message->virt_start = e->virt;
    message->virt_end = e->last;
    message->phys_start = e->phys;
    message->flags = e->flags;
}

/* Whether the addresses of a mapping are free. */
static int iommu_check_addresses(const struct vwr_iommu_domain *m, const struct vwr_iommu_mapping *e)
{
    const struct vwr_iommu_config_info *const info = &m->iommu->client.info;
    const unsigned i = vwr_iommu_position_(m, e->virt);

    if (e->virt < info->input_range_start || e->last > info->input_range_end ||
        vwr_iommu_reserved_(m, e->virt, e->last) != NULL)
        return VWR_ERANGE;
    return i < m->mapping_count && m->mapping[i].virt <= e->last ? VWR_EINVAL : VWR_OK;
}

/* Sends a mapping without its addresses, which are [virt, virt + bytes), or are chosen. */
static int iommu_add(struct vwr_iommu_domain *m, struct vwr_iommu_mapping *e, uint64_t bytes)
{
    struct vwr_iommu_map_msg message;
    int r = vwr_iommu_begin_(m);

    if (r == VWR_OK && m->endpoint_count == 0)
        r = VWR_EINVAL;
    if (r == VWR_OK && m->mapping_count >= m->mapping_max)
        r = VWR_EFULL;
    if (r == VWR_OK && e->virt == VWR_IOMMU_ANY)
        r = iommu_choose(m, bytes, &e->virt);
    e->last = e->virt + (bytes - 1);
    if (r == VWR_OK)
        r = iommu_check_addresses(m, e);
    if (r != VWR_OK)
        return r;
    vwr_iommu_map_message_(m, e, &message);
    r = vwr_iommu_client_map(&m->iommu->client, &message);
    if (r != VWR_OK && r != VWR_EPROTO)
        return vwr_iommu_end_(m->iommu, r);
    e->stale = r != VWR_OK; /* the device may have done as it was told */
    iommu_insert(m, e);
    return r;
}

/* After an error, the addresses are not used again before the device has been reset. */
static int iommu_drop(struct vwr_iommu_domain *m, unsigned at)
{
    struct vwr_iommu_mapping *const e = &m->mapping[at];
    const struct vwr_iommu_unmap_msg message = {m->id, e->virt, e->last};
    int r = VWR_OK;

    if (!m->iommu->forgotten) {
        r = vwr_iommu_begin_(m);
        if (r == VWR_OK)
            r = vwr_iommu_end_(m->iommu, vwr_iommu_client_unmap(&m->iommu->client, &message));
    }
    if (r == VWR_OK) {
        iommu_remove(m, at);
    } else if (!e->stale) {
        e->stale = true;
        vwr_count_add(&m->iommu->stale, 1);
    }
    return r;
}

int vwr_iommu_map(struct vwr_iommu_domain *m, uint64_t *virt, uint64_t phys, uint64_t bytes, uint32_t flags)
{
    const bool any = *virt == VWR_IOMMU_ANY;
    struct vwr_iommu_mapping e;
    int r;

    if (m->iommu == NULL || m->iommu->client.bringup.dev == NULL)
        return VWR_EFAILED;
    if (((phys | bytes | (any ? 0 : *virt)) & (m->iommu->granule - 1)) != 0)
        return VWR_EALIGN;
    if (bytes == 0 || bytes - 1 > ~phys || (!any && bytes - 1 > ~*virt) || (flags & IOMMU_ACCESSES) == 0 ||
        (flags & ~(IOMMU_ACCESSES | VWR_IOMMU_MAP_F_MMIO)) != 0)
        return VWR_EINVAL;
    if ((flags & VWR_IOMMU_MAP_F_MMIO) != 0 && !vwr_iommu_client_has(&m->iommu->client, VWR_IOMMU_F_MMIO))
        return VWR_EFEATURE;
    vwr_zero(&e, sizeof(e));
    e.virt = *virt;
    e.phys = phys;
    e.flags = (uint8_t)flags;
    e.pool = true;
    r = iommu_add(m, &e, bytes);
    if (r == VWR_OK)
        *virt = e.virt;
    return r;
}

int vwr_iommu_unmap(struct vwr_iommu_domain *m, uint64_t virt)
{
    const unsigned at = vwr_iommu_position_(m, virt);

    if (m->iommu == NULL)
        return VWR_EFAILED;
    if (at == m->mapping_count || m->mapping[at].virt != virt || !m->mapping[at].pool)
        return VWR_EINVAL;
    return m->mapping[at].users != 0 ? VWR_EBUSY : iommu_drop(m, at);
}

/* ---- memory of devices ---- */

static bool iommu_covers(const struct vwr_iommu_mapping *e, uint64_t phys, size_t n, uint8_t flags)
{
    const uint64_t room = e->last - e->virt; /* and one more */

    return e->pool && !e->stale && (e->flags & flags) == flags && phys >= e->phys && phys - e->phys <= room &&
           n - 1 <= room - (phys - e->phys);
}

/* Finds a pool that contains the memory, beginning with the one that was found last. */
static struct vwr_iommu_mapping *iommu_find_pool(struct vwr_iommu_domain *m, uint64_t phys, size_t n,
                                                 uint8_t flags)
{
    if (m->recent < m->mapping_count && iommu_covers(&m->mapping[m->recent], phys, n, flags))
        return &m->mapping[m->recent];
    for (unsigned i = 0; i < m->mapping_count; i++)
        if (iommu_covers(&m->mapping[i], phys, n, flags)) {
            m->recent = i;
            return &m->mapping[i];
        }
    return NULL;
}

/* Maps the pages of the memory. */
static int iommu_map_pages(struct vwr_iommu_domain *m, uint64_t phys, size_t n, uint8_t flags, uint64_t *addr)
{
    struct vwr_iommu_mapping e;
    uint64_t pages, bytes;
    int r;

    if (m->iommu == NULL || n - 1 > ~phys)
        return VWR_EFAILED;
    pages = m->iommu->granule - 1;
    vwr_zero(&e, sizeof(e));
    e.virt = VWR_IOMMU_ANY;
    e.users = 1;
    e.flags = flags;
    e.phys = phys & ~pages;
    bytes = ((phys + (n - 1)) | pages) - e.phys + 1;
    r = bytes != 0 ? iommu_add(m, &e, bytes) : VWR_ERANGE;
    *addr = e.virt + (phys - e.phys);
    return r;
}

uint64_t vwr_iommu_dma_map(void *context, uint64_t phys, unsigned dma, size_t *run)
{
    static const uint8_t accesses[] = {[VWR_DMA_OUT] = VWR_IOMMU_MAP_F_READ,
                                       [VWR_DMA_IN] = VWR_IOMMU_MAP_F_WRITE,
                                       [VWR_DMA_SHARED] = IOMMU_ACCESSES};
    struct vwr_iommu_domain *const m = (struct vwr_iommu_domain *)context;
    struct vwr_iommu_mapping *e;
    uint64_t addr = phys;

    if (m == NULL)
        return addr;
    e = iommu_find_pool(m, phys, *run, accesses[dma]);
    if (e != NULL) {
        e->users++;
        return e->virt + (phys - e->phys);
    }
    if ((dma != VWR_DMA_SHARED && !m->may_wait) ||
        iommu_map_pages(m, phys, *run, accesses[dma], &addr) != VWR_OK)
        *run = 0;
    return addr;
}

void vwr_iommu_dma_unmap(void *context, uint64_t addr)
{
    struct vwr_iommu_domain *const m = (struct vwr_iommu_domain *)context;
    struct vwr_iommu_mapping *e;
    unsigned at;

    if (m == NULL)
        return;
    at = m->recent;
    if (at >= m->mapping_count || m->mapping[at].virt > addr || m->mapping[at].last < addr)
        at = vwr_iommu_position_(m, addr);
    if (at == m->mapping_count || m->mapping[at].virt > addr)
        return; /* the IOMMU was closed */
    e = &m->mapping[at];
    if (e->users != 0 && --e->users == 0 && !e->pool)
        (void)iommu_drop(m, at);
}
