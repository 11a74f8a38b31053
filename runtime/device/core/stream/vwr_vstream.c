/* SPDX-License-Identifier: MIT */
#include "vwr/vstream.h"

/* Buffers that a function of the VMM consumes or fills, within the byte budget. */

/* The parts from s->done on, which the function gets. */
static enum vwr_vstream_end vstream_run(struct vwr_vdev *v, struct vwr_vstream *s, uint16_t queue,
                                        struct vwr_reader *part, vwr_vstream_function *function)
{
    uint32_t room = vwr_vdev_room(v);
    uint8_t *at = NULL;
    uint32_t run;

    (void)vwr_reader_skip(part, s->done - v->queue[queue].window.before);
    while ((run = vwr_reader_run(part, &at)) != 0) {
        const uint32_t most = run < room ? run : room;
        const uint32_t n = most != 0 ? function(v, queue, at, most) : 0;

        if (most == 0 || !v->live) /* the function has reset the device, which restarted s */
            return VWR_VSTREAM_SPENT;
        s->done += n;
        room = vwr_vdev_use(v, room, n);
        if (n < most)
            return VWR_VSTREAM_SHORT;
        (void)vwr_reader_skip(part, n);
    }
    return v->queue[queue].window.more ? VWR_VSTREAM_MORE : VWR_VSTREAM_DONE;
}

void vwr_vstream_open(struct vwr_vdev *v)
{
    for (uint16_t i = 0; i < v->queues; i++)
        v->queue[i].window.is_open = true;
}

bool vwr_vstream_pop_from(struct vwr_vdev *v, uint16_t queue, struct vwr_vchain *c, uint32_t done)
{
    struct vwr_vwindow *const w = &v->queue[queue].window;

    w->more = false;
    w->has_in = false;
    w->done = done;
    w->before = 0;
    w->beyond = 0;
    return vwr_vdev_pop(v, queue, c);
}

bool vwr_vstream_pop(struct vwr_vdev *v, const struct vwr_vstream *s, uint16_t queue, struct vwr_vchain *c,
                     struct vwr_vseg *seg, uint16_t room)
{
    c->seg = seg;
    c->room = room;
    return !s->is_stopped && !s->is_active && vwr_vstream_pop_from(v, queue, c, s->done);
}

uint16_t vwr_vstream_finish(struct vwr_vdev *v, struct vwr_vstream *s, uint16_t queue, struct vwr_vchain *c,
                            enum vwr_vstream_end end, uint32_t written)
{
    if (end == VWR_VSTREAM_DONE) {
        vwr_vstream_restart(s);
        vwr_vqueue_add_used(&v->queue[queue], c, written);
        return 1;
    }
    s->is_stopped = end == VWR_VSTREAM_SHORT;
    vwr_vqueue_unpop(&v->queue[queue], c);
    return 0;
}

static enum vwr_vstream_end vstream_serve(struct vwr_vdev *v, struct vwr_vstream *s, uint16_t queue,
                                          struct vwr_reader *part, vwr_vstream_function *function)
{
    enum vwr_vstream_end end;

    s->is_active = true;
    end = vstream_run(v, s, queue, part, function);
    s->is_active = false;
    return end;
}

enum vwr_vstream_end vwr_vstream_take(struct vwr_vdev *v, struct vwr_vstream *s, uint16_t queue,
                                      const struct vwr_vchain *c, vwr_vstream_function *function)
{
    struct vwr_reader part;

    vwr_vchain_reader(c, &part);
    return vstream_serve(v, s, queue, &part, function);
}

enum vwr_vstream_end vwr_vstream_fill(struct vwr_vdev *v, struct vwr_vstream *s, uint16_t queue,
                                      const struct vwr_vchain *c, vwr_vstream_function *function)
{
    struct vwr_reader part;
    struct vwr_writer w;

    vwr_vchain_writer(c, &w);
    vwr_writer_room(&w, &part);
    return vstream_serve(v, s, queue, &part, function);
}
