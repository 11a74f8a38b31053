/* SPDX-License-Identifier: MIT */
#define VWR_BLK_QUEUE 32u   /* descriptors */
#define VWR_BLK_REQUESTS 8u /* in flight */
#define VWR_BLK_SEGMENTS 2u
#include "types.h"
#include "riscv.h"
#include "defs.h"
#include "memlayout.h"
#include "spinlock.h"
#include "sleeplock.h"
#include "fs.h"
#include "buf.h"
#include "vwr.h"

/*
 * The disk driver for xv6. It replaces xv6's virtio_disk.c, and has the same three functions and one for the
 * clock tick. ./vwr embed writes vwr.h, with at least the parts async and interrupts: docs/xv6.md.
 */

static struct {
    struct spinlock lock; /* the holder owns the queue */
    struct vwr_mmio mmio;
    struct vwr_blk blk;
    struct vwr_blk_req
        req[VWR_BLK_REQUESTS]; /* the token is the block that the request transfers; NULL: free */
    struct vwr_blk_shared shared;
    struct vwr_blk_own own;
} disk;

/* sleep() has no timeout, but virtio_disk_tick() wakes the process often enough. */
static void sleep_for(void *context, struct vwr_req *r, uint32_t us)
{
    (void)us;
    sleep(r, context);
}

static void wake(void *context, struct vwr_req *r)
{
    (void)context;
    wakeup(r);
}

static const struct vwr_waiter threads = {&disk.lock, sleep_for, wake};

/* Panics, with a message if the copy includes the part texts. */
static void fail(int result)
{
#if VWR_WITH_TEXTS
    panic((char *)vwr_strerror(result));
#else
    printf("virtio_disk: result %d\n", result);
    panic("virtio_disk");
#endif
}

void virtio_disk_init(void)
{
    static struct vwr_blk_options options = {
        .own = &disk.own, .shared = &disk.shared, .request = {.spin = 1, .replay = true, .waiter = &threads}};
    int r;

    initlock(&disk.lock, "virtio_disk");
    acquire(&disk.lock);
    r = vwr_mmio_probe(&disk.mmio, (void *)VIRTIO0, VWR_MMIO_SIZE);
    if (r == VWR_OK)
        r = vwr_blk_open(&disk.blk, &disk.mmio.dev, &options);
    release(&disk.lock);
    if (r != VWR_OK)
        fail(r);
}

/* Reads or writes one block; the process sleeps until the interrupt. Context: a process, no lock held. */
void virtio_disk_rw(struct buf *b, int write)
{
    struct vwr_blk_req *r = disk.req;
    int result;

    acquire(&disk.lock);
    while (r->req.token != NULL)
        if (++r == disk.req + VWR_BLK_REQUESTS) {
            sleep(disk.req + VWR_BLK_REQUESTS, &disk.lock); /* until one is free */
            r = disk.req;
        }
    r->req.token = b;
    vwr_blk_fill(r, write ? VWR_BLK_T_OUT : VWR_BLK_T_IN,
                 (uint64_t)b->blockno * (BSIZE / VWR_BLK_SECTOR_BYTES), b->data, BSIZE);
    result = vwr_blk_do(vwr_blk_get_requestq(&disk.blk, 0), r);
    if (result != VWR_OK)
        fail(result);
    r->req.token = NULL;
    wakeup(disk.req + VWR_BLK_REQUESTS);
    release(&disk.lock);
}

static void wake_all(void)
{
    for (struct vwr_blk_req *r = disk.req; r < disk.req + VWR_BLK_REQUESTS; r++)
        if (r->req.token != NULL)
            wakeup(r);
}

/* The disk's interrupt. */
void virtio_disk_intr(void)
{
    acquire(&disk.lock);
    (void)vwr_dev_irq(&disk.mmio.dev);
    if (vwr_blk_service(vwr_blk_get_requestq(&disk.blk, 0), VWR_BLK_REQUESTS) < 0)
        wake_all(); /* the disk is stopped; the waiting processes handle that */
    release(&disk.lock);
}

/* Called on each clock tick. Checks deadlines, and limits the effect of a lost interrupt. */
void virtio_disk_tick(void)
{
    acquire(&disk.lock);
    wake_all();
    release(&disk.lock);
}
