/* SPDX-License-Identifier: MIT */
#ifndef VWR_CLASSES_MEM_H
#define VWR_CLASSES_MEM_H

#include "vwr/base.h"

/*
 * A region of blocks that are smaller than those of any real device, so that all of it is memory of a test.
 * Its address, and the number of blocks of a request, are those of Linux on arm64.
 */

#define MEM_ADDR UINT64_C(0x80000000)
#define MEM_BLOCK 64u
#define MEM_BLOCKS 128u
#define MEM_BYTES (MEM_BLOCKS * MEM_BLOCK)
#define MEM_REQUESTED 96u /* blocks that the VMM wants */

struct mem_model {
    uint8_t plugged[MEM_BLOCKS];
};

#endif
