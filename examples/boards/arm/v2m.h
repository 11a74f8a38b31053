/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_V2M_H
#define BOARDS_V2M_H

#include "vwr/pci.h"

/* GICv2m: a frame of registers at which a write makes an interrupt of the GICv2. */

void v2m_start(uintptr_t frame);

/* The next message, and the interrupt that it makes; false: there are no more. */
bool v2m_take(struct vwr_pci_message *message, uint32_t *number);

#endif
