/* SPDX-License-Identifier: MIT */
/*
 * With the legacy interface of PCI, the device chooses the queue size: up to 1024 in QEMU. If a device has
 * fewer descriptors, or accepts any size, the driver uses at most VWR_BLK_QUEUE.
 */
#define VWR_BLK_QUEUE 1024u
#define VWR_BLK_REQUESTS 8u /* in flight */
#include "disk.h"
#include "crc32.h"
#include "say.h"
#include "vwr/blk.h"
#include "vwr/gen/features.h"

#define DISK_SECTORS 8u /* per request */
#define DISK_SPIN 1u    /* then it sleeps, if the board can */
#define DISK_EXPLAIN_BYTES 240u

static struct vwr_blk_shared shared;
static struct vwr_blk_own own;
static uint8_t data[VWR_BLK_REQUESTS][DISK_SECTORS * VWR_BLK_SECTOR_BYTES];
static uint8_t block[2][VWR_BLK_SECTOR_BYTES]; /* written; read back */
static struct vwr_blk_req req[VWR_BLK_REQUESTS];
static struct vwr_blk disk;
static bool interrupts;

static int disk_open(struct vwr_dev *d)
{
    const struct vwr_blk_options options = {.own = &own, .shared = &shared, .request.spin = DISK_SPIN};
    const int r = vwr_blk_open(&disk, d, &options);

    if (r != VWR_OK)
        return r;
    say("disk: ");
    say_dec((uint32_t)disk.info.sectors);
    say(" sectors, ");
    say(vwr_dev_has(d, VWR_F_RING_PACKED) ? "packed\n" : "split\n");
    return VWR_OK;
}

/* Reads consecutive sectors with one request per part, all in flight, and waits for them in order. */
static int disk_read_parts(uint32_t sector, unsigned parts)
{
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&disk, 0);
    unsigned sent;
    int r = VWR_OK;

    /*
     * Arms first, so that a device that completes before the sleep also interrupts. Nothing can have
     * completed yet.
     */
    if (interrupts && !vwr_blk_arm(q, 1))
        return VWR_EPROTO;
    for (sent = 0; sent < parts && r == VWR_OK; sent += r == VWR_OK) {
        vwr_blk_fill(&req[sent], VWR_BLK_T_IN, sector + sent * DISK_SECTORS, data[sent], sizeof(data[sent]));
        r = vwr_blk_submit(q, &req[sent]);
    }
    (void)vwr_blk_kick(q);
    for (unsigned i = 0; i < sent; i++) {
        const int result = vwr_blk_wait(q, &req[i]);

        r = r == VWR_OK ? result : r;
    }
    return r;
}

/* CRC-32 of all sectors that form whole requests. */
static int disk_read_all(uint32_t *crc, uint32_t *requests)
{
    const uint32_t parts = (uint32_t)disk.info.sectors / DISK_SECTORS;
    int r = VWR_OK;

    *crc = 0;
    for (*requests = 0; *requests < parts && r == VWR_OK;) {
        const uint32_t left = parts - *requests;
        const unsigned count = left < VWR_BLK_REQUESTS ? left : VWR_BLK_REQUESTS;

        r = disk_read_parts(*requests * DISK_SECTORS, count);
        for (unsigned i = 0; i < count && r == VWR_OK; i++)
            *crc = crc32(*crc, data[i], sizeof(data[i]));
        *requests += count;
    }
    return r;
}

static void disk_put_number(uint8_t *at, uint32_t v)
{
    for (unsigned i = 0; i < 4; i++)
        at[i] = (uint8_t)(v >> 8 * i);
}

/* Writes both numbers repeatedly; the host computes the same. */
static int disk_write_last(uint32_t crc, uint32_t requests)
{
    const uint64_t last = disk.info.sectors - 1;
    int r;

    for (unsigned i = 0; i < VWR_BLK_SECTOR_BYTES; i += 8) {
        disk_put_number(&block[0][i], crc);
        disk_put_number(&block[0][i + 4], requests);
    }
    r = vwr_blk_write(&disk, last, block[0], 1);
    if (r == VWR_OK)
        r = vwr_blk_flush(&disk);
    if (r == VWR_OK)
        r = vwr_blk_read(&disk, last, block[1], 1);
    for (unsigned i = 0; i < VWR_BLK_SECTOR_BYTES && r == VWR_OK; i++)
        if (block[0][i] != block[1][i])
            r = VWR_EIO;
    return r;
}

static int disk_use(void)
{
    uint32_t crc;
    uint32_t requests;
    int r = disk_read_all(&crc, &requests);

    if (r != VWR_OK)
        return r;
    say("read: crc32 ");
    say_hex(crc, 8);
    say(" by ");
    say_dec(requests);
    say(" requests, maximum in flight ");
    say_dec((uint32_t)disk.first.requests.queue.stats.flight_most);
    say("\n");
    r = disk_write_last(crc, requests);
    if (r == VWR_OK)
        say("written: the last sector, and read back\n");
    return r;
}

static void disk_say_error(int r)
{
    char text[DISK_EXPLAIN_BYTES];

    say("ERROR: ");
    say(vwr_strerror(r));
    if (vwr_blk_explain(&disk, text, sizeof(text)) > 0) {
        say(": ");
        say(text);
    }
    say("\n");
}

bool disk_run(struct vwr_dev *d, bool by_interrupt)
{
    int r = disk_open(d);
    int closed;

    interrupts = by_interrupt;
    if (r == VWR_OK)
        r = disk_use();
    if (r != VWR_OK)
        disk_say_error(r);
    closed = vwr_close(&disk.bringup);
    if (r == VWR_OK && closed != VWR_OK)
        disk_say_error(closed);
    return r == VWR_OK && closed == VWR_OK;
}
