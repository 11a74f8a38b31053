/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_PICTURE_H
#define DEVICES_PICTURE_H

#include <stdint.h>

/* The picture, computed with integers: picture.py computes the same. Pixels are 0xRRGGBB. */

#define PICTURE_WIDTH 640u
#define PICTURE_HEIGHT 400u
#define PICTURE_COLUMNS 49u /* of typed text */

struct picture_area {
    uint32_t x, y, width, height;
};

extern uint32_t picture_pixels[PICTURE_WIDTH * PICTURE_HEIGHT];

/* Draws the picture; `words` below the name may have capitals, digits and blanks. */
void picture_draw(const char *words);

/* Draw a typed character, and a mark where a button was pressed; return the area changed. */
struct picture_area picture_type(unsigned column, char c);
struct picture_area picture_mark(uint32_t x, uint32_t y);

#endif
