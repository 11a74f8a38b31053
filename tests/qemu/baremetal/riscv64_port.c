/* SPDX-License-Identifier: MIT */
/*
 * The port riscv64 on its machine: what vwr_port_selftest tries, and the sleep, which it cannot. In machine
 * mode with the board's start and timer; in supervisor mode, behind OpenSBI, with those that are here.
 */
#include "machine.h"
#include "vwr/selftest.h"

#define SLEEP_US 10000u
#define TRIES 5u

static _Alignas(4096) uint8_t memory[3 * 4096];
static volatile uint32_t word;

#ifndef VWR_RISCV64_MACHINE
#define SIE_TIMER 0x20ul
#define SBI_TIME 0x54494d45ul

void supervisor_start(void);

__asm__(".section .text.start, \"ax\"\n"
        ".global _start\n"
        "_start:\n"
        "    la      sp, stack_top\n"
        "    la      t0, supervisor_trap\n"
        "    csrw    stvec, t0\n"
        "    call    supervisor_start\n"
        "    .balign 4\n"
        "supervisor_trap:\n"
        "    csrr    a0, scause\n"
        "    call    on_interrupt\n"
        ".previous\n");

void on_interrupt(uint64_t cause)
{
    machine_put_hex(cause);
    machine_fail(" is a trap, and the sleep ends without one");
}

void supervisor_start(void)
{
    boards_main(NULL); /* OpenSBI starts with memory that is zero */
}

void board_interrupts_start(const struct board_description *d)
{
    (void)d;
    __asm__ volatile("csrs sie, %0\n\tcsrsi sstatus, 2" ::"r"(SIE_TIMER));
}

void vwr_riscv64_timer(uint32_t us)
{
    register uint64_t at __asm__("a0");
    register uint64_t function __asm__("a6") = 0;
    register uint64_t extension __asm__("a7") = SBI_TIME;
    uint64_t now;

    __asm__ volatile("rdtime %0" : "=r"(now));
    at = us == 0 ? UINT64_MAX : now + us * (VWR_RISCV64_TIME_HZ / 1000000u);
    __asm__ volatile("ecall" : "+r"(at) : "r"(function), "r"(extension) : "a1", "memory");
}
#endif

static bool interrupts_are_on(void)
{
    const uint64_t before = vwr_port_mask_interrupts();

    vwr_port_restore_interrupts(before);
    return (before & VWR_RISCV64_INTERRUPTS) != 0;
}

/* Microseconds that the hook takes. */
static uint64_t try_idle(uint32_t seen)
{
    const uint64_t from = vwr_port_time_us();

    vwr_port_idle(&word, seen, SLEEP_US);
    return vwr_port_time_us() - from;
}

/* The machine may be slow: of several tries one is quick. */
static bool does_not_sleep(void)
{
    for (unsigned i = 0; i < TRIES; i++)
        if (try_idle(word + 1u) < SLEEP_US / 2u)
            return true;
    return false;
}

static const char *find_fault(const struct board_description *d)
{
    static char text[160];
    uint64_t masked;

    if (vwr_port_selftest(memory, sizeof(memory), text, sizeof(text)) != VWR_OK)
        return text;
    board_interrupts_start(d);
    if (!interrupts_are_on())
        return "interrupts are masked at the beginning";
    if (try_idle(word) < SLEEP_US - 1u)
        return "the sleep is too short";
    if (!does_not_sleep())
        return "it sleeps though the word has changed";
    if (!interrupts_are_on())
        return "interrupts are masked after a sleep";
    masked = vwr_port_mask_interrupts();
    (void)try_idle(word);
    if (interrupts_are_on())
        return "interrupts that were masked are let in by a sleep";
    vwr_port_restore_interrupts(masked);
    return NULL;
}

void boards_main(const struct board_description *d)
{
    const char *const fault = find_fault(d);

    if (fault != NULL)
        machine_fail(fault);
    machine_put("port: OK\n");
    board_off(0);
}
