/* SPDX-License-Identifier: MIT */
#ifndef LOG_H
#define LOG_H

#include "guest.h"

/*
 * Records every load and store of the runtime in guest memory. The runtime is compiled with
 * -fsanitize=thread, which puts a call before each access, and linked with log.c in place of the sanitizer. A
 * program with no_log.c runs the same tests without the log.
 *
 * Allowed are loads of rings and of log_fresh's memory, each byte of a descriptor or entry once between
 * log_begin and log_end; stores to the parts of rings that the device owns; loads and stores of buffers that
 * the device owns. Everything else is an error.
 */
bool log_is_on(void);

/* Enclose a register access. log_end returns the number of accesses to rings and tables. */
void log_begin(struct guest *g);
uint64_t log_end(struct guest *g);

/* Resets the counts: the guest has written where the device has already read. */
void log_again(void);

/* The guest has written a descriptor or an entry, which may be fetched once. */
void log_fresh(const void *at, size_t bytes);

/* A segment of a buffer that the guest has made available. */
void log_available(const void *at, size_t bytes, bool write);

/* Allows double fetches, for a guest that leads the device to the same descriptor twice. */
void log_let_twice(void);

/* From now on inverts each fresh word as soon as it has been fetched, like a racing guest. */
void log_flip(bool on);

/*
 * Returns whether the last access fetched bytes that became fresh since the previous call, and none of them
 * twice. Without the log: true.
 */
bool log_fetched_once(void);

/* The first error since the first log_begin for this guest, or NULL. */
const char *log_wrong(void);
void log_forget(void);

#endif
