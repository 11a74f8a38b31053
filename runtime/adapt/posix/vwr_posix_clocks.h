/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_CLOCKS_H
#define VWR_POSIX_CLOCKS_H

#include "vwr/vrtc.h"

VWR_BEGIN_C

/*
 * Hooks of vwr/vrtc.h that read the host's clocks with clock_gettime, by the type of each clock: UTC,
 * MONOTONIC, and TAI where the host has it. They read no other type, and no counter. The VMM calls
 * vwr_vrtc_tick from time to time, so that alarms expire.
 */
extern const struct vwr_vrtc_ops vwr_posix_clocks_ops;

VWR_END_C

#endif
