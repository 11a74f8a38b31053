/* SPDX-License-Identifier: MIT */
#include "../request/request_common.h"
#include "vwr/transmit.h"

/* Sends copies of the caller's bytes. */

/* Requests without header, answer or timeout. */
static const struct vwr_request_class transmit_class = {.timeout = VWR_FAULT_NONE};

int vwr_transmit_setup(struct vwr_transmitq *t, struct vwr_bringup *v, unsigned index,
                       const struct vwr_queue_memory *m, const struct vwr_transmit_memory *buffers)
{
    if (!VWR_ARRAY_FITS(&v->dev->shortage, buffers, request, request_count, 1u) ||
        !VWR_ARRAY_FITS(&v->dev->shortage, buffers, data, data_bytes,
                        buffers->request_count * (size_t)VWR_PORT_DMA_ALIGN))
        return vwr_dev_give_up(v->dev, VWR_FAULT_QUEUE_BUFFERS, index, (uint32_t)v->dev->shortage.needed);
    vwr_copy(&t->buffers, buffers, sizeof(*buffers));
    t->options.requests = buffers->request_count;
    t->options.replay = true;
    vwr_request_set_defaults(&t->options);
    t->requests.segment_bytes_max = vwr_array_part(buffers->data_bytes, buffers->request_count, ~0u) &
                                    ~(uint32_t)(VWR_PORT_DMA_ALIGN - 1u);
    t->requests.segments_max = 1;
    return vwr_request_setup(&t->requests, v, index, &transmit_class, m, &t->options);
}

/* Each buffer uses one descriptor. The queue may be shorter than the ring of buffers. */
bool vwr_transmit_has_room(const struct vwr_transmitq *t)
{
    const struct vwr_requestq *const q = &t->requests;

    return t->buffers.request_count != 0 && t->buffers.request[t->next].state == VWR_REQ_IDLE &&
           vwr_queue_in_flight(&q->queue) < vwr_queue_size(&q->queue) && q->replay == NULL;
}

int vwr_transmit_send_after(struct vwr_transmitq *t, const void *header, size_t header_bytes,
                            const void *bytes, size_t n)
{
    struct vwr_req *r;
    int result;

    if (t->buffers.request_count == 0)
        return VWR_EFAILED;
    r = &t->buffers.request[t->next];
    if (r->state != VWR_REQ_IDLE)
        return VWR_EFULL;
    r->vec.p = (uint8_t *)t->buffers.data + (size_t)t->next * t->requests.segment_bytes_max;
    r->vec.bytes = header_bytes + n;
    if (header_bytes != 0)
        vwr_copy(r->vec.p, header, header_bytes);
    vwr_copy((uint8_t *)r->vec.p + header_bytes, bytes, n);
    result = vwr_request_submit(&t->requests, r);
    if (result == VWR_OK)
        t->next = t->next + 1 < t->buffers.request_count ? t->next + 1 : 0;
    return result;
}

int vwr_transmit_reap(struct vwr_transmitq *t)
{
    struct vwr_req *done[8];
    int n;

    do /* terminates after at most as many iterations as buffers are in flight */
        n = request_reap_by(&t->requests, done, sizeof(done) / sizeof(done[0]), &transmit_class,
                            vwr_request_reap);
    while (n > 0);
    return n;
}

int vwr_transmit_write(struct vwr_transmitq *t, const void *bytes, size_t n)
{
    const size_t stride = t->requests.segment_bytes_max;
    size_t at = 0;
    int r = vwr_transmit_reap(t);

    while (at < n && r == VWR_OK) {
        const size_t some = n - at < stride ? n - at : stride;

        r = vwr_transmit_send(t, (const uint8_t *)bytes + at, some);
        if (r == VWR_OK)
            at += some;
    }
    (void)vwr_transmit_kick(t);
    return at != 0 || r == VWR_EFULL ? (int)at : r;
}

int vwr_transmit_flush(struct vwr_transmitq *t, uint32_t us)
{
    struct vwr_wait wait;
    bool more = true;
    int r;

    for (vwr_wait_begin(&wait, us);; more = vwr_wait_more(&wait)) {
        r = vwr_transmit_reap(t);
        if (r < 0 || (vwr_queue_in_flight(&t->requests.queue) == 0 && t->requests.replay == NULL))
            return r;
        if (!more)
            return VWR_ETIMEOUT;
    }
}
