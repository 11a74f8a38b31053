/* SPDX-License-Identifier: MIT */
#include "vwr/ventropy.h"
#include "vwr/bytes.h"

/* A source of random bytes for a guest. Section: Entropy Device. */

/* Random bytes into the buffer, as far as there are any. */
static uint32_t fill(struct vwr_ventropy *e, const struct vwr_vchain *chain)
{
    uint32_t filled = 0;

    for (unsigned i = 0; i < chain->in; i++) {
        const struct vwr_vseg *const s = &chain->seg[chain->out + i];
        const uint32_t n = e->source(e, s->at, s->len);

        filled += n;
        if (n < s->len)
            break;
    }
    return filled;
}

/* A buffer never goes back empty, unless there is no room in it. */
static bool serve(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_ventropy *const e = (struct vwr_ventropy *)v;
    struct vwr_vqueue *const q = &v->queue[queue];
    struct vwr_vchain chain;
    uint32_t filled;

    chain.seg = e->seg;
    chain.room = VWR_VENTROPY_SEGS;
    if (e->dry || vwr_vqueue_next(q, &chain) <= 0)
        return false;
    filled = fill(e, &chain);
    if (filled == 0 && chain.in > 0) {
        e->dry = true;
        vwr_vqueue_return(q, &chain);
        return false;
    }
    vwr_vqueue_push(q, &chain, filled);
    return true;
}

static const struct vwr_vdev_class entropy_class = {
    .name = "entropy",
    .id = VWR_ENTROPY_ID,
    .serve = serve,
};

int vwr_ventropy_init(struct vwr_ventropy *e, const struct vwr_vdev_setup *s, vwr_ventropy_source *source,
                      void *context)
{
    struct vwr_features none;

    if (source == NULL)
        return VWR_EINVAL;
    vwr_zero(e, sizeof(*e));
    e->context = context;
    e->source = source;
    vwr_features_clear(&none);
    return vwr_vdev_init(&e->dev, &entropy_class, s, &none, VWR_VENTROPY_QUEUES, NULL, 0);
}

void vwr_ventropy_resume(struct vwr_ventropy *e)
{
    vwr_vdev_lock(&e->dev);
    e->dry = false;
    vwr_vdev_serve_locked(&e->dev, VWR_ENTROPY_QUEUE_REQUESTQ);
    vwr_vdev_unlock(&e->dev);
}
