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

/*
 * PCI's configuration space and windows of QEMU's board, whose accesses reach QEMU; those to the common
 * configuration at `addr` are checked against the generated table from here on.
 */
#define BUS_PCI_ECAM UINT64_C(0x4010000000)
#define BUS_PCI_ECAM_BYTES UINT64_C(0x10000000)
#define BUS_PCI_WINDOW UINT64_C(0x10000000)
#define BUS_PCI_WINDOW_BYTES UINT64_C(0x2eff0000)
#define BUS_PCI_IO UINT64_C(0x3eff0000) /* behind it: addresses of I/O from 0 on */
#define BUS_PCI_IO_BYTES UINT64_C(0x10000)
volatile void *bus_pci(uint64_t addr);
void bus_pci_watch(const volatile void *common);

struct bus_counts {
    uint64_t reads;
    uint64_t writes;
    uint64_t notifies; /* writes to QueueNotify; in `writes` too */
};

/* Of the whole bus, since the last call. */
struct bus_counts bus_counts(void);

/* Which registers below the configuration were read in a slot: bit offset / 4. */
uint64_t bus_registers_read(unsigned slot);

/* What was last written to a register. */
uint32_t bus_written(unsigned slot, unsigned offset);

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
