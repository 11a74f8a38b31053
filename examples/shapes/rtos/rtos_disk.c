/* SPDX-License-Identifier: MIT */
#include "rtos_disk.h"

static struct rtos_disk_request *request_of(struct vwr_req *r)
{
    return (struct rtos_disk_request *)(void *)r; /* its first member's first member */
}

/* The thread holds the lock. It releases the lock while it sleeps, and may wake up early or for nothing. */
static void sleep_for(void *context, struct vwr_req *r, uint32_t us)
{
    struct rtos_disk *const d = context;
    struct rtos_disk_request *const x = request_of(r);

    rtos_unlock(&d->lock, x->state);
    (void)rtos_semaphore_take(&x->completed, us);
    x->state = rtos_lock(&d->lock);
}

/* Called with the lock held, in the handler or in a thread that has found the answer while it polled. */
static void wake(void *context, struct vwr_req *r)
{
    (void)context;
    rtos_semaphore_give(&request_of(r)->completed);
}

int rtos_disk_transfer(struct rtos_disk *d, uint32_t type, uint64_t sector, void *data, size_t bytes)
{
    struct rtos_disk_request *x;
    unsigned long state;
    bool is_idle;
    int r;

    if (!rtos_semaphore_take(&d->idle, RTOS_DISK_WAIT_US))
        return VWR_EFULL;
    state = rtos_lock(&d->lock);
    x = d->free;
    d->free = x->next;
    x->state = state;
    vwr_blk_fill(&x->req, type, sector, data, bytes);
    r = vwr_blk_do(vwr_blk_get_requestq(&d->blk, 0), &x->req);
    is_idle = !vwr_req_is_in_flight(&x->req.req); /* otherwise the device owns it until a reset */
    if (is_idle) {
        x->next = d->free;
        d->free = x;
    }
    rtos_unlock(&d->lock, x->state);
    if (is_idle)
        rtos_semaphore_give(&d->idle);
    return r;
}

void rtos_disk_service(struct rtos_disk *d)
{
    const unsigned long state = rtos_lock(&d->lock);

    (void)!vwr_blk_service(vwr_blk_get_requestq(&d->blk, 0), VWR_BLK_REQUESTS);
    rtos_unlock(&d->lock, state);
}

void rtos_disk_irq(struct rtos_disk *d)
{
    (void)vwr_dev_irq(d->dev); /* reads and acknowledges the interrupt; needs no lock */
    rtos_disk_service(d);
}

int rtos_disk_open(struct rtos_disk *d, struct vwr_dev *dev)
{
    struct vwr_blk_options options = {0};

    d->dev = dev;
    d->waiter = (struct vwr_waiter){d, sleep_for, wake};
    options.own = &d->own;
    options.shared = &d->shared;
    options.request.replay = true; /* a stopped disk is reset, and its requests are sent again */
    options.request.spin = 1;      /* a thread that polls holds the lock: it sleeps at once */
    options.request.waiter = &d->waiter;
    rtos_semaphore_init(&d->idle, VWR_BLK_REQUESTS);
    for (unsigned i = 0; i < VWR_BLK_REQUESTS; i++) {
        rtos_semaphore_init(&d->request[i].completed, 0);
        d->request[i].next = d->free;
        d->free = &d->request[i];
    }
    return vwr_blk_open(&d->blk, dev, &options);
}

int rtos_disk_find(struct vwr_mmio *m, volatile void *slots, uint32_t stride, uint32_t count, unsigned n)
{
    for (uint32_t slot = 0; slot < count; slot++) {
        volatile uint8_t *const base = (volatile uint8_t *)slots + (size_t)slot * stride;

        if (vwr_mmio_probe(m, base, stride < VWR_MMIO_SIZE ? stride : VWR_MMIO_SIZE) == VWR_OK &&
            m->dev.type == VWR_ID_BLOCK && n-- == 0)
            return (int)slot;
    }
    return VWR_ENODEV;
}
