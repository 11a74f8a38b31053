/* SPDX-License-Identifier: MIT */
#include "class_buses.h"

/* One of the small devices, selected by the third byte of the input. */

static const struct world_service *const kinds[] = {&class_i2c,  &class_gpio,  &class_rtc, &class_crypto,
                                                    &class_pmem, &class_iommu, &class_mem, &class_can,
                                                    &class_spi,  &class_scmi};
static const struct world_service *kind;

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    kind = kinds[(world.plan.queues - 1u + (world.plan.reqs == 1 ? 3u : 0)) %
                 (sizeof(kinds) / sizeof(kinds[0]))];
    return kind->begin(setup);
}

static void event(uint8_t what, struct input *in)
{
    kind->event(what, in);
}

static void must_work(struct vwr_dev *d)
{
    kind->must_work(d);
}

const struct world_service class_buses = {begin, event, must_work, false};
CLASS_ALONE(class_buses);
