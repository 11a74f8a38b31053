/* SPDX-License-Identifier: MIT */
#include "virtio_block.h"
#include "kernel.h"

/* One condition variable per request, in its token. Both are called with interrupts off. */
static void sleep_for(void *context, struct vwr_req *r, uint32_t us)
{
    (void)context;
    condvar_wait(r->token, us);
}

static void wake(void *context, struct vwr_req *r)
{
    (void)context;
    condvar_signal(r->token);
}

static const struct vwr_waiter threads = {NULL, sleep_for, wake};

static struct virtio_block *block_of(struct block_device *self)
{
    return (struct virtio_block *)(void *)self;
}

/* With interrupts off the task owns the queue; it releases it while it sleeps. */
static void transfer(struct virtio_block *v, uint32_t type, size_t block_id, void *buf)
{
    struct condvar done = {NULL};
    struct vwr_blk_req request = {0};
    unsigned long before;
    int result;

    vwr_blk_fill(&request, type, block_id * (BLOCK_BYTES / VWR_BLK_SECTOR_BYTES), buf, BLOCK_BYTES);
    request.req.token = &done;
    before = interrupts_save();
    result = vwr_blk_do(vwr_blk_get_requestq(&v->blk, 0), &request);
    interrupts_restore(before);
    if (result != VWR_OK)
        panic(vwr_strerror(result));
}

static void read_block(struct block_device *self, size_t block_id, void *buf)
{
    transfer(block_of(self), VWR_BLK_T_IN, block_id, buf);
}

static void write_block(struct block_device *self, size_t block_id, const void *buf)
{
    transfer(block_of(self), VWR_BLK_T_OUT, block_id, (void *)(uintptr_t)buf);
}

/*
 * Called in the handler, with interrupts off. If the disk has stopped, the sleeping tasks find out when their
 * time is up: the first of them recovers it (options.request.replay).
 */
static void handle_irq(struct block_device *self)
{
    struct virtio_block *const v = block_of(self);

    (void)vwr_dev_irq(&v->mmio.dev);
    v->serviced = vwr_blk_service(vwr_blk_get_requestq(&v->blk, 0), VWR_BLK_REQUESTS);
}

int virtio_block_open(struct virtio_block *v, volatile void *registers)
{
    struct vwr_blk_options options = {0};
    int r = vwr_mmio_probe(&v->mmio, registers, VWR_MMIO_SIZE);

    if (r != VWR_OK)
        return r;
    v->device.read_block = read_block;
    v->device.write_block = write_block;
    v->device.handle_irq = handle_irq;
    options.own = &v->own;
    options.shared = &v->shared;
    options.request.replay = true;
    options.request.spin = 1; /* sleeps almost immediately, to let other tasks run */
    options.request.waiter = &threads;
    return vwr_blk_open(&v->blk, &v->mmio.dev, &options);
}
