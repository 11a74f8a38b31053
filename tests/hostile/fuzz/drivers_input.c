/* SPDX-License-Identifier: MIT */
#include "drivers.h"

#include "vwr/entropy.h"
#include "vwr/input.h"

#include <string.h>

/* A keyboard, mouse or tablet; and an entropy device. */

#define EVENTS 16u

static struct {
    struct vwr_input *in;
    uint64_t *fifo;
} input;

static uint32_t no_answer(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in)
{
    (void)queue;
    (void)out;
    (void)n;
    (void)in;
    return 0;
}

static bool receives(unsigned queue)
{
    return queue == 0; /* for both classes */
}

/* ---- input ---- */

static struct vwr_bringup *input_bringup(void)
{
    return &input.in->bringup;
}

static void input_configure(uint8_t *config, bool legacy)
{
    (void)legacy;
    config[VWR_INPUT_CONFIG_SIZE] = 20;
    memset(config + VWR_INPUT_CONFIG_U, 0, 128);
}

/* Sends some events, and in most cases the end of their group. */
static void input_send(void)
{
    const uint8_t how = input_u8(drivers_in);
    const struct vwr_input_event key = {1, 2, 3};
    const struct vwr_input_event syn = {0};

    for (unsigned i = 0; i < (how & 0x1fu); i++)
        (void)drivers_deliver(VWR_INPUT_QUEUE_EVENTQ, &key, sizeof(key));
    if (how < 0xc0)
        (void)drivers_deliver(VWR_INPUT_QUEUE_EVENTQ, &syn, sizeof(syn));
}

static int input_open(struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_input_options o = {.avoid = *avoid, .event_count = EVENTS};

    input.in = drivers_anew(input.in, sizeof(*input.in));
    input.fifo = drivers_anew(input.fifo, EVENTS * sizeof(*input.fifo));
    o.shared = drivers_share(sizeof(*o.shared));
    o.event = input.fifo;
    return vwr_input_open(input.in, d, &o);
}

/* Reads all pending groups. */
static void input_read(void)
{
    struct vwr_input_event_msg e = {VWR_EV_SYN, VWR_SYN_REPORT, 0};

    for (unsigned n = 0; vwr_input_read(input.in, &e); n++)
        MUST(n < EVENTS);
    MUST(e.type == VWR_EV_SYN && e.code == VWR_SYN_REPORT);
    MUST(vwr_input_is_empty(input.in));
}

static void input_ask(void)
{
    struct vwr_input_query q;
    int r;

    q.select = input_u8(drivers_in);
    q.subsel = input_u8(drivers_in);
    r = vwr_input_ask(input.in, &q);
    MUST(r < (int)sizeof(q.u.bytes));
    if (r >= 0)
        MUST(r == q.size && !vwr_input_has(&q, 8u * q.size) && q.u.bytes[sizeof(q.u.bytes) - 1] == 0);
}

static void input_call(uint8_t which)
{
    char text[200];

    switch (which % 8) {
    case 0:
    case 1:
    case 2:
        MUST(vwr_input_poll(input.in) <= VWR_OK);
        return;
    case 3:
        input_read();
        return;
    case 4:
    case 5:
        MUST(vwr_input_set_led(input.in, which / 8, which >= 0x80) <= VWR_OK);
        return;
    case 6:
        input_ask();
        return;
    default:
        if (which >= 0xf0)
            vwr_input_give_up(input.in);
        drivers_see(vwr_input_arm(input.in));
        (void)vwr_input_explain(input.in, text, sizeof(text));
    }
}

static int input_close(void)
{
    return vwr_input_close(input.in);
}

static void input_closed(void)
{
    for (unsigned i = 0; i < VWR_INPUT_QUEUE; i++)
        MUST(input.in->event_buffer[i].owner == VWR_RECEIVE_DRIVER);
    for (unsigned i = 0; i < VWR_INPUT_STATUS_QUEUE; i++)
        MUST(!vwr_req_is_in_flight(&input.in->status_request[i]));
    input_read();
}

/* Sets a LED, and receives a group. */
static void input_works(void)
{
    const struct vwr_input_event syn = {0};
    struct vwr_input_event_msg e;

    MUST(vwr_input_set_led(input.in, 1, true) == VWR_OK);
    world_run_until_idle();
    MUST(drivers_deliver(VWR_INPUT_QUEUE_EVENTQ, &syn, sizeof(syn)));
    MUST(vwr_input_poll(input.in) == VWR_OK && vwr_input_read(input.in, &e));
}

const struct driver_row driver_input = {
    .id = VWR_INPUT_ID,
    .features = {{0}},
    .fields = vwr_input_config_fields,
    .field_count = VWR_INPUT_CONFIG_FIELD_COUNT,
    .steps = &vwr_input_bringup,
    .bringup = input_bringup,
    .configure = input_configure,
    .receives = receives,
    .answer = no_answer,
    .send = input_send,
    .open = input_open,
    .call = input_call,
    .close = input_close,
    .closed = input_closed,
    .works = input_works,
};

/* ---- entropy ---- */

static struct vwr_entropy *entropy;

static struct vwr_bringup *entropy_bringup(void)
{
    return &entropy->bringup;
}

static void entropy_configure(uint8_t *config, bool legacy)
{
    (void)config;
    (void)legacy;
}

static int entropy_open(struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_entropy_options o = {.avoid = *avoid};

    entropy = drivers_anew(entropy, sizeof(*entropy));
    o.shared = drivers_share(sizeof(*o.shared));
    return vwr_entropy_open(entropy, d, &o);
}

static void entropy_call(uint8_t which)
{
    static uint8_t bytes[1024];
    const size_t n = input_u8(drivers_in) * 4u;
    char text[200];

    switch (which % 4) {
    case 0:
    case 1:
        MUST(vwr_entropy_read(entropy, bytes, n) <= (int)n);
        return;
    case 2:
        MUST(vwr_entropy_fill(entropy, bytes, n, 1000) <= VWR_OK);
        return;
    default:
        if (which >= 0xf0)
            vwr_entropy_give_up(entropy);
        drivers_see(vwr_entropy_arm(entropy));
        (void)vwr_entropy_explain(entropy, text, sizeof(text));
    }
}

static int entropy_close(void)
{
    return vwr_entropy_close(entropy);
}

static void entropy_closed(void)
{
    for (unsigned i = 0; i < VWR_ENTROPY_QUEUE; i++)
        MUST(entropy->buffer[i].owner != VWR_RECEIVE_DEVICE);
}

static void entropy_works(void)
{
    char got[4];

    MUST(drivers_deliver(VWR_ENTROPY_QUEUE_REQUESTQ, "abc", 3));
    MUST(drivers_deliver(VWR_ENTROPY_QUEUE_REQUESTQ, "d", 1));
    MUST(vwr_entropy_fill(entropy, got, sizeof(got), 0) == VWR_OK && memcmp(got, "abcd", 4) == 0);
}

const struct driver_row driver_entropy = {
    .id = VWR_ENTROPY_ID,
    .features = {{0}},
    .steps = &vwr_entropy_bringup,
    .bringup = entropy_bringup,
    .configure = entropy_configure,
    .receives = receives,
    .answer = no_answer,
    .open = entropy_open,
    .call = entropy_call,
    .close = entropy_close,
    .closed = entropy_closed,
    .works = entropy_works,
};
