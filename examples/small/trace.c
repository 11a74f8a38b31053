/* SPDX-License-Identifier: MIT */
/*
 * A trace: the last events between driver and device, in a buffer of the program, printed as lines that
 * `./vwr explain` reads. It is compiled in because the port has a hook for it: port.h in this folder.
 */
#include "board.h"
#include "vwr/blk.h"
#include "vwr/gen/ids.h"

#define EVENTS 256u /* the oldest ones are overwritten */
#define LINE_BYTES 80u

static struct vwr_trace_event events[EVENTS];
static struct vwr_trace trace = {events, EVENTS, 0};

static struct vwr_blk_shared shared;
static struct vwr_blk_own own;
static uint8_t sector[VWR_BLK_SECTOR_BYTES];
static struct vwr_mmio mmio;
static struct vwr_blk disk;

static void dump(void)
{
    char line[LINE_BYTES];

    board_trace = NULL; /* a console may be a traced device, and its accesses would be added */
    for (uint32_t n = 0; n < trace.next; n++)
        if (vwr_trace_line(&trace, n, line, sizeof(line)) > 0) /* 0: it was overwritten */
            say(line);
}

int example(void)
{
    const struct vwr_blk_options options = {.own = &own, .shared = &shared};
    int r = board_find(&mmio, VWR_ID_BLOCK);

    if (r != VWR_OK)
        return r;
    board_trace = &trace; /* starts tracing */
    r = vwr_mmio_probe(&mmio, mmio.base, VWR_MMIO_SIZE);
    if (r == VWR_OK)
        r = vwr_blk_open(&disk, &mmio.dev, &options);
    if (r == VWR_OK) {
        r = vwr_blk_read(&disk, 0, sector, 1);
        if (vwr_close(&disk.bringup) != VWR_OK)
            r = VWR_ETIMEOUT;
    }
    dump(); /* includes the cause of an error */
    return r;
}
