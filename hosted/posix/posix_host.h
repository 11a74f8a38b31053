/* SPDX-License-Identifier: MIT */
#ifndef POSIX_HOST_H
#define POSIX_HOST_H

/* Feature-test macros for the host's headers. Each source file in this folder includes this header first. */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* fallocate, O_PATH, preadv, renameat */
#endif
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64 /* on 32-bit hosts too */
#endif

#endif
