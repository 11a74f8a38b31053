/* SPDX-License-Identifier: MIT */
#ifndef DEMO_FAT_H
#define DEMO_FAT_H

#include "medium.h"
#include "utf16.h"

/*
 * The root directory of a FAT12, FAT16 or FAT32 file system, read-only. Data from the disk are validated; an
 * inconsistent file system results in a message.
 */

#define FAT_LONG_PARTS 20u
#define FAT_PART_UNITS 13u
#define FAT_NAME_BYTES UTF16_UTF8_BYTES(FAT_LONG_PARTS *FAT_PART_UNITS)

enum fat_answer {
    FAT_OK,
    FAT_NONE, /* not identified as FAT */
    FAT_BAD   /* identified as FAT, but invalid: see words and got */
};

enum fat_kind { FAT_FILE, FAT_DIRECTORY, FAT_LABEL };

struct fat_entry {
    enum fat_kind kind;
    char name[FAT_NAME_BYTES]; /* UTF-8, safe to print */
    uint32_t bytes;
    uint16_t year; /* 0: no date, or an invalid one */
    uint8_t month, day, hour, minute;
};

struct fat {
    const char *words; /* after FAT_BAD: what is wrong */
    uint64_t got;      /* and the number in question */
    uint8_t bits;      /* 12, 16, 32 */
    uint32_t clusters;
    uint32_t cluster_bytes;
    /* private; positions and sizes in sectors of the medium */
    const struct medium *medium;
    uint64_t table;
    uint64_t root;
    uint64_t data;
    uint32_t root_sectors; /* FAT12 and FAT16: the root directory has a fixed location */
    uint32_t root_cluster; /* FAT32: it is a chain of clusters */
};

/* Looks for a file system in `sectors` sectors from `start` on. */
enum fat_answer fat_open(struct fat *f, const struct medium *m, uint64_t start, uint64_t sectors);

/* Calls `visit` for each file, directory and label in the root directory. FAT_OK or FAT_BAD. */
enum fat_answer fat_list(struct fat *f, void (*visit)(void *context, const struct fat_entry *entry),
                         void *context);

#endif
