/* SPDX-License-Identifier: MIT */
#include "vmm/vpl011.h"

/* A UART without registers. */
int32_t vpl011_mmio_handler(uint64_t gpa, uint32_t reg_num, uint32_t len, uint64_t *reg_data, bool is_write)
{
    (void)gpa;
    (void)reg_num;
    (void)len;
    if (!is_write)
        *reg_data = 0;
    return 1;
}
