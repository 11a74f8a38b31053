/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_CAN_H
#define VWR_VPLAN_CAN_H

#include "vplan.h"
#include "vwr/vcan.h"

VWR_BEGIN_C

/* A CAN controller of a plan has no options: hooks and frame types are the VMM's, host->can. */
vwr_vplan_build vwr_vplan_build_can;

VWR_END_C

#endif
