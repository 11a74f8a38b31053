/* SPDX-License-Identifier: MIT */
#include "class_buses.h"

#include "../../../classes/ends.h"

#include <string.h>

/* Devices of benches (classes/). The VMM answers immediately, with an error, or later. */

#define MOST 48u /* data that the VMM takes */

static const struct bench_device *device;
static struct bench_vmm vmm;

static enum bench_how how(struct bench_vmm *v)
{
    const uint8_t what = class_fed();

    class_called(v->dev);
    MUST(v->wrong == NULL);
    return what < 0xa0 ? BENCH_RIGHT : what < 0xc0 ? BENCH_FAILS : BENCH_LATER;
}

/* The VMM of some classes answers from a thread of its own. */
static void look(void)
{
    device->event(&vmm, 0);
}

static struct vwr_vdev *begin(const struct bench_device *d, const struct vwr_vdev_setup *setup)
{
    struct bench_vmm fresh = {.data_bytes = MOST, .how = how};

    device = d;
    fresh.own = class_memory(vmm.own, d->own_bytes);
    fresh.data = class_memory(vmm.data, MOST);
    fresh.model = class_memory(vmm.model, d->model_bytes);
    memset(fresh.model, 0, d->model_bytes);
    vmm = fresh;
    MUST(d->init(&vmm, setup) == VWR_OK);
    return vmm.dev;
}

/* An event; or an answer, in time, too late, or twice; with an error, or without data. */
static void event(uint8_t what, struct input *in)
{
    const unsigned before = vmm.kept > 1 && input_u8(in) % 4 == 0;

    if (device->event != NULL)
        device->event(&vmm, what);
    if (vmm.kept != 0)
        device->answer(&vmm, vmm.kept - 1 - before,
                       what >= 0x80    ? BENCH_FAILS
                       : what % 2 != 0 ? BENCH_RIGHT
                                       : BENCH_EMPTY);
}

static void exchange(struct script *s, const struct bench_shape *shape)
{
    const struct bench_shapes *const shapes = device->shapes;
    const bool big = vwr_guest_is_big(vmm.dev->legacy);
    uint8_t out[BENCH_LONGEST], in[BENCH_LONGEST];
    const uint8_t *at;

    bench_out(shapes, big, out, &shape->out);
    bench_in(shapes, big, in, &shape->out, &shape->in);
    if (shape->event != 0 && shape->out.n != 0)
        device->event(&vmm, shape->event); /* before the guest can get it */
    if (shape->event == 0 || shape->out.n != 0) {
        at = class_exchange(s, shape->queue, out, shape->out.n, shape->in.n);
    } else {
        at = class_lend(s, shape->queue, shape->in.n);
        device->event(&vmm, shape->event);
    }
    MUST(memcmp(at, in, shape->in.n) == 0);
}

/* The session of all shapes; without a feature that it needs, only one that needs none. */
static void must_work(struct vwr_dev *d)
{
    const struct bench_shapes *const shapes = device->shapes;
    static struct script s;
    bool all = true;

    (void)d;
    if (vmm.kept != 0)
        device->answer(&vmm, vmm.kept - 1, BENCH_FAILS);
    memset(vmm.model, 0, device->model_bytes);
    class_start(&s);
    class_meanwhile = device->event != NULL ? look : NULL;
    for (unsigned bit = 0; bit < 32; bit++)
        all = all && ((shapes->optional.w[0] >> bit & 1) == 0 || vwr_vdev_has(vmm.dev, bit));
    if (!all)
        exchange(&s, &shapes->shape[shapes->plain]);
    for (unsigned i = 0; all && i < shapes->shapes; i++)
        exchange(&s, &shapes->shape[i]);
    class_meanwhile = NULL;
}

#define ROW(name)                                                            \
    static struct vwr_vdev *begin_##name(const struct vwr_vdev_setup *setup) \
    {                                                                        \
        return begin(&bench_##name##_device, setup);                         \
    }                                                                        \
    const struct world_service class_##name = {begin_##name, event, must_work, false}

ROW(i2c);
ROW(rtc);
ROW(gpio);
ROW(pmem);
ROW(iommu);
ROW(mem);
ROW(can);
ROW(spi);
ROW(scmi);
