/* SPDX-License-Identifier: MIT */

/* Parts of this kernel that xv6 lacks: the test, and what it examines. */

/* QEMU's test device, which powers the machine off. */
#define POWER 0x100000L

/* Adjacently mapped pages that lie apart in memory; each writer has a buffer across two of them. */
#define SCATTERED (KSTACK(NPROC) - 0x100000L)
#define SCATTERED_PAGES 8

void print(const char *text, uint64 number);
void power_off(void) __attribute__((noreturn));
void spawn(void (*body)(int number));
void stand_start(void);
int all_done(void);
uint64 stack_left(void);
uint64 boot_stack_left(void);
extern uint64 sleeps, wakings, disk_interrupts, woken_by_disk;
