/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include "vwr/bytes.h"
#include "vwr/vreader.h"

/*
 * Readers and writers of a chain's segments: vwr_vqueue_reader.c, from any position. The replacement for the
 * copy function states the source and the destination of the bytes.
 */

#define SEGMENTS 3u
#define MOST 4u /* bytes of a segment */

static uint8_t memory_0[MOST], memory_1[MOST], memory_2[MOST];
static struct vwr_vseg seg[SEGMENTS];
static uint64_t before[SEGMENTS + 1u]; /* bytes of the segments before each one */

/* The caller's memory, and a call. */
static uint8_t *own;
static bool writes;
static uint64_t at;    /* next byte of the segments */
static uint32_t moved; /* bytes of this call */

static void any_segments(void)
{
    for (unsigned i = 0; i < SEGMENTS; i++) {
        PROVE_ANY(uint32_t, len);

        prove_assume(len != 0 && len <= MOST);
        seg[i].len = len;
        seg[i].at = (i == 0 ? memory_0 : i == 1 ? memory_1 : memory_2) + MOST - len;
        before[i + 1u] = before[i] + len;
    }
    prove_assume(before[SEGMENTS] <= UINT32_MAX);
}

/* Which of all bytes it is. */
static uint64_t place_of(const uint8_t *byte)
{
    uint64_t place = UINT64_MAX;

    for (unsigned i = 0; i < SEGMENTS; i++)
        if (__CPROVER_same_object(byte, seg[i].at))
            place = before[i] + (uint64_t)(byte - seg[i].at);
    return place;
}

/* The next bytes, in order, within a segment and within the caller's memory. */
void vwr_copy(void *to, const void *from, size_t bytes)
{
    const uint8_t *const shared = writes ? to : from;

    prove_that(prove_writable(to, bytes) && prove_readable(from, bytes));
    prove_that(place_of(shared) == at && (writes ? from : to) == own + moved);
    at += bytes;
    moved += (uint32_t)bytes;
}

/* Any position with `left` remaining bytes in the segments, and the number of bytes that a call requests. */
static void any_position(struct vwr_reader *r, uint32_t *n)
{
    PROVE_ANY(uint32_t, i);
    PROVE_ANY(struct vwr_reader, any);
    PROVE_ANY(uint32_t, most);

    any_segments();
    prove_assume(i < SEGMENTS && any.skip < seg[i].len);
    any.seg = &seg[i];
    at = before[i] + any.skip;
    prove_assume(any.left <= before[SEGMENTS] - at);
    *r = any;
    *n = most;
    own = prove_memory(most);
}

/* A call advanced by `n` bytes, to a position in a segment or after the last one. */
static void check_position(const struct vwr_vseg *now, uint32_t skip, uint32_t left, uint64_t from,
                           uint32_t n)
{
    const uint64_t end = from + n;

    prove_that(now >= seg && now <= seg + SEGMENTS);
    prove_that(before[now - seg] + skip == end && end + left <= before[SEGMENTS]);
    prove_that(now == seg + SEGMENTS ? skip == 0 && left == 0 : skip < now->len);
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

void reader_read(void)
{
    struct vwr_reader r;
    uint32_t n, had;
    uint64_t from;

    any_position(&r, &n);
    from = at;
    had = r.left;
    prove_that(vwr_reader_read(&r, own, n) == least(n, had) && moved == least(n, had));
    prove_that(r.left == had - moved);
    check_position(r.seg, r.skip, r.left, from, moved);
}

void reader_write(void)
{
    struct vwr_reader r;
    struct vwr_writer w;
    PROVE_ANY(uint32_t, done);
    uint32_t n;
    uint64_t from;

    any_position(&r, &n);
    from = at;
    vwr_writer_start(&w, r.seg, r.left);
    w.skip = r.skip;
    w.done = done;
    writes = true;
    prove_that(vwr_writer_write(&w, own, n) == least(n, r.left) && moved == least(n, r.left));
    prove_that(w.left == r.left - moved && w.done == done + moved);
    check_position(w.seg, w.skip, w.left, from, moved);
}
