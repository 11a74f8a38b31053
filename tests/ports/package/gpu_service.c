/* SPDX-License-Identifier: MIT */
#if __has_include("vwr.h") /* the file pair of ./vwr embed */
#include "vwr.h"
#else
#include "vwr/service/gpu.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"
#endif

#include <stdio.h>

enum { GPU = 16 }; /* VWR_ID_GPU of vwr/gen/ids.h, which is missing in a pair */

/* The state behind the functions: yours. */
struct vwr_gpu_vdevice {
    uint32_t width, height; /* size of the largest picture */
};

/* The guest creates a picture: `m` is a checked copy. */
static int resource_create_2d(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_gpu_resource_create_2d_msg *m,
                              struct vwr_gpu_resource_create_2d_answer *a)
{
    (void)x;
    (void)a;
    if (m->width > s->device->width || m->height > s->device->height)
        return VWR_GPU_RESP_ERR_INVALID_PARAMETER;
    return VWR_OK;
}

/* All other messages are refused as unknown. */
static const struct vwr_gpu_vservice_calls calls = {.resource_create_2d = resource_create_2d};

static int make_gpu(struct vwr_vm *vm)
{
    enum { queues = 2, entries = 16, messages = 1, segs = 8 };
    static struct vwr_vqueue queue[queues];
    static struct vwr_vqueue_entry own[VWR_VDEV_OWN(queues, entries)];
    static struct vwr_vmessage message[messages];
    static struct vwr_vseg seg[VWR_SERVICE_SEGS(messages, segs)];
    static struct vwr_gpu_vdevice device = {640, 480};
    static struct vwr_gpu_vservice gpu;
    const struct vwr_service_memory memory = {message, messages, seg, VWR_COUNT(seg)};
    const struct vwr_features none = {{0}};
    struct vwr_vdev_setup setup = {
        .vm = vm, .queue = queue, .queue_count = VWR_COUNT(queue), .queue_size = entries};
    int r;

    setup.own = own;
    setup.own_count = VWR_COUNT(own);
    vwr_vdev_features(&setup.features);
    r = vwr_gpu_vservice_init(&gpu, &setup, &none, &calls, &memory, &device);
    gpu.config.num_scanouts = vwr_guest32(setup.legacy, 1);
    return r == VWR_OK ? vwr_vm_add(vm, 0, &gpu.service.dev) : r;
}

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    (void)line;
    (void)level;
}

/* The guest's first accesses. */
int main(void)
{
    static const struct vwr_vm_ops ops = {.irq = irq};
    static struct vwr_memory_region ram;
    static struct vwr_vdev *slot[1];
    static struct vwr_vm vm = {.ops = &ops,
                               .memory.region = &ram,
                               .memory.region_count = 1,
                               .stride = VWR_MMIO_SIZE,
                               .slot = slot,
                               .slot_count = 1};
    static uint64_t bytes[512];
    uint64_t id = 0;

    ram.host = bytes;
    ram.bytes = sizeof(bytes);
    if (make_gpu(&vm) != VWR_OK || !vwr_vm_access(&vm, VWR_MMIO_DEVICE_ID, 4, false, &id))
        return 1;
    printf("service: device id %u\n", (unsigned)id);
    return id == GPU ? 0 : 2;
}
