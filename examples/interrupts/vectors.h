/* SPDX-License-Identifier: MIT */
#ifndef INTERRUPTS_VECTORS_H
#define INTERRUPTS_VECTORS_H

/* Installs the vector table of vectors.S, replacing that of start.S; interrupts stay masked. */
void vectors_start(void);

/* The image's handler for all interrupts; called with interrupts masked. */
void on_interrupt(void);

#endif
