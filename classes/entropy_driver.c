/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "vwr/entropy.h"

/* A reader of random bytes; the model is its position in the stream, of one byte. */

static struct vwr_entropy *e;
static uint8_t *data;
static uint32_t patience;

#define LONGEST 600u /* of a read, and more than all buffers have */

static int source_open(const struct bench_memory *m, struct vwr_dev *d, const struct vwr_features *avoid,
                       uint32_t timeout_us)
{
    struct vwr_entropy_options o;

    vwr_zero(&o, sizeof(o));
    e = (struct vwr_entropy *)m->own;
    data = (uint8_t *)m->data;
    patience = timeout_us;
    o.shared = (struct vwr_entropy_shared *)m->shared;
    o.avoid = *avoid;
    return vwr_entropy_open(e, d, &o);
}

/* Part of a buffer, then as much as has come, then what comes in time. */
static int source_act(unsigned first, unsigned count, unsigned *done)
{
    const struct bench_shape *const s = &bench_entropy_shapes.shape[first];
    const uint32_t bytes = count * s->in.n;
    uint32_t at = 0;
    int r = vwr_entropy_read(e, data, 3);

    bench_fill(data + (r > 0 ? r : 0), 0xee, LONGEST - 3);
    if (r > 0) {
        at = (uint32_t)r;
        r = vwr_entropy_read(e, data + at, bytes - at);
        at += r > 0 ? (uint32_t)r : 0;
    }
    while (r >= 0 && at < bytes && (r = vwr_entropy_fill(e, data + at, 1, patience)) == VWR_OK)
        at++;
    *done = at;
    for (uint32_t i = 0; i < at; i++)
        if (data[i] != s[i / s->in.n].in.at[i % s->in.n])
            return BENCH_WRONG;
    return data[at] != 0xee ? BENCH_WRONG : r < 0 ? r : VWR_OK;
}

static bool source_refuses(unsigned number)
{
    (void)number;
    return vwr_entropy_fill(e, data, 0, 0) == VWR_OK; /* nothing is asked for */
}

static const char *source_call(uint32_t (*below)(uint32_t), void *model, uint32_t most)
{
    uint8_t *const at = (uint8_t *)model;
    const uint32_t n = 4 * below(LONGEST / 4) + below(4);
    const unsigned what = below(32);
    const bool waits = what % 2 == 0;
    uint32_t got;
    int r;

    (void)most;
    if (model == NULL && what < 4 && vwr_entropy_arm(e))
        data[0] = 0;
    if (model == NULL && what == 0)
        vwr_entropy_give_up(e);
    r = waits ? vwr_entropy_fill(e, data, n, model == NULL ? 1000 : patience) : vwr_entropy_read(e, data, n);
    if (r > (waits ? VWR_OK : (int)n))
        return "more bytes than were asked for";
    if (model != NULL && r < 0)
        return "a read fails";
    got = waits ? n : (uint32_t)r;
    for (uint32_t i = 0; model != NULL && i < got; i++)
        if (data[i] != bench_streamed(&bench_entropy_shapes, (*at)++))
            return "other bytes than the next ones";
    return NULL;
}

static bool source_begin_part(void)
{
    return vwr_entropy_read(e, data, 1) == 1 && data[0] == bench_streamed(&bench_entropy_shapes, 0);
}

/* The buffer that is half read survives a recovery. */
static unsigned source_holds(void)
{
    return e->rest.bytes != 0;
}

static bool source_ends_part(void)
{
    const struct bench_bytes *const first = &bench_entropy_shapes.shape[0].in;

    return vwr_entropy_read(e, data, LONGEST) == (int)first->n - 1 &&
           bench_equal(data, first->at + 1, first->n - 1);
}

static void source_give_up(void)
{
    vwr_entropy_give_up(e);
}

static bool source_is_idle(void)
{
    bool idle = true;

    for (unsigned i = 0; i < VWR_ENTROPY_QUEUE && vwr_get_stage(&e->bringup) != VWR_STAGE_RUNNING; i++)
        idle = idle && e->buffer[i].owner != VWR_RECEIVE_DEVICE;
    return idle;
}

static size_t source_explain(char *text, size_t bytes)
{
    return vwr_entropy_explain(e, text, bytes);
}

const struct bench_driver bench_entropy_driver = {
    .shapes = &bench_entropy_shapes,
    .steps = &vwr_entropy_bringup,
    .shared_bytes = sizeof(struct vwr_entropy_shared),
    .data_bytes = LONGEST,
    .model_bytes = sizeof(uint8_t),
    .calls = 12,
    .events = VWR_ENTROPY_QUEUE,
    .open = source_open,
    .act = source_act,
    .refuses = source_refuses,
    .refusals = 1,
    .call = source_call,
    .begin_part = source_begin_part,
    .holds = source_holds,
    .ends_part = source_ends_part,
    .give_up = source_give_up,
    .is_idle = source_is_idle,
    .explain = source_explain,
};
