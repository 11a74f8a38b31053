/* SPDX-License-Identifier: MIT */
#define VWR_BLK_QUEUE 1024u /* as in disk.c */
#include "leave.h"
#include "say.h"
#include "vwr/blk.h"

#define LEAVE_READS 10000000u
#define LEAVE_SAID 100u /* after this number, the host may take the disk */
#define LEAVE_EXPLAIN_BYTES 240u

static struct vwr_blk_shared shared;
static struct vwr_blk_own own;
static struct vwr_blk disk;
static uint8_t sector[VWR_BLK_SECTOR_BYTES];

static int leave_read(void)
{
    int r = VWR_OK;

    for (unsigned reads = 0; r == VWR_OK && reads < LEAVE_READS; reads++) {
        if (reads == LEAVE_SAID)
            say("leave: reading\n");
        r = vwr_blk_read(&disk, 0, sector, 1);
    }
    return r;
}

static void leave_say(int r)
{
    char text[LEAVE_EXPLAIN_BYTES];

    say("leave: ");
    say(vwr_strerror(r));
    if (vwr_blk_explain(&disk, text, sizeof(text)) > 0) {
        say(": ");
        say(text);
    }
    say("\n");
}

bool leave_run(struct vwr_dev *d)
{
    const struct vwr_blk_options options = {.own = &own, .shared = &shared};
    int r = vwr_blk_open(&disk, d, &options);
    int again, closed;

    if (r == VWR_OK)
        r = leave_read();
    leave_say(r);
    again = vwr_blk_read(&disk, 0, sector, 1);
    closed = vwr_close(&disk.bringup);
    return r == VWR_EGONE && again != VWR_OK && closed == VWR_EGONE;
}
