/* SPDX-License-Identifier: MIT */
#include "machine.h"

/*
 * Measures the frequencies of the time stamp counter and the APIC timer against the PIT, whose frequency is
 * known: counter 0 counts down for 10 ms.
 */

#define PIT_COUNTER 0x40u
#define PIT_CONTROL 0x43u
#define PIT_COUNT_DOWN 0x30u /* counter 0, both bytes, one-shot */
#define PIT_LATCH 0x00u      /* counter 0 */
#define PIT_HZ 1193182u
#define PIT_10_MS (PIT_HZ / 100u)
#define PIT_FROM 0xffffu
#define POLLS_MAX 100000u /* without a PIT the counter reads as a constant */
#define MEASUREMENTS_MAX 8u

#define WITHOUT_PIT_HZ 1000000000u /* a wrong unit is better than no timeout */

uint64_t clock_tsc_hz = WITHOUT_PIT_HZ;
static uint64_t clock_timer_hz = WITHOUT_PIT_HZ;

static uint64_t clock_tsc(void)
{
    uint32_t low;
    uint32_t high;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (uint64_t)high << 32 | low;
}

/* PIT ticks since the start. */
static uint32_t clock_pit(void)
{
    uint32_t low;

    machine_out(PIT_CONTROL, PIT_LATCH);
    low = machine_in(PIT_COUNTER);
    return PIT_FROM - (low | (uint32_t)machine_in(PIT_COUNTER) << 8);
}

struct clock_rates {
    uint64_t tsc_hz;
    uint64_t timer_hz;
};

static bool clock_measure(struct clock_rates *rates)
{
    uint64_t tsc;
    uint32_t begin;
    uint32_t passed = 0;
    uint32_t ticks;
    uint32_t rest;

    machine_out(PIT_CONTROL, PIT_COUNT_DOWN);
    machine_out(PIT_COUNTER, PIT_FROM & 0xffu);
    machine_out(PIT_COUNTER, PIT_FROM >> 8);
    apic_timer(UINT32_MAX);
    begin = clock_pit();
    tsc = clock_tsc();
    ticks = apic_timer_left();
    for (unsigned i = 0; i < POLLS_MAX && passed < PIT_10_MS; i++)
        passed = clock_pit() - begin;
    if (passed < PIT_10_MS || passed > PIT_FROM)
        return false;
    rates->tsc_hz = vwr_x86_divide((clock_tsc() - tsc) * PIT_HZ, passed, &rest);
    rates->timer_hz = vwr_x86_divide((uint64_t)(ticks - apic_timer_left()) * PIT_HZ, passed, &rest);
    return true;
}

static bool clock_agree(uint64_t a, uint64_t b)
{
    return (a < b ? b - a : a - b) < b / 64u;
}

/*
 * A hypervisor may preempt the CPU between two reads; a measurement counts only if the previous one agrees.
 */
void clock_start(void)
{
    struct clock_rates last = {0, 0};
    struct clock_rates rates;

    for (unsigned i = 0; i < MEASUREMENTS_MAX; i++) {
        if (!clock_measure(&rates))
            continue;
        clock_tsc_hz = rates.tsc_hz;
        clock_timer_hz = rates.timer_hz;
        if (clock_agree(last.tsc_hz, rates.tsc_hz) && clock_agree(last.timer_hz, rates.timer_hz))
            break;
        last = rates;
    }
}

void clock_interrupt_in(uint32_t us)
{
    uint32_t rest;
    const uint64_t ticks = vwr_x86_divide(us * clock_timer_hz, 1000000u, &rest);

    apic_timer(ticks < UINT32_MAX ? (uint32_t)ticks + 1 : UINT32_MAX); /* 0 would stop it */
}
