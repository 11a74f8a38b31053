/* SPDX-License-Identifier: MIT */
#include "posix_host.h"

#include "vwr_posix_clocks.h"

#include <time.h>

/* Provides the host's clocks to a guest. */

#define SECOND 1000000000u /* in nanoseconds */

static int posix_read_clock(struct vwr_vrtc *v, unsigned clock, uint64_t *ns)
{
    struct timespec now;
    clockid_t id;

    switch (v->clocks[clock].type) {
    case VWR_RTC_CLOCK_UTC:
        id = CLOCK_REALTIME;
        break;
#ifdef CLOCK_TAI
    case VWR_RTC_CLOCK_TAI:
        id = CLOCK_TAI;
        break;
#endif
    case VWR_RTC_CLOCK_MONOTONIC:
        id = CLOCK_MONOTONIC;
        break;
    default:
        return VWR_EUNSUPP;
    }
    if (clock_gettime(id, &now) != 0 || now.tv_sec < 0)
        return VWR_EIO;
    *ns = (uint64_t)now.tv_sec * SECOND + (uint64_t)now.tv_nsec;
    return VWR_OK;
}

const struct vwr_vrtc_ops vwr_posix_clocks_ops = {.clock_read = posix_read_clock};
