/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VINPUT_COMMON_H
#define VWR_DEVICE_VINPUT_COMMON_H

#include "vwr/bytes.h"
#include "vwr/vinput.h"
#include "../vdev/vdev_common.h"

/* Shared by the files of an input device; not for embedders. The caller holds the lock. */

static inline struct vwr_vinput *vinput_of(struct vwr_input_vservice *s)
{
    return (struct vwr_vinput *)(void *)s;
}

/* vwr_vinput_config.c: writes the reply to select and subsel to the configuration */
void vwr_vinput_answer(struct vwr_vinput *in);
/* Whether the model has this code. */
bool vwr_vinput_has(const struct vwr_vinput_model *m, uint16_t type, uint16_t code);

/* vwr_vinput_events.c: the driver has made event buffers available */
void vwr_vinput_posted(struct vwr_input_vservice *s, uint16_t queue);
/* Drops the rest of a group that the driver has received in part */
void vwr_vinput_drop_rest(struct vwr_vinput *in);
/* Drops all events, and the group under construction */
void vwr_vinput_forget(struct vwr_vinput *in);

#endif
