/* SPDX-License-Identifier: MIT */
#ifndef VWR_VREADER_H
#define VWR_VREADER_H

#include "vwr/base.h"

VWR_BEGIN_C

/*
 * The bytes of a guest's buffer, in whatever segments they lie: a reader goes through those that the driver
 * has written, a writer through those that the device writes. vwr_vchain_reader and vwr_vchain_writer begin
 * one. Both copy, or lend the contiguous bytes at their position; both know how many bytes are left.
 * Neither goes beyond its end, and neither changes the segments. `left` may be made smaller, by who knows
 * that a message ends before its buffer does.
 *
 * Segments were checked when the chain was popped. The driver may change what is in them at any time: each
 * byte that a decision depends on is read once, and the copy used. Context: any; who has popped the chain.
 */

/* A segment of a buffer, in host memory; not of 0 bytes. */
struct vwr_vseg {
    uint8_t *at;
    size_t len;
};

/* What there is to read. All of it may be read; `left` may be made smaller. */
struct vwr_reader {
    const struct vwr_vseg *seg; /* the segment that it is in; behind the last one: of none */
    uint32_t skip;              /* bytes of that segment that it has passed */
    uint32_t left;              /* bytes to its end */
};

/* What there is room for. All of it may be read; `left` may be made smaller. */
struct vwr_writer {
    const struct vwr_vseg *seg;
    uint32_t skip;
    uint32_t left;
    uint32_t done; /* bytes that it has passed: written, one way or another */
};

/* At the first of `bytes` bytes in these segments, which have no fewer. */
static inline void vwr_reader_start(struct vwr_reader *r, const struct vwr_vseg *seg, uint32_t bytes)
{
    r->seg = seg;
    r->skip = 0;
    r->left = bytes;
}

static inline void vwr_writer_start(struct vwr_writer *w, const struct vwr_vseg *seg, uint32_t bytes)
{
    w->seg = seg;
    w->skip = 0;
    w->left = bytes;
    w->done = 0;
}

/* The same position. Not by an assignment, of which a compiler may make a call of memcpy. */
static inline void vwr_reader_set(struct vwr_reader *r, const struct vwr_reader *from)
{
    r->seg = from->seg;
    r->skip = from->skip;
    r->left = from->left;
}

static inline void vwr_writer_set(struct vwr_writer *w, const struct vwr_writer *from)
{
    w->seg = from->seg;
    w->skip = from->skip;
    w->left = from->left;
    w->done = from->done;
}

/* The room that is left, for who writes into it where it lies. */
static inline void vwr_writer_room(const struct vwr_writer *w, struct vwr_reader *room)
{
    room->seg = w->seg;
    room->skip = w->skip;
    room->left = w->left;
}

/* Lends what is contiguous at its position: so many bytes, at *at; 0: the end, and *at is as it was. */
static inline uint32_t vwr_reader_run(const struct vwr_reader *r, uint8_t **at)
{
    uint32_t run;

    if (r->left == 0)
        return 0;
    *at = r->seg->at + r->skip;
    run = (uint32_t)r->seg->len - r->skip;
    return run < r->left ? run : r->left;
}

/**
 * vwr_reader_skip() - passes bytes without a look at them, or that were read where they lie
 * @r: the reader
 * @n: bytes; more than are left: to the end
 *
 * Return: how many it has passed.
 */
uint32_t vwr_reader_skip(struct vwr_reader *r, uint32_t n);

/**
 * vwr_reader_read() - copies bytes
 * @r: the reader
 * @to: memory for `n` bytes, the caller's
 * @n: how many at most
 *
 * Return: how many there were.
 */
uint32_t vwr_reader_read(struct vwr_reader *r, void *to, uint32_t n);

/**
 * vwr_writer_skip() - passes bytes that stay as they are, or that were written where they lie
 * @w: the writer
 * @n: bytes; more than are left: to the end
 *
 * Return: how many it has passed; they are among w->done.
 */
uint32_t vwr_writer_skip(struct vwr_writer *w, uint32_t n);

/**
 * vwr_writer_write() - copies bytes
 * @w: the writer
 * @from: `n` bytes, the caller's
 * @n: how many at most
 *
 * Return: for how many there was room.
 */
uint32_t vwr_writer_write(struct vwr_writer *w, const void *from, uint32_t n);

/* Is one of the `bytes` at `host` among these? For vwr_vdev_class.uses. */
static inline bool vwr_vseg_meets(const void *at, uint64_t len, const void *host, uint64_t bytes)
{
    const uintptr_t a = (uintptr_t)at;
    const uintptr_t b = (uintptr_t)host;

    return len != 0 && (a - b < bytes || b - a < len);
}

VWR_END_C

#endif
