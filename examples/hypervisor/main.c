/* SPDX-License-Identifier: MIT */
#include "hyp.h"

#define PSCI_CPU_ON 0xc4000003u

void hyp_main(unsigned cpu);
void start_cpu(void); /* start.S */
static void make_guests(void)
{
    guest_count = files_cpus() > 1 ? 2 : 1;
    for (unsigned i = 0; i < guest_count; i++) {
        struct guest *const g = &guests[i];

        g->number = i;

        g->ram_addr = BOARD_RAM;
        g->ram_bytes = 128ul << 20;
        g->ram = (uint8_t *)(0x50000000ul + i * g->ram_bytes);
        g->state = GUEST_STARTING;
        stage2_build(g);
    }
}

static void start_machine(void)
{
    uart_start();
    print("Virtwright, a hypervisor with the devices of %u guests\n", files_cpus());
    make_guests();
    if (!images_check())
        hyp_off();
    gic_start();
    gic_enable(INTID_UART);
}

void hyp_main(unsigned cpu)
{
    if (cpu == 0)
        start_machine();
    gic_start_cpu(cpu);
    WRITE_SYS(tpidr_el2, (uintptr_t)&guests[cpu]);
    if (cpu + 1 < guest_count)
        firmware_call(PSCI_CPU_ON, cpu + 1, (uintptr_t)start_cpu, cpu + 1);
}
