/* SPDX-License-Identifier: MIT */
#include "vmm_threads.h"
#include "check.h"
#include "ram.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>

#define BELLS 64u

struct vwr_vm vmm;
bool (*vmm_work)(void);
bool vmm_may_break;
enum vmm_bus vmm_bus; /* MMIO */

static struct vwr_vdev *slots[VMM_SLOTS];
static struct vwr_vm_ops ops;

/* Data between threads outside of the guest's memory imply no order, like an interrupt line. */
static struct {
    uint8_t *registers;
    pthread_mutex_t lock[VMM_SLOTS];
    uint32_t level[VMM_SLOTS];
    uint64_t bell[BELLS]; /* queue i: 1 + the value written to QueueNotify; 0: none */
    bool ring_bells;
    bool one_lock;
    uint64_t put_off[VMM_SLOTS]; /* bit mask of queues */
} state;

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    __atomic_store_n(&state.level[line], level, __ATOMIC_RELAXED);
}

static void broken(struct vwr_vm *vm, struct vwr_vdev *v)
{
    char text[300];

    (void)vm;
    (void)vwr_vdev_explain(v, text, sizeof(text));
    if (!vmm_may_break)
        check_failed(__FILE__, __LINE__, "the device broke: %s", text);
}

static void lock(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)vm;
    CHECK_NUMBER(pthread_mutex_lock(&state.lock[state.one_lock ? 0 : v->line]), 0);
}

static void unlock(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)vm;
    CHECK_NUMBER(pthread_mutex_unlock(&state.lock[state.one_lock ? 0 : v->line]), 0);
}

static void again(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    (void)__atomic_fetch_or(&state.put_off[v->line], UINT64_C(1) << queue, __ATOMIC_RELAXED);
}

void vmm_begin(bool deferred)
{
    struct vwr_vm_setup s = {
        .ops = &ops, .slot = slots, .slot_count = VMM_SLOTS, .base = VMM_BASE, .stride = VMM_STRIDE};

    state.ring_bells = deferred;
    if (state.registers == NULL) {
        state.registers = mmap(NULL, VMM_SLOTS * VMM_STRIDE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        CHECK_SYS(state.registers != MAP_FAILED);
        for (unsigned i = 0; i < VMM_SLOTS; i++)
            CHECK_NUMBER(pthread_mutex_init(&state.lock[i], NULL), 0);
    }
    ops.irq = irq;
    ops.broken = broken;
    ops.lock = lock;
    ops.unlock = unlock;
    s.region = ram_regions(&s.region_count);
    CHECK_NUMBER(vwr_vm_init(&vmm, &s), VWR_OK);
    vmm_work = NULL;
}

void vmm_one_lock(void)
{
    state.one_lock = true;
    ops.again = again;
}

void vmm_hold(bool take)
{
    if (ops.lock != NULL)
        CHECK_NUMBER(take ? pthread_mutex_lock(&state.lock[0]) : pthread_mutex_unlock(&state.lock[0]), 0);
}

void vmm_go_on(void)
{
    for (unsigned i = 0; i < VMM_SLOTS; i++) {
        const uint64_t queues = __atomic_exchange_n(&state.put_off[i], 0, __ATOMIC_RELAXED);

        for (uint16_t q = 0; queues >> q != 0; q++)
            if ((queues >> q & 1u) != 0)
                vwr_vdev_serve(slots[i], q);
    }
}

void vmm_without_locks(void)
{
    ops.lock = NULL;
    ops.unlock = NULL;
}

void vmm_add(unsigned slot, struct vwr_vdev *v)
{
    CHECK_NUMBER(v->line, slot);
    CHECK_NUMBER(vwr_vm_add(&vmm, slot, v), VWR_OK);
}

volatile void *vmm_registers(unsigned slot)
{
    return state.registers + slot * VMM_STRIDE;
}

int vmm_find(union vmm_end *end, unsigned slot)
{
    int r;

    r = vwr_mmio_probe(&end->mmio, vmm_registers(slot), VWR_MMIO_SIZE);
    vwr_dev_want(&end->dev, VWR_F_IN_ORDER); /* the device offers it only in kinds in order */
    return r;
}

/* Devices of this VMM are in slots of MMIO. */
bool vmm_has_bell(const struct vwr_vdev *v)
{
    (void)v;
    return false;
}

bool vmm_interrupted(unsigned slot)
{
    return __atomic_load_n(&state.level[slot], __ATOMIC_RELAXED) != 0;
}

bool vmm_answer_bells(unsigned slot)
{
    bool rang = false;

    for (unsigned i = 0; i < BELLS; i++) {
        const uint64_t bell = __atomic_exchange_n(&state.bell[i], 0, __ATOMIC_RELAXED);
        uint64_t value = bell - 1;

        if (bell == 0)
            continue;
        rang = true;
        CHECK(vwr_vm_access(&vmm, VMM_BASE + slot * VMM_STRIDE + VWR_MMIO_QUEUE_NOTIFY, 4, true, &value));
    }
    return rang;
}

/* The other thread makes progress by itself. */
bool vmm_step(void)
{
    sched_yield();
    return true;
}

static uint64_t address_of(const volatile void *reg)
{
    return VMM_BASE + ((uintptr_t)reg - (uintptr_t)state.registers);
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    uint64_t value = 0;

    CHECK(vwr_vm_access(&vmm, address_of(reg), bytes, false, &value));
    return (uint32_t)value;
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    uint64_t v = value;

    if (state.ring_bells && address_of(reg) % VMM_STRIDE == VWR_MMIO_QUEUE_NOTIFY)
        __atomic_store_n(&state.bell[value % BELLS], v + 1, __ATOMIC_RELAXED);
    else
        CHECK(vwr_vm_access(&vmm, address_of(reg), bytes, true, &v));
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    return ram_dma(p, n, run);
}

/* No time passes: no deadline expires, however slow the machine is. */
uint64_t vwr_host_time_us(void)
{
    sched_yield();
    return 1;
}
