/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_PICTURE_H
#define DEVICES_PICTURE_H

#include "vwr/gpu.h"

/* The picture, computed with integers: picture.py computes the same. Pixels are 0xRRGGBB. */

#define PICTURE_WIDTH 640u
#define PICTURE_HEIGHT 400u
#define PICTURE_COLUMNS 49u /* of typed text */

/* A format names the bytes of a pixel from the lowest address on; a pixel is a word of the CPU. */
#define PICTURE_FORMAT (VWR_BIG_ENDIAN ? VWR_GPU_FORMAT_X8R8G8B8_UNORM : VWR_GPU_FORMAT_B8G8R8X8_UNORM)
#define PICTURE_FORMAT_WITH_ALPHA \
    (VWR_BIG_ENDIAN ? VWR_GPU_FORMAT_A8R8G8B8_UNORM : VWR_GPU_FORMAT_B8G8R8A8_UNORM)

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
