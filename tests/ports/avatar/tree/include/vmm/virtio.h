/* SPDX-License-Identifier: MIT */
#ifndef __VIRTIO_H__
#define __VIRTIO_H__

#include "avatar_types.h"
#include "vmm/vm.h"

/*
 * The VMM's own device side: for each kind of name, some that Avatar's header defines. A frontend that
 * defines one of them too fails to compile beside it, or to link.
 */
#define VIRTIO_ID_NET 1
#define VIRTIO_ID_BLOCK 2
#define VIRTIO_ID_CONSOLE 3
#define VIRTIO_STATUS_ACKNOWLEDGE 1
#define VIRTIO_STATUS_DRIVER 2
#define VIRTIO_STATUS_DRIVER_OK 4
#define VIRTIO_MMIO_MAGIC_VALUE 0x000
#define VIRTIO_MMIO_VERSION 0x004
#define VIRTIO_MMIO_DEVICE_ID 0x008
#define VIRTIO_MMIO_QUEUE_NOTIFY 0x050
#define VIRTIO_MMIO_STATUS 0x070
#define VIRTIO_MMIO_CONFIG 0x100
#define VIRTQ_DESC_F_NEXT 1
#define VIRTQ_DESC_F_WRITE 2

typedef struct virtq_desc {
    uint64_t addr;
    uint32_t len;
    uint16_t flags;
    uint16_t next;
} virtq_desc_t;

typedef struct virtq_avail {
    uint16_t flags;
    uint16_t idx;
    uint16_t ring[];
} virtq_avail_t;

typedef struct virtqueue {
    uint32_t num;
    uint32_t ready;
    virtq_desc_t *desc;
    virtq_avail_t *avail;
    uint16_t last_avail_idx;
} virtqueue_t;

typedef struct virtio_device {
    uint32_t device_id;
    uint32_t vendor_id;
    uint32_t version;
    uint8_t status;
    uint64_t base_addr;
} virtio_device_t;

bool virtio_mmio_read(virtio_device_t *dev, uint64_t offset, uint32_t *value, uint32_t size);
bool virtio_mmio_write(virtio_device_t *dev, uint64_t offset, uint32_t value, uint32_t size);
int virtio_queue_init(virtqueue_t *vq, uint32_t num);
void virtio_queue_reset(virtqueue_t *vq);
bool virtio_queue_available(virtqueue_t *vq);

#endif
