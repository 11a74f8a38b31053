/* SPDX-License-Identifier: MIT */
#define NPROC 64
#define NCPU 8
#define NOFILE 16
#define ROOTDEV 1
#define MAXOPBLOCKS 10
#define NBUF (MAXOPBLOCKS * 3)
#define FSSIZE 2000
