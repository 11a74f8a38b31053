/* SPDX-License-Identifier: MIT */
#ifndef DEMO_CONTENTS_H
#define DEMO_CONTENTS_H

#include "medium.h"

/*
 * Prints the contents of a disk: the files in the root directory of its FAT file system, or its partitions
 * and
 * the files in partitions with such a file system, or its first bytes. `block_sectors` is the disk's block
 * size in
 * sectors.
 */
void contents_show(const struct medium *m, uint32_t block_sectors);

#endif
