/* SPDX-License-Identifier: MIT */
#ifndef X86_H
#define X86_H

#include "../guest.h"

/* An I/O port, of which the library's port tells memory by its address. */
static inline volatile void *x86_port(unsigned port)
{
    return (volatile void *)(uintptr_t)port;
}

static inline uint8_t x86_in(unsigned port)
{
    return vwr_port_read8(x86_port(port));
}

static inline void x86_out(unsigned port, uint8_t value)
{
    vwr_port_write8(x86_port(port), value);
}

static inline uint64_t x86_tsc(void)
{
    uint32_t low;
    uint32_t high;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (uint64_t)high << 32 | low;
}

/* clock.c: measures the time stamp counter. */
void clock_start(void);
/* off.c: finds what powers off in ACPI's tables. */
void off_find(const void *rsdp);
/* pages.c: maps the page of an address above 4 GiB. false: that is not possible. */
bool pages_map(uint64_t address);

#endif
