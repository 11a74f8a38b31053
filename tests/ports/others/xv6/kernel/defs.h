/* SPDX-License-Identifier: MIT */
struct buf;
struct context;
struct cpu;
struct proc;
struct sleeplock;
struct spinlock;

/* kalloc.c */
void *kalloc(void);
void kfree(void *page);
void kinit(void);

/* plic.c */
void plicinit(void);
void plicinithart(void);
int plic_claim(void);
void plic_complete(int irq);

/* printf.c */
void printf(char *format, ...);
void panic(char *why) __attribute__((noreturn));
void printfinit(void);

/* proc.c */
int cpuid(void);
struct cpu *mycpu(void);
struct proc *myproc(void);
void proc_mapstacks(pagetable_t pagetable);
void procinit(void);
void scheduler(void) __attribute__((noreturn));
void sched(void);
void sleep(void *chan, struct spinlock *lock);
void wakeup(void *chan);
void yield(void);

/* spinlock.c: interrupts are off while a lock is held */
void acquire(struct spinlock *lock);
int holding(struct spinlock *lock);
void initlock(struct spinlock *lock, char *name);
void release(struct spinlock *lock);
void push_off(void);
void pop_off(void);

/* string.c */
void *memset(void *to, int c, uint n);
void *memmove(void *to, const void *from, uint n);

/* swtch.S */
void swtch(struct context *from, struct context *to);

/* trap.c */
extern uint ticks;
extern struct spinlock tickslock;
void trapinit(void);
void trapinithart(void);

/* vm.c */
void kvminit(void);
void kvminithart(void);
void kvmmap(pagetable_t pagetable, uint64 va, uint64 pa, uint64 bytes, int bits);
int mappages(pagetable_t pagetable, uint64 va, uint64 bytes, uint64 pa, int bits);
pte_t *walk(pagetable_t pagetable, uint64 va, int make);

/* virtio_disk.c */
void virtio_disk_init(void);
void virtio_disk_rw(struct buf *b, int write);
void virtio_disk_intr(void);

#define NELEM(array) (sizeof(array) / sizeof((array)[0]))
