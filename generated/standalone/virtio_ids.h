/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/ids.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device Types */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_IDS_H
#define VWR_STANDALONE_IDS_H

#include <stdint.h>

/* ids; "Device Types" */
#define VIRTIO_ID_NET 1                                 /* Network device. */
#define VIRTIO_ID_BLOCK 2                               /* Block device. */
#define VIRTIO_ID_CONSOLE 3                             /* Console. */
#define VIRTIO_ID_RNG 4                                 /* Entropy source. */
#define VIRTIO_ID_BALLOON 5                             /* Memory ballooning (traditional). */
#define VIRTIO_ID_IOMEM 6                               /* IoMemory. */
#define VIRTIO_ID_RPMSG 7                               /* Rpmsg. */
#define VIRTIO_ID_SCSI 8                                /* SCSI host. */
#define VIRTIO_ID_9P 9                                  /* 9P transport. */
#define VIRTIO_ID_MAC80211_WLAN 10                      /* Mac80211 wlan. */
#define VIRTIO_ID_RPROC_SERIAL 11                       /* Rproc serial. */
#define VIRTIO_ID_CAIF 12                               /* Virtio CAIF. */
#define VIRTIO_ID_MEMORY_BALLOON 13                     /* Memory balloon. */
#define VIRTIO_ID_GPU 16                                /* GPU device. */
#define VIRTIO_ID_CLOCK 17                              /* RTC (Real Time Clock) device. */
#define VIRTIO_ID_INPUT 18                              /* Input device. */
#define VIRTIO_ID_VSOCK 19                              /* Socket device. */
#define VIRTIO_ID_CRYPTO 20                             /* Crypto device. */
#define VIRTIO_ID_SIGNAL_DIST 21                        /* Signal Distribution Module. */
#define VIRTIO_ID_PSTORE 22                             /* Pstore device. */
#define VIRTIO_ID_IOMMU 23                              /* IOMMU device. */
#define VIRTIO_ID_MEM 24                                /* Memory device. */
#define VIRTIO_ID_SOUND 25                              /* Sound device. */
#define VIRTIO_ID_FS 26                                 /* File system device. */
#define VIRTIO_ID_PMEM 27                               /* PMEM device. */
#define VIRTIO_ID_RPMB 28                               /* RPMB device. */
#define VIRTIO_ID_MAC80211_HWSIM 29                     /* Mac80211 hwsim wireless simulation device. */
#define VIRTIO_ID_VIDEO_ENCODER 30                      /* Video encoder device. */
#define VIRTIO_ID_VIDEO_DECODER 31                      /* Video decoder device. */
#define VIRTIO_ID_SCMI 32                               /* SCMI device. */
#define VIRTIO_ID_NITRO_SEC_MOD 33                      /* NitroSecureModule. */
#define VIRTIO_ID_I2C_ADAPTER 34                        /* I2C adapter. */
#define VIRTIO_ID_WATCHDOG 35                           /* Watchdog. */
#define VIRTIO_ID_CAN 36                                /* CAN device. */
#define VIRTIO_ID_PARAM_SERV 38                         /* Parameter Server. */
#define VIRTIO_ID_AUDIO_POLICY 39                       /* Audio policy device. */
#define VIRTIO_ID_BT 40                                 /* Bluetooth device. */
#define VIRTIO_ID_GPIO 41                               /* GPIO device. */
#define VIRTIO_ID_RDMA 42                               /* RDMA device. */
#define VIRTIO_ID_CAMERA 43                             /* Camera device. */
#define VIRTIO_ID_ISM 44                                /* ISM device. */
#define VIRTIO_ID_SPI 45                                /* SPI controller. */
#define VIRTIO_ID_TEE 46                                /* TEE device. */
#define VIRTIO_ID_CPU_BALLOON 47                        /* CPU balloon device. */
#define VIRTIO_ID_MEDIA 48                              /* Media device. */
#define VIRTIO_ID_USB 49                                /* USB controller. */

#endif
