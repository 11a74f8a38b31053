/* SPDX-License-Identifier: MIT */
#include "sleep.h"

/* Each step of both is nonblocking; there is nothing else to do meanwhile. */

int sleep_part(const struct part *p)
{
    struct vwr_bringup *v;

    for (unsigned i = 0; (v = p->device(i)) != NULL; i++) {
        int r;

        while ((r = vwr_freeze(v)) == VWR_EBUSY)
            vwr_port_relax();
        if (r != VWR_OK)
            return r;
    }
    return VWR_OK;
}

int wake_part(const struct part *p)
{
    struct vwr_bringup *v;

    for (unsigned i = 0; (v = p->device(i)) != NULL; i++) {
        int r;

        while ((r = vwr_recover(v)) == VWR_EBUSY)
            vwr_port_relax();
        if (r != VWR_OK)
            return r;
    }
    return VWR_OK;
}
