/* SPDX-License-Identifier: MIT */
#include "console_common.h"

/* Bytes to and from a port. */

/* Each takes one descriptor, of a queue that may be shorter than the circle of requests. */
bool vwr_console_has_room(const struct vwr_console_port *p)
{
    const struct vwr_requestq *const q = &p->transmit;

    return p->request[p->next].state == VWR_REQ_IDLE &&
           vwr_queue_in_flight(&q->queue) < vwr_queue_size(&q->queue) && q->replay == NULL;
}

int vwr_console_send(struct vwr_console_port *p, const void *bytes, size_t n)
{
    struct vwr_req *const r = &p->request[p->next];
    int result;

    if (!vwr_console_has_room(p))
        return VWR_EFULL;
    r->vec.p = p->sent->data[p->next];
    r->vec.bytes = n;
    vwr_copy(r->vec.p, bytes, n);
    result = vwr_request_submit(&p->transmit, r);
    if (result == VWR_OK)
        p->next = p->next + 1 < VWR_CONSOLE_QUEUE ? p->next + 1 : 0;
    return result;
}

int vwr_console_reap(struct vwr_console_port *p)
{
    struct vwr_req *done[4];
    int n;

    do /* no more than are in flight */
        n = vwr_request_reap(&p->transmit, done, sizeof(done) / sizeof(done[0]));
    while (n > 0);
    return n;
}

int vwr_console_write(struct vwr_console *c, unsigned port, const void *bytes, size_t n)
{
    size_t at = 0;
    int r;

    if (port >= c->ports)
        return VWR_EINVAL;
    r = vwr_console_reap(&c->options.port[port]);
    while (at < n && r == VWR_OK) {
        const size_t some = n - at < VWR_CONSOLE_BYTES ? n - at : VWR_CONSOLE_BYTES;

        r = vwr_console_send(&c->options.port[port], (const uint8_t *)bytes + at, some);
        if (r == VWR_OK)
            at += some;
    }
    (void)vwr_request_kick(&c->options.port[port].transmit);
    return at != 0 || r == VWR_EFULL ? (int)at : r;
}

int vwr_console_read(struct vwr_console *c, unsigned port, void *bytes, size_t n)
{
    struct vwr_console_port *const p = &c->options.port[port];
    struct vwr_slice *const rest = &p->rest;
    size_t at = 0;
    int r = 0;

    if (port >= c->ports)
        return VWR_EINVAL;
    while (at < n && (rest->bytes != 0 || (r = vwr_receive_poll(&p->receive, rest, 1)) > 0)) {
        const size_t some = n - at < rest->bytes ? n - at : rest->bytes;

        vwr_copy((uint8_t *)bytes + at, rest->p, some);
        at += some;
        rest->p = (uint8_t *)rest->p + some;
        rest->bytes -= (uint32_t)some;
        if (rest->bytes == 0)
            (void)vwr_receive_return(&p->receive, rest->buffer);
    }
    (void)vwr_receive_kick(&p->receive);
    return at != 0 ? (int)at : r;
}

int vwr_console_flush(struct vwr_console *c, unsigned port, uint32_t us)
{
    struct vwr_console_port *const p = &c->options.port[port];
    struct vwr_wait wait;
    bool more = true;
    int r;

    if (port >= c->ports)
        return VWR_EINVAL;
    for (vwr_wait_begin(&wait, us);; more = vwr_wait_more(&wait)) {
        r = vwr_console_reap(p);
        if (r < 0 || (vwr_queue_in_flight(&p->transmit.queue) == 0 && p->transmit.replay == NULL))
            return r;
        if (!more)
            return VWR_ETIMEOUT;
    }
}
