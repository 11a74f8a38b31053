/* SPDX-License-Identifier: MIT */
#ifndef FRAMING_H
#define FRAMING_H

#include "../../hostile/guests/hostile.h"

/*
 * The requests of each class, for framing.c. The rows of a class are a session: a row may rely on what the
 * rows before it have done, and its buffers return before the next row.
 */

/* Numbers as bytes, little-endian. */
#define U8(x) (uint8_t)(x)
#define U16(x) U8(x), U8((x) >> 8)
#define U32(x) U16(x), U16((x) >> 16)
#define U64(x) U32(x), U32((uint64_t)(x) >> 32)
#define OUT(...) .out = (const uint8_t[]){__VA_ARGS__}, .out_bytes = sizeof((const uint8_t[]){__VA_ARGS__})

/**
 * struct framing_row - A request, or buffers for what the device sends
 * @name: Request.
 * @queue: Queue.
 * @out: Readable bytes.
 * @out_bytes: Number of bytes in @out.
 * @data: Number of readable bytes that follow @out, with a pattern.
 * @in: Writable bytes.
 * @head: Readable bytes in the first segment of a driver with a segment for each part; 0: all.
 * @tail: Writable bytes in the last segment of such a driver; 0: all.
 * @used: Used length.
 * @copies: Number of such buffers; 0: one.
 * @place: Address of the writable bytes, which are pages of RAM that the device does not write; 0: anywhere.
 * @unit: The number of bytes of a part at which it may be cut is a multiple of it; 0: 1.
 * @fill: Completes the readable bytes with what @keep has kept. May be NULL.
 * @after: What the VMM does when the buffers are available. May be NULL.
 * @keep: Keeps a part of the answer. May be NULL.
 */
struct framing_row {
    const char *name;
    uint16_t queue;
    const uint8_t *out;
    uint32_t out_bytes;
    uint32_t data;
    uint32_t in;
    uint32_t head;
    uint32_t tail;
    uint32_t used;
    unsigned copies;
    uint64_t place;
    uint32_t unit;
    void (*fill)(uint8_t *out);
    void (*after)(void);
    void (*keep)(const uint8_t *answer);
};

/**
 * struct framing_class - A device, and its requests
 * @name: Class, and what is special.
 * @make: Makes a device that no driver has used.
 * @rows: Requests.
 * @count: Number of rows.
 * @good: Returns whether an answer of the reference reports success. NULL: there are no answers that report
 *   something.
 * @answer: What the VMM does after each request, in place of an answer at once. May be NULL.
 * @end: Reports the state of the back end after the last request. May be NULL.
 */
struct framing_class {
    const char *name;
    struct vwr_vdev *(*make)(const struct vwr_vdev_setup *s);
    const struct framing_row *rows;
    unsigned count;
    bool (*good)(const struct framing_row *r, const uint8_t *answer);
    void (*answer)(void);
    void (*end)(void);
};

/* A class framing_CLASS with the function make_CLASS. */
#define FRAMING_CLASS(class, title, rows_, ...)    \
    const struct framing_class framing_##class = { \
        .name = (title), .make = make_##class, .rows = (rows_), .count = VWR_COUNT(rows_), __VA_ARGS__}

/* The back end has got these bytes, or a number. All framings of a request have to lead to the same bytes. */
void framing_saw(const void *bytes, size_t n);
void framing_saw_number(uint64_t number);

/* A pattern, for the data of back ends and of rows. */
uint8_t framing_pattern(size_t at);

#define FRAMING_SEGS 1032u /* segments of the longest chain, with the borders between regions */
#define FRAMING_PAGES UINT64_C(0x70000000) /* pages of RAM, for a balloon */
#define FRAMING_PAGES_BYTES 0x8000u

extern const struct framing_class framing_blk, framing_blk_late, framing_zoned, framing_scsi, framing_9p,
    framing_fs, framing_gpu, framing_sound, framing_crypto, framing_net, framing_net_merged,
    framing_net_direct, framing_vsock, framing_entropy, framing_console, framing_ports, framing_input,
    framing_i2c, framing_gpio, framing_mem, framing_pmem, framing_rtc, framing_balloon;

/* All of them, for each program. */
#define FRAMING_CLASSES 23u
extern const struct framing_class *const framing_classes[FRAMING_CLASSES];

#endif
