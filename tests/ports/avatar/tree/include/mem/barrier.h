/* SPDX-License-Identifier: MIT */
#ifndef __BARRIER_H__
#define __BARRIER_H__

#define isb(option) __asm__ __volatile__("isb " #option ::: "memory")
#define dsb(option) __asm__ __volatile__("dsb " #option ::: "memory")
#define dmb(option) __asm__ __volatile__("dmb " #option ::: "memory")

/* As in Avatar: the first two lack their operand, so that code that uses them does not assemble. */
#define mb() dsb()
#define rmb() dsb()
#define wmb() dsb(st)

#endif
