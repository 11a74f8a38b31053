/* SPDX-License-Identifier: MIT */
#include "vwr/vreader.h"
#include "vwr/bytes.h"

/* Readers and writers, which share one walk over segments that can copy in either direction. */

/* Advances by `n` bytes, which are available. Does not access the segment after the last one. */
static void vreader_advance(const struct vwr_vseg **seg, uint32_t *skip, uint32_t n)
{
    while (n != 0) {
        const uint32_t run = (uint32_t)(*seg)->len - *skip;

        if (n < run) {
            *skip += n;
            return;
        }
        n -= run;
        (*seg)++;
        *skip = 0;
    }
}

uint32_t vwr_reader_skip(struct vwr_reader *r, uint32_t n)
{
    n = n < r->left ? n : r->left;
    vreader_advance(&r->seg, &r->skip, n);
    r->left -= n;
    return n;
}

uint32_t vwr_writer_skip(struct vwr_writer *w, uint32_t n)
{
    n = n < w->left ? n : w->left;
    vreader_advance(&w->seg, &w->skip, n);
    w->left -= n;
    w->done += n;
    return n;
}

/* Gets the contiguous bytes at the current position, at most `most`. */
static uint32_t vreader_run(const struct vwr_reader *r, uint32_t most, uint8_t **at)
{
    const uint32_t run = vwr_reader_run(r, at);

    return run < most ? run : most;
}

uint32_t vwr_reader_read(struct vwr_reader *r, void *to, uint32_t n)
{
    uint8_t *at = NULL;
    uint32_t done = 0;
    uint32_t run;

    for (; (run = vreader_run(r, n - done, &at)) != 0; done += vwr_reader_skip(r, run))
        vwr_copy((uint8_t *)to + done, at, run);
    return done;
}

uint32_t vwr_writer_write(struct vwr_writer *w, const void *from, uint32_t n)
{
    struct vwr_reader room;
    uint8_t *at = NULL;
    uint32_t done = 0;
    uint32_t run;

    vwr_writer_room(w, &room);
    for (; (run = vreader_run(&room, n - done, &at)) != 0; done += vwr_reader_skip(&room, run))
        vwr_copy(at, (const uint8_t *)from + done, run);
    w->seg = room.seg;
    w->skip = room.skip;
    w->left = room.left;
    w->done += done;
    return done;
}
