/* SPDX-License-Identifier: MIT */
#ifndef DEMO_PARTITION_H
#define DEMO_PARTITION_H

#include "medium.h"
#include "utf16.h"

/* Partition tables: MBR or GPT. As in fat.h, everything is validated. */

#define PARTITION_NAME_UNITS 36u

enum partition_answer {
    PARTITION_MBR,
    PARTITION_GPT,
    PARTITION_NONE,
    PARTITION_BAD /* an invalid table: see words and got */
};

struct partition {
    uint64_t first; /* in sectors of 512 bytes, as all numbers here */
    uint64_t sectors;
    bool fits;        /* within the disk */
    uint8_t mbr_type; /* 0 in a GPT */
    uint8_t guid[16]; /* GPT: its type */
    char name[UTF16_UTF8_BYTES(PARTITION_NAME_UNITS)];
};

struct partition_table {
    const struct medium *medium;
    uint32_t block_sectors; /* unit of the table in sectors: the disk's block size */
    const char *words;      /* after PARTITION_BAD: what is wrong */
    uint64_t got;           /* and the number in question */
};

/* Calls `visit` for each partition in use; the caller has set the first two fields of `t`. */
enum partition_answer partition_list(struct partition_table *t,
                                     void (*visit)(void *context, const struct partition *p), void *context);

/* Name of a partition's type; NULL: unknown. */
const char *partition_type_words(const struct partition *p);

#endif
