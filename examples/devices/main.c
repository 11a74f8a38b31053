/* SPDX-License-Identifier: MIT */
/* All devices on the bus, open at the same time: finds them, shows what each can do, then serves events. */
#include "irq.h"
#include "part.h"
#include "sleep.h"
#include "uart.h"
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"

#define EXPLAIN_BYTES 240u
#define SLEEP_US 200000u
#define PATIENCE_US 600000000u /* for somebody to type bye */

/* Called by start.S, which then powers off; 0: a CPU without exception levels. */
void demo_main(unsigned exception_level);

static const struct part *const parts[] = {&sector_part, &screen_part, &net_part,  &random_part,
                                           &ports_part,  &keys_part,   &unit_part, &folder_part,
                                           &cipher_part, &balloon_part};
#define PARTS (sizeof(parts) / sizeof(parts[0]))

static struct bus_device found[BUS_DEVICES];
static const struct part *opened_by[BUS_DEVICES];
static bool is_open[PARTS];

/* Returns `result`. */
static int say_error(const struct part *p, const char *doing, int result)
{
    char text[EXPLAIN_BYTES];

    put("ERROR: ");
    put(p->name);
    put(": ");
    put(doing);
    put(": ");
    put(vwr_strerror(result));
    if (p->explain(text, sizeof(text)) > 0) {
        put(": ");
        put(text);
    }
    put_char('\n');
    return result;
}

static void say_open(const struct part *p, const struct bus_device *b)
{
    put("open: ");
    put_hex(b->at, 8);
    put_char(' ');
    put(p->name);
    put(vwr_dev_is_legacy(b->dev) ? ", legacy" : ", modern");
    put(vwr_dev_has(b->dev, VWR_F_RING_PACKED) ? ", packed" : ", split");
    put(vwr_dev_has(b->dev, VWR_F_EVENT_IDX) ? ", event_idx\n" : "\n");
}

/* GPUs and keyboards have no legacy interface. */
static bool has_no_driver(const struct vwr_dev *d, int result)
{
    return vwr_dev_is_legacy(d) && result == VWR_EFEATURE;
}

static int open_device(unsigned i, unsigned part)
{
    const struct part *const p = parts[part];
    int r;

    irq_add(&found[i]);
    r = p->open(found[i].dev);
    if (has_no_driver(found[i].dev, r)) {
        put("not open: ");
        put_hex(found[i].at, 8);
        put_char(' ');
        put(p->name);
        put(", legacy: no legacy interface\n");
        return VWR_OK;
    }
    if (r != VWR_OK)
        return say_error(p, "opening", r);
    opened_by[i] = p;
    is_open[part] = true;
    say_open(p, &found[i]);
    return VWR_OK;
}

static int open_devices(unsigned count)
{
    int r = VWR_OK;

    for (unsigned i = 0; i < count; i++)
        for (unsigned part = 0; part < PARTS && r == VWR_OK; part++)
            if (parts[part]->type == found[i].dev->type)
                r = open_device(i, part);
    return r;
}

/* Calls `what` for all open parts. */
static int for_devices(const char *doing, int (*what)(const struct part *p))
{
    for (unsigned i = 0; i < PARTS; i++) {
        const int r = is_open[i] ? what(parts[i]) : VWR_OK;

        if (r != VWR_OK)
            return say_error(parts[i], doing, r);
    }
    return VWR_OK;
}

static int show_part(const struct part *p)
{
    return p->show();
}

/* Serves pending events; SERVED_ALL: none, and all interrupts are armed. */
static int serve_devices(void)
{
    int served = SERVED_ALL;

    for (unsigned i = 0; i < PARTS && served < SERVED_SLEEP; i++) {
        const int r = is_open[i] && parts[i]->serve != NULL ? parts[i]->serve() : SERVED_ALL;

        if (r < 0)
            return say_error(parts[i], "serving", r);
        if (r > served)
            served = r;
    }
    return served;
}

/* Freezes all devices, sleeps, and thaws them. */
static int sleep_a_while(void)
{
    int r = for_devices("sleeping", sleep_part);

    if (r != VWR_OK)
        return r;
    put("asleep: no device can access memory\n");
    irq_sleep(irq_count(), SLEEP_US);
    r = for_devices("waking", wake_part);
    if (r == VWR_OK)
        r = for_devices("showing", show_part);
    if (r == VWR_OK)
        put("awake: state restored\n");
    return r;
}

/* No wake-up is lost: an interrupt after `seen` was read ends the sleep immediately. */
static int serve(void)
{
    struct vwr_wait wait;

    vwr_wait_begin(&wait, PATIENCE_US);
    while (vwr_wait_more(&wait)) {
        const uint32_t seen = irq_count();
        int r = serve_devices();

        if (r == SERVED_SLEEP)
            r = sleep_a_while();
        if (r < 0 || r == SERVED_BYE)
            return r < 0 ? r : VWR_OK;
        if (r == SERVED_ALL)
            irq_sleep(seen, PART_SLEEP_US);
    }
    put("ERROR: no bye received\n");
    return VWR_ETIMEOUT;
}

static int close_devices(unsigned count)
{
    int result = VWR_OK;

    for (unsigned i = 0; i < PARTS; i++) {
        const int r = is_open[i] ? parts[i]->close() : VWR_OK;

        if (r != VWR_OK)
            result = say_error(parts[i], "closing", r);
    }
    for (unsigned i = 0; i < count; i++)
        if (opened_by[i] != NULL) {
            put("interrupts: ");
            put_hex(found[i].at, 8);
            put_char(' ');
            put(opened_by[i]->name);
            put_char(' ');
            put_dec(found[i].dev->stats.interrupts);
            put_char('\n');
        }
    return result;
}

static int run(void)
{
    unsigned count;
    int r;
    int closed;

    count = bus_find(found);
    irq_start();
    r = open_devices(count);
    if (r == VWR_OK)
        r = for_devices("showing", show_part);
    if (r == VWR_OK) {
        put("ready: type, move the mouse, talk on the ports\n");
        r = serve();
    }
    closed = close_devices(count);
    return r == VWR_OK ? closed : r;
}

void demo_main(unsigned exception_level)
{
    int r;

    uart_start();
    put("Virtwright, all devices on bare metal");
    if (exception_level != 0) {
        put(", exception level ");
        put_dec(exception_level);
    }
    put_char('\n');
    r = run();
    put(r == VWR_OK ? "devices: OK" : "devices: FAILED: ");
    put(r == VWR_OK ? "" : vwr_strerror(r));
    put_char('\n');
}
