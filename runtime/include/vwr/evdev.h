/* SPDX-License-Identifier: MIT */
#ifndef VWR_EVDEV_H
#define VWR_EVDEV_H

/**
 * DOC: Event types and codes of input devices
 *
 * The specification refers to the types and codes of Linux's evdev (linux/input-event-codes.h). These
 * are some of them. Callers may use other codes from the kernel's header, because no code depends on this
 * list.
 */

/** enum vwr_evdev_type - Types of events: EV_* */
enum vwr_evdev_type {
    VWR_EV_SYN = 0,
    VWR_EV_KEY = 1,
    VWR_EV_REL = 2,
    VWR_EV_ABS = 3,
    VWR_EV_LED = 17,
    VWR_EV_SND = 18,
    VWR_EV_REP = 20
};

/** enum vwr_evdev_syn - Codes of VWR_EV_SYN: SYN_REPORT marks the end of a group of events */
enum vwr_evdev_syn { VWR_SYN_REPORT = 0 };

/** enum vwr_evdev_key - Codes of VWR_EV_KEY: some keys, and the limits of a keyboard's ranges */
enum vwr_evdev_key {
    VWR_KEY_ESC = 1,
    VWR_KEY_ENTER = 28,
    VWR_KEY_A = 30,
    VWR_KEY_MICMUTE = 248,
    VWR_BTN_LEFT = 272,
    VWR_BTN_RIGHT = 273,
    VWR_BTN_MIDDLE = 274,
    VWR_BTN_SIDE = 275,
    VWR_BTN_EXTRA = 276,
    VWR_BTN_TOUCH = 330,
    VWR_BTN_GEAR_DOWN = 336,
    VWR_BTN_GEAR_UP = 337
};

/** enum vwr_evdev_rel - Codes of VWR_EV_REL */
enum vwr_evdev_rel { VWR_REL_X = 0, VWR_REL_Y = 1, VWR_REL_HWHEEL = 6, VWR_REL_WHEEL = 8 };

/** enum vwr_evdev_abs - Codes of VWR_EV_ABS */
enum vwr_evdev_abs {
    VWR_ABS_X = 0,
    VWR_ABS_Y = 1,
    VWR_ABS_MT_SLOT = 47,
    VWR_ABS_MT_POSITION_X = 53,
    VWR_ABS_MT_POSITION_Y = 54,
    VWR_ABS_MT_TRACKING_ID = 57
};

/** enum vwr_evdev_led - Codes of VWR_EV_LED */
enum vwr_evdev_led { VWR_LED_NUML = 0, VWR_LED_CAPSL = 1, VWR_LED_SCROLLL = 2 };

/** enum vwr_evdev_rep - Codes of VWR_EV_REP, the parameters of key auto-repeat */
enum vwr_evdev_rep { VWR_REP_DELAY = 0, VWR_REP_PERIOD = 1 };

/** enum vwr_evdev_prop - Properties of a device */
enum vwr_evdev_prop { VWR_INPUT_PROP_POINTER = 0, VWR_INPUT_PROP_DIRECT = 1 };

/** enum vwr_evdev_bus - Bus types */
enum vwr_evdev_bus { VWR_BUS_VIRTUAL = 6 };

#endif
