/* SPDX-License-Identifier: MIT */
#ifndef XV6_SLEEPLOCK_H
#define XV6_SLEEPLOCK_H

/* There for struct buf; nobody takes one here. */
struct sleeplock {
    uint locked;
    struct spinlock lk;
};

#endif
