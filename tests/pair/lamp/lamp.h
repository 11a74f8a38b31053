/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_LAMP_H
#define VWR_PAIR_LAMP_H

#include "vwr/client/lamp.h"
#include "vwr/service/lamp.h"

/* A device that nobody has, with both its ends out of lamp.yaml: what the test has of the two. */

#define LAMP_QUEUE_SIZE 16u
#define LAMP_CALLS 6u
#define LAMP_BUFFERS 4u
#define LAMP_BYTES 64u /* of a buffer */
#define LAMP_SHARED_BYTES 0x8000u

/* The device; `lamp_blinks` is what the test answers. */
extern const struct vwr_lamp_vservice_calls lamp_calls;
extern struct vwr_lamp_vdevice lamp_house;
extern struct vwr_vmessage *lamp_blinks;
extern uint64_t lamp_ticket;

/* The program: `memory` is LAMP_SHARED_BYTES that the device reaches; an evening answers how many lamps are
 * broken. */
extern struct vwr_lamp_client lamp_driver;
int lamp_open(volatile void *registers, void *memory, const struct vwr_features *avoid);
int lamp_evening(const uint8_t *music, size_t bytes);

/* An evening with a lamp that breaks, in a VM: for whoever looks on. `kind` as disk.h has them. */
void lamp_one_evening(unsigned kind);

#endif
