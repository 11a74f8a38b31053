/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "vwr/vservice.h"

/* Passes messages from the chain to the handler, and writes the replies. */

int vwr_vmessage_store(struct vwr_vmessage *x, void *memory, uint32_t bytes, uint32_t at)
{
    if (at > bytes)
        return VWR_ERANGE;
    (void)vwr_vmessage_read(x, (uint8_t *)memory + at, bytes - at);
    return VWR_OK;
}

int vwr_vmessage_load(struct vwr_vmessage *x, const void *memory, uint32_t bytes, uint32_t at)
{
    if (at > bytes)
        return VWR_ERANGE;
    (void)vwr_vmessage_write(x, (const uint8_t *)memory + at, bytes - at);
    return VWR_OK;
}

/* ---- selection of the row ---- */

static bool vservice_has_any(const struct vwr_vdev *v, const uint8_t *features)
{
    bool has = false;

    for (unsigned i = 0; i < 3; i++)
        has = has || (features[i] != VWR_FEATURE_NONE && vwr_vdev_has(v, features[i]));
    return has;
}

static bool vservice_is_open(const struct vwr_vdev *v, const struct vwr_service_row *row)
{
    return (row->any[0] == VWR_FEATURE_NONE || vservice_has_any(v, row->any)) &&
           (row->also == VWR_FEATURE_NONE || vwr_vdev_has(v, row->also)) && !vservice_has_any(v, row->unless);
}

static bool vservice_has_out(const struct vwr_service_row *row)
{
    return row->out != 0 || (row->flags & VWR_SERVICE_MORE_OUT) != 0;
}

/* Only the bytes read so far are valid. */
static bool vservice_is_row(const struct vwr_service *s, const struct vwr_vmessage *x,
                            const struct vwr_service_row *row, uint32_t bytes)
{
    const struct vwr_service_queue *const q = x->queue;
    const uint8_t *const fixed = s->fixed;

    if (row->selects == 0 && q->count > 1 && vservice_has_out(row) != (x->chain.out_bytes != 0))
        return false;
    for (unsigned i = 0; i < row->selects; i++) {
        const struct vwr_service_select *const select = &q->select[i];
        uint32_t n;

        if (select->at + 0u + select->bytes > bytes)
            return false;
        n = vwr_bytes_number(fixed + select->at, select->bytes,
                             select->big || vwr_guest_is_big(s->dev.legacy));
        if ((n >> select->shift & select->mask) != row->value[i])
            return false;
    }
    return true;
}

static const struct vwr_service_row *vservice_find(const struct vwr_service *s, const struct vwr_vmessage *x,
                                                   uint32_t bytes)
{
    const struct vwr_service_queue *const q = x->queue;

    for (unsigned i = 0; i < q->count; i++)
        if (vservice_is_row(s, x, &q->rows[i], bytes))
            return &q->rows[i];
    return NULL;
}

/* ---- reply ---- */

/* Sizes of the parts of a reply. */
struct vservice_back {
    const uint8_t *from;
    uint32_t bytes;
};

struct vservice_form {
    uint32_t first;
    uint32_t last;
    uint32_t status_at;
    unsigned status_bytes;
};

/* Finds the row whose reply has the length of the available space. */
static const struct vwr_service_row *vservice_alike(const struct vwr_vmessage *x)
{
    const struct vwr_service_queue *const q = x->queue;

    for (unsigned i = 0; i < q->count; i++)
        if (x->chain.in_bytes == (uint32_t)q->rows[i].first + q->rows[i].last)
            return &q->rows[i];
    return NULL;
}

/* Gets the location of the status, if there is one, even for an unknown message. */
static struct vservice_form vservice_form(const struct vwr_vmessage *x)
{
    const struct vwr_service_queue *const q = x->queue;
    const struct vwr_service_row *const row = x->row == NULL && q->alike ? vservice_alike(x) : x->row;
    struct vservice_form form;

    form.first = row != NULL ? row->first : q->first;
    form.last = row != NULL ? row->last : q->last;
    form.status_at = row != NULL ? row->status_at : q->status_at;
    form.status_bytes = row != NULL ? row->status_bytes : q->status_bytes;
    return form;
}

static void vservice_put_number(const struct vwr_vmessage *x, uint32_t at, unsigned bytes, bool big,
                                uint32_t n)
{
    uint8_t byte[sizeof(n)];
    struct vwr_writer w;

    for (unsigned i = 0; i < bytes; i++)
        byte[i] = (uint8_t)(n >> (big ? bytes - 1u - i : i) * 8u);
    vwr_vchain_writer(&x->chain, &w);
    (void)vwr_writer_skip(&w, at);
    (void)vwr_writer_write(&w, byte, bytes);
}

/* Amount of data that the function has written, limited to the maximum value of the field. */
static void vservice_put_count(const struct vwr_vmessage *x, const struct vwr_counted *counted)
{
    uint32_t most, rest;
    uint64_t n;

    if (counted->bytes == 0)
        return;
    most = ~(uint32_t)0 >> (32u - counted->bytes * 8u);
    n = vwr_divide(x->in.done, counted->each, &rest);
    vservice_put_number(x, counted->at, counted->bytes,
                        counted->big || vwr_guest_is_big(x->service->dev.legacy),
                        (uint32_t)(n < most ? n : most));
}

static void vservice_put_zeroes(struct vwr_writer *w, uint32_t n)
{
    static const uint8_t zeroes[32]; /* at a time */
    uint32_t run;

    for (; n != 0; n -= run) {
        run = n < sizeof(zeroes) ? n : sizeof(zeroes);
        (void)vwr_writer_write(w, zeroes, run);
    }
}

/* Writes `n` bytes of a reply. `at` contains only `bytes` of them; the rest is filled with zeroes. */
static void vservice_put(struct vwr_writer *w, const struct vservice_back *back, uint32_t at, uint32_t n)
{
    const uint32_t rest = at < back->bytes ? back->bytes - at : 0;
    const uint32_t run = n < rest ? n : rest;

    if (run != 0)
        (void)vwr_writer_write(w, back->from + at, run);
    vservice_put_zeroes(w, n - run);
}

/*
 * Writes the reply. Returns the used length, which is 0 if there is no space for a reply. Fields after the
 * data are at the end, regardless of the length of the data. The used length includes all bytes before them,
 * so unwritten bytes are zeroed. If these exceed the budget or the class keeps them, the used length is only
 * that of the data. Section: Basic Facilities of a Virtio Device / Split Virtqueues / The Virtqueue Used
 * Ring.
 */
static uint32_t vservice_write_back(struct vwr_vmessage *x, uint32_t status, const struct vservice_back *back)
{
    const struct vservice_form form = vservice_form(x);
    const uint32_t room = x->chain.in_bytes;
    const uint32_t first = form.first;
    const uint32_t last = form.last;
    const uint32_t at = form.status_at;
    struct vwr_writer w;
    uint32_t gap;
    bool fills;

    if (room < first + last)
        return 0;
    gap = room - first - last - x->in.done;
    fills = gap == 0 || (gap <= x->service->dev.budget_bytes && !x->keep);
    vwr_vchain_writer(&x->chain, &w);
    vservice_put(&w, back, 0, first);
    if (last != 0) {
        (void)vwr_writer_skip(&w, x->in.done);
        if (fills)
            vservice_put_zeroes(&w, gap);
        else
            (void)vwr_writer_skip(&w, gap);
        vservice_put(&w, back, first, last);
    }
    if (x->row != NULL)
        vservice_put_count(x, &x->row->counted);
    vservice_put_number(x, at < first ? at : at + (room - first - last), form.status_bytes,
                        x->queue->status_big || vwr_guest_is_big(x->service->dev.legacy), status);
    if (x->exact)
        return first + x->in.done + last;
    return last != 0 && fills ? room : first + x->in.done;
}

static bool vservice_is_silent(const struct vwr_vmessage *x)
{
    if (x->row != NULL)
        return (x->row->flags & VWR_SERVICE_SILENT) != 0;
    return x->queue->silent || (x->queue->alike && vservice_alike(x) == NULL);
}

static uint32_t vservice_status(const struct vwr_vmessage *x, int result)
{
    if (result >= VWR_OK)
        return result > VWR_OK ? (uint32_t)result : x->row->ok;
    return x->row != NULL ? x->row->refuse : x->queue->refuse;
}

static void vservice_forget(struct vwr_vmessage *x)
{
    x->busy = false;
    x->ticket = 0;
    x->keeper = NULL;
    if (x->is_back)
        x->service->backs--;
    x->is_back = false;
}

static void vservice_end(struct vwr_vmessage *x, int result, const struct vservice_back *back)
{
    struct vwr_vdev *const v = &x->service->dev;
    uint32_t written = 0;

    vservice_forget(x);
    if (result >= VWR_OK || !vservice_is_silent(x))
        written = vservice_write_back(x, vservice_status(x, result), back);
    vwr_vdev_charge(v, written, 0);
    vwr_vqueue_add_used(&v->queue[x->index], &x->chain, written);
}

void vwr_vmessage_end(struct vwr_vmessage *x, int result, const void *back)
{
    struct vservice_back all;

    all.from = back;
    all.bytes = result < VWR_OK || back == NULL ? 0 : ~(uint32_t)0;
    if (x->busy)
        vservice_end(x, result, &all);
}

/* The fixed part must still be in the copy. */
static void vservice_refuse(struct vwr_vmessage *x, int result)
{
    struct vservice_back back;

    back.from = x->service->refusal != NULL ? x->service->refusal(x) : NULL;
    back.bytes = back.from != NULL ? x->queue->first : 0;
    vservice_end(x, result, &back);
}

void vwr_service_feed(struct vwr_service *s)
{
    if (!s->is_starved)
        return;
    s->is_starved = false;
    for (uint16_t i = 0; i < s->dev.queues; i++)
        vwr_vdev_serve_locked(&s->dev, i);
}

/*
 * Requests that queues are served later, because they cannot be served while another queue is served or
 * reset. `reset` is the queue that is being reset, which must not start another request, or any other value
 * if no queue is being reset.
 */
static VWR_COLD void vservice_feed_later(struct vwr_service *s, uint16_t reset)
{
    s->is_starved = false;
    vwr_vdev_defer_others(&s->dev, reset);
}

void vwr_vmessage_finish(struct vwr_vmessage *x, int result, const void *back)
{
    struct vwr_service *const s = x->service;
    const uint16_t index = x->index;

    vwr_vmessage_end(x, result, back);
    (void)vwr_vdev_signal(&s->dev, &s->dev.queue[index]);
    vwr_service_feed(s);
}

void vwr_vmessage_answer(struct vwr_vmessage *x, uint64_t ticket, int result, const void *back)
{
    vwr_vdev_lock(&x->service->dev);
    if (vwr_vmessage_claim(x, ticket))
        vwr_vmessage_finish(x, result, back);
    vwr_vdev_unlock(&x->service->dev);
}

/* ---- serving a queue ---- */

static bool vservice_is_older(const struct vwr_vmessage *x, const struct vwr_vmessage *than)
{
    const uint32_t now = x->service->dev.queue[x->index].last_avail;

    return than == NULL || now - x->chain.position > now - than->chain.position;
}

/* Finds the oldest message of the queue that was given back; NULL: there is none. */
static struct vwr_vmessage *vservice_find_back(const struct vwr_service *s, uint16_t index)
{
    struct vwr_vmessage *oldest = NULL;

    for (unsigned i = 0; s->backs != 0 && i < s->messages; i++) {
        struct vwr_vmessage *const x = &s->message[i];

        if (x->is_back && x->index == index && vservice_is_older(x, oldest))
            oldest = x;
    }
    return oldest;
}

struct vwr_vmessage *vwr_service_kept(const struct vwr_service *s, const void *keeper)
{
    struct vwr_vmessage *oldest = NULL;

    for (unsigned i = 0; i < s->messages; i++) {
        struct vwr_vmessage *const x = &s->message[i];

        if (x->keeper == keeper && vservice_is_older(x, oldest))
            oldest = x;
    }
    return oldest;
}

/* Finds the unfinished message of the queue, or one that was given back, or a free one. */
static struct vwr_vmessage *vservice_next_message(const struct vwr_service *s, uint16_t index)
{
    struct vwr_vmessage *const back = vservice_find_back(s, index);
    struct vwr_vmessage *is_free = NULL;

    for (unsigned i = s->messages; i-- != 0;) {
        struct vwr_vmessage *const x = &s->message[i];

        if (!x->busy)
            is_free = x;
        else if (x->more != NULL && x->index == index)
            return x;
    }
    return back != NULL ? back : is_free;
}

/* Whether the last free message is not for this queue. */
static VWR_COLD bool vservice_is_spare(const struct vwr_service *s, const struct vwr_vmessage *next)
{
    unsigned others = 0;

    for (unsigned i = 0; i < s->messages; i++)
        others += !s->message[i].busy && &s->message[i] != next;
    return !next->busy && others == 0;
}

/* The data are between the fixed parts. */
static void vservice_set_data(struct vwr_vmessage *x)
{
    const struct vwr_service_row *const row = x->row;
    const uint32_t fixed = (uint32_t)row->first + row->last;
    const uint32_t room = x->chain.in_bytes > fixed ? x->chain.in_bytes - fixed : 0; /* or no reply at all */

    vwr_vchain_writer(&x->chain, &x->in);
    (void)vwr_writer_skip(&x->in, row->first);
    x->in.left = (row->flags & VWR_SERVICE_MORE_IN) != 0 ? room : 0;
    x->in.done = 0;
}

/* There is no space for a reply, and the row allows that. */
static bool vservice_may_omit(const struct vwr_vmessage *x)
{
    return x->chain.in_bytes == 0 && (x->row->flags & VWR_SERVICE_MAY_ANSWER) != 0;
}

/* Whether both lengths are valid and the feature is negotiated. */
static bool vservice_is_right(const struct vwr_service *s, const struct vwr_vmessage *x)
{
    const struct vwr_service_row *const row = x->row;

    if (!vservice_is_open(&s->dev, row) ||
        (x->chain.in_bytes < (uint32_t)row->first + row->last && !vservice_may_omit(x)))
        return false;
    return x->chain.out_bytes == row->out ||
           (x->chain.out_bytes > row->out && (row->flags & VWR_SERVICE_MORE_OUT) != 0);
}

static void vservice_rewind(struct vwr_vmessage *x)
{
    vwr_vchain_reader(&x->chain, &x->out);
    (void)vwr_reader_skip(&x->out, x->row->out);
}

/* Reads the selector, then the rest of the fixed part. */
static int vservice_call(struct vwr_service *s, struct vwr_vmessage *x)
{
    const struct vwr_service_queue *const q = x->queue;
    const uint32_t looked = vwr_reader_read(&x->out, s->fixed, q->select_end);

    x->looked = (uint16_t)looked;
    x->row = vservice_find(s, x, looked);
    if (x->row == NULL || !vservice_is_right(s, x))
        return VWR_EUNSUPP;
    if (looked < x->row->out)
        x->looked += (uint16_t)vwr_reader_read(&x->out, (uint8_t *)s->fixed + looked, x->row->out - looked);
    if (looked > x->row->out) /* the selector is in the data */
        vservice_rewind(x);
    if ((x->row->flags & VWR_SERVICE_MORE_OUT) == 0)
        x->out.left = 0;
    vservice_set_data(x);
    if (s->handle != NULL)
        return s->handle(s, x, s->fixed);
    return x->row->call(s, x, s->fixed);
}

static void vservice_take(struct vwr_service *s, struct vwr_vmessage *x)
{
    int r;

    vservice_forget(x); /* clears the mark that it was given back */
    x->busy = true;
    x->exact = false;
    x->keep = false;
    x->more = NULL;
    x->row = NULL;
    vwr_vchain_reader(&x->chain, &x->out);
    vwr_vchain_writer(&x->chain, &x->in);
    x->in.left = 0;
    r = vservice_call(s, x);
    if (r < VWR_OK && r != VWR_LATER && x->busy)
        vservice_refuse(x, r);
    else if (r != VWR_LATER)
        vwr_vmessage_end(x, r, NULL);
}

int vwr_vmessage_defer(struct vwr_vmessage *x, int (*more)(struct vwr_vmessage *x))
{
    x->more = more;
    vwr_vdev_defer(&x->service->dev, x->index);
    return VWR_LATER;
}

static uint16_t vservice_continue(struct vwr_vmessage *x)
{
    int (*const more)(struct vwr_vmessage *) = x->more;
    int r;

    x->more = NULL;
    r = more(x);
    if (r != VWR_LATER)
        vwr_vmessage_end(x, r, NULL);
    return r != VWR_LATER || !x->busy; /* the function may have ended the message itself */
}

void vwr_service_suspend(struct vwr_service *s)
{
    for (unsigned i = 0; i < s->messages; i++)
        if (s->message[i].busy && (s->message[i].more != NULL || s->message[i].is_back))
            (void)s->dev.kind->serve(&s->dev, &s->dev.queue[s->message[i].index]); /* pops nothing */
}

bool vwr_service_uses(const struct vwr_service *s, const void *host, uint64_t bytes)
{
    bool uses = false;

    for (unsigned i = 0; i < s->messages; i++)
        uses = uses || (s->message[i].busy && vwr_vchain_uses(&s->message[i].chain, host, bytes));
    return uses;
}

bool vwr_service_is_of(uint16_t index, unsigned first, unsigned stride, uint32_t count, uint16_t *number)
{
    uint32_t rest;
    uint64_t n;

    if (index < first)
        return false;
    n = vwr_divide(index - first, stride, &rest);
    if (rest != 0 || n >= count)
        return false;
    *number = (uint16_t)n;
    return true;
}

VWR_ALWAYS_INLINE uint16_t vservice_serve_one(struct vwr_service *s, uint16_t index, uint16_t number,
                                              const struct vwr_service_queue *q)
{
    struct vwr_vmessage *const x = vservice_next_message(s, index);

    if (x == NULL || (VWR_RARELY(s->held != 0 && s->held == index + 1u) && vservice_is_spare(s, x))) {
        s->is_starved = true;
        return 0;
    }
    if (x->busy && !x->is_back)
        return vservice_continue(x);
    if (!x->busy) {
        x->chain.seg = s->seg + (size_t)(x - s->message) * s->segs;
        x->chain.room = s->segs;
        if (!vwr_vdev_pop(&s->dev, index, &x->chain))
            return 0;
    }
    x->index = index;
    x->number = number;
    x->queue = q;
    vwr_vdev_charge(&s->dev, x->chain.out_bytes, 0);
    vservice_take(s, x);
    return 1;
}

/*
 * The ring may contain no further buffer, so all messages that were given back are served, and count as one.
 */
uint16_t vwr_service_serve(struct vwr_service *s, uint16_t index, uint16_t number,
                           const struct vwr_service_queue *q)
{
    uint16_t n = 0;
    uint16_t some;

    do {
        some = vservice_serve_one(s, index, number, q);
        n |= some;
    } while (some != 0 && vservice_find_back(s, index) != NULL && s->dev.work != 0);
    if (s->backs != 0 && s->dev.work == 0)
        vwr_vdev_defer(&s->dev, index);
    if (VWR_RARELY(n != 0 && s->is_starved))
        vservice_feed_later(s, s->dev.queues);
    return n;
}

int vwr_service_init(struct vwr_service *s, const struct vwr_service_memory *m, void *fixed)
{
    const uint32_t parts = VWR_SERVICE_SEGS(m->message_count, 1u);

    if (!VWR_ARRAY_FITS(&s->dev.shortage, m, message, message_count, 1u) ||
        !VWR_ARRAY_FITS(&s->dev.shortage, m, seg, seg_count, parts))
        return VWR_ENOMEM;
    s->fixed = fixed;
    s->message = m->message;
    s->messages = m->message_count;
    s->seg = m->seg;
    s->segs = (uint16_t)vwr_array_part(m->seg_count, parts, 0xffffu);
    s->is_starved = false;
    vwr_zero(m->message, s->messages * sizeof(*m->message));
    for (unsigned i = 0; i < s->messages; i++)
        m->message[i].service = s;
    vwr_vdev_limit(&s->dev, s->segs);
    return VWR_OK;
}

void vwr_service_forget(struct vwr_service *s, uint16_t index)
{
    for (unsigned i = 0; i < s->messages; i++)
        if (s->message[i].index == index)
            vservice_forget(&s->message[i]);
    if (s->is_starved)
        vservice_feed_later(s, index);
}

void vwr_service_forget_all(struct vwr_service *s)
{
    for (unsigned i = 0; i < s->messages; i++)
        vservice_forget(&s->message[i]);
    s->is_starved = false;
    vwr_vdev_limit(&s->dev, s->segs);
}
