/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "vmm.h"
#include "vwr/vqueue.h"

#include <string.h>

/*
 * A misbehaving device and the client. The device checks the client's message byte by byte against the
 * description, and answers as the case chooses.
 */

static struct {
    uint8_t image[2 * ENDS_BYTES]; /* of the answer */
    uint32_t write;                /* number of bytes to write */
    uint32_t used;                 /* used length to report */
    unsigned served;
} script;

uint16_t ends_serve_script(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    static struct vwr_vseg seg[2 * ENDS_QUEUE_SIZE];
    static uint8_t bytes[2 * ENDS_BYTES];
    uint8_t want[ENDS_BYTES];
    struct vwr_vchain c;
    struct vwr_reader r;
    struct vwr_writer w;
    uint32_t n;

    (void)v;
    if (ends.message == NULL || ends.queue->kind != ENDS_REQUEST)
        return 0;
    c.seg = seg;
    c.room = 2 * ENDS_QUEUE_SIZE;
    if (vwr_vqueue_pop_avail(q, &c) != 1)
        return 0;
    n = ends_image(&ends.message->out, want);
    vwr_vchain_reader(&c, &r);
    vwr_vchain_writer(&c, &w);
    ENDS_SAME(vwr_reader_read(&r, bytes, sizeof(bytes)), n);
    ENDS_SAME_BYTES(bytes, want, n);
    ENDS_SAME(c.in_bytes, 0u + ends.message->back.first + ends.message->back.data + ends.message->back.last);
    (void)vwr_writer_write(&w, script.image, script.write);
    vwr_vqueue_add_used(q, &c, script.used);
    script.served++;
    return 1;
}

/* Builds the correct answer. */
static void write_right(void)
{
    memset(script.image, ENDS_POISON, sizeof(script.image));
    script.write = ends_image(&ends.message->back, script.image);
    script.used = script.write;
    script.served = 0;
    ends_expect(ends.message);
}

static void send_it(int want)
{
    ENDS_SAME(ends.message->call(ENDS_DO), want);
    ENDS_SAME(script.served, 1);
    ends.sent++;
}

/* The caller's memory contains exactly what the device has written. */
static void check_memory(void)
{
    const struct ends_half *const back = &ends.message->back;
    const uint32_t data = script.write <= back->first ? 0 : script.write - back->first;
    const uint32_t written = data < back->data ? data : back->data;

    for (uint32_t i = 0; i < written; i++)
        ENDS_SAME(ends.in[i], ends_byte(&ends.message->back, i));
    ends_untouched(ends.in + written, ENDS_BYTES - written);
}

static void done(void)
{
    write_right();
    send_it(VWR_OK);
    check_memory();
    if (!ends_end())
        ends_reopen();
    write_right();
}

/* The client's result if the device writes only `n` bytes of the correct answer. */
static int after(uint32_t n)
{
    const struct ends_message *const m = ends.message;
    const struct ends_half *const back = &m->back;
    const uint32_t at = m->status_at < back->first ? m->status_at : 0u + m->status_at + back->data;

    if (m->oks != 0 && n < at + m->status_bytes)
        return VWR_EIO;
    if (n < back->first || ((!back->open || back->counted) && n < 0u + back->first + back->data))
        return VWR_EPROTO;
    return VWR_OK;
}

static void client_short(void)
{
    const uint32_t whole = script.write;

    ends_begin("answer_short");
    for (uint32_t n = 0; n < whole && !ends.failed; n = n < 32 || n + 40 > whole ? n + 1 : n + 7) {
        const int want = after(n);

        write_right();
        script.write = n;
        script.used = n;
        ends.in_data = n <= ends.message->back.first ? 0 : n - ends.message->back.first;
        if (ends.in_data > ends.message->back.data)
            ends.in_data = ends.message->back.data;
        if (want == VWR_OK) /* the rest of the form keeps the client's bytes */
            continue;
        send_it(want);
        check_memory();
    }
    done();
}

/* The device writes nothing and reports 0 bytes. */
static void client_nothing(void)
{
    ends_begin("answer_of_no_byte");
    script.write = 0;
    script.used = 0;
    ends.in_data = 0;
    send_it(after(0));
    check_memory();
    done();
}

/* The device reports more than the buffer's length: the length is clamped. */
static void client_long(void)
{
    const vwr_count *const clamped = &ends.queue->requests->requests.queue.stats.clamped;
    const vwr_count before = *clamped;

    ends_begin("answer_too_long");
    script.used++;
    send_it(VWR_OK);
    check_memory();
    ENDS_SAME(*clamped, before + 1u);
    done();
}

/* The device writes all data but reports fewer bytes. */
static void client_less(void)
{
    const struct ends_half *const back = &ends.message->back;

    if ((back->open && !back->counted) || back->data == 0)
        return;
    ends_begin("answer_of_less");
    script.used = 0u + back->first + back->data - 1u;
    ends.in_data--;
    send_it(VWR_EPROTO);
    check_memory();
    done();
}

static bool is_ok(const struct ends_message *m, uint32_t status)
{
    bool ok = false;

    for (unsigned i = 0; i < m->oks; i++)
        ok = ok || m->ok[i] == status;
    return ok;
}

static void client_status(void)
{
    const struct ends_message *const m = ends.message;
    const uint32_t at = m->status_at < m->back.first ? m->status_at : 0u + m->status_at + m->back.data;

    if (m->oks == 0)
        return;
    for (unsigned i = 0; i < 2; i++) {
        uint32_t wrong = i == 0 ? 0x7e : m->ok[0] ^ 0x80;

        while (is_ok(m, wrong))
            wrong++;
        ends_begin("answer_of_another_status");
        ends_put(script.image + at, m->status_bytes, wrong, ends.queue->big);
        send_it(VWR_EIO);
        ENDS_SAME(ends.queue->own->status, wrong);
        check_memory();
        done();
    }
    for (unsigned i = 0; i < m->oks; i++) {
        ends_begin("answer_of_success");
        ends_put(script.image + at, m->status_bytes, m->ok[i], ends.queue->big);
        send_it(VWR_OK);
        done();
    }
}

/* A message that the description does not allow is not sent. */
static void client_unfit(void)
{
    const struct ends_message *const m = ends.message;

    for (unsigned i = 0; i < sizeof(m->unfit) / sizeof(m->unfit[0]) && m->unfit[i] != NULL; i++) {
        ends_begin(m->unfit[i]);
        ENDS_SAME(m->call((enum ends_do)(ENDS_UNFIT + i)), VWR_EINVAL);
        done();
    }
}

static void client_answers(void)
{
    write_right();
    ends_begin("answer");
    done();
    client_nothing();
    client_short();
    client_long();
    client_less();
    client_status();
    client_unfit();
}

/* ---- events ---- */

static struct vwr_vdev *scripted(void)
{
    return vmm.slot[ENDS_SLOT];
}

/* The device sends the first `n` bytes of the image and reports `used`. */
static void raise(uint32_t n, uint32_t used)
{
    static struct vwr_vseg seg[2 * ENDS_QUEUE_SIZE];
    struct vwr_vqueue *const q = &scripted()->queue[ends.queue->index(scripted(), ends.queue->number)];
    struct vwr_vchain c;
    struct vwr_writer w;

    c.seg = seg;
    c.room = 2 * ENDS_QUEUE_SIZE;
    vwr_vdev_lock(scripted());
    if (vwr_vqueue_pop_avail(q, &c) == 1) {
        vwr_vchain_writer(&c, &w);
        (void)vwr_writer_write(&w, script.image, n);
        vwr_vqueue_add_used(q, &c, used);
        (void)vwr_vdev_signal(scripted(), q);
    } else {
        ENDS_SAME(q->ready, false); /* otherwise a buffer is posted */
    }
    vwr_vdev_unlock(scripted());
}

static void event_right(void)
{
    write_right();
    raise(script.write, script.used);
    ENDS_SAME(ends.message->call(ENDS_POLL), 1);
    ENDS_SAME(ends.events, 1);
    ends.sent++;
}

static void event_done(void)
{
    event_right();
    if (!ends_end())
        ends_reopen();
    write_right();
}

static vwr_count ignored(void)
{
    return *ends_device.ignored + ends.queue->receive->stats.dropped;
}

/* The device sends it `times`, and one call of the driver ignores all. */
static void event_ignored(unsigned times)
{
    const vwr_count before = ignored();

    for (unsigned i = 0; i < times; i++)
        raise(script.write, script.used);
    ENDS_SAME(ends.message->call(ENDS_POLL), 0);
    ENDS_SAME(ends.events, 0);
    ENDS_SAME(ignored(), before + times);
}

/* The client's own reader of an event. */
static void event_parsed(void)
{
    const uint32_t whole = ends.message->back.first;

    write_right();
    ends.image = script.image;
    for (uint32_t n = 0; n <= whole; n++) {
        ends.image_bytes = n;
        ENDS_SAME(ends.message->call(ENDS_PARSE), n == whole);
    }
}

static void client_events(void)
{
    const struct ends_half *const back = &ends.message->back;

    write_right();
    ends_begin("event");
    if (ends.queue->family)
        ENDS_SAME((unsigned)-ends.message->call(ENDS_NO_QUEUE), (unsigned)-VWR_ENOQUEUE);
    event_done();
    ends_begin("event_truncated");
    for (uint32_t n = 0; n < back->first && !ends.failed; n++) {
        write_right();
        script.write = n;
        script.used = n;
        event_ignored(1);
    }
    event_parsed();
    event_done();
    for (unsigned i = 0; i < ends.queue->unknowns; i++) {
        const struct ends_unknown *const u = &ends.queue->unknown[i];

        ends_begin("event_unknown");
        ends_put_unknown(u, script.image);
        event_ignored(ENDS_BUFFERS);
        event_done();
    }
    ends_begin("event_too_long");
    script.used = ENDS_BYTES + 1u;
    ends.event_data = ENDS_BYTES - back->first;
    raise(script.write, script.used);
    ENDS_SAME(ends.message->call(ENDS_POLL), 1);
    event_done();
}

/* An event whose feature is not negotiated. */
static void client_event_feature(void)
{
    if (ends_has(ends.message->sets, ends.set) || !ends_has(ends.queue->sets, ends.set))
        return;
    write_right();
    ends_begin("feature_of_client");
    event_ignored(ENDS_BUFFERS);
    if (!ends_end())
        ends_reopen();
}

void ends_client(void)
{
    ends_each(ENDS_REQUEST, true, client_answers);
    ends_each(ENDS_EVENT, true, client_events);
    ends_each(ENDS_EVENT, false, client_event_feature);
}
