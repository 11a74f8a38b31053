/* SPDX-License-Identifier: MIT */
#include "bench.h"
#include "vwr/can.h"
#include "vwr/gen/mmio.h"

#include <string.h>

/* Stories of a CAN controller (classes/): frames that there are not, features, bus off, and more frames than
 * there is memory for. */

enum { START = 0 }; /* acts */

static struct vwr_can *c;

static void plug(struct world *w, const struct format *f)
{
    bench_plug(w, f, &bench_can_driver);
}

static void open_it(struct world *w, const struct format *f)
{
    plug(w, f);
    assert_int_equal(bench_open(w, 0), VWR_OK);
    c = bench_own();
}

static void close_it(void)
{
    assert_int_equal(vwr_close(&c->bringup), VWR_OK);
}

/* The device fills the next buffer. */
static void give(struct world *w, unsigned type, uint32_t length, uint32_t flags, uint32_t id, uint32_t bytes)
{
    const bool legacy = w->f.version == VWR_MMIO_VERSION_LEGACY;
    const struct vwr_can_rx head = {.msg_type = vwr_guest16(legacy, (uint16_t)type),
                                    .length = vwr_guest16(legacy, (uint16_t)length),
                                    .flags = vwr_guest32(legacy, flags),
                                    .can_id = vwr_guest32(legacy, id)};
    static struct fake_chain chain;
    uint8_t in[VWR_CAN_BUFFER_BYTES];

    memset(in, 0x77, sizeof(in));
    memcpy(in, &head, sizeof(head));
    assert_true(fake_ring_next(&w->f, VWR_CAN_QUEUE_RXQ, &chain));
    class_write(&chain, in, bytes);
    fake_ring_push(&w->f, VWR_CAN_QUEUE_RXQ, chain.head, bytes);
}

static void gets_nothing(unsigned ignored)
{
    struct vwr_can_frame f = {.id = 7};

    assert_int_equal(vwr_can_receive(c, &f), 0);
    assert_int_equal(c->client.ignored, ignored);
}

/* Frames that the driver could not send either, among others. */
static void D48_frames(struct world *w, const struct format *format, const void *param)
{
    static const struct {
        uint32_t type, length, flags, id, bytes;
        bool good;
    } rows[] = {{VWR_CAN_RX, 8, 0, 0x7ff, 24, true},
                {VWR_CAN_RX, 8, 0, 0x7ff, 80, true},
                {VWR_CAN_RX, 8, 0, 0x7ff, 23, false},
                {VWR_CAN_RX, 9, 0, 1, 80, false},
                {VWR_CAN_RX, 0, 0, 0x800, 16, false},
                {VWR_CAN_RX, 0, VWR_CAN_FLAGS_EXTENDED, 0x800, 16, true},
                {VWR_CAN_RX, 0, VWR_CAN_FLAGS_EXTENDED, 0x20000000, 16, false},
                {VWR_CAN_RX, 64, VWR_CAN_FLAGS_FD, 1, 80, true},
                {VWR_CAN_RX, 65, VWR_CAN_FLAGS_FD, 1, 80, false},
                {VWR_CAN_RX, 0xffff, VWR_CAN_FLAGS_FD, 1, 80, false},
                {VWR_CAN_RX, 0, VWR_CAN_FLAGS_FD | VWR_CAN_FLAGS_RTR, 1, 16, false},
                {VWR_CAN_RX, 0, 1, 1, 16, false},
                {VWR_CAN_RX, 0, 0x80000000, 1, 16, false},
                {VWR_CAN_TX, 0, 0, 1, 16, false},
                {0, 0, 0, 0, 16, false}};
    struct vwr_can_frame f;
    unsigned ignored = 0;

    (void)param;
    open_it(w, format);
    for (unsigned i = 0; i < VWR_COUNT(rows); i++) {
        give(w, rows[i].type, rows[i].length, rows[i].flags, rows[i].id, rows[i].bytes);
        if (!rows[i].good) {
            gets_nothing(++ignored);
            continue;
        }
        assert_int_equal(vwr_can_receive(c, &f), 1);
        assert_true(f.id == rows[i].id && f.flags == rows[i].flags && f.length == rows[i].length);
        for (uint32_t k = 0; k < f.length; k++)
            assert_int_equal(f.data[k], 0x77);
    }
    /* Bad frames are followed by a good one in one call. */
    for (unsigned i = 0; i < 3; i++)
        give(w, VWR_CAN_RX, 9, 0, 1, 80);
    give(w, VWR_CAN_RX, 1, 0, 5, 17);
    assert_int_equal(vwr_can_receive(c, &f), 1);
    assert_int_equal(f.id, 5);
    gets_nothing(ignored + 3);
    close_it();
}

/* Without a feature, its frames are neither sent nor received. */
static void features(struct world *w, const struct format *format, const void *param)
{
    struct vwr_can_frame f = {.flags = VWR_CAN_FLAGS_FD};

    (void)param;
    plug(w, format);
    fake_withhold(&w->f, VWR_CAN_F_CAN_FD);
    fake_withhold(&w->f, VWR_CAN_F_RTR_FRAMES);
    assert_int_equal(bench_open(w, 0), VWR_OK);
    c = bench_own();
    assert_int_equal(vwr_can_send(c, &f, 0), VWR_EFEATURE);
    f.flags = VWR_CAN_FLAGS_RTR;
    assert_int_equal(vwr_can_do(c, &f), VWR_EFEATURE);
    give(w, VWR_CAN_RX, 0, VWR_CAN_FLAGS_FD, 1, 16);
    give(w, VWR_CAN_RX, 0, VWR_CAN_FLAGS_RTR, 1, 16);
    gets_nothing(2);
    close_it();
    plug(w, format);
    fake_withhold(&w->f, VWR_CAN_F_CAN_CLASSIC); /* and RTR_FRAMES, which needs it */
    assert_int_equal(bench_open(w, 0), VWR_OK);
    f.flags = 0;
    assert_int_equal(vwr_can_send(c, &f, 0), VWR_EFEATURE);
    assert_false(vwr_dev_has(&w->mmio.dev, VWR_CAN_F_RTR_FRAMES));
    close_it();
}

static void D26_neither(struct world *w, const struct format *format, const void *param)
{
    char text[200];

    (void)param;
    plug(w, format);
    fake_withhold(&w->f, VWR_CAN_F_CAN_CLASSIC);
    fake_withhold(&w->f, VWR_CAN_F_CAN_FD);
    assert_int_equal(bench_open(w, 0), VWR_EFEATURE);
    c = bench_own();
    assert_true(vwr_can_explain(c, text, sizeof(text)) < sizeof(text));
    assert_non_null(strstr(text, "CAN_CLASSIC"));
    assert_true((w->f.status_written & VWR_STATUS_FAILED) != 0);
}

/* The status comes and goes; a recovery starts only a controller that is not known to be off. */
static void bus_off(struct world *w, const struct format *format, const void *param)
{
    unsigned requests;
    int r;

    (void)param;
    open_it(w, format);
    assert_int_equal(vwr_can_read_bus_off(c), 0);
    bench_act(&bench_can_shapes.act[START]);
    requests = bench.requests;
    w->f.config[0] = w->f.config[1] = VWR_CAN_S_CTRL_BUSOFF; /* in either order of bytes */
    assert_int_equal(vwr_can_read_bus_off(c), 1);
    w->f.config[0] = w->f.config[1] = 2; /* unknown */
    assert_int_equal(vwr_can_read_bus_off(c), 0);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    do
        r = vwr_recover(&c->bringup);
    while (r == VWR_EBUSY);
    assert_int_equal(r, VWR_OK);
    gets_nothing(0);
    assert_int_equal(bench.requests, requests); /* nothing was sent again */
    close_it();
    assert_int_equal(vwr_can_read_bus_off(c), VWR_EFAILED);
}

/* More frames than there are requests; results in order, with their tags. */
static void tags(struct world *w, const struct format *format, const void *param)
{
    struct vwr_can_frame f = {.id = 0x123, .length = 3, .data = {0x11, 0x22, 0x33}};
    struct vwr_can_done sent;
    unsigned n = 0;
    int r;

    (void)param;
    open_it(w, format);
    class_silent = true;
    while ((r = vwr_can_send(c, &f, 0xfffffff0u + n)) == VWR_OK)
        n++;
    assert_int_equal(r, VWR_EFULL);
    assert_true(n <= VWR_CAN_FRAMES && n >= 4);
    assert_int_equal(vwr_can_reap(c, &sent), 0);
    class_silent = false;
    assert_int_equal(vwr_can_start(c), VWR_OK);
    (void)vwr_queue_kick(&c->client.txq.requests.queue);
    w->f.on_notify(&w->f, VWR_CAN_QUEUE_TXQ);
    for (unsigned i = 0; i < n; i++) {
        assert_int_equal(vwr_can_reap(c, &sent), 1);
        assert_int_equal(sent.tag, 0xfffffff0u + i);
        assert_int_equal(sent.result, VWR_OK);
    }
    assert_int_equal(vwr_can_reap(c, &sent), 0);
    close_it();
}

void bench_stories(struct format_tests *tests)
{
    static const uint16_t sizes[] = {16, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_INDIRECT, 0, sizes};
    static const struct format_range one = {KIND_SPLIT, 0, 0, sizes};

    format_add(tests, "D48_frames", D48_frames, NULL, &all);
    format_add(tests, "features", features, NULL, &one);
    format_add(tests, "D26_neither", D26_neither, NULL, &one);
    format_add(tests, "bus_off", bus_off, NULL, &all);
    format_add(tests, "tags", tags, NULL, &all);
}
