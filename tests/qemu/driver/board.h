/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_BOARD_H
#define VWR_QEMU_BOARD_H

#include "vwr/pci.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The boards of QEMU that a case runs on, a row each: where RAM is, where devices are, how their interrupts
 * come. The first is `virt` with its slots of virtio-mmio; on the others each slot is a device of PCI's first
 * bus.
 */
struct board {
    const char *name;    /* what is in front of "modern" or "legacy" on the command line */
    const char *program; /* of QEMU */
    const char *machine;
    const char *idle[2];    /* a processor that does nothing, also when the machine runs */
    uint64_t ram;           /* address of its first byte */
    const char *device[2];  /* more words of each device on PCI: [0] modern, [1] legacy */
    const char *controller; /* of interrupts: its type in /machine/unattached; or its path, from '/' on */
    unsigned line;          /* of slot 0, or of pin A of device 0 */
    bool pci;
    bool big;           /* its processor is big-endian, and so are legacy devices */
    uint64_t config[2]; /* a register for an address in PCI's configuration space, and behind it one for data:
                           of [0] modern, [1] legacy; 0: it is reached by ECAM */
    uint64_t ecam;
    uint64_t memory; /* window: addresses of the bus are the processor's */
    uint64_t memory_bytes;
    uint64_t io;       /* window: first address that the processor has for it */
    uint64_t io_first; /* address of the bus there */
    uint64_t io_bytes;
};

extern const struct board *board;

/* From here on a pointer to a register stands for an I/O port. */
#define BOARD_PORTS UINT64_C(0x100000000000)
#define BOARD_PORTS_BYTES UINT64_C(0x10000)

/* "modern", "legacy"; on PCI also "virt_modern", "q35_legacy_msix": what stands in front of a case. */
bool board_choose(const char *words);
bool board_is_legacy(void);
bool board_has_messages(void); /* interrupts are MSI-X's */

/* All such words; NULL behind the last. */
const char *board_words(unsigned number);

/* What firmware does before anybody may look at PCI: q35's ECAM is off. After QEMU has started. */
void board_start(void);

/* The line of a slot's interrupt, among those of the controller. */
unsigned board_line(unsigned slot);

/* The number of a slot's device on PCI. */
unsigned board_device(unsigned slot);

/* Is it in the configuration space, or in a window? */
bool board_has(uint64_t addr);

/* The host bridge, its windows empty. */
void board_host(struct vwr_pci_host *host);

#endif
