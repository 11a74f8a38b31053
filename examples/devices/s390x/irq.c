/* SPDX-License-Identifier: MIT */
#include "../irq.h"
#include "machine.h"

static struct vwr_dev *devices[BUS_DEVICES];
static unsigned device_count;
static volatile uint32_t count;

/* The interrupt of an adapter may be of any device. */
static void handle(void)
{
    for (unsigned i = 0; i < device_count; i++)
        (void)vwr_dev_irq(devices[i]);
    count++;
}

void irq_start(void)
{
    interrupt_start(handle);
}

void irq_add(const struct bus_device *b)
{
    if (device_count == BUS_DEVICES)
        return;
    devices[device_count] = b->dev;
    vwr_port_release(); /* another device may interrupt here */
    device_count++;
}

uint32_t irq_count(void)
{
    return count;
}

void irq_sleep(uint32_t seen, uint32_t us)
{
    vwr_port_idle(&count, seen, us);
}
