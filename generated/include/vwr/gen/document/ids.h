/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/ids.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device Types */

#ifndef VWR_GEN_DOCUMENT_IDS_H
#define VWR_GEN_DOCUMENT_IDS_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/ids.h"

#define VIRTIO_ID_NET                           VWR_ID_NET
#define VIRTIO_ID_BLOCK                         VWR_ID_BLOCK
#define VIRTIO_ID_CONSOLE                       VWR_ID_CONSOLE
#define VIRTIO_ID_RNG                           VWR_ID_RNG
#define VIRTIO_ID_BALLOON                       VWR_ID_BALLOON
#define VIRTIO_ID_IOMEM                         VWR_ID_IOMEM
#define VIRTIO_ID_RPMSG                         VWR_ID_RPMSG
#define VIRTIO_ID_SCSI                          VWR_ID_SCSI
#define VIRTIO_ID_9P                            VWR_ID_9P
#define VIRTIO_ID_MAC80211_WLAN                 VWR_ID_MAC80211_WLAN
#define VIRTIO_ID_RPROC_SERIAL                  VWR_ID_RPROC_SERIAL
#define VIRTIO_ID_CAIF                          VWR_ID_CAIF
#define VIRTIO_ID_MEMORY_BALLOON                VWR_ID_MEMORY_BALLOON
#define VIRTIO_ID_GPU                           VWR_ID_GPU
#define VIRTIO_ID_CLOCK                         VWR_ID_CLOCK
#define VIRTIO_ID_INPUT                         VWR_ID_INPUT
#define VIRTIO_ID_VSOCK                         VWR_ID_VSOCK
#define VIRTIO_ID_CRYPTO                        VWR_ID_CRYPTO
#define VIRTIO_ID_SIGNAL_DIST                   VWR_ID_SIGNAL_DIST
#define VIRTIO_ID_PSTORE                        VWR_ID_PSTORE
#define VIRTIO_ID_IOMMU                         VWR_ID_IOMMU
#define VIRTIO_ID_MEM                           VWR_ID_MEM
#define VIRTIO_ID_SOUND                         VWR_ID_SOUND
#define VIRTIO_ID_FS                            VWR_ID_FS
#define VIRTIO_ID_PMEM                          VWR_ID_PMEM
#define VIRTIO_ID_RPMB                          VWR_ID_RPMB
#define VIRTIO_ID_MAC80211_HWSIM                VWR_ID_MAC80211_HWSIM
#define VIRTIO_ID_VIDEO_ENCODER                 VWR_ID_VIDEO_ENCODER
#define VIRTIO_ID_VIDEO_DECODER                 VWR_ID_VIDEO_DECODER
#define VIRTIO_ID_SCMI                          VWR_ID_SCMI
#define VIRTIO_ID_NITRO_SEC_MOD                 VWR_ID_NITRO_SEC_MOD
#define VIRTIO_ID_I2C_ADAPTER                   VWR_ID_I2C_ADAPTER
#define VIRTIO_ID_WATCHDOG                      VWR_ID_WATCHDOG
#define VIRTIO_ID_CAN                           VWR_ID_CAN
#define VIRTIO_ID_PARAM_SERV                    VWR_ID_PARAM_SERV
#define VIRTIO_ID_AUDIO_POLICY                  VWR_ID_AUDIO_POLICY
#define VIRTIO_ID_BT                            VWR_ID_BT
#define VIRTIO_ID_GPIO                          VWR_ID_GPIO
#define VIRTIO_ID_RDMA                          VWR_ID_RDMA
#define VIRTIO_ID_CAMERA                        VWR_ID_CAMERA
#define VIRTIO_ID_ISM                           VWR_ID_ISM
#define VIRTIO_ID_SPI                           VWR_ID_SPI
#define VIRTIO_ID_TEE                           VWR_ID_TEE
#define VIRTIO_ID_CPU_BALLOON                   VWR_ID_CPU_BALLOON
#define VIRTIO_ID_MEDIA                         VWR_ID_MEDIA
#define VIRTIO_ID_USB                           VWR_ID_USB

#endif
