/* SPDX-License-Identifier: MIT */
#ifndef XV6_DEFS_H
#define XV6_DEFS_H

struct buf;
struct spinlock;

/* console.c */
void print(const char *text, uint64 number);
void panic(char *why);
void power_off(void);

/* spinlock.c: interrupts are off while a lock is held */
void initlock(struct spinlock *lock, char *name);
void acquire(struct spinlock *lock);
void release(struct spinlock *lock);
int holding(struct spinlock *lock);
void intr_on(void);

/* proc.c */
void spawn(void (*body)(int number));
void scheduler(void);
void sleep(void *chan, struct spinlock *lock);
void wakeup(void *chan);
void yield(void);
int is_in_process(void);
extern uint64 sleeps, wakings;

/* vm.c */
void vm_start(void);

/* trap.c */
void trap_start(void);
extern uint ticks;
extern volatile uint64 disk_interrupts;
extern uint64 woken_by_disk;

/* virtio_disk.c */
void virtio_disk_init(void);
void virtio_disk_rw(struct buf *b, int write);
void virtio_disk_intr(void);
void virtio_disk_tick(void);

#endif
