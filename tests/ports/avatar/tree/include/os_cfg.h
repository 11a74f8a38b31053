/* SPDX-License-Identifier: MIT */
#ifndef __OS_CFG_H__
#define __OS_CFG_H__

#ifndef HV
#define HV 1
#endif
#ifndef SMP_NUM
#define SMP_NUM 1
#endif

#define DEVICE_MEM_START 0x8000000
#define DEVICE_MEM_END 0xa000000
#define GICD_BASE_ADDR 0x8000000UL
#define GICC_BASE_ADDR 0x8010000UL
#define UART0_BASE_ADDR 0x09000000UL
#define PAGE_SIZE (4096)

#define TIMER_FREQUENCY_HZ 62500000
#define TIMER_TICK_INTERVAL_MS 10
#define TIMER_TVAL_VALUE (TIMER_FREQUENCY_HZ * TIMER_TICK_INTERVAL_MS / 1000)
#if HV
#define TIMER_VECTOR 26
#else
#define TIMER_VECTOR 30
#endif
#define IDLE_STACK_SIZE (1 << 12)
#define SYS_TASK_TICK 10

#define GUEST_RAM_START ((unsigned long long)0x40000000)
#define GUEST_RAM_END (GUEST_RAM_START + 0x40000000)
#define VM_NUM_MAX 4
#define VCPU_NUM_MAX 8

#if HV == 1
#define KERNEL_VMA 0ULL
#else
#define KERNEL_VMA 0xffff000000000000ULL
#endif

#endif
