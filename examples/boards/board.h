/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_BOARD_H
#define BOARDS_BOARD_H

#include "vwr/pci.h"
#include "vwr/tree.h"

/*
 * Interface of a board to the program main.c, which is the same on all boards. The folder of each board has
 * its start-up code, console and interrupt controllers. Memory and registers are identity-mapped, registers
 * uncached.
 */

/* The descriptions of the machine; NULL: not available. */
struct board_description {
    const void *tree;         /* a flattened device tree */
    const void *rsdp;         /* the ACPI root pointer */
    const char *command_line; /* "polled" or "interrupt", and virtio_mmio.device= */
    /* PCI windows, which ACPI's tables do not contain */
    struct vwr_pci_window *windows;
    unsigned window_count;
    bool messages; /* every function can send messages */
    bool placed;   /* BARs were assigned by firmware */
    /* INTx line of a function that no device tree describes; NULL: unknown */
    uint32_t (*line)(const struct vwr_pci *p);
    struct vwr_pci_host *pci; /* a host in neither device tree nor table; NULL: none */
};

/* main.c: called once by the start-up code, with a stack, .bss zeroed and addresses mapped. */
void boards_main(const struct board_description *d);

/* Called in an interrupt. */
typedef void (*board_handler)(void *context);

void board_put(char c);

/* Enables interrupts; none is connected yet. */
void board_interrupts_start(const struct board_description *d);

/*
 * Connects `handler` to an interrupt line, which is given as in the device tree; ACPI and the command line
 * give a
 * single number. false: there is no such line.
 */
bool board_line(const struct vwr_interrupt *line, board_handler handler, void *context);

/*
 * Allocates a message for a PCI function, `id` at the MSI controller, and connects `handler` to it. false: no
 * messages, or none left.
 */
bool board_message(uint32_t id, struct vwr_pci_message *message, board_handler handler, void *context);

/* Sleeps until an interrupt has been handled since *count had the value `seen`, at most 10 ms. */
void board_sleep(volatile const uint32_t *count, uint32_t seen);

/* Powers off: QEMU exits, with `code` if the board can report one. */
_Noreturn void board_off(int code);

#endif
