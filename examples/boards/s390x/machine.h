/* SPDX-License-Identifier: MIT */
#ifndef S390X_MACHINE_H
#define S390X_MACHINE_H

#include "vwr/ccw.h"

/* What the CPU of QEMU's s390-ccw-virtio and its channel subsystem do for a program without an OS. */

/* start.S */
extern const char command_line[];
_Noreturn void machine_end(void);
void machine_wait(void);

/* sclp.c: the console */
void machine_put(char c);

/* channel.c */
extern struct vwr_ccw_host channel_host;

/* Takes channel reports until one is of a subchannel of the first set; false: no report is pending. */
bool channel_report(uint32_t *subchannel);

/* interrupt.c: interrupts of subchannels, of adapters, of the clock, and machine checks; each one ends a
 * sleep. */
typedef void (*machine_handler)(void);
extern volatile uint32_t interrupt_reports; /* machine checks that announced a channel report */
void interrupt_start(machine_handler handler);
uint64_t interrupt_mask(void); /* returns the mask for interrupt_restore() */
void interrupt_restore(uint64_t mask);

/* Of the port: sleeps until an interrupt was handled after *count had the value `seen`, at most `us`
 * microseconds. */
void vwr_s390x_wait(const volatile uint32_t *count, uint32_t seen, uint32_t us);

#endif
