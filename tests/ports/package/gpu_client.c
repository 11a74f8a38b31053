/* SPDX-License-Identifier: MIT */
#if __has_include("vwr.h") /* the file pair of ./vwr embed */
#include "vwr.h"
#else
#include "vwr/client/gpu.h"
#include "vwr/mmio.h"
#endif

#include <stdio.h>

static _Alignas(VWR_QUEUE_SHARED_ALIGN)
    uint8_t shared[2][VWR_CLIENT_SHARED_BYTES(16, 1, VWR_GPU_CLIENT_CONTROLQ_SLOT, 1)];
static _Alignas(8) uint8_t own[2][VWR_REQUEST_OWN_BYTES(16, 1)];
static struct vwr_mmio mmio;
static struct vwr_gpu_client gpu;

static int open_gpu(volatile void *registers)
{
    const struct vwr_gpu_client_options options = {
        .requests = {.requests = 1},
        .controlq = {shared[0], sizeof(shared[0]), own[0], sizeof(own[0]), 16},
        .cursorq = {shared[1], sizeof(shared[1]), own[1], sizeof(own[1]), 16},
    };
    const int r = vwr_mmio_probe(&mmio, registers, VWR_MMIO_SIZE);

    return r == VWR_OK ? vwr_gpu_client_open(&gpu, &mmio.dev, &options) : r;
}

static int make_picture(uint32_t id, uint32_t width, uint32_t height)
{
    const struct vwr_gpu_resource_create_2d_msg m = {
        .resource_id = id, .format = VWR_GPU_FORMAT_B8G8R8X8_UNORM, .width = width, .height = height};
    struct vwr_gpu_resource_create_2d_answer a;

    return vwr_gpu_client_resource_create_2d(&gpu, &m, &a);
}

/* Where all registers are zero no device answers. */
int main(void)
{
    static uint32_t registers[VWR_MMIO_SIZE / sizeof(uint32_t)];
    int r = open_gpu(registers);

    if (r == VWR_OK)
        r = make_picture(1, 640, 480);
    printf("client: %d displays, %s\n", (int)gpu.info.num_scanouts, r == VWR_EMAGIC ? "no device" : "?");
    return r == VWR_EMAGIC ? 0 : 1;
}
