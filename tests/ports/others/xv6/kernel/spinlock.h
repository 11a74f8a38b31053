/* SPDX-License-Identifier: MIT */
struct spinlock {
    uint locked;
    char *name;
    struct cpu *cpu;
};
