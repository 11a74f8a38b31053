/* SPDX-License-Identifier: MIT */
#ifndef RISCV64_MACHINE_H
#define RISCV64_MACHINE_H

#include "board.h"

/*
 * Where the interrupt controllers of a RISC-V board are, by its device tree. The program is in machine mode,
 * so of each it is the part of machine mode of the hart that runs: the tree's own references lead to those of
 * supervisor mode, which firmware would leave to a kernel.
 */
struct machine {
    uint64_t plic; /* 0: none */
    uint32_t plic_context;
    uint32_t plic_sources;
    uint64_t aplic; /* 0: none */
    uint32_t aplic_sources;
    uint64_t imsic; /* the hart's page; 0: none */
    uint32_t imsic_ids;
    uint64_t time;    /* registers of the timer of machine mode; 0: none */
    uint64_t compare; /* hart 0's */
    uint64_t hertz;   /* of time */
};

/* NULL, or what the tree lacks, for people. */
const char *machine_read(struct machine *m, const void *tree);

/* start.S: the first code in C, by the hart that runs. */
void machine_start(const void *tree);

/* start.S, on a trap: the cause that mcause has; an exception is an end. */
void on_interrupt(uint64_t cause);
_Noreturn void on_exception(uint64_t cause, uint64_t pc, uint64_t value);

void machine_put(const char *text);
void machine_put_hex(uint64_t v);

/* Says why and switches off. */
_Noreturn void machine_fail(const char *why);

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
