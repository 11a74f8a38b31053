/* SPDX-License-Identifier: MIT */
#define VWR_BLK_QUEUE 256u
#define VWR_BLK_REQUESTS 64u /* in flight: the sum for both guests' disks */
#define VWR_BLK_SEGMENTS VWR_REQUEST_SEGMENTS
#include "vwr/gen/ids.h"
#include "vwr/vblk_disk.h"
#include "vplan.h"

#include "watch.h"

/*
 * The real disk, the first one found, driven by Virtwright's driver. The bridge (vwr/vblk_disk.h) makes it a
 * backend, and guests' disks are windows of it; nothing is copied: the disk accesses guest memory directly.
 */
#define BUDGET 16u /* completions each time the lock is held */
#define SOON_US 1000u
#define WORDS_BYTES 200u

static struct vwr_blk_shared shared;
static struct vwr_blk_own own;
static struct vwr_dev *dev;
static struct vwr_blk blk;
static struct vwr_vblk_disk bridge;
static struct vwr_vblk_disk_slot slot[VWR_BLK_REQUESTS];
static char words[WORDS_BYTES];

/* More work is pending, without an interrupt. */
static void again(void *context)
{
    (void)timer_after(SOON_US);
}

/* Completes requests, and serves guests that wait for one. */
void disk_service(void)
{
    const int r = vwr_vblk_disk_service(&bridge);

    if (window_quiet != 0)
        for (unsigned i = 0; i < guest_count; i++)
            window_serve(&guests[i]);
    if (WATCHED)
        watch_disks();
    if (r == VWR_EBUSY && vwr_get_stage(&blk.bringup) == VWR_STAGE_RUNNING)
        guest_go_on(guest_here(), TO_DO_DISK);
    else if (r == VWR_EBUSY)
        again(NULL);
}

static void interrupt(uint32_t reasons)
{
    disk_service();
}

void disk_offer(struct vwr_vplan_host *host)
{
    static struct vwr_vblk_backend *disks[] = {&bridge.backend, NULL}; /* in the plan's order */

    disks[1] = medium_start();
    host->disk = disks;
}

bool disk_start(void)
{
    static const struct vwr_blk_options options = {
        .own = &own, .shared = &shared, .request = {.replay = true, .replays = 1}};
    static const struct vwr_vblk_disk_options bridged = {
        .slot = slot, .slot_count = VWR_BLK_REQUESTS, .budget = BUDGET, .batch = true, .again = again};

    dev = real_take(VWR_ID_BLOCK, interrupt);
    if (dev == NULL) {
        print("hypervisor: there is no disk: start QEMU with -device virtio-blk-device,drive=…\n");
        return false;
    }
    if (vwr_blk_open(&blk, dev, &options) != VWR_OK ||
        vwr_vblk_disk_init(&bridge, &blk, &bridged) != VWR_OK) {
        vwr_blk_explain(&blk, words, sizeof(words));
        print("hypervisor: the disk does not start: %s\n", words);
        return false;
    }
    print("hypervisor: disk of %llu sectors, %s, interrupt %u\n", (unsigned long long)blk.info.sectors,
          vwr_dev_is_legacy(dev) ? "legacy" : "modern", real_line(dev));
    real_enable(dev);
    return true;
}

void disk_stats(void)
{
    const struct vwr_vblk_disk_stats *const s = &bridge.stats;
    const struct vwr_requestq *const r = &blk.first.requests;
    const struct vwr_queue_stats *const q = &blk.first.requests.queue.stats;

    print("disk: %llu requests of guests, %llu sent, %llu errors, %llu resent, %llu waits for space\n"
          "  kicks %llu, suppressed %llu, maximum in flight %llu, interrupts %llu, spurious %llu\n",
          (unsigned long long)s->requests, (unsigned long long)(s->requests + s->parts),
          (unsigned long long)s->errors, (unsigned long long)r->stats.replayed, (unsigned long long)s->waits,
          (unsigned long long)q->kicks, (unsigned long long)q->elided, (unsigned long long)q->flight_most,
          (unsigned long long)dev->stats.interrupts, (unsigned long long)dev->stats.spurious);
}

void disk_stuck(void)
{
    vwr_blk_explain(&blk, words, sizeof(words));
    print("disk: %llu requests in flight; %s\n",
          (unsigned long long)(vwr_queue_in_flight(&blk.first.requests.queue)), words);
}
