/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/receive.h"

/* Bytes and messages instead of buffers. */

int vwr_receive_read(struct vwr_receiveq *r, struct vwr_slice *rest, void *bytes, size_t n)
{
    size_t at = 0;
    int result = 0;

    while (at < n && (rest->bytes != 0 || (result = vwr_receive_poll(r, rest, 1)) > 0)) {
        const size_t some = n - at < rest->bytes ? n - at : rest->bytes;

        vwr_copy((uint8_t *)bytes + at, rest->p, some);
        at += some;
        rest->p = (uint8_t *)rest->p + some;
        rest->bytes -= (uint32_t)some;
        if (rest->bytes == 0)
            (void)vwr_receive_return(r, rest->buffer);
    }
    (void)vwr_receive_kick(r);
    return at != 0 ? (int)at : result;
}

int vwr_receive_take(struct vwr_receiveq *r, void *message, size_t n)
{
    struct vwr_slice slice;
    const int result = vwr_receive_poll(r, &slice, 1);

    if (result <= 0)
        return result;
    if (n > slice.bytes)
        n = slice.bytes;
    vwr_copy(message, slice.p, n); /* once: the device may write to it again */
    (void)vwr_receive_return(r, slice.buffer);
    (void)vwr_receive_kick(r);
    return (int)n;
}

int vwr_receive_each(struct vwr_receiveq *r, unsigned budget, vwr_receive_message each, void *context)
{
    struct vwr_slice slice;
    int result = VWR_OK;

    for (; budget > 0 && (result = vwr_receive_poll(r, &slice, 1)) > 0; budget--) {
        each(context, slice.p, slice.bytes);
        (void)vwr_receive_return(r, slice.buffer);
    }
    (void)vwr_receive_kick(r);
    return result < 0 ? result : VWR_OK;
}

void vwr_receive_notify(struct vwr_receiveq *r)
{
    if (vwr_queue_state(&r->queue) == VWR_OK)
        (void)vwr_queue_notify(&r->queue, true);
}
