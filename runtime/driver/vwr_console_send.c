/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "console_common.h"

/* Sending on a port: a copy in each buffer, buffers in a circle, so that what is sent again is in order. */

/* The one function in which a chunk goes to the device. */
static int console_post(struct vwr_console_transmit *t, struct vwr_console_chunk *k)
{
    const uint8_t *const p = t->shared->data[k - t->chunk];
    size_t run = 0;
    const uint64_t addr = vwr_port_dma(p, k->bytes, &run);

    vwr_port_sync_for_device(p, k->bytes);
    return run < k->bytes ? VWR_EINVAL : vwr_queue_post(&t->queue, &k->chain, addr, k->bytes, false);
}

/* And in which it comes back: the bytes that the device says it wrote are none. */
static void console_came_back(struct vwr_chain *chain)
{
    ((struct vwr_console_chunk *)(void *)chain)->bytes = 0;
}

int vwr_console_send(struct vwr_console_transmit *t, const void *bytes, uint32_t n)
{
    struct vwr_console_chunk *const k = &t->chunk[t->next];
    int r = vwr_queue_state(&t->queue);

    if (r != VWR_OK || k->bytes != 0)
        return r != VWR_OK ? r : VWR_EFULL;
    vwr_copy(t->shared->data[t->next], bytes, n);
    k->bytes = n;
    r = console_post(t, k);
    if (r != VWR_OK)
        k->bytes = 0;
    else if (++t->next == t->count)
        t->next = 0;
    return r;
}

int vwr_console_reap(struct vwr_console_transmit *t)
{
    struct vwr_chain *chain = NULL;
    int n;

    while ((n = vwr_queue_get_used(&t->queue, &chain)) > 0) /* no more than are in flight */
        console_came_back(chain);
    return n == VWR_EBADRING ? vwr_fault_note(&t->fault, VWR_FAULT_RING, vwr_queue_index(&t->queue), 0) : n;
}

int vwr_console_start_sending(struct vwr_console_transmit *t)
{
    const uint32_t size = vwr_queue_size(&t->queue);
    int r = size < t->count ? VWR_ENOQUEUE : VWR_OK; /* shorter than before */

    if (t->count == 0)
        t->count = size < VWR_CONSOLE_QUEUE ? size : VWR_CONSOLE_QUEUE;
    t->fault.kind = VWR_FAULT_NONE;
    for (uint32_t i = 0; i < t->count && r == VWR_OK; i++) {
        struct vwr_console_chunk *const k = &t->chunk[i];

        vwr_zero(&k->chain, sizeof(k->chain));
        k->seg.addr = 0;
        k->seg.len = VWR_CONSOLE_BYTES; /* anything but 0: each post says it */
        r = vwr_queue_bind(&t->queue, &k->seg, 1, 0, &k->chain);
    }
    for (uint32_t i = t->next, n = 0; n < t->count && r == VWR_OK; n++, i = i + 1 < t->count ? i + 1 : 0)
        if (t->chunk[i].bytes != 0)
            r = console_post(t, &t->chunk[i]);
    return r;
}

uint32_t vwr_console_drop(struct vwr_console_transmit *t)
{
    uint32_t bytes = 0;

    for (uint32_t i = 0; i < t->count; i++) {
        bytes += t->chunk[i].bytes;
        t->chunk[i].bytes = 0;
    }
    return bytes;
}
