/* SPDX-License-Identifier: MIT */
#include "bench_device.h"
#include "vwr/vmmio.h"

/* Our queue as a class uses it: pop_avail and add_used for each chain, signal at the end. */
__attribute__((noinline)) struct bench_found ours_measured(struct bench_ring *b)
{
    struct vwr_vqueue *const q = b->queue;
    struct vwr_vseg seg[SEGMENTS_MAX];
    struct vwr_vchain c;
    struct bench_found found = {0, 0};

    c.seg = seg;
    c.room = SEGMENTS_MAX;
    while (vwr_vqueue_pop_avail(q, &c) == 1) {
        found.chains++;
        found.bytes += c.in_bytes;
        vwr_vqueue_add_used(q, &c, c.in_bytes);
    }
    (void)vwr_vdev_signal(b->dev, q);
    return found;
}

/* The same including the device: vwr_vdev_serve. */
__attribute__((noinline)) struct bench_found serve_measured(struct bench_ring *b)
{
    const struct bench_found found = {b->queue->stats.chains, 0};

    vwr_vdev_serve(b->dev, 0);
    return (struct bench_found){b->queue->stats.chains - found.chains, 0};
}

/* A VMM that serves an idle device in a loop. */
__attribute__((noinline)) void idle_measured(struct vwr_vdev *v, unsigned passes)
{
    for (unsigned i = 0; i < passes; i++)
        vwr_vdev_serve(v, 0);
}
