/* SPDX-License-Identifier: MIT */
/*
 * A kernel's InputDevice: handle_irq puts events into a FIFO, read_event takes the oldest one and sleeps
 * while there is none, is_empty checks the FIFO. An event is a word: type, code, value.
 */
#include "board.h"
#include "vwr/gen/ids.h"
#include "vwr/input.h"

#define EVENTS 64u  /* of the FIFO */
#define READ 8u     /* then this program ends */
#define PASSES 4u   /* of a handler; a device with more events interrupts again */
#define LED_CAPS 1u /* evdev's */
#define SLEEP_US 1000000u
#define TIMES 60u
#define NO_EVENT UINT64_MAX

static struct vwr_input_shared shared; /* shared with the device */
static uint64_t fifo[EVENTS];          /* private, as the next one */
static struct vwr_input input;
static struct vwr_mmio mmio;
static volatile int result; /* of the last interrupt */

static void handle_irq(void)
{
    bool armed = false;

    (void)vwr_dev_irq(&mmio.dev);
    for (unsigned i = 0; i < PASSES && !armed; i++) {
        result = vwr_input_poll(&input);
        armed = result != VWR_OK || vwr_input_arm(&input);
    }
}

static bool is_empty(void)
{
    return vwr_input_is_empty(&input);
}

/* No wake-up is lost: an interrupt after `seen` was read ends the sleep immediately. */
static uint64_t read_event(void)
{
    uint64_t event;

    for (unsigned i = 0; i < TIMES && result == VWR_OK; i++) {
        const uint32_t seen = mmio.dev.irqs;

        if (vwr_input_read_packed(&input, &event))
            return event;
        vwr_port_idle(&mmio.dev.irqs, seen, SLEEP_US);
    }
    return NO_EVENT;
}

int example(void)
{
    const struct vwr_input_options options = {.shared = &shared, .event = fifo, .event_count = EVENTS};
    struct vwr_input_query name = {.select = VWR_INPUT_CFG_ID_NAME};
    int r = board_find(&mmio, VWR_ID_INPUT);

    if (r == VWR_OK)
        r = vwr_input_open(&input, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    if (vwr_input_ask(&input, &name) > 0)
        say((const char *)name.u.bytes);
    r = vwr_input_set_led(&input, LED_CAPS, true);
    handle_irq(); /* arms the first interrupt */
    board_interrupts(&mmio, handle_irq);
    say(is_empty() ? "waiting for keys" : "keys arrived before the wait");
    for (unsigned i = 0; i < READ && r == VWR_OK; i++) {
        const uint64_t event = read_event();

        r = event == NO_EVENT ? VWR_ETIMEOUT : VWR_OK;
        say_number("event", event);
    }
    return vwr_close(&input.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
