/* SPDX-License-Identifier: MIT */
#ifndef VWR_CLASSES_INPUT_H
#define VWR_CLASSES_INPUT_H

#include "vwr/base.h"

/* A keyboard with three LEDs. */

#define INPUT_KEY 30u
#define INPUT_FIFO 16u /* events, at both ends: as much as happens at once */
#define INPUT_GROUP 5u /* the most events of a group, with its end */

struct input_model {
    uint32_t groups; /* that have happened, besides those of shapes */
    uint8_t leds;
};

/* Events, besides numbers less than INPUT_SHAPE: that many groups happen, modulo INPUT_BURST. */
#define INPUT_SHAPE 0x10000u
#define INPUT_BURST 4u
enum { INPUT_PRESS = INPUT_SHAPE, INPUT_RELEASE, INPUT_MOVE_X, INPUT_MOVE_Y, INPUT_HALF, INPUT_REST };

/* A group's number determines its events: so many keys, each with the number as its value. */
static inline unsigned input_keys(uint32_t group)
{
    return group % INPUT_GROUP;
}

#endif
