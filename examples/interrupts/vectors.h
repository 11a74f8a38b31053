/* SPDX-License-Identifier: MIT */
#ifndef INTERRUPTS_VECTORS_H
#define INTERRUPTS_VECTORS_H

/* Takes the table of vectors.S, in place of the one that start.S has set; interrupts stay masked. */
void vectors_start(void);

/* What the image has for each interrupt; called with interrupts masked. */
void on_interrupt(void);

#endif
