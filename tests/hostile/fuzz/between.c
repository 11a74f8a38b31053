/* SPDX-License-Identifier: MIT */
#include "between.h"

#include <string.h>

#define GARBLES 4u

struct garble {
    uint16_t offset;
    bool is_write;
    uint32_t flip; /* bits to invert */
};

static struct {
    bool changed;
    struct garble garble[GARBLES];
    unsigned garbles;
    uint16_t flip_at; /* byte to change while the device works */
    uint8_t flip_by;
} between;

uint8_t *between_shared(size_t offset)
{
    return (uint8_t *)world_at(WORLD_RAM, WORLD_RAM_BYTES) + offset % WORLD_RAM_BYTES;
}

static void flip(uint32_t at, uint8_t by)
{
    uint8_t *const byte = between_shared(at);

    world_mark(byte, 1);
    *(volatile uint8_t *)byte ^= by;
    between.changed = true;
}

static void meanwhile(struct world *w)
{
    const uint8_t by = between.flip_by;

    (void)w;
    between.flip_by = 0;
    if (by != 0)
        flip(between.flip_at, by);
}

static uint32_t garble(struct world *w, unsigned offset, bool is_write, uint32_t value)
{
    (void)w;
    for (unsigned i = 0; i < between.garbles; i++) {
        const struct garble g = between.garble[i];

        if (g.offset != offset || g.is_write != is_write)
            continue;
        between.garble[i] = between.garble[--between.garbles];
        between.changed = true;
        return value ^ g.flip;
    }
    return value;
}

static void garble_later(struct input *in)
{
    struct garble *const g = &between.garble[between.garbles % GARBLES];
    const uint8_t where = input_u8(in);

    g->offset = 4u * (where & 0x7fu);
    g->is_write = (where & 0x80) != 0;
    g->flip = input_u32(in);
    if (between.garbles < GARBLES)
        between.garbles++;
}

void between_start(void)
{
    memset(&between, 0, sizeof(between));
    world.meanwhile = meanwhile;
    world.garble = garble;
}

void between_stop(void)
{
    world.meanwhile = NULL;
    world.garble = NULL;
}

bool between_changed(void)
{
    return between.changed;
}

void between_change(void)
{
    between.changed = true;
}

void between_step(uint8_t what, struct input *in)
{
    const uint16_t at = (what & 0x80) != 0 ? input_u16(in) : 0;

    if ((what & 0xc0) == 0xc0) {
        flip(at, input_u8(in));
    } else if ((what & 0xc0) == 0x80) {
        between.flip_at = at;
        between.flip_by = input_u8(in);
    } else {
        garble_later(in);
    }
}
