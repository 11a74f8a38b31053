/* SPDX-License-Identifier: MIT */
#include "../cases.h"
#include "../ring_loop.h"
#include "disk_end.h"
#include "mix_disk.h"
#include "vwr/array.h"
#include "vwr/gen/features.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The recorded requests of a disk (disk_end.c), submitted through a ring under a minimal driver, without
 * tables. It is a level of ../harness.h, and its loop is in ../ring_loop.h.
 *
 *     bench_disk_ring add_forms|linux QUEUE PASSES
 */

#define REQUESTS VWR_COUNT(mix_disk_requests)

static struct ring_request describe(const struct mix_request *m, struct vwr_vec *vecs)
{
    for (uint32_t i = 0; i < m->segments; i++)
        vecs[i] = (struct vwr_vec){disk_end_segment(i), mix_disk_segments[m->first + i]};
    return (struct ring_request){.type = m->type,
                                 .count = m->segments,
                                 .in = m->type == VWR_BLK_T_IN || m->type == VWR_BLK_T_GET_ID,
                                 .sector = m->sector,
                                 .vecs = vecs};
}

struct ring_work ring_work(const struct bench_run *r)
{
    struct vwr_vec *const vecs = bench_memory(sizeof(*vecs) * VWR_COUNT(mix_disk_segments));
    struct mix_step *const step = bench_memory(sizeof(*step) * VWR_COUNT(mix_disk_events));
    struct ring_work work = {.requests = REQUESTS, .step = step, .complete = mix_complete};

    (void)r;
    work.request = bench_memory(sizeof(*work.request) * REQUESTS);
    for (uint32_t i = 0; i < REQUESTS; i++)
        work.request[i] = describe(&mix_disk_requests[i], vecs + mix_disk_requests[i].first);
    work.steps = mix_prepare_steps(step, mix_disk_events, VWR_COUNT(mix_disk_events));
    return work;
}

int bench_main(int argc, char **argv)
{
    const struct bench_level *level = argc == 4 && strcmp(argv[1], "linux") == 0 ? &bench_linux : NULL;
    struct bench_run r = {.queues = 1};
    uint64_t before, done;
    void *driver;

    if (argc == 4 && strcmp(argv[1], "add_forms") == 0)
        level = &bench_add_forms;
    r.queue_size = (uint16_t)(argc == 4 ? strtoul(argv[2], NULL, 10) : 0);
    r.batches = (uint32_t)(argc == 4 ? strtoul(argv[3], NULL, 10) : 0);
    if (level == NULL || r.queue_size == 0 || r.queue_size > DISK_END_QUEUE || r.batches == 0)
        bench_fail("add_forms|linux QUEUE PASSES");
    r.features = disk_end_init(false, "none", r.queue_size);
    vwr_features_add(&r.features, VWR_BLK_F_SEG_MAX); /* without it, the disk has a shorter queue */
    vwr_features_add(&r.features, VWR_BLK_F_FLUSH);
    driver = level->prepare(&r);
    before = disk_end_notifications();
    done = level->measured(&r, driver);
    if (done != (uint64_t)r.batches * REQUESTS || !disk_end_is_idle())
        bench_fail("not all requests are completed");
    printf("requests=%llu notifications=%llu\n", (unsigned long long)done,
           (unsigned long long)(disk_end_notifications() - before));
    return 0;
}
