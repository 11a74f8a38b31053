/* SPDX-License-Identifier: MIT */
#include "../queue/queue_common.h"
#include "vwr/bytes.h"
#include "vwr/receive.h"

/* Reads a stream of bytes from receive buffers. */

int vwr_receive_read(struct vwr_receiveq *r, struct vwr_slice *rest, void *bytes, size_t n)
{
    size_t at = 0;
    int result = 0;

    while (at < n && (rest->bytes != 0 || (result = vwr_receive_reap(r, rest, 1)) > 0)) {
        const size_t some = n - at < rest->bytes ? n - at : rest->bytes;

        vwr_copy((uint8_t *)bytes + at, rest->p, some);
        at += some;
        rest->p = (uint8_t *)rest->p + some;
        rest->bytes -= (uint32_t)some;
        if (rest->bytes == 0)
            (void)vwr_receive_submit(r, rest->buffer);
    }
    (void)vwr_receive_kick(r);
    return at != 0 ? (int)at : result;
}

void vwr_receive_notify(struct vwr_receiveq *r)
{
    if (vwr_queue_state(&r->queue) == VWR_OK)
        (void)queue_notify_if(&r->queue, true);
}
