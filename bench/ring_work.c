/* SPDX-License-Identifier: MIT */
#include "ring_loop.h"

/* The requests for ring_loop.h, in the form that was passed to the harness. */

struct ring_work ring_work(const struct bench_run *r)
{
    const bool flush = r->form == BENCH_FLUSH;
    struct ring_work work = {.requests = r->batches * r->depth};
    struct vwr_vec *vecs;

    if (r->form == BENCH_DISCARD)
        bench_fail("a ring alone has no ranges");
    vecs = bench_memory(sizeof(*vecs) * work.requests * (r->segments + 1u));
    work.request = bench_memory(sizeof(*work.request) * work.requests);
    for (uint32_t n = 0; n < work.requests; n++) {
        const uint32_t count = bench_segments(r, n);

        work.request[n] = (struct ring_request){.type = flush ? VWR_BLK_T_FLUSH : VWR_BLK_T_IN,
                                                .count = count,
                                                .in = !flush,
                                                .sector = flush ? 0 : bench_sector(n),
                                                .vecs = vecs};
        for (uint32_t i = 0; i < count; i++, vecs++) {
            vecs->p = bench_segment(bench_buffers() + n % r->depth * (size_t)BENCH_BYTES, i, count);
            vecs->bytes = BENCH_BYTES / count;
        }
    }
    return work;
}
