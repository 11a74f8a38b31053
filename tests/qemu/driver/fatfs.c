/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "vwr_fatfs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * integrations/fatfs on QEMU's disks, called as FatFs calls it. A FAT16 volume that mkfs.fat has made is read
 * and written by a few lines of this file: file A, which mtools has written, is copied to the host's file
 * "a", and the host's file "b" to a new file B. fatfs.py compares them, and checks the volume.
 *
 *     qemu_fatfs legacy|modern FOLDER
 */

enum { FAT, READ_ONLY, LARGE_BLOCKS, FAULTY, HUGE_BLOCKS, NO_DISK }; /* FatFs's physical drives */
#define SLOT(drive) (DISK_SLOT - (unsigned)(drive))
#define DRIVES NO_DISK
#define FILE_BYTES 100000u

static struct disk disk[DRIVES];
static uint8_t *guest;                          /* the disk can access it */
static _Alignas(64) BYTE ours[FILE_BYTES * 2u]; /* it cannot access this */

/* ---- a FAT16 volume ---- */

struct volume {
    unsigned sectors; /* of a cluster */
    LBA_t fat, fats, fat_sectors, root, data;
};

static unsigned number16(const BYTE *p)
{
    return p[0] | (unsigned)p[1] << 8;
}

static struct volume mount(void)
{
    static BYTE boot[512];
    struct volume v;

    CHECK_NUMBER(disk_initialize(FAT), 0);
    CHECK_NUMBER(disk_read(FAT, boot, 0, 1), RES_OK);
    CHECK_NUMBER(number16(boot + 510), 0xaa55);
    v.sectors = boot[13];
    v.fat = number16(boot + 14);
    v.fats = boot[16];
    v.fat_sectors = number16(boot + 22);
    v.root = v.fat + v.fats * v.fat_sectors;
    v.data = v.root + number16(boot + 17) / 16u;
    return v;
}

static LBA_t cluster_at(const struct volume *v, unsigned cluster)
{
    return v->data + (cluster - 2u) * v->sectors;
}

/* Reads a file by its chain of clusters into `to`. */
static uint32_t read_file(const struct volume *v, const char *name, BYTE *to)
{
    static BYTE fat[256 * 512], root[512];
    unsigned cluster, entry = 0;
    uint32_t bytes;

    CHECK(v->fat_sectors <= 256);
    CHECK_NUMBER(disk_read(FAT, fat, v->fat, v->fat_sectors), RES_OK);
    CHECK_NUMBER(disk_read(FAT, root, v->root, 1), RES_OK);
    while (entry < 16 && memcmp(root + entry * 32, name, 11) != 0)
        entry++;
    CHECK(entry < 16);
    bytes = number16(root + entry * 32 + 28) | number16(root + entry * 32 + 30) << 16;
    cluster = number16(root + entry * 32 + 26);
    for (uint32_t done = 0; done < bytes; done += v->sectors * 512u) {
        CHECK(cluster >= 2 && cluster < 0xfff0);
        CHECK_NUMBER(disk_read(FAT, to + done, cluster_at(v, cluster), v->sectors), RES_OK);
        cluster = number16(fat + cluster * 2);
    }
    CHECK(cluster >= 0xfff8);
    return bytes;
}

/* Writes a new file into the last clusters that a FAT of one sector more can name, which are free. */
static void write_file(const struct volume *v, const char *name, const BYTE *from, uint32_t bytes)
{
    static BYTE sector[512];
    const unsigned first = 256 * 2, count = (bytes + v->sectors * 512 - 1) / (v->sectors * 512);

    CHECK(count <= 256);
    CHECK_NUMBER(disk_write(FAT, from, cluster_at(v, first), count * v->sectors), RES_OK);
    for (LBA_t copy = 0; copy < v->fats; copy++) {
        const LBA_t at = v->fat + copy * v->fat_sectors + first / 256;

        CHECK_NUMBER(disk_read(FAT, sector, at, 1), RES_OK);
        for (unsigned i = 0; i < count; i++) {
            const unsigned next = i + 1 < count ? first + i + 1 : 0xffff;

            CHECK_NUMBER(number16(sector + i * 2), 0);
            sector[i * 2] = (BYTE)next;
            sector[i * 2 + 1] = (BYTE)(next >> 8);
        }
        CHECK_NUMBER(disk_write(FAT, sector, at, 1), RES_OK);
    }
    CHECK_NUMBER(disk_read(FAT, sector, v->root, 1), RES_OK);
    for (unsigned entry = 0; entry < 16; entry++)
        if (sector[entry * 32] == 0) {
            memcpy(sector + entry * 32, name, 11);
            sector[entry * 32 + 11] = 0x20; /* a file */
            for (unsigned i = 0; i < 4; i++)
                sector[entry * 32 + 28 + i] = (BYTE)(bytes >> 8 * i);
            sector[entry * 32 + 26] = (BYTE)first;
            sector[entry * 32 + 27] = (BYTE)(first >> 8);
            break;
        }
    CHECK_NUMBER(disk_write(FAT, sector, v->root, 1), RES_OK);
    CHECK_NUMBER(disk_ioctl(FAT, CTRL_SYNC, NULL), RES_OK);
}

/* `to` and `from` are misaligned, which the port does not allow for DMA. */
static void copy_files(void)
{
    const struct volume v = mount();
    FILE *file = fopen("a", "wb");
    uint32_t bytes = read_file(&v, "A       BIN", ours + 1);

    CHECK_NUMBER(bytes, FILE_BYTES);
    CHECK(file != NULL && fwrite(ours + 1, 1, bytes, file) == bytes && fclose(file) == 0);
    memset(ours, 0, sizeof(ours));
    file = fopen("b", "rb");
    CHECK(file != NULL && fread(ours + 1, 1, FILE_BYTES, file) == FILE_BYTES && fclose(file) == 0);
    write_file(&v, "B       BIN", ours + 1, FILE_BYTES);
    memset(guest, 0, FILE_BYTES + 4096); /* by memory of both kinds, the same */
    CHECK_NUMBER(read_file(&v, "B       BIN", guest), FILE_BYTES);
    CHECK(memcmp(guest, ours + 1, FILE_BYTES) == 0);
}

/* ---- the calls one by one ---- */

static uint32_t tell(BYTE drive, BYTE cmd)
{
    union {
        LBA_t count;
        WORD bytes;
    } value = {0xdeadbeef};

    CHECK_NUMBER(disk_ioctl(drive, cmd, &value), RES_OK);
    return cmd == GET_SECTOR_SIZE ? value.bytes : value.count;
}

static void check_sizes(void)
{
    CHECK_NUMBER(tell(FAT, GET_SECTOR_SIZE), 512);
    CHECK_NUMBER(tell(FAT, GET_SECTOR_COUNT), 32768);
    CHECK_NUMBER(tell(FAT, GET_BLOCK_SIZE), 1);
    CHECK_NUMBER(tell(LARGE_BLOCKS, GET_SECTOR_SIZE), 4096);
    CHECK_NUMBER(tell(LARGE_BLOCKS, GET_SECTOR_COUNT), 2048);
    CHECK_NUMBER(disk_ioctl(FAT, 99, guest), RES_PARERR);
}

/* Sectors of 4096 bytes, in memory of both kinds; the host compares the file. */
static void check_large_blocks(void)
{
    void *const bounce = vwr_fatfs_drive[LARGE_BLOCKS].bounce;

    memset(ours, 'x', 4 * 4096);
    memset(guest, 'y', 4096);
    CHECK_NUMBER(disk_write(LARGE_BLOCKS, ours + 1, 5, 3), RES_OK);
    vwr_fatfs_drive[LARGE_BLOCKS].bounce = NULL;
    CHECK_NUMBER(disk_write(LARGE_BLOCKS, guest, 2047, 1), RES_OK);
    CHECK_NUMBER(disk_read(LARGE_BLOCKS, guest, 6, 2), RES_OK);
    CHECK(memcmp(guest, ours, 2 * 4096) == 0);
    vwr_fatfs_drive[LARGE_BLOCKS].bounce = bounce;
    CHECK_NUMBER(disk_read(LARGE_BLOCKS, ours + 3, 2046, 2), RES_OK);
    CHECK(ours[3] == 0 && ours[3 + 4096] == 'y' && ours[3 + 2 * 4096 - 1] == 'y');
    CHECK_NUMBER(disk_ioctl(LARGE_BLOCKS, CTRL_SYNC, NULL), RES_OK);
}

static void check_refusals(void)
{
    CHECK_NUMBER(disk_status(NO_DISK), STA_NOINIT | STA_NODISK);
    CHECK_NUMBER(disk_initialize(FF_VOLUMES), STA_NOINIT | STA_NODISK);
    CHECK_NUMBER(disk_read(NO_DISK, guest, 0, 1), RES_NOTRDY);
    CHECK_NUMBER(disk_ioctl(FF_VOLUMES, CTRL_SYNC, NULL), RES_NOTRDY);
    CHECK_NUMBER(disk_read(LARGE_BLOCKS, guest, 2048, 1), RES_PARERR);
    CHECK_NUMBER(disk_read(LARGE_BLOCKS, guest, 2047, 2), RES_PARERR);
    CHECK_NUMBER(disk_read(LARGE_BLOCKS, guest, 0, 0x20000001), RES_PARERR); /* eight sectors, modulo 2^32 */
    CHECK_NUMBER(disk_read(FAT, guest, 0, 0), RES_PARERR);
    CHECK_NUMBER(disk_status(READ_ONLY), STA_PROTECT);
    CHECK_NUMBER(disk_read(READ_ONLY, guest, 0, 1), RES_OK);
    CHECK_NUMBER(disk_write(READ_ONLY, guest, 0, 1), RES_WRPRT);
    CHECK_NUMBER(disk_read(FAULTY, guest, 0, 1), RES_ERROR);
    CHECK_NUMBER(disk_read(FAULTY, guest, 8, 1), RES_OK);
    CHECK_NUMBER(disk_write(FAULTY, guest, 8, 1), RES_OK);
    CHECK_NUMBER(disk_ioctl(FAULTY, CTRL_SYNC, NULL), RES_ERROR);
    CHECK_NUMBER(disk_status(HUGE_BLOCKS), STA_NOINIT);
    vwr_fatfs_drive[FAT].bounce = NULL;
    CHECK_NUMBER(disk_read(FAT, ours, 0, 1), RES_PARERR);
    CHECK_NUMBER(disk_write(FAT, ours, 0, 1), RES_PARERR);
    CHECK_NUMBER(disk_read(FAT, guest + 1, 0, 1), RES_PARERR);
    CHECK_NUMBER(disk_read(FAT, guest, 0, 1), RES_OK);
}

/* Two of the sectors that are full of x; the host compares the file. */
static void check_trim(void)
{
    const LBA_t range[2] = {6, 7}, wrong[2] = {7, 6}, far[2] = {7, 2048};

    CHECK_NUMBER(disk_ioctl(LARGE_BLOCKS, CTRL_TRIM, (void *)(uintptr_t)wrong), RES_PARERR);
    CHECK_NUMBER(disk_ioctl(LARGE_BLOCKS, CTRL_TRIM, (void *)(uintptr_t)far), RES_PARERR);
    CHECK_NUMBER(disk_ioctl(LARGE_BLOCKS, CTRL_TRIM, (void *)(uintptr_t)range), RES_OK);
    CHECK_NUMBER(disk_ioctl(READ_ONLY, CTRL_TRIM, (void *)(uintptr_t)range), RES_WRPRT);
    CHECK_NUMBER(disk_ioctl(FAT, CTRL_TRIM, (void *)(uintptr_t)range), RES_PARERR); /* without DISCARD */
}

/* Limits the rate, in operations of 512 bytes a second. */
static void limit_rate(unsigned iops)
{
    char text[300];

    (void)snprintf(
        text, sizeof(text),
        "{\"execute\": \"block_set_io_throttle\", \"arguments\": {\"device\": \"d%u\", \"iops\": %u, "
        "\"iops_size\": 512, \"bps\": 0, \"bps_rd\": 0, \"bps_wr\": 0, \"iops_rd\": 0, "
        "\"iops_wr\": 0}}",
        SLOT(READ_ONLY), iops);
    (void)machine_qmp(text);
}

/*
 * A disk that may still access the buffer is reset; one that has stopped is recovered by disk_initialize.
 * After 128 sectors, QEMU answers the next read after two minutes, or at a reset.
 */
static void check_recovery(void)
{
    struct vwr_blk *const b = &disk[READ_ONLY].blk;

    limit_rate(1);
    CHECK_NUMBER(disk_read(READ_ONLY, guest, 0, 128), RES_OK);
    b->options.request.timeout_us = 20000;
    CHECK_NUMBER(disk_read(READ_ONLY, guest, 0, 1), RES_ERROR);
    CHECK_NUMBER(disk_status(READ_ONLY), STA_PROTECT);
    CHECK_NUMBER(disk_read(READ_ONLY, guest, 0, 128), RES_ERROR);
    CHECK_NUMBER(vwr_blk_read(b, 0, guest, 1), VWR_ETIMEOUT);
    CHECK_NUMBER(disk_status(READ_ONLY), STA_NOINIT);
    CHECK_NUMBER(disk_read(READ_ONLY, guest, 0, 1), RES_NOTRDY);
    CHECK_NUMBER(disk_ioctl(READ_ONLY, CTRL_SYNC, NULL), RES_NOTRDY);
    CHECK_NUMBER(disk_initialize(READ_ONLY), STA_PROTECT);
    limit_rate(1000000);
    b->options.request.timeout_us = 10000000;
    CHECK_NUMBER(disk_read(READ_ONLY, guest, 0, 1), RES_OK);
}

static void begin(bool legacy)
{
    machine_begin(legacy);
    machine_add_disk(SLOT(FAT), "file=fat.img", "");
    machine_add_disk(SLOT(READ_ONLY), "file=read_only.img,readonly=on", "");
    machine_add_disk(SLOT(LARGE_BLOCKS), "file=large_blocks.img,discard=unmap",
                     "logical_block_size=4096,physical_block_size=4096");
    machine_add_disk(SLOT(FAULTY), "file=blkdebug:blkdebug.conf:faulty.img", "");
    machine_add_disk(SLOT(HUGE_BLOCKS), "file=huge_blocks.img",
                     "logical_block_size=8192,physical_block_size=8192");
    machine_start();
    for (unsigned i = 0; i < DRIVES; i++) {
        struct vwr_blk_options o = {0};

        disk_avoid(&o.avoid, 0);
        if (i == FAT)
            vwr_features_add(&o.avoid, VWR_BLK_F_DISCARD);
        disk_find(&disk[i], SLOT(i), 16);
        disk_open(&disk[i], &o);
        vwr_fatfs_drive[i].blk = &disk[i].blk;
        vwr_fatfs_drive[i].bounce = guest_alloc(FF_MAX_SS);
    }
    guest = guest_alloc(FILE_BYTES * 2u);
}

int main(int argc, char *argv[])
{
    if (argc != 3)
        return 2;
    CHECK_SYS(chdir(argv[2]) == 0);
    check_clean_up = machine_abandon;
    begin(strcmp(argv[1], "legacy") == 0);
    copy_files();
    check_sizes();
    check_large_blocks();
    check_trim();
    check_refusals();
    check_recovery();
    for (unsigned i = 0; i < DRIVES; i++)
        disk_close(&disk[i]);
    CHECK_NUMBER(disk_status(FAT), STA_NOINIT);
    machine_stop();
    return 0;
}
