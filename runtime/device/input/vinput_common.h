/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VINPUT_COMMON_H
#define VWR_DEVICE_VINPUT_COMMON_H

#include "vwr/bytes.h"
#include "vwr/vinput.h"
#include "../vdev/vdev_common.h"

/* Between the files of an input device; not for the embedder. All with the lock held. */

static inline struct vwr_vinput *vinput_of(struct vwr_input_vservice *s)
{
    return (struct vwr_vinput *)(void *)s;
}

/* vwr_vinput_config.c: puts the answer to select and subsel into the configuration */
void vwr_vinput_answer(struct vwr_vinput *in);
/* Has the model this code? */
bool vwr_vinput_has(const struct vwr_vinput_model *m, uint16_t type, uint16_t code);

/* vwr_vinput_events.c: the driver has made buffers available for events */
void vwr_vinput_posted(struct vwr_input_vservice *s, uint16_t queue);
/* Of a group of which the driver has a part, the rest */
void vwr_vinput_drop_rest(struct vwr_vinput *in);
/* All events; the group that comes is lost */
void vwr_vinput_forget(struct vwr_vinput *in);

#endif
