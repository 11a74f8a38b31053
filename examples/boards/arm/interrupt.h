/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_INTERRUPT_H
#define BOARDS_INTERRUPT_H

#include "board.h"

/* Interrupts of the Arm boards: what the device tree says of the controller, and who handles which number. */

void interrupt_start(const struct board_description *d);

/* What vectors.S calls. */
void on_interrupt(void);

#endif
