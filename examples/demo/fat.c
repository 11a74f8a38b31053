/* SPDX-License-Identifier: MIT */
#include "fat.h"

#define ENTRY_BYTES 32u
#define ENTRIES_MAX 65536u /* entries in a directory: 2 MiB, the file system's limit */

#define FAT12_CLUSTERS_MAX 4084u
#define FAT16_CLUSTERS_MAX 65524u
#define FAT32_CLUSTERS_MAX 0x0ffffff5u
#define CLUSTER_FIRST 2u
#define CLUSTER_MASK 0x0fffffffu
#define CLUSTER_END 0x0ffffff8u /* this or higher: end of the chain */

#define ATTRIBUTE_LABEL 0x08u
#define ATTRIBUTE_DIRECTORY 0x10u
#define ATTRIBUTE_LONG 0x0fu
#define ATTRIBUTE_MASK 0x3fu

#define MARK_END 0x00u
#define MARK_DELETED 0xe5u
#define MARK_IS_E5 0x05u /* the first character is 0xe5, not a mark */
#define LAST_PART 0x40u
#define CASE_BASE 0x08u
#define CASE_EXTENSION 0x10u

/* Fields of the boot sector, named as in Microsoft's specification. */
struct boot {
    uint32_t bytes_per_sector;
    uint32_t sectors_per_cluster;
    uint32_t reserved;
    uint32_t fats;
    uint32_t root_entries;
    uint32_t total;
    uint32_t fat_sectors;
    uint32_t root_cluster;
    bool is_32; /* FAT32 boot sector */
};

/* A long name while its parts are collected, the last one first. */
struct long_name {
    uint8_t units[2u * FAT_LONG_PARTS * FAT_PART_UNITS];
    unsigned parts;
    unsigned missing;
    uint8_t sum; /* checksum of the short name it belongs to */
};

struct walk {
    struct fat *fat;
    void (*visit)(void *context, const struct fat_entry *entry);
    void *context;
    struct long_name name;
    bool ended;
};

static enum fat_answer bad(struct fat *f, const char *words, uint64_t got)
{
    f->words = words;
    f->got = got;
    return FAT_BAD;
}

static bool starts_with(const uint8_t *p, const char *text)
{
    while (*text != '\0')
        if (*p++ != (uint8_t)*text++)
            return false;
    return true;
}

static void read_boot(struct boot *b, const uint8_t *s)
{
    b->bytes_per_sector = load_le16(s + 11);
    b->sectors_per_cluster = s[13];
    b->reserved = load_le16(s + 14);
    b->fats = s[16];
    b->root_entries = load_le16(s + 17);
    b->total = load_le16(s + 19) != 0 ? load_le16(s + 19) : load_le32(s + 32);
    b->is_32 = load_le16(s + 22) == 0;
    b->fat_sectors = b->is_32 ? load_le32(s + 36) : load_le16(s + 22);
    b->root_cluster = b->is_32 ? load_le32(s + 44) & CLUSTER_MASK : 0;
}

/* Checks each field separately. */
static enum fat_answer check_boot(struct fat *f, const struct boot *b)
{
    if (!is_power_of_2(b->bytes_per_sector) || b->bytes_per_sector < 512 || b->bytes_per_sector > 4096)
        return bad(f, "bytes per sector are not 512, 1024, 2048 or 4096", b->bytes_per_sector);
    if (!is_power_of_2(b->sectors_per_cluster))
        return bad(f, "sectors per cluster are not a power of 2", b->sectors_per_cluster);
    if (b->reserved == 0)
        return bad(f, "no reserved sectors, not even for the boot sector", b->reserved);
    if (b->fats == 0)
        return bad(f, "no file allocation table", b->fats);
    if (b->fat_sectors == 0)
        return bad(f, "a file allocation table of 0 sectors", b->fat_sectors);
    if (b->root_entries * ENTRY_BYTES % b->bytes_per_sector != 0)
        return bad(f, "the root directory does not end at a sector boundary", b->root_entries);
    if (b->is_32 && b->root_entries != 0)
        return bad(f, "FAT32 with root entries outside the clusters", b->root_entries);
    if (!b->is_32 && b->root_entries == 0)
        return bad(f, "no space for a root directory", b->root_entries);
    return FAT_OK;
}

/* Determines the type, and checks that the FAT has an entry for each cluster. */
static enum fat_answer check_clusters(struct fat *f, const struct boot *b)
{
    const uint64_t table_bits = 8u * (uint64_t)b->fat_sectors * b->bytes_per_sector;

    f->bits = b->is_32 ? 32 : f->clusters <= FAT12_CLUSTERS_MAX ? 12 : 16;
    if (f->bits == 16 && f->clusters > FAT16_CLUSTERS_MAX)
        return bad(f, "more clusters than FAT16 can have", f->clusters);
    if (f->bits == 32 && f->clusters > FAT32_CLUSTERS_MAX)
        return bad(f, "more clusters than FAT32 can have", f->clusters);
    if ((uint64_t)(f->clusters + CLUSTER_FIRST) * f->bits > table_bits)
        return bad(f, "the file allocation table is too short for its clusters", f->clusters);
    if (b->is_32 && (b->root_cluster < CLUSTER_FIRST || b->root_cluster - CLUSTER_FIRST >= f->clusters))
        return bad(f, "the root directory begins in a cluster that does not exist", b->root_cluster);
    return FAT_OK;
}

/* Checks that all parts fit the available space. No sum here can overflow 64 bits. */
static enum fat_answer lay_out(struct fat *f, const struct boot *b, uint64_t start, uint64_t sectors)
{
    const uint32_t unit = b->bytes_per_sector / MEDIUM_SECTOR_BYTES;
    const uint64_t root = b->reserved + (uint64_t)b->fats * b->fat_sectors;
    const uint64_t data = root + b->root_entries * ENTRY_BYTES / b->bytes_per_sector;

    if ((uint64_t)b->total * unit > sectors)
        return bad(f, "more sectors than the disk has", b->total);
    if (data >= b->total)
        return bad(f, "no sector is left for files", b->total);
    if ((b->total - data) / b->sectors_per_cluster == 0)
        return bad(f, "not one cluster fits", b->total);
    f->clusters = (uint32_t)((b->total - data) / b->sectors_per_cluster);
    f->cluster_bytes = b->sectors_per_cluster * b->bytes_per_sector;
    f->table = start + (uint64_t)b->reserved * unit;
    f->root = start + root * unit;
    f->data = start + data * unit;
    f->root_sectors = (uint32_t)(data - root) * unit;
    f->root_cluster = b->root_cluster;
    return check_clusters(f, b);
}

enum fat_answer fat_open(struct fat *f, const struct medium *m, uint64_t start, uint64_t sectors)
{
    uint8_t s[MEDIUM_SECTOR_BYTES];
    struct boot boot;
    enum fat_answer answer;
    bool claims;

    f->medium = m;
    f->words = "";
    f->got = 0;
    if (!medium_read(m, start, s))
        return FAT_NONE;
    if (s[510] != 0x55 || s[511] != 0xaa || !(s[0] == 0xe9 || (s[0] == 0xeb && s[2] == 0x90)))
        return FAT_NONE;
    claims = starts_with(s + 54, "FAT") || starts_with(s + 82, "FAT");
    read_boot(&boot, s);
    answer = check_boot(f, &boot);
    if (answer == FAT_OK)
        answer = lay_out(f, &boot, start, sectors);
    /* Boot sectors of other systems start alike: only one with the name is a damaged FAT. */
    return answer == FAT_BAD && !claims ? FAT_NONE : answer;
}

/* The cluster after `cluster`; 0: end of the chain. */
static enum fat_answer next_cluster(struct fat *f, uint32_t cluster, uint32_t *next)
{
    uint8_t s[MEDIUM_SECTOR_BYTES];
    const uint64_t at = 4u * (uint64_t)cluster;

    if (!medium_read(f->medium, f->table + at / MEDIUM_SECTOR_BYTES, s))
        return bad(f, "the file allocation table cannot be read, entry", cluster);
    *next = load_le32(s + at % MEDIUM_SECTOR_BYTES) & CLUSTER_MASK;
    if (*next >= CLUSTER_END)
        *next = 0;
    else if (*next < CLUSTER_FIRST || *next - CLUSTER_FIRST >= f->clusters)
        return bad(f, "the root directory continues in a cluster that does not exist", *next);
    return FAT_OK;
}

/* Checks that the chain ends before anything is shown: a loop exceeds the size of any directory. */
static enum fat_answer check_chain(struct fat *f)
{
    const uint32_t most = ENTRIES_MAX * ENTRY_BYTES / f->cluster_bytes + 1u;
    uint32_t cluster = f->root_cluster;
    uint32_t count = 0;

    while (cluster != 0) {
        enum fat_answer answer = next_cluster(f, cluster, &cluster);

        if (answer != FAT_OK)
            return answer;
        if (++count > most)
            return bad(f, "the root directory does not end, or has more entries than", ENTRIES_MAX);
    }
    return FAT_OK;
}

static void add_part(struct long_name *n, const uint8_t *e)
{
    static const uint8_t at[FAT_PART_UNITS] = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};
    const unsigned order = e[0] & (LAST_PART - 1u);
    uint8_t *to;

    if ((e[0] & LAST_PART) != 0) {
        n->parts = n->missing = order;
        n->sum = e[13];
    }
    if (order == 0 || order > FAT_LONG_PARTS || order != n->missing || e[13] != n->sum) {
        n->parts = n->missing = 0;
        return;
    }
    to = n->units + 2u * FAT_PART_UNITS * (order - 1u);
    for (unsigned i = 0; i < FAT_PART_UNITS; i++) {
        *to++ = e[at[i]];
        *to++ = e[at[i] + 1u];
    }
    n->missing--;
}

static uint8_t short_name_sum(const uint8_t *e)
{
    uint8_t sum = 0;

    for (unsigned i = 0; i < 11; i++)
        sum = (uint8_t)((sum << 7 | sum >> 1) + e[i]);
    return sum;
}

/* Characters of a short name without padding; non-ASCII ones depend on a code page. */
static char *short_part(char *to, const uint8_t *from, unsigned length, bool lower)
{
    while (length > 0 && from[length - 1u] == ' ')
        length--;
    for (unsigned i = 0; i < length; i++) {
        char c = from[i] >= ' ' && from[i] <= '~' ? (char)from[i] : '?';

        *to++ = lower && c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    *to = '\0';
    return to;
}

static void short_name(char *to, const uint8_t *e)
{
    char *end = short_part(to, e, 8, (e[12] & CASE_BASE) != 0);

    if (e[0] == MARK_IS_E5)
        to[0] = '?';
    if (short_part(end + 1, e + 8, 3, (e[12] & CASE_EXTENSION) != 0) != end + 1)
        *end = '.';
}

static void read_date(struct fat_entry *entry, const uint8_t *e)
{
    static const uint8_t days[13] = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const unsigned time = load_le16(e + 22);
    const unsigned date = load_le16(e + 24);
    const unsigned month = date >> 5 & 15u;
    const unsigned day = date & 31u;

    entry->year = 0;
    if (month == 0 || month > 12 || day == 0 || day > days[month] || time >> 11 > 23 ||
        (time >> 5 & 63u) > 59)
        return;
    entry->year = (uint16_t)(1980u + (date >> 9));
    entry->month = (uint8_t)month;
    entry->day = (uint8_t)day;
    entry->hour = (uint8_t)(time >> 11);
    entry->minute = (uint8_t)(time >> 5 & 63u);
}

static void show_entry(struct walk *w, const uint8_t *e, unsigned attributes)
{
    const struct long_name *n = &w->name;
    struct fat_entry entry;

    entry.name[0] = '\0';
    entry.kind = FAT_FILE;
    entry.bytes = load_le32(e + 28);
    read_date(&entry, e);
    if ((attributes & ATTRIBUTE_LABEL) != 0) {
        entry.kind = FAT_LABEL;
        (void)short_part(entry.name, e, 11, false);
    } else {
        if ((attributes & ATTRIBUTE_DIRECTORY) != 0)
            entry.kind = FAT_DIRECTORY;
        if (n->parts > 0 && n->missing == 0 && n->sum == short_name_sum(e))
            utf16_to_utf8(n->units, n->parts * FAT_PART_UNITS, entry.name, sizeof(entry.name));
        if (entry.name[0] == '\0')
            short_name(entry.name, e);
    }
    w->visit(w->context, &entry);
}

static void take_entry(struct walk *w, const uint8_t *e)
{
    const unsigned attributes = e[11] & ATTRIBUTE_MASK;

    if (e[0] == MARK_END) {
        w->ended = true;
        return;
    }
    if (e[0] != MARK_DELETED && attributes == ATTRIBUTE_LONG) {
        add_part(&w->name, e);
        return;
    }
    if (e[0] != MARK_DELETED)
        show_entry(w, e, attributes);
    w->name.parts = w->name.missing = 0;
}

static enum fat_answer list_sectors(struct walk *w, uint64_t sector, uint64_t count)
{
    uint8_t s[MEDIUM_SECTOR_BYTES];

    for (; count > 0 && !w->ended; sector++, count--) {
        if (!medium_read(w->fat->medium, sector, s))
            return bad(w->fat, "the root directory cannot be read, sector", sector);
        for (unsigned i = 0; i < MEDIUM_SECTOR_BYTES && !w->ended; i += ENTRY_BYTES)
            take_entry(w, s + i);
    }
    return FAT_OK;
}

enum fat_answer fat_list(struct fat *f, void (*visit)(void *context, const struct fat_entry *entry),
                         void *context)
{
    const uint32_t cluster_sectors = f->cluster_bytes / MEDIUM_SECTOR_BYTES;
    struct walk w;
    uint32_t cluster = f->root_cluster;
    enum fat_answer answer;

    w.fat = f;
    w.visit = visit;
    w.context = context;
    w.name.parts = w.name.missing = 0;
    w.name.sum = 0;
    w.ended = false;
    if (f->bits != 32)
        return list_sectors(&w, f->root, f->root_sectors);
    answer = check_chain(f);
    while (answer == FAT_OK && cluster != 0 && !w.ended) {
        answer = list_sectors(&w, f->data + (uint64_t)(cluster - CLUSTER_FIRST) * cluster_sectors,
                              cluster_sectors);
        if (answer == FAT_OK)
            answer = next_cluster(f, cluster, &cluster);
    }
    return answer;
}
