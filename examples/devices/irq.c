/* SPDX-License-Identifier: MIT */
#include "irq.h"
#include "gic.h"
#include "slots.h"
#include "vectors.h"

static struct vwr_mmio *device_of_slot[SLOTS];
static volatile uint32_t count;

void on_interrupt(void)
{
    const uint32_t interrupt = gic_acknowledge();
    const uint32_t slot = interrupt - GIC_SHARED - SLOTS_LINE;

    if (interrupt >= GIC_NONE)
        return;
    if (slot < SLOTS && device_of_slot[slot] != NULL)
        (void)vwr_dev_irq(&device_of_slot[slot]->dev);
    count++;
    gic_end(interrupt);
}

void irq_start(void)
{
    vectors_start();
    gic_start();
    gic_enable(GIC_TIMER, GIC_LEVEL); /* bounds the sleep of the port */
    __asm__ volatile("msr daifclr, #2" ::: "memory");
}

void irq_add(struct vwr_mmio *m)
{
    device_of_slot[slots_line(m) - SLOTS_LINE] = m;
    gic_enable(GIC_SHARED + slots_line(m), GIC_LEVEL);
}

uint32_t irq_count(void)
{
    return count;
}

void irq_sleep(uint32_t seen, uint32_t us)
{
    vwr_port_idle(&count, seen, us);
}
