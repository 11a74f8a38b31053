/* SPDX-License-Identifier: MIT */
#ifndef WATCH_H
#define WATCH_H

#include "vwr/base.h"

/* Provided by the hypervisor. */
void hv_report(const char *text); /* a rule of the specification that guest or device has broken */

/* Provided by watch.c; the last two in place of vmm_abort and vmm_uart_interrupt. */
void watch_start(void *ram, uint64_t bytes); /* before the guest runs, and after vmm_guest_reset */
uint32_t watch_buffers(void);                /* that were followed to their end */
bool watch_abort(uint64_t addr, unsigned bytes, bool is_write, uint64_t *value);
void watch_uart_interrupt(void);

#endif
