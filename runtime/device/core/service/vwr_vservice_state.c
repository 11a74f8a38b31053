/* SPDX-License-Identifier: MIT */
#include "vwr/vservice.h"

/* Saved state of services: messages are given back, and served again. Section: Device parts. */

static struct vwr_service *vservice_of(struct vwr_vdev *v)
{
    return (struct vwr_service *)(void *)v;
}

static void vservice_put_back(struct vwr_vmessage *x)
{
    if (!x->is_back)
        x->service->backs++;
    x->is_back = true;
    x->more = NULL;
    x->ticket = 0;
    x->keeper = NULL;
}

void vwr_service_finish(struct vwr_vdev *v)
{
    v->work = ~(uint32_t)0;
    vwr_service_suspend(vservice_of(v));
}

bool vwr_service_give_back(struct vwr_vdev *v)
{
    const struct vwr_service *const s = vservice_of(v);

    for (unsigned i = 0; i < s->messages; i++)
        if (s->message[i].busy)
            vservice_put_back(&s->message[i]);
    return true;
}

struct vwr_vchain *vwr_service_next(struct vwr_vdev *v, uint16_t queue, unsigned *at)
{
    const struct vwr_service *const s = vservice_of(v);

    while (*at < s->messages) {
        struct vwr_vmessage *const x = &s->message[(*at)++];

        if (x->busy && x->index == queue)
            return &x->chain;
    }
    return NULL;
}

/* After a reset, no message is busy, so the messages that were added earlier are the first ones. */
struct vwr_vchain *vwr_service_add(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_service *const s = vservice_of(v);
    struct vwr_vmessage *const x = &s->message[s->backs];

    if (s->backs == s->messages)
        return NULL;
    x->busy = true;
    x->index = queue;
    x->chain.seg = s->seg + (size_t)s->backs * s->segs;
    x->chain.room = s->segs;
    vservice_put_back(x);
    return &x->chain;
}
