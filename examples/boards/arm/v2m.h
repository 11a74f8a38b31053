/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_V2M_H
#define BOARDS_V2M_H

#include "interrupt.h"

/* A GICv2 for one CPU, with a GICv2m: a frame of registers at which a write makes an interrupt. */

/* By the addresses of their registers; `frame` 0: there are no messages. */
const struct interrupt_controller *v2m_start(uintptr_t distributor, uintptr_t cpu_interface, uintptr_t frame);

#endif
