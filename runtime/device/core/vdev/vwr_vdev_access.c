/* SPDX-License-Identifier: MIT */
#include "vdev_common.h"

/* Register accesses: those that the generated tables allow, and those that are tolerated. */

bool vwr_vdev_allows_(struct vwr_vdev *v, bool legacy, const struct vwr_register *r, uint64_t offset,
                      unsigned bytes, bool is_write)
{
    const struct vwr_negotiation negotiation = {legacy, v->status, &v->accepted};
    const enum vwr_access_check check = vwr_check_register(r, offset, bytes, is_write, &negotiation);
    const unsigned forbids = r->must_be_clear[legacy ? 0 : 1] & v->status;

    if (check == VWR_ALLOWED)
        return true;
    if ((check != VWR_NOT_YET && check != VWR_NOT_NOW) || v->resetting) /* the class was reset already */
        return false;
    if ((forbids & VWR_STATUS_FEATURES_OK) != 0)
        vwr_tolerate_(&v->tolerated, VWR_TOLERATED_LATE_FEATURES);
    if (forbids != 0)
        return false;
    if ((r->must_be_set[1] & VWR_STATUS_DRIVER_OK) == 0) /* vwr_vdev_notified() counts notifications */
        vwr_tolerate_(&v->tolerated, VWR_TOLERATED_EARLY_REGISTER);
    return true;
}
