/* SPDX-License-Identifier: MIT */
#include "classes.h"

/* Helpers shared by the devices of all classes. */

bool class_silent;

bool class_was_reset(const struct fake *f, unsigned *resets)
{
    const bool again = f->resets != *resets;

    *resets = f->resets;
    return again;
}

uint32_t class_read(const struct fake_chain *c, void *to, uint32_t n)
{
    uint32_t at = 0;

    for (unsigned i = 0; i < c->count && at < n && !c->segment[i].write; i++) {
        const uint32_t some = c->segment[i].len < n - at ? c->segment[i].len : n - at;

        fake_ram_read(c->segment[i].addr, (uint8_t *)to + at, some);
        at += some;
    }
    return at;
}

void class_write(const struct fake_chain *c, const void *from, uint32_t n)
{
    uint32_t at = 0;

    for (unsigned i = 0; i < c->count && at < n; i++) {
        const uint32_t some = c->segment[i].len < n - at ? c->segment[i].len : n - at;

        if (!c->segment[i].write)
            continue;
        fake_ram_write(c->segment[i].addr, (const uint8_t *)from + at, some);
        at += some;
    }
    assert_int_equal(at, n);
}

void class_all_posted(struct world *w, unsigned queue, unsigned buffers, unsigned held)
{
    const unsigned size = w->f.queue[queue].size;

    assert_int_equal(fake_ring_waiting(&w->f, queue), (buffers < size ? buffers : size) - held);
}
