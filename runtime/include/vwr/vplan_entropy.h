/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_ENTROPY_H
#define VWR_VPLAN_ENTROPY_H

#include "vwr/ventropy.h"
#include "vwr/vplan.h"

#ifdef __cplusplus
extern "C" {
#endif

/* An entropy device of a plan has no options. */
vwr_vplan_build vwr_vplan_build_entropy;

#ifdef __cplusplus
}
#endif

#endif
