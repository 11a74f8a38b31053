/* SPDX-License-Identifier: MIT */
#ifndef GUEST_H
#define GUEST_H

#include "conform.h"

#include "vwr/find.h"

/*
 * The image: a guest without an operating system that runs the cases on the devices of its machine. Memory
 * and registers are identity-mapped. Interrupts are disabled; the devices' status registers are polled.
 */

/* ---- of a processor's folder ---- */

/* What the boot loader and the firmware say of the machine; NULL: they do not. */
struct machine {
    const struct vwr_tree *tree;
    const void *rsdp; /* ACPI's root pointer */
    const char *command_line;
    struct vwr_pci_host *pci; /* a host that no description has */
    /* addresses of PCI, which neither ACPI's tables nor such a host have */
    struct vwr_pci_window *windows;
    unsigned window_count;
    bool is_placed; /* firmware has assigned the BARs of hosts in ACPI's tables */
};

void machine_put(char c);
/* Ends the machine. Returns if nothing does that. */
void machine_off(bool is_good);

/* ---- main.c ---- */

/* Runs the cases, and ends the machine. Returns if that cannot be done. */
void guest_main(const struct machine *m);
/* Prints what a case asks for. */
void guest_ask(struct session *s, uint32_t bytes);
/* Reports an exception of the processor, which ends the run. */
void guest_fail(const char *name, uint64_t cause, uint64_t at, uint64_t address);

/* ---- find.c ---- */

#define DEVICES 64u

/* Finds the devices of the machine. Returns their number. Says what is passed over, and why. */
unsigned find_devices(const struct machine *m, struct vwr_found *found);

/* ---- words.c: the command line ---- */

/* Reads it, and says which words have no meaning here. */
void words_read(const char *line);
/* Whether the cases of this class are to run. */
bool words_have_class(const char *name);
/* Whether the cases in which the driver breaks rules are to run. */
bool words_have_hostile(void);

/* ---- way.c ---- */

/* The way to a device. It is probed again for each session. */
const struct way *guest_way(struct vwr_found *f);

/* ---- say.c ---- */

/* Prints with the conversions of text_format(). */
__attribute__((format(printf, 1, 2))) void say(const char *format, ...);

/* ---- tree.c ---- */

/* A number in a property of one cell; `otherwise`: there is no such property. */
uint32_t tree_cell(struct vwr_tree_node *n, const char *name, uint32_t otherwise);
/* Sets up the console that the device tree describes: the one of stdout-path, or the first. false: none. */
bool tree_console(const struct vwr_tree *t);

/* ---- uart.c: consoles in memory ---- */

enum uart_kind { UART_NONE, UART_PL011, UART_8250 };

struct uart {
    uintptr_t at;
    enum uart_kind kind;
    unsigned shift; /* the distance of two registers is 1 << shift bytes */
    unsigned width; /* of an access, in bytes */
};

void uart_start(const struct uart *u);
/* Prints on the console of uart_start(). false: there is none. */
bool uart_put(char c);

#endif
