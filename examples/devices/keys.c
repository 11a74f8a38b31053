/* SPDX-License-Identifier: MIT */
/* Keyboard, mouse, tablet: echoes keys on the UART and in the picture; a button leaves a mark in it. */
#include "part.h"
#include "picture.h"
#include "screen.h"
#include "uart.h"
#include "vwr/gen/ids.h"
#include "vwr/input.h"

#define DEVICES 3u
#define EVENTS 128u /* of a FIFO */

/* From evdev. */
#define KEY 1u
#define RELATIVE 2u
#define ABSOLUTE 3u
#define AXIS_X 0u
#define AXIS_Y 1u
#define PRESSED 1u
#define BUTTON_LEFT 0x110u

/* Indexed by evdev key codes, which are those of a PC/AT keyboard. */
static const char letters[] = "??1234567890????QWERTYUIOP????ASDFGHJKL?????ZXCVBNM?????? ";

static struct vwr_input_shared shared[DEVICES];
static struct device {
    struct vwr_input input;
    uint64_t fifo[EVENTS];
    int most[2]; /* maximum value of its axes; 0: none */
} device[DEVICES];

static unsigned opened;
static int at[2]; /* position of the pointer */
static bool moved;
static const int size[2] = {(int)PICTURE_WIDTH, (int)PICTURE_HEIGHT};

static void keys_ask(struct device *d)
{
    struct vwr_input_query name = {.select = VWR_INPUT_CFG_ID_NAME};

    put("input: ");
    if (vwr_input_ask(&d->input, &name) > 0)
        put_untrusted((const char *)name.u.bytes, sizeof(name.u.bytes));
    put_char('\n');
    for (unsigned axis = AXIS_X; axis <= AXIS_Y; axis++) {
        struct vwr_input_query q = {.select = VWR_INPUT_CFG_ABS_INFO, .subsel = (uint8_t)axis};

        d->most[axis] = vwr_input_ask(&d->input, &q) > 0 && q.u.axis.min == 0 ? q.u.axis.max : 0;
    }
}

static int keys_open(struct vwr_dev *d)
{
    struct vwr_input_options options = {.event_count = EVENTS};
    int r;

    if (opened == DEVICES)
        return VWR_EBUSY;
    options.shared = &shared[opened];
    options.event = device[opened].fifo;
    r = vwr_input_open(&device[opened].input, d, &options);
    if (r == VWR_OK)
        opened++;
    return r;
}

static int keys_show(void)
{
    for (unsigned i = 0; i < opened; i++)
        keys_ask(&device[i]);
    return VWR_OK;
}

static void keys_move_to(unsigned axis, int64_t v)
{
    const int end = size[axis];

    at[axis] = (int)(v < 0 ? 0 : v < end ? v : end - 1);
    moved = true;
}

static void keys_put_position(const char *words)
{
    put(words);
    put_dec((unsigned)at[AXIS_X]);
    put(", ");
    put_dec((unsigned)at[AXIS_Y]);
    put_char('\n');
}

/* Draws first: a key reported on the UART is already on the screen. */
static int keys_press(unsigned code)
{
    const char c = code < sizeof(letters) - 1u ? letters[code] : '?';

    int r = VWR_OK;

    if (code == BUTTON_LEFT) {
        r = screen_mark((unsigned)at[AXIS_X], (unsigned)at[AXIS_Y]);
        keys_put_position("pointer: pressed at ");
        return r;
    }
    if (c != '?')
        r = screen_type(c);
    put("key: ");
    put_dec(code);
    if (c != '?') {
        put_char(' ');
        put_char(c);
    }
    put_char('\n');
    return r;
}

static int keys_event(const struct device *d, const struct vwr_input_event_msg *e)
{
    const int value = (int)e->value;
    int r = VWR_OK;

    if (e->type == KEY && e->value == PRESSED)
        return keys_press(e->code);
    if (e->type == RELATIVE && e->code <= AXIS_Y)
        keys_move_to(e->code, (int64_t)at[e->code] + value);
    if (e->type == ABSOLUTE && e->code <= AXIS_Y && d->most[e->code] > 0)
        keys_move_to(e->code, (int64_t)value * size[e->code] / ((int64_t)d->most[e->code] + 1));
    if (e->type == VWR_EV_SYN && moved) {
        moved = false;
        r = screen_point((unsigned)at[AXIS_X], (unsigned)at[AXIS_Y]);
        keys_put_position("pointer: at ");
    }
    return r;
}

static int keys_serve_device(struct device *d)
{
    struct vwr_input_event_msg e;
    int r = vwr_input_poll(&d->input);

    while (r == VWR_OK && vwr_input_read(&d->input, &e))
        r = keys_event(d, &e);
    if (r != VWR_OK)
        return r;
    return vwr_input_arm(&d->input) ? SERVED_ALL : SERVED_SOME;
}

static int keys_serve(void)
{
    int served = SERVED_ALL;

    for (unsigned i = 0; i < opened; i++) {
        const int r = keys_serve_device(&device[i]);

        if (r < 0)
            return r;
        served |= r;
    }
    return served;
}

static int keys_close(void)
{
    int result = VWR_OK;

    for (unsigned i = 0; i < opened; i++) {
        const int r = vwr_close(&device[i].input.bringup);

        if (r != VWR_OK)
            result = r;
    }
    return result;
}

/* The first device that has an error message. */
static size_t keys_explain(char *text, size_t bytes)
{
    size_t n = 0;

    for (unsigned i = 0; i < opened && n == 0; i++)
        n = vwr_input_explain(&device[i].input, text, bytes);
    return n;
}

static struct vwr_bringup *keys_device(unsigned n)
{
    return n < opened ? &device[n].input.bringup : NULL;
}

const struct part keys_part = {
    .type = VWR_ID_INPUT,
    .name = "input",
    .open = keys_open,
    .show = keys_show,
    .serve = keys_serve,
    .close = keys_close,
    .explain = keys_explain,
    .bringup = &vwr_input_bringup,
    .device = keys_device,
};
