/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VINPUT_COMMON_H
#define VWR_DEVICE_VINPUT_COMMON_H

#include "vwr/bytes.h"
#include "vwr/vinput.h"
#include "../core/vdev/vdev_common.h"

/* Shared by the files of an input device; not for embedders. The caller holds the lock. */

static inline struct vwr_vinput *vinput_of(struct vwr_input_vservice *s)
{
    return (struct vwr_vinput *)(void *)s;
}

/* Number of LED codes whose state is recorded, which is the number of LEDs in evdev. */
#define VINPUT_LEDS 16u

static inline bool vinput_is_end(const struct vwr_input_event_msg *e)
{
    return e->type == VWR_EV_SYN && e->code == VWR_SYN_REPORT;
}

/* vwr_vinput_config.c: writes the reply to select and subsel to the configuration */
void vwr_vinput_answer_(struct vwr_vinput *in);
/* Whether the model supports this code. */
bool vwr_vinput_has_(const struct vwr_vinput_model *m, uint16_t type, uint16_t code);

/* vwr_vinput_events.c: gets the event at a position of the FIFO */
struct vwr_input_event_msg *vwr_vinput_at_(const struct vwr_vinput *in, uint32_t at);
/* Called when the driver has made event buffers available */
void vwr_vinput_posted_(struct vwr_input_vservice *s, uint16_t queue);
/* Drops the rest of a group that the driver has partly received */
void vwr_vinput_drop_rest_(struct vwr_vinput *in);
/* Drops all events, and the group under construction */
void vwr_vinput_forget_(struct vwr_vinput *in);

#endif
