/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_CLOCKS_H
#define VWR_POSIX_CLOCKS_H

#include "vwr/vrtc.h"

VWR_BEGIN_C

/**
 * DOC: Clocks of a guest's RTC, on a POSIX system
 *
 * vwr_posix_clocks_ops has hooks of vwr/vrtc.h that read the host's clocks with clock_gettime(2).
 * The type of a guest's clock selects the host's: UTC, MONOTONIC, and TAI where the host has it.
 * The hooks have no other type, and no counter for cross timestamps. The VMM calls
 * vwr_vrtc_tick() regularly, so that alarms expire.
 */

extern const struct vwr_vrtc_ops vwr_posix_clocks_ops;

VWR_END_C

#endif
