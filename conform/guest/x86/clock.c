/* SPDX-License-Identifier: MIT */
#include "x86.h"

/*
 * Measures the frequency of the time stamp counter with the PIT, whose frequency is known: counter 0 counts
 * down for 10 ms. Without a PIT, CPUID may tell the frequency.
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
#define CLOSE 64u /* measurements agree if they differ by a part of this */

#define CPUID_CRYSTAL 0x15u
#define CPUID_MEGAHERTZ 0x16u
#define UNKNOWN_HZ 1000000000u /* a wrong unit is better than no time limit */

uint64_t clock_hertz = UNKNOWN_HZ;

static uint32_t pit_ticks(void)
{
    uint32_t low;

    x86_out(PIT_CONTROL, PIT_LATCH);
    low = x86_in(PIT_COUNTER);
    return PIT_FROM - (low | (uint32_t)x86_in(PIT_COUNTER) << 8);
}

/* Returns 0 if there is no PIT. */
static uint64_t measure(void)
{
    uint64_t tsc;
    uint32_t begin;
    uint32_t passed = 0;

    x86_out(PIT_CONTROL, PIT_COUNT_DOWN);
    x86_out(PIT_COUNTER, PIT_FROM & 0xffu);
    x86_out(PIT_COUNTER, PIT_FROM >> 8);
    begin = pit_ticks();
    tsc = x86_tsc();
    for (unsigned i = 0; i < POLLS_MAX && passed < PIT_10_MS; i++)
        passed = pit_ticks() - begin;
    if (passed < PIT_10_MS || passed > PIT_FROM)
        return 0;
    return (x86_tsc() - tsc) * PIT_HZ / passed;
}

static void cpuid(uint32_t leaf, uint32_t r[4])
{
    __asm__ volatile("cpuid" : "=a"(r[0]), "=b"(r[1]), "=c"(r[2]), "=d"(r[3]) : "0"(leaf), "2"(0));
}

/* Returns 0 if CPUID does not tell. */
static uint64_t read_cpuid(void)
{
    uint32_t r[4];
    uint32_t last;

    cpuid(0, r);
    last = r[0];
    if (last >= CPUID_CRYSTAL) {
        cpuid(CPUID_CRYSTAL, r);
        if (r[0] != 0 && r[1] != 0 && r[2] != 0)
            return (uint64_t)r[2] * r[1] / r[0];
    }
    if (last < CPUID_MEGAHERTZ)
        return 0;
    cpuid(CPUID_MEGAHERTZ, r);
    return (uint64_t)r[0] * 1000000u;
}

/* A hypervisor may preempt the processor between two reads; a measurement counts if the previous one agrees.
 */
void clock_start(void)
{
    uint64_t last = 0;
    uint64_t hertz = 0;

    for (unsigned i = 0; i < MEASUREMENTS_MAX; i++) {
        hertz = measure();
        if (hertz == 0 || (last < hertz ? hertz - last : last - hertz) < hertz / CLOSE)
            break;
        last = hertz;
    }
    if (hertz == 0)
        hertz = read_cpuid();
    if (hertz != 0)
        clock_hertz = hertz;
}
