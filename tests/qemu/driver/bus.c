/* SPDX-License-Identifier: MIT */
#include "vwr/gen/mmio.h"
#include "vwr/features.h"
#include "vwr/gen/status.h"

#include "board.h"
#include "bus.h"
#include "bus_pci.h"
#include "check.h"
#include "guest.h"
#include "machine.h"
#include "watch.h"

#include <inttypes.h>
#include <pthread.h>
#include <sched.h>
#include <time.h>

#define WORDS (VWR_MMIO_SIZE / 4)
#define PATIENCE 10000u /* units of host time for one unit of the runtime's time */

static struct {
    pthread_mutex_t lock; /* two disks may be driven by two threads */
    struct bus_counts counts;
    uint64_t registers_read[MACHINE_SLOTS];
    uint32_t written[MACHINE_SLOTS][WORDS];
    struct vwr_features accepted[MACHINE_SLOTS]; /* as written by the driver */
    bool patient;
    void (*before_notify)(unsigned slot);
    void (*after_notify)(unsigned slot);
} bus = {.lock = PTHREAD_MUTEX_INITIALIZER};

volatile void *bus_slot(unsigned slot)
{
    CHECK(slot < MACHINE_SLOTS);
    return (volatile void *)(uintptr_t)(MACHINE_SLOT_BASE + slot * MACHINE_SLOT_BYTES);
}

volatile void *bus_elsewhere(uint64_t addr)
{
    CHECK(addr != 0 && addr % 4 == 0 && addr <= UINTPTR_MAX);
    return (volatile void *)(uintptr_t)addr;
}

struct bus_counts bus_counts(void)
{
    struct bus_counts counts = bus.counts;

    bus.counts = (struct bus_counts){0};
    return counts;
}

uint64_t bus_registers_read(unsigned slot)
{
    return bus.registers_read[slot];
}

uint32_t bus_written(unsigned slot, unsigned offset)
{
    return bus.written[slot][offset / 4];
}

bool bus_accepted(unsigned slot, unsigned feature)
{
    return vwr_features_have(&bus.accepted[slot], feature);
}

void bus_patience(bool on)
{
    bus.patient = on;
}

void bus_before_notify(void (*hook)(unsigned slot))
{
    bus.before_notify = hook;
}

void bus_after_notify(void (*hook)(unsigned slot))
{
    bus.after_notify = hook;
}

/* Checks one access against the specification's rules. `status` is the value that the driver last wrote. */
static void check_rules(unsigned slot, unsigned offset, unsigned bytes, unsigned access)
{
    const unsigned version = machine_is_legacy() ? 0 : 1;
    const uint32_t status = bus_written(slot, VWR_MMIO_STATUS);
    const uint8_t row = vwr_mmio_register_at[offset / 4];
    const struct vwr_register *r = row != VWR_REGISTER_NONE ? &vwr_mmio_registers[row] : NULL;

    if (r == NULL || offset % bytes != 0 || (r->widths & bytes) == 0 || (r->access & access) == 0 ||
        (r->versions & (version == 0 ? VWR_LEGACY : VWR_MODERN)) == 0)
        check_failed(__FILE__, __LINE__, "slot %u: no %s of %u bytes is allowed at offset 0x%x", slot,
                     access == VWR_READ ? "read" : "write", bytes, offset);
    if (access == VWR_WRITE && ((status & r->must_be_set[version]) != r->must_be_set[version] ||
                                (status & r->must_be_clear[version]) != 0))
        check_failed(__FILE__, __LINE__,
                     "slot %u: status 0x%" PRIx32 " does not allow a write at offset 0x%x", slot, status,
                     offset);
}

static void note_features(unsigned slot, uint32_t bits)
{
    const uint32_t word = bus_written(slot, VWR_MMIO_DRIVER_FEATURES_SEL);

    CHECK(word < VWR_FEATURE_WORDS);
    bus.accepted[slot].w[word] = bits;
}

void bus_note(unsigned slot, unsigned offset, uint32_t value)
{
    bus.written[slot][offset / 4] = value;
    if (offset == VWR_MMIO_STATUS && value == VWR_STATUS_RESET)
        vwr_features_clear(&bus.accepted[slot]);
    if (offset == VWR_MMIO_DRIVER_FEATURES)
        note_features(slot, value);
    if (value != 0 && (offset == VWR_MMIO_QUEUE_READY || offset == VWR_MMIO_QUEUE_PFN))
        watch_queue(slot);
    if (offset != VWR_MMIO_QUEUE_NOTIFY)
        return;
    bus.counts.notifies++;
    watch_notify(slot);
    if (bus.before_notify != NULL)
        bus.before_notify(slot);
}

static bool in_slots(uint64_t addr)
{
    return !board->pci && addr >= MACHINE_SLOT_BASE &&
           addr < MACHINE_SLOT_BASE + MACHINE_SLOTS * MACHINE_SLOT_BYTES;
}

uint32_t bus_read(const volatile void *reg, unsigned bytes)
{
    const uint64_t addr = (uintptr_t)reg;
    const unsigned slot = (unsigned)((addr - MACHINE_SLOT_BASE) / MACHINE_SLOT_BYTES);
    const unsigned offset = addr % MACHINE_SLOT_BYTES;
    uint32_t value;

    pthread_mutex_lock(&bus.lock);
    bus.counts.reads++;
    if (in_slots(addr)) {
        check_rules(slot, offset, bytes, VWR_READ);
        if (offset < VWR_MMIO_CONFIG)
            bus.registers_read[slot] |= UINT64_C(1) << offset / 4;
    }
    if (board->pci)
        bus_pci_check(addr, bytes, VWR_READ, 0);
    value = machine_read(addr, bytes);
    if (board->pci)
        bus_pci_has_read(addr, value);
    pthread_mutex_unlock(&bus.lock);
    return value;
}

void bus_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    const uint64_t addr = (uintptr_t)reg;
    const unsigned slot = (unsigned)((addr - MACHINE_SLOT_BASE) / MACHINE_SLOT_BYTES);
    const unsigned offset = addr % MACHINE_SLOT_BYTES;

    pthread_mutex_lock(&bus.lock);
    bus.counts.writes++;
    if (board_has(addr)) {
        bus_pci_check(addr, bytes, VWR_WRITE, value);
    } else {
        if (!in_slots(addr))
            check_failed(__FILE__, __LINE__, "write to 0x%" PRIx64 ", outside of all devices", addr);
        check_rules(slot, offset, bytes, VWR_WRITE);
        bus_note(slot, offset, value);
    }
    machine_write(addr, bytes, value);
    if (bus.after_notify != NULL && offset == VWR_MMIO_QUEUE_NOTIFY && in_slots(addr))
        bus.after_notify(slot);
    pthread_mutex_unlock(&bus.lock);
}

/* Each step of a wait calls this function, so it lets QEMU use the processor. */
uint64_t bus_time_us(void)
{
    const struct timespec step = {.tv_nsec = bus.patient ? 1000000 : 0};
    struct timespec now;
    uint64_t us;

    if (bus.patient)
        nanosleep(&step, NULL);
    else
        sched_yield();
    clock_gettime(CLOCK_MONOTONIC, &now);
    us = (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
    return bus.patient ? us / PATIENCE : us;
}
