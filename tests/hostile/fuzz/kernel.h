/* SPDX-License-Identifier: MIT */
#ifndef KERNEL_H
#define KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * What a back end of vhost-user asks the kernel, answered in this process: a system call costs more than all
 * else of an input. The linker passes the calls of the back end to these (--wrap; CMakeLists.txt has the
 * names). Descriptors have numbers that the real kernel does not give; a call with another number goes to the
 * real kernel, and so does each call while no input runs.
 *
 * A shared mapping is the memory of the file itself, so all mappings of a file have the same addresses. A
 * private one is a heap block. A mapping is removed as it was made, and no descriptor is closed twice.
 */

/* While an input runs. */
void kernel_begin(void);
void kernel_end(void);

/*
 * Returns a descriptor of a new file. kind: S_IFREG: `bytes` bytes of memory, mapped once, at *at; S_IFCHR:
 * accepts
 * writes and contains nothing; S_IFDIR; S_IFIFO: the write end; 0: an eventfd.
 */
int kernel_file(mode_t kind, size_t bytes, uint8_t **at);
/* Takes away the memory from `bytes` on, so that an access raises SIGBUS. restore: returns it. */
void kernel_truncate(int fd, size_t bytes);
void kernel_restore(int fd);
/* Writes to a file, within its length. */
void kernel_store(int fd, size_t offset, const void *from, size_t bytes);

/*
 * The back end's end of a new connection; there is one at a time. send: sends a message from the front end,
 * unless
 * there is no space. sent_file: the last file that the back end has sent, or -1.
 */
int kernel_connect(void);
void kernel_send(const void *header, size_t bytes, const void *payload, size_t more, const int *files,
                 unsigned count);
int kernel_sent_file(void);

/* Returns whether at[0 .. bytes) is in one mapping. */
bool kernel_is_mapped(const void *at, size_t bytes);

/* Number of existing descriptors, files and mappings. */
unsigned kernel_count(void);

#endif
