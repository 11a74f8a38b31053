/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/sound.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Sound Device */

#include "vwr/gen/sound.h"

const struct vwr_name vwr_snd_feature_names[] = {
    {VWR_SND_F_CTLS, "CTLS"},
    {0, NULL},
};

const struct vwr_name vwr_snd_status_names[] = {
    {VWR_SND_S_OK, "OK"},
    {VWR_SND_S_BAD_MSG, "BAD_MSG"},
    {VWR_SND_S_NOT_SUPP, "NOT_SUPP"},
    {VWR_SND_S_IO_ERR, "IO_ERR"},
    {0, NULL},
};

const struct vwr_name vwr_snd_direction_names[] = {
    {VWR_SND_D_OUTPUT, "OUTPUT"},
    {VWR_SND_D_INPUT, "INPUT"},
    {0, NULL},
};

const struct vwr_name vwr_snd_jack_feature_names[] = {
    {VWR_SND_JACK_F_REMAP, "REMAP"},
    {0, NULL},
};

const struct vwr_name vwr_snd_pcm_feature_names[] = {
    {VWR_SND_PCM_F_SHMEM_HOST, "SHMEM_HOST"},
    {VWR_SND_PCM_F_SHMEM_GUEST, "SHMEM_GUEST"},
    {VWR_SND_PCM_F_MSG_POLLING, "MSG_POLLING"},
    {VWR_SND_PCM_F_EVT_SHMEM_PERIODS, "EVT_SHMEM_PERIODS"},
    {VWR_SND_PCM_F_EVT_XRUNS, "EVT_XRUNS"},
    {0, NULL},
};

const struct vwr_name vwr_snd_pcm_format_names[] = {
    {VWR_SND_PCM_FMT_IMA_ADPCM, "IMA_ADPCM"},
    {VWR_SND_PCM_FMT_MU_LAW, "MU_LAW"},
    {VWR_SND_PCM_FMT_A_LAW, "A_LAW"},
    {VWR_SND_PCM_FMT_S8, "S8"},
    {VWR_SND_PCM_FMT_U8, "U8"},
    {VWR_SND_PCM_FMT_S16, "S16"},
    {VWR_SND_PCM_FMT_U16, "U16"},
    {VWR_SND_PCM_FMT_S18_3, "S18_3"},
    {VWR_SND_PCM_FMT_U18_3, "U18_3"},
    {VWR_SND_PCM_FMT_S20_3, "S20_3"},
    {VWR_SND_PCM_FMT_U20_3, "U20_3"},
    {VWR_SND_PCM_FMT_S24_3, "S24_3"},
    {VWR_SND_PCM_FMT_U24_3, "U24_3"},
    {VWR_SND_PCM_FMT_S20, "S20"},
    {VWR_SND_PCM_FMT_U20, "U20"},
    {VWR_SND_PCM_FMT_S24, "S24"},
    {VWR_SND_PCM_FMT_U24, "U24"},
    {VWR_SND_PCM_FMT_S32, "S32"},
    {VWR_SND_PCM_FMT_U32, "U32"},
    {VWR_SND_PCM_FMT_FLOAT, "FLOAT"},
    {VWR_SND_PCM_FMT_FLOAT64, "FLOAT64"},
    {VWR_SND_PCM_FMT_DSD_U8, "DSD_U8"},
    {VWR_SND_PCM_FMT_DSD_U16, "DSD_U16"},
    {VWR_SND_PCM_FMT_DSD_U32, "DSD_U32"},
    {VWR_SND_PCM_FMT_IEC958_SUBFRAME, "IEC958_SUBFRAME"},
    {0, NULL},
};

const struct vwr_name vwr_snd_pcm_rate_names[] = {
    {VWR_SND_PCM_RATE_5512, "5512"},
    {VWR_SND_PCM_RATE_8000, "8000"},
    {VWR_SND_PCM_RATE_11025, "11025"},
    {VWR_SND_PCM_RATE_16000, "16000"},
    {VWR_SND_PCM_RATE_22050, "22050"},
    {VWR_SND_PCM_RATE_32000, "32000"},
    {VWR_SND_PCM_RATE_44100, "44100"},
    {VWR_SND_PCM_RATE_48000, "48000"},
    {VWR_SND_PCM_RATE_64000, "64000"},
    {VWR_SND_PCM_RATE_88200, "88200"},
    {VWR_SND_PCM_RATE_96000, "96000"},
    {VWR_SND_PCM_RATE_176400, "176400"},
    {VWR_SND_PCM_RATE_192000, "192000"},
    {VWR_SND_PCM_RATE_384000, "384000"},
    {VWR_SND_PCM_RATE_12000, "12000"},
    {VWR_SND_PCM_RATE_24000, "24000"},
    {0, NULL},
};

const struct vwr_name vwr_snd_chmap_names[] = {
    {VWR_SND_CHMAP_NONE, "NONE"},
    {VWR_SND_CHMAP_NA, "NA"},
    {VWR_SND_CHMAP_MONO, "MONO"},
    {VWR_SND_CHMAP_FL, "FL"},
    {VWR_SND_CHMAP_FR, "FR"},
    {VWR_SND_CHMAP_RL, "RL"},
    {VWR_SND_CHMAP_RR, "RR"},
    {VWR_SND_CHMAP_FC, "FC"},
    {VWR_SND_CHMAP_LFE, "LFE"},
    {VWR_SND_CHMAP_SL, "SL"},
    {VWR_SND_CHMAP_SR, "SR"},
    {VWR_SND_CHMAP_RC, "RC"},
    {VWR_SND_CHMAP_FLC, "FLC"},
    {VWR_SND_CHMAP_FRC, "FRC"},
    {VWR_SND_CHMAP_RLC, "RLC"},
    {VWR_SND_CHMAP_RRC, "RRC"},
    {VWR_SND_CHMAP_FLW, "FLW"},
    {VWR_SND_CHMAP_FRW, "FRW"},
    {VWR_SND_CHMAP_FLH, "FLH"},
    {VWR_SND_CHMAP_FCH, "FCH"},
    {VWR_SND_CHMAP_FRH, "FRH"},
    {VWR_SND_CHMAP_TC, "TC"},
    {VWR_SND_CHMAP_TFL, "TFL"},
    {VWR_SND_CHMAP_TFR, "TFR"},
    {VWR_SND_CHMAP_TFC, "TFC"},
    {VWR_SND_CHMAP_TRL, "TRL"},
    {VWR_SND_CHMAP_TRR, "TRR"},
    {VWR_SND_CHMAP_TRC, "TRC"},
    {VWR_SND_CHMAP_TFLC, "TFLC"},
    {VWR_SND_CHMAP_TFRC, "TFRC"},
    {VWR_SND_CHMAP_TSL, "TSL"},
    {VWR_SND_CHMAP_TSR, "TSR"},
    {VWR_SND_CHMAP_LLFE, "LLFE"},
    {VWR_SND_CHMAP_RLFE, "RLFE"},
    {VWR_SND_CHMAP_BC, "BC"},
    {VWR_SND_CHMAP_BLC, "BLC"},
    {VWR_SND_CHMAP_BRC, "BRC"},
    {0, NULL},
};

const struct vwr_name vwr_snd_ctl_role_names[] = {
    {VWR_SND_CTL_ROLE_UNDEFINED, "UNDEFINED"},
    {VWR_SND_CTL_ROLE_VOLUME, "VOLUME"},
    {VWR_SND_CTL_ROLE_MUTE, "MUTE"},
    {VWR_SND_CTL_ROLE_GAIN, "GAIN"},
    {0, NULL},
};

const struct vwr_name vwr_snd_ctl_type_names[] = {
    {VWR_SND_CTL_TYPE_BOOLEAN, "BOOLEAN"},
    {VWR_SND_CTL_TYPE_INTEGER, "INTEGER"},
    {VWR_SND_CTL_TYPE_INTEGER64, "INTEGER64"},
    {VWR_SND_CTL_TYPE_ENUMERATED, "ENUMERATED"},
    {VWR_SND_CTL_TYPE_BYTES, "BYTES"},
    {VWR_SND_CTL_TYPE_IEC958, "IEC958"},
    {0, NULL},
};

const struct vwr_name vwr_snd_ctl_access_names[] = {
    {VWR_SND_CTL_ACCESS_READ_BIT, "READ_BIT"},
    {VWR_SND_CTL_ACCESS_WRITE_BIT, "WRITE_BIT"},
    {VWR_SND_CTL_ACCESS_VOLATILE_BIT, "VOLATILE_BIT"},
    {VWR_SND_CTL_ACCESS_INACTIVE_BIT, "INACTIVE_BIT"},
    {VWR_SND_CTL_ACCESS_TLV_READ_BIT, "TLV_READ_BIT"},
    {VWR_SND_CTL_ACCESS_TLV_WRITE_BIT, "TLV_WRITE_BIT"},
    {VWR_SND_CTL_ACCESS_TLV_COMMAND_BIT, "TLV_COMMAND_BIT"},
    {0, NULL},
};

const struct vwr_name vwr_snd_ctl_evt_mask_names[] = {
    {VWR_SND_CTL_EVT_MASK_VALUE_BIT, "VALUE_BIT"},
    {VWR_SND_CTL_EVT_MASK_INFO_BIT, "INFO_BIT"},
    {VWR_SND_CTL_EVT_MASK_TLV_BIT, "TLV_BIT"},
    {0, NULL},
};

const struct vwr_name vwr_snd_request_type_names[] = {
    {VWR_SND_R_JACK_INFO, "JACK_INFO"},
    {VWR_SND_R_JACK_REMAP, "JACK_REMAP"},
    {VWR_SND_R_PCM_INFO, "PCM_INFO"},
    {VWR_SND_R_PCM_SET_PARAMS, "PCM_SET_PARAMS"},
    {VWR_SND_R_PCM_PREPARE, "PCM_PREPARE"},
    {VWR_SND_R_PCM_RELEASE, "PCM_RELEASE"},
    {VWR_SND_R_PCM_START, "PCM_START"},
    {VWR_SND_R_PCM_STOP, "PCM_STOP"},
    {VWR_SND_R_CHMAP_INFO, "CHMAP_INFO"},
    {VWR_SND_R_CTL_INFO, "CTL_INFO"},
    {VWR_SND_R_CTL_ENUM_ITEMS, "CTL_ENUM_ITEMS"},
    {VWR_SND_R_CTL_READ, "CTL_READ"},
    {VWR_SND_R_CTL_WRITE, "CTL_WRITE"},
    {VWR_SND_R_CTL_TLV_READ, "CTL_TLV_READ"},
    {VWR_SND_R_CTL_TLV_WRITE, "CTL_TLV_WRITE"},
    {VWR_SND_R_CTL_TLV_COMMAND, "CTL_TLV_COMMAND"},
    {0, NULL},
};

const struct vwr_name vwr_snd_event_type_names[] = {
    {VWR_SND_EVT_JACK_CONNECTED, "JACK_CONNECTED"},
    {VWR_SND_EVT_JACK_DISCONNECTED, "JACK_DISCONNECTED"},
    {VWR_SND_EVT_PCM_PERIOD_ELAPSED, "PCM_PERIOD_ELAPSED"},
    {VWR_SND_EVT_PCM_XRUN, "PCM_XRUN"},
    {VWR_SND_EVT_CTL_NOTIFY, "CTL_NOTIFY"},
    {0, NULL},
};
