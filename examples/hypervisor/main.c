/* SPDX-License-Identifier: MIT */
#include "hyp.h"

#define PSCI_CPU_ON 0xc4000003u

void hyp_main(unsigned cpu);
void start_cpu(void); /* start.S */

/* Detects all configuration errors: prints a message and exits. */
static void start_machine(void)
{
    uart_start();
    print("Virtwright: a hypervisor for Linux\n");
    gic_start();
    real_probe();
    if (!plan_guests() || !images_check() || !disk_start())
        hyp_off();
    net_start();
    screen_start();
    input_start();
    if (!folder_start() || !devices_start())
        hyp_off();
    entropy_start();
    gic_enable(INTID_UART);
    if (guest_count == 1)
        console_focus(&guests[0]);
}

/* Each CPU gets here from start.S, and continues with its guest; each starts the next one. */
void hyp_main(unsigned cpu)
{
    if (cpu == 0)
        start_machine();
    gic_start_cpu(cpu);
    WRITE_SYS(tpidr_el2, (uintptr_t)&guests[cpu]);
    if (cpu == 0) {
        uart_later();
        timer_tick();
    }
    if (cpu + 1 < guest_count)
        firmware_call(PSCI_CPU_ON, cpu + 1, (uintptr_t)start_cpu, cpu + 1);
}
