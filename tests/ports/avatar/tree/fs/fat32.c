/* SPDX-License-Identifier: MIT */
#include "fs/fat32.h"
#include "lib/avatar_string.h"

/*
 * The part of FAT32 that lists a root directory and writes a file into it. Sector buffers are on the stack.
 */
#define ENTRY_BYTES 32
#define ENTRIES (FAT32_SECTOR_SIZE / ENTRY_BYTES)
#define NAME_BYTES 11
#define ATTRIBUTES 11
#define NOT_A_FILE 0x18 /* label, directory; an entry of a long name has both */
#define DELETED 0xe5
#define LINK_BYTES 4
#define LINKS (FAT32_SECTOR_SIZE / LINK_BYTES)
#define LINK_MASK 0x0fffffffu
#define LINK_END 0x0ffffff8u

static struct {
    uint32_t cluster_sectors;
    uint32_t table;
    uint32_t table_sectors;
    uint32_t tables;
    uint32_t data;
    uint32_t root;
    uint32_t info;
} fs;

static uint32_t load(const uint8_t *p, unsigned bytes)
{
    uint32_t value = 0;

    while (bytes-- > 0)
        value = value << 8 | p[bytes];
    return value;
}

static void store(uint8_t *p, unsigned bytes, uint32_t value)
{
    for (unsigned i = 0; i < bytes; i++)
        p[i] = (uint8_t)(value >> (8 * i));
}

int fat32_mount(void)
{
    uint8_t boot[FAT32_SECTOR_SIZE];

    if (fat32_disk_read_sectors(0, 1, boot) < 0)
        return -1;
    if (load(boot + 510, 2) != 0xaa55 || load(boot + 11, 2) != FAT32_SECTOR_SIZE || load(boot + 22, 2) != 0)
        return -1;
    fs.cluster_sectors = boot[13];
    fs.table = load(boot + 14, 2);
    fs.tables = boot[16];
    fs.table_sectors = load(boot + 36, 4);
    fs.root = load(boot + 44, 4);
    fs.info = load(boot + 48, 2);
    fs.data = fs.table + fs.tables * fs.table_sectors;
    return 0;
}

static uint32_t sector_of(uint32_t cluster)
{
    return fs.data + (cluster - 2) * fs.cluster_sectors;
}

/* The next cluster of a chain; LINK_END or above: the end of the chain. */
static int next_of(uint32_t cluster, uint32_t *next)
{
    uint8_t links[FAT32_SECTOR_SIZE];

    if (fat32_disk_read_sectors(fs.table + cluster / LINKS, 1, links) < 0)
        return -1;
    *next = load(links + cluster % LINKS * LINK_BYTES, LINK_BYTES) & LINK_MASK;
    return 0;
}

static int set_next(uint32_t cluster, uint32_t next)
{
    uint8_t links[FAT32_SECTOR_SIZE];

    for (uint32_t i = 0; i < fs.tables; i++) {
        const uint32_t sector = fs.table + i * fs.table_sectors + cluster / LINKS;

        if (fat32_disk_read_sectors(sector, 1, links) < 0)
            return -1;
        store(links + cluster % LINKS * LINK_BYTES, LINK_BYTES, next);
        if (fat32_disk_write_sectors(sector, 1, links) < 0)
            return -1;
    }
    return 0;
}

static int find_free(uint32_t *cluster)
{
    uint8_t links[FAT32_SECTOR_SIZE];

    for (uint32_t s = 0; s < fs.table_sectors; s++) {
        if (fat32_disk_read_sectors(fs.table + s, 1, links) < 0)
            return -1;
        for (uint32_t i = 0; i < LINKS; i++)
            if ((load(links + i * LINK_BYTES, LINK_BYTES) & LINK_MASK) == 0) {
                *cluster = s * LINKS + i;
                return 0;
            }
    }
    return -1;
}

/*
 * Walks the root directory sector by sector until `look` returns nonzero, and returns that value; 0 at the
 * end of the directory.
 */
static int walk(int (*look)(uint32_t sector, uint8_t *entries, const void *context), const void *context)
{
    uint8_t entries[FAT32_SECTOR_SIZE];
    uint32_t cluster = fs.root;

    while (cluster < LINK_END) {
        for (uint32_t i = 0; i < fs.cluster_sectors; i++) {
            int r = fat32_disk_read_sectors(sector_of(cluster) + i, 1, entries);

            if (r == 0)
                r = look(sector_of(cluster) + i, entries, context);
            if (r != 0)
                return r;
        }
        if (next_of(cluster, &cluster) < 0)
            return -1;
    }
    return 0;
}

static void shorten(char *name, const uint8_t *entry)
{
    for (unsigned i = 0; i < NAME_BYTES; i++) {
        if (i == 8 && entry[i] != ' ')
            *name++ = '.';
        if (entry[i] != ' ')
            *name++ = (char)entry[i];
    }
    *name = '\0';
}

struct list {
    void (*visit)(const char *name, uint32_t bytes);
};

static int look_for_files(uint32_t sector, uint8_t *entries, const void *context)
{
    const struct list *const list = context;
    char name[FAT32_NAME_BYTES];

    (void)sector;
    for (uint8_t *e = entries; e < entries + FAT32_SECTOR_SIZE; e += ENTRY_BYTES) {
        if (e[0] == 0)
            return 1;
        if (e[0] == DELETED || (e[ATTRIBUTES] & NOT_A_FILE) != 0)
            continue;
        shorten(name, e);
        list->visit(name, load(e + 28, 4));
    }
    return 0;
}

int fat32_list(void (*visit)(const char *name, uint32_t bytes))
{
    const struct list list = {visit};

    return walk(look_for_files, &list) < 0 ? -1 : 0;
}

static int look_for_room(uint32_t sector, uint8_t *entries, const void *context)
{
    for (uint8_t *e = entries; e < entries + FAT32_SECTOR_SIZE; e += ENTRY_BYTES)
        if (e[0] == 0 || e[0] == DELETED) {
            memcpy(e, context, ENTRY_BYTES);
            return fat32_disk_write_sectors(sector, 1, entries) < 0 ? -1 : 1;
        }
    return 0;
}

/* Subtracts `used` from the count of free clusters on the disk. */
static int count_down(uint32_t used)
{
    uint8_t info[FAT32_SECTOR_SIZE];

    if (fat32_disk_read_sectors(fs.info, 1, info) < 0)
        return -1;
    store(info + 488, 4, load(info + 488, 4) - used);
    return fat32_disk_write_sectors(fs.info, 1, info);
}

/* Writes one cluster of a file. */
static int write_cluster(uint32_t cluster, const uint8_t *data, uint32_t bytes)
{
    uint8_t sector[FAT32_SECTOR_SIZE];
    const uint32_t whole = bytes / FAT32_SECTOR_SIZE;

    if (whole > 0 && fat32_disk_write_sectors(sector_of(cluster), whole, data) < 0)
        return -1;
    if (bytes % FAT32_SECTOR_SIZE == 0)
        return 0;
    memset(sector, 0, sizeof(sector));
    memcpy(sector, data + whole * FAT32_SECTOR_SIZE, bytes % FAT32_SECTOR_SIZE);
    return fat32_disk_write_sectors(sector_of(cluster) + whole, 1, sector);
}

/* Writes a chain with the data. Returns its first cluster and its length. */
static int write_chain(const uint8_t *data, uint32_t bytes, uint32_t *first, uint32_t *count)
{
    const uint32_t cluster_bytes = fs.cluster_sectors * FAT32_SECTOR_SIZE;
    uint32_t before = 0;
    uint32_t cluster;

    for (*count = 0; bytes > 0; ++*count) {
        const uint32_t n = MIN(bytes, cluster_bytes);

        if (find_free(&cluster) < 0 || set_next(cluster, LINK_MASK) < 0 ||
            write_cluster(cluster, data, n) < 0)
            return -1;
        if (before == 0)
            *first = cluster;
        else if (set_next(before, cluster) < 0)
            return -1;
        before = cluster;
        data += n;
        bytes -= n;
    }
    return 0;
}

int fat32_create(const char *name, const uint8_t *data, uint32_t bytes)
{
    uint8_t entry[ENTRY_BYTES];
    uint32_t first = 0;
    uint32_t count;

    memset(entry, 0, sizeof(entry));
    memcpy(entry, name, NAME_BYTES);
    entry[ATTRIBUTES] = 0x20;
    store(entry + 24, 2, 1u << 5 | 1u); /* 1980-01-01 */
    if (write_chain(data, bytes, &first, &count) < 0)
        return -1;
    store(entry + 20, 2, first >> 16);
    store(entry + 26, 2, first & 0xffffu);
    store(entry + 28, 4, bytes);
    if (walk(look_for_room, entry) != 1)
        return -1;
    return count_down(count);
}
