/* SPDX-License-Identifier: MIT */
#ifndef ONE_CALL_DEVICES_HPP
#define ONE_CALL_DEVICES_HPP

#include "virtio_devices.hpp"

extern "C" {

/* Register blocks, in the order of devices_on_interrupt's numbers. */
enum { kNet, kConsole, kInput, kGpu, kEntropy, kDevices };

/* Opens all of them, and begins: 0, or as vwr/result.h. */
int devices_begin(const uintptr_t mmio_base[kDevices]);

/* For the interrupt handler: the device with this number. */
void devices_on_interrupt(unsigned number);

/* Has each of them answered? */
bool devices_are_done(void);

/* What went wrong in a handler, 0 if nothing. */
int devices_failed(void);
}

#endif
