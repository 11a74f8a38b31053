/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_GICV3_H
#define BOARDS_GICV3_H

#include "interrupt.h"

/*
 * A GICv3 for the first CPU. Its registers and those of its ITS are from Arm's Generic Interrupt Controller
 * Architecture Specification, versions 3 and 4.
 */

#define GICV3_LPI 8192u /* the first message interrupt */

/* Located by the device tree; without an ITS there are no messages. NULL: no working GICv3. */
const struct interrupt_controller *gicv3_start(const struct board_description *d);

/* its.c: enables messages; false: the ITS does not work, so there are none. */
bool its_start(uintptr_t its, uintptr_t redistributor);

/* Allocates a message of a function, and its interrupt. */
bool its_message(uint32_t id, struct vwr_pci_message *message, uint32_t *number);

/* Enables a message's interrupt. */
void its_enable(uint32_t number);

static inline volatile uint32_t *gicv3_word(uintptr_t base, uint32_t offset)
{
    return (volatile uint32_t *)(base + offset);
}

static inline volatile uint64_t *gicv3_long(uintptr_t base, uint32_t offset)
{
    return (volatile uint64_t *)(base + offset);
}

#endif
