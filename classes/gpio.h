/* SPDX-License-Identifier: MIT */
#ifndef VWR_CLASSES_GPIO_H
#define VWR_CLASSES_GPIO_H

#include <stdbool.h>
#include <stdint.h>

/* Lines; the VMM refuses to change the last but one. */

#define GPIO_LINES 8u
#define GPIO_REFUSED 6u
#define GPIO_NAMES 44u /* bytes */
#define GPIO_FLIP 0x10000u

struct gpio_model {
    struct {
        uint8_t direction, output, input, type;
        uint8_t waits; /* for an interrupt */
    } line[GPIO_LINES];
};

/* An event sets the level of a line, or flips it. Returns the line. */
static inline unsigned gpio_level(struct gpio_model *m, uint32_t event)
{
    const unsigned line = event / 2 % GPIO_LINES;

    if (event != 0)
        m->line[line].input = (event & GPIO_FLIP) != 0 ? !m->line[line].input : event & 1;
    return line;
}

#endif
