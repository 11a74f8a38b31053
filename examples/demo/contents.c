/* SPDX-License-Identifier: MIT */
#include "contents.h"
#include "dump.h"
#include "fat.h"
#include "partition.h"
#include "uart.h"

#define LINES_MAX 1000u /* of a directory */
#define PARTITIONS_MAX 32u
#define DUMP_BYTES 64u

struct listing {
    uint32_t entries;
};

struct extents {
    const struct medium *medium;
    unsigned count;
    struct {
        uint64_t first;
        uint64_t sectors;
    } of[PARTITIONS_MAX];
};

static void put_2_digits(unsigned v)
{
    put_char((char)('0' + v / 10 % 10));
    put_char((char)('0' + v % 10));
}

static void put_date(const struct fat_entry *e)
{
    if (e->year == 0) {
        put("         (no date)");
        return;
    }
    put("  ");
    put_dec(e->year);
    put_char('-');
    put_2_digits(e->month);
    put_char('-');
    put_2_digits(e->day);
    put_char(' ');
    put_2_digits(e->hour);
    put_char(':');
    put_2_digits(e->minute);
}

/* Fixed columns: run.sh extracts the names. */
static void put_entry(void *context, const struct fat_entry *e)
{
    struct listing *l = context;

    if (e->kind == FAT_LABEL) {
        put("    label ");
        put(e->name);
        put_char('\n');
        return;
    }
    if (l->entries++ >= LINES_MAX)
        return;
    if (e->kind == FAT_FILE) {
        put("    file ");
        put_dec_width(e->bytes, 10);
    } else {
        put("    dir           -");
    }
    put_date(e);
    put("  ");
    put(e->name);
    put_char('\n');
}

static void put_fat_complaint(const struct fat *f)
{
    put("  damaged FAT file system: ");
    put(f->words);
    put(" (");
    put_dec(f->got);
    put(")\n");
}

static enum fat_answer show_fat(const struct medium *m, uint64_t first, uint64_t sectors)
{
    struct listing l = {0};
    struct fat f;
    enum fat_answer answer = fat_open(&f, m, first, sectors);

    if (answer == FAT_OK) {
        put("  FAT");
        put_dec(f.bits);
        put(", ");
        put_dec(f.clusters);
        put(" clusters of ");
        put_dec(f.cluster_bytes);
        put(" bytes; root directory:\n");
        answer = fat_list(&f, put_entry, &l);
    }
    if (answer == FAT_BAD)
        put_fat_complaint(&f);
    else if (answer == FAT_OK && l.entries == 0)
        put("    (empty)\n");
    if (l.entries > LINES_MAX) {
        put("    and ");
        put_dec(l.entries - LINES_MAX);
        put(" more\n");
    }
    return answer;
}

/* Printed form: the first three fields of a GUID are little-endian numbers. */
static void put_guid(const uint8_t *g)
{
    put_hex(load_le32(g), 8);
    put_char('-');
    put_hex(load_le16(g + 4), 4);
    put_char('-');
    put_hex(load_le16(g + 6), 4);
    for (unsigned i = 8; i < 16; i++) {
        if (i == 8 || i == 10)
            put_char('-');
        put_hex(g[i], 2);
    }
}

static void put_type(const struct partition *p)
{
    const char *words = partition_type_words(p);

    put("  type ");
    if (p->mbr_type != 0)
        put_hex(p->mbr_type, 2);
    else
        put_guid(p->guid);
    if (words != NULL) {
        put(", ");
        put(words);
    }
}

static void put_partition(void *context, const struct partition *p)
{
    struct extents *x = context;

    if (p->fits && x->count < PARTITIONS_MAX) {
        x->of[x->count].first = p->first;
        x->of[x->count].sectors = p->sectors;
        x->count++;
    }
    put("    partition");
    if (p->fits || p->sectors != 0) {
        put(" from sector ");
        put_dec_width(p->first, 10);
        put(", ");
        put_dec_width(p->sectors, 10);
        put(" sectors");
    }
    put_type(p);
    if (p->name[0] != '\0') {
        put(", named ");
        put(p->name);
    }
    put(p->fits ? "\n" : "; outside the disk\n");
}

/* Returns whether the disk has a partition table. */
static bool show_partitions(const struct medium *m, uint32_t block_sectors)
{
    struct partition_table t = {.medium = m, .block_sectors = block_sectors};
    struct extents x = {.medium = m, .count = 0};
    const enum partition_answer answer = partition_list(&t, put_partition, &x);

    if (answer == PARTITION_BAD) {
        put("  damaged partition table: ");
        put(t.words);
        put(" (");
        put_dec(t.got);
        put(")\n");
    }
    if (answer != PARTITION_MBR && answer != PARTITION_GPT)
        return false;
    put(answer == PARTITION_MBR ? "  partition table: MBR\n" : "  partition table: GPT\n");
    for (unsigned i = 0; i < x.count; i++) {
        put("  partition from sector ");
        put_dec(x.of[i].first);
        put_char('\n');
        if (show_fat(m, x.of[i].first, x.of[i].sectors) == FAT_NONE)
            put("  no FAT file system\n");
    }
    return true;
}

void contents_show(const struct medium *m, uint32_t block_sectors)
{
    uint8_t s[MEDIUM_SECTOR_BYTES];

    if (!medium_read(m, 0, s)) {
        put("  unreadable\n");
        return;
    }
    if (show_fat(m, 0, m->sectors) == FAT_OK || show_partitions(m, block_sectors))
        return;
    put("  no FAT file system, no partition table; the first bytes:\n");
    dump(s, DUMP_BYTES);
}
