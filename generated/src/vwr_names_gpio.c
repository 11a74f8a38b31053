/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpio.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPIO Device */

#include "vwr/gen/gpio.h"

const struct vwr_name vwr_gpio_feature_names[] = {
    {VWR_GPIO_F_IRQ, "IRQ"},
    {0, NULL},
};

const struct vwr_name vwr_gpio_status_names[] = {
    {VWR_GPIO_STATUS_OK, "OK"},
    {VWR_GPIO_STATUS_ERR, "ERR"},
    {0, NULL},
};

const struct vwr_name vwr_gpio_direction_names[] = {
    {VWR_GPIO_DIRECTION_NONE, "NONE"},
    {VWR_GPIO_DIRECTION_OUT, "OUT"},
    {VWR_GPIO_DIRECTION_IN, "IN"},
    {0, NULL},
};

const struct vwr_name vwr_gpio_irq_type_names[] = {
    {VWR_GPIO_IRQ_TYPE_NONE, "NONE"},
    {VWR_GPIO_IRQ_TYPE_EDGE_RISING, "EDGE_RISING"},
    {VWR_GPIO_IRQ_TYPE_EDGE_FALLING, "EDGE_FALLING"},
    {VWR_GPIO_IRQ_TYPE_EDGE_BOTH, "EDGE_BOTH"},
    {VWR_GPIO_IRQ_TYPE_LEVEL_HIGH, "LEVEL_HIGH"},
    {VWR_GPIO_IRQ_TYPE_LEVEL_LOW, "LEVEL_LOW"},
    {0, NULL},
};

const struct vwr_name vwr_gpio_irq_status_names[] = {
    {VWR_GPIO_IRQ_STATUS_INVALID, "INVALID"},
    {VWR_GPIO_IRQ_STATUS_VALID, "VALID"},
    {0, NULL},
};

const struct vwr_name vwr_gpio_message_names[] = {
    {VWR_GPIO_MSG_GET_LINE_NAMES, "GET_LINE_NAMES"},
    {VWR_GPIO_MSG_GET_DIRECTION, "GET_DIRECTION"},
    {VWR_GPIO_MSG_SET_DIRECTION, "SET_DIRECTION"},
    {VWR_GPIO_MSG_GET_VALUE, "GET_VALUE"},
    {VWR_GPIO_MSG_SET_VALUE, "SET_VALUE"},
    {VWR_GPIO_MSG_SET_IRQ_TYPE, "SET_IRQ_TYPE"},
    {0, NULL},
};
