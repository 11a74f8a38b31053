/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_BUS_H
#define VWR_QEMU_BUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The runtime's port (runtime/port/host, VWR_HOST_EXTERNAL_BUS, see port.c) on top of QEMU. Each register
 * access is checked against the generated register table, and each notification makes watch.h
 * read of the ring; both count. A pointer to a register is the guest's address of it.
 */

uint32_t bus_read(const volatile void *reg, unsigned bytes);
void bus_write(volatile void *reg, unsigned bytes, uint32_t value);
uint64_t bus_time_us(void);

volatile void *bus_slot(unsigned slot);

/* Register blocks outside of the slots: reads go to QEMU unchecked, writes are failed checks. */
volatile void *bus_elsewhere(uint64_t addr);

struct bus_counts {
    uint64_t reads;
    uint64_t writes;
    uint64_t notifies; /* writes to QueueNotify; in `writes` too */
};

/* Of the whole bus, since the last call. */
struct bus_counts bus_counts(void);

/* Which registers below the configuration were read in a slot: bit offset / 4. */
uint64_t bus_registers_read(unsigned slot);

/* What was last written to a register; on PCI to the one that is what this one of virtio-mmio is. */
uint32_t bus_written(unsigned slot, unsigned offset);

/* For bus_pci.c: the driver writes such a register. */
void bus_note(unsigned slot, unsigned offset, uint32_t value);

/* Has the driver accepted the feature, since the last reset? By what it has written. */
bool bus_accepted(unsigned slot, unsigned feature);

/*
 * For a wait that must not run out, however busy the machine is: the runtime's clock all but
 * stands still, and each step of a wait takes a millisecond, should it count those.
 */
void bus_patience(bool on);

/* Called before each notification reaches QEMU; NULL: no more. */
void bus_before_notify(void (*hook)(unsigned slot));

#endif
