/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/sound.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Sound Device */

#ifndef VWR_GEN_DOCUMENT_SOUND_H
#define VWR_GEN_DOCUMENT_SOUND_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/sound.h"

#define VIRTIO_SND_CHMAP_MAX_SIZE               VWR_SND_CHMAP_MAX_SIZE

#define VIRTIO_SND_F_CTLS                       VWR_SND_F_CTLS

#define VIRTIO_SND_S_OK                         VWR_SND_S_OK
#define VIRTIO_SND_S_BAD_MSG                    VWR_SND_S_BAD_MSG
#define VIRTIO_SND_S_NOT_SUPP                   VWR_SND_S_NOT_SUPP
#define VIRTIO_SND_S_IO_ERR                     VWR_SND_S_IO_ERR

#define VIRTIO_SND_D_OUTPUT                     VWR_SND_D_OUTPUT
#define VIRTIO_SND_D_INPUT                      VWR_SND_D_INPUT

#define VIRTIO_SND_JACK_F_REMAP                 VWR_SND_JACK_F_REMAP

#define VIRTIO_SND_PCM_F_SHMEM_HOST             VWR_SND_PCM_F_SHMEM_HOST
#define VIRTIO_SND_PCM_F_SHMEM_GUEST            VWR_SND_PCM_F_SHMEM_GUEST
#define VIRTIO_SND_PCM_F_MSG_POLLING            VWR_SND_PCM_F_MSG_POLLING
#define VIRTIO_SND_PCM_F_EVT_SHMEM_PERIODS      VWR_SND_PCM_F_EVT_SHMEM_PERIODS
#define VIRTIO_SND_PCM_F_EVT_XRUNS              VWR_SND_PCM_F_EVT_XRUNS

#define VIRTIO_SND_PCM_FMT_IMA_ADPCM            VWR_SND_PCM_FMT_IMA_ADPCM
#define VIRTIO_SND_PCM_FMT_MU_LAW               VWR_SND_PCM_FMT_MU_LAW
#define VIRTIO_SND_PCM_FMT_A_LAW                VWR_SND_PCM_FMT_A_LAW
#define VIRTIO_SND_PCM_FMT_S8                   VWR_SND_PCM_FMT_S8
#define VIRTIO_SND_PCM_FMT_U8                   VWR_SND_PCM_FMT_U8
#define VIRTIO_SND_PCM_FMT_S16                  VWR_SND_PCM_FMT_S16
#define VIRTIO_SND_PCM_FMT_U16                  VWR_SND_PCM_FMT_U16
#define VIRTIO_SND_PCM_FMT_S18_3                VWR_SND_PCM_FMT_S18_3
#define VIRTIO_SND_PCM_FMT_U18_3                VWR_SND_PCM_FMT_U18_3
#define VIRTIO_SND_PCM_FMT_S20_3                VWR_SND_PCM_FMT_S20_3
#define VIRTIO_SND_PCM_FMT_U20_3                VWR_SND_PCM_FMT_U20_3
#define VIRTIO_SND_PCM_FMT_S24_3                VWR_SND_PCM_FMT_S24_3
#define VIRTIO_SND_PCM_FMT_U24_3                VWR_SND_PCM_FMT_U24_3
#define VIRTIO_SND_PCM_FMT_S20                  VWR_SND_PCM_FMT_S20
#define VIRTIO_SND_PCM_FMT_U20                  VWR_SND_PCM_FMT_U20
#define VIRTIO_SND_PCM_FMT_S24                  VWR_SND_PCM_FMT_S24
#define VIRTIO_SND_PCM_FMT_U24                  VWR_SND_PCM_FMT_U24
#define VIRTIO_SND_PCM_FMT_S32                  VWR_SND_PCM_FMT_S32
#define VIRTIO_SND_PCM_FMT_U32                  VWR_SND_PCM_FMT_U32
#define VIRTIO_SND_PCM_FMT_FLOAT                VWR_SND_PCM_FMT_FLOAT
#define VIRTIO_SND_PCM_FMT_FLOAT64              VWR_SND_PCM_FMT_FLOAT64
#define VIRTIO_SND_PCM_FMT_DSD_U8               VWR_SND_PCM_FMT_DSD_U8
#define VIRTIO_SND_PCM_FMT_DSD_U16              VWR_SND_PCM_FMT_DSD_U16
#define VIRTIO_SND_PCM_FMT_DSD_U32              VWR_SND_PCM_FMT_DSD_U32
#define VIRTIO_SND_PCM_FMT_IEC958_SUBFRAME      VWR_SND_PCM_FMT_IEC958_SUBFRAME

#define VIRTIO_SND_PCM_RATE_5512                VWR_SND_PCM_RATE_5512
#define VIRTIO_SND_PCM_RATE_8000                VWR_SND_PCM_RATE_8000
#define VIRTIO_SND_PCM_RATE_11025               VWR_SND_PCM_RATE_11025
#define VIRTIO_SND_PCM_RATE_16000               VWR_SND_PCM_RATE_16000
#define VIRTIO_SND_PCM_RATE_22050               VWR_SND_PCM_RATE_22050
#define VIRTIO_SND_PCM_RATE_32000               VWR_SND_PCM_RATE_32000
#define VIRTIO_SND_PCM_RATE_44100               VWR_SND_PCM_RATE_44100
#define VIRTIO_SND_PCM_RATE_48000               VWR_SND_PCM_RATE_48000
#define VIRTIO_SND_PCM_RATE_64000               VWR_SND_PCM_RATE_64000
#define VIRTIO_SND_PCM_RATE_88200               VWR_SND_PCM_RATE_88200
#define VIRTIO_SND_PCM_RATE_96000               VWR_SND_PCM_RATE_96000
#define VIRTIO_SND_PCM_RATE_176400              VWR_SND_PCM_RATE_176400
#define VIRTIO_SND_PCM_RATE_192000              VWR_SND_PCM_RATE_192000
#define VIRTIO_SND_PCM_RATE_384000              VWR_SND_PCM_RATE_384000
#define VIRTIO_SND_PCM_RATE_12000               VWR_SND_PCM_RATE_12000
#define VIRTIO_SND_PCM_RATE_24000               VWR_SND_PCM_RATE_24000

#define VIRTIO_SND_CHMAP_NONE                   VWR_SND_CHMAP_NONE
#define VIRTIO_SND_CHMAP_NA                     VWR_SND_CHMAP_NA
#define VIRTIO_SND_CHMAP_MONO                   VWR_SND_CHMAP_MONO
#define VIRTIO_SND_CHMAP_FL                     VWR_SND_CHMAP_FL
#define VIRTIO_SND_CHMAP_FR                     VWR_SND_CHMAP_FR
#define VIRTIO_SND_CHMAP_RL                     VWR_SND_CHMAP_RL
#define VIRTIO_SND_CHMAP_RR                     VWR_SND_CHMAP_RR
#define VIRTIO_SND_CHMAP_FC                     VWR_SND_CHMAP_FC
#define VIRTIO_SND_CHMAP_LFE                    VWR_SND_CHMAP_LFE
#define VIRTIO_SND_CHMAP_SL                     VWR_SND_CHMAP_SL
#define VIRTIO_SND_CHMAP_SR                     VWR_SND_CHMAP_SR
#define VIRTIO_SND_CHMAP_RC                     VWR_SND_CHMAP_RC
#define VIRTIO_SND_CHMAP_FLC                    VWR_SND_CHMAP_FLC
#define VIRTIO_SND_CHMAP_FRC                    VWR_SND_CHMAP_FRC
#define VIRTIO_SND_CHMAP_RLC                    VWR_SND_CHMAP_RLC
#define VIRTIO_SND_CHMAP_RRC                    VWR_SND_CHMAP_RRC
#define VIRTIO_SND_CHMAP_FLW                    VWR_SND_CHMAP_FLW
#define VIRTIO_SND_CHMAP_FRW                    VWR_SND_CHMAP_FRW
#define VIRTIO_SND_CHMAP_FLH                    VWR_SND_CHMAP_FLH
#define VIRTIO_SND_CHMAP_FCH                    VWR_SND_CHMAP_FCH
#define VIRTIO_SND_CHMAP_FRH                    VWR_SND_CHMAP_FRH
#define VIRTIO_SND_CHMAP_TC                     VWR_SND_CHMAP_TC
#define VIRTIO_SND_CHMAP_TFL                    VWR_SND_CHMAP_TFL
#define VIRTIO_SND_CHMAP_TFR                    VWR_SND_CHMAP_TFR
#define VIRTIO_SND_CHMAP_TFC                    VWR_SND_CHMAP_TFC
#define VIRTIO_SND_CHMAP_TRL                    VWR_SND_CHMAP_TRL
#define VIRTIO_SND_CHMAP_TRR                    VWR_SND_CHMAP_TRR
#define VIRTIO_SND_CHMAP_TRC                    VWR_SND_CHMAP_TRC
#define VIRTIO_SND_CHMAP_TFLC                   VWR_SND_CHMAP_TFLC
#define VIRTIO_SND_CHMAP_TFRC                   VWR_SND_CHMAP_TFRC
#define VIRTIO_SND_CHMAP_TSL                    VWR_SND_CHMAP_TSL
#define VIRTIO_SND_CHMAP_TSR                    VWR_SND_CHMAP_TSR
#define VIRTIO_SND_CHMAP_LLFE                   VWR_SND_CHMAP_LLFE
#define VIRTIO_SND_CHMAP_RLFE                   VWR_SND_CHMAP_RLFE
#define VIRTIO_SND_CHMAP_BC                     VWR_SND_CHMAP_BC
#define VIRTIO_SND_CHMAP_BLC                    VWR_SND_CHMAP_BLC
#define VIRTIO_SND_CHMAP_BRC                    VWR_SND_CHMAP_BRC

#define VIRTIO_SND_CTL_ROLE_UNDEFINED           VWR_SND_CTL_ROLE_UNDEFINED
#define VIRTIO_SND_CTL_ROLE_VOLUME              VWR_SND_CTL_ROLE_VOLUME
#define VIRTIO_SND_CTL_ROLE_MUTE                VWR_SND_CTL_ROLE_MUTE
#define VIRTIO_SND_CTL_ROLE_GAIN                VWR_SND_CTL_ROLE_GAIN

#define VIRTIO_SND_CTL_TYPE_BOOLEAN             VWR_SND_CTL_TYPE_BOOLEAN
#define VIRTIO_SND_CTL_TYPE_INTEGER             VWR_SND_CTL_TYPE_INTEGER
#define VIRTIO_SND_CTL_TYPE_INTEGER64           VWR_SND_CTL_TYPE_INTEGER64
#define VIRTIO_SND_CTL_TYPE_ENUMERATED          VWR_SND_CTL_TYPE_ENUMERATED
#define VIRTIO_SND_CTL_TYPE_BYTES               VWR_SND_CTL_TYPE_BYTES
#define VIRTIO_SND_CTL_TYPE_IEC958              VWR_SND_CTL_TYPE_IEC958

#define VIRTIO_SND_CTL_ACCESS_READ              VWR_SND_CTL_ACCESS_READ
#define VIRTIO_SND_CTL_ACCESS_WRITE             VWR_SND_CTL_ACCESS_WRITE
#define VIRTIO_SND_CTL_ACCESS_VOLATILE          VWR_SND_CTL_ACCESS_VOLATILE
#define VIRTIO_SND_CTL_ACCESS_INACTIVE          VWR_SND_CTL_ACCESS_INACTIVE
#define VIRTIO_SND_CTL_ACCESS_TLV_READ          VWR_SND_CTL_ACCESS_TLV_READ
#define VIRTIO_SND_CTL_ACCESS_TLV_WRITE         VWR_SND_CTL_ACCESS_TLV_WRITE
#define VIRTIO_SND_CTL_ACCESS_TLV_COMMAND       VWR_SND_CTL_ACCESS_TLV_COMMAND

#define VIRTIO_SND_CTL_EVT_MASK_VALUE           VWR_SND_CTL_EVT_MASK_VALUE
#define VIRTIO_SND_CTL_EVT_MASK_INFO            VWR_SND_CTL_EVT_MASK_INFO
#define VIRTIO_SND_CTL_EVT_MASK_TLV             VWR_SND_CTL_EVT_MASK_TLV

#define VIRTIO_SND_R_JACK_INFO                  VWR_SND_R_JACK_INFO
#define VIRTIO_SND_R_JACK_REMAP                 VWR_SND_R_JACK_REMAP
#define VIRTIO_SND_R_PCM_INFO                   VWR_SND_R_PCM_INFO
#define VIRTIO_SND_R_PCM_SET_PARAMS             VWR_SND_R_PCM_SET_PARAMS
#define VIRTIO_SND_R_PCM_PREPARE                VWR_SND_R_PCM_PREPARE
#define VIRTIO_SND_R_PCM_RELEASE                VWR_SND_R_PCM_RELEASE
#define VIRTIO_SND_R_PCM_START                  VWR_SND_R_PCM_START
#define VIRTIO_SND_R_PCM_STOP                   VWR_SND_R_PCM_STOP
#define VIRTIO_SND_R_CHMAP_INFO                 VWR_SND_R_CHMAP_INFO
#define VIRTIO_SND_R_CTL_INFO                   VWR_SND_R_CTL_INFO
#define VIRTIO_SND_R_CTL_ENUM_ITEMS             VWR_SND_R_CTL_ENUM_ITEMS
#define VIRTIO_SND_R_CTL_READ                   VWR_SND_R_CTL_READ
#define VIRTIO_SND_R_CTL_WRITE                  VWR_SND_R_CTL_WRITE
#define VIRTIO_SND_R_CTL_TLV_READ               VWR_SND_R_CTL_TLV_READ
#define VIRTIO_SND_R_CTL_TLV_WRITE              VWR_SND_R_CTL_TLV_WRITE
#define VIRTIO_SND_R_CTL_TLV_COMMAND            VWR_SND_R_CTL_TLV_COMMAND

#define VIRTIO_SND_EVT_JACK_CONNECTED           VWR_SND_EVT_JACK_CONNECTED
#define VIRTIO_SND_EVT_JACK_DISCONNECTED        VWR_SND_EVT_JACK_DISCONNECTED
#define VIRTIO_SND_EVT_PCM_PERIOD_ELAPSED       VWR_SND_EVT_PCM_PERIOD_ELAPSED
#define VIRTIO_SND_EVT_PCM_XRUN                 VWR_SND_EVT_PCM_XRUN
#define VIRTIO_SND_EVT_CTL_NOTIFY               VWR_SND_EVT_CTL_NOTIFY

#define virtio_snd_hdr                          vwr_snd_hdr
#define virtio_snd_event                        vwr_snd_event
#define virtio_snd_query_info                   vwr_snd_query_info
#define virtio_snd_info                         vwr_snd_info
#define virtio_snd_jack_hdr                     vwr_snd_jack_hdr
#define virtio_snd_jack_info                    vwr_snd_jack_info
#define virtio_snd_jack_remap                   vwr_snd_jack_remap
#define virtio_snd_pcm_hdr                      vwr_snd_pcm_hdr
#define virtio_snd_pcm_info                     vwr_snd_pcm_info
#define virtio_snd_pcm_set_params               vwr_snd_pcm_set_params
#define virtio_snd_pcm_xfer                     vwr_snd_pcm_xfer
#define virtio_snd_pcm_status                   vwr_snd_pcm_status
#define virtio_snd_chmap_info                   vwr_snd_chmap_info
#define virtio_snd_ctl_hdr                      vwr_snd_ctl_hdr
#define virtio_snd_ctl_info                     vwr_snd_ctl_info
#define virtio_snd_ctl_enum_item                vwr_snd_ctl_enum_item
#define virtio_snd_ctl_iec958                   vwr_snd_ctl_iec958
#define virtio_snd_ctl_value                    vwr_snd_ctl_value
#define virtio_snd_ctl_tlv                      vwr_snd_ctl_tlv
#define virtio_snd_ctl_event                    vwr_snd_ctl_event
#define virtio_snd_config                       vwr_snd_config

#endif
