/* SPDX-License-Identifier: MIT */
/*
 * The program of docs/first-vmm.md: a VM with a console, and its guest, in one process. Where the registers
 * of a real guest trap, the driver of this guest calls vwr_host_read and vwr_host_write.
 */
#include "vwr_example.h"

#include <stdio.h>

/* ---- the VMM: vwr_example.c has the VM and its console, and calls three functions of this file ---- */

#define RAM 0x40000000u     /* guest address of its memory */
#define DEVICES 0x0a000000u /* guest address of the registers */

static _Alignas(4096) uint8_t ram[0x10000];

void vwr_example_irq(uint32_t line, bool level)
{
    printf("interrupt %u %s\n", (unsigned)line, level ? "up" : "down");
}

void vwr_example_put(uint8_t byte)
{
    putchar(byte);
}

void vwr_example_broken(const struct vwr_vdev *v)
{
    char reason[400];

    (void)vwr_vdev_explain(v, reason, sizeof(reason));
    printf("device %u: %s\n", (unsigned)v->line, reason);
}

/* ---- the trap handler ---- */

static uint8_t window[VWR_MMIO_SIZE]; /* where the guest has mapped the registers */

static uint64_t guest_address(const volatile void *reg)
{
    return DEVICES + ((uintptr_t)reg - (uintptr_t)window);
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    uint64_t value = 0;

    if (!vwr_example_trap(guest_address(reg), bytes, false, &value))
        printf("no device at the address of a read\n");
    return (uint32_t)value;
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    uint64_t v = value;

    if (!vwr_example_trap(guest_address(reg), bytes, true, &v))
        printf("no device at the address of a write\n");
}

/* ---- the guest ---- */

static struct vwr_mmio mmio;
static struct vwr_console console;

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return RAM + ((uintptr_t)p - (uintptr_t)ram);
}

uint64_t vwr_host_time_us(void)
{
    static uint64_t us;

    return us++;
}

static int guest_start(void)
{
    static struct vwr_console_port port[VWR_CONSOLE_PORTS(1)];
    const struct vwr_console_options options = {.port = port,
                                                .port_count = VWR_COUNT(port),
                                                .shared = (void *)ram,
                                                .shared_count = VWR_CONSOLE_QUEUES(1)};
    const int r = vwr_mmio_probe(&mmio, window, sizeof(window));

    return r == VWR_OK ? vwr_console_open(&console, &mmio.dev, &options) : r;
}

static int guest_print(const char *text, size_t bytes)
{
    const int n = vwr_console_write(&console, 0, text, bytes);

    return n < 0 ? n : vwr_console_flush(&console, 0, 1000000);
}

int main(void)
{
    int r = vwr_example_start(ram, RAM, sizeof(ram));

    if (r == VWR_OK)
        r = guest_start();
    if (r == VWR_OK)
        r = guest_print("Hello from the guest.\n", 22);
    printf("result: %s\n", vwr_strerror(r));
    return r == VWR_OK ? 0 : 1;
}
