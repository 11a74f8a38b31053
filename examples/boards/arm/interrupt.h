/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_INTERRUPT_H
#define BOARDS_INTERRUPT_H

#include "board.h"
#include "gic.h"

/* Interrupts of the Arm boards: who handles which number, whatever the controller is. */

struct interrupt_controller {
    void (*enable)(uint32_t number, enum gic_trigger trigger);
    uint32_t (*acknowledge)(void); /* GIC_NONE to 1023: nothing is to be handled */
    void (*end)(uint32_t number);
    /* The next message of a function, and the interrupt that it makes; false: there is none. NULL: no
     * messages. */
    bool (*message)(uint32_t id, struct vwr_pci_message *message, uint32_t *number);
};

/* The controller is on; from here on interrupts are its. NULL: there is none, and no device can have an
 * interrupt. */
void interrupt_start(const struct interrupt_controller *c);

/* What vectors.S calls. */
void on_interrupt(void);

#endif
