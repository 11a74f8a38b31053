/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "vwr_avatar.h"

static _Alignas(64) uint8_t buffers[VIRTIO_BUFFER_POOL_SIZE][VIRTIO_BUFFER_SIZE];
static bool in_use[VIRTIO_BUFFER_POOL_SIZE];

uint8_t *vwr_avatar_pool_take(void)
{
    for (uint32_t i = 0; i < VIRTIO_BUFFER_POOL_SIZE; i++)
        if (!in_use[i]) {
            in_use[i] = true;
            return buffers[i];
        }
    return NULL;
}

void vwr_avatar_pool_give(const uint8_t *buffer)
{
    in_use[(size_t)(buffer - buffers[0]) / VIRTIO_BUFFER_SIZE] = false;
}

uint32_t vwr_avatar_pool_free(void)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < VIRTIO_BUFFER_POOL_SIZE; i++)
        n += !in_use[i];
    return n;
}
