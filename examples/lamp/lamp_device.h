/* SPDX-License-Identifier: MIT */
#ifndef LAMP_DEVICE_H
#define LAMP_DEVICE_H

#include "vwr/service/lamp.h"

/* A lamp for a guest. Section: Lamp Device. */

/* What the VMM does: level 0 is off. False: the lamp is broken. Called with the lock held. */
typedef bool lamp_light(uint16_t level, uint16_t colour);

/* What the functions of the device have, as the VMM defines it. */
struct vwr_lamp_vdevice {
    lamp_light *light;
};

extern const struct vwr_lamp_vservice_calls lamp_calls;

/* Another bulb: the guest is notified. Takes the lock. */
void lamp_set_max_level(struct vwr_lamp_vservice *s, uint16_t max_level);

#endif
