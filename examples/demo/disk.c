/* SPDX-License-Identifier: MIT */
#include "contents.h"
#include "crc32.h"
#include "describe.h"
#include "disk.h"
#include "scratch.h"
#include "uart.h"

#define CHUNK_SECTORS 2048u
#define BLOCK_BYTES_MAX (CHUNK_SECTORS * VWR_BLK_SECTOR_BYTES)

/* Only one disk is open at a time, so all share this memory. */
static struct vwr_blk_shared shared;
static struct vwr_blk_own own;
static uint8_t buffer[BLOCK_BYTES_MAX];
static uint8_t block[BLOCK_BYTES_MAX];

/* Reads single sectors from a disk that may have larger blocks: caches the last block. */
struct block_reader {
    struct vwr_blk *blk;
    uint64_t kept; /* first sector of the block in `block`, or NOTHING_KEPT */
    int result;    /* the first error */
};

#define NOTHING_KEPT UINT64_MAX

static bool read_sector(void *context, uint64_t sector, uint8_t *into)
{
    struct block_reader *r = context;
    const uint32_t block_sectors = r->blk->info.block_bytes / VWR_BLK_SECTOR_BYTES;
    const uint64_t first = sector - sector % block_sectors;
    const uint8_t *from = block + (sector - first) * VWR_BLK_SECTOR_BYTES;

    if (r->kept != first) {
        const int result = vwr_blk_read(r->blk, first, block, block_sectors);

        r->kept = result == VWR_OK ? first : NOTHING_KEPT;
        if (result != VWR_OK && r->result == VWR_OK) {
            describe_disk_error(r->blk, "reading a block", result);
            r->result = result;
        }
        if (result != VWR_OK)
            return false;
    }
    for (unsigned i = 0; i < VWR_BLK_SECTOR_BYTES; i++)
        into[i] = from[i];
    return true;
}

/* Size of the disk without a partial last block, which cannot be read or written. */
static uint64_t readable_sectors(const struct vwr_blk *b)
{
    const uint32_t block_sectors = b->info.block_bytes / VWR_BLK_SECTOR_BYTES;

    return b->info.sectors - b->info.sectors % block_sectors;
}

static const char *show_contents(struct vwr_blk *b)
{
    struct block_reader reader = {.blk = b, .kept = NOTHING_KEPT, .result = VWR_OK};
    const struct medium medium = {.read = read_sector, .context = &reader, .sectors = readable_sectors(b)};

    contents_show(&medium, b->info.block_bytes / VWR_BLK_SECTOR_BYTES);
    return reader.result == VWR_OK ? NULL : "the disk cannot be read";
}

static const char *sum_up(struct vwr_blk *b)
{
    const uint64_t end = readable_sectors(b);
    uint32_t crc = 0;

    for (uint64_t sector = 0; sector < end; sector += CHUNK_SECTORS) {
        const uint32_t count = end - sector < CHUNK_SECTORS ? (uint32_t)(end - sector) : CHUNK_SECTORS;
        const int r = vwr_blk_read(b, sector, buffer, count);

        if (r != VWR_OK) {
            put("  from sector ");
            put_dec(sector);
            put_char('\n');
            describe_disk_error(b, "reading the whole disk", r);
            return "the disk cannot be read";
        }
        crc = crc32(crc, buffer, count * VWR_BLK_SECTOR_BYTES);
    }
    put("  crc32 ");
    put_hex(crc, 8);
    put(" of ");
    put_dec(end);
    put(" sectors\n");
    if (end != b->info.sectors)
        put("  (the disk does not end with a whole block: the rest is unreadable)\n");
    return NULL;
}

static const char *use(struct vwr_mmio *m, struct vwr_blk *b)
{
    char id[VWR_BLK_GET_ID_BYTES + 1u];
    const char *failure;
    int r;

    describe_disk(m, b);
    r = vwr_blk_get_id(b, id);
    if (r != VWR_OK && r != VWR_EUNSUPP) {
        describe_disk_error(b, "reading the id", r);
        return "the disk does not report its id";
    }
    put("  id        \"");
    put_untrusted(id, sizeof(id));
    put("\"\n");
    if (scratch_is(id))
        return scratch_test(b);
    failure = show_contents(b);
    return failure != NULL ? failure : sum_up(b);
}

const char *disk_examine(struct vwr_mmio *m)
{
    const struct vwr_blk_options options = {.own = &own, .shared = &shared};
    static struct vwr_blk blk;
    const char *failure = NULL;
    int r = vwr_blk_open(&blk, &m->dev, &options);

    if (r != VWR_OK) {
        describe_disk_error(&blk, "opening", r);
        failure = "opening a disk failed";
    } else {
        failure = use(m, &blk);
    }
    r = vwr_close(&blk.bringup);
    if (r == VWR_OK)
        return failure;
    describe_disk_error(&blk, "closing", r);
    return "closing a disk failed";
}
