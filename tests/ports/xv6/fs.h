/* SPDX-License-Identifier: MIT */
#ifndef XV6_FS_H
#define XV6_FS_H

#define BSIZE 1024

#endif
