/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_EXPLAIN_COMMON_H
#define VWR_DRIVER_EXPLAIN_COMMON_H

#include "vwr/dev.h"
#include "vwr/names.h"
#include "vwr/text.h"

/* Between the explain files; not for the embedder. */

/* What to do about a legacy device where a modern one was wanted. */
#define VWR_EXPLAIN_FOR_MODERN "for modern, QEMU wants -global virtio-mmio.force-legacy=false"

/* A fault that any device can have. `names` are those of its class's features, or NULL. */
void vwr_explain_dev(struct vwr_text *t, const struct vwr_dev *d, const struct vwr_fault *f,
                     const struct vwr_name *names);

#endif
