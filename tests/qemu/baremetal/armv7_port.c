/* SPDX-License-Identifier: MIT */
/*
 * The armv7 port on its board, in place of main.c. It runs vwr_port_selftest, and tests the sleep, which the
 * self-test cannot test.
 */
#include "board.h"
#include "say.h"
#include "vwr/selftest.h"

#define SLEEP_US 10000u
#define LONG_US 30000000u /* even a slow machine is faster than half of this */
#define CPSR_IRQ 0x80u    /* masked */

static _Alignas(4096) uint8_t memory[3 * 4096];
static volatile uint32_t word;

static bool interrupts_are_on(void)
{
    const uint32_t before = vwr_port_mask_interrupts();

    vwr_port_restore_interrupts(before);
    return (before & CPSR_IRQ) == 0;
}

/* Microseconds spent in the hook. */
static uint64_t try_idle(uint32_t seen, uint32_t us)
{
    const uint64_t from = vwr_port_time_us();

    vwr_port_idle(&word, seen, us);
    return vwr_port_time_us() - from;
}

static const char *find_fault(const struct board_description *d)
{
    static char text[160];
    uint32_t masked;

    if (vwr_port_selftest(memory, sizeof(memory), text, sizeof(text)) != VWR_OK)
        return text;
    board_interrupts_start(d);
    if (!interrupts_are_on())
        return "interrupts are masked at the beginning";
    if (try_idle(word, SLEEP_US) < SLEEP_US - 1u)
        return "the sleep is too short";
    if (try_idle(word + 1u, LONG_US) > LONG_US / 2u)
        return "it sleeps though the word has changed";
    masked = vwr_port_mask_interrupts();
    (void)try_idle(word, SLEEP_US);
    if (interrupts_are_on())
        return "interrupts that were masked are let in by a sleep";
    vwr_port_restore_interrupts(masked);
    return interrupts_are_on() ? NULL : "interrupts are masked after a sleep";
}

void boards_main(const struct board_description *d)
{
    const char *const fault = find_fault(d);

    say(fault == NULL ? "port: OK\n" : fault);
    board_off(0);
}
