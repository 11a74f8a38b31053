/* SPDX-License-Identifier: MIT */
#include "hyp.h"

/* Arm's Power State Coordination Interface and SMC Calling Convention. */
#define SMCCC_VERSION 0x80000000u
#define PSCI_VERSION 0x84000000u
#define PSCI_CPU_OFF 0x84000002u
#define PSCI_MIGRATE_INFO_TYPE 0x84000006u
#define PSCI_SYSTEM_OFF 0x84000008u
#define PSCI_SYSTEM_RESET 0x84000009u
#define PSCI_FEATURES 0x8400000au

#define VERSION_1_1 0x10001u
#define NO_MIGRATION 2u
#define NOT_SUPPORTED (~0ull)

static bool known(uint32_t function)
{
    switch (function) {
    case SMCCC_VERSION:
    case PSCI_VERSION:
    case PSCI_CPU_OFF:
    case PSCI_MIGRATE_INFO_TYPE:
    case PSCI_SYSTEM_OFF:
    case PSCI_SYSTEM_RESET:
    case PSCI_FEATURES:
        return true;
    default:
        return false;
    }
}

void psci_call(struct guest *g, struct frame *f)
{
    g->stats.calls++;
    switch ((uint32_t)f->x[0]) {
    case SMCCC_VERSION:
    case PSCI_VERSION:
        f->x[0] = VERSION_1_1;
        break;
    case PSCI_MIGRATE_INFO_TYPE:
        f->x[0] = NO_MIGRATION;
        break;
    case PSCI_FEATURES:
        f->x[0] = known((uint32_t)f->x[1]) ? 0 : NOT_SUPPORTED;
        break;
    case PSCI_CPU_OFF:
    case PSCI_SYSTEM_OFF:
        console_line();
        print("hypervisor: guest %u is off\n", g->number);
        guest_stop(g);
        break;
    case PSCI_SYSTEM_RESET:
        console_line();
        print("hypervisor: guest %u restarts\n", g->number);
        guest_start(g);
        break;
    default: /* kernels probe for many optional calls */
        f->x[0] = NOT_SUPPORTED;
    }
}
