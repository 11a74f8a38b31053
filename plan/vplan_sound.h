/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_SOUND_H
#define VWR_VPLAN_SOUND_H

#include "vplan.h"
#include "vwr/vsound.h"

VWR_BEGIN_C

/* A sound card of a plan has no options: hooks and tables are the VMM's, host->sound. */
vwr_vplan_build vwr_vplan_build_sound;

VWR_END_C

#endif
