/* SPDX-License-Identifier: MIT */
/*
 * contents_fuzz SEED PASSES IMAGE: damages a few bytes of an image, reads it like the demo, repairs it, and
 * repeats. The sanitizers check memory accesses. This program checks that reading terminates and that all
 * names are printable.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array_medium.h"
#include "fat.h"
#include "partition.h"

#define CHANGES_MAX 8u
#define READS_MAX 20000u /* the longest directory of FAT32 and its chain, read twice: 4097 * 3, and a GPT */
#define METADATA_BYTES 700000u
#define FAT32_TABLE (32u * 512u)

static uint64_t state;
static unsigned answers[3];
static unsigned long entries;

static uint64_t next_random(uint64_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % below;
}

static void demand(bool holds, const char *what)
{
    if (holds)
        return;
    printf("not so: %s\n", what);
    exit(1);
}

static void check_text(const char *text, size_t bytes)
{
    demand(memchr(text, '\0', bytes) != NULL, "a name is terminated");
    for (; *text != '\0'; text++)
        demand((uint8_t)*text >= 0x20 && *text != 0x7f, "a name has no control characters");
}

static void see_entry(void *context, const struct fat_entry *e)
{
    (void)context;
    entries++;
    check_text(e->name, sizeof(e->name));
    demand(e->year == 0 || (e->month >= 1 && e->month <= 12 && e->day >= 1 && e->day <= 31), "a date is one");
}

static void read_fat(const struct medium *m, uint64_t first, uint64_t sectors)
{
    struct fat f;
    enum fat_answer answer = fat_open(&f, m, first, sectors);

    answers[answer]++;
    if (answer == FAT_OK)
        answer = fat_list(&f, see_entry, NULL);
    demand(answer != FAT_BAD || f.words[0] != '\0', "a damaged file system ends in a message");
}

static void see_partition(void *context, const struct partition *p)
{
    const struct medium *m = context;

    check_text(p->name, sizeof(p->name));
    (void)partition_type_words(p);
    if (!p->fits)
        return;
    demand(p->sectors > 0 && p->first + p->sectors > p->first && p->first + p->sectors <= m->sectors,
           "a partition that fits lies within the disk");
    read_fat(m, p->first, p->sectors);
}

static void read_all(const uint8_t *bytes, size_t count)
{
    struct array_medium a;
    struct partition_table t = {.block_sectors = next_random(4) == 0 ? 8 : 1};
    enum partition_answer answer;

    array_medium_start(&a, bytes, count);
    read_fat(&a.medium, 0, a.medium.sectors);
    demand(a.reads <= READS_MAX, "reading a file system ends");
    a.reads = 0;
    t.medium = &a.medium;
    answer = partition_list(&t, see_partition, &a.medium);
    demand(answer != PARTITION_BAD || t.words[0] != '\0', "a damaged table ends in a message");
    demand(a.reads <= 5 * READS_MAX, "reading a table ends");
}

/* Half of the changes affect the boot sector, the others the sectors after it. */
static size_t pick_place(size_t count)
{
    const size_t metadata = count < METADATA_BYTES ? count : METADATA_BYTES;

    switch (next_random(5)) {
    case 0:
        return 11 + next_random(80);
    case 1:
        return next_random(512);
    case 2:
        return 512 + next_random(512 * 40);
    case 3:
        return FAT32_TABLE + next_random(256); /* start of its root directory's chain */
    default:
        return next_random(metadata);
    }
}

static uint8_t pick_value(uint8_t old)
{
    static const uint8_t edges[] = {0, 1, 2, 0x7f, 0x80, 0xfe, 0xff, 0x0f, 0x40, 0xe5};

    switch (next_random(3)) {
    case 0:
        return edges[next_random(sizeof(edges))];
    case 1:
        return old ^ (uint8_t)(1u << next_random(8));
    default:
        return (uint8_t)next_random(256);
    }
}

static void damage_and_read(uint8_t *bytes, size_t count)
{
    size_t at[CHANGES_MAX];
    uint8_t old[CHANGES_MAX];
    const unsigned changes = 1 + (unsigned)next_random(CHANGES_MAX);

    for (unsigned i = 0; i < changes; i++) {
        at[i] = pick_place(count) % count;
        old[i] = bytes[at[i]];
        bytes[at[i]] = pick_value(old[i]);
    }
    read_all(bytes, count);
    for (unsigned i = changes; i-- > 0;)
        bytes[at[i]] = old[i];
}

static uint8_t *load(const char *path, size_t *count)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes;
    long size;

    demand(file != NULL && fseek(file, 0, SEEK_END) == 0, "the image can be opened");
    size = ftell(file);
    demand(size >= 512, "the image has a sector");
    rewind(file);
    bytes = malloc((size_t)size);
    demand(bytes != NULL && fread(bytes, 1, (size_t)size, file) == (size_t)size, "the image can be read");
    (void)fclose(file);
    *count = (size_t)size;
    return bytes;
}

int main(int argc, char **argv)
{
    uint8_t *bytes;
    size_t count;
    unsigned long passes;

    demand(argc == 4, "usage: contents_fuzz SEED PASSES IMAGE");
    state = strtoull(argv[1], NULL, 10) * 0x9e3779b97f4a7c15u | 1u;
    passes = strtoul(argv[2], NULL, 10);
    bytes = load(argv[3], &count);
    read_all(bytes, count);
    for (unsigned long i = 0; i < passes; i++)
        damage_and_read(bytes, count);
    printf("%lu passes: %u file systems read, %u not there, %u damaged, %lu entries\n", passes,
           answers[FAT_OK], answers[FAT_NONE], answers[FAT_BAD], entries);
    free(bytes);
    return 0;
}
