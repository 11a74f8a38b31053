/* SPDX-License-Identifier: MIT */
#include "../core/vdev/vdev_common.h"
#include "../core/vqueue/vqueue_common.h"
#include "viommu_common.h"
#include "vwr/bytes.h"

/* An IOMMU for other devices of the VM: init, reset, requests. Section: IOMMU device. */

/* The smallest page, if the VMM chooses no sizes; each larger one is a size, too. */
#define VIOMMU_PAGE ((uint64_t)4096)
#define VIOMMU_PROBE_MIN 64u /* bytes of properties if an endpoint has none */

static struct vwr_viommu *viommu_of(struct vwr_iommu_vservice *s)
{
    return (struct vwr_viommu *)(void *)s;
}

static bool viommu_is_in(uint64_t first, uint64_t last, uint64_t least, uint64_t most)
{
    return first >= least && last <= most && first <= last;
}

/* ---- devices behind the IOMMU ---- */

static bool viommu_holds(const struct vwr_viommu_endpoint *e, uint64_t first, uint64_t last)
{
    return e->reach.device != NULL && vwr_vqueue_is_pinned_(&e->reach, first, last);
}

/* The addresses of the endpoint have become others. It holds no buffer, or is stopped. */
static void viommu_moved(const struct vwr_viommu_endpoint *e)
{
    if (e->reach.device != NULL)
        vwr_vdev_check_rings_(e->reach.device);
}

/* The endpoint is about to lose its addresses, and with them the buffers that it holds. */
static void viommu_take_away(const struct vwr_viommu_endpoint *e)
{
    if (viommu_holds(e, 0, ~(uint64_t)0))
        vwr_vdev_abandon_(e->reach.device);
}

static void viommu_set_waits(struct vwr_viommu *v, bool waits)
{
    v->job.waits = waits;
    for (uint32_t i = 0; i < v->endpoints; i++)
        v->endpoint[i].reach.waits = waits;
}

/*
 * Whether the job has to wait, because the endpoint holds a buffer in the range. Once the job is late, the
 * device is stopped; what is still pinned then belongs to hardware.
 */
static bool viommu_has_to_wait(struct vwr_viommu *v, struct vwr_viommu_endpoint *e, uint64_t first,
                               uint64_t last)
{
    if (!viommu_holds(e, first, last))
        return false;
    if (v->job.late && !e->reach.device->unsafe) {
        vwr_count_add(&v->stats.expired, 1);
        vwr_vdev_abandon_(e->reach.device);
    }
    return viommu_holds(e, first, last);
}

/* Starts to wait. Returns the job's result. */
static int viommu_wait(struct vwr_viommu *v)
{
    if (v->job.late)
        return VWR_IOMMU_S_DEVERR;
    viommu_set_waits(v, true);
    return VWR_LATER;
}

/* ---- requests ---- */

static int viommu_execute(struct vwr_viommu *v);

static int viommu_more(struct vwr_vmessage *x)
{
    return viommu_execute((struct vwr_viommu *)(void *)x->service);
}

/* Removes the mappings in a range, as far as the budget lasts. */
static int viommu_drop_range(struct vwr_viommu *v, struct vwr_viommu_domain *d, uint64_t first, uint64_t last)
{
    struct vwr_viommu_mapping *m;

    while ((m = vwr_viommu_from_(d, first)) != NULL && m->first <= last) {
        if (vwr_viommu_dev(v)->work == 0)
            return vwr_vmessage_defer(&v->message, viommu_more);
        vwr_viommu_drop_(v, d, m);
        vwr_vdev_charge(vwr_viommu_dev(v), 0, 4u);
    }
    return VWR_OK;
}

/* Detaches an endpoint that has a domain. */
static int viommu_detach_from(struct vwr_viommu *v, struct vwr_viommu_endpoint *e)
{
    int r = VWR_OK;

    if (viommu_has_to_wait(v, e, 0, ~(uint64_t)0))
        return viommu_wait(v);
    if (e->domain != NULL && e->domain->endpoints == 1u)
        r = viommu_drop_range(v, e->domain, 0, ~(uint64_t)0);
    if (r == VWR_OK)
        vwr_viommu_leave_(v, e);
    return r;
}

/* Whether a mapping of the domain overlaps a range that the endpoint has reserved. */
static bool viommu_conflicts(const struct vwr_viommu_domain *d, const struct vwr_viommu_endpoint *e)
{
    for (uint32_t i = 0; i < e->reserved_count; i++) {
        const struct vwr_viommu_mapping *const m = vwr_viommu_from_(d, e->reserved[i].first);

        if (m != NULL && m->first <= e->reserved[i].last)
            return true;
    }
    return false;
}

static int viommu_check_attach(const struct vwr_viommu *v, const struct vwr_viommu_endpoint *e,
                               const struct vwr_viommu_domain *d)
{
    const struct vwr_viommu_job *const j = &v->job;
    const struct vwr_iommu_config *const c = &v->service.config;
    const bool legacy = v->service.service.dev.legacy;
    const bool bypass = (j->flags & VWR_IOMMU_ATTACH_F_BYPASS) != 0;

    if (e == NULL)
        return VWR_IOMMU_S_NOENT;
    if ((j->flags & ~(uint32_t)VWR_IOMMU_ATTACH_F_BYPASS) != 0 ||
        (bypass && !vwr_vdev_has(&v->service.service.dev, VWR_IOMMU_F_BYPASS_CONFIG)))
        return VWR_IOMMU_S_INVAL;
    if (!viommu_is_in(j->domain, j->domain, vwr_guest32(legacy, c->domain_range.start),
                      vwr_guest32(legacy, c->domain_range.end)))
        return VWR_IOMMU_S_RANGE;
    if (d != NULL && d->bypass != bypass)
        return VWR_IOMMU_S_INVAL;
    return d != NULL && viommu_conflicts(d, e) ? VWR_IOMMU_S_UNSUPP : VWR_IOMMU_S_OK;
}

/* An endpoint that has another domain leaves it first. */
static int viommu_attach(struct vwr_viommu *v)
{
    struct vwr_viommu_endpoint *const e = vwr_viommu_find_endpoint_(v, v->job.endpoint);
    struct vwr_viommu_domain *d = vwr_viommu_find_domain_(v, v->job.domain);
    const bool bypass = (v->job.flags & VWR_IOMMU_ATTACH_F_BYPASS) != 0;
    int r = viommu_check_attach(v, e, d);

    if (r != VWR_OK || (d != NULL && e->domain == d))
        return r;
    if (d == NULL && (e->domain == NULL || e->domain->endpoints > 1u) &&
        vwr_viommu_add_domain_(v, v->job.domain, bypass) == NULL)
        return VWR_IOMMU_S_NOMEM;
    r = viommu_detach_from(v, e);
    if (r != VWR_OK)
        return r;
    if (d == NULL)
        d = vwr_viommu_add_domain_(v, v->job.domain, bypass);
    d->endpoints++;
    e->domain = d;
    viommu_moved(e);
    return VWR_OK;
}

static int viommu_detach(struct vwr_viommu *v)
{
    struct vwr_viommu_endpoint *const e = vwr_viommu_find_endpoint_(v, v->job.endpoint);
    int r;

    if (e == NULL)
        return VWR_IOMMU_S_NOENT;
    if (e->domain == NULL || e->domain->id != v->job.domain)
        return VWR_IOMMU_S_INVAL;
    r = viommu_detach_from(v, e);
    if (r == VWR_OK)
        viommu_moved(e);
    return r;
}

/* Whether an endpoint of the domain has reserved a part of the range. */
static bool viommu_is_reserved(const struct vwr_viommu *v, const struct vwr_viommu_domain *d, uint64_t first,
                               uint64_t last)
{
    for (uint32_t i = 0; i < v->endpoints; i++) {
        const struct vwr_viommu_endpoint *const e = &v->endpoint[i];

        for (uint32_t n = 0; e->domain == d && n < e->reserved_count; n++)
            if (first <= e->reserved[n].last && e->reserved[n].first <= last)
                return true;
    }
    return false;
}

unsigned vwr_viommu_check_map_(const struct vwr_viommu *v, const struct vwr_viommu_domain *d,
                               const struct vwr_viommu_mapping *m)
{
    const struct vwr_iommu_config *const c = &v->service.config;
    const bool legacy = v->service.service.dev.legacy;
    const uint32_t access = (uint32_t)VWR_IOMMU_MAP_F_READ | (uint32_t)VWR_IOMMU_MAP_F_WRITE;

    if (d == NULL)
        return VWR_IOMMU_S_NOENT;
    if (d->bypass || (m->access & ~access) != 0 || m->first > m->last)
        return VWR_IOMMU_S_INVAL;
    if (((m->first | (m->last + 1u) | m->phys) & (v->granule - 1u)) != 0 ||
        m->phys + (m->last - m->first) < m->phys ||
        !viommu_is_in(m->first, m->last, vwr_guest64(legacy, c->input_range.start),
                      vwr_guest64(legacy, c->input_range.end)))
        return VWR_IOMMU_S_RANGE;
    return viommu_is_reserved(v, d, m->first, m->last) ? VWR_IOMMU_S_INVAL : VWR_IOMMU_S_OK;
}

static int viommu_map(struct vwr_iommu_vservice *s, struct vwr_vmessage *x,
                      const struct vwr_iommu_map_msg *msg)
{
    struct vwr_viommu *const v = viommu_of(s);
    struct vwr_viommu_domain *const d = vwr_viommu_find_domain_(v, msg->domain);
    struct vwr_viommu_mapping m;
    unsigned status;

    (void)x;
    vwr_zero(&m, sizeof(m));
    m.first = msg->virt_start;
    m.last = msg->virt_end;
    m.phys = msg->phys_start;
    m.access = msg->flags;
    status = vwr_viommu_check_map_(v, d, &m);
    if (status == VWR_IOMMU_S_OK)
        status = vwr_viommu_add_(v, d, &m);
    return (int)status;
}

/* Whether each mapping that the range meets is in it. The check is charged: there may be many. */
static bool viommu_is_whole(struct vwr_viommu *v, const struct vwr_viommu_domain *d, uint64_t first,
                            uint64_t last)
{
    struct vwr_viommu_mapping *m = vwr_viommu_from_(d, first);

    for (; m != NULL && m->first <= last; m = vwr_viommu_next_(m)) {
        if (m->first < first || m->last > last)
            return false;
        vwr_vdev_charge(vwr_viommu_dev(v), 0, 1);
    }
    return true;
}

static int viommu_unmap(struct vwr_viommu *v)
{
    const uint64_t first = v->job.first, last = v->job.last;
    struct vwr_viommu_domain *const d = vwr_viommu_find_domain_(v, v->job.domain);
    int r;

    if (d == NULL)
        return VWR_IOMMU_S_NOENT;
    if (d->bypass || first > last)
        return VWR_IOMMU_S_INVAL;
    if (!v->job.whole && !viommu_is_whole(v, d, first, last))
        return VWR_IOMMU_S_RANGE;
    v->job.whole = true; /* a check may take a whole budget, and nothing is mapped meanwhile */
    for (uint32_t i = 0; i < v->endpoints; i++)
        if (v->endpoint[i].domain == d && viommu_has_to_wait(v, &v->endpoint[i], first, last))
            return viommu_wait(v);
    r = viommu_drop_range(v, d, first, last);
    for (uint32_t i = 0; i < v->endpoints; i++)
        if (v->endpoint[i].domain == d)
            viommu_moved(&v->endpoint[i]);
    return r;
}

/* Executes the job, or continues it. */
static int viommu_execute(struct vwr_viommu *v)
{
    int r;

    viommu_set_waits(v, false);
    if (v->job.type == VWR_IOMMU_T_UNMAP)
        r = viommu_unmap(v);
    else if (v->job.type == VWR_IOMMU_T_ATTACH)
        r = viommu_attach(v);
    else
        r = viommu_detach(v);
    return r;
}

void vwr_viommu_stop_waiting_(struct vwr_viommu *v)
{
    viommu_set_waits(v, false);
}

static int viommu_start(struct vwr_viommu *v, const struct vwr_viommu_job *j)
{
    int r;

    vwr_copy(&v->job, j, sizeof(*j));
    r = viommu_execute(v);
    if (v->job.waits)
        vwr_count_add(&v->stats.waited, 1);
    return r;
}

static int viommu_call_attach(struct vwr_iommu_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_iommu_attach_msg *m)
{
    struct vwr_viommu_job j;
    uint8_t any = 0;

    (void)x;
    vwr_zero(&j, sizeof(j));
    j.type = VWR_IOMMU_T_ATTACH;
    j.domain = m->domain;
    j.endpoint = m->endpoint;
    j.flags = m->flags;
    for (unsigned i = 0; i < sizeof(s->fixed.attach.req_attach.reserved); i++)
        any |= s->fixed.attach.req_attach.reserved[i];
    return any != 0 ? VWR_IOMMU_S_INVAL : viommu_start(viommu_of(s), &j);
}

static int viommu_call_detach(struct vwr_iommu_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_iommu_detach_msg *m)
{
    struct vwr_viommu_job j;

    (void)x;
    vwr_zero(&j, sizeof(j));
    j.type = VWR_IOMMU_T_DETACH;
    j.domain = m->domain;
    j.endpoint = m->endpoint;
    return viommu_start(viommu_of(s), &j);
}

static int viommu_call_unmap(struct vwr_iommu_vservice *s, struct vwr_vmessage *x,
                             const struct vwr_iommu_unmap_msg *m)
{
    struct vwr_viommu_job j;

    (void)x;
    vwr_zero(&j, sizeof(j));
    j.type = VWR_IOMMU_T_UNMAP;
    j.domain = m->domain;
    j.first = m->virt_start;
    j.last = m->virt_end;
    return viommu_start(viommu_of(s), &j);
}

/* The rest of the properties is zeroes, which ends the list. */
static int viommu_probe(struct vwr_iommu_vservice *s, struct vwr_vmessage *x,
                        const struct vwr_iommu_probe_msg *m)
{
    const struct vwr_viommu_endpoint *const e = vwr_viommu_find_endpoint_(viommu_of(s), m->endpoint);
    const bool legacy = vwr_viommu_dev(viommu_of(s))->legacy;

    for (uint32_t i = 0; e != NULL && i < e->reserved_count; i++) {
        struct vwr_iommu_probe_resv_mem p;

        vwr_zero(&p, sizeof(p));
        p.head.type = vwr_guest16(legacy, VWR_IOMMU_PROBE_T_RESV_MEM);
        p.head.length = vwr_guest16(legacy, sizeof(p) - sizeof(p.head));
        p.subtype = e->reserved[i].subtype;
        p.start = vwr_guest64(legacy, e->reserved[i].first);
        p.end = vwr_guest64(legacy, e->reserved[i].last);
        (void)vwr_vmessage_write(x, &p, sizeof(p));
    }
    return e != NULL ? VWR_IOMMU_S_OK : VWR_IOMMU_S_NOENT;
}

/* ---- waiting ---- */

/* Continues a job that waits, as if the lock had just been taken, and serves the requests behind it. */
static void viommu_continue(struct vwr_viommu *v)
{
    struct vwr_vdev *const dev = vwr_viommu_dev(v);
    int r;

    dev->work = dev->budget_bytes;
    r = viommu_execute(v);
    if (r == VWR_LATER)
        return;
    vwr_vmessage_finish(&v->message, r, NULL);
    vwr_vdev_serve_locked(dev, VWR_IOMMU_QUEUE_REQUESTQ);
}

/* Called for a device behind the IOMMU, so that nobody releases the lock of the IOMMU itself afterwards. */
static void viommu_settle(struct vwr_memory_iommu *i)
{
    struct vwr_viommu *const v = ((struct vwr_viommu_endpoint *)(void *)i)->iommu;

    if (v->job.waits)
        viommu_continue(v);
    if (vwr_viommu_dev(v)->unfinished)
        vwr_vdev_run_deferred(vwr_viommu_dev(v));
}

void vwr_viommu_expire(struct vwr_viommu *v)
{
    vwr_vdev_lock(vwr_viommu_dev(v));
    if (v->job.waits && v->job.expires) {
        v->job.late = true;
        viommu_continue(v);
    } else {
        v->job.expires = v->job.waits;
    }
    vwr_vdev_unlock(vwr_viommu_dev(v));
}

/* ---- configuration, reset and init ---- */

static void viommu_config_written(struct vwr_iommu_vservice *s, uint32_t offset, uint32_t bytes)
{
    struct vwr_viommu *const v = viommu_of(s);

    (void)offset;
    (void)bytes;
    s->config.bypass &= 1u;
    for (uint32_t i = 0; i < v->endpoints; i++) {
        if (v->endpoint[i].domain != NULL)
            continue;
        if (s->config.bypass == 0)
            viommu_take_away(&v->endpoint[i]);
        viommu_moved(&v->endpoint[i]);
    }
}

void vwr_viommu_set_bypass(struct vwr_viommu *v, bool bypass)
{
    vwr_vdev_lock(vwr_viommu_dev(v));
    v->service.config.bypass = bypass;
    viommu_config_written(&v->service, 0, 0);
    vwr_vdev_unlock(vwr_viommu_dev(v));
}

static void viommu_posted(struct vwr_iommu_vservice *s, uint16_t queue)
{
    (void)queue;
    vwr_viommu_send_(viommu_of(s));
}

static void viommu_queue_reset(struct vwr_iommu_vservice *s, uint16_t queue)
{
    if (queue == VWR_IOMMU_QUEUE_REQUESTQ)
        viommu_set_waits(viommu_of(s), false);
}

static void viommu_reset(struct vwr_iommu_vservice *s)
{
    struct vwr_viommu *const v = viommu_of(s);

    viommu_set_waits(v, false);
    v->fault_first = 0;
    v->faults = 0;
    /* An endpoint without a domain accesses what it did before, because the bypass does not change. */
    for (uint32_t i = 0; i < v->endpoints; i++)
        if (v->endpoint[i].domain != NULL)
            viommu_take_away(&v->endpoint[i]);
    vwr_viommu_clear_(v);
    for (uint32_t i = 0; i < v->endpoints; i++)
        viommu_moved(&v->endpoint[i]);
}

void vwr_viommu_remove(struct vwr_viommu_endpoint *e)
{
    vwr_vdev_lock(vwr_viommu_dev(e->iommu));
    e->reach.device = NULL;
    e->reach.live = 0;
    e->reach.used = 0;
    if (e->iommu->job.waits)
        viommu_continue(e->iommu);
    vwr_vdev_unlock(vwr_viommu_dev(e->iommu));
}

static const struct vwr_iommu_vservice_calls viommu_calls = {
    .attach = viommu_call_attach,
    .detach = viommu_call_detach,
    .map = viommu_map,
    .unmap = viommu_call_unmap,
    .probe = viommu_probe,
    .posted = viommu_posted,
    .reset = viommu_reset,
    .queue_reset = viommu_queue_reset,
    .config_written = viommu_config_written,
};

static bool viommu_is_good_endpoint(const struct vwr_viommu_options *o, uint32_t at)
{
    const struct vwr_viommu_endpoint *const e = &o->endpoint[at];

    for (uint32_t i = 0; i < at; i++)
        if (o->endpoint[i].id == e->id)
            return false;
    for (uint32_t i = 0; i < e->reserved_count; i++)
        if (e->reserved[i].first > e->reserved[i].last)
            return false;
    return e->pin_count != 0 && e->pin_count <= (uint16_t)-1;
}

static int viommu_check(struct vwr_viommu *v, const struct vwr_vdev_setup *s,
                        const struct vwr_viommu_options *o)
{
    struct vwr_shortage *const shortage = &vwr_viommu_dev(v)->shortage;

    if (!VWR_WITH_IOMMU)
        return VWR_EUNSUPP;
    if (!VWR_ARRAY_FITS(shortage, o, endpoint, endpoint_count, 1u) ||
        !VWR_ARRAY_FITS(shortage, o, domain, domain_count, 1u) ||
        !VWR_ARRAY_FITS(shortage, o, mapping, mapping_count, 1u) ||
        !VWR_ARRAY_FITS(shortage, o, fault, fault_count, 1u))
        return VWR_ENOMEM;
    for (uint32_t i = 0; i < o->endpoint_count; i++) {
        if (!VWR_ARRAY_FITS(shortage, &o->endpoint[i], pin, pin_count, 1u))
            return VWR_ENOMEM;
        if (!viommu_is_good_endpoint(o, i))
            return VWR_EINVAL;
    }
    if (s->iommu != NULL || (o->last != 0 && o->first > o->last) ||
        (o->last_domain != 0 && o->first_domain > o->last_domain))
        return VWR_EINVAL;
    return VWR_OK;
}

static void viommu_set_config(struct vwr_viommu *v, const struct vwr_viommu_options *o)
{
    struct vwr_iommu_config *const c = &v->service.config;
    struct vwr_iommu_config_info info;
    const uint64_t sizes = o->page_sizes != 0 ? o->page_sizes : ~(VIOMMU_PAGE - 1u);
    uint32_t bytes = VIOMMU_PROBE_MIN;

    for (uint32_t i = 0; i < o->endpoint_count; i++) {
        const uint32_t own =
            o->endpoint[i].reserved_count * (uint32_t)sizeof(struct vwr_iommu_probe_resv_mem);

        bytes = own > bytes ? own : bytes;
    }
    v->granule = sizes & (0u - sizes);
    info.page_size_mask = sizes;
    info.input_range_start = o->first;
    info.input_range_end = o->last != 0 ? o->last : ~(uint64_t)0;
    info.domain_range_start = o->first_domain;
    info.domain_range_end = o->last_domain != 0 ? o->last_domain : ~(uint32_t)0;
    info.probe_size = bytes;
    vwr_iommu_config_write(c, vwr_viommu_dev(v)->legacy, &info);
    c->bypass = o->bypass;
}

/* From now on, the setup of a device may name the endpoint. */
static void viommu_connect(struct vwr_viommu *v, const struct vwr_memory *guest,
                           struct vwr_viommu_endpoint *e)
{
    struct vwr_memory_iommu *const i = &e->reach;

    vwr_zero(i, sizeof(*i));
    i->memory.iommu = i;
    i->guest = guest;
    i->run = vwr_viommu_run_;
    i->fault = vwr_viommu_fault_;
    i->settle = viommu_settle;
    i->pin = e->pin;
    i->pins = (uint16_t)e->pin_count;
    e->iommu = v;
    e->domain = NULL;
}

int vwr_viommu_init_with(struct vwr_viommu *v, const struct vwr_vdev_setup *s,
                         const struct vwr_viommu_options *options)
{
    const struct vwr_service_memory memory = {&v->message, 1, v->seg, VWR_COUNT(v->seg)};
    struct vwr_features features;
    int r;

    vwr_zero(v, sizeof(*v));
    r = viommu_check(v, s, options);
    if (r != VWR_OK)
        return r;
    vwr_features_clear(&features);
    vwr_features_add(&features, VWR_IOMMU_F_INPUT_RANGE);
    vwr_features_add(&features, VWR_IOMMU_F_DOMAIN_RANGE);
    vwr_features_add(&features, VWR_IOMMU_F_MAP_UNMAP);
    vwr_features_add(&features, VWR_IOMMU_F_PROBE);
    vwr_features_add(&features, VWR_IOMMU_F_BYPASS_CONFIG);
    r = vwr_iommu_vservice_init(&v->service, s, &features, &viommu_calls, &memory, NULL);
    if (r != VWR_OK)
        return r;
    v->context = options->context;
    v->endpoint = options->endpoint;
    v->endpoints = options->endpoint_count;
    v->domain = options->domain;
    v->domains = options->domain_count;
    v->mapping = options->mapping;
    v->mapping_count = options->mapping_count;
    v->fault = options->fault;
    v->fault_count = options->fault_count;
    viommu_set_config(v, options);
    for (uint32_t i = 0; i < v->endpoints; i++)
        viommu_connect(v, &s->vm->memory, &v->endpoint[i]);
    vwr_viommu_clear_(v);
    return VWR_OK;
}
