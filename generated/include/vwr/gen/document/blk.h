/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/blk.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Block Device */

#ifndef VWR_GEN_DOCUMENT_BLK_H
#define VWR_GEN_DOCUMENT_BLK_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/blk.h"

#define VIRTIO_BLK_F_BARRIER                    VWR_BLK_F_BARRIER
#define VIRTIO_BLK_F_SIZE_MAX                   VWR_BLK_F_SIZE_MAX
#define VIRTIO_BLK_F_SEG_MAX                    VWR_BLK_F_SEG_MAX
#define VIRTIO_BLK_F_GEOMETRY                   VWR_BLK_F_GEOMETRY
#define VIRTIO_BLK_F_RO                         VWR_BLK_F_RO
#define VIRTIO_BLK_F_BLK_SIZE                   VWR_BLK_F_BLK_SIZE
#define VIRTIO_BLK_F_SCSI                       VWR_BLK_F_SCSI
#define VIRTIO_BLK_F_FLUSH                      VWR_BLK_F_FLUSH
#define VIRTIO_BLK_F_WCE                        VWR_BLK_F_FLUSH
#define VIRTIO_BLK_F_TOPOLOGY                   VWR_BLK_F_TOPOLOGY
#define VIRTIO_BLK_F_CONFIG_WCE                 VWR_BLK_F_CONFIG_WCE
#define VIRTIO_BLK_F_MQ                         VWR_BLK_F_MQ
#define VIRTIO_BLK_F_DISCARD                    VWR_BLK_F_DISCARD
#define VIRTIO_BLK_F_WRITE_ZEROES               VWR_BLK_F_WRITE_ZEROES
#define VIRTIO_BLK_F_LIFETIME                   VWR_BLK_F_LIFETIME
#define VIRTIO_BLK_F_SECURE_ERASE               VWR_BLK_F_SECURE_ERASE
#define VIRTIO_BLK_F_ZONED                      VWR_BLK_F_ZONED

#define VIRTIO_BLK_Z_NONE                       VWR_BLK_Z_NONE
#define VIRTIO_BLK_Z_HM                         VWR_BLK_Z_HM
#define VIRTIO_BLK_Z_HA                         VWR_BLK_Z_HA

#define VIRTIO_BLK_PRE_EOL_INFO_UNDEFINED       VWR_BLK_PRE_EOL_INFO_UNDEFINED
#define VIRTIO_BLK_PRE_EOL_INFO_NORMAL          VWR_BLK_PRE_EOL_INFO_NORMAL
#define VIRTIO_BLK_PRE_EOL_INFO_WARNING         VWR_BLK_PRE_EOL_INFO_WARNING
#define VIRTIO_BLK_PRE_EOL_INFO_URGENT          VWR_BLK_PRE_EOL_INFO_URGENT

#define VIRTIO_BLK_ZT_CONV                      VWR_BLK_ZT_CONV
#define VIRTIO_BLK_ZT_SWR                       VWR_BLK_ZT_SWR
#define VIRTIO_BLK_ZT_SWP                       VWR_BLK_ZT_SWP

#define VIRTIO_BLK_ZS_NOT_WP                    VWR_BLK_ZS_NOT_WP
#define VIRTIO_BLK_ZS_EMPTY                     VWR_BLK_ZS_EMPTY
#define VIRTIO_BLK_ZS_IOPEN                     VWR_BLK_ZS_IOPEN
#define VIRTIO_BLK_ZS_EOPEN                     VWR_BLK_ZS_EOPEN
#define VIRTIO_BLK_ZS_CLOSED                    VWR_BLK_ZS_CLOSED
#define VIRTIO_BLK_ZS_RDONLY                    VWR_BLK_ZS_RDONLY
#define VIRTIO_BLK_ZS_FULL                      VWR_BLK_ZS_FULL
#define VIRTIO_BLK_ZS_OFFLINE                   VWR_BLK_ZS_OFFLINE

#define VIRTIO_BLK_S_OK                         VWR_BLK_S_OK
#define VIRTIO_BLK_S_IOERR                      VWR_BLK_S_IOERR
#define VIRTIO_BLK_S_UNSUPP                     VWR_BLK_S_UNSUPP
#define VIRTIO_BLK_S_ZONE_INVALID_CMD           VWR_BLK_S_ZONE_INVALID_CMD
#define VIRTIO_BLK_S_ZONE_UNALIGNED_WP          VWR_BLK_S_ZONE_UNALIGNED_WP
#define VIRTIO_BLK_S_ZONE_OPEN_RESOURCE         VWR_BLK_S_ZONE_OPEN_RESOURCE
#define VIRTIO_BLK_S_ZONE_ACTIVE_RESOURCE       VWR_BLK_S_ZONE_ACTIVE_RESOURCE

#define VIRTIO_BLK_T_BARRIER                    VWR_BLK_T_BARRIER

#define VIRTIO_BLK_T_IN                         VWR_BLK_T_IN
#define VIRTIO_BLK_T_OUT                        VWR_BLK_T_OUT
#define VIRTIO_BLK_T_SCSI_CMD                   VWR_BLK_T_SCSI_CMD
#define VIRTIO_BLK_T_SCSI_CMD_OUT               VWR_BLK_T_SCSI_CMD_OUT
#define VIRTIO_BLK_T_FLUSH                      VWR_BLK_T_FLUSH
#define VIRTIO_BLK_T_FLUSH_OUT                  VWR_BLK_T_FLUSH_OUT
#define VIRTIO_BLK_T_GET_ID                     VWR_BLK_T_GET_ID
#define VIRTIO_BLK_T_GET_LIFETIME               VWR_BLK_T_GET_LIFETIME
#define VIRTIO_BLK_T_DISCARD                    VWR_BLK_T_DISCARD
#define VIRTIO_BLK_T_WRITE_ZEROES               VWR_BLK_T_WRITE_ZEROES
#define VIRTIO_BLK_T_SECURE_ERASE               VWR_BLK_T_SECURE_ERASE
#define VIRTIO_BLK_T_ZONE_APPEND                VWR_BLK_T_ZONE_APPEND
#define VIRTIO_BLK_T_ZONE_REPORT                VWR_BLK_T_ZONE_REPORT
#define VIRTIO_BLK_T_ZONE_OPEN                  VWR_BLK_T_ZONE_OPEN
#define VIRTIO_BLK_T_ZONE_CLOSE                 VWR_BLK_T_ZONE_CLOSE
#define VIRTIO_BLK_T_ZONE_FINISH                VWR_BLK_T_ZONE_FINISH
#define VIRTIO_BLK_T_ZONE_RESET                 VWR_BLK_T_ZONE_RESET
#define VIRTIO_BLK_T_ZONE_RESET_ALL             VWR_BLK_T_ZONE_RESET_ALL

#define virtio_blk_geometry                     vwr_blk_geometry
#define virtio_blk_topology                     vwr_blk_topology
#define virtio_blk_zoned_characteristics        vwr_blk_zoned_characteristics
#define virtio_blk_discard_write_zeroes         vwr_blk_discard_write_zeroes
#define virtio_blk_lifetime                     vwr_blk_lifetime
#define virtio_blk_zone_descriptor              vwr_blk_zone_descriptor
#define virtio_blk_zone_report                  vwr_blk_zone_report
#define virtio_blk_config                       vwr_blk_config

#endif
