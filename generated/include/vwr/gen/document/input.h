/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/input.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Input Device */

#ifndef VWR_GEN_DOCUMENT_INPUT_H
#define VWR_GEN_DOCUMENT_INPUT_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/input.h"

#define VIRTIO_INPUT_CFG_UNSET                  VWR_INPUT_CFG_UNSET
#define VIRTIO_INPUT_CFG_ID_NAME                VWR_INPUT_CFG_ID_NAME
#define VIRTIO_INPUT_CFG_ID_SERIAL              VWR_INPUT_CFG_ID_SERIAL
#define VIRTIO_INPUT_CFG_ID_DEVIDS              VWR_INPUT_CFG_ID_DEVIDS
#define VIRTIO_INPUT_CFG_PROP_BITS              VWR_INPUT_CFG_PROP_BITS
#define VIRTIO_INPUT_CFG_EV_BITS                VWR_INPUT_CFG_EV_BITS
#define VIRTIO_INPUT_CFG_ABS_INFO               VWR_INPUT_CFG_ABS_INFO

#define virtio_input_absinfo                    vwr_input_absinfo
#define virtio_input_devids                     vwr_input_devids
#define virtio_input_event                      vwr_input_event
#define virtio_input_config                     vwr_input_config

#endif
