/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "vwr/iommu.h"

/* A user of an IOMMU: two domains, of which each act uses the first one and leaves it empty. */

#define DOMAINS 2u
#define MAPPINGS 6u
#define ENDPOINTS 4u /* from 8 on */
#define PAGE 4096u
#define READ VWR_IOMMU_MAP_F_READ
#define WRITE VWR_IOMMU_MAP_F_WRITE

enum { ATTACH, DETACH, MAP, UNMAP, DMA_MAP, DMA_UNMAP, POLL, KINDS };

static struct vwr_iommu *c;
static struct vwr_iommu_domain domain[DOMAINS];
static struct vwr_iommu_mapping mapping[DOMAINS][MAPPINGS];

static int iommu_open(const struct bench_memory *m, struct vwr_dev *d, const struct vwr_features *avoid,
                      uint32_t timeout_us)
{
    struct vwr_iommu_options o;

    vwr_zero(&o, sizeof(o));
    c = (struct vwr_iommu *)m->own;
    o.shared = (struct vwr_iommu_shared *)m->shared;
    o.avoid = *avoid;
    o.request.timeout_us = timeout_us;
    for (unsigned i = 0; i < DOMAINS; i++) {
        vwr_iommu_domain_init(&domain[i], c, mapping[i], MAPPINGS);
        domain[i].may_wait = i != 0;
    }
    return vwr_iommu_open(c, d, &o);
}

/* ---- acts ---- */

/* A disk in a domain with a pool: its data are in the pool, its queue would not be. */
static int use_pool(struct vwr_iommu_domain *m)
{
    uint64_t at = VWR_IOMMU_ANY, addr;
    int r = vwr_iommu_map(m, &at, 0x40000000u, 4u * PAGE, READ | WRITE);
    size_t run = 512;

    if (r != VWR_OK)
        return r;
    addr = vwr_iommu_dma_map(m, 0x40000200u, VWR_DMA_IN, &run);
    if (run != 512 || addr != at + 0x200u || vwr_iommu_unmap(m, at) != VWR_EBUSY)
        return BENCH_WRONG;
    vwr_iommu_dma_unmap(m, addr);
    return vwr_iommu_unmap(m, at);
}

static int use(struct vwr_iommu_domain *m, unsigned first)
{
    uint64_t at = VWR_IOMMU_ANY;

    if (first == 1)
        return m->reserved_count == 1 && m->reserved[0].subtype == VWR_IOMMU_RESV_MEM_T_MSI ? use_pool(m)
                                                                                            : BENCH_WRONG;
    return first == 6 ? vwr_iommu_map(m, &at, 0x08080000u, PAGE, WRITE | VWR_IOMMU_MAP_F_MMIO)
                      : vwr_iommu_map(m, &at, 0xf0000000u, PAGE, READ);
}

static int take_fault(void)
{
    struct vwr_iommu_fault_msg f;
    int r = vwr_iommu_poll(c, &f);

    if (r == 0 && !vwr_iommu_arm(c))
        r = vwr_iommu_poll(c, &f);
    if (r <= 0)
        return r == 0 ? VWR_EBUSY : r;
    return f.reason == VWR_IOMMU_FAULT_R_DOMAIN && f.endpoint == 9 &&
                   f.flags == (VWR_IOMMU_FAULT_F_WRITE | VWR_IOMMU_FAULT_F_ADDRESS) &&
                   f.address == UINT64_C(0x1817161514131211)
               ? VWR_OK
               : BENCH_WRONG;
}

static int iommu_act(unsigned first, unsigned count, unsigned *done)
{
    const uint32_t endpoint = first == 0 ? 0x55 : first == 6 ? 9 : first == 10 ? 10 : 8;
    int r, ends;

    if (first == 16) {
        r = take_fault();
    } else {
        r = vwr_iommu_attach(domain, endpoint);
        if (r == VWR_OK && count > 2) {
            r = use(domain, first);
            ends = vwr_iommu_detach(domain, endpoint);
            r = r == VWR_OK ? ends : r;
        }
    }
    *done = r == VWR_OK;
    return r;
}

/* Nothing of this exists, or can. */
static bool iommu_refuses(unsigned number)
{
    uint64_t at = VWR_IOMMU_ANY;
    const int r = number == 0   ? vwr_iommu_map(domain, &at, 1, PAGE, READ)
                  : number == 1 ? vwr_iommu_map(domain, &at, PAGE, PAGE, 0)
                  : number == 2 ? vwr_iommu_unmap(domain, 1)
                                : vwr_iommu_detach(domain, 77);

    /* The device may have pages of another size. */
    return r == VWR_EALIGN || (number != 0 && r == VWR_EINVAL) ||
           vwr_get_stage(&c->bringup) != VWR_STAGE_RUNNING;
}

/* ---- calls at random ---- */

/* The table of a domain is in order, and its addresses are the device's. */
static bool is_in_order(const struct vwr_iommu_domain *m)
{
    bool right = m->mapping_count <= MAPPINGS && m->endpoint_count <= VWR_IOMMU_ENDPOINTS;

    for (unsigned i = 0; right && i < m->mapping_count; i++)
        right = m->mapping[i].virt < m->mapping[i].last && m->endpoint_count != 0 &&
                (i == 0 || m->mapping[i - 1].last < m->mapping[i].virt);
    return right;
}

static const char *iommu_call(uint32_t (*below)(uint32_t), void *model, uint32_t most)
{
    struct vwr_iommu_domain *const m = &domain[below(DOMAINS)];
    const uint32_t kind = below(KINDS), endpoint = 8 + below(ENDPOINTS), page = below(0x20);
    uint64_t at = below(2) != 0 ? VWR_IOMMU_ANY : (uint64_t)page * PAGE;
    struct vwr_iommu_fault_msg fault;
    size_t run = 1 + below(2 * PAGE);
    int r = VWR_OK;

    (void)model;
    (void)most;
    if (kind == ATTACH)
        r = vwr_iommu_attach(m, endpoint);
    else if (kind == DETACH)
        r = vwr_iommu_detach(m, endpoint);
    else if (kind == MAP)
        r = vwr_iommu_map(m, &at, (uint64_t)page * PAGE, (1 + below(4)) * PAGE, 1 + below(3));
    else if (kind == POLL)
        r = vwr_iommu_poll(c, &fault) < 0 ? VWR_EIO : VWR_OK;
    else if (kind == DMA_MAP)
        (void)vwr_iommu_dma_map(m, (uint64_t)page * PAGE + below(PAGE), VWR_DMA_OUT + below(3), &run);
    else if (m->mapping_count != 0 && kind == UNMAP)
        r = vwr_iommu_unmap(m, m->mapping[page % m->mapping_count].virt);
    else if (m->mapping_count != 0)
        vwr_iommu_dma_unmap(m, m->mapping[page % m->mapping_count].last);
    if (r > VWR_OK)
        return "a result that is neither right nor an error";
    return is_in_order(&domain[0]) && is_in_order(&domain[1]) ? NULL : "a table that is not in order";
}

/* ---- events ---- */

static int iommu_take(void *model)
{
    struct vwr_iommu_fault_msg fault;

    (void)model;
    return vwr_iommu_poll(c, &fault);
}

static bool iommu_is_idle(void)
{
    bool idle = !vwr_req_is_in_flight(&c->again.call.req);

    if (vwr_get_stage(&c->bringup) != VWR_STAGE_RUNNING)
        for (unsigned i = 0; i < VWR_IOMMU_EVENTS; i++)
            idle = idle && c->event_buffer[i].owner != VWR_RECEIVE_DEVICE;
    return idle;
}

static size_t iommu_explain(char *text, size_t bytes)
{
    return vwr_iommu_explain(c, text, bytes);
}

const struct bench_driver bench_iommu_driver = {
    .shapes = &bench_iommu_shapes,
    .steps = &vwr_iommu_bringup,
    .shared_bytes = sizeof(struct vwr_iommu_shared),
    .data_bytes = 1,
    .model_bytes = 1,
    .calls = 80,
    .events = VWR_IOMMU_EVENTS,
    .open = iommu_open,
    .act = iommu_act,
    .refuses = iommu_refuses,
    .refusals = 4,
    .call = iommu_call,
    .take = iommu_take,
    .is_idle = iommu_is_idle,
    .explain = iommu_explain,
};
