/* SPDX-License-Identifier: MIT */
#ifndef VMM_H
#define VMM_H

#include "vwr/base.h"

/* Provided by the hypervisor. */
void hv_interrupt(uint32_t line, bool level);           /* the guest's interrupt controller */
uint32_t hv_uart_put(const uint8_t *bytes, uint32_t n); /* returns how many the UART took */
uint32_t hv_uart_get(uint8_t *bytes, uint32_t n);       /* returns how many there were */

/* Provided by vmm.c. The guest has `ram` at VMM_RAM, and its console at VMM_DEVICES. */
#define VMM_RAM UINT64_C(0x40000000)
#define VMM_DEVICES UINT64_C(0x0a000000)
#define VMM_STRIDE 0x1000u
#define VMM_LINE 48u

bool vmm_start(void *ram, uint64_t bytes);
bool vmm_abort(uint64_t addr, unsigned bytes, bool is_write, uint64_t *value); /* false: not a device */
void vmm_uart_interrupt(void); /* input has arrived, or the UART has space */
void vmm_guest_reset(void);

#endif
