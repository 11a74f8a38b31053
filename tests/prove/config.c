/* SPDX-License-Identifier: MIT */
#include "../../runtime/device/vdev/vdev_common.h"
#include "prove.h"

/* The window of the configuration space: vwr_vdev_config.c, for any read of a guest. */

#define CONFIG_MAX 8u

/* Bytes of the space as they are, zeroes after its end. */
void config_read(void)
{
    PROVE_ANY(struct vwr_vdev, dev);
    PROVE_ANY(uint32_t, offset);
    PROVE_ANY(unsigned, bytes);
    PROVE_ANY(unsigned, any);
    uint64_t value;
    const uint8_t *config;

    prove_assume(dev.config_bytes <= CONFIG_MAX);
    dev.config = prove_memory(dev.config_bytes);
    config = (const uint8_t *)dev.config;
    value = vwr_vdev_config_read(&dev, offset, bytes);
    prove_assume(any < 8u);
    if (any < bytes && (uint64_t)offset + any < dev.config_bytes)
        prove_that((uint8_t)(value >> 8 * any) == config[offset + any]);
    else
        prove_that((uint8_t)(value >> 8 * any) == 0);
}
