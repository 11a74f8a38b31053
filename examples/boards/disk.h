/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_DISK_H
#define BOARDS_DISK_H

#include "vwr/dev.h"

/*
 * Opens the disk, reads all of it with several requests in flight, writes its last sector, flushes, reads it
 * back, and closes the disk. Prints its progress and errors.
 */
bool disk_run(struct vwr_dev *d, bool by_interrupt);

#endif
