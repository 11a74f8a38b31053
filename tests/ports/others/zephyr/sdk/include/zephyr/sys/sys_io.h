/* SPDX-License-Identifier: MIT */
#ifndef STANDIN_ZEPHYR_SYS_SYS_IO_H
#define STANDIN_ZEPHYR_SYS_SYS_IO_H

#include <stddef.h>
#include <stdint.h>

typedef uintptr_t mm_reg_t;
typedef uintptr_t mem_addr_t;

#endif
