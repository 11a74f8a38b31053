/* SPDX-License-Identifier: MIT */
#include "vwr/pmem.h"
#include "vwr/bytes.h"

/* PMEM device: its region, and flushes as messages of the generated client. Section: PMEM Device. */

/* ---- flushes ---- */

int vwr_pmem_flush(struct vwr_pmem *p)
{
    return vwr_pmem_client_flush(&p->client);
}

int vwr_pmem_submit(struct vwr_pmem *p, struct vwr_pmem_request *flush)
{
    return vwr_pmem_client_flush_submit(&p->client, &flush->whole);
}

/* ---- the region ---- */

static bool pmem_is_whole(const struct vwr_region *r)
{
    return r->bytes != 0 && r->bytes <= ~r->addr;
}

static bool pmem_overlaps(uintptr_t at, uint64_t bytes, const void *own, size_t own_bytes)
{
    const uintptr_t other = (uintptr_t)own;

    return at < other ? other - at < bytes : at - other < own_bytes;
}

/* The driver would write over its own memory, or with an address that wraps, if the port was wrong. */
static bool pmem_map(struct vwr_pmem *p)
{
    const uint64_t bytes = p->region.bytes;
    void *const memory = p->options.map(p->options.context, &p->region);
    const uintptr_t at = (uintptr_t)memory;

    if (memory == NULL || bytes > ~(uintptr_t)0 - at || pmem_overlaps(at, bytes, p, sizeof(*p)) ||
        pmem_overlaps(at, bytes, p->options.shared, sizeof(*p->options.shared)))
        return false;
    p->memory = memory;
    return true;
}

static int pmem_is_wrong(struct vwr_bringup *v, unsigned field, uint64_t value)
{
    return vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, field, (uint32_t)value);
}

/*
 * With SHMEM_REGION, start and size do not exist. After a recovery the region has to be the same, because the
 * caller has mapped it.
 */
static int pmem_configure(struct vwr_bringup *v)
{
    struct vwr_pmem *const p = (void *)v;
    struct vwr_region found = {p->client.info.start, p->client.info.size};

    if (vwr_dev_has(v->dev, VWR_PMEM_F_SHMEM_REGION))
        vwr_copy(&found, &p->options.region, sizeof(found));
    if (!pmem_is_whole(&found))
        return pmem_is_wrong(v, VWR_PMEM_CONFIG_SIZE, found.bytes);
    if (p->region.bytes == 0)
        vwr_copy(&p->region, &found, sizeof(found));
    if (found.bytes != p->region.bytes)
        return pmem_is_wrong(v, VWR_PMEM_CONFIG_SIZE, found.bytes);
    return found.addr == p->region.addr ? VWR_OK : pmem_is_wrong(v, VWR_PMEM_CONFIG_START, found.addr);
}

/* ---- opening, recovery and closing ---- */

static const struct vwr_request_class pmem_class = {
    VWR_CLIENT_CLASS(VWR_PMEM_CLIENT_REQ_VQ_SLOT),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static int pmem_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_pmem *const p = (void *)v;
    struct vwr_pmem_shared *const s = p->options.shared;
    const struct vwr_queue_memory m = {s->queue, sizeof(s->queue), p->own, sizeof(p->own), VWR_PMEM_QUEUE};

    (void)n;
    return vwr_client_setup(&p->client.req_vq, v, VWR_PMEM_QUEUE_REQ_VQ, &pmem_class, &m,
                            &p->options.request);
}

static const struct vwr_features pmem_want = {
    {VWR_PMEM_FEATURES_W0, VWR_PMEM_FEATURES_W1, VWR_PMEM_FEATURES_W2, VWR_PMEM_FEATURES_W3}};

const struct vwr_bringup_class vwr_pmem_bringup = {
    .type = VWR_PMEM_ID,
    .bytes = sizeof(struct vwr_pmem),
    .info_at = __builtin_offsetof(struct vwr_pmem, client.info),
    .info_bytes = sizeof(struct vwr_pmem_config_info),
    .want = &pmem_want,
    .read = vwr_pmem_config_read,
    .configure = pmem_configure,
    .set_up = pmem_set_up,
    .needs = vwr_pmem_config_needs,
};

int vwr_pmem_open(struct vwr_pmem *p, struct vwr_dev *d, const struct vwr_pmem_options *options)
{
    int r = vwr_bringup_begin(&p->bringup, &vwr_pmem_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&p->options, options, sizeof(*options));
    if (options->region.bytes == 0)
        vwr_features_add(&p->options.avoid, VWR_PMEM_F_SHMEM_REGION);
    if ((options->region.bytes != 0 && !pmem_is_whole(&options->region)) ||
        options->request.requests > VWR_PMEM_FLUSHES)
        return VWR_EINVAL;
    p->options.request.segments = 1;
    p->options.request.replay = false; /* the caller flushes again, after it has looked at its writes */
    p->client.bringup.avoid = &p->options.avoid;
    r = vwr_bringup_open(&p->bringup);
    if (r == VWR_OK && p->options.map != NULL && !pmem_map(p)) {
        r = vwr_close(&p->bringup);
        return r == VWR_OK ? VWR_ERANGE : r;
    }
    return r;
}
