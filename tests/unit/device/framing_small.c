/* SPDX-License-Identifier: MIT */
#include "framing.h"

#include "vwr/vballoon.h"
#include "vwr/vconsole.h"
#include "vwr/ventropy.h"
#include "vwr/vgpio.h"
#include "vwr/vi2c.h"
#include "vwr/vinput.h"
#include "vwr/vmem.h"
#include "vwr/vpmem.h"
#include "vwr/vrtc.h"

#include <string.h>

/* Classes with short messages. */

/* ---- entropy ---- */

static struct vwr_ventropy entropy;
static size_t given;

static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    (void)e;
    for (uint32_t i = 0; i < n; i++)
        bytes[i] = framing_pattern(given++);
    return n;
}

static struct vwr_vdev *make_entropy(const struct vwr_vdev_setup *s)
{
    given = 0;
    assert_int_equal(vwr_ventropy_init_with(&entropy, s, source, NULL), VWR_OK);
    return &entropy.dev;
}

static const struct framing_row entropy_rows[] = {
    {"bytes", .in = 64, .tail = 1, .used = 64},
    {"a byte", .in = 1, .used = 1},
};

FRAMING_CLASS(entropy, "entropy", entropy_rows, .good = NULL);

/* ---- console ---- */

#define FIRST_PORT_IN VWR_CONSOLE_QUEUE_RECEIVEQ
#define FIRST_PORT_OUT VWR_CONSOLE_QUEUE_TRANSMITQ
#define TO_DRIVER VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ
#define TO_DEVICE VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ
#define SECOND_PORT_IN VWR_CONSOLE_QUEUE_PORT_RECEIVEQ
#define SECOND_PORT_OUT VWR_CONSOLE_QUEUE_PORT_TRANSMITQ
#define CONTROL(port, event, value) OUT(U32(port), U16(event), U16(value))
#define HEARS(n) .queue = TO_DRIVER, .in = (n), .used = (n)

static struct vwr_vconsole console;
static struct vwr_vconsole_port port[2];
static uint32_t printed;

static uint32_t output(struct vwr_vconsole *c, unsigned n, const uint8_t *bytes, uint32_t count)
{
    (void)c;
    (void)n;
    framing_saw(bytes, count);
    printed += count;
    return count;
}

static void opened(struct vwr_vconsole *c, unsigned n, bool open)
{
    (void)c;
    framing_saw_number(2 * n + open);
}

static struct vwr_vdev *make_ports_of(const struct vwr_vdev_setup *s, uint16_t ports)
{
    static const struct vwr_vconsole_ops ops = {.output = output, .opened = opened};
    const struct vwr_vconsole_options o = {
        .ops = &ops, .port = port, .port_count = ports, .cols = 80, .rows = 25};

    printed = 0;
    memset(port, 0, sizeof(port));
    port[0].console = true;
    port[1].name = "org.example.port";
    assert_int_equal(vwr_vconsole_init_with(&console, s, &o), VWR_OK);
    return &console.dev;
}

static struct vwr_vdev *make_console(const struct vwr_vdev_setup *s)
{
    return make_ports_of(s, 1);
}

static struct vwr_vdev *make_ports(const struct vwr_vdev_setup *s)
{
    return make_ports_of(s, 2);
}

static void has_printed(void)
{
    assert_int_not_equal(printed, 0);
    printed = 0;
}

static void type_text(void)
{
    framing_saw_number(vwr_vconsole_input(&console, 0, "a line\n", 7));
}

/* More than a buffer has room for. */
static void type_more(void)
{
    framing_saw_number(vwr_vconsole_input(&console, 0, "a line for several buffers", 26));
}

static void type_second(void)
{
    framing_saw_number(vwr_vconsole_input(&console, 1, "second", 6));
}

static void plug_out(void)
{
    vwr_vconsole_plug(&console, 1, false);
}

static const struct framing_row console_rows[] = {
    {"output", FIRST_PORT_OUT, .data = 40, .head = 1, .after = has_printed},
    {"input", FIRST_PORT_IN, .in = 16, .tail = 1, .used = 7, .after = type_text},
    {"input for several buffers", FIRST_PORT_IN, .in = 10, .used = 10, .copies = 2, .after = type_more},
};

static const struct framing_row ports_rows[] = {
    {"DEVICE_READY", TO_DEVICE, CONTROL(0, VWR_CONSOLE_DEVICE_READY, 1), .head = 4},
    {"DEVICE_ADD 0", HEARS(8)},
    {"DEVICE_ADD 1", HEARS(8)},
    {"PORT_READY 0", TO_DEVICE, CONTROL(0, VWR_CONSOLE_PORT_READY, 1), .head = 4},
    {"CONSOLE_PORT", HEARS(8)},
    {"RESIZE", HEARS(12)},
    {"PORT_OPEN of the console", HEARS(8)},
    {"PORT_READY 1", TO_DEVICE, CONTROL(1, VWR_CONSOLE_PORT_READY, 1), .head = 6},
    {"PORT_NAME", HEARS(8 + 16)},
    {"PORT_OPEN", TO_DEVICE, CONTROL(1, VWR_CONSOLE_PORT_OPEN, 1), .head = 7},
    {"output", SECOND_PORT_OUT, .data = 20, .after = has_printed},
    {"input", SECOND_PORT_IN, .in = 8, .used = 6, .after = type_second},
    {"DEVICE_REMOVE", HEARS(8), .after = plug_out},
};

FRAMING_CLASS(console, "console", console_rows, .good = NULL);
FRAMING_CLASS(ports, "console with ports", ports_rows, .good = NULL);

/* ---- input ---- */

#define EVENT 8u

static struct vwr_vinput input;
static struct vwr_input_event_msg fifo[16];
static unsigned leds;

static void note_led(struct vwr_vinput *in, uint16_t type, uint16_t code, uint32_t value)
{
    (void)in;
    framing_saw_number(type);
    framing_saw_number(code);
    framing_saw_number(value);
    leds++;
}

static struct vwr_vdev *make_input(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vinput_ops ops = {.status = note_led};
    const struct vwr_vinput_options o = {
        .model = &vwr_vinput_keyboard, .ops = &ops, .event = fifo, .event_count = VWR_COUNT(fifo)};

    leds = 0;
    assert_int_equal(vwr_vinput_init_with(&input, s, &o), VWR_OK);
    return vwr_vinput_dev(&input);
}

static void press(void)
{
    const struct vwr_input_event_msg key = {VWR_EV_KEY, VWR_KEY_A, 1};

    assert_true(vwr_vinput_group(&input, &key, 1));
}

static void has_led(void)
{
    assert_int_equal(leds, 1);
}

static const struct framing_row input_rows[] = {
    {"events", VWR_INPUT_QUEUE_EVENTQ, .in = EVENT, .used = EVENT, .copies = 2, .after = press},
    {"status", VWR_INPUT_QUEUE_STATUSQ, OUT(U16(VWR_EV_LED), U16(VWR_LED_CAPSL), U32(1)), .head = 2,
     .after = has_led},
};

FRAMING_CLASS(input, "input", input_rows, .good = NULL);

/* ---- i2c ---- */

#define TARGET (0x50u << 1)
#define I2C(flags) OUT(U16(TARGET), U16(0), U32(flags)), .head = 8, .tail = 1

static struct vwr_vi2c i2c;
static uint8_t i2c_data[64];
static size_t i2c_sent;

static int transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
{
    (void)v;
    framing_saw_number(m->address);
    framing_saw_number(m->more);
    framing_saw_number(m->bytes);
    framing_saw(m->data, m->bytes);
    for (uint32_t i = 0; i < m->bytes && m->read; i++)
        m->data[i] = framing_pattern(i2c_sent++);
    return VWR_OK;
}

static struct vwr_vdev *make_i2c(const struct vwr_vdev_setup *s)
{
    const struct vwr_vi2c_options o = {
        .transfer = transfer, .data = i2c_data, .data_bytes = sizeof(i2c_data)};

    i2c_sent = 0;
    memset(i2c_data, 0, sizeof(i2c_data));
    assert_int_equal(vwr_vi2c_init_with(&i2c, s, &o), VWR_OK);
    return vwr_vi2c_dev(&i2c);
}

static bool i2c_good(const struct framing_row *r, const uint8_t *answer)
{
    return answer[r->in - 1] == VWR_I2C_MSG_OK;
}

static const struct framing_row i2c_rows[] = {
    {"write", I2C(0), .data = 20, .in = 1, .used = 1},
    {"read", I2C(VWR_I2C_FLAGS_M_RD), .in = 21, .used = 21},
    {"write before a read", I2C(VWR_I2C_FLAGS_FAIL_NEXT), .data = 2, .in = 1, .used = 1},
    {"no data", I2C(0), .in = 1, .used = 1},
};

FRAMING_CLASS(i2c, "i2c", i2c_rows, .good = i2c_good);

/* ---- gpio ---- */

#define LINES 3u
#define GPIO(type, line, value) \
    VWR_GPIO_QUEUE_REQUESTQ, OUT(U16(VWR_GPIO_MSG_##type), U16(line), U32(value)), .head = 2, .tail = 1
#define NAMES "reset\0led\0key"

static struct vwr_vgpio gpio;
static struct vwr_vgpio_line line[LINES];
static struct vwr_vmessage gpio_message[VWR_VGPIO_MESSAGES(LINES)];
static struct vwr_vseg gpio_seg[VWR_VGPIO_SEGS(LINES, FRAMING_SEGS)];

static int changed(struct vwr_vgpio *v, unsigned n, const struct vwr_vgpio_line *wanted)
{
    (void)v;
    framing_saw_number(n);
    framing_saw_number(wanted->direction);
    framing_saw_number(wanted->output);
    framing_saw_number(wanted->irq_type);
    return VWR_OK;
}

static struct vwr_vdev *make_gpio(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vgpio_ops ops = {.changed = changed};
    const struct vwr_vgpio_options o = {
        .ops = &ops,
        .lines = line,
        .line_count = LINES,
        .names = NAMES,
        .names_bytes = sizeof(NAMES),
        .memory = {gpio_message, VWR_COUNT(gpio_message), gpio_seg, VWR_COUNT(gpio_seg)}};

    memset(line, 0, sizeof(line));
    assert_int_equal(vwr_vgpio_init_with(&gpio, s, &o), VWR_OK);
    return vwr_vgpio_dev(&gpio);
}

static void raise_line(void)
{
    vwr_vgpio_input(&gpio, 2, true);
}

static bool gpio_good(const struct framing_row *r, const uint8_t *answer)
{
    return answer[0] == (r->queue == VWR_GPIO_QUEUE_EVENTQ ? VWR_GPIO_IRQ_STATUS_VALID : VWR_GPIO_STATUS_OK);
}

static const struct framing_row gpio_rows[] = {
    {"GET_LINE_NAMES", GPIO(GET_LINE_NAMES, 0, 0), .in = 1 + sizeof(NAMES), .used = 1 + sizeof(NAMES)},
    {"SET_VALUE", GPIO(SET_VALUE, 1, 1), .in = 2, .used = 2},
    {"SET_DIRECTION", GPIO(SET_DIRECTION, 1, VWR_GPIO_DIRECTION_OUT), .in = 2, .used = 2},
    {"GET_DIRECTION", GPIO(GET_DIRECTION, 1, 0), .in = 2, .used = 2},
    {"GET_VALUE", GPIO(GET_VALUE, 1, 0), .in = 2, .used = 2},
    {"SET_DIRECTION to an input", GPIO(SET_DIRECTION, 2, VWR_GPIO_DIRECTION_IN), .in = 2, .used = 2},
    {"SET_IRQ_TYPE", GPIO(SET_IRQ_TYPE, 2, VWR_GPIO_IRQ_TYPE_EDGE_RISING), .in = 2, .used = 2},
    {"interrupt", VWR_GPIO_QUEUE_EVENTQ, OUT(U16(2)), .in = 1, .used = 1, .after = raise_line},
};

FRAMING_CLASS(gpio, "gpio", gpio_rows, .good = gpio_good);

/* ---- pmem ---- */

static struct vwr_vpmem pmem;

static int flush(struct vwr_vpmem *v, uint64_t ticket)
{
    (void)v;
    (void)ticket;
    framing_saw_number(1);
    return VWR_OK;
}

static struct vwr_vdev *make_pmem(const struct vwr_vdev_setup *s)
{
    const struct vwr_vpmem_options o = {.flush = flush, .region = {0x1000, 64}};

    assert_int_equal(vwr_vpmem_init_with(&pmem, s, &o), VWR_OK);
    return vwr_vpmem_dev(&pmem);
}

static bool pmem_good(const struct framing_row *r, const uint8_t *answer)
{
    (void)r;
    return answer[0] == 0;
}

static const struct framing_row pmem_rows[] = {
    {"flush", VWR_PMEM_QUEUE_REQ_VQ, OUT(U32(VWR_PMEM_REQ_TYPE_FLUSH)), .in = 4, .used = 4},
};

FRAMING_CLASS(pmem, "pmem", pmem_rows, .good = pmem_good);

/* ---- mem ---- */

#define BLOCK UINT64_C(0x1000)
#define MEM(type, blocks)                                                                               \
    VWR_MEM_QUEUE_GUEST_REQUEST, OUT(U64(VWR_MEM_REQ_##type), U64(FRAMING_PAGES + BLOCK), U64(blocks)), \
        .head = 8, .tail = 10, .in = 10

static struct vwr_vmem mem;

static int give(struct vwr_vmem *m, const struct vwr_memory_region *r)
{
    (void)m;
    framing_saw_number(r->addr);
    framing_saw_number(r->bytes);
    return VWR_OK;
}

static void discard(struct vwr_vmem *m, const struct vwr_memory_region *r)
{
    framing_saw_number(1);
    (void)give(m, r);
}

static struct vwr_vdev *make_mem(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vmem_ops ops = {.give = give, .discard = discard};
    static struct vwr_memory_span run[8];
    const struct vwr_vmem_options o = {.ops = &ops,
                                       .addr = FRAMING_PAGES,
                                       .bytes = 4u * BLOCK,
                                       .block_bytes = BLOCK,
                                       .requested = 4u * BLOCK,
                                       .runs = run,
                                       .run_count = VWR_COUNT(run)};

    assert_int_equal(vwr_vmem_init_with(&mem, s, &o), VWR_OK);
    return vwr_vmem_dev(&mem);
}

static bool mem_good(const struct framing_row *r, const uint8_t *answer)
{
    (void)r;
    return answer[0] == VWR_MEM_RESP_ACK;
}

static const struct framing_row mem_rows[] = {
    {"PLUG", MEM(PLUG, 2), .used = 10},
    {"STATE", MEM(STATE, 3), .used = 10},
    {"UNPLUG", MEM(UNPLUG, 1), .used = 10},
    {"UNPLUG_ALL", MEM(UNPLUG_ALL, 0), .used = 10},
};

FRAMING_CLASS(mem, "mem", mem_rows, .good = mem_good);

/* ---- rtc ---- */

#define RTC(type, ...) \
    VWR_RTC_QUEUE_REQUESTQ, OUT(U16(VWR_RTC_REQ_##type), U16(0), U32(0), __VA_ARGS__), .head = 8, .tail = 8
#define CLOCK U16(0), U8(0), U8(0), U32(0)

static struct vwr_vrtc rtc;
static struct vwr_vrtc_clock rtc_clock;
static uint64_t now;

static int read_clock(struct vwr_vrtc *v, unsigned n, uint64_t *ns)
{
    (void)v;
    *ns = now + n;
    return VWR_OK;
}

static int read_cross(struct vwr_vrtc *v, unsigned n, unsigned counter, uint64_t *ns, uint64_t *cycles)
{
    (void)v;
    framing_saw_number(counter);
    *ns = now + n;
    *cycles = 7 * now;
    return VWR_OK;
}

static void set_timer(struct vwr_vrtc *v, unsigned n)
{
    framing_saw_number(v->clocks[n].armed ? v->clocks[n].alarm_time : 0);
}

static struct vwr_vdev *make_rtc(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vrtc_ops ops = {read_clock, read_cross, set_timer};
    const struct vwr_vrtc_options o = {.ops = &ops, .clocks = &rtc_clock, .clock_count = 1};

    now = 0x123456789abcdef;
    memset(&rtc_clock, 0, sizeof(rtc_clock));
    rtc_clock.has_alarm = true;
    assert_int_equal(vwr_vrtc_init_with(&rtc, s, &o), VWR_OK);
    return vwr_vrtc_dev(&rtc);
}

static void tick(void)
{
    now = ~UINT64_C(0) / 2;
    vwr_vrtc_tick(&rtc);
}

static bool rtc_good(const struct framing_row *r, const uint8_t *answer)
{
    return r->queue == VWR_RTC_QUEUE_ALARMQ || answer[0] == VWR_RTC_S_OK;
}

static const struct framing_row rtc_rows[] = {
    {"CFG", VWR_RTC_QUEUE_REQUESTQ, OUT(U64(VWR_RTC_REQ_CFG)), .in = 16, .used = 16},
    {"CLOCK_CAP", RTC(CLOCK_CAP, CLOCK), .in = 16, .used = 16},
    {"CROSS_CAP", RTC(CROSS_CAP, CLOCK), .in = 16, .used = 16},
    {"READ", RTC(READ, CLOCK), .in = 16, .used = 16},
    {"READ_CROSS", RTC(READ_CROSS, CLOCK), .in = 24, .used = 24},
    {"SET_ALARM",
     RTC(SET_ALARM, U64(UINT64_C(1) << 60), U16(0), U8(VWR_RTC_FLAG_ALARM_ENABLED), U8(0), U32(0)), .in = 8,
     .used = 8},
    {"READ_ALARM", RTC(READ_ALARM, CLOCK), .in = 24, .used = 24},
    {"alarm", VWR_RTC_QUEUE_ALARMQ, .in = 16, .used = 16, .after = tick},
    {"SET_ALARM_ENABLED", RTC(SET_ALARM_ENABLED, CLOCK), .in = 8, .used = 8},
};

FRAMING_CLASS(rtc, "rtc", rtc_rows, .good = rtc_good);

/* ---- balloon ---- */

enum { INFLATEQ, DEFLATEQ, STATSQ, HINTQ, REPORTQ };

#define PAGE VWR_VBALLOON_PAGE
#define PFN(n) U32(FRAMING_PAGES / PAGE + (n))
#define STAT(tag, value) U16(VWR_BALLOON_S_##tag), U64(value)

static struct vwr_vballoon balloon;
static uint32_t map[0xa020]; /* a bit for each page of the guest */

static void saw_range(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    (void)b;
    framing_saw_number(r->addr);
    framing_saw_number(r->bytes);
}

static void hints_end(struct vwr_vballoon *b)
{
    framing_saw_number(b->command);
}

static struct vwr_vdev *make_balloon(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vballoon_ops ops = {.release = saw_range,
                                                .claim = saw_range,
                                                .report = saw_range,
                                                .hint = saw_range,
                                                .hints_end = hints_end};
    const struct vwr_vballoon_options o = {.ops = &ops,
                                           .map = map,
                                           .map_count = VWR_COUNT(map),
                                           .must_tell = true,
                                           .statistics = true,
                                           .hinting = true,
                                           .reporting = true};

    assert_int_equal(vwr_vballoon_init_with(&balloon, s, &o), VWR_OK);
    return vwr_vballoon_dev(&balloon);
}

static void poll_stats(void)
{
    framing_saw_number(balloon.stats.known);
    for (unsigned i = 0; i < VWR_VBALLOON_STATS; i++)
        framing_saw_number(balloon.stats.value[i]);
    assert_int_equal(vwr_vballoon_poll_stats(&balloon), VWR_OK);
}

static void ask_for_hints(void)
{
    assert_int_equal(vwr_vballoon_hint(&balloon), VWR_OK);
}

static void saw_balloon(void)
{
    assert_int_equal(balloon.ignored, 0);
    framing_saw_number(balloon.gone);
}

static const struct framing_row balloon_rows[] = {
    {"inflate", INFLATEQ, OUT(PFN(0), PFN(1), PFN(2), PFN(5)), .head = 4},
    {"deflate", DEFLATEQ, OUT(PFN(1), PFN(0), PFN(5)), .head = 4, .after = ask_for_hints},
    {"statistics", STATSQ, OUT(STAT(MAJFLT, 17), STAT(MEMFREE, UINT64_C(0x123456789)), STAT(AVAIL, 3)),
     .head = 10, .after = poll_stats},
    {"command of hints", HINTQ, OUT(U32(VWR_BALLOON_CMD_ID_DONE + 1)), .head = 1},
    {"hints", HINTQ, .in = 2 * PAGE, .place = FRAMING_PAGES + 3 * PAGE, .unit = 1024},
    {"end of hints", HINTQ, OUT(U32(VWR_BALLOON_CMD_ID_STOP)), .head = 1},
    {"report", REPORTQ, .in = 3 * PAGE, .place = FRAMING_PAGES + 4 * PAGE, .unit = 1024},
};

FRAMING_CLASS(balloon, "balloon", balloon_rows, .end = saw_balloon);

const struct framing_class *const framing_classes[FRAMING_CLASSES] = {
    &framing_entropy,    &framing_console,    &framing_ports, &framing_input,  &framing_i2c,
    &framing_gpio,       &framing_mem,        &framing_pmem,  &framing_rtc,    &framing_balloon,
    &framing_blk,        &framing_blk_late,   &framing_zoned, &framing_scsi,   &framing_9p,
    &framing_fs,         &framing_gpu,        &framing_sound, &framing_crypto, &framing_net,
    &framing_net_merged, &framing_net_direct, &framing_vsock,
};
