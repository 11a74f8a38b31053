/* SPDX-License-Identifier: MIT */
#include "iommu_common.h"

/*
 * IOMMU device: opening, recovery and closing, endpoints and faults. A recovery puts all domains back, one
 * message at a time: the first endpoint of a domain, which creates it, its mappings, and its other endpoints.
 * Section: IOMMU device.
 */

/* ---- a recovery ---- */

#define IOMMU_RESTORE_STEP 16u /* messages of one step, each with at most 3 accesses */

static int iommu_resend_attach(struct vwr_iommu *c, const struct vwr_iommu_domain *m, unsigned endpoint)
{
    const struct vwr_iommu_attach_msg message = {.domain = m->id, .endpoint = m->endpoint[endpoint]};

    return vwr_iommu_client_attach_submit(&c->client, &c->again, &message);
}

static int iommu_resend_map(struct vwr_iommu *c, const struct vwr_iommu_domain *m, unsigned mapping)
{
    struct vwr_iommu_map_msg message;

    if (m->mapping[mapping].stale)
        return VWR_OK;
    vwr_iommu_map_message_(m, &m->mapping[mapping], &message);
    return vwr_iommu_client_map_submit(&c->client, &c->again, &message);
}

static int iommu_resend(struct vwr_bringup *v, unsigned n)
{
    struct vwr_iommu *const c = (void *)v;
    const struct vwr_iommu_domain *m = c->domains;

    if (c->budget == 0)
        return VWR_EBUSY;
    c->budget--;
    while (m != NULL && n >= m->endpoint_count + m->mapping_count) {
        n -= m->endpoint_count + m->mapping_count;
        m = m->next;
    }
    if (m == NULL)
        return VWR_OK;
    if (n == 0)
        return iommu_resend_attach(c, m, 0);
    return n <= m->mapping_count ? iommu_resend_map(c, m, n - 1)
                                 : iommu_resend_attach(c, m, n - m->mapping_count);
}

/* Continues a recovery without waiting. VWR_EBUSY: it is not complete. */
static int iommu_restore(struct vwr_bringup *v)
{
    struct vwr_iommu *const c = (void *)v;
    int r;

    c->budget = IOMMU_RESTORE_STEP;
    r = vwr_client_restore_next(v, &c->restore);
    return r == 1 ? VWR_EBUSY : r;
}

int vwr_iommu_begin_(const struct vwr_iommu_domain *m)
{
    if (m->iommu == NULL)
        return VWR_EFAILED;
    m->iommu->budget = (uint32_t)-1;
    return vwr_client_restore_all(&m->iommu->client.bringup, &m->iommu->restore);
}

int vwr_iommu_end_(const struct vwr_iommu *c, int r)
{
    const uint32_t status = vwr_iommu_client_requestq_status(&c->client);

    if (r != VWR_EIO)
        return r;
    if (status == VWR_IOMMU_S_UNSUPP)
        return VWR_EUNSUPP;
    return status == VWR_IOMMU_S_NOENT ? VWR_ENODEV : r;
}

/* ---- properties of an endpoint ---- */

static int iommu_reserve(struct vwr_iommu_domain *m, const struct vwr_iommu_range *new)
{
    const unsigned i = vwr_iommu_position_(m, new->start);

    if (new->start > new->end)
        return VWR_EPROTO;
    if (i < m->mapping_count && m->mapping[i].virt <= new->end)
        return VWR_EBUSY;
    for (unsigned k = 0; k < m->reserved_count; k++)
        if (m->reserved[k].start == new->start && m->reserved[k].end == new->end)
            return VWR_OK; /* of another endpoint, too */
    if (m->reserved_count == VWR_IOMMU_RESERVED)
        return VWR_EFULL;
    vwr_copy(&m->reserved[m->reserved_count++], new, sizeof(*new));
    return VWR_OK;
}

/* Reads the properties in p[0 .. n), each byte once; unknown ones are skipped. */
static int iommu_parse(struct vwr_iommu_domain *m, const uint8_t *p, uint32_t n)
{
    const bool legacy = vwr_dev_is_legacy(m->iommu->client.bringup.dev);
    struct vwr_iommu_probe_resv_mem value;
    struct vwr_iommu_range range;
    uint32_t length, type;
    int r = VWR_OK;

    for (; r == VWR_OK && n >= sizeof(value.head); p += length, n -= length) {
        vwr_copy(&value.head, p, sizeof(value.head));
        type = vwr_guest16(legacy, value.head.type);
        length = (uint32_t)sizeof(value.head) + vwr_guest16(legacy, value.head.length);
        if (type == 0)
            return VWR_OK;
        if (length > n || (type == VWR_IOMMU_PROBE_T_RESV_MEM && length < sizeof(value)))
            return VWR_EPROTO;
        if (type != VWR_IOMMU_PROBE_T_RESV_MEM)
            continue;
        vwr_copy((uint8_t *)&value + sizeof(value.head), p + sizeof(value.head),
                 sizeof(value) - sizeof(value.head));
        range.start = vwr_guest64(legacy, value.start);
        range.end = vwr_guest64(legacy, value.end);
        range.subtype = value.subtype;
        r = iommu_reserve(m, &range);
    }
    return r;
}

static int iommu_probe(struct vwr_iommu_domain *m, uint32_t endpoint)
{
    struct vwr_iommu *const c = m->iommu;
    const struct vwr_iommu_probe_msg message = {endpoint};
    int r;

    if (!vwr_iommu_client_has(&c->client, VWR_IOMMU_F_PROBE))
        return VWR_OK;
    r = vwr_iommu_client_probe(&c->client, &message, c->options.shared->properties);
    return r == VWR_OK ? iommu_parse(m, c->options.shared->properties, c->client.info.probe_size)
                       : vwr_iommu_end_(c, r);
}

/* ---- endpoints ---- */

void vwr_iommu_domain_init(struct vwr_iommu_domain *m, struct vwr_iommu *c, struct vwr_iommu_mapping *mapping,
                           unsigned mapping_max)
{
    vwr_zero(m, sizeof(*m));
    m->iommu = c;
    m->mapping = mapping;
    m->mapping_max = mapping_max;
}

/* The number of an endpoint in a domain; endpoint_count: it is not there. */
static unsigned iommu_find_endpoint(const struct vwr_iommu_domain *m, uint32_t endpoint)
{
    unsigned i = 0;

    while (i < m->endpoint_count && m->endpoint[i] != endpoint)
        i++;
    return i;
}

/* Chooses the lowest number that is not in use. */
static int iommu_choose_id(const struct vwr_iommu *c, uint32_t *id)
{
    const struct vwr_iommu_domain *m = c->domains;

    *id = c->client.info.domain_range_start;
    while (m != NULL)
        if (m->id != *id) {
            m = m->next;
        } else if (*id == c->client.info.domain_range_end) {
            return VWR_ERANGE;
        } else {
            ++*id;
            m = c->domains;
        }
    return VWR_OK;
}

static int iommu_prepare(struct vwr_iommu_domain *m, uint32_t endpoint)
{
    int r = vwr_iommu_begin_(m);

    if (r != VWR_OK)
        return r;
    for (const struct vwr_iommu_domain *d = m->iommu->domains; d != NULL; d = d->next)
        if (iommu_find_endpoint(d, endpoint) < d->endpoint_count)
            return VWR_EBUSY;
    if (m->endpoint_count == VWR_IOMMU_ENDPOINTS)
        return VWR_EFULL;
    if (m->endpoint_count == 0) {
        m->reserved_count = 0;
        r = iommu_choose_id(m->iommu, &m->id);
    }
    return r == VWR_OK ? iommu_probe(m, endpoint) : r;
}

int vwr_iommu_attach(struct vwr_iommu_domain *m, uint32_t endpoint)
{
    struct vwr_iommu_attach_msg message = {.endpoint = endpoint};
    int r = iommu_prepare(m, endpoint);

    if (r != VWR_OK)
        return r;
    message.domain = m->id;
    r = vwr_iommu_client_attach(&m->iommu->client, &message);
    if (r != VWR_OK)
        return vwr_iommu_end_(m->iommu, r);
    if (m->endpoint_count == 0) {
        m->next = m->iommu->domains;
        m->iommu->domains = m;
    }
    m->endpoint[m->endpoint_count++] = endpoint;
    return VWR_OK;
}

/* A domain without endpoints does not exist. */
static void iommu_unlink(struct vwr_iommu_domain *m)
{
    struct vwr_iommu_domain **d = &m->iommu->domains;

    while (*d != m)
        d = &(*d)->next;
    *d = m->next;
    m->mapping_count = 0;
    m->reserved_count = 0;
}

static bool iommu_is_used(const struct vwr_iommu_domain *m)
{
    bool used = false;

    for (unsigned i = 0; i < m->mapping_count; i++)
        used = used || m->mapping[i].users != 0;
    return used;
}

int vwr_iommu_detach(struct vwr_iommu_domain *m, uint32_t endpoint)
{
    const unsigned at = iommu_find_endpoint(m, endpoint);
    struct vwr_iommu_detach_msg message = {m->id, endpoint};
    int r = VWR_OK;

    if (m->iommu == NULL)
        return VWR_EFAILED;
    if (at == m->endpoint_count)
        return VWR_EINVAL;
    if (m->endpoint_count == 1 && iommu_is_used(m))
        return VWR_EBUSY;
    if (!m->iommu->forgotten) {
        r = vwr_iommu_begin_(m);
        if (r == VWR_OK)
            r = vwr_iommu_end_(m->iommu, vwr_iommu_client_detach(&m->iommu->client, &message));
    }
    if (r != VWR_OK)
        return r;
    m->endpoint_count--;
    for (unsigned i = at; i < m->endpoint_count; i++)
        vwr_copy(&m->endpoint[i], &m->endpoint[i + 1], sizeof(m->endpoint[i]));
    if (m->endpoint_count == 0)
        iommu_unlink(m);
    return VWR_OK;
}

/* ---- faults ---- */

/* Keeps a report, unless it is unknown. */
static void iommu_keep(struct vwr_iommu *c, const struct vwr_slice *slice)
{
    const struct vwr_dev *const d = c->client.bringup.dev;
    const uint8_t *const bytes = slice->p;
    struct vwr_iommu_client_eventq_event e;
    bool known =
        vwr_iommu_client_eventq_parse(slice->p, slice->bytes, vwr_dev_is_legacy(d), &d->config.features, &e);

    for (unsigned i = 0; known && i < sizeof(((struct vwr_iommu_fault *)0)->reserved); i++)
        known = bytes[__builtin_offsetof(struct vwr_iommu_fault, reserved) + i] == 0;
    if (!known) {
        vwr_count_add(&c->client.ignored, 1);
        return;
    }
    if (e.m.fault.reason > VWR_IOMMU_FAULT_R_MAPPING)
        e.m.fault.reason = VWR_IOMMU_FAULT_R_UNKNOWN;
    e.m.fault.flags &= VWR_IOMMU_FAULT_F_READ | VWR_IOMMU_FAULT_F_WRITE | VWR_IOMMU_FAULT_F_ADDRESS;
    vwr_copy(&c->kept[c->kept_count++], &e.m.fault, sizeof(e.m.fault));
    vwr_count_add(&c->faults, 1);
}

/* Takes all reports and returns their buffers at once, because the device drops what it has no buffer for. */
static int iommu_collect(struct vwr_iommu *c)
{
    struct vwr_receiveq *const q = &c->client.eventq;
    struct vwr_slice slice[VWR_IOMMU_EVENTS];
    const int n = vwr_receive_reap(q, slice, VWR_IOMMU_EVENTS);

    c->kept_first = 0;
    c->kept_count = 0;
    if (n <= 0)
        return n;
    vwr_count_add(&c->overruns, vwr_queue_in_flight(&q->queue) == 0);
    for (int i = 0; i < n; i++) {
        iommu_keep(c, &slice[i]);
        (void)vwr_receive_submit(q, slice[i].buffer);
    }
    (void)vwr_receive_kick(q);
    return VWR_OK;
}

int vwr_iommu_poll(struct vwr_iommu *c, struct vwr_iommu_fault_msg *fault)
{
    int r = iommu_restore(&c->client.bringup);

    if (r < 0 && r != VWR_EBUSY)
        return r;
    r = c->kept_first == c->kept_count ? iommu_collect(c) : VWR_OK;
    if (r < 0 || c->kept_first == c->kept_count)
        return r;
    vwr_copy(fault, &c->kept[c->kept_first++], sizeof(*fault));
    return 1;
}

bool vwr_iommu_arm(struct vwr_iommu *c)
{
    return c->client.bringup.dev != NULL && c->kept_first == c->kept_count &&
           vwr_receive_arm(&c->client.eventq, 1);
}

/* ---- opening, recovery and closing ---- */

static const struct vwr_request_class iommu_class = {
    VWR_CLIENT_CLASS(VWR_IOMMU_CLIENT_REQUESTQ_SLOT),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

/*
 * A device whose bypass is in its configuration keeps it during resets. Without the feature, the driver can
 * neither see nor change it.
 */
static int iommu_set_bypass(struct vwr_iommu *c)
{
    struct vwr_dev *const d = c->client.bringup.dev;
    const bool offered = (d->offered.w[0] & VWR_FEATURE_BIT(VWR_IOMMU_F_BYPASS_CONFIG, 0)) != 0;
    const uint8_t bypass = c->options.bypass;
    uint8_t got;

    if (vwr_iommu_config_set_bypass(&d->config, bypass) != VWR_OK)
        return offered || (c->options.bypass && !vwr_dev_has(d, VWR_IOMMU_F_BYPASS))
                   ? vwr_dev_give_up(d, VWR_FAULT_FEATURE, 0, VWR_FEATURE_BIT(VWR_IOMMU_F_BYPASS_CONFIG, 0))
                   : VWR_OK;
    got = vwr_iommu_config_get_bypass(&d->config);
    c->client.info.bypass = bypass;
    return (got & 1u) == bypass ? VWR_OK
                                : vwr_dev_give_up(d, VWR_FAULT_CONFIG_VALUE, VWR_IOMMU_CONFIG_BYPASS, got);
}

static int iommu_configure(struct vwr_bringup *v)
{
    struct vwr_iommu *const c = (void *)v;
    const struct vwr_iommu_config_info *const info = &c->client.info;
    const uint64_t page = info->page_size_mask & (~info->page_size_mask + 1);

    /* mappings of a recovery have the page size of the first start */
    if (page == 0 || (c->granule != 0 && page > c->granule))
        return vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, VWR_IOMMU_CONFIG_PAGE_SIZE_MASK,
                               (uint32_t)info->page_size_mask);
    if (info->input_range_start > info->input_range_end)
        return vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, VWR_IOMMU_CONFIG_INPUT_RANGE,
                               (uint32_t)info->input_range_start);
    if (info->domain_range_start > info->domain_range_end)
        return vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, VWR_IOMMU_CONFIG_DOMAIN_RANGE,
                               info->domain_range_start);
    if (!vwr_array_fits(&v->dev->shortage, VWR_WORDS("VWR_IOMMU_PROBE_BYTES"), c->options.shared->properties,
                        VWR_IOMMU_PROBE_BYTES, info->probe_size))
        return vwr_dev_note_shortage(v->dev);
    if (c->granule == 0)
        c->granule = page > 1 ? page : 2; /* a mapping of one byte is invalid */
    return iommu_set_bypass(c);
}

static int iommu_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_iommu *const c = (void *)v;
    struct vwr_iommu_shared *const s = c->options.shared;
    const struct vwr_queue_memory requests = {s->requests, sizeof(s->requests), c->request_own,
                                              sizeof(c->request_own), VWR_IOMMU_QUEUE};
    const struct vwr_queue_memory events = {s->event_ring, sizeof(s->event_ring), c->event_own,
                                            sizeof(c->event_own), VWR_IOMMU_EVENTS};
    const struct vwr_receive_memory buffers = {s->event, sizeof(s->event), c->event_buffer, VWR_IOMMU_EVENTS};
    int r;

    if (n != 0)
        return vwr_receive_setup(&c->client.eventq, v, VWR_IOMMU_QUEUE_EVENTQ, &events, &buffers,
                                 sizeof(struct vwr_iommu_fault));
    r = vwr_client_setup(&c->client.requestq, v, VWR_IOMMU_QUEUE_REQUESTQ, &iommu_class, &requests,
                         &c->options.request);
    return r == VWR_OK ? 1 : r;
}

/* Prepares what a recovery has to put back, and begins. */
static void iommu_runs(struct vwr_iommu *c)
{
    c->forgotten = false;
    c->budget = IOMMU_RESTORE_STEP;
    c->restore.count = 0;
    for (struct vwr_iommu_domain *m = c->domains; m != NULL; m = m->next) {
        vwr_iommu_purge_(m);
        c->restore.count += m->endpoint_count + m->mapping_count;
    }
}

static void iommu_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    struct vwr_iommu *const c = (void *)v;

    vwr_receive_all(v, event);
    if (event == VWR_BRINGUP_RELEASED)
        c->forgotten = true;
    if (event == VWR_BRINGUP_RUNS)
        iommu_runs(c);
    for (struct vwr_iommu_domain *m = c->domains; event == VWR_BRINGUP_CLOSED && m != NULL; m = m->next) {
        m->iommu = NULL;
        m->mapping_count = 0;
        m->endpoint_count = 0;
    }
    if (event == VWR_BRINGUP_CLOSED)
        c->domains = NULL;
    vwr_client_restore_event(v, &c->restore, event);
}

static const struct vwr_features iommu_want = {
    {VWR_IOMMU_FEATURES_W0, VWR_IOMMU_FEATURES_W1, VWR_IOMMU_FEATURES_W2, VWR_IOMMU_FEATURES_W3}};
static const struct vwr_features iommu_need = {{VWR_FEATURE_BIT(VWR_IOMMU_F_MAP_UNMAP, 0), 0, 0, 0}};

const struct vwr_bringup_class vwr_iommu_bringup = {
    VWR_BRINGUP_CLASS(VWR_IOMMU_ID, vwr_iommu, client.info),
    .want = &iommu_want,
    .read = vwr_iommu_config_read,
    .configure = iommu_configure,
    .set_up = iommu_set_up,
    .event = iommu_event,
    .restore = iommu_restore,
    .needs = vwr_iommu_config_needs,
};

int vwr_iommu_open(struct vwr_iommu *c, struct vwr_dev *d, const struct vwr_iommu_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_iommu_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->options.request.requests = VWR_IOMMU_REQUESTS;
    c->options.request.segments = VWR_IOMMU_SEGMENTS;
    c->options.request.replay = false; /* domains are restored instead */
    vwr_features_add_if(&c->options.avoid, VWR_IOMMU_F_BYPASS, !options->bypass);
    c->client.bringup.avoid = &c->options.avoid;
    c->client.bringup.need = &iommu_need;
    c->restore.q = &c->client.requestq;
    c->restore.call = &c->again.call;
    c->restore.resend = iommu_resend;
    return vwr_bringup_open(&c->bringup);
}
