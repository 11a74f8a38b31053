/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_ON_PCI_H
#define VWR_FUZZ_ON_PCI_H

#include "script.h"

/* The world's device as a function of PCI, on bus 0 or behind a bridge. */

/* Makes the device a function, and lets script_start and script_notify access it there. */
void on_pci_begin(uint8_t how);

/* Does the work of firmware: places bridge and BAR, enables the function and its messages. */
void on_pci_place(void);

/* An access of a guest to the windows of the host bridge, or a reset of the function by the VMM. */
void on_pci_step(struct input *in);

/* The function is as after its init. */
void on_pci_check_unused(void);

void on_pci_reset(void);

#endif
