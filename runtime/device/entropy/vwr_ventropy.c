/* SPDX-License-Identifier: MIT */
#include "vwr/ventropy.h"
#include "vwr/bytes.h"

/*
 * Entropy source for a guest.
 * Section: Entropy Device.
 */

static uint32_t ventropy_fill(struct vwr_vdev *v, uint16_t queue, uint8_t *bytes, uint32_t n)
{
    struct vwr_ventropy *const e = (struct vwr_ventropy *)v;

    (void)queue;
    return e->source(e, bytes, n);
}

/*
 * Does not return an empty buffer unless it has no space: while the source has no data, the buffer waits
 * (vwr_ventropy_resume()). The guest may have shortened the buffer since serving began.
 */
static uint16_t ventropy_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    struct vwr_ventropy *const e = (struct vwr_ventropy *)v;
    struct vwr_vstream *const s = &e->filled;
    enum vwr_vstream_end end;
    const uint16_t queue = q->index;
    struct vwr_vchain chain;

    vwr_zero(&chain, sizeof(chain)); /* gcc may not see that an available chain is filled in */
    chain.seg = e->seg;
    chain.room = VWR_VENTROPY_SEGS;
    if (s->is_stopped || s->is_active || !vwr_vstream_pop_from(v, queue, &chain, 0)) /* none is read */
        return 0;
    end = vwr_vstream_fill(v, s, queue, &chain, ventropy_fill);
    if ((end == VWR_VSTREAM_SHORT && s->done != 0) || end == VWR_VSTREAM_MORE)
        end = VWR_VSTREAM_DONE;
    return vwr_vstream_finish(v, s, queue, &chain, end, s->done < chain.in_bytes ? s->done : chain.in_bytes);
}

/* Also resumes a source that had no data: the next driver's buffer asks it again. */
static void ventropy_reset(struct vwr_vdev *v)
{
    vwr_vstream_restart(&((struct vwr_ventropy *)v)->filled);
}

static void ventropy_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    (void)queue;
    ventropy_reset(v);
}

static const struct vwr_vdev_class ventropy_class = {
    .name = "entropy",
    .id = VWR_ENTROPY_ID,
    .reset = ventropy_reset,
    .queue_reset = ventropy_queue_reset,
    .serve = ventropy_serve,
};

int vwr_ventropy_init_with(struct vwr_ventropy *e, const struct vwr_vdev_setup *s,
                           vwr_ventropy_source *source, void *context)
{
    struct vwr_features none;
    int r;

    vwr_zero(e, sizeof(*e));
    if (source == NULL)
        return VWR_EINVAL;
    e->context = context;
    e->source = source;
    vwr_features_clear(&none);
    r = vwr_vdev_init(&e->dev, &ventropy_class, s, &none, VWR_VENTROPY_QUEUES, NULL, 0);
    if (r == VWR_OK)
        vwr_vstream_open(&e->dev);
    return r;
}

void vwr_ventropy_resume(struct vwr_ventropy *e)
{
    vwr_vdev_lock(&e->dev);
    e->filled.is_stopped = false;
    vwr_vdev_serve_locked(&e->dev, VWR_ENTROPY_QUEUE_REQUESTQ);
    vwr_vdev_unlock(&e->dev);
}
