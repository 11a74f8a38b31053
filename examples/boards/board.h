/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_BOARD_H
#define BOARDS_BOARD_H

#include "vwr/pci.h"

/*
 * What a board gives to the program of this folder, main.c, which is the same on all: the folder of each has
 * its start-up code, its console and its interrupt controllers. Memory and registers are mapped 1:1,
 * registers uncached.
 */

/* What the machine says of itself; NULL: it has none. */
struct board_description {
    const void *tree;         /* a flattened device tree */
    const void *rsdp;         /* ACPI's root pointer */
    const char *command_line; /* "polled" or "interrupt", and virtio_mmio.device= */
    /* what ACPI's tables do not have of PCI */
    struct vwr_pci_window *windows;
    unsigned window_count;
    bool messages;                             /* every function may send some */
    bool placed;                               /* by firmware */
    uint32_t (*line)(const struct vwr_pci *p); /* its INTx, where no tree says it; NULL: not known */
    struct vwr_pci_host *pci; /* one that neither a tree nor a table has; NULL: there is none */
};

/* main.c: called by the start-up code once, with a stack, .bss zeroed and addresses mapped. */
void boards_main(const struct board_description *d);

/* In an interrupt. */
typedef void (*board_handler)(void *context);

void board_put(char c);

/* Interrupts on; nothing is connected yet. */
void board_interrupts_start(const struct board_description *d);

/*
 * From here on an interrupt by a line calls `handler`. `cells` are those of the device tree at the interrupt
 * controller; of ACPI and of a command line one, the number. False: there is no such line.
 */
bool board_line(const uint32_t *cells, unsigned count, board_handler handler, void *context);

/*
 * The message by which a PCI function, `id` at the MSI controller, calls `handler` from here on. False: the
 * board takes no messages, or no more.
 */
bool board_message(uint32_t id, struct vwr_pci_message *message, board_handler handler, void *context);

/* Sleeps until an interrupt has been handled since *count was `seen`, 10 ms at most. */
void board_sleep(volatile const uint32_t *count, uint32_t seen);

/* Switches the machine off: QEMU ends, with `code` where the board can report one. */
_Noreturn void board_off(int code);

#endif
