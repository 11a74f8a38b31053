/* SPDX-License-Identifier: MIT */
#ifndef SCREEN_VIRTIO_GPU_H
#define SCREEN_VIRTIO_GPU_H

#include "devices.h"
#include "kernel.h"

#include "vwr/gpu.h"
#include "vwr/mmio.h"

#define VIRTIO_GPU_WIDTH 320u
#define VIRTIO_GPU_HEIGHT 200u

struct virtio_gpu {
    struct gpu_device device; /* first: handle_irq and the other functions get this */
    struct vwr_mmio mmio;
    struct vwr_gpu gpu;
    struct vwr_gpu_framebuffer screen;
    struct vwr_gpu_update update; /* for flush */
    struct condvar drawn;
    bool busy;  /* the update is in flight */
    int result; /* of the last poll: why the GPU is stopped */
    struct vwr_gpu_shared shared;
    uint32_t pixels[VIRTIO_GPU_WIDTH * VIRTIO_GPU_HEIGHT];
};

/* The register block is mapped at `registers`; *v is static memory of the kernel, zeroed. */
VWR_MUST_CHECK int virtio_gpu_open(struct virtio_gpu *v, volatile void *registers);

#endif
