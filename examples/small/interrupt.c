/* SPDX-License-Identifier: MIT */
/*
 * Interrupt-driven, in two halves. The handler only reads and acknowledges the cause and counts, and may run
 * at any time. The other half owns the queue, and sleeps while there is nothing to do.
 */
#define VWR_BLK_REQUESTS 8u
#include "board.h"
#include "vwr/blk.h"
#include "vwr/gen/ids.h"

#define SLEEP_US 1000000u /* then polls, which checks the deadline */

static struct vwr_blk_shared shared;
static struct vwr_blk_own own;
static uint8_t data[VWR_BLK_REQUESTS][VWR_BLK_SECTOR_BYTES];
static struct vwr_blk_req req[VWR_BLK_REQUESTS];
static struct vwr_mmio mmio;
static struct vwr_blk disk;

static void on_disk_interrupt(void)
{
    (void)vwr_dev_irq(&mmio.dev); /* increments mmio.dev.irqs, which the other half checks */
}

/* No wake-up is lost: an interrupt after `seen` was read ends the sleep immediately. */
static int wait_for(struct vwr_blk_requestq *q, unsigned left)
{
    struct vwr_blk_req *done[VWR_BLK_REQUESTS];

    while (left > 0) {
        const uint32_t seen = mmio.dev.irqs;
        const int n = vwr_blk_reap(q, done, VWR_BLK_REQUESTS);

        if (n < 0)
            return n;
        for (int i = 0; i < n; i++)
            if (done[i]->req.result != VWR_OK)
                return done[i]->req.result;
        left -= (unsigned)n;
        if (n == 0 && vwr_blk_arm(q, 1)) /* false: something has completed meanwhile */
            vwr_port_idle(&mmio.dev.irqs, seen, SLEEP_US);
    }
    return VWR_OK;
}

int example(void)
{
    const struct vwr_blk_options options = {.own = &own, .shared = &shared};
    int r = board_find(&mmio, VWR_ID_BLOCK);

    if (r == VWR_OK)
        r = vwr_blk_open(&disk, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    board_interrupts(&mmio, on_disk_interrupt);
    for (unsigned i = 0; i < VWR_BLK_REQUESTS && r == VWR_OK; i++) {
        vwr_blk_fill(&req[i], VWR_BLK_T_IN, i, data[i], sizeof(data[i]));
        r = vwr_blk_submit(vwr_blk_get_requestq(&disk, 0), &req[i]);
    }
    (void)vwr_blk_kick(vwr_blk_get_requestq(&disk, 0));
    if (r == VWR_OK)
        r = wait_for(vwr_blk_get_requestq(&disk, 0), VWR_BLK_REQUESTS);
    if (r == VWR_OK)
        say_number("requests completed:", VWR_BLK_REQUESTS);
    say(mmio.dev.stats.interrupts > 0 ? "woken by the disk" : "not woken: the disk was faster");
    return vwr_close(&disk.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
