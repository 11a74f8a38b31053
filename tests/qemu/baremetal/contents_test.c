/* SPDX-License-Identifier: MIT */
/* Directory entries that mkfs.vfat and mtools never produce. Each test writes some and reads them back. */
#include <stdio.h>
#include <string.h>

#include "array_medium.h"
#include "crc32.h"
#include "fat.h"

#define ROOT_SECTOR 19u
#define SEEN_MAX 8u

static uint8_t image[2880 * 512];
static struct fat_entry seen[SEEN_MAX];
static unsigned seen_count;
static unsigned failures;

#define CHECK(condition) check((condition), #condition, __func__, __LINE__)

static void check(bool holds, const char *condition, const char *test, int line)
{
    if (!holds) {
        printf("%s: line %d: not so: %s\n", test, line, condition);
        failures++;
    }
}

/* Creates the boot sector of a 1.44 MB floppy disk and an empty root directory. */
static void make_floppy(void)
{
    static const uint8_t boot[] = {0xeb, 0x3c, 0x90, 'T', 'E', 'S', 'T', ' ', ' ',  ' ', ' ', 0,  2,
                                   1,    1,    0,    2,   224, 0,   64,  11,  0xf0, 9,   0,   18, 0};

    memset(image, 0, sizeof(image));
    memcpy(image, boot, sizeof(boot));
    memcpy(image + 54, "FAT12   ", 8);
    image[510] = 0x55;
    image[511] = 0xaa;
}

static uint8_t *entry_at(unsigned index)
{
    return image + ROOT_SECTOR * 512u + index * 32u;
}

static void put_short(unsigned index, const char *name, uint8_t attributes)
{
    memcpy(entry_at(index), name, 11);
    entry_at(index)[11] = attributes;
}

static uint8_t sum_of(const char *name)
{
    uint8_t sum = 0;

    for (unsigned i = 0; i < 11; i++)
        sum = (uint8_t)(((sum & 1u) << 7) + (sum >> 1) + (uint8_t)name[i]);
    return sum;
}

static void put_part(unsigned index, uint8_t order, uint8_t sum, const uint16_t units[13])
{
    static const uint8_t at[13] = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};
    uint8_t *e = entry_at(index);

    e[0] = order;
    e[11] = 0x0f;
    e[13] = sum;
    for (unsigned i = 0; i < 13; i++) {
        e[at[i]] = (uint8_t)units[i];
        e[at[i] + 1] = (uint8_t)(units[i] >> 8);
    }
}

static void see(void *context, const struct fat_entry *entry)
{
    (void)context;
    if (seen_count < SEEN_MAX)
        seen[seen_count] = *entry;
    seen_count++;
}

static enum fat_answer list(void)
{
    struct array_medium a;
    struct fat f;
    enum fat_answer answer;

    array_medium_start(&a, image, sizeof(image));
    seen_count = 0;
    answer = fat_open(&f, &a.medium, 0, a.medium.sectors);
    return answer == FAT_OK ? fat_list(&f, see, NULL) : answer;
}

static void test_crc(void)
{
    CHECK(crc32(0, (const uint8_t *)"123456789", 9) == 0xcbf43926u);
    CHECK(crc32(crc32(0, (const uint8_t *)"1234", 4), (const uint8_t *)"56789", 5) == 0xcbf43926u);
}

static void test_short_names(void)
{
    make_floppy();
    put_short(0, "LOWER   TXT", 0x20);
    entry_at(0)[12] = 0x18;
    put_short(1, "MIXED   TXT", 0x20);
    entry_at(1)[12] = 0x10;
    put_short(2, "\x05GHOST     ", 0x20);
    put_short(3,
              "\xe5"
              "ELETED TXT",
              0x20);
    put_short(4, "A\x1b[31mB C  ", 0x20);
    put_short(5, "MY LABEL   ", 0x08);
    put_short(6, "DIR        ", 0x10);
    CHECK(list() == FAT_OK);
    CHECK(seen_count == 6);
    CHECK(strcmp(seen[0].name, "lower.txt") == 0);
    CHECK(strcmp(seen[1].name, "MIXED.txt") == 0);
    CHECK(strcmp(seen[2].name, "?GHOST") == 0);
    CHECK(strcmp(seen[3].name, "A?[31mB.C") == 0);
    CHECK(seen[4].kind == FAT_LABEL && strcmp(seen[4].name, "MY LABEL") == 0);
    CHECK(seen[5].kind == FAT_DIRECTORY && strcmp(seen[5].name, "DIR") == 0);
}

static void test_unicode(void)
{
    static const uint16_t good[13] = {0xd83d, 0xde00, 0xe9, 0x20ac, 'z', 0};
    static const uint16_t evil[13] = {0xd83d, 'a',    0xde00, 0x1b, 0x9b,   0x202e, 0x2066,
                                      0x7f,   0xfeff, '\n',   'b',  0xdbff, 0};
    const uint8_t sum = sum_of("SHORT   TXT");

    make_floppy();
    put_part(0, 0x41, sum, good);
    put_short(1, "SHORT   TXT", 0x20);
    put_part(2, 0x41, sum, evil);
    put_short(3, "SHORT   TXT", 0x20);
    CHECK(list() == FAT_OK);
    CHECK(seen_count == 2);
    CHECK(strcmp(seen[0].name, "\xf0\x9f\x98\x80\xc3\xa9\xe2\x82\xac"
                               "z") == 0);
    CHECK(strcmp(seen[1].name, "?a????????b?") == 0);
}

/*
 * A name of 260 units, each of which takes three bytes in UTF-8: the longest name that fits in the entries.
 */
static void test_longest(void)
{
    uint16_t units[13];

    make_floppy();
    for (unsigned i = 0; i < 13; i++)
        units[i] = 0x3042;
    for (unsigned i = 0; i < 20; i++)
        put_part(i, (uint8_t)((20u - i) | (i == 0 ? 0x40u : 0u)), sum_of("SHORT      "), units);
    put_short(20, "SHORT      ", 0x20);
    CHECK(list() == FAT_OK);
    CHECK(seen_count == 1 && strlen(seen[0].name) == 780);
}

/* A long name with an error is ignored: the reader shows the short name. */
static void test_broken_long_names(void)
{
    static const uint16_t units[13] = {'l', 'o', 'n', 'g', 0};
    const uint8_t sum = sum_of("SHORT      ");
    static const uint8_t orders[][2] = {{0x42, 2}, {0x42, 0x20}, {0x01, 1},
                                        {0x41, 1}, {0x55, 0x14}, {0x43, 1}};

    for (unsigned i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
        make_floppy();
        put_part(0, orders[i][0], sum, units);
        put_part(1, orders[i][1], sum, units);
        put_short(2, "SHORT      ", 0x20);
        CHECK(list() == FAT_OK);
        CHECK(seen_count == 1 && strcmp(seen[0].name, "SHORT") == 0);
    }
    make_floppy();
    put_part(0, 0x41, (uint8_t)(sum + 1), units);
    put_short(1, "SHORT      ", 0x20);
    put_part(2, 0x41, sum, units);
    put_short(3, "\xe5HORT      ", 0x20);
    put_short(4, "SHORT      ", 0x20); /* parts of the deleted entry's name are ignored */
    CHECK(list() == FAT_OK);
    CHECK(seen_count == 2 && strcmp(seen[0].name, "SHORT") == 0 && strcmp(seen[1].name, "SHORT") == 0);
}

static void put_date(unsigned index, unsigned year, unsigned month, unsigned day, unsigned hour,
                     unsigned minute)
{
    const unsigned date = (year - 1980u) << 9 | month << 5 | day;
    const unsigned time = hour << 11 | minute << 5;
    uint8_t *e = entry_at(index);

    put_short(index, "DATED      ", 0x20);
    e[22] = (uint8_t)time;
    e[23] = (uint8_t)(time >> 8);
    e[24] = (uint8_t)date;
    e[25] = (uint8_t)(date >> 8);
}

static void test_dates(void)
{
    make_floppy();
    put_date(0, 2107, 12, 31, 23, 59);
    put_date(1, 1980, 0, 0, 0, 0);
    put_date(2, 2024, 13, 1, 0, 0);
    put_date(3, 2024, 4, 31, 0, 0);
    put_date(4, 2024, 1, 1, 24, 0);
    put_date(5, 2024, 1, 1, 0, 60);
    CHECK(list() == FAT_OK);
    CHECK(seen[0].year == 2107 && seen[0].month == 12 && seen[0].day == 31);
    CHECK(seen[0].hour == 23 && seen[0].minute == 59);
    for (unsigned i = 1; i < 6; i++)
        CHECK(seen[i].year == 0);
}

/*
 * A boot sector without the word FAT and without valid fields belongs to another file system, and is not a
 * damaged FAT.
 */
static void test_other_boot_sectors(void)
{
    make_floppy();
    image[13] = 3;
    CHECK(list() == FAT_BAD);
    memcpy(image + 54, "NTFS    ", 8);
    CHECK(list() == FAT_NONE);
    make_floppy();
    memset(image + 54, 0, 8);
    CHECK(list() == FAT_OK); /* the name is a hint, not a field */
    image[511] = 0;
    CHECK(list() == FAT_NONE);
}

int main(void)
{
    test_crc();
    test_short_names();
    test_unicode();
    test_longest();
    test_broken_long_names();
    test_dates();
    test_other_boot_sectors();
    printf("%u failures\n", failures);
    return failures == 0 ? 0 : 1;
}
