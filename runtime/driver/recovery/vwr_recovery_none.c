/* SPDX-License-Identifier: MIT */
#include "vwr/recovery.h"

/* For classes that need nothing of their device, and take no feature. */

const struct vwr_features vwr_features_none;

int vwr_recovery_configure_none(struct vwr_recovery *v)
{
    (void)v;
    return VWR_OK;
}

int vwr_recovery_open_none(struct vwr_recovery *v, const struct vwr_recovery_class *cls,
                           const struct vwr_features *avoid)
{
    v->need = &vwr_features_none;
    v->avoid = avoid;
    return vwr_recovery_open(v, cls);
}
