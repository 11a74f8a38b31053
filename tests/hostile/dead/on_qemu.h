/* SPDX-License-Identifier: MIT */
#ifndef DEAD_ON_QEMU_H
#define DEAD_ON_QEMU_H

#include "vwr/blk.h"
#include "vwr/mmio.h"

/* The port of dead_qemu, which may be broken on purpose, and the calls that the rows of the page name. */

#define DISK 31u /* slot that QEMU assigns */
#define SLOT(n) ((volatile void *)(uintptr_t)(MACHINE_SLOT_BASE + (n) * (uint64_t)MACHINE_SLOT_BYTES))

enum port_quirk {
    PORT_HONEST,
    PORT_VIRTUAL, /* vwr_port_dma returns the pointer, as in a program with paging */
    PORT_FAR,     /* vwr_port_dma returns an address above 16 TiB */
    PORT_CACHED   /* the driver's writes never reach the memory that the device reads */
};
void port_set_quirk(enum port_quirk quirk);

/* Sets a hook that runs before a notification reaches the device. */
void port_before_notify(void (*hook)(void));

/* The part of the ring whose address was written to this register and the next (modern device). */
void *port_ring(unsigned low);

/*
 * Prints the name of a call (vwr_dev_explain, vwr_blk_explain, vwr_mmio_scan_line, vwr_strerror) and its
 * text.
 */
void say_device(const struct vwr_dev *d);
void say_disk(const struct vwr_blk *b);
void say_window(uint64_t base, uint32_t slots);
void say_result(int result);

struct symptom {
    const char *row; /* its name in docs/dead-device.md */
    void (*make)(void);
};
extern const struct symptom symptoms[]; /* the last row is NULL */
extern const struct symptom symptoms_pci[];

#endif
