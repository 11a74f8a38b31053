/* SPDX-License-Identifier: MIT */
#ifndef __GIC_H__
#define __GIC_H__

#include "avatar_types.h"

#define SPI_ID_MAX 512

#include "os_cfg.h"

static inline void enable_interrupts(void)
{
    __asm__ __volatile__("msr daifclr, #2" : : : "memory");
}

static inline void disable_interrupts(void)
{
    __asm__ __volatile__("msr daifset, #2" : : : "memory");
}

void gic_virtual_init(void);

uint32_t gic_read_iar(void);
uint32_t gic_iar_irqnr(uint32_t iar);
void gic_write_eoir(uint32_t irqstat);
void gic_write_dir(uint32_t irqstat);

void gic_enable_int(int32_t vector, int32_t enabled);
void gic_set_ipriority(uint32_t n, uint32_t value);
void gic_set_target(int32_t int_id, uint8_t target);

#endif
