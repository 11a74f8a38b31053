/* SPDX-License-Identifier: MIT */
#include "vault_device.h"
#include "vwr_plan_safe.h"

#include <stdio.h>

/* A VMM with two vaults named in its plan. */

static struct vwr_plan_safe memory;
static struct vwr_vault_vdevice device;
static uint8_t ram[0x100000];

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    (void)line;
    (void)level;
}

static void *ram_of(void *context, const struct vwr_vplan_vm *row, uint32_t index)
{
    (void)context;
    (void)row;
    (void)index;
    return ram;
}

int vwr_vplan_build_vault(const struct vwr_vplan_device *row, void *plan, const struct vwr_vdev_setup *s,
                          const struct vwr_vplan_host *host)
{
    struct vwr_vault_vservice *const vault = vwr_vplan_member(plan, row->device);
    const struct vwr_service_memory m = vwr_vplan_service_memory(row, plan);
    const struct vwr_features features = {{1u << VWR_VAULT_F_EVENTS}};
    const int r = vwr_vault_vservice_init(vault, s, &features, &vault_calls, &m, &device);

    (void)host;
    return r == VWR_OK ? vault_configure(vault, (uint16_t)(row->queues - 2u)) : r;
}

/* The driver side's port, which is unused. */
uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    (void)reg;
    return bytes;
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    (void)reg;
    (void)bytes;
    (void)value;
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

uint64_t vwr_host_time_us(void)
{
    return 0;
}

int main(void)
{
    static const struct vwr_vm_ops ops = {.irq = irq};
    const struct vwr_vplan_host host = {.ops = &ops, .memory = ram_of};
    const int r = vwr_plan_safe_init(&memory, &host, NULL);

    printf("plan: %d\n", r);
    for (uint64_t at = 0x0a000000; r == VWR_OK && at < 0x0a002000; at += 0x1000) {
        uint64_t id = 0;
        uint64_t queues = 0;

        (void)vwr_plan_safe_access(&memory, at + 8, 4, false, &id);
        (void)vwr_plan_safe_access(&memory, at + 0x100, 2, false, &queues);
        printf("device %u, %u request queues\n", (unsigned)id, (unsigned)queues);
    }
    return r != VWR_OK;
}
