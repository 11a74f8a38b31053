/* SPDX-License-Identifier: MIT */
#include "virtio_gpu.h"

#define SLEEP_US 1000000u

static struct virtio_gpu *gpu_of(struct gpu_device *self)
{
    return (struct virtio_gpu *)(void *)self;
}

/*
 * Called with interrupts off: takes the update if it has completed; also detects that the device has stopped.
 */
static void take_update(struct virtio_gpu *v)
{
    struct vwr_gpu_update *done;

    v->result = vwr_gpu_reap(vwr_gpu_get_controlq(&v->gpu, 0), &done, 1);
    if (v->result == 0)
        return;
    v->busy = false;
    condvar_signal(&v->drawn);
}

static void handle_irq(struct gpu_device *self)
{
    (void)vwr_dev_irq(&gpu_of(self)->mmio.dev);
    take_update(gpu_of(self));
}

static void get_framebuffer(struct gpu_device *self, struct framebuffer *f)
{
    struct virtio_gpu *const v = gpu_of(self);

    f->bytes = (uint8_t *)v->pixels;
    f->length = sizeof(v->pixels);
    f->width = VIRTIO_GPU_WIDTH;
    f->height = VIRTIO_GPU_HEIGHT;
}

/* The interrupt is armed before the device is notified, so it cannot be missed. One task at a time. */
static void flush(struct gpu_device *self)
{
    struct virtio_gpu *const v = gpu_of(self);
    const unsigned long before = interrupts_save();
    int r;

    vwr_gpu_fill(&v->update, &v->screen, NULL);
    r = vwr_gpu_submit(vwr_gpu_get_controlq(&v->gpu, 0), &v->update);
    v->busy = r == VWR_OK;
    if (v->busy && vwr_gpu_arm(vwr_gpu_get_controlq(&v->gpu, 0), 2)) /* the transfer and the flush */
        (void)vwr_gpu_kick(vwr_gpu_get_controlq(&v->gpu, 0));
    while (v->busy) {
        condvar_wait(&v->drawn, SLEEP_US);
        take_update(v);
    }
    interrupts_restore(before);
    r = r != VWR_OK ? r : v->result < 0 ? v->result : v->update.result;
    if (r != VWR_OK)
        panic(vwr_strerror(r));
}

/* Shows the framebuffer before interrupts are enabled: it polls. */
int virtio_gpu_open(struct virtio_gpu *v, volatile void *registers)
{
    const struct vwr_gpu_options options = {.shared = &v->shared};
    int r = vwr_mmio_probe(&v->mmio, registers, VWR_MMIO_SIZE);

    if (r == VWR_OK)
        r = vwr_gpu_open(&v->gpu, &v->mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    v->device.get_framebuffer = get_framebuffer;
    v->device.flush = flush;
    v->device.handle_irq = handle_irq;
    v->screen.pixels = v->pixels;
    v->screen.width = VIRTIO_GPU_WIDTH;
    v->screen.height = VIRTIO_GPU_HEIGHT;
    v->screen.format = VWR_GPU_FORMAT_B8G8R8X8_UNORM;
    return vwr_gpu_show(&v->gpu, &v->screen);
}
