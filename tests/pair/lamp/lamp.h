/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_LAMP_H
#define VWR_PAIR_LAMP_H

#include "vwr/client/lamp.h"
#include "vwr/service/lamp.h"

/* A device that nobody has, with both its ends out of lamp.yaml. */

#define LAMP_SLOT 3u
#define LAMP_QUEUES 3u
#define LAMP_QUEUE_SIZE 16u
#define LAMP_SEGS 64u
#define LAMP_CALLS 6u
#define LAMP_BUFFERS 4u
#define LAMP_BYTES 64u /* of a buffer */
#define LAMPS 5u
#define LAMP_ROM 256u

struct lamp_device {
    struct vwr_lamp_vservice service; /* first */
    uint16_t level[LAMPS];
    uint8_t rom[LAMP_ROM];
    struct vwr_vmessage *blinks;
    uint32_t period;
    uint32_t played;
    uint32_t sum;
};

extern const struct vwr_lamp_vservice_calls lamp_calls;

#endif
