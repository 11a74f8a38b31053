/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_ENTROPY_H
#define VWR_VPLAN_ENTROPY_H

#include "vwr/ventropy.h"
#include "vplan.h"

VWR_BEGIN_C

/* An entropy device of a plan has no options. */
vwr_vplan_build vwr_vplan_build_entropy;

VWR_END_C

#endif
