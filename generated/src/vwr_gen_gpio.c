/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpio.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPIO Device */

#include "vwr/gen/features.h"
#include "vwr/gen/gpio.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_gpio_config_fields[VWR_GPIO_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 4, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

void vwr_gpio_config_read(const struct vwr_config *c, void *into)
{
    struct vwr_gpio_config_info *const info = into;

    info->ngpio = vwr_gpio_config_get_ngpio(c);
    info->gpio_names_size = vwr_gpio_config_get_gpio_names_size(c);
}

void vwr_gpio_config_write(struct vwr_gpio_config *w, bool legacy, const struct vwr_gpio_config_info *info)
{
    w->ngpio = vwr_guest16(legacy, info->ngpio);
    w->gpio_names_size = vwr_guest32(legacy, info->gpio_names_size);
}
