/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scmi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCMI Device */

#ifndef VWR_GEN_DOCUMENT_SCMI_H
#define VWR_GEN_DOCUMENT_SCMI_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/scmi.h"

#define VIRTIO_SCMI_F_P2A_CHANNELS              VWR_SCMI_F_P2A_CHANNELS
#define VIRTIO_SCMI_F_SHARED_MEMORY             VWR_SCMI_F_SHARED_MEMORY

#define virtio_scmi_request                     vwr_scmi_request
#define virtio_scmi_response                    vwr_scmi_response
#define virtio_scmi_event_msg                   vwr_scmi_event_msg

#endif
