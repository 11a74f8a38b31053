/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_V2M_H
#define BOARDS_V2M_H

#include "interrupt.h"

/* A GICv2 for one CPU, with a GICv2m: a register frame whose write makes an interrupt pending. */

/* Located by the device tree; without the frame there are no messages. NULL: no GICv2. */
const struct interrupt_controller *v2m_start(const struct board_description *d);

#endif
