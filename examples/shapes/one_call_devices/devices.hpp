/* SPDX-License-Identifier: MIT */
#ifndef ONE_CALL_DEVICES_HPP
#define ONE_CALL_DEVICES_HPP

#include "virtio_devices.hpp"

extern "C" {

/* Register blocks, indexed as in devices_on_interrupt. */
enum { kNet, kConsole, kInput, kGpu, kEntropy, kDevices };

/* Opens and starts all devices: 0, or as vwr/result.h. */
int devices_begin(const uintptr_t mmio_base[kDevices]);

/* Called by the interrupt handler, for the device with this number. */
void devices_on_interrupt(unsigned number);

/* Whether every device has answered. */
bool devices_are_done(void);

/* Error of a handler, 0 if there was none. */
int devices_failed(void);
}

#endif
