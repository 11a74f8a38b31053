/* SPDX-License-Identifier: MIT */

/* What this kernel has and xv6 has not: the test, and what it looks at. */

/* QEMU's way out. */
#define POWER 0x100000L

/* Pages that are mapped next to each other and lie apart, a buffer over the edge of two of them for each
 * writer. */
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
