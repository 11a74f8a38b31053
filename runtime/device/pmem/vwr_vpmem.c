/* SPDX-License-Identifier: MIT */
#include "vwr/vpmem.h"
#include "vwr/bytes.h"

/*
 * Persistent memory for a guest: a function of the VMM flushes it. The device has its own table of messages,
 * because that of the generated service has no status with which a flush could fail. Section: PMEM Device.
 */

#define VPMEM_FAILED 0xffffffffu /* -1 of a le32; Section: Device Operations */

static struct vwr_vpmem *vpmem_of(struct vwr_vdev *v)
{
    return (struct vwr_vpmem *)(void *)v;
}

/* ---- flushes ---- */

/* No positive result of the VMM is taken for a status of the specification. */
static int vpmem_ends(int result)
{
    return result == VWR_OK ? VWR_OK : VWR_EIO;
}

static int vpmem_flush(struct vwr_service *s, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vpmem *const v = vpmem_of(&s->dev);
    const int r = v->flush(v, vwr_vmessage_ticket(x));

    (void)fixed;
    return r == VWR_LATER ? r : vpmem_ends(r);
}

void vwr_vpmem_done(struct vwr_vpmem *v, uint64_t ticket, int result)
{
    struct vwr_vdev *const dev = vwr_vpmem_dev(v);
    struct vwr_vmessage *x = v->message;

    vwr_vdev_lock(dev);
    for (unsigned i = 0; i < VWR_COUNT(v->message); i++)
        if (v->message[i].ticket == ticket)
            x = &v->message[i];
    if (vwr_vmessage_claim(x, ticket)) /* counts a ticket that no message has */
        vwr_vmessage_finish(x, vpmem_ends(result), NULL);
    vwr_vdev_unlock(dev);
}

static const struct vwr_service_row vpmem_rows[] = {{
    .value = {VWR_PMEM_REQ_TYPE_FLUSH},
    .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
    .also = VWR_FEATURE_NONE,
    .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
    .out = sizeof(struct vwr_pmem_req),
    .first = sizeof(struct vwr_pmem_resp),
    .status_bytes = sizeof(vwr_le32),
    .selects = 1,
    .refuse = VPMEM_FAILED,
    .call = vpmem_flush,
}};

static const struct vwr_service_queue vpmem_messages = {
    .rows = vpmem_rows,
    .count = VWR_COUNT(vpmem_rows),
    .selects = 1,
    .status_bytes = sizeof(vwr_le32),
    .select = {{.bytes = sizeof(vwr_le32), .mask = ~(uint32_t)0}},
    .select_end = sizeof(struct vwr_pmem_req),
    .first = sizeof(struct vwr_pmem_resp),
    .refuse = VPMEM_FAILED,
};

static uint16_t vpmem_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    return vwr_service_serve(&vpmem_of(v)->service, q->index, 0, &vpmem_messages);
}

/* ---- the region ---- */

static bool vpmem_is_whole(uint64_t addr, uint64_t bytes)
{
    return bytes != 0 && bytes <= ~addr;
}

static void vpmem_show(struct vwr_vpmem *v, bool shown)
{
    const struct vwr_pmem_config_info info = {shown ? v->start : 0, shown ? v->size : 0};

    vwr_pmem_config_write(&v->config, vwr_vpmem_dev(v)->legacy, &info);
}

/* With SHMEM_REGION, both fields are 0. Without it, there must be an address. */
static int vpmem_negotiated(struct vwr_vdev *v)
{
    const bool shared = vwr_vdev_has(v, VWR_PMEM_F_SHMEM_REGION);

    vpmem_show(vpmem_of(v), !shared);
    return shared || vpmem_of(v)->size != 0 ? VWR_OK : VWR_EFEATURE;
}

/* ---- init and reset ---- */

static void vpmem_reset(struct vwr_vdev *v)
{
    vwr_service_forget_all(&vpmem_of(v)->service);
    vpmem_show(vpmem_of(v), true);
}

static void vpmem_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    vwr_service_forget(&vpmem_of(v)->service, queue);
}

static void vpmem_suspend(struct vwr_vdev *v)
{
    vwr_service_suspend(&vpmem_of(v)->service);
}

static bool vpmem_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class vpmem_class = {
    .name = "pmem",
    .id = VWR_PMEM_ID,
    .fields = vwr_pmem_config_fields,
    .field_count = VWR_PMEM_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_pmem_feature_names),
    .reset = vpmem_reset,
    .queue_reset = vpmem_queue_reset,
    .negotiated = vpmem_negotiated,
    .serve = vpmem_serve,
    .suspend = vpmem_suspend,
    .uses = vpmem_uses,
};

/* A legacy driver knows no shared memory. */
static bool vpmem_is_valid(const struct vwr_vdev_setup *s, const struct vwr_vpmem_options *options)
{
    const struct vwr_vdev_shm *const r = &options->region;

    if (options->flush == NULL)
        return false;
    return r->bytes != 0 ? vpmem_is_whole(r->addr, r->bytes) : s->shm_count != 0 && !s->legacy;
}

int vwr_vpmem_init_with(struct vwr_vpmem *v, const struct vwr_vdev_setup *s,
                        const struct vwr_vpmem_options *options)
{
    const struct vwr_service_memory memory = {v->message, VWR_COUNT(v->message), v->seg, VWR_COUNT(v->seg)};
    struct vwr_features features;
    int r;

    vwr_zero(v, sizeof(*v));
    if (!vpmem_is_valid(s, options))
        return VWR_EINVAL;
    v->context = options->context;
    v->flush = options->flush;
    v->start = options->region.addr;
    v->size = options->region.bytes;
    vwr_features_clear(&features);
    if (s->shm_count != 0 && !s->legacy)
        vwr_features_add(&features, VWR_PMEM_F_SHMEM_REGION);
    r = vwr_vdev_init(vwr_vpmem_dev(v), &vpmem_class, s, &features, VWR_VPMEM_QUEUES, &v->config,
                      sizeof(v->config));
    if (r == VWR_OK)
        r = vwr_service_init(&v->service, &memory, &v->fixed);
    if (r == VWR_OK)
        vpmem_show(v, true);
    return r;
}
