/* SPDX-License-Identifier: MIT */
#include "viommu_common.h"
#include "vwr/bytes.h"
#include "vwr/vstate.h"

/*
 * Saved state of an IOMMU: its endpoints, the faults that wait, and the mappings of each domain. A request
 * that waits for a buffer is given back, and executed again after the load. Section: Device parts.
 */

static const struct vwr_record viommu_endpoint_row = VWR_STATE_IOMMU_ENDPOINT_RECORD(vwr_viommu_saved);
static const struct vwr_record viommu_mapping_row = VWR_STATE_IOMMU_MAPPING_RECORD(vwr_viommu_saved);
static const struct vwr_record viommu_fault_row = VWR_STATE_IOMMU_FAULT_RECORD(vwr_viommu_fault);
static const struct vwr_record viommu_head_row = VWR_STATE_IOMMU_RECORD(vwr_viommu);

static bool viommu_give_back(struct vwr_vdev *dev)
{
    vwr_viommu_stop_waiting_((struct vwr_viommu *)(void *)dev);
    return vwr_service_give_back(dev);
}

/* ---- save ---- */

static void viommu_save_endpoint(struct vwr_vstate *s, const struct vwr_viommu_endpoint *e)
{
    struct vwr_viommu_saved one;

    vwr_zero(&one, sizeof(one));
    one.id = e->id;
    one.attached = e->domain != NULL;
    one.domain = e->domain != NULL ? e->domain->id : 0;
    one.bypass = e->domain != NULL && e->domain->bypass;
    vwr_vstate_put_record(s, &viommu_endpoint_row, &one);
}

static void viommu_save_mappings(struct vwr_vstate *s, const struct vwr_viommu_domain *d)
{
    struct vwr_viommu_saved one;

    for (struct vwr_viommu_mapping *m = vwr_viommu_from_(d, 0); m != NULL; m = vwr_viommu_next_(m)) {
        one.first = m->first;
        one.last = m->last;
        one.phys = m->phys;
        one.access = m->access;
        one.domain = d->id;
        vwr_vstate_put_record(s, &viommu_mapping_row, &one);
    }
}

static void viommu_save(const struct vwr_vdev *dev, struct vwr_vstate *s)
{
    const struct vwr_viommu *const v = (const struct vwr_viommu *)(const void *)dev;

    for (uint32_t i = 0; i < v->endpoints; i++)
        viommu_save_endpoint(s, &v->endpoint[i]);
    for (uint32_t i = 0; i < v->faults; i++)
        vwr_vstate_put_record(s, &viommu_fault_row, &v->fault[vwr_viommu_fault_at_(v, i)]);
    for (uint32_t i = 0; i < v->domains; i++)
        if (v->domain[i].endpoints != 0)
            viommu_save_mappings(s, &v->domain[i]);
}

/* ---- load ---- */

static bool viommu_load_endpoint(struct vwr_viommu *v, struct vwr_viommu_endpoint *e, const uint8_t *from)
{
    struct vwr_viommu_saved one;
    struct vwr_viommu_domain *d;

    if (!vwr_vstate_get_record(&viommu_endpoint_row, &one, from) || one.id != e->id)
        return false;
    if (one.attached == 0)
        return one.domain == 0 && one.bypass == 0;
    d = vwr_viommu_find_domain_(v, one.domain);
    if (d == NULL)
        d = vwr_viommu_add_domain_(v, one.domain, one.bypass != 0);
    if (d == NULL || one.attached != 1u || one.bypass > 1u || d->bypass != (one.bypass != 0))
        return false;
    d->endpoints++;
    e->domain = d;
    return true;
}

static bool viommu_load_fault(struct vwr_viommu_fault *f, const uint8_t *from)
{
    const unsigned access = VWR_MEMORY_READ | VWR_MEMORY_WRITE;

    return vwr_vstate_get_record(&viommu_fault_row, f, from) && (f->access & ~access) == 0 &&
           (f->reason == VWR_IOMMU_FAULT_R_DOMAIN || f->reason == VWR_IOMMU_FAULT_R_MAPPING);
}

static bool viommu_load_mapping(struct vwr_viommu *v, const uint8_t *from)
{
    struct vwr_viommu_domain *d;
    struct vwr_viommu_mapping m;
    struct vwr_viommu_saved one;

    if (!vwr_vstate_get_record(&viommu_mapping_row, &one, from))
        return false;
    d = vwr_viommu_find_domain_(v, one.domain);
    m.first = one.first;
    m.last = one.last;
    m.phys = one.phys;
    m.access = one.access;
    return vwr_viommu_check_map_(v, d, &m) == VWR_IOMMU_S_OK && vwr_viommu_add_(v, d, &m) == VWR_IOMMU_S_OK;
}

/* The head has set the numbers of mappings and faults, which are checked before either is used. */
static bool viommu_load(struct vwr_vdev *dev, const uint8_t *from, uint32_t bytes)
{
    struct vwr_viommu *const v = (struct vwr_viommu *)(void *)dev;
    const uint32_t mappings = v->mappings;
    const uint32_t faults = v->faults;
    bool good = mappings <= v->mapping_count && faults <= v->fault_count &&
                bytes == v->endpoints * viommu_endpoint_row.bytes + faults * viommu_fault_row.bytes +
                             (uint64_t)mappings * viommu_mapping_row.bytes;

    v->mappings = 0;
    v->faults = 0;
    for (uint32_t i = 0; good && i < v->endpoints; i++, from += viommu_endpoint_row.bytes)
        good = viommu_load_endpoint(v, &v->endpoint[i], from);
    for (uint32_t i = 0; good && i < faults; i++, from += viommu_fault_row.bytes)
        good = viommu_load_fault(&v->fault[i], from);
    if (good)
        v->faults = faults;
    for (uint32_t i = 0; good && i < mappings; i++, from += viommu_mapping_row.bytes)
        good = viommu_load_mapping(v, from);
    return good && v->service.config.bypass <= 1u;
}

static const struct vwr_vstate_span viommu_span = {__builtin_offsetof(struct vwr_iommu_config, bypass), 1};

const struct vwr_vstate_class vwr_viommu_state = {
    .id = VWR_IOMMU_ID,
    .span = &viommu_span,
    .spans = 1,
    .give_back = viommu_give_back,
    .next = vwr_service_next,
    .add = vwr_service_add,
    .head = &viommu_head_row,
    .save = viommu_save,
    .load = viommu_load,
};
