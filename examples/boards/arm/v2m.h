/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_V2M_H
#define BOARDS_V2M_H

#include "interrupt.h"

/* A GICv2 for one CPU, with a GICv2m: a frame of registers at which a write makes an interrupt. */

/* By the device tree; without the frame there are no messages. NULL: there is no GICv2. */
const struct interrupt_controller *v2m_start(const struct board_description *d);

#endif
