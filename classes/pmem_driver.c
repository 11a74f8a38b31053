/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "pmem.h"
#include "vwr/pmem.h"

/* A user of persistent memory. */

#define FLUSHES 3u /* in flight at the same time */

static struct vwr_pmem *p;
static struct vwr_pmem_request flush[FLUSHES];

static void *memory_map(void *context, const struct vwr_region *region)
{
    return context == pmem_memory && region->addr == PMEM_START && region->bytes == PMEM_BYTES ? context
                                                                                               : NULL;
}

static int memory_open(const struct bench_memory *m, struct vwr_dev *d, const struct vwr_features *avoid,
                       uint32_t timeout_us)
{
    struct vwr_pmem_options o;

    vwr_zero(&o, sizeof(o));
    vwr_zero(flush, sizeof(flush));
    p = (struct vwr_pmem *)m->own;
    o.shared = (struct vwr_pmem_shared *)m->shared;
    o.avoid = *avoid;
    o.map = memory_map;
    o.context = pmem_memory;
    o.request.timeout_us = timeout_us;
    o.request.requests = FLUSHES;
    return vwr_pmem_open(p, d, &o);
}

/* A reap may have returned it already. */
static int ended(struct vwr_pmem_request *one)
{
    return one->call.req.state == VWR_REQ_IDLE ? one->call.req.result : vwr_pmem_wait(p, one);
}

/* A queue may have room for only one of them. */
static int submit(unsigned n)
{
    int r = vwr_pmem_submit(p, &flush[n]);

    if (r != VWR_EFULL || n == 0)
        return r;
    (void)vwr_pmem_kick(p);
    r = ended(&flush[n - 1]);
    return vwr_result_is_in_flight(r) ? r : vwr_pmem_submit(p, &flush[n]);
}

/* One is waited for; a reap returns those that have ended meanwhile. */
static int flush_several(unsigned *done)
{
    struct vwr_pmem_request *reaped[FLUSHES];
    int r = VWR_OK;

    for (unsigned i = 0; i < FLUSHES && r == VWR_OK; i++)
        r = submit(i);
    (void)vwr_pmem_kick(p);
    if (r != VWR_OK)
        return r;
    (void)ended(&flush[1]);
    r = vwr_pmem_reap(p, reaped, FLUSHES);
    if (r > 0)
        r = vwr_pmem_arm(p) ? VWR_OK : vwr_pmem_reap(p, reaped, FLUSHES);
    for (unsigned i = 0; i < FLUSHES && !vwr_result_is_in_flight(r); i++) {
        const int one = ended(&flush[i]);

        *done += one == VWR_OK;
        if (r >= VWR_OK || vwr_result_is_in_flight(one))
            r = one;
    }
    return r;
}

static int memory_act(unsigned first, unsigned count, unsigned *done)
{
    int r;

    (void)first;
    *done = 0;
    if (count > 1)
        return flush_several(done);
    r = vwr_pmem_flush(p);
    *done = r == VWR_OK;
    return r;
}

/* A flush that is in flight is not sent again. */
static bool memory_refuses(unsigned number)
{
    struct vwr_pmem_request twice;
    int r;

    (void)number;
    vwr_zero(&twice, sizeof(twice));
    twice.call.req.state = VWR_REQ_IN_FLIGHT;
    r = vwr_pmem_submit(p, &twice);
    return r == VWR_EBUSY || r == VWR_EFAILED; /* of a failed device */
}

static const char *memory_call(uint32_t (*below)(uint32_t), void *model, uint32_t most)
{
    unsigned done = 0;
    int r;

    (void)most;
    for (unsigned i = below(PMEM_BYTES); i < PMEM_BYTES && model != NULL; i += 1 + below(8))
        ((uint8_t *)p->memory)[i] = (uint8_t)below(256);
    r = memory_act(0, 1 + below(2), &done);
    if (r > VWR_OK)
        return "a flush returned a number";
    if (model == NULL)
        return NULL;
    pmem_keep(model);
    return r == VWR_OK ? NULL : "the memory was not flushed";
}

static bool memory_is_idle(void)
{
    bool idle = !vwr_req_is_in_flight(&p->client.req_vq_own.call.req);

    for (unsigned i = 0; i < FLUSHES; i++)
        idle = idle && !vwr_req_is_in_flight(&flush[i].call.req);
    return idle;
}

static size_t memory_explain(char *text, size_t bytes)
{
    return vwr_pmem_explain(p, text, bytes);
}

const struct bench_driver bench_pmem_driver = {
    .shapes = &bench_pmem_shapes,
    .steps = &vwr_pmem_bringup,
    .shared_bytes = sizeof(struct vwr_pmem_shared),
    .data_bytes = 1,
    .model_bytes = sizeof(struct pmem_model),
    .calls = 24,
    .open = memory_open,
    .act = memory_act,
    .refuses = memory_refuses,
    .refusals = 1,
    .call = memory_call,
    .is_idle = memory_is_idle,
    .explain = memory_explain,
};
