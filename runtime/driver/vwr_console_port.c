/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "console_common.h"

/* What programs do with a port. */

int vwr_console_write(struct vwr_console *c, unsigned port, const void *bytes, size_t n)
{
    struct vwr_console_transmit *t;
    size_t at = 0;
    int r;

    if (port >= c->ports)
        return VWR_EINVAL;
    t = &c->options.port[port].transmit;
    r = vwr_console_reap(t);
    while (at < n && r == VWR_OK) {
        const size_t some = n - at < VWR_CONSOLE_BYTES ? n - at : VWR_CONSOLE_BYTES;

        r = vwr_console_send(t, (const uint8_t *)bytes + at, (uint32_t)some);
        if (r == VWR_OK)
            at += some;
    }
    (void)vwr_queue_kick(&t->queue);
    return at != 0 || r == VWR_EFULL ? (int)at : r;
}

int vwr_console_read(struct vwr_console *c, unsigned port, void *bytes, size_t n)
{
    struct vwr_console_receive *in;
    size_t at = 0;
    int r = 1;

    if (port >= c->ports)
        return VWR_EINVAL;
    in = &c->options.port[port].receive;
    while (at < n && (in->rest.bytes != 0 || (r = vwr_receive_poll(&in->q, &in->rest, 1)) > 0)) {
        const size_t some = n - at < in->rest.bytes ? n - at : in->rest.bytes;

        vwr_copy((uint8_t *)bytes + at, in->rest.p, some);
        at += some;
        in->rest.p = (uint8_t *)in->rest.p + some;
        in->rest.bytes -= (uint32_t)some;
        if (in->rest.bytes == 0)
            (void)vwr_receive_return(&in->q, in->rest.buffer);
    }
    (void)vwr_receive_kick(&in->q);
    return at != 0 || r > 0 ? (int)at : r;
}

int vwr_console_flush(struct vwr_console *c, unsigned port, uint32_t us)
{
    struct vwr_wait wait;
    bool more = true;
    int r;

    if (port >= c->ports)
        return VWR_EINVAL;
    vwr_wait_begin(&wait, us);
    for (;;) {
        r = vwr_console_reap(&c->options.port[port].transmit);
        if (r != 0 || vwr_queue_in_flight(&c->options.port[port].transmit.queue) == 0)
            return r;
        if (!more)
            return VWR_ETIMEOUT;
        more = vwr_wait_more(&wait);
    }
}
