/* SPDX-License-Identifier: MIT */
#include "irq.h"
#include "gic.h"
#include "vectors.h"

static struct bus_device devices[BUS_DEVICES];
static unsigned device_count;
static volatile uint32_t count;

/* Lines may be shared: each device is asked. */
void on_interrupt(void)
{
    const uint32_t interrupt = gic_acknowledge();

    if (interrupt >= GIC_NONE)
        return;
    for (unsigned i = 0; i < device_count; i++)
        if (devices[i].interrupt == interrupt)
            (void)vwr_dev_irq(devices[i].dev);
    count++;
    gic_end(interrupt);
}

void irq_start(void)
{
    vectors_start();
    gic_start();
    gic_enable(GIC_TIMER, GIC_LEVEL); /* bounds the port's sleep */
    __asm__ volatile("msr daifclr, #2" ::: "memory");
}

void irq_add(const struct bus_device *b)
{
    if (device_count == BUS_DEVICES)
        return;
    devices[device_count].dev = b->dev;
    devices[device_count].interrupt = b->interrupt;
    vwr_port_release(); /* another device may interrupt here */
    device_count++;
    gic_enable(b->interrupt, GIC_LEVEL);
}

uint32_t irq_count(void)
{
    return count;
}

void irq_sleep(uint32_t seen, uint32_t us)
{
    vwr_port_idle(&count, seen, us);
}
