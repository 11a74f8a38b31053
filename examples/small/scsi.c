/* SPDX-License-Identifier: MIT */
/* The units of a SCSI host; one disk is copied to another, several requests in flight. */
#include "board.h"
#include "vwr/gen/ids.h"
#include "vwr/scsi.h"

#define FLIGHT 4u
#define BYTES 65536u /* for a request: at most VWR_SCSI_TRANSFER bytes, or one block of any size */

static struct vwr_scsi_shared shared; /* shared with the device, as is data */
static struct vwr_scsi host;          /* private; the device must not access it */
static struct vwr_scsi_request request[FLIGHT];
static struct vwr_scsi_disk from, to;
static struct vwr_mmio mmio;
static uint8_t data[FLIGHT * BYTES];

static int describe(void)
{
    int r = vwr_scsi_report_luns(&host, 0, data, sizeof(data));

    if (r < 0)
        return r;
    say_number("units:", (uint64_t)r);
    r = vwr_scsi_inquiry(&host, VWR_SCSI_UNIT(0, 0), VWR_SCSI_STANDARD, data, 36);
    data[8 + 21] = '\0'; /* the vendor and the product */
    if (r >= 36)
        say((const char *)data + 8);
    return r;
}

/* Reads `count` blocks in up to FLIGHT requests, all in flight after one notification. */
static int read_parts(uint64_t block, uint32_t count)
{
    struct vwr_scsi_requestq *const q = vwr_scsi_get_requestq(&host, 0);
    const uint32_t most = vwr_scsi_disk_blocks_max(&from);
    uint8_t *at = data;
    unsigned sent = 0;
    int r = VWR_OK;

    for (uint32_t part; count > 0 && r == VWR_OK; block += part, count -= part) {
        part = count < most ? count : most;
        r = vwr_scsi_fill_read(&request[sent], &from, block, at, part * from.block_bytes);
        r = r == VWR_OK ? vwr_scsi_submit(q, &request[sent]) : r;
        sent += r == VWR_OK;
        at += part * from.block_bytes;
    }
    (void)vwr_scsi_kick(q);
    for (unsigned i = 0; i < sent && r == VWR_OK; i++)
        r = vwr_scsi_wait(q, &request[i]); /* VWR_EIO: vwr_scsi_sense has the reason */
    return r;
}

static int copy(void)
{
    int r = vwr_scsi_disk_open(&from, &host, VWR_SCSI_UNIT(0, 0));

    r = r == VWR_OK ? vwr_scsi_disk_open(&to, &host, VWR_SCSI_UNIT(0, 1)) : r;
    if (r == VWR_OK && to.block_bytes != from.block_bytes)
        r = VWR_EALIGN;
    for (uint64_t block = 0; r == VWR_OK && block < from.blocks;) {
        const uint32_t most = FLIGHT * vwr_scsi_disk_blocks_max(&from);
        const uint32_t count = from.blocks - block < most ? (uint32_t)(from.blocks - block) : most;

        r = read_parts(block, count);
        r = r == VWR_OK ? vwr_scsi_disk_write(&to, block, data, count * from.block_bytes) : r;
        block += count;
    }
    return r == VWR_OK ? vwr_scsi_disk_flush(&to) : r;
}

int example(void)
{
    const struct vwr_scsi_options options = {.shared = &shared};
    int r = board_find(&mmio, VWR_ID_SCSI);

    r = r == VWR_OK ? vwr_scsi_open(&host, &mmio.dev, &options) : r;
    r = r == VWR_OK ? describe() : r;
    r = r >= 0 ? copy() : r;
    return vwr_close(&host.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
