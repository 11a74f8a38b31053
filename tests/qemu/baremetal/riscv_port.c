/* SPDX-License-Identifier: MIT */
/*
 * The riscv port on its machine, with the board's startup code and timer. It runs vwr_port_selftest, and
 * tests the sleep, which the self-test cannot test.
 */
#include "machine.h"
#include "vwr/selftest.h"

#define SLEEP_US 10000u
#define TRIES 5u

static _Alignas(4096) uint8_t memory[3 * 4096];
static volatile uint32_t word;

static bool interrupts_are_on(void)
{
    const unsigned long before = vwr_port_mask_interrupts();

    vwr_port_restore_interrupts(before);
    return (before & VWR_RISCV_INTERRUPTS) != 0;
}

/* Microseconds spent in the hook. */
static uint64_t try_idle(uint32_t seen)
{
    const uint64_t from = vwr_port_time_us();

    vwr_port_idle(&word, seen, SLEEP_US);
    return vwr_port_time_us() - from;
}

/* The machine may be slow, so one fast try out of several is enough. */
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
    unsigned long masked;

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
