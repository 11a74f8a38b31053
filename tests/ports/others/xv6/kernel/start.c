/* SPDX-License-Identifier: MIT */
#include "types.h"
#include "param.h"
#include "memlayout.h"
#include "riscv.h"
#include "defs.h"

/*
 * Switches from machine mode to supervisor mode, which must not read the time, as in xv6. Sets up clock
 * interrupts.
 */

#define TICK 100000 /* 10 ms of QEMU's 10 MHz */

__attribute__((aligned(16))) char stack0[4096 * NCPU];
uint64 timer_scratch[NCPU][5];

int main(void);
void start(void);
void timerinit(void);
void timervec(void);

void start(void)
{
    w_mstatus((r_mstatus() & ~MSTATUS_MPP_MASK) | MSTATUS_MPP_S);
    w_mepc((uint64)main);
    w_satp(0);
    w_medeleg(0xffff);
    w_mideleg(0xffff);
    w_sie(r_sie() | SIE_SEIE | SIE_STIE | SIE_SSIE);
    w_pmpaddr0(0x3fffffffffffffull); /* gives supervisor mode access to all memory */
    w_pmpcfg0(0xf);
    timerinit();
    w_tp(r_mhartid());
    __asm__ volatile("mret");
}

void timerinit(void)
{
    volatile uint64 *const compare = (volatile uint64 *)CLINT_MTIMECMP(0);
    uint64 *const scratch = timer_scratch[0];

    *compare = *(volatile uint64 *)CLINT_MTIME + TICK;
    scratch[2] = (uint64)compare;
    scratch[3] = TICK;
    w_mscratch((uint64)scratch);
    w_mtvec((uint64)timervec);
    w_mstatus(r_mstatus() | MSTATUS_MIE);
    w_mie(r_mie() | MIE_MTIE);
}
