/* SPDX-License-Identifier: MIT */
#ifndef VWR_RECORD_H
#define VWR_RECORD_H

#include "vwr/base.h"

VWR_BEGIN_C

/**
 * DOC: Records
 *
 * A record is a structure that the specification or a saved state defines. A table maps each field of a
 * record to a member of one of the library's own structures. One function encodes a record with its table,
 * and another decodes it.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 */

/**
 * struct vwr_record_field - Maps a field of a record to a member of a structure
 * @at: Offset in the record.
 * @bytes: Size in the record.
 * @own_bytes: Size of the member; 0: there is none, and the value of the field is @flag.
 * @same: The field is not decoded into the member.
 * @own: Offset of the member.
 * @flag: If the member is a bool: bit of the field that the member represents. 0: the member is a number.
 *   Several rows may have the same bit.
 */
struct vwr_record_field {
    uint8_t at;
    uint8_t bytes;
    uint8_t own_bytes;
    bool same;
    uint32_t own;
    uint32_t flag;
};

/**
 * struct vwr_record - A record, described by a table of its fields
 * @field: Fields. Bytes that belong to no field are encoded as 0.
 * @fields: Number of entries in @field.
 * @bytes: Size of the record.
 */
struct vwr_record {
    const struct vwr_record_field *field;
    uint8_t fields;
    uint8_t bytes;
};

/*
 * A row of such a table: a generated structure and its field, then the library's structure and its member.
 * The generated structure may be at an offset in the record.
 */
#define VWR_RECORD_ROW(offset, record, its, type, member, is_same, bit)                                      \
    {                                                                                                        \
        .at = (offset) + __builtin_offsetof(struct record, its), .bytes = sizeof(((struct record *)0)->its), \
        .own_bytes = sizeof(((struct type *)0)->member), .same = (is_same),                                  \
        .own = __builtin_offsetof(struct type, member), .flag = (bit)                                        \
    }
#define VWR_RECORD_FIELD(record, its, type, member) VWR_RECORD_ROW(0, record, its, type, member, false, 0)
#define VWR_RECORD_SAME(record, its, type, member) VWR_RECORD_ROW(0, record, its, type, member, true, 0)
#define VWR_RECORD_FLAG(record, its, bit, type, member) \
    VWR_RECORD_ROW(0, record, its, type, member, false, bit)
#define VWR_RECORD_VALUE(record, its, value)                                                      \
    {                                                                                             \
        .at = __builtin_offsetof(struct record, its), .bytes = sizeof(((struct record *)0)->its), \
        .flag = (value)                                                                           \
    }

/* Defines a record from a table of rows. */
#define VWR_RECORD(record, table)                                        \
    {                                                                    \
        table, sizeof(table) / sizeof((table)[0]), sizeof(struct record) \
    }

/* Defines a record from these rows. A generated header contains such macros for structures with a `record`
 * key. */
#define VWR_RECORD_OF(record, ...)                                                                    \
    {                                                                                                 \
        (const struct vwr_record_field[]){__VA_ARGS__},                                               \
            sizeof((const struct vwr_record_field[]){__VA_ARGS__}) / sizeof(struct vwr_record_field), \
            sizeof(struct record)                                                                     \
    }

/**
 * vwr_record_encode() - Encode members of a structure
 * @r: Record.
 * @big: true if the record is big-endian; see vwr_guest_is_big().
 * @own: Structure.
 * @to: Filled in with @r->bytes bytes.
 */
void vwr_record_encode(const struct vwr_record *r, bool big, const void *own, void *to);

/**
 * vwr_record_decode() - Decode a record into members of a structure
 * @r: Record.
 * @big: true if the record is big-endian.
 * @own: Structure; its other members are unchanged. A member that is too small for a number gets the
 *   low-order bytes.
 * @from: @r->bytes bytes.
 *
 * Return: true, or false if a field with a fixed value (VWR_RECORD_VALUE) has a different value.
 */
bool vwr_record_decode(const struct vwr_record *r, bool big, void *own, const void *from);

VWR_END_C

#endif
