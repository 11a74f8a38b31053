/* SPDX-License-Identifier: MIT */
#ifndef ONE_CALL_COPY_HPP
#define ONE_CALL_COPY_HPP

#include "virtio_blk.hpp"

constexpr uint64_t copy_sectors = 256; /* with nonblocking requests; one more with blocking calls */

extern "C" {

/* Copies sectors, inverted. 0, or as vwr/result.h. */
int copy_inverted(uintptr_t mmio_base, uint64_t from, uint64_t to);

/* Called by the interrupt handler. */
void copy_on_interrupt(void);

/* bytes, kicks, interrupts, capacity in sectors */
void copy_stats(uint64_t numbers[4]);

/* Provided by the kernel: enables the disk's interrupt; sleeps until *count has this value. */
void copy_interrupts_on(void);
void copy_sleep_until(const volatile unsigned *count, unsigned value);
}

#endif
