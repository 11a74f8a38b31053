/* SPDX-License-Identifier: MIT */
#define ROOTINO 1
#define BSIZE 1024
#define FSMAGIC 0x10203040

struct superblock {
    uint magic;
    uint size;
    uint nblocks;
    uint ninodes;
    uint nlog;
    uint logstart;
    uint inodestart;
    uint bmapstart;
};
