/* SPDX-License-Identifier: MIT */
#include "sink.h"
#include "log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct sink *sink_of(struct vwr_vdev *v)
{
    return (struct sink *)(void *)v;
}

static void on_reset(struct vwr_vdev *v)
{
    memset(sink_of(v)->taken, 0, sizeof(sink_of(v)->taken));
}

static void on_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct sink *const s = sink_of(v);

    for (unsigned i = 0; i < SINK_CHAINS; i++)
        if (s->queue_of[i] == queue)
            s->taken[i] = false;
}

static void answer(struct sink *s, unsigned i)
{
    struct vwr_vchain *const c = &s->chain[i];
    uint8_t bytes[SINK_BYTES];
    struct vwr_reader r;
    struct vwr_writer w;

    for (unsigned n = 0; n < SINK_BYTES; n++)
        bytes[n] = (uint8_t)(n * 37u + (n >> 8) * 11u + SINK_SEED * 101u + 1u);
    vwr_vchain_reader(c, &r);
    vwr_vchain_writer(c, &w);
    s->read_bytes = vwr_reader_read(&r, s->read, SINK_BYTES);
    (void)vwr_writer_write(&w, bytes, SINK_BYTES);
    s->taken[i] = false;
    vwr_vqueue_add_used(&s->dev.queue[s->queue_of[i]], c, w.done);
}

static void note(struct sink *s, const struct vwr_vchain *c)
{
    s->out = c->out;
    s->in = c->in;
    s->out_bytes = c->out_bytes;
    s->in_bytes = c->in_bytes;
    for (unsigned i = 0; i < c->out + c->in; i++)
        log_available(c->seg[i].at, c->seg[i].len < 2 * SINK_BYTES ? c->seg[i].len : 2 * SINK_BYTES,
                      i >= c->out);
    s->served++;
}

static uint16_t on_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    struct sink *const s = sink_of(v);
    unsigned i = 0;

    while (i < SINK_CHAINS && s->taken[i])
        i++;
    if (i == SINK_CHAINS)
        return 0;
    s->chain[i].seg = s->seg[i];
    s->chain[i].room = s->room;
    s->result = vwr_vqueue_pop_avail(q, &s->chain[i]);
    vwr_vdev_check_queue(v, q);
    vwr_vdev_charge_extra(v, q);
    if (s->result <= 0)
        return 0;
    s->taken[i] = true;
    s->queue_of[i] = q->index;
    note(s, &s->chain[i]);
    if (s->on_take != NULL)
        s->on_take(s, &s->chain[i]);
    if (!s->hold)
        answer(s, i);
    return 1;
}

static const struct vwr_vdev_class sink_class = {
    .name = "sink", .id = 42, .reset = on_reset, .queue_reset = on_queue_reset, .serve = on_serve};

void sink_plug(struct guest *g, struct sink *s)
{
    struct vwr_features none;
    struct vwr_vdev_setup setup;

    memset(s, 0, sizeof(*s));
    vwr_features_clear(&none);
    guest_setup(g, &setup);
    if (vwr_vdev_init(&s->dev, &sink_class, &setup, &none, GUEST_QUEUES, NULL, 0) != VWR_OK) {
        fprintf(stderr, "sink: init\n");
        abort();
    }
    s->room = SINK_SEGMENTS;
    guest_plug(g, 0, &s->dev);
}

bool sink_release(struct sink *s, unsigned nth)
{
    for (unsigned i = 0; i < SINK_CHAINS; i++) {
        if (!s->taken[i] || nth-- != 0)
            continue;
        answer(s, i);
        (void)vwr_vdev_signal(&s->dev, &s->dev.queue[s->queue_of[i]]);
        return true;
    }
    return false;
}
