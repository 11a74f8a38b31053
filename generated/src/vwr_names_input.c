/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/input.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Input Device */

#include "vwr/gen/input.h"

const struct vwr_name vwr_input_config_select_names[] = {
    {VWR_INPUT_CFG_UNSET, "UNSET"},
    {VWR_INPUT_CFG_ID_NAME, "ID_NAME"},
    {VWR_INPUT_CFG_ID_SERIAL, "ID_SERIAL"},
    {VWR_INPUT_CFG_ID_DEVIDS, "ID_DEVIDS"},
    {VWR_INPUT_CFG_PROP_BITS, "PROP_BITS"},
    {VWR_INPUT_CFG_EV_BITS, "EV_BITS"},
    {VWR_INPUT_CFG_ABS_INFO, "ABS_INFO"},
    {0, NULL},
};
