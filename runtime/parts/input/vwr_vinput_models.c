/* SPDX-License-Identifier: MIT */
#include "vwr/vinput.h"

/* Predefined tables that describe a keyboard, a mouse, a tablet and a touch screen. */

#define VINPUT_COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct vwr_vinput_codes vinput_keyboard_codes[] = {
    {VWR_EV_KEY, VWR_KEY_ESC, VWR_KEY_MICMUTE},
    {VWR_EV_LED, VWR_LED_NUML, VWR_LED_SCROLLL},
    {VWR_EV_REP, VWR_REP_DELAY, VWR_REP_PERIOD},
};

static const struct vwr_vinput_codes vinput_mouse_codes[] = {
    {VWR_EV_KEY, VWR_BTN_LEFT, VWR_BTN_EXTRA},
    {VWR_EV_REL, VWR_REL_X, VWR_REL_Y},
    {VWR_EV_REL, VWR_REL_HWHEEL, VWR_REL_HWHEEL},
    {VWR_EV_REL, VWR_REL_WHEEL, VWR_REL_WHEEL},
};

/* Like QEMU's tablet, it reports the wheel also as the buttons GEAR_UP and GEAR_DOWN. */
static const struct vwr_vinput_codes vinput_tablet_codes[] = {
    {VWR_EV_KEY, VWR_BTN_LEFT, VWR_BTN_EXTRA},        {VWR_EV_KEY, VWR_BTN_TOUCH, VWR_BTN_TOUCH},
    {VWR_EV_KEY, VWR_BTN_GEAR_DOWN, VWR_BTN_GEAR_UP}, {VWR_EV_REL, VWR_REL_HWHEEL, VWR_REL_HWHEEL},
    {VWR_EV_REL, VWR_REL_WHEEL, VWR_REL_WHEEL},
};

static const struct vwr_vinput_axis vinput_tablet_axis[] = {
    {.code = VWR_ABS_X, .max = VWR_VINPUT_TABLET_MAX},
    {.code = VWR_ABS_Y, .max = VWR_VINPUT_TABLET_MAX},
};

static const struct vwr_vinput_codes vinput_multitouch_codes[] = {
    {VWR_EV_KEY, VWR_BTN_TOUCH, VWR_BTN_TOUCH},
};

static const struct vwr_vinput_axis vinput_multitouch_axis[] = {
    {.code = VWR_ABS_X, .max = VWR_VINPUT_TABLET_MAX},
    {.code = VWR_ABS_Y, .max = VWR_VINPUT_TABLET_MAX},
    {.code = VWR_ABS_MT_SLOT, .max = VWR_VINPUT_TOUCHES - 1},
    {.code = VWR_ABS_MT_POSITION_X, .max = VWR_VINPUT_TABLET_MAX},
    {.code = VWR_ABS_MT_POSITION_Y, .max = VWR_VINPUT_TABLET_MAX},
    {.code = VWR_ABS_MT_TRACKING_ID, .max = (uint16_t)~0u},
};

static const uint8_t vinput_pointer[] = {VWR_INPUT_PROP_POINTER};
static const uint8_t vinput_direct[] = {VWR_INPUT_PROP_DIRECT};

const struct vwr_vinput_model vwr_vinput_keyboard = {
    .name = "Virtwright keyboard",
    .codes = vinput_keyboard_codes,
    .codes_count = VINPUT_COUNT(vinput_keyboard_codes),
    .bus = VWR_BUS_VIRTUAL,
    .product = 1,
};

const struct vwr_vinput_model vwr_vinput_mouse = {
    .name = "Virtwright mouse",
    .codes = vinput_mouse_codes,
    .codes_count = VINPUT_COUNT(vinput_mouse_codes),
    .property = vinput_pointer,
    .property_count = VINPUT_COUNT(vinput_pointer),
    .bus = VWR_BUS_VIRTUAL,
    .product = 2,
};

const struct vwr_vinput_model vwr_vinput_tablet = {
    .name = "Virtwright tablet",
    .codes = vinput_tablet_codes,
    .codes_count = VINPUT_COUNT(vinput_tablet_codes),
    .axis = vinput_tablet_axis,
    .axis_count = VINPUT_COUNT(vinput_tablet_axis),
    .bus = VWR_BUS_VIRTUAL,
    .product = 3,
};

const struct vwr_vinput_model vwr_vinput_multitouch = {
    .name = "Virtwright touch screen",
    .codes = vinput_multitouch_codes,
    .codes_count = VINPUT_COUNT(vinput_multitouch_codes),
    .axis = vinput_multitouch_axis,
    .axis_count = VINPUT_COUNT(vinput_multitouch_axis),
    .property = vinput_direct,
    .property_count = VINPUT_COUNT(vinput_direct),
    .bus = VWR_BUS_VIRTUAL,
    .product = 4,
};
