/* SPDX-License-Identifier: MIT */
#include "gic.h"
#include "slots.h"
#include "uart.h"
#include "vectors.h"
#include "vwr/gen/ids.h"
#include "vwr/result.h"

/*
 * A kernel like that of docs/one-call-devices.md: its drivers are in C++, and their interrupts wake the
 * processor.
 */
#define DEVICES 5u
#define WITH_INTERRUPTS 4u /* the first ones */

void demo_main(unsigned exception_level);
int devices_begin(const uintptr_t mmio_base[DEVICES]);
void devices_on_interrupt(unsigned number);
bool devices_are_done(void);
int devices_failed(void);

static const uint32_t types[DEVICES] = {VWR_ID_NET, VWR_ID_CONSOLE, VWR_ID_INPUT, VWR_ID_GPU, VWR_ID_RNG};
static uint32_t line[DEVICES];
static unsigned interrupts;

void on_interrupt(void)
{
    const uint32_t interrupt = gic_acknowledge();

    if (interrupt >= GIC_NONE)
        return;
    for (unsigned i = 0; i < DEVICES; i++)
        if (interrupt == line[i])
            devices_on_interrupt(i);
    interrupts++;
    gic_end(interrupt);
}

static void find(uintptr_t base[DEVICES])
{
    struct vwr_mmio_scan scan = slots_scan();
    struct vwr_mmio found;
    int r;

    while ((r = vwr_mmio_scan_next(&scan, &found)) != 0)
        for (unsigned i = 0; i < DEVICES && r == 1; i++)
            if (found.dev.type == types[i]) {
                base[i] = (uintptr_t)found.base;
                line[i] = GIC_SHARED + slots_line(&found);
            }
}

void demo_main(unsigned exception_level)
{
    uintptr_t base[DEVICES] = {0};
    int r;

    (void)exception_level;
    uart_start();
    find(base);
    r = devices_begin(base);
    vectors_start();
    gic_start();
    for (unsigned i = 0; i < WITH_INTERRUPTS; i++)
        gic_enable(line[i], GIC_LEVEL);
    put("begun\n");
    while (r == VWR_OK && !devices_are_done()) {
        __asm__ volatile("dsb sy\n\twfi\n\tmsr daifclr, #2\n\tisb\n\tmsr daifset, #2" ::: "memory");
        r = devices_failed();
    }
    put("interrupts ");
    put_dec(interrupts);
    put(r == VWR_OK ? "\nshape: OK" : "\nshape: FAILED: ");
    put(r == VWR_OK ? "" : vwr_strerror(r));
    put_char('\n');
}
