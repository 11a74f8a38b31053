/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/can.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; CAN Device */

#ifndef VWR_GEN_DOCUMENT_CAN_H
#define VWR_GEN_DOCUMENT_CAN_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/can.h"

#define VIRTIO_CAN_F_CAN_CLASSIC                VWR_CAN_F_CAN_CLASSIC
#define VIRTIO_CAN_F_CAN_FD                     VWR_CAN_F_CAN_FD
#define VIRTIO_CAN_F_RTR_FRAMES                 VWR_CAN_F_RTR_FRAMES
#define VIRTIO_CAN_F_LATE_TX_ACK                VWR_CAN_F_LATE_TX_ACK

#define VIRTIO_CAN_RESULT_OK                    VWR_CAN_RESULT_OK
#define VIRTIO_CAN_RESULT_NOT_OK                VWR_CAN_RESULT_NOT_OK

#define VIRTIO_CAN_S_CTRL_BUSOFF                VWR_CAN_S_CTRL_BUSOFF

#define VIRTIO_CAN_FLAGS_FD                     VWR_CAN_FLAGS_FD
#define VIRTIO_CAN_FLAGS_EXTENDED               VWR_CAN_FLAGS_EXTENDED
#define VIRTIO_CAN_FLAGS_RTR                    VWR_CAN_FLAGS_RTR

#define VIRTIO_CAN_TX                           VWR_CAN_TX

#define VIRTIO_CAN_RX                           VWR_CAN_RX

#define VIRTIO_CAN_SET_CTRL_MODE_START          VWR_CAN_SET_CTRL_MODE_START
#define VIRTIO_CAN_SET_CTRL_MODE_STOP           VWR_CAN_SET_CTRL_MODE_STOP

#define virtio_can_control_out                  vwr_can_control_out
#define virtio_can_control_in                   vwr_can_control_in
#define virtio_can_tx_out                       vwr_can_tx_out
#define virtio_can_tx_in                        vwr_can_tx_in
#define virtio_can_rx                           vwr_can_rx
#define virtio_can_config                       vwr_can_config

#endif
