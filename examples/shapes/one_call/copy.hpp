/* SPDX-License-Identifier: MIT */
#ifndef ONE_CALL_COPY_HPP
#define ONE_CALL_COPY_HPP

#include "virtio_blk.hpp"

constexpr uint64_t copy_sectors = 256; /* that go with requests which do not wait; one more with those that do */

extern "C" {

/* Copies sectors, each bit turned over. 0, or as vwr/result.h. */
int copy_inverted(uintptr_t mmio_base, uint64_t from, uint64_t to);

/* For the interrupt handler. */
void copy_on_interrupt(void);

/* bytes, kicks, interrupts, capacity in sectors */
void copy_stats(uint64_t numbers[4]);

/* The kernel's: the disk's interrupt comes from here on; the processor sleeps until *count has this value. */
void copy_interrupts_on(void);
void copy_sleep_until(const volatile unsigned *count, unsigned value);
}

#endif
