/* SPDX-License-Identifier: MIT */
#include "vwr/ventropy.h"
#include "vwr/bytes.h"

/* A source of random bytes for a guest. Section: Entropy Device. */

/* Where a buffer is left. */
enum entropy_filled {
    FILL_WHOLE, /* or the source has no more: what there is goes to the guest */
    FILL_DRY,   /* the source has nothing */
    FILL_LATER  /* the budget is used up: it is gone on with behind e->filled */
};

/* Random bytes into one segment, from `skip` on, as far as there are any and the budget lasts. */
static enum entropy_filled entropy_fill_segment(struct vwr_ventropy *e, const struct vwr_vseg *s,
                                                uint32_t skip, uint32_t *room)
{
    while (skip < s->len) {
        const uint32_t left = (uint32_t)s->len - skip;
        const uint32_t most = left < *room ? left : *room;
        const uint32_t n = most != 0 ? e->source(e, s->at + skip, most) : 0;

        if (most == 0 || !e->dev.live) /* the source has reset the device */
            return FILL_LATER;
        e->filled += n;
        skip += n;
        *room = vwr_vdev_use(&e->dev, *room, n);
        if (n < most)
            return FILL_DRY;
    }
    return FILL_WHOLE;
}

/* The guest may have made the buffer another since it was begun: what is not there any more is not filled. */
static enum entropy_filled entropy_fill(struct vwr_ventropy *e, const struct vwr_vchain *chain)
{
    uint32_t room = vwr_vdev_room(&e->dev);
    uint32_t skip = e->filled;
    enum entropy_filled how = FILL_WHOLE;

    for (unsigned i = 0; i < chain->in && how == FILL_WHOLE; i++) {
        const struct vwr_vseg *const s = &chain->seg[chain->out + i];

        if (skip < s->len) {
            how = entropy_fill_segment(e, s, skip, &room);
            skip = 0;
        } else {
            skip -= (uint32_t)s->len;
        }
    }
    return how == FILL_DRY && e->filled != 0 ? FILL_WHOLE : how;
}

/* A buffer never goes back empty, unless there is no room in it. */
static uint16_t serve(struct vwr_vdev *v, uint16_t queue, uint16_t most)
{
    struct vwr_ventropy *const e = (struct vwr_ventropy *)v;
    struct vwr_vqueue *const q = &v->queue[queue];
    struct vwr_vchain chain;
    enum entropy_filled how;

    (void)most;
    chain.seg = e->seg;
    chain.room = VWR_VENTROPY_SEGS;
    if (e->dry || e->filling || vwr_vqueue_pop_avail(q, &chain) <= 0)
        return 0;
    vwr_vdev_charge(v, 0, chain.out + chain.in);
    e->filling = true;
    how = entropy_fill(e, &chain);
    e->filling = false;
    if (how == FILL_WHOLE) {
        vwr_vqueue_add_used(q, &chain, e->filled < chain.in_bytes ? e->filled : chain.in_bytes);
        e->filled = 0;
        return 1;
    }
    e->dry = how == FILL_DRY;
    vwr_vqueue_unpop(q, &chain);
    return 0;
}

static void entropy_forget(struct vwr_vdev *v)
{
    ((struct vwr_ventropy *)v)->filled = 0;
}

static void queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    (void)queue;
    entropy_forget(v);
}

static const struct vwr_vdev_class entropy_class = {
    .name = "entropy",
    .id = VWR_ENTROPY_ID,
    .reset = entropy_forget,
    .queue_reset = queue_reset,
    .serve = serve,
};

int vwr_ventropy_init(struct vwr_ventropy *e, const struct vwr_vdev_setup *s, vwr_ventropy_source *source,
                      void *context)
{
    struct vwr_features none;
    int r;

    if (source == NULL)
        return VWR_EINVAL;
    vwr_zero(e, sizeof(*e));
    e->context = context;
    e->source = source;
    vwr_features_clear(&none);
    r = vwr_vdev_init(&e->dev, &entropy_class, s, &none, VWR_VENTROPY_QUEUES, NULL, 0);
    if (r == VWR_OK)
        vwr_vdev_limit(&e->dev, VWR_VENTROPY_SEGS);
    return r;
}

void vwr_ventropy_resume(struct vwr_ventropy *e)
{
    vwr_vdev_lock(&e->dev);
    e->dry = false;
    vwr_vdev_serve_locked(&e->dev, VWR_ENTROPY_QUEUE_REQUESTQ);
    vwr_vdev_unlock(&e->dev);
}
