/* SPDX-License-Identifier: MIT */
#include "host_vm.h"
#include "vwr/input.h"
#include "vwr/vinput.h"

#include <linux/input.h>
#include <stdlib.h>
#include <string.h>

/* An input device with this project's driver, in every ring format. */

#define FIFO 32u /* events that wait for the guest */
#define DRIVER_FIFO 256u

struct world {
    struct host_vm h;
    struct vwr_vinput v;
    struct vwr_input_event_msg fifo[FIFO];
    struct vwr_input in;
    struct vwr_input_options options;
    uint64_t driver_fifo[DRIVER_FIFO];
    unsigned statuses;
    struct vwr_input_event_msg last;
};

static void status(struct vwr_vinput *in, uint16_t type, uint16_t code, uint32_t value)
{
    struct world *const w = in->context;

    assert_true(w->h.locked);
    w->statuses++;
    w->last = (struct vwr_input_event_msg){type, code, value};
}

static const struct vwr_vinput_ops ops = {.status = status};

static void open_driver(struct world *w)
{
    assert_int_equal(vwr_input_open(&w->in, &w->h.mmio.dev, &w->options), VWR_OK);
}

static struct world *begin_within(void **state, const struct vwr_vinput_model *model, const char *serial,
                                  uint32_t budget_bytes)
{
    struct world *const w = calloc(1, sizeof(*w));
    const struct vwr_vinput_options o = {
        .model = model, .serial = serial, .ops = &ops, .context = w, .event = w->fifo, .event_count = FIFO};

    assert_non_null(w);
    host_vm_begin(&w->h, *state);
    w->h.setup.budget_bytes = budget_bytes;
    assert_int_equal(vwr_vinput_init_with(&w->v, &w->h.setup, &o), VWR_OK);
    host_vm_plug(&w->h, vwr_vinput_dev(&w->v));
    w->options.shared = host_vm_alloc(&w->h, sizeof(*w->options.shared));
    w->options.event = w->driver_fifo;
    w->options.event_count = DRIVER_FIFO;
    open_driver(w);
    return w;
}

static struct world *begin(void **state, const struct vwr_vinput_model *model, const char *serial)
{
    return begin_within(state, model, serial, 0);
}

static void end(struct world *w)
{
    assert_int_equal(w->h.broken, 0);
    host_vm_end(&w->h);
    free(w);
}

static struct vwr_input_query ask(struct world *w, uint8_t select, uint8_t subsel, int size)
{
    struct vwr_input_query q = {.select = select, .subsel = subsel};

    assert_int_equal(vwr_input_ask(&w->in, &q), size);
    return q;
}

/* Counts the answered queries among all 65536. */
static unsigned count_answers(struct world *w)
{
    unsigned answers = 0;

    for (unsigned select = 0; select < 256; select++)
        for (unsigned subsel = 0; subsel < 256; subsel++) {
            struct vwr_input_query q = {.select = (uint8_t)select, .subsel = (uint8_t)subsel};

            answers += vwr_input_ask(&w->in, &q) > 0;
        }
    return answers;
}

/* Section: Input Device / Device configuration layout. Clause: input.dev.init.1. */
static void keyboard_says_what_it_is(void **state)
{
    struct world *const w = begin(state, &vwr_vinput_keyboard, "0001");
    struct vwr_input_query q = ask(w, VWR_INPUT_CFG_ID_NAME, 0, (int)strlen(vwr_vinput_keyboard.name));

    assert_string_equal((const char *)q.u.bytes, vwr_vinput_keyboard.name);
    q = ask(w, VWR_INPUT_CFG_ID_SERIAL, 0, 4);
    assert_string_equal((const char *)q.u.bytes, "0001");
    q = ask(w, VWR_INPUT_CFG_ID_DEVIDS, 0, sizeof(struct vwr_input_devids));
    assert_int_equal(q.u.ids.bus, BUS_VIRTUAL);
    assert_int_equal(q.u.ids.product, 1);
    q = ask(w, VWR_INPUT_CFG_EV_BITS, EV_KEY, KEY_MICMUTE / 8 + 1);
    for (unsigned key = 0; key < KEY_CNT; key++)
        assert_int_equal(vwr_input_has(&q, key), key >= KEY_ESC && key <= KEY_MICMUTE);
    q = ask(w, VWR_INPUT_CFG_EV_BITS, EV_LED, 1);
    assert_int_equal(q.u.bytes[0], 1u << LED_NUML | 1u << LED_CAPSL | 1u << LED_SCROLLL);
    q = ask(w, VWR_INPUT_CFG_EV_BITS, EV_REP, 1);
    assert_int_equal(q.u.bytes[0], 1u << REP_DELAY | 1u << REP_PERIOD);
    (void)ask(w, VWR_INPUT_CFG_EV_BITS, EV_REL, 0);
    (void)ask(w, VWR_INPUT_CFG_PROP_BITS, 0, 0);
    (void)ask(w, VWR_INPUT_CFG_ABS_INFO, ABS_X, 0);
    (void)ask(w, VWR_INPUT_CFG_ID_NAME, 1, 0);
    (void)ask(w, VWR_INPUT_CFG_UNSET, 0, 0);
    assert_int_equal(count_answers(w), 6);
    end(w);
}

static void pointers_say_what_they_are(void **state)
{
    struct world *w = begin(state, &vwr_vinput_mouse, NULL);
    struct vwr_input_query q = ask(w, VWR_INPUT_CFG_EV_BITS, EV_KEY, BTN_EXTRA / 8 + 1);

    assert_true(vwr_input_has(&q, BTN_LEFT) && vwr_input_has(&q, BTN_RIGHT) && vwr_input_has(&q, BTN_MIDDLE));
    q = ask(w, VWR_INPUT_CFG_EV_BITS, EV_REL, 2);
    assert_int_equal(q.u.bytes[0] | q.u.bytes[1] << 8,
                     1u << REL_X | 1u << REL_Y | 1u << REL_WHEEL | 1u << REL_HWHEEL);
    (void)ask(w, VWR_INPUT_CFG_ID_SERIAL, 0, 0);
    q = ask(w, VWR_INPUT_CFG_PROP_BITS, 0, 1);
    assert_int_equal(q.u.bytes[0], 1u << INPUT_PROP_POINTER);
    assert_int_equal(count_answers(w), 5);
    end(w);
    w = begin(state, &vwr_vinput_tablet, NULL);
    q = ask(w, VWR_INPUT_CFG_EV_BITS, EV_ABS, 1);
    assert_int_equal(q.u.bytes[0], 1u << ABS_X | 1u << ABS_Y);
    q = ask(w, VWR_INPUT_CFG_ABS_INFO, ABS_Y, sizeof(struct vwr_input_absinfo));
    assert_int_equal(q.u.axis.min, 0);
    assert_int_equal(q.u.axis.max, VWR_VINPUT_TABLET_MAX);
    end(w);
    w = begin(state, &vwr_vinput_multitouch, NULL);
    q = ask(w, VWR_INPUT_CFG_ABS_INFO, ABS_MT_SLOT, sizeof(struct vwr_input_absinfo));
    assert_int_equal(q.u.axis.max, VWR_VINPUT_TOUCHES - 1);
    q = ask(w, VWR_INPUT_CFG_EV_BITS, EV_ABS, ABS_MT_TRACKING_ID / 8 + 1);
    assert_true(vwr_input_has(&q, ABS_MT_POSITION_X) && vwr_input_has(&q, ABS_MT_POSITION_Y));
    q = ask(w, VWR_INPUT_CFG_PROP_BITS, 0, 1);
    assert_int_equal(q.u.bytes[0], 1u << INPUT_PROP_DIRECT);
    end(w);
}

/* An axis with negative values, a text that is too long, a code outside of the bitmap, a type with two
 * entries. */
static void a_model_of_your_own(void **state)
{
    static const struct vwr_vinput_codes codes[] = {{EV_MSC, 0x3ff, 0x500}, {EV_MSC, 0, 1}};
    static const struct vwr_vinput_axis axis[] = {{ABS_THROTTLE, -500, -1, 3, 4, 5}};
    static char name[200];
    static const struct vwr_vinput_model model = {
        .name = name, .codes = codes, .axis = axis, .codes_count = 2, .axis_count = 1};
    struct world *w;
    struct vwr_input_query q;

    memset(name, 'x', sizeof(name) - 1);
    w = begin(state, &model, name);
    (void)ask(w, VWR_INPUT_CFG_ID_NAME, 0, 128);
    (void)ask(w, VWR_INPUT_CFG_ID_SERIAL, 0, 128);
    q = ask(w, VWR_INPUT_CFG_EV_BITS, EV_MSC, 128);
    assert_true(vwr_input_has(&q, 0) && vwr_input_has(&q, 1) && !vwr_input_has(&q, 2) &&
                vwr_input_has(&q, 0x3ff));
    assert_false(vwr_input_has(&q, 0x3fe));
    q = ask(w, VWR_INPUT_CFG_ABS_INFO, ABS_THROTTLE, sizeof(struct vwr_input_absinfo));
    assert_int_equal(q.u.axis.min, -500);
    assert_int_equal(q.u.axis.max, -1);
    assert_int_equal(q.u.axis.fuzz, 3);
    assert_int_equal(q.u.axis.flat, 4);
    assert_int_equal(q.u.axis.resolution, 5);
    end(w);
}

/* ---- events ---- */

static bool press(struct world *w, uint16_t key, uint32_t down)
{
    const bool taken = vwr_vinput_event(&w->v, EV_KEY, key, down);

    assert_int_equal(vwr_vinput_event(&w->v, EV_SYN, SYN_REPORT, 0), taken);
    return taken;
}

static void assert_reads(struct world *w, uint16_t type, uint16_t code, uint32_t value)
{
    struct vwr_input_event_msg e;

    if (vwr_input_is_empty(&w->in))
        assert_int_equal(vwr_input_poll(&w->in), VWR_OK);
    assert_true(vwr_input_read(&w->in, &e));
    assert_int_equal(e.type, type);
    assert_int_equal(e.code, code);
    assert_int_equal(e.value, value);
}

static void assert_press(struct world *w, uint16_t key, uint32_t down)
{
    assert_reads(w, EV_KEY, key, down);
    assert_reads(w, EV_SYN, SYN_REPORT, 0);
}

static void assert_none(struct world *w)
{
    assert_int_equal(vwr_input_poll(&w->in), VWR_OK);
    assert_true(vwr_input_is_empty(&w->in));
}

static void groups_arrive(void **state)
{
    static const struct vwr_input_event_msg move[] = {{EV_ABS, ABS_X, 7}, {EV_ABS, ABS_Y, UINT32_MAX}};
    struct world *const w = begin(state, &vwr_vinput_keyboard, NULL);

    for (unsigned i = 0; i < 200; i++) {
        assert_true(vwr_vinput_event(&w->v, EV_KEY, KEY_A, i & 1u));
        assert_none(w); /* the group is incomplete */
        assert_true(vwr_vinput_event(&w->v, EV_SYN, SYN_REPORT, 0));
        assert_press(w, KEY_A, i & 1u);
        assert_true(vwr_vinput_group(&w->v, move, 2));
        assert_reads(w, EV_ABS, ABS_X, 7);
        assert_reads(w, EV_ABS, ABS_Y, UINT32_MAX);
        assert_reads(w, EV_SYN, SYN_REPORT, 0);
        assert_none(w);
    }
    assert_int_equal(w->v.stats.groups, 400);
    assert_int_equal(w->v.stats.dropped, 0);
    assert_true(w->h.interrupts <= 600);
    end(w);
}

/*
 * A burst: events wait if the guest has no buffers; whole groups are dropped if they do not fit; accepted
 * events arrive in order.
 */
static void a_burst(void **state)
{
    struct world *const w = begin(state, &vwr_vinput_keyboard, NULL);
    unsigned taken[256];
    unsigned count = 0;

    for (unsigned i = 0; i < 256; i++)
        if (press(w, (uint16_t)i, 1))
            taken[count++] = i;
    assert_in_range(count, FIFO / 2, 128);
    assert_int_equal(w->v.stats.dropped, 256 - count);
    for (unsigned i = 0; i < count; i++)
        assert_press(w, (uint16_t)taken[i], 1);
    assert_none(w);
    assert_true(press(w, KEY_A, 0));
    assert_press(w, KEY_A, 0);
    end(w);
}

/* With a small budget, waiting events are sent in parts, and the lock is free in between. */
static void budget(void **state)
{
    struct world *const w = begin_within(state, &vwr_vinput_keyboard, NULL, 2 * VWR_VDEV_SEG_BYTES);
    struct vwr_input_event_msg e[8];
    unsigned served = 0;

    for (unsigned i = 0; i < 8; i++)
        e[i] = (struct vwr_input_event_msg){EV_KEY, (uint16_t)(i + 1), 1};
    assert_true(vwr_vinput_group(&w->v, e, 8));
    while (host_vm_serve(&w->h))
        served++;
    assert_in_range(served, 3, 9);
    for (unsigned i = 0; i < 8; i++)
        assert_reads(w, EV_KEY, (uint16_t)(i + 1), 1);
    assert_reads(w, EV_SYN, SYN_REPORT, 0);
    end(w);
}

/* A group longer than the FIFO is dropped, and the next one arrives completely. */
static void too_long(void **state)
{
    struct world *const w = begin(state, &vwr_vinput_keyboard, NULL);

    for (unsigned i = 0; i < FIFO; i++)
        assert_true(vwr_vinput_event(&w->v, EV_KEY, KEY_A, 1));
    assert_false(vwr_vinput_event(&w->v, EV_KEY, KEY_A, 1));
    assert_false(vwr_vinput_event(&w->v, EV_SYN, SYN_REPORT, 0));
    assert_none(w);
    assert_int_equal(w->v.stats.dropped, 1);
    assert_true(press(w, KEY_B, 1));
    assert_press(w, KEY_B, 1);
    end(w);
}

/* Without a driver all events are dropped, including those of a group that started earlier. Clause:
 * reset.dev.2. */
static void no_driver(void **state)
{
    struct world *const w = begin(state, &vwr_vinput_keyboard, NULL);

    assert_true(vwr_vinput_event(&w->v, EV_KEY, KEY_A, 1));
    assert_int_equal(vwr_close(&w->in.bringup), VWR_OK);
    assert_false(vwr_vinput_event(&w->v, EV_KEY, KEY_B, 1));
    open_driver(w);
    assert_false(vwr_vinput_event(&w->v, EV_KEY, KEY_C, 1));
    assert_false(vwr_vinput_event(&w->v, EV_SYN, SYN_REPORT, 0));
    assert_none(w);
    assert_int_equal(vwr_close(&w->in.bringup), VWR_OK);
    assert_false(press(w, KEY_B, 1));
    open_driver(w);
    assert_int_equal(w->v.stats.dropped, 2);
    assert_true(press(w, KEY_B, 0));
    assert_press(w, KEY_B, 0);
    end(w);
}

/* Groups wait while the device is suspended. Section: Device Suspend. */
static void suspended(void **state)
{
    struct world *const w = begin(state, &vwr_vinput_keyboard, NULL);

    if (!w->h.format->legacy) {
        assert_int_equal(vwr_dev_suspend(&w->h.mmio.dev), VWR_OK);
        for (unsigned i = 0; i < FIFO / 2; i++)
            assert_true(press(w, KEY_A, i & 1u));
        assert_false(press(w, KEY_A, 1));
        assert_int_equal(vwr_dev_resume(&w->h.mmio.dev), VWR_OK);
        for (unsigned i = 0; i < FIFO / 2; i++)
            assert_press(w, KEY_A, i & 1u);
    }
    end(w);
}

/* Clause: input.drv.4. */
static void status_reaches_the_vmm(void **state)
{
    struct world *const w = begin(state, &vwr_vinput_keyboard, NULL);

    assert_int_equal(vwr_input_set_led(&w->in, LED_CAPSL, true), VWR_OK);
    assert_int_equal(w->statuses, 1);
    assert_true(w->last.type == EV_LED && w->last.code == LED_CAPSL && w->last.value == 1);
    assert_int_equal(vwr_input_set_led(&w->in, LED_CAPSL, false), VWR_OK);
    assert_int_equal(w->last.value, 0);
    assert_int_equal(vwr_input_set_led(&w->in, LED_KANA, true), VWR_OK); /* the device does not have it */
    assert_int_equal(w->statuses, 2);
    assert_int_equal(w->v.stats.status, 2);
    assert_int_equal(w->v.stats.ignored, 1);
    for (unsigned i = 0; i < 100; i++) { /* and the buffers complete */
        assert_int_equal(vwr_input_poll(&w->in), VWR_OK);
        assert_int_equal(vwr_input_set_led(&w->in, LED_NUML, (i & 1u) != 0), VWR_OK);
    }
    assert_int_equal(w->statuses, 102);
    end(w);
}

static void wrong_options(void **state)
{
    struct host_vm h;
    struct vwr_vinput v;
    struct vwr_input_event_msg fifo[FIFO];
    struct vwr_vinput_options o = {.event = fifo, .event_count = FIFO};

    host_vm_begin(&h, *state);
    assert_int_equal(vwr_vinput_init_with(&v, &h.setup, &o), VWR_EINVAL);
    o.model = &vwr_vinput_mouse;
    o.event_count = FIFO - 1;
    assert_int_equal(vwr_vinput_init_with(&v, &h.setup, &o), VWR_EINVAL);
    o.event_count = 0;
    assert_int_equal(vwr_vinput_init_with(&v, &h.setup, &o), VWR_ENOMEM);
    o.event_count = FIFO;
    o.event = NULL;
    assert_int_equal(vwr_vinput_init_with(&v, &h.setup, &o), VWR_ENOMEM);
    o.event = fifo;
    h.setup.queue_count = 1;
    assert_int_equal(vwr_vinput_init_with(&v, &h.setup, &o), VWR_ENOMEM);
    host_vm_end(&h);
}

/* vwr/evdev.h has the same numbers as Linux. */
static void numbers_of_evdev(void **state)
{
#define SAME(name) assert_int_equal(VWR_##name, name)
    (void)state;
    SAME(EV_SYN), SAME(EV_KEY), SAME(EV_REL), SAME(EV_ABS), SAME(EV_LED), SAME(EV_SND), SAME(EV_REP);
    SAME(SYN_REPORT);
    SAME(KEY_ESC), SAME(KEY_ENTER), SAME(KEY_A), SAME(KEY_MICMUTE);
    SAME(BTN_LEFT), SAME(BTN_RIGHT), SAME(BTN_MIDDLE), SAME(BTN_SIDE), SAME(BTN_EXTRA), SAME(BTN_TOUCH);
    SAME(BTN_GEAR_DOWN), SAME(BTN_GEAR_UP);
    SAME(REL_X), SAME(REL_Y), SAME(REL_HWHEEL), SAME(REL_WHEEL);
    SAME(ABS_X), SAME(ABS_Y), SAME(ABS_MT_SLOT), SAME(ABS_MT_POSITION_X), SAME(ABS_MT_POSITION_Y);
    SAME(ABS_MT_TRACKING_ID);
    SAME(LED_NUML), SAME(LED_CAPSL), SAME(LED_SCROLLL), SAME(REP_DELAY), SAME(REP_PERIOD);
    SAME(INPUT_PROP_POINTER), SAME(INPUT_PROP_DIRECT), SAME(BUS_VIRTUAL);
}

int main(void)
{
#define CASE(function)      \
    {                       \
#function, function \
    }
    static const struct host_vm_case cases[] = {CASE(keyboard_says_what_it_is),
                                                CASE(pointers_say_what_they_are),
                                                CASE(a_model_of_your_own),
                                                CASE(groups_arrive),
                                                CASE(a_burst),
                                                CASE(budget),
                                                CASE(too_long),
                                                CASE(no_driver),
                                                CASE(suspended),
                                                CASE(status_reaches_the_vmm),
                                                CASE(wrong_options),
                                                CASE(numbers_of_evdev)};

    return host_vm_run("input", cases, sizeof(cases) / sizeof(cases[0]));
}
