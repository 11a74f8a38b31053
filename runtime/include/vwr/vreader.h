/* SPDX-License-Identifier: MIT */
#ifndef VWR_VREADER_H
#define VWR_VREADER_H

#include "vwr/base.h"

VWR_BEGIN_C

/**
 * DOC: Readers and writers of a guest's buffer
 *
 * A buffer consists of any number of segments. A reader accesses the bytes that the driver wrote, and a
 * writer accesses the space for bytes from the device. vwr_vchain_reader() and vwr_vchain_writer() create
 * them. Both can copy bytes, or return a pointer to the contiguous bytes at their position.
 *
 * Rules:
 *
 * - Readers and writers never go past their end, and never change the array of segments. If a
 *   message is shorter than its buffer, the caller may reduce @left.
 * - Segments were checked when the chain was popped. The driver may change their contents at any time, so
 *   read each byte on which a decision depends only once, and use the copy.
 */

/**
 * struct vwr_vseg - A segment of a buffer in host memory; not empty
 * @at: Start.
 * @len: Size in bytes.
 */
struct vwr_vseg {
    uint8_t *at;
    size_t len;
};

/**
 * struct vwr_reader - Position in device-readable segments
 * @seg: Current segment; invalid after the last one.
 * @skip: Number of bytes of that segment that were read.
 * @left: Number of remaining bytes. The caller may reduce it.
 */
struct vwr_reader {
    const struct vwr_vseg *seg;
    uint32_t skip;
    uint32_t left;
};

/**
 * struct vwr_writer - Position in device-writable segments
 * @seg: Current segment; invalid after the last one.
 * @skip: Number of bytes of that segment that were written.
 * @left: Number of remaining bytes. The caller may reduce it.
 * @done: Number of bytes that were written or skipped.
 */
struct vwr_writer {
    const struct vwr_vseg *seg;
    uint32_t skip;
    uint32_t left;
    uint32_t done;
};

/**
 * vwr_reader_start() - Start reading segments
 * @r: Reader to initialise.
 * @seg: Segments to read.
 * @bytes: Number of bytes that may be read; at most the total size of the segments.
 */
static inline void vwr_reader_start(struct vwr_reader *r, const struct vwr_vseg *seg, uint32_t bytes)
{
    r->seg = seg;
    r->skip = 0;
    r->left = bytes;
}

/**
 * vwr_writer_start() - Start writing segments
 * @w: Writer to initialise.
 * @seg: Segments to write into.
 * @bytes: Number of bytes that may be written; at most the total size of the segments.
 */
static inline void vwr_writer_start(struct vwr_writer *w, const struct vwr_vseg *seg, uint32_t bytes)
{
    w->seg = seg;
    w->skip = 0;
    w->left = bytes;
    w->done = 0;
}

/**
 * vwr_reader_set() - Copy a reader
 * @r: Reader to initialise.
 * @from: Reader to copy.
 *
 * The function copies the members one by one, since a compiler may call memcpy for an assignment.
 */
static inline void vwr_reader_set(struct vwr_reader *r, const struct vwr_reader *from)
{
    r->seg = from->seg;
    r->skip = from->skip;
    r->left = from->left;
}

/**
 * vwr_writer_set() - Copy a writer
 * @w: Writer to initialise.
 * @from: Writer to copy.
 */
static inline void vwr_writer_set(struct vwr_writer *w, const struct vwr_writer *from)
{
    w->seg = from->seg;
    w->skip = from->skip;
    w->left = from->left;
    w->done = from->done;
}

/**
 * vwr_writer_room() - Get the unwritten segments of a writer, so that the caller can fill them in
 *   place
 * @w: Writer.
 * @room: Filled in with the unwritten segments, as a reader.
 */
static inline void vwr_writer_room(const struct vwr_writer *w, struct vwr_reader *room)
{
    room->seg = w->seg;
    room->skip = w->skip;
    room->left = w->left;
}

/**
 * vwr_reader_run() - Get the contiguous bytes at a reader's position
 * @r: Reader. Its position does not change.
 * @at: Filled in with the address; unchanged if no bytes remain.
 *
 * Return: Number of bytes; 0: no bytes remain.
 */
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
 * vwr_reader_skip() - Skip bytes that are not needed or were read in place
 * @r: Reader.
 * @n: Number of bytes; the call stops at the end.
 *
 * Return: Number of bytes that were skipped.
 */
uint32_t vwr_reader_skip(struct vwr_reader *r, uint32_t n);

/**
 * vwr_reader_read() - Copy bytes out of segments
 * @r: Reader.
 * @to: Memory of the caller.
 * @n: Maximum number of bytes.
 *
 * Return: Number of bytes that were copied.
 */
uint32_t vwr_reader_read(struct vwr_reader *r, void *to, uint32_t n);

/**
 * vwr_writer_skip() - Skip bytes that stay unchanged or were written in place
 * @w: Writer. The skipped bytes are counted in @w->done.
 * @n: Number of bytes; the call stops at the end.
 *
 * Return: Number of bytes that were skipped.
 */
uint32_t vwr_writer_skip(struct vwr_writer *w, uint32_t n);

/**
 * vwr_writer_write() - Copy bytes into segments
 * @w: Writer.
 * @from: Memory of the caller.
 * @n: Maximum number of bytes.
 *
 * Return: Number of bytes that were copied.
 */
uint32_t vwr_writer_write(struct vwr_writer *w, const void *from, uint32_t n);

/**
 * vwr_vseg_meets() - Test whether two ranges of memory overlap (for vwr_vdev_class.uses)
 * @at: Start of the first range.
 * @len: Size of the first range in bytes.
 * @host: Start of the second range.
 * @bytes: Size of the second range in bytes.
 *
 * Return: true if they overlap.
 */
static inline bool vwr_vseg_meets(const void *at, uint64_t len, const void *host, uint64_t bytes)
{
    const uintptr_t a = (uintptr_t)at;
    const uintptr_t b = (uintptr_t)host;

    return len != 0 && (a - b < bytes || b - a < len);
}

VWR_END_C

#endif
