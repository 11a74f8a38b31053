/* SPDX-License-Identifier: MIT */
/* Generated from runtime/options.yaml by ./vwr generate: do not edit. */
#ifndef VWR_OPEN_ROWS_H
#define VWR_OPEN_ROWS_H

#include "vwr/message.h"
#include "vwr/open.h"

/*
 * The rows of the table of vwr_open(), one for each driver. A program includes the header of a
 * class before it uses the class's row; a driver whose row it does not use is not linked.
 */

/** VWR_OPEN_BLK - Row of vwr/blk.h: a struct vwr_open_class */
#define VWR_OPEN_BLK \
    { \
        &vwr_blk_bringup, \
        sizeof(struct vwr_blk_open_own), __alignof__(struct vwr_blk_open_own), \
        sizeof(struct vwr_blk_open_shared), __alignof__(struct vwr_blk_open_shared), \
        vwr_blk_open_default, \
        VWR_WORDS(&vwr_blk_messages), \
        VWR_WORDS(vwr_blk_feature_names) \
    }

/** VWR_OPEN_CONSOLE - Row of vwr/console.h: a struct vwr_open_class */
#define VWR_OPEN_CONSOLE \
    { \
        &vwr_console_bringup, \
        sizeof(struct vwr_console_open_own), __alignof__(struct vwr_console_open_own), \
        sizeof(struct vwr_console_open_shared), __alignof__(struct vwr_console_open_shared), \
        vwr_console_open_default, \
        VWR_WORDS(&vwr_dev_messages), \
        VWR_WORDS(vwr_console_feature_names) \
    }

/** VWR_OPEN_INPUT - Row of vwr/input.h: a struct vwr_open_class */
#define VWR_OPEN_INPUT \
    { \
        &vwr_input_bringup, \
        sizeof(struct vwr_input_open_own), __alignof__(struct vwr_input_open_own), \
        sizeof(struct vwr_input_open_shared), __alignof__(struct vwr_input_open_shared), \
        vwr_input_open_default, \
        VWR_WORDS(&vwr_dev_messages), \
        NULL \
    }

/** VWR_OPEN_NET - Row of vwr/net.h: a struct vwr_open_class */
#define VWR_OPEN_NET \
    { \
        &vwr_net_bringup, \
        sizeof(struct vwr_net_open_own), __alignof__(struct vwr_net_open_own), \
        sizeof(struct vwr_net_open_shared), __alignof__(struct vwr_net_open_shared), \
        vwr_net_open_default, \
        VWR_WORDS(&vwr_net_messages), \
        VWR_WORDS(vwr_net_feature_names) \
    }

/** VWR_OPEN_ENTROPY - Row of vwr/entropy.h: a struct vwr_open_class */
#define VWR_OPEN_ENTROPY \
    { \
        &vwr_entropy_bringup, \
        sizeof(struct vwr_entropy_open_own), __alignof__(struct vwr_entropy_open_own), \
        sizeof(struct vwr_entropy_open_shared), __alignof__(struct vwr_entropy_open_shared), \
        vwr_entropy_open_default, \
        VWR_WORDS(&vwr_dev_messages), \
        NULL \
    }

/** VWR_OPEN_GPU - Row of vwr/gpu.h: a struct vwr_open_class */
#define VWR_OPEN_GPU \
    { \
        &vwr_gpu_bringup, \
        sizeof(struct vwr_gpu_open_own), __alignof__(struct vwr_gpu_open_own), \
        sizeof(struct vwr_gpu_open_shared), __alignof__(struct vwr_gpu_open_shared), \
        vwr_gpu_open_default, \
        VWR_WORDS(&vwr_gpu_messages), \
        VWR_WORDS(vwr_gpu_feature_names) \
    }

/** VWR_OPEN_BALLOON - Row of vwr/balloon.h: a struct vwr_open_class */
#define VWR_OPEN_BALLOON \
    { \
        &vwr_balloon_bringup, \
        sizeof(struct vwr_balloon_open_own), __alignof__(struct vwr_balloon_open_own), \
        sizeof(struct vwr_balloon_open_shared), __alignof__(struct vwr_balloon_open_shared), \
        vwr_balloon_open_default, \
        VWR_WORDS(&vwr_request_messages), \
        NULL \
    }

/** VWR_OPEN_9P - Row of vwr/9p.h: a struct vwr_open_class */
#define VWR_OPEN_9P \
    { \
        &vwr_9p_bringup, \
        sizeof(struct vwr_9p_open_own), __alignof__(struct vwr_9p_open_own), \
        sizeof(struct vwr_9p_open_shared), __alignof__(struct vwr_9p_open_shared), \
        vwr_9p_open_default, \
        VWR_WORDS(&vwr_9p_messages), \
        VWR_WORDS(vwr_9p_feature_names) \
    }

/** VWR_OPEN_FS - Row of vwr/fs.h: a struct vwr_open_class */
#define VWR_OPEN_FS \
    { \
        &vwr_fs_bringup, \
        sizeof(struct vwr_fs_open_own), __alignof__(struct vwr_fs_open_own), \
        sizeof(struct vwr_fs_open_shared), __alignof__(struct vwr_fs_open_shared), \
        vwr_fs_open_default, \
        VWR_WORDS(&vwr_fs_messages), \
        VWR_WORDS(vwr_fs_feature_names) \
    }

/** VWR_OPEN_SCSI - Row of vwr/scsi.h: a struct vwr_open_class */
#define VWR_OPEN_SCSI \
    { \
        &vwr_scsi_bringup, \
        sizeof(struct vwr_scsi_open_own), __alignof__(struct vwr_scsi_open_own), \
        sizeof(struct vwr_scsi_open_shared), __alignof__(struct vwr_scsi_open_shared), \
        vwr_scsi_open_default, \
        VWR_WORDS(&vwr_scsi_messages), \
        VWR_WORDS(vwr_scsi_feature_names) \
    }

/** VWR_OPEN_VSOCK - Row of vwr/vsock.h: a struct vwr_open_class */
#define VWR_OPEN_VSOCK \
    { \
        &vwr_vsock_bringup, \
        sizeof(struct vwr_vsock_open_own), __alignof__(struct vwr_vsock_open_own), \
        sizeof(struct vwr_vsock_open_shared), __alignof__(struct vwr_vsock_open_shared), \
        vwr_vsock_open_default, \
        VWR_WORDS(&vwr_dev_messages), \
        VWR_WORDS(vwr_vsock_feature_names) \
    }

/** VWR_OPEN_CRYPTO - Row of vwr/crypto.h: a struct vwr_open_class */
#define VWR_OPEN_CRYPTO \
    { \
        &vwr_crypto_bringup, \
        sizeof(struct vwr_crypto_open_own), __alignof__(struct vwr_crypto_open_own), \
        sizeof(struct vwr_crypto_open_shared), __alignof__(struct vwr_crypto_open_shared), \
        vwr_crypto_open_default, \
        VWR_WORDS(&vwr_crypto_messages), \
        VWR_WORDS(vwr_crypto_feature_names) \
    }

/** VWR_OPEN_I2C - Row of vwr/i2c.h: a struct vwr_open_class */
#define VWR_OPEN_I2C \
    { \
        &vwr_i2c_bringup, \
        sizeof(struct vwr_i2c_open_own), __alignof__(struct vwr_i2c_open_own), \
        sizeof(struct vwr_i2c_open_shared), __alignof__(struct vwr_i2c_open_shared), \
        vwr_i2c_open_default, \
        VWR_WORDS(&vwr_request_messages), \
        VWR_WORDS(vwr_i2c_feature_names) \
    }

/** VWR_OPEN_GPIO - Row of vwr/gpio.h: a struct vwr_open_class */
#define VWR_OPEN_GPIO \
    { \
        &vwr_gpio_bringup, \
        sizeof(struct vwr_gpio_open_own), __alignof__(struct vwr_gpio_open_own), \
        sizeof(struct vwr_gpio_open_shared), __alignof__(struct vwr_gpio_open_shared), \
        vwr_gpio_open_default, \
        VWR_WORDS(&vwr_request_messages), \
        VWR_WORDS(vwr_gpio_feature_names) \
    }

/** VWR_OPEN_PMEM - Row of vwr/pmem.h: a struct vwr_open_class */
#define VWR_OPEN_PMEM \
    { \
        &vwr_pmem_bringup, \
        sizeof(struct vwr_pmem_open_own), __alignof__(struct vwr_pmem_open_own), \
        sizeof(struct vwr_pmem_open_shared), __alignof__(struct vwr_pmem_open_shared), \
        vwr_pmem_open_default, \
        VWR_WORDS(&vwr_request_messages), \
        VWR_WORDS(vwr_pmem_feature_names) \
    }

/** VWR_OPEN_IOMMU - Row of vwr/iommu.h: a struct vwr_open_class */
#define VWR_OPEN_IOMMU \
    { \
        &vwr_iommu_bringup, \
        sizeof(struct vwr_iommu_open_own), __alignof__(struct vwr_iommu_open_own), \
        sizeof(struct vwr_iommu_open_shared), __alignof__(struct vwr_iommu_open_shared), \
        vwr_iommu_open_default, \
        VWR_WORDS(&vwr_request_messages), \
        VWR_WORDS(vwr_iommu_feature_names) \
    }

/** VWR_OPEN_CAN - Row of vwr/can.h: a struct vwr_open_class */
#define VWR_OPEN_CAN \
    { \
        &vwr_can_bringup, \
        sizeof(struct vwr_can_open_own), __alignof__(struct vwr_can_open_own), \
        sizeof(struct vwr_can_open_shared), __alignof__(struct vwr_can_open_shared), \
        vwr_can_open_default, \
        VWR_WORDS(&vwr_request_messages), \
        VWR_WORDS(vwr_can_feature_names) \
    }

/** VWR_OPEN_SPI - Row of vwr/spi.h: a struct vwr_open_class */
#define VWR_OPEN_SPI \
    { \
        &vwr_spi_bringup, \
        sizeof(struct vwr_spi_open_own), __alignof__(struct vwr_spi_open_own), \
        sizeof(struct vwr_spi_open_shared), __alignof__(struct vwr_spi_open_shared), \
        vwr_spi_open_default, \
        VWR_WORDS(&vwr_request_messages), \
        NULL \
    }

/** VWR_OPEN_SCMI - Row of vwr/scmi.h: a struct vwr_open_class */
#define VWR_OPEN_SCMI \
    { \
        &vwr_scmi_bringup, \
        sizeof(struct vwr_scmi_open_own), __alignof__(struct vwr_scmi_open_own), \
        sizeof(struct vwr_scmi_open_shared), __alignof__(struct vwr_scmi_open_shared), \
        vwr_scmi_open_default, \
        VWR_WORDS(&vwr_scmi_messages), \
        VWR_WORDS(vwr_scmi_feature_names) \
    }

/** VWR_OPEN_RTC - Row of vwr/rtc.h: a struct vwr_open_class */
#define VWR_OPEN_RTC \
    { \
        &vwr_rtc_bringup, \
        sizeof(struct vwr_rtc_open_own), __alignof__(struct vwr_rtc_open_own), \
        sizeof(struct vwr_rtc_open_shared), __alignof__(struct vwr_rtc_open_shared), \
        vwr_rtc_open_default, \
        VWR_WORDS(&vwr_request_messages), \
        VWR_WORDS(vwr_rtc_feature_names) \
    }

/** VWR_OPEN_MEM - Row of vwr/mem.h: a struct vwr_open_class */
#define VWR_OPEN_MEM \
    { \
        &vwr_mem_bringup, \
        sizeof(struct vwr_mem_open_own), __alignof__(struct vwr_mem_open_own), \
        sizeof(struct vwr_mem_open_shared), __alignof__(struct vwr_mem_open_shared), \
        vwr_mem_open_default, \
        VWR_WORDS(&vwr_request_messages), \
        VWR_WORDS(vwr_mem_feature_names) \
    }

/** VWR_OPEN_SOUND - Row of vwr/sound.h: a struct vwr_open_class */
#define VWR_OPEN_SOUND \
    { \
        &vwr_sound_bringup, \
        sizeof(struct vwr_sound_open_own), __alignof__(struct vwr_sound_open_own), \
        sizeof(struct vwr_sound_open_shared), __alignof__(struct vwr_sound_open_shared), \
        vwr_sound_open_default, \
        VWR_WORDS(&vwr_request_messages), \
        VWR_WORDS(vwr_snd_feature_names) \
    }

#endif
