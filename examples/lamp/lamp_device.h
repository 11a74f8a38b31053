/* SPDX-License-Identifier: MIT */
#ifndef LAMP_DEVICE_H
#define LAMP_DEVICE_H

#include "vwr/service/lamp.h"

/* A lamp for a guest. Section: Lamp Device. */

/* Provided by the VMM: level 0 is off. false: the lamp is broken. Called with the lock held. */
typedef bool lamp_light(uint16_t level, uint16_t colour);

/* The VMM's data for the functions of the device. */
struct vwr_lamp_vdevice {
    lamp_light *light;
};

extern const struct vwr_lamp_vservice_calls lamp_calls;

/* Changes the maximum level and notifies the guest. Takes the lock. */
void lamp_set_max_level(struct vwr_lamp_vservice *s, uint16_t max_level);

#endif
