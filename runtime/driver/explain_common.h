/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_EXPLAIN_COMMON_H
#define VWR_DRIVER_EXPLAIN_COMMON_H

#include "vwr/dev.h"
#include "vwr/names.h"
#include "vwr/text.h"

/* Between the explain files; not for the embedder. */

/* The device's fault, without what only its class knows but for the names of its features, which may be NULL.
 */
void vwr_explain_dev(struct vwr_text *t, const struct vwr_dev *d, const struct vwr_name *names);

/* A status register with the names of its bits. */
void vwr_explain_status(struct vwr_text *t, uint32_t status);

#endif
