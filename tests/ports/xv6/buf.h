/* SPDX-License-Identifier: MIT */
#ifndef XV6_BUF_H
#define XV6_BUF_H

struct buf {
    int valid;
    uint blockno;
    struct sleeplock lock;
    uchar data[BSIZE];
};

#endif
