/* SPDX-License-Identifier: MIT */
#ifndef RISCV64_MACHINE_H
#define RISCV64_MACHINE_H

#include "board.h"
#include "mode.h"

/*
 * Where the interrupt controllers of a RISC-V board are, by its device tree. Of each it is the part of the
 * mode and the hart that run: the tree's own references lead to those of supervisor mode, also where there is
 * no firmware that leaves them to a kernel.
 */
struct machine {
    uintptr_t plic; /* 0: none */
    uint32_t plic_context;
    uint32_t plic_sources;
    uintptr_t aplic; /* 0: none */
    uint32_t aplic_sources;
    uint64_t imsic;      /* the hart's page; 0: none */
    uint32_t imsic_hart; /* the hart's place among the pages */
    uint32_t imsic_ids;
    uintptr_t time;    /* registers of the timer of machine mode; 0: none */
    uintptr_t compare; /* hart 0's */
    uint32_t hertz;    /* of time */
};

/* NULL, or what the tree lacks, for people. */
const char *machine_read(struct machine *m, const void *tree);

/* start.S: the first code in C, by the hart that runs. */
void machine_start(unsigned long hart, const void *tree);

/* The number of the hart that runs. */
uint32_t machine_hart(void);

/* start.S, on a trap: the cause that the CSR has; an exception is an end. */
void on_interrupt(unsigned long cause);
_Noreturn void on_exception(unsigned long cause, unsigned long pc, unsigned long value);

void machine_put(const char *text);
void machine_put_hex(unsigned long v);

/* Says why and switches off. */
_Noreturn void machine_fail(const char *why);

/*
 * The timer of this mode, which vwr_riscv_timer of the port sets: clint.c in machine mode, by firmware in
 * sbi.c. NULL, or why there is none. Either file has board_off too.
 */
const char *timer_start(const struct machine *m);

/* Calls who is connected to a number of the controller's: the PLIC's source, the IMSIC's identity. */
void irq_dispatch(uint32_t number);

/* The controllers, on an interrupt `serve`. False: there is no such line. */
void plic_start(const struct machine *m);
bool plic_line(uint32_t source);
void plic_serve(void);

void imsic_start(const struct machine *m);
void imsic_enable(uint32_t id);
void imsic_serve(void);

void aplic_start(const struct machine *m);
bool aplic_line(uint32_t source, uint32_t sense);

#endif
