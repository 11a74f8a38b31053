/* SPDX-License-Identifier: MIT */
/*
 * Supervisor mode: timer and power off with calls of the RISC-V Supervisor Binary Interface Specification,
 * version 1.0. The clock is the time CSR.
 */
#include "machine.h"

#define SBI_BASE 0x10ul
#define SBI_BASE_PROBE 3ul
#define SBI_TIME 0x54494d45ul
#define SBI_TIME_SET 0ul
#define SBI_SRST 0x53525354ul
#define SBI_SRST_RESET 0ul
#define SBI_SRST_SHUTDOWN 0ul
#define SBI_SRST_NO_REASON 0ul
#define SBI_SRST_FAILURE 1ul

/* Returns the value, or 0 if the call fails. */
static unsigned long sbi_call(unsigned long extension, unsigned long function, unsigned long first,
                              unsigned long second)
{
    register unsigned long a0 __asm__("a0") = first;
    register unsigned long a1 __asm__("a1") = second;
    register unsigned long a6 __asm__("a6") = function;
    register unsigned long a7 __asm__("a7") = extension;

    __asm__ volatile("ecall" : "+r"(a0), "+r"(a1) : "r"(a6), "r"(a7) : "memory");
    return a0 == 0 ? a1 : 0;
}

void vwr_riscv_timer(uint32_t us)
{
    unsigned long now;

    __asm__ volatile("rdtime %0" : "=r"(now));
    (void)sbi_call(SBI_TIME, SBI_TIME_SET,
                   us == 0 ? UINT64_MAX : now + (uint64_t)us * (VWR_RISCV_TIME_HZ / 1000000u), 0);
}

const char *timer_start(const struct machine *m)
{
    (void)m;
    if (sbi_call(SBI_BASE, SBI_BASE_PROBE, SBI_TIME, 0) == 0)
        return "the firmware has no timer to bound a sleep";
    vwr_riscv_timer(0);
    return NULL;
}

/* If the firmware lacks the call, it returns, and the machine is not powered off. */
_Noreturn void board_off(int code)
{
    vwr_port_mb(); /* earlier writes have reached the devices */
    (void)sbi_call(SBI_SRST, SBI_SRST_RESET, SBI_SRST_SHUTDOWN,
                   code == 0 ? SBI_SRST_NO_REASON : SBI_SRST_FAILURE);
    for (;;)
        __asm__ volatile("wfi");
}
