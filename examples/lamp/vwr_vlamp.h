/* SPDX-License-Identifier: MIT */
#ifndef VWR_VLAMP_H
#define VWR_VLAMP_H

#include "vwr/vdev.h"
#include "vwr/gen/lamp.h"

/* A lamp for a guest. Section: Lamp Device. */

#define VWR_VLAMP_QUEUES 1u
#define VWR_VLAMP_SEGS 8u /* segments of one request */

struct vwr_vlamp;

/* What the VMM does: level 0 is off. False: the lamp is broken. Called with the lock held. */
typedef bool vwr_vlamp_shine(struct vwr_vlamp *l, uint16_t level, uint16_t colour);

struct vwr_vlamp {
    struct vwr_vdev dev; /* first */
    void *context;
    /* private */
    vwr_vlamp_shine *shine;
    struct vwr_lamp_config config;
    struct vwr_vseg seg[VWR_VLAMP_SEGS];
};

/* `max_level` is the largest brightness; 0: it cannot be dimmed. VWR_OK; VWR_EINVAL; and as vwr_vdev_init. */
VWR_MUST_CHECK int vwr_vlamp_init(struct vwr_vlamp *l, const struct vwr_vdev_setup *s, vwr_vlamp_shine *shine,
                                  uint16_t max_level, void *context);

/* Another bulb: the guest is notified. Takes the lock. */
void vwr_vlamp_set_max_level(struct vwr_vlamp *l, uint16_t max_level);

#endif
