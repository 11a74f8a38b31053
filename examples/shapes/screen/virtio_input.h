/* SPDX-License-Identifier: MIT */
#ifndef SCREEN_VIRTIO_INPUT_H
#define SCREEN_VIRTIO_INPUT_H

#include "devices.h"
#include "kernel.h"

#include "vwr/input.h"
#include "vwr/mmio.h"

#define VIRTIO_INPUT_EVENTS 256u /* in the FIFO: a power of 2 */

struct virtio_input {
    struct input_device device; /* first: handle_irq and the other functions get this */
    struct vwr_mmio mmio;
    struct vwr_input input;
    struct condvar came; /* signaled for an event */
    int result;          /* of the last poll: why it is stopped */
    uint64_t fifo[VIRTIO_INPUT_EVENTS];
    struct vwr_input_shared shared __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
};

/* The register block is mapped at `registers`; *v is static memory of the kernel, any content. */
VWR_MUST_CHECK int virtio_input_open(struct virtio_input *v, volatile void *registers);

#endif
