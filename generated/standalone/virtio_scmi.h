/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scmi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCMI Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_SCMI_H
#define VWR_STANDALONE_SCMI_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_SCMI 32                               /* A platform that implements Arm SCMI. */

/* features; "Feature bits" */
#define VIRTIO_SCMI_F_P2A_CHANNELS 0                    /* The device has eventq, and sends at least one kind of
                                                           notification or delayed response. */
#define VIRTIO_SCMI_F_SHARED_MEMORY 1                   /* The device has at least one region of statistics in shared
                                                           memory. */

/* shared-memory; "SCMI Device" */
#define VIRTIO_SCMI_SHM_ID_POWER_STATE_STATISTICS 1     /* Power state statistics; with SHARED_MEMORY. */
#define VIRTIO_SCMI_SHM_ID_PERFORMANCE_DOMAIN_STATISTICS 2 /* Performance domain statistics; with SHARED_MEMORY. */
#define VIRTIO_SCMI_SHM_ID_SENSOR_VALUES 3              /* Sensor values; with SHARED_MEMORY. */

/* queues; "SCMI Device" */
#define VIRTIO_SCMI_QUEUE_CMDQ 0                        /* Commands and their responses. Quirk scmi.two-descriptors
                                                           (vhost-device 0.4.0): A command must consist of two
                                                           descriptors, one with the request and one for the
                                                           response. A driver puts the header and the parameters into
                                                           one descriptor, as Linux does. */
#define VIRTIO_SCMI_QUEUE_EVENTQ 1                      /* Notifications and delayed responses; with P2A_CHANNELS. */

/* A command. structs.request; "Device Operation / cmdq Operation" */
struct virtio_scmi_request {
    uint32_t hdr;                           /* Header of the SCMI message. */
    uint8_t params[];                       /* Parameters of the message. */
};
VIRTIO_SIZE(virtio_scmi_request, 4);

/* Response to a command. structs.response; "Device Operation / cmdq Operation" */
struct virtio_scmi_response {
    uint32_t hdr;                           /* Header of the SCMI message. */
    uint8_t ret_values[];                   /* Return values; the SCMI status is the first. */
};
VIRTIO_SIZE(virtio_scmi_response, 4);

/* A notification or delayed response. structs.event_msg; "Device Operation / eventq Operation" */
struct virtio_scmi_event_msg {
    uint32_t hdr;                           /* Header of the SCMI message. */
    uint8_t payload[];                      /* Payload of the message. */
};
VIRTIO_SIZE(virtio_scmi_event_msg, 4);

#undef VIRTIO_SIZE
#endif
