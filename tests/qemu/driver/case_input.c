/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"

#include "vwr/input.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * The input driver on QEMU's keyboard, mouse and tablet, which support only modern drivers. QMP commands
 * create events, and return when the devices have added them to their rings.
 */

enum { KEYBOARD, MOUSE, TABLET, DEVICES };
#define SLOT 28u   /* slot of the first device */
#define EVENTS 64u /* capacity of a FIFO */
#define GROUP_MOST 30u
#define KEY 1u /* event types of evdev */
#define REL 2u
#define ABS 3u
#define REL_X 0u
#define REL_Y 1u
#define KEY_A 30u

static struct vwr_input in[DEVICES];
static union found found[DEVICES];
static uint64_t fifo[DEVICES][EVENTS];

static void begin(unsigned kind, const char *more, const char *what)
{
    static const char *const name[DEVICES] = {"virtio-keyboard", "virtio-mouse", "virtio-tablet"};

    machine_begin(false);
    /* a stopped machine receives no events, so this one runs with an idle processor */
    if (more != NULL)
        machine_add(more, "%s", what);
    for (unsigned i = 0; i < DEVICES; i++)
        machine_add_device(SLOT + i, name[i], "%s", (kind & DISK_PACKED) != 0 ? "packed=on" : "");
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}");
    for (unsigned i = 0; i < DEVICES; i++) {
        struct vwr_input_options o = {.event = fifo[i], .event_count = EVENTS};

        o.shared = guest_alloc(sizeof(*o.shared));
        disk_avoid(&o.avoid, kind);
        slot_probe(&found[i], SLOT + i);
        CHECK_NUMBER(vwr_input_open(&in[i], &found[i].dev, &o), VWR_OK);
        disk_check_kind(&found[i].dev, kind);
    }
}

static void close_all(void)
{
    for (unsigned i = 0; i < DEVICES; i++) {
        CHECK_NUMBER(in[i].events.stats.dropped + in[i].events.queue.stats.clamped, 0);
        CHECK_NUMBER(vwr_close(&in[i].bringup), VWR_OK);
        CHECK_NUMBER(slot_status(&found[i]), 0);
    }
    machine_leave();
}

static void on_each_ring(void (*run)(unsigned kind))
{
    for (unsigned kind = 0; kind < DISK_KINDS; kind++)
        if (disk_runs_kind(false, kind))
            run(kind);
}

/* ---- events from outside ---- */

static void happens(const char *events)
{
    char command[3800];

    CHECK((size_t)snprintf(command, sizeof(command),
                           "{\"execute\": \"input-send-event\", \"arguments\": {\"events\": [%s]}}",
                           events) < sizeof(command));
    (void)machine_qmp(command);
}

static void key_a(bool down)
{
    happens(down ? "{\"type\": \"key\", \"data\": {\"down\": true, \"key\": {\"type\": \"qcode\", \"data\": "
                   "\"a\"}}}"
                 : "{\"type\": \"key\", \"data\": {\"down\": false, \"key\": {\"type\": \"qcode\", \"data\": "
                   "\"a\"}}}");
}

/* Moves the mouse n times in x and y with one command, starting with event `first`. */
static void moves(unsigned n, uint32_t first)
{
    char events[3600];
    size_t at = 0;

    for (unsigned i = 0; i < n; i++)
        at += (size_t)snprintf(events + at, sizeof(events) - at,
                               "%s{\"type\": \"rel\", \"data\": {\"axis\": \"%s\", \"value\": %d}}",
                               i == 0 ? "" : ", ", i % 2 == 0 ? "x" : "y", (int)(first + i));
    CHECK(at < sizeof(events));
    happens(events);
}

static void reads(unsigned device, uint16_t type, uint16_t code, uint32_t value)
{
    struct vwr_input_event_msg e;

    CHECK(vwr_input_read(&in[device], &e));
    CHECK_NUMBER(e.type, type);
    CHECK_NUMBER(e.code, code);
    CHECK_NUMBER(e.value, value);
}

static void reads_end(unsigned device)
{
    reads(device, VWR_EV_SYN, VWR_SYN_REPORT, 0);
}

static void reads_moves(unsigned n, uint32_t first)
{
    for (unsigned i = 0; i < n; i++)
        reads(MOUSE, REL, i % 2 == 0 ? REL_X : REL_Y, first + i);
    reads_end(MOUSE);
}

static void poll_all(void)
{
    for (unsigned i = 0; i < DEVICES; i++)
        CHECK_NUMBER(vwr_input_poll(&in[i]), VWR_OK);
}

static void nothing_left(void)
{
    poll_all();
    for (unsigned i = 0; i < DEVICES; i++)
        CHECK(vwr_input_is_empty(&in[i]));
}

/* ---- events ---- */

/*
 * Each device receives its own events. The mouse receives enough groups to use each entry of its rings more
 * than once.
 */
static void events(unsigned kind)
{
    uint32_t value = 0;

    begin(kind, NULL, "");
    nothing_left();
    key_a(true);
    key_a(false);
    moves(2, UINT32_MAX); /* to the left, and not down */
    happens("{\"type\": \"abs\", \"data\": {\"axis\": \"x\", \"value\": 1234}}, "
            "{\"type\": \"abs\", \"data\": {\"axis\": \"y\", \"value\": 32767}}");
    poll_all();
    reads(KEYBOARD, KEY, KEY_A, 1);
    reads_end(KEYBOARD);
    reads(KEYBOARD, KEY, KEY_A, 0);
    reads_end(KEYBOARD);
    reads_moves(2, UINT32_MAX);
    reads(TABLET, ABS, 0, 1234);
    reads(TABLET, ABS, 1, 32767);
    reads_end(TABLET);
    nothing_left();
    for (unsigned n = 1; n <= GROUP_MOST; value += n++) {
        moves(n, value);
        moves(3, value);
        poll_all();
        reads_moves(n, value);
        reads_moves(3, value);
    }
    nothing_left();
    for (unsigned i = 0; i < DEVICES; i++)
        CHECK_NUMBER(in[i].stats.dropped + in[i].stats.torn, 0);
    close_all();
}

void case_input_events(bool legacy)
{
    (void)legacy;
    on_each_ring(events);
}

/*
 * Sends `all` events of the mouse, including group ends, in groups of all lengths: none is lost, no group is
 * truncated.
 */
static void many(unsigned kind, uint32_t all)
{
    uint32_t value = 0;
    uint32_t come = 0;
    uintptr_t groups = 0;

    begin(kind, NULL, "");
    while (come < all) {
        const unsigned n = 1 + (value * UINT32_C(2654435761) >> 16) % GROUP_MOST;

        moves(n, value);
        CHECK_NUMBER(vwr_input_poll(&in[MOUSE]), VWR_OK);
        reads_moves(n, value);
        CHECK(vwr_input_is_empty(&in[MOUSE]));
        value += n;
        come += n + 1;
        groups++;
    }
    CHECK_NUMBER(in[MOUSE].stats.groups, groups);
    CHECK_NUMBER(in[MOUSE].stats.dropped + in[MOUSE].stats.torn, 0);
    CHECK_NUMBER(in[MOUSE].events.stats.buffers, come);
    close_all();
}

void case_input_many(bool legacy)
{
    static const unsigned kinds[] = {DISK_EVENT, DISK_PACKED};

    (void)legacy;
    for (unsigned i = 0; i < 2; i++)
        many(kinds[i], 3000);
}

void input_soak(unsigned times)
{
    machine_lives(3600);
    for (unsigned kind = 0; kind < DISK_KINDS; kind++) {
        many(kind, times * 100000);
        printf("modern%s%s%s: %u events, none lost, no group torn\n",
               (kind & DISK_PACKED) != 0 ? "_packed" : "_split",
               (kind & DISK_INDIRECT) != 0 ? "_indirect" : "", (kind & DISK_EVENT) != 0 ? "_event" : "",
               times * 100000);
        (void)fflush(stdout);
    }
}

/* A FIFO that is not read, and a ring that is not polled: the driver delivers only complete groups. */
static void overflow(unsigned kind)
{
    begin(kind, NULL, "");
    for (unsigned i = 0; i < 10; i++) {
        moves(10, 100 * i);
        poll_all();
    }
    CHECK_NUMBER(in[MOUSE].stats.groups, EVENTS / 11);
    CHECK_NUMBER(in[MOUSE].stats.dropped, 10 - EVENTS / 11);
    for (unsigned i = 0; i < EVENTS / 11; i++)
        reads_moves(10, 100 * i);
    nothing_left();
    for (unsigned i = 0; i < 10; i++) /* without buffers, QEMU drops whole groups itself */
        moves(10, 100 * i);
    poll_all();
    for (unsigned i = 0; i < VWR_INPUT_QUEUE / 11; i++)
        reads_moves(10, 100 * i);
    nothing_left();
    moves(10, 5);
    poll_all();
    reads_moves(10, 5);
    CHECK_NUMBER(in[MOUSE].stats.torn, 0);
    close_all();
}

void case_input_overflow(bool legacy)
{
    (void)legacy;
    on_each_ring(overflow);
}

/* ---- properties of the devices ---- */

static int ask(struct vwr_input_query *q, unsigned device, uint8_t select, uint8_t subsel)
{
    q->select = select;
    q->subsel = subsel;
    return vwr_input_ask(&in[device], q);
}

void case_input_questions(bool legacy)
{
    static const char *const name[DEVICES] = {"QEMU Virtio Keyboard", "QEMU Virtio Mouse",
                                              "QEMU Virtio Tablet"};
    struct vwr_input_query q;

    (void)legacy;
    begin(0, NULL, "");
    for (unsigned i = 0; i < DEVICES; i++) {
        CHECK(ask(&q, i, VWR_INPUT_CFG_ID_NAME, 0) >= (int)strlen(name[i]));
        CHECK(strcmp((char *)q.u.bytes, name[i]) == 0);
        CHECK_NUMBER(ask(&q, i, VWR_INPUT_CFG_ID_DEVIDS, 0), 8);
        CHECK(q.u.ids.bus == 6 && q.u.ids.vendor == 0x627 && q.u.ids.product == i + 1);
        CHECK_NUMBER(ask(&q, i, VWR_INPUT_CFG_ABS_INFO, 0), i == TABLET ? 20 : 0);
        CHECK((ask(&q, i, VWR_INPUT_CFG_EV_BITS, REL) > 0) == (i != KEYBOARD));
        CHECK(vwr_input_has(&q, REL_X) == (i == MOUSE)); /* a tablet has only a wheel */
        CHECK_NUMBER(ask(&q, i, VWR_INPUT_CFG_EV_BITS, 0xff), 0);
    }
    CHECK(ask(&q, KEYBOARD, VWR_INPUT_CFG_EV_BITS, KEY) > 0);
    CHECK(vwr_input_has(&q, KEY_A) && !vwr_input_has(&q, 1000));
    CHECK(ask(&q, KEYBOARD, VWR_INPUT_CFG_EV_BITS, VWR_EV_LED) > 0);
    CHECK(vwr_input_has(&q, 0) && vwr_input_has(&q, 2) && !vwr_input_has(&q, 3));
    CHECK(ask(&q, TABLET, VWR_INPUT_CFG_EV_BITS, ABS) > 0);
    CHECK(vwr_input_has(&q, 0) && vwr_input_has(&q, 1) && !vwr_input_has(&q, 2));
    CHECK_NUMBER(ask(&q, TABLET, VWR_INPUT_CFG_ABS_INFO, 1), 20);
    CHECK(q.u.axis.min == 0 && q.u.axis.max == 32767);
    moves(1, 1); /* queries do not disturb events */
    poll_all();
    reads_moves(1, 1);
    close_all();
}

/* ---- LEDs: QEMU reports them to VNC clients ---- */

#define VNC_LEDS (-261) /* encoding with one byte of LEDs */

static int vnc;

static void vnc_gets(void *bytes, size_t n)
{
    uint8_t *at = bytes;

    while (n > 0) {
        struct pollfd p = {.fd = vnc, .events = POLLIN};
        ssize_t got;

        if (poll(&p, 1, 20000) != 1)
            check_failed(__FILE__, __LINE__, "VNC says nothing");
        got = read(vnc, at, n);
        CHECK_SYS(got > 0);
        at += got;
        n -= (size_t)got;
    }
}

static void vnc_says(const void *bytes, size_t n)
{
    CHECK_SYS(write(vnc, bytes, n) == (ssize_t)n);
}

/* Reads a message with only the LED rectangle: bit 0 SCROLL, 1 NUM, 2 CAPS. */
static unsigned vnc_leds(void)
{
    static const uint8_t wanted[] = {(VNC_LEDS >> 24) & 0xff, (VNC_LEDS >> 16) & 0xff, (VNC_LEDS >> 8) & 0xff,
                                     VNC_LEDS & 0xff};
    uint8_t message[17];

    vnc_gets(message, sizeof(message));
    CHECK(message[0] == 0 && message[3] == 1 && memcmp(message + 12, wanted, 4) == 0);
    return message[16];
}

static void vnc_begin(void)
{
    static const uint8_t encodings[] = {2,
                                        0,
                                        0,
                                        1,
                                        (VNC_LEDS >> 24) & 0xff,
                                        (VNC_LEDS >> 16) & 0xff,
                                        (VNC_LEDS >> 8) & 0xff,
                                        VNC_LEDS & 0xff};
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "vnc.sock"};
    uint8_t got[28];

    vnc = socket(AF_UNIX, SOCK_STREAM, 0);
    CHECK_SYS(vnc >= 0 && connect(vnc, (struct sockaddr *)&name, sizeof(name)) == 0);
    vnc_gets(got, 12);
    vnc_says("RFB 003.008\n", 12);
    vnc_gets(got, 2);
    vnc_says("\1", 1); /* no password */
    vnc_gets(got, 4);
    vnc_says("\1", 1); /* shared access */
    vnc_gets(got, 24);
    CHECK_NUMBER(got[23], 4); /* length of the desktop name */
    vnc_gets(got, 4);
    vnc_says(encodings, sizeof(encodings));
    CHECK_NUMBER(vnc_leds(), 0);
}

static void leds(unsigned kind)
{
    static const struct {
        uint8_t led;
        bool on;
        uint8_t seen;
    } steps[] = {{1, true, 4}, {0, true, 6}, {2, true, 7}, {1, false, 3}, {2, false, 2}, {0, false, 0}};

    begin(kind, "-vnc", "unix:vnc.sock");
    vnc_begin();
    for (unsigned i = 0; i < 60; i++) {
        CHECK_NUMBER(vwr_input_set_led(&in[KEYBOARD], steps[i % 6].led, steps[i % 6].on), VWR_OK);
        CHECK_NUMBER(vnc_leds(), steps[i % 6].seen);
    }
    CHECK_SYS(close(vnc) == 0);
    close_all();
}

void case_input_leds(bool legacy)
{
    (void)legacy;
    on_each_ring(leds);
}

/* ---- the device fails ---- */

/* From here on, the `n`-th buffer that the device uses is one that was not made available. */
static void break_ring(unsigned kind, unsigned n)
{
    struct vwr_queue *const q = &in[MOUSE].events.queue;

    if ((kind & DISK_PACKED) != 0)
        q->packed.desc[((size_t)(q->packed.oldest - q->packed.desc) + n) % VWR_INPUT_QUEUE].id = 0xffff;
    else
        ((struct vwr_virtq_used *)(uintptr_t)q->split.used)->ring[n].id = 0xffff;
}

/*
 * The device fails in the middle of a group. The FIFO keeps its content, the lost group is counted, and later
 * groups arrive.
 */
static void dies(unsigned kind)
{
    int r;

    begin(kind, NULL, "");
    moves(4, 10);
    poll_all();
    CHECK_NUMBER(in[MOUSE].stats.groups, 1);
    moves(20, 50);
    break_ring(kind, (kind & DISK_PACKED) != 0 ? 7 : 5 + 7);
    CHECK_NUMBER(vwr_input_poll(&in[MOUSE]), VWR_EBADRING);
    CHECK_NUMBER(vwr_get_stage(&in[MOUSE].bringup), VWR_STAGE_STOPPED);
    while ((r = vwr_recover(&in[MOUSE].bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    CHECK_NUMBER(in[MOUSE].stats.torn, 1);
    CHECK_NUMBER(vwr_queue_in_flight(&in[MOUSE].events.queue), VWR_INPUT_QUEUE);
    reads_moves(4, 10);
    for (unsigned i = 0; i < 20; i++) {
        moves(9, i);
        poll_all();
        reads_moves(9, i);
    }
    nothing_left();
    close_all();
}

void case_input_recover(bool legacy)
{
    (void)legacy;
    on_each_ring(dies);
}
