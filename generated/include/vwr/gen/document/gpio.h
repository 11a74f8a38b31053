/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpio.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPIO Device */

#ifndef VWR_GEN_DOCUMENT_GPIO_H
#define VWR_GEN_DOCUMENT_GPIO_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/gpio.h"

#define VIRTIO_GPIO_F_IRQ                       VWR_GPIO_F_IRQ

#define VIRTIO_GPIO_STATUS_OK                   VWR_GPIO_STATUS_OK
#define VIRTIO_GPIO_STATUS_ERR                  VWR_GPIO_STATUS_ERR

#define VIRTIO_GPIO_DIRECTION_NONE              VWR_GPIO_DIRECTION_NONE
#define VIRTIO_GPIO_DIRECTION_OUT               VWR_GPIO_DIRECTION_OUT
#define VIRTIO_GPIO_DIRECTION_IN                VWR_GPIO_DIRECTION_IN

#define VIRTIO_GPIO_IRQ_TYPE_NONE               VWR_GPIO_IRQ_TYPE_NONE
#define VIRTIO_GPIO_IRQ_TYPE_EDGE_RISING        VWR_GPIO_IRQ_TYPE_EDGE_RISING
#define VIRTIO_GPIO_IRQ_TYPE_EDGE_FALLING       VWR_GPIO_IRQ_TYPE_EDGE_FALLING
#define VIRTIO_GPIO_IRQ_TYPE_EDGE_BOTH          VWR_GPIO_IRQ_TYPE_EDGE_BOTH
#define VIRTIO_GPIO_IRQ_TYPE_LEVEL_HIGH         VWR_GPIO_IRQ_TYPE_LEVEL_HIGH
#define VIRTIO_GPIO_IRQ_TYPE_LEVEL_LOW          VWR_GPIO_IRQ_TYPE_LEVEL_LOW

#define VIRTIO_GPIO_IRQ_STATUS_INVALID          VWR_GPIO_IRQ_STATUS_INVALID
#define VIRTIO_GPIO_IRQ_STATUS_VALID            VWR_GPIO_IRQ_STATUS_VALID

#define VIRTIO_GPIO_MSG_GET_LINE_NAMES          VWR_GPIO_MSG_GET_LINE_NAMES
#define VIRTIO_GPIO_MSG_GET_DIRECTION           VWR_GPIO_MSG_GET_DIRECTION
#define VIRTIO_GPIO_MSG_SET_DIRECTION           VWR_GPIO_MSG_SET_DIRECTION
#define VIRTIO_GPIO_MSG_GET_VALUE               VWR_GPIO_MSG_GET_VALUE
#define VIRTIO_GPIO_MSG_SET_VALUE               VWR_GPIO_MSG_SET_VALUE
#define VIRTIO_GPIO_MSG_SET_IRQ_TYPE            VWR_GPIO_MSG_SET_IRQ_TYPE

#define virtio_gpio_request                     vwr_gpio_request
#define virtio_gpio_response                    vwr_gpio_response
#define virtio_gpio_response_N                  vwr_gpio_response_n
#define virtio_gpio_irq_request                 vwr_gpio_irq_request
#define virtio_gpio_irq_response                vwr_gpio_irq_response
#define virtio_gpio_config                      vwr_gpio_config

#endif
