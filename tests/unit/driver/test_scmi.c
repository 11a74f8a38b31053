/* SPDX-License-Identifier: MIT */
#include "bench.h"
#include "vwr/scmi.h"

#include <string.h>

/*
 * Stories of a platform (classes/): responses to other commands, delayed responses that nobody waits for or
 * that come too early, lists that are none, settings that are lost.
 */

#define COMMANDS VWR_SCMI_QUEUE_CMDQ
#define EVENTS VWR_SCMI_QUEUE_EVENTQ
enum { NOTIFY_1 = 10, ASKS = 11, NOTIFY_AGAIN = 12 }; /* acts, and a shape */

static struct vwr_scmi *c;
static struct fake_chain chain;
static uint8_t sent[BENCH_LONGEST];

static void open_it(struct world *w, const struct format *f)
{
    bench_plug(w, f, &bench_scmi_driver);
    assert_int_equal(bench_open(w, 0), VWR_OK);
    c = bench_own();
}

static void close_it(struct world *w)
{
    class_all_posted(w, EVENTS, VWR_SCMI_EVENTS, 0);
    assert_int_equal(vwr_close(&c->bringup), VWR_OK);
}

static void put32(uint8_t *to, bool big, uint32_t n)
{
    for (unsigned i = 0; i < 4; i++)
        to[i] = (uint8_t)(n >> (big ? 3 - i : i) * 8);
}

static bool is_big(const struct world *w)
{
    return vwr_guest_is_big(w->f.version == VWR_MMIO_VERSION_LEGACY);
}

/* The device sends an event. */
static void event(struct world *w, uint32_t header, const void *payload, uint32_t bytes)
{
    uint8_t message[BENCH_LONGEST];

    put32(message, is_big(w), header);
    memcpy(message + 4, payload, bytes);
    assert_true(fake_ring_next(&w->f, EVENTS, &chain));
    class_write(&chain, message, 4 + bytes);
    fake_ring_push(&w->f, EVENTS, chain.head, 4 + bytes);
}

static void polls_nothing(unsigned ignored)
{
    struct vwr_scmi_event e;

    assert_int_equal(vwr_scmi_poll(c, &e), 0);
    assert_int_equal(c->client.ignored, ignored);
}

static const struct vwr_scmi_command version = {.protocol = VWR_SCMI_BASE, .values_bytes = 4};
static const struct vwr_scmi_command later = {
    .protocol = VWR_SCMI_SENSOR, .message = 6, .delayed = true, .values_bytes = 0};
#define LATER(token) vwr_scmi_header(VWR_SCMI_TYPE_DELAYED, VWR_SCMI_SENSOR, 6, token)

/* Sends a delayed command, which is answered with SUCCESS. */
static void asks(uint32_t tag)
{
    struct vwr_scmi_answer a;

    assert_int_equal(vwr_scmi_send(c, &later, tag), VWR_OK);
    assert_int_equal(vwr_scmi_reap(c, &a), 1);
    assert_int_equal(a.result, VWR_OK);
    assert_int_equal(a.tag, tag);
}

static void hears(uint32_t tag, int result, int32_t status)
{
    struct vwr_scmi_event e;

    assert_int_equal(vwr_scmi_poll(c, &e), 1);
    assert_true(e.delayed);
    assert_int_equal(e.answer.tag, tag);
    assert_int_equal(e.answer.result, result);
    assert_int_equal(e.answer.status, status);
    assert_int_equal(e.answer.bytes, 0);
}

static void recovers(struct world *w)
{
    int r = VWR_EBUSY;

    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    while (r == VWR_EBUSY)
        r = vwr_recover(&c->bringup);
    assert_int_equal(r, VWR_OK);
}

/* ---- responses ---- */

static uint32_t wrong_bits;

/* A device whose responses have a header with other bits. */
static void serve_other(struct fake *f, uint32_t queue)
{
    const bool big = vwr_guest_is_big(f->version == VWR_MMIO_VERSION_LEGACY);
    uint8_t in[BENCH_LONGEST] = {0};

    while (queue == COMMANDS && fake_ring_next(f, queue, &chain)) {
        (void)class_read(&chain, in, 4);
        for (unsigned i = 0; i < 4; i++)
            in[i] ^= (uint8_t)(wrong_bits >> (big ? 3 - i : i) * 8);
        class_write(&chain, in, chain.writable);
        fake_ring_push(f, queue, chain.head, chain.writable);
    }
}

/* The response to another token, protocol, message or type, or with reserved bits, is none. */
static void D40_headers(struct world *w, const struct format *f, const void *param)
{
    struct vwr_scmi_answer a;
    char text[200];

    (void)param;
    open_it(w, f);
    w->f.on_notify = serve_other;
    for (unsigned bit = 0; bit < 32; bit++) {
        wrong_bits = 1u << bit;
        assert_int_equal(vwr_scmi_do(c, &version, &a), VWR_EPROTO);
        assert_int_equal(a.bytes, 0);
        assert_int_equal(a.status, 0);
        assert_int_equal(vwr_scmi_send(c, &version, bit), VWR_OK);
        assert_int_equal(vwr_scmi_reap(c, &a), 1);
        assert_int_equal(a.result, VWR_EPROTO);
        assert_int_equal(a.tag, bit);
    }
    assert_true(vwr_scmi_explain(c, text, sizeof(text)) < sizeof(text));
    assert_non_null(strstr(text, "has the header 0x80004000"));
    wrong_bits = 0;
    assert_int_equal(vwr_scmi_do(c, &version, &a), VWR_OK);
    close_it(w);
}

/* As many commands as there are; the answers come in another order. */
static void D16_other_order(struct world *w, const struct format *f, const void *param)
{
    struct fake_chain kept[VWR_SCMI_COMMANDS];
    struct vwr_scmi_answer a;
    unsigned seen = 0;

    (void)param;
    open_it(w, f);
    class_silent = true;
    for (uint32_t i = 0; i < VWR_SCMI_COMMANDS; i++) {
        assert_int_equal(vwr_scmi_send(c, &version, 100 + i), VWR_OK);
        assert_true(fake_ring_next(&w->f, COMMANDS, &kept[i]));
    }
    assert_int_equal(vwr_scmi_send(c, &version, 0), VWR_EFULL);
    assert_int_equal(vwr_scmi_reap(c, &a), 0);
    for (unsigned i = VWR_SCMI_COMMANDS; i-- != 0;) {
        (void)class_read(&kept[i], sent, 4);
        memset(sent + 4, 0, 8);
        sent[8] = (uint8_t)i;
        class_write(&kept[i], sent, 12);
        fake_ring_push(&w->f, COMMANDS, kept[i].head, 12);
    }
    for (unsigned i = 0; i < VWR_SCMI_COMMANDS; i++) {
        assert_int_equal(vwr_scmi_reap(c, &a), 1);
        assert_int_equal(a.result, VWR_OK);
        assert_int_equal(a.bytes, 4);
        assert_int_equal(a.values[0], a.tag - 100);
        seen |= 1u << (a.tag - 100);
    }
    assert_int_equal(seen, (1u << VWR_SCMI_COMMANDS) - 1);
    assert_int_equal(vwr_scmi_reap(c, &a), 0);
    class_silent = false;
    close_it(w);
}

/* ---- delayed responses ---- */

/* Delayed responses to no command, or to one that does not wait for it; types that there are not. */
static void D40_delayed(struct world *w, const struct format *f, const void *param)
{
    static const uint8_t status[8];
    const uint32_t wrong[] = {
        LATER(1),      LATER(VWR_SCMI_COMMANDS), LATER(15),          LATER(16),         LATER(1023),
        LATER(0) ^ 1u, LATER(0) ^ 1u << 10,      LATER(0) ^ 1u << 8, LATER(0) ^ 2u << 8};
    struct vwr_scmi_event e;
    unsigned ignored = 0;

    (void)param;
    open_it(w, f);
    event(w, LATER(0), status, 4);
    polls_nothing(++ignored);
    asks(7);
    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        event(w, wrong[i], status, 4);
        if (vwr_scmi_header_type(wrong[i]) != VWR_SCMI_TYPE_NOTIFICATION) {
            polls_nothing(++ignored);
            continue;
        }
        assert_int_equal(vwr_scmi_poll(c, &e), 1);
        assert_false(e.delayed);
    }
    event(w, LATER(0), status, 3); /* has no status */
    polls_nothing(++ignored);
    event(w, LATER(0), "\xfa\xff\xff\xff", 4);
    hears(7, VWR_EIO, VWR_SCMI_S_BUSY);
    event(w, LATER(0), status, 4);
    polls_nothing(++ignored);
    close_it(w);
}

/* The response comes before the answer: it is not lost, and the command waits for no other one. */
static void delayed_is_early(struct world *w, const struct format *f, const void *param)
{
    struct vwr_scmi_answer a;

    (void)param;
    open_it(w, f);
    class_silent = true;
    assert_int_equal(vwr_scmi_send(c, &later, 5), VWR_OK);
    event(w, LATER(0), "\0\0\0\0", 4);
    hears(5, VWR_OK, 0);
    event(w, LATER(0), "\0\0\0\0", 4);
    polls_nothing(1);
    class_silent = false;
    w->f.on_notify(&w->f, COMMANDS);
    assert_int_equal(vwr_scmi_reap(c, &a), 1);
    assert_int_equal(a.result, VWR_OK);
    assert_int_equal(vwr_scmi_forget(c, 5), VWR_EINVAL);
    asks(6); /* with the same token */
    event(w, LATER(0), "\0\0\0\0", 4);
    hears(6, VWR_OK, 0);
    close_it(w);
}

/* After a user has given up, a late response is not that of the next command. */
static void D40_given_up(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    open_it(w, f);
    for (unsigned i = 0; i < 70; i++) {
        asks(i);
        assert_int_equal(vwr_scmi_forget(c, i + 1), VWR_EINVAL);
        assert_int_equal(vwr_scmi_forget(c, i), VWR_OK);
        assert_int_equal(vwr_scmi_forget(c, i), VWR_EINVAL);
        asks(1000);
        event(w, LATER(i % 64 * 16), "\0\0\0\0", 4);
        polls_nothing(i + 1);
        event(w, LATER((i + 1) % 64 * 16), "\0\0\0\0", 4);
        hears(1000, VWR_OK, 0);
    }
    close_it(w);
}

/* Commands that wait take up memory; a reset ends the wait of each, once. */
static void reset_ends_waits(struct world *w, const struct format *f, const void *param)
{
    struct vwr_scmi_answer a;

    (void)param;
    open_it(w, f);
    for (uint32_t i = 0; i < VWR_SCMI_COMMANDS - 1; i++)
        asks(i);
    assert_int_equal(vwr_scmi_send(c, &later, VWR_SCMI_COMMANDS - 1), VWR_OK); /* answered, but not taken */
    assert_int_equal(vwr_scmi_send(c, &version, 9), VWR_EFULL);
    recovers(w);
    for (uint32_t i = 0; i < VWR_SCMI_COMMANDS - 1; i++)
        hears(i, VWR_ERESET, 0);
    polls_nothing(0);
    assert_int_equal(vwr_scmi_reap(c, &a), 1);
    if (a.result == VWR_OK)
        hears(VWR_SCMI_COMMANDS - 1, VWR_ERESET, 0);
    polls_nothing(0);
    asks(50);
    event(w, LATER(0), "\0\0\0\0", 4);
    hears(50, VWR_OK, 0);
    close_it(w);
}

/* ---- events ---- */

/* Lengths from nothing to more than a message; the device reports more than it can have written. */
static void D48_lengths(struct world *w, const struct format *f, const void *param)
{
    const uint32_t header = vwr_scmi_header(VWR_SCMI_TYPE_NOTIFICATION, 0xff, 0xff, 0);
    static uint8_t payload[VWR_SCMI_BYTES];
    struct vwr_scmi_event e;

    (void)param;
    open_it(w, f);
    memset(payload, 0x5a, sizeof(payload));
    for (uint32_t n = 0; n <= VWR_SCMI_BYTES; n++) {
        event(w, header, payload, n);
        assert_int_equal(vwr_scmi_poll(c, &e), 1);
        assert_int_equal(e.protocol, 0xff);
        assert_int_equal(e.message, 0xff);
        assert_int_equal(e.answer.bytes, n);
        assert_memory_equal(e.answer.values, payload, n);
    }
    assert_true(fake_ring_next(&w->f, EVENTS, &chain));
    fake_ring_push(&w->f, EVENTS, chain.head, UINT32_MAX);
    if (vwr_scmi_poll(c, &e) == 1)
        assert_true(e.answer.bytes <= VWR_SCMI_BYTES);
    assert_int_equal(c->client.eventq.queue.stats.clamped, 1);
    close_it(w);
}

/* Without the feature nothing that needs it is sent. */
static void no_events(struct world *w, const struct format *f, const void *param)
{
    struct vwr_scmi_command m = version;
    struct vwr_scmi_answer a;
    struct vwr_scmi_event e;

    (void)param;
    bench_plug(w, f, &bench_scmi_driver);
    fake_withhold(&w->f, VWR_SCMI_F_P2A_CHANNELS);
    assert_int_equal(bench_open(w, 0), VWR_OK);
    c = bench_own();
    m.notifies = true;
    assert_int_equal(vwr_scmi_do(c, &m, &a), VWR_EFEATURE);
    assert_int_equal(vwr_scmi_set(c, 0, &m, &a), VWR_EFEATURE);
    assert_int_equal(vwr_scmi_send(c, &m, 0), VWR_EFEATURE);
    assert_int_equal(vwr_scmi_send(c, &later, 0), VWR_EFEATURE);
    assert_int_equal(bench.requests, 0);
    assert_int_equal(vwr_scmi_poll(c, &e), 0);
    assert_int_equal(vwr_scmi_do(c, &version, &a), VWR_OK);
    assert_true(vwr_scmi_arm(c));
    assert_int_equal(vwr_close(&c->bringup), VWR_OK);
}

/* A device with regions: the driver does not accept them. */
static void no_regions(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    bench_plug(w, f, &bench_scmi_driver);
    fake_offer(&w->f, VWR_SCMI_F_SHARED_MEMORY);
    assert_int_equal(bench_open(w, 0), VWR_OK);
    assert_false(fake_took(&w->f, VWR_SCMI_F_SHARED_MEMORY));
    assert_int_equal(vwr_close(((struct vwr_bringup *)bench_own())), VWR_OK);
}

/* ---- the list of protocols ---- */

static struct {
    uint32_t count, step, asked;
    uint32_t less; /* bytes that a list lacks */
} listed;

static void serve_list(struct fake *f, uint32_t queue)
{
    uint8_t in[BENCH_LONGEST];

    while (queue == COMMANDS && fake_ring_next(f, queue, &chain)) {
        const uint32_t n = class_read(&chain, sent, sizeof(sent));

        assert_true(listed.asked++ < 300);
        memset(in, 0, sizeof(in));
        memcpy(in, sent, 4);
        put32(in + 8, false, n == 4 ? listed.count : listed.step);
        for (uint32_t i = 0; n != 4 && i < listed.step && i < 200; i++)
            in[12 + i] = (uint8_t)(0x11 + sent[4] + i); /* what was asked for */
        class_write(&chain, in, chain.writable);
        fake_ring_push(f, queue, chain.head,
                       n == 4 ? 12 : 12 + (listed.step < 120 ? listed.step : 120) - listed.less);
    }
}

static int lists(uint32_t count, uint32_t step, uint32_t less)
{
    uint8_t list[4] = {0};
    int r;

    listed.count = count;
    listed.step = step;
    listed.asked = 0;
    listed.less = less;
    r = vwr_scmi_protocols(c, list, 3);
    for (unsigned i = 0; i < 3 && r > 0 && i < (unsigned)r; i++)
        assert_int_equal(list[i], 0x11 + i);
    assert_int_equal(list[3], 0);
    return r;
}

/* Lists in one part or in many; none, or more protocols than a part has. */
static void D30_lists(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    open_it(w, f);
    w->f.on_notify = serve_list;
    assert_int_equal(lists(2, 2, 0), 2);
    assert_int_equal(lists(5, 2, 0), 5);
    assert_int_equal(lists(255, 1, 0), 255);
    assert_int_equal(lists(0x0102, 120, 0), 2); /* and an agent */
    assert_int_equal(lists(0, 0, 0), 0);
    assert_int_equal(listed.asked, 1);
    assert_int_equal(lists(1, 0, 0), VWR_EPROTO);
    assert_int_equal(lists(3, 3, 1), VWR_EPROTO);
    assert_int_equal(lists(3, 121, 0), VWR_EPROTO);
    assert_int_equal(lists(3, UINT32_MAX, 0), VWR_EPROTO);
    close_it(w);
}

/* ---- a device of another author ---- */

/*
 * What vhost-device-scmi 0.4.0 (crates.io) has sent to this driver on 2026-12-02, with the device `fake`: the
 * answers after their header, which it repeats. docs/interop.md says how.
 */
static const struct {
    uint8_t protocol, message;
    struct bench_bytes params, values; /* the latter with the status */
} said[] = {
    {0x10, 0, BENCH_BYTES(""), BENCH_BYTES("\0\0\0\0\0\0\2\0")},
    {0x10, 1, BENCH_BYTES(""), BENCH_BYTES("\0\0\0\0\1\0\0\0")},
    {0x10, 6, BENCH_BYTES("\0\0\0\0"), BENCH_BYTES("\0\0\0\0\1\0\0\0\x15\0\0\0")},
    {0x10, 3, BENCH_BYTES(""), BENCH_BYTES("\0\0\0\0rust-vmm\0\0\0\0\0\0\0\0")},
    {0x10, 4, BENCH_BYTES(""), BENCH_BYTES("\xff\xff\xff\xff")},
    {0x15, 0, BENCH_BYTES(""), BENCH_BYTES("\0\0\0\0\0\0\3\0")},
    {0x15, 2, BENCH_BYTES("\x55\0\0\0"), BENCH_BYTES("\xfc\xff\xff\xff")},
    {0x15, 3, BENCH_BYTES("\0\0\0\0"),
     BENCH_BYTES("\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\x40\0\1\3\0judge\0\0\0\0\0\0\0\0\0\0\0")},
    {0x15, 6, BENCH_BYTES("\0\0\0\0\0\0\0\0"), BENCH_BYTES("\xfe\xff\xff\xff")},
    {0x15, 0xb, BENCH_BYTES("\0\0\0\0\1\0\0\0"), BENCH_BYTES("\0\0\0\0\1\0\0\0")},
};

static const struct bench_bytes *find_said(uint32_t header, const uint8_t *params, uint32_t n)
{
    for (unsigned i = 0; i < VWR_COUNT(said); i++)
        if (said[i].protocol == vwr_scmi_header_protocol(header) &&
            said[i].message == vwr_scmi_header_message(header) && said[i].params.n == n &&
            bench_equal(said[i].params.at, params, n))
            return &said[i].values;
    return NULL;
}

static void serve_said(struct fake *f, uint32_t queue)
{
    const bool big = vwr_guest_is_big(f->version == VWR_MMIO_VERSION_LEGACY);

    while (queue == COMMANDS && fake_ring_next(f, queue, &chain)) {
        const uint32_t n = class_read(&chain, sent, sizeof(sent));
        const struct bench_bytes *const values = find_said(vwr_bytes_number(sent, 4, big), sent + 4, n - 4);

        assert_non_null(values);
        memcpy(sent + 4, values->at, values->n);
        class_write(&chain, sent, 4 + values->n);
        fake_ring_push(f, queue, chain.head, 4 + values->n);
    }
}

static void vhost_device(struct world *w, const struct format *f, const void *param)
{
    struct vwr_scmi_answer a;
    uint32_t number = 0;
    uint8_t list[2];

    (void)param;
    open_it(w, f);
    w->f.on_notify = serve_said;
    assert_int_equal(vwr_scmi_version(c, VWR_SCMI_BASE, &number), VWR_OK);
    assert_int_equal(number, 0x20000);
    assert_int_equal(vwr_scmi_protocols(c, list, sizeof(list)), 1);
    assert_int_equal(list[0], VWR_SCMI_SENSOR);
    assert_int_equal(vwr_scmi_version(c, VWR_SCMI_SENSOR, &number), VWR_OK);
    assert_int_equal(number, 0x30000);
    for (unsigned i = 0; i < VWR_COUNT(said); i++) {
        const struct vwr_scmi_command m = {.protocol = said[i].protocol,
                                           .message = said[i].message,
                                           .params = said[i].params.at,
                                           .params_bytes = said[i].params.n,
                                           .values_bytes = 40};
        const int32_t status = (int32_t)vwr_bytes_number(said[i].values.at, 4, false);

        assert_int_equal(vwr_scmi_do(c, &m, &a), status == 0 ? VWR_OK : status == -1 ? VWR_EUNSUPP : VWR_EIO);
        assert_int_equal(a.status, status);
        assert_int_equal(a.bytes, said[i].values.n - 4);
        assert_memory_equal(a.values, said[i].values.at + 4, a.bytes);
    }
    close_it(w);
}

/* ---- recovery ---- */

static void settles(void)
{
    for (unsigned i = 0; i < 2 * VWR_SCMI_SETTINGS; i++)
        polls_nothing(0);
}

/* Settings are sent again unless they were taken back; one that the device refuses is counted. */
static void settings(struct world *w, const struct format *f, const void *param)
{
    struct vwr_scmi_answer a;

    (void)param;
    open_it(w, f);
    bench_act(&bench_scmi_shapes.act[NOTIFY_1]);
    recovers(w);
    settles();
    assert_int_equal(bench.sent_count, 1);
    assert_int_equal(bench.sent[0], NOTIFY_AGAIN);
    assert_int_equal(vwr_scmi_set(c, 0, &version, &a), VWR_OK);
    wrong_bits = 1u << 20;
    w->f.on_notify = serve_other;
    recovers(w);
    settles();
    assert_int_equal(c->restore.lost, 2);
    wrong_bits = 0;
    vwr_scmi_unset(c, 0);
    vwr_scmi_unset(c, 1);
    vwr_scmi_unset(c, VWR_SCMI_SETTINGS);
    recovers(w);
    settles();
    assert_int_equal(c->restore.lost, 2);
    close_it(w);
}

void bench_stories(struct format_tests *tests)
{
    static const uint16_t sizes[] = {16, 0}, longer[] = {32, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_INDIRECT, 0, sizes};
    static const struct format_range many = {KIND_ALL, FORMAT_INDIRECT, 0, longer};

    format_add(tests, "D40_headers", D40_headers, NULL, &all);
    format_add(tests, "D16_other_order", D16_other_order, NULL, &many);
    format_add(tests, "D40_delayed", D40_delayed, NULL, &all);
    format_add(tests, "delayed_is_early", delayed_is_early, NULL, &all);
    format_add(tests, "D40_given_up", D40_given_up, NULL, &all);
    format_add(tests, "reset_ends_waits", reset_ends_waits, NULL, &many);
    format_add(tests, "D48_lengths", D48_lengths, NULL, &all);
    format_add(tests, "no_events", no_events, NULL, &all);
    format_add(tests, "no_regions", no_regions, NULL, &all);
    format_add(tests, "D30_lists", D30_lists, NULL, &all);
    format_add(tests, "vhost_device", vhost_device, NULL, &all);
    format_add(tests, "settings", settings, NULL, &all);
}
