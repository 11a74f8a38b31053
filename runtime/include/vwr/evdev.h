/* SPDX-License-Identifier: MIT */
#ifndef VWR_EVDEV_H
#define VWR_EVDEV_H

/*
 * Types and codes of events as an input device has them: those of evdev, Linux's input-event-codes.h, which
 * the specification refers to. Both sides, tests and examples take them from here; a test compares them with
 * the kernel's header. A code that is not here is taken from there: nothing depends on this list. None of
 * these numbers is the specification's.
 */

/* Types of events. */
enum vwr_evdev_type {
    VWR_EV_SYN = 0x00,
    VWR_EV_KEY = 0x01,
    VWR_EV_REL = 0x02,
    VWR_EV_ABS = 0x03,
    VWR_EV_LED = 0x11, /* not the specification's */
    VWR_EV_SND = 0x12, /* not the specification's */
    VWR_EV_REP = 0x14
};

/* Of EV_SYN: the end of a group. */
enum vwr_evdev_syn { VWR_SYN_REPORT = 0 };

/* Of EV_KEY: some, and the ends of the runs of codes that a keyboard has. */
enum vwr_evdev_key {
    VWR_KEY_ESC = 1,
    VWR_KEY_ENTER = 28,
    VWR_KEY_A = 30,
    VWR_KEY_MICMUTE = 248,
    VWR_BTN_LEFT = 0x110,
    VWR_BTN_RIGHT = 0x111,
    VWR_BTN_MIDDLE = 0x112,
    VWR_BTN_SIDE = 0x113,
    VWR_BTN_EXTRA = 0x114,
    VWR_BTN_TOUCH = 0x14a,
    VWR_BTN_GEAR_DOWN = 0x150,
    VWR_BTN_GEAR_UP = 0x151
};

/* Of EV_REL. */
enum vwr_evdev_rel { VWR_REL_X = 0x00, VWR_REL_Y = 0x01, VWR_REL_HWHEEL = 0x06, VWR_REL_WHEEL = 0x08 };

/* Of EV_ABS. */
enum vwr_evdev_abs {
    VWR_ABS_X = 0x00,
    VWR_ABS_Y = 0x01,
    VWR_ABS_MT_SLOT = 0x2f,
    VWR_ABS_MT_POSITION_X = 0x35,
    VWR_ABS_MT_POSITION_Y = 0x36,
    VWR_ABS_MT_TRACKING_ID = 0x39
};

/* Of EV_LED. */
enum vwr_evdev_led { VWR_LED_NUML = 0, VWR_LED_CAPSL = 1, VWR_LED_SCROLLL = 2 };

/* Of EV_REP: with them the guest itself repeats a key that is down. */
enum vwr_evdev_rep { VWR_REP_DELAY = 0, VWR_REP_PERIOD = 1 };

/* What a device is; and its bus. */
enum vwr_evdev_prop { VWR_INPUT_PROP_POINTER = 0, VWR_INPUT_PROP_DIRECT = 1 };
enum vwr_evdev_bus { VWR_BUS_VIRTUAL = 0x06 };

#endif
