/* SPDX-License-Identifier: MIT */
#include "describe.h"
#include "scratch.h"
#include "uart.h"

#define CHUNK_SECTORS 512u
#define SECTOR_WORDS (VWR_BLK_SECTOR_BYTES / 8u)
#define FACTOR 0x9e3779b97f4a7c15u
#define NOT_READ 0xa5a5a5a5a5a5a5a5u

/* Image and pattern are little-endian. */
static uint64_t written[CHUNK_SECTORS * SECTOR_WORDS];
static uint64_t back[CHUNK_SECTORS * SECTOR_WORDS];

static uint32_t chunk_at(uint64_t sector, uint64_t end)
{
    return end - sector < CHUNK_SECTORS ? (uint32_t)(end - sector) : CHUNK_SECTORS;
}

static void make_pattern(uint64_t sector, uint32_t count)
{
    for (uint32_t i = 0; i < count * SECTOR_WORDS; i++)
        written[i] = (sector * SECTOR_WORDS + i + 1u) * FACTOR;
}

static const char *write_all(struct vwr_blk *b, uint64_t end)
{
    for (uint64_t sector = 0; sector < end; sector += CHUNK_SECTORS) {
        const uint32_t count = chunk_at(sector, end);
        int r;

        make_pattern(sector, count);
        r = vwr_blk_write(b, sector, written, count);
        if (r != VWR_OK) {
            describe_disk_error(b, "writing the pattern", r);
            return "the scratch disk cannot be written";
        }
    }
    return NULL;
}

static bool compare(uint64_t sector, uint32_t count)
{
    for (uint32_t i = 0; i < count * SECTOR_WORDS; i++) {
        if (back[i] == written[i])
            continue;
        put("  ERROR sector ");
        put_dec(sector + i / SECTOR_WORDS);
        put(" differs from the data written: ");
        put_hex(back[i], 16);
        put(", not ");
        put_hex(written[i], 16);
        put_char('\n');
        return false;
    }
    return true;
}

static const char *read_all(struct vwr_blk *b, uint64_t end)
{
    for (uint64_t sector = 0; sector < end; sector += CHUNK_SECTORS) {
        const uint32_t count = chunk_at(sector, end);
        int r;

        make_pattern(sector, count);
        for (uint32_t i = 0; i < count * SECTOR_WORDS; i++)
            back[i] = NOT_READ; /* so that data from an earlier read is not mistaken for it */
        r = vwr_blk_read(b, sector, back, count);
        if (r != VWR_OK) {
            describe_disk_error(b, "reading the pattern back", r);
            return "the scratch disk cannot be read";
        }
        if (!compare(sector, count))
            return "the scratch disk does not return the data written";
    }
    return NULL;
}

const char *scratch_test(struct vwr_blk *b)
{
    const uint32_t block_sectors = b->info.block_bytes / VWR_BLK_SECTOR_BYTES;
    const uint64_t end = b->info.sectors - b->info.sectors % block_sectors;
    const char *failure = write_all(b, end);
    int r;

    if (failure != NULL)
        return failure;
    r = vwr_blk_flush(b);
    if (r != VWR_OK) {
        describe_disk_error(b, "flushing", r);
        return "the scratch disk cannot be flushed";
    }
    failure = read_all(b, end);
    if (failure != NULL)
        return failure;
    put("  pattern written to ");
    put_dec(end);
    put(" sectors, flushed, read back: the same\n");
    return NULL;
}
