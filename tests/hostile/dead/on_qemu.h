/* SPDX-License-Identifier: MIT */
#ifndef DEAD_ON_QEMU_H
#define DEAD_ON_QEMU_H

#include "vwr/blk.h"
#include "vwr/mmio.h"

/* The port of dead_qemu, which may be a wrong one, and the calls that page rows name. */

#define DISK 31u /* its slot, as QEMU would have it */
#define SLOT(n) ((volatile void *)(uintptr_t)(MACHINE_SLOT_BASE + (n) * (uint64_t)MACHINE_SLOT_BYTES))

enum port_quirk {
    PORT_HONEST,
    PORT_VIRTUAL, /* vwr_port_dma answers the pointer, in a program with a page table */
    PORT_FAR,     /* it answers an address beyond 16 TiB */
    PORT_CACHED   /* what the driver writes never reaches the memory that the device looks at */
};
void port_set_quirk(enum port_quirk quirk);

/* Called before a notification reaches the device. */
void port_before_notify(void (*hook)(void));

/* The part of the ring whose address was written to this register and the next (modern). */
void *port_ring(unsigned low);

/* Print the name of a call (vwr_dev_explain, vwr_blk_explain, vwr_mmio_scan_line, vwr_strerror) and what it
 * says. */
void say_device(const struct vwr_dev *d);
void say_disk(const struct vwr_blk *b);
void say_window(uint64_t base, uint32_t slots);
void say_result(int result);

struct symptom {
    const char *row; /* as docs/dead-device.md calls it */
    void (*make)(void);
};
extern const struct symptom symptoms[]; /* the last row is NULL */
extern const struct symptom symptoms_pci[];

#endif
