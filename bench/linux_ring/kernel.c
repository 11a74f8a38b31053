/* SPDX-License-Identifier: MIT */
#include "../harness.h"
#include "stubs.h"

#include <linux/virtio_config.h>

/* Functions that stubs.h only declares, because they are in other objects in the kernel, too. */

struct scatterlist *sg_next(struct scatterlist *sg)
{
    if ((sg->page_link & SG_END) != 0)
        return NULL;
    sg++;
    if (unlikely((sg->page_link & SG_CHAIN) != 0))
        sg = (struct scatterlist *)(sg->page_link & ~(SG_END | SG_CHAIN));
    return sg;
}

void virtio_check_driver_offered_feature(const struct virtio_device *dev, unsigned feature)
{
    (void)dev;
    (void)feature;
}

void bench_linux_bad(const struct device *dev, const char *format, ...)
{
    (void)dev;
    bench_fail(format);
}

void *bench_linux_memory(size_t bytes)
{
    return bench_memory(bytes);
}
