/* SPDX-License-Identifier: MIT */
#include "../core/index/vindex_common.h"
#include "viommu_common.h"

/* Domains, their mappings, and the translation of an address. Section: IOMMU device / Device operations. */

/* ---- domains ---- */

struct vwr_viommu_domain *vwr_viommu_find_domain_(const struct vwr_viommu *v, uint32_t id)
{
    for (uint32_t i = 0; i < v->domains; i++)
        if (v->domain[i].endpoints != 0 && v->domain[i].id == id)
            return &v->domain[i];
    return NULL;
}

struct vwr_viommu_endpoint *vwr_viommu_find_endpoint_(const struct vwr_viommu *v, uint32_t id)
{
    for (uint32_t i = 0; i < v->endpoints; i++)
        if (v->endpoint[i].id == id)
            return &v->endpoint[i];
    return NULL;
}

struct vwr_viommu_domain *vwr_viommu_add_domain_(struct vwr_viommu *v, uint32_t id, bool bypass)
{
    for (uint32_t i = 0; i < v->domains; i++) {
        struct vwr_viommu_domain *const d = &v->domain[i];

        if (d->endpoints != 0)
            continue;
        d->root = NULL;
        d->id = id;
        d->bypass = bypass;
        return d;
    }
    return NULL;
}

static void viommu_free(struct vwr_viommu *v, struct vwr_viommu_mapping *m)
{
    m->domain = 0;
    m->node.child[0] = v->free;
    v->free = &m->node;
}

void vwr_viommu_clear_(struct vwr_viommu *v)
{
    for (uint32_t i = 0; i < v->endpoints; i++)
        v->endpoint[i].domain = NULL;
    for (uint32_t i = 0; i < v->domains; i++)
        v->domain[i].endpoints = 0;
    v->free = NULL;
    v->mappings = 0;
    for (uint32_t i = v->mapping_count; i-- != 0;)
        viommu_free(v, &v->mapping[i]);
}

void vwr_viommu_leave_(struct vwr_viommu *v, struct vwr_viommu_endpoint *e)
{
    struct vwr_viommu_domain *const d = e->domain;

    e->domain = NULL;
    if (d == NULL || --d->endpoints != 0)
        return;
    while (d->root != NULL)
        vwr_viommu_drop_(v, d, viommu_mapping_of(d->root));
}

/* ---- mappings ---- */

struct vwr_viommu_mapping *vwr_viommu_from_(const struct vwr_viommu_domain *d, uint64_t first)
{
    struct vwr_viommu_mapping *found = NULL;

    for (struct vwr_vindex_node *n = d->root; n != NULL;) {
        struct vwr_viommu_mapping *const m = viommu_mapping_of(n);

        if (m->last >= first)
            found = m;
        n = n->child[m->last < first];
    }
    return found;
}

struct vwr_viommu_mapping *vwr_viommu_next_(struct vwr_viommu_mapping *m)
{
    struct vwr_vindex_node *const next = vwr_vindex_next_(&m->node);

    return next != NULL ? viommu_mapping_of(next) : NULL;
}

unsigned vwr_viommu_add_(struct vwr_viommu *v, struct vwr_viommu_domain *d,
                         const struct vwr_viommu_mapping *from)
{
    struct vwr_vindex_node *up = NULL;
    struct vwr_viommu_mapping *m;
    unsigned side = 0;

    for (struct vwr_vindex_node *n = d->root; n != NULL; n = n->child[side]) {
        const struct vwr_viommu_mapping *const at = viommu_mapping_of(n);

        if (at->first <= from->last && from->first <= at->last)
            return VWR_IOMMU_S_INVAL;
        up = n;
        side = from->first > at->last;
    }
    if (v->free == NULL)
        return VWR_IOMMU_S_NOMEM;
    m = viommu_mapping_of(v->free);
    v->free = m->node.child[0];
    m->first = from->first;
    m->last = from->last;
    m->phys = from->phys;
    m->access = from->access;
    m->domain = (uint32_t)(d - v->domain) + 1u;
    vwr_vindex_link_(&d->root, up, side, &m->node);
    v->mappings++;
    return VWR_IOMMU_S_OK;
}

void vwr_viommu_drop_(struct vwr_viommu *v, struct vwr_viommu_domain *d, struct vwr_viommu_mapping *m)
{
    vwr_vindex_remove_(&d->root, &m->node);
    viommu_free(v, m);
    v->mappings--;
}

/* ---- translation ---- */

/* Finds the mapping of an address; NULL: there is none. */
static struct vwr_viommu_mapping *viommu_find(const struct vwr_viommu_domain *d, uint64_t addr)
{
    struct vwr_vindex_node *n = d->root;

    while (n != NULL) {
        struct vwr_viommu_mapping *const m = viommu_mapping_of(n);

        if (addr - m->first <= m->last - m->first)
            return m;
        n = n->child[addr > m->last];
    }
    return NULL;
}

/* Translates the part of a mapping that follows `addr`. */
static uint64_t viommu_translate(const struct vwr_memory_iommu *i, const struct vwr_viommu_mapping *m,
                                 uint64_t addr, unsigned access, void **host)
{
    const uint64_t left = m->last - addr;
    uint64_t run;

    if ((m->access & access) != access)
        return 0;
    run = vwr_memory_run(i->guest, m->phys + (addr - m->first), host);
    return run != 0 && run - 1u > left ? left + 1u : run;
}

/* A mapping of all addresses has 2^64 bytes, but guest memory is smaller. */
uint64_t vwr_viommu_run_(struct vwr_memory_iommu *i, uint64_t addr, uint64_t bytes, unsigned access,
                         void **host)
{
    const struct vwr_viommu_endpoint *const e = (const struct vwr_viommu_endpoint *)(const void *)i;
    const struct vwr_viommu_domain *const d = e->domain;
    struct vwr_viommu_mapping *m;
    uint64_t run;
    uint64_t more;
    void *at = NULL;

    i->steps = 1;
    if (d == NULL ? e->iommu->service.config.bypass != 0 : d->bypass)
        return vwr_memory_run(i->guest, addr, host);
    if (d == NULL || (m = viommu_find(d, addr)) == NULL)
        return 0;
    run = viommu_translate(i, m, addr, access, host);
    while (run != 0 && run < bytes && run - 1u == m->last - addr && (m = vwr_viommu_next_(m)) != NULL &&
           m->first == addr + run) {
        i->steps++;
        more = viommu_translate(i, m, m->first, access, &at);
        if (more == 0 || at != (uint8_t *)*host + run)
            break;
        run += more;
    }
    return run;
}
