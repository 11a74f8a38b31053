/* SPDX-License-Identifier: MIT */
#include "vgpu_common.h"

/*
 * EDID of a screen: one block, release 1.4, with one mode for the size of the screen. All numbers here are
 * from VESA's E-EDID standard, release A2.
 */

/* Offsets in a block, and in the mode at EDID_MODE. The VIRTIO specification does not define them. */
enum {
    EDID_SERIAL = 12,
    EDID_WIDTH_CM = 21,
    EDID_HEIGHT_CM = 22,
    EDID_MODE = 54,
    EDID_CHECKSUM = VWR_VGPU_EDID_BYTES - 1,
    MODE_CLOCK = 0,
    MODE_WIDTH = 2,
    MODE_HEIGHT = 5,
    MODE_SYNC = 8,
    MODE_SIZE = 12
};

/*
 * Blanking of the mode in pixels and lines, similar to CVT with reduced blanking. Parsers reject a pixel
 * clock below 10 MHz.
 */
enum {
    EDID_BLANK = 160,
    EDID_LINES = 16,
    EDID_LINES_SHIFT = 6,
    EDID_HZ = 60,
    EDID_HZ_OF_LARGE = 30,
    EDID_CLOCK_HZ = 10000,
    EDID_CLOCK_MIN = 1000,
    EDID_CLOCK_MAX = 65535
};

/* Total number of lines of a small mode: even a mode one pixel wide then reaches EDID_CLOCK_MIN. */
enum { EDID_LINES_OF_SMALL = 1036 };

/* A shorter side is not a plausible physical size. */
enum { EDID_MM_MIN = 100 };

/* A disabled screen reports this mode. */
enum { EDID_WIDTH = 640, EDID_HEIGHT = 480 };

static const uint8_t edid_block[VWR_VGPU_EDID_BYTES] = {
    0,   255, 255, 255, 255, 255, 255, 0,            /* header of an EDID */
    90,  242, 1,   0,   0,   0,   0,   0,   0,   36, /* VWR, number 1, made in 2026 */
    1,   4,                                          /* release */
    160, 0,   0,   120, 6,                           /* digital, 8 bits per colour, gamma 2.2, sRGB */
    238, 145, 163, 84,  76,  153, 38,  15,  80,  84, /* colours of sRGB */
    0,   0,   0,                                     /* no established mode */
    1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,    1,   1,   1, 1, 1, /* no standard mode */
    0,   0,   0,   0,   0,   0,   0,   0,                                      /* the mode: its size */
    48,  32,  53,  0,   0,   0,   0,   0,   0,   26, /* its sync: offset 48 and 3, width 32 and 5 */
    0,   0,   0,   252, 0,                           /* a name */
    'V', 'i', 'r', 't', 'w', 'r', 'i', 'g', 'h', 't', '\n', ' ', ' ',                /* the name */
    0,   0,   0,   16,  0,   0,   0,   0,   0,   0,   0,    0,   0,   0, 0, 0, 0, 0, /* nothing */
    0,   0,   0,   16,  0,   0,   0,   0,   0,   0,   0,    0,   0,   0, 0, 0, 0, 0, /* nothing */
    0,   0 /* no further blocks; checksum */
};

/* Stores two 12-bit numbers: the low bytes, then a byte that contains the upper bits of both. */
static void edid_put_pair(uint8_t *to, uint32_t a, uint32_t b)
{
    to[0] = (uint8_t)a;
    to[1] = (uint8_t)b;
    to[2] = (uint8_t)((a >> 8 & 0xfu) << 4 | (b >> 8 & 0xfu));
}

/* Converts pixels to a length, at 96 pixels per inch. */
static uint32_t edid_mm(uint32_t pixels)
{
    return pixels * 254u / 960u;
}

static void edid_put_mode(uint8_t *mode, uint32_t width, uint32_t height)
{
    const uint32_t row = width + EDID_BLANK;
    uint32_t lines = height + EDID_LINES + (height >> EDID_LINES_SHIFT);
    uint32_t clock = row * lines * EDID_HZ / EDID_CLOCK_HZ;

    if (clock < EDID_CLOCK_MIN) {
        lines = EDID_LINES_OF_SMALL;
        clock = row * lines * EDID_HZ / EDID_CLOCK_HZ;
    }
    if (clock > EDID_CLOCK_MAX)
        clock = row * lines * EDID_HZ_OF_LARGE / EDID_CLOCK_HZ;
    mode[MODE_CLOCK] = (uint8_t)clock;
    mode[MODE_CLOCK + 1] = (uint8_t)(clock >> 8);
    edid_put_pair(mode + MODE_WIDTH, width, EDID_BLANK);
    edid_put_pair(mode + MODE_HEIGHT, height, lines - height);
}

/* The physical size, in the block and in the mode. Without it, a reader assumes 96 pixels per inch. */
static void edid_put_size(uint8_t *to, uint32_t width, uint32_t height)
{
    to[EDID_WIDTH_CM] = (uint8_t)((width + 5u) / 10u);
    to[EDID_HEIGHT_CM] = (uint8_t)((height + 5u) / 10u);
    edid_put_pair(to + EDID_MODE + MODE_SIZE, width, height);
}

void vwr_vgpu_edid(uint8_t *to, unsigned scanout, uint32_t width, uint32_t height)
{
    uint8_t sum = 0;

    if (width == 0 || height == 0) {
        width = EDID_WIDTH;
        height = EDID_HEIGHT;
    }
    vwr_copy(to, edid_block, VWR_VGPU_EDID_BYTES);
    to[EDID_SERIAL] = (uint8_t)(scanout + 1u);
    edid_put_mode(to + EDID_MODE, width, height);
    if (edid_mm(width) >= EDID_MM_MIN && edid_mm(height) >= EDID_MM_MIN)
        edid_put_size(to, edid_mm(width), edid_mm(height));
    for (unsigned i = 0; i < EDID_CHECKSUM; i++)
        sum = (uint8_t)(sum + to[i]);
    to[EDID_CHECKSUM] = (uint8_t)(0xffu - sum + 1u);
}
