/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "ram.h"
#include "vmm.h"
#include "suspend.h"

#include "vwr/input.h"
#include "vwr/vinput.h"
#include "../common/random.h"

#include <stdio.h>
#include <string.h>

/*
 * A keyboard and its driver: groups of any length in bursts, each complete and in order, while LED messages
 * go in the other direction. The device is suspended, reset, and fails meanwhile.
 */

#define SLOT 2u
#define QUEUE_SIZE 16u
#define FIFO 128u
#define GROUP 9u    /* events of a group, including SYN_REPORT */
#define GROUPS 400u /* multiplied by scale */
#define PATIENCE 100000u

static struct {
    struct vwr_vinput device;
    struct vwr_vqueue queue[VWR_VINPUT_QUEUES];
    struct vwr_vqueue_entry own[VWR_VINPUT_QUEUES * QUEUE_SIZE];
    struct vwr_input_event_msg fifo[FIFO];
    union vmm_end end;
    struct vwr_input in;
    uint64_t driver_fifo[2 * FIFO];
    struct vwr_features avoid;
    uint32_t sent; /* groups, by number */
    uint32_t come;
    uint32_t lost; /* of the accepted groups, lost in a reset */
    uint32_t at;   /* events received of the current group */
    unsigned leds; /* state known to the VMM */
    unsigned wanted;
} key;

static uint64_t state;

static void status(struct vwr_vinput *in, uint16_t type, uint16_t code, uint32_t value)
{
    CHECK(in == &key.device && type == VWR_EV_LED && code <= VWR_LED_SCROLLL);
    key.leds = (key.leds & ~(1u << code)) | (value != 0) << code;
}

/* The n-th event of a group; the group number determines the number of events. */
static unsigned events_of(uint32_t group)
{
    return 1 + group % GROUP;
}

static void send_group(void)
{
    const unsigned n = events_of(key.sent);
    struct vwr_input_event_msg e[GROUP];
    bool taken = true;

    for (unsigned i = 0; i < n; i++)
        e[i] = (struct vwr_input_event_msg){VWR_EV_KEY, (uint16_t)(i + 1), key.sent};
    if (key.sent % 2 == 0) {
        taken = vwr_vinput_group(&key.device, e, n);
    } else {
        for (unsigned i = 0; i < n; i++)
            (void)vwr_vinput_event(&key.device, e[i].type, e[i].code, e[i].value);
        taken = vwr_vinput_event(&key.device, VWR_EV_SYN, VWR_SYN_REPORT, 0);
    }
    key.sent += taken;
}

static void take(const struct vwr_input_event_msg *e)
{
    if (key.at == events_of(key.come)) {
        CHECK(e->type == VWR_EV_SYN && e->code == VWR_SYN_REPORT && e->value == 0);
        key.at = 0;
        key.come++;
        return;
    }
    CHECK_NUMBER(e->type, VWR_EV_KEY);
    CHECK_NUMBER(e->code, key.at + 1);
    CHECK_NUMBER(e->value, key.come);
    key.at++;
}

static unsigned read_some(void)
{
    struct vwr_input_event_msg e;
    unsigned n = 0;

    CHECK_NUMBER(vwr_input_poll(&key.in), VWR_OK);
    for (; vwr_input_read(&key.in, &e); n++)
        take(&e);
    return n;
}

static void set_leds(void)
{
    const unsigned led = random_below(&state, 3);
    const bool on = random_below(&state, 2) != 0;
    const int r = vwr_input_set_led(&key.in, led, on);

    CHECK(r == VWR_OK || r == VWR_EFULL);
    key.wanted = (key.wanted & ~(1u << led)) | on << led;
}

/* Runs until nothing is in flight: then the VMM knows the state of each LED. */
static void run_until_known(void)
{
    for (unsigned idle = 0; key.come != key.sent || key.leds != key.wanted; idle++) {
        const bool stepped = vmm_step();

        if (read_some() != 0 || stepped)
            idle = 0;
        CHECK_AT_MOST(idle, PATIENCE);
    }
}

/* Accepted groups that have not arrived are lost; the next group is complete. */
static void lose(void)
{
    struct vwr_input_event_msg e;

    while (vwr_input_read(&key.in, &e))
        take(&e);
    CHECK_NUMBER(key.at, 0);
    key.lost += key.sent - key.come;
    key.come = key.sent;
}

static void fail_and_recover(void)
{
    int r;

    vmm_may_break = true;
    vwr_vdev_needs_reset(vwr_vinput_dev(&key.device));
    vmm_may_break = false;
    send_group(); /* no driver is running */
    CHECK_NUMBER(vwr_dev_check(&key.end.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&key.in.bringup, &vwr_input_bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    lose();
}

static void open_input(void)
{
    struct vwr_input_options o = {.event = key.driver_fifo, .event_count = 2 * FIFO, .avoid = key.avoid};

    ram_reset();
    o.shared = ram_alloc_ring(sizeof(*o.shared));
    CHECK_NUMBER(vmm_find(&key.end, SLOT), VWR_OK);
    CHECK_NUMBER(vwr_input_open(&key.in, &key.end.dev, &o), VWR_OK);
}

static void check_answers(void)
{
    struct vwr_input_query q = {.select = VWR_INPUT_CFG_ID_NAME};

    CHECK_NUMBER(vwr_input_ask(&key.in, &q), (int)strlen(vwr_vinput_keyboard.name));
    CHECK(strcmp((const char *)q.u.bytes, vwr_vinput_keyboard.name) == 0);
    q.select = VWR_INPUT_CFG_ID_DEVIDS;
    CHECK_NUMBER(vwr_input_ask(&key.in, &q), 8);
    CHECK_NUMBER(q.u.ids.bus, VWR_BUS_VIRTUAL);
    q.select = VWR_INPUT_CFG_EV_BITS;
    q.subsel = VWR_EV_LED;
    CHECK_NUMBER(vwr_input_ask(&key.in, &q), 1);
}

static void run_input(unsigned kind, bool deferred, uint32_t groups)
{
    static const struct vwr_vinput_ops ops = {.status = status};
    const struct vwr_vinput_options o = {
        .model = &vwr_vinput_keyboard, .ops = &ops, .event = key.fifo, .event_count = FIFO};
    struct vwr_vdev_setup s = {
        .vm = &vmm, .line = SLOT, .queue = key.queue, .queue_count = VWR_VINPUT_QUEUES, .own = key.own};
    bool failed = false;

    vmm_begin(deferred);
    memset(&key, 0, sizeof(key));
    s.queue_size = QUEUE_SIZE;
    s.own_count = VWR_COUNT(key.own);
    s.legacy = (kind & DISK_LEGACY) != 0;
    disk_offer(&s.features, kind);
    disk_avoid(&key.avoid, kind);
    CHECK_NUMBER(vwr_vinput_init(&key.device, &s, &o), VWR_OK);
    vmm_add(SLOT, vwr_vinput_dev(&key.device));
    for (unsigned pass = 0; pass < 2; pass++) {
        open_input();
        disk_check_features(&key.end.dev, vwr_vinput_dev(&key.device), kind);
        check_answers();
        key.wanted = key.leds;
        while (key.sent < groups * (pass + 1)) {
            for (uint32_t n = random_below(&state, 5); n != 0; n--)
                send_group();
            set_leds();
            if (random_below(&state, 3) != 0)
                (void)vmm_step();
            if (random_below(&state, 2) != 0)
                (void)read_some();
            if (random_below(&state, 16) == 0)
                suspend_check(&key.end.dev, vwr_vinput_dev(&key.device));
            if (!failed && key.sent > groups / 2) {
                failed = true;
                fail_and_recover();
            }
        }
        run_until_known();
        send_group();
        CHECK_NUMBER(vwr_input_close(&key.in), VWR_OK);
        lose();
        send_group();
        CHECK_NUMBER(key.sent, key.come);
    }
    printf("%s input%s: %u groups, %u lost in resets, %u dropped\n", disk_kind_name(kind),
           deferred ? " deferred" : "", key.come, key.lost, (unsigned)key.device.stats.dropped);
}

void case_input(unsigned kind, unsigned scale)
{
    state = kind;
    run_input(kind, false, GROUPS * scale);
    run_input(kind, true, GROUPS * scale);
}
