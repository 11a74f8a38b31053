/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_INTERRUPT_H
#define BOARDS_INTERRUPT_H

#include "board.h"
#include "gic.h"

/* Interrupts of the Arm boards: handlers by number, independent of the controller. */

struct interrupt_controller {
    void (*enable)(uint32_t number, enum gic_trigger trigger);
    uint32_t (*acknowledge)(void); /* GIC_NONE to 1023: no interrupt */
    void (*end)(uint32_t number);
    /* Allocates a message of a function, and its interrupt; false: none left. NULL: no messages. */
    bool (*message)(uint32_t id, struct vwr_pci_message *message, uint32_t *number);
};

/* Uses an enabled interrupt controller. NULL: there is none, and no device gets interrupts. */
void interrupt_start(const struct interrupt_controller *c);

/* Called by vectors.S. */
void on_interrupt(void);

#endif
