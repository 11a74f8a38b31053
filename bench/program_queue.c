/* SPDX-License-Identifier: MIT */
#include "vwr/mmio.h"
#include "vwr/queue.h"

/*
 * The calls of a program with its own driver on top of the queues, without a device class and without
 * waiting: initialization and vwr/queue.h. See program.c.
 */
extern const void *const program[];

static int push(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len)
{
    return vwr_queue_post(q, chain, addr, len, true);
}

static int take(struct vwr_queue *q, struct vwr_chain **chain)
{
    return vwr_queue_get_used(q, chain);
}

const void *const program[] = {
    (const void *)PROBE,
    (const void *)vwr_dev_negotiate,
    (const void *)vwr_dev_add_queue,
    (const void *)vwr_dev_start,
    (const void *)vwr_dev_reset,
    (const void *)vwr_dev_irq,
    (const void *)vwr_queue_add,
    (const void *)vwr_queue_bind,
    (const void *)push,
    (const void *)vwr_queue_kick,
    (const void *)take,
    (const void *)vwr_queue_arm,
    (const void *)vwr_queue_disarm,
};
