/* SPDX-License-Identifier: MIT */
#ifndef RISCV64_MACHINE_H
#define RISCV64_MACHINE_H

#include "board.h"
#include "mode.h"

/*
 * Interrupt controllers of a RISC-V board, from its device tree; only the parts for the current mode and
 * hart. The tree's references point to those for supervisor mode even if no firmware delegates them.
 */
struct machine {
    uintptr_t plic; /* 0: none */
    uint32_t plic_context;
    uint32_t plic_sources;
    uintptr_t aplic; /* 0: none */
    uint32_t aplic_sources;
    uint64_t imsic;      /* the hart's page; 0: none */
    uint32_t imsic_hart; /* index of the hart's page */
    uint32_t imsic_ids;
    uintptr_t time;    /* timer registers of machine mode; 0: none */
    uintptr_t compare; /* of hart 0 */
    uint32_t hertz;    /* of the time CSR */
};

/* NULL, or a message about what is missing in the tree. */
const char *machine_read(struct machine *m, const void *tree);

/* Called by start.S on the hart that starts. */
void machine_start(unsigned long hart, const void *tree);

/* Number of the current hart. */
uint32_t machine_hart(void);

/* Called by start.S on a trap, with the cause CSR; an exception is fatal. */
void on_interrupt(unsigned long cause);
_Noreturn void on_exception(unsigned long cause, unsigned long pc, unsigned long value);

void machine_put(const char *text);
void machine_put_hex(unsigned long v);

/* Prints the message and powers off. */
_Noreturn void machine_fail(const char *why);

/*
 * Starts the timer of this mode, which vwr_riscv_timer of the port sets: clint.c in machine mode, sbi.c with
 * the firmware. Returns NULL or an error message. Both files also implement board_off.
 */
const char *timer_start(const struct machine *m);

/* Calls the handlers of a number: a source of the PLIC, an identity of the IMSIC. */
void irq_dispatch(uint32_t number);

/* Interrupt controllers; `serve` handles an interrupt. false: no such line. */
void plic_start(const struct machine *m);
bool plic_line(uint32_t source);
void plic_serve(void);

void imsic_start(const struct machine *m);
void imsic_enable(uint32_t id);
void imsic_serve(void);

void aplic_start(const struct machine *m);
bool aplic_line(uint32_t source, uint32_t sense);

#endif
