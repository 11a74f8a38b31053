/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_DISK_H
#define BOARDS_DISK_H

#include "vwr/dev.h"

/*
 * Opens the disk, reads all of it with several requests in flight, writes its last sector, flushes, reads
 * that back, closes it. Says what it does, and what went wrong.
 */
bool disk_run(struct vwr_dev *d, bool by_interrupt);

#endif
