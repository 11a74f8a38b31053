/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_LAMP_H
#define VWR_PAIR_LAMP_H

#include "vwr/client/lamp.h"
#include "vwr/service/lamp.h"

/* A fictitious device, both sides of which are generated from lamp.yaml: their interface to the test. */

#define LAMP_QUEUE_SIZE 16u
#define LAMP_CALLS 6u
#define LAMP_BUFFERS 4u
#define LAMP_BYTES 64u /* buffer size */
#define LAMP_SHARED_BYTES 0x8000u

/* The device; the test answers the message in `lamp_blinks`. */
extern const struct vwr_lamp_vservice_calls lamp_calls;
extern struct vwr_lamp_vdevice lamp_house;
extern struct vwr_vmessage *lamp_blinks;
extern uint64_t lamp_ticket;

/* The program: `memory` has LAMP_SHARED_BYTES that the device can access; lamp_evening returns the number
 * of broken lamps. */
extern struct vwr_lamp_client lamp_driver;
int lamp_open(volatile void *registers, void *memory, const struct vwr_features *avoid);
int lamp_evening(const uint8_t *music, size_t bytes);

/* An evening in a VM with a lamp that breaks, for a trace. `kind` as in disk.h. */
void lamp_one_evening(unsigned kind);

#endif
