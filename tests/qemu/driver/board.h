/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_BOARD_H
#define VWR_QEMU_BOARD_H

#include "vwr/pci.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The QEMU boards for the cases, one row each: addresses of RAM and devices, and routing of interrupts. The
 * first is `virt` with its virtio-mmio slots; on the other boards each slot is a device on PCI's first bus.
 */
struct board {
    const char *name;    /* prefix of "modern" or "legacy" on the command line */
    const char *program; /* QEMU's program name */
    const char *machine;
    const char *idle[2];    /* options for a processor that stays idle while the machine runs */
    uint64_t ram;           /* address of its first byte */
    const char *device[2];  /* additional options for each PCI device: [0] modern, [1] legacy */
    const char *controller; /* of interrupts: its type in /machine/unattached, or its path from '/' on */
    unsigned line;          /* interrupt of slot 0, or of pin A of device 0 */
    bool pci;
    bool big;           /* processor and legacy devices are big-endian */
    uint64_t config[2]; /* address register of PCI's configuration space, with the data register behind it, of
                           [0] modern, [1] legacy; 0: ECAM */
    uint64_t ecam;
    uint64_t memory; /* window with equal bus and processor addresses */
    uint64_t memory_bytes;
    uint64_t io;       /* first processor address of the I/O window */
    uint64_t io_first; /* first bus address of the I/O window */
    uint64_t io_bytes;
};

extern const struct board *board;

/* Register pointers from this address on represent I/O ports. */
#define BOARD_PORTS UINT64_C(0x100000000000)
#define BOARD_PORTS_BYTES UINT64_C(0x10000)

/*
 * Selects a board by the words in front of a case: "modern", "legacy"; on PCI also "virt_modern",
 * "q35_legacy_msix".
 */
bool board_choose(const char *words);
bool board_is_legacy(void);
bool board_has_messages(void); /* interrupts are MSI-X messages */

/* Lists all words, followed by NULL. */
const char *board_words(unsigned number);

/* Does the work of firmware, after QEMU has started: q35's ECAM is disabled until then. */
void board_start(void);

/* The interrupt of a slot, as an input of the controller. */
unsigned board_line(unsigned slot);

/* The PCI device number of a slot. */
unsigned board_device(unsigned slot);

/* Returns whether the address lies in configuration space or in a window. */
bool board_has(uint64_t addr);

/* Fills in the host bridge, with empty windows. */
void board_host(struct vwr_pci_host *host);

#endif
