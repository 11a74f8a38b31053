/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VTEXT_COMMON_H
#define VWR_DEVICE_VTEXT_COMMON_H

#include "vwr/text.h"
#include "vwr/vdev.h"

/* Between the files that put devices into words; not for the embedder. */

static inline void vtext_dec(struct vwr_text *t, const char *before, uint64_t v, const char *after)
{
    vwr_text_str(t, before);
    vwr_text_dec(t, v);
    vwr_text_str(t, after);
}

static inline void vtext_hex(struct vwr_text *t, const char *before, uint64_t v, const char *after)
{
    vwr_text_str(t, before);
    vwr_text_hex(t, v);
    vwr_text_str(t, after);
}

/* The name of a feature of this device, NULL if the specification has none for the bit. */
const char *vwr_vtext_feature(const struct vwr_vdev *v, uint32_t bit);

#endif
