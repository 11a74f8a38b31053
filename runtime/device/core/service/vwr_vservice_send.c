/* SPDX-License-Identifier: MIT */
#include "vwr/vservice.h"

/* Unsolicited messages from a service, and its byte streams. */

static bool vservice_pop(struct vwr_service *s, uint16_t index, struct vwr_vchain *c, struct vwr_vseg *seg)
{
    c->seg = seg;
    c->room = s->segs;
    return vwr_vdev_is_alive(&s->dev, index) && vwr_vdev_pop(&s->dev, index, c);
}

/* The segment array that follows those of all messages; in use only while the lock is held. */
static struct vwr_vseg *vservice_own_segs(const struct vwr_service *s)
{
    return s->seg + (size_t)s->messages * s->segs;
}

int vwr_service_send_locked(struct vwr_service *s, uint16_t index, const void *bytes, uint32_t n,
                            const void *data, uint32_t m)
{
    struct vwr_writer w;
    struct vwr_vchain c;
    int r = VWR_ERANGE;

    if (!vservice_pop(s, index, &c, vservice_own_segs(s)))
        return VWR_EFULL;
    vwr_vchain_writer(&c, &w);
    if (w.left >= n && w.left - n >= m) {
        (void)vwr_writer_write(&w, bytes, n);
        (void)vwr_writer_write(&w, data, m);
        r = VWR_OK;
    }
    vwr_vdev_charge(&s->dev, w.done, 0);
    vwr_vqueue_add_used(&s->dev.queue[index], &c, w.done);
    return r;
}

int vwr_service_send(struct vwr_service *s, uint16_t index, const void *bytes, uint32_t n, const void *data,
                     uint32_t m)
{
    int r;

    vwr_vdev_lock(&s->dev);
    r = vwr_service_send_locked(s, index, bytes, n, data, m);
    if (r != VWR_EFULL)
        (void)vwr_vdev_signal(&s->dev, &s->dev.queue[index]);
    vwr_vdev_unlock(&s->dev);
    return r;
}

uint16_t vwr_service_take(struct vwr_service *s, uint16_t index, struct vwr_vstream *stream,
                          vwr_vstream_function *take)
{
    enum vwr_vstream_end end = VWR_VSTREAM_DONE;
    struct vwr_vchain c;

    if (!vwr_vstream_pop(&s->dev, stream, index, &c, vservice_own_segs(s), s->segs))
        return 0;
    if (take != NULL)
        end = vwr_vstream_take(&s->dev, stream, index, &c, take);
    return vwr_vstream_finish(&s->dev, stream, index, &c, end, 0);
}

void vwr_service_resume(struct vwr_service *s, uint16_t index, struct vwr_vstream *stream)
{
    vwr_vdev_lock(&s->dev);
    stream->is_stopped = false;
    vwr_vdev_serve_locked(&s->dev, index);
    vwr_vdev_unlock(&s->dev);
}

uint32_t vwr_service_put(struct vwr_service *s, uint16_t index, const void *bytes, uint32_t n)
{
    struct vwr_writer w;
    struct vwr_vchain c;
    uint32_t done = 0;

    vwr_vdev_lock(&s->dev);
    while (done < n && s->dev.work != 0 && vservice_pop(s, index, &c, vservice_own_segs(s))) {
        vwr_vchain_writer(&c, &w);
        done += vwr_vdev_write(&s->dev, &w, (const uint8_t *)bytes + done, n - done);
        vwr_vqueue_add_used(&s->dev.queue[index], &c, w.done);
    }
    if (vwr_vdev_is_alive(&s->dev, index))
        (void)vwr_vdev_signal(&s->dev, &s->dev.queue[index]);
    vwr_vdev_unlock(&s->dev);
    return done;
}
