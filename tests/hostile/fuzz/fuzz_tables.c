/* SPDX-License-Identifier: MIT */
#include "input.h"
#include "vwr/ventropy.h"
#include "vwr/vm.h"
#include "vwr/vrproc.h"

#include <stdlib.h>
#include <string.h>

/*
 * A resource table of a remote processor, and the entropy device in it: the table is the first part of the
 * input, and what the driver's processor then does to it the rest. An access outside of the table or of the
 * memory is an error of the sanitizer.
 */

#define MEMORY 0x10000u
#define ADDRESS 0x80000000u

static struct {
    struct vwr_vm vm;
    struct vwr_vdev *slots[1];
    struct vwr_memory_region region;
    struct vwr_ventropy entropy;
    struct vwr_ventropy_own own;
    struct vwr_rsc_table table;
    struct vwr_vrproc device;
    uint64_t seen;
} all;

uint64_t fuzz_seen(void)
{
    return all.seen;
}

/* The device side accesses no register. */
uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    (void)reg;
    (void)bytes;
    abort();
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    (void)reg;
    (void)bytes;
    (void)value;
    abort();
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    (void)p;
    (void)n;
    (void)run;
    abort();
}

uint64_t vwr_host_time_us(void)
{
    abort();
}

static void see(uint64_t value)
{
    all.seen = (all.seen ^ value) * UINT64_C(0x100000001b3);
}

static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    (void)e;
    memset(bytes, 0x5a, n);
    return n;
}

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    (void)line;
    (void)level;
    abort(); /* interrupts are kicks */
}

static void again(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    (void)v;
    (void)queue;
}

static void kick(void *context, uint32_t notifyid)
{
    (void)context;
    see(notifyid);
}

/* What was accepted is sound. */
static void check(const struct vwr_rsc_table *t, size_t bytes, const struct vwr_rsc_range *range)
{
    struct vwr_rsc_vring vring;
    struct vwr_rsc_vdev d;

    for (unsigned i = 0; vwr_rsc_find(t, i, &d) == VWR_OK; i++) {
        const size_t at = (size_t)(d.at - t->base);

        if (at % 4 != 0 || at < 20 || at + 28 + 20 * d.vrings + (size_t)d.config_bytes > bytes)
            abort();
        for (unsigned k = 0; k < d.vrings; k++) {
            uint64_t end;

            if (vwr_rsc_vring(&d, k, &vring) != VWR_RSC_OK || vring.num == 0 ||
                (vring.num & (vring.num - 1)) != 0 || vring.num > 32768 || vring.align < 4 ||
                vring.align > 4096)
                abort();
            end = (uint64_t)vring.da + 16 * vring.num + 6 + 2 * vring.num;
            end = ((end + vring.align - 1) & ~(uint64_t)(vring.align - 1)) + 6 + 8 * vring.num;
            if (vwr_rsc_has_place(&vring) && range != NULL &&
                (vring.da < range->da || end > (uint64_t)range->da + range->bytes))
                abort();
        }
        see(d.id + d.vrings);
    }
}

static void begin(void *memory)
{
    static const struct vwr_vm_ops ops = {.irq = irq, .again = again};
    const struct vwr_vm_setup s = {
        .ops = &ops, .region = &all.region, .region_count = 1, .slot = all.slots, .slot_count = 1};
    const struct vwr_vdev_setup setup = {.vm = &all.vm, .legacy = true};

    memset(&all, 0, sizeof(all));
    all.region = (struct vwr_memory_region){ADDRESS, MEMORY, memory};
    if (vwr_vm_init(&all.vm, &s) != VWR_OK ||
        vwr_ventropy_init(&all.entropy, &setup, &all.own, source, NULL) != VWR_OK)
        abort();
}

/* Stores of the driver's processor, into the table and its own memory, and kicks. */
static void drive(struct input *in, uint8_t *table, size_t bytes, uint8_t *memory)
{
    while (in->left > 0) {
        const uint8_t step = input_u8(in);
        const uint32_t at = step % 4 == 0 ? input_u16(in) : input_u8(in);
        const uint32_t value = step % 4 <= 1 ? input_u32(in) : 0;

        if (step % 4 == 0)
            memcpy(memory + at % (MEMORY - 3), &value, sizeof(value));
        else if (step % 4 == 1 && bytes >= 4)
            memcpy(table + at % (bytes - 3), &value, sizeof(value));
        else if (step % 4 == 2)
            table[at % bytes] = input_u8(in);
        else
            see(vwr_vrproc_notified(&all.device, at == 255 ? VWR_RSC_ANY : at));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    static const struct vwr_rsc_range range = {ADDRESS, MEMORY};
    struct input in = {data, bytes};
    const uint8_t how = input_u8(&in);
    size_t size = input_u16(&in);
    uint8_t *table, *memory;

    all.seen = 0;
    size = size < in.left ? size : in.left;
    if (size == 0)
        return 0;
    table = malloc(size);
    memory = aligned_alloc(4096, MEMORY);
    if (table == NULL || memory == NULL)
        abort();
    memset(memory, 0, MEMORY);
    memcpy(table, in.at, size);
    in.at += size;
    in.left -= size;
    begin(memory);
    if (vwr_rsc_read(&all.table, table, size, how % 2 != 0 ? &range : NULL, 1) == VWR_OK) {
        const struct vwr_vrproc_setup s = {.v = &all.entropy.dev, .table = &all.table, .kick = kick};

        check(&all.table, size, how % 2 != 0 ? &range : NULL);
        if (vwr_vrproc_init(&all.device, &s) == VWR_OK)
            drive(&in, table, size, memory);
    }
    see(all.table.error);
    free(memory);
    free(table);
    return 0;
}
