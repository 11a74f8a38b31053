/* SPDX-License-Identifier: MIT */
#include "vwr/record.h"
#include "vwr/bytes.h"

/* Saves and loads records, as described by tables of their fields. */

#define RECORD_BYTE 8u /* bits */

/* The low bytes of a 64-bit number, in the byte order of the CPU. */
static uint8_t *record_low(uint64_t *n, unsigned bytes)
{
    return (uint8_t *)n + (VWR_BIG_ENDIAN ? sizeof(*n) - bytes : 0);
}

/* Position in the record of byte `i` of a field, where byte 0 is the least significant. */
static unsigned record_at(const struct vwr_record_field *f, bool big, unsigned i)
{
    return f->at + (big ? f->bytes - 1u - i : i);
}

static void record_put(const struct vwr_record_field *f, bool big, const uint8_t *own, uint8_t *to)
{
    uint64_t n = f->own_bytes == 0;

    vwr_copy(record_low(&n, f->own_bytes), own + f->own, f->own_bytes);
    if (f->flag != 0)
        n = n != 0 ? f->flag : 0;
    for (unsigned i = 0; i < f->bytes; i++, n >>= RECORD_BYTE)
        to[record_at(f, big, i)] |= (uint8_t)n;
}

/* false: a fixed value differs. */
static bool record_get(const struct vwr_record_field *f, bool big, uint8_t *own, const uint8_t *from)
{
    uint64_t n = 0;

    for (unsigned i = f->bytes; i != 0; i--)
        n = n << RECORD_BYTE | from[record_at(f, big, i - 1u)];
    if (f->own_bytes == 0)
        return n == f->flag;
    if (f->flag != 0)
        n = (n & f->flag) != 0;
    if (!f->same)
        vwr_copy(own + f->own, record_low(&n, f->own_bytes), f->own_bytes);
    return true;
}

void vwr_record_encode(const struct vwr_record *r, bool big, const void *own, void *to)
{
    vwr_zero(to, r->bytes);
    for (unsigned i = 0; i < r->fields; i++)
        record_put(&r->field[i], big, own, to);
}

bool vwr_record_decode(const struct vwr_record *r, bool big, void *own, const void *from)
{
    bool good = true;

    for (unsigned i = 0; i < r->fields; i++)
        good = record_get(&r->field[i], big, own, from) && good;
    return good;
}
