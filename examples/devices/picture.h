/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_PICTURE_H
#define DEVICES_PICTURE_H

#include <stdint.h>

/* The picture, by integers alone: picture.py computes the same for itself. 0xRRGGBB in each pixel. */

#define PICTURE_WIDTH 640u
#define PICTURE_HEIGHT 400u
#define PICTURE_COLUMNS 49u /* of what is typed */

struct picture_area {
    uint32_t x, y, width, height;
};

extern uint32_t picture_pixels[PICTURE_WIDTH * PICTURE_HEIGHT];

/* All of it; `words` go below the name: capitals, digits and blanks. */
void picture_draw(const char *words);

/* A character of what is typed, and a mark where somebody has pressed; what has changed then. */
struct picture_area picture_type(unsigned column, char c);
struct picture_area picture_mark(uint32_t x, uint32_t y);

#endif
