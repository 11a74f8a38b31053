/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "ram.h"
#include "vmm.h"

#include <string.h>

/*
 * Invalid messages to a service. It refuses each with the status in the description, or with 0 bytes if there
 * is none, and calls no function; and it serves the next valid message.
 */

enum answer { RIGHT, REFUSED, BEYOND, UNKNOWN, NOTHING };

/* A raw message: `out` bytes of the driver, then `in` of the device, `each` bytes per descriptor. */
struct raw {
    unsigned out;
    unsigned in;
    unsigned each;
};

static uint8_t *raw_in(void)
{
    return ends.raw + ENDS_BYTES;
}

/* Builds the descriptors of bytes[0 .. n). */
static unsigned describe(struct vwr_seg *seg, uint8_t *bytes, unsigned n, unsigned each)
{
    unsigned count = 0;
    size_t run;

    for (unsigned at = 0; at < n; at += each) {
        const unsigned len = n - at < each ? n - at : each;

        seg[count].addr = ram_dma(bytes + at, len, &run);
        seg[count++].len = len;
    }
    return count;
}

/* Used length reported by the device; UINT32_MAX: the message did not complete. */
static uint32_t send(const struct raw *raw)
{
    struct vwr_queue *const q = &ends.queue->requests->requests.queue;
    struct vwr_seg seg[ENDS_QUEUE_SIZE + 2];
    struct vwr_chain chain;
    struct vwr_chain *used = NULL;
    unsigned outs;
    unsigned ins;

    memset(&chain, 0, sizeof(chain));
    memset(raw_in(), ENDS_POISON, ENDS_BYTES);
    ends.calls = 0;
    outs = describe(seg, ends.raw, raw->out, raw->each);
    ins = describe(seg + outs, raw_in(), raw->in, raw->each);
    ENDS_SAME(vwr_queue_add(q, seg, outs, ins, &chain), VWR_OK);
    (void)vwr_queue_kick(q);
    vmm_run_until_idle();
    ENDS_SAME(vwr_queue_get_used(q, &used), 1);
    return used == &chain ? chain.written : UINT32_MAX;
}

static unsigned form_bytes(const struct ends_message *m)
{
    return 0u + m->back.first + m->back.last;
}

/* The message whose answer determines the status position for unknown messages; NULL: none. */
static const struct ends_message *shape(unsigned in)
{
    const bool alike = ends.queue->place == ENDS_ALIKE;

    if (!alike && ends.message->status_bytes != 0)
        return ends.message;
    for (unsigned i = 0; i < ends.queue->messages; i++) {
        const struct ends_message *const m = &ends.queue->message[i];

        if (alike ? form_bytes(m) == in : m->status_bytes != 0)
            return m;
    }
    return NULL;
}

/* Position of the status in `in` bytes. */
static unsigned status_place(const struct ends_message *m, unsigned in, bool known)
{
    const bool at_front = known ? m->status_at < m->back.first : ends.queue->place == ENDS_FRONT;

    return at_front ? m->status_at : in - form_bytes(m) + m->status_at;
}

/* The status with which the message is refused. */
static uint32_t refusal(const struct ends_message *m, enum answer want)
{
    if (want == BEYOND)
        return m->beyond;
    if (want == UNKNOWN)
        return m->unknown;
    return ends_has(m->barred, ends.set) ? m->refuse_barred : m->refuse;
}

static void check_refused(uint32_t written, unsigned in, enum answer want)
{
    const bool known = want != UNKNOWN;
    const struct ends_message *const m = known ? ends.message : shape(in);
    const bool refuses = m != NULL && m->status_bytes != 0 &&
                         (want == BEYOND ? m->refuses_beyond
                          : known        ? m->refuses
                                         : m->refuses_unknown);

    ENDS_SAME(ends.calls, 0);
    if (refuses && in >= form_bytes(m)) {
        const unsigned at = status_place(m, in, known);

        ENDS_SAME(vwr_bytes_number(raw_in() + at, m->status_bytes, ends.queue->big), refusal(m, want));
        if (known || at != m->status_at)
            ENDS_SAME(written, at == m->status_at && m->back.last == 0 ? form_bytes(m) : in);
        ENDS_SAME(written >= at + m->status_bytes && written <= in, true);
        ends_untouched(raw_in() + written, in - written);
    } else {
        ENDS_SAME(written, 0);
        ends_untouched(raw_in(), in);
    }
    ends_untouched(raw_in() + in, ENDS_BYTES - in);
}

static void check_nothing(uint32_t written, unsigned in)
{
    ENDS_SAME(ends.calls, 0);
    ENDS_SAME(written, 0);
    ends_untouched(raw_in(), in);
}

static void check_right(uint32_t written, unsigned in)
{
    const struct ends_message *const m = ends.message;
    uint8_t want[ENDS_BYTES];
    const unsigned n = ends_image(&m->back, want);

    ENDS_SAME(ends.calls, 1);
    ENDS_SAME(written, m->back.last == 0 ? n : in);
    ENDS_SAME_BYTES(raw_in(), want, 0u + m->back.first + m->back.data);
    ENDS_SAME_BYTES(raw_in() + in - m->back.last, want + n - m->back.last, m->back.last);
    for (unsigned i = n; i < in && m->back.last != 0; i++) /* between the two parts of the form */
        ENDS_SAME(raw_in()[i - m->back.last], 0);
    if (m->back.last == 0)
        ends_untouched(raw_in() + n, in - n);
    ends_untouched(raw_in() + in, ENDS_BYTES - in);
}

static void try(const struct raw *raw, enum answer want)
{
    uint32_t written;

    if (raw->out + raw->in == 0 || ends.failed)
        return;
    written = send(raw);
    if (want == RIGHT)
        check_right(written, raw->in);
    else if (want == NOTHING)
        check_nothing(written, raw->in);
    else
        check_refused(written, raw->in, want);
}

/* The message as defined. */
static struct raw fill(void)
{
    struct raw raw = {0, 0, ENDS_BYTES};

    memset(ends.raw, 0, ENDS_BYTES);
    raw.out = ends_image(&ends.message->out, ends.raw);
    raw.in = 0u + ends.message->back.first + ends.message->back.data + ends.message->back.last;
    return raw;
}

/* Ends a case: the device still serves a valid message. */
static void done(void)
{
    struct raw raw = fill();

    if (ends_has(ends.message->sets, ends.set)) {
        ends_expect(ends.message);
        raw = fill();
        try(&raw, RIGHT);
    }
    if (!ends_end())
        ends_reopen();
    ends_expect(ends.message);
}

static void service_truncated(void)
{
    struct raw raw = fill();

    ends_begin("truncated");
    for (raw.out = 0; raw.out < ends.message->out.first; raw.out++)
        try(&raw, raw.out < ends.queue->select_end ? UNKNOWN : REFUSED);
    done();
}

static void service_out_data(void)
{
    const struct ends_half *const out = &ends.message->out;
    struct raw raw = fill();

    ends_begin("too_long");
    raw.out++;
    if (!out->open || out->unit > 1)
        try(&raw, out->open ? BEYOND : REFUSED);
    done();
    ends_begin("too_short");
    raw = fill();
    raw.out = out->open ? 0u + out->first + out->least - 1u : 0u + out->first + out->data - 1u;
    if (out->open ? out->least != 0 : out->data != 0)
        try(&raw, out->open ? BEYOND : REFUSED);
    done();
    ends_begin("too_many");
    raw = fill();
    raw.out = out->first + out->most + out->unit;
    if (out->open && out->most != 0)
        try(&raw, BEYOND);
    done();
}

static void service_direction(void)
{
    const struct ends_message *const m = ends.message;
    struct raw raw = fill();

    ends_begin("direction");
    raw.in += raw.out;
    raw.out = 0;
    if (m->out.first != 0 && (ends.queue->select_end != 0 || ends.queue->messages == 1))
        try(&raw, ends.queue->select_end != 0 ? UNKNOWN : REFUSED);
    raw = fill();
    raw.out += raw.in;
    raw.in = 0;
    if (0u + m->back.first + m->back.last != 0 && !(m->may_answer && m->out.open)) /* else it is data */
        try(&raw, NOTHING);
    done();
}

static void service_unknown(void)
{
    for (unsigned i = 0; i < ends.queue->unknowns; i++) {
        const struct ends_unknown *const u = &ends.queue->unknown[i];
        const struct raw raw = fill();

        ends_begin("unknown");
        ends_put_unknown(u, ends.raw);
        try(&raw, UNKNOWN);
        done();
    }
}

static void service_value(void)
{
    const struct ends_message *const m = ends.message;

    for (unsigned i = 0; i < m->wrongs; i++) {
        struct raw raw = fill();

        raw.out = m->out.first + 0u + m->wrong[i].out_data;
        raw.in = 0u + m->back.first + m->back.last + m->wrong[i].in_data;
        ends_begin(m->wrong[i].what);
        memcpy(ends.raw, m->wrong[i].form, m->out.first);
        try(&raw, m->wrong[i].beyond ? BEYOND : REFUSED);
        done();
    }
}

static void service_room(void)
{
    const struct ends_half *const back = &ends.message->back;
    struct raw raw = fill();

    ends_begin("no_room");
    for (raw.in = ends.message->may_answer; raw.in < 0u + back->first + back->last; raw.in++)
        try(&raw, NOTHING);
    done();
    ends_begin("room_too_short");
    raw = fill();
    raw.in = 0u + back->first + back->last + (back->open ? back->least : back->data) - 1u;
    if (back->open ? back->least != 0 : back->data != 0)
        try(&raw, back->open ? BEYOND : REFUSED);
    done();
    ends_begin("room_no_multiple");
    raw = fill();
    raw.in++;
    if (back->open && back->unit > 1)
        try(&raw, BEYOND);
    done();
    ends_begin("room_beyond");
    raw = fill();
    raw.in += back->open && back->most != 0 ? back->most + back->unit - back->data : 3u;
    ends.in_room = back->most;
    if (!back->open)
        ends.in_room = back->data;
    if (!back->open || back->most != 0)
        try(&raw, RIGHT);
    done();
}

/* Cut into many descriptors. */
static void service_cut(void)
{
    struct raw raw = fill();

    ends_begin("cut");
    for (raw.each = 1; raw.each < 8; raw.each++)
        if (raw.out / raw.each + raw.in / raw.each + 2 <= ENDS_QUEUE_SIZE)
            try(&raw, RIGHT);
    done();
}

static void service_bit(void)
{
    struct raw raw;

    if (ends.message->bit == 0 || ends.message->home != (int)ends.set)
        return;
    ends_set_bit(false);
    raw = fill();
    ends_begin("feature_of_service");
    try(&raw, REFUSED);
    (void)ends_end();
    ends_set_bit(true);
}

static void service_feature(void)
{
    const struct raw raw = fill();

    if (ends_has(ends.message->sets, ends.set) || !ends_has(ends.queue->sets, ends.set))
        return;
    ends_begin("feature_of_service");
    try(&raw, REFUSED);
    done();
}

static void service_wrong(void)
{
    service_bit();
    service_truncated();
    service_out_data();
    service_direction();
    service_unknown();
    service_value();
    service_room();
    service_cut();
}

static void empty_message(void)
{
    const struct raw raw = fill();

    ends_begin("no_function");
    try(&raw, REFUSED);
    if (!ends_end())
        ends_reopen();
}

void ends_empty(void)
{
    ends_each(ENDS_REQUEST, true, empty_message);
}

/* Is this index used by another queue? */
static bool is_taken(uint16_t index)
{
    for (unsigned i = 0; i < ends_device.queues; i++)
        if (ends_has(ends_device.queue[i].sets, ends.set) && ends_index(&ends_device.queue[i]) == index)
            return true;
    return false;
}

/* Serves a queue that has no messages, which the device need not have. */
static uint16_t serve_other(struct vwr_vdev *v, uint16_t index)
{
    struct vwr_vqueue q = v->queue[0];

    q.index = index;
    return v->kind->serve(v, &q);
}

/* A driver that uses a queue whose feature is not negotiated. */
static void service_queues(void)
{
    struct vwr_vdev *const v = ends_device.dev;

    for (unsigned i = 0; i < ends_device.queues; i++) {
        const struct ends_queue *const q = &ends_device.queue[i];
        const uint16_t index = ends_index(q);

        ends.queue = q;
        if (ends_has(q->sets, ends.set) || is_taken(index) ||
            (q->kind != ENDS_REQUEST && q->kind != ENDS_TAKE))
            continue;
        ends_begin("queue_not_there");
        ends.posted = 0;
        vwr_vdev_lock(v);
        ENDS_SAME(serve_other(v, index), 0);
        vwr_vdev_unlock(v);
        ENDS_SAME(ends.posted, 1);
        (void)ends_end();
    }
    ends.queue = NULL;
}

void ends_service(void)
{
    service_queues();
    ends_each(ENDS_REQUEST, false, service_feature);
    ends_each(ENDS_REQUEST, true, service_wrong);
}

/* What a driver does besides messages reaches the VMM's function, if there is one. */
void ends_hooks(bool there)
{
    struct vwr_vdev *const v = ends_device.dev;

    ends_begin("hooks");
    ends.posted = 0;
    ends.hooked = 0;
    vwr_vdev_lock(v);
    for (uint16_t i = 0; i < v->queues; i++)
        (void)v->kind->serve(v, &v->queue[i]);
    (void)serve_other(v, UINT16_MAX);
    ENDS_SAME(ends.posted != 0, there);
    v->kind->config_written(v, 1, 2);
    v->kind->suspend(v);
    for (uint16_t i = 0; i < ENDS_QUEUES; i++)
        v->kind->queue_reset(v, i);
    v->kind->reset(v);
    vwr_vdev_unlock(v);
    ENDS_SAME(ends.hooked, there ? ENDS_QUEUES + 3u : 0);
    (void)ends_end();
}
