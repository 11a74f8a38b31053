/* SPDX-License-Identifier: MIT */
#include "picture.h"
#include "font.h"

#define W PICTURE_WIDTH
#define H PICTURE_HEIGHT
#define LETTER_WIDTH 6u /* including the column between two letters */
#define LETTER_HEIGHT 7u

#define HORIZON 280u
#define SKY_HIGH 0x121c4au
#define SKY_LOW 0xffa060u
#define SUN 0xfff0c0u
#define SUN_X 456u
#define SUN_Y 236u
#define SUN_SQUARE (52u * 52u)
#define GLOW_SQUARE (4u * SUN_SQUARE)
#define STARS 70u
#define STARS_BELOW 130u
#define WHITE 0xffffffu
#define SHADOW 0x0a0f2au
#define MARK 0xff4060u
#define MARK_RADIUS 6u

#define NAME_SCALE 8u
#define NAME_Y 56u
#define TEXT_SCALE 2u
#define WORDS_Y 132u
#define TYPED_X 24u
#define TYPED_Y 376u

uint32_t picture_pixels[W * H];

static const struct hill {
    uint32_t base, amplitude, half, phase, color;
} hills[] = {
    {270, 26, 110, 30, 0x5a3a6e},
    {310, 22, 80, 60, 0x3a2858},
    {350, 18, 140, 10, 0x1c1638},
};

/* Interpolates from a (part 0) to b (part `whole`). */
static uint32_t mix(uint32_t a, uint32_t b, uint32_t part, uint32_t whole)
{
    uint32_t color = 0;

    for (unsigned shift = 0; shift < 24; shift += 8) {
        const uint32_t low = a >> shift & 0xffu;
        const uint32_t high = b >> shift & 0xffu;

        color |= (low * (whole - part) + high * part) / whole << shift;
    }
    return color;
}

static uint32_t square(uint32_t a, uint32_t b)
{
    return a > b ? (a - b) * (a - b) : (b - a) * (b - a);
}

static uint32_t sky(uint32_t x, uint32_t y)
{
    const uint32_t color = mix(SKY_HIGH, SKY_LOW, y < HORIZON ? y : HORIZON - 1u, HORIZON - 1u);
    const uint32_t far = square(x, SUN_X) + square(y, SUN_Y);

    if (far <= SUN_SQUARE)
        return SUN;
    return far < GLOW_SQUARE ? mix(color, SUN, GLOW_SQUARE - far, 2u * GLOW_SQUARE) : color;
}

/* A 32-bit generator, whose upper bits are used, produces the same stars every time. */
static void draw_stars(void)
{
    uint32_t state = 2026;

    for (unsigned i = 0; i < STARS; i++) {
        uint32_t x;
        uint32_t y;

        state = state * 1103515245u + 12345u;
        x = (state >> 16) % W;
        state = state * 1103515245u + 12345u;
        y = (state >> 16) % STARS_BELOW;
        picture_pixels[y * W + x] = mix(SKY_HIGH, WHITE, 128u + (state >> 8) % 128u, 255u);
    }
}

/* Height of a hill in a column: alternating parabolas. */
static uint32_t hill_top(const struct hill *h, uint32_t x)
{
    const uint32_t at = (x + h->phase) % (2u * h->half);
    const uint32_t q = at % h->half;
    const uint32_t height = 4u * h->amplitude * q * (h->half - q) / (h->half * h->half);

    return at < h->half ? h->base - height : h->base + height;
}

static void draw_hill(const struct hill *h)
{
    for (uint32_t x = 0; x < W; x++)
        for (uint32_t y = hill_top(h, x); y < H; y++)
            picture_pixels[y * W + x] = h->color;
}

static void fill(const struct picture_area *a, uint32_t color)
{
    for (uint32_t y = a->y; y < a->y + a->height; y++)
        for (uint32_t x = a->x; x < a->x + a->width; x++)
            picture_pixels[y * W + x] = color;
}

static const uint8_t *rows_of(char c)
{
    for (unsigned i = 0; i < sizeof(font) / sizeof(font[0]); i++)
        if (font[i].c == c)
            return font[i].row;
    return NULL; /* a blank */
}

static void draw_letter(uint32_t x, uint32_t y, uint32_t scale, uint32_t color, char c)
{
    const uint8_t *const rows = rows_of(c);

    for (unsigned row = 0; rows != NULL && row < LETTER_HEIGHT; row++)
        for (unsigned column = 0; column < LETTER_WIDTH - 1u; column++) {
            const struct picture_area a = {x + column * scale, y + row * scale, scale, scale};

            if ((rows[row] >> (LETTER_WIDTH - 2u - column) & 1u) != 0)
                fill(&a, color);
        }
}

/* Centered. */
static void draw_words(uint32_t y, uint32_t scale, uint32_t color, uint32_t shift, const char *words)
{
    uint32_t n = 0;

    while (words[n] != '\0')
        n++;
    for (uint32_t i = 0; i < n; i++)
        draw_letter((W - n * LETTER_WIDTH * scale) / 2u + i * LETTER_WIDTH * scale + shift, y + shift, scale,
                    color, words[i]);
}

void picture_draw(const char *words)
{
    for (uint32_t y = 0; y < H; y++)
        for (uint32_t x = 0; x < W; x++)
            picture_pixels[y * W + x] = sky(x, y);
    draw_stars();
    for (unsigned i = 0; i < sizeof(hills) / sizeof(hills[0]); i++)
        draw_hill(&hills[i]);
    draw_words(NAME_Y, NAME_SCALE, SHADOW, 4, "VIRTWRIGHT");
    draw_words(NAME_Y, NAME_SCALE, WHITE, 0, "VIRTWRIGHT");
    draw_words(WORDS_Y, TEXT_SCALE, WHITE, 0, words);
}

struct picture_area picture_type(unsigned column, char c)
{
    const struct picture_area a = {TYPED_X + column * LETTER_WIDTH * TEXT_SCALE, TYPED_Y,
                                   LETTER_WIDTH * TEXT_SCALE, LETTER_HEIGHT * TEXT_SCALE};

    draw_letter(a.x, a.y, TEXT_SCALE, WHITE, c);
    return a;
}

static uint32_t below(uint32_t v, uint32_t end)
{
    return v < end ? v : end;
}

struct picture_area picture_mark(uint32_t x, uint32_t y)
{
    const uint32_t x0 = x > MARK_RADIUS ? x - MARK_RADIUS : 0;
    const uint32_t y0 = y > MARK_RADIUS ? y - MARK_RADIUS : 0;
    const struct picture_area a = {x0, y0, below(x + MARK_RADIUS + 1u, W) - x0,
                                   below(y + MARK_RADIUS + 1u, H) - y0};

    for (uint32_t v = a.y; v < a.y + a.height; v++)
        for (uint32_t h = a.x; h < a.x + a.width; h++)
            if ((h > x ? h - x : x - h) + (v > y ? v - y : y - v) <= MARK_RADIUS)
                picture_pixels[v * W + h] = MARK;
    return a;
}
