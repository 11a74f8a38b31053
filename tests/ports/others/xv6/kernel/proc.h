/* SPDX-License-Identifier: MIT */

/* Registers that swtch saves. */
struct context {
    uint64 ra, sp, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11;
};

struct cpu {
    struct proc *proc;
    struct context context;
    int noff;   /* number of held locks */
    int intena; /* whether interrupts were on before the first one */
};

enum procstate { UNUSED, USED, SLEEPING, RUNNABLE, RUNNING, ZOMBIE };

struct proc {
    struct spinlock lock;
    enum procstate state;
    void *chan;
    int pid;
    uint64 kstack;
    pagetable_t pagetable;
    struct context context;
    struct file *ofile[NOFILE];
};
