/* SPDX-License-Identifier: MIT */
#ifndef XV6_SPINLOCK_H
#define XV6_SPINLOCK_H

struct spinlock {
    uint locked;
    char *name;
};

#endif
