/* SPDX-License-Identifier: MIT */
#include "io.h"
#include "mmio.h"
#include "os_cfg.h"

#define UART_FLAGS 0x18
#define UART_FULL (1u << 5)

void io_early_init()
{
}

void putc(char c)
{
    while (mmio_read32((volatile void *)(UART0_BASE_ADDR + UART_FLAGS)) & UART_FULL)
        ;
    mmio_write32((uint8_t)c, (volatile void *)UART0_BASE_ADDR);
}
