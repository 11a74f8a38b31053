/* SPDX-License-Identifier: MIT */
#ifndef CPU_H
#define CPU_H

#include <stdbool.h>
#include <stdint.h>

#define CPU_CSRS 10u

/* A hart of rv32im with machine mode only. */
struct cpu {
    uint32_t x[32];
    uint32_t pc;
    uint32_t next; /* pc after the current instruction */
    uint32_t tval; /* of the exception that the current instruction raises */
    uint32_t csr[CPU_CSRS];
    bool waits; /* WFI */
    bool dead;  /* its trap handler is not in memory */
};

/* Provided by the machine. `addr` is a multiple of `bytes`. Returns false if nothing is at this address. */
bool bus_access(uint32_t addr, unsigned bytes, bool is_write, uint32_t *value);

void cpu_reset(struct cpu *c, uint32_t pc);
void cpu_step(struct cpu *c,
              bool interrupt); /* executes one instruction; `interrupt` is the level of the line */

#endif
