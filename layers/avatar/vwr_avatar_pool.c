/* SPDX-License-Identifier: MIT */
#include "vwr_avatar.h"

static _Alignas(64) uint8_t buffers[VIRTIO_BUFFER_POOL_SIZE][VIRTIO_BUFFER_SIZE];
static bool lent[VIRTIO_BUFFER_POOL_SIZE];

uint8_t *vwr_avatar_pool_take(void)
{
    for (uint32_t i = 0; i < VIRTIO_BUFFER_POOL_SIZE; i++)
        if (!lent[i]) {
            lent[i] = true;
            return buffers[i];
        }
    return NULL;
}

void vwr_avatar_pool_give(const uint8_t *buffer)
{
    lent[(size_t)(buffer - buffers[0]) / VIRTIO_BUFFER_SIZE] = false;
}

uint32_t vwr_avatar_pool_free(void)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < VIRTIO_BUFFER_POOL_SIZE; i++)
        n += !lent[i];
    return n;
}
