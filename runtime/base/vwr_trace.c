/* SPDX-License-Identifier: MIT */
#include "vwr/text.h"

/* Fields of each kind of event, in the order printed. */
enum form { ADDRESS, QUEUE, REASON, QUEUE_RESULT, MESSAGE, STRUCTURE };

struct kind {
    const char *name;
    uint8_t form; /* enum form */
    uint8_t fields;
};

static const struct kind kinds[] = {
    [VWR_TRACE_READ] = {"read", ADDRESS, 3},     [VWR_TRACE_WRITE] = {"write", ADDRESS, 3},
    [VWR_TRACE_ADD] = {"add", QUEUE, 3},         [VWR_TRACE_KICK] = {"kick", QUEUE, 3},
    [VWR_TRACE_TAKE] = {"take", QUEUE, 3},       [VWR_TRACE_IRQ] = {"irq", REASON, 1},
    [VWR_TRACE_ARM] = {"arm", QUEUE, 2},         [VWR_TRACE_STOP] = {"stop", QUEUE_RESULT, 2},
    [VWR_TRACE_OUT] = {"out", MESSAGE, 3},       [VWR_TRACE_IN] = {"in", MESSAGE, 3},
    [VWR_TRACE_PLACE] = {"place", STRUCTURE, 4},
};

/* Queue, remaining bytes, and the next bytes; the first byte is the least significant. */
static void put_message(struct vwr_text *t, const struct vwr_trace_event *e)
{
    vwr_text_dec(t, e->b);
    vwr_text_str(t, " ");
    vwr_text_dec(t, e->c);
    vwr_text_str(t, " ");
    vwr_text_hex(t, e->a);
}

/* Address, index, additional data, length. */
static void put_structure(struct vwr_text *t, const struct vwr_trace_event *e)
{
    vwr_text_hex(t, e->a);
    vwr_text_str(t, " ");
    vwr_text_dec(t, e->b & 0xffu);
    vwr_text_str(t, " ");
    vwr_text_dec(t, e->b >> 8);
    vwr_text_str(t, " ");
    vwr_text_hex(t, e->c);
}

static void put_fields(struct vwr_text *t, const struct kind *k, const struct vwr_trace_event *e)
{
    if (k->form == MESSAGE) {
        put_message(t, e);
        return;
    }
    if (k->form == STRUCTURE) {
        put_structure(t, e);
        return;
    }
    if (k->form == ADDRESS)
        vwr_text_hex(t, e->a);
    else
        vwr_text_dec(t, e->a);
    if (k->fields > 1)
        vwr_text_str(t, " ");
    if (k->form == QUEUE_RESULT) {
        vwr_text_str(t, "-");
        vwr_text_dec(t, 0u - e->b);
    } else if (k->fields > 1) {
        vwr_text_dec(t, e->b);
    }
    if (k->fields > 2) {
        vwr_text_str(t, " ");
        if (k->form == ADDRESS)
            vwr_text_hex(t, e->c);
        else
            vwr_text_dec(t, e->c);
    }
}

size_t vwr_trace_line(const struct vwr_trace *t, uint32_t n, char *text, size_t bytes)
{
    const struct vwr_trace_event *e;
    struct vwr_text line;

    if (t->next - n - 1u >= t->size) /* not written yet, or overwritten */
        return 0;
    e = &t->events[n & (t->size - 1u)];
    if (e->what == 0 || e->what >= sizeof(kinds) / sizeof(kinds[0]))
        return 0;
    vwr_text_begin(&line, text, bytes);
    vwr_text_str(&line, "vwr-trace ");
    vwr_text_dec(&line, n);
    vwr_text_str(&line, " ");
    vwr_text_dec(&line, e->time_us);
    vwr_text_str(&line, " ");
    vwr_text_str(&line, kinds[e->what].name);
    vwr_text_str(&line, " ");
    put_fields(&line, &kinds[e->what], e);
    return line.length;
}
