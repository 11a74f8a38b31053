/* SPDX-License-Identifier: MIT */
#include "bench.h"
#include "vwr/input.h"

#include <string.h>

/*
 * The input driver with a scripted device: event groups of every length, a full FIFO, LED messages that the
 * device does not take, invalid answers and events, and a device that fails in the middle of a group.
 */

#define SIZE 8u
#define EVENTS 16u /* size of the FIFO */
#define EVENTQ VWR_INPUT_QUEUE_EVENTQ
#define STATUSQ VWR_INPUT_QUEUE_STATUSQ
#define KEY 1u /* event types of evdev */
#define REL 2u
#define ABS 3u

static struct vwr_input in;
static struct vwr_input_options options;
static uint64_t fifo[EVENTS];
static struct fake_chain chain;

/* ---- the device's configuration ---- */

static struct {
    uint8_t select, subsel, size;
    uint8_t bytes[255];
} answer[6];
static bool restless;

/* The device side of a configuration query. Each write changes the generation, as in QEMU. */
static void on_config(struct fake *f, unsigned offset, bool write)
{
    const uint8_t *const asked = f->config;

    f->generation += write || restless;
    if (!write || (offset != VWR_INPUT_CONFIG_SELECT && offset != VWR_INPUT_CONFIG_SUBSEL))
        return;
    f->config[VWR_INPUT_CONFIG_SIZE] = 0;
    memset(f->config + VWR_INPUT_CONFIG_U, 0xee, 128); /* fields that were not queried may contain anything */
    for (unsigned i = 0; i < sizeof(answer) / sizeof(answer[0]); i++)
        if (answer[i].size != 0 && answer[i].select == asked[VWR_INPUT_CONFIG_SELECT] &&
            answer[i].subsel == asked[VWR_INPUT_CONFIG_SUBSEL]) {
            f->config[VWR_INPUT_CONFIG_SIZE] = answer[i].size;
            memcpy(f->config + VWR_INPUT_CONFIG_U, answer[i].bytes, 128);
        }
}

static void answers(unsigned i, uint8_t select, uint8_t subsel, const void *bytes, uint8_t size)
{
    answer[i].select = select;
    answer[i].subsel = subsel;
    answer[i].size = size;
    memset(answer[i].bytes, 0xdd, sizeof(answer[i].bytes)); /* garbage behind the answer */
    memcpy(answer[i].bytes, bytes, size);
}

static int ask(struct vwr_input_query *q, uint8_t select, uint8_t subsel)
{
    memset(q, 0xa5, sizeof(*q));
    q->select = select;
    q->subsel = subsel;
    return vwr_input_ask(&in, q);
}

/* ---- a device ---- */

static void plug(struct world *w, const struct format *f)
{
    format_plug(w, f);
    w->f.device_id = VWR_INPUT_ID;
    w->f.on_config = on_config;
    w->f.queue[EVENTQ].size_max = f->size;
    w->f.queue[STATUSQ].size_max = f->size;
    restless = false;
    memset(answer, 0, sizeof(answer));
    assert_int_equal(world_probe(w), VWR_OK);
}

static int open_it(struct world *w)
{
    memset(&in, 0xa5, sizeof(in)); /* memory of the embedder is not zeroed */
    memset(&options, 0, sizeof(options));
    options.shared = fake_ram_alloc(sizeof(*options.shared), VWR_QUEUE_SHARED_ALIGN);
    options.event = fifo;
    options.event_count = EVENTS;
    return vwr_input_open(&in, &w->mmio.dev, &options);
}

static void begin(struct world *w, const struct format *f)
{
    plug(w, f);
    assert_int_equal(open_it(w), VWR_OK);
}

static void sends(struct world *w, uint16_t type, uint16_t code, uint32_t value)
{
    const bool legacy = w->f.version == VWR_MMIO_VERSION_LEGACY;
    const struct vwr_input_event e = {vwr_guest16(legacy, type), vwr_guest16(legacy, code),
                                      vwr_guest32(legacy, value)};

    assert_true(fake_ring_next(&w->f, EVENTQ, &chain));
    assert_int_equal(chain.readable, 0);
    assert_int_equal(chain.writable, VWR_INPUT_BYTES);
    fake_ram_write(chain.segment[0].addr, &e, sizeof(e));
    fake_ring_push(&w->f, EVENTQ, chain.head, sizeof(e));
}

static void syncs(struct world *w)
{
    sends(w, VWR_EV_SYN, VWR_SYN_REPORT, 0);
}

/* Sends a group of n events and its end, in as many polls as the buffers need; values start at `first`. */
static void sends_group(struct world *w, unsigned n, uint32_t first)
{
    for (unsigned i = 0; i < n; i++) {
        sends(w, REL, 1, first + i);
        assert_int_equal(vwr_input_poll(&in), VWR_OK);
    }
    syncs(w);
    assert_int_equal(vwr_input_poll(&in), VWR_OK);
}

static void reads(uint16_t type, uint16_t code, uint32_t value)
{
    struct vwr_input_event_msg e;

    assert_true(vwr_input_read(&in, &e));
    assert_int_equal(e.type, type);
    assert_int_equal(e.code, code);
    assert_int_equal(e.value, value);
}

static void reads_group(unsigned n, uint32_t first)
{
    for (unsigned i = 0; i < n; i++)
        reads(REL, 1, first + i);
    reads(VWR_EV_SYN, VWR_SYN_REPORT, 0);
}

static void reads_nothing(void)
{
    struct vwr_input_event_msg e;

    assert_true(vwr_input_is_empty(&in));
    assert_false(vwr_input_read(&in, &e));
}

static void counts(vwr_count groups, vwr_count dropped, vwr_count torn)
{
    assert_int_equal(in.stats.groups, groups);
    assert_int_equal(in.stats.dropped, dropped);
    assert_int_equal(in.stats.torn, torn);
}

/* ---- events ---- */

static void events_come_in_groups(struct world *w, const struct format *f, const void *param)
{
    uint64_t packed;

    (void)param;
    begin(w, f);
    reads_nothing();
    assert_int_equal(vwr_input_poll(&in), VWR_OK);
    sends(w, KEY, 30, 1);
    assert_int_equal(vwr_input_poll(&in), VWR_OK);
    reads_nothing(); /* the group is not complete */
    syncs(w);
    reads_nothing(); /* not polled yet */
    assert_int_equal(vwr_input_poll(&in), VWR_OK);
    assert_false(vwr_input_is_empty(&in));
    assert_true(vwr_input_read_packed(&in, &packed));
    assert_true(packed == (UINT64_C(1) << 48 | UINT64_C(30) << 32 | 1));
    reads(VWR_EV_SYN, VWR_SYN_REPORT, 0);
    reads_nothing();
    sends(w, ABS, 0, UINT32_MAX); /* the reader interprets the sign */
    sends(w, ABS, 0xffff, 0x80000000u);
    syncs(w);
    assert_int_equal(vwr_input_poll(&in), VWR_OK);
    reads(ABS, 0, UINT32_MAX);
    reads(ABS, 0xffff, 0x80000000u);
    reads(VWR_EV_SYN, VWR_SYN_REPORT, 0);
    for (uint32_t i = 0; i < 200; i++) { /* uses each buffer and each FIFO entry repeatedly */
        sends_group(w, i % EVENTS, 1000 * i);
        if (i % EVENTS == EVENTS / 2) { /* another group behind it */
            sends_group(w, 3, i);
            reads_group(i % EVENTS, 1000 * i);
            reads_group(3, i);
        } else {
            reads_group(i % EVENTS, 1000 * i);
        }
    }
    counts(2 + 200 + 12, 0, 0);
    assert_int_equal(vwr_close(&in.bringup), VWR_OK);
    assert_true(vwr_input_poll(&in) < 0);
}

/* A group that does not fit is dropped as a whole, whichever of its events finds the FIFO full. */
static void full_fifo_drops_groups(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    for (unsigned held = 0; held < EVENTS; held++) {
        begin(w, f);
        sends_group(w, held, 0); /* held + 1 entries with its end */
        sends_group(w, 5, 100);
        sends_group(w, 1, 200);
        reads_group(held, 0);
        if (held + 1 + 6 <= EVENTS)
            reads_group(5, 100);
        if (held + 1 + (held + 1 + 6 <= EVENTS ? 6 : 0) + 2 <= EVENTS)
            reads_group(1, 200);
        reads_nothing();
        assert_int_equal(in.stats.groups + in.stats.dropped, 3);
        sends_group(w, EVENTS - 1, 300); /* the whole FIFO */
        reads_group(EVENTS - 1, 300);
        assert_int_equal(vwr_close(&in.bringup), VWR_OK);
    }
}

/* Space that becomes free while a group arrives does not save a group that has already lost events. */
static void no_half_groups(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    sends_group(w, EVENTS - 3, 0); /* two entries are free */
    for (unsigned i = 0; i < 3; i++)
        sends(w, REL, 1, 100 + i);
    assert_int_equal(vwr_input_poll(&in), VWR_OK);
    reads_group(EVENTS - 3, 0);
    sends(w, REL, 1, 103);
    syncs(w);
    assert_int_equal(vwr_input_poll(&in), VWR_OK);
    reads_nothing();
    counts(1, 1, 0);
    sends_group(w, 2, 200);
    reads_group(2, 200);
}

/* A group without an end, and a group longer than the FIFO. */
static void endless_group(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    sends_group(w, 2, 7);
    for (unsigned i = 0; i < 10 * EVENTS; i++) {
        sends(w, REL, 1, i);
        assert_int_equal(vwr_input_poll(&in), VWR_OK);
    }
    reads_group(2, 7);
    reads_nothing();
    syncs(w);
    assert_int_equal(vwr_input_poll(&in), VWR_OK);
    reads_nothing();
    counts(1, 1, 0);
    sends_group(w, 2, 9);
    reads_group(2, 9);
}

static void asks_for_interrupts(struct world *w, const struct format *f, const void *param)
{
    unsigned before;

    (void)param;
    begin(w, f);
    assert_true(vwr_input_arm(&in));
    before = w->f.queue[EVENTQ].interrupts;
    sends(w, KEY, 1, 1);
    assert_int_equal(w->f.queue[EVENTQ].interrupts, before + 1);
    assert_false(vwr_input_arm(&in));
    assert_int_equal(vwr_input_poll(&in), VWR_OK);
}

/* ---- LEDs ---- */

/* The device takes the next message of the status queue; false if there is none. */
static bool takes_led(struct world *w, unsigned *led, uint32_t *value)
{
    const bool legacy = w->f.version == VWR_MMIO_VERSION_LEGACY;
    struct vwr_input_event e;

    if (!fake_ring_next(&w->f, STATUSQ, &chain))
        return false;
    assert_int_equal(chain.writable, 0);
    assert_int_equal(chain.readable, sizeof(e));
    fake_ram_read(chain.segment[0].addr, &e, sizeof(e));
    fake_ring_push(&w->f, STATUSQ, chain.head, 0);
    assert_int_equal(vwr_guest16(legacy, e.type), VWR_EV_LED);
    *led = vwr_guest16(legacy, e.code);
    *value = vwr_guest32(legacy, e.value);
    return true;
}

static void takes(struct world *w, unsigned led, uint32_t value)
{
    uint32_t v;
    unsigned l;

    assert_true(takes_led(w, &l, &v));
    assert_int_equal(l, led);
    assert_int_equal(v, value);
}

static void takes_none(struct world *w)
{
    assert_false(fake_ring_next(&w->f, STATUSQ, &chain));
}

/* Each change is sent. While the device takes no message, the caller gets an error, and the current state
 * is sent later. */
static void leds(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    assert_int_equal(vwr_input_set_led(&in, 1, true), VWR_OK);
    assert_int_equal(vwr_input_set_led(&in, 1, false), VWR_OK);
    assert_int_equal(vwr_input_set_led(&in, 15, true), VWR_OK);
    takes(w, 1, 1);
    takes(w, 1, 0);
    takes(w, 15, 1);
    assert_int_equal(vwr_input_set_led(&in, VWR_INPUT_LEDS, true), VWR_EINVAL);
    takes_none(w);
    for (unsigned i = 0; i < f->size; i++)
        assert_int_equal(vwr_input_set_led(&in, 0, i % 2 == 0), VWR_OK);
    assert_int_equal(vwr_input_set_led(&in, 2, true), VWR_EFULL);
    assert_int_equal(vwr_input_set_led(&in, 31, true), VWR_EFULL);
    assert_int_equal(vwr_input_set_led(&in, 2, false), VWR_EFULL);
    assert_int_equal(vwr_input_poll(&in), VWR_OK); /* poll does not report that they wait */
    for (unsigned i = 0; i < f->size; i++)
        takes(w, 0, i % 2 == 0);
    takes_none(w);
    assert_int_equal(vwr_input_poll(&in), VWR_OK);
    takes(w, 2, 0); /* once, with the current state */
    takes(w, 31, 1);
    takes_none(w);
}

/* ---- configuration queries ---- */

static const uint8_t axis_bytes[] = {0, 0, 0, 0, 0xff, 0x7f, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0};
static const uint8_t below_zero[] = {0x00, 0x80, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0,
                                     0,    0,    0,    0,    0,    0,    0, 0, 0, 0};

static void what_it_is(struct world *w, const struct format *f, const void *param)
{
    const uint8_t keys[] = {0x02, 0x00, 0x80};
    const uint8_t ids[] = {6, 0, 0x27, 6, 1, 0, 2, 0};
    struct vwr_input_query q;

    (void)param;
    begin(w, f);
    answers(0, VWR_INPUT_CFG_ID_NAME, 0, "A tablet", 8);
    answers(1, VWR_INPUT_CFG_EV_BITS, KEY, keys, sizeof(keys));
    answers(2, VWR_INPUT_CFG_ID_DEVIDS, 0, ids, sizeof(ids));
    answers(3, VWR_INPUT_CFG_ABS_INFO, 1, axis_bytes, sizeof(axis_bytes));
    answers(4, VWR_INPUT_CFG_ABS_INFO, 2, below_zero, sizeof(below_zero));
    assert_int_equal(ask(&q, VWR_INPUT_CFG_ID_NAME, 0), 8);
    assert_string_equal((char *)q.u.bytes, "A tablet"); /* the rest is 0 */
    assert_int_equal(ask(&q, VWR_INPUT_CFG_ID_SERIAL, 0), 0);
    assert_int_equal(q.u.bytes[0], 0);
    assert_int_equal(ask(&q, VWR_INPUT_CFG_EV_BITS, KEY), 3);
    for (unsigned code = 0; code < 2000; code++)
        assert_int_equal(vwr_input_has(&q, code), code == 1 || code == 23);
    assert_int_equal(ask(&q, VWR_INPUT_CFG_EV_BITS, REL), 0);
    assert_false(vwr_input_has(&q, 0));
    if ((f->flags & FORMAT_LEGACY) == 0 || !VWR_BIG_ENDIAN) {
        assert_int_equal(ask(&q, VWR_INPUT_CFG_ID_DEVIDS, 0), 8);
        assert_int_equal(q.u.ids.bus, 6);
        assert_int_equal(q.u.ids.vendor, 0x627);
        assert_int_equal(q.u.ids.product, 1);
        assert_int_equal(q.u.ids.version, 2);
        assert_int_equal(ask(&q, VWR_INPUT_CFG_ABS_INFO, 1), 20);
        assert_int_equal(q.u.axis.max, 0x7fff);
        assert_int_equal(q.u.axis.resolution, 5);
        assert_int_equal(ask(&q, VWR_INPUT_CFG_ABS_INFO, 2), 20);
        assert_int_equal(q.u.axis.min, -32768);
    }
    assert_int_equal(ask(&q, VWR_INPUT_CFG_ABS_INFO, 0), 0);
    assert_int_equal(vwr_close(&in.bringup), VWR_OK);
    assert_int_equal(ask(&q, VWR_INPUT_CFG_ID_NAME, 0), VWR_EFAILED);
}

/* D30: answers too short for their fields, answers longer than possible, and an axis whose maximum is
 * below its minimum. Clauses: input.drv.init.2. */
static void D30_answers(struct world *w, const struct format *f, const void *param)
{
    uint8_t much[255];
    uint8_t axis[20];
    struct vwr_input_query q;

    (void)param;
    begin(w, f);
    memset(much, 'n', sizeof(much));
    memcpy(axis, axis_bytes, sizeof(axis));
    axis[7] = 0x80; /* the maximum is negative */
    for (unsigned n = 1; n < 20; n++) {
        answers(0, VWR_INPUT_CFG_ABS_INFO, 0, axis_bytes, (uint8_t)n);
        assert_int_equal(ask(&q, VWR_INPUT_CFG_ABS_INFO, 0), VWR_EPROTO);
        answers(0, VWR_INPUT_CFG_ID_DEVIDS, 0, axis_bytes, (uint8_t)n);
        assert_int_equal(ask(&q, VWR_INPUT_CFG_ID_DEVIDS, 0), n < 8 ? VWR_EPROTO : (int)n);
    }
    answers(0, VWR_INPUT_CFG_ABS_INFO, 0, axis, sizeof(axis));
    if (!VWR_BIG_ENDIAN)
        assert_int_equal(ask(&q, VWR_INPUT_CFG_ABS_INFO, 0), VWR_EPROTO);
    for (unsigned n = 120; n < 256; n++) {
        answers(0, VWR_INPUT_CFG_ID_NAME, 0, much, (uint8_t)n);
        assert_int_equal(ask(&q, VWR_INPUT_CFG_ID_NAME, 0), n < 128 ? n : 128);
        assert_int_equal(q.u.bytes[119], 'n');
        assert_int_equal(q.u.bytes[n < 128 ? n : 128], 0);
        answers(0, VWR_INPUT_CFG_EV_BITS, KEY, much, (uint8_t)n);
        assert_int_equal(ask(&q, VWR_INPUT_CFG_EV_BITS, KEY), n < 128 ? n : 128);
        assert_false(vwr_input_has(&q, 8 * 128));
        assert_false(vwr_input_has(&q, UINT32_MAX));
    }
}

/* D29: a configuration that keeps changing; the device stays usable. */
static void D29_restless(struct world *w, const struct format *f, const void *param)
{
    struct vwr_input_query q;

    (void)param;
    begin(w, f);
    answers(0, VWR_INPUT_CFG_ID_NAME, 0, "x", 1);
    restless = true;
    if ((f->flags & FORMAT_LEGACY) == 0) /* legacy has no generation */
        assert_int_equal(ask(&q, VWR_INPUT_CFG_ID_NAME, 0), VWR_EBUSY);
    restless = false;
    assert_int_equal(ask(&q, VWR_INPUT_CFG_ID_NAME, 0), 1);
    sends_group(w, 1, 3);
    reads_group(1, 3);
}

static void sizes_of_the_fifo(struct world *w, const struct format *f, const void *param)
{
    static const uint32_t events[] = {0, 3, 15, UINT32_MAX};

    (void)param;
    begin(w, f);
    assert_int_equal(vwr_close(&in.bringup), VWR_OK);
    assert_true(vwr_input_set_led(&in, 1, true) < 0);
    for (unsigned i = 0; i < 4; i++) {
        options.event_count = events[i];
        assert_int_equal(vwr_input_open(&in, &w->mmio.dev, &options),
                         events[i] == 0 ? VWR_ENOMEM : VWR_EINVAL);
    }
}

/* ---- the device fails ---- */

static int recover(struct world *w)
{
    int r;

    do {
        const unsigned before = w->f.accesses;

        r = vwr_recover(&in.bringup);
        assert_true(w->f.accesses - before <= 64);
    } while (r == VWR_EBUSY);
    return r;
}

/* One group is complete, half of the next has arrived and was polled in part, and two LED messages are in
 * flight. */
static void begin_in_flight(struct world *w, const struct format *f)
{
    begin(w, f);
    assert_int_equal(vwr_input_set_led(&in, 0, true), VWR_OK);
    takes(w, 0, 1);
    sends_group(w, 2, 40);
    sends(w, REL, 1, 50);
    assert_int_equal(vwr_input_poll(&in), VWR_OK);
    sends(w, REL, 1, 51);
    assert_int_equal(vwr_input_set_led(&in, 3, true), VWR_OK);
    assert_int_equal(vwr_input_set_led(&in, 1, false), VWR_OK);
}

/* The LEDs are restored, each set once; the truncated group is counted; and new groups arrive. */
static void works_again(struct world *w, const struct format *f)
{
    takes(w, 0, 1);
    takes(w, 1, 0);
    takes(w, 3, 1);
    takes_none(w);
    reads_group(2, 40);
    reads_nothing();
    counts(1, 0, 1);
    for (unsigned i = 0; i < f->size; i++)
        sends(w, REL, 1, 60 + i);
    assert_false(fake_ring_next(&w->f, EVENTQ, &chain));
    assert_int_equal(vwr_input_poll(&in), VWR_OK);
    syncs(w);
    assert_int_equal(vwr_input_poll(&in), VWR_OK);
    reads_group(f->size, 60);
    assert_int_equal(vwr_input_set_led(&in, 3, false), VWR_OK);
    takes(w, 3, 0);
}

static void explains(const char *words)
{
    char text[200];

    assert_true(vwr_input_explain(&in, text, sizeof(text)) < sizeof(text));
    assert_non_null(strstr(text, words));
}

static void D36_needs_reset(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_in_flight(w, f);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    assert_int_equal(vwr_get_stage(&in.bringup), VWR_STAGE_STOPPED);
    explains("the device reports an error and needs a reset: status reads 0x4");
    assert_int_equal(recover(w), VWR_OK);
    works_again(w, f);
}

/* D14: the device takes no LED messages and sends nothing, so its owner gives it up. */
static void D14_silence(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_in_flight(w, f);
    fake_time.step = 600u * 1000u * 1000u;
    assert_int_equal(vwr_input_set_led(&in, 3, true), VWR_OK); /* there is no deadline */
    assert_int_equal(vwr_get_stage(&in.bringup), VWR_STAGE_RUNNING);
    vwr_input_give_up(&in);
    assert_int_equal(vwr_input_poll(&in), VWR_ERESET);
    assert_int_equal(recover(w), VWR_OK);
    works_again(w, f);
}

/* D02, D18: a buffer that the device does not own, in either queue. */
static void D02_events(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_in_flight(w, f);
    fake_ring_put(&w->f, EVENTQ, f->size + 3u, 8);
    assert_int_equal(vwr_input_poll(&in), VWR_EBADRING);
    explains("queue 0: the device used a buffer that is not in flight");
    assert_int_equal(recover(w), VWR_OK);
    works_again(w, f);
}

static void D02_status(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_in_flight(w, f);
    fake_ring_put(&w->f, STATUSQ, f->size + 3u, 0);
    assert_int_equal(vwr_input_set_led(&in, 3, true), VWR_EBADRING);
    assert_true(vwr_input_poll(&in) < 0); /* waiting messages cannot be sent */
    explains("queue 1: the device used a buffer that is not in flight");
    assert_int_equal(recover(w), VWR_OK);
    works_again(w, f);
}

/* D25: the reset is not acknowledged, so the device owns the memory; a late acknowledgement makes the
 * driver work again. */
static void D25_reset_never_ends(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_in_flight(w, f);
    w->f.quirks.reset_reads = FAKE_FOREVER;
    vwr_input_give_up(&in);
    assert_int_equal(recover(w), VWR_EFAILED);
    assert_int_equal(vwr_get_stage(&in.bringup), VWR_STAGE_LOST);
    assert_int_equal(in.event_buffer[f->size - 1].owner, VWR_RECEIVE_DEVICE);
    w->f.quirks.reset_reads = 0;
    w->f.reset_reads_left = 0;
    assert_int_equal(recover(w), VWR_OK);
    works_again(w, f);
}

static void freezes(struct world *w, const struct format *f, const void *param)
{
    int r;

    (void)param;
    begin_in_flight(w, f);
    while ((r = vwr_freeze(&in.bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(r, VWR_OK);
    assert_int_equal(w->f.status, 0);
    assert_int_equal(vwr_input_set_led(&in, 3, true) < 0, 1); /* the driver stores it */
    assert_int_equal(recover(w), VWR_OK);
    works_again(w, f);
}

void bench_stories(struct format_tests *tests)
{
    static const uint16_t sizes[] = {4, SIZE, 0};
    static const uint16_t eight[] = {SIZE, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_OPTIONS, 0, sizes};
    static const struct format_range few = {KIND_ALL, FORMAT_IN_ORDER, 0, eight};

#define ADD(test, range) format_add(tests, #test, test, NULL, &(range))
    ADD(events_come_in_groups, all);
    ADD(full_fifo_drops_groups, few);
    ADD(no_half_groups, few);
    ADD(endless_group, few);
    ADD(asks_for_interrupts, few);
    ADD(leds, all);
    ADD(what_it_is, few);
    ADD(D30_answers, few);
    ADD(D29_restless, few);
    ADD(sizes_of_the_fifo, few);
    ADD(D36_needs_reset, all);
    ADD(D14_silence, few);
    ADD(D02_events, few);
    ADD(D02_status, few);
    ADD(D25_reset_never_ends, few);
    ADD(freezes, few);
}
