/* SPDX-License-Identifier: MIT */
#include "virtio_block_frontend.h"
#include "vmm/virtio.h"

int virtio_queue_init(virtqueue_t *vq, uint32_t num)
{
    virtio_queue_reset(vq);
    vq->num = num;
    return 0;
}

void virtio_queue_reset(virtqueue_t *vq)
{
    vq->num = 0;
    vq->ready = 0;
    vq->last_avail_idx = 0;
}

bool virtio_queue_available(virtqueue_t *vq)
{
    return vq->ready && vq->avail->idx != vq->last_avail_idx;
}
