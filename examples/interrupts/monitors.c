/* SPDX-License-Identifier: MIT */
#include "monitors.h"

#include <stdint.h>

/* Arm Architecture Reference Manual: PMEVTYPER<n>_EL0; PMCEID0_EL0 lists the events. */
#define EVENT_INSTRUCTIONS 8u
#define ALSO_AT_EL2 (1ul << 27)
#define PMCR_ENABLE 1ul

static bool counts_instructions(void)
{
    uint64_t debug;
    uint64_t events;

    __asm__ volatile("mrs %0, id_aa64dfr0_el1" : "=r"(debug));
    if ((debug >> 8 & 0xfu) == 0 || (debug >> 8 & 0xfu) == 0xfu) /* no monitors of this architecture */
        return false;
    __asm__ volatile("mrs %0, pmceid0_el0" : "=r"(events));
    return (events >> EVENT_INSTRUCTIONS & 1u) != 0;
}

bool monitors_start(void)
{
    if (!counts_instructions())
        return false;
    __asm__ volatile("msr pmevtyper0_el0, %0\n\tmsr pmcntenset_el0, %1\n\tmsr pmcr_el0, %2\n\tisb" ::"r"(
                         EVENT_INSTRUCTIONS | ALSO_AT_EL2),
                     "r"(1ul), "r"(PMCR_ENABLE));
    return true;
}
