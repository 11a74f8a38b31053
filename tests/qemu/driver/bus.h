/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_BUS_H
#define VWR_QEMU_BUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The runtime's port (runtime/port/host, VWR_HOST_EXTERNAL_BUS, see port.c) on top of QEMU. It checks each
 * register access against the generated register table, and each notification makes watch.h read the ring;
 * both keep counts. A pointer to a register is its guest address.
 */

uint32_t bus_read(const volatile void *reg, unsigned bytes);
void bus_write(volatile void *reg, unsigned bytes, uint32_t value);
uint64_t bus_time_us(void);

volatile void *bus_slot(unsigned slot);

/* Register blocks outside of the slots: reads go to QEMU unchecked, writes fail the test. */
volatile void *bus_elsewhere(uint64_t addr);

struct bus_counts {
    uint64_t reads;
    uint64_t writes;
    uint64_t notifies; /* number of writes to QueueNotify, which are also counted in `writes` */
};

/* Accesses on the whole bus since the last call. */
struct bus_counts bus_counts(void);

/* The registers below the configuration space that were read in a slot: bit (offset / 4). */
uint64_t bus_registers_read(unsigned slot);

/* The last value written to a register; on PCI, to the corresponding register. */
uint32_t bus_written(unsigned slot, unsigned offset);

/* For bus_pci.c: records a write to such a register. */
void bus_note(unsigned slot, unsigned offset, uint32_t value);

/* Returns whether the driver has accepted the feature since the last reset, by its register writes. */
bool bus_accepted(unsigned slot, unsigned feature);

/*
 * For a wait that must not time out on a busy machine: the runtime's clock almost stops, and each step of a
 * wait takes a millisecond, in case the runtime counts steps.
 */
void bus_patience(bool on);

/* Sets a hook that runs before each notification reaches QEMU; NULL removes it. */
void bus_before_notify(void (*hook)(unsigned slot));

/* The same after a notification on virtio-mmio. */
void bus_after_notify(void (*hook)(unsigned slot));

#endif
