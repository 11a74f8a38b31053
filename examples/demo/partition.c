/* SPDX-License-Identifier: MIT */
#include "crc32.h"
#include "partition.h"

#define MBR_ENTRIES 4u
#define MBR_TABLE 446u
#define MBR_ENTRY_BYTES 16u
#define MBR_PROTECTIVE 0xeeu

#define GPT_HEADER_BYTES 92u
#define GPT_HEADER_CRC 16u
#define GPT_ENTRY_BYTES 128u
#define GPT_ENTRIES_MAX 1024u /* tables have 128; more are treated as corruption */

typedef void visit_fn(void *context, const struct partition *p);

/* Fields of a GPT header, validated. */
struct gpt {
    uint64_t table; /* in sectors of the medium */
    uint32_t entries;
    uint32_t entry_bytes;
    uint32_t crc;
};

static const struct {
    uint8_t type;
    const char *words;
} mbr_types[] = {
    {0x01, "FAT12"},      {0x04, "FAT16"},         {0x05, "extended, its logical partitions are not shown"},
    {0x06, "FAT16"},      {0x07, "NTFS or exFAT"}, {0x0b, "FAT32"},
    {0x0c, "FAT32"},      {0x0e, "FAT16"},         {0x0f, "extended, its logical partitions are not shown"},
    {0x82, "Linux swap"}, {0x83, "Linux"},         {0xee, "protects a GPT"},
    {0xef, "EFI system"},
};

static const struct {
    uint8_t guid[16];
    const char *words;
} gpt_types[] = {
    {{0x28, 0x73, 0x2a, 0xc1, 0x1f, 0xf8, 0xd2, 0x11, 0xba, 0x4b, 0x00, 0xa0, 0xc9, 0x3e, 0xc9, 0x3b},
     "EFI system"},
    {{0xa2, 0xa0, 0xd0, 0xeb, 0xe5, 0xb9, 0x33, 0x44, 0x87, 0xc0, 0x68, 0xb6, 0xb7, 0x26, 0x99, 0xc7},
     "basic data"},
    {{0xaf, 0x3d, 0xc6, 0x0f, 0x83, 0x84, 0x72, 0x47, 0x8e, 0x79, 0x3d, 0x69, 0xd8, 0x47, 0x7d, 0xe4},
     "Linux"},
};

static enum partition_answer bad(struct partition_table *t, const char *words, uint64_t got)
{
    t->words = words;
    t->got = got;
    return PARTITION_BAD;
}

static bool same_bytes(const uint8_t *a, const uint8_t *b, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

static bool lies_within(const struct partition_table *t, const struct partition *p)
{
    return p->sectors > 0 && p->first < t->medium->sectors && p->sectors <= t->medium->sectors - p->first;
}

static const uint8_t *mbr_entry(const uint8_t *s, unsigned i)
{
    return s + MBR_TABLE + i * MBR_ENTRY_BYTES;
}

/* Boot sectors of other kinds have code in place of the MBR's table. */
static bool is_mbr(const uint8_t *s)
{
    unsigned used = 0;

    for (unsigned i = 0; i < MBR_ENTRIES; i++) {
        const uint8_t *e = mbr_entry(s, i);

        if ((e[0] & 0x7fu) != 0)
            return false;
        if (e[4] != 0)
            used++;
    }
    return s[510] == 0x55 && s[511] == 0xaa && used > 0;
}

static void list_mbr(const struct partition_table *t, const uint8_t *s, visit_fn *visit, void *context)
{
    for (unsigned i = 0; i < MBR_ENTRIES; i++) {
        const uint8_t *e = mbr_entry(s, i);
        struct partition p;

        if (e[4] == 0)
            continue;
        p.first = (uint64_t)load_le32(e + 8) * t->block_sectors;
        p.sectors = (uint64_t)load_le32(e + 12) * t->block_sectors;
        p.fits = lies_within(t, &p);
        p.mbr_type = e[4];
        p.name[0] = '\0';
        visit(context, &p);
    }
}

/* The checksum field itself counts as 0. */
static uint32_t header_crc(const uint8_t *s, uint32_t bytes)
{
    static const uint8_t zero[4];
    uint32_t crc = crc32(0, s, GPT_HEADER_CRC);

    crc = crc32(crc, zero, sizeof(zero));
    return crc32(crc, s + GPT_HEADER_CRC + 4, bytes - GPT_HEADER_CRC - 4);
}

static enum partition_answer read_header(struct partition_table *t, struct gpt *g)
{
    uint8_t s[MEDIUM_SECTOR_BYTES];
    uint32_t bytes;
    uint64_t block;

    if (!medium_read(t->medium, t->block_sectors, s))
        return bad(t, "the GPT header cannot be read, block", 1);
    if (!same_bytes(s, (const uint8_t *)"EFI PART", 8))
        return bad(t, "no GPT header, although the MBR announces one, block", 1);
    bytes = load_le32(s + 12);
    if (bytes < GPT_HEADER_BYTES || bytes > MEDIUM_SECTOR_BYTES)
        return bad(t, "the GPT header has an invalid length", bytes);
    if (header_crc(s, bytes) != load_le32(s + GPT_HEADER_CRC))
        return bad(t, "the GPT header's checksum is wrong", load_le32(s + GPT_HEADER_CRC));
    block = load_le64(s + 72);
    g->entries = load_le32(s + 80);
    g->entry_bytes = load_le32(s + 84);
    g->crc = load_le32(s + 88);
    if (block >= t->medium->sectors / t->block_sectors)
        return bad(t, "the GPT begins beyond the end of the disk, block", block);
    if (!is_power_of_2(g->entry_bytes) || g->entry_bytes < GPT_ENTRY_BYTES ||
        g->entry_bytes > MEDIUM_SECTOR_BYTES)
        return bad(t, "GPT entries have an unsupported length", g->entry_bytes);
    if (g->entries > GPT_ENTRIES_MAX)
        return bad(t, "too many GPT entries", g->entries);
    g->table = block * t->block_sectors;
    return PARTITION_GPT;
}

static enum partition_answer check_entries(struct partition_table *t, const struct gpt *g)
{
    uint8_t s[MEDIUM_SECTOR_BYTES];
    uint32_t left = g->entries * g->entry_bytes;
    uint32_t crc = 0;

    for (uint64_t sector = g->table; left > 0; sector++) {
        const uint32_t bytes = left < sizeof(s) ? left : (uint32_t)sizeof(s);

        if (!medium_read(t->medium, sector, s))
            return bad(t, "the GPT cannot be read, sector", sector);
        crc = crc32(crc, s, bytes);
        left -= bytes;
    }
    return crc == g->crc ? PARTITION_GPT : bad(t, "the GPT's checksum is wrong", g->crc);
}

static void show_gpt_entry(const struct partition_table *t, const uint8_t *e, visit_fn *visit, void *context)
{
    static const uint8_t unused[16];
    const uint64_t first = load_le64(e + 32);
    const uint64_t last = load_le64(e + 40);
    const uint64_t blocks = t->medium->sectors / t->block_sectors;
    struct partition p;

    if (same_bytes(e, unused, sizeof(unused)))
        return;
    p.fits = first <= last && last < blocks;
    p.first = p.fits ? first * t->block_sectors : 0; /* an unvalidated number may overflow */
    p.sectors = p.fits ? (last - first + 1) * t->block_sectors : 0;
    p.mbr_type = 0;
    for (unsigned i = 0; i < sizeof(p.guid); i++)
        p.guid[i] = e[i];
    utf16_to_utf8(e + 56, PARTITION_NAME_UNITS, p.name, sizeof(p.name));
    visit(context, &p);
}

static enum partition_answer list_gpt(struct partition_table *t, visit_fn *visit, void *context)
{
    uint8_t s[MEDIUM_SECTOR_BYTES];
    struct gpt g;
    enum partition_answer answer = read_header(t, &g);

    if (answer == PARTITION_GPT)
        answer = check_entries(t, &g);
    for (uint32_t i = 0; answer == PARTITION_GPT && i < g.entries; i++) {
        const uint32_t at = i * g.entry_bytes;

        if (at % sizeof(s) == 0 && !medium_read(t->medium, g.table + at / sizeof(s), s))
            return bad(t, "the GPT cannot be read, entry", i);
        show_gpt_entry(t, s + at % sizeof(s), visit, context);
    }
    return answer;
}

enum partition_answer partition_list(struct partition_table *t,
                                     void (*visit)(void *context, const struct partition *p), void *context)
{
    uint8_t s[MEDIUM_SECTOR_BYTES];

    t->words = "";
    t->got = 0;
    if (!medium_read(t->medium, 0, s) || !is_mbr(s))
        return PARTITION_NONE;
    for (unsigned i = 0; i < MBR_ENTRIES; i++)
        if (mbr_entry(s, i)[4] == MBR_PROTECTIVE)
            return list_gpt(t, visit, context);
    list_mbr(t, s, visit, context);
    return PARTITION_MBR;
}

const char *partition_type_words(const struct partition *p)
{
    if (p->mbr_type != 0) {
        for (unsigned i = 0; i < sizeof(mbr_types) / sizeof(mbr_types[0]); i++)
            if (mbr_types[i].type == p->mbr_type)
                return mbr_types[i].words;
        return NULL;
    }
    for (unsigned i = 0; i < sizeof(gpt_types) / sizeof(gpt_types[0]); i++)
        if (same_bytes(gpt_types[i].guid, p->guid, sizeof(p->guid)))
            return gpt_types[i].words;
    return NULL;
}
