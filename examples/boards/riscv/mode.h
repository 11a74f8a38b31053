/* SPDX-License-Identifier: MIT */
#ifndef RISCV_MODE_H
#define RISCV_MODE_H

/*
 * The mode in which the image runs: machine mode without firmware, or supervisor mode on OpenSBI. CSR names
 * are part of instructions, so the mode is selected at compile time. CSR(ie) is mie or sie. Shared by start.S
 * and C files.
 */
#ifdef VWR_RISCV_MACHINE
#define CSR(name) m##name
#define RETURN mret
#define CAUSE_TIMER 7 /* cause of an interrupt, and its bit in mie and sie */
#define CAUSE_EXTERNAL 11
#else
#define CSR(name) s##name
#define RETURN sret
#define CAUSE_TIMER 5
#define CAUSE_EXTERNAL 9
#endif

#define MODE_TEXT(name) MODE_TEXT_OF(name)
#define MODE_TEXT_OF(name) #name
#define CSR_TEXT(name) MODE_TEXT(CSR(name)) /* for asm statements */

#endif
