/* SPDX-License-Identifier: MIT */
#ifndef LOG_H
#define LOG_H

#include "guest.h"

/*
 * Every load and store of the runtime in guest memory, one by one: the runtime is compiled with
 * -fsanitize=thread, which puts a call before each access, and linked with the calls of log.c in place of
 * the sanitizer's. A program with no_log.c instead has the same tests without it.
 *
 * What is allowed: loads of rings and of what log_fresh has, each byte of a descriptor or entry once between
 * log_begin and log_end; stores where a ring is the device's; both in what is the device's. All else is
 * wrong.
 */
bool log_is_on(void);

/* Around an access to a register; end answers how many accesses to rings and tables there were. */
void log_begin(struct guest *g);
uint64_t log_end(struct guest *g);

/* Counts anew: the guest has written where the device has read already. */
void log_again(void);

/* The guest has written a descriptor or an entry: to be fetched once. */
void log_fresh(const void *at, size_t bytes);

/* A segment of a buffer that the device has taken. */
void log_available(const void *at, size_t bytes, bool write);

/* For a guest that leads the device to the same descriptor twice. */
void log_let_twice(void);

/* From now on each fresh word is turned over as soon as it was fetched, as a racing guest would. */
void log_flip(bool on);

/* Were bytes that became fresh since this was last asked fetched in the last access, and none of them twice?
 * Without the log: yes. */
bool log_fetched_once(void);

/* The first wrong thing since log_begin was first called for this guest, or NULL. */
const char *log_wrong(void);
void log_forget(void);

#endif
