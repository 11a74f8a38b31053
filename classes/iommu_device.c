/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "iommu.h"
#include "vwr/bytes.h"
#include "vwr/viommu.h"

/*
 * A VMM with an IOMMU, which looks at each request before the device executes it: one endpoint cannot be
 * attached, and one address cannot be mapped. No device is behind it.
 */

#define MAPPED_FIRST 0x10000u
#define MAPPED_LAST 0xffffffffu
#define DOMAINS 4u
#define FAULTS 4u

struct iommu_vmm {
    struct vwr_viommu v;
    struct vwr_viommu_endpoint endpoint[IOMMU_ENDPOINTS];
    struct vwr_memory_pin pin[IOMMU_ENDPOINTS];
    struct vwr_viommu_domain domain[DOMAINS];
    struct vwr_viommu_mapping mapping[IOMMU_MAPPINGS];
    struct vwr_viommu_fault fault[FAULTS];
    struct vwr_iommu_vservice_calls calls;
    const struct vwr_iommu_vservice_calls *device; /* its own */
};

static struct iommu_vmm *iommu_of(struct vwr_iommu_vservice *s)
{
    return (struct iommu_vmm *)(void *)s;
}

/* Whether the VMM refuses the request. */
static bool iommu_fails(struct vwr_iommu_vservice *s)
{
    struct bench_vmm *const vmm = iommu_of(s)->v.context;

    vmm->calls++;
    return vmm->how(vmm) == BENCH_FAILS;
}

static int iommu_attach(struct vwr_iommu_vservice *s, struct vwr_vmessage *x,
                        const struct vwr_iommu_attach_msg *m)
{
    if (iommu_fails(s))
        return VWR_IOMMU_S_DEVERR;
    return m->endpoint == IOMMU_REFUSED ? VWR_IOMMU_S_UNSUPP : iommu_of(s)->device->attach(s, x, m);
}

static int iommu_detach(struct vwr_iommu_vservice *s, struct vwr_vmessage *x,
                        const struct vwr_iommu_detach_msg *m)
{
    return iommu_fails(s) ? VWR_IOMMU_S_DEVERR : iommu_of(s)->device->detach(s, x, m);
}

static int iommu_map(struct vwr_iommu_vservice *s, struct vwr_vmessage *x, const struct vwr_iommu_map_msg *m)
{
    if (iommu_fails(s))
        return VWR_IOMMU_S_DEVERR;
    return m->phys_start == IOMMU_BAD ? VWR_IOMMU_S_FAULT : iommu_of(s)->device->map(s, x, m);
}

static int iommu_unmap(struct vwr_iommu_vservice *s, struct vwr_vmessage *x,
                       const struct vwr_iommu_unmap_msg *m)
{
    return iommu_fails(s) ? VWR_IOMMU_S_DEVERR : iommu_of(s)->device->unmap(s, x, m);
}

static int iommu_probe(struct vwr_iommu_vservice *s, struct vwr_vmessage *x,
                       const struct vwr_iommu_probe_msg *m)
{
    return iommu_fails(s) ? VWR_IOMMU_S_DEVERR : iommu_of(s)->device->probe(s, x, m);
}

/* The model has what the device has. */
static void iommu_look(const struct iommu_vmm *own, struct iommu_model *m)
{
    vwr_zero(m, sizeof(*m));
    for (unsigned i = 0; i < IOMMU_ENDPOINTS; i++)
        m->domain[i] = own->endpoint[i].domain != NULL ? own->endpoint[i].domain->id : 0;
    for (unsigned i = 0; i < IOMMU_MAPPINGS; i++) {
        const struct vwr_viommu_mapping *const one = &own->mapping[i];

        if (one->domain != 0)
            iommu_add(m, &(struct iommu_model_mapping){one->first, one->last, one->phys,
                                                       own->domain[one->domain - 1].id, one->access});
    }
}

/* A fault with this number, as if a device had given the address. */
static void iommu_event(struct bench_vmm *vmm, uint32_t event)
{
    struct iommu_vmm *const own = (struct iommu_vmm *)vmm->own;
    struct vwr_memory_iommu *const reach = &own->endpoint[IOMMU_FAULTY - IOMMU_FIRST].reach;

    vwr_vdev_lock(vmm->dev);
    if (event != 0)
        reach->fault(reach, IOMMU_FAULT(event), VWR_MEMORY_WRITE);
    vwr_vdev_unlock(vmm->dev);
    iommu_look(own, vmm->model);
    if (own->v.mappings != ((struct iommu_model *)vmm->model)->mappings)
        vmm->wrong = "the number of mappings";
}

static int iommu_init(struct bench_vmm *vmm, const struct vwr_vdev_setup *s)
{
    static const struct vwr_viommu_reserved doorbell = {0xfee00000u, 0xfeefffffu, VWR_IOMMU_RESV_MEM_T_MSI};
    struct iommu_vmm *const own = (struct iommu_vmm *)vmm->own;
    const struct vwr_viommu_options o = {.context = vmm,
                                         .first = MAPPED_FIRST,
                                         .last = MAPPED_LAST,
                                         .first_domain = 1,
                                         .last_domain = DOMAINS,
                                         .bypass = true,
                                         .endpoint = own->endpoint,
                                         .endpoint_count = IOMMU_ENDPOINTS,
                                         .domain = own->domain,
                                         .domain_count = DOMAINS,
                                         .mapping = own->mapping,
                                         .mapping_count = IOMMU_MAPPINGS,
                                         .fault = own->fault,
                                         .fault_count = FAULTS};
    int r;

    vwr_zero(own->endpoint, sizeof(own->endpoint));
    for (unsigned i = 0; i < IOMMU_ENDPOINTS; i++) {
        own->endpoint[i].id = IOMMU_FIRST + i;
        own->endpoint[i].pin = &own->pin[i];
        own->endpoint[i].pin_count = 1;
    }
    own->endpoint[0].reserved = &doorbell;
    own->endpoint[0].reserved_count = 1;
    vmm->dev = vwr_viommu_dev(&own->v);
    r = vwr_viommu_init_with(&own->v, s, &o);
    if (r != VWR_OK)
        return r;
    own->device = own->v.service.calls;
    own->calls = *own->device;
    own->calls.attach = iommu_attach;
    own->calls.detach = iommu_detach;
    own->calls.map = iommu_map;
    own->calls.unmap = iommu_unmap;
    own->calls.probe = iommu_probe;
    own->v.service.calls = &own->calls;
    return VWR_OK;
}

const struct bench_device bench_iommu_device = {
    .shapes = &bench_iommu_shapes,
    .own_bytes = sizeof(struct iommu_vmm),
    .model_bytes = sizeof(struct iommu_model),
    .init = iommu_init,
    .event = iommu_event,
};
