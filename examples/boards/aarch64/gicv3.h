/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_GICV3_H
#define BOARDS_GICV3_H

#include "interrupt.h"

/*
 * A GICv3 for the first CPU. The registers of it and of its ITS are those of Arm's Generic Interrupt
 * Controller Architecture Specification, versions 3 and 4.
 */

#define GICV3_LPI 8192u /* the first interrupt that comes by a message */

/* By the device tree; without an ITS there are no messages. NULL: there is no GICv3 that does as it should.
 */
const struct interrupt_controller *gicv3_start(const struct board_description *d);

/* its.c: lets messages in; false: it does not do as it should, and there are none. */
bool its_start(uintptr_t its, uintptr_t redistributor);

/* The next message of a function, and the interrupt that it makes. */
bool its_message(uint32_t id, struct vwr_pci_message *message, uint32_t *number);

/* A message's interrupt is let in. */
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
